/* test-intervals.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "td-backend.h"
#include "td-supervision-decoder.h"

#define PERIOD "\"from\":\"2026-11-22T00:00:00+07:00\",\"to\":\"2026-11-22T00:10:00+07:00\",\"step\":300"

static TdIntervals *
decode (const char *json,
        GError    **error)
{
  g_autoptr (GBytes) body = g_bytes_new_static (json, strlen (json));

  return td_supervision_decode_intervals (body, error);
}

static void
test_columns (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdIntervals) intervals = decode (
    "{" PERIOD ",\"queues\":[{\"id\":\"q1\",\"observed_seconds\":[300,0],\"offered\":[12,null],\"answered\":[null,9],"
    "\"max_wait_seconds\":[0.0004,1],\"max_waiting\":[3,3],\"serving\":[4,4],\"new_column\":[1]},"
    "{\"id\":\"q2\",\"observed_seconds\":[null,299]}]}",
    &error);
  const TdInterval *rows;

  g_assert_no_error (error);
  g_assert_cmpint (td_intervals_get_from (intervals), ==, G_GINT64_CONSTANT (1795280400000000));
  g_assert_cmpint (td_intervals_get_step (intervals), ==, 300 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (td_intervals_get_n_intervals (intervals), ==, 2);
  g_assert_cmpuint (td_intervals_get_n_queues (intervals), ==, 2);

  rows = td_intervals_get_rows (intervals, 0);
  g_assert_cmpint (rows[0].observed_s, ==, 300);
  g_assert_cmpint (rows[0].counts.offered, ==, 12);
  g_assert_cmpint (rows[0].counts.answered, ==, TD_UNKNOWN);
  g_assert_cmpint (rows[0].counts.max_wait_ms, ==, 0);
  g_assert_cmpint (rows[0].max_waiting, ==, 3);
  g_assert_cmpint (rows[0].serving, ==, 4);

  /* Nobody looked, so what is counted there says nothing. */
  g_assert_cmpint (rows[1].observed_s, ==, 0);
  g_assert_cmpint (rows[1].counts.answered, ==, TD_UNKNOWN);
  g_assert_cmpint (rows[1].counts.max_wait_ms, ==, TD_UNKNOWN);
  g_assert_cmpint (rows[1].serving, ==, TD_UNKNOWN);

  g_assert_cmpstr (td_intervals_get_queue (intervals, 1), ==, "q2");
  rows = td_intervals_get_rows (intervals, 1);
  g_assert_cmpint (rows[0].observed_s, ==, 0);
  g_assert_cmpint (rows[1].observed_s, ==, 299);
  g_assert_cmpint (rows[1].counts.offered, ==, TD_UNKNOWN);
}

typedef struct
{
  const char *json;
  int         code;
  const char *problem; /* (nullable): NULL where it is accepted */
} Case;

#define INVALID TD_BACKEND_ERROR_INVALID
#define FROM "\"from\":\"2026-11-22T00:00:00Z\","

static const Case cases[] = {
  { "{" PERIOD ",\"queues\":[]}", 0, NULL },
  { "{" FROM "\"to\":\"2026-11-22T00:00:00Z\",\"step\":60,\"queues\":[{\"id\":\"q\",\"observed_seconds\":[]}]}", 0, NULL },
  { "{}", INVALID, "from: missing" },
  { "{" FROM "\"step\":60,\"queues\":[]}", INVALID, "to: missing" },
  { "{" FROM "\"to\":\"2026-11-22T00:01:00Z\",\"queues\":[]}", INVALID, "step: missing" },
  { "{" PERIOD "}", INVALID, "queues: missing" },
  { "{" FROM "\"to\":\"x\",\"step\":60,\"queues\":[]}", INVALID, "to: \"x\" is no RFC 3339 time" },
  { "{" FROM "\"to\":\"2026-11-22T00:01:00Z\",\"step\":59,\"queues\":[]}", INVALID,
    "step: 59 is out of the range 60 … 86400" },
  { "{" FROM "\"to\":\"2026-11-22T00:01:00Z\",\"step\":86460,\"queues\":[]}", INVALID,
    "step: 86460 is out of the range 60 … 86400" },
  { "{" FROM "\"to\":\"2026-11-22T00:01:00Z\",\"step\":90,\"queues\":[]}", INVALID, "step: 90 is no multiple of 60" },
  { "{" FROM "\"to\":\"2026-11-22T00:01:30Z\",\"step\":60,\"queues\":[]}", INVALID,
    "to: not a whole number of steps after the start" },
  { "{" FROM "\"to\":\"2026-11-21T23:59:00Z\",\"step\":60,\"queues\":[]}", INVALID,
    "to: not a whole number of steps after the start" },
  { "{" FROM "\"to\":\"2099-11-22T00:00:00Z\",\"step\":60,\"queues\":[]}", TD_BACKEND_ERROR_TOO_LARGE,
    "to: more than 2000000 intervals" },
  { "{" FROM "\"to\":\"2028-11-22T00:00:00Z\",\"step\":60,\"queues\":[{},{}]}", TD_BACKEND_ERROR_TOO_LARGE,
    "queues: more than 2000000 intervals" },
  { "{" PERIOD ",\"queues\":[{\"observed_seconds\":[0,0]}]}", INVALID, "queues[0].id: missing" },
  { "{" PERIOD ",\"queues\":[{\"id\":\"q\"}]}", INVALID, "queues[0].observed_seconds: missing" },
  { "{" PERIOD ",\"queues\":[{\"id\":\"q\",\"observed_seconds\":[0,0,0]}]}", INVALID,
    "queues[0].observed_seconds: 3 values, and 2 are needed" },
  { "{" PERIOD ",\"queues\":[{\"id\":\"q\",\"observed_seconds\":[300,301]}]}", INVALID,
    "queues[0].observed_seconds[1]: 301 is out of the range 0 … 300" },
  { "{" PERIOD ",\"queues\":[{\"id\":\"q\",\"observed_seconds\":[300,300],\"offered\":[1]}]}", INVALID,
    "queues[0].offered: 1 values, and 2 are needed" },
  { "{" PERIOD ",\"queues\":[{\"id\":\"q\",\"observed_seconds\":[300,300],\"offered\":5}]}", INVALID,
    "queues[0].offered: an array is needed, not a number" },
  { "{" PERIOD ",\"queues\":[{\"id\":\"q\",\"observed_seconds\":[300,300],\"offered\":[1,\"2\"]}]}", INVALID,
    "queues[0].offered[1]: a number is needed, not a string" },
  { "{" PERIOD ",\"queues\":[{\"id\":\"q\",\"observed_seconds\":[300,300],\"serving\":[1,1.5]}]}", INVALID,
    "queues[0].serving[1]: 1.5 is no whole number" },
  { "{" PERIOD ",\"queues\":[{\"id\":\"q\",\"observed_seconds\":[300,300],\"talk_seconds\":[1,-2]}]}", INVALID,
    "queues[0].talk_seconds[1]: -2 is out of the range 0 … 1000000000" },
  { "{" PERIOD ",\"queues\":[{\"id\":\"q\",\"observed_seconds\":[0,0]},{\"id\":\"q\",\"observed_seconds\":[0,0]}]}",
    INVALID, "queues[1].id: \"q\" is already queues[0].id" },
};

static void
test_bounds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TdIntervals) intervals = decode (cases[i].json, &error);

      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, cases[i].problem);
      g_assert_true ((intervals == NULL) == (error != NULL));
      if (error != NULL)
        g_assert_error (error, TD_BACKEND_ERROR, cases[i].code);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/intervals/columns-become-rows", test_columns);
  g_test_add_func ("/intervals/field-out-of-bounds-is-named", test_bounds);

  return g_test_run ();
}
