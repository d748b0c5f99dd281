/* td-save-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-save-dialog.h"

#define CHOICE "choice"

typedef struct
{
  TdSaveChosen     chosen;      /* (nullable) */
  TdSaveChosenWith chosen_with; /* (nullable) */
  GObject         *owner;       /* (owned) */
} Question;

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  Question *question = user_data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file != NULL && question->chosen_with != NULL)
    question->chosen_with (file, g_strcmp0 (gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (dialog), CHOICE), "true") == 0,
                           question->owner);
  else if (file != NULL)
    question->chosen (file, question->owner);
  g_object_unref (question->owner);
  g_free (question);
  /* One that is only hidden would keep the program from ending. */
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
show (GtkWidget      *parent,
      const char     *title,
      const char     *accept,
      const char     *name,
      const char     *choice, /* (nullable) */
      const Question *question)
{
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (parent)), GTK_FILE_CHOOSER_ACTION_SAVE,
                                        accept, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  if (choice != NULL)
    {
      gtk_file_chooser_add_choice (GTK_FILE_CHOOSER (dialog), CHOICE, choice, NULL, NULL);
      gtk_file_chooser_set_choice (GTK_FILE_CHOOSER (dialog), CHOICE, "false");
    }
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), g_memdup2 (question, sizeof *question));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * td_save_dialog_show:
 * @parent: what asks
 * @title: of the dialog
 * @accept: what its button says
 * @name: of the file, to begin with
 * @chosen: called with what was chosen
 * @owner: an object that @chosen gets; kept until the dialog is gone
 *
 * Asks where something is to be saved.
 */
void
td_save_dialog_show (GtkWidget   *parent,
                     const char  *title,
                     const char  *accept,
                     const char  *name,
                     TdSaveChosen chosen,
                     gpointer     owner)
{
  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (G_IS_OBJECT (owner));

  show (parent, title, accept, name, NULL, &(Question){ chosen, NULL, g_object_ref (owner) });
}

/**
 * td_save_dialog_show_with_choice:
 * @parent: what asks
 * @title: of the dialog
 * @accept: what its button says
 * @name: of the file, to begin with
 * @choice: what can be had besides, and is not without being asked for
 * @chosen: called with what was chosen
 * @owner: an object that @chosen gets; kept until the dialog is gone
 *
 * Asks where something is to be saved, and how.
 */
void
td_save_dialog_show_with_choice (GtkWidget       *parent,
                                 const char      *title,
                                 const char      *accept,
                                 const char      *name,
                                 const char      *choice,
                                 TdSaveChosenWith chosen,
                                 gpointer         owner)
{
  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (choice != NULL);
  g_return_if_fail (G_IS_OBJECT (owner));

  show (parent, title, accept, name, choice, &(Question){ NULL, chosen, g_object_ref (owner) });
}
