/* td-supervisor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-supervisor.h"

#include <glib/gi18n.h>

/* After so long a person wants to know that nobody knows. */
#define DEADLINE_MS 30000

struct _TdSupervisor
{
  GObject parent_instance;

  TdBackend  *backend; /* (owned) */
  TdPoller   *poller;  /* (owned) */
  TdCentre   *centre;  /* (owned) */
  TdAuditLog *log;     /* (owned) */
  guint       deadline_ms;
  char       *profile;   /* (owned) (nullable) */
  char       *user;      /* (owned) (nullable) */
  char       *extension; /* (owned) (nullable) */
  GHashTable *busy;      /* (owned): agent id (string): an action is under way */
  GHashTable *pausing;   /* (owned): agent id (string): paused from here, and not seen so yet */
};

/* The data of a task. */
typedef struct
{
  TdAction     *action;      /* (owned) */
  TdAuditEntry *entry;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
  guint         deadline_source;
  gboolean      timed_out;
} Doing;

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_QUARK (td_supervisor_error_quark, td_supervisor_error)

G_DEFINE_FINAL_TYPE (TdSupervisor, td_supervisor, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
doing_free (Doing *doing)
{
  g_clear_handle_id (&doing->deadline_source, g_source_remove);
  g_clear_pointer (&doing->action, td_action_free);
  g_clear_pointer (&doing->entry, td_audit_entry_free);
  g_clear_object (&doing->cancellable);
  g_free (doing);
}

static void
td_supervisor_dispose (GObject *object)
{
  TdSupervisor *self = TD_SUPERVISOR (object);

  g_clear_object (&self->backend);
  g_clear_object (&self->poller);
  g_clear_object (&self->centre);
  g_clear_object (&self->log);

  G_OBJECT_CLASS (td_supervisor_parent_class)->dispose (object);
}

static void
td_supervisor_finalize (GObject *object)
{
  TdSupervisor *self = TD_SUPERVISOR (object);

  g_clear_pointer (&self->profile, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->extension, g_free);
  g_clear_pointer (&self->busy, g_hash_table_unref);
  g_clear_pointer (&self->pausing, g_hash_table_unref);

  G_OBJECT_CLASS (td_supervisor_parent_class)->finalize (object);
}

static void
td_supervisor_class_init (TdSupervisorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_supervisor_dispose;
  object_class->finalize = td_supervisor_finalize;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
td_supervisor_init (TdSupervisor *self)
{
  self->deadline_ms = DEADLINE_MS;
  self->log = g_object_ref (td_audit_log_get_default ());
  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pausing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * td_supervisor_new:
 * @backend: has the actions done
 * @poller: shows what came of them
 * @centre: whose agents they are about
 *
 * Returns: (transfer full): a supervisor who writes to the person's own log
 */
TdSupervisor *
td_supervisor_new (TdBackend *backend,
                   TdPoller  *poller,
                   TdCentre  *centre)
{
  TdSupervisor *self;

  g_return_val_if_fail (TD_IS_BACKEND (backend), NULL);
  g_return_val_if_fail (TD_IS_POLLER (poller), NULL);
  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);

  self = g_object_new (TD_TYPE_SUPERVISOR, NULL);
  self->backend = g_object_ref (backend);
  self->poller = g_object_ref (poller);
  self->centre = g_object_ref (centre);

  return self;
}

void
td_supervisor_set_log (TdSupervisor *self,
                       TdAuditLog   *log)
{
  g_return_if_fail (TD_IS_SUPERVISOR (self));
  g_return_if_fail (TD_IS_AUDIT_LOG (log));

  g_set_object (&self->log, log);
}

/**
 * td_supervisor_set_deadline_ms:
 * @self: a supervisor
 * @deadline_ms: milliseconds after which an action without an answer is given up
 */
void
td_supervisor_set_deadline_ms (TdSupervisor *self,
                               guint         deadline_ms)
{
  g_return_if_fail (TD_IS_SUPERVISOR (self));

  self->deadline_ms = deadline_ms;
}

/**
 * td_supervisor_set_profile:
 * @self: a supervisor
 * @profile: (nullable): name of the centre's profile
 * @user: (nullable): the name that the source knows the person by
 *
 * What the log says beside the login name.
 */
void
td_supervisor_set_profile (TdSupervisor *self,
                           const char   *profile,
                           const char   *user)
{
  g_return_if_fail (TD_IS_SUPERVISOR (self));

  g_free (self->profile);
  self->profile = g_strdup (profile);
  g_free (self->user);
  self->user = g_strdup (user);
}

/**
 * td_supervisor_get_extension:
 * @self: a supervisor
 *
 * Returns: (nullable): the supervisor's own phone, as the profile has it or as
 *   it was used last
 */
const char *
td_supervisor_get_extension (TdSupervisor *self)
{
  g_return_val_if_fail (TD_IS_SUPERVISOR (self), NULL);

  return self->extension;
}

void
td_supervisor_set_extension (TdSupervisor *self,
                             const char   *extension)
{
  char *copy;

  g_return_if_fail (TD_IS_SUPERVISOR (self));

  copy = g_strdup (extension);
  g_free (self->extension);
  self->extension = copy;
}

/**
 * td_supervisor_get_actions:
 * @self: a supervisor
 *
 * Returns: bits of the actions that the source permits; none while it does not
 *   answer, for what is seen then is not what is
 */
guint
td_supervisor_get_actions (TdSupervisor *self)
{
  TdHealth health;

  g_return_val_if_fail (TD_IS_SUPERVISOR (self), 0);

  health = td_poller_get_health (self->poller);
  if (health != TD_HEALTH_LIVE && health != TD_HEALTH_STALE)
    return 0;

  return td_backend_get_info (self->backend).actions;
}

/* Whether the agent is paused, or will be as soon as the call is over. */
static gboolean
is_paused (TdSupervisor      *self,
           const TdAgentInfo *info)
{
  if (info->state == TD_AGENT_STATE_PAUSED || info->state == TD_AGENT_STATE_OFFLINE)
    g_hash_table_remove (self->pausing, info->id);

  return info->state == TD_AGENT_STATE_PAUSED || g_hash_table_contains (self->pausing, info->id);
}

/**
 * td_supervisor_get_actions_for:
 * @self: a supervisor
 * @agent: an agent
 *
 * Returns: bits of the actions that the source permits and that make sense for
 *   @agent now
 */
guint
td_supervisor_get_actions_for (TdSupervisor *self,
                               TdAgent      *agent)
{
  const TdAgentInfo *info;
  guint              sensible = 0;

  g_return_val_if_fail (TD_IS_SUPERVISOR (self), 0);
  g_return_val_if_fail (TD_IS_AGENT (agent), 0);

  info = td_agent_get_info (agent);

  if (is_paused (self, info))
    sensible |= TD_ACTION_BIT (TD_ACTION_UNPAUSE);
  else if (info->state != TD_AGENT_STATE_OFFLINE)
    sensible |= TD_ACTION_BIT (TD_ACTION_PAUSE);

  if (info->n_queues < td_roster_get_size (td_centre_get_queues (self->centre)))
    sensible |= TD_ACTION_BIT (TD_ACTION_QUEUE_ADD);
  if (info->n_queues > 0)
    sensible |= TD_ACTION_BIT (TD_ACTION_QUEUE_REMOVE);

  if (info->state == TD_AGENT_STATE_ON_CALL)
    sensible |= TD_ACTION_BIT (TD_ACTION_LISTEN) | TD_ACTION_BIT (TD_ACTION_WHISPER) |
                TD_ACTION_BIT (TD_ACTION_BARGE) | TD_ACTION_BIT (TD_ACTION_HANG_UP);

  return sensible & td_supervisor_get_actions (self);
}

/**
 * td_supervisor_is_busy:
 * @self: a supervisor
 * @agent: an agent
 *
 * Returns: whether an action on @agent is under way
 */
gboolean
td_supervisor_is_busy (TdSupervisor *self,
                       TdAgent      *agent)
{
  g_return_val_if_fail (TD_IS_SUPERVISOR (self), FALSE);
  g_return_val_if_fail (TD_IS_AGENT (agent), FALSE);

  return g_hash_table_contains (self->busy, td_agent_get_id (agent));
}

/* Whether an action that failed so may have been done all the same. */
static gboolean
is_uncertain (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TIMEOUT) ||
         g_error_matches (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNREACHABLE);
}

/* What a person is told of a failure. */
static GError *
describe_failure (TdSupervisor *self,
                  const Doing  *doing,
                  const GError *error)
{
  if (!is_uncertain (error))
    return g_error_copy (error);

  if (doing->timed_out)
    return g_error_new (TD_SUPERVISOR_ERROR, TD_SUPERVISOR_ERROR_UNKNOWN,
                        _ ("No answer within %u seconds: whether it was done is not known"),
                        (self->deadline_ms + 999) / 1000);

  /* Translators: %s is why there was no answer. */
  return g_error_new (TD_SUPERVISOR_ERROR, TD_SUPERVISOR_ERROR_UNKNOWN,
                      _ ("No answer, so whether it was done is not known: %s"), error->message);
}

static void
note_pausing (TdSupervisor   *self,
              const TdAction *action)
{
  if (action->kind == TD_ACTION_PAUSE && action->queue == NULL)
    g_hash_table_add (self->pausing, g_strdup (action->agent));
  else if (action->kind == TD_ACTION_UNPAUSE)
    g_hash_table_remove (self->pausing, action->agent);
}

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdSupervisor *self = g_task_get_source_object (task);
  Doing        *doing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) told = NULL;
  g_autoptr (GError) log_error = NULL;
  gboolean done = td_backend_act_finish (TD_BACKEND (object), result, &error);

  g_clear_handle_id (&doing->deadline_source, g_source_remove);
  g_hash_table_remove (self->busy, doing->action->agent);

  if (done)
    note_pausing (self, doing->action);
  else
    told = describe_failure (self, doing, error);

  doing->entry->at = g_get_real_time ();
  doing->entry->result = done ? TD_AUDIT_DONE : is_uncertain (error) ? TD_AUDIT_UNKNOWN
                                                                     : TD_AUDIT_FAILED;
  if (told != NULL)
    doing->entry->error = g_strdup (told->message);

  if (!td_audit_log_append (self->log, doing->entry, &log_error) && done)
    told = g_error_new (TD_SUPERVISOR_ERROR, TD_SUPERVISOR_ERROR_LOG_RESULT,
                        _ ("It was done, but the log of actions could not be written: %s"), log_error->message);

  /* The screen shows what came of it, or what there is instead. */
  td_poller_poll_now (self->poller);
  g_signal_emit (self, signals[CHANGED], 0);

  if (told != NULL)
    g_task_return_error (task, g_steal_pointer (&told));
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Doing *doing = user_data;

  doing->deadline_source = 0;
  doing->timed_out = TRUE;
  g_cancellable_cancel (doing->cancellable);

  return G_SOURCE_REMOVE;
}

static Doing *
doing_new (TdSupervisor   *self,
           const TdAction *action)
{
  Doing   *doing = g_new0 (Doing, 1);
  TdAgent *agent = td_centre_find_agent (self->centre, action->agent);
  TdQueue *queue = action->queue != NULL ? td_centre_find_queue (self->centre, action->queue) : NULL;

  doing->action = td_action_copy (action);
  doing->cancellable = g_cancellable_new ();
  doing->entry = td_audit_entry_new (action, agent != NULL ? td_agent_get_info (agent)->name : NULL);
  if (queue != NULL)
    doing->entry->queue_name = g_strdup (td_queue_get_info (queue)->name);
  doing->entry->profile = g_strdup (self->profile);
  doing->entry->user = g_strdup (self->user);
  doing->entry->source = td_backend_get_title (self->backend);

  return doing;
}

/**
 * td_supervisor_act_async:
 * @self: a supervisor
 * @action: what to do; read before this returns
 * @callback: called in the main context of the caller
 * @user_data: data for @callback
 *
 * Writes @action to the log, has it done once, writes what came of it, and
 * asks the source for its state. What was begun is finished whatever becomes
 * of the caller. One action an agent at a time.
 */
void
td_supervisor_act_async (TdSupervisor       *self,
                         const TdAction     *action,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  Doing *doing;

  g_return_if_fail (TD_IS_SUPERVISOR (self));
  g_return_if_fail (action != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, td_supervisor_act_async);

  if (!td_action_check (action, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (g_hash_table_contains (self->busy, action->agent))
    {
      g_task_return_new_error (task, TD_SUPERVISOR_ERROR, TD_SUPERVISOR_ERROR_BUSY,
                               _ ("Another action on this agent is under way"));
      return;
    }

  doing = doing_new (self, action);
  g_task_set_task_data (task, doing, (GDestroyNotify)doing_free);

  if (!td_audit_log_append (self->log, doing->entry, &error))
    {
      g_task_return_new_error (task, TD_SUPERVISOR_ERROR, TD_SUPERVISOR_ERROR_LOG,
                               /* Translators: a file’s path, and why. */
                               _ ("Nothing was sent, since the log of actions %s cannot be written: %s"),
                               td_audit_log_get_path (self->log), error->message);
      return;
    }

  if (action->extension != NULL)
    td_supervisor_set_extension (self, action->extension);
  g_hash_table_add (self->busy, g_strdup (action->agent));
  doing->deadline_source = g_timeout_add (self->deadline_ms, deadline_cb, doing);
  td_backend_act_async (self->backend, doing->action, doing->cancellable, acted_cb, g_object_ref (task));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * td_supervisor_act_finish:
 * @self: a supervisor
 * @result: the result
 * @error: return location; %TD_SUPERVISOR_ERROR, or the backend's with the
 *   source's own words
 *
 * Returns: whether it was done, and written down
 */
gboolean
td_supervisor_act_finish (TdSupervisor *self,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (TD_IS_SUPERVISOR (self), FALSE);
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
