/* td-wall-message-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-message-dialog.h"

#include <glib/gi18n.h>

#include "td-format.h"
#include "td-types.h"
#include "td-wall-message.h"
#include "td-wall.h"

/* For how long a message stays, minutes; 0 until it is taken down. */
static const guint spans[] = { 0, 30, 60, 120, 240, 480 };

/* What is asked for on the screen. */
typedef struct
{
  char             *path; /* (owned) */
  AdwMessageDialog *dialog;
  GtkTextBuffer    *text;
  GtkLabel         *count;
  GtkDropDown      *span;
} Question;

static void
question_free (Question *question)
{
  g_free (question->path);
  g_free (question);
}

/* On one line: a wall breaks lines where its screen wants it. */
static char *
get_text (Question *question)
{
  GtkTextIter      start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (question->text, &start, &end);
  text = gtk_text_buffer_get_text (question->text, &start, &end, FALSE);
  g_strdelimit (text, "\r\n\t", ' ');

  return g_strdup (g_strstrip (text));
}

static void
update (Question *question)
{
  g_autofree char *text = get_text (question);
  glong            length = g_utf8_strlen (text, -1);
  g_autofree char *count = NULL;

  /* Translators: so many characters of at most so many. */
  count = g_strdup_printf (_ ("%ld of %d characters"), length, TD_WALL_MAX_MESSAGE);
  gtk_label_set_text (question->count, count);
  if (length > TD_WALL_MAX_MESSAGE)
    gtk_widget_add_css_class (GTK_WIDGET (question->count), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (question->count), "error");
  adw_message_dialog_set_response_enabled (question->dialog, "show", length > 0 && length <= TD_WALL_MAX_MESSAGE);
}

static void
tell_failure (Question     *question,
              const GError *error)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (question->dialog));
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("The Message Cannot Be Written"), error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autoptr (GError) error = NULL;
  g_auto (TdWallMessage) message = TD_WALL_MESSAGE_NONE;

  if (g_str_equal (response, "show"))
    {
      guint span = spans[MIN (gtk_drop_down_get_selected (question->span), G_N_ELEMENTS (spans) - 1)];

      message.text = get_text (question);
      message.since = g_get_real_time ();
      if (span > 0)
        message.until = g_get_real_time () + (gint64)span * G_TIME_SPAN_MINUTE;
    }
  else if (!g_str_equal (response, "remove"))
    return;

  if (!td_wall_message_save (question->path, &message, &error))
    tell_failure (question, error);
}

static GtkWidget *
create_spans (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Stays"));
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      guint            hours = spans[i] / 60;
      g_autofree char *word = NULL;

      if (spans[i] == 0)
        word = g_strdup (_ ("until it is taken down"));
      else if (hours == 0)
        word = g_strdup_printf (ngettext ("for %u minute", "for %u minutes", spans[i]), spans[i]);
      else
        word = g_strdup_printf (ngettext ("for %u hour", "for %u hours", hours), hours);
      gtk_string_list_append (words, word);
    }
  question->span = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (question->span), TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (question->span));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (question->span));

  return box;
}

static GtkWidget *
create_form (Question            *question,
             const TdWallMessage *message)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *frame = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  question->text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  if (message->text != NULL)
    gtk_text_buffer_set_text (question->text, message->text, -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Message to the walls"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), view);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (frame), TRUE);
  gtk_widget_set_size_request (frame, 380, 120);
  gtk_box_append (GTK_BOX (box), frame);

  question->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (question->count, 1);
  gtk_widget_add_css_class (GTK_WIDGET (question->count), "caption");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (question->count));
  gtk_box_append (GTK_BOX (box), create_spans (question));
  g_signal_connect_swapped (question->text, "changed", G_CALLBACK (update), question);

  return box;
}

/**
 * td_wall_message_dialog_present:
 * @parent: over which it opens
 * @path: file of the message, from td_wall_message_get_path()
 *
 * Asks what the walls of a profile should say, and for how long; and takes a
 * message down. A file that cannot be read is as none, and written anew.
 */
void
td_wall_message_dialog_present (GtkWindow  *parent,
                                const char *path)
{
  Question *question = g_new0 (Question, 1);
  g_auto (TdWallMessage) message = TD_WALL_MESSAGE_NONE;
  gboolean          is_up;
  AdwMessageDialog *dialog;

  g_return_if_fail (path != NULL);

  is_up = td_wall_message_load (path, &message, NULL) && td_wall_message_is_up (&message, g_get_real_time ());
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _ ("Message to the Walls"), NULL));
  if (is_up && TD_IS_KNOWN (message.until))
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
      g_autofree char *clock = td_format_clock (message.until, zone);

      /* Translators: a time of day. */
      adw_message_dialog_format_body (dialog, _ ("A message is up until %s."), clock);
    }
  else
    adw_message_dialog_set_body (dialog, is_up ? _ ("A message is up.") : _ ("It is shown within seconds on every wall that watches this centre from this machine, or shares its settings."));
  question->path = g_strdup (path);
  question->dialog = dialog;

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "remove", _ ("_Take Down"), "show", _ ("_Show"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "show", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "remove", is_up);
  adw_message_dialog_set_close_response (dialog, "cancel");
  if (!is_up)
    td_wall_message_clear (&message);
  adw_message_dialog_set_extra_child (dialog, create_form (question, &message));
  update (question);

  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), question);
  g_object_set_data_full (G_OBJECT (dialog), "question", question, (GDestroyNotify)question_free);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
}
