/* td-ami-session.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-ami-session.h"

#include <glib/gi18n.h>
#include <string.h>

#include "td-ami-form.h"
#include "td-ami-refusal.h"
#include "td-http-answer.h"
#include "td-http-exchange.h"

#define COOKIE "mansession_id="
#define COOKIE_BYTES 128
#define FORM_TYPE "application/x-www-form-urlencoded"
#define SMALL_BYTES (256 * 1024)

/* Asterisk closes a connection that was quiet for 15 s by default. A request
 * that meets the close is lost, and a POST is not sent again by itself. */
#define KEEP_ALIVE_US (10 * G_TIME_SPAN_SECOND)

struct _TdAmiSession
{
  GObject parent_instance;

  TdConnection *connection; /* (owned) */
  SoupSession  *soup;       /* (owned) */
  char         *url;        /* (owned): with /rawman or /arawman */
  gboolean      digest;

  char  *cookie;      /* (owned) (nullable): "mansession_id=…" */
  guint  n_attempts;  /* to sign in; an answer to an older one brings no cookie */
  guint  n_logins;    /* that were answered with yes, or new nonces */
  char  *tls;         /* (owned) (nullable) */
  gint64 date_offset; /* the server's clock minus the monotonic one, µs, by the Date header */
  gint64 last_answer; /* by the monotonic clock, µs */
};

typedef struct
{
  SoupMessage *message; /* (owned) */
  GBytes      *form;    /* (owned) (nullable): to be sent again, with digest */
  guint        attempt;
  gboolean     tried; /* the credentials were sent in answer to a 401 */
} Request;

/* Of a login: what is asked for once the credentials are accepted. */
typedef struct
{
  char *events; /* (owned) */
} Login;

G_DEFINE_FINAL_TYPE (TdAmiSession, td_ami_session, G_TYPE_OBJECT)

static void
request_free (Request *request)
{
  g_clear_object (&request->message);
  g_clear_pointer (&request->form, g_bytes_unref);
  g_free (request);
}

static void
login_free (Login *login)
{
  g_free (login->events);
  g_free (login);
}

static void
take_cookie (TdAmiSession  *self,
             const Request *request)
{
  SoupMessageHeadersIter iter;
  const char            *name, *value;

  if (self->digest || request->attempt != self->n_attempts)
    return;

  soup_message_headers_iter_init (&iter, soup_message_get_response_headers (request->message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      gsize length = strcspn (value, "; \t");

      if (g_ascii_strcasecmp (name, "Set-Cookie") != 0 || !g_str_has_prefix (value, COOKIE) || length > COOKIE_BYTES)
        continue;

      g_free (self->cookie);
      self->cookie = g_strndup (value, length);
    }
}

static void
take_date (TdAmiSession  *self,
           const Request *request)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (request->message), "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  if (date != NULL)
    self->date_offset = g_date_time_to_unix (date) * G_TIME_SPAN_SECOND + G_TIME_SPAN_SECOND / 2 -
                        g_get_monotonic_time ();
}

/* The manager interface itself fails with 200. Any other status is of what is
 * around it. */
static gboolean
check_status (TdAmiSession  *self,
              const Request *request,
              GError       **error)
{
  switch (soup_message_get_status (request->message))
    {
    case SOUP_STATUS_OK:
      return TRUE;

    case SOUP_STATUS_UNAUTHORIZED:
      if (self->digest)
        g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_REFUSED,
                             request->tried ? _ ("The manager interface does not accept this user and secret (401)")
                                            : _ ("The server asks for another way to sign in than digest (401)"));
      else
        g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_REFUSED,
                             _ ("Something in front of the manager interface asks for a password of its own (401)"));
      return FALSE;

    case SOUP_STATUS_FORBIDDEN:
      g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_REFUSED,
                           _ ("The server lets nobody look from here (403)"));
      return FALSE;

    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_METHOD_NOT_ALLOWED:
      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_SERVER,
                   /* Translators: webenabled, manager.conf, prefix and http.conf are Asterisk's own words. */
                   _ ("There is no manager interface at this address (%u): is webenabled=yes in manager.conf, "
                      "and does the address end with the prefix of http.conf?"),
                   soup_message_get_status (request->message));
      return FALSE;

    default:
      g_propagate_error (error, td_http_answer_to_error (request->message, NULL, NULL));
      return FALSE;
    }
}

static gboolean
authenticate_cb (SoupMessage *message,
                 SoupAuth    *auth,
                 gboolean     retrying,
                 gpointer     user_data)
{
  GTask        *task = user_data;
  TdAmiSession *self = g_task_get_source_object (task);
  Request      *request = g_task_get_task_data (task);

  if (retrying || soup_auth_is_for_proxy (auth))
    return FALSE;

  request->tried = TRUE;
  soup_auth_authenticate (auth, self->connection->user, self->connection->secret);

  return TRUE;
}

/* Sent again with another nonce: each of them is a session of its own, which
 * knows no event mask yet. */
static void
restarted_cb (SoupMessage *message,
              gpointer     user_data)
{
  GTask        *task = user_data;
  TdAmiSession *self = g_task_get_source_object (task);
  Request      *request = g_task_get_task_data (task);

  self->n_logins++;
  soup_message_set_request_body_from_bytes (message, FORM_TYPE, request->form);
}

static void
exchanged_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdAmiSession *self = g_task_get_source_object (task);
  Request      *request = g_task_get_task_data (task);
  GError       *error = NULL;
  g_autoptr (GBytes) body = td_http_exchange_finish (result, &error);

  if (self->digest)
    g_signal_handlers_disconnect_by_data (request->message, task);

  if (body != NULL)
    {
      self->last_answer = g_get_monotonic_time ();
      if (self->tls == NULL)
        self->tls = td_connection_describe_tls (request->message);
    }

  if (body == NULL || !check_status (self, request, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  take_cookie (self, request);
  take_date (self, request);
  g_task_return_pointer (task, g_steal_pointer (&body), (GDestroyNotify)g_bytes_unref);
}

/**
 * td_ami_session_send_async:
 * @self: a session
 * @fields: keys and values in turn, %NULL at the end; read before this returns
 * @max_bytes: of the answer
 * @cancellable: (nullable): a cancellable
 * @callback: called in the main context
 * @user_data: data for @callback
 *
 * Sends one action, once. An answer that is an error of the manager interface
 * is a body like any other.
 */
void
td_ami_session_send_async (TdAmiSession       *self,
                           const char *const  *fields,
                           gsize               max_bytes,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GBytes) form = NULL;
  SoupMessageHeaders *headers;
  Request            *request;

  g_return_if_fail (TD_IS_AMI_SESSION (self));
  g_return_if_fail (fields != NULL && fields[0] != NULL);

  request = g_new0 (Request, 1);
  request->message = soup_message_new (SOUP_METHOD_POST, self->url);
  request->attempt = self->n_attempts;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_ami_session_send_async);
  g_task_set_task_data (task, request, (GDestroyNotify)request_free);

  td_connection_prepare (self->connection, request->message);
  if (g_get_monotonic_time () - self->last_answer > KEEP_ALIVE_US)
    soup_message_add_flags (request->message, SOUP_MESSAGE_NEW_CONNECTION);

  form = td_ami_form_encode (fields);
  soup_message_set_request_body_from_bytes (request->message, FORM_TYPE, form);

  headers = soup_message_get_request_headers (request->message);
  if (self->cookie != NULL)
    soup_message_headers_replace (headers, "Cookie", self->cookie);
  if (self->digest)
    {
      request->form = g_bytes_ref (form);
      g_signal_connect (request->message, "authenticate", G_CALLBACK (authenticate_cb), task);
      g_signal_connect (request->message, "restarted", G_CALLBACK (restarted_cb), task);
    }

  td_http_exchange_async (self->soup, request->message, max_bytes, FALSE, cancellable, exchanged_cb,
                          g_object_ref (task));
}

/**
 * td_ami_session_send_finish:
 * @self: a session
 * @result: the result
 * @error: return location; %TD_BACKEND_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the body of the answer
 */
GBytes *
td_ami_session_send_finish (TdAmiSession *self,
                            GAsyncResult *result,
                            GError      **error)
{
  g_return_val_if_fail (TD_IS_AMI_SESSION (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
masked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdAmiSession *self = TD_AMI_SESSION (object);
  GError       *error = NULL;
  g_autoptr (GBytes) body = td_ami_session_send_finish (self, result, &error);
  g_autoptr (TdAmiAnswer) answer = body != NULL ? td_ami_answer_parse (body, &error) : NULL;

  if (answer == NULL)
    g_task_return_error (task, error);
  else if (!td_ami_answer_is_success (answer))
    g_task_return_error (task, td_ami_answer_to_error (answer, self->connection->secret));
  else
    g_task_return_boolean (task, TRUE);
}

/* The nonce is the session; all that is left to say is what it wants to hear. */
static void
send_mask (GTask *task)
{
  TdAmiSession *self = g_task_get_source_object (task);
  Login        *login = g_task_get_task_data (task);

  td_ami_session_send_async (self, (const char *[]){ "Action", "Events", "EventMask", login->events, NULL }, SMALL_BYTES,
                             g_task_get_cancellable (task), masked_cb, g_object_ref (task));
}

static void
logged_in_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdAmiSession *self = TD_AMI_SESSION (object);
  GError       *error = NULL;
  g_autoptr (GBytes) body = td_ami_session_send_finish (self, result, &error);
  g_autoptr (TdAmiAnswer) answer = body != NULL ? td_ami_answer_parse (body, &error) : NULL;
  const TdAmiMessage *response = answer != NULL ? td_ami_answer_get_response (answer) : NULL;
  const char         *words = response != NULL ? td_ami_message_get (response, "Message") : NULL;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (td_ami_answer_is_success (answer))
    {
      self->n_logins++;
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (g_strcmp0 (words, "Authentication failed") == 0)
    g_task_return_new_error (task, TD_BACKEND_ERROR, TD_BACKEND_ERROR_REFUSED,
                             _ ("Asterisk does not accept this user and secret from this machine: "
                                "Authentication failed"));
  else
    g_task_return_error (task, td_ami_answer_to_error (answer, self->connection->secret));
}

/**
 * td_ami_session_login_async:
 * @self: a session
 * @events: classes of events to hear of, such as "agent", or "off"
 * @cancellable: (nullable): a cancellable
 * @callback: called in the main context
 * @user_data: data for @callback
 *
 * Signs in, anew where a session was lost. With digest there is nothing to
 * sign in to, and the mask of events is what tells whether it is accepted.
 */
void
td_ami_session_login_async (TdAmiSession       *self,
                            const char         *events,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  const char *user, *secret;
  Login      *login;

  g_return_if_fail (TD_IS_AMI_SESSION (self));
  g_return_if_fail (events != NULL);

  login = g_new0 (Login, 1);
  login->events = g_strdup (events);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_ami_session_login_async);
  g_task_set_task_data (task, login, (GDestroyNotify)login_free);

  self->n_attempts++;
  g_clear_pointer (&self->cookie, g_free);

  if (self->digest)
    {
      send_mask (task);
      return;
    }

  user = self->connection->user != NULL ? self->connection->user : "";
  secret = self->connection->secret != NULL ? self->connection->secret : "";
  td_ami_session_send_async (self,
                             (const char *[]){ "Action", "Login", "Username", user, "Secret", secret,
                                               "Events", events, NULL },
                             SMALL_BYTES, cancellable, logged_in_cb, g_object_ref (task));
}

gboolean
td_ami_session_login_finish (TdAmiSession *self,
                             GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (TD_IS_AMI_SESSION (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
logged_off_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = td_ami_session_send_finish (TD_AMI_SESSION (object), result, &error);

  if (body == NULL)
    g_debug ("Could not sign off: %s", error->message);
}

/**
 * td_ami_session_logoff:
 * @self: a session
 *
 * Tells the server that the session ends, without waiting for its answer. A
 * session of a nonce cannot be ended; it dies of idleness.
 */
void
td_ami_session_logoff (TdAmiSession *self)
{
  g_return_if_fail (TD_IS_AMI_SESSION (self));

  if (self->cookie == NULL)
    return;

  td_ami_session_send_async (self, (const char *[]){ "Action", "Logoff", NULL }, SMALL_BYTES, NULL, logged_off_cb, NULL);
  self->n_attempts++;
  g_clear_pointer (&self->cookie, g_free);
}

/**
 * td_ami_session_get_n_logins:
 * @self: a session
 *
 * Returns: how often a session of the server was begun; another number than
 *   before means that events may be missing
 */
guint
td_ami_session_get_n_logins (TdAmiSession *self)
{
  g_return_val_if_fail (TD_IS_AMI_SESSION (self), 0);

  return self->n_logins;
}

/**
 * td_ami_session_get_date_offset:
 * @self: a session
 *
 * Returns: the server's clock minus this machine's monotonic one, µs, to half
 *   a second, or %TD_UNKNOWN
 */
gint64
td_ami_session_get_date_offset (TdAmiSession *self)
{
  g_return_val_if_fail (TD_IS_AMI_SESSION (self), TD_UNKNOWN);

  return self->date_offset;
}

const char *
td_ami_session_get_tls (TdAmiSession *self)
{
  g_return_val_if_fail (TD_IS_AMI_SESSION (self), NULL);

  return self->tls;
}

/* Whether anything ever answered. */
gboolean
td_ami_session_get_reached (TdAmiSession *self)
{
  g_return_val_if_fail (TD_IS_AMI_SESSION (self), FALSE);

  return self->last_answer != 0;
}

static void
td_ami_session_dispose (GObject *object)
{
  TdAmiSession *self = (TdAmiSession *)object;

  g_clear_object (&self->soup);

  G_OBJECT_CLASS (td_ami_session_parent_class)->dispose (object);
}

static void
td_ami_session_finalize (GObject *object)
{
  TdAmiSession *self = (TdAmiSession *)object;

  g_clear_pointer (&self->connection, td_connection_free);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->cookie, g_free);
  g_clear_pointer (&self->tls, g_free);

  G_OBJECT_CLASS (td_ami_session_parent_class)->finalize (object);
}

static void
td_ami_session_class_init (TdAmiSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_ami_session_dispose;
  object_class->finalize = td_ami_session_finalize;
}

static void
td_ami_session_init (TdAmiSession *self)
{
  self->date_offset = TD_UNKNOWN;
}

/* As people copy it from a browser: with the name of the page, or without. */
static char *
create_url (const char *base_url,
            gboolean    digest)
{
  static const char *const pages[] = { "/arawman", "/rawman", "/amxml", "/mxml", "/amanager", "/manager" };
  g_autofree char         *base = g_strdup (base_url);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      if (g_str_has_suffix (base, pages[i]))
        {
          base[strlen (base) - strlen (pages[i])] = '\0';
          break;
        }
    }

  return g_strconcat (base, digest ? "/arawman" : "/rawman", NULL);
}

/**
 * td_ami_session_new:
 * @connection: where the manager interface is, the user and the secret
 * @digest: sign in by HTTP digest
 * @error: return location; %TD_BACKEND_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): a session that is not signed in yet
 */
TdAmiSession *
td_ami_session_new (const TdConnection *connection,
                    gboolean            digest,
                    GError            **error)
{
  g_autoptr (TdAmiSession) self = NULL;
  g_autoptr (SoupSession) soup = NULL;
  g_autofree char *base_url = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  soup = td_connection_create_session (connection, error);
  if (soup == NULL)
    return NULL;

  base_url = td_connection_dup_base_url (connection, error);
  if (base_url == NULL)
    return NULL;

  /* Digest and nothing else: Basic would send the secret as it is. */
  if (digest)
    {
      soup_session_add_feature_by_type (soup, SOUP_TYPE_AUTH_MANAGER);
      soup_session_add_feature_by_type (soup, SOUP_TYPE_AUTH_DIGEST);
    }

  self = g_object_new (TD_TYPE_AMI_SESSION, NULL);
  self->connection = td_connection_copy (connection);
  self->soup = g_steal_pointer (&soup);
  self->url = create_url (base_url, digest);
  self->digest = digest;

  return g_steal_pointer (&self);
}
