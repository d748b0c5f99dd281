/* td-wall-preview.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-preview.h"

#include <glib/gi18n.h>

#include "td-wall-view.h"

/* Of the longer side; small enough for a laptop, on which walls are made ready too. */
#define LEAST 430

struct _TdWallPreview
{
  GtkBox parent_instance;

  TdWallView  *view;
  GtkWidget   *frame;
  GtkDropDown *shape;
  gboolean     is_turned; /* the picture is tall on a wide monitor, or the other way */
  double       monitor_ratio;
};

G_DEFINE_FINAL_TYPE (TdWallPreview, td_wall_preview, GTK_TYPE_BOX)

/* Width to height; that of the monitor comes first. */
static const struct
{
  const char *title;
  double      ratio;
} shapes[] = {
  { "16:9", 16 / 9.0 },
  { "21:9", 21 / 9.0 },
  { "4:3", 4 / 3.0 },
  { "9:16", 9 / 16.0 },
};

static void
show_shape (TdWallPreview *self)
{
  guint  selected = gtk_drop_down_get_selected (self->shape);
  double ratio = selected > 0 && selected <= G_N_ELEMENTS (shapes) ? shapes[selected - 1].ratio : self->is_turned ? 1 / self->monitor_ratio
                                                                                                                  : self->monitor_ratio;

  gtk_aspect_frame_set_ratio (GTK_ASPECT_FRAME (self->frame), (float)ratio);
  gtk_widget_set_size_request (GTK_WIDGET (self->view), (int)(ratio >= 1 ? LEAST : LEAST * ratio), (int)(ratio >= 1 ? LEAST / ratio : LEAST));
}

static void
back_cb (TdWallPreview *self)
{
  td_wall_view_step (self->view, -1);
}

static void
forward_cb (TdWallPreview *self)
{
  td_wall_view_step (self->view, 1);
}

static GtkWidget *
create_step (TdWallPreview *self,
             const char    *icon,
             const char    *text,
             GCallback      callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
create_shape (TdWallPreview *self)
{
  const char *words[G_N_ELEMENTS (shapes) + 2] = { NULL };
  const char *label = _ ("Shape of the picture");

  /* Translators: the shape of a picture. */
  words[0] = _ ("As the monitor");
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    words[i + 1] = shapes[i].title;
  self->shape = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (words));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->shape), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->shape), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (self->shape, "notify::selected", G_CALLBACK (show_shape), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self->shape);
}

static void
td_wall_preview_dispose (GObject *object)
{
  TdWallPreview *self = TD_WALL_PREVIEW (object);

  if (self->view != NULL)
    td_wall_view_set_watch (self->view, NULL);
  self->view = NULL;

  G_OBJECT_CLASS (td_wall_preview_parent_class)->dispose (object);
}

static void
td_wall_preview_class_init (TdWallPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = td_wall_preview_dispose;
}

static void
td_wall_preview_init (TdWallPreview *self)
{
  self->monitor_ratio = shapes[0].ratio;
}

/**
 * td_wall_preview_new:
 * @wall: what is shown; copied
 * @watch: (nullable): of what
 *
 * Returns: (transfer floating): a preview
 */
GtkWidget *
td_wall_preview_new (const TdWall *wall,
                     TdWatch      *watch)
{
  TdWallPreview *self;
  GtkWidget     *steps = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  g_return_val_if_fail (wall != NULL, NULL);

  self = g_object_new (TD_TYPE_WALL_PREVIEW, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, NULL);
  self->view = TD_WALL_VIEW (td_wall_view_new (wall));
  gtk_widget_set_hexpand (GTK_WIDGET (self->view), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  td_wall_view_set_own_style (self->view, wall->is_light);
  td_wall_view_set_watch (self->view, watch);
  self->frame = gtk_aspect_frame_new (0.5f, 0.5f, (float)self->monitor_ratio, FALSE);
  gtk_aspect_frame_set_child (GTK_ASPECT_FRAME (self->frame), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (self->frame, TRUE);
  gtk_box_append (GTK_BOX (self), self->frame);

  gtk_widget_set_halign (steps, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (steps), create_step (self, "go-previous-symbolic", _ ("The page before"), G_CALLBACK (back_cb)));
  gtk_box_append (GTK_BOX (steps), create_step (self, "go-next-symbolic", _ ("The next page"), G_CALLBACK (forward_cb)));
  gtk_box_append (GTK_BOX (steps), create_shape (self));
  gtk_box_append (GTK_BOX (self), steps);
  show_shape (self);

  return GTK_WIDGET (self);
}

/**
 * td_wall_preview_set_wall:
 * @self: a preview
 * @wall: what is shown from now on; copied
 */
void
td_wall_preview_set_wall (TdWallPreview *self,
                          const TdWall  *wall)
{
  g_return_if_fail (TD_IS_WALL_PREVIEW (self));
  g_return_if_fail (wall != NULL && wall->n_pages > 0);

  td_wall_view_set_own_style (self->view, wall->is_light);
  td_wall_view_set_wall (self->view, wall);
  self->is_turned = td_wall_get_turn (wall, (int)(1000 * self->monitor_ratio), 1000) % 2 == 1;
  show_shape (self);
}

/**
 * td_wall_preview_set_monitor:
 * @self: a preview
 * @monitor: (nullable): whose shape it has, unless another is chosen; %NULL
 *   for a monitor that is not connected
 */
void
td_wall_preview_set_monitor (TdWallPreview *self,
                             GdkMonitor    *monitor)
{
  GdkRectangle geometry = { 0, 0, 0, 0 };

  g_return_if_fail (TD_IS_WALL_PREVIEW (self));

  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &geometry);
  self->monitor_ratio = geometry.width > 0 && geometry.height > 0 ? (double)geometry.width / geometry.height : shapes[0].ratio;
  show_shape (self);
}
