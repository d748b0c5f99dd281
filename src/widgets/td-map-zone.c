/* td-map-zone.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-zone.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "td-format.h"

/* Nobody changes places for less than a need before so long. */
#define CALM_US (4 * G_USEC_PER_SEC)

/**
 * td_map_person_new:
 * @agent: an agent
 *
 * Returns: (transfer full): the agent on a map, not judged yet
 */
TdMapPerson *
td_map_person_new (TdAgent *agent)
{
  TdMapPerson *self = g_new0 (TdMapPerson, 1);

  self->agent = g_object_ref (agent);
  self->revision = TD_UNKNOWN;
  self->seconds = TD_UNKNOWN;
  self->verdict.limit_ms = TD_UNKNOWN;

  return self;
}

/**
 * td_map_person_free:
 * @self: (transfer full): an agent on a map
 */
void
td_map_person_free (TdMapPerson *self)
{
  if (self->face != NULL)
    self->free_face (self->face);
  if (self->pixels != NULL)
    self->free_pixels (self->pixels);
  g_object_unref (self->agent);
  g_free (self);
}

/**
 * td_map_person_get_heat:
 * @self: an agent on a map
 * @colouring: what the ground of the tiles tells
 *
 * Of the time in state: how much of the limit is used up. Of the workload: how
 * far it is above the centre's, or below it; half as much again is the whole.
 *
 * Returns: steps of the ground, −%TD_MAP_HEAT_STEPS…%TD_MAP_HEAT_STEPS
 */
int
td_map_person_get_heat (const TdMapPerson *self,
                        TdMapColouring     colouring)
{
  double heat = 0;

  if (colouring == TD_MAP_COLOUR_AGE && self->verdict.limit_ms > 0)
    heat = 1000.0 * (double)MAX (self->seconds, 0) / (double)self->verdict.limit_ms;
  else if (colouring == TD_MAP_COLOUR_WORKLOAD && !isnan (self->verdict.workload))
    heat = (self->verdict.workload - 1) * 2;

  return (int)lround (CLAMP (heat, -1, 1) * TD_MAP_HEAT_STEPS);
}

static guint64
hash_text (guint64     hash,
           const char *text)
{
  /* FNV-1a, 64 bits: two groups that look the same would only be noticed a
   * little later, when somebody comes or goes. */
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    hash = (hash ^ (guchar)*p) * G_GUINT64_CONSTANT (1099511628211);

  return (hash ^ 0xff) * G_GUINT64_CONSTANT (1099511628211);
}

/**
 * td_map_person_get_group:
 * @agent: an agent
 * @arrangement: what makes the zones
 *
 * Returns: a number that is another when @agent belongs to other zones
 */
guint64
td_map_person_get_group (TdAgent         *agent,
                         TdMapArrangement arrangement)
{
  const TdAgentInfo *info = td_agent_get_info (agent);
  guint64            hash = G_GUINT64_CONSTANT (14695981039346656037);

  switch (arrangement)
    {
    case TD_MAP_BY_PLACE:
      return hash_text (hash + info->place, info->place == TD_PLACE_PARTNER ? info->employer : NULL);

    case TD_MAP_BY_EMPLOYER:
      return hash_text (hash, info->employer);

    case TD_MAP_BY_TEAM:
      return hash_text (hash, info->team);

    case TD_MAP_BY_QUEUE:
    default:
      for (guint i = 0; i < info->n_queues; i++)
        hash = hash_text (hash, info->queues[i]);
      return hash;
    }
}

static void
free_zone (gpointer data)
{
  TdMapZone *self = data;

  g_free (self->id);
  g_free (self->title);
  g_ptr_array_unref (self->people);
  g_free (self);
}

static void
add_to_zone (GHashTable  *by_id,
             GPtrArray   *zones,
             const char  *id,
             const char  *title,
             TdMapPerson *person)
{
  TdMapZone *zone = g_hash_table_lookup (by_id, id);

  if (zone == NULL)
    {
      zone = g_new0 (TdMapZone, 1);
      zone->id = g_strdup (id);
      zone->title = g_strdup (title);
      zone->people = g_ptr_array_new ();
      g_ptr_array_add (zones, zone);
      g_hash_table_insert (by_id, zone->id, zone);
    }
  g_ptr_array_add (zone->people, person);
}

/* The name of a place as a title. */
static char *
dup_place_title (TdPlace place)
{
  const char      *name = td_format_place (place);
  g_autofree char *first = g_utf8_strup (name, (gssize)(g_utf8_next_char (name) - name));

  return g_strconcat (first, g_utf8_next_char (name), NULL);
}

static void
add_by_place (GHashTable  *by_id,
              GPtrArray   *zones,
              TdMapPerson *person)
{
  const TdAgentInfo *info = td_agent_get_info (person->agent);
  g_autofree char   *id = NULL;
  g_autofree char   *title = NULL;

  if (info->place == TD_PLACE_PARTNER && info->employer != NULL)
    {
      id = g_strdup_printf ("%d%s", info->place, info->employer);
      add_to_zone (by_id, zones, id, info->employer, person);
      return;
    }

  /* What is not known comes last. */
  id = g_strdup_printf ("%d", info->place == TD_PLACE_UNKNOWN ? TD_N_PLACES : info->place);
  title = info->place == TD_PLACE_UNKNOWN ? g_strdup (_ ("Place not known")) : dup_place_title (info->place);
  add_to_zone (by_id, zones, id, title, person);
}

static void
add_by_queue (TdCentre    *centre,
              GHashTable  *by_id,
              GPtrArray   *zones,
              TdMapPerson *person)
{
  const TdAgentInfo *info = td_agent_get_info (person->agent);

  for (guint i = 0; i < info->n_queues; i++)
    {
      TdQueue *queue = td_centre_find_queue (centre, info->queues[i]);

      add_to_zone (by_id, zones, info->queues[i],
                   queue != NULL ? td_queue_get_title (queue) : info->queues[i], person);
    }
  if (info->n_queues == 0)
    add_to_zone (by_id, zones, "", _ ("No queue"), person);
}

static int
compare_zones (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const TdMapZone *x = *(TdMapZone *const *)a;
  const TdMapZone *y = *(TdMapZone *const *)b;

  /* Places have their own order, and what has no name comes last. */
  if (GPOINTER_TO_INT (user_data) == TD_MAP_BY_PLACE)
    return strcmp (x->id, y->id);
  if ((x->id[0] == '\0') != (y->id[0] == '\0'))
    return x->id[0] == '\0' ? 1 : -1;

  return g_utf8_collate (x->title, y->title);
}

static int
compare_people (gconstpointer a,
                gconstpointer b)
{
  const TdMapPerson *x = *(TdMapPerson *const *)a;
  const TdMapPerson *y = *(TdMapPerson *const *)b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;

  return strcmp (td_agent_get_id (x->agent), td_agent_get_id (y->agent));
}

static void
sort (TdMapZone *self)
{
  g_ptr_array_sort (self->people, compare_people);
}

/**
 * td_map_zone_settle:
 * @self: a zone
 * @now: the source's time, µs since 1970
 *
 * Brings the people into the order of need. Who comes to need a person, or no
 * longer does, moves at once; the others wait, so that tiles keep their places
 * for a few seconds at least.
 *
 * Returns: whether anybody moved
 */
gboolean
td_map_zone_settle (TdMapZone *self,
                    gint64     now)
{
  gboolean is_sorted = TRUE, is_urgent = FALSE;

  for (guint i = 1; i < self->people->len && !is_urgent; i++)
    {
      const TdMapPerson *before = g_ptr_array_index (self->people, i - 1);
      const TdMapPerson *person = g_ptr_array_index (self->people, i);

      is_sorted &= before->key <= person->key;
      is_urgent = before->verdict.need < person->verdict.need;
    }
  if (!is_urgent && (is_sorted || ABS (now - self->sorted_at) < CALM_US))
    return FALSE;

  sort (self);
  self->sorted_at = now;

  return TRUE;
}

static void
count_signs (TdMapZone         *self,
             const TdMapPerson *person)
{
  TdMapOverdue *overdue = &self->overdue[person->state];
  guint         signs = person->verdict.signs;

  if (signs & TD_AGENT_SIGN_OVER_LIMIT)
    {
      overdue->limit_ms = overdue->n > 0 ? MIN (overdue->limit_ms, person->verdict.limit_ms) : person->verdict.limit_ms;
      overdue->n++;
    }
  self->n_phantoms += (signs & TD_AGENT_SIGN_PHANTOM) != 0;
  self->n_loaded += (signs & (TD_AGENT_SIGN_WORKLOAD | TD_AGENT_SIGN_NO_BREAK | TD_AGENT_SIGN_PAST_SHIFT)) != 0;
}

/**
 * td_map_zone_count:
 * @self: a zone
 *
 * Counts states and needs anew.
 */
void
td_map_zone_count (TdMapZone *self)
{
  self->tally = (TdAgentTally){ 0 };
  memset (self->overdue, 0, sizeof self->overdue);
  self->n_look = self->n_person = self->n_phantoms = self->n_loaded = 0;
  for (guint i = 0; i < self->people->len; i++)
    {
      const TdMapPerson *person = g_ptr_array_index (self->people, i);

      td_agent_tally_add (&self->tally, person->state);
      if (person->verdict.signs != 0)
        count_signs (self, person);
      self->n_look += person->verdict.need == TD_AGENT_NEED_LOOK;
      self->n_person += person->verdict.need == TD_AGENT_NEED_PERSON;
    }
}

/**
 * td_map_zones_new:
 * @centre: the centre of the agents
 * @people: (element-type TdAgent TdMapPerson): them on the map, judged
 * @arrangement: what makes the zones
 *
 * The zones have an order of their own that does not change with what their
 * people do: who looks for a team finds it where it was.
 *
 * Returns: (transfer full) (element-type TdMapZone): the zones, none of them
 *   empty; they borrow the people
 */
GPtrArray *
td_map_zones_new (TdCentre        *centre,
                  GHashTable      *people,
                  TdMapArrangement arrangement)
{
  GPtrArray *zones = g_ptr_array_new_with_free_func (free_zone);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  TdRoster *agents = td_centre_get_agents (centre);

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      TdMapPerson       *person = g_hash_table_lookup (people, td_roster_get (agents, i));
      const TdAgentInfo *info;

      if (person == NULL)
        continue;

      info = td_agent_get_info (person->agent);
      person->group = td_map_person_get_group (person->agent, arrangement);
      if (arrangement == TD_MAP_BY_PLACE)
        add_by_place (by_id, zones, person);
      else if (arrangement == TD_MAP_BY_EMPLOYER)
        add_to_zone (by_id, zones, info->employer != NULL ? info->employer : "",
                     info->employer != NULL ? info->employer : _ ("Employer not known"), person);
      else if (arrangement == TD_MAP_BY_TEAM)
        add_to_zone (by_id, zones, info->team != NULL ? info->team : "",
                     info->team != NULL ? info->team : _ ("No team"), person);
      else
        add_by_queue (centre, by_id, zones, person);
    }

  g_ptr_array_sort_with_data (zones, compare_zones, GINT_TO_POINTER (arrangement));
  for (guint i = 0; i < zones->len; i++)
    {
      sort (g_ptr_array_index (zones, i));
      td_map_zone_count (g_ptr_array_index (zones, i));
    }

  return zones;
}
