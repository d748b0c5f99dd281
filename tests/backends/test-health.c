/* test-health.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-health-private.h"

#define S G_TIME_SPAN_SECOND
#define UNKNOWN TD_UNKNOWN
#define START (1000 * S)

typedef struct
{
  const char   *what;
  TdHealthFacts facts; /* times are after START */
  gint64        now;
  TdHealth      health;
  gint64        until;
} Case;

static const Case cases[] = {
  { "nothing yet", { FALSE, S, 0, UNKNOWN, UNKNOWN, UNKNOWN }, 5 * S, TD_HEALTH_CONNECTING, 30 * S },
  { "nothing for 30 s", { FALSE, S, 0, UNKNOWN, UNKNOWN, UNKNOWN }, 30 * S, TD_HEALTH_LOST, UNKNOWN },
  { "no connection yet", { FALSE, S, 0, UNKNOWN, 1 * S, UNKNOWN }, 2 * S, TD_HEALTH_CONNECTING, 4 * S },
  { "no connection", { FALSE, S, 0, UNKNOWN, 1 * S, UNKNOWN }, 4 * S, TD_HEALTH_LOST, UNKNOWN },
  { "fresh", { FALSE, S, 0, 10 * S, UNKNOWN, UNKNOWN }, 13 * S - 1, TD_HEALTH_LIVE, 13 * S },
  { "three polls old", { FALSE, S, 0, 10 * S, UNKNOWN, UNKNOWN }, 13 * S, TD_HEALTH_STALE, 40 * S },
  { "almost lost", { FALSE, S, 0, 10 * S, UNKNOWN, UNKNOWN }, 40 * S - 1, TD_HEALTH_STALE, 40 * S },
  { "lost", { FALSE, S, 0, 10 * S, UNKNOWN, UNKNOWN }, 40 * S, TD_HEALTH_LOST, UNKNOWN },
  { "held", { FALSE, S, 0, 10 * S, UNKNOWN, 30 * S }, 33 * S - 1, TD_HEALTH_LIVE, 33 * S },
  { "held too long", { FALSE, S, 0, 10 * S, UNKNOWN, 30 * S }, 33 * S, TD_HEALTH_STALE, 40 * S },
  { "one failure is not stale", { FALSE, S, 0, 10 * S, 11 * S, UNKNOWN }, 11 * S, TD_HEALTH_LIVE, 13 * S },
  { "cut off", { FALSE, S, 0, 10 * S, 11 * S, UNKNOWN }, 13 * S, TD_HEALTH_STALE, 14 * S },
  { "cut off for good", { FALSE, S, 0, 10 * S, 11 * S, UNKNOWN }, 14 * S, TD_HEALTH_LOST, UNKNOWN },
  { "refused", { TRUE, S, 0, 10 * S, UNKNOWN, UNKNOWN }, 11 * S, TD_HEALTH_REFUSED, UNKNOWN },
  { "slow polls", { FALSE, 60 * S, 0, 10 * S, UNKNOWN, UNKNOWN }, 180 * S, TD_HEALTH_LIVE, 190 * S },
};

static gint64
after_start (gint64 time)
{
  return time == UNKNOWN ? UNKNOWN : START + time;
}

static void
test_judge (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TdHealthFacts facts = cases[i].facts;
      gint64        until;

      g_test_message ("%s", cases[i].what);
      facts.started = after_start (facts.started);
      facts.last_good = after_start (facts.last_good);
      facts.unreachable_since = after_start (facts.unreachable_since);
      facts.held_until = after_start (facts.held_until);

      g_assert_cmpint (td_health_judge (&facts, START + cases[i].now, &until), ==, cases[i].health);
      g_assert_cmpint (until, ==, after_start (cases[i].until));
    }
}

static void
test_back_off (void)
{
  g_assert_cmpint (td_health_back_off_ms (1000, 1, FALSE, 0, 0.0), ==, 1000);
  g_assert_cmpint (td_health_back_off_ms (1000, 1, FALSE, 0, 1.0), ==, 2000);
  g_assert_cmpint (td_health_back_off_ms (1000, 3, FALSE, 0, 0.5), ==, 4500);
  g_assert_cmpint (td_health_back_off_ms (1000, 5, FALSE, 0, 1.0), ==, 30000);
  g_assert_cmpint (td_health_back_off_ms (1000, G_MAXUINT, FALSE, 0, 1.0), ==, 30000);
  g_assert_cmpint (td_health_back_off_ms (G_MAXINT, 9, FALSE, 0, 1.0), ==, G_MAXINT);
}

static void
test_back_off_refused (void)
{
  g_assert_cmpint (td_health_back_off_ms (1000, 1, TRUE, 0, 0.0), ==, 5000);
  g_assert_cmpint (td_health_back_off_ms (1000, 1, TRUE, 0, 1.0), ==, 10000);
  g_assert_cmpint (td_health_back_off_ms (1000, 9, TRUE, 0, 1.0), ==, 30000);
}

static void
test_retry_after (void)
{
  g_assert_cmpint (td_health_back_off_ms (1000, 1, FALSE, 60, 0.0), ==, 60000);
  g_assert_cmpint (td_health_back_off_ms (1000, 1, FALSE, 60, 1.0), ==, 66000);
  g_assert_cmpint (td_health_back_off_ms (1000, 5, FALSE, 1, 1.0), ==, 30000);
  g_assert_cmpint (td_health_back_off_ms (1000, 1, FALSE, G_MAXUINT, 0.0), ==, 300000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/health/turns-with-age-and-cause", test_judge);
  g_test_add_func ("/health/back-off-doubles-up-to-30-s", test_back_off);
  g_test_add_func ("/health/refused-waits-five-times-as-long", test_back_off_refused);
  g_test_add_func ("/health/retry-after-is-kept-within-5-min", test_retry_after);

  return g_test_run ();
}
