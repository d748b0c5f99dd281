/* td-simulation-demand.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation-private.h"

#include <math.h>
#include <string.h>

/* A day has a number of calls drawn from a narrow range, spread over its
 * minutes by chance: within the day calls come like a Poisson process whose
 * rate varies by the quarter of an hour, while the day's total stays within
 * what the centre sees on a normal day. */
#define NORMAL_CALLS 9715.0
#define DAY_SPREAD 80.0
#define DAY_SPREAD_MAX 180.0
#define SLOT_SHAPE 120.0
#define QUEUE_SHAPE 60.0

#define LOCKDOWN_FACTOR (12000.0 / 9750.0)
#define REDUCED_FACTOR (6000.0 / 9750.0)

#define OUTAGE_CALLS 3.0 /* on top of the normal ones: four times as many */
#define OUTAGE_RAMP_MINUTES 4.0
#define OUTAGE_HOLD_MINUTES 20.0
#define OUTAGE_DECAY_MINUTES 80.0
#define RESTORED_DECAY_MINUTES 20.0

static const double weekday_factors[7] = { 1.004, 1.001, 0.998, 1.0, 0.997, 0.78, 0.62 };

static double
hump (double hour,
      double centre,
      double before,
      double after)
{
  double distance = (hour - centre) / (hour < centre ? before : after);

  return exp (-0.5 * distance * distance);
}

static double
nightness (double hour)
{
  return MAX (hump (hour, 0.0, 1.0, 5.0), hump (hour, 24.0, 3.0, 1.0));
}

/* The share of the load that a group of @n_agents can carry at the same
 * service: the square-root law of staffing, s = a + β√a, solved for a ÷ s. */
double
td_sim_demand_pool_efficiency (double n_agents)
{
  double serving = MAX (0.5, 0.53 * n_agents);
  double beta = 1.3;
  double root = (-beta + sqrt (beta * beta + 4.0 * serving)) / 2.0;

  return root * root / serving;
}

void
td_sim_demand_init (TdSimulation *self)
{
  double sum = 0.0;
  double pool = (double)self->n_agents / self->n_pools;

  for (guint i = 0; i < TD_SIM_MINUTES; i++)
    {
      double hour = (i + 0.5) / 60.0;

      self->profile[i] = 20.0 + 215.0 * hump (hour, 9.9, 1.35, 1.7) +
                         165.0 * hump (hour, 15.4, 1.7, 1.9) + 85.0 * hump (hour, 19.2, 1.9, 1.9);
      sum += self->profile[i];
    }
  for (guint i = 0; i < TD_SIM_MINUTES; i++)
    self->profile[i] /= sum;

  self->daily_calls = NORMAL_CALLS * self->n_agents / TD_SIM_DEFAULT_AGENTS *
                      td_sim_demand_pool_efficiency (pool) /
                      td_sim_demand_pool_efficiency (TD_SIM_DEFAULT_AGENTS);
  self->outage_since = TD_UNKNOWN;
  self->outage_until = TD_UNKNOWN;
}

void
td_sim_plan_clear (TdSimPlan *plan)
{
  g_clear_pointer (&plan->queue_weights, g_free);
}

/* Fills @plan with the demand of a day, the same whenever it is asked for. */
void
td_sim_demand_plan (TdSimulation *self,
                    gint64        day,
                    TdSimPlan    *plan)
{
  TdRandom random;
  double   sum = 0.0;
  double   scale = self->daily_calls / NORMAL_CALLS;
  double   mean = self->daily_calls * weekday_factors[(day + 3) % 7];
  double   spread;

  td_random_init (&random, ((guint64)self->seed << 32) ^ (guint64)day, TD_SIM_STREAM_PLAN);
  spread = DAY_SPREAD * td_random_normal (&random);
  spread = CLAMP (spread, -DAY_SPREAD_MAX, DAY_SPREAD_MAX);
  plan->n_calls = (guint)MAX (0.0, floor (mean + scale * spread + 0.5));
  if (plan->queue_weights == NULL)
    plan->queue_weights = g_new (double, TD_SIM_SLOTS * self->n_queues);

  for (guint slot = 0; slot < TD_SIM_SLOTS; slot++)
    {
      double *row = plan->queue_weights + slot * self->n_queues;
      double  hour = (slot + 0.5) * 24.0 / TD_SIM_SLOTS;
      double  night = nightness (hour);
      double  expected = 0.0, drawn = 0.0;
      double  factor = td_random_gamma (&random, SLOT_SHAPE);

      for (guint i = 0; i < self->n_queues; i++)
        {
          const TdSimQueue *queue = &self->queues[i];
          double            share = queue->share * (1.0 + (td_sim_kinds[queue->kind].night - 1.0) * night);

          expected += share;
          drawn += share * td_random_gamma (&random, QUEUE_SHAPE);
          row[i] = drawn;
        }
      for (guint i = 0; i < self->n_queues; i++)
        row[i] /= drawn;

      for (guint i = 0; i < TD_SIM_SLOT_MINUTES; i++)
        {
          guint minute = slot * TD_SIM_SLOT_MINUTES + i;

          plan->weights[minute] = self->profile[minute] * factor * drawn / expected;
          sum += plan->weights[minute];
        }
    }

  for (guint i = 0; i < TD_SIM_MINUTES; i++)
    plan->weights[i] /= sum;
}

void
td_sim_demand_start_day (TdSimulation *self)
{
  td_sim_demand_plan (self, td_sim_day_number (self->day_start), &self->plan);
  self->n_calls_left = self->plan.n_calls;
  self->weight_left = 1.0;
}

void
td_sim_demand_start_outage (TdSimulation *self)
{
  TdRandom *random = &self->streams[TD_SIM_STREAM_SCENARIO];
  guint     sum = 0, drawn;

  for (guint i = 0; i < TD_SIM_N_PROVINCES; i++)
    sum += td_sim_provinces[i].weight;
  drawn = td_random_below (random, sum);
  self->outage_province = 0;
  while (drawn >= td_sim_provinces[self->outage_province].weight)
    drawn -= td_sim_provinces[self->outage_province++].weight;

  self->outage_since = self->now;
  self->outage_until = TD_UNKNOWN;
}

/* Calls of the dark province, as a multiple of the centre's normal ones. */
static double
outage_factor (TdSimulation *self)
{
  double minutes, factor;

  if (!TD_IS_KNOWN (self->outage_since))
    return 0.0;

  minutes = (double)(self->now - self->outage_since) / TD_SIM_MINUTE + 1.0;
  factor = OUTAGE_CALLS * MIN (1.0, minutes / OUTAGE_RAMP_MINUTES);
  if (minutes > OUTAGE_HOLD_MINUTES)
    factor *= exp (-(minutes - OUTAGE_HOLD_MINUTES) / OUTAGE_DECAY_MINUTES);
  if (TD_IS_KNOWN (self->outage_until))
    factor *= exp (-(double)(self->now - self->outage_until) / TD_SIM_MINUTE / RESTORED_DECAY_MINUTES);
  if (factor < 0.001)
    self->outage_since = TD_UNKNOWN;

  return factor;
}

static void
push_arrivals (TdSimulation *self,
               guint         n_calls,
               guint64       mark)
{
  TdRandom *random = &self->streams[TD_SIM_STREAM_DEMAND];

  for (guint i = 0; i < n_calls; i++)
    {
      gint64 offset = td_random_below (random, (guint)(TD_SIM_MINUTE / TD_SIM_MS)) * TD_SIM_MS;

      td_sim_push (self, self->now + offset, TD_SIM_EVENT_ARRIVAL, TD_SIM_NONE, mark);
    }
}

/* Plans the arrivals of the minute that begins now. */
void
td_sim_demand_play_minute (TdSimulation *self)
{
  TdRandom *random = &self->streams[TD_SIM_STREAM_DEMAND];
  double    weight = self->plan.weights[self->minute];
  double    mean = self->plan.n_calls * weight;
  guint     n_calls;

  n_calls = td_random_binomial (random, self->n_calls_left, MIN (1.0, weight / MAX (self->weight_left, weight)));
  self->n_calls_left -= n_calls;
  self->weight_left -= weight;

  if (self->scenario == TD_SIM_SCENARIO_LOCKDOWN)
    n_calls += td_random_poisson (random, (LOCKDOWN_FACTOR - 1.0) * mean);
  else if (self->scenario == TD_SIM_SCENARIO_REDUCED)
    n_calls = td_random_binomial (random, n_calls, REDUCED_FACTOR);

  push_arrivals (self, n_calls, 0);
  push_arrivals (self,
                 td_random_poisson (random, mean * outage_factor (self)),
                 self->outage_province + 1);
}

guint
td_sim_demand_draw_queue (TdSimulation *self)
{
  TdRandom     *random = &self->streams[TD_SIM_STREAM_CALLERS];
  guint         slot = self->minute / TD_SIM_SLOT_MINUTES;
  const double *row = self->plan.queue_weights + slot * self->n_queues;
  double        drawn = td_random_uniform (random);
  guint         low = 0, high = self->n_queues - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (row[middle] > drawn)
        high = middle;
      else
        low = middle + 1;
    }

  return low;
}

/* Nine in ten of a dark province's callers report the outage; some a danger. */
guint
td_sim_demand_outage_queue (TdSimulation *self,
                            guint         province)
{
  double drawn = td_random_uniform (&self->streams[TD_SIM_STREAM_CALLERS]);
  guint  queue;

  if (drawn < 0.04)
    return td_sim_demand_draw_queue (self);

  if (drawn < 0.10)
    queue = td_sim_queues_find (self, TD_SIM_KIND_DANGER, province);
  else
    queue = td_sim_queues_find (self, TD_SIM_KIND_OUTAGE_EAST, province);
  if (queue == TD_SIM_NONE)
    queue = td_sim_queues_find (self, TD_SIM_KIND_OUTAGE_WEST, province);

  return queue == TD_SIM_NONE ? 0 : queue;
}
