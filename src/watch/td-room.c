/* td-room.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-room.h"

#include <glib/gi18n.h>

#include "td-backend.h"
#include "td-json-reader.h"
#include "td-time.h"

TdRoom *
td_room_new (void)
{
  TdRoom *self = g_new0 (TdRoom, 1);

  self->message = (TdWallMessage)TD_WALL_MESSAGE_NONE;
  self->deeds = td_alert_deeds_new ();

  return self;
}

void
td_room_free (TdRoom *self)
{
  if (self == NULL)
    return;

  td_wall_message_clear (&self->message);
  g_ptr_array_unref (self->deeds);
  g_free (self);
}

/* --- to walls ------------------------------------------------------------------ */

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
add_time (JsonBuilder *builder,
          const char  *name,
          gint64       time)
{
  g_autofree char *text = TD_IS_KNOWN (time) ? td_time_format (time, NULL) : NULL;

  add_text (builder, name, text);
}

static void
add_name (JsonBuilder  *builder,
          const char   *member,
          const char   *name,
          TdWallPrivacy privacy)
{
  g_autofree char *initials = NULL;

  if (name == NULL || privacy == TD_WALL_PRIVACY_NONE)
    return;
  if (privacy != TD_WALL_PRIVACY_NAMES)
    initials = td_wall_make_initials (name);
  add_text (builder, member, initials != NULL ? initials : name);
}

/* No wall shows an alert of one person, so that it need not hear of any. */
static gboolean
split_part (const char *part,
            char     ***words)
{
  g_auto (GStrv) split = g_strsplit (part, " ", 3);

  if (g_strv_length (split) != 3 || g_str_equal (split[1], td_alert_scope_to_string (TD_ALERT_SCOPE_AGENT)))
    return FALSE;
  *words = g_steal_pointer (&split);

  return TRUE;
}

static gboolean
is_for_walls (const TdAlertDeed *deed)
{
  for (guint i = 0; deed->parts[i] != NULL; i++)
    {
      g_auto (GStrv) words = NULL;

      if (split_part (deed->parts[i], &words))
        return TRUE;
    }

  return FALSE;
}

static void
add_parts (JsonBuilder       *builder,
           const TdAlertDeed *deed)
{
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (guint i = 0; deed->parts[i] != NULL; i++)
    {
      g_auto (GStrv) words = NULL;

      if (!split_part (deed->parts[i], &words))
        continue;
      json_builder_begin_object (builder);
      add_text (builder, "rule", words[0]);
      add_text (builder, "scope", words[1]);
      add_text (builder, "target", words[2]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Without the reason, which no wall shows, and which may name somebody. */
static void
add_deed (JsonBuilder       *builder,
          const TdAlertDeed *deed,
          TdWallPrivacy      privacy)
{
  const TdIncidentAction *action = deed->action;

  json_builder_begin_object (builder);
  add_text (builder, "desk", deed->desk);
  json_builder_set_member_name (builder, "incident");
  json_builder_add_int_value (builder, deed->incident);
  add_time (builder, "started", deed->started);
  add_parts (builder, deed);
  add_text (builder, "what", td_alert_deed_get_word (deed));
  add_time (builder, "at", action->at);
  add_time (builder, "until", action->until);
  add_name (builder, "who", action->who, privacy);
  add_name (builder, "to", action->to, privacy);
  json_builder_end_object (builder);
}

/**
 * td_room_encode:
 * @self: what a desk has to say
 * @privacy: what is told of the people at it
 *
 * Returns: (transfer full): JSON
 */
GBytes *
td_room_encode (const TdRoom *self,
                TdWallPrivacy privacy)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  if (self->message.text != NULL && *self->message.text != '\0')
    {
      json_builder_set_member_name (builder, "message");
      json_builder_begin_object (builder);
      add_text (builder, "text", self->message.text);
      add_time (builder, "until", self->message.until);
      add_time (builder, "since", self->message.since);
      json_builder_end_object (builder);
    }
  json_builder_set_member_name (builder, "deeds");
  json_builder_begin_array (builder);
  for (guint i = 0; i < MIN (self->deeds->len, TD_ROOM_MAX_DEEDS); i++)
    {
      if (is_for_walls (self->deeds->pdata[i]))
        add_deed (builder, self->deeds->pdata[i], privacy);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);

  return g_bytes_new_take (text, length);
}

/* --- at a wall ----------------------------------------------------------------- */

/* Goes through the objects of an array; FALSE at its end, and on an error. */
static gboolean
next_row (TdJsonReader *reader,
          const char   *name,
          JsonArray    *array,
          guint        *index)
{
  if (*index > 0)
    td_json_reader_leave (reader);
  if (array == NULL || *index >= json_array_get_length (array) || reader->error != NULL)
    return FALSE;

  return td_json_reader_enter_element (reader, name, array, (*index)++);
}

static gint64
read_time (TdJsonReader *reader,
           const char   *name)
{
  gint64 time;

  td_json_reader_require (reader, name);
  time = td_json_reader_get_time (reader, name);
  if (reader->error == NULL && time <= 0)
    td_json_reader_fail (reader, TD_BACKEND_ERROR_INVALID, name, -1, _ ("out of range"));

  return time;
}

static void
read_message (TdJsonReader  *reader,
              TdWallMessage *message)
{
  const char *text;

  if (!td_json_reader_enter (reader, "message"))
    return;

  td_json_reader_require (reader, "text");
  text = td_json_reader_get_text (reader, "text", TD_WALL_MAX_MESSAGE * 4);
  if (text != NULL && g_utf8_strlen (text, -1) > TD_WALL_MAX_MESSAGE)
    td_json_reader_fail (reader, TD_BACKEND_ERROR_INVALID, "text", -1, _ ("longer than %d characters"), TD_WALL_MAX_MESSAGE);
  message->until = td_json_reader_get_time (reader, "until");
  message->since = td_json_reader_get_time (reader, "since");
  message->text = g_strdup (text);
  td_json_reader_leave (reader);
}

static char **
read_parts (TdJsonReader *reader)
{
  JsonArray *array = td_json_reader_get_array (reader, "parts", TD_ALERT_DEED_MAX_PARTS);
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  guint i = 0;

  td_json_reader_require (reader, "parts");
  while (next_row (reader, "parts", array, &i))
    {
      const char      *rule, *scope, *target;
      g_autofree char *part = NULL;

      td_json_reader_require (reader, "rule");
      td_json_reader_require (reader, "scope");
      rule = td_json_reader_get_id (reader, "rule");
      scope = td_json_reader_get_id (reader, "scope");
      target = td_json_reader_get_text (reader, "target", TD_MAX_TEXT);
      part = g_strdup_printf ("%s %s %s", rule != NULL ? rule : "", scope != NULL ? scope : "", target != NULL ? target : "");
      g_strv_builder_add (parts, part);
    }

  return g_strv_builder_end (parts);
}

static char *
read_name (TdJsonReader *reader,
           const char   *name)
{
  const char *text = td_json_reader_get_text (reader, name, TD_INCIDENT_MAX_WHO);

  return g_strdup (text != NULL ? text : TD_ALERT_DEED_UNNAMED);
}

static void
read_deed (TdJsonReader *reader,
           GPtrArray    *deeds)
{
  g_autoptr (TdAlertDeed) deed = g_new0 (TdAlertDeed, 1);
  TdIncidentAction *action = deed->action = g_new0 (TdIncidentAction, 1);
  gboolean          is_known;

  td_json_reader_require (reader, "desk");
  td_json_reader_require (reader, "incident");
  td_json_reader_require (reader, "what");
  is_known = td_alert_deed_find_event (td_json_reader_get_id (reader, "what"), &action->event);
  deed->desk = g_strdup (td_json_reader_get_id (reader, "desk"));
  deed->incident = td_json_reader_get_integer (reader, "incident", 0, G_MAXINT64 / 4);
  deed->started = read_time (reader, "started");
  deed->parts = read_parts (reader);
  action->at = read_time (reader, "at");
  action->until = td_json_reader_get_time (reader, "until");
  action->who = read_name (reader, "who");
  action->to = action->event == TD_INCIDENT_EVENT_HANDED_OVER ? read_name (reader, "to") : NULL;
  action->text = action->event == TD_INCIDENT_EVENT_SNOOZED ? g_strdup (TD_ALERT_DEED_UNNAMED) : NULL;

  /* What a newer version tells is left out; what is broken leaves out all. */
  if (reader->error == NULL && is_known)
    g_ptr_array_add (deeds, g_steal_pointer (&deed));
}

/**
 * td_room_decode:
 * @body: what a desk answered
 * @error: return location; %TD_BACKEND_ERROR_INVALID
 *
 * Names that are not told are %TD_ALERT_DEED_UNNAMED.
 *
 * Returns: (transfer full) (nullable): what it says
 */
TdRoom *
td_room_decode (GBytes  *body,
                GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (TdRoom) self = td_room_new ();
  g_auto (TdJsonReader) reader = { 0 };
  JsonObject *root = NULL;
  JsonArray  *array;
  guint       i = 0;

  g_return_val_if_fail (body != NULL, NULL);

  root = td_json_reader_parse (parser, body, error);
  if (root == NULL)
    return NULL;

  td_json_reader_init (&reader, root);
  read_message (&reader, &self->message);
  td_json_reader_require (&reader, "deeds");
  array = td_json_reader_get_array (&reader, "deeds", TD_ROOM_MAX_DEEDS);
  while (next_row (&reader, "deeds", array, &i))
    read_deed (&reader, self->deeds);
  if (reader.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reader.error));
      return NULL;
    }

  return g_steal_pointer (&self);
}
