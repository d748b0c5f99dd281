/* td-simulation-rota.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation-private.h"

#include <math.h>

#define REST_CYCLE 12
#define SMALL_STAFF 12
#define MEAL_COVER 1.2

typedef struct
{
  const char *name;
  guint       start;  /* minute of the day */
  guint       length; /* minutes */
  TdPlace     place;
} ShiftType;

/* On site there are two, at an even and at an odd index. */
static const ShiftType shift_types[] = {
  { "Ca ngày", 8 * 60, 12 * 60, TD_PLACE_ON_SITE },
  { "Ca đêm", 20 * 60, 12 * 60, TD_PLACE_ON_SITE },
  { "Ca ngày", 7 * 60, 8 * 60 + 30, TD_PLACE_OFFICE },
  { "Ca ngày", 8 * 60, 9 * 60, TD_PLACE_OFFICE },
  { "Ca sau", 15 * 60, 8 * 60, TD_PLACE_OFFICE },
  { "Ca đêm", 22 * 60, 9 * 60, TD_PLACE_OFFICE },
  { "Ca ngày", 6 * 60, 8 * 60, TD_PLACE_HOME },
  { "Ca ngày", 8 * 60 + 30, 9 * 60, TD_PLACE_HOME },
  { "Ca sau", 15 * 60 + 30, 8 * 60, TD_PLACE_HOME },
  { "Ca đêm", 22 * 60 + 30, 8 * 60, TD_PLACE_HOME },
  { "Ca ngày", 8 * 60, 9 * 60, TD_PLACE_PARTNER },
  { "Ca ngày", 8 * 60 + 30, 9 * 60, TD_PLACE_PARTNER },
  { "Ca sau", 11 * 60 + 30, 8 * 60 + 30, TD_PLACE_PARTNER },
};

/* Of REST_CYCLE days, how many are free: more of them at weekends, when fewer
 * calls come. */
static const guint rest_days[7] = { 3, 3, 3, 3, 3, 4, 6 };

/* What the load of a normal day asks for in each slot, as agents. */
static void
compute_needs (TdSimulation *self,
               double       *needs)
{
  for (guint slot = 0; slot < TD_SIM_SLOTS; slot++)
    {
      double load = 0.0;
      double hour = (slot + 0.5) * 24.0 / TD_SIM_SLOTS;

      for (guint i = 0; i < TD_SIM_SLOT_MINUTES; i++)
        load += self->profile[slot * TD_SIM_SLOT_MINUTES + i];
      load *= self->daily_calls / self->n_pools * 205.0 / (TD_SIM_SLOT_MINUTES * 60.0);

      needs[slot] = (load + 1.3 * sqrt (load)) * self->n_pools;
      if ((hour > 11.5 && hour < 13.5) || (hour > 17.0 && hour < 20.0))
        needs[slot] *= MEAL_COVER;
    }
}

/* Gives each agent the shift, of those of the place, that covers most of what
 * the shifts given before left open. */
void
td_sim_rota_assign (TdSimulation *self)
{
  TdRandom         *random = &self->streams[TD_SIM_STREAM_STAFF];
  double            needs[TD_SIM_SLOTS];
  double            open[TD_SIM_SLOTS];
  guint             ranks[G_N_ELEMENTS (shift_types)] = { 0 };
  double            sum = 0.0;
  g_autofree guint *order = g_new (guint, self->n_agents);

  compute_needs (self, needs);
  for (guint slot = 0; slot < TD_SIM_SLOTS; slot++)
    sum += needs[slot];
  for (guint slot = 0; slot < TD_SIM_SLOTS; slot++)
    open[slot] = needs[slot] * self->n_agents * 9.2 * TD_SIM_SLOTS / 24.0 / sum;

  for (guint i = 0; i < self->n_agents; i++)
    order[i] = i;
  for (guint i = self->n_agents; i > 1; i--)
    {
      guint other = td_random_below (random, i);
      guint taken = order[i - 1];

      order[i - 1] = order[other];
      order[other] = taken;
    }

  for (guint i = 0; i < self->n_agents; i++)
    {
      TdSimAgent *agent = &self->agents[order[i]];
      double      best = -G_MAXDOUBLE;

      for (guint t = 0; t < G_N_ELEMENTS (shift_types); t++)
        {
          const ShiftType *type = &shift_types[t];
          guint            n_slots = type->length / TD_SIM_SLOT_MINUTES;
          double           gain = 0.0;

          if (type->place != agent->place)
            continue;

          for (guint k = 0; k < n_slots; k++)
            {
              guint slot = (type->start / TD_SIM_SLOT_MINUTES + k) % TD_SIM_SLOTS;

              gain += open[slot] / sqrt (needs[slot]);
            }
          if (gain / n_slots > best)
            {
              best = gain / n_slots;
              agent->shift_type = t;
            }
        }

      for (guint k = 0; k < shift_types[agent->shift_type].length / TD_SIM_SLOT_MINUTES; k++)
        open[(shift_types[agent->shift_type].start / TD_SIM_SLOT_MINUTES + k) % TD_SIM_SLOTS] -= 1.0;
      agent->rank = ranks[agent->shift_type]++;
    }

  /* Counted on from one shift type to the next, so that on each day the same
   * share of all of them is free. */
  for (guint i = 0; i < self->n_agents; i++)
    {
      TdSimAgent *agent = &self->agents[i];

      agent->rest_rank = agent->rank;
      for (guint t = 0; t < agent->shift_type; t++)
        agent->rest_rank += ranks[t];
    }
}

gboolean
td_sim_rota_is_night (const TdSimAgent *agent)
{
  return shift_types[agent->shift_type].start + shift_types[agent->shift_type].length > TD_SIM_MINUTES;
}

/**
 * td_sim_rota_get_shift:
 * @day: days since 1970 of the centre's zone
 * @start: (out): when the shift starts, µs since 1970
 * @end: (out): when it ends
 *
 * Returns: whether @agent works a shift that starts on @day
 */
gboolean
td_sim_rota_get_shift (TdSimulation     *self,
                       const TdSimAgent *agent,
                       gint64            day,
                       gint64           *start,
                       gint64           *end,
                       const char      **name)
{
  const ShiftType *type = &shift_types[agent->shift_type];
  guint            phase = (guint)((agent->rank * 7 + (guint64)day * 5) % REST_CYCLE);

  if (self->n_agents >= SMALL_STAFF && phase < rest_days[(day + 3) % 7])
    return FALSE;

  *start = td_sim_day_begin (day) + type->start * TD_SIM_MINUTE;
  *end = *start + type->length * TD_SIM_MINUTE;
  *name = type->name;

  return TRUE;
}
