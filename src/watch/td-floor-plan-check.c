/* td-floor-plan-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-plan-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#define refuse(error, ...) (g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, __VA_ARGS__), FALSE)

static gboolean
check_text (const char *text,
            gsize       max,
            GError    **error)
{
  if (text == NULL)
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, _ ("The text is not UTF-8."));
  if (strlen (text) > max)
    return refuse (error, _ ("“%.20s…” is longer than %zu bytes."), text, max);

  return TRUE;
}

static gboolean
check_seat (const TdFloorItemInfo *seat,
            GHashTable            *names,
            GHashTable            *agents,
            GError               **error)
{
  if (seat->name == NULL || *seat->name == '\0')
    return refuse (error, _ ("A seat needs a name."));
  if (!check_text (seat->name, TD_MAX_ID, error) || !check_text (seat->agent, TD_MAX_ID, error))
    return FALSE;
  if (!g_hash_table_add (names, (gpointer)seat->name))
    return refuse (error, _ ("There is a seat “%s” already."), seat->name);
  if (seat->agent != NULL && (*seat->agent == '\0' || !g_hash_table_add (agents, (gpointer)seat->agent)))
    return refuse (error, _ ("The agent “%s” has another seat already."), seat->agent);

  return TRUE;
}

static gboolean
check_item (const TdFloorPlanInfo *plan,
            const TdFloorItemInfo *item,
            GError               **error)
{
  if (!td_floor_plan_holds (plan, item))
    return refuse (error, _ ("“%s” would stick out of the plan."), item->name != NULL ? item->name : "—");
  if (item->n_points > 0 && item->n_points < 3)
    return refuse (error, _ ("A room has at least three corners."));
  if (item->n_points > TD_FLOOR_MAX_POINTS)
    return refuse (error, _ ("A room has no more than %d corners."), TD_FLOOR_MAX_POINTS);
  if (item->n_points > 0 && td_floor_item_info_is_flat (item))
    return refuse (error, _ ("The corners lie on one line."));
  if ((item->kind == TD_FLOOR_ROOM || item->kind == TD_FLOOR_DESK) && (item->width < 1 || item->height < 1))
    return refuse (error, _ ("It has no size."));
  if (item->kind == TD_FLOOR_WALL && item->width == 0 && item->height == 0)
    return refuse (error, _ ("The wall ends where it begins."));
  if (item->n_pauses > TD_FLOOR_MAX_PAUSES)
    return refuse (error, _ ("A room has no more than %d reasons of pauses."), TD_FLOOR_MAX_PAUSES);
  for (guint i = 0; i < item->n_pauses; i++)
    {
      if (*item->pauses[i] == '\0' || !check_text (item->pauses[i], TD_MAX_ID, error))
        return error == NULL || *error != NULL ? FALSE : refuse (error, _ ("A reason of a pause is empty."));
    }

  return item->kind == TD_FLOOR_SEAT || check_text (item->name, TD_MAX_TEXT, error);
}

static gboolean
check_info (const TdFloorPlanInfo *info,
            GError               **error)
{
  if (info->name == NULL || *info->name == '\0')
    return refuse (error, _ ("A plan needs a name."));
  if (info->width < 1 || info->width > TD_FLOOR_MAX_CELLS || info->height < 1 || info->height > TD_FLOOR_MAX_CELLS ||
      info->cell_cm < 1 || info->cell_cm > 1000 || info->seat_width < 1 || info->seat_width > 100 ||
      info->seat_height < 1 || info->seat_height > 100)
    return refuse (error, _ ("The plan or its seats are too large or too small."));

  return check_text (info->name, TD_MAX_ID, error) && check_text (info->underlay, TD_MAX_TEXT, error);
}

/**
 * td_floor_plan_check:
 * @info: the whole's
 * @items: (element-type TdFloorItem): what is to be on the plan
 * @error: return location; %G_IO_ERROR_INVALID_ARGUMENT, in words for who draws
 *
 * Returns: whether a file of this plan could be read again
 */
gboolean
td_floor_plan_check (const TdFloorPlanInfo *info,
                     GPtrArray             *items,
                     GError               **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) agents = g_hash_table_new (g_str_hash, g_str_equal);
  guint counts[TD_N_FLOOR_KINDS] = { 0 };

  if (!check_info (info, error))
    return FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      const TdFloorItemInfo *item = td_floor_item_get_info (g_ptr_array_index (items, i));

      if (++counts[item->kind] > td_floor_kind_get_max (item->kind))
        return refuse (error, _ ("There is no room for more than %u of these."), td_floor_kind_get_max (item->kind));
      if (!check_item (info, item, error) ||
          (item->kind == TD_FLOOR_SEAT && !check_seat (item, names, agents, error)))
        return FALSE;
    }

  return TRUE;
}
