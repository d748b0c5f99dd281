/* td-centre.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-centre.h"

#include <math.h>

#include "td-clock.h"
#include "td-agent-private.h"
#include "td-roster-private.h"
#include "td-time.h"

#define DEFAULT_SERVICE_LEVEL_MS 20000
#define DEFAULT_SERVICE_LEVEL_TARGET 0.8

/* A snapshot whose time differs by more from what the clock expects moved the
 * clock; less is the network's jitter. */
#define MAX_JITTER_US (2 * G_USEC_PER_SEC)

/* How fast the clock yields to later snapshots, per microsecond: the quickest
 * answer of the last minutes sets it. */
#define CLOCK_YIELD 0.001

struct _TdCentre
{
  GObject parent_instance;

  TdSnapshot  *centre_snapshot; /* (owned) (nullable): holds @info */
  TdCentreInfo info;
  char        *instance; /* (owned) (nullable) */
  gint64       revision;
  gboolean     forgotten; /* whatever comes whole is the state */
  gint64       at;
  gint64       clock_offset;     /* the source's clock minus td_clock_get(), µs */
  gint64       clock_set;        /* td_clock_get() at the last correction */
  GTimeZone   *timezone;         /* (owned) */
  TdRoster    *queues;           /* (owned) */
  TdRoster    *agents;           /* (owned) */
  TdRoster    *callers;          /* (owned) */
  GHashTable  *callers_by_queue; /* (owned) (nullable): queue id (string) -> GPtrArray of TdCaller */
  GHashTable  *agents_by_queue;  /* (owned) (nullable): queue id (string) -> GPtrArray of TdAgent */
  GPtrArray   *nobody;           /* (owned): always empty */

  TdServiceLevelFormula formula;
  double                target; /* in the place of the source's, or NAN */
};

enum {
  PROP_0,
  PROP_SERVICE_LEVEL_FORMULA,
  PROP_SERVICE_LEVEL_TARGET,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdCentre, td_centre, G_TYPE_OBJECT)

G_DEFINE_QUARK (td - model - error - quark, td_model_error)

static guint       signals[N_SIGNALS];
static GParamSpec *properties[N_PROPS];

static void
td_centre_finalize (GObject *object)
{
  TdCentre *self = TD_CENTRE (object);

  g_clear_pointer (&self->callers_by_queue, g_hash_table_unref);
  g_clear_pointer (&self->agents_by_queue, g_hash_table_unref);
  g_clear_pointer (&self->nobody, g_ptr_array_unref);
  g_clear_object (&self->queues);
  g_clear_object (&self->agents);
  g_clear_object (&self->callers);
  g_clear_pointer (&self->timezone, g_time_zone_unref);
  g_clear_pointer (&self->centre_snapshot, td_snapshot_unref);
  g_clear_pointer (&self->instance, g_free);

  G_OBJECT_CLASS (td_centre_parent_class)->finalize (object);
}

static void
td_centre_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  TdCentre *self = TD_CENTRE (object);

  switch (prop_id)
    {
    case PROP_SERVICE_LEVEL_FORMULA:
      g_value_set_uint (value, self->formula);
      break;

    case PROP_SERVICE_LEVEL_TARGET:
      g_value_set_double (value, self->target);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_centre_class_init (TdCentreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_centre_finalize;
  object_class->get_property = td_centre_get_property;

  properties[PROP_SERVICE_LEVEL_FORMULA] =
    g_param_spec_uint ("service-level-formula", NULL, NULL,
                       0, TD_N_SERVICE_LEVEL_FORMULAS - 1, TD_SERVICE_LEVEL_LIVE,
                       (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  properties[PROP_SERVICE_LEVEL_TARGET] =
    g_param_spec_double ("service-level-target", NULL, NULL,
                         0, 1, 0,
                         (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
td_centre_init (TdCentre *self)
{
  self->revision = TD_UNKNOWN;
  self->at = TD_UNKNOWN;
  self->target = NAN;
  self->timezone = g_time_zone_new_local ();
  self->queues = td_roster_new (TD_TYPE_QUEUE);
  self->agents = td_roster_new (TD_TYPE_AGENT);
  self->callers = td_roster_new (TD_TYPE_CALLER);
  self->nobody = g_ptr_array_new ();
  td_centre_info_init (&self->info);
}

/**
 * td_centre_new:
 *
 * Returns: (transfer full): a centre of which nothing is known yet
 */
TdCentre *
td_centre_new (void)
{
  return g_object_new (TD_TYPE_CENTRE, NULL);
}

static gboolean
follows (TdCentre   *self,
         TdSnapshot *snapshot,
         gboolean   *new_instance,
         GError    **error)
{
  const char *instance = td_snapshot_get_instance (snapshot);
  gint64      revision = td_snapshot_get_revision (snapshot);
  gboolean    same_instance = g_strcmp0 (instance, self->instance) == 0;

  *new_instance = self->revision != TD_UNKNOWN && !same_instance;

  if (self->forgotten && !td_snapshot_is_delta (snapshot))
    {
      *new_instance = TRUE;
      return TRUE;
    }

  if (td_snapshot_is_delta (snapshot))
    {
      gint64 base = td_snapshot_get_base (snapshot);

      if (self->revision == TD_UNKNOWN || !same_instance || base != self->revision)
        {
          g_set_error (error, TD_MODEL_ERROR, TD_MODEL_ERROR_BASE,
                       "the change starts from revision %" G_GINT64_FORMAT ", but revision %" G_GINT64_FORMAT " is held",
                       base, self->revision);
          return FALSE;
        }
    }

  /* Without an instance a lower revision may be a source that started anew,
   * which only a later time tells from an old answer. */
  if (self->revision != TD_UNKNOWN && same_instance && revision < self->revision &&
      (instance != NULL || td_snapshot_get_at (snapshot) <= self->at))
    {
      g_set_error (error, TD_MODEL_ERROR, TD_MODEL_ERROR_OLD,
                   "revision %" G_GINT64_FORMAT " is older than revision %" G_GINT64_FORMAT ", which is held",
                   revision, self->revision);
      return FALSE;
    }

  if (instance == NULL && same_instance && revision < self->revision)
    *new_instance = TRUE;

  return TRUE;
}

/* The snapshot with the shortest way here is the best judge of the source's
 * clock, so the clock follows the earliest arrivals and forgets them slowly. */
static void
set_clock (TdCentre *self,
           gint64    at,
           gboolean  is_first)
{
  gint64 now = td_clock_get ();
  gint64 offset = at - now;

  if (is_first || ABS (offset - self->clock_offset) > MAX_JITTER_US)
    self->clock_offset = offset;
  else
    {
      gint64 yielded = self->clock_offset - (gint64)((now - self->clock_set) * CLOCK_YIELD);

      self->clock_offset = MAX (offset, yielded);
    }
  self->clock_set = now;
}

static gboolean
apply_info (TdCentre   *self,
            TdSnapshot *snapshot)
{
  const TdCentreInfo *info = td_snapshot_get_centre (snapshot);
  g_autoptr (GTimeZone) zone = NULL;

  if (info == NULL)
    return FALSE;

  if (self->centre_snapshot != NULL && td_centre_info_equal (info, &self->info))
    {
      /* The row moves to the newer snapshot, so that the older one can go. */
      td_snapshot_ref (snapshot);
      td_snapshot_unref (self->centre_snapshot);
      self->centre_snapshot = snapshot;
      self->info = *info;
      return FALSE;
    }

  if (info->timezone != NULL)
    zone = g_time_zone_new_identifier (info->timezone);
  if (zone == NULL)
    {
      if (info->timezone != NULL)
        g_message ("Time zone \"%s\" is not known here; the local one is used", info->timezone);
      zone = g_time_zone_new_local ();
    }
  g_time_zone_unref (self->timezone);
  self->timezone = g_steal_pointer (&zone);

  g_clear_pointer (&self->centre_snapshot, td_snapshot_unref);
  self->centre_snapshot = td_snapshot_ref (snapshot);
  self->info = *info;

  return TRUE;
}

/* The lists by queue are made when they are asked for, and dropped when they
 * may have changed. */
static void
drop_lists (TdCentre        *self,
            const TdChanges *changes)
{
  gboolean moved = changes->agents_added->len > 0 || changes->agents_removed->len > 0;

  for (guint i = 0; i < changes->agents_changed->len; i++)
    moved |= td_agent_take_queues_changed (g_ptr_array_index (changes->agents_changed, i));
  for (guint i = 0; i < changes->agents_added->len; i++)
    td_agent_take_queues_changed (g_ptr_array_index (changes->agents_added, i));
  if (moved)
    g_clear_pointer (&self->agents_by_queue, g_hash_table_unref);

  if (changes->callers_added->len + changes->callers_changed->len + changes->callers_removed->len > 0)
    g_clear_pointer (&self->callers_by_queue, g_hash_table_unref);
}

static void
add_to_list (GHashTable *lists,
             const char *queue_id,
             gpointer    row)
{
  GPtrArray *list = g_hash_table_lookup (lists, queue_id);

  if (list == NULL)
    {
      list = g_ptr_array_new ();
      g_hash_table_insert (lists, g_strdup (queue_id), list);
    }
  g_ptr_array_add (list, row);
}

static void
tell_changed (GPtrArray *changed)
{
  for (guint i = 0; i < changed->len; i++)
    td_row_emit_changed (g_ptr_array_index (changed, i));
}

/**
 * td_centre_apply:
 * @self: a centre
 * @snapshot: what the source said
 * @error: return location
 *
 * Brings the centre up to date, and emits TdCentre::changed once.
 *
 * Returns: %FALSE with a %TD_MODEL_ERROR, and nothing changed, where @snapshot
 *   does not follow the state that is held
 */
gboolean
td_centre_apply (TdCentre   *self,
                 TdSnapshot *snapshot,
                 GError    **error)
{
  g_autoptr (GPtrArray) arrays = NULL;
  TdChanges   changes = { 0 };
  GPtrArray **members[] = {
    &changes.queues_added, &changes.queues_changed, &changes.queues_removed,
    &changes.agents_added, &changes.agents_changed, &changes.agents_removed,
    &changes.callers_added, &changes.callers_changed, &changes.callers_removed
  };
  gconstpointer      rows;
  const char *const *gone;
  guint              n_rows, n_gone;

  g_return_val_if_fail (TD_IS_CENTRE (self), FALSE);
  g_return_val_if_fail (snapshot != NULL, FALSE);

  if (!follows (self, snapshot, &changes.new_instance, error))
    return FALSE;

  g_object_ref (self);
  arrays = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      *members[i] = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (arrays, *members[i]);
    }

  set_clock (self, td_snapshot_get_at (snapshot), self->revision == TD_UNKNOWN || changes.new_instance);
  self->revision = td_snapshot_get_revision (snapshot);
  self->at = td_snapshot_get_at (snapshot);
  self->forgotten = FALSE;
  if (g_strcmp0 (self->instance, td_snapshot_get_instance (snapshot)) != 0)
    {
      g_free (self->instance);
      self->instance = g_strdup (td_snapshot_get_instance (snapshot));
    }
  changes.centre_changed = apply_info (self, snapshot);

  rows = td_snapshot_get_queues (snapshot, &n_rows);
  gone = td_snapshot_get_gone_queues (snapshot, &n_gone);
  td_roster_update (self->queues, snapshot, rows, n_rows, sizeof (TdQueueInfo), gone, n_gone,
                    changes.queues_added, changes.queues_changed, changes.queues_removed);

  rows = td_snapshot_get_agents (snapshot, &n_rows);
  gone = td_snapshot_get_gone_agents (snapshot, &n_gone);
  td_roster_update (self->agents, snapshot, rows, n_rows, sizeof (TdAgentInfo), gone, n_gone,
                    changes.agents_added, changes.agents_changed, changes.agents_removed);

  rows = td_snapshot_get_callers (snapshot, &n_rows);
  gone = td_snapshot_get_gone_callers (snapshot, &n_gone);
  td_roster_update (self->callers, snapshot, rows, n_rows, sizeof (TdCallerInfo), gone, n_gone,
                    changes.callers_added, changes.callers_changed, changes.callers_removed);

  drop_lists (self, &changes);
  tell_changed (changes.queues_changed);
  tell_changed (changes.agents_changed);
  tell_changed (changes.callers_changed);
  g_signal_emit (self, signals[CHANGED], 0, &changes);
  g_object_unref (self);

  return TRUE;
}

/**
 * td_centre_forget_revision:
 * @self: a centre
 *
 * Takes the next whole snapshot as it is, as from a source that started anew:
 * for a source whose revision went back for good. What is shown stays until then.
 */
void
td_centre_forget_revision (TdCentre *self)
{
  g_return_if_fail (TD_IS_CENTRE (self));

  self->forgotten = TRUE;
}

/**
 * td_centre_is_empty:
 * @self: a centre
 *
 * Returns: whether no snapshot was applied yet
 */
gboolean
td_centre_is_empty (TdCentre *self)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), TRUE);

  return self->revision == TD_UNKNOWN;
}

gint64
td_centre_get_revision (TdCentre *self)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), TD_UNKNOWN);

  return self->revision;
}

const char *
td_centre_get_instance (TdCentre *self)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), NULL);

  return self->instance;
}

/**
 * td_centre_get_at:
 * @self: a centre
 *
 * Returns: the time of the last snapshot by the source's clock, µs since 1970, or %TD_UNKNOWN
 */
gint64
td_centre_get_at (TdCentre *self)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), TD_UNKNOWN);

  return self->at;
}

/**
 * td_centre_get_now:
 * @self: a centre
 *
 * What the source's clock shows now: the time of the last snapshots, carried on
 * by td_clock_get(), so that ages tick between two polls and
 * neither clock's setting matters.
 *
 * Returns: µs since 1970, or %TD_UNKNOWN before the first snapshot
 */
gint64
td_centre_get_now (TdCentre *self)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), TD_UNKNOWN);

  if (self->at == TD_UNKNOWN)
    return TD_UNKNOWN;

  return self->clock_offset + td_clock_get ();
}

/**
 * td_centre_get_timezone:
 * @self: a centre
 *
 * Returns: (transfer none): the zone that the centre's day follows
 */
GTimeZone *
td_centre_get_timezone (TdCentre *self)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), NULL);

  return self->timezone;
}

const TdCentreInfo *
td_centre_get_info (TdCentre *self)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), NULL);

  return &self->info;
}

TdRoster *
td_centre_get_queues (TdCentre *self)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), NULL);

  return self->queues;
}

TdRoster *
td_centre_get_agents (TdCentre *self)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), NULL);

  return self->agents;
}

TdRoster *
td_centre_get_callers (TdCentre *self)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), NULL);

  return self->callers;
}

TdQueue *
td_centre_find_queue (TdCentre   *self,
                      const char *id)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), NULL);

  return td_roster_find (self->queues, id);
}

TdAgent *
td_centre_find_agent (TdCentre   *self,
                      const char *id)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), NULL);

  return td_roster_find (self->agents, id);
}

/**
 * td_centre_get_queue_callers:
 * @self: a centre
 * @queue_id: id of a queue
 *
 * Returns: (transfer none) (element-type TdCaller): who waits there, valid until the centre changes
 */
GPtrArray *
td_centre_get_queue_callers (TdCentre   *self,
                             const char *queue_id)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), NULL);
  g_return_val_if_fail (queue_id != NULL, NULL);

  GPtrArray *list;

  if (self->callers_by_queue == NULL)
    {
      self->callers_by_queue = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                      (GDestroyNotify)g_ptr_array_unref);
      for (guint i = 0; i < td_roster_get_size (self->callers); i++)
        {
          TdCaller *caller = td_roster_get (self->callers, i);

          if (td_caller_get_info (caller)->queue != NULL)
            add_to_list (self->callers_by_queue, td_caller_get_info (caller)->queue, caller);
        }
    }

  list = g_hash_table_lookup (self->callers_by_queue, queue_id);

  return list != NULL ? list : self->nobody;
}

/**
 * td_centre_get_queue_agents:
 * @self: a centre
 * @queue_id: id of a queue
 *
 * Returns: (transfer none) (element-type TdAgent): the agents with that queue,
 *   in whatever state, valid until the centre changes
 */
GPtrArray *
td_centre_get_queue_agents (TdCentre   *self,
                            const char *queue_id)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), NULL);
  g_return_val_if_fail (queue_id != NULL, NULL);

  GPtrArray *list;

  if (self->agents_by_queue == NULL)
    {
      self->agents_by_queue = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                     (GDestroyNotify)g_ptr_array_unref);
      for (guint i = 0; i < td_roster_get_size (self->agents); i++)
        {
          TdAgent           *agent = td_roster_get (self->agents, i);
          const TdAgentInfo *info = td_agent_get_info (agent);

          for (guint j = 0; j < info->n_queues; j++)
            add_to_list (self->agents_by_queue, info->queues[j], agent);
        }
    }

  list = g_hash_table_lookup (self->agents_by_queue, queue_id);

  return list != NULL ? list : self->nobody;
}

/**
 * td_centre_get_service_level_ms:
 * @self: a centre
 * @queue: (nullable): a queue, or the whole centre
 *
 * Returns: the T in force, ms: the queue's, else the centre's, else 20 s
 */
gint64
td_centre_get_service_level_ms (TdCentre *self,
                                TdQueue  *queue)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), DEFAULT_SERVICE_LEVEL_MS);

  if (queue != NULL && TD_IS_KNOWN (td_queue_get_info (queue)->service_level_ms))
    return td_queue_get_info (queue)->service_level_ms;

  return TD_IS_KNOWN (self->info.service_level_ms) ? self->info.service_level_ms : DEFAULT_SERVICE_LEVEL_MS;
}

/**
 * td_centre_get_service_level_target:
 * @self: a centre
 * @queue: (nullable): a queue, or the whole centre
 *
 * Returns: the target in force, 0…1: our own, else the queue's, else the centre's, else 0.8
 */
double
td_centre_get_service_level_target (TdCentre *self,
                                    TdQueue  *queue)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), DEFAULT_SERVICE_LEVEL_TARGET);

  if (!isnan (self->target))
    return self->target;
  if (queue != NULL && !isnan (td_queue_get_info (queue)->service_level_target))
    return td_queue_get_info (queue)->service_level_target;

  return !isnan (self->info.service_level_target) ? self->info.service_level_target : DEFAULT_SERVICE_LEVEL_TARGET;
}

TdServiceLevelFormula
td_centre_get_service_level_formula (TdCentre *self)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), TD_SERVICE_LEVEL_LIVE);

  return self->formula;
}

void
td_centre_set_service_level_formula (TdCentre             *self,
                                     TdServiceLevelFormula formula)
{
  g_return_if_fail (TD_IS_CENTRE (self));
  g_return_if_fail ((guint)formula < TD_N_SERVICE_LEVEL_FORMULAS);

  if (self->formula == formula)
    return;

  self->formula = formula;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVICE_LEVEL_FORMULA]);
}

/**
 * td_centre_get_own_service_level_target:
 * @self: a centre
 *
 * Returns: the target that was set here, 0…1, or NAN where the source's is in force
 */
double
td_centre_get_own_service_level_target (TdCentre *self)
{
  g_return_val_if_fail (TD_IS_CENTRE (self), NAN);

  return self->target;
}

/**
 * td_centre_set_service_level_target:
 * @self: a centre
 * @target: 0…1, which goes before what the source says of the centre and of
 *   each queue; or NAN for the source's own
 */
void
td_centre_set_service_level_target (TdCentre *self,
                                    double    target)
{
  g_return_if_fail (TD_IS_CENTRE (self));
  g_return_if_fail (isnan (target) || (target >= 0 && target <= 1));

  if (self->target == target || (isnan (self->target) && isnan (target)))
    return;

  self->target = target;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVICE_LEVEL_TARGET]);
}
