/* td-chart-data.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-chart-data.h"

#include <math.h>

#include "td-format.h"

static void
clear_marks (TdChartData *data)
{
  for (guint i = 0; i < data->n_marks; i++)
    g_free ((char *)data->marks[i].text);
  g_clear_pointer (&data->marks, g_free);
  data->n_marks = 0;
}

/* Bitwise: NAN is equal to itself here. */
static gboolean
is_same (gconstpointer a,
         gconstpointer b,
         gsize         size)
{
  return size == 0 || memcmp (a, b, size) == 0;
}

static gboolean
set_bands (TdRateBand      **bands,
           guint            *n_bands,
           const TdRateBand *wanted,
           guint             n_wanted)
{
  if (*n_bands == n_wanted && is_same (*bands, wanted, n_wanted * sizeof (TdRateBand)))
    return FALSE;

  g_free (*bands);
  *bands = g_memdup2 (wanted, n_wanted * sizeof (TdRateBand));
  *n_bands = n_wanted;
  return TRUE;
}

static gboolean
get_band (const TdRateBand *bands,
          guint             n_bands,
          guint             minute,
          TdRateBand       *band)
{
  if (minute >= n_bands || !isfinite (bands[minute].mean))
    return FALSE;

  *band = bands[minute];
  return TRUE;
}

void
td_chart_data_init (TdChartData *data)
{
  memset (data, 0, sizeof *data);
  data->n_minutes = 24 * 60;
  data->now = TD_UNKNOWN;
  data->current = TD_UNKNOWN;
}

void
td_chart_data_clear (TdChartData *data)
{
  clear_marks (data);
  g_clear_pointer (&data->values, g_free);
  g_clear_pointer (&data->observed, g_free);
  g_clear_pointer (&data->normal, g_free);
  g_clear_pointer (&data->forecast, g_free);
  g_clear_pointer (&data->zone, g_time_zone_unref);
  g_clear_pointer (&data->name, g_free);
  for (guint i = 0; i < TD_CHART_OVERLAYS; i++)
    {
      g_clear_pointer (&data->overlays[i].values, g_free);
      g_clear_pointer (&data->overlays[i].name, g_free);
    }
}

gboolean
td_chart_data_set_day (TdChartData *data,
                       gint64       start,
                       guint        n_minutes,
                       GTimeZone   *zone)
{
  if (data->start == start && data->n_minutes == n_minutes && data->zone == zone)
    return FALSE;

  data->start = start;
  data->n_minutes = n_minutes;
  g_time_zone_ref (zone);
  g_clear_pointer (&data->zone, g_time_zone_unref);
  data->zone = zone;
  return TRUE;
}

gboolean
td_chart_data_set_name (TdChartData *data,
                        const char  *name)
{
  if (g_strcmp0 (data->name, name) == 0)
    return FALSE;

  g_free (data->name);
  data->name = g_strdup (name);
  return TRUE;
}

gboolean
td_chart_data_set_values (TdChartData  *data,
                          const double *values,
                          const double *observed,
                          guint         n_values)
{
  gsize size = n_values * sizeof (double);

  if (data->n_values == n_values &&
      is_same (data->values, values, size) && is_same (data->observed, observed, size))
    return FALSE;

  g_free (data->values);
  g_free (data->observed);
  data->values = g_memdup2 (values, size);
  data->observed = g_memdup2 (observed, size);
  data->n_values = n_values;
  return TRUE;
}

gboolean
td_chart_data_set_normal (TdChartData      *data,
                          const TdRateBand *bands,
                          guint             n_bands)
{
  return set_bands (&data->normal, &data->n_normal, bands, n_bands);
}

gboolean
td_chart_data_set_forecast (TdChartData      *data,
                            const TdRateBand *bands,
                            guint             n_bands)
{
  return set_bands (&data->forecast, &data->n_forecast, bands, n_bands);
}

gboolean
td_chart_data_set_marks (TdChartData      *data,
                         const TdRateMark *marks,
                         guint             n_marks)
{
  gboolean same = data->n_marks == n_marks;

  for (guint i = 0; same && i < n_marks; i++)
    same = data->marks[i].id == marks[i].id && data->marks[i].from == marks[i].from &&
           data->marks[i].to == marks[i].to && data->marks[i].kind == marks[i].kind &&
           g_strcmp0 (data->marks[i].text, marks[i].text) == 0;
  if (same)
    return FALSE;

  clear_marks (data);
  data->marks = g_memdup2 (marks, n_marks * sizeof (TdRateMark));
  data->n_marks = n_marks;
  for (guint i = 0; i < n_marks; i++)
    data->marks[i].text = g_strdup (marks[i].text);
  return TRUE;
}

gboolean
td_chart_data_set_overlay (TdChartData  *data,
                           guint         index,
                           const double *values,
                           guint         n_values,
                           const char   *name,
                           guint         date)
{
  TdChartOverlay *overlay = &data->overlays[index];

  if (overlay->n_values == n_values && overlay->date == date && g_strcmp0 (overlay->name, name) == 0 &&
      is_same (overlay->values, values, n_values * sizeof (double)))
    return FALSE;

  g_free (overlay->values);
  overlay->values = g_memdup2 (values, n_values * sizeof (double));
  overlay->n_values = n_values;
  g_free (overlay->name);
  overlay->name = g_strdup (name);
  overlay->date = date;
  return TRUE;
}

/**
 * td_chart_overlay_get_alpha:
 * @index: which past day
 *
 * Returns: how opaque its line is: the later ones are paler
 */
double
td_chart_overlay_get_alpha (guint index)
{
  return 1 - 0.18 * index;
}

/**
 * td_chart_data_get_passed:
 * @data: what a chart shows
 *
 * Returns: how many minutes have passed: what is unknown before is a gap,
 *   after it the future
 */
guint
td_chart_data_get_passed (const TdChartData *data)
{
  if (data->now < data->start)
    return 0;

  return MIN ((guint64)(data->now - data->start) / TD_CHART_MINUTE, data->n_minutes);
}

/**
 * td_chart_data_has_now:
 * @data: what a chart shows
 *
 * Returns: whether the day is that of now
 */
gboolean
td_chart_data_has_now (const TdChartData *data)
{
  return data->now >= data->start && data->now - data->start <= data->n_minutes * TD_CHART_MINUTE;
}

double
td_chart_data_get_value (const TdChartData *data,
                         guint              minute)
{
  return minute < data->n_values ? data->values[minute] : NAN;
}

gboolean
td_chart_data_get_normal (const TdChartData *data,
                          guint              minute,
                          TdRateBand        *band)
{
  return get_band (data->normal, data->n_normal, minute, band);
}

/**
 * td_chart_data_get_forecast:
 * @data: what a chart shows
 * @minute: a minute of the day
 * @band: (out): what is foreseen
 *
 * Returns: whether there is a forecast: never for what has passed
 */
gboolean
td_chart_data_get_forecast (const TdChartData *data,
                            guint              minute,
                            TdRateBand        *band)
{
  if (minute < td_chart_data_get_passed (data))
    return FALSE;

  return get_band (data->forecast, data->n_forecast, minute, band);
}

gboolean
td_chart_data_has_normal (const TdChartData *data)
{
  for (guint i = 0; i < data->n_normal; i++)
    if (isfinite (data->normal[i].mean))
      return TRUE;

  return FALSE;
}

/**
 * td_chart_data_get_newest:
 * @data: what a chart shows
 *
 * Returns: the value of now: the current one, else that of the minute that
 *   has just passed, else NAN
 */
double
td_chart_data_get_newest (const TdChartData *data)
{
  guint passed = td_chart_data_get_passed (data);

  if (TD_IS_KNOWN (data->current))
    return data->current;

  return passed > 0 ? td_chart_data_get_value (data, passed - 1) : NAN;
}

/**
 * td_chart_data_get_excess:
 * @data: what a chart shows
 * @minute: a minute of the day
 * @value: a value at that minute
 *
 * Returns: how far @value lies outside the minute's 95 % band, below 0 how
 *   far inside, or NAN where nothing is known
 */
double
td_chart_data_get_excess (const TdChartData *data,
                          guint              minute,
                          double             value)
{
  TdRateBand band;

  if (isnan (value) || !td_chart_data_get_normal (data, minute, &band) ||
      isnan (band.low95) || isnan (band.high95))
    return NAN;

  return MAX (value - band.high95, band.low95 - value);
}

/**
 * td_chart_data_get_greatest:
 * @data: what a chart shows
 * @from: a minute of the day
 * @to: the end of the minutes that are shown
 *
 * Returns: the greatest value that its scale has to hold, 0 where nothing is known
 */
double
td_chart_data_get_greatest (const TdChartData *data,
                            guint              from,
                            guint              to)
{
  guint  passed = MAX (td_chart_data_get_passed (data), data->n_values);
  double max = passed >= from && passed <= to ? MAX (data->current, 0) : 0;

  for (guint i = from; i < to; i++)
    {
      max = fmax (max, td_chart_data_get_value (data, i));
      if (i < data->n_normal)
        max = fmax (max, data->normal[i].high95);
      /* Far ahead a forecast may know little; its band need not fit in. */
      if (i < data->n_forecast && i >= td_chart_data_get_passed (data))
        max = fmax (max, data->cumulative ? data->forecast[i].high80 : data->forecast[i].mean);
      for (guint k = 0; k < TD_CHART_OVERLAYS; k++)
        if (i < data->overlays[k].n_values)
          max = fmax (max, data->overlays[k].values[i]);
    }

  return isfinite (max) ? max : 0;
}

/**
 * td_chart_data_find_gap:
 * @data: what a chart shows
 * @from: (out): its first minute
 * @to: (inout): where to begin; its end
 *
 * Returns: whether there is another gap
 */
gboolean
td_chart_data_find_gap (const TdChartData *data,
                        guint             *from,
                        guint             *to)
{
  guint passed = td_chart_data_get_passed (data);
  guint i = *to;

  while (i < MIN (passed, data->n_values) && !isnan (data->observed[i]))
    i++;
  *from = i;
  while (i < passed && (i >= data->n_values || isnan (data->observed[i])))
    i++;
  *to = i;

  /* The minute that has just passed may still be on its way. */
  return *to > *from && *from + 1 < passed;
}

/**
 * td_chart_data_format_clock:
 * @data: what a chart shows
 * @minute: minutes from the begin of the day
 *
 * Returns: (transfer full): the time of day; midnight at the end is 24:00,
 *   else the day would seem to run back
 */
char *
td_chart_data_format_clock (const TdChartData *data,
                            guint              minute)
{
  g_autofree char *text = NULL;

  if (data->zone == NULL)
    return g_strdup ("");

  text = td_format_clock (data->start + (gint64)minute * TD_CHART_MINUTE, data->zone);
  if (minute > 0 && g_str_equal (text, "00:00"))
    return g_strdup ("24:00");

  return g_steal_pointer (&text);
}
