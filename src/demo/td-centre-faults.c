/* td-centre-faults.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-centre-faults.h"

#include <string.h>

#include "td-bad-answers.h"
#include "td-supervision-encoder.h"
#include "td-types.h"

#define DEFAULT_SECONDS 5.0
#define DEFAULT_CLOCK_SECONDS 3600.0

/* Enough to break any bound of TD_MAX_BODY, in pieces that need no memory. */
#define HUGE_CHUNK (64 * 1024)
#define HUGE_CHUNKS (TD_MAX_BODY / HUGE_CHUNK + 16)

typedef enum {
  FAULT_NONE,
  FAULT_SLOW,
  FAULT_DRIP,
  FAULT_401,
  FAULT_500,
  FAULT_503,
  FAULT_TRUNCATED,
  FAULT_WRONG_TYPES,
  FAULT_HUGE,
  FAULT_HTML,
  FAULT_CLOSED,
  FAULT_CUT,
  FAULT_CLOCK,
  FAULT_BACKWARDS,
  N_FAULTS
} Fault;

static const char *const names[N_FAULTS + 1] = {
  [FAULT_NONE] = "none",
  [FAULT_SLOW] = "slow",
  [FAULT_DRIP] = "drip",
  [FAULT_401] = "401",
  [FAULT_500] = "500",
  [FAULT_503] = "503",
  [FAULT_TRUNCATED] = "truncated",
  [FAULT_WRONG_TYPES] = "wrong-types",
  [FAULT_HUGE] = "huge",
  [FAULT_HTML] = "html",
  [FAULT_CLOSED] = "closed",
  [FAULT_CUT] = "cut",
  [FAULT_CLOCK] = "clock",
  [FAULT_BACKWARDS] = "backwards",
};

struct _TdCentreFaults
{
  TdApiServer *server; /* unowned: it holds this as its intercept */
  TdCentre    *centre; /* (owned) */
  Fault        fault;
  double       seconds;
  guint        count;   /* answers left, 0 for ever */
  GQueue       pending; /* (element-type Pending) (owned) */
};

/* An answer that takes its time. */
typedef struct
{
  TdCentreFaults    *faults;
  SoupServerMessage *message; /* (owned) */
  GBytes            *bytes;   /* (owned): what drips, or the piece that is repeated */
  gsize              n_sent;
  guint              source_id;
  gulong             wrote_id;
  gulong             finished_id;
  gulong             disconnected_id;
  GList              link;
} Pending;

static void
pending_free (Pending *pending)
{
  g_queue_unlink (&pending->faults->pending, &pending->link);
  g_clear_handle_id (&pending->source_id, g_source_remove);
  g_clear_signal_handler (&pending->wrote_id, pending->message);
  g_clear_signal_handler (&pending->finished_id, pending->message);
  g_clear_signal_handler (&pending->disconnected_id, pending->message);
  g_object_unref (pending->message);
  g_clear_pointer (&pending->bytes, g_bytes_unref);
  g_free (pending);
}

static void
gone_cb (SoupServerMessage *message,
         gpointer           user_data)
{
  pending_free (user_data);
}

static Pending *
pending_new (TdCentreFaults    *self,
             SoupServerMessage *message)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->faults = self;
  pending->message = g_object_ref (message);
  pending->finished_id = g_signal_connect (message, "finished", G_CALLBACK (gone_cb), pending);
  pending->disconnected_id = g_signal_connect (message, "disconnected", G_CALLBACK (gone_cb), pending);
  pending->link.data = pending;
  g_queue_push_tail_link (&self->pending, &pending->link);

  return pending;
}

/* The right answer at once and as plain JSON, whatever the client prefers. */
static void
serve_plainly (TdCentreFaults    *self,
               SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  soup_message_headers_remove (headers, "Prefer");
  soup_message_headers_remove (headers, "If-None-Match");
  soup_message_headers_remove (headers, "Accept-Encoding");
  td_api_server_serve (self->server, message);
}

static gboolean
slow_cb (gpointer user_data)
{
  Pending *pending = user_data;
  g_autoptr (SoupServerMessage) message = g_object_ref (pending->message);
  TdCentreFaults *self = pending->faults;

  pending->source_id = 0;
  pending_free (pending);
  serve_plainly (self, message);
  soup_server_message_unpause (message);

  return G_SOURCE_REMOVE;
}

static void
answer_slowly (TdCentreFaults    *self,
               SoupServerMessage *message)
{
  Pending *pending = pending_new (self, message);

  pending->source_id = g_timeout_add ((guint)(self->seconds * 1000), slow_cb, pending);
  soup_server_message_pause (message);
}

static gboolean
drip_cb (gpointer user_data)
{
  Pending         *pending = user_data;
  SoupMessageBody *body = soup_server_message_get_response_body (pending->message);
  g_autoptr (GBytes) drop = NULL;

  if (pending->n_sent == g_bytes_get_size (pending->bytes))
    {
      pending->source_id = 0;
      soup_message_body_complete (body);
      soup_server_message_unpause (pending->message);
      return G_SOURCE_REMOVE;
    }

  drop = g_bytes_new_from_bytes (pending->bytes, pending->n_sent, 1);
  pending->n_sent++;
  soup_message_body_append_bytes (body, drop);
  soup_server_message_unpause (pending->message);

  return G_SOURCE_CONTINUE;
}

static void
drip (TdCentreFaults    *self,
      SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody    *body = soup_server_message_get_response_body (message);
  Pending            *pending;

  serve_plainly (self, message);
  pending = pending_new (self, message);
  pending->bytes = soup_message_body_flatten (body);
  soup_message_body_truncate (body);
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  pending->source_id = g_timeout_add_seconds (1, drip_cb, pending);
}

static void
wrote_piece_cb (SoupServerMessage *message,
                gpointer           user_data)
{
  Pending         *pending = user_data;
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  if (pending->n_sent == HUGE_CHUNKS)
    soup_message_body_complete (body);
  else if (pending->n_sent < HUGE_CHUNKS)
    soup_message_body_append_bytes (body, pending->bytes);

  pending->n_sent++;
  soup_server_message_unpause (message);
}

static void
answer_hugely (TdCentreFaults    *self,
               SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody    *body = soup_server_message_get_response_body (message);
  Pending            *pending = pending_new (self, message);
  char               *piece = g_malloc (HUGE_CHUNK);

  memset (piece, ' ', HUGE_CHUNK);
  pending->bytes = g_bytes_new_take (piece, HUGE_CHUNK);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (headers, "application/json", NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_append_bytes (body, pending->bytes);
  pending->wrote_id = g_signal_connect (message, "wrote-chunk", G_CALLBACK (wrote_piece_cb), pending);
}

static void
respond (SoupServerMessage *message,
         const char        *content_type,
         const char        *text)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, content_type, SOUP_MEMORY_COPY, text, strlen (text));
}

static void
close_connection (SoupServerMessage *message,
                  const char        *first)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  if (stream == NULL)
    return;

  /* A client that is gone already is none to tell. */
  if (first != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), first, strlen (first), NULL, NULL, NULL);

  g_io_stream_close (stream, NULL, NULL);
}

static void
alter (TdCentreFaults    *self,
       SoupServerMessage *message,
       Fault              fault)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr (GBytes) right = NULL;
  g_autoptr (GBytes) wrong = NULL;

  serve_plainly (self, message);

  if (soup_server_message_get_status (message) != SOUP_STATUS_OK)
    return;

  right = soup_message_body_flatten (body);

  if (fault == FAULT_TRUNCATED)
    wrong = g_bytes_new_from_bytes (right, 0, g_bytes_get_size (right) * 2 / 3);
  else if (fault == FAULT_WRONG_TYPES)
    wrong = td_bad_answers_change_types (right);
  else if (fault == FAULT_CLOCK)
    wrong = td_bad_answers_shift_times (right, (gint64)(self->seconds * G_USEC_PER_SEC), td_centre_get_timezone (self->centre));
  else
    {
      /* A delta from a base that was never asked for would be another fault. */
      if (g_str_equal (g_uri_get_path (soup_server_message_get_uri (message)), "/v1/snapshot"))
        {
          g_bytes_unref (right);
          right = td_supervision_encode_full (self->centre, td_centre_get_instance (self->centre));
        }

      wrong = td_bad_answers_lower_revision (right);
    }

  soup_message_body_truncate (body);
  soup_message_body_append_bytes (body, wrong);
  soup_message_body_complete (body);
}

static gboolean
intercept (TdApiServer       *server,
           SoupServerMessage *message,
           gpointer           user_data)
{
  TdCentreFaults     *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  Fault               fault = self->fault;

  if (fault == FAULT_NONE)
    return FALSE;

  if (self->count > 0 && --self->count == 0)
    self->fault = FAULT_NONE;

  switch (fault)
    {
    case FAULT_SLOW:
      answer_slowly (self, message);
      break;

    case FAULT_DRIP:
      drip (self, message);
      break;

    case FAULT_401:
      soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer realm=\"tongdai\", error=\"invalid_token\"");
      td_api_server_respond_problem (server, message, SOUP_STATUS_UNAUTHORIZED, NULL, NULL, "A fault that was asked for.");
      break;

    case FAULT_500:
      td_api_server_respond_problem (server, message, SOUP_STATUS_INTERNAL_SERVER_ERROR, NULL, NULL, "A fault that was asked for.");
      break;

    case FAULT_503:
      {
        g_autofree char *seconds = g_strdup_printf ("%u", (guint)(self->seconds + 0.5));

        soup_message_headers_replace (headers, "Retry-After", seconds);
        td_api_server_respond_problem (server, message, SOUP_STATUS_SERVICE_UNAVAILABLE, NULL, NULL, "A fault that was asked for.");
        break;
      }

    case FAULT_HUGE:
      answer_hugely (self, message);
      break;

    case FAULT_HTML:
      respond (message, "text/html; charset=utf-8", "<!DOCTYPE html>\n<title>Đăng nhập</title>\n<p>Please log in to the network.</p>\n");
      break;

    case FAULT_CLOSED:
      close_connection (message, NULL);
      break;

    case FAULT_CUT:
      close_connection (message, "HTTP/1.1 200 OK\r\nContent-Type: applica");
      break;

    case FAULT_TRUNCATED:
    case FAULT_WRONG_TYPES:
    case FAULT_CLOCK:
    case FAULT_BACKWARDS:
      alter (self, message, fault);
      break;

    case FAULT_NONE:
    case N_FAULTS:
    default:
      g_assert_not_reached ();
    }

  return TRUE;
}

/**
 * td_centre_faults_new:
 * @server: what is to answer badly; outlives the faults
 * @centre: what @server serves
 *
 * Returns: (transfer full): faults, none of which is in force
 */
TdCentreFaults *
td_centre_faults_new (TdApiServer *server,
                      TdCentre    *centre)
{
  TdCentreFaults *self;

  g_return_val_if_fail (TD_IS_API_SERVER (server), NULL);
  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);

  self = g_new0 (TdCentreFaults, 1);
  self->server = server;
  self->centre = g_object_ref (centre);
  self->seconds = DEFAULT_SECONDS;
  g_queue_init (&self->pending);
  td_api_server_set_intercept_func (server, intercept, self, NULL);

  return self;
}

void
td_centre_faults_free (TdCentreFaults *self)
{
  g_return_if_fail (self != NULL);

  td_api_server_set_intercept_func (self->server, NULL, NULL, NULL);

  while (self->pending.head != NULL)
    pending_free (self->pending.head->data);

  g_object_unref (self->centre);
  g_free (self);
}

/**
 * td_centre_faults_get_names:
 *
 * Returns: (transfer none): all faults, "none" first, ended by %NULL
 */
const char *const *
td_centre_faults_get_names (void)
{
  return names;
}

const char *
td_centre_faults_get_active (TdCentreFaults *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return names[self->fault];
}

guint
td_centre_faults_get_count (TdCentreFaults *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->count;
}

double
td_centre_faults_get_seconds (TdCentreFaults *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->seconds;
}

gboolean
td_centre_faults_set (TdCentreFaults *self,
                      const char     *name,
                      double          seconds,
                      guint           count)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  for (Fault fault = FAULT_NONE; fault < N_FAULTS; fault++)
    {
      if (!g_str_equal (name, names[fault]))
        continue;

      self->fault = fault;
      self->seconds = seconds > 0            ? MIN (seconds, 3600.0)
                      : fault == FAULT_CLOCK ? DEFAULT_CLOCK_SECONDS
                                             : DEFAULT_SECONDS;
      self->count = fault == FAULT_NONE ? 0 : count;

      return TRUE;
    }

  return FALSE;
}
