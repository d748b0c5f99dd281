/* td-holiday-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-holiday-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "td-own-days.h"
#include "td-row-note.h"

#define MAX_NAME_CHARS 60
#define LEAP_YEAR 2024

/* What is asked for on the screen. */
typedef struct
{
  GHashTable         *days; /* (owned) (element-type utf8 utf8) */
  char               *date; /* (owned) (nullable): of the day that is edited */
  TdHolidayDialogDone done;
  GObject            *object; /* (owned) */
  AdwMessageDialog   *dialog;
  AdwEntryRow        *name;
  AdwEntryRow        *day;
  GtkSwitch          *yearly;
} Question;

static void
question_free (Question *question)
{
  g_hash_table_unref (question->days);
  g_free (question->date);
  g_object_unref (question->object);
  g_free (question);
}

static char *
get_name (Question *question)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (question->name))));
}

/* Returns the date as the profile has it, or NULL with what is wrong. */
static char *
get_date (Question    *question,
          const char **reason)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (question->day))));
  g_autofree char *date = NULL;
  guint            year, month, day;

  *reason = NULL;
  if (!td_own_days_parse (text, &year, &month, &day))
    *reason = _ ("A date such as 2026-12-25");
  else if (year == 0 && !gtk_switch_get_active (question->yearly))
    *reason = _ ("The year is missing");
  if (*reason != NULL)
    return NULL;

  date = td_own_days_format (gtk_switch_get_active (question->yearly) ? 0 : year, month, day);
  if (g_strcmp0 (date, question->date) != 0 && g_hash_table_contains (question->days, date))
    {
      *reason = _ ("This date is in the list already");
      return NULL;
    }

  return g_steal_pointer (&date);
}

static void
update (Question *question)
{
  const char      *reason;
  g_autofree char *name = get_name (question);
  g_autofree char *date = get_date (question, &reason);

  td_row_note_set (GTK_WIDGET (question->day), reason);
  adw_message_dialog_set_response_enabled (question->dialog, "save", date != NULL && *name != '\0');
}

static void
name_changed_cb (Question *question)
{
  const char      *text = gtk_editable_get_text (GTK_EDITABLE (question->name));
  g_autofree char *cut = NULL;

  if (g_utf8_strlen (text, -1) > MAX_NAME_CHARS)
    {
      cut = g_utf8_substring (text, 0, MAX_NAME_CHARS);
      gtk_editable_set_text (GTK_EDITABLE (question->name), cut);
    }
  update (question);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  const char      *reason;
  g_autofree char *name = get_name (question);
  g_autofree char *date = get_date (question, &reason);

  if (!g_str_equal (response, "save") || date == NULL || *name == '\0')
    return;

  if (question->date != NULL)
    g_hash_table_remove (question->days, question->date);
  g_hash_table_insert (question->days, g_steal_pointer (&date), g_steal_pointer (&name));
  question->done (question->object);
}

/* A day of every year is shown in one that has it. */
static char *
format_date (const char *date,
             guint       shown_year)
{
  guint year, month, day;

  if (date == NULL || !td_own_days_parse (date, &year, &month, &day))
    return g_strdup ("");
  if (year == 0)
    year = g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)shown_year) ? shown_year : LEAP_YEAR;

  return td_own_days_format (year, month, day);
}

static AdwEntryRow *
add_entry (AdwPreferencesGroup *group,
           const char          *title,
           const char          *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_preferences_group_add (group, row);

  return ADW_ENTRY_ROW (row);
}

static GtkWidget *
create_form (Question *question,
             guint     year)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  const char          *name = question->date != NULL ? g_hash_table_lookup (question->days, question->date) : NULL;
  g_autofree char     *date = format_date (question->date, year);
  GtkWidget           *row = adw_action_row_new ();

  question->name = add_entry (group, _ ("Name"), name != NULL ? name : "");
  question->day = add_entry (group, _ ("Date (year-month-day)"), date);

  question->yearly = GTK_SWITCH (gtk_switch_new ());
  gtk_switch_set_active (question->yearly, question->date != NULL && strlen (question->date) < strlen (date));
  gtk_widget_set_valign (GTK_WIDGET (question->yearly), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Every year"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (question->yearly));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (question->yearly));
  adw_preferences_group_add (group, row);

  g_signal_connect_swapped (question->name, "changed", G_CALLBACK (name_changed_cb), question);
  g_signal_connect_swapped (question->day, "changed", G_CALLBACK (update), question);
  g_signal_connect_swapped (question->yearly, "notify::active", G_CALLBACK (update), question);

  return GTK_WIDGET (group);
}

/**
 * td_holiday_dialog_present:
 * @parent: over which it opens
 * @days: (element-type utf8 utf8): days as td_own_days_new() has them; gets the answer
 * @date: (nullable): which of them is edited, or %NULL for a new one
 * @year: in which a day of every year is shown
 * @done: called once @days is another
 * @object: (type GObject): is given to @done
 *
 * Asks for the name and the date of a centre's own day.
 */
void
td_holiday_dialog_present (GtkWidget          *parent,
                           GHashTable         *days,
                           const char         *date,
                           guint               year,
                           TdHolidayDialogDone done,
                           gpointer            object)
{
  Question  *question = g_new0 (Question, 1);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)),
                                              date != NULL ? _ ("A Day of the Centre’s Own") : _ ("Add a Day of the Centre’s Own"),
                                              _ ("It is learnt and judged as a holiday, and teaches nothing of its weekday."));

  question->days = g_hash_table_ref (days);
  question->date = g_strdup (date);
  question->done = done;
  question->object = g_object_ref (object);
  question->dialog = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (question->dialog,
                                    "cancel", _ ("_Cancel"),
                                    "save", date != NULL ? _ ("_Save") : _ ("_Add"),
                                    NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (question->dialog, "save");
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_extra_child (question->dialog, create_form (question, year));
  adw_message_dialog_set_response_enabled (question->dialog, "save", date != NULL);

  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), question);
  g_object_set_data_full (G_OBJECT (dialog), "question", question, (GDestroyNotify)question_free);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
}
