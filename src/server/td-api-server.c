/* td-api-server.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-api-server.h"

#include <string.h>

#include "td-action-endpoint.h"
#include "td-http.h"
#include "td-intervals-query.h"
#include "td-server-resources.h"
#include "td-session-endpoint.h"
#include "td-state-endpoint.h"
#include "td-supervision-encoder.h"
#include "td-token-list.h"

/* A body that is too large is read this far and forgotten, so that its sender
 * hears why; beyond, the connection is cut. */
#define MAX_DISCARDED_BODY (1024 * 1024)

#define OPENAPI_PATH "/io/github/tongdai/TongDai/server/supervision-v1.openapi.yaml"

struct _TdApiServer
{
  GObject parent_instance;

  TdCentre         *centre;  /* (owned) */
  SoupServer       *soup;    /* (owned) */
  TdStateEndpoint  *state;   /* (owned) */
  TdTokenList      *tokens;  /* (owned) */
  TdActionEndpoint *actions; /* (owned) */
  char             *name;    /* (owned) (nullable) */

  TdIntervalsFunc intervals_func;
  gpointer        intervals_data;
  GDestroyNotify  intervals_destroy;
  TdInterceptFunc intercept_func;
  gpointer        intercept_data;
  GDestroyNotify  intercept_destroy;
};

G_DEFINE_FINAL_TYPE (TdApiServer, td_api_server, G_TYPE_OBJECT)

static void
respond_intervals (TdApiServer       *self,
                   SoupServerMessage *message,
                   TdIntervals       *intervals)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GBytes) plain = td_supervision_encode_intervals (intervals, td_centre_get_timezone (self->centre));

  soup_message_headers_replace (headers, "Vary", "Accept-Encoding");

  if (td_http_wants_gzip (message))
    {
      g_autoptr (GBytes) compressed = td_http_gzip (plain);

      soup_message_headers_replace (headers, "Content-Encoding", "gzip");
      td_http_respond_bytes (message, "application/json", compressed);
    }
  else
    td_http_respond_bytes (message, "application/json", plain);
}

static void
serve_intervals (TdApiServer       *self,
                 SoupServerMessage *message)
{
  g_autoptr (GHashTable) query = td_http_read_query (message);
  g_autoptr (TdIntervals) intervals = NULL;
  g_autoptr (GError) error = NULL;
  TdIntervalsQuery asked;
  const char      *wrong_name;
  const char      *wrong_what;

  if (self->intervals_func == NULL)
    {
      td_api_server_respond_problem (self, message, SOUP_STATUS_NOT_IMPLEMENTED, NULL, NULL,
                                     "This server keeps no history.");
      return;
    }

  if (!td_intervals_query_parse (query, td_roster_get_size (td_centre_get_queues (self->centre)), &asked, &wrong_name, &wrong_what))
    {
      td_http_respond_bad_parameter (message, wrong_name, wrong_what);
      return;
    }

  intervals = self->intervals_func (asked.from, asked.to, asked.step_s, asked.queue_id, self->intervals_data, &error);

  if (intervals != NULL)
    respond_intervals (self, message, intervals);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    td_api_server_respond_problem (self, message, SOUP_STATUS_NOT_FOUND, NULL, NULL, "There is no such queue.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    td_api_server_respond_problem (self, message, SOUP_STATUS_NOT_IMPLEMENTED, NULL, NULL, error->message);
  else
    td_api_server_respond_problem (self, message, SOUP_STATUS_INTERNAL_SERVER_ERROR, NULL, NULL,
                                   error != NULL ? error->message : NULL);
}

static void
serve_openapi (TdApiServer       *self,
               SoupServerMessage *message)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (td_server_get_resource (), OPENAPI_PATH,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  td_http_respond_bytes (message, "application/yaml", bytes);
}

static gboolean
allow_methods (TdApiServer       *self,
               SoupServerMessage *message,
               const char        *allowed)
{
  g_auto (GStrv) methods = g_strsplit (allowed, ", ", -1);
  g_autofree char *detail = NULL;

  if (g_strv_contains ((const char *const *)methods, soup_server_message_get_method (message)))
    return TRUE;

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow", allowed);
  detail = g_strdup_printf ("Here only %s can be used.", allowed);
  td_api_server_respond_problem (self, message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL, NULL, detail);

  return FALSE;
}

static void
respond_not_found (TdApiServer       *self,
                   SoupServerMessage *message)
{
  td_api_server_respond_problem (self, message, SOUP_STATUS_NOT_FOUND, NULL, NULL,
                                 "There is nothing under this path; see /v1/openapi.yaml.");
}

static gboolean
is_too_large (SoupServerMessage *message)
{
  gsize *received = g_object_get_data (G_OBJECT (message), "td-received");

  return received != NULL && *received > TD_HTTP_MAX_REQUEST_BODY;
}

static void
handler_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  TdApiServer *self = user_data;

  if (self->intercept_func != NULL && g_str_has_prefix (path, "/v1/") &&
      self->intercept_func (self, message, self->intercept_data))
    return;

  td_api_server_serve (self, message);
}

static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk)
{
  gsize *received = g_object_get_data (G_OBJECT (message), "td-received");

  if (received == NULL)
    {
      received = g_new0 (gsize, 1);
      g_object_set_data_full (G_OBJECT (message), "td-received", received, g_free);
    }

  *received += g_bytes_get_size (chunk);

  if (*received > TD_HTTP_MAX_REQUEST_BODY)
    {
      soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
      soup_message_body_truncate (soup_server_message_get_request_body (message));
    }

  if (*received > MAX_DISCARDED_BODY)
    g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
}

static void
request_started_cb (SoupServer        *soup,
                    SoupServerMessage *message)
{
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), NULL);
}

static void
clear_intervals_func (TdApiServer *self)
{
  if (self->intervals_destroy != NULL)
    self->intervals_destroy (self->intervals_data);

  self->intervals_func = NULL;
  self->intervals_data = NULL;
  self->intervals_destroy = NULL;
}

static void
clear_intercept_func (TdApiServer *self)
{
  if (self->intercept_destroy != NULL)
    self->intercept_destroy (self->intercept_data);

  self->intercept_func = NULL;
  self->intercept_data = NULL;
  self->intercept_destroy = NULL;
}

static void
td_api_server_dispose (GObject *object)
{
  TdApiServer *self = TD_API_SERVER (object);

  if (self->soup != NULL)
    td_api_server_close (self);

  g_clear_object (&self->soup);
  g_clear_pointer (&self->state, td_state_endpoint_free);
  g_clear_object (&self->centre);
  clear_intervals_func (self);
  g_clear_pointer (&self->actions, td_action_endpoint_free);
  clear_intercept_func (self);

  G_OBJECT_CLASS (td_api_server_parent_class)->dispose (object);
}

static void
td_api_server_finalize (GObject *object)
{
  TdApiServer *self = TD_API_SERVER (object);

  g_clear_pointer (&self->tokens, td_token_list_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (td_api_server_parent_class)->finalize (object);
}

static void
td_api_server_class_init (TdApiServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_api_server_dispose;
  object_class->finalize = td_api_server_finalize;
}

static void
td_api_server_init (TdApiServer *self)
{
  self->tokens = td_token_list_new ();
  self->actions = td_action_endpoint_new ();
  self->soup = soup_server_new ("raw-paths", TRUE, "server-header", "tongdai", NULL);
  soup_server_add_handler (self->soup, NULL, handler_cb, self, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (request_started_cb), NULL);
}

/**
 * td_api_server_new:
 * @centre: what is served; it may still be empty
 *
 * Returns: (transfer full): a server that does not listen yet and knows no
 *   token, so that it refuses all but its own description
 */
TdApiServer *
td_api_server_new (TdCentre *centre)
{
  TdApiServer *self;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);

  self = g_object_new (TD_TYPE_API_SERVER, NULL);
  self->centre = g_object_ref (centre);
  self->state = td_state_endpoint_new (centre);

  return self;
}

/**
 * td_api_server_add_token:
 * @self: a server
 * @token: a secret of a client; only its digest is kept
 * @scope: what the client may do
 */
void
td_api_server_add_token (TdApiServer *self,
                         const char  *token,
                         TdApiScope   scope)
{
  g_return_if_fail (TD_IS_API_SERVER (self));
  g_return_if_fail (token != NULL && *token != '\0');

  td_token_list_add (self->tokens, token, scope);
}

void
td_api_server_set_intervals_func (TdApiServer    *self,
                                  TdIntervalsFunc func,
                                  gpointer        user_data,
                                  GDestroyNotify  destroy)
{
  g_return_if_fail (TD_IS_API_SERVER (self));

  clear_intervals_func (self);
  self->intervals_func = func;
  self->intervals_data = user_data;
  self->intervals_destroy = destroy;
}

void
td_api_server_set_action_func (TdApiServer   *self,
                               TdActionFunc   func,
                               gpointer       user_data,
                               GDestroyNotify destroy)
{
  g_return_if_fail (TD_IS_API_SERVER (self));

  td_action_endpoint_set_func (self->actions, func, user_data, destroy);
}

/**
 * td_api_server_set_actions:
 * @self: a server
 * @actions: bits of #TdActionKind that the action function carries out; all of
 *   them by default
 */
void
td_api_server_set_actions (TdApiServer *self,
                           guint        actions)
{
  g_return_if_fail (TD_IS_API_SERVER (self));

  td_action_endpoint_set_offered (self->actions, actions);
}

/**
 * td_api_server_set_name:
 * @self: a server
 * @name: (nullable): what it calls itself, with its version
 */
void
td_api_server_set_name (TdApiServer *self,
                        const char  *name)
{
  g_return_if_fail (TD_IS_API_SERVER (self));

  g_free (self->name);
  self->name = g_strdup (name);
}

void
td_api_server_set_intercept_func (TdApiServer    *self,
                                  TdInterceptFunc func,
                                  gpointer        user_data,
                                  GDestroyNotify  destroy)
{
  g_return_if_fail (TD_IS_API_SERVER (self));

  clear_intercept_func (self);
  self->intercept_func = func;
  self->intercept_data = user_data;
  self->intercept_destroy = destroy;
}

/**
 * td_api_server_serve:
 * @self: a server
 * @message: a request whose body is there and that has no status yet
 *
 * Answers as the API does, or pauses @message to answer it later.
 */
void
td_api_server_serve (TdApiServer       *self,
                     SoupServerMessage *message)
{
  g_autofree char *agent_id = NULL;
  TdActionKind     kind;
  const char      *path;
  const char      *query;

  g_return_if_fail (TD_IS_API_SERVER (self));
  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));

  path = g_uri_get_path (soup_server_message_get_uri (message));
  query = g_uri_get_query (soup_server_message_get_uri (message));
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Cache-Control", "no-store");

  if (strlen (path) + (query != NULL ? strlen (query) : 0) > TD_API_MAX_URL)
    td_api_server_respond_problem (self, message, SOUP_STATUS_REQUEST_URI_TOO_LONG, NULL, NULL,
                                   "The URL is too long.");
  else if (is_too_large (message))
    td_api_server_respond_problem (self, message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, NULL, NULL,
                                   "The body is larger than 64 KiB.");
  else if (g_str_equal (path, "/v1/snapshot"))
    {
      if (allow_methods (self, message, "GET, HEAD") &&
          td_api_server_require_scope (self, message, TD_API_SCOPE_READ))
        td_state_endpoint_serve (self->state, message);
    }
  else if (g_str_equal (path, "/v1/intervals"))
    {
      if (allow_methods (self, message, "GET, HEAD") &&
          td_api_server_require_scope (self, message, TD_API_SCOPE_READ))
        serve_intervals (self, message);
    }
  else if (g_str_equal (path, "/v1/openapi.yaml"))
    {
      if (allow_methods (self, message, "GET, HEAD"))
        serve_openapi (self, message);
    }
  else if (g_str_equal (path, "/v1/session"))
    {
      if (allow_methods (self, message, "GET, HEAD") &&
          td_api_server_require_scope (self, message, TD_API_SCOPE_READ))
        td_session_endpoint_serve (message, td_api_server_get_scope (self, message),
                                   td_action_endpoint_get_offered (self->actions), self->name);
    }
  else if (td_action_endpoint_parse_path (path, &agent_id, &kind))
    {
      if (allow_methods (self, message, "POST") &&
          td_api_server_require_scope (self, message, TD_API_SCOPE_ACT))
        td_action_endpoint_serve (self->actions, message, agent_id, kind);
    }
  else
    respond_not_found (self, message);
}

/**
 * td_api_server_listen:
 * @self: a server
 * @address: where to listen
 * @port: TCP port, or 0 for any that is free
 * @error: return location
 *
 * Returns: whether it listens now
 */
gboolean
td_api_server_listen (TdApiServer  *self,
                      GInetAddress *address,
                      guint16       port,
                      GError      **error)
{
  g_autoptr (GSocketAddress) socket_address = NULL;

  g_return_val_if_fail (TD_IS_API_SERVER (self), FALSE);
  g_return_val_if_fail (G_IS_INET_ADDRESS (address), FALSE);

  socket_address = g_inet_socket_address_new (address, port);

  return soup_server_listen (self->soup, socket_address, 0, error);
}

/**
 * td_api_server_get_port:
 * @self: a server
 *
 * Returns: the port it listens on, or 0 when it does not
 */
guint16
td_api_server_get_port (TdApiServer *self)
{
  GSList *uris;
  int     port = 0;

  g_return_val_if_fail (TD_IS_API_SERVER (self), 0);

  uris = soup_server_get_uris (self->soup);

  if (uris != NULL)
    port = g_uri_get_port (uris->data);

  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);

  return port > 0 ? (guint16)port : 0;
}

/**
 * td_api_server_get_soup_server:
 * @self: a server
 *
 * Returns: (transfer none): the HTTP server, to add handlers beside "/v1/"
 */
SoupServer *
td_api_server_get_soup_server (TdApiServer *self)
{
  g_return_val_if_fail (TD_IS_API_SERVER (self), NULL);

  return self->soup;
}

/**
 * td_api_server_get_scope:
 * @self: a server
 * @message: a request
 *
 * Returns: what the bearer token of @message allows; nothing where there is none
 */
TdApiScope
td_api_server_get_scope (TdApiServer       *self,
                         SoupServerMessage *message)
{
  SoupMessageHeaders *headers;

  g_return_val_if_fail (TD_IS_API_SERVER (self), TD_API_SCOPE_NONE);
  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), TD_API_SCOPE_NONE);

  headers = soup_server_message_get_request_headers (message);

  return td_token_list_get_scope (self->tokens, soup_message_headers_get_one (headers, "Authorization"));
}

/**
 * td_api_server_require_scope:
 * @self: a server
 * @message: a request
 * @scope: what is needed
 *
 * Returns: whether @message may; if not, it was answered 401 or 403
 */
gboolean
td_api_server_require_scope (TdApiServer       *self,
                             SoupServerMessage *message,
                             TdApiScope         scope)
{
  SoupMessageHeaders *response;
  TdApiScope          granted;
  gboolean            has_token;

  g_return_val_if_fail (TD_IS_API_SERVER (self), FALSE);
  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), FALSE);

  granted = td_api_server_get_scope (self, message);

  if ((granted & scope) == scope)
    return TRUE;

  response = soup_server_message_get_response_headers (message);

  if (granted == TD_API_SCOPE_NONE)
    {
      has_token = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization") != NULL;
      soup_message_headers_replace (response, "WWW-Authenticate",
                                    has_token ? "Bearer realm=\"tongdai\", error=\"invalid_token\"" : "Bearer realm=\"tongdai\"");
      td_api_server_respond_problem (self, message, SOUP_STATUS_UNAUTHORIZED, NULL, NULL,
                                     has_token ? "The token is not known here." : "A bearer token is needed.");
    }
  else
    {
      soup_message_headers_replace (response, "WWW-Authenticate",
                                    "Bearer realm=\"tongdai\", error=\"insufficient_scope\", scope=\"act\"");
      td_api_server_respond_problem (self, message, SOUP_STATUS_FORBIDDEN, NULL, NULL,
                                     "The token may read, but not act.");
    }

  return FALSE;
}

/**
 * td_api_server_respond_problem:
 * @self: a server
 * @message: a request
 * @status: an HTTP status from 400
 * @type: (nullable): a URI for the kind of problem, "about:blank" by default
 * @title: (nullable): what kind of problem, the status's own words by default
 * @detail: (nullable): what is wrong here and now
 *
 * Answers with a problem document, RFC 9457.
 */
void
td_api_server_respond_problem (TdApiServer       *self,
                               SoupServerMessage *message,
                               guint              status,
                               const char        *type,
                               const char        *title,
                               const char        *detail)
{
  g_return_if_fail (TD_IS_API_SERVER (self));
  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));

  td_http_respond_problem (message, status, type, title, detail);
}

/**
 * td_api_server_close:
 * @self: a server
 *
 * Stops listening and cuts every connection. Held requests get no answer.
 */
void
td_api_server_close (TdApiServer *self)
{
  g_return_if_fail (TD_IS_API_SERVER (self));

  soup_server_disconnect (self->soup);
}
