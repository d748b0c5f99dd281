/* td-shift-times.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-shift-times.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "td-shift-sheet.h"

#define DAY_BEGINS 8
#define DAY_ENDS 20

static gint64
get_time (GDateTime *date,
          GTimeZone *zone,
          int        days,
          int        hour,
          int        minute)
{
  g_autoptr (GDateTime) other = g_date_time_add_days (date, days);
  g_autoptr (GDateTime) time = g_date_time_new (zone, g_date_time_get_year (other), g_date_time_get_month (other),
                                                g_date_time_get_day_of_month (other), hour, minute, 0);

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC : 0;
}

/**
 * td_shift_times_find:
 * @time: a moment, µs since 1970
 * @zone: the centre's zone
 * @from: (out): when the shift in which it lies begins
 * @to: (out): when it ends
 */
void
td_shift_times_find (gint64     time,
                     GTimeZone *zone,
                     gint64    *from,
                     gint64    *to)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  int hour = g_date_time_get_hour (local);
  int before = hour < DAY_BEGINS ? -1 : 0;

  if (hour >= DAY_BEGINS && hour < DAY_ENDS)
    {
      *from = get_time (local, zone, 0, DAY_BEGINS, 0);
      *to = get_time (local, zone, 0, DAY_ENDS, 0);
    }
  else
    {
      *from = get_time (local, zone, before, DAY_ENDS, 0);
      *to = get_time (local, zone, before + 1, DAY_BEGINS, 0);
    }
}

/**
 * td_shift_times_step:
 * @zone: the centre's zone
 * @forth: to the next shift, not to the one before
 * @from: (inout): begin of some hours
 * @to: (inout): their end
 */
void
td_shift_times_step (GTimeZone *zone,
                     gboolean   forth,
                     gint64    *from,
                     gint64    *to)
{
  td_shift_times_find (forth ? *to : *from - 1, zone, from, to);
}

static gboolean
fail (const char *text,
      GError    **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _ ("“%s” is no shift: write DATE/day, DATE/night or DATE/HH:MM-HH:MM, and the date as 2026-11-20"), text);

  return FALSE;
}

/**
 * td_shift_times_parse:
 * @text: "2026-11-20/day", "2026-11-20/night", or "2026-11-20/08:00-20:00",
 *   whose end may be on the next day
 * @zone: the centre's zone
 * @from: (out): when it begins
 * @to: (out): when it ends
 * @error: return location; %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Returns: whether @text is a shift
 */
gboolean
td_shift_times_parse (const char *text,
                      GTimeZone  *zone,
                      gint64     *from,
                      gint64     *to,
                      GError    **error)
{
  g_autoptr (GDateTime) date = NULL;
  int  year, month, day;
  int  from_hour = DAY_BEGINS, from_minute = 0, to_hour = DAY_ENDS, to_minute = 0;
  int  length = 0;
  char rest;

  g_return_val_if_fail (text != NULL && zone != NULL && from != NULL && to != NULL, FALSE);

  if (sscanf (text, "%4d-%2d-%2d/%n", &year, &month, &day, &length) != 3 || length == 0)
    return fail (text, error);

  if (strcmp (text + length, "night") == 0)
    {
      from_hour = DAY_ENDS;
      to_hour = DAY_BEGINS;
    }
  else if (strcmp (text + length, "day") != 0 &&
           (sscanf (text + length, "%2d:%2d-%2d:%2d%c", &from_hour, &from_minute, &to_hour, &to_minute, &rest) != 4 ||
            from_hour < 0 || from_hour > 23 || to_hour < 0 || to_hour > 24 || from_minute < 0 || from_minute > 59 ||
            to_minute < 0 || to_minute > 59 || (to_hour == 24 && to_minute > 0)))
    return fail (text, error);

  /* Before 1971 there are no shifts, nor after 9998. */
  date = year > 1970 && year < 9999 ? g_date_time_new (zone, year, month, day, 0, 0, 0) : NULL;
  if (date == NULL)
    return fail (text, error);

  *from = get_time (date, zone, 0, from_hour, from_minute);
  if (to_hour == 24)
    *to = get_time (date, zone, 1, 0, 0);
  else
    *to = get_time (date, zone, to_hour * 60 + to_minute <= from_hour * 60 + from_minute ? 1 : 0, to_hour, to_minute);

  return TRUE;
}
