/* td-hour-columns.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-hour-columns.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-palette.h"

#define HEIGHT 92
#define AXIS 18
#define NUMBER 15
#define MAX_COLUMN 26

struct _TdHourColumns
{
  GtkWidget parent_instance;

  double  *values; /* (owned) (array length=n_values) */
  guint    n_values;
  guint    first_hour;
  gboolean last_runs;
  double   centre;
  double   own;
};

G_DEFINE_FINAL_TYPE (TdHourColumns, td_hour_columns, GTK_TYPE_WIDGET)

static void
append_text (TdHourColumns *self,
             GtkSnapshot   *snapshot,
             const char    *text,
             double         middle,
             double         y,
             const char    *colour_name)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  GdkRGBA colour;
  int     width;

  td_palette_lookup (GTK_WIDGET (self), colour_name, &colour);
  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)round (middle - width / 2.0), (float)y));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
append_line (TdHourColumns *self,
             GtkSnapshot   *snapshot,
             double         y,
             double         width,
             const char    *colour_name,
             gboolean       is_dashed)
{
  GdkRGBA colour;
  double  dash = is_dashed ? 6 : width;

  td_palette_lookup (GTK_WIDGET (self), colour_name, &colour);
  for (double x = 0; x < width; x += dash + 4)
    gtk_snapshot_append_color (snapshot, &colour,
                               &GRAPHENE_RECT_INIT ((float)x, (float)round (y), (float)MIN (dash, width - x), 1.5f));
}

static void
td_hour_columns_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  TdHourColumns *self = TD_HOUR_COLUMNS (widget);
  double         width = gtk_widget_get_width (widget);
  double         height = gtk_widget_get_height (widget) - AXIS;
  double         most = 1, step, column;
  GdkRGBA        fill, line;

  if (self->n_values == 0)
    return;

  for (guint i = 0; i < self->n_values; i++)
    most = isnan (self->values[i]) ? most : MAX (most, self->values[i]);
  most = MAX (most, MAX (isnan (self->centre) ? 0 : self->centre, isnan (self->own) ? 0 : self->own));
  step = width / self->n_values;
  column = MIN (step * 0.7, MAX_COLUMN);

  td_palette_lookup (widget, "td_on_call", &fill);
  td_palette_lookup (widget, "td_line", &line);
  if (!isnan (self->centre))
    append_line (self, snapshot, height - (height - NUMBER) * self->centre / most, width, "td_axis", FALSE);
  if (!isnan (self->own))
    append_line (self, snapshot, height - (height - NUMBER) * self->own / most, width, "td_amber", TRUE);
  for (guint i = 0; i < self->n_values; i++)
    {
      double           middle = (i + 0.5) * step;
      double           tall = isnan (self->values[i]) ? 0 : (height - NUMBER) * self->values[i] / most;
      gboolean         runs = self->last_runs && i + 1 == self->n_values;
      graphene_rect_t  rect = GRAPHENE_RECT_INIT ((float)round (middle - column / 2), (float)round (height - tall),
                                                  (float)round (column), (float)round (tall));
      g_autofree char *hour = g_strdup_printf ("%02u", (self->first_hour + i) % 24);
      g_autofree char *number = isnan (self->values[i]) ? NULL : td_format_count ((gint64)(self->values[i] + 0.5));

      if (tall >= 1 && !runs)
        gtk_snapshot_append_color (snapshot, &fill, &rect);
      else if (tall >= 1)
        {
          GskRoundedRect rounded;

          gsk_rounded_rect_init_from_rect (&rounded, &rect, 0);
          gtk_snapshot_append_border (snapshot, &rounded, (float[4]){ 1.5f, 1.5f, 1.5f, 1.5f },
                                      (GdkRGBA[4]){ line, line, line, line });
        }
      if (step >= 18)
        {
          if (number != NULL)
            append_text (self, snapshot, number, middle, height - tall - NUMBER, "td_text");
          append_text (self, snapshot, hour, middle, height + 2, "td_axis");
        }
    }
}

static void
td_hour_columns_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : HEIGHT + AXIS;
}

static void
td_hour_columns_finalize (GObject *object)
{
  g_free (TD_HOUR_COLUMNS (object)->values);

  G_OBJECT_CLASS (td_hour_columns_parent_class)->finalize (object);
}

static void
td_hour_columns_class_init (TdHourColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = td_hour_columns_finalize;
  widget_class->snapshot = td_hour_columns_snapshot;
  widget_class->measure = td_hour_columns_measure;

  gtk_widget_class_set_css_name (widget_class, "hourcolumns");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
td_hour_columns_init (TdHourColumns *self)
{
  self->centre = self->own = NAN;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Calls by the hour"), -1);
}

/**
 * td_hour_columns_new:
 *
 * Returns: (transfer floating): no columns yet
 */
GtkWidget *
td_hour_columns_new (void)
{
  return g_object_new (TD_TYPE_HOUR_COLUMNS, NULL);
}

/**
 * td_hour_columns_set:
 * @self: columns
 * @values: (array length=n_values): a number for each hour, NAN where it is not known
 * @n_values: how many hours
 * @first_hour: the first one, 0…23
 * @last_runs: the last one is not over
 * @centre: what is usual in the centre, or NAN
 * @own: what is usual for this agent, or NAN
 */
void
td_hour_columns_set (TdHourColumns *self,
                     const double  *values,
                     guint          n_values,
                     guint          first_hour,
                     gboolean       last_runs,
                     double         centre,
                     double         own)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_if_fail (TD_IS_HOUR_COLUMNS (self));

  g_free (self->values);
  self->values = n_values > 0 ? g_memdup2 (values, n_values * sizeof *values) : NULL;
  self->n_values = n_values;
  self->first_hour = first_hour;
  self->last_runs = last_runs;
  self->centre = centre;
  self->own = own;

  for (guint i = 0; i < n_values; i++)
    {
      if (!isnan (values[i]))
        g_string_append_printf (text, "%s%02u:00 %.0f", text->len > 0 ? ", " : "", (first_hour + i) % 24, values[i]);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
