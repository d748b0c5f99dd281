/* td-outlook-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-outlook-words-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "td-digits.h"

/* What makes so much of an excess is what it mostly is. */
#define MOST 0.6

/* Beside what was since its begin, of an alarm that is so old it is said what
 * was lately. */
#define OLD_MINUTES 30
#define RECENT_MINUTES 15

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

/* A list of areas says nothing of where the calls come from. */
static const char *
get_only_area (const char *area)
{
  return area != NULL && strchr (area, ',') == NULL ? area : NULL;
}

/* The queues' own excess, by why people call, and from where: as the callers'
 * areas tell, or where the source tells none, the queues'. */
static char *
add_cause (char                  *text,
           GPtrArray             *streams,
           TdOutlookAreas        *areas,
           const TdOutlookStream *stream,
           TdCentre              *centre,
           gint64                 start,
           int                    since,
           double                 excess_share)
{
  g_autoptr (GHashTable) by_reason = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GHashTable) by_area = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autofree char *plain = text;
  const char      *reason, *area;
  double           total = 0;
  gboolean         told;

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
      add_share (by_reason, td_queue_get_info (queue)->reason, offered - expected);
      add_share (by_area, get_only_area (td_queue_get_info (queue)->area), offered - expected);
    }

  reason = total > 0 ? find_most (by_reason, total) : NULL;
  area = td_outlook_areas_find_most (areas, (const char *const *)stream->queues, start + since * TD_HISTORY_MINUTE_US, excess_share,
                                     MOST, &told);
  if (!told && total > 0)
    area = find_most (by_area, total);
  if (reason != NULL && area != NULL)
    /* Translators: the evidence of an alarm; a reason for calling; an area. */
    return g_strdup_printf (_ ("%s, mostly %s, %s"), plain, reason, area);
  if (reason != NULL || area != NULL)
    /* Translators: the evidence of an alarm; a reason for calling, or an area. */
    return g_strdup_printf (_ ("%s, mostly %s"), plain, reason != NULL ? reason : area);

  return g_steal_pointer (&plain);
}

/* An alarm is measured since its begin; what is so now may be another matter. */
static char *
add_recent (char                  *text,
            const TdOutlookStream *stream,
            int                    since)
{
  g_autofree char *plain = text;
  g_autofree char *came = NULL;
  g_autofree char *normal = NULL;
  double           offered, expected;
  gulong           n;

  if ((int)stream->n_minutes - since < OLD_MINUTES)
    return g_steal_pointer (&plain);

  td_outlook_stream_measure (stream, (int)stream->n_minutes - RECENT_MINUTES, &offered, &expected);
  if (expected <= 0)
    return g_steal_pointer (&plain);

  n = (gulong)lround (offered);
  came = td_digits_format ((gint64)n);
  normal = td_digits_format ((gint64)lround (expected));
  /* Translators: the evidence of an alarm that began a while ago; how many calls came lately; how many are normal. */
  return g_strdup_printf (ngettext ("%s; %s call in the last 15 minutes, %s is normal", "%s; %s calls in the last 15 minutes, %s are normal", n),
                          plain, came, normal);
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
 * @areas: from where people called
 * @stream: one of @streams
 * @centre: the centre
 * @start: when today began, µs since 1970
 * @live: the source answers
 *
 * Returns: (transfer full) (nullable): the evidence of the stream's alarm, or
 *   %NULL where there is none
 */
char *
td_outlook_words_describe (GPtrArray             *streams,
                           TdOutlookAreas        *areas,
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
  g_autofree char *number = NULL;
  char            *text;

  if (!td_outlook_stream_get_alarm (stream, live, &alarm, &episode))
    return NULL;

  td_outlook_stream_measure_episode (stream, &episode, &offered, &expected);
  since = format_time (start + episode.since * TD_HISTORY_MINUTE_US, td_centre_get_timezone (centre));
  if (alarm == TD_OUTLOOK_ALARM_SURGE)
    {
      n = (gulong)lround (MAX (offered - expected, 0));
      number = td_digits_format ((gint64)n);
      text = add_cause (g_strdup_printf (ngettext ("%s call more than normal since %s (×%.1f)",
                                                   "%s calls more than normal since %s (×%.1f)", n),
                                         number, since, offered / MAX (expected, 0.1)),
                        streams, areas, stream, centre, start, episode.since, (offered - expected) / MAX (offered, 1));
      return add_recent (text, stream, episode.since);
    }
  if (offered <= 0)
    {
      n = (gulong)lround (expected);
      number = td_digits_format ((gint64)n);
      return g_strdup_printf (ngettext ("No calls since %s; %s is normal", "No calls since %s; %s are normal", n), since, number);
    }

  text = g_strdup_printf (_ ("%.0f %% fewer calls than normal since %s"),
                          100 * CLAMP (1 - offered / MAX (expected, 0.1), 0, 1), since);
  return add_recent (text, stream, episode.since);
}
