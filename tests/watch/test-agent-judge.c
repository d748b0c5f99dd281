/* test-agent-judge.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-agent-judge.h"

#include "td-fixture.h"

#define NOW (FIXTURE_START + FIXTURE_SECONDS (36000))

static TdAgent *
add_agent (TdCentre          *centre,
           const TdAgentInfo *info)
{
  gboolean           is_first = td_centre_is_empty (centre);
  gint64             revision = is_first ? 0 : td_centre_get_revision (centre);
  TdSnapshotBuilder *builder = fixture_begin (revision + 1, is_first ? TD_UNKNOWN : revision, "i", NOW);
  g_autoptr (TdSnapshot) snapshot = NULL;

  td_snapshot_builder_add_agent (builder, info);
  snapshot = td_snapshot_builder_end (builder);
  g_assert_true (td_centre_apply (centre, snapshot, NULL));

  return td_centre_find_agent (centre, info->id);
}

static TdAgent *
make_agent (TdCentre    *centre,
            const char  *id,
            TdAgentState state,
            gint64       seconds,
            const char  *reason)
{
  TdAgentInfo agent;

  td_agent_info_init (&agent);
  agent.id = id;
  agent.state = state;
  agent.since = NOW - FIXTURE_SECONDS (seconds);
  agent.reason = reason;

  return add_agent (centre, &agent);
}

static void
test_need_comes_first (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdAgentJudge) judge = td_agent_judge_new (centre);
  TdAgent *order[] = {
    make_agent (centre, "unreachable", TD_AGENT_STATE_UNREACHABLE, 10, NULL),
    make_agent (centre, "ringing-very-long", TD_AGENT_STATE_RINGING, 31, NULL),
    make_agent (centre, "paused-very-long", TD_AGENT_STATE_PAUSED, 31 * 60, NULL),
    make_agent (centre, "ringing-long", TD_AGENT_STATE_RINGING, 16, NULL),
    make_agent (centre, "call-very-long", TD_AGENT_STATE_ON_CALL, 7200, NULL),
    make_agent (centre, "wrap-up-long", TD_AGENT_STATE_WRAP_UP, 130, NULL),
    make_agent (centre, "ringing", TD_AGENT_STATE_RINGING, 3, NULL),
    make_agent (centre, "on-call-5", TD_AGENT_STATE_ON_CALL, 300, NULL),
    make_agent (centre, "on-call-1", TD_AGENT_STATE_ON_CALL, 60, NULL),
    make_agent (centre, "paused", TD_AGENT_STATE_PAUSED, 600, NULL),
    make_agent (centre, "available", TD_AGENT_STATE_AVAILABLE, 6000, NULL),
    make_agent (centre, "offline", TD_AGENT_STATE_OFFLINE, 60000, NULL),
  };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      TdAgentVerdict verdict;

      td_agent_judge_get_verdict (order[i], NOW, &verdict, judge);
      g_assert_cmpint (verdict.need, ==, i < 3 ? TD_AGENT_NEED_PERSON : i < 6 ? TD_AGENT_NEED_LOOK
                                                                              : TD_AGENT_NEED_NONE);
      if (i > 0)
        g_assert_cmpuint (td_agent_judge_get_key (order[i - 1], NOW, judge), <,
                          td_agent_judge_get_key (order[i], NOW, judge));
    }
}

/* The limit itself is kept to; what is a moment more is not. */
static void
test_limit_of_a_reason (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdAgentJudge) judge = td_agent_judge_new (centre);
  const struct
  {
    const char *reason;
    gint64      limit_s;
  } cases[] = { { "Ăn trưa", 1800 }, { "Lunch", 1800 }, { "Họp", 3600 }, { "Nghỉ", 900 }, { NULL, 900 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TdAgent         *agent = make_agent (centre, "a", TD_AGENT_STATE_PAUSED, cases[i].limit_s, cases[i].reason);
      TdAgentVerdict   verdict;
      g_autofree char *text = NULL;

      td_agent_judge_get_verdict (agent, NOW, &verdict, judge);
      g_assert_cmpint (verdict.limit_ms, ==, cases[i].limit_s * 1000);
      g_assert_cmpint (verdict.need, ==, TD_AGENT_NEED_NONE);
      g_assert_cmpuint (verdict.signs, ==, 0);
      g_assert_null (td_agent_judge_describe (judge, agent, NOW));

      td_agent_judge_get_verdict (agent, NOW + 1000, &verdict, judge);
      g_assert_cmpint (verdict.need, ==, TD_AGENT_NEED_LOOK);
      g_assert_cmpuint (verdict.signs, ==, TD_AGENT_SIGN_OVER_LIMIT);

      td_agent_judge_get_verdict (agent, NOW + FIXTURE_SECONDS (cases[i].limit_s) + 1000, &verdict, judge);
      g_assert_cmpint (verdict.need, ==, TD_AGENT_NEED_PERSON);

      text = td_agent_judge_describe (judge, agent, NOW + FIXTURE_SECONDS (60));
      g_assert_nonnull (g_strrstr (text, "limit is"));
    }
}

static void
count_cb (guint *n_changes)
{
  (*n_changes)++;
}

static void
test_rules_change (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdAgentJudge) judge = td_agent_judge_new (centre);
  g_autoptr (TdAgentRules) rules = td_agent_rules_new ();
  TdAgent       *agent = make_agent (centre, "a", TD_AGENT_STATE_PAUSED, 400, "Nghỉ");
  TdAgentVerdict verdict;
  guint          n_changes = 0;

  g_signal_connect_swapped (judge, "changed", G_CALLBACK (count_cb), &n_changes);
  td_agent_judge_set_rules (judge, rules);
  g_assert_cmpuint (n_changes, ==, 0);

  td_agent_rules_set_pause (rules, "Nghỉ", 300);
  td_agent_judge_set_rules (judge, rules);
  g_assert_cmpuint (n_changes, ==, 1);
  td_agent_judge_get_verdict (agent, NOW, &verdict, judge);
  g_assert_cmpint (verdict.need, ==, TD_AGENT_NEED_LOOK);
  g_assert_cmpint (verdict.limit_ms, ==, 300000);

  td_agent_rules_set_pause (rules, "Nghỉ", NAN);
  rules->values[TD_AGENT_RULE_PAUSE] = 100;
  td_agent_judge_set_rules (judge, rules);
  g_assert_cmpuint (n_changes, ==, 2);
  td_agent_judge_get_verdict (agent, NOW, &verdict, judge);
  g_assert_cmpint (verdict.need, ==, TD_AGENT_NEED_PERSON);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/agent-judge/need-comes-first", test_need_comes_first);
  g_test_add_func ("/agent-judge/limit-of-a-reason", test_limit_of_a_reason);
  g_test_add_func ("/agent-judge/rules-change", test_rules_change);

  return g_test_run ();
}
