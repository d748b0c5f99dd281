/* td-outlook-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-outlook-words-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* What makes so much of an excess is what it mostly is. */
#define MOST 0.6

/* Adds a queue's share to what is alike. */
static void
add_share (GHashTable *shares,
           const char *name,
           double      share)
{
  double *sum;

  if (name == NULL || name[0] == '\0')
    return;

  sum = g_hash_table_lookup (shares, name);
  if (sum == NULL)
    {
      sum = g_new0 (double, 1);
      g_hash_table_insert (shares, (char *)name, sum);
    }
  *sum += MAX (share, 0);
}

/* What is said of all says nothing. */
static const char *
find_most (GHashTable *shares,
           double      total)
{
  GHashTableIter iter;
  gpointer       name, share;

  if (g_hash_table_size (shares) < 2)
    return NULL;

  g_hash_table_iter_init (&iter, shares);
  while (g_hash_table_iter_next (&iter, &name, &share))
    {
      if (*(double *)share >= MOST * total)
        return name;
    }

  return NULL;
}

/* The queues' own excess, by why and from where people call. */
static char *
add_cause (char                  *text,
           GPtrArray             *streams,
           const TdOutlookStream *stream,
           TdCentre              *centre,
           guint                  since)
{
  g_autoptr (GHashTable) reasons = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GHashTable) areas = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autofree char *plain = text;
  const char      *reason, *area;
  double           total = 0;

  for (guint i = 0; i < streams->len; i++)
    {
      const TdOutlookStream *part = g_ptr_array_index (streams, i);
      TdQueue               *queue;
      double                 offered, expected;

      if (part->kind != TD_STREAM_QUEUE || !g_strv_contains ((const char *const *)stream->queues, part->id))
        continue;

      queue = td_centre_find_queue (centre, part->id);
      if (queue == NULL)
        continue;

      td_outlook_stream_measure (part, since, &offered, &expected);
      total += MAX (offered - expected, 0);
      add_share (reasons, td_queue_get_info (queue)->reason, offered - expected);
      add_share (areas, td_queue_get_info (queue)->area, offered - expected);
    }
  if (total <= 0)
    return g_steal_pointer (&plain);

  reason = find_most (reasons, total);
  area = find_most (areas, total);
  if (reason != NULL && area != NULL)
    /* Translators: the evidence of an alarm; a reason for calling; an area. */
    return g_strdup_printf (_ ("%s, mostly %s, %s"), plain, reason, area);
  if (reason != NULL || area != NULL)
    /* Translators: the evidence of an alarm; a reason for calling, or an area. */
    return g_strdup_printf (_ ("%s, mostly %s"), plain, reason != NULL ? reason : area);

  return g_steal_pointer (&plain);
}

static char *
format_time (gint64     time,
             GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, "%H:%M");
}

/**
 * td_outlook_words_describe:
 * @streams: (element-type TdOutlookStream): all that there are
 * @stream: one of them
 * @centre: the centre
 * @start: when today began, µs since 1970
 * @live: the source answers
 *
 * Returns: (transfer full) (nullable): the evidence of the stream's alarm, or
 *   %NULL where there is none
 */
char *
td_outlook_words_describe (GPtrArray             *streams,
                           const TdOutlookStream *stream,
                           TdCentre              *centre,
                           gint64                 start,
                           gboolean               live)
{
  TdOutlookAlarm   alarm;
  TdOutlookEpisode episode;
  double           offered, expected;
  gulong           n;
  g_autofree char *since = NULL;

  if (!td_outlook_stream_get_alarm (stream, live, &alarm, &episode))
    return NULL;

  td_outlook_stream_measure (stream, episode.since, &offered, &expected);
  since = format_time (start + episode.since * TD_HISTORY_MINUTE_US, td_centre_get_timezone (centre));
  if (alarm == TD_OUTLOOK_ALARM_SURGE)
    {
      n = (gulong)lround (MAX (offered - expected, 0));
      return add_cause (g_strdup_printf (ngettext ("%lu call more than normal since %s (×%.1f)",
                                                   "%lu calls more than normal since %s (×%.1f)", n),
                                         n, since, offered / MAX (expected, 0.1)),
                        streams, stream, centre, episode.since);
    }
  if (offered <= 0)
    {
      n = (gulong)lround (expected);
      return g_strdup_printf (ngettext ("No calls since %s; %lu is normal", "No calls since %s; %lu are normal", n), since, n);
    }

  return g_strdup_printf (_ ("%.0f %% fewer calls than normal since %s"),
                          100 * CLAMP (1 - offered / MAX (expected, 0.1), 0, 1), since);
}
