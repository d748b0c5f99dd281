/* td-incident-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-incident-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

static const guint snooze_minutes[] = { 15, 30, 60, 120, 240, 480 };

#define USUAL_SNOOZE 1

/* A question that stands on the screen. */
typedef struct
{
  AdwMessageDialog *dialog;
  TdAlertDesk      *desk;     /* (owned) */
  TdIncident       *incident; /* (owned) */
  TdIncidentEvent   event;
  GtkEditable      *who;
  GtkEditable      *to;   /* (nullable) */
  GtkEditable      *text; /* (nullable) */
  GtkDropDown      *span; /* (nullable) */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->desk);
  g_object_unref (question->incident);
  g_free (question);
}

static gboolean
is_filled (GtkEditable *entry)
{
  g_autofree char *text = NULL;

  if (entry == NULL)
    return TRUE;
  text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  return *text != '\0';
}

/* A note may be left out; a reason, and names, may not. */
static gboolean
is_answered (Question *question)
{
  return is_filled (question->who) && is_filled (question->to) &&
         (question->event == TD_INCIDENT_EVENT_CLOSED || is_filled (question->text));
}

static void
changed_cb (Question *question)
{
  adw_message_dialog_set_response_enabled (question->dialog, "do", is_answered (question));
}

static void
activate_cb (Question *question)
{
  if (is_answered (question))
    adw_message_dialog_response (question->dialog, "do");
}

static char *
get_text (GtkEditable *entry)
{
  return entry != NULL ? g_strstrip (g_strdup (gtk_editable_get_text (entry))) : NULL;
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autofree char *who = get_text (question->who);
  g_autofree char *to = get_text (question->to);
  g_autofree char *text = get_text (question->text);
  g_autoptr (GError) error = NULL;
  gint64 until = TD_UNKNOWN;

  if (!g_str_equal (response, "do"))
    return;

  if (question->span != NULL)
    until = td_alert_desk_get_now (question->desk) +
            snooze_minutes[MIN (gtk_drop_down_get_selected (question->span), G_N_ELEMENTS (snooze_minutes) - 1)] * G_TIME_SPAN_MINUTE;
  td_alert_desk_set_who (question->desk, who);
  if (!td_alert_desk_act (question->desk, question->incident, question->event, who, to, text, until, &error))
    /* Somebody else was quicker; the page shows what is so now. */
    g_info ("%s", error->message);
}

static GtkEditable *
add_entry (Question   *question,
           GtkWidget  *box,
           const char *label,
           const char *text,
           int         max_length)
{
  GtkWidget *caption = gtk_label_new (label);
  GtkWidget *entry = gtk_entry_new ();

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_entry_set_max_length (GTK_ENTRY (entry), max_length);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), question);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (activate_cb), question);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), entry);

  return GTK_EDITABLE (entry);
}

static char *
format_span (guint minutes)
{
  if (minutes < 60)
    return g_strdup_printf (ngettext ("%u minute", "%u minutes", minutes), minutes);

  return g_strdup_printf (ngettext ("%u hour", "%u hours", minutes / 60), minutes / 60);
}

static void
add_span (Question  *question,
          GtkWidget *box)
{
  g_autoptr (GtkStringList) texts = gtk_string_list_new (NULL);
  GtkWidget *choice;

  for (guint i = 0; i < G_N_ELEMENTS (snooze_minutes); i++)
    {
      g_autofree char *text = format_span (snooze_minutes[i]);

      gtk_string_list_append (texts, text);
    }
  choice = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&texts)), NULL);
  question->span = GTK_DROP_DOWN (choice);
  gtk_drop_down_set_selected (question->span, USUAL_SNOOZE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("For how long"), -1);
  gtk_box_append (GTK_BOX (box), choice);
}

static const char *
get_heading (TdIncidentEvent event)
{
  return event == TD_INCIDENT_EVENT_HANDED_OVER ? _ ("Hand over")
         : event == TD_INCIDENT_EVENT_SNOOZED   ? _ ("Put off")
                                                : _ ("Close");
}

/**
 * td_incident_dialog_open:
 * @parent: a widget of the window that it stands over
 * @desk: where the alerts are kept
 * @incident: one of its incidents
 * @event: handed over, snoozed or closed
 *
 * Asks what has to be known for it, and does it.
 */
void
td_incident_dialog_open (GtkWidget      *parent,
                         TdAlertDesk    *desk,
                         TdIncident     *incident,
                         TdIncidentEvent event)
{
  GtkRoot          *root = gtk_widget_get_root (parent);
  Question         *question = g_new0 (Question, 1);
  AdwMessageDialog *dialog;
  GtkWidget        *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  question->desk = g_object_ref (desk);
  question->incident = g_object_ref (incident);
  question->event = event;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, get_heading (event),
                                                       td_incident_get_title (incident)));
  question->dialog = dialog;
  g_object_set_data_full (G_OBJECT (dialog), "td-question", question, (GDestroyNotify)question_free);

  if (event == TD_INCIDENT_EVENT_HANDED_OVER)
    question->to = add_entry (question, box, _ ("To whom"), NULL, TD_INCIDENT_MAX_WHO / 4);
  else if (event == TD_INCIDENT_EVENT_SNOOZED)
    {
      question->text = add_entry (question, box, _ ("Reason"), NULL, TD_INCIDENT_MAX_TEXT / 4);
      add_span (question, box);
    }
  else
    question->text = add_entry (question, box, _ ("What was it? (may be left empty)"), NULL, TD_INCIDENT_MAX_TEXT / 4);
  question->who = add_entry (question, box, _ ("Your name"), td_alert_desk_get_who (desk), TD_INCIDENT_MAX_WHO / 4);
  adw_message_dialog_set_extra_child (dialog, box);

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "do", get_heading (event), NULL);
  adw_message_dialog_set_response_appearance (dialog, "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "do");
  adw_message_dialog_set_close_response (dialog, "cancel");
  changed_cb (question);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), question);
  gtk_window_present (GTK_WINDOW (dialog));
}
