/* test-trail.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "td-fixture.h"
#include "td-trail.h"

static gint64 revision;

static gint64
at (gint64 seconds)
{
  return FIXTURE_START + FIXTURE_SECONDS (seconds);
}

/* Of the queues a and b; of no b with less than none. */
static void
look (TdCentre *centre,
      TdTrail  *trail,
      gint64    seconds,
      gint64    a,
      gint64    b)
{
  TdSnapshotBuilder *builder = fixture_begin (++revision, TD_UNKNOWN, "i", at (seconds));
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  const char *const ids[] = { "a", "b" };
  const gint64      waiting[] = { a, b };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      TdQueueInfo queue;

      if (waiting[i] < 0 && TD_IS_KNOWN (waiting[i]))
        continue;
      td_queue_info_init (&queue);
      queue.id = ids[i];
      queue.waiting = waiting[i];
      if (TD_IS_KNOWN (waiting[i]) && waiting[i] > 0)
        queue.longest_since = at (seconds - 10 * (i + 1));
      td_snapshot_builder_add_queue (builder, &queue);
    }
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (centre, snapshot, &error);
  g_assert_no_error (error);
  td_trail_observe (trail, at (seconds));
}

static void
test_notes_a_step_once (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdTrail) trail = td_trail_new (centre);
  const char *const only_b[] = { "b", NULL };
  double            values[TD_TRAIL_STEPS];

  g_assert_cmpint (td_trail_read (trail, TD_TRAIL_WAITING, NULL, values), ==, TD_UNKNOWN);
  g_assert_true (isnan (values[TD_TRAIL_STEPS - 1]));
  look (centre, trail, 0, 2, 1);
  look (centre, trail, 20, 9, 9);
  look (centre, trail, 30, 4, 0);
  g_assert_cmpint (td_trail_read (trail, TD_TRAIL_WAITING, NULL, values), ==,
                   at (30) - (TD_TRAIL_STEPS - 1) * TD_TRAIL_STEP_US);
  g_assert_cmpfloat (values[TD_TRAIL_STEPS - 1], ==, 4);
  g_assert_cmpfloat (values[TD_TRAIL_STEPS - 2], ==, 3);
  g_assert_true (isnan (values[TD_TRAIL_STEPS - 3]));
  td_trail_read (trail, TD_TRAIL_LONGEST, NULL, values);
  g_assert_cmpfloat (values[TD_TRAIL_STEPS - 2], ==, 20);
  g_assert_cmpfloat (values[TD_TRAIL_STEPS - 1], ==, 10);
  td_trail_read (trail, TD_TRAIL_WAITING, only_b, values);
  g_assert_cmpfloat (values[TD_TRAIL_STEPS - 2], ==, 1);
  g_assert_cmpfloat (values[TD_TRAIL_STEPS - 1], ==, 0);
}

/* Between two looks that are near each other it was as before; else nobody knows. */
static void
test_a_gap_is_none_of_its_values (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdTrail) trail = td_trail_new (centre);
  double values[TD_TRAIL_STEPS];

  look (centre, trail, 0, 5, 0);
  look (centre, trail, 70, 6, 0);
  look (centre, trail, 300, 7, 0);
  td_trail_read (trail, TD_TRAIL_WAITING, NULL, values);
  g_assert_cmpfloat (values[TD_TRAIL_STEPS - 1], ==, 7);
  for (guint i = 2; i <= 8; i++)
    g_assert_true (isnan (values[TD_TRAIL_STEPS - i]));
  g_assert_cmpfloat (values[TD_TRAIL_STEPS - 9], ==, 6);
  g_assert_cmpfloat (values[TD_TRAIL_STEPS - 10], ==, 5);
  g_assert_cmpfloat (values[TD_TRAIL_STEPS - 11], ==, 5);

  /* A queue that nobody counts is none that is empty. */
  look (centre, trail, 330, TD_UNKNOWN, -2);
  td_trail_read (trail, TD_TRAIL_WAITING, NULL, values);
  g_assert_true (isnan (values[TD_TRAIL_STEPS - 1]));
  g_assert_cmpfloat (values[TD_TRAIL_STEPS - 2], ==, 7);
}

static void
test_holds_an_hour (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdTrail) trail = td_trail_new (centre);
  double values[TD_TRAIL_STEPS];

  for (int i = 0; i < 3 * TD_TRAIL_STEPS; i++)
    look (centre, trail, 30 * i, i, i < 10 ? 1000 : -2);
  td_trail_read (trail, TD_TRAIL_WAITING, NULL, values);
  for (int i = 0; i < TD_TRAIL_STEPS; i++)
    g_assert_cmpfloat (values[i], ==, 2 * TD_TRAIL_STEPS + i);

  /* Asleep for longer than that. */
  look (centre, trail, 100000, 1, -2);
  td_trail_read (trail, TD_TRAIL_WAITING, NULL, values);
  for (int i = 0; i < TD_TRAIL_STEPS - 1; i++)
    g_assert_true (isnan (values[i]));
  g_assert_cmpfloat (values[TD_TRAIL_STEPS - 1], ==, 1);

  /* The source's clock is put back. */
  look (centre, trail, 5000, 3, -2);
  td_trail_read (trail, TD_TRAIL_WAITING, NULL, values);
  g_assert_cmpfloat (values[TD_TRAIL_STEPS - 1], ==, 3);
  g_assert_true (isnan (values[TD_TRAIL_STEPS - 2]));

  /* More than a step can hold. */
  look (centre, trail, 5030, 5000000, -2);
  td_trail_read (trail, TD_TRAIL_WAITING, NULL, values);
  g_assert_cmpfloat (values[TD_TRAIL_STEPS - 1], ==, G_MAXUINT16 - 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trail/notes-a-step-once", test_notes_a_step_once);
  g_test_add_func ("/trail/a-gap-is-none-of-its-values", test_a_gap_is_none_of_its_values);
  g_test_add_func ("/trail/holds-an-hour", test_holds_an_hour);

  return g_test_run ();
}
