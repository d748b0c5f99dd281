/* td-day-strip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-day-strip.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-palette.h"
#include "td-state-shape.h"

#define LANE 16
#define LANE_GAP 4
#define MARK 20 /* where the lanes begin, right of their shapes */
#define AXIS 18
#define MIN_SPAN_US (10 * G_TIME_SPAN_MINUTE)
#define ZOOM_STEP 1.4
#define HOLD_ALPHA 0.5f

/* The lanes, from the top; ringing counts to what is free, as it was until then. */
static const TdAgentState lanes[] = {
  TD_AGENT_STATE_ON_CALL, TD_AGENT_STATE_WRAP_UP, TD_AGENT_STATE_AVAILABLE, TD_AGENT_STATE_PAUSED,
  TD_AGENT_STATE_UNREACHABLE
};

struct _TdDayStrip
{
  GtkWidget parent_instance;

  GArray    *spans; /* (owned) (element-type TdStripSpan) */
  gint64     from;
  gint64     to;
  gint64     now;
  GTimeZone *zone; /* (owned) (nullable) */
  gint64     view_from;
  gint64     view_to;
  gint64     drag_from;
  double     pointer; /* where it is, px, or NAN */

  GskRenderNode *node; /* (owned) (nullable): as it was drawn last */
  int            node_width;
};

G_DEFINE_FINAL_TYPE (TdDayStrip, td_day_strip, GTK_TYPE_WIDGET)

static void
clear_span (gpointer data)
{
  g_free ((char *)((TdStripSpan *)data)->text);
}

static void
redraw (TdDayStrip *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static double
get_x (TdDayStrip *self,
       gint64      time,
       double      width)
{
  return MARK + (width - MARK) * (double)(time - self->view_from) / (double)MAX (self->view_to - self->view_from, 1);
}

static gint64
get_time (TdDayStrip *self,
          double      x)
{
  double width = MAX (gtk_widget_get_width (GTK_WIDGET (self)) - MARK, 1);

  return self->view_from + (gint64)((x - MARK) / width * (double)(self->view_to - self->view_from));
}

static int
get_lane (TdAgentState state)
{
  if (state == TD_AGENT_STATE_RINGING)
    state = TD_AGENT_STATE_AVAILABLE;
  for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
    {
      if (lanes[i] == state)
        return (int)i;
    }

  return -1;
}

static void
append_hatch (TdDayStrip  *self,
              GtkSnapshot *snapshot,
              double       x,
              double       width,
              double       height)
{
  cairo_t *cr;
  GdkRGBA  colour;

  if (width < 1)
    return;

  td_palette_lookup (GTK_WIDGET (self), "td_hatch", &colour);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float)x, 0, (float)width, (float)height));
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, x, 0, width, height);
  cairo_clip (cr);
  for (double at = x - height; at < x + width; at += 6)
    {
      cairo_move_to (cr, at, height);
      cairo_line_to (cr, at + height, 0);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* What lies between spans until now was not seen. */
static void
append_gaps (TdDayStrip  *self,
             GtkSnapshot *snapshot,
             double       width,
             double       height)
{
  gint64 seen = MAX (self->from, self->view_from);
  gint64 until = MIN (self->now, self->view_to);

  for (guint i = 0; i <= self->spans->len; i++)
    {
      const TdStripSpan *span = i < self->spans->len ? &g_array_index (self->spans, TdStripSpan, i) : NULL;
      gint64             start = span != NULL ? MIN (span->start, until) : until;

      /* A source's clock and this one's differ by a little. */
      if (start - seen > 2 * G_USEC_PER_SEC)
        append_hatch (self, snapshot, get_x (self, seen, width), get_x (self, start, width) - get_x (self, seen, width), height);
      if (span != NULL)
        seen = MAX (seen, span->end);
    }
}

static void
append_axis (TdDayStrip  *self,
             GtkSnapshot *snapshot,
             double       width,
             double       y)
{
  static const int steps[] = { 5, 10, 15, 30, 60, 120, 180, 240, 360 };
  gint64           step = 360 * G_TIME_SPAN_MINUTE;
  GdkRGBA          axis, grid;

  td_palette_lookup (GTK_WIDGET (self), "td_axis", &axis);
  td_palette_lookup (GTK_WIDGET (self), "td_grid", &grid);
  for (guint i = G_N_ELEMENTS (steps); i-- > 0;)
    {
      gint64 candidate = steps[i] * G_TIME_SPAN_MINUTE;

      if ((width - MARK) * (double)candidate / (double)(self->view_to - self->view_from) >= 46)
        step = candidate;
    }

  for (gint64 at = self->from - self->from % step; at <= self->view_to; at += step)
    {
      double           x = round (get_x (self, at, width));
      g_autofree char *clock = NULL;
      g_autoptr (PangoLayout) layout = NULL;
      int text;

      if (at < self->view_from)
        continue;
      clock = td_format_clock (at, self->zone);
      layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), clock);
      gtk_snapshot_append_color (snapshot, &grid, &GRAPHENE_RECT_INIT ((float)x, 0, 1, (float)y));
      pango_layout_get_pixel_size (layout, &text, NULL);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)CLAMP (x - text / 2.0, MARK, width - text), (float)y + 2));
      gtk_snapshot_append_layout (snapshot, layout, &axis);
      gtk_snapshot_restore (snapshot);
    }
}

static GskRenderNode *
draw (TdDayStrip *self,
      double      width)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  double  height = G_N_ELEMENTS (lanes) * (LANE + LANE_GAP) - LANE_GAP;
  GdkRGBA colours[G_N_ELEMENTS (lanes)];
  GdkRGBA now;

  append_axis (self, snapshot, width, height);
  for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
    {
      td_palette_lookup (GTK_WIDGET (self), td_palette_state_colour (lanes[i]), &colours[i]);
      td_state_shape_draw (snapshot, lanes[i], 0, i * (LANE + LANE_GAP) + 2, LANE - 4, &colours[i]);
    }

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (MARK, 0, (float)(width - MARK), (float)height));
  append_gaps (self, snapshot, width, height);
  for (guint i = 0; i < self->spans->len; i++)
    {
      const TdStripSpan *span = &g_array_index (self->spans, TdStripSpan, i);
      int                lane = get_lane (span->state);
      GdkRGBA            colour;
      double             x, end;

      if (lane < 0 || span->end <= self->view_from || span->start >= self->view_to)
        continue;
      x = get_x (self, span->start, width);
      end = get_x (self, span->end, width);
      colour = colours[lane];
      colour.alpha *= span->on_hold ? HOLD_ALPHA : 1;
      gtk_snapshot_append_color (snapshot, &colour,
                                 &GRAPHENE_RECT_INIT ((float)x, (float)(lane * (LANE + LANE_GAP)),
                                                      (float)MAX (end - x, 1), LANE));
    }
  td_palette_lookup (GTK_WIDGET (self), "td_now", &now);
  gtk_snapshot_append_color (snapshot, &now,
                             &GRAPHENE_RECT_INIT ((float)round (get_x (self, self->now, width)), 0, 1.5f, (float)height));
  gtk_snapshot_pop (snapshot);

  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

static void
td_day_strip_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  TdDayStrip *self = TD_DAY_STRIP (widget);
  int         width = gtk_widget_get_width (widget);

  if (self->view_to <= self->view_from || width <= MARK)
    return;

  if (self->node == NULL || self->node_width != width)
    {
      g_clear_pointer (&self->node, gsk_render_node_unref);
      self->node = draw (self, width);
      self->node_width = width;
    }
  if (self->node != NULL)
    gtk_snapshot_append_node (snapshot, self->node);
}

static void
td_day_strip_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL
                          ? 160
                          : (int)G_N_ELEMENTS (lanes) * (LANE + LANE_GAP) - LANE_GAP + AXIS;
}

static void
td_day_strip_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (td_day_strip_parent_class)->css_changed (widget, change);
  redraw (TD_DAY_STRIP (widget));
}

static gboolean
td_day_strip_query_tooltip (GtkWidget  *widget,
                            int         x,
                            int         y,
                            gboolean    keyboard,
                            GtkTooltip *tooltip)
{
  TdDayStrip *self = TD_DAY_STRIP (widget);
  gint64      at = get_time (self, x);

  if (keyboard || x < MARK || at > self->now || at < self->from)
    return FALSE;

  for (guint i = 0; i < self->spans->len; i++)
    {
      const TdStripSpan *span = &g_array_index (self->spans, TdStripSpan, i);
      g_autofree char   *from = NULL;
      g_autofree char   *to = NULL;
      g_autofree char   *length = NULL;
      g_autofree char   *text = NULL;

      if (at < span->start || at >= span->end)
        continue;
      from = td_format_clock (span->start, self->zone);
      to = td_format_clock (span->end, self->zone);
      length = td_format_duration ((span->end - span->start) / 1000);
      text = g_strdup_printf ("%s%s%s%s%s\n%s–%s, %s", td_format_state (span->state), span->on_hold ? ", " : "",
                              span->on_hold ? _ ("on hold") : "", span->text != NULL ? ", " : "",
                              span->text != NULL ? span->text : "", from, to, length);
      gtk_tooltip_set_text (tooltip, text);
      return TRUE;
    }

  gtk_tooltip_set_text (tooltip, _ ("Not observed"));
  return TRUE;
}

static void
set_view (TdDayStrip *self,
          gint64      from,
          gint64      to)
{
  gint64 length = CLAMP (to - from, MIN_SPAN_US, MAX (self->to - self->from, MIN_SPAN_US));

  self->view_from = CLAMP (from, self->from, MAX (self->to - length, self->from));
  self->view_to = self->view_from + length;
  redraw (self);
}

static void
zoom (TdDayStrip *self,
      double      factor,
      gint64      about)
{
  set_view (self, about - (gint64)((double)(about - self->view_from) / factor),
            about + (gint64)((double)(self->view_to - about) / factor));
}

static void
motion_cb (TdDayStrip *self,
           double      x)
{
  self->pointer = x;
}

static void
leave_cb (TdDayStrip *self)
{
  self->pointer = NAN;
}

/* What is under the pointer stays there. */
static gboolean
scroll_cb (TdDayStrip *self,
           double      dx,
           double      dy)
{
  gint64 middle = (self->view_from + self->view_to) / 2;

  zoom (self, pow (ZOOM_STEP, -dy),
        isnan (self->pointer) ? middle : CLAMP (get_time (self, self->pointer), self->view_from, self->view_to));
  return TRUE;
}

static void
drag_begin_cb (TdDayStrip *self)
{
  self->drag_from = self->view_from;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
drag_cb (TdDayStrip *self,
         double      dx)
{
  gint64 length = self->view_to - self->view_from;
  double width = MAX (gtk_widget_get_width (GTK_WIDGET (self)) - MARK, 1);
  gint64 from = self->drag_from - (gint64)(dx / width * (double)length);

  set_view (self, from, from + length);
}

static gboolean
key_cb (TdDayStrip *self,
        guint       keyval)
{
  gint64 length = self->view_to - self->view_from;

  switch (keyval)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      zoom (self, ZOOM_STEP, (self->view_from + self->view_to) / 2);
      return GDK_EVENT_STOP;

    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      zoom (self, 1 / ZOOM_STEP, (self->view_from + self->view_to) / 2);
      return GDK_EVENT_STOP;

    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      set_view (self, self->from, self->to);
      return GDK_EVENT_STOP;

    case GDK_KEY_Left:
      set_view (self, self->view_from - length / 4, self->view_to - length / 4);
      return GDK_EVENT_STOP;

    case GDK_KEY_Right:
      set_view (self, self->view_from + length / 4, self->view_to + length / 4);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
td_day_strip_finalize (GObject *object)
{
  TdDayStrip *self = TD_DAY_STRIP (object);

  g_clear_pointer (&self->spans, g_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->node, gsk_render_node_unref);

  G_OBJECT_CLASS (td_day_strip_parent_class)->finalize (object);
}

static void
td_day_strip_class_init (TdDayStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = td_day_strip_finalize;
  widget_class->snapshot = td_day_strip_snapshot;
  widget_class->measure = td_day_strip_measure;
  widget_class->css_changed = td_day_strip_css_changed;
  widget_class->query_tooltip = td_day_strip_query_tooltip;

  gtk_widget_class_set_css_name (widget_class, "daystrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
td_day_strip_init (TdDayStrip *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture         *drag = gtk_gesture_drag_new ();

  self->pointer = NAN;
  self->spans = g_array_new (FALSE, FALSE, sizeof (TdStripSpan));
  g_array_set_clear_func (self->spans, clear_span);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("States of the day"), -1);

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/**
 * td_day_strip_new:
 *
 * Returns: (transfer floating): an empty strip
 */
GtkWidget *
td_day_strip_new (void)
{
  return g_object_new (TD_TYPE_DAY_STRIP, NULL);
}

/* In words, how long each state lasted. */
static void
describe (TdDayStrip *self)
{
  gint64 sums[TD_N_AGENT_STATES] = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->spans->len; i++)
    {
      const TdStripSpan *span = &g_array_index (self->spans, TdStripSpan, i);

      sums[span->state] += (span->end - span->start) / 1000;
    }
  for (guint i = 0; i < TD_N_AGENT_STATES; i++)
    {
      g_autofree char *spoken = NULL;

      if (sums[i] == 0)
        continue;
      spoken = td_format_duration_spoken (sums[i]);
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", td_format_state (i), spoken);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
}

/* What goes on moves its end all the time: that alone is drawn anew where it
 * is to be seen. */
static gboolean
is_drawn (TdDayStrip        *self,
          const TdStripSpan *spans,
          guint              n_spans)
{
  gint64 pixel = (self->view_to - self->view_from) / MAX (gtk_widget_get_width (GTK_WIDGET (self)) - MARK, 1);

  if (n_spans != self->spans->len)
    return FALSE;

  for (guint i = 0; i < n_spans; i++)
    {
      const TdStripSpan *was = &g_array_index (self->spans, TdStripSpan, i);

      if (was->start != spans[i].start || was->state != spans[i].state || was->on_hold != spans[i].on_hold ||
          g_strcmp0 (was->text, spans[i].text) != 0 ||
          (was->end != spans[i].end && (i + 1 < n_spans || ABS (spans[i].end - was->end) >= pixel)))
        return FALSE;
    }

  return TRUE;
}

/**
 * td_day_strip_set_spans:
 * @self: a strip
 * @spans: (array length=n_spans): in the order of time; they are copied
 * @n_spans: how many
 */
void
td_day_strip_set_spans (TdDayStrip        *self,
                        const TdStripSpan *spans,
                        guint              n_spans)
{
  g_return_if_fail (TD_IS_DAY_STRIP (self));

  if (is_drawn (self, spans, n_spans))
    return;

  g_array_set_size (self->spans, 0);
  for (guint i = 0; i < n_spans; i++)
    {
      TdStripSpan copy = spans[i];

      copy.text = g_strdup (spans[i].text);
      g_array_append_val (self->spans, copy);
    }
  describe (self);
  redraw (self);
}

/**
 * td_day_strip_set_range:
 * @self: a strip
 * @from: where it begins, µs since 1970
 * @to: where it ends, µs since 1970
 * @now: the source's time, µs since 1970
 * @zone: (nullable): of the centre
 *
 * A part that is looked at stays so while it lies in the range.
 */
void
td_day_strip_set_range (TdDayStrip *self,
                        gint64      from,
                        gint64      to,
                        gint64      now,
                        GTimeZone  *zone)
{
  gboolean is_whole;
  gint64   pixel;

  g_return_if_fail (TD_IS_DAY_STRIP (self));
  g_return_if_fail (from < to);

  pixel = (self->view_to - self->view_from) / MAX (gtk_widget_get_width (GTK_WIDGET (self)) - MARK, 1);
  if (self->from == from && self->zone == zone && now >= self->now && now - self->now < pixel && ABS (to - self->to) < pixel)
    return;

  is_whole = self->view_from <= self->from && self->view_to >= self->to;
  if (zone != self->zone)
    {
      g_clear_pointer (&self->zone, g_time_zone_unref);
      self->zone = zone != NULL ? g_time_zone_ref (zone) : NULL;
    }
  if (is_whole || self->from != from)
    {
      self->view_from = from;
      self->view_to = to;
    }
  self->from = from;
  self->to = to;
  self->now = now;
  redraw (self);
}
