/* test-staff-plan-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "fake-backend.h"
#include "td-simulation.h"
#include "td-staff-plan-card.h"
#include "td-staff-plan.h"

/* Tuesday 2026-11-24 12:30 in Asia/Ho_Chi_Minh */
#define START (G_GINT64_CONSTANT (1795453200 + 12 * 3600 + 1800) * G_USEC_PER_SEC)

/* Collects the texts of the labels, in their order. */
static void
collect (GtkWidget *widget,
         GPtrArray *texts)
{
  if (GTK_IS_LABEL (widget))
    g_ptr_array_add (texts, g_strdup (gtk_label_get_text (GTK_LABEL (widget))));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, texts);
}

static guint
count_red (GtkWidget *widget)
{
  guint n = GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "severity-red");

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_red (child);

  return n;
}

/* The card shows the plan, cell by cell, and says what was announced. */
static void
test_shows_the_plan (void)
{
  TdSimulationOptions options = { .seed = 2, .start = START, .scenario = "partner-leaves", .no_past = TRUE };
  g_autoptr (TdSimulation) simulation = td_simulation_new (&options, NULL);
  g_autoptr (TdSnapshot) snapshot = td_simulation_take_full (simulation);
  g_autoptr (TdBackend) backend = TD_BACKEND (fake_backend_new_steady (snapshot, NULL));
  g_autoptr (TdWatch) watch = td_watch_new (backend, NULL);
  g_autoptr (TdStaffPlan) plan = NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *card = td_staff_plan_card_new ();
  gint64     deadline = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;
  guint      n_cells, n_red = 0;

  /* Before the window is there, as a page would. */
  td_staff_plan_card_set_watch (TD_STAFF_PLAN_CARD (card), watch);
  td_watch_start (watch);
  while (td_centre_is_empty (td_watch_get_centre (watch)) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);

  gtk_window_set_child (GTK_WINDOW (window), card);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (card) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);

  plan = td_staff_plan_new (td_watch_get_centre (watch), NULL, td_watch_get_now (watch), 6);
  collect (card, texts);
  n_cells = (plan->n_rows + 2) * (3 + 6) + 1 + 6;
  g_assert_cmpuint (texts->len, >, 1 + n_cells);
  g_assert_cmpstr (g_ptr_array_index (texts, 1 + 3), ==, "13:00");
  for (guint i = 0; i < plan->n_rows; i++)
    {
      const TdStaffPlanRow *row = &plan->rows[i];

      for (guint j = 0; j < 6; j++)
        {
          const char      *text = g_ptr_array_index (texts, 1 + (i + 1) * 9 + 3 + j);
          g_autofree char *left = g_strdup_printf ("%u", row->left[j]);

          g_assert_true (g_str_has_prefix (text, left));
          g_assert_cmpint (strstr (text, "−") != NULL, ==, row->left[j] < row->staffed);
          n_red += td_staff_plan_judge (row, j) == TD_AGENT_NEED_PERSON;
        }
    }
  for (guint j = 0; j < 6; j++)
    n_red += td_staff_plan_judge (&plan->total, j) == TD_AGENT_NEED_PERSON;
  g_assert_cmpuint (n_red, >, 0);
  g_assert_cmpuint (count_red (card), ==, n_red);
  g_assert_nonnull (strstr (g_ptr_array_index (texts, 1 + n_cells), "“Đối tác B”"));

  td_watch_stop (watch);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  if (gtk_init_check ())
    {
      adw_init ();
      g_test_add_func ("/staff-plan-card/shows-the-plan", test_shows_the_plan);
    }

  return g_test_run ();
}
