/* td-mark-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-mark-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MAX_TEXT_CHARS 60

/* In the order of TdHistoryMarkKind. */
static const char *const kinds[] = {
  NC_ ("mark", "Incident"),
  NC_ ("mark", "Our own fault"),
  NC_ ("mark", "Test calls"),
  NC_ ("mark", "New normal from here on"),
};

/* What is asked for on the screen. */
typedef struct
{
  TdWatch          *watch; /* (owned) */
  TdHistoryMark    *mark;  /* (owned) */
  AdwMessageDialog *dialog;
  AdwComboRow      *kind;
  AdwComboRow      *queue;
  GPtrArray        *queues; /* (owned) (element-type utf8): ids in the order of @queue, "" for all */
  AdwEntryRow      *text;
  AdwEntryRow      *from;
  AdwEntryRow      *to;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->watch);
  td_history_mark_free (question->mark);
  g_ptr_array_unref (question->queues);
  g_free (question);
}

/**
 * td_mark_dialog_get_kind:
 * @kind: what a person said of some hours
 *
 * Returns: its name, translated
 */
const char *
td_mark_dialog_get_kind (TdHistoryMarkKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), "");

  return g_dpgettext2 (NULL, "mark", kinds[kind]);
}

static GTimeZone *
get_zone (Question *question)
{
  return td_centre_get_timezone (td_watch_get_centre (question->watch));
}

static char *
format_moment (gint64     time,
               GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup ("");
}

static gboolean
parse_moment (const char *text,
              GTimeZone  *zone,
              gint64     *time)
{
  int      year, month, day, hour, minute, end = 0;
  gboolean complete = sscanf (text, " %4d-%2d-%2d %2d:%2d %n", &year, &month, &day, &hour, &minute, &end) == 5 && text[end] == '\0';
  g_autoptr (GDateTime) moment = complete ? g_date_time_new (zone, year, month, day, hour, minute, 0) : NULL;

  if (moment == NULL)
    return FALSE;

  *time = g_date_time_to_unix (moment) * G_USEC_PER_SEC;
  return *time > 0;
}

/* An end that is left empty has not come yet. */
static gboolean
read_answer (Question      *question,
             TdHistoryMark *answer)
{
  const char *to = gtk_editable_get_text (GTK_EDITABLE (question->to));
  const char *queue = g_ptr_array_index (question->queues, adw_combo_row_get_selected (question->queue));
  gint64      now = td_watch_get_now (question->watch);

  *answer = *question->mark;
  answer->kind = adw_combo_row_get_selected (question->kind);
  answer->queue = *queue != '\0' ? (char *)queue : NULL;
  answer->text = (char *)gtk_editable_get_text (GTK_EDITABLE (question->text));
  if (*answer->text == '\0')
    answer->text = NULL;
  answer->to = TD_UNKNOWN;

  if (!parse_moment (gtk_editable_get_text (GTK_EDITABLE (question->from)), get_zone (question), &answer->from) || answer->from > now)
    return FALSE;
  if (answer->kind == TD_HISTORY_MARK_REGIME || *to == '\0')
    return TRUE;

  return parse_moment (to, get_zone (question), &answer->to) && answer->to > answer->from;
}

static void
show_error (AdwEntryRow *row,
            gboolean     wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
update (Question *question)
{
  TdHistoryMark answer;
  gint64        moment;
  gboolean      right = read_answer (question, &answer);
  gboolean      from_right = parse_moment (gtk_editable_get_text (GTK_EDITABLE (question->from)), get_zone (question), &moment) &&
                        moment <= td_watch_get_now (question->watch);

  gtk_widget_set_visible (GTK_WIDGET (question->to), adw_combo_row_get_selected (question->kind) != TD_HISTORY_MARK_REGIME);
  show_error (question->from, !from_right);
  show_error (question->to, from_right && !right);
  adw_message_dialog_set_response_enabled (question->dialog, "save", right);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  TdHistory    *history = td_watch_get_history (question->watch);
  TdHistoryMark answer;

  if (g_str_equal (response, "save") && read_answer (question, &answer))
    td_history_set_mark (history, &answer);
  else if (g_str_equal (response, "remove"))
    td_history_remove_mark (history, question->mark->id);
}

static AdwComboRow *
add_choice (AdwPreferencesGroup *group,
            const char          *title,
            GtkStringList       *texts,
            guint                selected)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (texts));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  adw_preferences_group_add (group, row);

  return ADW_COMBO_ROW (row);
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

static void
add_kinds (Question            *question,
           AdwPreferencesGroup *group)
{
  g_autoptr (GtkStringList) texts = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (texts, td_mark_dialog_get_kind (i));
  question->kind = add_choice (group, _ ("What it was"), texts, question->mark->kind);
}

static void
add_queues (Question            *question,
            AdwPreferencesGroup *group)
{
  TdRoster *queues = td_centre_get_queues (td_watch_get_centre (question->watch));
  g_autoptr (GtkStringList) texts = gtk_string_list_new (NULL);
  guint selected = 0;

  g_ptr_array_add (question->queues, g_strdup (""));
  gtk_string_list_append (texts, _ ("The whole centre"));
  for (guint i = 0; i < td_roster_get_size (queues); i++)
    {
      TdQueue *queue = td_roster_get (queues, i);

      if (g_strcmp0 (question->mark->queue, td_queue_get_id (queue)) == 0)
        selected = question->queues->len;
      g_ptr_array_add (question->queues, g_strdup (td_queue_get_id (queue)));
      gtk_string_list_append (texts, td_queue_get_title (queue));
    }
  question->queue = add_choice (group, _ ("Where"), texts, selected);
}

static void
text_changed_cb (AdwEntryRow *row)
{
  const char      *text = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autofree char *cut = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_TEXT_CHARS)
    return;

  cut = g_utf8_substring (text, 0, MAX_TEXT_CHARS);
  gtk_editable_set_text (GTK_EDITABLE (row), cut);
}

static GtkWidget *
create_form (Question *question)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  const TdHistoryMark *mark = question->mark;
  g_autofree char     *from = format_moment (mark->from, get_zone (question));
  g_autofree char     *to = TD_IS_KNOWN (mark->to) ? format_moment (mark->to, get_zone (question)) : g_strdup ("");

  add_kinds (question, group);
  add_queues (question, group);
  question->text = add_entry (group, _ ("In a few words"), mark->text != NULL ? mark->text : "");
  question->from = add_entry (group, _ ("From (year-month-day hour:minute)"), from);
  question->to = add_entry (group, _ ("To (empty while it lasts)"), to);

  g_signal_connect (question->text, "changed", G_CALLBACK (text_changed_cb), NULL);
  g_signal_connect_swapped (question->from, "changed", G_CALLBACK (update), question);
  g_signal_connect_swapped (question->to, "changed", G_CALLBACK (update), question);
  g_signal_connect_swapped (question->kind, "notify::selected", G_CALLBACK (update), question);

  return GTK_WIDGET (group);
}

/**
 * td_mark_dialog_present:
 * @parent: over which it opens
 * @watch: with a history
 * @mark: what is pinned; with an id it is edited, or removed
 *
 * Asks what some hours were, and keeps the answer.
 */
void
td_mark_dialog_present (GtkWidget           *parent,
                        TdWatch             *watch,
                        const TdHistoryMark *mark)
{
  Question  *question = g_new0 (Question, 1);
  GtkRoot   *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root),
                                              mark->id != 0 ? _ ("What These Hours Were") : _ ("Pin an Incident"),
                                              _ ("Hours that were not normal teach nothing. A new normal begins to be learnt where it is pinned."));

  question->watch = g_object_ref (watch);
  question->mark = td_history_mark_copy (mark);
  question->queues = g_ptr_array_new_with_free_func (g_free);
  question->dialog = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_response (question->dialog, "cancel", _ ("_Cancel"));
  if (mark->id != 0)
    {
      adw_message_dialog_add_response (question->dialog, "remove", _ ("_Remove"));
      adw_message_dialog_set_response_appearance (question->dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_add_response (question->dialog, "save", mark->id != 0 ? _ ("_Save") : _ ("_Pin"));
  adw_message_dialog_set_response_appearance (question->dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (question->dialog, "save");
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_extra_child (question->dialog, create_form (question));
  update (question);

  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), question);
  g_object_set_data_full (G_OBJECT (dialog), "question", question, (GDestroyNotify)question_free);
  gtk_window_present (GTK_WINDOW (dialog));
}
