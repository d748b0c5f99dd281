/* td-agent-facts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-facts-private.h"

#include "td-metrics.h"

/* What is shorter is no rest. */
#define LEAST_PAUSE_US (60 * G_TIME_SPAN_SECOND)

/* Nor is a time that nobody looked at: a program that was started again. */
#define MAX_GAP_US (5 * 60 * G_TIME_SPAN_SECOND)

/**
 * td_agent_facts_says_available:
 * @state: an agent's state
 *
 * Returns: whether who is in it says that calls can come
 */
gboolean
td_agent_facts_says_available (TdAgentState state)
{
  return state == TD_AGENT_STATE_AVAILABLE || state == TD_AGENT_STATE_RINGING;
}

/**
 * td_agent_facts_is_staffed:
 * @state: an agent's state
 *
 * Returns: whether who is in it is known to be signed in
 */
gboolean
td_agent_facts_is_staffed (TdAgentState state)
{
  return state != TD_AGENT_STATE_UNKNOWN && state != TD_AGENT_STATE_OFFLINE;
}

/**
 * td_agent_facts_init:
 * @self: (out caller-allocates): the facts of an agent who was never seen
 */
void
td_agent_facts_init (TdAgentFacts *self)
{
  *self = (TdAgentFacts){
    .state = TD_N_AGENT_STATES,
    .call_since = TD_UNKNOWN,
    .answered = TD_UNKNOWN,
    .no_answer = TD_UNKNOWN,
    .idle_since = TD_UNKNOWN,
    .ring_last = TD_UNKNOWN,
    .line_last = TD_UNKNOWN,
    .work_since = TD_UNKNOWN,
    .pause_since = TD_UNKNOWN,
    .done_ms = TD_UNKNOWN,
    .running_since = TD_UNKNOWN,
  };
}

/**
 * td_agent_facts_forget_counts:
 * @self: the facts
 *
 * The source started anew: what it counts is no more than the last count, nor less.
 */
void
td_agent_facts_forget_counts (TdAgentFacts *self)
{
  self->recount = TRUE;
}

static gint64
get_growth (const TdAgentFacts *self,
            gint64              was,
            gint64              is)
{
  return !self->recount && TD_IS_KNOWN (was) && TD_IS_KNOWN (is) && is > was ? is - was : 0;
}

static gboolean
took_call (const TdAgentFacts *self,
           const TdAgentInfo  *info)
{
  if (get_growth (self, self->answered, info->answered) > 0)
    return TRUE;

  return info->state == TD_AGENT_STATE_ON_CALL &&
         (self->state != TD_AGENT_STATE_ON_CALL || self->call_since != info->call_since);
}

/* What speaks for or against somebody who says that calls can come. Who takes
 * one, pauses or signs off has answered it. */
static void
update_evidence (TdAgentFacts      *self,
                 const TdAgentInfo *info,
                 gboolean           took,
                 gint64             since,
                 gint64             at)
{
  gboolean available = td_agent_facts_says_available (info->state);

  if (took || (!available && info->state != TD_AGENT_STATE_UNREACHABLE))
    {
      self->idle_since = TD_UNKNOWN;
      self->ring_outs = 0;
      self->lines_lost = 0;
    }

  /* A line that is gone explains by itself why no call is taken, and why the
   * last one rang out: it is one sign, not two. */
  if (info->state == TD_AGENT_STATE_UNREACHABLE)
    {
      if (self->state != TD_AGENT_STATE_UNREACHABLE)
        {
          self->lines_lost++;
          self->line_last = since;
        }
      self->idle_since = TD_UNKNOWN;
    }
  else if (available)
    {
      gint64 n = get_growth (self, self->no_answer, info->no_answer);

      if (!TD_IS_KNOWN (self->idle_since))
        self->idle_since = took ? at : since;
      if (n > 0 && !took && td_agent_facts_says_available (self->state))
        {
          self->ring_outs += (guint)MIN (n, 1000);
          self->ring_last = at;
        }
    }
}

static void
update_work (TdAgentFacts      *self,
             const TdAgentInfo *info,
             gint64             since,
             gboolean           inexact)
{
  gboolean first = self->state == TD_N_AGENT_STATES;
  gboolean rested = self->state == TD_AGENT_STATE_PAUSED && since - self->pause_since >= LEAST_PAUSE_US;

  if (!td_agent_facts_is_staffed (info->state))
    self->work_since = TD_UNKNOWN;
  else if (info->state == TD_AGENT_STATE_PAUSED)
    {
      if (self->state != TD_AGENT_STATE_PAUSED)
        self->pause_since = since;
      if (first)
        self->work_since = TD_UNKNOWN;
    }
  else if (!TD_IS_KNOWN (self->work_since) || rested)
    {
      self->work_since = since;
      self->work_inexact = inexact || first;
    }
}

/**
 * td_agent_facts_take_spans:
 * @self: the facts of an agent who was first seen a moment ago
 * @spans: (array length=n_spans): what the agent did before, in the order of time
 * @n_spans: how many
 *
 * Follows the work that was found running back to where it began: to the last
 * pause, to when the agent signed in, or to where too much was not observed.
 */
void
td_agent_facts_take_spans (TdAgentFacts        *self,
                           const TdHistorySpan *spans,
                           guint                n_spans)
{
  if (!TD_IS_KNOWN (self->work_since) || !self->work_inexact)
    return;

  for (guint i = n_spans; i > 0; i--)
    {
      const TdHistorySpan *span = &spans[i - 1];
      gint64               end = MIN (span->end, self->work_since);

      if (span->start >= self->work_since)
        continue;
      if (self->work_since - end > MAX_GAP_US)
        return;
      if (!td_agent_facts_is_staffed (span->state) ||
          (span->state == TD_AGENT_STATE_PAUSED && end - span->start >= LEAST_PAUSE_US))
        {
          self->work_since = end;
          self->work_inexact = FALSE;
          return;
        }
      self->work_since = span->start;
    }
}

static void
update_hours (TdAgentFacts      *self,
              const TdAgentInfo *info,
              gint64             since,
              gint64             day_start)
{
  const gint64 needed[] = { info->talk_ms, info->wrap_up_ms, info->available_ms, info->answered };
  const gint64 others[] = { info->hold_ms, info->ringing_ms };
  gboolean     known = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    known &= TD_IS_KNOWN (needed[i]);

  self->done_ms = known ? info->talk_ms + info->wrap_up_ms + info->available_ms : TD_UNKNOWN;
  for (guint i = 0; known && i < G_N_ELEMENTS (others); i++)
    self->done_ms += MAX (others[i], 0);

  if (known && (td_agent_facts_says_available (info->state) || info->state == TD_AGENT_STATE_ON_CALL ||
                info->state == TD_AGENT_STATE_WRAP_UP))
    self->running_since = MAX (since, day_start);
  else
    self->running_since = TD_UNKNOWN;
}

/**
 * td_agent_facts_update:
 * @self: the facts
 * @agent: whose
 * @at: when the source told what the agent is now, µs since 1970
 * @day_start: when the source's day began, or %TD_UNKNOWN
 *
 * Returns: whether the agent took a call since the last time
 */
gboolean
td_agent_facts_update (TdAgentFacts *self,
                       TdAgent      *agent,
                       gint64        at,
                       gint64        day_start)
{
  const TdAgentInfo *info = td_agent_get_info (agent);
  gboolean           took = took_call (self, info);
  gboolean           inexact;
  gint64             since = td_agent_get_since (agent, &inexact);

  update_evidence (self, info, took, since, at);
  update_work (self, info, since, inexact);
  update_hours (self, info, since, day_start);

  self->state = info->state;
  self->call_since = info->call_since;
  self->answered = info->answered;
  self->no_answer = info->no_answer;
  self->recount = FALSE;

  return took;
}

/**
 * td_agent_facts_get_work_ms:
 * @self: the facts
 * @now: the source's time, µs since 1970
 *
 * Returns: time at work today, pauses left out, the running span included, ms,
 *   or %TD_UNKNOWN
 */
gint64
td_agent_facts_get_work_ms (const TdAgentFacts *self,
                            gint64              now)
{
  if (!TD_IS_KNOWN (self->done_ms) || !TD_IS_KNOWN (self->running_since))
    return self->done_ms;

  return self->done_ms + MAX (td_metrics_age_ms (self->running_since, now), 0);
}
