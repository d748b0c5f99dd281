/* td-agent-judge.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-judge.h"

#include <math.h>

#include "td-agent-words-private.h"
#include "td-metrics.h"

struct _TdAgentJudge
{
  GObject parent_instance;

  TdCentre     *centre; /* (owned) */
  TdAgentRules *rules;  /* (owned) */
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdAgentJudge, td_agent_judge, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* In a list, among those who need somebody alike, the less comes first. */
static const guint8 ranks[TD_N_AGENT_STATES] = {
  [TD_AGENT_STATE_UNREACHABLE] = 0,
  [TD_AGENT_STATE_RINGING] = 1,
  [TD_AGENT_STATE_ON_CALL] = 2,
  [TD_AGENT_STATE_WRAP_UP] = 3,
  [TD_AGENT_STATE_PAUSED] = 4,
  [TD_AGENT_STATE_AVAILABLE] = 5,
  [TD_AGENT_STATE_UNKNOWN] = 6,
  [TD_AGENT_STATE_OFFLINE] = 7,
};

static void
td_agent_judge_dispose (GObject *object)
{
  TdAgentJudge *self = TD_AGENT_JUDGE (object);

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
  TdAgentJudge *self = judge;

  g_return_if_fail (TD_IS_AGENT_JUDGE (self));
  g_return_if_fail (verdict != NULL);

  *verdict = (TdAgentVerdict){ TD_AGENT_NEED_NONE, 0, TD_UNKNOWN, NAN };
  judge_state (self, agent, now, verdict);
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
  guint64        need, rank;
  gint64         since = td_agent_get_since (agent, NULL);

  td_agent_judge_get_verdict (agent, now, &verdict, judge);
  need = (guint64)(TD_AGENT_NEED_PERSON - verdict.need);
  rank = ranks[td_agent_get_info (agent)->state];

  /* Two bits, three, and milliseconds until the year 10,000. */
  return need << 62 | rank << 59 | (guint64)MAX (since, 0) / 1000;
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
  TdAgentVerdict verdict;

  g_return_val_if_fail (TD_IS_AGENT_JUDGE (self), NULL);
  g_return_val_if_fail (TD_IS_AGENT (agent), NULL);

  text = g_string_new (NULL);
  td_agent_judge_get_verdict (agent, now, &verdict, self);
  td_agent_words_add_state (text, agent, now, &verdict);

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
