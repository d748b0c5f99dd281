/* td-format.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-format.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-digits.h"
#include "td-time.h"

#define UNKNOWN_TEXT "—"
#define NARROW_SPACE "\xe2\x80\xaf" /* U+202F: never breaks a number from its unit */

/**
 * td_format_count:
 * @count: a count, or %TD_UNKNOWN
 *
 * Returns: (transfer full): the count with grouped thousands
 */
char *
td_format_count (gint64 count)
{
  g_autoptr (GString) string = NULL;
  g_autofree char *digits = NULL;

  if (!TD_IS_KNOWN (count))
    return g_strdup (UNKNOWN_TEXT);

  string = g_string_new (NULL);
  digits = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  td_digits_append_grouped (string, digits, strlen (digits));

  return g_string_free (g_steal_pointer (&string), FALSE);
}

/* Returns: (nullable): the digits of @value with separators, or %NULL where it is no number */
static GString *
create_decimal (double value,
                int    decimals)
{
  char        buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char        format[8];
  const char *point;
  GString    *string;

  if (!isfinite (value) || fabs (value) > 1e15)
    return NULL;

  g_snprintf (format, sizeof format, "%%.%df", decimals);
  g_ascii_formatd (buffer, sizeof buffer, format, fabs (value));

  string = g_string_new (NULL);
  point = strchr (buffer, '.');

  /* What rounds to nothing has no sign: "−0 %" would puzzle. */
  if (value < 0 && strspn (buffer, "0.") != strlen (buffer))
    g_string_append (string, "−");

  td_digits_append_grouped (string, buffer, point != NULL ? (gsize)(point - buffer) : strlen (buffer));
  if (point != NULL)
    {
      /* Translators: what separates decimals in numbers: 82.5 in English, 82,5 in Vietnamese. */
      g_string_append (string, C_ ("decimal separator", "."));
      g_string_append (string, point + 1);
    }

  return string;
}

/**
 * td_format_decimal:
 * @value: a number, or NAN
 * @decimals: digits after the decimal separator, 0…6
 *
 * Returns: (transfer full): the number with its separators
 */
char *
td_format_decimal (double value,
                   int    decimals)
{
  GString *string;

  g_return_val_if_fail (decimals >= 0 && decimals <= 6, NULL);

  string = create_decimal (value, decimals);
  return string != NULL ? g_string_free (string, FALSE) : g_strdup (UNKNOWN_TEXT);
}

/**
 * td_format_percent:
 * @fraction: a fraction, 1.0 being 100 %, or NAN
 * @decimals: digits after the decimal separator, 0…6
 *
 * Returns: (transfer full): the percentage with its sign
 */
char *
td_format_percent (double fraction,
                   int    decimals)
{
  GString *string;

  g_return_val_if_fail (decimals >= 0 && decimals <= 6, NULL);

  string = create_decimal (fraction * 100.0, decimals);
  if (string == NULL)
    return g_strdup (UNKNOWN_TEXT);

  g_string_append (string, NARROW_SPACE "%");
  return g_string_free (string, FALSE);
}

/**
 * td_format_calls:
 * @calls: calls that are to be expected, or NAN
 *
 * Returns: (transfer full): the nearest whole number, with group separators
 */
char *
td_format_calls (double calls)
{
  if (!isfinite (calls))
    return g_strdup (UNKNOWN_TEXT);

  return td_format_count ((gint64)CLAMP (round (calls), 0, 1e15));
}

/**
 * td_format_deviation:
 * @deviation: a number ÷ its normal − 1, or NAN
 * @is_out: it lies outside the 95 % band, so that it is marked
 *
 * Returns: (transfer full): the deviation in percent with its sign; from ten
 *   times normal on, how many times
 */
char *
td_format_deviation (double   deviation,
                     gboolean is_out)
{
  const char      *mark = !is_out ? "" : deviation < 0 ? "▼" NARROW_SPACE
                                                       : "▲" NARROW_SPACE;
  g_autofree char *number = NULL;

  if (!isfinite (deviation))
    return g_strdup (UNKNOWN_TEXT);

  if (deviation >= 9)
    {
      number = td_format_calls (deviation + 1);
      return g_strdup_printf ("%s×%s", mark, number);
    }

  number = td_format_percent (round (fabs (deviation) * 100) / 100, 0);
  return g_strdup_printf ("%s%s%s", mark, round (deviation * 100) < 0 ? "−" : round (deviation * 100) > 0 ? "+"
                                                                                                          : "±",
                          number);
}

/**
 * td_format_range:
 * @low: least number of calls, or NAN
 * @high: most
 *
 * Returns: (transfer full): both as whole numbers, with a dash between
 */
char *
td_format_range (double low,
                 double high)
{
  g_autofree char *from = td_format_calls (low);
  g_autofree char *to = td_format_calls (high);

  return g_strdup_printf ("%s–%s", from, to);
}

/**
 * td_format_duration:
 * @ms: milliseconds, or %TD_UNKNOWN
 *
 * Whole seconds that have passed, so that a timer never runs ahead.
 *
 * Returns: (transfer full): m:ss, or h:mm:ss from one hour
 */
char *
td_format_duration (gint64 ms)
{
  gint64 s;

  if (!TD_IS_KNOWN (ms))
    return g_strdup (UNKNOWN_TEXT);

  s = ms / 1000;
  if (s < 3600)
    return g_strdup_printf ("%d:%02d", (int)(s / 60), (int)(s % 60));

  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", s / 3600, (int)(s / 60 % 60), (int)(s % 60));
}

/**
 * td_format_duration_s:
 * @seconds: a mean in seconds, or NAN
 *
 * Rounded to the nearest second.
 *
 * Returns: (transfer full): as td_format_duration()
 */
char *
td_format_duration_s (double seconds)
{
  if (!isfinite (seconds) || seconds < 0 || seconds > TD_MAX_MS)
    return g_strdup (UNKNOWN_TEXT);

  return td_format_duration ((gint64)llround (seconds) * 1000);
}

/**
 * td_format_duration_spoken:
 * @ms: milliseconds, or %TD_UNKNOWN
 *
 * Returns: (transfer full): the duration in words, for a screen reader
 */
char *
td_format_duration_spoken (gint64 ms)
{
  return td_time_describe_span (ms);
}

/**
 * td_format_short_span:
 * @ms: milliseconds, or %TD_UNKNOWN
 *
 * For where there is room for two figures: whole minutes, in seconds below two
 * of them where they are not whole, in hours from a thousand on. Never more
 * than @ms.
 *
 * Returns: (transfer full): 15″, 62′, 17 h
 */
char *
td_format_short_span (gint64 ms)
{
  gint64 s = ms / 1000;

  if (!TD_IS_KNOWN (ms))
    return g_strdup (UNKNOWN_TEXT);
  if (s < 60 || (s < 120 && s % 60 != 0))
    return g_strdup_printf ("%d″", (int)s);
  if (s < 1000 * 60)
    return g_strdup_printf ("%d′", (int)(s / 60));

  /* Translators: so many hours, very short. */
  return g_strdup_printf (_ ("%d h"), (int)MIN (s / 3600, G_MAXINT));
}

/**
 * td_format_age:
 * @since: µs since 1970, or %TD_UNKNOWN
 * @now: µs since 1970
 * @inexact: the source does not know when it began, only that it was no later
 *
 * Returns: (transfer full): how long it has lasted
 */
char *
td_format_age (gint64   since,
               gint64   now,
               gboolean inexact)
{
  gint64           ms = td_metrics_age_ms (since, now);
  g_autofree char *text = td_format_duration (ms);

  if (!inexact || !TD_IS_KNOWN (ms))
    return g_steal_pointer (&text);

  return g_strdup_printf ("≥" NARROW_SPACE "%s", text);
}

/**
 * td_format_estimate:
 * @number: a number for people
 * @estimated: a part of it was inferred
 *
 * Returns: (transfer full): @number, with its mark where it is an estimate;
 *   what is not known is no estimate
 */
char *
td_format_estimate (const char *number,
                    gboolean    estimated)
{
  g_return_val_if_fail (number != NULL, NULL);

  if (!estimated || g_str_equal (number, UNKNOWN_TEXT))
    return g_strdup (number);

  return g_strdup_printf ("≈" NARROW_SPACE "%s", number);
}

/**
 * td_format_why_estimated:
 *
 * Returns: (transfer none): what the mark of an estimate means
 */
const char *
td_format_why_estimated (void)
{
  return _ ("≈: a part of today’s counts was inferred: events were lost, or the counters began before this program did.");
}

/**
 * td_format_clock:
 * @time: µs since 1970, or %TD_UNKNOWN
 * @zone: the centre's zone
 *
 * Returns: (transfer full): the time of day
 */
char *
td_format_clock (gint64     time,
                 GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  g_return_val_if_fail (zone != NULL, NULL);

  if (!TD_IS_KNOWN (time))
    return g_strdup (UNKNOWN_TEXT);

  utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  if (utc != NULL)
    local = g_date_time_to_timezone (utc, zone);
  if (local == NULL)
    return g_strdup (UNKNOWN_TEXT);

  return g_date_time_format (local, "%H:%M");
}

/**
 * td_format_moment:
 * @time: µs since 1970, or %TD_UNKNOWN
 * @now: likewise
 * @zone: the zone of who reads it
 *
 * Returns: (transfer full): the time of day, and the day where it is not that of @now
 */
char *
td_format_moment (gint64     time,
                  gint64     now,
                  GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) utc_now = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr (GDateTime) local_now = utc_now != NULL ? g_date_time_to_timezone (utc_now, zone) : NULL;

  if (!TD_IS_KNOWN (time) || local == NULL || local_now == NULL ||
      (g_date_time_get_year (local) == g_date_time_get_year (local_now) &&
       g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (local_now)))
    return td_format_clock (time, zone);

  return g_date_time_format (local, C_ ("date format", "%d/%m %H:%M"));
}

/**
 * td_format_state:
 * @state: a state
 *
 * Returns: (transfer none): its name in the words of the glossary
 */
const char *
td_format_state (TdAgentState state)
{
  switch (state)
    {
    case TD_AGENT_STATE_AVAILABLE:
      return C_ ("agent state", "available");
    case TD_AGENT_STATE_RINGING:
      return C_ ("agent state", "ringing");
    case TD_AGENT_STATE_ON_CALL:
      return C_ ("agent state", "on call");
    case TD_AGENT_STATE_WRAP_UP:
      return C_ ("agent state", "wrap-up");
    case TD_AGENT_STATE_PAUSED:
      return C_ ("agent state", "paused");
    case TD_AGENT_STATE_UNREACHABLE:
      return C_ ("agent state", "unreachable");
    case TD_AGENT_STATE_OFFLINE:
      return C_ ("agent state", "offline");
    case TD_AGENT_STATE_UNKNOWN:
    case TD_N_AGENT_STATES:
    default:
      return C_ ("agent state", "unknown");
    }
}

/**
 * td_format_place:
 * @place: a place of work
 *
 * Returns: (transfer none): its name in the words of the glossary
 */
const char *
td_format_place (TdPlace place)
{
  switch (place)
    {
    case TD_PLACE_OFFICE:
      return C_ ("place of work", "office");
    case TD_PLACE_ON_SITE:
      return C_ ("place of work", "on-site");
    case TD_PLACE_HOME:
      return C_ ("place of work", "home");
    case TD_PLACE_PARTNER:
      return C_ ("place of work", "partner");
    case TD_PLACE_UNKNOWN:
    case TD_N_PLACES:
    default:
      return C_ ("place of work", "unknown");
    }
}

/**
 * td_format_service_level_formula:
 * @formula: a formula
 *
 * Returns: (transfer none): the formula in words
 */
const char *
td_format_service_level_formula (TdServiceLevelFormula formula)
{
  switch (formula)
    {
    case TD_SERVICE_LEVEL_LIVE:
      return _ ("answered within T ÷ (answered + abandoned − short abandons + still waiting beyond T)");
    case TD_SERVICE_LEVEL_OF_ANSWERED:
      return _ ("answered within T ÷ answered");
    case TD_SERVICE_LEVEL_OF_HANDLED:
      return _ ("answered within T ÷ (answered + abandoned)");
    case TD_SERVICE_LEVEL_IN_TIME:
      return _ ("(answered within T + abandoned within T) ÷ (answered + abandoned)");
    case TD_SERVICE_LEVEL_LESS_EARLY:
      return _ ("answered within T ÷ (answered + abandoned − abandoned within T)");
    case TD_SERVICE_LEVEL_OF_OFFERED:
      return _ ("answered within T ÷ (offered − short abandons)");
    case TD_N_SERVICE_LEVEL_FORMULAS:
    default:
      g_return_val_if_reached ("");
    }
}
