/* td-server-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "td-server-fixture.h"

#include <string.h>

void
fixture_set_up (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GError) error = NULL;

  fixture->centre = td_centre_new ();
  fixture->server = td_api_server_new (fixture->centre);
  td_api_server_add_token (fixture->server, READ_TOKEN, TD_API_SCOPE_READ);
  td_api_server_add_token (fixture->server, ACT_TOKEN, TD_API_SCOPE_ACT);
  td_api_server_listen (fixture->server, address, 0, &error);
  g_assert_no_error (error);
  /* Without a content decoder the bytes come as they went over the wire, and
   * without a proxy resolver nothing of this machine's settings comes in. */
  fixture->session = soup_session_new_with_options ("max-conns-per-host", 16, "timeout", 20, "proxy-resolver", NULL, NULL);
  soup_session_remove_feature_by_type (fixture->session, SOUP_TYPE_CONTENT_DECODER);
}

void
fixture_tear_down (Fixture      *fixture,
                   gconstpointer data)
{
  soup_session_abort (fixture->session);
  g_clear_object (&fixture->session);
  td_api_server_close (fixture->server);
  g_assert_finalize_object (g_steal_pointer (&fixture->server));

  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_assert_finalize_object (g_steal_pointer (&fixture->centre));
}

static void
apply (Fixture           *fixture,
       TdSnapshotBuilder *builder)
{
  g_autoptr (TdSnapshot) snapshot = td_snapshot_builder_end (builder);
  g_autoptr (GError) error = NULL;

  td_centre_apply (fixture->centre, snapshot, &error);
  g_assert_no_error (error);
}

static void
add_agent (TdSnapshotBuilder *builder,
           const char        *id,
           TdAgentState       state,
           gint64             since)
{
  TdAgentInfo       agent;
  const char *const queues[] = { "q1" };

  td_agent_info_init (&agent);
  agent.id = id;
  agent.name = "Nguyễn Thị \"Hạnh\"\n";
  agent.state = state;
  agent.place = TD_PLACE_HOME;
  agent.since = since;
  agent.queues = queues;
  agent.n_queues = 1;
  agent.talk_ms = 1250;
  td_snapshot_builder_add_agent (builder, &agent);
}

static void
add_caller (TdSnapshotBuilder *builder,
            const char        *id)
{
  TdCallerInfo caller;

  td_caller_info_init (&caller);
  caller.id = id;
  caller.queue = "q1";
  caller.position = 1;
  caller.since = T0;
  td_snapshot_builder_add_caller (builder, &caller);
}

void
fixture_start (Fixture    *fixture,
               const char *instance)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  TdCentreInfo       centre;
  TdQueueInfo        queue;

  fixture->revision = 10;
  td_snapshot_builder_set_revision (builder, fixture->revision, instance);
  td_snapshot_builder_set_at (builder, T0);
  td_centre_info_init (&centre);
  centre.name = "Trung tâm";
  centre.timezone = "Asia/Ho_Chi_Minh";
  centre.service_level_ms = 20000;
  centre.service_level_target = 0.8;
  td_snapshot_builder_set_centre (builder, &centre);
  td_queue_info_init (&queue);
  queue.id = "q1";
  queue.waiting = 0;
  queue.today.offered = 12;
  queue.today.wait_ms = 90500;
  td_snapshot_builder_add_queue (builder, &queue);
  add_agent (builder, "a1", TD_AGENT_STATE_AVAILABLE, T0);
  add_agent (builder, "a/2", TD_AGENT_STATE_OFFLINE, T0);
  add_caller (builder, "c0");
  apply (fixture, builder);
}

void
fixture_change (Fixture     *fixture,
                TdAgentState state,
                const char  *caller)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();

  td_snapshot_builder_set_base (builder, fixture->revision);
  fixture->revision++;
  td_snapshot_builder_set_revision (builder, fixture->revision, td_centre_get_instance (fixture->centre));
  td_snapshot_builder_set_at (builder, T0 + fixture->revision * G_USEC_PER_SEC);
  add_agent (builder, "a1", state, T0 + fixture->revision);

  if (caller != NULL && *caller == '+')
    add_caller (builder, caller + 1);
  else if (caller != NULL)
    td_snapshot_builder_add_gone_caller (builder, caller + 1);

  apply (fixture, builder);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Reply *reply = user_data;

  reply->body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &reply->error);
  reply->done = TRUE;
}

Reply *
fixture_send (Fixture    *fixture,
              const char *method,
              const char *path,
              const char *headers,
              const char *body)
{
  Reply           *reply = g_new0 (Reply, 1);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u%s", td_api_server_get_port (fixture->server), path);
  g_auto (GStrv) lines = g_strsplit (headers != NULL ? headers : "", "\n", -1);

  reply->message = soup_message_new (method, url);
  g_assert_nonnull (reply->message);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *colon = strstr (lines[i], ": ");

      if (colon == NULL)
        continue;

      *colon = '\0';
      soup_message_headers_append (soup_message_get_request_headers (reply->message), lines[i], colon + 2);
    }

  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (reply->message, "application/json", bytes);
    }

  soup_session_send_and_read_async (fixture->session, reply->message, G_PRIORITY_DEFAULT, NULL, sent_cb, reply);

  return reply;
}

void
reply_wait (Reply *reply)
{
  while (!reply->done)
    g_main_context_iteration (NULL, TRUE);
}

Reply *
fixture_fetch (Fixture    *fixture,
               const char *method,
               const char *path,
               const char *headers,
               const char *body)
{
  Reply *reply = fixture_send (fixture, method, path, headers, body);

  reply_wait (reply);
  g_assert_no_error (reply->error);

  return reply;
}

guint
reply_get_status (Reply *reply)
{
  return soup_message_get_status (reply->message);
}

const char *
reply_get_header (Reply      *reply,
                  const char *name)
{
  return soup_message_headers_get_list (soup_message_get_response_headers (reply->message), name);
}

JsonObject *
reply_parse (Reply       *reply,
             JsonParser **parser)
{
  g_autoptr (GError) error = NULL;
  gsize       size;
  const char *data = g_bytes_get_data (reply->body, &size);

  *parser = json_parser_new ();
  json_parser_load_from_data (*parser, data, (gssize)size, &error);
  g_assert_no_error (error);

  return json_node_get_object (json_parser_get_root (*parser));
}

void
reply_free (Reply *reply)
{
  reply_wait (reply);
  g_clear_object (&reply->message);
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_clear_error (&reply->error);
  g_free (reply);
}
