/* test-hold-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "td-hold-list.h"

#define N_REQUESTS 5
#define MAX_HELD 3

typedef struct
{
  TdHoldList *list;
  guint       n_refused;
  guint       n_done;
  guint       n_ok;
} State;

static void
answer (SoupServerMessage *message,
        gpointer           user_data)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

static void
handler_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  State *state = user_data;

  if (td_hold_list_add (state->list, message, 30))
    return;

  state->n_refused++;
  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  State       *state = user_data;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);

  state->n_done++;

  if (body != NULL && soup_message_get_status (message) == SOUP_STATUS_OK)
    state->n_ok++;
}

static void
test_no_more_are_held_than_allowed (void)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (SoupSession) session = soup_session_new_with_options ("max-conns-per-host", N_REQUESTS, "proxy-resolver", NULL, NULL);
  g_autoptr (TdHoldList) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  State            state = { 0 };
  GSList          *uris;

  list = td_hold_list_new (MAX_HELD, answer, &state);
  state.list = list;
  soup_server_add_handler (server, NULL, handler_cb, &state, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);

  for (guint i = 0; i < N_REQUESTS; i++)
    {
      g_autoptr (SoupMessage) message = soup_message_new ("GET", url);

      soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, sent_cb, &state);
    }

  while (state.n_done < N_REQUESTS - MAX_HELD)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (state.n_refused, ==, N_REQUESTS - MAX_HELD);
  g_assert_cmpuint (td_hold_list_get_size (list), ==, MAX_HELD);
  g_assert_cmpuint (state.n_ok, ==, 0);

  td_hold_list_release_all (list);
  g_assert_cmpuint (td_hold_list_get_size (list), ==, 0);

  while (state.n_done < N_REQUESTS)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (state.n_ok, ==, MAX_HELD);
  soup_server_disconnect (server);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hold-list/no-more-are-held-than-allowed", test_no_more_are_held_than_allowed);

  return g_test_run ();
}
