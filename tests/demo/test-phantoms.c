/* test-phantoms.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-judge.h"
#include "td-simulation.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

/* Tuesday 2026-11-24 00:00 in Asia/Ho_Chi_Minh */
#define TUESDAY (G_GINT64_CONSTANT (1795453200) * SECOND)

/* A simulated centre and who judges its agents, told every two seconds. */
typedef struct
{
  TdSimulation *simulation;
  TdCentre     *centre;
  TdAgentJudge *judge;
  GHashTable   *accused; /* agent id -> calls it had answered when it was marked */
} Scene;

static void
apply (Scene      *scene,
       TdSnapshot *snapshot)
{
  g_autoptr (TdSnapshot) owned = snapshot;
  g_autoptr (GError) error = NULL;

  if (owned == NULL)
    return;
  td_centre_apply (scene->centre, owned, &error);
  g_assert_no_error (error);
}

static void
scene_begin (Scene  *scene,
             guint32 seed)
{
  TdSimulationOptions options = { .seed = seed, .start = TUESDAY + 9 * HOUR, .no_past = TRUE };
  g_autoptr (GError) error = NULL;

  scene->simulation = td_simulation_new (&options, &error);
  g_assert_no_error (error);
  scene->centre = td_centre_new ();
  apply (scene, td_simulation_take_full (scene->simulation));
  scene->judge = td_agent_judge_new (scene->centre);
  scene->accused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
scene_end (Scene *scene)
{
  g_hash_table_unref (scene->accused);
  g_object_unref (scene->judge);
  g_object_unref (scene->centre);
  td_simulation_free (scene->simulation);
}

static void
set_scenario (Scene      *scene,
              const char *name)
{
  g_autoptr (GError) error = NULL;

  td_simulation_set_scenario (scene->simulation, name, &error);
  g_assert_no_error (error);
}

static guint
count_phantoms (Scene *scene)
{
  TdRoster *agents = td_centre_get_agents (scene->centre);
  gint64    now = td_simulation_get_now (scene->simulation);
  guint     n = 0;

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      TdAgent       *agent = td_roster_get (agents, i);
      TdAgentVerdict verdict;

      td_agent_judge_get_verdict (agent, now, &verdict, scene->judge);
      if ((verdict.signs & TD_AGENT_SIGN_PHANTOM) == 0)
        continue;
      n++;
      if (!g_hash_table_contains (scene->accused, td_agent_get_id (agent)))
        g_hash_table_insert (scene->accused, g_strdup (td_agent_get_id (agent)),
                             GINT_TO_POINTER ((int)td_agent_get_info (agent)->answered));
    }

  return n;
}

/* Returns: how many are marked at the end */
static guint
play (Scene *scene,
      gint64 duration)
{
  gint64 until = td_simulation_get_now (scene->simulation) + duration;
  guint  n = 0;

  while (td_simulation_get_now (scene->simulation) < until)
    {
      td_simulation_advance (scene->simulation, td_simulation_get_now (scene->simulation) + 2 * SECOND);
      apply (scene, td_simulation_take_changes (scene->simulation));
      n = count_phantoms (scene);
    }

  return n;
}

/* On ordinary days, in a surge, and where staff is short, nobody is accused
 * who works. */
static void
test_who_works_is_not_accused (void)
{
  static const char *const scenarios[] = { "normal", "outage", "understaffed", "lockdown" };

  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      Scene scene;

      scene_begin (&scene, i + 1);
      set_scenario (&scene, scenarios[i]);
      play (&scene, 3 * HOUR);
      g_test_message ("%s: %u accused", scenarios[i], g_hash_table_size (scene.accused));
      g_assert_cmpuint (g_hash_table_size (scene.accused), ==, 0);
      scene_end (&scene);
    }
}

static void
test_phantoms_are_found (void)
{
  GHashTableIter iter;
  gpointer       id, answered;
  guint          n;
  Scene          scene;

  scene_begin (&scene, 3);
  set_scenario (&scene, "phantoms");
  n = play (&scene, HOUR);
  g_test_message ("%u phantoms", n);
  g_assert_cmpuint (n, >=, 3);

  /* None of them has taken a call since. */
  g_hash_table_iter_init (&iter, scene.accused);
  while (g_hash_table_iter_next (&iter, &id, &answered))
    {
      TdAgent         *agent = td_centre_find_agent (scene.centre, id);
      g_autofree char *text = td_agent_judge_describe (scene.judge, agent, td_simulation_get_now (scene.simulation));

      g_test_message ("%s", text);
      g_assert_cmpint (td_agent_get_info (agent)->answered, ==, GPOINTER_TO_INT (answered));
    }

  set_scenario (&scene, "normal");
  g_assert_cmpuint (play (&scene, HOUR), ==, 0);
  scene_end (&scene);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/phantoms/who-works-is-not-accused", test_who_works_is_not_accused);
  g_test_add_func ("/phantoms/are-found", test_phantoms_are_found);

  return g_test_run ();
}
