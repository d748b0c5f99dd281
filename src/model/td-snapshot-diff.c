/* td-snapshot-diff.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-snapshot-diff.h"

static guint
diff_queues (TdSnapshot        *from,
             TdSnapshot        *to,
             TdSnapshotBuilder *builder)
{
  g_autoptr (GHashTable) old = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter     iter;
  gpointer           id;
  guint              n_from, n_to;
  guint              n_changes = 0;
  const TdQueueInfo *from_rows = td_snapshot_get_queues (from, &n_from);
  const TdQueueInfo *to_rows = td_snapshot_get_queues (to, &n_to);

  for (guint i = 0; i < n_from; i++)
    g_hash_table_insert (old, (gpointer)from_rows[i].id, (gpointer)&from_rows[i]);

  for (guint i = 0; i < n_to; i++)
    {
      const TdQueueInfo *row = g_hash_table_lookup (old, to_rows[i].id);

      if (row == NULL || !td_queue_info_equal (row, &to_rows[i]))
        {
          td_snapshot_builder_add_queue (builder, &to_rows[i]);
          n_changes++;
        }
      if (row != NULL)
        g_hash_table_remove (old, to_rows[i].id);
    }

  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      td_snapshot_builder_add_gone_queue (builder, id);
      n_changes++;
    }

  return n_changes;
}

static guint
diff_agents (TdSnapshot        *from,
             TdSnapshot        *to,
             TdSnapshotBuilder *builder)
{
  g_autoptr (GHashTable) old = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter     iter;
  gpointer           id;
  guint              n_from, n_to;
  guint              n_changes = 0;
  const TdAgentInfo *from_rows = td_snapshot_get_agents (from, &n_from);
  const TdAgentInfo *to_rows = td_snapshot_get_agents (to, &n_to);

  for (guint i = 0; i < n_from; i++)
    g_hash_table_insert (old, (gpointer)from_rows[i].id, (gpointer)&from_rows[i]);

  for (guint i = 0; i < n_to; i++)
    {
      const TdAgentInfo *row = g_hash_table_lookup (old, to_rows[i].id);

      if (row == NULL || !td_agent_info_equal (row, &to_rows[i]))
        {
          td_snapshot_builder_add_agent (builder, &to_rows[i]);
          n_changes++;
        }
      if (row != NULL)
        g_hash_table_remove (old, to_rows[i].id);
    }

  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      td_snapshot_builder_add_gone_agent (builder, id);
      n_changes++;
    }

  return n_changes;
}

static guint
diff_callers (TdSnapshot        *from,
              TdSnapshot        *to,
              TdSnapshotBuilder *builder)
{
  g_autoptr (GHashTable) old = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter      iter;
  gpointer            id;
  guint               n_from, n_to;
  guint               n_changes = 0;
  const TdCallerInfo *from_rows = td_snapshot_get_callers (from, &n_from);
  const TdCallerInfo *to_rows = td_snapshot_get_callers (to, &n_to);

  for (guint i = 0; i < n_from; i++)
    g_hash_table_insert (old, (gpointer)from_rows[i].id, (gpointer)&from_rows[i]);

  for (guint i = 0; i < n_to; i++)
    {
      const TdCallerInfo *row = g_hash_table_lookup (old, to_rows[i].id);

      if (row == NULL || !td_caller_info_equal (row, &to_rows[i]))
        {
          td_snapshot_builder_add_caller (builder, &to_rows[i]);
          n_changes++;
        }
      if (row != NULL)
        g_hash_table_remove (old, to_rows[i].id);
    }

  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      td_snapshot_builder_add_gone_caller (builder, id);
      n_changes++;
    }

  return n_changes;
}

static gboolean
is_same_centre (const TdCentreInfo *a,
                const TdCentreInfo *b)
{
  return a == b || (a != NULL && b != NULL && td_centre_info_equal (a, b));
}

/**
 * td_snapshot_diff:
 * @from: a whole state
 * @to: a later whole state of the same instance
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the delta from @from to @to, of the
 *   revision and time of @to, or %NULL where nothing but those differs
 */
TdSnapshot *
td_snapshot_diff (TdSnapshot *from,
                  TdSnapshot *to)
{
  g_autoptr (TdSnapshotBuilder) builder = NULL;
  const TdCentreInfo *centre;
  guint               n_changes = 0;

  g_return_val_if_fail (from != NULL && !td_snapshot_is_delta (from), NULL);
  g_return_val_if_fail (to != NULL && !td_snapshot_is_delta (to), NULL);

  builder = td_snapshot_builder_new ();
  td_snapshot_builder_set_revision (builder, td_snapshot_get_revision (to), td_snapshot_get_instance (to));
  td_snapshot_builder_set_base (builder, td_snapshot_get_revision (from));
  td_snapshot_builder_set_at (builder, td_snapshot_get_at (to));

  centre = td_snapshot_get_centre (to);
  if (centre != NULL && !is_same_centre (td_snapshot_get_centre (from), centre))
    {
      td_snapshot_builder_set_centre (builder, centre);
      n_changes++;
    }
  n_changes += diff_queues (from, to, builder);
  n_changes += diff_agents (from, to, builder);
  n_changes += diff_callers (from, to, builder);

  return n_changes > 0 ? td_snapshot_builder_end (g_steal_pointer (&builder)) : NULL;
}
