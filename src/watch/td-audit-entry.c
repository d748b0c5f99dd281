/* td-audit-entry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-audit-entry.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "td-json-guard.h"
#include "td-time.h"
#include "td-types.h"

#define MAX_FIELD 1024 /* bytes of a text */

static const char *const results[TD_N_AUDIT_RESULTS] = {
  [TD_AUDIT_SENT] = "sent",
  [TD_AUDIT_DONE] = "done",
  [TD_AUDIT_FAILED] = "failed",
  [TD_AUDIT_UNKNOWN] = "unknown",
};

const char *
td_audit_result_to_string (TdAuditResult result)
{
  g_return_val_if_fail ((guint)result < TD_N_AUDIT_RESULTS, NULL);

  return results[result];
}

/**
 * td_audit_entry_new:
 * @action: a checked action that is about to be sent
 * @agent_name: (nullable): the agent's name
 *
 * Returns: (transfer full): an entry that it is sent now, by this machine's
 *   clock, by the person who runs the program
 */
TdAuditEntry *
td_audit_entry_new (const TdAction *action,
                    const char     *agent_name)
{
  g_autofree char *user = NULL;
  g_autofree char *host = NULL;
  TdAuditEntry    *self;

  g_return_val_if_fail (action != NULL, NULL);

  user = g_utf8_make_valid (g_get_user_name (), -1);
  host = g_utf8_make_valid (g_get_host_name (), -1);

  self = g_new0 (TdAuditEntry, 1);
  self->id = g_uuid_string_random ();
  self->at = g_get_real_time ();
  self->result = TD_AUDIT_SENT;
  self->who = g_strdup_printf ("%s@%s", user, host);
  self->kind = action->kind;
  self->agent = g_strdup (action->agent);
  self->agent_name = g_strdup (agent_name);
  self->queue = g_strdup (action->queue);
  self->reason = g_strdup (action->reason);
  self->extension = g_strdup (action->extension);

  return self;
}

void
td_audit_entry_free (TdAuditEntry *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->who);
  g_free (self->profile);
  g_free (self->source);
  g_free (self->user);
  g_free (self->agent);
  g_free (self->agent_name);
  g_free (self->queue);
  g_free (self->queue_name);
  g_free (self->reason);
  g_free (self->extension);
  g_free (self->error);
  g_free (self);
}

static void
add_member (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  g_autofree char *valid = NULL;

  if (value == NULL)
    return;

  valid = g_utf8_make_valid (value, -1);
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, valid);
}

/**
 * td_audit_entry_to_line:
 * @self: an entry
 *
 * Returns: (transfer full): one JSON object on one line, its end included;
 *   times are RFC 3339 in this machine's zone
 */
char *
td_audit_entry_to_line (const TdAuditEntry *self)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonGenerator) generator = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *at = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  zone = g_time_zone_new_local ();
  at = td_time_format (self->at, zone);
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_member (builder, "at", at);
  add_member (builder, "id", self->id);
  add_member (builder, "result", results[self->result]);
  add_member (builder, "who", self->who);
  add_member (builder, "profile", self->profile);
  add_member (builder, "source", self->source);
  add_member (builder, "user", self->user);
  add_member (builder, "action", td_action_kind_to_string (self->kind));
  add_member (builder, "agent", self->agent);
  add_member (builder, "agent_name", self->agent_name);
  add_member (builder, "queue", self->queue);
  add_member (builder, "queue_name", self->queue_name);
  add_member (builder, "reason", self->reason);
  add_member (builder, "extension", self->extension);
  add_member (builder, "error", self->error);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  generator = json_generator_new ();
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);

  return g_strconcat (text, "\n", NULL);
}

static char *
dup_member (JsonObject *object,
            const char *name)
{
  JsonNode   *node = json_object_get_member (object, name);
  const char *text;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  text = json_node_get_string (node);

  return strlen (text) <= MAX_FIELD ? g_strdup (text) : NULL;
}

static gboolean
find_result (const char    *word,
             TdAuditResult *result)
{
  for (guint i = 0; word != NULL && i < TD_N_AUDIT_RESULTS; i++)
    {
      if (strcmp (results[i], word) == 0)
        {
          *result = (TdAuditResult)i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * td_audit_entry_from_line:
 * @line: a line of a log, which anybody may have written
 * @length: its bytes
 *
 * Returns: (transfer full) (nullable): the entry, or %NULL where it is none
 */
TdAuditEntry *
td_audit_entry_from_line (const char *line,
                          gsize       length)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (TdAuditEntry) self = NULL;
  g_autofree char *at = NULL;
  g_autofree char *action = NULL;
  g_autofree char *result = NULL;
  JsonObject      *object;

  if (!td_json_guard_check (line, length, NULL) || !json_parser_load_from_data (parser, line, (gssize)length, NULL) ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;

  object = json_node_get_object (json_parser_get_root (parser));
  self = g_new0 (TdAuditEntry, 1);
  at = dup_member (object, "at");
  action = dup_member (object, "action");
  result = dup_member (object, "result");
  self->id = dup_member (object, "id");
  self->who = dup_member (object, "who");
  self->profile = dup_member (object, "profile");
  self->source = dup_member (object, "source");
  self->user = dup_member (object, "user");
  self->agent = dup_member (object, "agent");
  self->agent_name = dup_member (object, "agent_name");
  self->queue = dup_member (object, "queue");
  self->queue_name = dup_member (object, "queue_name");
  self->reason = dup_member (object, "reason");
  self->extension = dup_member (object, "extension");
  self->error = dup_member (object, "error");

  if (at == NULL || !td_time_parse (at, &self->at) || action == NULL ||
      !td_action_kind_from_string (action, &self->kind) || !find_result (result, &self->result) ||
      self->id == NULL || self->who == NULL || self->agent == NULL)
    return NULL;

  return g_steal_pointer (&self);
}
