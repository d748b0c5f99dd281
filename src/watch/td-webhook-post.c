/* td-webhook-post.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-webhook-post.h"

#include <glib/gi18n.h>
#include <string.h>

#include "td-http-answer.h"
#include "td-http-exchange.h"

#define SECRET_PREFIX "whsec_"

/* What a receiver answers is not kept. */
#define MAX_ANSWER (64 * 1024)

typedef struct
{
  char            *secret;         /* (owned) (nullable): for the errors, which must not repeat it */
  GCancellable    *exchange;       /* (owned): of the exchange, which the deadline ends too */
  gulong           cancel_handler; /* from the caller's cancellable to @exchange */
  GSource         *deadline;       /* (owned) (nullable) */
  guint            deadline_ms;
  gboolean         is_late;
  TdWebhookOutcome outcome;
  guint            retry_after; /* seconds */
  GError          *error;       /* (owned) (nullable) */
} Post;

static void
stop_deadline (Post *post)
{
  if (post->deadline != NULL)
    g_source_destroy (post->deadline);
  g_clear_pointer (&post->deadline, g_source_unref);
}

static void
free_post (gpointer data)
{
  Post *post = data;

  stop_deadline (post);
  g_clear_object (&post->exchange);
  g_clear_error (&post->error);
  g_free (post->secret);
  g_free (post);
}

/**
 * td_webhook_sign:
 * @secret: the secret that both sides know
 * @id: of the message
 * @timestamp: seconds since 1970
 * @body: what is sent
 *
 * Returns: (transfer full): the value of webhook-signature
 */
char *
td_webhook_sign (const char *secret,
                 const char *id,
                 gint64      timestamp,
                 GBytes     *body)
{
  g_autoptr (GHmac) hmac = NULL;
  g_autofree guchar *key = NULL;
  g_autofree char   *head = NULL;
  g_autofree char   *base64 = NULL;
  gsize              key_length = 0;
  guint8             digest[32];
  gsize              digest_length = sizeof digest;

  g_return_val_if_fail (secret != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  if (g_str_has_prefix (secret, SECRET_PREFIX))
    key = g_base64_decode (secret + strlen (SECRET_PREFIX), &key_length);
  if (key_length == 0)
    {
      g_free (key);
      key_length = strlen (secret);
      key = g_memdup2 (secret, key_length);
    }

  head = g_strdup_printf ("%s.%" G_GINT64_FORMAT ".", id, timestamp);
  hmac = g_hmac_new (G_CHECKSUM_SHA256, key, key_length);
  g_hmac_update (hmac, (const guchar *)head, (gssize)strlen (head));
  g_hmac_update (hmac, g_bytes_get_data (body, NULL), (gssize)g_bytes_get_size (body));
  g_hmac_get_digest (hmac, digest, &digest_length);
  base64 = g_base64_encode (digest, digest_length);

  return g_strconcat ("v1,", base64, NULL);
}

static gboolean
is_final (guint status)
{
  switch (status)
    {
    case SOUP_STATUS_BAD_REQUEST:
    case SOUP_STATUS_METHOD_NOT_ALLOWED:
    case SOUP_STATUS_NOT_ACCEPTABLE:
    case SOUP_STATUS_CONFLICT:
    case SOUP_STATUS_GONE:
    case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
    case SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE:
    case SOUP_STATUS_UNPROCESSABLE_ENTITY:
      return TRUE;

    default:
      return FALSE;
    }
}

static void
judge (Post        *post,
       SoupMessage *message,
       GBytes      *body)
{
  guint status = soup_message_get_status (message);

  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    {
      post->outcome = TD_WEBHOOK_DELIVERED;
      return;
    }

  post->outcome = is_final (status) ? TD_WEBHOOK_REFUSED : TD_WEBHOOK_FAILED;
  post->retry_after = td_http_answer_get_retry_after (message);
  if (SOUP_STATUS_IS_REDIRECTION (status))
    g_set_error (&post->error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                 _ ("The webhook answered with a redirect (status %u), which is not followed: enter the address it leads to"), status);
  else
    {
      g_autofree char *detail = td_http_answer_dup_detail (body, post->secret);

      g_set_error (&post->error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                   /* Translators: the second is what the webhook says itself, after a colon, or empty. */
                   _ ("The webhook answered with status %u%s%s"), status, detail != NULL ? ": " : "",
                   detail != NULL ? detail : "");
    }
}

static void
exchanged_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Post         *post = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = td_http_exchange_finish (result, &error);
  guint status = soup_message_get_status (SOUP_MESSAGE (object));

  stop_deadline (post);
  /* Not by g_cancellable_disconnect(), which would wait for ever where this is
   * called from within the cancelling. */
  if (post->cancel_handler != 0)
    g_signal_handler_disconnect (cancellable, post->cancel_handler);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (body != NULL)
    judge (post, SOUP_MESSAGE (object), body);
  else if (SOUP_STATUS_IS_SUCCESSFUL (status))
    {
      /* It was taken; how the words after that ended is no matter. */
      post->outcome = TD_WEBHOOK_DELIVERED;
    }
  else
    {
      post->outcome = TD_WEBHOOK_FAILED;
      if (post->is_late)
        g_set_error (&post->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _ ("The webhook gave no answer within %u s"),
                     (post->deadline_ms + 999) / 1000);
      else
        post->error = g_steal_pointer (&error);
    }
  g_task_return_boolean (task, TRUE);
}

static void
cancel_exchange_cb (GCancellable *cancellable,
                    gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Post *post = user_data;

  post->is_late = TRUE;
  g_clear_pointer (&post->deadline, g_source_unref);
  g_cancellable_cancel (post->exchange);

  return G_SOURCE_REMOVE;
}

/**
 * td_webhook_post_async:
 * @session: of td_connection_create_session()
 * @connection: the webhook; its secret signs
 * @id: names what is told
 * @body: JSON
 * @deadline_ms: for all of it
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is known how it went
 * @user_data: data for @callback
 *
 * Tells it once. No redirect is followed.
 */
void
td_webhook_post_async (SoupSession        *session,
                       const TdConnection *connection,
                       const char         *id,
                       GBytes             *body,
                       guint               deadline_ms,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (SoupMessage) message = NULL;
  g_autofree char    *url = NULL;
  g_autofree char    *timestamp = NULL;
  gint64              seconds = g_get_real_time () / G_USEC_PER_SEC;
  SoupMessageHeaders *headers;
  Post               *post = g_new0 (Post, 1);
  GError             *error = NULL;

  g_task_set_source_tag (task, td_webhook_post_async);
  g_task_set_task_data (task, post, free_post);

  if (td_connection_check (connection, &error))
    {
      url = g_strstrip (g_strdup (connection->url));
      message = soup_message_new (SOUP_METHOD_POST, url);
    }
  if (message == NULL)
    {
      post->outcome = TD_WEBHOOK_FAILED;
      post->error = error;
      g_task_return_boolean (task, TRUE);
      return;
    }

  post->secret = g_strdup (connection->secret);
  post->deadline_ms = deadline_ms;
  timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_append (headers, "webhook-id", id);
  soup_message_headers_append (headers, "webhook-timestamp", timestamp);
  if (connection->secret != NULL)
    {
      g_autofree char *signature = td_webhook_sign (connection->secret, id, seconds, body);

      soup_message_headers_append (headers, "webhook-signature", signature);
    }
  soup_message_set_request_body_from_bytes (message, "application/json", body);
  td_connection_prepare (connection, message);

  post->exchange = g_cancellable_new ();
  if (cancellable != NULL)
    post->cancel_handler = g_cancellable_connect (cancellable, G_CALLBACK (cancel_exchange_cb),
                                                  g_object_ref (post->exchange), g_object_unref);
  post->deadline = g_timeout_source_new (deadline_ms);
  g_source_set_callback (post->deadline, deadline_cb, post, NULL);
  g_source_attach (post->deadline, g_main_context_get_thread_default ());

  td_http_exchange_async (session, message, MAX_ANSWER, FALSE, post->exchange, exchanged_cb, g_steal_pointer (&task));
}

/**
 * td_webhook_post_finish:
 * @result: the result
 * @retry_after: (out): seconds that the webhook asks to wait, or 0
 * @error: return location; why it was not delivered, or %G_IO_ERROR_CANCELLED;
 *   without the secret, the address or what was sent
 *
 * Returns: how it went
 */
TdWebhookOutcome
td_webhook_post_finish (GAsyncResult *result,
                        guint        *retry_after,
                        GError      **error)
{
  Post *post;

  g_return_val_if_fail (g_async_result_is_tagged (result, td_webhook_post_async), TD_WEBHOOK_FAILED);

  *retry_after = 0;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return TD_WEBHOOK_FAILED;

  post = g_task_get_task_data (G_TASK (result));
  *retry_after = post->retry_after;
  if (post->error != NULL)
    g_propagate_error (error, g_steal_pointer (&post->error));

  return post->outcome;
}
