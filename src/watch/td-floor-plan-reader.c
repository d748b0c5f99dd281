/* td-floor-plan-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-plan-file.h"
#include "td-floor-plan-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "td-backend.h"
#include "td-json-line.h"
#include "td-json-reader.h"

#define MAX_MEMBERS 10

const char *const td_floor_plan_members[TD_N_FLOOR_KINDS] = { "rooms", "walls", "desks", "seats", "labels" };

static const char *const plan_names[] = {
  "format", "name", "width", "height", "cell_cm", "seat_width", "seat_height", "places", "underlay",
  "rooms", "walls", "desks", "seats", "labels", NULL
};
static const char *const item_names[TD_N_FLOOR_KINDS][MAX_MEMBERS] = {
  [TD_FLOOR_ROOM] = { "name", "use", "x", "y", "width", "height", "points", "pauses" },
  [TD_FLOOR_WALL] = { "x1", "y1", "x2", "y2" },
  [TD_FLOOR_DESK] = { "name", "x", "y", "width", "height", "rotation" },
  [TD_FLOOR_SEAT] = { "id", "x", "y", "rotation", "agent" },
  [TD_FLOOR_LABEL] = { "text", "x", "y" },
};
static const char *const point_names[] = { "x", "y", NULL };

typedef struct
{
  TdJsonReader    reader;
  TdFloorPlanInfo plan;
  GPtrArray      *items;  /* (owned) (element-type TdFloorItem) */
  GHashTable     *seats;  /* (owned) seat id (string of the tree) -> index + 1 */
  GHashTable     *agents; /* (owned) agent id (string of the tree) -> index + 1 of the seat */
} Loader;

#define refuse(loader, name, ...) \
  td_json_reader_fail (&(loader)->reader, TD_BACKEND_ERROR_INVALID, name, -1, __VA_ARGS__)

static gboolean
is_plain (const char *name)
{
  return *name != '\0' && strlen (name) <= TD_MAX_ID && strspn (name, G_CSET_A_2_Z G_CSET_a_2_z "0123456789_-") == strlen (name);
}

/* What is not known would be lost on saving. */
static void
check_members (Loader            *loader,
               const char *const *names)
{
  JsonObject *object = loader->reader.levels[loader->reader.depth - 1].object;
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      g_autofree char *quoted = NULL;

      if (g_strv_contains (names, l->data))
        continue;

      quoted = td_json_reader_quote (l->data);
      refuse (loader, is_plain (l->data) ? l->data : NULL, _ ("%s is no field of a floor plan that this version knows"), quoted);
      return;
    }
}

static int
read_cells (Loader     *loader,
            const char *name,
            int         min,
            int         max)
{
  td_json_reader_require (&loader->reader, name);

  return (int)td_json_reader_get_integer (&loader->reader, name, min, max);
}

static guint
read_rotation (Loader *loader)
{
  gint64 degrees = td_json_reader_get_integer (&loader->reader, "rotation", 0, 270);

  if (!TD_IS_KNOWN (degrees))
    return 0;
  if (degrees % 90 != 0)
    refuse (loader, "rotation", _ ("%d is none of 0, 90, 180 and 270"), (int)degrees);

  return (guint)(degrees / 90);
}

/* Returns an array of @points in cells from the upper left corner of them all,
 * which goes to @info. */
static TdFloorPoint *
read_points (Loader          *loader,
             TdFloorItemInfo *info)
{
  JsonArray               *array = td_json_reader_get_array (&loader->reader, "points", TD_FLOOR_MAX_POINTS);
  g_autofree TdFloorPoint *points = NULL;

  if (array == NULL)
    return NULL;

  info->n_points = json_array_get_length (array);
  if (info->n_points < 3)
    {
      refuse (loader, "points", _ ("a room has at least three corners"));
      return NULL;
    }

  points = g_new0 (TdFloorPoint, info->n_points);
  for (guint i = 0; i < info->n_points && td_json_reader_enter_element (&loader->reader, "points", array, i); i++)
    {
      check_members (loader, point_names);
      points[i].x = read_cells (loader, "x", 0, TD_FLOOR_MAX_CELLS);
      points[i].y = read_cells (loader, "y", 0, TD_FLOOR_MAX_CELLS);
      td_json_reader_leave (&loader->reader);
    }

  td_floor_item_info_set_points (info, points, info->n_points);
  if (loader->reader.error == NULL && td_floor_item_info_is_flat (info))
    refuse (loader, "points", _ ("the corners lie on one line"));

  return g_steal_pointer (&points);
}

static void
read_rectangle (Loader          *loader,
                TdFloorItemInfo *info)
{
  info->x = read_cells (loader, "x", 0, TD_FLOOR_MAX_CELLS);
  info->y = read_cells (loader, "y", 0, TD_FLOOR_MAX_CELLS);
  info->width = read_cells (loader, "width", 1, TD_FLOOR_MAX_CELLS);
  info->height = read_cells (loader, "height", 1, TD_FLOOR_MAX_CELLS);
}

static void
add_item (Loader                *loader,
          const TdFloorItemInfo *info)
{
  if (loader->reader.error != NULL)
    return;

  if (!td_floor_plan_holds (&loader->plan, info))
    {
      refuse (loader, NULL, _ ("sticks out of the plan of %d × %d cells"), loader->plan.width, loader->plan.height);
      return;
    }

  g_ptr_array_add (loader->items, td_floor_item_new (info));
}

static void
read_room (Loader          *loader,
           TdFloorItemInfo *info)
{
  JsonObject              *object = loader->reader.levels[loader->reader.depth - 1].object;
  JsonArray               *pauses;
  const char              *use;
  g_autofree const char  **reasons = NULL;
  g_autofree TdFloorPoint *points = NULL;

  td_json_reader_require (&loader->reader, "name");
  info->name = td_json_reader_get_text (&loader->reader, "name", TD_MAX_TEXT);

  info->use = TD_FLOOR_USE_OTHER;
  use = td_json_reader_get_text (&loader->reader, "use", TD_MAX_ID);
  if (use != NULL && !td_floor_use_from_string (use, &info->use))
    {
      g_autofree char *quoted = td_json_reader_quote (use);

      refuse (loader, "use", _ ("%s is no use of a room that this version knows"), quoted);
    }

  pauses = td_json_reader_get_array (&loader->reader, "pauses", TD_FLOOR_MAX_PAUSES);
  info->n_pauses = pauses != NULL ? json_array_get_length (pauses) : 0;
  reasons = g_new0 (const char *, info->n_pauses + 1);
  for (guint i = 0; i < info->n_pauses; i++)
    reasons[i] = td_json_reader_get_element_id (&loader->reader, "pauses", pauses, i);
  info->pauses = reasons;

  if (json_object_has_member (object, "points"))
    {
      static const char *const sides[] = { "x", "y", "width", "height" };

      td_json_reader_require (&loader->reader, "points");
      for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
        {
          if (json_object_has_member (object, sides[i]))
            refuse (loader, sides[i], _ ("a room has either corners or sides"));
        }
      info->points = points = read_points (loader, info);
    }
  else
    read_rectangle (loader, info);

  add_item (loader, info);
}

static void
read_wall (Loader          *loader,
           TdFloorItemInfo *info)
{
  info->x = read_cells (loader, "x1", 0, TD_FLOOR_MAX_CELLS);
  info->y = read_cells (loader, "y1", 0, TD_FLOOR_MAX_CELLS);
  info->width = read_cells (loader, "x2", 0, TD_FLOOR_MAX_CELLS) - info->x;
  info->height = read_cells (loader, "y2", 0, TD_FLOOR_MAX_CELLS) - info->y;
  if (info->width == 0 && info->height == 0)
    refuse (loader, NULL, _ ("the wall ends where it begins"));
}

static void
take_once (Loader     *loader,
           GHashTable *table,
           const char *name,
           const char *id,
           guint       index)
{
  gpointer other;

  if (loader->reader.error != NULL || id == NULL)
    return;

  other = g_hash_table_lookup (table, id);
  if (other != NULL)
    {
      g_autofree char *quoted = td_json_reader_quote (id);

      refuse (loader, name, _ ("%s is already seats[%u].%s"), quoted, GPOINTER_TO_UINT (other) - 1, name);
      return;
    }

  g_hash_table_insert (table, (gpointer)id, GUINT_TO_POINTER (index + 1));
}

static void
read_item (Loader     *loader,
           TdFloorKind kind,
           guint       index)
{
  TdFloorItemInfo info = { .kind = kind };

  check_members (loader, item_names[kind]);

  switch (kind)
    {
    case TD_FLOOR_ROOM:
      read_room (loader, &info);
      return;

    case TD_FLOOR_WALL:
      read_wall (loader, &info);
      break;

    case TD_FLOOR_DESK:
      info.name = td_json_reader_get_text (&loader->reader, "name", TD_MAX_TEXT);
      read_rectangle (loader, &info);
      info.rotation = read_rotation (loader);
      break;

    case TD_FLOOR_SEAT:
      td_json_reader_require (&loader->reader, "id");
      info.name = td_json_reader_get_id (&loader->reader, "id");
      info.agent = td_json_reader_get_id (&loader->reader, "agent");
      take_once (loader, loader->seats, "id", info.name, index);
      take_once (loader, loader->agents, "agent", info.agent, index);
      info.rotation = read_rotation (loader);
      info.x = read_cells (loader, "x", 0, TD_FLOOR_MAX_CELLS);
      info.y = read_cells (loader, "y", 0, TD_FLOOR_MAX_CELLS);
      break;

    case TD_FLOOR_LABEL:
    case TD_N_FLOOR_KINDS:
    default:
      td_json_reader_require (&loader->reader, "text");
      info.name = td_json_reader_get_text (&loader->reader, "text", TD_MAX_TEXT);
      info.x = read_cells (loader, "x", 0, TD_FLOOR_MAX_CELLS);
      info.y = read_cells (loader, "y", 0, TD_FLOOR_MAX_CELLS);
      break;
    }

  add_item (loader, &info);
}

static void
read_places (Loader *loader)
{
  JsonArray *array = td_json_reader_get_array (&loader->reader, "places", TD_N_PLACES);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *word = td_json_reader_get_element_id (&loader->reader, "places", array, i);
      TdPlace     place;

      if (word == NULL)
        return;
      if (!td_place_from_string (word, &place))
        {
          g_autofree char *quoted = td_json_reader_quote (word);

          td_json_reader_fail (&loader->reader, TD_BACKEND_ERROR_INVALID, "places", i,
                               _ ("%s is no place of work that this version knows"), quoted);
          return;
        }
      loader->plan.places |= 1u << place;
    }
}

static int
read_with_default (Loader     *loader,
                   const char *name,
                   int         max,
                   int         otherwise)
{
  gint64 value = td_json_reader_get_integer (&loader->reader, name, 1, max);

  return TD_IS_KNOWN (value) ? (int)value : otherwise;
}

static gboolean
is_inside (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  return !g_path_is_absolute (path) && strchr (path, '\\') == NULL && !g_strv_contains ((const char *const *)parts, "..");
}

static void
read_plan (Loader *loader)
{
  td_json_reader_require (&loader->reader, "format");
  td_json_reader_get_integer (&loader->reader, "format", TD_FLOOR_PLAN_FORMAT, TD_FLOOR_PLAN_FORMAT);
  check_members (loader, plan_names);

  td_json_reader_require (&loader->reader, "name");
  loader->plan.name = td_json_reader_get_id (&loader->reader, "name");
  loader->plan.width = read_cells (loader, "width", 1, TD_FLOOR_MAX_CELLS);
  loader->plan.height = read_cells (loader, "height", 1, TD_FLOOR_MAX_CELLS);
  loader->plan.cell_cm = read_with_default (loader, "cell_cm", 1000, 25);
  loader->plan.seat_width = read_with_default (loader, "seat_width", 100, 8);
  loader->plan.seat_height = read_with_default (loader, "seat_height", 100, 5);
  loader->plan.underlay = td_json_reader_get_text (&loader->reader, "underlay", TD_MAX_TEXT);
  if (loader->plan.underlay != NULL && !is_inside (loader->plan.underlay))
    refuse (loader, "underlay", _ ("the picture has to be beside the plan or in a folder there"));
  read_places (loader);

  for (guint kind = 0; kind < TD_N_FLOOR_KINDS; kind++)
    {
      const char *name = td_floor_plan_members[kind];
      JsonArray  *array = td_json_reader_get_array (&loader->reader, name, td_floor_kind_get_max ((TdFloorKind)kind));

      for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
        {
          if (!td_json_reader_enter_element (&loader->reader, name, array, i))
            break;
          read_item (loader, (TdFloorKind)kind, i);
          td_json_reader_leave (&loader->reader);
        }
    }
}

/**
 * td_floor_plan_parse:
 * @text: what a file holds, ended by NUL
 * @length: its length in bytes
 * @error: return location; %G_IO_ERROR_INVALID_DATA that names the line and
 *   the field
 *
 * Returns: (transfer full) (nullable): the plan
 */
TdFloorPlan *
td_floor_plan_parse (const char *text,
                     gsize       length,
                     GError    **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)td_floor_item_unref);
  g_autoptr (GHashTable) seats = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) agents = g_hash_table_new (g_str_hash, g_str_equal);
  Loader       loader = { .items = items, .seats = seats, .agents = agents };
  JsonObject  *root;
  TdFloorPlan *plan = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (length > TD_FLOOR_PLAN_MAX_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("A floor plan is no larger than %d MiB"),
                   TD_FLOOR_PLAN_MAX_BYTES / (1024 * 1024));
      return NULL;
    }

  body = g_bytes_new_static (text, length);
  root = td_json_reader_parse (parser, body, &reason);
  if (root == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, reason->message);
      return NULL;
    }

  td_json_reader_init (&loader.reader, root);
  read_plan (&loader);
  if (loader.reader.error == NULL)
    plan = td_floor_plan_new (&loader.plan, items);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 /* Translators: a line's number, then a field of the file and what is wrong with it. */
                 _ ("line %u: %s"), td_json_line_find (text, loader.reader.path), loader.reader.error->message);
  td_json_reader_clear (&loader.reader);

  return plan;
}
