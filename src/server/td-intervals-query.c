/* td-intervals-query.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-intervals-query.h"

#include <string.h>

#include "td-intervals.h"
#include "td-time.h"
#include "td-types.h"

#define MINUTE_US (60 * G_USEC_PER_SEC)

/* A "+" that was not escaped arrives as a space; there is no other in a time. */
static gboolean
read_time (GHashTable *query,
           const char *name,
           gint64     *time)
{
  const char      *value = g_hash_table_lookup (query, name);
  g_autofree char *repaired = NULL;

  if (value == NULL || strlen (value) > 64)
    return FALSE;

  repaired = g_strdelimit (g_strdup (value), " ", '+');

  return td_time_parse (repaired, time) && *time >= 0;
}

/**
 * td_intervals_query_parse:
 * @query: (element-type utf8 utf8): the parameters of the request
 * @n_queues: how many queues there are, for the bound on the answer
 * @parsed: (out): what was asked for
 * @wrong_name: (out): the parameter that is wrong
 * @wrong_what: (out): what is wrong with it
 *
 * Returns: whether all of it is right
 */
gboolean
td_intervals_query_parse (GHashTable       *query,
                          guint             n_queues,
                          TdIntervalsQuery *parsed,
                          const char      **wrong_name,
                          const char      **wrong_what)
{
  const char *step_text;
  gint64      to;
  guint64     step;
  guint64     n_steps;

  g_return_val_if_fail (query != NULL, FALSE);
  g_return_val_if_fail (parsed != NULL, FALSE);

  *wrong_name = "from";
  *wrong_what = "is required: an RFC 3339 time on a whole minute";

  if (!read_time (query, "from", &parsed->from) || parsed->from % MINUTE_US != 0)
    return FALSE;

  *wrong_name = "to";
  *wrong_what = "is required: an RFC 3339 time";

  if (!read_time (query, "to", &to))
    return FALSE;

  *wrong_name = "step";
  *wrong_what = "is required: seconds, a multiple of 60 from 60 to 86400";
  step_text = g_hash_table_lookup (query, "step");

  if (step_text == NULL || !g_ascii_string_to_unsigned (step_text, 10, 60, 86400, &step, NULL) || step % 60 != 0)
    return FALSE;

  *wrong_name = "to";
  *wrong_what = "must be a step or more after \"from\"";

  if (to <= parsed->from || (guint64)(to - parsed->from) < step * G_USEC_PER_SEC)
    return FALSE;

  *wrong_name = "queue";
  *wrong_what = "is no id of a queue";
  parsed->queue_id = g_hash_table_lookup (query, "queue");

  if (parsed->queue_id != NULL && (strlen (parsed->queue_id) > TD_MAX_ID || !g_utf8_validate (parsed->queue_id, -1, NULL)))
    return FALSE;

  *wrong_name = "step";
  *wrong_what = "makes too many intervals: ask for less time, one queue or longer steps";
  n_steps = (guint64)(to - parsed->from) / (step * G_USEC_PER_SEC);

  if (n_steps > TD_MAX_INTERVALS / (parsed->queue_id != NULL ? 1 : MAX (n_queues, 1)))
    return FALSE;

  parsed->step_s = (guint)step;
  parsed->to = parsed->from + (gint64)(n_steps * step) * G_USEC_PER_SEC;

  return TRUE;
}
