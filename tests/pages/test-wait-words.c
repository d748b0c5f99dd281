/* test-wait-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "td-page-csv.h"
#include "td-wait-words.h"

#include "wait-fixture.h"

/* One after another joins an empty queue, where 20 s are to be expected. */
static gint64
let_wait (WaitFixture *f,
          guint        n_callers,
          gint64       wait_s)
{
  gint64 at = 0;

  wait_fixture_apply (f, WAIT_SECONDS (-5), NULL, 0, NULL, TD_UNKNOWN, TD_UNKNOWN);
  for (guint i = 0; i < n_callers; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);
      const WaitCaller caller = { id, "q", WAIT_SECONDS (at) };

      for (gint64 s = 0; s < wait_s; s += 5)
        wait_fixture_apply (f, WAIT_SECONDS (at + s), &caller, 1, NULL, TD_UNKNOWN, TD_UNKNOWN);
      at += wait_s;
      wait_fixture_apply (f, WAIT_SECONDS (at), NULL, 0, "q", WAIT_SECONDS (at), wait_s);
      at += 10;
    }

  return WAIT_SECONDS (at);
}

static TdQueue *
get_queue (WaitFixture *f,
           const char  *id)
{
  return td_centre_find_queue (f->centre, id);
}

static void
test_an_error_is_told_with_its_direction (WaitFixture  *f,
                                          gconstpointer data)
{
  gint64           now = let_wait (f, 6, 50);
  g_autofree char *text = td_wait_words_describe_error (f->check, get_queue (f, "q"), now);
  g_autofree char *other = td_wait_words_describe_error (f->check, get_queue (f, "p"), now);
  g_autofree char *later = td_wait_words_describe_error (f->check, get_queue (f, "q"), now + 2 * G_TIME_SPAN_HOUR);

  g_assert_cmpstr (text, ==, "last hour off by 0:30, mostly too short, 6 calls");
  g_assert_null (other);
  g_assert_null (later);
}

static void
test_too_long_is_told_too (WaitFixture  *f,
                           gconstpointer data)
{
  gint64           now = let_wait (f, TD_WAIT_CHECK_ENOUGH_CALLS, 5);
  g_autofree char *text = td_wait_words_describe_error (f->check, get_queue (f, "q"), now);

  g_assert_cmpstr (text, ==, "last hour off by 0:15, mostly too long, 5 calls");
}

/* Of four calls one cannot say. */
static void
test_few_calls_tell_nothing (WaitFixture  *f,
                             gconstpointer data)
{
  gint64 now = let_wait (f, TD_WAIT_CHECK_ENOUGH_CALLS - 1, 50);

  g_assert_null (td_wait_words_describe_error (f->check, get_queue (f, "q"), now));
}

/* The last two fields of the row of a queue, or of their total. */
static char *
get_fields (GBytes     *csv,
            const char *queue)
{
  const char *text = g_bytes_get_data (csv, NULL);
  g_auto (GStrv) rows = g_strsplit (text, "\r\n", -1);

  g_assert_true (g_str_has_suffix (rows[0], ",expected_wait_s,expected_wait_error_s"));
  for (guint i = 1; rows[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (rows[i], ",", -1);
      guint n = g_strv_length (fields);

      if (n > 2 && (g_str_equal (fields[1], queue) || g_str_equal (fields[2], queue)))
        return g_strdup_printf ("%s,%s", fields[n - 2], fields[n - 1]);
    }

  return NULL;
}

static void
assert_fields (GBytes     *csv,
               const char *queue,
               const char *expected)
{
  g_autofree char *fields = get_fields (csv, queue);

  g_assert_cmpstr (fields, ==, expected);
}

/* Two wait in one queue, none in the other: who joins an empty one may be answered at once. */
static void
test_the_table_says_what_to_expect_and_how_far_to_trust_it (WaitFixture  *f,
                                                            gconstpointer data)
{
  gint64           now = let_wait (f, 6, 50);
  const WaitCaller callers[] = { { "x", "q", now - G_TIME_SPAN_SECOND }, { "y", "q", now } };
  g_autoptr (GBytes) csv = NULL;
  g_autoptr (GBytes) untested = NULL;

  wait_fixture_apply (f, now, callers, 2, NULL, TD_UNKNOWN, TD_UNKNOWN);
  g_assert_cmpfloat (td_wait_words_get_expected (get_queue (f, "q")), ==, 60);
  g_assert_true (isnan (td_wait_words_get_expected (get_queue (f, "p"))));

  csv = td_page_csv_queues (f->centre, f->check, now);
  assert_fields (csv, "q", "60,30");
  assert_fields (csv, "p", ",");
  assert_fields (csv, "total", ",");

  untested = td_page_csv_queues (f->centre, NULL, now);
  assert_fields (untested, "q", "60,");
}

#define add(path, test) g_test_add ("/wait-words/" path, WaitFixture, NULL, wait_fixture_set_up, test, wait_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("an-error-is-told-with-its-direction", test_an_error_is_told_with_its_direction);
  add ("too-long-is-told-too", test_too_long_is_told_too);
  add ("few-calls-tell-nothing", test_few_calls_tell_nothing);
  add ("the-table-says-what-to-expect-and-how-far-to-trust-it", test_the_table_says_what_to_expect_and_how_far_to_trust_it);

  return g_test_run ();
}
