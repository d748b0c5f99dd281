/* td-supervision-action.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-supervision-action.h"

#include <glib/gi18n.h>

#include "td-http-answer.h"
#include "td-json-reader.h"

/* A server may know more kinds than this program. */
#define MAX_ACTIONS 100

void
td_supervision_session_clear (TdSupervisionSession *self)
{
  g_clear_pointer (&self->scope, g_free);
  g_clear_pointer (&self->server, g_free);
  self->actions = 0;
}

/**
 * td_supervision_session_decode:
 * @self: (out caller-allocates): a cleared session
 * @body: what the server answered
 * @error: return location; %TD_BACKEND_ERROR that names the field
 *
 * Returns: whether @body could be understood; words that are not known count
 *   as no action
 */
gboolean
td_supervision_session_decode (TdSupervisionSession *self,
                               GBytes               *body,
                               GError              **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_auto (TdJsonReader) reader = { 0 };
  JsonObject *root = td_json_reader_parse (parser, body, error);
  JsonArray  *actions;
  const char *scope, *server;
  guint       bits = 0;

  if (root == NULL)
    return FALSE;

  td_json_reader_init (&reader, root);
  scope = td_json_reader_get_text (&reader, "scope", TD_MAX_TEXT);
  server = td_json_reader_get_text (&reader, "server", TD_MAX_TEXT);
  actions = td_json_reader_get_array (&reader, "actions", MAX_ACTIONS);

  for (guint i = 0; actions != NULL && reader.error == NULL && i < json_array_get_length (actions); i++)
    {
      const char  *word = td_json_reader_get_element_id (&reader, "actions", actions, i);
      TdActionKind kind;

      if (word != NULL && td_action_kind_from_string (word, &kind))
        bits |= TD_ACTION_BIT (kind);
    }

  if (reader.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reader.error));
      return FALSE;
    }

  self->scope = g_strdup (scope);
  self->server = g_strdup (server);
  self->actions = bits;

  return TRUE;
}

/**
 * td_supervision_action_get_path:
 * @action: a checked action
 *
 * Returns: (transfer full): the path to post it to
 */
char *
td_supervision_action_get_path (const TdAction *action)
{
  g_autofree char *id = g_uri_escape_string (action->agent, NULL, FALSE);

  return g_strdup_printf ("/v1/agents/%s/%s", id, td_action_kind_to_string (action->kind));
}

static void
add_member (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  if (value == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

/**
 * td_supervision_action_encode:
 * @action: a checked action
 *
 * Returns: (transfer full): the body to post
 */
GBytes *
td_supervision_action_encode (const TdAction *action)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;
  gsize length;

  json_builder_begin_object (builder);
  add_member (builder, "reason", action->reason);
  add_member (builder, "queue", action->queue);
  add_member (builder, "extension", action->extension);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);

  return g_bytes_new_take (text, length);
}

/**
 * td_supervision_action_to_error:
 * @message: a request for an action that was answered with an error
 * @body: (nullable): its body, or the start of it
 * @secret: (nullable): the token
 *
 * Returns: (transfer full): why it was not done, in the source's own words
 *   where it has some
 */
GError *
td_supervision_action_to_error (SoupMessage *message,
                                GBytes      *body,
                                const char  *secret)
{
  g_autofree char *detail = td_http_answer_dup_detail (body, secret);
  const char      *own;
  int              code = TD_BACKEND_ERROR_SERVER;

  switch (soup_message_get_status (message))
    {
    case SOUP_STATUS_BAD_REQUEST:
      own = _ ("The source does not understand the action (400)");
      break;

    case SOUP_STATUS_FORBIDDEN:
      code = TD_BACKEND_ERROR_REFUSED;
      own = _ ("The access token does not allow this action (403)");
      break;

    case SOUP_STATUS_NOT_FOUND:
      own = _ ("The source knows no such agent or queue (404)");
      break;

    case SOUP_STATUS_CONFLICT:
      own = _ ("The action cannot be done as things stand (409)");
      break;

    case SOUP_STATUS_METHOD_NOT_ALLOWED:
    case SOUP_STATUS_NOT_IMPLEMENTED:
      code = TD_BACKEND_ERROR_UNSUPPORTED;
      own = _ ("The source does not carry out this action");
      break;

    default:
      return td_http_answer_to_error (message, body, secret);
    }

  return g_error_new_literal (TD_BACKEND_ERROR, code, detail != NULL ? detail : own);
}
