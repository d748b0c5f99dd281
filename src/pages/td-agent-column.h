/* td-agent-column.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"

G_BEGIN_DECLS

typedef enum {
  TD_AGENT_COLUMN_STATE,
  TD_AGENT_COLUMN_NAME,
  TD_AGENT_COLUMN_TIME,
  TD_AGENT_COLUMN_REASON,
  TD_AGENT_COLUMN_CALL,
  TD_AGENT_COLUMN_PLACE,
  TD_AGENT_COLUMN_TEAM,
  TD_AGENT_COLUMN_EMPLOYER,
  TD_AGENT_COLUMN_ANSWERED,
  TD_AGENT_COLUMN_AHT,
  TD_N_AGENT_COLUMNS
} TdAgentColumn;

/**
 * TdAgentColumnSpec:
 * @title: not translated yet
 * @width: pixels, or -1
 * @expand: it takes the room that is left
 * @is_number: it is aligned to the right
 * @min_width: pixels of the table, below which the column hides
 */
typedef struct
{
  const char *title;
  int         width;
  gboolean    expand;
  gboolean    is_number;
  int         min_width;
} TdAgentColumnSpec;

/* The columns of the table of agents: what they hold and how they sort. */

const TdAgentColumnSpec *td_agent_column_get_spec (TdAgentColumn column);
const char              *td_agent_column_get_tooltip (TdAgentColumn column);
gboolean                 td_agent_column_ticks (TdAgentColumn column);
char                    *td_agent_column_format (TdAgentColumn column,
                                                 TdCentre     *centre,
                                                 TdAgent      *agent,
                                                 gint64        now);
int                      td_agent_column_compare (TdAgentColumn column,
                                                  TdAgent      *a,
                                                  TdAgent      *b,
                                                  GHashTable   *collations);

G_END_DECLS
