/* test-staffing-desk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-staffing-desk.h"

#include "td-fixture.h"

/* 14:20 by the centre's clock, which is UTC. */
#define NOW (FIXTURE_START + FIXTURE_SECONDS (14 * 3600 + 20 * 60))
#define MINUTE G_TIME_SPAN_MINUTE

typedef struct
{
  TdCentre       *centre;
  TdDay          *day;
  TdOutlook      *outlook;
  TdStaffingDesk *desk;
  gint64          revision;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->centre = td_centre_new ();
  f->day = td_day_new (f->centre);
  f->outlook = td_outlook_new (f->centre, f->day, NULL);
  f->desk = td_staffing_desk_new (f->centre, f->day, f->outlook);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_clear_object (&f->desk);
  g_clear_object (&f->outlook);
  g_clear_object (&f->day);
  g_clear_object (&f->centre);
}

static void
apply_queue (Fixture           *f,
             TdSnapshotBuilder *builder,
             const TdQueueInfo *queue)
{
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;

  td_snapshot_builder_add_queue (builder, queue);
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (f->centre, snapshot, &error);
  g_assert_no_error (error);
}

/* A centre in which a call takes 200 s and that answers nearly all of them. */
static void
apply (Fixture *f,
       gint64   at,
       gint64   answered,
       gint64   offered_15min,
       guint    n_serving,
       guint    n_paused)
{
  TdSnapshotBuilder *builder = fixture_begin (++f->revision, TD_UNKNOWN, "i", at);
  TdQueueInfo        queue;

  td_queue_info_init (&queue);
  queue.id = "q";
  queue.waiting = 0;
  queue.offered_15min = offered_15min;
  queue.today.offered = answered + 2;
  queue.today.answered = answered;
  queue.today.abandoned = 2;
  queue.today.talk_ms = answered * 200 * 1000;
  queue.today.hold_ms = 0;
  queue.today.wrap_up_ms = 0;
  queue.today.wait_ms = answered * 5 * 1000;
  for (guint i = 0; i < n_serving + n_paused; i++)
    {
      g_autofree char *id = g_strdup_printf ("a%u", i);

      fixture_agent (builder, id, i < n_serving ? TD_AGENT_STATE_AVAILABLE : TD_AGENT_STATE_PAUSED, "q");
    }
  apply_queue (f, builder, &queue);
}

/* Before anything was learnt the next minutes are taken to be like the last ones,
 * and nothing is said of later. */
static void
test_without_a_forecast_the_last_minutes_count (Fixture      *f,
                                                gconstpointer data)
{
  TdStaffingOutlook outlook;
  TdServiceGoal     goal;
  TdTraffic         traffic = { .rate = 150 / 900.0, .aht = 200 };
  guint             needed;

  apply (f, NOW, 400, 150, 30, 3);
  td_staffing_desk_get_outlook (f->desk, NULL, &outlook);
  g_assert_true (outlook.now.known);
  g_assert_false (outlook.now.by_forecast);
  g_assert_cmpint (outlook.now.at, ==, NOW);
  g_assert_cmpuint (outlook.now.serving, ==, 30);

  td_staffing_desk_get_goal (f->desk, &goal);
  traffic.patience = td_staffing_desk_get_patience (f->desk);
  g_assert_true (td_erlang_agents_needed (&traffic, &goal, &needed));
  g_assert_cmpuint (outlook.now.needed, ==, needed);
  /* 33.3 erlangs and some more, to answer 80 % in 20 s. */
  g_assert_cmpuint (needed, >, 33);
  g_assert_cmpuint (needed, <, 45);
  g_assert_cmpuint (td_staffing_need_get_missing (&outlook.now), ==, needed - 30);
  for (guint i = 0; i < TD_STAFFING_DESK_N_HORIZONS; i++)
    g_assert_false (outlook.ahead[i].known);
}

static void
test_what_nobody_knows_is_not_told (Fixture      *f,
                                    gconstpointer data)
{
  TdStaffingOutlook outlook;

  td_staffing_desk_get_outlook (f->desk, NULL, &outlook);
  g_assert_false (outlook.now.known);

  /* Too few calls to know how long one takes. */
  apply (f, NOW, TD_STAFFING_DESK_ENOUGH_CALLS - 1, 150, 30, 3);
  td_staffing_desk_get_outlook (f->desk, NULL, &outlook);
  g_assert_false (outlook.now.known);

  /* Nobody is signed in, or the source tells of no agents. */
  apply (f, NOW + MINUTE, 400, 150, 0, 0);
  td_staffing_desk_get_outlook (f->desk, NULL, &outlook);
  g_assert_false (outlook.now.known);

  /* How many called is not known. */
  apply (f, NOW + 2 * MINUTE, 400, TD_UNKNOWN, 30, 3);
  td_staffing_desk_get_outlook (f->desk, NULL, &outlook);
  g_assert_false (outlook.now.known);
}

static void
test_the_need_follows_the_calls (Fixture      *f,
                                 gconstpointer data)
{
  guint last = 0;

  for (guint i = 0; i < 10; i++)
    {
      TdStaffingOutlook outlook;

      apply (f, NOW + i * MINUTE, 400, 10 + 40 * i, 30, 3);
      td_staffing_desk_get_outlook (f->desk, NULL, &outlook);
      g_assert_true (outlook.now.known);
      g_assert_cmpuint (outlook.now.needed, >, last);
      last = outlook.now.needed;
    }
}

/* Callers of one patience, of whom one in five hangs up after 60 s on the average. */
static void
apply_impatient (Fixture *f,
                 gint64   at,
                 gint64   answered,
                 gint64   abandoned,
                 gint64   waiting)
{
  TdSnapshotBuilder *builder = fixture_begin (++f->revision, TD_UNKNOWN, "i", at);
  TdQueueInfo        queue;

  td_queue_info_init (&queue);
  queue.id = "q";
  queue.waiting = waiting;
  queue.today.answered = answered;
  queue.today.abandoned = abandoned;
  queue.today.wait_ms = answered * 60 * 1000;
  apply_queue (f, builder, &queue);
}

/* (400 × 60 + 100 × 60) s for 100 who hung up: they stay for 300 s on the average,
 * and do so too while nobody looks, and where the counters begin anew. */
static void
test_a_gap_leaves_patience_as_it_is (Fixture      *f,
                                     gconstpointer data)
{
  apply_impatient (f, NOW, 400, 100, 0);
  g_assert_cmpfloat_with_epsilon (td_staffing_desk_get_patience (f->desk), 300, 5);
  apply_impatient (f, NOW + 60 * MINUTE, 2000, 500, 0);
  g_assert_cmpfloat_with_epsilon (td_staffing_desk_get_patience (f->desk), 300, 5);

  apply_impatient (f, NOW + 61 * MINUTE, 0, 0, 0);
  g_assert_cmpfloat_with_epsilon (td_staffing_desk_get_patience (f->desk), 300, 5);
  apply_impatient (f, NOW + 121 * MINUTE, 400, 100, 0);
  g_assert_cmpfloat_with_epsilon (td_staffing_desk_get_patience (f->desk), 300, 5);

  /* What is seen is not reckoned: ten callers for ten seconds, of whom nobody goes. */
  apply_impatient (f, NOW + 122 * MINUTE, 400, 100, 10);
  apply_impatient (f, NOW + 122 * MINUTE + 10 * G_USEC_PER_SEC, 400, 100, 0);
  g_assert_cmpfloat_with_epsilon (td_staffing_desk_get_patience (f->desk), (240 + 600 * 300 + 100) / 602.0, 0.01);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/staffing-desk/without-a-forecast-the-last-minutes-count", Fixture, NULL,
              set_up, test_without_a_forecast_the_last_minutes_count, tear_down);
  g_test_add ("/staffing-desk/what-nobody-knows-is-not-told", Fixture, NULL,
              set_up, test_what_nobody_knows_is_not_told, tear_down);
  g_test_add ("/staffing-desk/the-need-follows-the-calls", Fixture, NULL,
              set_up, test_the_need_follows_the_calls, tear_down);
  g_test_add ("/staffing-desk/a-gap-leaves-patience-as-it-is", Fixture, NULL,
              set_up, test_a_gap_leaves_patience_as_it_is, tear_down);

  return g_test_run ();
}
