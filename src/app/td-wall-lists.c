/* td-wall-lists.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-lists.h"

#include "td-format.h"
#include "td-wall.h"

/**
 * td_wall_lists_add_queues:
 * @checks: a row without queues
 * @centre: (nullable): whose queues it gets
 */
void
td_wall_lists_add_queues (TdWallChecks *checks,
                          TdCentre     *centre)
{
  TdRoster *queues = centre != NULL ? td_centre_get_queues (centre) : NULL;

  for (guint i = 0; queues != NULL && i < MIN (td_roster_get_size (queues), TD_WALL_MAX_QUEUES); i++)
    {
      TdQueue *queue = td_roster_get (queues, i);

      td_wall_checks_add (checks, td_queue_get_id (queue), td_queue_get_title (queue));
    }
}

static int
compare_teams (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (*(const char *const *)a, *(const char *const *)b);
}

/**
 * td_wall_lists_add_teams:
 * @checks: a row without teams
 * @centre: (nullable): whose teams it gets
 */
void
td_wall_lists_add_teams (TdWallChecks *checks,
                         TdCentre     *centre)
{
  TdRoster *agents = centre != NULL ? td_centre_get_agents (centre) : NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) teams = g_ptr_array_new ();

  for (guint i = 0; agents != NULL && i < td_roster_get_size (agents); i++)
    {
      const char *team = td_agent_get_info (td_roster_get (agents, i))->team;

      if (team != NULL && g_hash_table_size (seen) < TD_WALL_MAX_TEAMS && g_hash_table_add (seen, (gpointer)team))
        g_ptr_array_add (teams, (gpointer)team);
    }
  g_ptr_array_sort (teams, compare_teams);
  for (guint i = 0; i < teams->len; i++)
    td_wall_checks_add (checks, teams->pdata[i], teams->pdata[i]);
}

/**
 * td_wall_lists_add_places:
 * @checks: a row without places
 */
void
td_wall_lists_add_places (TdWallChecks *checks)
{
  for (guint i = 0; i < TD_N_PLACES; i++)
    td_wall_checks_add (checks, td_place_to_string ((TdPlace)i), td_format_place ((TdPlace)i));
}

/**
 * td_wall_lists_set_places:
 * @checks: a row of places
 * @places: bits 1 << #TdPlace of those that are checked
 */
void
td_wall_lists_set_places (TdWallChecks *checks,
                          guint         places)
{
  const char *ids[TD_N_PLACES + 1] = { NULL };
  guint       n = 0;

  for (guint i = 0; i < TD_N_PLACES; i++)
    {
      if ((places & 1u << i) != 0)
        ids[n++] = td_place_to_string ((TdPlace)i);
    }
  td_wall_checks_set (checks, n > 0 ? ids : NULL);
}

guint
td_wall_lists_get_places (TdWallChecks *checks)
{
  g_auto (GStrv) ids = td_wall_checks_get (checks);
  guint   places = 0;
  TdPlace place;

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      if (td_place_from_string (ids[i], &place))
        places |= 1u << place;
    }

  return places;
}
