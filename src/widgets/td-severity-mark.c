/* td-severity-mark.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-severity-mark.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-severity.h"
#include "td-state-shape.h"

struct _TdSeverityMark
{
  GtkWidget parent_instance;

  TdSeverity severity;
  gboolean   is_notice;
};

G_DEFINE_FINAL_TYPE (TdSeverityMark, td_severity_mark, GTK_TYPE_WIDGET)

static void
td_severity_mark_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  TdSeverityMark *self = TD_SEVERITY_MARK (widget);
  double          width = gtk_widget_get_width (widget);
  double          height = gtk_widget_get_height (widget);
  double          size = floor (MIN (width, height));
  double          x = floor ((width - size) / 2);
  double          y = floor ((height - size) / 2);
  GdkRGBA         colour;
  cairo_t        *cr;

  if ((self->severity == TD_SEVERITY_NORMAL && !self->is_notice) || size <= 0)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);

  if (self->severity == TD_SEVERITY_RED)
    {
      td_state_shape_draw (snapshot, TD_AGENT_STATE_UNREACHABLE, x, y, size, &colour);
      return;
    }

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (x, y, size, size));
  gdk_cairo_set_source_rgba (cr, &colour);
  if (self->severity == TD_SEVERITY_NORMAL)
    {
      cairo_set_line_width (cr, size / 6);
      cairo_arc (cr, x + size / 2, y + size / 2, size / 3, 0, 2 * G_PI);
      cairo_stroke (cr);
      cairo_destroy (cr);
      return;
    }
  cairo_move_to (cr, x + size / 2, y);
  cairo_line_to (cr, x + size, y + size / 2);
  cairo_line_to (cr, x + size / 2, y + size);
  cairo_line_to (cr, x, y + size / 2);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
td_severity_mark_class_init (TdSeverityMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = td_severity_mark_snapshot;

  gtk_widget_class_set_css_name (widget_class, "severitymark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
td_severity_mark_init (TdSeverityMark *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), td_palette_severity_class (self->severity));
}

GtkWidget *
td_severity_mark_new (void)
{
  return g_object_new (TD_TYPE_SEVERITY_MARK, NULL);
}

TdSeverity
td_severity_mark_get_severity (TdSeverityMark *self)
{
  g_return_val_if_fail (TD_IS_SEVERITY_MARK (self), TD_SEVERITY_NORMAL);

  return self->severity;
}

static void
announce (TdSeverityMark *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->severity == TD_SEVERITY_NORMAL && self->is_notice ? _ ("Notice") : td_severity_format (self->severity),
                                  -1);
}

void
td_severity_mark_set_severity (TdSeverityMark *self,
                               TdSeverity      severity)
{
  g_return_if_fail (TD_IS_SEVERITY_MARK (self));

  if (self->severity == severity)
    return;

  self->severity = severity;
  td_palette_set_severity (GTK_WIDGET (self), severity);
  announce (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * td_severity_mark_set_notice:
 * @self: a mark
 * @is_notice: what it marks is worth a notice even where it is normal
 */
void
td_severity_mark_set_notice (TdSeverityMark *self,
                             gboolean        is_notice)
{
  g_return_if_fail (TD_IS_SEVERITY_MARK (self));

  if (self->is_notice == !!is_notice)
    return;

  self->is_notice = !!is_notice;
  announce (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
