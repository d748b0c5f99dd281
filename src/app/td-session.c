/* td-session.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-session.h"

#include <math.h>

#include "td-alert-rules-file.h"
#include "td-demo-child.h"
#include "td-file-watch.h"
#include "td-history-place.h"
#include "td-supervision-backend.h"

#define DAYS_OF_YEAR 366

struct _TdSession
{
  GObject parent_instance;

  TdProfile     *profile; /* (owned) (nullable): of a centre that was named on the command line there is none */
  char          *secret;  /* (owned) (nullable): in the place of the one that is kept */
  char         **options; /* (owned) (nullable): of the simulated centre */
  gboolean       is_demo;
  TdBackend     *backend; /* (owned) (nullable): given, not made from the profile */
  TdDemoChild   *child;   /* (owned) (nullable) */
  TdWatch       *watch;   /* (owned) (nullable) */
  TdFileWatch   *rules;   /* (owned) (nullable): the file that people may write too */
  char          *passing; /* (owned) (nullable): a history that goes with the watch */
  TdSecretsPlace secret_place;
  gboolean       has_failed;
  GCancellable  *cancellable; /* (owned) (nullable): of the start under way */
};

enum {
  WATCHING,
  FAILED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdSession, td_session, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
fail (TdSession       *self,
      TdSessionFailure failure,
      const char      *message)
{
  self->has_failed = TRUE;
  g_signal_emit (self, signals[FAILED], 0, failure, message);
}

/* A file that cannot be read leaves the rules before it in force, those of a
 * first start at first: a centre without alerts would look as if all were well. */
static void
judge_alerts (TdSession *self)
{
  TdAlertDesk     *desk = td_watch_get_alerts (self->watch);
  g_autofree char *path = td_alert_rules_file_get_path (self->profile->name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rules = td_alert_rules_file_load (path, &error);

  if (rules != NULL)
    td_alert_desk_set_rules (desk, rules);
  else
    {
      g_message ("Other rules stay in force: %s", error->message);
      td_alert_desk_refuse_rules (desk, error->message);
    }
  td_alert_desk_set_hours (desk, self->profile->opens, self->profile->closes);
}

/* How the numbers are judged is ours alone: the source is not asked. Nor is it
 * where the log of actions says which centre it was, and whose phone. */
static void
judge (TdSession *self)
{
  TdCentre     *centre;
  TdSupervisor *supervisor;
  TdHistory    *history;

  if (self->watch == NULL || self->profile == NULL)
    return;

  centre = td_watch_get_centre (self->watch);
  td_centre_set_service_level_formula (centre, self->profile->formula);
  td_centre_set_service_level_target (centre, self->profile->service_level_target);

  history = td_watch_get_history (self->watch);
  if (history != NULL)
    td_history_set_retention (history, self->profile->history_years * DAYS_OF_YEAR,
                              self->profile->history_span_days, self->profile->history_sample_days);
  td_agent_judge_set_rules (td_watch_get_judge (self->watch), self->profile->agent_rules);
  td_outlook_set_own_days (td_watch_get_outlook (self->watch), self->profile->holidays);
  td_outlook_set_hours (td_watch_get_outlook (self->watch), self->profile->opens, self->profile->closes);
  judge_alerts (self);

  supervisor = td_watch_get_supervisor (self->watch);
  td_supervisor_set_profile (supervisor, self->profile->name,
                             self->profile->connection != NULL ? self->profile->connection->user : NULL);
  if (self->profile->extension != NULL)
    td_supervisor_set_extension (supervisor, self->profile->extension);
}

/* One program keeps a history, and one watch of it. */
static void
end_watch (TdSession *self)
{
  g_autoptr (TdWatch) old = g_steal_pointer (&self->watch);

  g_clear_object (&self->rules);
  if (old != NULL)
    {
      td_watch_stop (old);
      if (td_watch_get_history (old) != NULL)
        td_history_close (td_watch_get_history (old));
    }
  if (self->passing != NULL)
    td_history_place_remove_passing (self->passing);
  g_clear_pointer (&self->passing, g_free);
}

/* The past of the simulated centre is made up, and a centre that was named on
 * the command line may be another one tomorrow. */
static char *
make_history_place (TdSession *self)
{
  if (self->profile != NULL && !self->is_demo)
    return td_history_place_make (self->profile->name);

  self->passing = td_history_place_make_passing ();

  return g_strdup (self->passing);
}

static void
watch_rules (TdSession *self)
{
  g_autofree char *path = NULL;

  if (self->profile == NULL)
    return;

  path = td_alert_rules_file_get_path (self->profile->name);
  self->rules = td_file_watch_new (path);
  g_signal_connect_object (self->rules, "changed", G_CALLBACK (judge_alerts), self, G_CONNECT_SWAPPED);
}

static void
watch (TdSession *self,
       TdBackend *backend)
{
  g_autofree char *place = NULL;

  end_watch (self);
  place = make_history_place (self);
  self->has_failed = FALSE;
  self->watch = td_watch_new (backend, place);
  if (place != NULL)
    td_history_set_max_bytes (td_watch_get_history (self->watch), TD_HISTORY_PLACE_MAX_BYTES);
  watch_rules (self);
  judge (self);
  g_signal_emit (self, signals[WATCHING], 0);
  td_watch_start (self->watch);
}

static void
child_failed_cb (TdSession  *self,
                 const char *message)
{
  fail (self, TD_SESSION_FAILURE_DEMO, message);
}

static void
child_started_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (TdSession) self = user_data;
  TdDemoChild *child = TD_DEMO_CHILD (object);
  g_autoptr (TdBackend) backend = NULL;
  g_autoptr (GError) error = NULL;

  if (td_demo_child_start_finish (child, result, &error))
    backend = td_supervision_backend_new (td_demo_child_get_url (child), td_demo_child_get_token (child), &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || child != self->child)
    return;

  if (backend != NULL)
    watch (self, backend);
  else
    fail (self, TD_SESSION_FAILURE_DEMO, error->message);
}

static void
start_child (TdSession *self)
{
  self->child = td_demo_child_new ();
  g_signal_connect_object (self->child, "failed", G_CALLBACK (child_failed_cb), self, G_CONNECT_SWAPPED);
  td_demo_child_start_async (self->child, (const char *const *)self->options, self->cancellable,
                             child_started_cb, g_object_ref (self));
}

static void
watch_profile (TdSession  *self,
               const char *secret)
{
  g_autoptr (TdProfile) complete = td_profile_copy (self->profile);
  g_autoptr (TdBackend) backend = NULL;
  g_autoptr (GError) error = NULL;

  g_free (complete->connection->secret);
  complete->connection->secret = g_strdup (secret);
  backend = td_profile_create_backend (complete, &error);
  if (backend != NULL)
    watch (self, backend);
  else
    fail (self, TD_SESSION_FAILURE_PROFILE, error->message);
}

static void
secret_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdSession) self = user_data;
  g_autoptr (GError) error = NULL;
  TdSecretsPlace place;
  char          *secret = td_secrets_lookup_finish (result, &place, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      td_secrets_free (secret);
      return;
    }
  /* Without its secret the source says itself that it refuses. */
  if (error != NULL)
    g_message ("The secret of the profile %s cannot be read: %s", self->profile->name, error->message);

  self->secret_place = place;
  watch_profile (self, secret);
  td_secrets_free (secret);
}

static void
give_up_start (TdSession *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->child != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->child, self);
      td_demo_child_stop (self->child);
    }
  g_clear_object (&self->child);
}

static void
td_session_dispose (GObject *object)
{
  td_session_stop (TD_SESSION (object));

  G_OBJECT_CLASS (td_session_parent_class)->dispose (object);
}

static void
td_session_finalize (GObject *object)
{
  TdSession *self = TD_SESSION (object);

  g_clear_object (&self->backend);
  g_clear_pointer (&self->profile, td_profile_free);
  g_clear_pointer (&self->secret, td_secrets_free);
  g_clear_pointer (&self->options, g_strfreev);

  G_OBJECT_CLASS (td_session_parent_class)->finalize (object);
}

static void
td_session_class_init (TdSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_session_dispose;
  object_class->finalize = td_session_finalize;

  signals[WATCHING] =
    g_signal_new ("watching",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  signals[FAILED] =
    g_signal_new ("failed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
}

static void
td_session_init (TdSession *self)
{
}

/**
 * td_session_new:
 * @profile: the centre to watch; copied
 * @secret: (nullable): in the place of the secret that is kept
 *
 * Returns: (transfer full): a session that is not started yet
 */
TdSession *
td_session_new (const TdProfile *profile,
                const char      *secret)
{
  TdSession *self;

  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (TD_TYPE_SESSION, NULL);
  self->profile = td_profile_copy (profile);
  self->secret = g_strdup (secret);
  self->is_demo = profile->kind == TD_PROFILE_DEMO;

  return self;
}

/**
 * td_session_new_for_demo:
 * @options: (nullable) (array zero-terminated=1): options of the simulated centre
 *
 * Returns: (transfer full): a session without a profile
 */
TdSession *
td_session_new_for_demo (const char *const *options)
{
  TdSession *self = g_object_new (TD_TYPE_SESSION, NULL);

  self->options = g_strdupv ((char **)options);
  self->is_demo = TRUE;

  return self;
}

/**
 * td_session_new_for_backend:
 * @backend: what is watched
 *
 * Returns: (transfer full): a session without a profile
 */
TdSession *
td_session_new_for_backend (TdBackend *backend)
{
  TdSession *self;

  g_return_val_if_fail (TD_IS_BACKEND (backend), NULL);

  self = g_object_new (TD_TYPE_SESSION, NULL);
  self->backend = g_object_ref (backend);

  return self;
}

/**
 * td_session_start:
 * @self: a session
 *
 * Starts, or starts anew what failed; the numbers of a watch that there is
 * stay until there is another.
 */
void
td_session_start (TdSession *self)
{
  g_return_if_fail (TD_IS_SESSION (self));

  give_up_start (self);
  self->has_failed = FALSE;
  self->cancellable = g_cancellable_new ();

  if (self->backend != NULL)
    watch (self, self->backend);
  else if (self->is_demo)
    start_child (self);
  else if (self->secret != NULL)
    watch_profile (self, self->secret);
  else
    td_secrets_lookup_async (self->profile->name, self->cancellable, secret_cb, g_object_ref (self));
}

/**
 * td_session_stop:
 * @self: a session
 *
 * Ends the watch and the simulated centre, without a signal.
 */
void
td_session_stop (TdSession *self)
{
  g_return_if_fail (TD_IS_SESSION (self));

  give_up_start (self);
  end_watch (self);
}

/**
 * td_session_get_watch:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the watch, once there is one
 */
TdWatch *
td_session_get_watch (TdSession *self)
{
  g_return_val_if_fail (TD_IS_SESSION (self), NULL);

  return self->watch;
}

/**
 * td_session_get_profile:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): its profile, without the secret
 */
const TdProfile *
td_session_get_profile (TdSession *self)
{
  g_return_val_if_fail (TD_IS_SESSION (self), NULL);

  return self->profile;
}

gboolean
td_session_is_demo (TdSession *self)
{
  g_return_val_if_fail (TD_IS_SESSION (self), FALSE);

  return self->is_demo;
}

/**
 * td_session_has_failed:
 * @self: a session
 *
 * Returns: whether TdSession::failed was emitted since the last start
 */
gboolean
td_session_has_failed (TdSession *self)
{
  g_return_val_if_fail (TD_IS_SESSION (self), FALSE);

  return self->has_failed;
}

/**
 * td_session_get_secret_place:
 * @self: a session
 *
 * Returns: where the secret was found when the watch began
 */
TdSecretsPlace
td_session_get_secret_place (TdSession *self)
{
  g_return_val_if_fail (TD_IS_SESSION (self), TD_SECRETS_NONE);

  return self->secret_place;
}

static gboolean
same_queues (GPtrArray *a,
             GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      const TdProfileQueue *x = g_ptr_array_index (a, i);
      const TdProfileQueue *y = g_ptr_array_index (b, i);

      if (g_strcmp0 (x->id, y->id) != 0 || g_strcmp0 (x->name, y->name) != 0 ||
          g_strcmp0 (x->hotline, y->hotline) != 0 || g_strcmp0 (x->reason, y->reason) != 0 ||
          g_strcmp0 (x->area, y->area) != 0 || x->wrap_up_ms != y->wrap_up_ms)
        return FALSE;
    }

  return TRUE;
}

/* Whether the same backend would be made of both. */
static gboolean
same_source (const TdProfile *a,
             const TdProfile *b)
{
  const TdConnection *x = a->connection;
  const TdConnection *y = b->connection;

  return a->kind == b->kind && a->digest == b->digest && a->min_gap_ms == b->min_gap_ms &&
         a->service_level_ms == b->service_level_ms && a->short_abandon_ms == b->short_abandon_ms &&
         /* An Asterisk has no target of its own: its backend tells ours. */
         (a->kind != TD_PROFILE_ASTERISK || isnan (a->service_level_target) == isnan (b->service_level_target)) &&
         g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->timezone, b->timezone) == 0 &&
         g_strcmp0 (a->agents_file, b->agents_file) == 0 && a->wrap_up_ms == b->wrap_up_ms &&
         same_queues (a->queues, b->queues) &&
         g_strcmp0 (x->url, y->url) == 0 && g_strcmp0 (x->user, y->user) == 0 &&
         g_strcmp0 (x->ca_file, y->ca_file) == 0 && g_strcmp0 (x->pin_sha256, y->pin_sha256) == 0 &&
         x->allow_plain == y->allow_plain;
}

/**
 * td_session_set_profile:
 * @self: a session with a profile
 * @profile: the same profile with other settings; copied
 *
 * Takes effect at once: the watch is made anew where the source is concerned.
 */
void
td_session_set_profile (TdSession       *self,
                        const TdProfile *profile)
{
  gboolean same;

  g_return_if_fail (TD_IS_SESSION (self));
  g_return_if_fail (profile != NULL);
  g_return_if_fail (self->profile != NULL && self->profile->kind == profile->kind);

  same = self->is_demo || same_source (self->profile, profile);
  if (self->profile != profile)
    {
      td_profile_free (self->profile);
      self->profile = td_profile_copy (profile);
    }

  if (same && !self->has_failed)
    judge (self);
  else
    td_session_start (self);
}
