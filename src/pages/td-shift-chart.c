/* td-shift-chart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-shift-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"

#define MINUTE_US (60 * G_TIME_SPAN_SECOND)
#define AXIS_LEFT 26.0
#define AXIS_BELOW 13.0
#define TOP 14.0 /* where the names of events stand */
#define MIN_TICK 42.0
#define WORDS_HEIGHT 11.0
#define HATCH 4.0
#define MAX_NAMED 4
#define MAX_NAME_CHARS 34

typedef struct
{
  const TdShiftSheet *sheet;
  TdPaper            *paper;
  cairo_t            *cr;
  GTimeZone          *zone;
  double              x;
  double              y;
  double              width;
  double              height;
  double              max;
} Chart;

static const TdPaperStyle label_style = { 6.5, FALSE, TD_PAPER_DIM, PANGO_ALIGN_LEFT };

static double
get_x (const Chart *chart,
       gint64       time)
{
  double share = (double)(time - chart->sheet->from) / (double)(chart->sheet->to - chart->sheet->from);

  return chart->x + chart->width * CLAMP (share, 0, 1);
}

/* A rate stands at the end of its minute. */
static double
get_minute_x (const Chart *chart,
              guint        minute)
{
  return get_x (chart, chart->sheet->from + (gint64)(minute + 1) * MINUTE_US);
}

static double
get_y (const Chart *chart,
       double       value)
{
  return chart->y + chart->height * (1 - value / chart->max);
}

static double
find_step (double max,
           guint  n_steps)
{
  double step = 1;
  guint  digit = 0;

  static const double factors[] = { 2, 2.5, 2 };

  while (max / step > n_steps)
    step *= factors[digit++ % G_N_ELEMENTS (factors)];

  return step;
}

static double
find_max (const TdShiftSheet *sheet)
{
  double max = 0;

  for (guint i = 0; i < sheet->n_minutes; i++)
    {
      max = isnan (sheet->rates[i]) ? max : MAX (max, sheet->rates[i]);
      max = isnan (sheet->normal[i].high95) ? max : MAX (max, sheet->normal[i].high95);
    }

  return MAX (max, 4);
}

static void
draw_scale (Chart *chart)
{
  double       step = find_step (find_max (chart->sheet), 6);
  TdPaperStyle right = label_style;

  right.align = PANGO_ALIGN_RIGHT;
  chart->max = ceil (find_max (chart->sheet) / step) * step;
  for (double value = 0; value <= chart->max; value += step)
    {
      g_autofree char *text = td_format_calls (value);

      td_paper_rule (chart->paper, TD_PAPER_FAINT, 0.4, chart->x, get_y (chart, value), chart->width);
      td_paper_write (chart->paper, &right, chart->x - AXIS_LEFT, get_y (chart, value) - 4.5, AXIS_LEFT - 5, text);
    }
}

static void
draw_hours (Chart *chart)
{
  static const guint steps[] = { 1, 2, 3, 6, 12, 24, 48 };
  double             hours = (double)(chart->sheet->to - chart->sheet->from) / (double)G_TIME_SPAN_HOUR;
  TdPaperStyle       style = label_style;
  guint              step = G_N_ELEMENTS (steps) - 1;

  style.align = PANGO_ALIGN_CENTER;
  for (guint i = G_N_ELEMENTS (steps); i-- > 0;)
    {
      if (chart->width / hours * steps[i] >= MIN_TICK)
        step = i;
    }
  for (gint64 time = chart->sheet->from; time <= chart->sheet->to; time += MINUTE_US)
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, chart->zone);
      g_autofree char *text = NULL;
      double           x = get_x (chart, time);

      if (g_date_time_get_minute (local) != 0 || (guint)g_date_time_get_hour (local) % steps[step] != 0)
        continue;

      text = td_format_clock (time, chart->zone);
      td_paper_set_ink (chart->paper, TD_PAPER_RULE);
      cairo_set_line_width (chart->cr, 0.5);
      cairo_move_to (chart->cr, x, chart->y + chart->height);
      cairo_line_to (chart->cr, x, chart->y + chart->height + 2.5);
      cairo_stroke (chart->cr);
      td_paper_write (chart->paper, &style, x - 20, chart->y + chart->height + 3, 40, text);
    }
}

static void
fill_band (Chart     *chart,
           gsize      low,
           gsize      high,
           TdPaperInk ink)
{
  const TdShiftSheet *sheet = chart->sheet;

  /* Writing left a point behind. */
  cairo_new_path (chart->cr);
  td_paper_set_ink (chart->paper, ink);
  for (guint i = 0; i < sheet->n_minutes;)
    {
      guint begin;

      for (; i < sheet->n_minutes && isnan (sheet->normal[i].mean); i++)
        ;
      begin = i;
      for (; i < sheet->n_minutes && !isnan (sheet->normal[i].mean); i++)
        cairo_line_to (chart->cr, get_minute_x (chart, i), get_y (chart, G_STRUCT_MEMBER (double, &sheet->normal[i], high)));
      for (guint k = i; k-- > begin;)
        cairo_line_to (chart->cr, get_minute_x (chart, k), get_y (chart, G_STRUCT_MEMBER (double, &sheet->normal[k], low)));
      if (i > begin)
        {
          cairo_close_path (chart->cr);
          cairo_fill (chart->cr);
        }
    }
}

static void
stroke_normal (Chart *chart)
{
  const TdShiftSheet *sheet = chart->sheet;
  gboolean            open = FALSE;

  td_paper_set_ink (chart->paper, TD_PAPER_NORMAL);
  cairo_set_line_width (chart->cr, 0.6);
  for (guint i = 0; i < sheet->n_minutes; i++)
    {
      if (isnan (sheet->normal[i].mean))
        open = FALSE;
      else if (open)
        cairo_line_to (chart->cr, get_minute_x (chart, i), get_y (chart, sheet->normal[i].mean));
      else
        {
          cairo_move_to (chart->cr, get_minute_x (chart, i), get_y (chart, sheet->normal[i].mean));
          open = TRUE;
        }
    }
  cairo_stroke (chart->cr);
}

static gboolean
is_out (const TdShiftSheet *sheet,
        guint               minute)
{
  return sheet->rates[minute] > sheet->normal[minute].high95 || sheet->rates[minute] < sheet->normal[minute].low95;
}

/* Out of the band it is thicker, too: not by its colour alone. */
static void
stroke_rate (Chart *chart)
{
  const TdShiftSheet *sheet = chart->sheet;

  cairo_set_line_join (chart->cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 1; i < sheet->n_minutes;)
    {
      gboolean out = is_out (sheet, i);

      if (isnan (sheet->rates[i - 1]) || isnan (sheet->rates[i]))
        {
          i++;
          continue;
        }

      cairo_move_to (chart->cr, get_minute_x (chart, i - 1), get_y (chart, sheet->rates[i - 1]));
      for (; i < sheet->n_minutes && !isnan (sheet->rates[i]) && is_out (sheet, i) == out; i++)
        cairo_line_to (chart->cr, get_minute_x (chart, i), get_y (chart, sheet->rates[i]));
      td_paper_set_ink (chart->paper, out ? TD_PAPER_AMBER : TD_PAPER_LINE);
      cairo_set_line_width (chart->cr, out ? 1.8 : 1.1);
      cairo_stroke (chart->cr);
    }
}

/* Where there is room in it, the words stand in the gap, and the hatching leaves it to them. */
static gboolean
find_words (const Chart      *chart,
            const TdShiftGap *gap,
            double            width,
            double           *x)
{
  double left = get_x (chart, gap->from);
  double right = get_x (chart, gap->to);

  *x = (left + right - width) / 2;

  return right - left >= width + 4 * HATCH;
}

static void
hatch_gap (Chart            *chart,
           const TdShiftGap *gap,
           double            words_width) /* or 0 for none */
{
  double left = get_x (chart, gap->from);
  double right = MAX (get_x (chart, gap->to), left + 1);
  double x;

  cairo_save (chart->cr);
  cairo_rectangle (chart->cr, left, chart->y, right - left, chart->height);
  if (words_width > 0 && find_words (chart, gap, words_width, &x))
    cairo_rectangle (chart->cr, x - 3, chart->y + chart->height / 2 - WORDS_HEIGHT / 2, words_width + 6, WORDS_HEIGHT);
  cairo_set_fill_rule (chart->cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_clip (chart->cr);
  td_paper_set_ink (chart->paper, TD_PAPER_RULE);
  cairo_set_line_width (chart->cr, 0.7);
  for (x = left - chart->height; x < right; x += HATCH)
    {
      cairo_move_to (chart->cr, x, chart->y + chart->height);
      cairo_line_to (chart->cr, x + chart->height, chart->y);
    }
  cairo_stroke (chart->cr);
  cairo_restore (chart->cr);
}

static void
draw_gaps (Chart *chart)
{
  const GArray     *gaps = chart->sheet->gaps;
  const TdShiftGap *widest = NULL;
  const char       *text = _ ("not observed");
  double            width = td_paper_measure (chart->paper, &label_style, text);
  double            x, y = chart->y + chart->height - 11;

  for (guint i = 0; i < gaps->len; i++)
    {
      const TdShiftGap *gap = &g_array_index (gaps, TdShiftGap, i);

      if (widest == NULL || gap->to - gap->from > widest->to - widest->from)
        widest = gap;
    }
  for (guint i = 0; i < gaps->len; i++)
    {
      const TdShiftGap *gap = &g_array_index (gaps, TdShiftGap, i);

      hatch_gap (chart, gap, gap == widest ? width : 0);
    }
  if (widest == NULL)
    return;

  if (find_words (chart, widest, width, &x))
    y = chart->y + chart->height / 2 - WORDS_HEIGHT / 2 + 1;
  else if (get_x (chart, widest->to) + 3 + width <= chart->x + chart->width)
    x = get_x (chart, widest->to) + 3;
  else
    x = get_x (chart, widest->from) - 3 - width;
  td_paper_write (chart->paper, &label_style, x, y, -1, text);
}

static char *
name_event (const Chart        *chart,
            const TdShiftEvent *event)
{
  g_autofree char *from = td_format_clock (event->from, chart->zone);
  g_autofree char *to = TD_IS_KNOWN (event->to) ? td_format_clock (event->to, chart->zone) : g_strdup ("…");
  const char      *text = event->text != NULL ? event->text : "";
  g_autofree char *cut = g_utf8_strlen (text, -1) > MAX_NAME_CHARS ? g_utf8_substring (text, 0, MAX_NAME_CHARS - 1) : NULL;

  return g_strdup_printf ("%s%s %s–%s", cut != NULL ? cut : text, cut != NULL ? "…" : "", from, to);
}

/* A line where it began, and its name on the side that has the room. */
static void
draw_events (Chart *chart)
{
  TdPaperStyle style = { 6.5, TRUE, TD_PAPER_RED, PANGO_ALIGN_LEFT };
  const double dashes[] = { 2, 2 };
  guint        n_named = 0;

  for (guint i = 0; i < chart->sheet->events->len; i++)
    {
      const TdShiftEvent *event = g_ptr_array_index (chart->sheet->events, i);
      g_autofree char    *name = NULL;
      double              x, width;

      if (event->kind == TD_SHIFT_ALERT || event->from < chart->sheet->from)
        continue;

      x = get_x (chart, event->from);
      td_paper_set_ink (chart->paper, TD_PAPER_RED);
      cairo_save (chart->cr);
      cairo_set_line_width (chart->cr, 0.9);
      cairo_set_dash (chart->cr, dashes, G_N_ELEMENTS (dashes), 0);
      cairo_move_to (chart->cr, x, chart->y - 2);
      cairo_line_to (chart->cr, x, chart->y + chart->height);
      cairo_stroke (chart->cr);
      cairo_restore (chart->cr);
      if (n_named++ >= MAX_NAMED)
        continue;

      name = name_event (chart, event);
      width = td_paper_measure (chart->paper, &style, name);
      td_paper_write (chart->paper, &style, x + 3 + width <= chart->x + chart->width ? x + 3 : MAX (x - width - 3, chart->x),
                      chart->y - 2 + (n_named - 1) * 9, -1, name);
    }
}

/**
 * td_shift_chart_draw:
 * @sheet: a shift
 * @paper: what it stands on
 * @x: its left edge, points
 * @y: its upper edge
 * @width: of it
 * @height: of it
 */
void
td_shift_chart_draw (const TdShiftSheet *sheet,
                     TdPaper            *paper,
                     double              x,
                     double              y,
                     double              width,
                     double              height)
{
  g_autoptr (GTimeZone) zone = NULL;
  Chart chart;

  g_return_if_fail (sheet != NULL && paper != NULL);

  zone = td_shift_sheet_get_zone (sheet);
  chart = (Chart){
    .sheet = sheet,
    .paper = paper,
    .cr = td_paper_get_cairo (paper),
    .zone = zone,
    .x = x + AXIS_LEFT,
    .y = y + TOP,
    .width = width - AXIS_LEFT - 8,
    .height = height - TOP - AXIS_BELOW,
  };
  draw_scale (&chart);
  draw_hours (&chart);
  fill_band (&chart, G_STRUCT_OFFSET (TdOutlookRange, low95), G_STRUCT_OFFSET (TdOutlookRange, high95), TD_PAPER_BAND95);
  fill_band (&chart, G_STRUCT_OFFSET (TdOutlookRange, low80), G_STRUCT_OFFSET (TdOutlookRange, high80), TD_PAPER_BAND80);
  draw_gaps (&chart);
  stroke_normal (&chart);
  stroke_rate (&chart);
  draw_events (&chart);
}
