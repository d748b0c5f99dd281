/* test-wait-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-wait-check.h"

#include "td-fixture.h"

#define NOW (FIXTURE_START + FIXTURE_SECONDS (14 * 3600))
#define SECONDS(n) (NOW + FIXTURE_SECONDS (n))

typedef struct
{
  const char *id;
  const char *queue;
  gint64      since;
} Caller;

typedef struct
{
  TdCentre    *centre;
  TdWaitCheck *check;
  gint64       revision;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->centre = td_centre_new ();
  f->check = td_wait_check_new (f->centre);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_clear_object (&f->check);
  g_clear_object (&f->centre);
}

static void
add_queue (TdSnapshotBuilder *builder,
           const char        *id,
           const Caller      *callers,
           guint              n_callers)
{
  TdQueueInfo queue;

  td_queue_info_init (&queue);
  queue.id = id;
  queue.waiting = 0;
  for (guint i = 0; i < n_callers; i++)
    queue.waiting += g_str_equal (callers[i].queue, id);
  queue.serving = 10;
  queue.today.answered = 100;
  queue.today.talk_ms = 100 * 200 * 1000;
  queue.today.hold_ms = 0;
  queue.today.wrap_up_ms = 0;
  td_snapshot_builder_add_queue (builder, &queue);
}

/* Ten agents serve each queue, and a call takes 200 s: 20 s a position. @answered is on a call
 * since @call_since with one who waited for @wait_s. */
static void
apply (Fixture      *f,
       gint64        at,
       const Caller *callers,
       guint         n_callers,
       const char   *call_queue,
       gint64        call_since,
       gint64        wait_s)
{
  TdSnapshotBuilder *builder = fixture_begin (++f->revision, TD_UNKNOWN, "i", at);
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  const char *queues[] = { "p", "q" };
  TdAgentInfo agent;

  add_queue (builder, "p", callers, n_callers);
  add_queue (builder, "q", callers, n_callers);
  td_agent_info_init (&agent);
  agent.id = "a";
  agent.queues = queues;
  agent.n_queues = 2;
  agent.state = call_queue != NULL ? TD_AGENT_STATE_ON_CALL : TD_AGENT_STATE_AVAILABLE;
  agent.call_queue = call_queue;
  agent.call_since = call_since;
  agent.call_wait_ms = TD_IS_KNOWN (wait_s) ? wait_s * 1000 : TD_UNKNOWN;
  td_snapshot_builder_add_agent (builder, &agent);
  for (guint i = 0; i < n_callers; i++)
    fixture_caller (builder, callers[i].id, callers[i].queue, callers[i].since);
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (f->centre, snapshot, &error);
  g_assert_no_error (error);
}

static void
assert_error (Fixture    *f,
              const char *queue,
              gint64      now,
              guint       calls,
              double      off,
              double      bias)
{
  TdWaitError error;

  td_wait_check_get_error (f->check, queue, now, &error);
  g_assert_cmpuint (error.calls, ==, calls);
  if (calls > 0)
    {
      g_assert_cmpfloat_with_epsilon (error.off, off, 1e-9);
      g_assert_cmpfloat_with_epsilon (error.bias, bias, 1e-9);
    }
  else
    g_assert_true (isnan (error.off) && isnan (error.bias));
}

/* One who was to wait for 20 s waits for 30 s, the next one for 12 s. */
static void
test_is_off_by_what_it_was_off_by (Fixture      *f,
                                   gconstpointer data)
{
  const Caller first[] = { { "c1", "q", SECONDS (0) } };
  const Caller second[] = { { "c2", "q", SECONDS (60) } };

  apply (f, SECONDS (-5), NULL, 0, NULL, TD_UNKNOWN, TD_UNKNOWN);
  apply (f, SECONDS (0), first, 1, NULL, TD_UNKNOWN, TD_UNKNOWN);
  assert_error (f, "q", SECONDS (0), 0, 0, 0);
  apply (f, SECONDS (20), first, 1, NULL, TD_UNKNOWN, TD_UNKNOWN);
  apply (f, SECONDS (31), NULL, 0, "q", SECONDS (30), 30);
  assert_error (f, "q", SECONDS (31), 1, 10, 10);

  /* The same call again is no other one. */
  apply (f, SECONDS (32), NULL, 0, "q", SECONDS (30), 30);
  assert_error (f, "q", SECONDS (32), 1, 10, 10);

  apply (f, SECONDS (60), second, 1, NULL, TD_UNKNOWN, TD_UNKNOWN);
  apply (f, SECONDS (73), NULL, 0, "q", SECONDS (72), 12);
  assert_error (f, "q", SECONDS (73), 2, 9, 1);
  assert_error (f, NULL, SECONDS (73), 2, 9, 1);
  assert_error (f, "p", SECONDS (73), 0, 0, 0);

  /* After an hour the first one counts no longer. */
  assert_error (f, "q", SECONDS (30 + 3605), 1, 8, -8);
  assert_error (f, "q", SECONDS (72 + 3605), 0, 0, 0);
}

/* Who hangs up has not told how long it would have been; neither has one of another queue. */
static void
test_who_hangs_up_does_not_count (Fixture      *f,
                                  gconstpointer data)
{
  const Caller both[] = { { "c1", "q", SECONDS (0) }, { "c2", "p", SECONDS (0) } };

  apply (f, SECONDS (-5), NULL, 0, NULL, TD_UNKNOWN, TD_UNKNOWN);
  apply (f, SECONDS (0), both, 2, NULL, TD_UNKNOWN, TD_UNKNOWN);
  apply (f, SECONDS (26), both, 1, "p", SECONDS (25), 25);
  assert_error (f, "p", SECONDS (26), 1, 5, 5);
  apply (f, SECONDS (40), NULL, 0, NULL, TD_UNKNOWN, TD_UNKNOWN);
  apply (f, SECONDS (90), NULL, 0, "q", SECONDS (89), 89);
  assert_error (f, "q", SECONDS (90), 0, 0, 0);
}

/* Where somebody has waited for long already when this looks first, nothing was estimated. */
static void
test_who_was_there_before_does_not_count (Fixture      *f,
                                          gconstpointer data)
{
  const Caller old[] = { { "c1", "q", SECONDS (-100) } };

  apply (f, SECONDS (0), old, 1, NULL, TD_UNKNOWN, TD_UNKNOWN);
  apply (f, SECONDS (6), NULL, 0, "q", SECONDS (5), 105);
  assert_error (f, "q", SECONDS (6), 0, 0, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/wait-check/is-off-by-what-it-was-off-by", Fixture, NULL, set_up, test_is_off_by_what_it_was_off_by, tear_down);
  g_test_add ("/wait-check/who-hangs-up-does-not-count", Fixture, NULL, set_up, test_who_hangs_up_does_not_count, tear_down);
  g_test_add ("/wait-check/who-was-there-before-does-not-count", Fixture, NULL, set_up, test_who_was_there_before_does_not_count, tear_down);

  return g_test_run ();
}
