/* td-wall-turn.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-turn.h"

struct _TdWallTurn
{
  GtkWidget parent_instance;

  GtkWidget *child; /* (owned) */
  TdWall    *wall;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (TdWallTurn, td_wall_turn, GTK_TYPE_WIDGET)

static void
td_wall_turn_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  TdWallTurn *self = TD_WALL_TURN (widget);

  /* Each size is asked for, as GTK wants it before a child is given one. */
  gtk_widget_measure (self->child, orientation, -1, minimum, natural, NULL, NULL);
  gtk_widget_measure (self->child, orientation == GTK_ORIENTATION_HORIZONTAL ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, -1,
                      NULL, NULL, NULL, NULL);
  *minimum_baseline = *natural_baseline = -1;
}

static void
td_wall_turn_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  TdWallTurn   *self = TD_WALL_TURN (widget);
  guint         turn = td_wall_get_turn (self->wall, width, height);
  GskTransform *transform = NULL;

  /* Where the corner of the picture comes to lie. */
  if (turn == 1)
    transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float)width, 0));
  else if (turn == 2)
    transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float)width, (float)height));
  else if (turn == 3)
    transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, (float)height));
  if (turn > 0)
    transform = gsk_transform_rotate (transform, 90 * (float)turn);

  gtk_widget_allocate (self->child, turn % 2 == 0 ? width : height, turn % 2 == 0 ? height : width, -1, transform);
}

static void
td_wall_turn_dispose (GObject *object)
{
  TdWallTurn *self = TD_WALL_TURN (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);

  G_OBJECT_CLASS (td_wall_turn_parent_class)->dispose (object);
}

static void
td_wall_turn_finalize (GObject *object)
{
  td_wall_free (TD_WALL_TURN (object)->wall);

  G_OBJECT_CLASS (td_wall_turn_parent_class)->finalize (object);
}

static void
td_wall_turn_class_init (TdWallTurnClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_wall_turn_dispose;
  object_class->finalize = td_wall_turn_finalize;
  widget_class->measure = td_wall_turn_measure;
  widget_class->size_allocate = td_wall_turn_size_allocate;
}

static void
td_wall_turn_init (TdWallTurn *self)
{
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

/**
 * td_wall_turn_new:
 * @child: (transfer floating): what is turned
 * @wall: that says how; copied
 *
 * Returns: (transfer floating): a widget
 */
GtkWidget *
td_wall_turn_new (GtkWidget    *child,
                  const TdWall *wall)
{
  TdWallTurn *self;

  g_return_val_if_fail (GTK_IS_WIDGET (child), NULL);
  g_return_val_if_fail (wall != NULL, NULL);

  self = g_object_new (TD_TYPE_WALL_TURN, NULL);
  self->wall = td_wall_copy (wall);
  self->child = child;
  gtk_widget_set_parent (child, GTK_WIDGET (self));

  return GTK_WIDGET (self);
}

/**
 * td_wall_turn_set_wall:
 * @self: a widget
 * @wall: that says how it is turned from now on; copied
 */
void
td_wall_turn_set_wall (TdWallTurn   *self,
                       const TdWall *wall)
{
  TdWall *before;

  g_return_if_fail (TD_IS_WALL_TURN (self));
  g_return_if_fail (wall != NULL);

  before = self->wall;
  self->wall = td_wall_copy (wall);
  td_wall_free (before);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
