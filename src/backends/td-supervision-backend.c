/* td-supervision-backend.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-supervision-backend.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#include "td-http-answer.h"
#include "td-supervision-decoder.h"
#include "td-time.h"

#define CHUNK_BYTES (64 * 1024)
#define PROBLEM_BYTES (64 * 1024)
#define TOKEN_BYTES 4096
#define ETAG_BYTES 1024

struct _TdSupervisionBackend
{
  GObject parent_instance;

  TdConnection *connection; /* (owned) */
  char         *base_url;   /* (owned): without a slash at its end */
  char         *token;      /* (owned) (nullable) */
  SoupSession  *session;    /* (owned) */
  guint         retry_after_s;

  /* Of the last snapshot; worth sending only while that one is held. */
  char  *etag;          /* (owned) (nullable) */
  char  *etag_instance; /* (owned) (nullable) */
  gint64 etag_revision;
};

/* One request on its way: the data of its task. */
typedef struct
{
  SoupMessage  *message;     /* (owned) */
  GInputStream *stream;      /* (owned) (nullable) */
  GByteArray   *body;        /* (owned) */
  gsize         max_bytes;   /* of @body */
  gboolean      conditional; /* 304 is an answer */
  gboolean      intervals;
} Exchange;

static void td_supervision_backend_iface_init (TdBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TdSupervisionBackend,
                               td_supervision_backend,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_BACKEND, td_supervision_backend_iface_init))

static void read_more (GTask *task);

static void
exchange_free (Exchange *exchange)
{
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->stream);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_free (exchange);
}

static void
return_mapped_error (GTask        *task,
                     const GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_task_return_error (task, td_http_answer_map_error (exchange->message, error));
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
  Exchange *exchange = g_task_get_task_data (task);
  GError   *error = NULL;
  gpointer  value = g_task_propagate_pointer (G_TASK (result), &error);

  if (value == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value,
                           exchange->intervals ? (GDestroyNotify)td_intervals_unref
                                               : (GDestroyNotify)td_snapshot_unref);
}

/* The thread gets the bytes alone: a task may be freed by the thread that ran
 * it, and libsoup's objects belong to this one. */
static void
decode (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GTask) worker = g_task_new (NULL, NULL, decoded_cb, g_object_ref (task));

  g_task_set_source_tag (worker, decode);
  g_task_set_task_data (worker, g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body)),
                        (GDestroyNotify)g_bytes_unref);
  g_task_run_in_thread (worker, exchange->intervals ? decode_intervals_in_thread : decode_snapshot_in_thread);
}

static void
return_failure (GTask *task)
{
  TdSupervisionBackend *self = g_task_get_source_object (task);
  Exchange             *exchange = g_task_get_task_data (task);
  guint                 status = soup_message_get_status (exchange->message);
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));

  if (exchange->intervals && (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_METHOD_NOT_ALLOWED ||
                              status == SOUP_STATUS_NOT_IMPLEMENTED))
    g_task_return_new_error (task, TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNSUPPORTED,
                             _ ("The source keeps no history"));
  else
    g_task_return_error (task, td_http_answer_to_error (exchange->message, body, self->token));
}

static void
body_read (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_clear_object (&exchange->stream);

  if (soup_message_get_status (exchange->message) == SOUP_STATUS_OK)
    decode (task);
  else
    return_failure (task);
}

static void
chunk_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (chunk == NULL)
    {
      return_mapped_error (task, error);
      return;
    }

  if (g_bytes_get_size (chunk) == 0)
    {
      body_read (task);
      return;
    }

  if (exchange->body->len + g_bytes_get_size (chunk) <= exchange->max_bytes)
    {
      g_byte_array_append (exchange->body, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
      read_more (task);
    }
  else if (exchange->max_bytes < TD_MAX_BODY)
    {
      /* The words of an error are not worth more. */
      g_byte_array_set_size (exchange->body, 0);
      body_read (task);
    }
  else
    g_task_return_new_error (task, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE,
                             _ ("The answer is larger than %d MiB"), TD_MAX_BODY / (1024 * 1024));
}

/* The body comes decompressed, piece by piece, so a small answer that swells
 * without end is noticed before it fills the memory. */
static void
read_more (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (exchange->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), chunk_read_cb, g_object_ref (task));
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdSupervisionBackend *self = g_task_get_source_object (task);
  Exchange             *exchange = g_task_get_task_data (task);
  guint                 status;
  g_autoptr (GError) error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (exchange->stream == NULL)
    {
      return_mapped_error (task, error);
      return;
    }

  status = soup_message_get_status (exchange->message);
  self->retry_after_s = td_http_answer_get_retry_after (exchange->message);

  if (status == SOUP_STATUS_NOT_MODIFIED && exchange->conditional)
    {
      g_clear_object (&exchange->stream);
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  if (status == SOUP_STATUS_OK && !td_http_answer_is_json (exchange->message, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  exchange->max_bytes = status == SOUP_STATUS_OK ? TD_MAX_BODY : PROBLEM_BYTES;
  read_more (task);
}

/* Starts an exchange; its task returns the decoded value, or NULL for 304. */
static Exchange *
exchange_new (TdSupervisionBackend *self,
              const char           *path)
{
  Exchange           *exchange = g_new0 (Exchange, 1);
  g_autofree char    *url = g_strconcat (self->base_url, path, NULL);
  SoupMessageHeaders *headers;

  exchange->message = soup_message_new (SOUP_METHOD_GET, url);
  exchange->body = g_byte_array_new ();

  td_connection_prepare (self->connection, exchange->message);

  headers = soup_message_get_request_headers (exchange->message);
  soup_message_headers_replace (headers, "Accept", "application/json, application/problem+json");

  if (self->token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
    }

  return exchange;
}

static void
exchange_send (TdSupervisionBackend *self,
               Exchange             *exchange,
               gpointer              source_tag,
               GCancellable         *cancellable,
               GAsyncReadyCallback   callback,
               gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, exchange, (GDestroyNotify)exchange_free);

  soup_session_send_async (self->session, exchange->message, G_PRIORITY_DEFAULT, cancellable,
                           sent_cb, g_object_ref (task));
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
  Exchange             *exchange;
  SoupMessageHeaders   *headers;
  g_autofree char      *path = NULL;

  if (TD_IS_KNOWN (request->since))
    path = g_strdup_printf ("/v1/snapshot?since=%" G_GINT64_FORMAT, request->since);

  exchange = exchange_new (self, path != NULL ? path : "/v1/snapshot");
  headers = soup_message_get_request_headers (exchange->message);
  self->retry_after_s = 0;

  if (self->etag != NULL && TD_IS_KNOWN (request->since) && request->since == self->etag_revision &&
      g_strcmp0 (request->instance, self->etag_instance) == 0)
    {
      exchange->conditional = TRUE;
      soup_message_headers_replace (headers, "If-None-Match", self->etag);

      if (request->wait_s > 0)
        {
          g_autofree char *prefer = g_strdup_printf ("wait=%u", request->wait_s);

          soup_message_headers_replace (headers, "Prefer", prefer);
        }
    }

  exchange_send (self, exchange, td_supervision_backend_poll_async, cancellable, callback, user_data);
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
  Exchange             *exchange = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) task_error = NULL;
  TdSnapshot *snapshot = g_task_propagate_pointer (G_TASK (result), &task_error);

  if (task_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&task_error));
      return NULL;
    }

  if (snapshot != NULL)
    keep_etag (self, exchange->message, snapshot);

  return td_poll_result_new (snapshot, td_http_answer_held (exchange->message));
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
  Exchange        *exchange = exchange_new (self, path);

  exchange->intervals = TRUE;
  exchange_send (self, exchange, td_supervision_backend_intervals_async, cancellable, callback, user_data);
}

static TdIntervals *
td_supervision_backend_intervals_finish (TdBackend    *backend,
                                         GAsyncResult *result,
                                         GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
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
}

static void
td_supervision_backend_dispose (GObject *object)
{
  TdSupervisionBackend *self = (TdSupervisionBackend *)object;

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
