/* td-wall-curve.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-curve.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-chart-scale.h"
#include "td-format.h"
#include "td-wall-page.h"

#define RATE_MINUTES 120
#define WINDOW_MINUTES 15
#define LEAST_STEPS 30 /* a quarter of an hour; a shorter one says little of how it came */
#define TEXT 0.034
#define SMALL_TEXT 0.026
#define LOW 0.25 /* of the screen's height; lower than that, small words leave more to the curve */
#define MAX_TICKS 3

#define MINUTE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

G_STATIC_ASSERT (TD_TRAIL_STEPS <= TD_WALL_CURVE_MAX && RATE_MINUTES <= TD_WALL_CURVE_MAX);

/* The stream that an unusual number of calls was seen in. */
static TdStreamKind
get_stream (const TdWallMoment *moment,
            const char        **id)
{
  *id = "";
  if (moment->part == NULL)
    {
      *id = moment->alarm.id;
      return moment->alarm.kind;
    }

  switch (moment->part->scope)
    {
    case TD_ALERT_SCOPE_QUEUE:
      *id = moment->part->target;
      return TD_STREAM_QUEUE;

    case TD_ALERT_SCOPE_HOTLINE:
      *id = moment->part->target;
      return TD_STREAM_HOTLINE;

    case TD_ALERT_SCOPE_CENTRE:
    case TD_ALERT_SCOPE_ZONE:
    case TD_ALERT_SCOPE_AGENT:
    case TD_N_ALERT_SCOPES:
    default:
      return TD_STREAM_ALL;
    }
}

/* Calls of 15 minutes over the band in which they lie on a normal day. */
static void
read_rates (TdWallCurve        *curve,
            const TdWallMoment *moment)
{
  TdOutlook                 *outlook = td_watch_get_outlook (moment->watch);
  TdDay                     *day = td_watch_get_day (moment->watch);
  gint64                     start = td_day_get_start (day);
  guint                      n_minutes = MIN (td_day_get_n_minutes (day), TD_DAY_MINUTES);
  const char                *id;
  TdStreamKind               kind = get_stream (moment, &id);
  g_autofree TdOutlookRange *ranges = g_new (TdOutlookRange, TD_DAY_MINUTES);
  double                     rates[TD_DAY_MINUTES];
  guint                      first;

  if (outlook == NULL || !TD_IS_KNOWN (start))
    return;
  curve->title = _ ("Calls in 15 minutes and normal");
  curve->n = MIN (n_minutes, RATE_MINUTES);
  first = n_minutes - curve->n;
  curve->step = MINUTE_US;
  /* A rate is of the minutes up to the end of its own. */
  curve->from = start + (first + 1) * MINUTE_US;
  td_outlook_get_rates (outlook, kind, id, WINDOW_MINUTES, rates, n_minutes);
  curve->has_band = td_outlook_get_state (outlook) == TD_OUTLOOK_READY;
  if (curve->has_band)
    td_outlook_get_normal (outlook, kind, id, WINDOW_MINUTES, ranges, n_minutes);
  for (guint i = 0; i < curve->n; i++)
    {
      curve->values[i] = rates[first + i];
      curve->low[i] = curve->has_band ? ranges[first + i].low95 : NAN;
      curve->high[i] = curve->has_band ? ranges[first + i].high95 : NAN;
    }
}

/* Those whose callers the alarm is of, or NULL for all; a container to free, whose strings are not. */
static const char **
get_queues (const TdWallMoment *moment)
{
  const TdAlert *part = moment->part;
  TdRoster      *roster = td_centre_get_queues (td_watch_get_centre (moment->watch));
  const char   **queues;
  guint          n = 0;
  gboolean       is_narrower = part != NULL && (part->scope == TD_ALERT_SCOPE_QUEUE || part->scope == TD_ALERT_SCOPE_HOTLINE);

  if (!is_narrower && moment->wall->queues == NULL)
    return NULL;

  queues = g_new0 (const char *, td_roster_get_size (roster) + 1);
  for (guint i = 0; i < td_roster_get_size (roster); i++)
    {
      const TdQueueInfo *info = td_queue_get_info (td_roster_get (roster, i));

      if (!td_wall_has_queue (moment->wall, info->id) ||
          (is_narrower && g_strcmp0 (part->scope == TD_ALERT_SCOPE_QUEUE ? info->id : info->hotline, part->target) != 0))
        continue;
      queues[n++] = info->id;
    }

  return queues;
}

/* Those who waited, or how long, as far as it is remembered. */
static void
read_trail (TdWallCurve        *curve,
            const TdWallMoment *moment)
{
  g_autofree const char **queues = get_queues (moment);
  const TdAlert          *part = moment->part;
  gboolean                is_longest = part != NULL && part->kind == TD_ALERT_LONGEST_WAIT;
  double                  values[TD_TRAIL_STEPS];
  gint64                  from = td_trail_read (td_watch_get_trail (moment->watch), is_longest ? TD_TRAIL_LONGEST : TD_TRAIL_WAITING,
                                                (const char *const *)queues, values);
  guint                   first = 0;

  if (!TD_IS_KNOWN (from))
    return;
  while (first < TD_TRAIL_STEPS - LEAST_STEPS && isnan (values[first]))
    first++;
  curve->title = is_longest ? _ ("Longest wait until now") : _ ("Waiting until now");
  curve->is_duration = is_longest;
  curve->n = TD_TRAIL_STEPS - first;
  curve->step = TD_TRAIL_STEP_US;
  curve->from = from + first * TD_TRAIL_STEP_US;
  for (guint i = 0; i < curve->n; i++)
    curve->values[i] = values[first + i];
  if (part != NULL && (is_longest || part->kind == TD_ALERT_WAITING) && part->threshold > 0)
    curve->threshold = part->threshold;
}

/**
 * td_wall_curve_read:
 * @curve: (out caller-allocates): to be filled
 * @moment: what is known, with an incident or an alarm
 *
 * Reads how it came to what the wall tells of: calls for an unusual number of
 * them, else who waited.
 *
 * Returns: whether there is anything to be drawn
 */
gboolean
td_wall_curve_read (TdWallCurve        *curve,
                    const TdWallMoment *moment)
{
  guint n_known = 0;

  g_return_val_if_fail (curve != NULL, FALSE);
  g_return_val_if_fail (moment != NULL, FALSE);

  *curve = (TdWallCurve){ .threshold = NAN, .is_stale = moment->age != NULL };
  if (moment->part == NULL || moment->part->kind == TD_ALERT_SURGE || moment->part->kind == TD_ALERT_SILENCE ||
      moment->part->kind == TD_ALERT_BUSY_DAY)
    read_rates (curve, moment);
  else
    read_trail (curve, moment);
  for (guint i = 0; i < curve->n; i++)
    n_known += isfinite (curve->values[i]) ? 1 : 0;

  return n_known > 1;
}

/**
 * td_wall_curve_create_key:
 * @curve: a curve
 *
 * Returns: (transfer full): what is another as soon as the curve looks otherwise
 */
char *
td_wall_curve_create_key (const TdWallCurve *curve)
{
  guint hash = 5381;

  g_return_val_if_fail (curve != NULL, NULL);

  for (guint i = 0; i < curve->n; i++)
    {
      hash = hash * 33 + (isnan (curve->values[i]) ? 7 : (guint)curve->values[i] + 11);
      hash = hash * 33 + (isnan (curve->high[i]) ? 7 : (guint)(8 * curve->high[i]) + 11);
    }

  return g_strdup_printf ("curve %s|%" G_GINT64_FORMAT "|%u|%u|%g|%d", curve->title, curve->from, curve->n, hash, curve->threshold, curve->is_stale);
}

/* Where the curve lies on the screen, and what is at its edges. */
typedef struct
{
  graphene_rect_t plot;
  double          top;
  double          tick;
} Frame;

static double
get_x (const TdWallCurve *curve,
       const Frame       *frame,
       guint              i)
{
  return frame->plot.origin.x + frame->plot.size.width * i / MAX (curve->n - 1, 1);
}

static double
get_y (const Frame *frame,
       double       value)
{
  return frame->plot.origin.y + frame->plot.size.height * (1 - value / frame->top);
}

static double
choose_tick (const TdWallCurve *curve,
             double             most,
             guint              max_ticks)
{
  static const int seconds[] = { 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 4 * 3600, 12 * 3600 };

  if (!curve->is_duration)
    return td_chart_scale_step (most, max_ticks);

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    if (ceil (most / seconds[i]) <= max_ticks)
      return seconds[i];

  return ceil (most / max_ticks);
}

static char *
format_value (const TdWallCurve *curve,
              double             value)
{
  return curve->is_duration ? td_format_duration_s (value) : td_format_count ((gint64)value);
}

static void
draw_band (cairo_t           *cr,
           TdWallPaint       *paint,
           const TdWallCurve *curve,
           const Frame       *frame)
{
  GdkRGBA colour;

  td_wall_paint_get_colour (paint, curve->is_stale ? "td_wall_hairline" : "td_wall_band_95", &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  for (guint i = 0; i + 1 < curve->n; i++)
    {
      if (isnan (curve->high[i]) || isnan (curve->high[i + 1]))
        continue;
      cairo_move_to (cr, get_x (curve, frame, i), get_y (frame, curve->high[i]));
      cairo_line_to (cr, get_x (curve, frame, i + 1), get_y (frame, curve->high[i + 1]));
      cairo_line_to (cr, get_x (curve, frame, i + 1), get_y (frame, curve->low[i + 1]));
      cairo_line_to (cr, get_x (curve, frame, i), get_y (frame, curve->low[i]));
      cairo_close_path (cr);
    }
  cairo_fill (cr);
}

/* Broken where nothing was to be seen, with a dot at its end. */
static void
draw_line (cairo_t           *cr,
           TdWallPaint       *paint,
           const TdWallCurve *curve,
           const Frame       *frame)
{
  double   unit = td_wall_paint_get_height (paint);
  gboolean is_broken = TRUE;
  GdkRGBA  colour;
  int      last = -1;

  td_wall_paint_get_colour (paint, curve->is_stale ? "td_wall_stale" : "td_wall_text", &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, MAX (0.005 * unit, 1));
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < curve->n; i++)
    {
      if (isnan (curve->values[i]))
        {
          is_broken = TRUE;
          continue;
        }
      if (is_broken)
        cairo_move_to (cr, get_x (curve, frame, i), get_y (frame, curve->values[i]));
      else
        cairo_line_to (cr, get_x (curve, frame, i), get_y (frame, curve->values[i]));
      is_broken = FALSE;
      last = (int)i;
    }
  cairo_stroke (cr);
  if (last >= 0)
    {
      cairo_arc (cr, get_x (curve, frame, (guint)last), get_y (frame, curve->values[last]), MAX (0.009 * unit, 2), 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static void
draw_grid (cairo_t     *cr,
           TdWallPaint *paint,
           const Frame *frame)
{
  double  line = MAX (round (0.0016 * td_wall_paint_get_height (paint)), 1);
  GdkRGBA colour;

  td_wall_paint_get_colour (paint, "td_wall_hairline", &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  for (double value = 0; value <= frame->top + 1e-6; value += frame->tick)
    {
      cairo_rectangle (cr, frame->plot.origin.x, round (get_y (frame, value) - line / 2), frame->plot.size.width, line);
      cairo_fill (cr);
    }
}

static void
draw_threshold (cairo_t           *cr,
                TdWallPaint       *paint,
                const TdWallCurve *curve,
                const Frame       *frame)
{
  double  line = MAX (0.003 * td_wall_paint_get_height (paint), 1);
  double  dashes[] = { 5 * line, 3 * line };
  GdkRGBA colour;

  td_wall_paint_get_colour (paint, curve->is_stale ? "td_wall_stale" : "td_wall_alarm", &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_save (cr);
  cairo_set_line_width (cr, line);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, frame->plot.origin.x, get_y (frame, curve->threshold));
  cairo_rel_line_to (cr, frame->plot.size.width, 0);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
write_times (TdWallPaint           *paint,
             const graphene_rect_t *rect,
             const TdWallCurve     *curve,
             const Frame           *frame,
             GTimeZone             *zone,
             const TdWallStyle     *style)
{
  gint64 to = curve->from + (curve->n - 1) * curve->step;
  double bottom = frame->plot.origin.y + frame->plot.size.height + 0.2 * style->size;
  double each = td_wall_paint_measure (paint, "00:00", style) * 1.6;
  gint64 tick = td_chart_scale_minutes ((guint)MAX ((to - curve->from) / MINUTE_US, 1), (guint)MAX (frame->plot.size.width / each, 1)) * MINUTE_US;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (curve->from / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  gint64 offset = local != NULL ? g_date_time_get_utc_offset (local) : 0;

  for (gint64 time = ((curve->from + offset + tick - 1) / tick) * tick - offset; time <= to; time += tick)
    {
      g_autofree char *clock = td_format_clock (time, zone);
      double           width = td_wall_paint_measure (paint, clock, style);
      double           x = frame->plot.origin.x + frame->plot.size.width * (double)(time - curve->from) / (double)MAX (to - curve->from, 1) - width / 2;

      /* The corner is the zero's. */
      if (x < frame->plot.origin.x || x + width > rect->origin.x + rect->size.width)
        continue;
      td_wall_paint_text (paint, &TD_WALL_RECT (x, bottom, width + 2, rect->origin.y + rect->size.height - bottom),
                          clock, style);
    }
}

/**
 * td_wall_curve_draw:
 * @paint: a painter in a part
 * @rect: where
 * @curve: what
 * @zone: of its times
 *
 * Draws it with its title above and its times below.
 */
void
td_wall_curve_draw (TdWallPaint           *paint,
                    const graphene_rect_t *rect,
                    const TdWallCurve     *curve,
                    GTimeZone             *zone)
{
  double           unit = td_wall_paint_get_height (paint);
  double           text = round ((rect->size.height < LOW * unit ? SMALL_TEXT : TEXT) * unit);
  TdWallStyle      words = { text, FALSE, FALSE, TD_WALL_ALIGN_START, "td_wall_secondary" };
  TdWallStyle      limit = { text, TRUE, FALSE, TD_WALL_ALIGN_END, curve->is_stale ? "td_wall_stale" : "td_wall_alarm" };
  double           most = 1, left, line = round (1.4 * text), height = rect->size.height - 2.6 * line, title, room = rect->size.width;
  g_autofree char *top = NULL;
  g_autofree char *threshold = NULL;
  Frame            frame;
  cairo_t         *cr;

  for (guint i = 0; i < curve->n; i++)
    {
      if (!isnan (curve->values[i]))
        most = MAX (most, curve->values[i]);
      if (!isnan (curve->high[i]))
        most = MAX (most, curve->high[i]);
    }
  if (!isnan (curve->threshold))
    {
      g_autofree char *value = format_value (curve, curve->threshold);

      most = MAX (most, curve->threshold * 1.1);
      /* Translators: the value from where it is an alarm. */
      threshold = g_strdup_printf (_ ("alarm from %s"), value);
      room -= td_wall_paint_measure (paint, threshold, &limit) + words.size;
      td_wall_paint_text (paint, &TD_WALL_RECT (rect->origin.x + room, rect->origin.y, rect->size.width - room, line), threshold, &limit);
    }
  title = td_wall_paint_measure (paint, curve->title, &words);
  td_wall_paint_text (paint, &TD_WALL_RECT (rect->origin.x, rect->origin.y, MIN (title + 2, room), line), curve->title, &words);

  frame.tick = choose_tick (curve, most, (guint)CLAMP (height / (1.3 * line), 1, MAX_TICKS));
  frame.top = frame.tick * ceil (most / frame.tick);
  top = format_value (curve, frame.top);
  left = td_wall_paint_measure (paint, top, &words) + 0.6 * words.size;
  frame.plot = TD_WALL_RECT (rect->origin.x + left, rect->origin.y + 1.35 * line, rect->size.width - left - 0.6 * words.size, height);
  words.align = TD_WALL_ALIGN_END;
  for (double value = 0; value <= frame.top + 1e-6; value += frame.tick)
    {
      g_autofree char *label = format_value (curve, value);

      td_wall_paint_text (paint, &TD_WALL_RECT (rect->origin.x, get_y (&frame, value) - line / 2, left - 0.6 * words.size, line), label, &words);
    }
  words.align = TD_WALL_ALIGN_START;
  write_times (paint, rect, curve, &frame, zone, &words);

  cr = gtk_snapshot_append_cairo (td_wall_paint_get_snapshot (paint), rect);
  if (curve->has_band)
    draw_band (cr, paint, curve, &frame);
  draw_grid (cr, paint, &frame);
  if (!isnan (curve->threshold))
    draw_threshold (cr, paint, curve, &frame);
  draw_line (cr, paint, curve, &frame);
  cairo_destroy (cr);
}
