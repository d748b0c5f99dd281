/* test-day-button.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>

#include "td-day-button.h"

/* 2026-11-20, a Friday. */
#define LAST 739940

static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *css_class)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && (css_class == NULL || gtk_widget_has_css_class (widget, css_class)))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, css_class);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
changed_cb (TdDayButton *button,
            guint       *n_changes)
{
  (*n_changes)++;
}

static void
test_a_day_is_chosen_by_its_date (void)
{
  GtkWidget       *window = gtk_window_new ();
  GtkWidget       *button = td_day_button_new ();
  GtkWidget       *menu, *popover, *entry, *calendar, *take;
  guint            n_changes = 0;
  g_autofree char *near = td_day_button_format (LAST, LAST - 40);
  g_autofree char *far = td_day_button_format (LAST, LAST - 400);

  g_assert_cmpstr (near, ==, "Fri 20/11");
  g_assert_cmpstr (far, ==, "Fri 20/11/2026");

  td_day_button_set_texts (TD_DAY_BUTTON (button), "Today", "_Back");
  td_day_button_set_span (TD_DAY_BUTTON (button), LAST - 30, LAST);
  g_signal_connect (button, "changed", G_CALLBACK (changed_cb), &n_changes);
  gtk_window_set_child (GTK_WINDOW (window), button);
  gtk_window_present (GTK_WINDOW (window));
  menu = find (button, GTK_TYPE_MENU_BUTTON, NULL);
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (menu)), ==, "Today");

  while (!gtk_widget_get_mapped (button))
    g_main_context_iteration (NULL, TRUE);
  td_day_button_open (TD_DAY_BUTTON (button));
  popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (menu)));
  while (!gtk_widget_get_mapped (popover))
    g_main_context_iteration (NULL, TRUE);
  entry = find (popover, GTK_TYPE_ENTRY, NULL);
  calendar = find (popover, GTK_TYPE_CALENDAR, NULL);
  take = find (popover, GTK_TYPE_BUTTON, "suggested-action");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "2026-11-20");

  /* What is no date, too early or not over cannot be shown. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "2026-11-");
  g_assert_false (gtk_widget_get_sensitive (take));
  gtk_editable_set_text (GTK_EDITABLE (entry), "2026-02-30");
  g_assert_false (gtk_widget_get_sensitive (take));
  gtk_editable_set_text (GTK_EDITABLE (entry), "2026-11-21");
  g_assert_false (gtk_widget_get_sensitive (take));
  gtk_editable_set_text (GTK_EDITABLE (entry), "2026-10-20");
  g_assert_false (gtk_widget_get_sensitive (take));

  /* The calendar follows what is written, and the other way round. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "2026-11-19");
  g_assert_true (gtk_widget_get_sensitive (take));
  {
    g_autoptr (GDateTime) shown = gtk_calendar_get_date (GTK_CALENDAR (calendar));
    g_autoptr (GDateTime) wanted = g_date_time_new_utc (2026, 11, 18, 0, 0, 0);

    g_assert_cmpint (g_date_time_get_day_of_month (shown), ==, 19);
    gtk_calendar_select_day (GTK_CALENDAR (calendar), wanted);
  }
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "2026-11-18");

  g_assert_cmpuint (n_changes, ==, 0);
  g_signal_emit_by_name (take, "clicked");
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (td_day_button_get_day (TD_DAY_BUTTON (button)), ==, LAST - 2);
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (menu)), ==, "Wed 18/11");
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
      g_test_add_func ("/day-button/a-day-is-chosen-by-its-date", test_a_day_is_chosen_by_its_date);
    }

  return g_test_run ();
}
