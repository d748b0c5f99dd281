/* td-http-exchange.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-http-exchange.h"

#include <glib/gi18n.h>

#include "td-backend.h"
#include "td-http-answer.h"

#define CHUNK_BYTES (64 * 1024)
#define PROBLEM_BYTES (64 * 1024)

/* The data of a task, whose source is the message. */
typedef struct
{
  GInputStream *stream;    /* (owned) (nullable) */
  GByteArray   *body;      /* (owned) (nullable) */
  gsize         max_bytes; /* of @body */
  gboolean      expects_json;
  gboolean      is_problem;
} Exchange;

static void read_more (GTask *task);

static void
exchange_free (Exchange *exchange)
{
  g_clear_object (&exchange->stream);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_free (exchange);
}

static void
return_mapped_error (GTask        *task,
                     const GError *error)
{
  g_task_return_error (task, td_http_answer_map_error (g_task_get_source_object (task), error));
}

static void
return_body (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_clear_object (&exchange->stream);
  g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body)),
                         (GDestroyNotify)g_bytes_unref);
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
      return_body (task);
      return;
    }

  if (exchange->body->len + g_bytes_get_size (chunk) <= exchange->max_bytes)
    {
      g_byte_array_append (exchange->body, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
      read_more (task);
    }
  else if (exchange->is_problem)
    {
      /* The words of an error are not worth more. */
      g_byte_array_set_size (exchange->body, 0);
      return_body (task);
    }
  else if (exchange->max_bytes >= 1024 * 1024)
    g_task_return_new_error (task, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE,
                             _ ("The answer is larger than %d MiB"), (int)(exchange->max_bytes / (1024 * 1024)));
  else
    g_task_return_new_error (task, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE,
                             _ ("The answer is larger than %d KiB"), (int)(exchange->max_bytes / 1024));
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
  SoupMessage *message = g_task_get_source_object (task);
  Exchange    *exchange = g_task_get_task_data (task);
  guint        status;
  g_autoptr (GError) error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (exchange->stream == NULL)
    {
      return_mapped_error (task, error);
      return;
    }

  status = soup_message_get_status (message);
  exchange->is_problem = !SOUP_STATUS_IS_SUCCESSFUL (status);
  if (exchange->is_problem)
    exchange->max_bytes = PROBLEM_BYTES;

  if (status == SOUP_STATUS_NOT_MODIFIED || status == SOUP_STATUS_NO_CONTENT)
    return_body (task);
  else if (!exchange->is_problem && exchange->expects_json && !td_http_answer_is_json (message, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    read_more (task);
}

/**
 * td_http_exchange_async:
 * @session: the session to send with
 * @message: a request that is not sent yet
 * @max_bytes: what an answer that succeeds may hold, decompressed
 * @expects_json: an answer that succeeds must be JSON
 * @cancellable: (nullable): a cancellable
 * @callback: called in the main context of the caller, with @message as its source
 * @user_data: data for @callback
 *
 * Sends @message once and reads the answer.
 */
void
td_http_exchange_async (SoupSession        *session,
                        SoupMessage        *message,
                        gsize               max_bytes,
                        gboolean            expects_json,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Exchange *exchange;

  g_return_if_fail (SOUP_IS_SESSION (session));
  g_return_if_fail (SOUP_IS_MESSAGE (message));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (message, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_http_exchange_async);

  exchange = g_new0 (Exchange, 1);
  exchange->body = g_byte_array_new ();
  exchange->max_bytes = max_bytes;
  exchange->expects_json = expects_json;
  g_task_set_task_data (task, exchange, (GDestroyNotify)exchange_free);

  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, cancellable, sent_cb, g_object_ref (task));
}

/**
 * td_http_exchange_finish:
 * @result: the result
 * @error: return location; %TD_BACKEND_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the body, empty where there is none or
 *   where that of an error is too long to be words; or %NULL with @error set
 *   where no whole answer came
 */
GBytes *
td_http_exchange_finish (GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
