/* td-simulation-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation-private.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define MAX_PLAYED_BYTES (64 * 1024 * 1024)

/* The past is made up on request, so that its reach is bounded: by queue-days. */
#define MAX_QUEUE_DAYS 5000
#define MIN_DAYS 35
#define MAX_DAYS 400

/* What a normal minute of a normally staffed day is like; a minute busier than
 * planned is worse. */
#define NORMAL_IN_TIME 0.87
#define NORMAL_ABANDONED 0.026
#define NORMAL_FLOWED_OUT 0.004
#define IN_TIME_WAIT_S 4.9
#define LATE_WAIT_S 52.0

/* Remembers the day that is over; the oldest go when the memory is spent. */
void
td_sim_history_keep_day (TdSimulation *self)
{
  gsize  size = (gsize)TD_SIM_MINUTES * self->n_queues * sizeof (TdSimMinute);
  gint64 day = td_sim_day_number (self->day_start);

  if (self->played == NULL)
    self->played = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  while (self->played_days.length > 0 && (self->played_days.length + 1) * size > MAX_PLAYED_BYTES)
    g_hash_table_remove (self->played, g_queue_pop_head (&self->played_days));

  gint64 *key = g_memdup2 (&day, sizeof day);

  g_hash_table_insert (self->played, key, g_steal_pointer (&self->minutes));
  g_queue_push_tail (&self->played_days, key);
}

void
td_sim_history_clear (TdSimulation *self)
{
  g_queue_clear (&self->played_days);
  g_clear_pointer (&self->played, g_hash_table_unref);
  g_clear_pointer (&self->minutes, g_free);
}

static guint32
draw_sum (TdRandom *random,
          guint     n,
          double    mean_s,
          double    variation)
{
  if (n == 0)
    return 0;

  return (guint32)(n * 1000.0 * td_random_lognormal (random, mean_s, variation / sqrt (n)));
}

/* One made-up minute of @n_calls; @load is the minute's against the planned one. */
static void
make_up_minute (const TdSimQueue *queue,
                TdRandom         *random,
                guint             n_calls,
                double            load,
                TdSimMinute      *minute)
{
  gboolean calls_back = queue->kind == TD_SIM_KIND_CALL_BACK;
  double   strain = CLAMP (load, 0.7, 1.5);
  guint    late;

  minute->offered = (guint16)MIN (n_calls, G_MAXUINT16);
  minute->abandoned = (guint16)(calls_back ? 0 : td_random_binomial (random, minute->offered, NORMAL_ABANDONED * pow (strain, 5.0)));
  minute->flowed_out = (guint16)td_random_binomial (random, minute->offered - minute->abandoned, NORMAL_FLOWED_OUT * pow (strain, 6.0));
  minute->answered = minute->offered - minute->abandoned - minute->flowed_out;
  minute->answered_in_time = (guint16)td_random_binomial (random, minute->answered, CLAMP (NORMAL_IN_TIME - 0.7 * (strain - 1.0), 0.1, 0.99));
  minute->abandoned_in_time = (guint16)td_random_binomial (random, minute->abandoned, 0.45);
  minute->short_abandoned = (guint16)td_random_binomial (random, minute->abandoned_in_time, 0.5);

  late = minute->answered - minute->answered_in_time;
  minute->wait_ms = draw_sum (random, minute->answered_in_time, IN_TIME_WAIT_S, 0.5) +
                    draw_sum (random, late, LATE_WAIT_S * strain, 0.6);
  minute->talk_ms = draw_sum (random, minute->answered, queue->talk_s, 0.65);
  minute->hold_ms = draw_sum (random, td_random_binomial (random, minute->answered, queue->hold_chance), TD_SIM_HOLD_S, 0.6);
  minute->wrap_up_ms = draw_sum (random, minute->answered, queue->wrap_up_s, 0.6);
  if (late > 0)
    {
      guint32 longest = draw_sum (random, 1, LATE_WAIT_S * (1.0 + log (late)), 0.4);

      minute->max_wait_ms = MAX (TD_SIM_SERVICE_LEVEL_MS + 1, longest);
    }
  else if (n_calls > 0)
    minute->max_wait_ms = (guint32)td_random_between (random, 2500, 14000);
  minute->max_waiting = (guint16)(late + td_random_binomial (random, minute->offered, 0.2));
}

/* How many agents serve a queue at each minute of a day by the rota; those who
 * pause and those who lost their line are left out as a share. */
static void
count_scheduled (TdSimulation *self,
                 gint64        day,
                 guint        *scheduled)
{
  gint64 begin = td_sim_day_begin (day);

  memset (scheduled, 0, (gsize)TD_SIM_SLOTS * self->n_queues * sizeof (guint));
  for (guint i = 0; i < self->n_agents; i++)
    for (gint64 started = day - 1; started <= day; started++)
      {
        const TdSimAgent *agent = &self->agents[i];
        const guint      *skills = agent->planned != NULL ? agent->planned : agent->skills;
        guint             n_skills = agent->planned != NULL ? agent->n_planned : agent->n_skills;
        gint64            start, end;
        const char       *name;

        if (!td_sim_rota_get_shift (self, agent, started, &start, &end, &name))
          continue;

        for (guint slot = 0; slot < TD_SIM_SLOTS; slot++)
          {
            gint64 time = begin + slot * TD_SIM_SLOT_MINUTES * TD_SIM_MINUTE;

            if (time < start || time >= end)
              continue;
            for (guint k = 0; k < n_skills; k++)
              scheduled[slot * self->n_queues + skills[k]]++;
          }
      }
}

/* Makes up one queue's day. The day's calls are parted among the queues first,
 * in their order, so that the queues of a day add up to the day's calls. */
static void
make_up_queue (TdSimulation    *self,
               gint64           day,
               const TdSimPlan *plan,
               const guint     *scheduled,
               guint            index,
               guint            n_calls,
               TdSimMinute     *minutes)
{
  TdRandom random;
  double   weights[TD_SIM_MINUTES];
  double   left = 0.0;

  for (guint minute = 0; minute < TD_SIM_MINUTES; minute++)
    {
      const double *row = plan->queue_weights + minute / TD_SIM_SLOT_MINUTES * self->n_queues;

      weights[minute] = plan->weights[minute] * (row[index] - (index > 0 ? row[index - 1] : 0.0));
      left += weights[minute];
    }

  td_random_init (&random, ((guint64)self->seed << 32) ^ (guint64)day, TD_SIM_STREAM_HISTORY + 1 + index);
  memset (minutes, 0, TD_SIM_MINUTES * sizeof (TdSimMinute));
  for (guint minute = 0; minute < TD_SIM_MINUTES; minute++)
    {
      guint count = left > 0.0 ? td_random_binomial (&random, n_calls, MIN (1.0, weights[minute] / left)) : 0;

      if (minute == TD_SIM_MINUTES - 1)
        count = n_calls;
      n_calls -= count;
      left -= weights[minute];
      if (count > 0)
        make_up_minute (&self->queues[index], &random, count, plan->weights[minute] / self->profile[minute], &minutes[minute]);
      minutes[minute].serving =
        (guint16)(scheduled[minute / TD_SIM_SLOT_MINUTES * self->n_queues + index] * 0.86 + 0.5);
    }
}

static void
part_calls (TdSimulation    *self,
            gint64           day,
            const TdSimPlan *plan,
            guint           *calls)
{
  TdRandom           random;
  guint              n_calls = plan->n_calls;
  double             left = 1.0;
  g_autofree double *shares = g_new0 (double, self->n_queues);

  for (guint minute = 0; minute < TD_SIM_MINUTES; minute++)
    {
      const double *row = plan->queue_weights + minute / TD_SIM_SLOT_MINUTES * self->n_queues;

      if (minute % TD_SIM_SLOT_MINUTES == 0)
        {
          double sum = 0.0;

          for (guint i = 0; i < TD_SIM_SLOT_MINUTES; i++)
            sum += plan->weights[minute + i];
          for (guint i = 0; i < self->n_queues; i++)
            shares[i] += sum * (row[i] - (i > 0 ? row[i - 1] : 0.0));
        }
    }

  td_random_init (&random, ((guint64)self->seed << 32) ^ (guint64)day, TD_SIM_STREAM_HISTORY);
  for (guint i = 0; i < self->n_queues; i++)
    {
      calls[i] = i + 1 == self->n_queues ? n_calls : td_random_binomial (&random, n_calls, MIN (1.0, shares[i] / left));
      n_calls -= calls[i];
      left = MAX (left - shares[i], 1e-12);
    }
}

static void
add_minute (TdInterval        *interval,
            const TdSimMinute *minute,
            gint64             observed_s)
{
  TdCounts *counts = &interval->counts;

  if (interval->observed_s == 0)
    {
      *counts = (TdCounts){ 0 };
      interval->max_waiting = 0;
      interval->serving = 0;
    }

  interval->observed_s += observed_s;
  interval->max_waiting = MAX (interval->max_waiting, minute->max_waiting);
  interval->serving += minute->serving * observed_s; /* divided when all are there */
  counts->offered += minute->offered;
  counts->answered += minute->answered;
  counts->answered_in_time += minute->answered_in_time;
  counts->abandoned += minute->abandoned;
  counts->abandoned_in_time += minute->abandoned_in_time;
  counts->short_abandoned += minute->short_abandoned;
  counts->flowed_out += minute->flowed_out;
  counts->wait_ms += minute->wait_ms;
  counts->talk_ms += minute->talk_ms;
  counts->hold_ms += minute->hold_ms;
  counts->wrap_up_ms += minute->wrap_up_ms;
  counts->max_wait_ms = MAX (counts->max_wait_ms, minute->max_wait_ms);
}

/* Adds the minutes of one queue's day that lie in the intervals and in the past. */
static void
add_day (TdSimulation      *self,
         gint64             day,
         const TdSimMinute *minutes,
         gsize              stride,
         gint64             from,
         gint64             to,
         gint64             step,
         TdInterval        *rows)
{
  gint64 begin = td_sim_day_begin (day);

  to = MIN (to, begin + TD_SIM_DAY);
  for (gint64 time = MAX (from, begin); time < to && time <= self->now; time += TD_SIM_MINUTE)
    {
      gint64 observed = MIN (self->now - time, TD_SIM_MINUTE) / TD_SIM_SECOND;

      add_minute (&rows[(time - from) / step], &minutes[(time - begin) / TD_SIM_MINUTE * stride], MAX (observed, 1));
    }
}

static gboolean
check_request (TdSimulation *self,
               gint64        from,
               gint64        to,
               guint         step_s,
               const char   *queue_id,
               guint        *first,
               guint        *last,
               GError      **error)
{
  gint64 step = step_s * TD_SIM_SECOND;

  if (step_s < 60 || step_s > 86400 || step_s % 60 != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "The step must be a multiple of 60 from 60 to 86400 seconds, not %u", step_s);
      return FALSE;
    }
  if (from < 0 || to <= from || to - from < step || from % TD_SIM_MINUTE != 0 || (to - from) % step != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "The time must start at a whole minute and last a whole number of steps");
      return FALSE;
    }

  *first = 0;
  *last = self->n_queues;
  if (queue_id != NULL)
    {
      while (*first < self->n_queues && !g_str_equal (self->queues[*first].id, queue_id))
        (*first)++;
      if (*first == self->n_queues)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no queue “%s”", queue_id);
          return FALSE;
        }
      *last = *first + 1;
    }

  if ((to - from) / step > TD_MAX_INTERVALS / (*last - *first))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "More than %d intervals are asked for", TD_MAX_INTERVALS);
      return FALSE;
    }

  return TRUE;
}

/**
 * td_simulation_get_intervals:
 * @from: µs since 1970, a whole minute
 * @to: µs since 1970, exclusive
 * @step_s: seconds an interval, a multiple of 60 up to a day
 * @queue_id: (nullable): one queue, or %NULL for all
 *
 * Days that were played are told as they were played. Those before are made up
 * from the seed, as normal days; how far back depends on the number of queues
 * (400 days for ten). Later than now, and farther back, is unobserved.
 *
 * Returns: (transfer full): the intervals, or %NULL with @error set to
 *   G_IO_ERROR_INVALID_ARGUMENT or G_IO_ERROR_NOT_FOUND
 */
TdIntervals *
td_simulation_get_intervals (TdSimulation *self,
                             gint64        from,
                             gint64        to,
                             guint         step_s,
                             const char   *queue_id,
                             GError      **error)
{
  g_autoptr (TdIntervals) intervals = NULL;
  g_autofree TdInterval **rows = NULL;
  g_autofree TdSimMinute *made_up = NULL;
  g_autofree guint       *calls = NULL;
  g_autofree guint       *scheduled = NULL;
  TdSimPlan               plan = { 0 };
  gint64                  step = step_s * TD_SIM_SECOND;
  gint64                  today, reach;
  guint                   first, last, n_intervals;

  g_return_val_if_fail (self != NULL, NULL);

  if (!check_request (self, from, to, step_s, queue_id, &first, &last, error))
    return NULL;

  n_intervals = (guint)((to - from) / step);
  intervals = td_intervals_new (from, step, n_intervals);
  rows = g_new (TdInterval *, last - first);
  for (guint i = first; i < last; i++)
    rows[i - first] = td_intervals_add_queue (intervals, self->queues[i].id);

  made_up = g_new (TdSimMinute, TD_SIM_MINUTES);
  calls = g_new (guint, self->n_queues);
  scheduled = g_new (guint, TD_SIM_SLOTS * self->n_queues);
  today = td_sim_day_number (self->day_start);
  reach = self->no_past ? 0 : CLAMP (MAX_QUEUE_DAYS / self->n_queues, MIN_DAYS, MAX_DAYS);

  for (gint64 day = MAX (td_sim_day_number (from), MAX (today - reach, 1));
       day <= MIN (td_sim_day_number (to - 1), today);
       day++)
    {
      const TdSimMinute *played = NULL;

      if (day == today)
        played = self->minutes;
      else if (self->played != NULL)
        played = g_hash_table_lookup (self->played, &day);

      if (played == NULL)
        {
          td_sim_demand_plan (self, day, &plan);
          part_calls (self, day, &plan, calls);
          count_scheduled (self, day, scheduled);
        }

      for (guint i = first; i < last; i++)
        if (played != NULL)
          add_day (self, day, played + i, self->n_queues, from, to, step, rows[i - first]);
        else
          {
            make_up_queue (self, day, &plan, scheduled, i, calls[i], made_up);
            add_day (self, day, made_up, 1, from, to, step, rows[i - first]);
          }
    }
  td_sim_plan_clear (&plan);

  for (guint i = 0; i < last - first; i++)
    for (guint k = 0; k < n_intervals; k++)
      if (rows[i][k].observed_s > 0)
        rows[i][k].serving = (rows[i][k].serving + rows[i][k].observed_s / 2) / rows[i][k].observed_s;

  return g_steal_pointer (&intervals);
}
