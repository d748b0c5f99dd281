/* td-agent.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-row.h"

G_BEGIN_DECLS

#define TD_TYPE_AGENT (td_agent_get_type ())

G_DECLARE_FINAL_TYPE (TdAgent, td_agent, TD, AGENT, TdRow)

const char        *td_agent_get_id (TdAgent *self);
const TdAgentInfo *td_agent_get_info (TdAgent *self);
const char        *td_agent_get_title (TdAgent *self);
gint64             td_agent_get_revision (TdAgent *self);
gint64             td_agent_get_since (TdAgent  *self,
                                       gboolean *inexact);

G_END_DECLS
