/* td-staff-choice.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-staff-choice.h"

#include <glib/gi18n.h>

#include "td-format.h"

#define HALF_HOUR_US (G_TIME_SPAN_HOUR / 2)

static void
clear_choice (gpointer data)
{
  TdStaffChoice *choice = data;

  g_free (choice->employer);
}

static gboolean
has_choice (const GArray *choices,
            TdPlace       place,
            const char   *employer)
{
  for (guint i = 0; i < choices->len; i++)
    {
      const TdStaffChoice *choice = &g_array_index (choices, TdStaffChoice, i);

      if (choice->place == place && g_strcmp0 (choice->employer, employer) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
add_choice (GArray     *choices,
            TdPlace     place,
            const char *employer)
{
  TdStaffChoice choice = { place, NULL };

  if (has_choice (choices, place, employer))
    return;
  choice.employer = g_strdup (employer);
  g_array_append_val (choices, choice);
}

/**
 * td_staff_choices_new:
 * @plan: (nullable): who is there
 *
 * Returns: (transfer full) (element-type TdStaffChoice): employers, since they
 *   lend; then places; then all; none without a plan
 */
GArray *
td_staff_choices_new (const TdStaffPlan *plan)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (TdStaffChoice));

  g_array_set_clear_func (choices, clear_choice);
  if (plan == NULL)
    return choices;

  for (guint i = 0; i < plan->n_rows; i++)
    {
      if (plan->rows[i].employer != NULL)
        add_choice (choices, TD_PLACE_UNKNOWN, plan->rows[i].employer);
    }
  for (guint i = 0; i < plan->n_rows; i++)
    {
      if (plan->rows[i].place != TD_PLACE_UNKNOWN)
        add_choice (choices, plan->rows[i].place, NULL);
    }
  add_choice (choices, TD_PLACE_UNKNOWN, NULL);

  return choices;
}

/**
 * td_staff_choices_equal:
 * @a: (element-type TdStaffChoice): choices
 * @b: (element-type TdStaffChoice): others
 *
 * Returns: whether they are the same, in any order
 */
gboolean
td_staff_choices_equal (const GArray *a,
                        const GArray *b)
{
  gboolean equal;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  equal = a->len == b->len;
  for (guint i = 0; equal && i < b->len; i++)
    {
      const TdStaffChoice *choice = &g_array_index (b, TdStaffChoice, i);

      equal = has_choice (a, choice->place, choice->employer);
    }

  return equal;
}

/**
 * td_staff_choice_name:
 * @place: where they work, or %TD_PLACE_UNKNOWN
 * @employer: (nullable): whose they are
 *
 * Returns: (transfer full): a name for people
 */
char *
td_staff_choice_name (TdPlace     place,
                      const char *employer)
{
  if (employer == NULL && place == TD_PLACE_UNKNOWN)
    return g_strdup (_ ("Everybody"));
  if (employer == NULL)
    return g_strdup (td_format_place (place));
  if (place == TD_PLACE_UNKNOWN)
    return g_strdup (employer);

  return g_strdup_printf ("%s · %s", td_format_place (place), employer);
}

/**
 * td_staff_choice_show_times:
 * @when: where a time is chosen
 * @first: (inout): the first time that it offers, µs since 1970; 0 before it offers any
 * @now: the centre's time, µs since 1970
 * @zone: the centre's
 *
 * Offers the coming half hours; what was chosen stays chosen until it is past.
 *
 * Returns: whether others are offered than before
 */
gboolean
td_staff_choice_show_times (GtkDropDown *when,
                            gint64      *first,
                            gint64       now,
                            GTimeZone   *zone)
{
  gint64 coming = (now / HALF_HOUR_US + 1) * HALF_HOUR_US;
  gint64 chosen;
  guint  selected;
  g_autoptr (GtkStringList) names = NULL;

  g_return_val_if_fail (GTK_IS_DROP_DOWN (when), FALSE);
  g_return_val_if_fail (first != NULL, FALSE);

  if (coming == *first)
    return FALSE;

  selected = gtk_drop_down_get_selected (when);
  chosen = *first + (selected < TD_STAFF_CHOICE_N_TIMES ? selected : 0) * HALF_HOUR_US;
  *first = coming;
  names = gtk_string_list_new (NULL);
  for (guint i = 0; i < TD_STAFF_CHOICE_N_TIMES; i++)
    gtk_string_list_take (names, td_format_clock (coming + i * HALF_HOUR_US, zone));
  gtk_drop_down_set_model (when, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (when, chosen > coming ? (guint)((chosen - coming) / HALF_HOUR_US) : 0);

  return TRUE;
}

/**
 * td_staff_choice_get_time:
 * @when: where a time is chosen
 * @first: the first that it offers
 *
 * Returns: the chosen one, µs since 1970, or %TD_UNKNOWN
 */
gint64
td_staff_choice_get_time (GtkDropDown *when,
                          gint64       first)
{
  guint selected;

  g_return_val_if_fail (GTK_IS_DROP_DOWN (when), TD_UNKNOWN);

  selected = gtk_drop_down_get_selected (when);

  return first > 0 && selected < TD_STAFF_CHOICE_N_TIMES ? first + selected * HALF_HOUR_US : TD_UNKNOWN;
}
