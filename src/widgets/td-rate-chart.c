/* td-rate-chart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-rate-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-chart-plot.h"
#include "td-chart-scale.h"
#include "td-format.h"
#include "td-palette.h"

#define MAX_OVERLAYS 4
#define MIN_VIEW 30 /* minutes that are shown at least */
#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

typedef struct
{
  double *rates;
  guint   n_rates;
  char   *name;
} Overlay;

struct _TdRateChart
{
  GtkWidget parent_instance;

  double    *rates;    /* (owned): calls in 15 minutes, NAN where the window is not whole */
  double    *observed; /* (owned): calls in the minute, NAN where not observed */
  guint      n_rates;
  guint      n_minutes; /* length of the day */
  gint64     start;     /* µs since 1970 */
  gint64     now;       /* µs since 1970, or TD_UNKNOWN */
  gint64     current;   /* calls in the 15 minutes before now, or TD_UNKNOWN */
  GTimeZone *zone;      /* (owned) (nullable) */
  char      *title;     /* (owned) (nullable) */

  TdRateBand *normal; /* (owned) */
  guint       n_normal;
  TdRateBand *forecast; /* (owned) */
  guint       n_forecast;
  TdRateMark *marks; /* (owned), with their texts */
  guint       n_marks;
  Overlay     overlays[MAX_OVERLAYS]; /* (owned) */
  gboolean    cumulative;

  guint  view_from; /* minutes of the day that are shown */
  guint  view_to;
  double drag_from; /* @view_from when a drag began */
  int    cursor;    /* minute that the keys chose, or −1 */

  guint    generation;
  gboolean hovering;
  double   hover_x;

  /* GTK 4.8 keeps the pixels of a cairo node by the node's pointer: the same
   * node must be drawn again for as long as it is true. */
  GskRenderNode *plot; /* (owned) (nullable) */
  guint          plot_generation;
  int            plot_width;
  int            plot_height;
};

typedef struct
{
  double x;
  double y;
  double width;
  double height;
  double step;
  double top;
  int    text_height;
} Frame;

enum {
  MINUTE_ACTIVATED,
  MARK_ACTIVATED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdRateChart, td_rate_chart, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

/* Minutes from the left edge to the right. */
static guint
axis_minutes (TdRateChart *self)
{
  return MAX (self->view_to - self->view_from, 1);
}

/* How many minutes have passed: a NAN before is a gap, after it the future. */
static guint
passed_minutes (TdRateChart *self)
{
  if (self->now < self->start)
    return 0;

  return MIN ((guint64)(self->now - self->start) / MINUTE, self->n_minutes);
}

static double
x_of_minute (TdRateChart *self,
             const Frame *frame,
             double       minute)
{
  return frame->x + frame->width * (minute - self->view_from) / axis_minutes (self);
}

static TdChartPlot
get_plot (TdRateChart *self,
          const Frame *frame)
{
  /* The whole day is drawn, and what is out of view clipped. */
  double scale = frame->width / axis_minutes (self);

  return (TdChartPlot){
    .x = frame->x - self->view_from * scale,
    .y = frame->y,
    .width = self->n_minutes * scale,
    .height = frame->height,
    .top = frame->top,
    .n_minutes = self->n_minutes,
  };
}

static double
y_of_rate (const Frame *frame,
           double       rate)
{
  return frame->y + frame->height * (1 - rate / frame->top);
}

static double
greatest_rate (TdRateChart *self)
{
  guint  passed = MAX (passed_minutes (self), self->n_rates);
  double max = passed >= self->view_from && passed <= self->view_to ? MAX (self->current, 0) : 0;

  for (guint i = self->view_from; i < self->view_to; i++)
    {
      if (i < self->n_rates)
        max = fmax (max, self->rates[i]);
      if (i < self->n_normal)
        max = fmax (max, self->normal[i].high95);
      /* Far ahead a forecast may know little; its band need not fit in. */
      if (i < self->n_forecast)
        max = fmax (max, self->cumulative ? self->forecast[i].high80 : self->forecast[i].mean);
      for (guint o = 0; o < MAX_OVERLAYS; o++)
        if (i < self->overlays[o].n_rates)
          max = fmax (max, self->overlays[o].rates[i]);
    }

  return max;
}

static PangoLayout *
create_layout (TdRateChart *self,
               const char  *text,
               int         *width,
               int         *height)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);

  pango_layout_get_pixel_size (layout, width, height);
  return layout;
}

static void
append_text (GtkSnapshot   *snapshot,
             PangoLayout   *layout,
             double         x,
             double         y,
             const GdkRGBA *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (round (x), round (y)));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
lay_out (TdRateChart *self,
         Frame       *frame)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  g_autoptr (PangoLayout) layout = NULL;
  g_autofree char *widest = NULL;
  double           max = greatest_rate (self);
  int              text_width;
  guint            n_ticks;

  layout = create_layout (self, "0", &text_width, &frame->text_height);
  frame->y = frame->text_height * 2;
  frame->height = MAX (height - frame->y - frame->text_height - 8, 1);

  n_ticks = CLAMP (frame->height / (frame->text_height * 3.2), 2, 6);
  /* The line keeps some air above its peak for the label of the moment. */
  frame->step = td_chart_scale_step (MAX (max * 1.04, 4), n_ticks);
  frame->top = ceil (MAX (max * 1.04, 4) / frame->step) * frame->step;

  widest = td_format_count (frame->top);
  pango_layout_set_text (layout, widest, -1);
  pango_layout_get_pixel_size (layout, &text_width, NULL);
  frame->x = text_width + frame->text_height * 0.6;
  frame->width = MAX (width - frame->x - frame->text_height * 1.2, 1);
}

static void
append_clock (TdRateChart   *self,
              GtkSnapshot   *snapshot,
              const Frame   *frame,
              guint          minute,
              const GdkRGBA *colour)
{
  double           x = x_of_minute (self, frame, minute);
  g_autofree char *text = td_format_clock (self->start + minute * MINUTE, self->zone);
  g_autoptr (PangoLayout) layout = NULL;
  int width, height;

  /* Midnight at the end is 24:00, else the day would seem to run back. */
  if (minute > 0 && g_str_equal (text, "00:00"))
    {
      g_free (text);
      text = g_strdup ("24:00");
    }

  layout = create_layout (self, text, &width, &height);
  gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (round (x), frame->y + frame->height, 1, 4));
  append_text (snapshot, layout,
               CLAMP (x - width / 2.0, 0, gtk_widget_get_width (GTK_WIDGET (self)) - width),
               frame->y + frame->height + 5, colour);
}

static void
append_hours (TdRateChart   *self,
              GtkSnapshot   *snapshot,
              const Frame   *frame,
              const GdkRGBA *colour)
{
  guint minutes = axis_minutes (self);
  guint n_labels = MAX (frame->width / (frame->text_height * 3.6), 2);
  guint step = td_chart_scale_hours ((minutes + 59) / 60, n_labels) * 60;

  while (step > 5 && step % 2 == 0 && minutes / (step / 2) <= n_labels)
    step /= 2;
  for (guint minute = (self->view_from + step - 1) / step * step; minute <= self->view_to; minute += step)
    append_clock (self, snapshot, frame, minute, colour);
  if (self->view_to == self->n_minutes && self->n_minutes % step != 0 && self->n_minutes % 60 == 0)
    append_clock (self, snapshot, frame, self->n_minutes, colour);
}

static void
append_grid (TdRateChart *self,
             GtkSnapshot *snapshot,
             const Frame *frame)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA    grid, axis;

  td_palette_lookup (widget, "td_grid", &grid);
  td_palette_lookup (widget, "td_axis", &axis);

  for (double value = 0; value <= frame->top + frame->step / 2; value += frame->step)
    {
      double           y = round (y_of_rate (frame, value));
      g_autofree char *text = td_format_count (value);
      g_autoptr (PangoLayout) layout = NULL;
      int width, height;

      gtk_snapshot_append_color (snapshot, value > 0 ? &grid : &axis,
                                 &GRAPHENE_RECT_INIT (frame->x, y, frame->width, 1));
      layout = create_layout (self, text, &width, &height);
      append_text (snapshot, layout, frame->x - frame->text_height * 0.5 - width, y - height / 2.0, &axis);
    }

  if (self->zone == NULL)
    return;

  append_hours (self, snapshot, frame, &axis);
}

static void
append_gap (TdRateChart *self,
            GtkSnapshot *snapshot,
            const Frame *frame,
            guint        from,
            guint        to,
            gboolean     is_widest)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double     x = MAX (x_of_minute (self, frame, from), frame->x);
  double     width = MAX (MIN (x_of_minute (self, frame, to), frame->x + frame->width) - x, 2);
  double     pitch = MAX (frame->text_height * 0.55, 6);
  g_autoptr (PangoLayout) layout = NULL;
  GdkRGBA  colour, ground, axis;
  int      text_width, text_height;
  cairo_t *cr;

  if (to <= self->view_from || from >= self->view_to)
    return;

  td_palette_lookup (widget, "td_hatch", &colour);
  td_palette_lookup (widget, "td_card", &ground);
  td_palette_lookup (widget, "td_axis", &axis);

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (x, frame->y, width, frame->height));
  cairo_rectangle (cr, x, frame->y, width, frame->height);
  cairo_clip (cr);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, MAX (pitch / 5, 1));
  for (double offset = -frame->height; offset < width; offset += pitch)
    {
      cairo_move_to (cr, x + offset, frame->y + frame->height);
      cairo_line_to (cr, x + offset + frame->height, frame->y);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);

  layout = create_layout (self, _ ("not observed"), &text_width, &text_height);
  if (width >= text_width + 2 * frame->text_height)
    {
      double text_x = round (x + (width - text_width) / 2);
      double text_y = round (frame->y + frame->height / 2);

      gtk_snapshot_append_color (snapshot, &ground,
                                 &GRAPHENE_RECT_INIT (text_x - 6, text_y - 2, text_width + 12, text_height + 4));
      append_text (snapshot, layout, text_x, text_y, &axis);
    }
  else if (is_widest && x + width + text_width + 10 < frame->x + frame->width)
    append_text (snapshot, layout, x + width + 5, frame->y + frame->height - text_height - 4, &axis);
}

/* Returns: whether there is another gap; it starts at @from and ends before @to */
static gboolean
find_gap (TdRateChart *self,
          guint       *from,
          guint       *to)
{
  guint passed = passed_minutes (self);
  guint i = *to;

  while (i < MIN (passed, self->n_rates) && !isnan (self->observed[i]))
    i++;
  *from = i;
  /* The minute that has just passed may still be on its way. */
  while (i < passed && (i >= self->n_rates || isnan (self->observed[i])))
    i++;
  *to = i;

  return *to > *from && *from + 1 < passed;
}

static void
append_gaps (TdRateChart *self,
             GtkSnapshot *snapshot,
             const Frame *frame)
{
  guint widest = 0;
  guint from = 0, to = 0;

  while (find_gap (self, &from, &to))
    widest = MAX (widest, to - from);

  from = to = 0;
  while (find_gap (self, &from, &to))
    append_gap (self, snapshot, frame, from, to, to - from == widest);
}

static cairo_t *
begin_layer (TdRateChart *self,
             GtkSnapshot *snapshot,
             const Frame *frame)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (frame->x - 2, frame->y - 2, frame->width + 4, frame->height + 4));

  cairo_rectangle (cr, frame->x - 1, frame->y - 2, frame->width + 2, frame->height + 4);
  cairo_clip (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);

  return cr;
}

static void
set_colour (TdRateChart *self,
            cairo_t     *cr,
            const char  *name)
{
  GdkRGBA colour;

  td_palette_lookup (GTK_WIDGET (self), name, &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
}

static void
append_bands (TdRateChart *self,
              GtkSnapshot *snapshot,
              const Frame *frame)
{
  TdChartPlot plot = get_plot (self, frame);
  cairo_t    *cr;

  if (self->n_normal == 0)
    return;

  cr = begin_layer (self, snapshot, frame);
  td_chart_plot_bands (&plot, GTK_WIDGET (self), cr, self->normal, self->n_normal);
  cairo_destroy (cr);
}

static void
append_overlays (TdRateChart *self,
                 GtkSnapshot *snapshot,
                 const Frame *frame)
{
  TdChartPlot plot = get_plot (self, frame);
  cairo_t    *cr = begin_layer (self, snapshot, frame);

  for (guint i = 0; i < MAX_OVERLAYS; i++)
    {
      cairo_set_line_width (cr, MAX (frame->text_height / 14.0, 1));
      set_colour (self, cr, i % 2 == 0 ? "td_normal" : "td_axis");
      td_chart_plot_line (&plot, cr, self->overlays[i].rates, self->overlays[i].n_rates);
    }
  cairo_destroy (cr);
}

static void
append_line (TdRateChart *self,
             GtkSnapshot *snapshot,
             const Frame *frame)
{
  TdChartPlot plot = get_plot (self, frame);
  double      width = MAX (frame->text_height / 8.0, 2);
  cairo_t    *cr = begin_layer (self, snapshot, frame);

  td_chart_plot_forecast (&plot, GTK_WIDGET (self), cr, self->forecast, self->n_forecast, width);

  /* A band says what the ground under the line would hide. */
  if (self->n_normal == 0)
    {
      set_colour (self, cr, "td_area");
      td_chart_plot_area (&plot, cr, self->rates, self->n_rates);
    }
  set_colour (self, cr, "td_line");
  cairo_set_line_width (cr, width);
  td_chart_plot_line (&plot, cr, self->rates, self->n_rates);
  set_colour (self, cr, "td_amber");
  cairo_set_line_width (cr, width * 1.5);
  td_chart_plot_outliers (&plot, cr, self->rates, self->n_rates, self->normal, self->n_normal);
  cairo_destroy (cr);
}

/* A red flag on a dashed line, with its text to the left where there is room. */
static void
append_mark (TdRateChart      *self,
             GtkSnapshot      *snapshot,
             const Frame      *frame,
             const TdRateMark *mark,
             guint             row)
{
  const char      *name = mark->kind == TD_RATE_MARK_REGIME ? "td_line" : "td_red";
  const double     dashes[] = { 4, 3 };
  double           x = round (x_of_minute (self, frame, (double)(mark->from - self->start) / MINUTE)) + 0.5;
  double           size = frame->text_height * 0.5;
  double           y = frame->y + row * frame->text_height * 1.3;
  g_autofree char *clock = td_format_clock (mark->from, self->zone);
  g_autofree char *text = g_strdup_printf ("%s %s", mark->text != NULL ? mark->text : "", clock);
  g_autoptr (PangoLayout) layout = NULL;
  GdkRGBA  colour;
  cairo_t *cr;
  int      width, height;

  if (x < frame->x || x > frame->x + frame->width)
    return;

  td_palette_lookup (GTK_WIDGET (self), mark->kind == TD_RATE_MARK_REGIME ? "td_line" : "td_red_text", &colour);
  layout = create_layout (self, g_strchug (text), &width, &height);
  cr = begin_layer (self, snapshot, frame);
  set_colour (self, cr, name);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_move_to (cr, x, frame->y);
  cairo_line_to (cr, x, frame->y + frame->height);
  cairo_stroke (cr);
  cairo_rectangle (cr, x - size, y, size, size);
  cairo_fill (cr);
  cairo_destroy (cr);
  if (x - size - 4 - width > frame->x)
    append_text (snapshot, layout, x - size - 4 - width, y - (height - size) / 2, &colour);
  else
    append_text (snapshot, layout, x + 4, y - (height - size) / 2, &colour);
}

static void
append_span (TdRateChart      *self,
             GtkSnapshot      *snapshot,
             const Frame      *frame,
             const TdRateMark *mark)
{
  double  from = x_of_minute (self, frame, (double)(mark->from - self->start) / MINUTE);
  double  to = x_of_minute (self, frame, (double)((TD_IS_KNOWN (mark->to) ? mark->to : self->now) - self->start) / MINUTE);
  GdkRGBA colour;

  if (mark->kind == TD_RATE_MARK_REGIME)
    return;

  from = CLAMP (from, frame->x, frame->x + frame->width);
  to = CLAMP (to, frame->x, frame->x + frame->width);
  td_palette_lookup (GTK_WIDGET (self), "td_red", &colour);
  colour.alpha *= 0.08f;
  if (to > from)
    gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (from, frame->y, to - from, frame->height));
}

static GskRenderNode *
create_plot (TdRateChart *self,
             const Frame *frame)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  append_bands (self, snapshot, frame);
  append_grid (self, snapshot, frame);
  append_gaps (self, snapshot, frame);
  for (guint i = 0; i < self->n_marks; i++)
    append_span (self, snapshot, frame, &self->marks[i]);
  append_overlays (self, snapshot, frame);
  append_line (self, snapshot, frame);
  for (guint i = 0; self->zone != NULL && i < self->n_marks; i++)
    append_mark (self, snapshot, frame, &self->marks[i], i % 3);

  return gtk_snapshot_free_to_node (snapshot);
}

static void
append_pill (TdRateChart *self,
             GtkSnapshot *snapshot,
             const Frame *frame,
             const char  *text,
             double       x,
             double       y,
             const char  *ground_name,
             const char  *text_name)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (PangoLayout) layout = NULL;
  double          padding = frame->text_height * 0.5;
  graphene_rect_t rect;
  GskRoundedRect  rounded;
  GdkRGBA         ground, colour;
  int             width, height;

  td_palette_lookup (widget, ground_name, &ground);
  td_palette_lookup (widget, text_name, &colour);
  layout = create_layout (self, text, &width, &height);

  /* To the right of its line while there is room, else to the left. */
  if (x + width + 2 * padding + 4 > gtk_widget_get_width (widget))
    x -= width + 2 * padding + 3;
  else
    x += 4;

  graphene_rect_init (&rect, round (x), round (y), width + 2 * padding, height + 2);
  gsk_rounded_rect_init_from_rect (&rounded, &rect, (height + 2) / 2.0);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, &ground, &rect);
  gtk_snapshot_pop (snapshot);
  append_text (snapshot, layout, rect.origin.x + padding, rect.origin.y + 1, &colour);
}

static void
append_dot (TdRateChart *self,
            GtkSnapshot *snapshot,
            const Frame *frame,
            double       x,
            double       y)
{
  double          size = MAX (frame->text_height * 0.6, 8);
  GskRoundedRect  rounded;
  graphene_rect_t rect;
  GdkRGBA         line, ground;

  td_palette_lookup (GTK_WIDGET (self), "td_line", &line);
  td_palette_lookup (GTK_WIDGET (self), "td_card", &ground);

  graphene_rect_init (&rect, x - size / 2, y - size / 2, size, size);
  gsk_rounded_rect_init_from_rect (&rounded, &rect, size / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, &ground, &rect);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &rounded,
                              ((float[4]){ 2, 2, 2, 2 }),
                              ((GdkRGBA[4]){ line, line, line, line }));
}

/* From the last whole minute of the line to what the source counts now. */
static void
append_last_stretch (TdRateChart *self,
                     GtkSnapshot *snapshot,
                     const Frame *frame,
                     double       from_x,
                     double       from_y,
                     double       x,
                     double       y)
{
  double   width = MAX (frame->text_height / 8.0, 2);
  GdkRGBA  line;
  cairo_t *cr;

  if (x - from_x < 0.5)
    return;

  td_palette_lookup (GTK_WIDGET (self), "td_line", &line);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (from_x - width, MIN (from_y, y) - width,
                                                       x - from_x + 2 * width, fabs (y - from_y) + 2 * width));
  gdk_cairo_set_source_rgba (cr, &line);
  cairo_set_line_width (cr, width);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, from_x, from_y);
  cairo_line_to (cr, x, y);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
append_newest (TdRateChart *self,
               GtkSnapshot *snapshot,
               const Frame *frame,
               double       x)
{
  guint            passed = passed_minutes (self);
  gboolean         has_last = passed > 0 && passed <= self->n_rates && !isnan (self->rates[passed - 1]);
  double           last = has_last ? self->rates[passed - 1] : NAN;
  double           rate = TD_IS_KNOWN (self->current) ? self->current : last;
  double           y = y_of_rate (frame, rate);
  g_autofree char *text = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GdkRGBA colour;
  double  gap, lowest;
  int     width, height;

  if (isnan (rate))
    return;

  if (has_last)
    append_last_stretch (self, snapshot, frame, x_of_minute (self, frame, passed), y_of_rate (frame, last), x, y);

  text = td_format_count (llround (rate));
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (attributes, pango_attr_scale_new (1.2));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, &height);

  gap = frame->text_height * 0.6;
  lowest = frame->y + frame->height - height;
  td_palette_lookup (GTK_WIDGET (self), "td_line", &colour);
  append_dot (self, snapshot, frame, x, y);

  /* The future is empty and leaves room, until late in the day, or unless a
   * forecast is drawn there. */
  if (self->n_forecast == 0 && x + gap + width < gtk_widget_get_width (GTK_WIDGET (self)))
    append_text (snapshot, layout, x + gap, CLAMP (y - height / 2.0, frame->y, lowest), &colour);
  else
    append_text (snapshot, layout, x - gap - width, CLAMP (y - height / 2.0, frame->y, lowest), &colour);
}

static void
append_now (TdRateChart *self,
            GtkSnapshot *snapshot,
            const Frame *frame)
{
  g_autofree char *clock = NULL;
  g_autofree char *text = NULL;
  GdkRGBA          colour;
  double           minute;
  double           x;

  if (self->zone == NULL || self->now < self->start)
    return;

  minute = MIN ((double)(self->now - self->start) / MINUTE, self->n_minutes);
  if (minute < self->view_from || minute > self->view_to)
    return;
  x = round (x_of_minute (self, frame, minute));

  td_palette_lookup (GTK_WIDGET (self), "td_now", &colour);
  gtk_snapshot_append_color (snapshot, &colour,
                             &GRAPHENE_RECT_INIT (x, frame->text_height * 0.4, 1, frame->y + frame->height - frame->text_height * 0.4));

  clock = td_format_clock (self->now, self->zone);
  /* Translators: the mark of the present moment on the chart, with the time of day. */
  text = g_strdup_printf (_ ("Now %s"), clock);
  append_pill (self, snapshot, frame, text, x, frame->text_height * 0.25, "td_now", "td_now_text");

  append_newest (self, snapshot, frame, x);
}

static gboolean
has_band (const TdRateBand *bands,
          guint             n_bands,
          guint             minute)
{
  return minute < n_bands && isfinite (bands[minute].mean) && isfinite (bands[minute].low95);
}

static char *
format_passed (TdRateChart *self,
               guint        minute,
               const char  *clock)
{
  double           rate = self->rates[minute];
  g_autofree char *count = td_format_calls (rate);
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->cumulative)
    /* Translators: time of day, and the calls from midnight until then. */
    g_string_append_printf (text, _ ("%s · %s calls so far"), clock, count);
  else
    /* Translators: time of day, and the calls of the 15 minutes before it. */
    g_string_append_printf (text, _ ("%s · %s calls in 15 min"), clock, count);

  if (has_band (self->normal, self->n_normal, minute))
    {
      const TdRateBand *band = &self->normal[minute];
      g_autofree char  *mean = td_format_calls (band->mean);
      g_autofree char  *range = td_format_range (band->low95, band->high95);
      g_autofree char  *deviation = td_format_deviation (band->mean > 0 ? rate / band->mean - 1 : NAN,
                                                        rate < band->low95 || rate > band->high95);

      /* Translators: what is normal, its band, and the deviation from it, on the label of a chart's minute. */
      g_string_append_printf (text, _ (" · normal %s (%s) · %s"), mean, range, deviation);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What is known of a minute, in words. */
static char *
format_minute (TdRateChart *self,
               guint        minute)
{
  g_autofree char *clock = td_format_clock (self->start + (gint64)(minute + 1) * MINUTE, self->zone);
  gboolean         passed = minute < self->n_rates && minute < passed_minutes (self);

  if (passed && isnan (self->observed[minute]))
    /* Translators: a time of day of which nothing is known. */
    return g_strdup_printf (_ ("%s · not observed"), clock);
  if (passed && isnan (self->rates[minute]))
    /* Translators: a time of day; some of the 15 minutes before it are not known. */
    return g_strdup_printf (_ ("%s · the 15 minutes were not all observed"), clock);
  if (passed)
    return format_passed (self, minute, clock);
  if (has_band (self->forecast, self->n_forecast, minute))
    {
      g_autofree char *mean = td_format_calls (self->forecast[minute].mean);
      g_autofree char *range = td_format_range (self->forecast[minute].low95, self->forecast[minute].high95);

      /* Translators: a time of day that is still to come, the calls expected, and their band. */
      return g_strdup_printf (_ ("%s · forecast %s (%s)"), clock, mean, range);
    }

  return g_steal_pointer (&clock);
}

static gboolean
get_minute_at (TdRateChart *self,
               const Frame *frame,
               double       x,
               guint       *minute)
{
  double position = (x - frame->x) / frame->width * axis_minutes (self) + self->view_from;

  if (x < frame->x || position < 0 || position >= self->n_minutes)
    return FALSE;

  *minute = (guint)position;
  return TRUE;
}

static void
append_crosshair (TdRateChart *self,
                  GtkSnapshot *snapshot,
                  const Frame *frame)
{
  g_autofree char *text = NULL;
  GdkRGBA          colour;
  guint            minute;
  double           x;

  if (self->zone == NULL)
    return;
  if (self->cursor >= 0)
    minute = (guint)self->cursor;
  else if (!self->hovering || !get_minute_at (self, frame, self->hover_x, &minute))
    return;

  x = round (x_of_minute (self, frame, minute + 1));
  if (x < frame->x || x > frame->x + frame->width + 1)
    return;

  td_palette_lookup (GTK_WIDGET (self), "td_axis", &colour);
  gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (x, frame->y, 1, frame->height));
  if (minute < self->n_rates && minute < passed_minutes (self) && !isnan (self->rates[minute]))
    append_dot (self, snapshot, frame, x, y_of_rate (frame, self->rates[minute]));
  text = format_minute (self, minute);
  append_pill (self, snapshot, frame, text, x, frame->text_height * 1.75, "td_line", "td_card");
}

static void
td_rate_chart_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  TdRateChart *self = TD_RATE_CHART (widget);
  int          width = gtk_widget_get_width (widget);
  int          height = gtk_widget_get_height (widget);
  Frame        frame;

  if (width < 40 || height < 30)
    return;

  lay_out (self, &frame);

  if (self->plot == NULL || self->plot_generation != self->generation ||
      self->plot_width != width || self->plot_height != height)
    {
      g_clear_pointer (&self->plot, gsk_render_node_unref);
      self->plot = create_plot (self, &frame);
      self->plot_generation = self->generation;
      self->plot_width = width;
      self->plot_height = height;
    }

  if (self->plot != NULL)
    gtk_snapshot_append_node (snapshot, self->plot);
  append_now (self, snapshot, &frame);
  append_crosshair (self, snapshot, &frame);
}

static void
td_rate_chart_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : 100;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : 240;
}

static void
drop_plot (TdRateChart *self)
{
  g_clear_pointer (&self->plot, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
td_rate_chart_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (td_rate_chart_parent_class)->css_changed (widget, change);

  drop_plot (TD_RATE_CHART (widget));
}

static void
td_rate_chart_system_setting_changed (GtkWidget       *widget,
                                      GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (td_rate_chart_parent_class)->system_setting_changed (widget, setting);

  drop_plot (TD_RATE_CHART (widget));
}

static char *
summarise (TdRateChart *self)
{
  g_autofree char *peak_count = NULL;
  g_autofree char *peak_clock = NULL;
  g_autofree char *last = NULL;
  guint            peak = G_MAXUINT, newest = G_MAXUINT;

  for (guint i = 0; i < self->n_rates; i++)
    if (!isnan (self->rates[i]))
      {
        if (peak == G_MAXUINT || self->rates[i] > self->rates[peak])
          peak = i;
        newest = i;
      }

  if (peak == G_MAXUINT || self->zone == NULL)
    return g_strdup (_ ("Nothing was observed today yet."));

  last = format_minute (self, newest);
  if (self->cumulative)
    return g_steal_pointer (&last);

  peak_count = td_format_calls (self->rates[peak]);
  peak_clock = td_format_clock (self->start + (gint64)(peak + 1) * MINUTE, self->zone);
  /* Translators: the description of a chart for a screen reader: its last minute, and its peak. */
  return g_strdup_printf (_ ("%s. The most today: %s, at %s."), last, peak_count, peak_clock);
}

/* With the arrow keys the minute that they chose is what is read. */
static void
update_description (TdRateChart *self)
{
  g_autofree char *description = self->cursor >= 0 && self->zone != NULL ? format_minute (self, (guint)self->cursor) : summarise (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->title != NULL ? self->title : "",
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
}

static void
invalidate (TdRateChart *self)
{
  self->generation++;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_view (TdRateChart *self,
          double       from,
          double       length)
{
  guint n = CLAMP ((guint)round (length), MIN (MIN_VIEW, self->n_minutes), self->n_minutes);

  self->view_from = (guint)CLAMP (round (from), 0, self->n_minutes - n);
  self->view_to = self->view_from + n;
  invalidate (self);
}

static void
zoom (TdRateChart *self,
      double       factor,
      double       around)
{
  double length = CLAMP (axis_minutes (self) * factor, MIN_VIEW, self->n_minutes);
  double share = (around - self->view_from) / axis_minutes (self);

  set_view (self, around - share * length, length);
}

static void
move_cursor (TdRateChart *self,
             int          minute)
{
  self->cursor = CLAMP (minute, 0, (int)self->n_minutes - 1);
  if (self->cursor < (int)self->view_from)
    set_view (self, self->cursor, axis_minutes (self));
  else if (self->cursor >= (int)self->view_to)
    set_view (self, self->cursor + 1 - (int)axis_minutes (self), axis_minutes (self));
  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
key_cb (TdRateChart    *self,
        guint           keyval,
        guint           keycode,
        GdkModifierType modifiers)
{
  int    last = (int)MIN (passed_minutes (self), self->n_minutes) - 1;
  int    step = modifiers & GDK_CONTROL_MASK ? 15 : 1;
  int    at = self->cursor >= 0 ? self->cursor : MAX (last, 0);
  double middle = self->cursor >= 0 ? self->cursor : self->view_from + axis_minutes (self) / 2.0;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      move_cursor (self, self->cursor >= 0 ? at - step : at);
      return TRUE;

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      move_cursor (self, self->cursor >= 0 ? at + step : at);
      return TRUE;

    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      move_cursor (self, 0);
      return TRUE;

    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      move_cursor (self, last);
      return TRUE;

    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      zoom (self, 0.5, middle);
      return TRUE;

    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      zoom (self, 2, middle);
      return TRUE;

    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      set_view (self, 0, self->n_minutes);
      return TRUE;

    case GDK_KEY_Escape:
      if (self->cursor < 0)
        return FALSE;
      self->cursor = -1;
      update_description (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return TRUE;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (self->cursor < 0)
        return FALSE;
      g_signal_emit (self, signals[MINUTE_ACTIVATED], 0, self->start + (gint64)(self->cursor + 1) * MINUTE);
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
scroll_cb (TdRateChart *self,
           double       dx,
           double       dy)
{
  Frame frame;
  guint minute;

  /* A page that scrolls is not held up at the end of the zoom. */
  if ((dy > 0 && axis_minutes (self) >= self->n_minutes) || (dy < 0 && axis_minutes (self) <= MIN_VIEW) || dy == 0)
    return FALSE;

  lay_out (self, &frame);
  if (!get_minute_at (self, &frame, self->hover_x, &minute))
    return FALSE;

  zoom (self, dy > 0 ? 1.25 : 0.8, minute);
  return TRUE;
}

static void
drag_begin_cb (TdRateChart *self)
{
  self->drag_from = self->view_from;
}

static void
drag_update_cb (TdRateChart *self,
                double       dx,
                double       dy)
{
  Frame frame;

  if (axis_minutes (self) >= self->n_minutes)
    return;

  lay_out (self, &frame);
  set_view (self, self->drag_from - dx / frame.width * axis_minutes (self), axis_minutes (self));
}

static gboolean
find_mark (TdRateChart *self,
           const Frame *frame,
           double       x,
           gint64      *id)
{
  for (guint i = self->n_marks; i > 0; i--)
    {
      double at = x_of_minute (self, frame, (double)(self->marks[i - 1].from - self->start) / MINUTE);

      if (fabs (at - x) <= MAX (frame->text_height * 0.6, 6))
        {
          *id = self->marks[i - 1].id;
          return TRUE;
        }
    }

  return FALSE;
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             TdRateChart     *self)
{
  Frame  frame;
  guint  minute;
  gint64 id;

  if (n_press >= 2)
    {
      set_view (self, 0, self->n_minutes);
      return;
    }

  gtk_widget_grab_focus (GTK_WIDGET (self));
  lay_out (self, &frame);
  if (n_press != 1 || self->view_from != (guint)self->drag_from)
    return;
  if (find_mark (self, &frame, x, &id))
    g_signal_emit (self, signals[MARK_ACTIVATED], 0, id);
  else if (get_minute_at (self, &frame, x, &minute) && minute < passed_minutes (self))
    g_signal_emit (self, signals[MINUTE_ACTIVATED], 0, self->start + (gint64)(minute + 1) * MINUTE);
}

static void
motion_cb (TdRateChart *self,
           double       x,
           double       y)
{
  self->hovering = TRUE;
  self->hover_x = x;
  self->cursor = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (TdRateChart *self)
{
  self->hovering = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
clear_marks (TdRateChart *self)
{
  for (guint i = 0; i < self->n_marks; i++)
    g_free ((char *)self->marks[i].text);
  g_clear_pointer (&self->marks, g_free);
  self->n_marks = 0;
}

static void
overlay_clear (Overlay *overlay)
{
  g_clear_pointer (&overlay->rates, g_free);
  g_clear_pointer (&overlay->name, g_free);
  overlay->n_rates = 0;
}

static void
td_rate_chart_finalize (GObject *object)
{
  TdRateChart *self = TD_RATE_CHART (object);

  g_clear_pointer (&self->plot, gsk_render_node_unref);
  g_clear_pointer (&self->rates, g_free);
  g_clear_pointer (&self->observed, g_free);
  g_clear_pointer (&self->normal, g_free);
  g_clear_pointer (&self->forecast, g_free);
  clear_marks (self);
  for (guint i = 0; i < MAX_OVERLAYS; i++)
    overlay_clear (&self->overlays[i]);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (td_rate_chart_parent_class)->finalize (object);
}

static void
td_rate_chart_class_init (TdRateChartClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = td_rate_chart_finalize;
  widget_class->measure = td_rate_chart_measure;
  widget_class->snapshot = td_rate_chart_snapshot;
  widget_class->css_changed = td_rate_chart_css_changed;
  widget_class->system_setting_changed = td_rate_chart_system_setting_changed;

  signals[MINUTE_ACTIVATED] = g_signal_new ("minute-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[MARK_ACTIVATED] = g_signal_new ("mark-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_css_name (widget_class, "ratechart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
td_rate_chart_init (TdRateChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkGesture         *click = gtk_gesture_click_new ();

  self->now = TD_UNKNOWN;
  self->current = TD_UNKNOWN;
  self->n_minutes = 24 * 60;
  self->view_to = self->n_minutes;
  self->cursor = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * td_rate_chart_new:
 *
 * Returns: (transfer floating): an empty chart
 */
GtkWidget *
td_rate_chart_new (void)
{
  return g_object_new (TD_TYPE_RATE_CHART, NULL);
}

/**
 * td_rate_chart_set_day:
 * @self: a chart
 * @start: when the day began, µs since 1970
 * @n_minutes: length of the day: 1440, or an hour more or less when the clocks change
 * @zone: the centre's zone
 */
void
td_rate_chart_set_day (TdRateChart *self,
                       gint64       start,
                       guint        n_minutes,
                       GTimeZone   *zone)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));
  g_return_if_fail (n_minutes > 0);
  g_return_if_fail (zone != NULL);

  if (self->start == start && self->n_minutes == n_minutes && self->zone == zone)
    return;

  if (self->start != start)
    self->cursor = -1;
  self->start = start;
  if (self->n_minutes != n_minutes || self->view_to > n_minutes)
    {
      self->view_from = 0;
      self->view_to = n_minutes;
      self->cursor = -1;
    }
  self->n_minutes = n_minutes;
  g_time_zone_ref (zone);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone;
  invalidate (self);
}

/* Bitwise: NAN is equal to itself here. */
static gboolean
same_values (const double *a,
             const double *b,
             guint         n)
{
  return n == 0 || memcmp (a, b, n * sizeof (double)) == 0;
}

/**
 * td_rate_chart_set_rates:
 * @self: a chart
 * @rates: (array length=n_rates): calls in the 15 minutes up to the end of
 *   each minute, NAN where one of them is not known
 * @observed: (array length=n_rates): calls in each minute, NAN where it was
 *   not observed
 * @n_rates: minutes of the day that have passed
 */
void
td_rate_chart_set_rates (TdRateChart  *self,
                         const double *rates,
                         const double *observed,
                         guint         n_rates)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));
  g_return_if_fail ((rates != NULL && observed != NULL) || n_rates == 0);

  if (self->n_rates == n_rates &&
      same_values (self->rates, rates, n_rates) &&
      same_values (self->observed, observed, n_rates))
    return;

  g_free (self->rates);
  g_free (self->observed);
  self->rates = g_memdup2 (rates, n_rates * sizeof (double));
  self->observed = g_memdup2 (observed, n_rates * sizeof (double));
  self->n_rates = n_rates;
  update_description (self);
  invalidate (self);
}

/**
 * td_rate_chart_set_now:
 * @self: a chart
 * @now: by the centre's clock, µs since 1970
 * @rate: calls in the 15 minutes before @now, or %TD_UNKNOWN
 *
 * Moves the mark of the present moment; cheap enough for every second.
 */
void
td_rate_chart_set_now (TdRateChart *self,
                       gint64       now,
                       gint64       rate)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));

  /* A second is less than a pixel; a minute moves the label and may close a gap. */
  if (self->now / MINUTE == now / MINUTE && self->current == rate)
    return;

  self->now = now;
  self->current = rate;
  invalidate (self);
}

/**
 * td_rate_chart_set_title:
 * @self: a chart
 * @title: what the chart is called, for a screen reader
 */
void
td_rate_chart_set_title (TdRateChart *self,
                         const char  *title)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));

  if (g_strcmp0 (self->title, title) == 0)
    return;

  g_free (self->title);
  self->title = g_strdup (title);
  update_description (self);
}

static gboolean
set_bands (TdRateBand      **kept,
           guint            *n_kept,
           const TdRateBand *bands,
           guint             n_bands)
{
  if (*n_kept == n_bands && (n_bands == 0 || memcmp (*kept, bands, n_bands * sizeof *bands) == 0))
    return FALSE;

  g_free (*kept);
  *kept = g_memdup2 (bands, n_bands * sizeof *bands);
  *n_kept = n_bands;
  return TRUE;
}

/**
 * td_rate_chart_set_normal:
 * @self: a chart
 * @bands: (nullable) (array length=n_bands): what is normal, for each minute of the day
 * @n_bands: how many
 */
void
td_rate_chart_set_normal (TdRateChart      *self,
                          const TdRateBand *bands,
                          guint             n_bands)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));
  g_return_if_fail (bands != NULL || n_bands == 0);

  if (!set_bands (&self->normal, &self->n_normal, bands, n_bands))
    return;

  update_description (self);
  invalidate (self);
}

/**
 * td_rate_chart_set_forecast:
 * @self: a chart
 * @bands: (nullable) (array length=n_bands): what is to come, NAN for minutes that have passed
 * @n_bands: how many
 */
void
td_rate_chart_set_forecast (TdRateChart      *self,
                            const TdRateBand *bands,
                            guint             n_bands)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));
  g_return_if_fail (bands != NULL || n_bands == 0);

  if (set_bands (&self->forecast, &self->n_forecast, bands, n_bands))
    invalidate (self);
}

/**
 * td_rate_chart_set_marks:
 * @self: a chart
 * @marks: (nullable) (array length=n_marks): what a person said of some hours; copied
 * @n_marks: how many
 */
void
td_rate_chart_set_marks (TdRateChart      *self,
                         const TdRateMark *marks,
                         guint             n_marks)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));
  g_return_if_fail (marks != NULL || n_marks == 0);

  if (n_marks == 0 && self->n_marks == 0)
    return;

  clear_marks (self);
  self->marks = g_memdup2 (marks, n_marks * sizeof *marks);
  self->n_marks = n_marks;
  for (guint i = 0; i < n_marks; i++)
    self->marks[i].text = g_strdup (marks[i].text);
  invalidate (self);
}

/**
 * td_rate_chart_set_overlay:
 * @self: a chart
 * @index: which of the four, 0…3
 * @rates: (nullable) (array length=n_rates): another day's, as those of td_rate_chart_set_rates()
 * @n_rates: how many; 0 takes it away
 * @name: (nullable): which day it is
 */
void
td_rate_chart_set_overlay (TdRateChart  *self,
                           guint         index,
                           const double *rates,
                           guint         n_rates,
                           const char   *name)
{
  Overlay *overlay;

  g_return_if_fail (TD_IS_RATE_CHART (self));
  g_return_if_fail (index < MAX_OVERLAYS);
  g_return_if_fail (rates != NULL || n_rates == 0);

  overlay = &self->overlays[index];
  if (overlay->n_rates == n_rates && same_values (overlay->rates, rates, n_rates) && g_strcmp0 (overlay->name, name) == 0)
    return;

  overlay_clear (overlay);
  overlay->rates = g_memdup2 (rates, n_rates * sizeof (double));
  overlay->n_rates = n_rates;
  overlay->name = g_strdup (name);
  invalidate (self);
}

/**
 * td_rate_chart_set_cumulative:
 * @self: a chart
 * @cumulative: whether the values are calls since midnight, not of 15 minutes
 */
void
td_rate_chart_set_cumulative (TdRateChart *self,
                              gboolean     cumulative)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));

  self->cumulative = cumulative;
  update_description (self);
  invalidate (self);
}
