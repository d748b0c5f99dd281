/* td-snapshot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-snapshot.h"

#include <math.h>
#include <string.h>

struct _TdSnapshot
{
  gatomicrefcount ref_count;

  GStringChunk *strings; /* (owned): every string of the rows */
  gint64        revision;
  gint64        base; /* TD_UNKNOWN in a full snapshot */
  gint64        at;
  const char   *instance;
  gboolean      has_centre;
  TdCentreInfo  centre;
  TdRelease    *releases;    /* (owned) (nullable): the centre's */
  GArray       *queues;      /* (owned) (element-type TdQueueInfo) */
  GArray       *agents;      /* (owned) (element-type TdAgentInfo) */
  GArray       *callers;     /* (owned) (element-type TdCallerInfo) */
  GPtrArray    *queue_lists; /* (owned) (element-type const char **): the agents' lists of queues */
  GPtrArray    *gone[3];     /* (owned) (element-type const char *): queues, agents, callers */
};

struct _TdSnapshotBuilder
{
  TdSnapshot *snapshot; /* (owned) */
  GHashTable *lists;    /* lists of queues seen before, so that equal ones are kept once */
};

enum {
  GONE_QUEUES,
  GONE_AGENTS,
  GONE_CALLERS,
};

G_DEFINE_BOXED_TYPE (TdSnapshot, td_snapshot, td_snapshot_ref, td_snapshot_unref)

#define COUNTS_FIELD(member, name, is_ms)           \
  {                                                 \
    name, G_STRUCT_OFFSET (TdCounts, member), is_ms \
  }

const TdCountsField td_counts_fields[TD_N_COUNTS_FIELDS] = {
  COUNTS_FIELD (offered, "offered", FALSE),
  COUNTS_FIELD (answered, "answered", FALSE),
  COUNTS_FIELD (answered_in_time, "answered_in_time", FALSE),
  COUNTS_FIELD (abandoned, "abandoned", FALSE),
  COUNTS_FIELD (abandoned_in_time, "abandoned_in_time", FALSE),
  COUNTS_FIELD (short_abandoned, "short_abandoned", FALSE),
  COUNTS_FIELD (flowed_out, "flowed_out", FALSE),
  COUNTS_FIELD (wait_ms, "wait_seconds", TRUE),
  COUNTS_FIELD (talk_ms, "talk_seconds", TRUE),
  COUNTS_FIELD (hold_ms, "hold_seconds", TRUE),
  COUNTS_FIELD (wrap_up_ms, "wrap_up_seconds", TRUE),
  COUNTS_FIELD (max_wait_ms, "max_wait_seconds", TRUE),
};

/**
 * td_snapshot_ref:
 * @self: a snapshot
 *
 * Returns: (transfer full): @self
 */
TdSnapshot *
td_snapshot_ref (TdSnapshot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * td_snapshot_unref:
 * @self: (transfer full): a snapshot
 *
 * Drops a reference; with the last one go all rows and strings. Any thread.
 */
void
td_snapshot_unref (TdSnapshot *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_string_chunk_free (self->strings);
  g_free (self->releases);
  g_array_unref (self->queues);
  g_array_unref (self->agents);
  g_array_unref (self->callers);
  g_ptr_array_unref (self->queue_lists);
  for (guint i = 0; i < G_N_ELEMENTS (self->gone); i++)
    g_ptr_array_unref (self->gone[i]);
  g_free (self);
}

gint64
td_snapshot_get_revision (TdSnapshot *self)
{
  g_return_val_if_fail (self != NULL, TD_UNKNOWN);

  return self->revision;
}

/**
 * td_snapshot_get_base:
 * @self: a snapshot
 *
 * Returns: the revision that a delta starts from, or %TD_UNKNOWN for a whole state
 */
gint64
td_snapshot_get_base (TdSnapshot *self)
{
  g_return_val_if_fail (self != NULL, TD_UNKNOWN);

  return self->base;
}

gboolean
td_snapshot_is_delta (TdSnapshot *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->base != TD_UNKNOWN;
}

/**
 * td_snapshot_get_instance:
 * @self: a snapshot
 *
 * Returns: (nullable): opaque; another one tells that the source started anew
 */
const char *
td_snapshot_get_instance (TdSnapshot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->instance;
}

/**
 * td_snapshot_get_at:
 * @self: a snapshot
 *
 * Returns: when the source looked, by its own clock, µs since 1970
 */
gint64
td_snapshot_get_at (TdSnapshot *self)
{
  g_return_val_if_fail (self != NULL, TD_UNKNOWN);

  return self->at;
}

/**
 * td_snapshot_get_centre:
 * @self: a snapshot
 *
 * Returns: (nullable): the centre's row, %NULL in a delta that does not change it
 */
const TdCentreInfo *
td_snapshot_get_centre (TdSnapshot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->has_centre ? &self->centre : NULL;
}

const TdQueueInfo *
td_snapshot_get_queues (TdSnapshot *self,
                        guint      *n_queues)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_queues != NULL, NULL);

  *n_queues = self->queues->len;

  return (const TdQueueInfo *)(gpointer)self->queues->data;
}

const TdAgentInfo *
td_snapshot_get_agents (TdSnapshot *self,
                        guint      *n_agents)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_agents != NULL, NULL);

  *n_agents = self->agents->len;

  return (const TdAgentInfo *)(gpointer)self->agents->data;
}

const TdCallerInfo *
td_snapshot_get_callers (TdSnapshot *self,
                         guint      *n_callers)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_callers != NULL, NULL);

  *n_callers = self->callers->len;

  return (const TdCallerInfo *)(gpointer)self->callers->data;
}

static const char *const *
get_gone (TdSnapshot *self,
          guint       kind,
          guint      *n_gone)
{
  *n_gone = self->gone[kind]->len;

  return (const char *const *)self->gone[kind]->pdata;
}

const char *const *
td_snapshot_get_gone_queues (TdSnapshot *self,
                             guint      *n_gone)
{
  g_return_val_if_fail (self != NULL && n_gone != NULL, NULL);

  return get_gone (self, GONE_QUEUES, n_gone);
}

const char *const *
td_snapshot_get_gone_agents (TdSnapshot *self,
                             guint      *n_gone)
{
  g_return_val_if_fail (self != NULL && n_gone != NULL, NULL);

  return get_gone (self, GONE_AGENTS, n_gone);
}

const char *const *
td_snapshot_get_gone_callers (TdSnapshot *self,
                              guint      *n_gone)
{
  g_return_val_if_fail (self != NULL && n_gone != NULL, NULL);

  return get_gone (self, GONE_CALLERS, n_gone);
}

/* Lists of queue ids are few and shared by many agents, so each distinct one
 * is kept once. */
static guint
hash_list (gconstpointer key)
{
  guint hash = 5381;

  for (const char *const *id = key; *id != NULL; id++)
    hash = hash * 33 + g_str_hash (*id);

  return hash;
}

static gboolean
equal_list (gconstpointer a,
            gconstpointer b)
{
  const char *const *x = a;
  const char *const *y = b;

  for (; *x != NULL && *y != NULL; x++, y++)
    {
      if (*x != *y && strcmp (*x, *y) != 0)
        return FALSE;
    }

  return *x == *y;
}

/**
 * td_snapshot_builder_new:
 *
 * Starts a snapshot: whole, of revision 0, at an unknown time, until told otherwise.
 *
 * Returns: (transfer full): a builder, ended by td_snapshot_builder_end() or freed
 */
TdSnapshotBuilder *
td_snapshot_builder_new (void)
{
  TdSnapshotBuilder *self = g_new0 (TdSnapshotBuilder, 1);
  TdSnapshot        *snapshot = g_new0 (TdSnapshot, 1);

  g_atomic_ref_count_init (&snapshot->ref_count);
  snapshot->strings = g_string_chunk_new (1024);
  snapshot->base = TD_UNKNOWN;
  snapshot->at = TD_UNKNOWN;
  snapshot->queues = g_array_new (FALSE, FALSE, sizeof (TdQueueInfo));
  snapshot->agents = g_array_new (FALSE, FALSE, sizeof (TdAgentInfo));
  snapshot->callers = g_array_new (FALSE, FALSE, sizeof (TdCallerInfo));
  snapshot->queue_lists = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (snapshot->gone); i++)
    snapshot->gone[i] = g_ptr_array_new ();

  self->snapshot = snapshot;
  self->lists = g_hash_table_new (hash_list, equal_list);

  return self;
}

void
td_snapshot_builder_free (TdSnapshotBuilder *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->snapshot, td_snapshot_unref);
  g_clear_pointer (&self->lists, g_hash_table_unref);
  g_free (self);
}

static const char *
keep (TdSnapshotBuilder *self,
      const char        *string)
{
  return string != NULL ? g_string_chunk_insert_const (self->snapshot->strings, string) : NULL;
}

void
td_snapshot_builder_set_revision (TdSnapshotBuilder *self,
                                  gint64             revision,
                                  const char        *instance)
{
  g_return_if_fail (self != NULL && revision >= 0);

  self->snapshot->revision = revision;
  self->snapshot->instance = keep (self, instance);
}

/**
 * td_snapshot_builder_set_base:
 * @self: a builder
 * @base: the revision that the delta starts from, or %TD_UNKNOWN for a whole state
 *
 * Makes the snapshot a delta.
 */
void
td_snapshot_builder_set_base (TdSnapshotBuilder *self,
                              gint64             base)
{
  g_return_if_fail (self != NULL && base >= TD_UNKNOWN);

  self->snapshot->base = base;
}

void
td_snapshot_builder_set_at (TdSnapshotBuilder *self,
                            gint64             at)
{
  g_return_if_fail (self != NULL);

  self->snapshot->at = at;
}

void
td_snapshot_builder_set_centre (TdSnapshotBuilder  *self,
                                const TdCentreInfo *info)
{
  g_return_if_fail (self != NULL && info != NULL);

  TdCentreInfo *row = &self->snapshot->centre;

  *row = *info;
  row->name = keep (self, info->name);
  row->timezone = keep (self, info->timezone);
  row->scenario = keep (self, info->scenario);
  g_free (self->snapshot->releases);
  self->snapshot->releases = g_memdup2 (info->releases, info->n_releases * sizeof *info->releases);
  for (guint i = 0; i < info->n_releases; i++)
    self->snapshot->releases[i].employer = keep (self, info->releases[i].employer);
  row->releases = self->snapshot->releases;
  self->snapshot->has_centre = TRUE;
}

void
td_snapshot_builder_add_queue (TdSnapshotBuilder *self,
                               const TdQueueInfo *info)
{
  g_return_if_fail (self != NULL && info != NULL && info->id != NULL);

  TdQueueInfo row = *info;

  row.id = keep (self, info->id);
  row.name = keep (self, info->name);
  row.hotline = keep (self, info->hotline);
  row.reason = keep (self, info->reason);
  row.area = keep (self, info->area);
  g_array_append_val (self->snapshot->queues, row);
}

static const char *const *
keep_queues (TdSnapshotBuilder *self,
             const TdAgentInfo *info)
{
  g_autofree const char **list = g_new (const char *, info->n_queues + 1);
  const char *const      *known;

  for (guint i = 0; i < info->n_queues; i++)
    list[i] = keep (self, info->queues[i]);
  list[info->n_queues] = NULL;

  known = g_hash_table_lookup (self->lists, list);
  if (known != NULL)
    return known;

  known = list;
  g_hash_table_add (self->lists, list);
  g_ptr_array_add (self->snapshot->queue_lists, g_steal_pointer (&list));

  return known;
}

void
td_snapshot_builder_add_agent (TdSnapshotBuilder *self,
                               const TdAgentInfo *info)
{
  g_return_if_fail (self != NULL && info != NULL && info->id != NULL);
  g_return_if_fail ((guint)info->state < TD_N_AGENT_STATES);
  g_return_if_fail ((guint)info->place < TD_N_PLACES);

  TdAgentInfo row = *info;

  row.id = keep (self, info->id);
  row.name = keep (self, info->name);
  row.team = keep (self, info->team);
  row.employer = keep (self, info->employer);
  row.seat = keep (self, info->seat);
  row.extension = keep (self, info->extension);
  row.reason = keep (self, info->reason);
  row.queues = keep_queues (self, info);
  row.call_queue = keep (self, info->call_queue);
  row.call_number = keep (self, info->call_number);
  row.call_reason = keep (self, info->call_reason);
  row.call_area = keep (self, info->call_area);
  row.shift_name = keep (self, info->shift_name);
  g_array_append_val (self->snapshot->agents, row);
}

void
td_snapshot_builder_add_caller (TdSnapshotBuilder  *self,
                                const TdCallerInfo *info)
{
  g_return_if_fail (self != NULL && info != NULL && info->id != NULL);

  TdCallerInfo row = *info;

  row.id = keep (self, info->id);
  row.queue = keep (self, info->queue);
  row.number = keep (self, info->number);
  row.reason = keep (self, info->reason);
  row.area = keep (self, info->area);
  g_array_append_val (self->snapshot->callers, row);
}

static void
add_gone (TdSnapshotBuilder *self,
          guint              kind,
          const char        *id)
{
  g_ptr_array_add (self->snapshot->gone[kind], (gpointer)keep (self, id));
}

void
td_snapshot_builder_add_gone_queue (TdSnapshotBuilder *self,
                                    const char        *id)
{
  g_return_if_fail (self != NULL && id != NULL);

  add_gone (self, GONE_QUEUES, id);
}

void
td_snapshot_builder_add_gone_agent (TdSnapshotBuilder *self,
                                    const char        *id)
{
  g_return_if_fail (self != NULL && id != NULL);

  add_gone (self, GONE_AGENTS, id);
}

void
td_snapshot_builder_add_gone_caller (TdSnapshotBuilder *self,
                                     const char        *id)
{
  g_return_if_fail (self != NULL && id != NULL);

  add_gone (self, GONE_CALLERS, id);
}

/**
 * td_snapshot_builder_end:
 * @self: (transfer full): a builder
 *
 * Returns: (transfer full): the snapshot; the builder is gone
 */
TdSnapshot *
td_snapshot_builder_end (TdSnapshotBuilder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  TdSnapshot *snapshot = g_steal_pointer (&self->snapshot);

  td_snapshot_builder_free (self);

  return snapshot;
}
