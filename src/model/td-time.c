/* td-time.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-time.h"

#include <glib/gi18n.h>

#include "td-types.h"

/* Days since 1970 of a date of the Gregorian calendar, after Howard Hinnant,
 * "chrono-Compatible Low-Level Date Algorithms". */
static gint64
days_from_civil (gint64 year,
                 guint  month,
                 guint  day)
{
  year -= month <= 2;

  gint64 era = year / 400;
  guint  year_of_era = (guint)(year - era * 400);
  guint  day_of_year = (153 * ((month > 2 ? month - 3 : month + 9)) + 2) / 5 + day - 1;
  guint  day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * 146097 + day_of_era - 719468;
}

static gboolean
read_digits (const char **cursor,
             guint        n_digits,
             guint       *value)
{
  *value = 0;
  for (guint i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit (**cursor))
        return FALSE;
      *value = *value * 10 + (guint)(**cursor - '0');
      (*cursor)++;
    }

  return TRUE;
}

static gboolean
read_char (const char **cursor,
           const char  *allowed)
{
  for (; *allowed != '\0'; allowed++)
    {
      if (**cursor == *allowed)
        {
          (*cursor)++;
          return TRUE;
        }
    }

  return FALSE;
}

/* Microseconds; further digits are cut off. */
static gboolean
read_fraction (const char **cursor,
               gint64      *fraction)
{
  gint64 unit = G_USEC_PER_SEC;

  *fraction = 0;
  if (**cursor != '.')
    return TRUE;
  (*cursor)++;
  if (!g_ascii_isdigit (**cursor))
    return FALSE;
  for (; g_ascii_isdigit (**cursor); (*cursor)++)
    {
      unit /= 10;
      *fraction += unit * (**cursor - '0');
    }

  return TRUE;
}

static gboolean
read_offset (const char **cursor,
             gint64      *offset)
{
  guint    hours, minutes;
  gboolean west = **cursor == '-';

  *offset = 0;
  if (read_char (cursor, "Zz"))
    return TRUE;
  if (!read_char (cursor, "+-") || !read_digits (cursor, 2, &hours) ||
      !read_char (cursor, ":") || !read_digits (cursor, 2, &minutes) || hours > 23 || minutes > 59)
    return FALSE;
  *offset = (gint64)(hours * 3600 + minutes * 60) * (west ? -1 : 1);

  return TRUE;
}

/**
 * td_time_parse:
 * @string: an RFC 3339 date-time with its offset, "2026-11-22T14:20:05.25+07:00"
 * @time: (out): µs since 1970
 *
 * Reads a time of the years 1970 to 9999. A leap second counts as the second
 * after it.
 *
 * Returns: whether @string is such a time
 */
gboolean
td_time_parse (const char *string,
               gint64     *time)
{
  guint       year, month, day, hour, minute, second;
  gint64      fraction, offset, seconds;
  const char *cursor = string;

  g_return_val_if_fail (string != NULL, FALSE);
  g_return_val_if_fail (time != NULL, FALSE);

  if (!read_digits (&cursor, 4, &year) || !read_char (&cursor, "-") ||
      !read_digits (&cursor, 2, &month) || !read_char (&cursor, "-") ||
      !read_digits (&cursor, 2, &day) || !read_char (&cursor, "Tt ") ||
      !read_digits (&cursor, 2, &hour) || !read_char (&cursor, ":") ||
      !read_digits (&cursor, 2, &minute) || !read_char (&cursor, ":") ||
      !read_digits (&cursor, 2, &second) ||
      !read_fraction (&cursor, &fraction) ||
      !read_offset (&cursor, &offset) || *cursor != '\0')
    return FALSE;

  if (!g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year) ||
      hour > 23 || minute > 59 || second > 60)
    return FALSE;

  seconds = days_from_civil (year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset;
  if (seconds < 0)
    return FALSE;
  *time = seconds * G_USEC_PER_SEC + fraction;

  return TRUE;
}

/**
 * td_time_format:
 * @time: µs since 1970
 * @zone: (nullable): the zone whose offset is given, or UTC
 *
 * Returns: (transfer full): RFC 3339 with milliseconds where there are any
 */
char *
td_time_format (gint64     time,
                GTimeZone *zone)
{
  g_return_val_if_fail (time >= 0, NULL);

  gint64 seconds = time / G_USEC_PER_SEC;
  guint  ms = (guint)(time % G_USEC_PER_SEC / 1000);
  gint32 offset = 0;
  g_autoptr (GDateTime) date_time = NULL;
  g_autofree char *head = NULL;
  char             tail[16];

  if (zone != NULL)
    {
      int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);

      offset = g_time_zone_get_offset (zone, MAX (interval, 0));
    }

  date_time = g_date_time_new_from_unix_utc (seconds + offset);
  if (date_time == NULL)
    return g_strdup ("");
  head = g_date_time_format (date_time, "%Y-%m-%dT%H:%M:%S");
  if (offset == 0)
    g_strlcpy (tail, "Z", sizeof tail);
  else
    g_snprintf (tail, sizeof tail, "%c%02d:%02d", offset < 0 ? '-' : '+', ABS (offset) / 3600, ABS (offset) / 60 % 60);

  return ms != 0 ? g_strdup_printf ("%s.%03u%s", head, ms, tail) : g_strconcat (head, tail, NULL);
}

/**
 * td_time_day_start:
 * @time: µs since 1970
 * @zone: a time zone
 *
 * Returns: the midnight that began the day of @time in @zone, µs since 1970
 */
gint64
td_time_day_start (gint64     time,
                   GTimeZone *zone)
{
  g_return_val_if_fail (time >= 0, TD_UNKNOWN);
  g_return_val_if_fail (zone != NULL, TD_UNKNOWN);

  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) midnight = g_date_time_new (zone, g_date_time_get_year (local), g_date_time_get_month (local),
                                                    g_date_time_get_day_of_month (local), 0, 0, 0);

  return g_date_time_to_unix (midnight) * G_USEC_PER_SEC;
}

/**
 * td_time_describe_span:
 * @ms: milliseconds, or %TD_UNKNOWN
 *
 * Returns: (transfer full): how long that is, in words: "4 minutes 12 seconds"
 */
char *
td_time_describe_span (gint64 ms)
{
  g_autoptr (GString) string = NULL;
  gint64 s;
  int    hours, minutes, seconds;

  if (!TD_IS_KNOWN (ms))
    return g_strdup (_ ("unknown"));

  s = MIN (ms / 1000, G_MAXINT);
  hours = s / 3600;
  minutes = s / 60 % 60;
  seconds = s % 60;

  string = g_string_new (NULL);
  if (hours > 0)
    g_string_append_printf (string, ngettext ("%d hour", "%d hours", hours), hours);
  if (minutes > 0)
    {
      if (string->len > 0)
        g_string_append_c (string, ' ');
      g_string_append_printf (string, ngettext ("%d minute", "%d minutes", minutes), minutes);
    }
  if (seconds > 0 || string->len == 0)
    {
      if (string->len > 0)
        g_string_append_c (string, ' ');
      g_string_append_printf (string, ngettext ("%d second", "%d seconds", seconds), seconds);
    }

  return g_string_free (g_steal_pointer (&string), FALSE);
}
