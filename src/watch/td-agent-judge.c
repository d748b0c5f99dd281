/* td-agent-judge.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-judge.h"

#include <math.h>

#include "td-agent-ledger-private.h"
#include "td-agent-words-private.h"
#include "td-metrics.h"

/* One looks through no more queues of an agent than this. */
#define MAX_QUEUES_LOOKED 64

/* Nobody is said to be a phantom on fewer. */
#define LEAST_SIGNS 2

/* Quantile of the normal distribution for 99.9 %. */
#define SURE 3.09

/* A shift that ended longer ago was another one. */
#define SHIFT_MAX_US (12 * G_TIME_SPAN_HOUR)

/* So much more than its rules ask for is looked at of what was before. */
#define MEMORY_MARGIN_US G_TIME_SPAN_HOUR

struct _TdAgentJudge
{
  GObject parent_instance;

  TdCentre      *centre; /* (owned) */
  TdAgentRules  *rules;  /* (owned) */
  TdAgentLedger *ledger; /* (owned): what was seen of them */
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdAgentJudge, td_agent_judge, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
centre_changed_cb (TdAgentJudge    *self,
                   const TdChanges *changes)
{
  td_agent_ledger_update (self->ledger, changes);
}

static void
td_agent_judge_dispose (GObject *object)
{
  TdAgentJudge *self = TD_AGENT_JUDGE (object);

  g_clear_pointer (&self->ledger, td_agent_ledger_free);
  g_clear_object (&self->centre);

  G_OBJECT_CLASS (td_agent_judge_parent_class)->dispose (object);
}

static void
td_agent_judge_finalize (GObject *object)
{
  TdAgentJudge *self = TD_AGENT_JUDGE (object);

  td_agent_rules_free (self->rules);

  G_OBJECT_CLASS (td_agent_judge_parent_class)->finalize (object);
}

static void
td_agent_judge_class_init (TdAgentJudgeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_agent_judge_dispose;
  object_class->finalize = td_agent_judge_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_agent_judge_init (TdAgentJudge *self)
{
  self->rules = td_agent_rules_new ();
}

/**
 * td_agent_judge_new:
 * @centre: the centre whose agents are judged
 *
 * Returns: (transfer full): a judge by the usual rules
 */
TdAgentJudge *
td_agent_judge_new (TdCentre *centre)
{
  TdAgentJudge *self;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);

  self = g_object_new (TD_TYPE_AGENT_JUDGE, NULL);
  self->centre = g_object_ref (centre);
  self->ledger = td_agent_ledger_new (centre);
  g_signal_connect_object (centre, "changed", G_CALLBACK (centre_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * td_agent_judge_get_rules:
 * @self: a judge
 *
 * Returns: (transfer none): by what it judges, until TdAgentJudge::changed
 */
const TdAgentRules *
td_agent_judge_get_rules (TdAgentJudge *self)
{
  g_return_val_if_fail (TD_IS_AGENT_JUDGE (self), NULL);

  return self->rules;
}

/**
 * td_agent_judge_set_rules:
 * @self: a judge
 * @rules: by what it judges from now on; copied
 */
void
td_agent_judge_set_rules (TdAgentJudge       *self,
                          const TdAgentRules *rules)
{
  TdAgentRules *copy;

  g_return_if_fail (TD_IS_AGENT_JUDGE (self));
  g_return_if_fail (rules != NULL);

  if (td_agent_rules_equal (self->rules, rules))
    return;

  copy = td_agent_rules_copy (rules);
  td_agent_rules_free (self->rules);
  self->rules = copy;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Amber from the limit on, red from twice that; a call is never red by its
 * length alone, for it may be worth it. */
static void
judge_state (TdAgentJudge   *self,
             TdAgent        *agent,
             gint64          now,
             TdAgentVerdict *verdict)
{
  const TdAgentInfo *info = td_agent_get_info (agent);
  gint64             age = td_metrics_age_ms (td_agent_get_since (agent, NULL), now);

  verdict->limit_ms = td_agent_rules_get_limit_ms (self->rules, info->state, info->reason);
  if (info->state == TD_AGENT_STATE_UNREACHABLE)
    verdict->need = TD_AGENT_NEED_PERSON;
  if (!TD_IS_KNOWN (verdict->limit_ms) || age <= verdict->limit_ms)
    return;

  verdict->signs |= TD_AGENT_SIGN_OVER_LIMIT;
  verdict->need = age > 2 * verdict->limit_ms && info->state != TD_AGENT_STATE_ON_CALL ? TD_AGENT_NEED_PERSON
                                                                                       : TD_AGENT_NEED_LOOK;
}

/**
 * td_agent_judge_get_reasons:
 * @self: a judge
 *
 * Returns: (transfer full) (array zero-terminated=1): why agents paused since
 *   the watch began, as the source tells it, sorted by bytes, %TD_AGENT_RULES_MAX_REASONS at most
 */
char **
td_agent_judge_get_reasons (TdAgentJudge *self)
{
  g_return_val_if_fail (TD_IS_AGENT_JUDGE (self), NULL);

  return td_agent_ledger_get_reasons (self->ledger);
}

/**
 * td_agent_judge_get_memory_us:
 * @self: a judge
 *
 * Returns: how far back it has to know what agents did, µs
 */
gint64
td_agent_judge_get_memory_us (TdAgentJudge *self)
{
  g_return_val_if_fail (TD_IS_AGENT_JUDGE (self), 0);

  return td_agent_rules_get_ms (self->rules, TD_AGENT_RULE_NO_BREAK) * 1000 + MEMORY_MARGIN_US;
}

/**
 * td_agent_judge_take_spans:
 * @self: a judge
 * @records: what the centre's agents did before the judge was there, by
 *   agent, then by time
 *
 * Who has worked for hours has done so too if the program was started a minute ago.
 */
void
td_agent_judge_take_spans (TdAgentJudge     *self,
                           TdHistoryRecords *records)
{
  g_return_if_fail (TD_IS_AGENT_JUDGE (self));
  g_return_if_fail (records != NULL);

  td_agent_ledger_take_spans (self->ledger, records);
}

/* A caller whom the agent could have served waits for longer than is patient,
 * while the agent takes no call and others do. Who is idle took none of them. */
static gboolean
find_who_waits (TdAgentJudge       *self,
                const TdAgentInfo  *info,
                const TdAgentFacts *facts,
                gint64              now,
                TdAgentEvidence    *evidence)
{
  gint64 oldest_since = td_agent_ledger_get_oldest_since (self->ledger);
  gint64 patience_us = td_agent_rules_get_ms (self->rules, TD_AGENT_RULE_IDLE) * 1000;

  if (!TD_IS_KNOWN (facts->idle_since) || now - facts->idle_since < patience_us ||
      !TD_IS_KNOWN (oldest_since) || now - oldest_since < patience_us)
    return FALSE;

  for (guint i = 0; i < MIN (info->n_queues, MAX_QUEUES_LOOKED); i++)
    {
      gint64 longest_since = td_agent_ledger_get_longest_since (self->ledger, info->queues[i]);
      guint  n_taken;

      if (!TD_IS_KNOWN (longest_since) || now - longest_since < patience_us)
        continue;
      n_taken = td_agent_ledger_count_taken (self->ledger, info->queues[i], MAX (facts->idle_since, longest_since));
      if (n_taken == 0)
        continue;

      evidence->queue = info->queues[i];
      evidence->waited_ms = (now - longest_since) / 1000;
      evidence->n_taken = n_taken;

      return TRUE;
    }

  return FALSE;
}

/* Each of the three could have an innocent reason: two ring-outs somebody who
 * helps a neighbour, idleness a queue's own rules, a lost line bad luck. Two
 * that do not follow from each other have hardly any.
 *
 * Returns: how many independent signs speak against the agent */
static guint
gather (TdAgentJudge       *self,
        const TdAgentInfo  *info,
        const TdAgentFacts *facts,
        gint64              now,
        TdAgentEvidence    *evidence)
{
  guint n = 0;

  *evidence = (TdAgentEvidence){ 0 };
  if (!td_agent_facts_says_available (info->state))
    return 0;

  if (facts->ring_outs >= self->rules->values[TD_AGENT_RULE_RING_OUTS])
    {
      evidence->ring_outs = facts->ring_outs;
      n++;
    }
  if (facts->lines_lost > 0 &&
      td_metrics_age_ms (facts->line_last, now) <= td_agent_rules_get_ms (self->rules, TD_AGENT_RULE_LINE))
    {
      evidence->lines_lost = facts->lines_lost;
      n++;
    }
  n += find_who_waits (self, info, facts, now, evidence);

  return n;
}

/* Whether @calls are more than chance makes of what is expected: the lower
 * bound of a Poisson mean, by Byar's approximation (Breslow and Day,
 * "Statistical Methods in Cancer Research" II, 1987, p. 69), at 99.9 % so that
 * of a thousand agents with a usual load one at most is above it. */
static gboolean
is_surely_more (double calls,
                double expected)
{
  double root = 1 - 1 / (9 * calls) - SURE / (3 * sqrt (calls));

  return root > 0 && calls * root * root * root > expected;
}

static void
judge_load (TdAgentJudge       *self,
            const TdAgentInfo  *info,
            const TdAgentFacts *facts,
            gint64              now,
            TdAgentVerdict     *verdict)
{
  const double *values = self->rules->values;

  verdict->workload = td_agent_ledger_get_workload (self->ledger, facts, now);
  if (!td_agent_facts_is_staffed (info->state))
    return;

  if (verdict->workload > values[TD_AGENT_RULE_WORKLOAD] && facts->answered >= TD_AGENT_LEAST_CALLS &&
      is_surely_more ((double)facts->answered, (double)facts->answered / verdict->workload))
    verdict->signs |= TD_AGENT_SIGN_WORKLOAD;

  if (info->state != TD_AGENT_STATE_PAUSED && TD_IS_KNOWN (facts->work_since) &&
      now - facts->work_since > values[TD_AGENT_RULE_NO_BREAK] * G_USEC_PER_SEC)
    verdict->signs |= TD_AGENT_SIGN_NO_BREAK;

  if (TD_IS_KNOWN (info->shift_end) && now - info->shift_end > values[TD_AGENT_RULE_GRACE] * G_USEC_PER_SEC &&
      now - info->shift_end < SHIFT_MAX_US)
    verdict->signs |= TD_AGENT_SIGN_PAST_SHIFT;
}

/**
 * td_agent_judge_get_verdict:
 * @agent: an agent of the judge's centre
 * @now: the source's time, µs since 1970
 * @verdict: (out caller-allocates): what is thought of @agent now
 * @judge: a #TdAgentJudge
 *
 * A #TdAgentVerdictFunc: it takes no memory, and no longer with more agents.
 */
void
td_agent_judge_get_verdict (TdAgent        *agent,
                            gint64          now,
                            TdAgentVerdict *verdict,
                            gpointer        judge)
{
  TdAgentJudge       *self = judge;
  const TdAgentInfo  *info = td_agent_get_info (agent);
  const TdAgentFacts *facts;
  TdAgentEvidence     evidence;

  g_return_if_fail (TD_IS_AGENT_JUDGE (self));
  g_return_if_fail (verdict != NULL);

  *verdict = (TdAgentVerdict){ TD_AGENT_NEED_NONE, 0, TD_UNKNOWN, NAN };
  judge_state (self, agent, now, verdict);

  facts = td_agent_ledger_find (self->ledger, agent);
  if (facts == NULL)
    return;

  judge_load (self, info, facts, now, verdict);
  if (gather (self, info, facts, now, &evidence) >= LEAST_SIGNS)
    {
      verdict->signs |= TD_AGENT_SIGN_PHANTOM;
      verdict->need = TD_AGENT_NEED_PERSON;
    }
  if (verdict->signs != 0)
    verdict->need = MAX (verdict->need, TD_AGENT_NEED_LOOK);
}

/**
 * td_agent_judge_get_key:
 * @agent: an agent of the judge's centre
 * @now: the source's time, µs since 1970
 * @judge: a #TdAgentJudge
 *
 * Orders those who need a person first: by how much, by state, and within a
 * state those who are in it longest.
 *
 * Returns: a number that is less for who comes first
 */
guint64
td_agent_judge_get_key (TdAgent *agent,
                        gint64   now,
                        gpointer judge)
{
  TdAgentVerdict verdict;

  td_agent_judge_get_verdict (agent, now, &verdict, judge);

  return td_agent_verdict_get_key (&verdict, agent);
}

/**
 * td_agent_judge_describe:
 * @self: a judge
 * @agent: an agent of its centre
 * @now: the source's time, µs since 1970
 *
 * Says why somebody should look: one sentence for each sign, each in a line of
 * its own, with the times and counts that speak for it.
 *
 * Returns: (transfer full) (nullable): the evidence in words, or %NULL for none
 */
char *
td_agent_judge_describe (TdAgentJudge *self,
                         TdAgent      *agent,
                         gint64        now)
{
  g_autoptr (GString) text = NULL;
  GTimeZone          *zone;
  const TdAgentFacts *facts;
  TdAgentVerdict      verdict;
  TdAgentEvidence     evidence;

  g_return_val_if_fail (TD_IS_AGENT_JUDGE (self), NULL);
  g_return_val_if_fail (TD_IS_AGENT (agent), NULL);

  text = g_string_new (NULL);
  td_agent_judge_get_verdict (agent, now, &verdict, self);
  td_agent_words_add_state (text, agent, now, &verdict);

  zone = td_centre_get_timezone (self->centre);
  facts = td_agent_ledger_find (self->ledger, agent);
  if (verdict.signs & TD_AGENT_SIGN_PHANTOM)
    {
      TdQueue *queue;

      gather (self, td_agent_get_info (agent), facts, now, &evidence);
      queue = evidence.queue != NULL ? td_centre_find_queue (self->centre, evidence.queue) : NULL;
      td_agent_words_add_phantom (text, facts, &evidence, queue != NULL ? td_queue_get_title (queue) : NULL, zone, now);
    }
  if (facts != NULL)
    td_agent_words_add_load (text, agent, facts, self->rules, &verdict, zone, now);

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
