/* test-own-days.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-own-days.h"

static guint
julian (guint year,
        guint month,
        guint day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);

  return g_date_get_julian (&date);
}

static void
test_own_dates_are_checked (void)
{
  static const char *const good[] = { "2026-12-25", "12-25", "2024-02-29", "02-29" };
  static const char *const bad[] = { "", "25", "2026-12-25 ", "2026-2-7", "2026-02-29", "13-01", "0000-01-01", "+026-01-01", "12/25", "12-25-2026" };
  guint                    year, month, day;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *again = NULL;

      g_assert_true (td_own_days_parse (good[i], &year, &month, &day));
      again = td_own_days_format (year, month, day);
      g_assert_cmpstr (again, ==, good[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (td_own_days_parse (bad[i], &year, &month, &day));
}

static void
test_own_days_are_found (void)
{
  g_autoptr (GHashTable) days = td_own_days_new ();
  g_autoptr (GHashTable) copy = NULL;
  g_autoptr (GHashTable) found = NULL;
  g_auto (GStrv) list = NULL;
  const char *const sorted[] = { "2026-07-01", "2029-07-01", "12-21", NULL };

  g_hash_table_insert (days, g_strdup ("12-21"), g_strdup ("Founding day"));
  g_hash_table_insert (days, g_strdup ("2026-07-01"), g_strdup ("Move"));
  g_hash_table_insert (days, g_strdup ("2029-07-01"), g_strdup ("Later"));
  copy = td_own_days_copy (days);
  g_assert_true (td_own_days_equal (days, copy));

  found = td_own_days_find (days, julian (2025, 12, 21), julian (2026, 12, 21));
  g_assert_cmpuint (g_hash_table_size (found), ==, 3);
  g_assert_cmpstr (g_hash_table_lookup (found, GUINT_TO_POINTER (julian (2025, 12, 21))), ==, "Founding day");
  g_assert_cmpstr (g_hash_table_lookup (found, GUINT_TO_POINTER (julian (2026, 12, 21))), ==, "Founding day");
  g_assert_cmpstr (g_hash_table_lookup (found, GUINT_TO_POINTER (julian (2026, 7, 1))), ==, "Move");

  list = td_own_days_list (days);
  g_assert_cmpstrv (list, sorted);

  g_hash_table_insert (copy, g_strdup ("12-21"), g_strdup ("Another"));
  g_assert_false (td_own_days_equal (days, copy));
  g_hash_table_remove (copy, "12-21");
  g_assert_false (td_own_days_equal (days, copy));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/own-days/dates-are-checked", test_own_dates_are_checked);
  g_test_add_func ("/own-days/are-found", test_own_days_are_found);

  return g_test_run ();
}
