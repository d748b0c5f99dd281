/* td-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-row-private.h"

typedef struct
{
  char         *id;       /* (owned) */
  TdSnapshot   *snapshot; /* (owned): keeps @info alive */
  gconstpointer info;
  gint64        revision;
  guint         position; /* in the roster */
  guint         round;    /* the roster's update that saw this row last */
} TdRowPrivate;

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TdRow, td_row, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* Every row of a snapshot starts with its id. */
static const char *
get_info_id (gconstpointer info)
{
  return *(const char *const *)info;
}

static void
td_row_finalize (GObject *object)
{
  TdRowPrivate *priv = td_row_get_instance_private (TD_ROW (object));

  g_clear_pointer (&priv->snapshot, td_snapshot_unref);
  g_clear_pointer (&priv->id, g_free);

  G_OBJECT_CLASS (td_row_parent_class)->finalize (object);
}

static void
td_row_class_init (TdRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_row_finalize;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
td_row_init (TdRow *self)
{
}

TdRow *
td_row_new (GType         type,
            TdSnapshot   *snapshot,
            gconstpointer info)
{
  TdRow        *self = g_object_new (type, NULL);
  TdRowPrivate *priv = td_row_get_instance_private (self);
  TdRowClass   *klass = TD_ROW_GET_CLASS (self);

  priv->id = g_strdup (get_info_id (info));
  priv->snapshot = td_snapshot_ref (snapshot);
  priv->info = info;
  priv->revision = td_snapshot_get_revision (snapshot);
  if (klass->moved != NULL)
    klass->moved (self, NULL, info, td_snapshot_get_at (snapshot));

  return self;
}

/* Takes the values of @info, emits nothing, and returns whether they differ.
 * The new snapshot is held even where they do not, so that an old whole
 * snapshot is not kept alive by one quiet row. */
gboolean
td_row_update (TdRow        *self,
               TdSnapshot   *snapshot,
               gconstpointer info)
{
  TdRowPrivate *priv = td_row_get_instance_private (self);
  TdRowClass   *klass = TD_ROW_GET_CLASS (self);
  gboolean      differs = !klass->equal (priv->info, info);

  if (differs)
    {
      if (klass->moved != NULL)
        klass->moved (self, priv->info, info, td_snapshot_get_at (snapshot));
      priv->revision = td_snapshot_get_revision (snapshot);
    }

  if (priv->snapshot != snapshot)
    {
      td_snapshot_ref (snapshot);
      td_snapshot_unref (priv->snapshot);
      priv->snapshot = snapshot;
    }
  priv->info = info;

  return differs;
}

void
td_row_emit_changed (TdRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

guint
td_row_get_position (TdRow *self)
{
  TdRowPrivate *priv = td_row_get_instance_private (self);

  return priv->position;
}

void
td_row_set_position (TdRow *self,
                     guint  position)
{
  TdRowPrivate *priv = td_row_get_instance_private (self);

  priv->position = position;
}

guint
td_row_get_round (TdRow *self)
{
  TdRowPrivate *priv = td_row_get_instance_private (self);

  return priv->round;
}

void
td_row_set_round (TdRow *self,
                  guint  round)
{
  TdRowPrivate *priv = td_row_get_instance_private (self);

  priv->round = round;
}

const char *
td_row_get_id (TdRow *self)
{
  TdRowPrivate *priv = td_row_get_instance_private (self);

  g_return_val_if_fail (TD_IS_ROW (self), NULL);

  return priv->id;
}

/**
 * td_row_get_info:
 * @self: a row
 *
 * Returns: (transfer none): the values, until the centre applies the next snapshot
 */
gconstpointer
td_row_get_info (TdRow *self)
{
  TdRowPrivate *priv = td_row_get_instance_private (self);

  g_return_val_if_fail (TD_IS_ROW (self), NULL);

  return priv->info;
}

/**
 * td_row_get_revision:
 * @self: a row
 *
 * Returns: the source's revision at which the values changed last
 */
gint64
td_row_get_revision (TdRow *self)
{
  TdRowPrivate *priv = td_row_get_instance_private (self);

  g_return_val_if_fail (TD_IS_ROW (self), TD_UNKNOWN);

  return priv->revision;
}
