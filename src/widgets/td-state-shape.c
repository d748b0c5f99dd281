/* td-state-shape.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-state-shape.h"

#include <math.h>

#include "td-format.h"
#include "td-palette.h"

struct _TdStateShape
{
  GtkWidget parent_instance;

  TdAgentState state;
};

enum {
  PROP_0,
  PROP_STATE,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (TdStateShape, td_state_shape, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* Plain shapes are colour nodes under a clip: a renderer draws them without
 * rasterising a path, which counts where thousands of agents are shown. */
static void
draw_block (GtkSnapshot   *snapshot,
            double         x,
            double         y,
            double         width,
            double         height,
            double         radius,
            const GdkRGBA *colour)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT (x, y, width, height);
  GskRoundedRect  rounded;

  gsk_rounded_rect_init_from_rect (&rounded, &rect, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, colour, &rect);
  gtk_snapshot_pop (snapshot);
}

static void
draw_outline (GtkSnapshot   *snapshot,
              double         x,
              double         y,
              double         size,
              double         radius,
              double         line,
              const GdkRGBA *colour)
{
  GskRoundedRect rounded;
  float          widths[4] = { line, line, line, line };
  GdkRGBA        colours[4] = { *colour, *colour, *colour, *colour };

  gsk_rounded_rect_init_from_rect (&rounded, &GRAPHENE_RECT_INIT (x, y, size, size), radius);
  gtk_snapshot_append_border (snapshot, &rounded, widths, colours);
}

static void
draw_triangle (GtkSnapshot   *snapshot,
               double         x,
               double         y,
               double         size,
               const GdkRGBA *colour)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (x, y, size, size));
  double   middle = x + size / 2;
  double   bar = MAX (size * 0.13, 1);

  gdk_cairo_set_source_rgba (cr, colour);

  /* The exclamation mark is a hole, so that it holds on every ground. */
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_move_to (cr, middle, y + size * 0.04);
  cairo_line_to (cr, x + size, y + size * 0.94);
  cairo_line_to (cr, x, y + size * 0.94);
  cairo_close_path (cr);
  if (size >= 9)
    {
      cairo_rectangle (cr, middle - bar / 2, y + size * 0.36, bar, size * 0.28);
      cairo_rectangle (cr, middle - bar / 2, y + size * 0.72, bar, bar);
    }
  cairo_fill (cr);
  cairo_destroy (cr);
}

void
td_state_shape_draw (GtkSnapshot   *snapshot,
                     TdAgentState   state,
                     double         x,
                     double         y,
                     double         size,
                     const GdkRGBA *colour)
{
  double line = MAX (round (size * 0.12), 1);
  double radius = size * 0.14;

  switch (state)
    {
    case TD_AGENT_STATE_AVAILABLE:
      draw_block (snapshot, x, y, size, size, size / 2, colour);
      break;

    case TD_AGENT_STATE_RINGING:
      draw_outline (snapshot, x, y, size, size / 2, line, colour);
      draw_block (snapshot, x + size * 0.28, y + size * 0.28, size * 0.44, size * 0.44, size * 0.22, colour);
      break;

    case TD_AGENT_STATE_ON_CALL:
      draw_block (snapshot, x + size * 0.05, y + size * 0.05, size * 0.9, size * 0.9, radius, colour);
      break;

    case TD_AGENT_STATE_WRAP_UP:
      draw_outline (snapshot, x + size * 0.05, y + size * 0.05, size * 0.9, radius, line, colour);
      draw_block (snapshot, x + size * 0.05, y + size * 0.5, size * 0.9, size * 0.45, radius, colour);
      break;

    case TD_AGENT_STATE_PAUSED:
      draw_block (snapshot, x + size * 0.14, y + size * 0.05, size * 0.27, size * 0.9, size * 0.06, colour);
      draw_block (snapshot, x + size * 0.59, y + size * 0.05, size * 0.27, size * 0.9, size * 0.06, colour);
      break;

    case TD_AGENT_STATE_UNREACHABLE:
      draw_triangle (snapshot, x, y, size, colour);
      break;

    case TD_AGENT_STATE_UNKNOWN:
      /* A dash: known to be there, and nothing more. */
      draw_block (snapshot, x + size * 0.1, y + size * 0.42, size * 0.8, MAX (size * 0.16, 1), 0, colour);
      break;

    case TD_AGENT_STATE_OFFLINE:
    case TD_N_AGENT_STATES:
    default:
      draw_outline (snapshot, x + size * 0.05, y + size * 0.05, size * 0.9, radius, line, colour);
      break;
    }
}

static void
td_state_shape_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  TdStateShape *self = TD_STATE_SHAPE (widget);
  double        width = gtk_widget_get_width (widget);
  double        height = gtk_widget_get_height (widget);
  double        size = floor (MIN (width, height));
  GdkRGBA       colour;

  if (size <= 0)
    return;

  /* The style sheet colours the class of the state, so that a stale page can
   * take the colour away. */
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  td_state_shape_draw (snapshot, self->state, floor ((width - size) / 2), floor ((height - size) / 2), size, &colour);
}

static void
td_state_shape_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  /* CSS min-width and min-height decide. */
  *minimum = *natural = 0;
}

static void
td_state_shape_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TdStateShape *self = TD_STATE_SHAPE (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, td_state_shape_get_state (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_state_shape_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  TdStateShape *self = TD_STATE_SHAPE (object);

  switch (prop_id)
    {
    case PROP_STATE:
      td_state_shape_set_state (self, g_value_get_int (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_state_shape_class_init (TdStateShapeClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = td_state_shape_get_property;
  object_class->set_property = td_state_shape_set_property;
  widget_class->measure = td_state_shape_measure;
  widget_class->snapshot = td_state_shape_snapshot;

  properties[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL,
                      0, TD_N_AGENT_STATES - 1, TD_AGENT_STATE_UNKNOWN,
                      (G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "stateshape");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
show_state (TdStateShape *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), td_palette_state_class (self->state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, td_format_state (self->state),
                                  -1);
}

static void
td_state_shape_init (TdStateShape *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  show_state (self);
}

/**
 * td_state_shape_new:
 * @state: what to show
 *
 * Returns: (transfer floating): a new shape
 */
GtkWidget *
td_state_shape_new (TdAgentState state)
{
  return g_object_new (TD_TYPE_STATE_SHAPE, "state", (int)state, NULL);
}

TdAgentState
td_state_shape_get_state (TdStateShape *self)
{
  g_return_val_if_fail (TD_IS_STATE_SHAPE (self), TD_AGENT_STATE_UNKNOWN);

  return self->state;
}

void
td_state_shape_set_state (TdStateShape *self,
                          TdAgentState  state)
{
  g_return_if_fail (TD_IS_STATE_SHAPE (self));
  g_return_if_fail ((int)state >= 0 && state < TD_N_AGENT_STATES);

  if (self->state == state)
    return;

  gtk_widget_remove_css_class (GTK_WIDGET (self), td_palette_state_class (self->state));
  self->state = state;
  show_state (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}
