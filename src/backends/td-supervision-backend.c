/* td-supervision-backend.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-supervision-backend.h"

#include <glib/gi18n.h>
#include <string.h>

#include "td-http-answer.h"
#include "td-http-exchange.h"
#include "td-supervision-action.h"
#include "td-supervision-decoder.h"
#include "td-time.h"

/* An answer about an action or a session is a handful of words. */
#define SMALL_BYTES (64 * 1024)
#define TOKEN_BYTES 4096
#define ETAG_BYTES 1024

/* Where the source would not tell what may be done, it is asked again so much
 * later. */
#define SESSION_RETRY_US (30 * G_USEC_PER_SEC)

struct _TdSupervisionBackend
{
  GObject parent_instance;

  TdConnection *connection; /* (owned) */
  char         *base_url;   /* (owned): without a slash at its end */
  char         *token;      /* (owned) (nullable) */
  SoupSession  *session;    /* (owned) */
  guint         retry_after_s;

  /* What was learnt of the source. */
  gboolean             reached;
  gboolean             signed_in;
  char                *tls; /* (owned) (nullable) */
  TdSupervisionSession rights;
  gboolean             rights_known;
  gint64               rights_due;         /* monotonic time from which they may be asked for */
  GCancellable        *rights_cancellable; /* (owned) (nullable): of the request in flight */
  char                *rights_instance;    /* (owned) (nullable): of the source that told them */

  /* Of the last snapshot; worth sending only while that one is held. */
  char  *etag;          /* (owned) (nullable) */
  char  *etag_instance; /* (owned) (nullable) */
  gint64 etag_revision;
};

/* One request on its way: the data of its task. */
typedef struct
{
  SoupMessage *message;     /* (owned) */
  gboolean     conditional; /* 304 is an answer */
  gboolean     intervals;
} Request;

static void td_supervision_backend_iface_init (TdBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TdSupervisionBackend,
                               td_supervision_backend,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_BACKEND, td_supervision_backend_iface_init))

static void
request_free (Request *request)
{
  g_clear_object (&request->message);
  g_free (request);
}

static void
decode_snapshot_in_thread (GTask        *task,
                           gpointer      source_object,
                           gpointer      task_data,
                           GCancellable *cancellable)
{
  GError     *error = NULL;
  TdSnapshot *snapshot = td_supervision_decode_snapshot (task_data, &error);

  if (snapshot != NULL)
    g_task_return_pointer (task, snapshot, (GDestroyNotify)td_snapshot_unref);
  else
    g_task_return_error (task, error);
}

static void
decode_intervals_in_thread (GTask        *task,
                            gpointer      source_object,
                            gpointer      task_data,
                            GCancellable *cancellable)
{
  GError      *error = NULL;
  TdIntervals *intervals = td_supervision_decode_intervals (task_data, &error);

  if (intervals != NULL)
    g_task_return_pointer (task, intervals, (GDestroyNotify)td_intervals_unref);
  else
    g_task_return_error (task, error);
}

static void
decoded_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  GError  *error = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &error);

  if (value == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value,
                           request->intervals ? (GDestroyNotify)td_intervals_unref
                                              : (GDestroyNotify)td_snapshot_unref);
}

/* The thread gets the bytes alone: a task may be freed by the thread that ran
 * it, and libsoup's objects belong to this one. */
static void
decode (GTask  *task,
        GBytes *body)
{
  Request *request = g_task_get_task_data (task);
  g_autoptr (GTask) worker = g_task_new (NULL, NULL, decoded_cb, g_object_ref (task));

  g_task_set_source_tag (worker, decode);
  g_task_set_task_data (worker, body, (GDestroyNotify)g_bytes_unref);
  g_task_run_in_thread (worker, request->intervals ? decode_intervals_in_thread : decode_snapshot_in_thread);
}

static void
return_failure (GTask  *task,
                GBytes *body)
{
  TdSupervisionBackend *self = g_task_get_source_object (task);
  Request              *request = g_task_get_task_data (task);
  guint                 status = soup_message_get_status (request->message);

  if (request->intervals && (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_METHOD_NOT_ALLOWED ||
                             status == SOUP_STATUS_NOT_IMPLEMENTED))
    g_task_return_new_error (task, TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNSUPPORTED,
                             _ ("The source keeps no history"));
  else
    g_task_return_error (task, td_http_answer_to_error (request->message, body, self->token));
}

static gboolean
is_refusal (guint status)
{
  return status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN;
}

/* Notes what the head of an answer tells of the source. */
static void
note_answer (TdSupervisionBackend *self,
             SoupMessage          *message)
{
  if (soup_message_get_status (message) == SOUP_STATUS_NONE)
    return;

  self->reached = TRUE;
  g_free (self->tls);
  self->tls = td_connection_describe_tls (message);
}

/* What may be done is not what was told: it is asked for again. */
static void
forget_rights (TdSupervisionBackend *self)
{
  self->rights_known = FALSE;
  self->rights_due = 0;
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdSupervisionBackend *self = g_task_get_source_object (task);
  Request              *request = g_task_get_task_data (task);
  guint                 status = soup_message_get_status (request->message);
  g_autoptr (GBytes) body = NULL;
  GError *error = NULL;

  body = td_http_exchange_finish (result, &error);
  self->retry_after_s = td_http_answer_get_retry_after (request->message);
  note_answer (self, request->message);

  if (body == NULL)
    g_task_return_error (task, error);
  else if (status == SOUP_STATUS_OK)
    decode (task, g_steal_pointer (&body));
  else if (status == SOUP_STATUS_NOT_MODIFIED && request->conditional)
    g_task_return_pointer (task, NULL, NULL);
  else
    {
      if (is_refusal (status))
        {
          self->signed_in = FALSE;
          forget_rights (self);
        }
      return_failure (task, body);
    }
}

static SoupMessage *
create_message (TdSupervisionBackend *self,
                const char           *method,
                const char           *path)
{
  g_autofree char    *url = g_strconcat (self->base_url, path, NULL);
  SoupMessage        *message = soup_message_new (method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  td_connection_prepare (self->connection, message);
  soup_message_headers_replace (headers, "Accept", "application/json, application/problem+json");

  if (self->token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
    }

  return message;
}

static Request *
request_new (TdSupervisionBackend *self,
             const char           *path)
{
  Request *request = g_new0 (Request, 1);

  request->message = create_message (self, SOUP_METHOD_GET, path);

  return request;
}

/* Sends a request; its task returns the decoded value, or NULL for 304. */
static void
request_send (TdSupervisionBackend *self,
              Request              *request,
              gpointer              source_tag,
              GCancellable         *cancellable,
              GAsyncReadyCallback   callback,
              gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, request, (GDestroyNotify)request_free);

  td_http_exchange_async (self->session, request->message, TD_MAX_BODY, TRUE, cancellable,
                          answered_cb, g_object_ref (task));
}

static void
take_rights (TdSupervisionBackend *self,
             SoupMessage          *message,
             GBytes               *body)
{
  guint status = soup_message_get_status (message);
  g_auto (TdSupervisionSession) rights = { 0 };
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->rights_cancellable);
  note_answer (self, message);

  /* A server that does not know the path takes no actions, which is an answer. */
  if (body != NULL && (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_METHOD_NOT_ALLOWED ||
                       status == SOUP_STATUS_GONE || status == SOUP_STATUS_NOT_IMPLEMENTED))
    self->rights_known = TRUE;
  else if (body != NULL && status == SOUP_STATUS_OK && td_supervision_session_decode (&rights, body, &error))
    self->rights_known = TRUE;
  else
    {
      g_info ("What may be done is not known: %s", error != NULL ? error->message : "no good answer");
      self->rights_due = g_get_monotonic_time () + SESSION_RETRY_US;
    }

  td_supervision_session_clear (&self->rights);
  self->rights = rights;
  rights = (TdSupervisionSession){ 0 };
}

/* The request for the rights keeps no backend alive. */
static void
rights_answered_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (TdSupervisionBackend) self = g_weak_ref_get (weak);
  g_autoptr (GBytes) body = td_http_exchange_finish (result, NULL);

  if (self != NULL && self->session != NULL)
    take_rights (self, SOUP_MESSAGE (object), body);

  g_weak_ref_clear (weak);
  g_free (weak);
}

static void
ask_rights (TdSupervisionBackend *self)
{
  g_autoptr (SoupMessage) message = NULL;
  GWeakRef *weak;

  if (self->rights_known || self->rights_cancellable != NULL || g_get_monotonic_time () < self->rights_due)
    return;

  self->rights_cancellable = g_cancellable_new ();
  message = create_message (self, SOUP_METHOD_GET, "/v1/session");
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  td_http_exchange_async (self->session, message, SMALL_BYTES, TRUE, self->rights_cancellable,
                          rights_answered_cb, weak);
}

static char *
td_supervision_backend_get_title (TdBackend *backend)
{
  TdSupervisionBackend *self = TD_SUPERVISION_BACKEND (backend);

  return g_strdup (self->base_url);
}

static guint
td_supervision_backend_get_retry_after (TdBackend *backend)
{
  TdSupervisionBackend *self = TD_SUPERVISION_BACKEND (backend);

  return self->retry_after_s;
}

static void
td_supervision_backend_poll_async (TdBackend           *backend,
                                   const TdPollRequest *request,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  TdSupervisionBackend *self = TD_SUPERVISION_BACKEND (backend);
  Request              *asked;
  SoupMessageHeaders   *headers;
  g_autofree char      *path = NULL;

  if (TD_IS_KNOWN (request->since))
    path = g_strdup_printf ("/v1/snapshot?since=%" G_GINT64_FORMAT, request->since);

  asked = request_new (self, path != NULL ? path : "/v1/snapshot");
  headers = soup_message_get_request_headers (asked->message);
  self->retry_after_s = 0;

  if (self->etag != NULL && TD_IS_KNOWN (request->since) && request->since == self->etag_revision &&
      g_strcmp0 (request->instance, self->etag_instance) == 0)
    {
      asked->conditional = TRUE;
      soup_message_headers_replace (headers, "If-None-Match", self->etag);

      if (request->wait_s > 0)
        {
          g_autofree char *prefer = g_strdup_printf ("wait=%u", request->wait_s);

          soup_message_headers_replace (headers, "Prefer", prefer);
        }
    }

  request_send (self, asked, td_supervision_backend_poll_async, cancellable, callback, user_data);
}

static void
keep_etag (TdSupervisionBackend *self,
           SoupMessage          *message,
           TdSnapshot           *snapshot)
{
  const char *etag = soup_message_headers_get_one (soup_message_get_response_headers (message), "ETag");

  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->etag_instance, g_free);

  if (etag == NULL || strlen (etag) > ETAG_BYTES)
    return;

  self->etag = g_strdup (etag);
  self->etag_instance = g_strdup (td_snapshot_get_instance (snapshot));
  self->etag_revision = td_snapshot_get_revision (snapshot);
}

static TdPollResult *
td_supervision_backend_poll_finish (TdBackend    *backend,
                                    GAsyncResult *result,
                                    GError      **error)
{
  TdSupervisionBackend *self = TD_SUPERVISION_BACKEND (backend);
  Request              *asked = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) task_error = NULL;
  TdSnapshot *snapshot = g_task_propagate_pointer (G_TASK (result), &task_error);

  if (task_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&task_error));
      return NULL;
    }

  if (snapshot != NULL)
    {
      keep_etag (self, asked->message, snapshot);
      if (g_strcmp0 (self->rights_instance, td_snapshot_get_instance (snapshot)) != 0)
        {
          forget_rights (self);
          g_free (self->rights_instance);
          self->rights_instance = g_strdup (td_snapshot_get_instance (snapshot));
        }
    }
  self->signed_in = TRUE;
  ask_rights (self);

  return td_poll_result_new (snapshot, td_http_answer_held (asked->message));
}

static void
td_supervision_backend_intervals_async (TdBackend          *backend,
                                        gint64              from,
                                        gint64              to,
                                        guint               step_s,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data)
{
  TdSupervisionBackend *self = TD_SUPERVISION_BACKEND (backend);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *from_text = td_time_format (from, utc);
  g_autofree char *to_text = td_time_format (to, utc);
  g_autofree char *from_escaped = g_uri_escape_string (from_text, NULL, FALSE);
  g_autofree char *to_escaped = g_uri_escape_string (to_text, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/v1/intervals?from=%s&to=%s&step=%u", from_escaped, to_escaped, step_s);
  Request         *asked = request_new (self, path);

  asked->intervals = TRUE;
  request_send (self, asked, td_supervision_backend_intervals_async, cancellable, callback, user_data);
}

static TdIntervals *
td_supervision_backend_intervals_finish (TdBackend    *backend,
                                         GAsyncResult *result,
                                         GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static TdSourceInfo
td_supervision_backend_get_info (TdBackend *backend)
{
  TdSupervisionBackend *self = TD_SUPERVISION_BACKEND (backend);

  return (TdSourceInfo){
    .security = td_connection_get_security (self->connection),
    .tls = self->tls,
    .reached = self->reached,
    .signed_in = self->signed_in,
    .server = self->rights.server,
    .rights = self->rights.scope,
    .actions = self->signed_in ? self->rights.actions : 0,
  };
}

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdSupervisionBackend *self = g_task_get_source_object (task);
  SoupMessage          *message = SOUP_MESSAGE (object);
  guint                 status = soup_message_get_status (message);
  g_autoptr (GBytes) body = NULL;
  GError *error = NULL;

  body = td_http_exchange_finish (result, &error);
  note_answer (self, message);

  if (is_refusal (status))
    {
      forget_rights (self);
      ask_rights (self);
    }

  /* That it was done stands in the head of the answer. */
  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    {
      g_clear_error (&error);
      g_task_return_boolean (task, TRUE);
    }
  else if (body == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_error (task, td_supervision_action_to_error (message, body, self->token));
}

static void
td_supervision_backend_act_async (TdBackend          *backend,
                                  const TdAction     *action,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  TdSupervisionBackend *self = TD_SUPERVISION_BACKEND (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = td_supervision_action_get_path (action);
  g_autoptr (GBytes) body = td_supervision_action_encode (action);
  g_autoptr (SoupMessage) message = create_message (self, SOUP_METHOD_POST, path);

  g_task_set_source_tag (task, td_supervision_backend_act_async);
  soup_message_set_request_body_from_bytes (message, "application/json", body);

  /* A connection that the source closed meanwhile would fail the action, and
   * it must not be sent twice to find out. */
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  td_http_exchange_async (self->session, message, SMALL_BYTES, FALSE, cancellable, acted_cb, g_object_ref (task));
}

static gboolean
td_supervision_backend_act_finish (TdBackend    *backend,
                                   GAsyncResult *result,
                                   GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
td_supervision_backend_iface_init (TdBackendInterface *iface)
{
  iface->get_title = td_supervision_backend_get_title;
  iface->poll_async = td_supervision_backend_poll_async;
  iface->poll_finish = td_supervision_backend_poll_finish;
  iface->get_retry_after = td_supervision_backend_get_retry_after;
  iface->intervals_async = td_supervision_backend_intervals_async;
  iface->intervals_finish = td_supervision_backend_intervals_finish;
  iface->get_info = td_supervision_backend_get_info;
  iface->act_async = td_supervision_backend_act_async;
  iface->act_finish = td_supervision_backend_act_finish;
}

static void
td_supervision_backend_dispose (GObject *object)
{
  TdSupervisionBackend *self = (TdSupervisionBackend *)object;

  if (self->rights_cancellable != NULL)
    g_cancellable_cancel (self->rights_cancellable);
  g_clear_object (&self->rights_cancellable);
  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (td_supervision_backend_parent_class)->dispose (object);
}

static void
td_supervision_backend_finalize (GObject *object)
{
  TdSupervisionBackend *self = (TdSupervisionBackend *)object;

  g_clear_pointer (&self->connection, td_connection_free);
  g_clear_pointer (&self->base_url, g_free);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->tls, g_free);
  g_clear_pointer (&self->rights_instance, g_free);
  td_supervision_session_clear (&self->rights);
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->etag_instance, g_free);

  G_OBJECT_CLASS (td_supervision_backend_parent_class)->finalize (object);
}

static void
td_supervision_backend_class_init (TdSupervisionBackendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_supervision_backend_dispose;
  object_class->finalize = td_supervision_backend_finalize;
}

static void
td_supervision_backend_init (TdSupervisionBackend *self)
{
  self->etag_revision = TD_UNKNOWN;
}

static gboolean
check_token (const char *token,
             GError    **error)
{
  const char *p = token;

  while (g_ascii_isgraph (*p))
    p++;

  if (*p == '\0' && p - token <= TOKEN_BYTES)
    return TRUE;

  g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                       _ ("An access token has neither spaces nor letters beyond ASCII"));

  return FALSE;
}

/**
 * td_supervision_backend_new_for_connection:
 * @connection: how to reach the API; its secret is the bearer token
 * @error: return location; %TD_BACKEND_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): a backend
 */
TdBackend *
td_supervision_backend_new_for_connection (const TdConnection *connection,
                                           GError            **error)
{
  g_autoptr (TdSupervisionBackend) self = NULL;
  g_autoptr (SoupSession) session = NULL;
  g_autofree char *token = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  session = td_connection_create_session (connection, error);
  if (session == NULL)
    return NULL;

  token = connection->secret != NULL ? g_strstrip (g_strdup (connection->secret)) : NULL;
  if (token != NULL && !check_token (token, error))
    return NULL;

  self = g_object_new (TD_TYPE_SUPERVISION_BACKEND, NULL);
  self->connection = td_connection_copy (connection);
  self->session = g_steal_pointer (&session);
  self->base_url = td_connection_dup_base_url (connection, NULL);
  if (token != NULL && *token != '\0')
    self->token = g_steal_pointer (&token);

  return TD_BACKEND (g_steal_pointer (&self));
}

TdBackend *
td_supervision_backend_new (const char *base_url,
                            const char *token,
                            GError    **error)
{
  g_autoptr (TdConnection) connection = NULL;

  g_return_val_if_fail (base_url != NULL, NULL);

  connection = td_connection_new (base_url);
  connection->secret = g_strdup (token);

  return td_supervision_backend_new_for_connection (connection, error);
}
