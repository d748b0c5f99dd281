/* td-action-endpoint.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-action-endpoint.h"

#include <string.h>

#include "td-http.h"

#define AGENTS_PREFIX "/v1/agents/"

/* What each kind takes from the body; the rest of it is not looked at. */
#define WITH_REASON TD_ACTION_BIT (TD_ACTION_PAUSE)
#define WITH_QUEUE (TD_ACTION_BIT (TD_ACTION_PAUSE) | TD_ACTION_BIT (TD_ACTION_UNPAUSE) | \
                    TD_ACTION_BIT (TD_ACTION_QUEUE_ADD) | TD_ACTION_BIT (TD_ACTION_QUEUE_REMOVE))
#define WITH_EXTENSION (TD_ACTION_BIT (TD_ACTION_LISTEN) | TD_ACTION_BIT (TD_ACTION_WHISPER) | \
                        TD_ACTION_BIT (TD_ACTION_BARGE))

struct _TdActionEndpoint
{
  guint          offered; /* bits of TdActionKind */
  TdActionFunc   func;
  gpointer       data;
  GDestroyNotify destroy;
};

TdActionEndpoint *
td_action_endpoint_new (void)
{
  TdActionEndpoint *self = g_new0 (TdActionEndpoint, 1);

  self->offered = TD_ACTIONS_ALL;

  return self;
}

void
td_action_endpoint_free (TdActionEndpoint *self)
{
  g_return_if_fail (self != NULL);

  td_action_endpoint_set_func (self, NULL, NULL, NULL);
  g_free (self);
}

void
td_action_endpoint_set_func (TdActionEndpoint *self,
                             TdActionFunc      func,
                             gpointer          user_data,
                             GDestroyNotify    destroy)
{
  g_return_if_fail (self != NULL);

  if (self->destroy != NULL)
    self->destroy (self->data);

  self->func = func;
  self->data = user_data;
  self->destroy = destroy;
}

/**
 * td_action_endpoint_get_offered:
 * @self: an endpoint
 *
 * Returns: bits of the actions that are carried out here; none without a
 *   function that does so
 */
guint
td_action_endpoint_get_offered (TdActionEndpoint *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->func != NULL ? self->offered : 0;
}

void
td_action_endpoint_set_offered (TdActionEndpoint *self,
                                guint             actions)
{
  g_return_if_fail (self != NULL);

  self->offered = actions & TD_ACTIONS_ALL;
}

/**
 * td_action_endpoint_parse_path:
 * @path: a raw path such as "/v1/agents/a%2F17/pause": the id may hold any
 *   escaped character, a slash too
 * @agent_id: (out) (transfer full): the agent's id
 * @kind: (out): what is to be done
 *
 * Returns: whether @path is that of an action
 */
gboolean
td_action_endpoint_parse_path (const char   *path,
                               char        **agent_id,
                               TdActionKind *kind)
{
  const char *id;
  const char *slash;

  g_return_val_if_fail (path != NULL, FALSE);

  if (!g_str_has_prefix (path, AGENTS_PREFIX))
    return FALSE;

  id = path + strlen (AGENTS_PREFIX);
  slash = strchr (id, '/');

  if (slash == NULL || slash == id || !td_action_kind_from_string (slash + 1, kind))
    return FALSE;

  *agent_id = g_uri_unescape_segment (id, slash, NULL);

  return *agent_id != NULL;
}

static gboolean
is_json (SoupServerMessage *message)
{
  const char *type = soup_message_headers_get_content_type (soup_server_message_get_request_headers (message), NULL);

  return type == NULL || g_ascii_strcasecmp (type, "application/json") == 0;
}

/* Takes a member that the kind of @action knows; an empty one counts as absent. */
static gboolean
read_member (JsonObject     *object,
             const char     *name,
             const TdAction *action,
             guint           kinds,
             const char    **value,
             GError        **error)
{
  *value = NULL;

  if ((TD_ACTION_BIT (action->kind) & kinds) == 0)
    return TRUE;

  if (!td_http_get_string_member (object, name, value))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "The member \"%s\" must be a string of at most 512 bytes.", name);
      return FALSE;
    }

  if (*value != NULL && **value == '\0')
    *value = NULL;

  return TRUE;
}

static gboolean
read_action (JsonObject *object,
             TdAction   *action,
             GError    **error)
{
  return read_member (object, "reason", action, WITH_REASON, &action->reason, error) &&
         read_member (object, "queue", action, WITH_QUEUE, &action->queue, error) &&
         read_member (object, "extension", action, WITH_EXTENSION, &action->extension, error) &&
         td_action_check (action, error);
}

static void
respond_error (SoupServerMessage *message,
               const GError      *error)
{
  guint status = SOUP_STATUS_CONFLICT;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    status = SOUP_STATUS_NOT_FOUND;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    status = SOUP_STATUS_NOT_IMPLEMENTED;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
    status = SOUP_STATUS_BAD_REQUEST;

  td_http_respond_problem (message, status, NULL, NULL, error != NULL ? error->message : NULL);
}

/**
 * td_action_endpoint_serve:
 * @self: an endpoint
 * @message: a POST request whose sender may act
 * @agent_id: whom
 * @kind: what
 *
 * Has it done, and answers @message with 204 or a problem.
 */
void
td_action_endpoint_serve (TdActionEndpoint  *self,
                          SoupServerMessage *message,
                          const char        *agent_id,
                          TdActionKind       kind)
{
  TdAction action = { .kind = kind, .agent = agent_id };
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));
  g_return_if_fail (agent_id != NULL);
  g_return_if_fail ((guint)kind < TD_N_ACTIONS);

  if (!is_json (message))
    {
      td_http_respond_problem (message, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, NULL, NULL,
                               "The body must be application/json.");
      return;
    }

  node = td_http_read_object (message, &error);

  if (node == NULL || !read_action (json_node_get_object (node), &action, &error))
    {
      td_http_respond_problem (message, SOUP_STATUS_BAD_REQUEST, NULL, NULL, error->message);
      return;
    }

  if ((td_action_endpoint_get_offered (self) & TD_ACTION_BIT (kind)) == 0)
    {
      td_http_respond_problem (message, SOUP_STATUS_NOT_IMPLEMENTED, NULL, NULL,
                               "This server does not carry out this action.");
      return;
    }

  if (self->func (&action, self->data, &error))
    soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
  else
    respond_error (message, error);
}
