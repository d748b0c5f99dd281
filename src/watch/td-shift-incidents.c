/* td-shift-incidents.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-shift-incidents-private.h"

#include "td-incident.h"
#include "td-shift-file-private.h"

/* What tells most of an incident: its first part of the highest level. */
static const TdAlert *
find_worst_part (TdIncident *incident)
{
  const TdAlert *worst = td_incident_get_part (incident, 0);

  for (guint i = 1; i < td_incident_get_n_parts (incident); i++)
    {
      const TdAlert *part = td_incident_get_part (incident, i);

      if (part->level > worst->level)
        worst = part;
    }

  return worst;
}

static void
add_incident (TdShiftSheet *self,
              TdIncident   *incident)
{
  const TdAlert *worst = find_worst_part (incident);
  guint          n_parts = td_incident_get_n_parts (incident);
  TdShiftEvent  *event = td_shift_sheet_add_event (self, TD_SHIFT_ALERT, MIN (worst->since, td_incident_get_started (incident)));

  event->to = td_incident_get_ended (incident);
  event->queue = worst->scope == TD_ALERT_SCOPE_QUEUE ? g_strdup (worst->target) : NULL;
  event->text = n_parts > 1 ? g_strdup_printf ("%s +%u", td_incident_get_title (incident), n_parts - 1)
                            : g_strdup (td_incident_get_title (incident));
  event->evidence = g_strdup (worst->evidence);
  event->owner = g_strdup (td_incident_get_owner (incident));
  event->owned_at = td_incident_get_owned_since (incident);
}

/**
 * td_shift_incidents_add:
 * @self: a sheet
 * @incidents: (element-type TdIncident): what the program raised, of any time
 *
 * Adds those of the shift, the most severe first where there are more than a
 * sheet may hold.
 */
void
td_shift_incidents_add (TdShiftSheet *self,
                        GPtrArray    *incidents)
{
  for (int level = TD_N_ALERT_LEVELS - 1; level >= 0; level--)
    {
      for (guint i = 0; i < incidents->len && self->events->len < TD_SHIFT_MAX_EVENTS; i++)
        {
          TdIncident *incident = g_ptr_array_index (incidents, i);
          gint64      ended = td_incident_get_ended (incident);

          if (td_incident_get_n_parts (incident) > 0 && (int)td_incident_get_level (incident) == level &&
              td_incident_get_started (incident) < self->until && (!TD_IS_KNOWN (ended) || ended > self->from))
            add_incident (self, incident);
        }
    }
  td_shift_sheet_sort_events (self);
}
