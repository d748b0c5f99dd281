/* td-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-row-private.h"

#include <string.h>

typedef struct
{
  char         *id;       /* (owned) */
  TdSnapshot   *snapshot; /* (owned) (nullable): keeps @info alive … */
  gpointer      copy;     /* (owned) (nullable): … or is it */
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

static gsize
get_size (const char *string)
{
  return string != NULL ? strlen (string) + 1 : 0;
}

/* Puts a string where @end is, and moves that on. */
static const char *
put (char      **end,
     const char *string)
{
  char *start = *end;

  if (string == NULL)
    return NULL;
  *end = g_stpcpy (start, string) + 1;

  return start;
}

/* The values and all their strings in one block. */
static gpointer
copy_info (TdRowClass   *klass,
           gconstpointer info)
{
  const char *const *list = klass->list != 0 ? G_STRUCT_MEMBER (const char *const *, info, klass->list) : NULL;
  guint              n_list = list != NULL ? g_strv_length ((char **)list) + 1 : 0;
  gsize              size = klass->info_size + n_list * sizeof *list;
  const char       **own_list;
  char              *copy, *end;

  for (guint i = 0; i < n_list; i++)
    size += get_size (list[i]);
  for (guint i = 0; i < klass->n_strings; i++)
    size += get_size (G_STRUCT_MEMBER (const char *, info, klass->strings[i]));

  copy = g_malloc (size);
  memcpy (copy, info, klass->info_size);
  own_list = (const char **)(gpointer)(copy + klass->info_size);
  end = (char *)(own_list + n_list);
  for (guint i = 0; i < n_list; i++)
    own_list[i] = put (&end, list[i]);
  if (list != NULL)
    G_STRUCT_MEMBER (const char **, copy, klass->list) = own_list;
  for (guint i = 0; i < klass->n_strings; i++)
    {
      const char **member = &G_STRUCT_MEMBER (const char *, copy, klass->strings[i]);

      *member = put (&end, *member);
    }

  return copy;
}

static void
hold (TdRow        *self,
      TdSnapshot   *snapshot,
      gconstpointer info)
{
  TdRowPrivate *priv = td_row_get_instance_private (self);

  g_clear_pointer (&priv->copy, g_free);
  if (td_snapshot_is_delta (snapshot))
    {
      priv->copy = copy_info (TD_ROW_GET_CLASS (self), info);
      priv->info = priv->copy;
      g_clear_pointer (&priv->snapshot, td_snapshot_unref);
    }
  else
    {
      priv->info = info;
      if (priv->snapshot != snapshot)
        {
          g_clear_pointer (&priv->snapshot, td_snapshot_unref);
          priv->snapshot = td_snapshot_ref (snapshot);
        }
    }
}

static void
td_row_finalize (GObject *object)
{
  TdRowPrivate *priv = td_row_get_instance_private (TD_ROW (object));

  g_clear_pointer (&priv->snapshot, td_snapshot_unref);
  g_clear_pointer (&priv->copy, g_free);
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
  hold (self, snapshot, info);
  priv->revision = td_snapshot_get_revision (snapshot);
  if (klass->moved != NULL)
    klass->moved (self, NULL, priv->info, td_snapshot_get_at (snapshot));

  return self;
}

/* Takes the values of @info, emits nothing, and returns whether they differ.
 * They are held anew even where they do not, so that an old whole snapshot is
 * not kept alive by one quiet row. */
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

  hold (self, snapshot, info);

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
