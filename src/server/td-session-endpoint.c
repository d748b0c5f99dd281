/* td-session-endpoint.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-session-endpoint.h"

#include "td-http.h"
#include "td-json-writer.h"

/**
 * td_session_endpoint_serve:
 * @message: a GET or HEAD request whose sender may read
 * @scope: what its token allows
 * @actions: bits of the actions that the server carries out
 * @server: (nullable): what the server calls itself
 *
 * Answers with what the sender may do: one who may only read, no action.
 */
void
td_session_endpoint_serve (SoupServerMessage *message,
                           TdApiScope         scope,
                           guint              actions,
                           const char        *server)
{
  gboolean     acts = (scope & TD_API_SCOPE_ACT) != 0;
  TdJsonWriter writer;
  g_autoptr (GBytes) bytes = NULL;

  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));

  td_json_writer_init (&writer, 256);
  td_json_writer_begin (&writer, '{');
  td_json_writer_string_member (&writer, "scope", acts ? "act" : "read");
  td_json_writer_name (&writer, "actions");
  td_json_writer_begin (&writer, '[');

  for (guint i = 0; acts && i < TD_N_ACTIONS; i++)
    {
      if (actions & TD_ACTION_BIT (i))
        td_json_writer_string (&writer, td_action_kind_to_string (i));
    }

  td_json_writer_close (&writer, ']');
  td_json_writer_string_member (&writer, "server", server);
  td_json_writer_close (&writer, '}');
  bytes = td_json_writer_end (&writer);

  td_http_respond_bytes (message, "application/json", bytes);
}
