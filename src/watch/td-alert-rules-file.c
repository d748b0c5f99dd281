/* td-alert-rules-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-rules-file.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "td-backend.h"
#include "td-file.h"
#include "td-json-line.h"
#include "td-json-reader.h"
#include "td-profile.h"

static const char *const file_names[] = { "format", "rules", NULL };
static const char *const rule_names[] = {
  "id", "name", "kind", "scope", "target", "level", "raise", "clear", "for_seconds", "clear_seconds",
  "escalate_seconds", "from", "to", "enabled", NULL
};

#define refuse(reader, name, ...) td_json_reader_fail (reader, TD_BACKEND_ERROR_INVALID, name, -1, __VA_ARGS__)

/* A misspelt field would quietly not hold. */
static void
check_names (TdJsonReader      *reader,
             const char *const *names)
{
  g_autoptr (GList) members = json_object_get_members (reader->levels[reader->depth - 1].object);

  for (GList *l = members; l != NULL && reader->error == NULL; l = l->next)
    {
      g_autofree char *quoted = td_json_reader_quote (l->data);

      if (!g_strv_contains (names, l->data))
        refuse (reader, NULL, _ ("%s is no field of a rule that this version knows"), quoted);
    }
}

static void
refuse_word (TdJsonReader *reader,
             const char   *name,
             const char   *word)
{
  g_autofree char *quoted = td_json_reader_quote (word);

  refuse (reader, name, _ ("%s is not known to this version"), quoted);
}

static TdAlertKind
read_kind (TdJsonReader *reader)
{
  TdAlertKind kind = TD_ALERT_WAITING;
  const char *word;

  td_json_reader_require (reader, "kind");
  word = td_json_reader_get_id (reader, "kind");
  if (word != NULL && !td_alert_kind_from_string (word, &kind))
    refuse_word (reader, "kind", word);

  return kind;
}

static void
read_number (TdJsonReader *reader,
             const char   *name,
             double       *value)
{
  double number = td_json_reader_get_number (reader, name, -1e9, 1e9);

  if (isfinite (number))
    *value = number;
}

static void
read_seconds (TdJsonReader *reader,
              const char   *name,
              guint        *value)
{
  gint64 number = td_json_reader_get_integer (reader, name, 0, TD_ALERT_MAX_DURATION_S);

  if (TD_IS_KNOWN (number))
    *value = (guint)number;
}

/* As people write it: 07:30, up to 24:00. */
static void
read_minute (TdJsonReader *reader,
             const char   *name,
             guint        *minute)
{
  const char *text = td_json_reader_get_text (reader, name, TD_MAX_ID);
  guint       hours, minutes;

  if (text == NULL)
    return;

  if (strlen (text) != 5 || text[2] != ':' || !g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) ||
      !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    {
      refuse (reader, name, _ ("a time is written as 07:30"));
      return;
    }

  hours = (guint)(text[0] - '0') * 10 + (guint)(text[1] - '0');
  minutes = (guint)(text[3] - '0') * 10 + (guint)(text[4] - '0');
  if (minutes > 59 || hours * 60 + minutes > TD_ALERT_DAY_MINUTES)
    refuse (reader, name, _ ("a time is written as 07:30"));
  else
    *minute = hours * 60 + minutes;
}

static void
read_words (TdJsonReader *reader,
            TdAlertRule  *rule)
{
  const char *scope = td_json_reader_get_id (reader, "scope");
  const char *level = td_json_reader_get_id (reader, "level");

  if (scope != NULL && !td_alert_scope_from_string (scope, &rule->scope))
    refuse_word (reader, "scope", scope);
  if (level != NULL && !td_alert_level_from_string (level, &rule->level))
    refuse_word (reader, "level", level);
  rule->name = g_strdup (td_json_reader_get_text (reader, "name", TD_ALERT_MAX_NAME));
  rule->target = g_strdup (td_json_reader_get_id (reader, "target"));
}

/* The rule's own words name the field first, as an error of a file does. */
static void
check_rule (TdJsonReader *reader,
            TdAlertRule  *rule)
{
  g_autoptr (GError) error = NULL;

  if (reader->error == NULL && !td_alert_rule_check (rule, &error))
    {
      const char      *words = strstr (error->message, ": ");
      g_autofree char *field = words != NULL ? g_strndup (error->message, (gsize)(words - error->message)) : NULL;

      refuse (reader, field, "%s", words != NULL ? words + 2 : error->message);
    }
}

static TdAlertRule *
read_rule (TdJsonReader *reader)
{
  g_autoptr (TdAlertRule) rule = NULL;
  const char *id;
  TdAlertKind kind;

  check_names (reader, rule_names);
  td_json_reader_require (reader, "id");
  id = td_json_reader_get_id (reader, "id");
  if (id != NULL && !td_alert_rule_is_id (id))
    refuse (reader, "id", _ ("an id has letters, digits, “-”, “_” and “.” alone, at most 64"));
  kind = read_kind (reader);
  if (reader->error != NULL)
    return NULL;

  rule = td_alert_rule_new (id, kind);
  read_words (reader, rule);
  read_number (reader, "raise", &rule->raise);
  read_number (reader, "clear", &rule->clear);
  read_seconds (reader, "for_seconds", &rule->for_s);
  read_seconds (reader, "clear_seconds", &rule->clear_s);
  read_seconds (reader, "escalate_seconds", &rule->escalate_s);
  read_minute (reader, "from", &rule->from);
  read_minute (reader, "to", &rule->to);
  if (json_object_has_member (reader->levels[reader->depth - 1].object, "enabled"))
    rule->enabled = td_json_reader_get_boolean (reader, "enabled");
  check_rule (reader, rule);

  return reader->error == NULL ? g_steal_pointer (&rule) : NULL;
}

static void
read_rules (TdJsonReader *reader,
            GPtrArray    *rules)
{
  JsonArray *array;

  td_json_reader_require (reader, "format");
  td_json_reader_get_integer (reader, "format", TD_ALERT_RULES_FILE_FORMAT, TD_ALERT_RULES_FILE_FORMAT);
  check_names (reader, file_names);
  td_json_reader_require (reader, "rules");
  array = td_json_reader_get_array (reader, "rules", TD_ALERT_MAX_RULES);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      TdAlertRule *rule;

      if (!td_json_reader_enter_element (reader, "rules", array, i))
        return;
      rule = read_rule (reader);
      if (rule == NULL)
        return;
      if (td_alert_rules_find (rules, rule->id) != NULL)
        refuse (reader, "id", _ ("there are two rules of this id"));
      g_ptr_array_add (rules, rule);
      td_json_reader_leave (reader);
    }
}

/* People know a rule by its id, not by its place in the file. */
static char *
describe_place (JsonObject *root,
                const char *text,
                const char *path)
{
  guint            line = td_json_line_find (text, path);
  guint            index = 0;
  JsonNode        *node = NULL;
  g_autofree char *quoted = NULL;

  if (path != NULL && sscanf (path, "rules[%u]", &index) == 1)
    node = json_array_get_element (json_object_get_array_member (root, "rules"), index);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    node = json_object_get_member (json_node_get_object (node), "id");
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return g_strdup_printf (_ ("line %u"), line);

  quoted = td_json_reader_quote (json_node_get_string (node));

  /* Translators: where an error in a file is: the id of a rule, and a line. */
  return g_strdup_printf (_ ("rule %s, line %u"), quoted, line);
}

/**
 * td_alert_rules_file_parse:
 * @text: what a file holds, ended by NUL
 * @length: its length in bytes
 * @error: return location; %G_IO_ERROR_INVALID_DATA that names the rule,
 *   the line and the field
 *
 * Returns: (transfer full) (nullable) (element-type TdAlertRule): the rules
 */
GPtrArray *
td_alert_rules_file_parse (const char *text,
                           gsize       length,
                           GError    **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GPtrArray) rules = td_alert_rules_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) reason = NULL;
  g_auto (TdJsonReader) reader = { 0 };
  g_autofree char *place = NULL;
  JsonObject      *root;

  g_return_val_if_fail (text != NULL, NULL);

  if (length > TD_ALERT_RULES_FILE_MAX_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("A file of rules is no larger than %d KiB"),
                   TD_ALERT_RULES_FILE_MAX_BYTES / 1024);
      return NULL;
    }

  body = g_bytes_new_static (text, length);
  root = td_json_reader_parse (parser, body, &reason);
  if (root == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, reason->message);
      return NULL;
    }

  td_json_reader_init (&reader, root);
  read_rules (&reader, rules);
  if (reader.error == NULL)
    return g_steal_pointer (&rules);

  place = describe_place (root, text, reader.path);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", place, reader.error->message);

  return NULL;
}

static void
add_minute (JsonBuilder *builder,
            const char  *name,
            guint        minute)
{
  g_autofree char *text = g_strdup_printf ("%02u:%02u", minute / 60, minute % 60);

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  if (text == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            double       value)
{
  json_builder_set_member_name (builder, name);
  if (value == floor (value))
    json_builder_add_int_value (builder, (gint64)value);
  else
    json_builder_add_double_value (builder, value);
}

static void
add_rule (JsonBuilder       *builder,
          const TdAlertRule *rule)
{
  json_builder_begin_object (builder);
  add_text (builder, "id", rule->id);
  add_text (builder, "name", rule->name);
  add_text (builder, "kind", td_alert_kind_to_string (rule->kind));
  add_text (builder, "scope", td_alert_scope_to_string (rule->scope));
  add_text (builder, "target", rule->target);
  add_text (builder, "level", td_alert_level_to_string (rule->level));
  add_number (builder, "raise", rule->raise);
  add_number (builder, "clear", rule->clear);
  add_number (builder, "for_seconds", rule->for_s);
  add_number (builder, "clear_seconds", rule->clear_s);
  add_number (builder, "escalate_seconds", rule->escalate_s);
  if (rule->from != 0 || rule->to != 0)
    {
      add_minute (builder, "from", rule->from);
      add_minute (builder, "to", rule->to);
    }
  json_builder_set_member_name (builder, "enabled");
  json_builder_add_boolean_value (builder, rule->enabled);
  json_builder_end_object (builder);
}

/**
 * td_alert_rules_file_to_text:
 * @rules: (element-type TdAlertRule): rules
 *
 * Returns: (transfer full): what a file of them holds
 */
char *
td_alert_rules_file_to_text (GPtrArray *rules)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (rules != NULL, NULL);

  json_builder_begin_object (builder);
  add_number (builder, "format", TD_ALERT_RULES_FILE_FORMAT);
  json_builder_set_member_name (builder, "rules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rules->len; i++)
    add_rule (builder, g_ptr_array_index (rules, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);

  return g_strconcat (text, "\n", NULL);
}

/**
 * td_alert_rules_file_get_path:
 * @profile: a profile's name
 *
 * Returns: (transfer full): where its rules are, beside the profile
 */
char *
td_alert_rules_file_get_path (const char *profile)
{
  g_autofree char *folder = td_profile_get_folder ();
  g_autofree char *name = NULL;

  g_return_val_if_fail (profile != NULL, NULL);

  name = g_strconcat (profile, ".alerts.json", NULL);

  return g_build_filename (folder, name, NULL);
}

/**
 * td_alert_rules_file_load:
 * @path: the file
 * @error: return location; %G_IO_ERROR or %G_FILE_ERROR, that names the file
 *
 * Returns: (transfer full) (nullable) (element-type TdAlertRule): its rules, or
 *   those of a first start where there is no such file
 */
GPtrArray *
td_alert_rules_file_load (const char *path,
                          GError    **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = NULL;
  GPtrArray       *rules;
  gsize            length;

  g_return_val_if_fail (path != NULL, NULL);

  if (!td_file_read (path, TD_ALERT_RULES_FILE_MAX_BYTES, &text, &length, &reason))
    {
      if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return td_alert_rules_new_default ();
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  rules = td_alert_rules_file_parse (text, length, error);
  if (rules == NULL)
    g_prefix_error (error, "%s: ", path);

  return rules;
}

/**
 * td_alert_rules_file_save:
 * @rules: (element-type TdAlertRule): rules that td_alert_rules_check() lets pass
 * @path: the file; its folder is made where it is missing
 * @error: return location
 *
 * Returns: whether the file has them now; if not, it is as it was
 */
gboolean
td_alert_rules_file_save (GPtrArray  *rules,
                          const char *path,
                          GError    **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (rules != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (!td_alert_rules_check (rules, error))
    return FALSE;

  text = td_alert_rules_file_to_text (rules);
  return td_file_save (path, text, -1, error);
}
