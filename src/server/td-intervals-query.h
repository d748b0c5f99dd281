/* td-intervals-query.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdIntervalsQuery:
 * @from: µs since 1970, a whole minute
 * @to: µs since 1970, a whole number of steps later
 * @step_s: seconds an interval
 * @queue_id: (nullable): borrowed from the query
 *
 * What a request for counted history asks for, checked.
 */
typedef struct
{
  gint64      from;
  gint64      to;
  guint       step_s;
  const char *queue_id;
} TdIntervalsQuery;

gboolean td_intervals_query_parse (GHashTable       *query,
                                   guint             n_queues,
                                   TdIntervalsQuery *parsed,
                                   const char      **wrong_name,
                                   const char      **wrong_what);

G_END_DECLS
