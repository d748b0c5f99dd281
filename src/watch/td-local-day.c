/* td-local-day.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-local-day.h"

#define SLOT_S (TD_LOCAL_DAY_SLOT_MINUTES * 60)

static gint32
get_offset (GTimeZone *zone,
            gint64     seconds)
{
  return g_time_zone_get_offset (zone, MAX (g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds), 0));
}

/**
 * td_local_day_get_midnight:
 * @julian: a date, as of g_date_get_julian()
 * @zone: a time zone
 *
 * Returns: when the date begins, µs since 1970
 */
gint64
td_local_day_get_midnight (guint      julian,
                           GTimeZone *zone)
{
  g_autoptr (GDateTime) midnight = NULL;
  GDate date;

  g_return_val_if_fail (g_date_valid_julian (julian), 0);
  g_return_val_if_fail (zone != NULL, 0);

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);
  midnight = g_date_time_new (zone, g_date_get_year (&date), (int)g_date_get_month (&date), g_date_get_day (&date), 0, 0, 0);

  return midnight != NULL ? g_date_time_to_unix (midnight) * G_USEC_PER_SEC : 0;
}

/**
 * td_local_day_init:
 * @self: a day
 * @start: when it begins, µs since 1970: midnight, or when the source says
 * @zone: the zone of its clock
 */
void
td_local_day_init (TdLocalDay *self,
                   gint64      start,
                   GTimeZone  *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  gint64   seconds = start / G_USEC_PER_SEC;
  gint64   length = 24 * 3600;
  gint64   clock; /* seconds since midnight of the wall clock */
  gint32   offset;
  gboolean even;
  GDate    date;

  g_return_if_fail (self != NULL);
  g_return_if_fail (start >= 0);
  g_return_if_fail (zone != NULL);

  utc = g_date_time_new_from_unix_utc (seconds);
  local = g_date_time_to_timezone (utc, zone);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)g_date_time_get_day_of_month (local), (GDateMonth)g_date_time_get_month (local),
                  (GDateYear)g_date_time_get_year (local));
  self->start = start;
  self->julian = g_date_get_julian (&date);
  clock = g_date_time_get_hour (local) * 3600 + g_date_time_get_minute (local) * 60 + g_date_time_get_second (local);
  if (clock == 0)
    length = (td_local_day_get_midnight (self->julian + 1, zone) - start) / G_USEC_PER_SEC;
  self->n_slots = (guint)CLAMP (length / SLOT_S, 1, TD_LOCAL_DAY_MAX_SLOTS);

  offset = get_offset (zone, seconds);
  even = offset == get_offset (zone, seconds + length - 1);
  for (guint i = 0; i < self->n_slots; i++)
    {
      gint64 at = i * SLOT_S;
      gint64 shift = even ? 0 : get_offset (zone, seconds + at) - offset;

      self->wall[i] = (guint16)(((clock + at + shift) / SLOT_S + TD_LOCAL_DAY_SLOTS) % TD_LOCAL_DAY_SLOTS);
    }
}
