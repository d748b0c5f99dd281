/* td-lunar-calendar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-lunar-calendar.h"

#include <math.h>

/* The Vietnamese lunar calendar by its rules, as they hold since 1968 for the
 * meridian of Hà Nội (UTC+7): a month begins on the day of the new moon, and
 * the eleventh holds the winter solstice; where there are thirteen new moons
 * between two such months, the first month in which the sun enters no new
 * principal term is a leap one. New moon and sun by the short series of
 * J. Meeus, Astronomical Algorithms, chapters 49 and 25, good to minutes. */

#define ZONE_HOURS 7.0
#define SYNODIC_MONTH 29.530588853
/* The new moon of 2000-01-06, from which they are counted. */
#define FIRST_NEW_MOON 2451550.09766
#define MONTHS_A_CENTURY 1236.85
/* A GDate's julian day of an astronomer's: GDate counts from 0001-01-01. */
#define GDATE_OFFSET 1721424.5

static double
to_radians (double degrees)
{
  return degrees * G_PI / 180;
}

/* Seconds by which the turning Earth is behind an even clock, roughly: it
 * is about a minute in all these years. */
static double
get_delta_t_days (double julian)
{
  double t = (julian - 2451545.0) / 36525.0;

  return (63.0 + 60.0 * t) / 86400.0;
}

/* The moment of the new moon number @k, as a julian day of universal time. */
static double
get_new_moon (double k)
{
  double t = k / MONTHS_A_CENTURY;
  double t2 = t * t;
  double t3 = t2 * t;
  double e = 1 - 0.002516 * t - 0.0000074 * t2;
  double sun = to_radians (2.5534 + 29.10535670 * k - 0.0000014 * t2 - 0.00000011 * t3);
  double moon = to_radians (201.5643 + 385.81693528 * k + 0.0107582 * t2 + 0.00001238 * t3);
  double f = to_radians (160.7108 + 390.67050284 * k - 0.0016118 * t2 - 0.00000227 * t3);
  double node = to_radians (124.7746 - 1.56375588 * k + 0.0020672 * t2 + 0.00000215 * t3);
  double julian = FIRST_NEW_MOON + SYNODIC_MONTH * k + 0.00015437 * t2 - 0.000000150 * t3;

  julian += -0.40720 * sin (moon) + 0.17241 * e * sin (sun) + 0.01608 * sin (2 * moon) + 0.01039 * sin (2 * f) +
            0.00739 * e * sin (moon - sun) - 0.00514 * e * sin (moon + sun) + 0.00208 * e * e * sin (2 * sun) -
            0.00111 * sin (moon - 2 * f) - 0.00057 * sin (moon + 2 * f) + 0.00056 * e * sin (2 * moon + sun) -
            0.00042 * sin (3 * moon) + 0.00042 * e * sin (sun + 2 * f) + 0.00038 * e * sin (sun - 2 * f) -
            0.00024 * e * sin (2 * moon - sun) - 0.00017 * sin (node) - 0.00007 * sin (moon + 2 * sun);

  return julian - get_delta_t_days (julian);
}

/* The sun's apparent longitude, degrees, 0…360. */
static double
get_sun (double julian)
{
  double t = (julian + get_delta_t_days (julian) - 2451545.0) / 36525.0;
  double mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t;
  double m = to_radians (357.52911 + 35999.05029 * t - 0.0001537 * t * t);
  double centre = (1.914602 - 0.004817 * t - 0.000014 * t * t) * sin (m) + (0.019993 - 0.000101 * t) * sin (2 * m) +
                  0.000289 * sin (3 * m);
  double longitude = mean + centre - 0.00569 - 0.00478 * sin (to_radians (125.04 - 1934.136 * t));

  longitude = fmod (longitude, 360);

  return longitude < 0 ? longitude + 360 : longitude;
}

/* A day in Hà Nội, as a GDate's julian day, of a moment. */
static int
get_local_day (double julian)
{
  return (int)floor (julian + ZONE_HOURS / 24 - GDATE_OFFSET);
}

/* The beginning of a day in Hà Nội. */
static double
get_midnight (int day)
{
  return day + GDATE_OFFSET - ZONE_HOURS / 24;
}

static int
get_new_moon_day (int k)
{
  return get_local_day (get_new_moon (k));
}

/* Which of the twelve principal terms rules at the end of the month's last
 * day before: 9 is the winter solstice's. */
static int
get_term (int day)
{
  return (int)floor (get_sun (get_midnight (day)) / 30);
}

/* Number of the new moon that begins the eleventh month of @year. */
static int
find_eleventh_month (guint year)
{
  GDate date;
  int   k, last;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 31, G_DATE_DECEMBER, (GDateYear)year);
  last = (int)g_date_get_julian (&date);
  k = (int)floor ((last + GDATE_OFFSET - FIRST_NEW_MOON) / SYNODIC_MONTH) + 1;

  while (get_new_moon_day (k) > last)
    k--;

  /* The solstice may come before the last new moon of the year. */
  return get_term (get_new_moon_day (k)) >= 9 ? k - 1 : k;
}

/* Of the months after the eleventh one, which is the leap one, 1…12. */
static int
find_leap_month (int eleventh)
{
  int last = get_term (get_new_moon_day (eleventh + 1));
  int i = 1;

  do
    {
      i++;

      int term = get_term (get_new_moon_day (eleventh + i));

      if (term == last)
        break;
      last = term;
    }
  while (i < 14);

  return i - 1;
}

/**
 * td_lunar_calendar_to_julian:
 * @year: lunar year, %TD_LUNAR_FIRST_YEAR…%TD_LUNAR_LAST_YEAR
 * @month: lunar month, 1…12
 * @day: day of that month, 1…30
 * @leap: the leap month of that number
 *
 * Returns: the day, as of g_date_get_julian(), or 0 where the year has no such
 *   leap month
 */
guint
td_lunar_calendar_to_julian (guint    year,
                             guint    month,
                             guint    day,
                             gboolean leap)
{
  int eleventh, next, offset, leap_offset;

  g_return_val_if_fail (year >= TD_LUNAR_FIRST_YEAR && year <= TD_LUNAR_LAST_YEAR, 0);
  g_return_val_if_fail (month >= 1 && month <= 12, 0);
  g_return_val_if_fail (day >= 1 && day <= 30, 0);

  /* The eleventh month of the year before, and after it. */
  eleventh = find_eleventh_month (month < 11 ? year - 1 : year);
  next = find_eleventh_month (month < 11 ? year : year + 1);
  offset = ((int)month + 1) % 12;

  if (next - eleventh > 12)
    {
      int leap_month;

      /* The month that it repeats: the first of them is the eleventh. */
      leap_offset = find_leap_month (eleventh);
      leap_month = (leap_offset + 9) % 12 + 1;
      if (leap && (int)month != leap_month)
        return 0;
      if (leap || offset >= leap_offset)
        offset++;
    }
  else if (leap)
    return 0;

  return (guint)(get_new_moon_day (eleventh + offset) + (int)day - 1);
}

/**
 * td_lunar_calendar_get_tet:
 * @year: year of the common era, %TD_LUNAR_FIRST_YEAR…%TD_LUNAR_LAST_YEAR
 *
 * Returns: the first day of the lunar year that begins in it, as of
 *   g_date_get_julian()
 */
guint
td_lunar_calendar_get_tet (guint year)
{
  return td_lunar_calendar_to_julian (year, 1, 1, FALSE);
}
