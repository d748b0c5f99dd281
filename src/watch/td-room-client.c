/* td-room-client.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-room-client.h"

#include "td-connection.h"
#include "td-http-answer.h"
#include "td-http-exchange.h"

/* An answer is held so long where nothing is new: what is, comes at once. */
#define WAIT_S 10
#define DEADLINE_S (WAIT_S + 5)

/* Until the next question: after an answer that was not held, and after what failed. */
#define PAUSE_MS 3000
#define MAX_PAUSE_MS 12000

/* A desk that holds nothing although it says so is not asked without end. */
#define MIN_PAUSE_MS 100

/* How often it is looked whether the minute is over. */
#define LOOK_S 1

struct _TdRoomClient
{
  GObject parent_instance;

  char         *address;     /* (owned) */
  char         *url;         /* (owned) */
  TdConnection *connection;  /* (owned) */
  SoupSession  *session;     /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned): of the question that is asked */
  TdRoom       *room;        /* (owned) (nullable): what was heard last */
  char         *etag;        /* (owned) (nullable): of that */

  TdRoomClientState answer; /* what the last answer was; LOST for none */
  TdRoomClientState state;  /* as it was told last */
  gint64            heard;  /* monotonic, µs: when it last answered as a desk, or was asked first */
  gint64            last_heard;
  gboolean          was_heard; /* as it was told last */
  guint             n_failed;
  guint             pause_source;
  guint             deadline_source;
  guint             look_source;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdRoomClient, td_room_client, G_TYPE_OBJECT)

static void ask (TdRoomClient *self);

static TdRoomClientState
find_state (TdRoomClient *self)
{
  if (self->answer == TD_ROOM_CLIENT_LISTENING || self->answer == TD_ROOM_CLIENT_LOST)
    return g_get_monotonic_time () - self->heard < TD_ROOM_CLIENT_LOST_US ? TD_ROOM_CLIENT_LISTENING : TD_ROOM_CLIENT_LOST;

  return self->answer;
}

static void
look (TdRoomClient *self,
      gboolean      has_news)
{
  TdRoomClientState state = find_state (self);
  gboolean          is_heard = td_room_client_is_heard (self);

  if (!has_news && state == self->state && is_heard == self->was_heard)
    return;
  self->state = state;
  self->was_heard = is_heard;
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
look_cb (gpointer user_data)
{
  look (user_data, FALSE);

  return G_SOURCE_CONTINUE;
}

static gboolean
pause_cb (gpointer user_data)
{
  TdRoomClient *self = user_data;

  self->pause_source = 0;
  ask (self);

  return G_SOURCE_REMOVE;
}

static gboolean
deadline_cb (gpointer user_data)
{
  TdRoomClient *self = user_data;

  self->deadline_source = 0;
  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

/* Of many walls not all ask in the same instant again. */
static guint
find_pause (TdRoomClient *self,
            gboolean      was_held)
{
  guint pause = was_held ? MIN_PAUSE_MS : PAUSE_MS;

  if (self->n_failed > 0)
    pause = MIN (PAUSE_MS << MIN (self->n_failed - 1, 4), MAX_PAUSE_MS);

  return pause + (guint)g_random_int_range (0, (gint32)pause / 8 + 1);
}

static gboolean
take_room (TdRoomClient *self,
           SoupMessage  *message,
           GBytes       *body)
{
  const char *etag = soup_message_headers_get_one (soup_message_get_response_headers (message), "ETag");
  g_autoptr (GError) error = NULL;
  TdRoom *room = td_room_decode (body, &error);

  if (room == NULL)
    {
      /* It never quotes what was said. */
      g_debug ("What the desk says cannot be read: %s", error->message);
      self->answer = TD_ROOM_CLIENT_STRANGE;
      return FALSE;
    }

  td_room_free (self->room);
  self->room = room;
  g_free (self->etag);
  self->etag = g_strdup (etag);

  return TRUE;
}

static void
take_heard (TdRoomClient *self)
{
  self->answer = TD_ROOM_CLIENT_LISTENING;
  self->heard = g_get_monotonic_time ();
  self->last_heard = g_get_real_time ();
  self->n_failed = 0;
}

/* Returns: whether something else is said than before. */
static gboolean
take_answer (TdRoomClient *self,
             SoupMessage  *message,
             GBytes       *body)
{
  self->n_failed++;
  switch (soup_message_get_status (message))
    {
    case SOUP_STATUS_OK:
      if (!take_room (self, message, body))
        return FALSE;
      take_heard (self);
      return TRUE;

    case SOUP_STATUS_NOT_MODIFIED:
      if (self->room != NULL)
        take_heard (self);
      return FALSE;

    case SOUP_STATUS_UNAUTHORIZED:
    case SOUP_STATUS_FORBIDDEN:
      self->answer = TD_ROOM_CLIENT_REFUSED;
      return FALSE;

    case SOUP_STATUS_NOT_FOUND:
      self->answer = TD_ROOM_CLIENT_ELSEWHERE;
      return FALSE;

    default:
      self->answer = SOUP_STATUS_IS_SERVER_ERROR (soup_message_get_status (message)) ? TD_ROOM_CLIENT_LOST : TD_ROOM_CLIENT_STRANGE;
      return FALSE;
    }
}

static void
exchanged_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GWeakRef *reference = user_data;
  g_autoptr (TdRoomClient) self = g_weak_ref_get (reference);
  SoupMessage *message = SOUP_MESSAGE (object);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = td_http_exchange_finish (result, &error);
  gboolean has_news = FALSE;

  g_weak_ref_clear (reference);
  g_free (reference);
  if (self == NULL || self->session == NULL)
    return;

  g_clear_handle_id (&self->deadline_source, g_source_remove);
  if (body != NULL)
    has_news = take_answer (self, message, body);
  else
    {
      self->n_failed++;
      self->answer = g_error_matches (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID) ||
                         g_error_matches (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE)
                       ? TD_ROOM_CLIENT_STRANGE
                       : TD_ROOM_CLIENT_LOST;
    }
  self->pause_source = g_timeout_add (find_pause (self, self->n_failed == 0 && td_http_answer_held (message)), pause_cb, self);
  look (self, has_news);
}

static void
ask (TdRoomClient *self)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, self->url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  GWeakRef           *reference = g_new0 (GWeakRef, 1);

  if (self->connection->secret != NULL)
    {
      g_autofree char *authorization = g_strconcat ("Bearer ", self->connection->secret, NULL);

      soup_message_headers_replace (headers, "Authorization", authorization);
    }
  if (self->etag != NULL && self->room != NULL)
    {
      g_autofree char *wait = g_strdup_printf ("wait=%d", WAIT_S);

      soup_message_headers_replace (headers, "If-None-Match", self->etag);
      soup_message_headers_replace (headers, "Prefer", wait);
    }
  td_connection_prepare (self->connection, message);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->deadline_source = g_timeout_add_seconds (DEADLINE_S, deadline_cb, self);
  /* A question does not keep alive who asks. */
  g_weak_ref_init (reference, self);
  td_http_exchange_async (self->session, message, TD_ROOM_MAX_BODY, TRUE, self->cancellable, exchanged_cb, reference);
}

static void
td_room_client_dispose (GObject *object)
{
  TdRoomClient *self = TD_ROOM_CLIENT (object);

  g_clear_handle_id (&self->pause_source, g_source_remove);
  g_clear_handle_id (&self->deadline_source, g_source_remove);
  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_object (&self->session);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (td_room_client_parent_class)->dispose (object);
}

static void
td_room_client_finalize (GObject *object)
{
  TdRoomClient *self = TD_ROOM_CLIENT (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->connection, td_connection_free);
  td_room_free (self->room);
  g_free (self->etag);
  g_free (self->address);
  g_free (self->url);

  G_OBJECT_CLASS (td_room_client_parent_class)->finalize (object);
}

static void
td_room_client_class_init (TdRoomClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_room_client_dispose;
  object_class->finalize = td_room_client_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_room_client_init (TdRoomClient *self)
{
  self->last_heard = TD_UNKNOWN;
}

/**
 * td_room_client_new:
 * @address: of the desk: "http://10.0.0.12:8710"
 * @profile: name of what is watched, there as here
 * @key: (nullable): what the desk asks for
 *
 * Begins to listen at once.
 *
 * Returns: (transfer full) (nullable): a client; %NULL for an address that is none
 */
TdRoomClient *
td_room_client_new (const char *address,
                    const char *profile,
                    const char *key)
{
  g_autoptr (TdRoomClient) self = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (TD_TYPE_ROOM_CLIENT, NULL);
  self->address = g_strdup (address);
  self->connection = td_connection_new (address);
  self->connection->secret = g_strdup (key);
  /* Whoever wrote http:// into the file of the wall agreed to it. */
  self->connection->allow_plain = TRUE;
  base = td_connection_dup_base_url (self->connection, NULL);
  self->session = td_connection_create_session (self->connection, NULL);
  if (base == NULL || self->session == NULL)
    return NULL;

  name = g_uri_escape_string (profile, NULL, FALSE);
  self->url = g_strconcat (base, g_str_has_suffix (base, "/") ? "" : "/", "v1/room/", name, NULL);
  self->answer = TD_ROOM_CLIENT_LOST;
  self->heard = g_get_monotonic_time ();
  self->last_heard = g_get_real_time ();
  self->look_source = g_timeout_add_seconds (LOOK_S, look_cb, self);
  ask (self);

  return g_steal_pointer (&self);
}

const char *
td_room_client_get_address (TdRoomClient *self)
{
  g_return_val_if_fail (TD_IS_ROOM_CLIENT (self), NULL);

  return self->address;
}

/**
 * td_room_client_get_room:
 * @self: a client
 *
 * Returns: (transfer none) (nullable): what the desk said last, whether or not it is still heard
 */
const TdRoom *
td_room_client_get_room (TdRoomClient *self)
{
  g_return_val_if_fail (TD_IS_ROOM_CLIENT (self), NULL);

  return self->room;
}

TdRoomClientState
td_room_client_get_state (TdRoomClient *self)
{
  g_return_val_if_fail (TD_IS_ROOM_CLIENT (self), TD_ROOM_CLIENT_LOST);

  return find_state (self);
}

/**
 * td_room_client_is_heard:
 * @self: a client
 *
 * Returns: whether the desk said within the last minute what it has to say
 */
gboolean
td_room_client_is_heard (TdRoomClient *self)
{
  g_return_val_if_fail (TD_IS_ROOM_CLIENT (self), FALSE);

  return self->room != NULL && find_state (self) == TD_ROOM_CLIENT_LISTENING;
}

/**
 * td_room_client_get_last_heard:
 * @self: a client
 *
 * Returns: when the desk was heard last, or first asked where it never was, µs
 *   since 1970 by this machine's clock
 */
gint64
td_room_client_get_last_heard (TdRoomClient *self)
{
  g_return_val_if_fail (TD_IS_ROOM_CLIENT (self), TD_UNKNOWN);

  return self->last_heard;
}
