/* test-count-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "td-count-table.h"
#include "td-holiday-file.h"

static char *
write_file (const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int   fd = g_file_open_tmp ("tongdai-counts-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);

  return path;
}

static TdCountTable *
load (const char *text,
      GError    **error)
{
  g_autofree char *path = write_file (text);
  TdCountTable    *table = td_count_table_load (path, error);

  g_unlink (path);

  return table;
}

static void
test_days_and_slots (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdCountTable) table = load ("\xef\xbb\xbftimestamp,calls\r\n"
                                         "2026-03-03 08:30:00,4\r\n"
                                         "2026-03-02T08:00,1\r\n"
                                         "2026-03-02T08:15,2.5\r\n"
                                         "2026-03-02T08:30,\r\n"
                                         "\r\n",
                                         &error);

  g_assert_no_error (error);
  g_assert_cmpuint (table->slot_minutes, ==, 15);
  g_assert_cmpuint (table->first_minute, ==, 480);
  g_assert_cmpuint (table->n_slots, ==, 3);
  g_assert_cmpuint (table->n_days, ==, 2);
  g_assert_cmpuint (table->days[0].weekday, ==, 0);
  g_assert_cmpfloat (td_count_table_get_day (table, 0)[1], ==, 2.5);
  g_assert_true (isnan (td_count_table_get_day (table, 0)[2]));
  g_assert_true (isnan (td_count_table_get_day (table, 1)[0]));
  g_assert_cmpfloat (td_count_table_get_day (table, 1)[2], ==, 4);
}

static void
test_other_columns (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdCountTable) table = load ("queue,calls,timestamp\nA,7,2026-03-02T08:00\nA,8,2026-03-02T08:01\n", &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (td_count_table_get_day (table, 0)[1], ==, 8);
}

static void
test_offsets_and_quotes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdCountTable) table = load ("\"Timestamp\",\"queue\",\"Calls\"\n"
                                         "\"2026-03-02T08:00:00.000+07:00\",\"A, B\",3\n"
                                         "2026-03-02 08:05:00Z,C,\"4\"\n"
                                         "2026-03-02T08:10+0700,C,NA\n",
                                         &error);

  g_assert_no_error (error);
  g_assert_cmpuint (table->first_minute, ==, 480);
  g_assert_cmpuint (table->slot_minutes, ==, 5);
  g_assert_cmpfloat (td_count_table_get_day (table, 0)[0], ==, 3);
  g_assert_cmpfloat (td_count_table_get_day (table, 0)[1], ==, 4);
  g_assert_true (isnan (td_count_table_get_day (table, 0)[2]));
}

static void
check_fold (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdCountTable) table = load (text, &error);
  const double *calls;

  g_assert_no_error (error);
  g_assert_cmpuint (table->n_slots, ==, 5);
  calls = td_count_table_get_day (table, 0);
  g_assert_cmpfloat (calls[0], ==, 1);
  g_assert_cmpfloat (calls[1], ==, 3);
  g_assert_cmpfloat (calls[2], ==, 5);
  g_assert_true (isnan (calls[3]));
  g_assert_cmpfloat (calls[4], ==, 8);
}

/* 25 October 2026: at 03:00 it is 02:00 again. */
static void
test_the_hour_that_comes_twice (void)
{
  check_fold ("timestamp,calls\n2026-10-25T01:30+02:00,1\n2026-10-25T02:00+02:00,2\n2026-10-25T02:30+02:00,\n"
              "2026-10-25T02:00+01:00,4\n2026-10-25T02:30+01:00,5\n2026-10-25T03:30+01:00,8\n");
  check_fold ("timestamp,calls\n2026-10-25T01:30,1\n2026-10-25T02:00,2\n2026-10-25T02:30,\n"
              "2026-10-25T02:00,4\n2026-10-25T02:30,5\n2026-10-25T03:30,8\n");
}

static void
test_counts_by_the_day (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdCountTable) table = load ("timestamp,calls\n2026-03-03,900\n2026-03-02,1000\n2026-03-05,0\n", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (table->slot_minutes, ==, 1440);
  g_assert_cmpuint (table->n_slots, ==, 1);
  g_assert_cmpuint (table->n_days, ==, 3);
  g_assert_cmpfloat (td_count_table_get_day (table, 0)[0], ==, 1000);
  g_assert_cmpfloat (td_count_table_get_day (table, 2)[0], ==, 0);
}

static void
test_longer_slots_of_what_was_observed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdCountTable) table = load ("timestamp,calls\n2026-03-02T08:00,1\n2026-03-02T08:01,2\n2026-03-02T08:02,\n"
                                         "2026-03-02T08:03,3\n2026-03-02T08:04,4\n2026-03-02T08:06,5\n2026-03-02T08:09,5\n"
                                         "2026-03-02T08:10,7\n2026-03-02T08:14,7\n2026-03-02T08:12,7\n",
                                         &error);
  g_autoptr (TdCountTable) longer = NULL;

  g_assert_no_error (error);
  longer = td_count_table_aggregate (table, 5);
  g_assert_cmpuint (longer->n_slots, ==, 3);
  g_assert_cmpfloat (td_count_table_get_day (longer, 0)[0], ==, 12.5);
  g_assert_true (isnan (td_count_table_get_day (longer, 0)[1]));
  g_assert_cmpfloat (td_count_table_get_day (longer, 0)[2], ==, 35);
}

static void
test_a_closure_is_seen (void)
{
  g_autoptr (GString) text = g_string_new ("timestamp,calls\n");
  g_autoptr (TdCountTable) table = NULL;
  g_autoptr (GError) error = NULL;
  guint n_reopen = 0;

  /* Four weeks of weekdays, from Monday the 2nd; the 25th, a Wednesday, is closed. */
  for (guint day = 2; day <= 29; day++)
    {
      if ((day - 2) % 7 >= 5 || day == 25)
        continue;
      g_string_append_printf (text, "2026-03-%02uT08:00,5\n2026-03-%02uT08:05,5\n", day, day);
    }
  table = load (text->str, &error);
  g_assert_no_error (error);

  td_count_table_mark_days (table, NULL);
  for (guint i = 0; i < table->n_days; i++)
    {
      if (table->days[i].reopen)
        {
          n_reopen++;
          g_assert_cmpuint (table->days[i].day_of_month, ==, 26);
        }
    }
  g_assert_cmpuint (n_reopen, ==, 1);
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } cases[] = {
    { "", "no counts" },
    { "timestamp,calls\n", "no counts" },
    { "time,calls\n2026-03-02T08:00,5\n", ":1:" },
    { "timestamp,calls\n2026-03-02T08:00,5\n2026-02-30T08:00,5\n", ":3:" },
    { "timestamp,calls\n2026-03-02T08:00,-5\n", ":2:" },
    { "timestamp,calls\n2026-03-02T08:00,1e300\n", ":2:" },
    { "timestamp,calls\n2026-03-02T08:00,nan\n", ":2:" },
    { "timestamp,calls\n2026-03-02T08:00\n", ":2:" },
    { "timestamp,calls\n2026-03-02T24:00,5\n", ":2:" },
    { "timestamp,calls\n2026-03-02T08:00,5\n2026-03-02T08:01,5\n2026-03-02T08:00,5\n", ":4: the slot of 08:00 is there twice, first in line 2" },
    { "timestamp,calls\n2026-03-02T02:00+07:00,5\n2026-03-02T02:00+07:00,5\n", "twice" },
    { "queue,calls,timestamp\nA,many,2026-03-02T08:00\n", ":2: column 2 (calls): “many”" },
    { "queue,calls,timestamp\nA,5,2.3.2026 8:00\n", ":2: column 3 (timestamp): “2.3.2026 8:00”" },
    { "timestamp,calls\n2026-03-02T08:00+7,5\n", "column 1" },
    { "timestamp,calls\n\"2026-03-02T08:00,5\n", "no column 2" },
    { "timestamp,calls\n2026-03-02T08:00,5\n2026-03-03T08:07,5\n", "length" },
    { "timestamp,calls\n2026-03-02T08:00,5\n2026-03-02T08:07,5\n", "length" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TdCountTable) table = load (cases[i].text, &error);

      g_assert_null (table);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      if (strstr (error->message, cases[i].says) == NULL)
        g_error ("case %u: %s", i, error->message);
    }
}

static void
test_holidays (void)
{
  g_autofree char *good = write_file ("date,name\n2026-02-17,Tết\n2026-04-30\n");
  g_autofree char *bad = write_file ("date,name\n2026-02-17,Tết\n30.4.2026,no\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) days = td_holiday_file_load (good, &error);
  g_autoptr (GHashTable) none = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (days), ==, 2);

  none = td_holiday_file_load (bad, &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, ":3:"));

  g_unlink (good);
  g_unlink (bad);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/count-table/days-and-slots", test_days_and_slots);
  g_test_add_func ("/count-table/columns-by-name", test_other_columns);
  g_test_add_func ("/count-table/offsets-and-quotes", test_offsets_and_quotes);
  g_test_add_func ("/count-table/the-hour-that-comes-twice", test_the_hour_that_comes_twice);
  g_test_add_func ("/count-table/counts-by-the-day", test_counts_by_the_day);
  g_test_add_func ("/count-table/longer-slots-of-what-was-observed", test_longer_slots_of_what_was_observed);
  g_test_add_func ("/count-table/a-closure-is-seen", test_a_closure_is_seen);
  g_test_add_func ("/count-table/errors-name-the-line", test_errors);
  g_test_add_func ("/holiday-file/days-and-errors", test_holidays);

  return g_test_run ();
}
