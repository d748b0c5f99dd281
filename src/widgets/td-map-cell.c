/* td-map-cell.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-cell.h"

struct _TdMapCell
{
  GtkWidget parent_instance;

  char *name; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (TdMapCell, td_map_cell, GTK_TYPE_WIDGET)

static void
td_map_cell_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
}

static void
td_map_cell_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (td_map_cell_parent_class)->dispose (object);
}

static void
td_map_cell_finalize (GObject *object)
{
  g_free (TD_MAP_CELL (object)->name);

  G_OBJECT_CLASS (td_map_cell_parent_class)->finalize (object);
}

static void
td_map_cell_class_init (TdMapCellClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_map_cell_dispose;
  object_class->finalize = td_map_cell_finalize;
  widget_class->snapshot = td_map_cell_snapshot;

  gtk_widget_class_set_css_name (widget_class, "mapcell");
}

static void
td_map_cell_init (TdMapCell *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * td_map_cell_new:
 * @parent: the map, or the zone that the tile is in; it unparents the cell
 * @role: what it is
 *
 * Returns: (transfer none): a cell without a name, the last child of @parent
 */
GtkWidget *
td_map_cell_new (GtkWidget        *parent,
                 GtkAccessibleRole role)
{
  GtkWidget *self = g_object_new (TD_TYPE_MAP_CELL, "accessible-role", role, NULL);

  gtk_widget_set_parent (self, parent);

  return self;
}

/**
 * td_map_cell_get_name:
 * @self: a cell
 *
 * Returns: (transfer none) (nullable): what a screen reader says of it
 */
const char *
td_map_cell_get_name (TdMapCell *self)
{
  g_return_val_if_fail (TD_IS_MAP_CELL (self), NULL);

  return self->name;
}

/**
 * td_map_cell_set_name:
 * @self: a cell
 * @name: what a screen reader says of it
 */
void
td_map_cell_set_name (TdMapCell  *self,
                      const char *name)
{
  g_return_if_fail (TD_IS_MAP_CELL (self));

  if (g_strcmp0 (self->name, name) == 0)
    return;

  g_free (self->name);
  self->name = g_strdup (name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
