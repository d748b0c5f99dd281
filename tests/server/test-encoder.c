/* test-encoder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include <json-glib/json-glib.h>

#include "td-json-writer.h"
#include "td-supervision-encoder.h"
#include "td-time.h"

static char *
end (TdJsonWriter *writer)
{
  g_autoptr (GBytes) bytes = td_json_writer_end (writer);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_strings_are_escaped (void)
{
  const char *const strings[] = { "", "\"quoted\" \\ back", "line\nfeed\r\ttab", "\x01\x1f", "Nguyễn Thị Hạnh 😀", "/" };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      TdJsonWriter     writer;
      g_autofree char *text = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (GError) error = NULL;

      td_json_writer_init (&writer, 0);
      td_json_writer_begin (&writer, '[');
      td_json_writer_string (&writer, strings[i]);
      td_json_writer_close (&writer, ']');
      text = end (&writer);
      node = json_from_string (text, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (json_array_get_string_element (json_node_get_array (node), 0), ==, strings[i]);
    }
}

static void
test_invalid_utf8_is_replaced (void)
{
  TdJsonWriter     writer;
  g_autofree char *text = NULL;

  td_json_writer_init (&writer, 0);
  td_json_writer_string (&writer, "a\xff\"b");
  text = end (&writer);
  g_assert_cmpstr (text, ==, "\"a\xef\xbf\xbd\\\"b\"");
}

static void
test_numbers_have_no_digit_too_many (void)
{
  TdJsonWriter     writer;
  g_autofree char *text = NULL;

  td_json_writer_init (&writer, 0);
  td_json_writer_begin (&writer, '[');
  td_json_writer_int (&writer, 0);
  td_json_writer_int (&writer, G_MAXINT64);
  td_json_writer_int (&writer, G_MININT64);
  td_json_writer_seconds (&writer, 0);
  td_json_writer_seconds (&writer, 1000);
  td_json_writer_seconds (&writer, 1500);
  td_json_writer_seconds (&writer, 20050);
  td_json_writer_seconds (&writer, 7);
  td_json_writer_double (&writer, 0.8);
  td_json_writer_close (&writer, ']');
  text = end (&writer);
  g_assert_cmpstr (text, ==, "[0,9223372036854775807,-9223372036854775808,0,1,1.5,20.05,0.007,0.8]");
}

static void
test_times_read_back (void)
{
  static const char *const zones[] = { "Asia/Ho_Chi_Minh", "America/St_Johns", "UTC", "Europe/Berlin" };
  static const gint64      seconds[] = { 0, 951782400, 1709164799, 1774745999, 1774746000, 1792889999, 1792890000, 4102444800 };
  static const gint64      fractions[] = { 0, 250000, 1, 999999 };

  for (guint z = 0; z < G_N_ELEMENTS (zones); z++)
    for (guint s = 0; s < G_N_ELEMENTS (seconds); s++)
      for (guint f = 0; f < G_N_ELEMENTS (fractions); f++)
        {
          g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[z]);
          g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds[s]);
          g_autoptr (GDateTime) local = NULL;
          g_autofree char *text = NULL;
          g_autofree char *expected = NULL;
          TdJsonWriter     writer;
          gint64           time = seconds[s] * G_USEC_PER_SEC + fractions[f];
          gint64           back;

          g_assert_nonnull (zone);
          td_json_writer_init (&writer, 0);
          td_json_writer_time (&writer, time, zone);
          text = end (&writer);

          /* The calendar of GLib is the judge of the date, the parser of the whole. */
          local = g_date_time_to_timezone (utc, zone);
          expected = g_date_time_format (local, "\"%Y-%m-%dT%H:%M:%S");
          g_assert_true (g_str_has_prefix (text, expected));
          text[strlen (text) - 1] = '\0';
          g_assert_true (td_time_parse (text + 1, &back));
          g_assert_cmpint (back, ==, time);
        }
}

static TdCentre *
make_centre (void)
{
  TdCentre          *centre = td_centre_new ();
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  g_autoptr (TdSnapshot) snapshot = NULL;
  TdCentreInfo info;
  TdAgentInfo  agent;
  TdQueueInfo  queue;

  td_snapshot_builder_set_revision (builder, 7, "abc");
  td_snapshot_builder_set_at (builder, G_GINT64_CONSTANT (1795323600250000));
  td_centre_info_init (&info);
  info.timezone = "Asia/Ho_Chi_Minh";
  td_snapshot_builder_set_centre (builder, &info);
  td_queue_info_init (&queue);
  queue.id = "q1";
  queue.service_level_target = 0.9;
  queue.today.offered = 3;
  queue.today.wait_ms = 1500;
  td_snapshot_builder_add_queue (builder, &queue);
  td_agent_info_init (&agent);
  agent.id = "a1";
  agent.state = TD_AGENT_STATE_ON_CALL;
  agent.on_hold = TRUE;
  agent.call_queue = "q1";
  agent.call_wait_ms = 0;
  td_snapshot_builder_add_agent (builder, &agent);
  td_agent_info_init (&agent);
  agent.id = "a2";
  td_snapshot_builder_add_agent (builder, &agent);
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (centre, snapshot, NULL);

  return centre;
}

static void
test_unknown_is_absent (void)
{
  g_autoptr (TdCentre) centre = make_centre ();
  g_autoptr (GBytes) bytes = td_supervision_encode_full (centre, "abc");
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_cmpstr (text, ==,
                   "{\"revision\":7,\"instance\":\"abc\",\"at\":\"2026-11-22T12:00:00.250+07:00\","
                   "\"centre\":{\"timezone\":\"Asia/Ho_Chi_Minh\"},"
                   "\"queues\":[{\"id\":\"q1\",\"service_level\":{\"target\":0.9},\"today\":{\"offered\":3,\"wait_seconds\":1.5}}],"
                   "\"agents\":[{\"id\":\"a1\",\"state\":\"on-call\",\"on_hold\":true,\"queues\":[],"
                   "\"call\":{\"queue\":\"q1\",\"wait_seconds\":0},\"today\":{}},"
                   "{\"id\":\"a2\",\"queues\":[],\"today\":{}}],"
                   "\"callers\":[]}");
}

static void
test_gap_is_null_in_every_column (void)
{
  g_autoptr (TdIntervals) intervals = td_intervals_new (G_GINT64_CONSTANT (1795323600000000), 300 * G_USEC_PER_SEC, 3);
  TdInterval *rows = td_intervals_add_queue (intervals, "q1");
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 3; i++)
    {
      rows[i].observed_s = i == 1 ? 0 : 300;
      rows[i].counts = TD_COUNTS_UNKNOWN;
      rows[i].counts.offered = 5 + i;
      rows[i].max_waiting = TD_UNKNOWN;
      rows[i].serving = i == 0 ? 4 : TD_UNKNOWN;
    }

  bytes = td_supervision_encode_intervals (intervals, zone);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpstr (text, ==,
                   "{\"from\":\"2026-11-22T05:00:00+00:00\",\"to\":\"2026-11-22T05:15:00+00:00\",\"step\":300,"
                   "\"queues\":[{\"id\":\"q1\",\"observed_seconds\":[300,0,300],"
                   "\"offered\":[5,null,7],\"serving\":[4,null,null]}]}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/encoder/strings-are-escaped", test_strings_are_escaped);
  g_test_add_func ("/encoder/invalid-utf8-is-replaced", test_invalid_utf8_is_replaced);
  g_test_add_func ("/encoder/numbers-have-no-digit-too-many", test_numbers_have_no_digit_too_many);
  g_test_add_func ("/encoder/times-read-back", test_times_read_back);
  g_test_add_func ("/encoder/unknown-is-absent", test_unknown_is_absent);
  g_test_add_func ("/encoder/gap-is-null-in-every-column", test_gap_is_null_in_every_column);

  return g_test_run ();
}
