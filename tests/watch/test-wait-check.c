/* test-wait-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "wait-fixture.h"

static void
assert_error (WaitFixture *f,
              const char  *queue,
              gint64       now,
              guint        calls,
              double       off,
              double       bias)
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
test_is_off_by_what_it_was_off_by (WaitFixture  *f,
                                   gconstpointer data)
{
  const WaitCaller first[] = { { "c1", "q", WAIT_SECONDS (0) } };
  const WaitCaller second[] = { { "c2", "q", WAIT_SECONDS (60) } };

  wait_fixture_apply (f, WAIT_SECONDS (-5), NULL, 0, NULL, TD_UNKNOWN, TD_UNKNOWN);
  wait_fixture_apply (f, WAIT_SECONDS (0), first, 1, NULL, TD_UNKNOWN, TD_UNKNOWN);
  assert_error (f, "q", WAIT_SECONDS (0), 0, 0, 0);
  wait_fixture_apply (f, WAIT_SECONDS (20), first, 1, NULL, TD_UNKNOWN, TD_UNKNOWN);
  wait_fixture_apply (f, WAIT_SECONDS (31), NULL, 0, "q", WAIT_SECONDS (30), 30);
  assert_error (f, "q", WAIT_SECONDS (31), 1, 10, 10);

  /* The same call again is no other one. */
  wait_fixture_apply (f, WAIT_SECONDS (32), NULL, 0, "q", WAIT_SECONDS (30), 30);
  assert_error (f, "q", WAIT_SECONDS (32), 1, 10, 10);

  wait_fixture_apply (f, WAIT_SECONDS (60), second, 1, NULL, TD_UNKNOWN, TD_UNKNOWN);
  wait_fixture_apply (f, WAIT_SECONDS (73), NULL, 0, "q", WAIT_SECONDS (72), 12);
  assert_error (f, "q", WAIT_SECONDS (73), 2, 9, 1);
  assert_error (f, NULL, WAIT_SECONDS (73), 2, 9, 1);
  assert_error (f, "p", WAIT_SECONDS (73), 0, 0, 0);

  /* After an hour the first one counts no longer. */
  assert_error (f, "q", WAIT_SECONDS (30 + 3605), 1, 8, -8);
  assert_error (f, "q", WAIT_SECONDS (72 + 3605), 0, 0, 0);
}

/* Who hangs up has not told how long it would have been; neither has one of another queue. */
static void
test_who_hangs_up_does_not_count (WaitFixture  *f,
                                  gconstpointer data)
{
  const WaitCaller both[] = { { "c1", "q", WAIT_SECONDS (0) }, { "c2", "p", WAIT_SECONDS (0) } };

  wait_fixture_apply (f, WAIT_SECONDS (-5), NULL, 0, NULL, TD_UNKNOWN, TD_UNKNOWN);
  wait_fixture_apply (f, WAIT_SECONDS (0), both, 2, NULL, TD_UNKNOWN, TD_UNKNOWN);
  wait_fixture_apply (f, WAIT_SECONDS (26), both, 1, "p", WAIT_SECONDS (25), 25);
  assert_error (f, "p", WAIT_SECONDS (26), 1, 5, 5);
  wait_fixture_apply (f, WAIT_SECONDS (40), NULL, 0, NULL, TD_UNKNOWN, TD_UNKNOWN);
  wait_fixture_apply (f, WAIT_SECONDS (90), NULL, 0, "q", WAIT_SECONDS (89), 89);
  assert_error (f, "q", WAIT_SECONDS (90), 0, 0, 0);
}

/* Where somebody has waited for long already when this looks first, nothing was estimated. */
static void
test_who_was_there_before_does_not_count (WaitFixture  *f,
                                          gconstpointer data)
{
  const WaitCaller old[] = { { "c1", "q", WAIT_SECONDS (-100) } };

  wait_fixture_apply (f, WAIT_SECONDS (0), old, 1, NULL, TD_UNKNOWN, TD_UNKNOWN);
  wait_fixture_apply (f, WAIT_SECONDS (6), NULL, 0, "q", WAIT_SECONDS (5), 105);
  assert_error (f, "q", WAIT_SECONDS (6), 0, 0, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/wait-check/is-off-by-what-it-was-off-by", WaitFixture, NULL, wait_fixture_set_up, test_is_off_by_what_it_was_off_by, wait_fixture_tear_down);
  g_test_add ("/wait-check/who-hangs-up-does-not-count", WaitFixture, NULL, wait_fixture_set_up, test_who_hangs_up_does_not_count, wait_fixture_tear_down);
  g_test_add ("/wait-check/who-was-there-before-does-not-count", WaitFixture, NULL, wait_fixture_set_up, test_who_was_there_before_does_not_count, wait_fixture_tear_down);

  return g_test_run ();
}
