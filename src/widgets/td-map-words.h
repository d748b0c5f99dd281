/* td-map-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-map-zone.h"

G_BEGIN_DECLS

/* What a map shows, in words. */

/**
 * TdMapOverdueForm:
 * @TD_MAP_OVERDUE_NONE: nothing
 * @TD_MAP_OVERDUE_COUNT: how many
 * @TD_MAP_OVERDUE_LIMIT: how many, and the limit
 *
 * What is told of those who are longer in a state than they should.
 */
typedef enum {
  TD_MAP_OVERDUE_NONE,
  TD_MAP_OVERDUE_COUNT,
  TD_MAP_OVERDUE_LIMIT,
} TdMapOverdueForm;

char *td_map_words_dup_name (const TdMapPerson *person);
char *td_map_words_dup_count (const TdMapZone *zone,
                              TdAgentState     state,
                              gboolean         named,
                              TdMapOverdueForm overdue_form);
char *td_map_words_dup_zone (const TdMapZone *zone);

G_END_DECLS
