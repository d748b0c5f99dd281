/* test-centre.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "td-centre.h"
#include "td-totals.h"

#include "td-fixture.h"

typedef struct
{
  guint    n_changed; /* emissions of TdCentre::changed */
  guint    agents[3]; /* added, changed, removed of the last one */
  gboolean new_instance;
  guint    n_items_changed;
  guint    n_row_changed;
} Seen;

static void
changed_cb (TdCentre  *centre,
            TdChanges *changes,
            Seen      *seen)
{
  seen->n_changed++;
  seen->agents[0] = changes->agents_added->len;
  seen->agents[1] = changes->agents_changed->len;
  seen->agents[2] = changes->agents_removed->len;
  seen->new_instance = changes->new_instance;
}

/* A shadow of the list as a view would keep it: what items-changed tells must
 * lead from the old list to the new one. */
static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  GPtrArray  *shadow)
{
  if (removed > 0)
    g_ptr_array_remove_range (shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (shadow, (int)(position + i), g_list_model_get_item (model, position + i));
  g_assert_cmpuint (shadow->len, ==, g_list_model_get_n_items (model));
}

static void
row_changed_cb (TdAgent *agent,
                Seen    *seen)
{
  seen->n_row_changed++;
}

static gboolean
apply (TdCentre          *centre,
       TdSnapshotBuilder *builder,
       GError           **error)
{
  g_autoptr (TdSnapshot) snapshot = td_snapshot_builder_end (builder);

  return td_centre_apply (centre, snapshot, error);
}

static void
apply_ok (TdCentre          *centre,
          TdSnapshotBuilder *builder)
{
  g_autoptr (GError) error = NULL;
  gboolean applied = apply (centre, builder, &error);

  g_assert_no_error (error);
  g_assert_true (applied);
}

static void
test_identities_last (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  Seen               seen = { 0 };
  TdSnapshotBuilder *builder;
  TdAgent           *agent;

  g_signal_connect (centre, "changed", G_CALLBACK (changed_cb), &seen);
  g_assert_true (td_centre_is_empty (centre));
  g_assert_cmpint (td_centre_get_now (centre), ==, TD_UNKNOWN);

  builder = fixture_begin (1, TD_UNKNOWN, "i", FIXTURE_START);
  fixture_agent (builder, "a1", TD_AGENT_STATE_AVAILABLE, "q1");
  fixture_agent (builder, "a2", TD_AGENT_STATE_PAUSED, "q1");
  apply_ok (centre, builder);
  g_assert_cmpuint (seen.agents[0], ==, 2);
  agent = td_centre_find_agent (centre, "a2");
  g_assert_cmpint (td_agent_get_revision (agent), ==, 1);
  g_signal_connect (agent, "changed", G_CALLBACK (row_changed_cb), &seen);

  builder = fixture_begin (2, TD_UNKNOWN, "i", FIXTURE_START + 1);
  fixture_agent (builder, "a2", TD_AGENT_STATE_PAUSED, "q1");
  fixture_agent (builder, "a3", TD_AGENT_STATE_PAUSED, "q1");
  apply_ok (centre, builder);
  g_assert_true (td_centre_find_agent (centre, "a2") == agent);
  g_assert_null (td_centre_find_agent (centre, "a1"));
  g_assert_cmpuint (seen.agents[0], ==, 1);
  g_assert_cmpuint (seen.agents[1], ==, 0);
  g_assert_cmpuint (seen.agents[2], ==, 1);
  g_assert_cmpuint (seen.n_row_changed, ==, 0);
  g_assert_cmpint (td_agent_get_revision (agent), ==, 1);

  builder = fixture_begin (3, 2, "i", FIXTURE_START + 2);
  fixture_agent (builder, "a2", TD_AGENT_STATE_AVAILABLE, "q1");
  apply_ok (centre, builder);
  g_assert_cmpuint (seen.n_row_changed, ==, 1);
  g_assert_cmpint (td_agent_get_info (agent)->state, ==, TD_AGENT_STATE_AVAILABLE);
  g_assert_cmpint (td_agent_get_revision (agent), ==, 3);
  g_assert_cmpuint (td_roster_get_size (td_centre_get_agents (centre)), ==, 2);
  g_assert_cmpuint (seen.n_changed, ==, 3);
}

static void
test_refuses_what_does_not_follow (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (apply (centre, fixture_begin (2, 1, "i", FIXTURE_START), &error));
  g_assert_error (error, TD_MODEL_ERROR, TD_MODEL_ERROR_BASE);
  g_clear_error (&error);

  apply_ok (centre, fixture_begin (5, TD_UNKNOWN, "i", FIXTURE_START));

  g_assert_false (apply (centre, fixture_begin (7, 6, "i", FIXTURE_START), &error));
  g_assert_error (error, TD_MODEL_ERROR, TD_MODEL_ERROR_BASE);
  g_clear_error (&error);

  g_assert_false (apply (centre, fixture_begin (7, 5, "other", FIXTURE_START), &error));
  g_assert_error (error, TD_MODEL_ERROR, TD_MODEL_ERROR_BASE);
  g_clear_error (&error);

  g_assert_false (apply (centre, fixture_begin (4, TD_UNKNOWN, "i", FIXTURE_START + 1), &error));
  g_assert_error (error, TD_MODEL_ERROR, TD_MODEL_ERROR_OLD);
  g_assert_cmpint (td_centre_get_revision (centre), ==, 5);
}

static void
test_a_forgotten_revision_may_be_followed_by_any (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (GError) error = NULL;

  apply_ok (centre, fixture_begin (5, TD_UNKNOWN, "i", FIXTURE_START));
  td_centre_forget_revision (centre);
  g_assert_false (apply (centre, fixture_begin (3, 2, "i", FIXTURE_START + 1), &error));
  g_assert_error (error, TD_MODEL_ERROR, TD_MODEL_ERROR_BASE);
  g_clear_error (&error);
  apply_ok (centre, fixture_begin (3, TD_UNKNOWN, "i", FIXTURE_START + 1));
  g_assert_cmpint (td_centre_get_revision (centre), ==, 3);
  g_assert_false (apply (centre, fixture_begin (2, TD_UNKNOWN, "i", FIXTURE_START + 2), &error));
  g_assert_error (error, TD_MODEL_ERROR, TD_MODEL_ERROR_OLD);
}

static void
test_a_new_start_is_told (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdCentre) plain = td_centre_new ();
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };

  g_signal_connect (centre, "changed", G_CALLBACK (changed_cb), &seen);
  apply_ok (centre, fixture_begin (5, TD_UNKNOWN, "i", FIXTURE_START));
  g_assert_false (seen.new_instance);
  apply_ok (centre, fixture_begin (1, TD_UNKNOWN, "j", FIXTURE_START + 1));
  g_assert_true (seen.new_instance);
  g_assert_cmpint (td_centre_get_revision (centre), ==, 1);

  /* Without an instance, only a later time tells a new start from an old answer. */
  g_signal_connect (plain, "changed", G_CALLBACK (changed_cb), &seen);
  apply_ok (plain, fixture_begin (5, TD_UNKNOWN, NULL, FIXTURE_START));
  g_assert_false (apply (plain, fixture_begin (4, TD_UNKNOWN, NULL, FIXTURE_START), &error));
  g_assert_error (error, TD_MODEL_ERROR, TD_MODEL_ERROR_OLD);
  apply_ok (plain, fixture_begin (4, TD_UNKNOWN, NULL, FIXTURE_START + 1));
  g_assert_true (seen.new_instance);
}

static void
test_a_view_can_follow_any_change (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (GPtrArray) shadow = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  TdRoster *agents = td_centre_get_agents (centre);

  g_signal_connect (agents, "items-changed", G_CALLBACK (items_changed_cb), shadow);

  for (guint round = 1; round < 300; round++)
    {
      gboolean           is_delta = round > 1 && g_rand_boolean (random);
      TdSnapshotBuilder *builder = fixture_begin (round, is_delta ? (gint64)round - 1 : TD_UNKNOWN, "i",
                                                  FIXTURE_START + round);
      gboolean           present[60] = { FALSE };

      for (guint i = 0; i < 60; i++)
        {
          g_autofree char *id = g_strdup_printf ("a%u", i);
          guint            draw = (guint)g_rand_int_range (random, 0, 4);

          present[i] = is_delta && td_centre_find_agent (centre, id) != NULL;
          if (draw == 0 || (draw == 1 && !is_delta))
            {
              fixture_agent (builder, id, (TdAgentState)g_rand_int_range (random, 0, TD_N_AGENT_STATES), "q1");
              present[i] = TRUE;
            }
          else if (draw == 2 && is_delta)
            {
              td_snapshot_builder_add_gone_agent (builder, id);
              present[i] = FALSE;
            }
        }
      apply_ok (centre, builder);

      guint n_present = 0;

      for (guint i = 0; i < 60; i++)
        {
          g_autofree char *id = g_strdup_printf ("a%u", i);

          g_assert_cmpint (td_centre_find_agent (centre, id) != NULL, ==, present[i]);
          n_present += present[i] ? 1 : 0;
        }
      g_assert_cmpuint (td_roster_get_size (agents), ==, n_present);
      for (guint i = 0; i < shadow->len; i++)
        g_assert_true (g_ptr_array_index (shadow, i) == td_roster_get (agents, i));
    }
}

static void
test_clock_ticks_between_snapshots (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  gint64 first, second;

  apply_ok (centre, fixture_begin (1, TD_UNKNOWN, "i", FIXTURE_START));
  first = td_centre_get_now (centre);
  g_assert_cmpint (first, >=, FIXTURE_START);
  g_usleep (20000);
  second = td_centre_get_now (centre);
  g_assert_cmpint (second - first, >=, 20000);

  /* An answer that was long on its way does not set the clock back. */
  apply_ok (centre, fixture_begin (2, TD_UNKNOWN, "i", FIXTURE_START));
  g_assert_cmpint (td_centre_get_now (centre), >=, second - 1000);

  /* A clock that was moved is followed. */
  apply_ok (centre, fixture_begin (3, TD_UNKNOWN, "i", FIXTURE_START + FIXTURE_SECONDS (3600)));
  g_assert_cmpint (td_centre_get_now (centre), >=, FIXTURE_START + FIXTURE_SECONDS (3600));
}

static void
test_unknown_start_of_a_state_is_at_least (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", FIXTURE_START);
  gboolean           inexact;
  TdAgent           *agent;

  fixture_agent (builder, "a1", TD_AGENT_STATE_PAUSED, NULL);
  apply_ok (centre, builder);
  builder = fixture_begin (2, 1, "i", FIXTURE_START + FIXTURE_SECONDS (10));
  fixture_agent (builder, "a1", TD_AGENT_STATE_PAUSED, "q1");
  apply_ok (centre, builder);

  agent = td_centre_find_agent (centre, "a1");
  g_assert_cmpint (td_agent_get_since (agent, &inexact), ==, FIXTURE_START);
  g_assert_true (inexact);

  builder = fixture_begin (3, 2, "i", FIXTURE_START + FIXTURE_SECONDS (20));
  fixture_agent (builder, "a1", TD_AGENT_STATE_AVAILABLE, "q1");
  apply_ok (centre, builder);
  g_assert_cmpint (td_agent_get_since (agent, &inexact), ==, FIXTURE_START + FIXTURE_SECONDS (20));
}

static void
test_totals (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", FIXTURE_START + FIXTURE_SECONDS (100));
  gint64             now = FIXTURE_START + FIXTURE_SECONDS (100);
  TdTotals           totals;

  td_totals_of_centre (centre, now, &totals);
  g_assert_cmpint (totals.waiting, ==, TD_UNKNOWN);
  g_assert_cmpint (totals.today.offered, ==, TD_UNKNOWN);

  fixture_queue (builder, "q1", 10, 2);
  fixture_queue (builder, "q2", 5, 0);
  fixture_caller (builder, "c1", "q1", FIXTURE_START + FIXTURE_SECONDS (70));
  fixture_caller (builder, "c2", "q1", FIXTURE_START + FIXTURE_SECONDS (80));
  fixture_agent (builder, "a1", TD_AGENT_STATE_ON_CALL, "q1");
  fixture_agent (builder, "a2", TD_AGENT_STATE_PAUSED, "q2");
  apply_ok (centre, builder);

  td_totals_of_centre (centre, now, &totals);
  g_assert_cmpint (totals.waiting, ==, 2);
  g_assert_cmpint (totals.waiting_beyond, ==, 1); /* 30 s is beyond 20 s, 20 s is not */
  g_assert_cmpint (totals.longest_since, ==, FIXTURE_START + FIXTURE_SECONDS (70));
  g_assert_cmpint (totals.today.offered, ==, 15);
  g_assert_cmpint (totals.today.answered, ==, TD_UNKNOWN);
  g_assert_cmpuint (totals.agents.total, ==, 2);
  g_assert_cmpuint (totals.agents.serving, ==, 1);

  td_totals_of_queue (centre, td_centre_find_queue (centre, "q2"), now, &totals);
  g_assert_cmpint (totals.waiting, ==, 0);
  g_assert_cmpint (totals.waiting_beyond, ==, 0);
  g_assert_cmpint (totals.longest_since, ==, TD_UNKNOWN);
  g_assert_cmpuint (totals.agents.total, ==, 1);
  g_assert_cmpuint (totals.agents.serving, ==, 0);

  /* A third waits of whom the source tells nothing more: unknown, not one. */
  builder = fixture_begin (2, 1, "i", now);
  fixture_queue (builder, "q1", 11, 3);
  apply_ok (centre, builder);
  td_totals_of_centre (centre, now, &totals);
  g_assert_cmpint (totals.waiting, ==, 3);
  g_assert_cmpint (totals.waiting_beyond, ==, TD_UNKNOWN);

  /* The agents of a queue follow a change of skills. */
  builder = fixture_begin (3, 2, "i", now);
  fixture_agent (builder, "a1", TD_AGENT_STATE_ON_CALL, "q2");
  apply_ok (centre, builder);
  g_assert_cmpuint (td_centre_get_queue_agents (centre, "q2")->len, ==, 2);
  g_assert_cmpuint (td_centre_get_queue_agents (centre, "q1")->len, ==, 0);
}

static void
test_quiet_rows_do_not_keep_old_snapshots (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", FIXTURE_START);
  const TdAgentInfo *before;

  fixture_agent (builder, "a1", TD_AGENT_STATE_AVAILABLE, "q1");
  apply_ok (centre, builder);
  before = td_agent_get_info (td_centre_find_agent (centre, "a1"));

  builder = fixture_begin (2, TD_UNKNOWN, "i", FIXTURE_START + 1);
  fixture_agent (builder, "a1", TD_AGENT_STATE_AVAILABLE, "q1");
  apply_ok (centre, builder);
  g_assert_true (td_agent_get_info (td_centre_find_agent (centre, "a1")) != before);
}

/* Each of many rows would keep another delta for as long as it stays as it is. */
static void
test_rows_do_not_keep_deltas (void)
{
  static const char *const queues[] = { "q1", "q2", NULL };
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdSnapshot) delta = NULL;
  g_autoptr (GError) error = NULL;
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", FIXTURE_START);
  const TdAgentInfo *told;
  TdAgentInfo        agent;
  guint              n_told;

  fixture_agent (builder, "a1", TD_AGENT_STATE_AVAILABLE, "q1");
  apply_ok (centre, builder);

  td_agent_info_init (&agent);
  agent.id = "a1";
  agent.name = "Nguyễn Thị Hạnh";
  agent.team = "Đội 1";
  agent.employer = "Minh Phúc";
  agent.seat = "A-12";
  agent.extension = "8001";
  agent.reason = "meal";
  agent.state = TD_AGENT_STATE_ON_CALL;
  agent.queues = queues;
  agent.n_queues = 2;
  agent.call_queue = "q2";
  agent.call_number = "09••••••21";
  agent.call_reason = "outage";
  agent.call_area = "Long An";
  agent.shift_name = "C1";
  agent.talk_ms = 1234;
  builder = fixture_begin (2, 1, "i", FIXTURE_START + 1);
  td_snapshot_builder_add_agent (builder, &agent);
  fixture_queue (builder, "q1", 5, 2);
  fixture_caller (builder, "c1", "q1", FIXTURE_START);
  delta = td_snapshot_builder_end (builder);
  g_assert_true (td_centre_apply (centre, delta, &error));
  g_assert_no_error (error);

  told = td_snapshot_get_agents (delta, &n_told);
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_true (td_agent_get_info (td_centre_find_agent (centre, "a1")) != told);
  g_clear_pointer (&delta, td_snapshot_unref);
  g_assert_true (td_agent_info_equal (td_agent_get_info (td_centre_find_agent (centre, "a1")), &agent));
  g_assert_cmpint (td_queue_get_info (td_centre_find_queue (centre, "q1"))->waiting, ==, 2);
  g_assert_cmpstr (td_caller_get_info (td_roster_get (td_centre_get_callers (centre), 0))->queue, ==, "q1");

  builder = fixture_begin (3, TD_UNKNOWN, "i", FIXTURE_START + 2);
  td_snapshot_builder_add_agent (builder, &agent);
  apply_ok (centre, builder);
  g_assert_true (td_agent_info_equal (td_agent_get_info (td_centre_find_agent (centre, "a1")), &agent));
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_our_own_target_goes_first (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", FIXTURE_START);
  TdQueueInfo        info;
  TdQueue           *queue;
  guint              n_told = 0;

  td_queue_info_init (&info);
  info.id = "q1";
  info.service_level_target = 0.9;
  td_snapshot_builder_add_queue (builder, &info);
  apply_ok (centre, builder);
  queue = td_centre_find_queue (centre, "q1");
  g_signal_connect_swapped (centre, "notify", G_CALLBACK (count_cb), &n_told);

  g_assert_cmpfloat (td_centre_get_service_level_target (centre, queue), ==, 0.9);
  td_centre_set_service_level_target (centre, 0.7);
  g_assert_cmpfloat (td_centre_get_service_level_target (centre, queue), ==, 0.7);
  g_assert_cmpfloat (td_centre_get_service_level_target (centre, NULL), ==, 0.7);
  td_centre_set_service_level_target (centre, NAN);
  td_centre_set_service_level_target (centre, NAN);
  g_assert_cmpfloat (td_centre_get_service_level_target (centre, queue), ==, 0.9);

  g_assert_cmpint (td_centre_get_service_level_formula (centre), ==, TD_SERVICE_LEVEL_LIVE);
  td_centre_set_service_level_formula (centre, TD_SERVICE_LEVEL_OF_HANDLED);
  td_centre_set_service_level_formula (centre, TD_SERVICE_LEVEL_OF_HANDLED);
  g_assert_cmpint (td_centre_get_service_level_formula (centre), ==, TD_SERVICE_LEVEL_OF_HANDLED);
  g_assert_cmpuint (n_told, ==, 3);
}

static void
test_one_estimate_makes_the_sum_one (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", FIXTURE_START);
  TdQueueInfo        info;
  TdTotals           totals;

  fixture_queue (builder, "q1", 10, 0);
  td_queue_info_init (&info);
  info.id = "q2";
  info.estimated = TRUE;
  td_snapshot_builder_add_queue (builder, &info);
  fixture_queue (builder, "q3", 10, 0);
  apply_ok (centre, builder);

  td_totals_of_centre (centre, FIXTURE_START, &totals);
  g_assert_true (totals.estimated);
  td_totals_of_queue (centre, td_centre_find_queue (centre, "q2"), FIXTURE_START, &totals);
  g_assert_true (totals.estimated);
  td_totals_of_queue (centre, td_centre_find_queue (centre, "q3"), FIXTURE_START, &totals);
  g_assert_false (totals.estimated);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/centre/identities-last", test_identities_last);
  g_test_add_func ("/centre/refuses-what-does-not-follow", test_refuses_what_does_not_follow);
  g_test_add_func ("/centre/a-forgotten-revision-may-be-followed-by-any", test_a_forgotten_revision_may_be_followed_by_any);
  g_test_add_func ("/centre/a-new-start-is-told", test_a_new_start_is_told);
  g_test_add_func ("/centre/a-view-can-follow-any-change", test_a_view_can_follow_any_change);
  g_test_add_func ("/centre/clock-ticks-between-snapshots", test_clock_ticks_between_snapshots);
  g_test_add_func ("/centre/unknown-start-of-a-state-is-at-least", test_unknown_start_of_a_state_is_at_least);
  g_test_add_func ("/centre/totals", test_totals);
  g_test_add_func ("/centre/our-own-target-goes-first", test_our_own_target_goes_first);
  g_test_add_func ("/centre/one-estimate-makes-the-sum-one", test_one_estimate_makes_the_sum_one);
  g_test_add_func ("/centre/quiet-rows-do-not-keep-old-snapshots", test_quiet_rows_do_not_keep_old_snapshots);
  g_test_add_func ("/centre/rows-do-not-keep-deltas", test_rows_do_not_keep_deltas);

  return g_test_run ();
}
