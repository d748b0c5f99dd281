/* td-metrics.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-metrics.h"

#include <math.h>

static double
divide (gint64 numerator,
        gint64 denominator)
{
  return denominator > 0 ? (double)numerator / (double)denominator : NAN;
}

/**
 * td_metrics_get_service:
 * @formula: which of the formulas in use
 * @counts: what was counted
 * @waiting_beyond: callers waiting now for longer than T; only %TD_SERVICE_LEVEL_LIVE uses it
 * @good: (out): the formula's numerator, calls
 * @counted: (out): its denominator, calls
 *
 * Each formula needs only the counts it names.
 *
 * Returns: whether they are known, and do not contradict each other
 */
gboolean
td_metrics_get_service (TdServiceLevelFormula formula,
                        const TdCounts       *counts,
                        gint64                waiting_beyond,
                        gint64               *good,
                        gint64               *counted)
{
  gint64 numerator, denominator;
  gint64 needed[5];
  guint  n = 0;

  g_return_val_if_fail (counts != NULL, FALSE);
  g_return_val_if_fail ((guint)formula < TD_N_SERVICE_LEVEL_FORMULAS, FALSE);

  numerator = counts->answered_in_time;
  needed[n++] = counts->answered_in_time;
  switch (formula)
    {
    case TD_SERVICE_LEVEL_OF_ANSWERED:
      denominator = counts->answered;
      needed[n++] = counts->answered;
      break;

    case TD_SERVICE_LEVEL_OF_HANDLED:
      denominator = counts->answered + counts->abandoned;
      needed[n++] = counts->answered;
      needed[n++] = counts->abandoned;
      break;

    case TD_SERVICE_LEVEL_IN_TIME:
      numerator += counts->abandoned_in_time;
      denominator = counts->answered + counts->abandoned;
      needed[n++] = counts->answered;
      needed[n++] = counts->abandoned;
      needed[n++] = counts->abandoned_in_time;
      break;

    case TD_SERVICE_LEVEL_LESS_EARLY:
      denominator = counts->answered + counts->abandoned - counts->abandoned_in_time;
      needed[n++] = counts->answered;
      needed[n++] = counts->abandoned;
      needed[n++] = counts->abandoned_in_time;
      break;

    case TD_SERVICE_LEVEL_OF_OFFERED:
      denominator = counts->offered - counts->short_abandoned;
      needed[n++] = counts->offered;
      needed[n++] = counts->short_abandoned;
      break;

    case TD_SERVICE_LEVEL_LIVE:
    case TD_N_SERVICE_LEVEL_FORMULAS:
    default:
      denominator = counts->answered + counts->abandoned - counts->short_abandoned + waiting_beyond;
      needed[n++] = counts->answered;
      needed[n++] = counts->abandoned;
      needed[n++] = counts->short_abandoned;
      needed[n++] = waiting_beyond;
      break;
    }

  for (guint i = 0; i < n; i++)
    {
      if (!TD_IS_KNOWN (needed[i]))
        return FALSE;
    }
  *good = numerator;
  *counted = denominator;

  return numerator <= denominator;
}

/**
 * td_metrics_service_level:
 * @formula: which of the formulas in use
 * @counts: what was counted
 * @waiting_beyond: callers waiting now for longer than T; only %TD_SERVICE_LEVEL_LIVE uses it
 *
 * The default formula fails a call when it crosses T, not when it ends (the
 * timing of Cisco ICM), the only honest one on a live screen.
 *
 * Returns: 0…1, or NAN where a count it needs is unknown, where the counts
 *   contradict each other, or where no call counts yet
 */
double
td_metrics_service_level (TdServiceLevelFormula formula,
                          const TdCounts       *counts,
                          gint64                waiting_beyond)
{
  gint64 good, counted;

  return td_metrics_get_service (formula, counts, waiting_beyond, &good, &counted) ? divide (good, counted) : NAN;
}

/**
 * td_metrics_abandon_rate:
 * @counts: what was counted
 * @waiting: callers of these calls who still wait
 *
 * (abandoned − short abandons) ÷ (offered − short abandons − still waiting).
 *
 * Returns: 0…1, or NAN
 */
double
td_metrics_abandon_rate (const TdCounts *counts,
                         gint64          waiting)
{
  g_return_val_if_fail (counts != NULL, NAN);

  if (!TD_IS_KNOWN (counts->abandoned) || !TD_IS_KNOWN (counts->short_abandoned) ||
      !TD_IS_KNOWN (counts->offered) || !TD_IS_KNOWN (waiting))
    return NAN;

  gint64 numerator = counts->abandoned - counts->short_abandoned;
  gint64 denominator = counts->offered - counts->short_abandoned - waiting;

  return numerator >= 0 && numerator <= denominator ? divide (numerator, denominator) : NAN;
}

/**
 * td_metrics_asa:
 * @counts: what was counted
 *
 * Average speed of answer: the mean queue time of the answered calls, without
 * the IVR (Amazon Connect's "average queue answer time").
 *
 * Returns: seconds, or NAN
 */
double
td_metrics_asa (const TdCounts *counts)
{
  g_return_val_if_fail (counts != NULL, NAN);

  if (!TD_IS_KNOWN (counts->wait_ms) || !TD_IS_KNOWN (counts->answered))
    return NAN;

  return divide (counts->wait_ms, counts->answered) / 1000.0;
}

/**
 * td_metrics_aht:
 * @counts: what was counted
 *
 * Average handling time: talk + hold + wrap-up, per answered call.
 *
 * Returns: seconds, or NAN
 */
double
td_metrics_aht (const TdCounts *counts)
{
  g_return_val_if_fail (counts != NULL, NAN);

  if (!TD_IS_KNOWN (counts->talk_ms) || !TD_IS_KNOWN (counts->hold_ms) ||
      !TD_IS_KNOWN (counts->wrap_up_ms) || !TD_IS_KNOWN (counts->answered))
    return NAN;

  return divide (counts->talk_ms + counts->hold_ms + counts->wrap_up_ms, counts->answered) / 1000.0;
}

/**
 * td_metrics_occupancy:
 *
 * (ringing + talk + hold + wrap-up) ÷ (the same + available), pauses left out,
 * all in milliseconds. Sources differ (Calabrio, ICMI, Amazon); a label says
 * which this is.
 *
 * Returns: 0…1, or NAN
 */
double
td_metrics_occupancy (gint64 ringing_ms,
                      gint64 talk_ms,
                      gint64 hold_ms,
                      gint64 wrap_up_ms,
                      gint64 available_ms)
{
  if (!TD_IS_KNOWN (ringing_ms) || !TD_IS_KNOWN (talk_ms) || !TD_IS_KNOWN (hold_ms) ||
      !TD_IS_KNOWN (wrap_up_ms) || !TD_IS_KNOWN (available_ms))
    return NAN;

  gint64 busy = ringing_ms + talk_ms + hold_ms + wrap_up_ms;

  return divide (busy, busy + available_ms);
}

/**
 * td_metrics_agent_aht:
 * @agent: an agent
 *
 * Returns: the agent's own AHT today, seconds, or NAN
 */
double
td_metrics_agent_aht (const TdAgentInfo *agent)
{
  g_return_val_if_fail (agent != NULL, NAN);

  TdCounts counts = TD_COUNTS_UNKNOWN;

  counts.answered = agent->answered;
  counts.talk_ms = agent->talk_ms;
  counts.hold_ms = agent->hold_ms;
  counts.wrap_up_ms = agent->wrap_up_ms;

  return td_metrics_aht (&counts);
}

/**
 * td_metrics_agent_occupancy:
 * @agent: an agent
 * @now: the source's time, µs since 1970
 *
 * The agent's occupancy today, the running state included.
 *
 * Returns: 0…1, or NAN
 */
double
td_metrics_agent_occupancy (const TdAgentInfo *agent,
                            gint64             now)
{
  g_return_val_if_fail (agent != NULL, NAN);

  gint64 ringing = agent->ringing_ms;
  gint64 talk = agent->talk_ms;
  gint64 available = agent->available_ms;
  gint64 wrap_up = agent->wrap_up_ms;
  gint64 age = td_metrics_age_ms (agent->since, now);

  switch (agent->state)
    {
    case TD_AGENT_STATE_RINGING:
      ringing = td_metrics_sum (ringing, age);
      break;

    case TD_AGENT_STATE_ON_CALL:
      talk = td_metrics_sum (talk, age);
      break;

    case TD_AGENT_STATE_WRAP_UP:
      wrap_up = td_metrics_sum (wrap_up, age);
      break;

    case TD_AGENT_STATE_AVAILABLE:
      available = td_metrics_sum (available, age);
      break;

    case TD_AGENT_STATE_UNKNOWN:
    case TD_AGENT_STATE_PAUSED:
    case TD_AGENT_STATE_UNREACHABLE:
    case TD_AGENT_STATE_OFFLINE:
    case TD_N_AGENT_STATES:
    default:
      break;
    }

  return td_metrics_occupancy (ringing, talk, agent->hold_ms, wrap_up, available);
}

/**
 * td_metrics_ewt:
 * @position: the caller's position in the queue, from 1
 * @aht: mean handling time, seconds
 * @serving: agents serving the queue
 *
 * Expected wait: with all @serving agents busy, one of them becomes free every
 * AHT ÷ serving seconds.
 *
 * Returns: seconds, or NAN where nobody serves or an input is unknown
 */
double
td_metrics_ewt (gint64 position,
                double aht,
                gint64 serving)
{
  if (position < 1 || serving < 1 || isnan (aht) || aht < 0)
    return NAN;

  return (double)position * aht / (double)serving;
}

/**
 * td_metrics_deviation:
 * @rate: what is
 * @normal: what is normal
 *
 * Returns: rate ÷ normal − 1, or NAN where nothing is normal
 */
double
td_metrics_deviation (double rate,
                      double normal)
{
  return normal > 0 ? rate / normal - 1 : NAN;
}

/**
 * td_metrics_workload:
 * @calls: calls handled
 * @hours: agent-hours it took
 * @normal_per_hour: the normal, calls per agent-hour
 *
 * Returns: calls per agent-hour over the normal (1 is normal), or NAN
 */
double
td_metrics_workload (gint64 calls,
                     double hours,
                     double normal_per_hour)
{
  if (!TD_IS_KNOWN (calls) || !(hours > 0) || !(normal_per_hour > 0))
    return NAN;

  return (double)calls / hours / normal_per_hour;
}

/**
 * td_metrics_per_minute:
 * @offered: calls offered
 * @minutes: in that time
 *
 * Returns: calls per minute, or NAN
 */
double
td_metrics_per_minute (gint64 offered,
                       double minutes)
{
  return TD_IS_KNOWN (offered) && minutes > 0 ? (double)offered / minutes : NAN;
}

/**
 * td_metrics_age_ms:
 * @since: µs since 1970, or %TD_UNKNOWN
 * @now: µs since 1970 by the same clock, or %TD_UNKNOWN
 *
 * Returns: the age in ms, 0 for what lies ahead, or %TD_UNKNOWN
 */
gint64
td_metrics_age_ms (gint64 since,
                   gint64 now)
{
  if (!TD_IS_KNOWN (since) || !TD_IS_KNOWN (now))
    return TD_UNKNOWN;

  return MAX (now - since, 0) / 1000;
}

/**
 * td_metrics_sum:
 *
 * Returns: the sum, or %TD_UNKNOWN where a part is unknown
 */
gint64
td_metrics_sum (gint64 a,
                gint64 b)
{
  return TD_IS_KNOWN (a) && TD_IS_KNOWN (b) ? a + b : TD_UNKNOWN;
}

static gint64 *
get_field (TdCounts *counts,
           guint     field)
{
  return &G_STRUCT_MEMBER (gint64, counts, td_counts_fields[field].offset);
}

/**
 * td_counts_add:
 * @sum: counts so far
 * @counts: more
 *
 * Adds field by field; what is unknown in one part is unknown in the sum. The
 * longest wait of several is the longest of them.
 */
void
td_counts_add (TdCounts       *sum,
               const TdCounts *counts)
{
  g_return_if_fail (sum != NULL);
  g_return_if_fail (counts != NULL);

  gint64 max_wait = TD_IS_KNOWN (sum->max_wait_ms) && TD_IS_KNOWN (counts->max_wait_ms)
                      ? MAX (sum->max_wait_ms, counts->max_wait_ms)
                      : TD_UNKNOWN;

  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    {
      gint64 *field = get_field (sum, i);

      *field = td_metrics_sum (*field, G_STRUCT_MEMBER (gint64, counts, td_counts_fields[i].offset));
    }
  sum->max_wait_ms = max_wait;
}

/**
 * td_counts_subtract:
 * @difference: (out): what was counted between the two, unknown where either is
 * @later: counters now
 * @earlier: the same counters before
 *
 * The longest wait cannot be subtracted, and is unknown in the difference.
 *
 * Returns: %FALSE where a counter fell, which is a reset and not negative
 *   calls; @difference is then wholly unknown
 */
gboolean
td_counts_subtract (TdCounts       *difference,
                    const TdCounts *later,
                    const TdCounts *earlier)
{
  g_return_val_if_fail (difference != NULL, FALSE);
  g_return_val_if_fail (later != NULL && earlier != NULL, FALSE);

  TdCounts result = TD_COUNTS_UNKNOWN;

  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    {
      gint64 a = G_STRUCT_MEMBER (gint64, later, td_counts_fields[i].offset);
      gint64 b = G_STRUCT_MEMBER (gint64, earlier, td_counts_fields[i].offset);

      if (!TD_IS_KNOWN (a) || !TD_IS_KNOWN (b))
        continue;
      if (a < b)
        {
          *difference = TD_COUNTS_UNKNOWN;
          return FALSE;
        }
      *get_field (&result, i) = a - b;
    }
  result.max_wait_ms = TD_UNKNOWN;
  *difference = result;

  return TRUE;
}

/**
 * td_agent_tally_add:
 * @tally: a tally, zero to start from
 * @state: the state of one more agent
 */
void
td_agent_tally_add (TdAgentTally *tally,
                    TdAgentState  state)
{
  g_return_if_fail (tally != NULL);
  g_return_if_fail ((guint)state < TD_N_AGENT_STATES);

  tally->total++;
  tally->by_state[state]++;
  tally->staffed += td_agent_state_is_staffed (state) ? 1 : 0;
  tally->serving += td_agent_state_is_serving (state) ? 1 : 0;
}
