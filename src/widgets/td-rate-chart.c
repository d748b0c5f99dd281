/* td-rate-chart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-rate-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-chart-scale.h"
#include "td-format.h"
#include "td-palette.h"

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

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

G_DEFINE_FINAL_TYPE (TdRateChart, td_rate_chart, GTK_TYPE_WIDGET)

static guint
axis_minutes (TdRateChart *self)
{
  return self->n_minutes;
}

/* How many minutes have passed: a NAN before is a gap, after it the future. */
static guint
passed_minutes (TdRateChart *self)
{
  if (self->now < self->start)
    return 0;

  return MIN ((guint64)(self->now - self->start) / MINUTE, axis_minutes (self));
}

static double
x_of_minute (TdRateChart *self,
             const Frame *frame,
             double       minute)
{
  return frame->x + frame->width * minute / axis_minutes (self);
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
  double max = MAX (self->current, 0);

  for (guint i = 0; i < self->n_rates; i++)
    if (self->rates[i] > max)
      max = self->rates[i];

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
append_grid (TdRateChart *self,
             GtkSnapshot *snapshot,
             const Frame *frame)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint      minutes = axis_minutes (self);
  guint      hours = (minutes + 59) / 60;
  GdkRGBA    grid, axis;
  guint      step;

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

  step = td_chart_scale_hours (hours, MAX (frame->width / (frame->text_height * 3.6), 2));
  for (guint hour = 0; hour <= hours; hour += step)
    {
      double           x = x_of_minute (self, frame, MIN (hour * 60, minutes));
      g_autofree char *text = NULL;
      g_autoptr (PangoLayout) layout = NULL;
      int width, height;

      /* Midnight at the end is 24:00, else the day would seem to run back. */
      text = td_format_clock (self->start + hour * 60 * MINUTE, self->zone);
      if (hour > 0 && g_str_equal (text, "00:00"))
        {
          g_free (text);
          text = g_strdup ("24:00");
        }

      layout = create_layout (self, text, &width, &height);
      gtk_snapshot_append_color (snapshot, &axis, &GRAPHENE_RECT_INIT (round (x), frame->y + frame->height, 1, 4));
      append_text (snapshot, layout,
                   CLAMP (x - width / 2.0, 0, gtk_widget_get_width (widget) - width),
                   frame->y + frame->height + 5, &axis);
    }
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
  double     x = x_of_minute (self, frame, from);
  double     width = MAX (x_of_minute (self, frame, to) - x, 2);
  double     pitch = MAX (frame->text_height * 0.55, 6);
  g_autoptr (PangoLayout) layout = NULL;
  GdkRGBA  colour, ground, axis;
  int      text_width, text_height;
  cairo_t *cr;

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

static void
append_line (TdRateChart *self,
             GtkSnapshot *snapshot,
             const Frame *frame)
{
  GtkWidget        *widget = GTK_WIDGET (self);
  g_autofree guint *indices = NULL;
  double            start_x = 0, last_x = 0;
  gboolean          drawing = FALSE;
  double            base = frame->y + frame->height;
  GdkRGBA           line, area;
  cairo_t          *cr;
  guint             n;

  if (self->n_rates == 0)
    return;

  td_palette_lookup (widget, "td_line", &line);
  td_palette_lookup (widget, "td_area", &area);

  indices = g_new (guint, self->n_rates);
  n = td_chart_decimate (self->rates, self->n_rates,
                         MAX (frame->width * self->n_rates / axis_minutes (self), 1), indices);

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (frame->x - 2, frame->y - 2, frame->width + 4, frame->height + 4));
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, MAX (frame->text_height / 8.0, 2));

  /* Once for the ground under each unbroken stretch, once for the line. */
  gdk_cairo_set_source_rgba (cr, &area);
  for (guint i = 0; i < n; i++)
    {
      double rate = self->rates[indices[i]];
      double x = x_of_minute (self, frame, indices[i] + 1);

      if (isnan (rate))
        {
          if (drawing)
            {
              cairo_line_to (cr, last_x, base);
              cairo_line_to (cr, start_x, base);
              cairo_close_path (cr);
            }
          drawing = FALSE;
          continue;
        }

      if (!drawing)
        {
          cairo_move_to (cr, x, base);
          start_x = x;
        }
      cairo_line_to (cr, x, y_of_rate (frame, rate));
      last_x = x;
      drawing = TRUE;
    }
  if (drawing)
    {
      cairo_line_to (cr, last_x, base);
      cairo_close_path (cr);
    }
  cairo_fill (cr);

  gdk_cairo_set_source_rgba (cr, &line);
  drawing = FALSE;
  for (guint i = 0; i < n; i++)
    {
      double rate = self->rates[indices[i]];
      double x = x_of_minute (self, frame, indices[i] + 1);

      if (isnan (rate))
        drawing = FALSE;
      else if (drawing)
        cairo_line_to (cr, x, y_of_rate (frame, rate));
      else
        {
          cairo_move_to (cr, x, y_of_rate (frame, rate));
          drawing = TRUE;
        }
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static GskRenderNode *
create_plot (TdRateChart *self,
             const Frame *frame)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  append_grid (self, snapshot, frame);
  append_gaps (self, snapshot, frame);
  append_line (self, snapshot, frame);

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

  /* The future is empty and leaves room, until late in the day. */
  if (x + gap + width < gtk_widget_get_width (GTK_WIDGET (self)))
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

  minute = MIN ((double)(self->now - self->start) / MINUTE, axis_minutes (self));
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

static void
append_crosshair (TdRateChart *self,
                  GtkSnapshot *snapshot,
                  const Frame *frame)
{
  double           position = (self->hover_x - frame->x) / frame->width * axis_minutes (self);
  g_autofree char *clock = NULL;
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;
  GdkRGBA          colour;
  guint            minute;
  double           x;

  if (!self->hovering || self->zone == NULL || position < 0)
    return;

  minute = position;
  if (minute >= self->n_rates || minute >= passed_minutes (self))
    return;

  x = round (x_of_minute (self, frame, minute + 1));
  td_palette_lookup (GTK_WIDGET (self), "td_axis", &colour);
  gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (x, frame->y, 1, frame->height));

  clock = td_format_clock (self->start + (gint64)(minute + 1) * MINUTE, self->zone);
  if (isnan (self->observed[minute]))
    /* Translators: a time of day of which nothing is known. */
    text = g_strdup_printf (_ ("%s · not observed"), clock);
  else if (isnan (self->rates[minute]))
    /* Translators: a time of day; some of the 15 minutes before it are not known. */
    text = g_strdup_printf (_ ("%s · the 15 minutes were not all observed"), clock);
  else
    {
      count = td_format_count (llround (self->rates[minute]));
      /* Translators: time of day, and the calls of the 15 minutes before it. */
      text = g_strdup_printf (_ ("%s · %s calls in 15 min"), clock, count);
      append_dot (self, snapshot, frame, x, y_of_rate (frame, self->rates[minute]));
    }

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

static void
update_description (TdRateChart *self)
{
  g_autofree char *description = NULL;
  g_autofree char *peak_count = NULL;
  g_autofree char *peak_clock = NULL;
  g_autofree char *last_count = NULL;
  guint            peak = G_MAXUINT, last = G_MAXUINT;

  for (guint i = 0; i < self->n_rates; i++)
    if (!isnan (self->rates[i]))
      {
        if (peak == G_MAXUINT || self->rates[i] > self->rates[peak])
          peak = i;
        last = i;
      }

  if (peak == G_MAXUINT || self->zone == NULL)
    description = g_strdup (_ ("Nothing was observed today yet."));
  else
    {
      peak_count = td_format_count (llround (self->rates[peak]));
      peak_clock = td_format_clock (self->start + (gint64)(peak + 1) * MINUTE, self->zone);
      last_count = td_format_count (llround (self->rates[last]));
      /* Translators: the description of a chart for a screen reader. */
      description = g_strdup_printf (_ ("Calls in 15 minutes: now %s; the most today %s, at %s."),
                                     last_count, peak_count, peak_clock);
    }

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
motion_cb (TdRateChart *self,
           double       x,
           double       y)
{
  self->hovering = TRUE;
  self->hover_x = x;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (TdRateChart *self)
{
  self->hovering = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
td_rate_chart_finalize (GObject *object)
{
  TdRateChart *self = TD_RATE_CHART (object);

  g_clear_pointer (&self->plot, gsk_render_node_unref);
  g_clear_pointer (&self->rates, g_free);
  g_clear_pointer (&self->observed, g_free);
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

  gtk_widget_class_set_css_name (widget_class, "ratechart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
td_rate_chart_init (TdRateChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->now = TD_UNKNOWN;
  self->current = TD_UNKNOWN;
  self->n_minutes = 24 * 60;

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
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

  self->start = start;
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
