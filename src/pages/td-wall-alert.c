/* td-wall-alert.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-alert.h"

#include <glib/gi18n.h>

#include "td-alert-deeds.h"
#include "td-format.h"
#include "td-wall-page.h"

static GListModel *
get_incidents (const TdWallMoment *moment)
{
  return td_alert_board_get_incidents (td_alert_desk_get_board (td_watch_get_alerts (moment->watch)));
}

/* What concerns all that the wall shows, and is of no single person. */
static gboolean
is_shown (const TdWallMoment *moment,
          const TdAlert      *alert)
{
  if (!td_alert_is_on (alert) || alert->level != TD_ALERT_ALARM)
    return FALSE;
  /* How old everything is, the wall says by itself. */
  if (alert->kind == TD_ALERT_STALE || alert->kind == TD_ALERT_LOST || alert->kind == TD_ALERT_CLOCK)
    return FALSE;

  switch (alert->scope)
    {
    case TD_ALERT_SCOPE_AGENT:
      return FALSE;

    case TD_ALERT_SCOPE_QUEUE:
      return td_wall_has_queue (moment->wall, alert->target);

    case TD_ALERT_SCOPE_CENTRE:
    case TD_ALERT_SCOPE_HOTLINE:
    case TD_ALERT_SCOPE_ZONE:
    case TD_N_ALERT_SCOPES:
    default:
      return moment->wall->queues == NULL;
    }
}

static TdAlert *
find_part (const TdWallMoment *moment,
           TdIncident         *incident)
{
  for (guint i = 0; i < td_incident_get_n_parts (incident); i++)
    {
      TdAlert *part = td_incident_get_part (incident, i);

      if (is_shown (moment, part))
        return part;
    }

  return NULL;
}

static gboolean
comes_forward (const TdWallMoment *moment,
               TdIncident         *incident,
               const TdAlert      *part)
{
  switch (td_incident_get_state (incident))
    {
    case TD_INCIDENT_OPEN:
      return moment->knows_owners || moment->now - part->raised < TD_WALL_ALERT_UNHEARD_US;

    case TD_INCIDENT_TAKEN:
      return moment->now - td_incident_get_owned_since (incident) < TD_WALL_ALERT_TAKEN_US;

    case TD_INCIDENT_SNOOZED:
    case TD_INCIDENT_CLOSED:
    default:
      return FALSE;
    }
}

/* Those that nobody has taken first, and of these the one that began last. */
static int
compare_urgency (gconstpointer a,
                 gconstpointer b)
{
  TdIncident     *first = *(TdIncident *const *)a, *second = *(TdIncident *const *)b;
  TdIncidentState state = td_incident_get_state (first), other = td_incident_get_state (second);
  gint64          started = td_incident_get_started (first), other_started = td_incident_get_started (second);

  if (state != other)
    return state < other ? -1 : 1;

  return started == other_started ? 0 : started > other_started ? -1
                                                                : 1;
}

/**
 * td_wall_alert_find:
 * @moment: what is known; its @incident and @part are set where there is one
 * @tick: monotonic time, µs
 *
 * Finds what has to stay in sight: an alarm that nobody has taken, or somebody
 * just has; one that nobody has taken before one that somebody has. Where there
 * are several of them they take turns.
 */
void
td_wall_alert_find (TdWallMoment *moment,
                    gint64        tick)
{
  g_autoptr (GPtrArray) forward = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *incidents;
  TdIncident *chosen;
  guint       n = 0;

  g_return_if_fail (moment != NULL);

  incidents = get_incidents (moment);
  for (guint i = 0; i < g_list_model_get_n_items (incidents); i++)
    {
      g_autoptr (TdIncident) incident = g_list_model_get_item (incidents, i);
      TdAlert *part = find_part (moment, incident);

      if (part != NULL && comes_forward (moment, incident, part))
        g_ptr_array_add (forward, g_steal_pointer (&incident));
    }
  if (forward->len == 0)
    return;

  g_ptr_array_sort (forward, compare_urgency);
  while (n < forward->len && td_incident_get_state (forward->pdata[n]) == td_incident_get_state (forward->pdata[0]))
    n++;
  moment->n_incidents = n;
  moment->incident_number = 1 + (guint)((guint64)tick / TD_WALL_ALERT_TURN_US % n);
  chosen = forward->pdata[moment->incident_number - 1];
  moment->incident = g_object_ref (chosen);
  moment->part = td_alert_ref (find_part (moment, chosen));
}

/* Whether somebody has taken or put off what is told of an unusual number of calls. */
static gboolean
is_seen_to (const TdWallMoment *moment)
{
  GListModel *incidents = get_incidents (moment);

  for (guint i = 0; i < g_list_model_get_n_items (incidents); i++)
    {
      g_autoptr (TdIncident) incident = g_list_model_get_item (incidents, i);
      TdIncidentState state = td_incident_get_state (incident);

      if (state != TD_INCIDENT_TAKEN && state != TD_INCIDENT_SNOOZED)
        continue;
      for (guint k = 0; k < td_incident_get_n_parts (incident); k++)
        {
          const TdAlert *part = td_incident_get_part (incident, k);

          if (td_alert_is_on (part) && (part->kind == TD_ALERT_SURGE || part->kind == TD_ALERT_SILENCE))
            return TRUE;
        }
    }

  return FALSE;
}

/**
 * td_wall_alert_stays_in_sight:
 * @moment: what is known, with what td_wall_alert_find() found
 *
 * An incident that comes forward; or an unusual number of calls in all that the
 * wall shows that no rule tells of, for as long as one that nobody can be heard
 * to take. What concerns a hotline or a queue of many, the verdict of Now tells.
 *
 * Returns: whether the alert is shown in place of the pages
 */
gboolean
td_wall_alert_stays_in_sight (const TdWallMoment *moment)
{
  g_return_val_if_fail (moment != NULL, FALSE);

  /* A source that is late has not taken it back. */
  if (moment->incident != NULL)
    return TRUE;
  if (moment->age != NULL)
    return FALSE;

  return moment->has_alarm && (moment->alarm.kind == TD_STREAM_ALL || moment->wall->queues != NULL) &&
         moment->now - moment->alarm.figures.alarm_raised < TD_WALL_ALERT_UNHEARD_US && !is_seen_to (moment);
}

/**
 * td_wall_alert_describe_owner:
 * @moment: what is known, with an incident
 *
 * Returns: (transfer full) (nullable): who has taken it, as far as the wall may
 *   name people; %NULL where that is not known
 */
char *
td_wall_alert_describe_owner (const TdWallMoment *moment)
{
  const char      *owner = td_incident_get_owner (moment->incident);
  g_autofree char *clock = NULL;
  g_autofree char *initials = NULL;

  if (td_incident_get_state (moment->incident) != TD_INCIDENT_TAKEN)
    return moment->knows_owners ? g_strdup (_ ("Nobody has taken it")) : NULL;

  clock = td_format_clock (td_incident_get_owned_since (moment->incident), td_centre_get_timezone (td_watch_get_centre (moment->watch)));
  if (moment->wall->privacy == TD_WALL_PRIVACY_NONE || owner == NULL || *owner == '\0' || g_str_equal (owner, TD_ALERT_DEED_UNNAMED))
    /* Translators: an alert was taken at this time of day; no name is told. */
    return g_strdup_printf (_ ("Taken at %s"), clock);

  if (moment->wall->privacy == TD_WALL_PRIVACY_INITIALS)
    initials = td_wall_make_initials (owner);

  /* Translators: who has taken an alert, and at which time of day. */
  return g_strdup_printf (_ ("Taken by %s at %s"), initials != NULL ? initials : owner, clock);
}
