/* td-simulation.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#define ZONE_OFFSET (7 * TD_SIM_HOUR)                 /* Asia/Ho_Chi_Minh, the whole year */
#define MAX_TIME G_GINT64_CONSTANT (4102444800000000) /* the year 2100 */

#define MIDNIGHT_ORDER 0
#define MINUTE_ORDER 1
#define FIRST_ORDER 2

static const char *const scenario_names[TD_SIM_N_SCENARIOS + 1] = {
  "normal", "lockdown", "reduced", "outage", "trunk-down", "partner-leaves", "understaffed", "phantoms", NULL
};

const char *const *
td_simulation_get_scenarios (void)
{
  return scenario_names;
}

const char *
td_sim_scenario_name (TdSimScenario scenario)
{
  return scenario_names[scenario];
}

static gboolean
find_scenario (const char    *name,
               TdSimScenario *scenario,
               GError       **error)
{
  g_autofree char *known = NULL;

  for (guint i = 0; i < TD_SIM_N_SCENARIOS; i++)
    if (g_str_equal (scenario_names[i], name))
      {
        *scenario = (TdSimScenario)i;
        return TRUE;
      }

  known = g_strjoinv (", ", (char **)scenario_names);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _ ("There is no scenario “%s”; there are %s"), name, known);

  return FALSE;
}

gint64
td_sim_day_number (gint64 time)
{
  return (time + ZONE_OFFSET) / TD_SIM_DAY;
}

gint64
td_sim_day_begin (gint64 day)
{
  return day * TD_SIM_DAY - ZONE_OFFSET;
}

void
td_sim_push (TdSimulation  *self,
             gint64         time,
             TdSimEventType type,
             guint          subject,
             guint64        mark)
{
  TdSimEvent event = { time, 0, type, subject, mark };

  /* At one moment the day turns first, then the minute, then what was planned
   * earlier: so each event is counted in the minute that it belongs to. */
  if (type == TD_SIM_EVENT_DAY)
    event.order = MIDNIGHT_ORDER;
  else if (type == TD_SIM_EVENT_MINUTE)
    event.order = MINUTE_ORDER;
  else
    event.order = FIRST_ORDER + self->n_events++;

  td_sim_heap_push (&self->heap, &event);
}

static void
start_minute (TdSimulation *self)
{
  self->minute = (guint)((self->now - self->day_start) / TD_SIM_MINUTE);

  for (guint i = 0; i < self->n_queues; i++)
    {
      TdSimMinute *minute = td_sim_calls_minute (self, i);

      minute->max_waiting = (guint16)MIN (self->queues[i].n_calls, G_MAXUINT16);
      minute->serving = (guint16)self->queues[i].serving;
    }

  td_sim_demand_play_minute (self);
  td_sim_staff_release (self);
  if (self->minute + 1 < TD_SIM_MINUTES)
    td_sim_push (self, self->now + TD_SIM_MINUTE, TD_SIM_EVENT_MINUTE, 0, 0);
}

static void
start_day (TdSimulation *self)
{
  if (self->minutes != NULL)
    td_sim_history_keep_day (self);

  self->day_start = self->now;
  self->minute = 0;
  self->minutes = g_new0 (TdSimMinute, (gsize)TD_SIM_MINUTES * self->n_queues);
  self->centre_dirty = TRUE;
  td_sim_demand_start_day (self);
  td_sim_calls_reset_day (self);
  td_sim_agents_reset_day (self);
  td_sim_staff_plan_day (self, td_sim_day_number (self->now));

  td_sim_push (self, self->now, TD_SIM_EVENT_MINUTE, 0, 0);
  td_sim_push (self, self->now + TD_SIM_DAY, TD_SIM_EVENT_DAY, 0, 0);
}

static void
arrive (TdSimulation *self,
        guint64       mark)
{
  guint province = mark > 0 ? (guint)(mark - 1) : TD_SIM_NONE;
  guint queue;

  if (mark > 0)
    queue = td_sim_demand_outage_queue (self, province);
  else
    queue = td_sim_demand_draw_queue (self);

  /* The caller hears nothing, and the centre knows nothing of it. */
  if (self->scenario != TD_SIM_SCENARIO_TRUNK_DOWN)
    td_sim_call_arrive (self, queue, province);
}

static void
play (TdSimulation     *self,
      const TdSimEvent *event)
{
  switch ((TdSimEventType)event->type)
    {
    case TD_SIM_EVENT_DAY:
      start_day (self);
      break;

    case TD_SIM_EVENT_MINUTE:
      start_minute (self);
      break;

    case TD_SIM_EVENT_ARRIVAL:
      arrive (self, event->mark);
      break;

    case TD_SIM_EVENT_CALL_BACK:
      /* Nobody is called back while the lines are down. */
      if (self->scenario == TD_SIM_SCENARIO_TRUNK_DOWN)
        td_sim_push (self, self->now + 5 * TD_SIM_MINUTE, TD_SIM_EVENT_CALL_BACK, event->subject, event->mark);
      else
        td_sim_call_arrive (self, event->subject, (guint)event->mark);
      break;

    case TD_SIM_EVENT_LEAVE:
      td_sim_call_leave (self, event->subject, event->mark);
      break;

    case TD_SIM_EVENT_AGENT:
      td_sim_agent_time_out (self, event->subject, event->mark);
      break;

    case TD_SIM_EVENT_SIGN_IN:
      td_sim_agent_sign_in (self, event->subject);
      break;

    case TD_SIM_EVENT_SIGN_OFF:
      td_sim_agent_sign_off (self, event->subject, event->mark);
      break;

    case TD_SIM_EVENT_PAUSE:
      td_sim_agent_due_pause (self, event->subject, event->mark);
      break;

    case TD_SIM_EVENT_LINE_LOST:
      td_sim_agent_lose_line (self, event->subject, event->mark);
      break;

    default:
      g_assert_not_reached ();
    }
}

void
td_simulation_advance (TdSimulation *self,
                       gint64        to)
{
  TdSimEvent event;

  g_return_if_fail (self != NULL);

  while (td_sim_heap_pop (&self->heap, to, &event))
    {
      self->now = event.time;
      play (self, &event);
    }
  self->now = MAX (self->now, to);
}

/**
 * td_simulation_new:
 * @options: what to simulate
 *
 * Plays the day of @options from its midnight up to its start.
 *
 * Returns: (transfer full): a simulation, or %NULL with @error set to
 *   G_IO_ERROR_INVALID_ARGUMENT
 */
TdSimulation *
td_simulation_new (const TdSimulationOptions *options,
                   GError                   **error)
{
  g_autoptr (TdSimulation) self = NULL;
  TdSimScenario scenario = TD_SIM_SCENARIO_NORMAL;
  gint64        day;

  g_return_val_if_fail (options != NULL, NULL);

  if (options->n_agents > TD_SIM_MAX_AGENTS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("%u agents are too many; at most %u can be simulated"), options->n_agents, TD_SIM_MAX_AGENTS);
      return NULL;
    }
  if (options->n_queues > TD_SIM_MAX_QUEUES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("%u queues are too many; at most %u can be simulated"), options->n_queues, TD_SIM_MAX_QUEUES);
      return NULL;
    }
  if (options->start < TD_SIM_DAY || options->start > MAX_TIME)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("The simulated time must lie between 1970-01-02 and 2100"));
      return NULL;
    }
  if (options->instance != NULL && (*options->instance == '\0' || strlen (options->instance) > TD_MAX_ID ||
                                    !g_utf8_validate (options->instance, -1, NULL)))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("The instance is not UTF-8 of 1 to %d bytes"), TD_MAX_ID);
      return NULL;
    }
  if (options->scenario != NULL && !find_scenario (options->scenario, &scenario, error))
    return NULL;

  self = g_new0 (TdSimulation, 1);
  self->seed = options->seed;
  self->scenario = scenario;
  self->n_agents = options->n_agents > 0 ? options->n_agents : TD_SIM_DEFAULT_AGENTS;
  self->no_past = options->no_past;
  self->unmarked = options->unmarked;
  self->n_queues = options->n_queues > 0 ? options->n_queues : TD_SIM_DEFAULT_QUEUES;
  self->free_call = TD_SIM_NONE;
  self->release_at = TD_UNKNOWN;
  self->dirty_agents = g_array_new (FALSE, FALSE, sizeof (guint));
  self->gone_callers = g_ptr_array_new_with_free_func (g_free);
  self->actions = g_ptr_array_new_with_free_func ((GDestroyNotify)td_action_free);
  g_queue_init (&self->played_days);
  for (guint i = 0; i < TD_SIM_N_STREAMS; i++)
    td_random_init (&self->streams[i], self->seed, i);

  if (options->instance != NULL)
    self->instance = g_strdup (options->instance);
  else
    self->instance = g_strdup_printf ("simulation-%08x", self->seed);

  day = td_sim_day_number (options->start);
  self->now = td_sim_day_begin (day);
  self->day_start = self->now;
  td_sim_queues_init (self);
  td_sim_demand_init (self);
  td_sim_staff_init (self);
  td_sim_staff_plan_day (self, day - 1);
  start_day (self);
  td_simulation_advance (self, self->now);

  /* An outage is news at the start, not a day old. */
  if (scenario == TD_SIM_SCENARIO_OUTAGE)
    {
      self->scenario = TD_SIM_SCENARIO_NORMAL;
      td_simulation_advance (self, options->start);
      self->scenario = scenario;
      td_sim_demand_start_outage (self);
    }
  else
    td_simulation_advance (self, options->start);
  if (scenario == TD_SIM_SCENARIO_PARTNER_LEAVES)
    td_sim_staff_announce (self);

  return g_steal_pointer (&self);
}

void
td_simulation_free (TdSimulation *self)
{
  if (self == NULL)
    return;

  td_sim_staff_clear (self);
  td_sim_queues_clear (self);
  td_sim_plan_clear (&self->plan);
  td_sim_heap_clear (&self->heap);
  td_sim_history_clear (self);
  g_clear_pointer (&self->dirty_agents, g_array_unref);
  g_clear_pointer (&self->gone_callers, g_ptr_array_unref);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  g_free (self->calls);
  g_free (self->instance);
  g_free (self);
}

gint64
td_simulation_get_now (TdSimulation *self)
{
  g_return_val_if_fail (self != NULL, TD_UNKNOWN);

  return self->now;
}

const char *
td_simulation_get_scenario (TdSimulation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return scenario_names[self->scenario];
}

/**
 * td_simulation_set_scenario:
 * @scenario: one of td_simulation_get_scenarios()
 *
 * Plays on with another scenario from now. An outage that is chosen anew while
 * one is played starts in another province.
 *
 * Returns: %FALSE with @error set to G_IO_ERROR_INVALID_ARGUMENT where there is
 *   no such scenario
 */
gboolean
td_simulation_set_scenario (TdSimulation *self,
                            const char   *scenario,
                            GError      **error)
{
  TdSimScenario old, new;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (scenario != NULL, FALSE);

  if (!find_scenario (scenario, &new, error))
    return FALSE;

  old = self->scenario;
  self->scenario = new;
  self->centre_dirty = self->centre_dirty || old != new;

  if (new == TD_SIM_SCENARIO_OUTAGE)
    td_sim_demand_start_outage (self);
  else if (old == TD_SIM_SCENARIO_OUTAGE)
    self->outage_until = self->now;
  if (old != new)
    {
      td_sim_staff_announce (self);
      td_sim_staff_scenario_changed (self);
    }

  return TRUE;
}
