/* test-room.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "td-backend.h"
#include "td-room-client.h"
#include "td-room-server.h"

#define T0 G_GINT64_CONSTANT (1790000000123000)
#define KEY "abcd-efgh"
#define MAI "Lê Thị Mai"

static TdAlertDeed *
create_deed (const char     *desk,
             TdIncidentEvent event,
             const char     *to)
{
  const char *const parts[] = { "waiting queue q 1", "paused agent PJSIP/2001", "serving centre ", NULL };
  TdIncidentAction  action = { T0 + 5000, event, (char *)MAI, (char *)to, NULL, TD_UNKNOWN };
  TdAlertDeed       deed = { (char *)desk, T0, T0, (char **)parts, &action };

  if (event == TD_INCIDENT_EVENT_SNOOZED)
    {
      action.text = (char *)"Mai đang sửa";
      action.until = T0 + G_TIME_SPAN_HOUR;
    }

  return td_alert_deed_copy (&deed);
}

static TdRoom *
create_room (void)
{
  TdRoom *room = td_room_new ();

  room->message = (TdWallMessage){ g_strdup ("Trạm 110 kV \"Hóc Môn\"\nmất điện"), T0, T0 - G_TIME_SPAN_HOUR };
  g_ptr_array_add (room->deeds, create_deed ("a", TD_INCIDENT_EVENT_TAKEN, NULL));
  g_ptr_array_add (room->deeds, create_deed ("b", TD_INCIDENT_EVENT_HANDED_OVER, "Trần Văn Đức"));
  g_ptr_array_add (room->deeds, create_deed ("c", TD_INCIDENT_EVENT_SNOOZED, NULL));
  g_ptr_array_add (room->deeds, create_deed ("d", TD_INCIDENT_EVENT_CLOSED, NULL));

  return room;
}

static TdRoom *
decode (const char *text,
        GError    **error)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return td_room_decode (body, error);
}

static void
test_no_more_is_told_than_was_chosen (void)
{
  static const struct
  {
    TdWallPrivacy privacy;
    const char   *who;
    const char   *to;
  } cases[] = {
    { TD_WALL_PRIVACY_NONE, TD_ALERT_DEED_UNNAMED, TD_ALERT_DEED_UNNAMED },
    { TD_WALL_PRIVACY_INITIALS, "L.T.M.", "T.V.Đ." },
    { TD_WALL_PRIVACY_NAMES, MAI, "Trần Văn Đức" },
  };
  static const char *const whats[] = { "taken", "handed-over", "snoozed", "closed" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TdRoom) room = create_room ();
      g_autoptr (GBytes) body = td_room_encode (room, cases[i].privacy);
      g_autoptr (GError) error = NULL;
      g_autoptr (TdRoom) read = td_room_decode (body, &error);
      g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

      g_assert_no_error (error);
      g_assert_cmpstr (read->message.text, ==, room->message.text);
      g_assert_cmpint (read->message.until, ==, T0);
      g_assert_cmpint (read->message.since, ==, T0 - G_TIME_SPAN_HOUR);
      g_assert_cmpuint (read->deeds->len, ==, G_N_ELEMENTS (whats));
      for (guint k = 0; k < read->deeds->len; k++)
        {
          const TdAlertDeed *deed = read->deeds->pdata[k], *before = room->deeds->pdata[k];

          g_assert_cmpstr (td_alert_deed_get_word (deed), ==, whats[k]);
          g_assert_cmpstr (deed->desk, ==, before->desk);
          g_assert_cmpint (deed->incident, ==, before->incident);
          g_assert_cmpint (deed->started, ==, before->started);
          g_assert_cmpint (deed->action->at, ==, before->action->at);
          g_assert_cmpint (deed->action->until, ==, before->action->until);
          g_assert_cmpstr (deed->action->who, ==, cases[i].who);
          g_assert_cmpstr (deed->action->to, ==, k == 1 ? cases[i].to : NULL);
          g_assert_cmpuint (g_strv_length (deed->parts), ==, 2);
          g_assert_cmpstr (deed->parts[0], ==, "waiting queue q 1");
          g_assert_cmpstr (deed->parts[1], ==, "serving centre ");
        }
      /* Neither who an alert is of, nor what people wrote. */
      g_assert_null (strstr (text, "2001"));
      g_assert_null (strstr (text, "sửa"));
      if (cases[i].privacy != TD_WALL_PRIVACY_NAMES)
        g_assert_null (strstr (text, "Mai"));
      if (cases[i].privacy == TD_WALL_PRIVACY_NONE)
        g_assert_null (strstr (text, "L.T.M."));
    }
}

static void
test_an_alert_of_one_person_is_not_told (void)
{
  const char *const parts[] = { "paused agent PJSIP/2001", NULL };
  g_autoptr (TdRoom) room = td_room_new ();
  g_autoptr (TdRoom) read = NULL;
  g_autoptr (GBytes) body = NULL;
  TdAlertDeed *deed = create_deed ("a", TD_INCIDENT_EVENT_TAKEN, NULL);

  g_strfreev (deed->parts);
  deed->parts = g_strdupv ((char **)parts);
  g_ptr_array_add (room->deeds, deed);
  body = td_room_encode (room, TD_WALL_PRIVACY_NAMES);
  read = td_room_decode (body, NULL);
  g_assert_cmpuint (read->deeds->len, ==, 0);
  g_assert_null (read->message.text);
}

static void
test_bad_answers_are_refused (void)
{
#define DEED(more) "{\"deeds\":[{\"desk\":\"a\",\"incident\":1,\"started\":\"2026-11-20T00:00:00Z\",\"at\":\"2026-11-20T00:00:01Z\"," \
                   "\"what\":\"taken\"," more "}]}"
#define PARTS "\"parts\":[{\"rule\":\"r\",\"scope\":\"queue\",\"target\":\"q\"}]"
  static const struct
  {
    const char *text;
    int         n_deeds; /* -1: refused */
  } cases[] = {
    { "{\"deeds\":[]}", 0 },
    { "{\"deeds\":[],\"message\":null,\"later\":{\"x\":[1]}}", 0 },
    { DEED (PARTS), 1 },
    { DEED (PARTS ",\"who\":null"), 1 },
    { DEED ("\"parts\":[]"), 1 },
    { "", -1 },
    { "[]", -1 },
    { "{}", -1 },
    { "{\"deeds\":{}}", -1 },
    { "{\"deeds\":[1]}", -1 },
    { "{\"deeds\":[{}]}", -1 },
    { "{\"deeds\":[],\"message\":\"x\"}", -1 },
    { "{\"deeds\":[],\"message\":{}}", -1 },
    { "{\"deeds\":[],\"message\":{\"text\":1}}", -1 },
    { "{\"deeds\":[],\"message\":{\"text\":\"x\",\"until\":\"soon\"}}", -1 },
    { "{\"deeds\":[],\"message\":{\"text\":\"x\",\"since\":7}}", -1 },
    { DEED ("\"who\":\"Mai\""), -1 },
    { DEED (PARTS ",\"who\":1"), -1 },
    { DEED (PARTS ",\"incident\":-1"), -1 },
    { DEED (PARTS ",\"incident\":1e300"), -1 },
    { DEED (PARTS ",\"at\":\"1969-12-31T00:00:00Z\""), -1 },
    { DEED (PARTS ",\"at\":5"), -1 },
    { DEED ("\"parts\":[\"r queue q\"]"), -1 },
    { DEED ("\"parts\":[{\"rule\":\"\",\"scope\":\"queue\"}]"), -1 },
    { DEED (PARTS ",\"who\":\"\xff\xfe\""), -1 },
    { "<html>", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TdRoom) room = decode (cases[i].text, &error);

      g_autofree char *shown = g_strescape (cases[i].text, NULL);

      g_test_message ("%s: %s", shown, error != NULL ? error->message : "read");
      g_assert_true ((room != NULL) == (error == NULL));
      g_assert_cmpint (room != NULL ? (int)room->deeds->len : -1, ==, cases[i].n_deeds);
    }
}

/* What a newer desk does is not understood, and what it says else is. */
static void
test_what_is_not_known_is_left_out (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdRoom) room = decode ("{\"deeds\":[{\"desk\":\"a\",\"incident\":1,\"started\":\"2026-11-20T00:00:00Z\","
                                    "\"at\":\"2026-11-20T00:00:01Z\",\"what\":\"praised\",\"parts\":[]}],\"message\":{\"text\":\"x\"}}",
                                    &error);

  g_assert_no_error (error);
  g_assert_cmpuint (room->deeds->len, ==, 0);
  g_assert_cmpstr (room->message.text, ==, "x");
}

static void
test_what_is_too_much_is_refused (void)
{
  static const struct
  {
    const char *head;
    const char *each;
    const char *tail;
    guint       most;
  } cases[] = {
    { "{\"deeds\":[],\"message\":{\"text\":\"", "ố", "\"}}", TD_WALL_MAX_MESSAGE },
    { "{\"deeds\":[{\"desk\":\"a\",\"incident\":1,\"started\":\"2026-11-20T00:00:00Z\",\"at\":\"2026-11-20T00:00:01Z\",\"what\":\"taken\",\"parts\":[],\"who\":\"",
      "x", "\"}]}", TD_INCIDENT_MAX_WHO },
    { "{\"deeds\":[{\"desk\":\"a\",\"incident\":1,\"started\":\"2026-11-20T00:00:00Z\",\"at\":\"2026-11-20T00:00:01Z\",\"what\":\"taken\",\"parts\":[{\"rule\":\"r\",\"scope\":\"queue\"}",
      ",{\"rule\":\"r\",\"scope\":\"queue\"}", "]}]}", TD_ALERT_DEED_MAX_PARTS - 1 },
    { "{\"deeds\":[{\"desk\":\"a\",\"incident\":1,\"started\":\"2026-11-20T00:00:00Z\",\"at\":\"2026-11-20T00:00:01Z\",\"what\":\"taken\",\"parts\":[]}",
      ",{\"desk\":\"a\",\"incident\":1,\"started\":\"2026-11-20T00:00:00Z\",\"at\":\"2026-11-20T00:00:01Z\",\"what\":\"taken\",\"parts\":[]}", "]}",
      TD_ROOM_MAX_DEEDS - 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (guint more = 0; more < 2; more++)
        {
          g_autoptr (GString) text = g_string_new (cases[i].head);
          g_autoptr (TdRoom) room = NULL;

          for (guint n = 0; n < cases[i].most + more; n++)
            g_string_append (text, cases[i].each);
          g_string_append (text, cases[i].tail);
          room = decode (text->str, NULL);
          g_assert_true ((room != NULL) == (more == 0));
        }
    }
}

static void
test_keys_cannot_be_guessed (void)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 1000; i++)
    {
      char *key = td_room_server_create_key ();

      g_assert_cmpuint (strlen (key), ==, 32 + 7);
      g_assert_cmpuint (strspn (key, "abcdefghijkmnpqrstuvwxyz23456789-"), ==, strlen (key));
      g_assert_true (g_hash_table_add (keys, key));
    }
}

/* --- over the network ------------------------------------------------------- */

static TdRoomServer *
start_server (const char *key,
              guint16     port)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GError) error = NULL;
  TdRoomServer *server = td_room_server_new (key);

  td_room_server_listen (server, address, port, &error);
  g_assert_no_error (error);

  return server;
}

static void
set_room (TdRoomServer *server,
          const char   *message)
{
  g_autoptr (TdRoom) room = create_room ();
  g_autoptr (GBytes) body = NULL;

  g_free (room->message.text);
  room->message.text = g_strdup (message);
  body = td_room_encode (room, TD_WALL_PRIVACY_NONE);
  td_room_server_set_room (server, "south", body);
}

typedef struct
{
  guint   status;
  char   *etag;
  GBytes *body;
  gint64  took;
} Reply;

static void
replied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GBytes **body = user_data;

  *body = soup_session_send_and_read_finish (SOUP_SESSION (object), result, NULL);
  if (*body == NULL)
    *body = g_bytes_new (NULL, 0);
}

static void
clear_reply (Reply *reply)
{
  g_free (reply->etag);
  g_bytes_unref (reply->body);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reply, clear_reply)

/* Runs the server meanwhile; @then is done after 200 ms, where there is any. */
static Reply
send_request (TdRoomServer *server,
              const char   *method,
              const char   *path,
              const char   *headers,
              GSourceFunc   then)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("timeout", 20, "proxy-resolver", NULL, NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u%s", td_room_server_get_port (server), path);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_auto (GStrv) lines = g_strsplit (headers != NULL ? headers : "", "\n", -1);
  Reply  reply = { 0 };
  gint64 before = g_get_monotonic_time ();

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (lines[i], ": ", 2);

      soup_message_headers_append (soup_message_get_request_headers (message), pair[0], pair[1]);
    }
  if (strcmp (method, "POST") == 0)
    {
      g_autoptr (GBytes) order = g_bytes_new_static ("{}", 2);

      soup_message_set_request_body_from_bytes (message, "application/json", order);
    }
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, replied_cb, &reply.body);
  if (then != NULL)
    g_timeout_add (200, then, server);
  while (reply.body == NULL)
    g_main_context_iteration (NULL, TRUE);

  reply.took = g_get_monotonic_time () - before;
  reply.status = soup_message_get_status (message);
  reply.etag = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "ETag"));

  return reply;
}

static gboolean
change_cb (gpointer user_data)
{
  set_room (user_data, "mới");

  return G_SOURCE_REMOVE;
}

#define BEARER "Authorization: Bearer " KEY

static void
test_only_the_key_opens_and_only_for_reading (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *headers;
    guint       status;
  } cases[] = {
    { "GET", "/v1/room/south", BEARER, 200 },
    { "HEAD", "/v1/room/south", BEARER, 200 },
    { "GET", "/v1/room/south", NULL, 401 },
    { "GET", "/v1/room/south", "Authorization: Bearer ", 401 },
    { "GET", "/v1/room/south", "Authorization: Bearer abcd-efg", 401 },
    { "GET", "/v1/room/south", "Authorization: Bearer abcd-efghi", 401 },
    { "GET", "/v1/room/south", "Authorization: Basic YWJjZC1lZmdo", 401 },
    { "GET", "/v1/room/north", NULL, 401 },
    { "GET", "/", NULL, 401 },
    { "POST", "/v1/room/south", NULL, 401 },
    { "POST", "/v1/room/south", BEARER, 405 },
    { "PUT", "/v1/room/south", BEARER, 405 },
    { "DELETE", "/v1/room/south", BEARER, 405 },
    { "GET", "/v1/room/north", BEARER, 404 },
    { "GET", "/v1/room/", BEARER, 404 },
    { "GET", "/v1/room/south/x", BEARER, 404 },
    { "GET", "/v1/snapshot", BEARER, 404 },
  };
  TdRoomServer *server = start_server (KEY, 0);

  set_room (server, "Xin chào");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Reply) reply = send_request (server, cases[i].method, cases[i].path, cases[i].headers, NULL);

      g_test_message ("%s %s", cases[i].method, cases[i].path);
      g_assert_cmpuint (reply.status, ==, cases[i].status);
      g_assert_true (cases[i].status == 200 || reply.etag == NULL);
    }
  td_room_server_set_room (server, NULL, NULL);
  {
    g_auto (Reply) reply = send_request (server, "GET", "/v1/room/south", BEARER, NULL);

    g_assert_cmpuint (reply.status, ==, 404);
  }
  td_room_server_close (server);
  g_assert_finalize_object (server);
}

static void
test_what_is_known_is_not_told_again (void)
{
  TdRoomServer    *server = start_server (KEY, 0);
  g_autofree char *headers = NULL;
  g_autofree char *wait = NULL;

  set_room (server, "cũ");
  {
    g_auto (Reply) reply = send_request (server, "GET", "/v1/room/south", BEARER, NULL);
    g_auto (Reply) again = { 0 };

    headers = g_strdup_printf (BEARER "\nIf-None-Match: %s", reply.etag);
    again = send_request (server, "GET", "/v1/room/south", headers, NULL);
    g_assert_cmpuint (again.status, ==, 304);
    g_assert_cmpstr (again.etag, ==, reply.etag);
  }
  /* Who waits is told at once. */
  wait = g_strconcat (headers, "\nPrefer: wait=15", NULL);
  {
    g_auto (Reply) reply = send_request (server, "GET", "/v1/room/south", wait, change_cb);

    g_assert_cmpuint (reply.status, ==, 200);
    g_assert_cmpint (reply.took, >=, 150 * 1000);
    g_assert_cmpint (reply.took, <, 5 * G_USEC_PER_SEC);
    g_assert_nonnull (strstr (g_bytes_get_data (reply.body, NULL), "mới"));
  }
  td_room_server_close (server);
  g_object_unref (server);
}

static void
test_a_port_that_is_taken_is_told (void)
{
  g_autoptr (TdRoomServer) one = td_room_server_new (KEY);
  g_autoptr (TdRoomServer) two = td_room_server_new (KEY);
  g_autoptr (GError) error = NULL;

  g_assert_true (td_room_server_listen (one, NULL, 0, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (td_room_server_get_port (one), !=, 0);
  g_assert_false (td_room_server_listen (two, NULL, td_room_server_get_port (one), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_assert_cmpuint (td_room_server_get_port (two), ==, 0);
}

/* Whoever connects and says nothing keeps nobody else out for good. */
static void
test_connections_are_counted (void)
{
  TdRoomServer *server = start_server (KEY, 0);
  g_autoptr (GPtrArray) silent = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  guint16 port = td_room_server_get_port (server);

  g_socket_client_set_proxy_resolver (client, NULL);
  g_socket_client_set_enable_proxy (client, FALSE);
  for (guint i = 0; i < TD_ROOM_SERVER_MAX_CONNECTIONS + 10; i++)
    {
      g_autoptr (GError) error = NULL;
      GSocketConnection *connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);

      g_assert_no_error (error);
      g_ptr_array_add (silent, connection);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  while (td_room_server_get_n_connections (server) < TD_ROOM_SERVER_MAX_CONNECTIONS)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (td_room_server_get_n_connections (server), ==, TD_ROOM_SERVER_MAX_CONNECTIONS);

  g_ptr_array_set_size (silent, 0);
  while (td_room_server_get_n_connections (server) > 0)
    g_main_context_iteration (NULL, TRUE);
  set_room (server, "Xin chào");
  {
    g_auto (Reply) reply = send_request (server, "GET", "/v1/room/south", BEARER, NULL);

    g_assert_cmpuint (reply.status, ==, 200);
  }
  td_room_server_close (server);
  g_object_unref (server);
}

/* --- a wall and its desk ------------------------------------------------------ */

static gboolean
timed_out_cb (gpointer user_data)
{
  g_error ("Nothing was heard");
  return G_SOURCE_REMOVE;
}

static void
wait_for (TdRoomClient     *client,
          TdRoomClientState state,
          const char       *message)
{
  guint timeout = g_timeout_add_seconds (60, timed_out_cb, NULL);

  while (td_room_client_get_state (client) != state ||
         (message != NULL && (td_room_client_get_room (client) == NULL || g_strcmp0 (td_room_client_get_room (client)->message.text, message) != 0)))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

static TdRoomClient *
start_client (guint16     port,
              const char *profile,
              const char *key)
{
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u", port);

  return td_room_client_new (address, profile, key);
}

static void
test_a_client_hears_and_goes_on (void)
{
  TdRoomServer *server = start_server (KEY, 0);
  guint16       port = td_room_server_get_port (server);
  g_autoptr (TdRoomClient) client = NULL;
  gint64 before;

  set_room (server, "một");
  client = start_client (port, "south", KEY);
  g_assert_false (td_room_client_is_heard (client));
  wait_for (client, TD_ROOM_CLIENT_LISTENING, "một");
  g_assert_true (td_room_client_is_heard (client));
  g_assert_cmpuint (td_room_client_get_room (client)->deeds->len, ==, 4);
  before = g_get_monotonic_time ();
  set_room (server, "hai");
  wait_for (client, TD_ROOM_CLIENT_LISTENING, "hai");
  g_assert_cmpint (g_get_monotonic_time () - before, <, 5 * G_USEC_PER_SEC);

  /* An outage of the desk takes nothing away. */
  td_room_server_close (server);
  g_object_unref (server);
  before = g_get_monotonic_time ();
  while (g_get_monotonic_time () - before < 4 * G_USEC_PER_SEC)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (td_room_client_is_heard (client));
  g_assert_cmpstr (td_room_client_get_room (client)->message.text, ==, "hai");

  server = start_server (KEY, port);
  set_room (server, "ba");
  wait_for (client, TD_ROOM_CLIENT_LISTENING, "ba");
  td_room_server_set_room (server, NULL, NULL);
  wait_for (client, TD_ROOM_CLIENT_ELSEWHERE, NULL);
  g_assert_false (td_room_client_is_heard (client));
  g_assert_cmpstr (td_room_client_get_room (client)->message.text, ==, "ba");
  g_assert_finalize_object (g_steal_pointer (&client));
  td_room_server_close (server);
  g_object_unref (server);
}

static void
test_a_client_says_what_is_wrong (void)
{
  TdRoomServer *server = start_server (KEY, 0);
  guint16       port = td_room_server_get_port (server);
  g_autoptr (TdRoomClient) wrong = start_client (port, "south", "wrong");
  g_autoptr (TdRoomClient) other = start_client (port, "north", KEY);
  g_autoptr (TdRoomClient) without = start_client (port, "south", NULL);
  g_autoptr (GBytes) rubbish = g_bytes_new_static ("[]", 2);
  g_autoptr (GBytes) large = g_bytes_new_take (g_strnfill (TD_ROOM_MAX_BODY + 1, ' '), TD_ROOM_MAX_BODY + 1);
  g_autoptr (TdRoomClient) strange = NULL;
  g_autoptr (TdRoomClient) flooded = NULL;

  set_room (server, "một");
  wait_for (wrong, TD_ROOM_CLIENT_REFUSED, NULL);
  wait_for (without, TD_ROOM_CLIENT_REFUSED, NULL);
  wait_for (other, TD_ROOM_CLIENT_ELSEWHERE, NULL);
  td_room_server_set_room (server, "south", rubbish);
  strange = start_client (port, "south", KEY);
  wait_for (strange, TD_ROOM_CLIENT_STRANGE, NULL);
  g_assert_false (td_room_client_is_heard (strange));
  td_room_server_set_room (server, "south", large);
  flooded = start_client (port, "south", KEY);
  wait_for (flooded, TD_ROOM_CLIENT_STRANGE, NULL);
  set_room (server, "một");
  wait_for (flooded, TD_ROOM_CLIENT_LISTENING, "một");
  td_room_server_close (server);
  g_object_unref (server);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/room/no-more-is-told-than-was-chosen", test_no_more_is_told_than_was_chosen);
  g_test_add_func ("/room/an-alert-of-one-person-is-not-told", test_an_alert_of_one_person_is_not_told);
  g_test_add_func ("/room/bad-answers-are-refused", test_bad_answers_are_refused);
  g_test_add_func ("/room/what-is-not-known-is-left-out", test_what_is_not_known_is_left_out);
  g_test_add_func ("/room/what-is-too-much-is-refused", test_what_is_too_much_is_refused);
  g_test_add_func ("/room/keys-cannot-be-guessed", test_keys_cannot_be_guessed);
  g_test_add_func ("/room/only-the-key-opens-and-only-for-reading", test_only_the_key_opens_and_only_for_reading);
  g_test_add_func ("/room/what-is-known-is-not-told-again", test_what_is_known_is_not_told_again);
  g_test_add_func ("/room/a-port-that-is-taken-is-told", test_a_port_that_is_taken_is_told);
  g_test_add_func ("/room/connections-are-counted", test_connections_are_counted);
  g_test_add_func ("/room/a-client-hears-and-goes-on", test_a_client_hears_and_goes_on);
  g_test_add_func ("/room/a-client-says-what-is-wrong", test_a_client_says_what_is_wrong);

  return g_test_run ();
}
