/* td-chart-crosshair.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-chart-marks.h"
#include "td-chart-paint.h"
#include "td-format.h"

/* The same minute of past days. */
static void
describe_overlays (const TdChartData *data,
                   guint              minute,
                   GString           *text)
{
  for (guint i = 0; i < TD_CHART_OVERLAYS; i++)
    {
      const TdChartOverlay *overlay = &data->overlays[i];
      g_autofree char      *count = NULL;

      if (overlay->name == NULL || minute >= overlay->n_values || isnan (overlay->values[minute]))
        continue;

      count = td_format_calls (overlay->values[minute]);
      /* Translators: a past day, and its calls at the same time of day, on the label of a chart's minute. */
      g_string_append_printf (text, _ (" · %s: %s"), overlay->name, count);
    }
}

static char *
describe_passed (const TdChartData *data,
                 guint              minute,
                 const char        *clock)
{
  double           value = data->values[minute];
  g_autofree char *count = td_format_calls (value);
  g_autoptr (GString) text = g_string_new (NULL);
  TdRateBand band;

  if (data->cumulative)
    /* Translators: time of day, and the calls from midnight until then. */
    g_string_append_printf (text, _ ("%s · %s calls so far"), clock, count);
  else
    /* Translators: time of day, and the calls of the 15 minutes before it. */
    g_string_append_printf (text, _ ("%s · %s calls in 15 min"), clock, count);

  if (td_chart_data_get_normal (data, minute, &band))
    {
      g_autofree char *mean = td_format_calls (band.mean);
      g_autofree char *range = td_format_range (band.low95, band.high95);
      g_autofree char *deviation = td_format_deviation (band.mean > 0 ? value / band.mean - 1 : NAN,
                                                        td_chart_data_get_excess (data, minute, value) > 0);

      /* Translators: what is normal, its band, and the deviation from it, on the label of a chart's minute. */
      g_string_append_printf (text, _ (" · normal %s (%s) · %s"), mean, range, deviation);
    }
  describe_overlays (data, minute, text);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * td_chart_crosshair_describe:
 * @data: what a chart shows
 * @minute: a minute of the day
 *
 * Returns: (transfer full): what is known of the minute, in words, parted by “ · ”
 */
char *
td_chart_crosshair_describe (const TdChartData *data,
                             guint              minute)
{
  g_autofree char *clock = td_chart_data_format_clock (data, minute + 1);
  gboolean         passed = minute < data->n_values && minute < td_chart_data_get_passed (data);
  TdRateBand       band;

  if (passed && isnan (data->observed[minute]))
    /* Translators: a time of day of which nothing is known. */
    return g_strdup_printf (_ ("%s · not observed"), clock);
  if (passed && isnan (data->values[minute]))
    /* Translators: a time of day; some of the 15 minutes before it are not known. */
    return g_strdup_printf (_ ("%s · the 15 minutes were not all observed"), clock);
  if (passed)
    return describe_passed (data, minute, clock);
  if (td_chart_data_get_forecast (data, minute, &band))
    {
      g_autofree char *mean = td_format_calls (band.mean);
      g_autofree char *range = td_format_range (band.low95, band.high95);
      g_autoptr (GString) text = g_string_new (NULL);

      /* Translators: a time of day that is still to come, the calls expected, and their band. */
      g_string_append_printf (text, _ ("%s · forecast %s (%s)"), clock, mean, range);
      describe_overlays (data, minute, text);
      return g_string_free (g_steal_pointer (&text), FALSE);
    }

  return g_steal_pointer (&clock);
}

/**
 * td_chart_crosshair_draw:
 * @widget: the chart
 * @cr: where to
 * @frame: its frame
 * @data: what it shows
 * @minute: the minute that was chosen; nothing is drawn where it is out of view
 */
void
td_chart_crosshair_draw (GtkWidget          *widget,
                         cairo_t            *cr,
                         const TdChartFrame *frame,
                         const TdChartData  *data,
                         guint               minute)
{
  double           x = round (td_chart_frame_get_x (frame, minute + 1));
  double           padding = round (frame->text_height * 0.5);
  double           value = td_chart_data_get_value (data, minute);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *joined = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  double left;
  int    width, height;

  if (data->zone == NULL || x < frame->x || x > frame->x + frame->width + 1)
    return;

  td_chart_paint_colour (widget, cr, "td_axis", 1);
  cairo_rectangle (cr, x, frame->y, td_chart_frame_get_line (frame), frame->height);
  cairo_fill (cr);
  if (minute < td_chart_data_get_passed (data) && isfinite (value))
    td_chart_paint_dot (widget, cr, x, td_chart_frame_get_y (frame, value), MAX (frame->text_height * 0.6, 8),
                        td_chart_data_get_excess (data, minute, value) > 0 ? "td_amber" : "td_line");

  text = td_chart_crosshair_describe (data, minute);
  lines = g_strsplit (text, " · ", -1);
  joined = g_strjoinv ("\n", lines);
  layout = td_chart_paint_layout (widget, joined, FALSE, 1, &width, &height);
  left = x + 8;
  if (left + width + 2 * padding > frame->widget_width)
    left = MAX (x - 8 - width - 2 * padding, 0);
  td_chart_paint_round (cr, left, frame->y + 4, width + 2 * padding, height + padding, 6);
  td_chart_paint_colour (widget, cr, "td_line", 1);
  cairo_fill (cr);
  td_chart_paint_text (widget, cr, layout, left + padding, frame->y + 4 + padding / 2, "td_card", FALSE);
}
