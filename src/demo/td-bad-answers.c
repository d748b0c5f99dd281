/* td-bad-answers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-bad-answers.h"

#include <json-glib/json-glib.h>

#include "td-time.h"

/* How far the revision falls: further than a burst of changes carries it. */
#define REVISION_FALL 1000

typedef struct
{
  gint64     shift_us;
  GTimeZone *zone;
} Shift;

static JsonNode *
parse (GBytes *json)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonNode) root = NULL;
  gsize       size;
  const char *data = g_bytes_get_data (json, &size);

  if (!json_parser_load_from_data (parser, data, (gssize)size, NULL))
    return NULL;

  root = json_parser_steal_root (parser);

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? g_steal_pointer (&root) : NULL;
}

static GBytes *
generate (JsonNode *root)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  gsize size;
  char *data;

  json_generator_set_root (generator, root);
  data = json_generator_to_data (generator, &size);

  return g_bytes_new_take (data, size);
}

/**
 * td_bad_answers_change_types:
 * @json: an answer
 *
 * Returns: (transfer full): @json with a word for the revision and an object for the agents
 */
GBytes *
td_bad_answers_change_types (GBytes *json)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonObject) object = NULL;
  JsonObject *old;
  g_autoptr (JsonNode) changed = json_node_new (JSON_NODE_OBJECT);

  g_return_val_if_fail (json != NULL, NULL);

  root = parse (json);

  if (root == NULL)
    return g_bytes_ref (json);

  old = json_node_get_object (root);
  object = json_object_new ();
  json_object_set_string_member (object, "revision", "soon");
  json_object_set_boolean_member (object, "at", TRUE);
  json_object_set_object_member (object, "agents", json_object_new ());
  json_object_set_string_member (object, "step", "five minutes");

  if (json_object_has_member (old, "queues"))
    json_object_set_int_member (object, "queues", json_array_get_length (json_object_get_array_member (old, "queues")));

  json_node_set_object (changed, object);

  return generate (changed);
}

static JsonNode *shift_node (JsonNode    *node,
                             const Shift *shift);

static JsonNode *
shift_object (JsonObject  *object,
              const Shift *shift)
{
  g_autoptr (JsonObject) shifted = json_object_new ();
  JsonNode      *node = json_node_new (JSON_NODE_OBJECT);
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *member;

  json_object_iter_init_ordered (&iter, object);

  while (json_object_iter_next_ordered (&iter, &name, &member))
    json_object_set_member (shifted, name, shift_node (member, shift));

  json_node_set_object (node, shifted);

  return node;
}

static JsonNode *
shift_node (JsonNode    *node,
            const Shift *shift)
{
  gint64 time;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return shift_object (json_node_get_object (node), shift);

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      g_autoptr (JsonArray) shifted = json_array_new ();
      JsonNode *result = json_node_new (JSON_NODE_ARRAY);

      for (guint i = 0; i < json_array_get_length (array); i++)
        json_array_add_element (shifted, shift_node (json_array_get_element (array, i), shift));

      json_node_set_array (result, shifted);

      return result;
    }

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
      td_time_parse (json_node_get_string (node), &time))
    {
      g_autofree char *text = td_time_format (time + shift->shift_us, shift->zone);

      return json_node_init_string (json_node_alloc (), text);
    }

  return json_node_copy (node);
}

/**
 * td_bad_answers_shift_times:
 * @json: an answer
 * @shift_us: µs to add to every time in it
 * @zone: the zone to write them in
 *
 * Returns: (transfer full): @json as a server with a wrong clock would say it
 */
GBytes *
td_bad_answers_shift_times (GBytes    *json,
                            gint64     shift_us,
                            GTimeZone *zone)
{
  Shift shift = { shift_us, zone };
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonNode) shifted = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  root = parse (json);

  if (root == NULL)
    return g_bytes_ref (json);

  shifted = shift_node (root, &shift);

  return generate (shifted);
}

/**
 * td_bad_answers_lower_revision:
 * @json: a whole state
 *
 * Returns: (transfer full): @json with a lower revision
 */
GBytes *
td_bad_answers_lower_revision (GBytes *json)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  g_return_val_if_fail (json != NULL, NULL);

  root = parse (json);

  if (root == NULL)
    return g_bytes_ref (json);

  object = json_node_get_object (root);

  if (json_object_has_member (object, "revision"))
    json_object_set_int_member (object, "revision",
                                MAX (json_object_get_int_member (object, "revision") - REVISION_FALL, 0));

  return generate (root);
}
