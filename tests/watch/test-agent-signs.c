/* test-agent-signs.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "td-agent-judge.h"

#include "td-fixture.h"

#define AT(seconds) (FIXTURE_START + FIXTURE_SECONDS (36000) + FIXTURE_SECONDS (seconds))

/* A centre of which the test tells one thing after the other. */
typedef struct
{
  TdCentre     *centre;
  TdAgentJudge *judge;
  gint64        revision;
  const char   *instance;
} Scene;

static void
scene_begin (Scene *scene)
{
  scene->centre = td_centre_new ();
  scene->judge = td_agent_judge_new (scene->centre);
  scene->revision = 0;
  scene->instance = "i";
}

static void
scene_end (Scene *scene)
{
  g_clear_object (&scene->judge);
  g_clear_object (&scene->centre);
}

static void
tell (Scene             *scene,
      gint64             at_s,
      const TdAgentInfo *agent,
      const TdQueueInfo *queue)
{
  gboolean           follows = g_strcmp0 (td_centre_get_instance (scene->centre), scene->instance) == 0;
  TdSnapshotBuilder *builder = fixture_begin (scene->revision + 1, follows ? scene->revision : TD_UNKNOWN,
                                              scene->instance, AT (at_s));
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;

  if (agent != NULL)
    td_snapshot_builder_add_agent (builder, agent);
  if (queue != NULL)
    td_snapshot_builder_add_queue (builder, queue);
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (scene->centre, snapshot, &error);
  g_assert_no_error (error);
  scene->revision++;
}

static void
tell_queue (Scene      *scene,
            gint64      at_s,
            const char *id,
            gint64      longest_s)
{
  TdQueueInfo queue;

  td_queue_info_init (&queue);
  queue.id = id;
  queue.waiting = longest_s != TD_UNKNOWN;
  queue.longest_since = longest_s != TD_UNKNOWN ? AT (longest_s) : TD_UNKNOWN;
  tell (scene, at_s, NULL, &queue);
}

/* An agent of the queue "q" whose state began just now. */
static void
tell_agent (Scene       *scene,
            gint64       at_s,
            const char  *id,
            TdAgentState state,
            gint64       answered,
            gint64       no_answer)
{
  static const char *const queues[] = { "q" };
  TdAgentInfo              agent;

  td_agent_info_init (&agent);
  agent.id = id;
  agent.state = state;
  agent.since = AT (at_s);
  agent.queues = queues;
  agent.n_queues = 1;
  agent.answered = answered;
  agent.no_answer = no_answer;
  if (state == TD_AGENT_STATE_ON_CALL)
    {
      agent.call_queue = "q";
      agent.call_since = AT (at_s);
    }
  tell (scene, at_s, &agent, NULL);
}

static void
judge (Scene          *scene,
       const char     *id,
       gint64          now_s,
       TdAgentVerdict *verdict)
{
  td_agent_judge_get_verdict (td_centre_find_agent (scene->centre, id), AT (now_s), verdict, scene->judge);
}

static gboolean
has_sign (Scene       *scene,
          const char  *id,
          gint64       now_s,
          TdAgentSigns sign)
{
  TdAgentVerdict verdict;

  judge (scene, id, now_s, &verdict);

  return (verdict.signs & sign) != 0;
}

#define is_phantom(scene, id, now_s) has_sign (scene, id, now_s, TD_AGENT_SIGN_PHANTOM)

enum {
  RINGS_OUT = 1 << 0,
  LETS_WAIT = 1 << 1,
  LOSES_LINE = 1 << 2,
};

/* Plays two minutes of an agent "a" of whom @signs are so, each @times over or
 * as strong, and of a colleague "b" who works. */
static void
play (Scene *scene,
      guint  signs,
      guint  times)
{
  gint64 t = 0;

  tell_queue (scene, t, "q", TD_UNKNOWN);
  tell_agent (scene, t, "a", TD_AGENT_STATE_AVAILABLE, 5, 0);
  tell_agent (scene, t, "b", TD_AGENT_STATE_AVAILABLE, 5, 0);

  for (guint i = 0; (signs & LOSES_LINE) != 0 && i < times; i++)
    {
      tell_agent (scene, t += 2, "a", TD_AGENT_STATE_UNREACHABLE, 5, 0);
      tell_agent (scene, t += 2, "a", TD_AGENT_STATE_AVAILABLE, 5, 0);
    }
  for (guint i = 0; (signs & RINGS_OUT) != 0 && i < times + 1; i++)
    {
      tell_agent (scene, t += 2, "a", TD_AGENT_STATE_RINGING, 5, i);
      tell_agent (scene, t += 2, "a", TD_AGENT_STATE_AVAILABLE, 5, i + 1);
    }
  if (signs & LETS_WAIT)
    tell_queue (scene, t, "q", t);
  for (guint i = 0; i < times; i++)
    {
      tell_agent (scene, t += 2, "b", TD_AGENT_STATE_ON_CALL, 5 + i, 0);
      tell_agent (scene, t += 2, "b", TD_AGENT_STATE_AVAILABLE, 6 + i, 0);
    }
  tell_queue (scene, 60 * 1000, "x", TD_UNKNOWN);
}

/* When the last of what play() tells is over, and a minute more. */
static gint64
get_end (guint times)
{
  return 4 * times + 4 * (times + 1) + 4 * times + 61;
}

static void
test_two_signs_accuse (void)
{
  for (guint signs = 0; signs < 8; signs++)
    {
      g_auto (GStrv) sentences = NULL;
      g_autofree char *text = NULL;
      guint            n = (signs & RINGS_OUT ? 1 : 0) + (signs & LETS_WAIT ? 1 : 0) + (signs & LOSES_LINE ? 1 : 0);
      TdAgentVerdict   verdict;
      Scene            scene;

      scene_begin (&scene);
      play (&scene, signs, 1);
      judge (&scene, "a", get_end (1), &verdict);
      g_test_message ("signs %u", signs);
      g_assert_cmpint ((verdict.signs & TD_AGENT_SIGN_PHANTOM) != 0, ==, n >= 2);
      g_assert_cmpint (verdict.need, ==, n >= 2 ? TD_AGENT_NEED_PERSON : TD_AGENT_NEED_NONE);
      g_assert_false (is_phantom (&scene, "b", get_end (1)));

      text = td_agent_judge_describe (scene.judge, td_centre_find_agent (scene.centre, "a"), AT (get_end (1)));
      if (n >= 2)
        {
          sentences = g_strsplit (text, "\n", -1);
          g_assert_cmpuint (g_strv_length (sentences), ==, n + 1);
          g_assert_cmpint (strstr (text, "rang out") != NULL, ==, (signs & RINGS_OUT) != 0);
          g_assert_cmpint (strstr (text, "has waited") != NULL, ==, (signs & LETS_WAIT) != 0);
          g_assert_cmpint (strstr (text, "line was lost") != NULL, ==, (signs & LOSES_LINE) != 0);
        }
      else
        g_assert_null (text);

      /* Who takes a call is none any more; nor is who admits to be away. */
      tell_agent (&scene, 60 * 1001, "a", signs & 1 ? TD_AGENT_STATE_ON_CALL : TD_AGENT_STATE_PAUSED, 5, 0);
      tell_agent (&scene, 60 * 1002, "a", TD_AGENT_STATE_AVAILABLE, signs & 1 ? 6 : 5, 0);
      g_assert_false (is_phantom (&scene, "a", 60 * 1002 + 1));
      scene_end (&scene);
    }
}

/* However strong it is, one sign could have an innocent reason. */
static void
test_one_sign_never_accuses (void)
{
  for (guint times = 1; times < 60; times += 7)
    {
      for (guint signs = 1; signs < 8; signs *= 2)
        {
          Scene scene;

          scene_begin (&scene);
          play (&scene, signs, times);
          for (gint64 now = 0; now < get_end (times) + 3600; now += 13)
            g_assert_false (is_phantom (&scene, "a", now));
          scene_end (&scene);
        }
    }
}

/* What follows from a lost line is no sign besides it. */
static void
test_lost_line_is_one_sign (void)
{
  Scene scene;

  scene_begin (&scene);
  tell_queue (&scene, 0, "q", 0);
  tell_agent (&scene, 0, "a", TD_AGENT_STATE_AVAILABLE, 5, 0);
  for (guint i = 0; i < 5; i++)
    {
      tell_agent (&scene, 100 * i + 10, "a", TD_AGENT_STATE_RINGING, 5, i);
      tell_agent (&scene, 100 * i + 12, "a", TD_AGENT_STATE_UNREACHABLE, 5, i + 1);
      tell_agent (&scene, 100 * i + 20, "b", TD_AGENT_STATE_ON_CALL, 5 + i, 0);
      g_assert_false (is_phantom (&scene, "a", 100 * i + 80));
      tell_agent (&scene, 100 * i + 90, "a", TD_AGENT_STATE_AVAILABLE, 5, i + 1);
      g_assert_false (is_phantom (&scene, "a", 100 * i + 95));
    }
  scene_end (&scene);
}

/* An answered call between two that rang out parts them, and what was counted
 * before the source started anew says nothing. */
static void
test_ring_outs_in_a_row (void)
{
  Scene scene;

  scene_begin (&scene);
  tell_agent (&scene, 0, "a", TD_AGENT_STATE_UNREACHABLE, 5, 0);
  tell_agent (&scene, 10, "a", TD_AGENT_STATE_AVAILABLE, 5, 0);
  tell_agent (&scene, 20, "a", TD_AGENT_STATE_AVAILABLE, 5, 1);
  g_assert_false (is_phantom (&scene, "a", 21));
  scene.instance = "j";
  tell_agent (&scene, 30, "a", TD_AGENT_STATE_AVAILABLE, 9, 7);
  g_assert_false (is_phantom (&scene, "a", 31));
  tell_agent (&scene, 40, "a", TD_AGENT_STATE_AVAILABLE, 9, 8);
  g_assert_true (is_phantom (&scene, "a", 41));
  tell_agent (&scene, 50, "a", TD_AGENT_STATE_AVAILABLE, 10, 9);
  g_assert_false (is_phantom (&scene, "a", 51));
  tell_agent (&scene, 60, "a", TD_AGENT_STATE_UNREACHABLE, 10, 9);
  tell_agent (&scene, 70, "a", TD_AGENT_STATE_AVAILABLE, 10, 9);
  tell_agent (&scene, 80, "a", TD_AGENT_STATE_AVAILABLE, 10, 10);
  g_assert_false (is_phantom (&scene, "a", 81));
  tell_agent (&scene, 90, "a", TD_AGENT_STATE_AVAILABLE, 10, 11);
  g_assert_true (is_phantom (&scene, "a", 91));

  /* The line was lost at 60. */
  g_assert_true (is_phantom (&scene, "a", 60 + 1800));
  g_assert_false (is_phantom (&scene, "a", 60 + 1801));
  scene_end (&scene);
}

/* A caller who waits accuses only who serves that queue, and only while others
 * take its calls. */
static void
test_who_lets_wait (void)
{
  static const char *const other[] = { "other" };
  TdAgentInfo              agent;
  Scene                    scene;

  scene_begin (&scene);
  td_agent_info_init (&agent);
  agent.id = "c";
  agent.state = TD_AGENT_STATE_AVAILABLE;
  agent.since = AT (0);
  agent.queues = other;
  agent.n_queues = 1;
  agent.answered = agent.no_answer = 0;
  tell (&scene, 0, &agent, NULL);
  agent.no_answer = 2;
  tell (&scene, 1, &agent, NULL);
  tell_queue (&scene, 1, "other", TD_UNKNOWN);
  tell_agent (&scene, 2, "a", TD_AGENT_STATE_AVAILABLE, 5, 0);
  tell_agent (&scene, 3, "a", TD_AGENT_STATE_AVAILABLE, 5, 2);
  tell_queue (&scene, 4, "q", 4);
  g_assert_false (is_phantom (&scene, "a", 500));

  tell_agent (&scene, 40, "b", TD_AGENT_STATE_ON_CALL, 5, 0);
  g_assert_false (is_phantom (&scene, "a", 63));
  g_assert_true (is_phantom (&scene, "a", 64));
  g_assert_false (is_phantom (&scene, "c", 64));

  tell_queue (&scene, 70, "q", TD_UNKNOWN);
  g_assert_false (is_phantom (&scene, "a", 500));

  /* Of the one who waits now, nobody took a call since. */
  tell_queue (&scene, 71, "q", 71);
  g_assert_false (is_phantom (&scene, "a", 500));
  scene_end (&scene);
}

static void
test_thresholds (void)
{
  g_autoptr (TdAgentRules) rules = td_agent_rules_new ();
  Scene scene;

  scene_begin (&scene);
  play (&scene, RINGS_OUT | LOSES_LINE, 2);
  g_assert_true (is_phantom (&scene, "a", get_end (2)));
  rules->values[TD_AGENT_RULE_RING_OUTS] = 4;
  td_agent_judge_set_rules (scene.judge, rules);
  g_assert_false (is_phantom (&scene, "a", get_end (2)));
  scene_end (&scene);
}

static void
test_no_break (void)
{
  const gint64 hour = 3600;
  Scene        scene;

  scene_begin (&scene);

  /* First seen in a call: what was before is not known, so it is not counted. */
  tell_agent (&scene, 0, "a", TD_AGENT_STATE_ON_CALL, 1, 0);
  tell_agent (&scene, hour, "a", TD_AGENT_STATE_AVAILABLE, 2, 0);
  g_assert_false (has_sign (&scene, "a", 2 * hour, TD_AGENT_SIGN_NO_BREAK));
  g_assert_true (has_sign (&scene, "a", 2 * hour + 1, TD_AGENT_SIGN_NO_BREAK));

  tell_agent (&scene, 3 * hour, "a", TD_AGENT_STATE_PAUSED, 2, 0);
  g_assert_false (has_sign (&scene, "a", 3 * hour + 1, TD_AGENT_SIGN_NO_BREAK));
  tell_agent (&scene, 3 * hour + 30, "a", TD_AGENT_STATE_AVAILABLE, 2, 0);
  g_assert_true (has_sign (&scene, "a", 3 * hour + 31, TD_AGENT_SIGN_NO_BREAK));

  tell_agent (&scene, 4 * hour, "a", TD_AGENT_STATE_PAUSED, 2, 0);
  tell_agent (&scene, 4 * hour + 300, "a", TD_AGENT_STATE_AVAILABLE, 2, 0);
  g_assert_false (has_sign (&scene, "a", 6 * hour + 300, TD_AGENT_SIGN_NO_BREAK));
  g_assert_true (has_sign (&scene, "a", 6 * hour + 301, TD_AGENT_SIGN_NO_BREAK));

  tell_agent (&scene, 7 * hour, "a", TD_AGENT_STATE_OFFLINE, 2, 0);
  tell_agent (&scene, 8 * hour, "a", TD_AGENT_STATE_AVAILABLE, 2, 0);
  g_assert_false (has_sign (&scene, "a", 10 * hour, TD_AGENT_SIGN_NO_BREAK));
  g_assert_true (has_sign (&scene, "a", 10 * hour + 1, TD_AGENT_SIGN_NO_BREAK));
  scene_end (&scene);
}

static void
remember (const char       *id,
          gint64            start_s,
          gint64            end_s,
          TdAgentState      state,
          TdHistoryRecords *records)
{
  td_history_records_add_span (records, &(TdHistorySpan){ .agent = id, .start = AT (start_s), .end = AT (end_s), .state = state });
}

/* Work that was found running began where the records say: after a pause that
 * was one, and not beyond what nobody saw. */
static void
test_what_was_before (void)
{
  const gint64 hour = 3600;
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();
  Scene scene;

  scene_begin (&scene);
  for (const char *const *id = (const char *const[]){ "a", "b", "c", "d", NULL }; *id != NULL; id++)
    tell_agent (&scene, 0, *id, TD_AGENT_STATE_ON_CALL, 1, 0);

  /* A pause of ten minutes, an hour and a half of work, and some seconds as a restart takes. */
  remember ("a", -2 * hour, -hour - 2400, TD_AGENT_STATE_PAUSED, records);
  remember ("a", -hour - 2400, -hour, TD_AGENT_STATE_ON_CALL, records);
  remember ("a", -hour, -hour + 20, TD_AGENT_STATE_PAUSED, records);
  remember ("a", -hour + 20, -90, TD_AGENT_STATE_AVAILABLE, records);

  /* An hour that nobody saw. */
  remember ("b", -3 * hour, -hour, TD_AGENT_STATE_ON_CALL, records);

  /* Signed in half an hour ago. */
  remember ("c", -3 * hour, -1800, TD_AGENT_STATE_OFFLINE, records);
  remember ("c", -1800, 60, TD_AGENT_STATE_AVAILABLE, records);

  /* Somebody who is not there any more. */
  remember ("e", -3 * hour, 0, TD_AGENT_STATE_ON_CALL, records);

  td_agent_judge_take_spans (scene.judge, records);
  g_assert_false (has_sign (&scene, "a", 2 * hour - hour - 2400, TD_AGENT_SIGN_NO_BREAK));
  g_assert_true (has_sign (&scene, "a", 2 * hour - hour - 2399, TD_AGENT_SIGN_NO_BREAK));
  g_assert_false (has_sign (&scene, "b", 2 * hour, TD_AGENT_SIGN_NO_BREAK));
  g_assert_true (has_sign (&scene, "b", 2 * hour + 1, TD_AGENT_SIGN_NO_BREAK));
  g_assert_false (has_sign (&scene, "c", 2 * hour - 1800, TD_AGENT_SIGN_NO_BREAK));
  g_assert_true (has_sign (&scene, "c", 2 * hour - 1799, TD_AGENT_SIGN_NO_BREAK));
  g_assert_false (has_sign (&scene, "d", 2 * hour, TD_AGENT_SIGN_NO_BREAK));

  /* Once is enough: what is known is not told otherwise. */
  tell_agent (&scene, 10, "a", TD_AGENT_STATE_PAUSED, 2, 0);
  tell_agent (&scene, 610, "a", TD_AGENT_STATE_AVAILABLE, 2, 0);
  td_agent_judge_take_spans (scene.judge, records);
  g_assert_false (has_sign (&scene, "a", 2 * hour, TD_AGENT_SIGN_NO_BREAK));
  scene_end (&scene);
}

static void
test_past_shift (void)
{
  TdAgentInfo agent;
  Scene       scene;

  scene_begin (&scene);
  td_agent_info_init (&agent);
  agent.id = "a";
  agent.state = TD_AGENT_STATE_AVAILABLE;
  agent.since = AT (0);
  agent.shift_end = AT (1000);
  tell (&scene, 0, &agent, NULL);
  g_assert_false (has_sign (&scene, "a", 1600, TD_AGENT_SIGN_PAST_SHIFT));
  g_assert_true (has_sign (&scene, "a", 1601, TD_AGENT_SIGN_PAST_SHIFT));

  agent.state = TD_AGENT_STATE_OFFLINE;
  tell (&scene, 1700, &agent, NULL);
  g_assert_false (has_sign (&scene, "a", 1701, TD_AGENT_SIGN_PAST_SHIFT));
  scene_end (&scene);
}

static gint64
draw_poisson (GRand *random,
              double mean)
{
  double left = mean + log (g_rand_double (random));
  gint64 n = 0;

  for (; left > 0; n++)
    left += log (g_rand_double (random));

  return n;
}

static void
tell_worked (Scene *scene,
             guint  n,
             double hours,
             gint64 calls)
{
  g_autofree char *id = g_strdup_printf ("a%u", n);
  TdAgentInfo      agent;

  td_agent_info_init (&agent);
  agent.id = id;
  agent.state = TD_AGENT_STATE_PAUSED;
  agent.since = AT (0);
  agent.answered = calls;
  agent.talk_ms = (gint64)(hours * 3600000 * 0.7);
  agent.wrap_up_ms = (gint64)(hours * 3600000 * 0.1);
  agent.available_ms = (gint64)(hours * 3600000 * 0.2);
  agent.hold_ms = agent.ringing_ms = 0;
  tell (scene, 0, &agent, NULL);
}

/* Of 1,000 agents with the same load hardly one is accused, at any hour of the
 * shift, and of those with twice the load every one is found within it. */
static void
test_workload_is_no_noise (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  const double hours[] = { 0.5, 1, 2, 4, 8 };

  for (guint h = 0; h < G_N_ELEMENTS (hours); h++)
    {
      guint          n_accused = 0, n_found = 0;
      TdAgentVerdict verdict;
      Scene          scene;

      scene_begin (&scene);
      for (guint i = 0; i < 1050; i++)
        tell_worked (&scene, i, hours[h], draw_poisson (random, hours[h] * (i < 1000 ? 10 : 20)));
      for (guint i = 0; i < 1050; i++)
        {
          g_autofree char *id = g_strdup_printf ("a%u", i);

          judge (&scene, id, 1, &verdict);
          if (verdict.signs & TD_AGENT_SIGN_WORKLOAD)
            (*(i < 1000 ? &n_accused : &n_found))++;
        }
      g_test_message ("%.1f hours: %u of 1000 accused, %u of 50 found", hours[h], n_accused, n_found);
      g_assert_cmpuint (n_accused, <=, 2);
      if (hours[h] >= 8)
        g_assert_cmpuint (n_found, ==, 50);
      scene_end (&scene);
    }
}

/* A running span counts, and what is not known accuses nobody. */
static void
test_workload_counts_what_runs (void)
{
  TdAgentInfo    agent;
  TdAgentVerdict verdict;
  Scene          scene;

  scene_begin (&scene);
  for (guint i = 0; i < 10; i++)
    tell_worked (&scene, i, 4, 40);
  td_agent_info_init (&agent);
  agent.id = "b";
  agent.state = TD_AGENT_STATE_AVAILABLE;
  agent.since = AT (0);
  agent.answered = 40;
  agent.talk_ms = agent.wrap_up_ms = 0;
  agent.available_ms = 3600 * 1000;
  tell (&scene, 0, &agent, NULL);

  judge (&scene, "b", 0, &verdict);
  g_assert_cmpfloat_with_epsilon (verdict.workload, 40.0 / (440.0 / 41), 1e-6);
  g_assert_cmpuint (verdict.signs, ==, TD_AGENT_SIGN_WORKLOAD);
  judge (&scene, "b", 3 * 3600, &verdict);
  g_assert_cmpfloat_with_epsilon (verdict.workload, 10.0 / (440.0 / 44), 1e-6);
  g_assert_false (verdict.signs & TD_AGENT_SIGN_WORKLOAD);

  agent.available_ms = TD_UNKNOWN;
  tell (&scene, 1, &agent, NULL);
  judge (&scene, "b", 2, &verdict);
  g_assert_true (isnan (verdict.workload));
  g_assert_cmpuint (verdict.signs, ==, 0);
  judge (&scene, "a0", 2, &verdict);
  g_assert_cmpfloat_with_epsilon (verdict.workload, 1, 1e-6);
  scene_end (&scene);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/agent-signs/two-signs-accuse", test_two_signs_accuse);
  g_test_add_func ("/agent-signs/one-sign-never-accuses", test_one_sign_never_accuses);
  g_test_add_func ("/agent-signs/lost-line-is-one-sign", test_lost_line_is_one_sign);
  g_test_add_func ("/agent-signs/ring-outs-in-a-row", test_ring_outs_in_a_row);
  g_test_add_func ("/agent-signs/who-lets-wait", test_who_lets_wait);
  g_test_add_func ("/agent-signs/thresholds", test_thresholds);
  g_test_add_func ("/agent-signs/no-break", test_no_break);
  g_test_add_func ("/agent-signs/what-was-before", test_what_was_before);
  g_test_add_func ("/agent-signs/past-shift", test_past_shift);
  g_test_add_func ("/agent-signs/workload-is-no-noise", test_workload_is_no_noise);
  g_test_add_func ("/agent-signs/workload-counts-what-runs", test_workload_counts_what_runs);

  return g_test_run ();
}
