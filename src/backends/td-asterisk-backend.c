/* td-asterisk-backend.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-asterisk-backend.h"

#include <glib/gi18n.h>

#include "td-ami-listener.h"
#include "td-ami-session.h"
#include "td-ami-sign-in.h"
#include "td-ami-silence.h"
#include "td-asterisk-actions.h"
#include "td-asterisk-fetch.h"
#include "td-asterisk-tracker.h"

/* However quiet it is, the lists are fetched so often: an event is a hint. */
#define MAX_WAIT_MS 5000

/* And so often until the first event proves that events come at all. */
#define DEAF_WAIT_MS 1000
#define LEAST_GAP_MS 100

/* A restart ends the session, so within one the start is known for long; and
 * clocks drift slowly. */
#define RARELY_US (60 * G_TIME_SPAN_SECOND)

struct _TdAsteriskBackend
{
  GObject parent_instance;

  TdConnection       *connection; /* (owned) */
  TdAsteriskSettings *settings;   /* (owned) */
  TdAmiSession       *session;    /* (owned) */
  TdAmiListener      *listener;   /* (owned) */
  TdAsteriskTracker  *tracker;    /* (owned): one poll at a time has it */

  GTask *poll;   /* (unowned) (nullable): the one that runs */
  GTask *queued; /* (owned) (nullable): begins when the cancelled one before it has ended */

  gboolean     signed_in;
  guint        n_logins;    /* of the session, when it was signed in to */
  TdAmiServer *server;      /* (owned) (nullable): as of the last time that it was signed in to */
  char        *missing;     /* (owned) (nullable) */
  char        *title;       /* (owned) */
  GBytes      *core_status; /* (owned) (nullable) */
  guint        n_failed_takes;

  TdAmiSilence silence;

  /* By the monotonic clock, µs. */
  gint64 rarely_at;
  gint64 last_fetch;
};

/* One poll: the data of its task. */
typedef struct
{
  gint64             since;
  char              *instance; /* (owned) (nullable) */
  guint              wait_s;
  guint              n_logins;
  GPtrArray         *events; /* (owned) (nullable) (element-type GBytes) */
  gboolean           events_lost;
  TdAsteriskFetched *fetched; /* (owned) (nullable) */
  gboolean           rarely;  /* what seldom changes is asked for too */
} Poll;

/* What the thread gets. The tracker is the backend's, which lives until the
 * thread's answer was heard. */
typedef struct
{
  TdAsteriskTracker *tracker;
  TdAsteriskPoll     poll;
  gint64             since;
  char              *instance;
} Take;

static void td_asterisk_backend_iface_init (TdBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TdAsteriskBackend,
                               td_asterisk_backend,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_BACKEND, td_asterisk_backend_iface_init))

static void begin_poll (TdAsteriskBackend *self,
                        GTask             *task);
static void sign_in (GTask *task);
static void hear (GTask *task);
static void fetch (GTask *task);
static void take (GTask *task);

static void
poll_free (Poll *poll)
{
  g_free (poll->instance);
  g_clear_pointer (&poll->events, g_ptr_array_unref);
  g_clear_pointer (&poll->fetched, td_asterisk_fetched_free);
  g_free (poll);
}

static void
take_free (Take *data)
{
  g_clear_pointer (&data->poll.events, g_ptr_array_unref);
  g_clear_pointer (&data->poll.queue_status, g_bytes_unref);
  g_clear_pointer (&data->poll.status, g_bytes_unref);
  g_clear_pointer (&data->poll.core_status, g_bytes_unref);
  g_clear_pointer (&data->poll.zone, g_time_zone_unref);
  g_free (data->instance);
  g_free (data);
}

static void
describe_missing (TdAsteriskBackend *self)
{
  g_free (self->missing);
  self->missing = td_ami_rights_describe_missing (&self->server->rights, !td_ami_silence_is_sure (&self->silence));
}

/* The poll is over, in whatever way; the one that waited for it may begin. */
static void
end_poll (GTask *task)
{
  TdAsteriskBackend *self = g_task_get_source_object (task);
  Poll              *poll = g_task_get_task_data (task);
  g_autoptr (GTask) queued = g_steal_pointer (&self->queued);

  if (poll->events != NULL)
    td_ami_listener_give_back (self->listener, poll->events, poll->events_lost);
  g_clear_pointer (&poll->events, g_ptr_array_unref);

  self->poll = NULL;
  if (queued != NULL)
    begin_poll (self, queued);
}

static void
fail (GTask  *task,
      GError *error)
{
  end_poll (task);
  g_task_return_error (task, error);
}

/* The server knows the session no more: it was restarted, or somebody ended
 * it. Once in a poll that is mended. */
static void
sign_in_again (GTask *task)
{
  TdAsteriskBackend *self = g_task_get_source_object (task);
  Poll              *poll = g_task_get_task_data (task);

  self->signed_in = FALSE;

  if (poll->n_logins > 0)
    fail (task, g_error_new_literal (TD_BACKEND_ERROR, TD_BACKEND_ERROR_SERVER,
                                     _ ("Asterisk accepts the user and forgets the session at once: "
                                        "does something in between drop cookies?")));
  else
    sign_in (task);
}

static void
signed_in_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdAsteriskBackend *self = g_task_get_source_object (task);
  GError            *error = NULL;
  TdAmiServer       *server = td_ami_sign_in_finish (self->session, result, &error);

  if (server == NULL)
    {
      fail (task, error);
      return;
    }

  /* From here on events are heard, and those of before may be missing. */
  td_ami_listener_begin (self->listener);
  self->n_logins = td_ami_session_get_n_logins (self->session);

  g_clear_pointer (&self->server, td_ami_server_free);
  g_clear_pointer (&self->core_status, g_bytes_unref);
  self->server = server;
  self->signed_in = TRUE;
  self->silence = (TdAmiSilence){ 0 };
  describe_missing (self);

  hear (task);
}

static void
sign_in (GTask *task)
{
  TdAsteriskBackend *self = g_task_get_source_object (task);
  Poll              *poll = g_task_get_task_data (task);

  poll->n_logins++;
  poll->wait_s = 0;
  td_ami_sign_in_async (self->session, g_task_get_cancellable (task), signed_in_cb, g_object_ref (task));
}

static void
listened_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdAsteriskBackend *self = g_task_get_source_object (task);
  GError            *error = NULL;
  gboolean           denied;

  if (td_ami_listener_listen_finish (self->listener, result, &denied, &error))
    fetch (task);
  else if (denied)
    sign_in_again (task);
  else
    fail (task, error);
}

static void
hear (GTask *task)
{
  TdAsteriskBackend *self = g_task_get_source_object (task);
  Poll              *poll = g_task_get_task_data (task);
  gint64             now = g_get_monotonic_time ();
  gint64             gap_ms = MAX (self->settings->min_gap_ms, LEAST_GAP_MS);
  gint64             not_before = MAX (now, self->last_fetch + gap_ms * G_TIME_SPAN_MILLISECOND);
  gint64             wait_ms = MIN ((gint64)poll->wait_s * 1000,
                        td_ami_listener_get_heard (self->listener) ? MAX_WAIT_MS : DEAF_WAIT_MS);
  gint64             until = now + wait_ms * G_TIME_SPAN_MILLISECOND;
  gint64             change = td_asterisk_tracker_get_next_change (self->tracker);

  if (change != TD_UNKNOWN)
    until = CLAMP (change - self->server->clock_offset, now, until);

  td_ami_listener_listen_async (self->listener, not_before, until, g_task_get_cancellable (task), listened_cb,
                                g_object_ref (task));
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdAsteriskBackend *self = g_task_get_source_object (task);
  Poll              *poll = g_task_get_task_data (task);
  GError            *error = NULL;

  poll->fetched = td_asterisk_fetch_finish (self->session, result, &error);
  if (poll->fetched == NULL)
    {
      fail (task, error);
      return;
    }

  /* With digest a new nonce is a new session, without a word. */
  if (poll->fetched->denied || self->n_logins != td_ami_session_get_n_logins (self->session))
    {
      g_clear_pointer (&poll->fetched, td_asterisk_fetched_free);
      sign_in_again (task);
      return;
    }

  if (poll->rarely)
    {
      self->rarely_at = g_get_monotonic_time ();
      g_clear_pointer (&self->core_status, g_bytes_unref);
      self->core_status = g_steal_pointer (&poll->fetched->core_status);
    }

  poll->events = td_ami_listener_take (self->listener, &poll->events_lost);
  td_ami_silence_notice (&self->silence, td_ami_listener_get_heard (self->listener), poll->fetched->queue_status);
  describe_missing (self);
  take (task);
}

static void
fetch (GTask *task)
{
  TdAsteriskBackend *self = g_task_get_source_object (task);
  Poll              *poll = g_task_get_task_data (task);
  gint64             now = g_get_monotonic_time ();

  poll->rarely = (self->core_status == NULL && self->server->rights.core_status) || now - self->rarely_at > RARELY_US;
  self->last_fetch = now;
  td_asterisk_fetch_async (self->session, self->server, poll->rarely, g_task_get_cancellable (task), fetched_cb,
                           g_object_ref (task));
}

static void
take_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Take       *data = task_data;
  GError     *error = NULL;
  TdSnapshot *snapshot = td_asterisk_tracker_take (data->tracker, &data->poll, data->since, data->instance, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, snapshot, (GDestroyNotify)td_snapshot_unref);
}

static void
taken_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdAsteriskBackend *self = g_task_get_source_object (task);
  Poll              *poll = g_task_get_task_data (task);
  GError            *error = NULL;
  TdSnapshot        *snapshot = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL)
    {
      /* It may have been the list, or the events: these get a second chance. */
      if (++self->n_failed_takes > 1)
        {
          g_ptr_array_set_size (poll->events, 0);
          poll->events_lost = TRUE;
        }
      fail (task, error);
      return;
    }

  self->n_failed_takes = 0;
  g_clear_pointer (&poll->events, g_ptr_array_unref);
  end_poll (task);
  g_task_return_pointer (task, snapshot, (GDestroyNotify)td_snapshot_unref);
}

/* The thread gets bytes and the tracker alone: libsoup's objects belong to
 * this one, and the poll's task holds the backend until the thread is done. */
static void
take (GTask *task)
{
  TdAsteriskBackend *self = g_task_get_source_object (task);
  Poll              *poll = g_task_get_task_data (task);
  g_autoptr (GTask) worker = g_task_new (NULL, NULL, taken_cb, g_object_ref (task));
  Take *data = g_new0 (Take, 1);

  data->tracker = self->tracker;
  data->since = poll->since;
  data->instance = g_strdup (poll->instance);
  data->poll.events = g_ptr_array_ref (poll->events);
  data->poll.events_lost = poll->events_lost;
  data->poll.queue_status = g_bytes_ref (poll->fetched->queue_status);
  data->poll.status = poll->fetched->status != NULL ? g_bytes_ref (poll->fetched->status) : NULL;
  data->poll.core_status = self->core_status != NULL ? g_bytes_ref (self->core_status) : NULL;
  data->poll.zone = self->server->zone != NULL ? g_time_zone_ref (self->server->zone) : NULL;
  data->poll.at = poll->fetched->asked + self->server->clock_offset;

  g_task_set_source_tag (worker, take);
  g_task_set_task_data (worker, data, (GDestroyNotify)take_free);
  g_task_run_in_thread (worker, take_in_thread);
}

static void
begin_poll (TdAsteriskBackend *self,
            GTask             *task)
{
  if (g_task_return_error_if_cancelled (task))
    return;

  self->poll = task;
  if (self->signed_in)
    hear (task);
  else
    sign_in (task);
}

static char *
td_asterisk_backend_get_title (TdBackend *backend)
{
  return g_strdup (TD_ASTERISK_BACKEND (backend)->title);
}

static void
td_asterisk_backend_poll_async (TdBackend           *backend,
                                const TdPollRequest *request,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  TdAsteriskBackend *self = TD_ASTERISK_BACKEND (backend);
  Poll              *poll = g_new0 (Poll, 1);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  poll->since = request->since;
  poll->instance = g_strdup (request->instance);
  poll->wait_s = request->wait_s;
  g_task_set_source_tag (task, td_asterisk_backend_poll_async);
  g_task_set_task_data (task, poll, (GDestroyNotify)poll_free);

  /* The one before was cancelled, but may not have ended yet. */
  if (self->poll == NULL)
    begin_poll (self, task);
  else if (self->queued == NULL)
    self->queued = g_steal_pointer (&task);
  else
    {
      g_autoptr (GTask) given_up = g_steal_pointer (&self->queued);

      self->queued = g_steal_pointer (&task);
      g_task_return_new_error (given_up, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
    }
}

static TdPollResult *
td_asterisk_backend_poll_finish (TdBackend    *backend,
                                 GAsyncResult *result,
                                 GError      **error)
{
  Poll *poll = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) own_error = NULL;
  TdSnapshot *snapshot = g_task_propagate_pointer (G_TASK (result), &own_error);

  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return NULL;
    }

  return td_poll_result_new (snapshot, poll->wait_s > 0);
}

static TdSourceInfo
td_asterisk_backend_get_info (TdBackend *backend)
{
  TdAsteriskBackend *self = TD_ASTERISK_BACKEND (backend);

  TdSourceInfo info = {
    .security = td_connection_get_security (self->connection),
    .tls = td_ami_session_get_tls (self->session),
    .reached = td_ami_session_get_reached (self->session),
    .signed_in = self->signed_in,
    .missing = self->missing,
  };

  if (self->server != NULL)
    {
      info.server = self->server->name;
      info.rights = self->server->rights.text;
      info.actions = self->server->rights.actions;
    }

  return info;
}

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (td_asterisk_act_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* In a session of its own: what it hears of its own call, the poll need not. */
static void
td_asterisk_backend_act_async (TdBackend          *backend,
                               const TdAction     *action,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  TdAsteriskBackend *self = TD_ASTERISK_BACKEND (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (TdAmiSession) session = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, td_asterisk_backend_act_async);

  if (self->server != NULL && self->server->rights.known &&
      (self->server->rights.actions & TD_ACTION_BIT (action->kind)) == 0)
    {
      g_task_return_new_error (task, TD_BACKEND_ERROR, TD_BACKEND_ERROR_REFUSED,
                               _ ("The manager user may not do this"));
      return;
    }

  session = td_ami_session_new (self->connection, self->settings->digest, &error);
  if (session == NULL)
    g_task_return_error (task, error);
  else
    td_asterisk_act_async (session, action, self->connection->secret, cancellable, acted_cb, g_object_ref (task));
}

static gboolean
td_asterisk_backend_act_finish (TdBackend    *backend,
                                GAsyncResult *result,
                                GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
td_asterisk_backend_iface_init (TdBackendInterface *iface)
{
  iface->get_title = td_asterisk_backend_get_title;
  iface->poll_async = td_asterisk_backend_poll_async;
  iface->poll_finish = td_asterisk_backend_poll_finish;
  iface->get_info = td_asterisk_backend_get_info;
  iface->act_async = td_asterisk_backend_act_async;
  iface->act_finish = td_asterisk_backend_act_finish;
}

static void
td_asterisk_backend_dispose (GObject *object)
{
  TdAsteriskBackend *self = (TdAsteriskBackend *)object;

  if (self->listener != NULL)
    td_ami_listener_stop (self->listener);
  if (self->session != NULL && self->signed_in)
    td_ami_session_logoff (self->session);
  g_clear_object (&self->listener);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (td_asterisk_backend_parent_class)->dispose (object);
}

static void
td_asterisk_backend_finalize (GObject *object)
{
  TdAsteriskBackend *self = (TdAsteriskBackend *)object;

  g_clear_pointer (&self->tracker, td_asterisk_tracker_free);
  g_clear_pointer (&self->settings, td_asterisk_settings_unref);
  g_clear_pointer (&self->connection, td_connection_free);
  g_clear_pointer (&self->core_status, g_bytes_unref);
  g_clear_pointer (&self->server, td_ami_server_free);
  g_clear_pointer (&self->missing, g_free);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (td_asterisk_backend_parent_class)->finalize (object);
}

static void
td_asterisk_backend_class_init (TdAsteriskBackendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_asterisk_backend_dispose;
  object_class->finalize = td_asterisk_backend_finalize;
}

static void
td_asterisk_backend_init (TdAsteriskBackend *self)
{
}

TdBackend *
td_asterisk_backend_new (const TdConnection *connection,
                         TdAsteriskSettings *settings,
                         GError            **error)
{
  g_autoptr (TdAsteriskBackend) self = NULL;
  g_autoptr (TdAmiSession) session = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (settings != NULL, NULL);

  session = td_ami_session_new (connection, settings->digest, error);
  if (session == NULL)
    return NULL;

  self = g_object_new (TD_TYPE_ASTERISK_BACKEND, NULL);
  self->connection = td_connection_copy (connection);
  self->settings = td_asterisk_settings_ref (settings);
  self->listener = td_ami_listener_new (session);
  self->session = g_steal_pointer (&session);
  self->tracker = td_asterisk_tracker_new (settings);
  self->title = td_connection_dup_base_url (connection, NULL);

  return TD_BACKEND (g_steal_pointer (&self));
}
