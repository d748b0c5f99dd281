/* td-source-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-source-words.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "td-format.h"

/* A clock that is off by more than this is worth a word: the source's times
 * are then not those on the wall. */
#define CLOCK_OFF_US (5 * G_USEC_PER_SEC)

/* The clock of this machine with seconds, "14:02:51": it is about our own
 * waiting, not the centre's times. */
static char *
format_moment (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  return g_date_time_format (local, "%H:%M:%S");
}

/**
 * td_source_words_describe_trouble:
 * @watch: a watch
 *
 * Returns: (transfer full) (nullable): what is wrong with its source and from
 *   when the numbers are, translated; none while it is live
 */
char *
td_source_words_describe_trouble (TdWatch *watch)
{
  TdPoller        *poller = td_watch_get_poller (watch);
  const char      *cause = td_poller_get_error_message (poller);
  gint64           last_good = td_poller_get_last_good (poller);
  g_autofree char *since = TD_IS_KNOWN (last_good) ? format_moment (last_good) : NULL;
  g_autofree char *head = NULL;

  switch (td_poller_get_health (poller))
    {
    case TD_HEALTH_STALE:
      head = since != NULL
               /* Translators: a time of day with seconds. */
               ? g_strdup_printf (_ ("The numbers are from %s."), since)
               : g_strdup (_ ("The numbers are old."));
      break;

    case TD_HEALTH_LOST:
      head = since != NULL
               /* Translators: a time of day with seconds. */
               ? g_strdup_printf (_ ("Connection lost: the numbers are from %s."), since)
               : g_strdup (_ ("There is no connection."));
      break;

    case TD_HEALTH_REFUSED:
      head = since != NULL
               /* Translators: a time of day with seconds. */
               ? g_strdup_printf (_ ("Access is refused: the numbers are from %s."), since)
               : g_strdup (_ ("Access is refused."));
      break;

    case TD_HEALTH_CONNECTING:
    case TD_HEALTH_LIVE:
    default:
      return NULL;
    }

  return cause != NULL ? g_strdup_printf ("%s %s", head, cause) : g_steal_pointer (&head);
}

/**
 * td_source_words_is_open:
 * @watch: a watch
 *
 * Returns: what it hears is not encrypted, and comes over a network
 */
gboolean
td_source_words_is_open (TdWatch *watch)
{
  return td_backend_get_info (td_watch_get_backend (watch)).security == TD_SECURITY_PLAIN;
}

/**
 * td_source_words_describe:
 * @watch: a watch
 *
 * Returns: (transfer full): the source, and what there is to know about it, translated
 */
char *
td_source_words_describe (TdWatch *watch)
{
  TdPoller        *poller = td_watch_get_poller (watch);
  const char      *cause = td_poller_get_error_message (poller);
  gint64           offset = td_poller_get_clock_offset_us (poller);
  g_autofree char *title = td_backend_get_title (td_watch_get_backend (watch));
  GString         *text = g_string_new (title);

  if (td_source_words_is_open (watch))
    g_string_append_printf (text, "\n%s", _ ("Not encrypted: whoever listens on the way reads everything."));
  if (cause != NULL)
    g_string_append_printf (text, "\n%s", cause);
  if (!td_centre_is_empty (td_watch_get_centre (watch)) && llabs (offset) > CLOCK_OFF_US)
    {
      g_autofree char *duration = td_format_duration (llabs (offset) / 1000);

      g_string_append_c (text, '\n');
      if (offset > 0)
        /* Translators: a duration. */
        g_string_append_printf (text, _ ("Its clock is %s ahead of this computer’s."), duration);
      else
        /* Translators: a duration. */
        g_string_append_printf (text, _ ("Its clock is %s behind this computer’s."), duration);
    }

  return g_string_free (text, FALSE);
}

/**
 * td_source_words_get_scenario:
 * @scenario: what a simulated centre plays, as it is named there
 *
 * Returns: (transfer none): the same, translated where it is known
 */
const char *
td_source_words_get_scenario (const char *scenario)
{
  static const struct
  {
    const char *scenario;
    const char *name;
  } names[] = {
    { "normal", NC_ ("scenario", "normal day") },
    { "lockdown", NC_ ("scenario", "lock-down") },
    { "reduced", NC_ ("scenario", "reduced calls") },
    { "outage", NC_ ("scenario", "large outage") },
    { "trunk-down", NC_ ("scenario", "trunk down") },
    { "partner-leaves", NC_ ("scenario", "partner leaves") },
    { "understaffed", NC_ ("scenario", "understaffed") },
    { "phantoms", NC_ ("scenario", "phantoms") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i].scenario, scenario))
        return g_dpgettext2 (NULL, "scenario", names[i].name);
    }

  return scenario;
}
