/* td-floor-plan-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-plan-file.h"
#include "td-floor-plan-private.h"

#include <json-glib/json-glib.h>

static void
set_text (JsonObject *object,
          const char *name,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static void
set_position (JsonObject            *object,
              const TdFloorItemInfo *info)
{
  json_object_set_int_member (object, "x", info->x);
  json_object_set_int_member (object, "y", info->y);
}

static void
set_rectangle (JsonObject            *object,
               const TdFloorItemInfo *info)
{
  set_position (object, info);
  json_object_set_int_member (object, "width", info->width);
  json_object_set_int_member (object, "height", info->height);
}

static void
set_rotation (JsonObject            *object,
              const TdFloorItemInfo *info)
{
  if (info->rotation != 0)
    json_object_set_int_member (object, "rotation", info->rotation * 90);
}

static void
set_points (JsonObject            *object,
            const TdFloorItemInfo *info)
{
  JsonArray *array = json_array_sized_new (info->n_points);

  for (guint i = 0; i < info->n_points; i++)
    {
      JsonObject *point = json_object_new ();

      json_object_set_int_member (point, "x", info->x + info->points[i].x);
      json_object_set_int_member (point, "y", info->y + info->points[i].y);
      json_array_add_object_element (array, point);
    }
  json_object_set_array_member (object, "points", array);
}

static void
set_room (JsonObject            *object,
          const TdFloorItemInfo *info)
{
  json_object_set_string_member (object, "name", info->name != NULL ? info->name : "");
  json_object_set_string_member (object, "use", td_floor_use_to_string (info->use));
  if (info->n_points > 0)
    set_points (object, info);
  else
    set_rectangle (object, info);

  if (info->n_pauses > 0)
    {
      JsonArray *array = json_array_sized_new (info->n_pauses);

      for (guint i = 0; i < info->n_pauses; i++)
        json_array_add_string_element (array, info->pauses[i]);
      json_object_set_array_member (object, "pauses", array);
    }
}

static JsonObject *
describe (const TdFloorItemInfo *info)
{
  JsonObject *object = json_object_new ();

  switch (info->kind)
    {
    case TD_FLOOR_ROOM:
      set_room (object, info);
      break;

    case TD_FLOOR_WALL:
      json_object_set_int_member (object, "x1", info->x);
      json_object_set_int_member (object, "y1", info->y);
      json_object_set_int_member (object, "x2", info->x + info->width);
      json_object_set_int_member (object, "y2", info->y + info->height);
      break;

    case TD_FLOOR_DESK:
      set_text (object, "name", info->name);
      set_rectangle (object, info);
      set_rotation (object, info);
      break;

    case TD_FLOOR_SEAT:
      set_text (object, "id", info->name);
      set_position (object, info);
      set_rotation (object, info);
      set_text (object, "agent", info->agent);
      break;

    case TD_FLOOR_LABEL:
    case TD_N_FLOOR_KINDS:
    default:
      json_object_set_string_member (object, "text", info->name != NULL ? info->name : "");
      set_position (object, info);
      break;
    }

  return object;
}

/* Steals @node. */
static char *
to_line (JsonNode *node)
{
  char *line = json_to_string (node, FALSE);

  json_node_unref (node);

  return line;
}

static void
append_member (GString    *text,
               const char *name,
               JsonNode   *value)
{
  g_autofree char *line = to_line (value);

  g_string_append_printf (text, ",\n  \"%s\": %s", name, line);
}

static void
append_integer (GString    *text,
                const char *name,
                int         value)
{
  g_string_append_printf (text, ",\n  \"%s\": %d", name, value);
}

static void
append_places (GString *text,
               guint    places)
{
  JsonNode  *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint place = 0; place < TD_N_PLACES; place++)
    {
      if ((places & (1u << place)) != 0)
        json_array_add_string_element (array, td_place_to_string ((TdPlace)place));
    }

  json_node_take_array (node, array);
  append_member (text, "places", node);
}

static void
append_items (GString           *text,
              const TdFloorPlan *plan,
              TdFloorKind        kind)
{
  gboolean first = TRUE;

  g_string_append_printf (text, ",\n  \"%s\": [", td_floor_plan_members[kind]);
  for (guint i = 0; i < td_floor_plan_get_n_items (plan); i++)
    {
      const TdFloorItemInfo *info = td_floor_item_get_info (td_floor_plan_get_item (plan, i));
      JsonNode              *node;
      g_autofree char       *line = NULL;

      if (info->kind != kind)
        continue;

      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, describe (info));
      line = to_line (node);
      g_string_append_printf (text, "%s\n    %s", first ? "" : ",", line);
      first = FALSE;
    }
  g_string_append (text, first ? "]" : "\n  ]");
}

/**
 * td_floor_plan_to_json:
 * @plan: a plan
 *
 * The same plan is the same text, an item on a line, so that a change of it
 * can be read.
 *
 * Returns: (transfer full): its file
 */
char *
td_floor_plan_to_json (const TdFloorPlan *plan)
{
  const TdFloorPlanInfo *info;
  GString               *text;

  g_return_val_if_fail (plan != NULL, NULL);

  info = td_floor_plan_get_info (plan);
  text = g_string_new (NULL);
  g_string_append_printf (text, "{\n  \"format\": %d", TD_FLOOR_PLAN_FORMAT);
  append_member (text, "name", json_node_init_string (json_node_alloc (), info->name));
  append_integer (text, "width", info->width);
  append_integer (text, "height", info->height);
  append_integer (text, "cell_cm", info->cell_cm);
  append_integer (text, "seat_width", info->seat_width);
  append_integer (text, "seat_height", info->seat_height);
  if (info->places != 0)
    append_places (text, info->places);
  if (info->underlay != NULL)
    append_member (text, "underlay", json_node_init_string (json_node_alloc (), info->underlay));
  for (guint kind = 0; kind < TD_N_FLOOR_KINDS; kind++)
    append_items (text, plan, (TdFloorKind)kind);
  g_string_append (text, "\n}\n");

  return g_string_free (text, FALSE);
}
