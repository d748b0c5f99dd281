/* test-what-if.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "fake-backend.h"
#include "td-simulation.h"
#include "td-what-if-slider.h"
#include "td-what-if-window.h"
#include "td-what-if.h"

/* Tuesday 2026-11-24 in Asia/Ho_Chi_Minh */
#define MIDNIGHT (G_GINT64_CONSTANT (1795453200) * G_USEC_PER_SEC)
#define NOON (MIDNIGHT + 12 * G_TIME_SPAN_HOUR)

static void
collect (GtkWidget *widget,
         GType      type,
         GPtrArray *found)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

static GtkWidget *
find (GtkWindow *window,
      GType      type,
      guint      index)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  collect (GTK_WIDGET (window), type, found);
  g_assert_cmpuint (found->len, >, index);

  return g_ptr_array_index (found, index);
}

static gboolean
says (GtkWindow  *window,
      const char *text)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  collect (GTK_WIDGET (window), GTK_TYPE_LABEL, found);
  for (guint i = 0; i < found->len; i++)
    {
      if (gtk_widget_get_visible (found->pdata[i]) && strstr (gtk_label_get_text (found->pdata[i]), text) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_for (GtkWindow  *window,
          const char *text)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;
  guint  wake = g_timeout_add (100, wake_cb, NULL); /* the loop below looks at the deadline */

  while (!says (window, text) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  g_assert_true (says (window, text));
}

static TdWatch *
watch_centre (gint64 start)
{
  TdSimulationOptions options = { .seed = 2, .start = start, .scenario = "partner-leaves", .no_past = TRUE };
  g_autoptr (TdSimulation) simulation = td_simulation_new (&options, NULL);
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (TdBackend) backend = NULL;
  TdWatch *watch;

  snapshot = td_simulation_take_full (simulation);
  backend = TD_BACKEND (fake_backend_new_steady (snapshot, NULL));
  watch = td_watch_new (backend, NULL);
  td_watch_start (watch);
  while (td_centre_is_empty (td_watch_get_centre (watch)))
    g_main_context_iteration (NULL, TRUE);

  return watch;
}

/* Nobody touches a slider: both columns are the same; then the fewer agents, the worse. */
static void
test_fewer_agents_serve_worse (void)
{
  g_autoptr (TdWatch) watch = watch_centre (NOON);
  GtkWindow *window = td_what_if_window_new (NULL, watch);
  TdWhatIf   base;
  GtkWidget *spin;

  gtk_window_present (window);
  wait_for (window, "as it is.");
  g_assert_cmpint (td_what_if_begin (&base, td_watch_get_centre (watch), td_watch_get_staffing (watch), NULL, td_watch_get_now (watch), NULL),
                   ==, TD_WHAT_IF_READY);

  spin = find (window, GTK_TYPE_SPIN_BUTTON, 0);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (spin)), ==, base.agents);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), base.agents / 2);
  g_assert_true (td_what_if_slider_is_moved (TD_WHAT_IF_SLIDER (find (window, TD_TYPE_WHAT_IF_SLIDER, 0))));
  wait_for (window, "below the");

  /* One click takes it back. */
  g_signal_emit_by_name (find (window, GTK_TYPE_BUTTON, 0), "clicked");
  wait_for (window, "as it is.");
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (spin)), ==, base.agents);

  td_watch_stop (watch);
  gtk_window_destroy (window);
}

/* As many leave as the partner has on duty then, and who is left serves worse. */
static void
test_who_leave_are_taken_away_at_their_time (void)
{
  g_autoptr (TdWatch) watch = watch_centre (NOON);
  TdCentre       *centre = td_watch_get_centre (watch);
  TdStaffingDesk *desk = td_watch_get_staffing (watch);
  gint64          now = td_watch_get_now (watch);
  TdRelease       leave = { .at = now + G_TIME_SPAN_HOUR, .employer = "Đối tác B", .place = TD_PLACE_UNKNOWN, .agents = TD_UNKNOWN };
  g_autoptr (TdStaffPlan) plan = td_staff_plan_new_at (centre, NULL, now, &leave.at, 1);
  TdWhatIf          stay, go;
  TdExpectedService with, without;
  guint             n = 0;

  for (guint i = 0; i < plan->n_rows; i++)
    n += g_strcmp0 (plan->rows[i].employer, leave.employer) == 0 ? plan->rows[i].left[0] : 0;
  g_assert_cmpuint (n, >, 0);

  g_assert_cmpint (td_what_if_begin (&go, centre, desk, NULL, now, &leave), ==, TD_WHAT_IF_READY);
  g_assert_cmpint (go.from, ==, leave.at);
  g_assert_cmpuint (go.leaving, >, 0);
  g_assert_cmpuint (go.leaving, <=, n);
  stay = go;
  stay.leaving = 0;
  g_assert_true (td_what_if_expect (&stay, &with));
  g_assert_true (td_what_if_expect (&go, &without));
  g_assert_cmpfloat (without.mean_wait, >, with.mean_wait);
  g_assert_cmpfloat (without.answered_in_time, <=, with.answered_in_time);

  /* Nobody of whom nothing is known leaves. */
  leave.employer = "Nobody's";
  g_assert_cmpint (td_what_if_begin (&go, centre, desk, NULL, now, &leave), ==, TD_WHAT_IF_READY);
  g_assert_cmpuint (go.leaving, ==, 0);

  td_watch_stop (watch);
}

static void
test_what_is_missing_is_said (void)
{
  g_autoptr (TdWatch) watch = watch_centre (MIDNIGHT + G_TIME_SPAN_MINUTE);
  GtkWindow *window = td_what_if_window_new (NULL, watch);
  TdWhatIf   base;

  gtk_window_present (window);
  g_assert_cmpint (td_what_if_begin (&base, td_watch_get_centre (watch), td_watch_get_staffing (watch), NULL, td_watch_get_now (watch), NULL),
                   ==, TD_WHAT_IF_NO_CALLS);
  wait_for (window, "Too few calls were handled today");

  td_watch_stop (watch);
  gtk_window_destroy (window);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  if (gtk_init_check ())
    {
      adw_init ();
      g_test_add_func ("/what-if/fewer-agents-serve-worse", test_fewer_agents_serve_worse);
      g_test_add_func ("/what-if/who-leave-are-taken-away-at-their-time", test_who_leave_are_taken_away_at_their_time);
      g_test_add_func ("/what-if/what-is-missing-is-said", test_what_is_missing_is_said);
    }

  return g_test_run ();
}
