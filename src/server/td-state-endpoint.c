/* td-state-endpoint.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-state-endpoint.h"

#include "td-api-server.h"
#include "td-hold-list.h"
#include "td-http.h"
#include "td-state-cache.h"

struct _TdStateEndpoint
{
  TdCentre     *centre; /* (owned) */
  TdStateCache *cache;  /* (owned) */
  TdHoldList   *held;   /* (owned) */
  gulong        changed_id;
  gint64        held_revision; /* which the held requests wait to see pass */
};

static gboolean
is_asked_for_wait (SoupServerMessage *message,
                   guint             *wait_s)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_list (headers, "If-None-Match") == NULL ||
      !td_http_parse_prefer_wait (soup_message_headers_get_list (headers, "Prefer"), wait_s))
    return FALSE;

  *wait_s = MIN (*wait_s, TD_API_MAX_WAIT_S);

  return TRUE;
}

/* Answers a request for the state by what is known now. Its parameters were
 * checked before; @honour_wait tells the client that waiting works here. */
static void
answer_snapshot (TdStateEndpoint   *self,
                 SoupServerMessage *message,
                 gboolean           honour_wait)
{
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  const char         *etags = soup_message_headers_get_list (request, "If-None-Match");
  g_autoptr (GHashTable) query = td_http_read_query (message);
  g_autofree char *etag = NULL;
  const char      *since_text = g_hash_table_lookup (query, "since");
  gboolean         gzip = td_http_wants_gzip (message);
  gint64           since = TD_UNKNOWN;
  GBytes          *bytes;
  guint            wait_s;

  if (since_text != NULL && (etags == NULL || !td_state_cache_is_foreign (self->cache, etags)))
    since = g_ascii_strtoll (since_text, NULL, 10);

  if (honour_wait && is_asked_for_wait (message, &wait_s))
    {
      g_autofree char *applied = g_strdup_printf ("wait=%u", wait_s);

      soup_message_headers_replace (response, "Preference-Applied", applied);
    }

  soup_message_headers_replace (response, "Vary", "Accept-Encoding, Prefer");

  if (etags != NULL && td_state_cache_matches (self->cache, etags))
    {
      etag = td_state_cache_dup_etag (self->cache, FALSE);
      soup_message_headers_replace (response, "ETag", etag);
      soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
      return;
    }

  bytes = td_state_cache_get_body (self->cache, since, &gzip);
  etag = td_state_cache_dup_etag (self->cache, gzip);
  soup_message_headers_replace (response, "ETag", etag);

  if (gzip)
    soup_message_headers_replace (response, "Content-Encoding", "gzip");

  td_http_respond_bytes (message, "application/json", bytes);
}

static void
release_cb (SoupServerMessage *message,
            gpointer           user_data)
{
  answer_snapshot (user_data, message, TRUE);
}

static void
changed_cb (TdCentre        *centre,
            const TdChanges *changes,
            gpointer         user_data)
{
  TdStateEndpoint *self = user_data;
  gint64           revision = td_centre_get_revision (centre);

  /* A time that moved alone is no reason to wake a screen. */
  if (revision == self->held_revision && !changes->new_instance)
    return;

  self->held_revision = revision;
  td_hold_list_release_all (self->held);
}

/**
 * td_state_endpoint_new:
 * @centre: what is served; it may still be empty
 *
 * Returns: (transfer full): an endpoint
 */
TdStateEndpoint *
td_state_endpoint_new (TdCentre *centre)
{
  TdStateEndpoint *self;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);

  self = g_new0 (TdStateEndpoint, 1);
  self->centre = g_object_ref (centre);
  self->cache = td_state_cache_new (centre);
  self->held = td_hold_list_new (TD_API_MAX_HELD, release_cb, self);
  self->held_revision = td_centre_get_revision (centre);
  self->changed_id = g_signal_connect (centre, "changed", G_CALLBACK (changed_cb), self);

  return self;
}

void
td_state_endpoint_free (TdStateEndpoint *self)
{
  g_return_if_fail (self != NULL);

  g_clear_signal_handler (&self->changed_id, self->centre);
  td_hold_list_free (self->held);
  td_state_cache_free (self->cache);
  g_object_unref (self->centre);
  g_free (self);
}

/**
 * td_state_endpoint_serve:
 * @self: an endpoint
 * @message: a GET or HEAD request whose sender may read
 *
 * Answers @message now, or holds it until there is something new.
 */
void
td_state_endpoint_serve (TdStateEndpoint   *self,
                         SoupServerMessage *message)
{
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  const char         *etags = soup_message_headers_get_list (request, "If-None-Match");
  g_autoptr (GHashTable) query = td_http_read_query (message);
  const char *since = g_hash_table_lookup (query, "since");
  guint       wait_s;

  if (since != NULL && !g_ascii_string_to_unsigned (since, 10, 0, G_MAXINT64, NULL, NULL))
    {
      td_http_respond_bad_parameter (message, "since", "is no revision: an integer from 0");
      return;
    }

  if (td_centre_is_empty (self->centre))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "1");
      td_http_respond_problem (message, SOUP_STATUS_SERVICE_UNAVAILABLE, NULL, NULL,
                               "The state of the centre is not known yet.");
      return;
    }

  if (is_asked_for_wait (message, &wait_s) && wait_s > 0 && td_state_cache_matches (self->cache, etags))
    {
      if (!td_hold_list_add (self->held, message, wait_s))
        answer_snapshot (self, message, FALSE);

      return;
    }

  answer_snapshot (self, message, TRUE);
}
