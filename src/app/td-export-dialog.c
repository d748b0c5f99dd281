/* td-export-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-export-dialog.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "td-history-export.h"
#include "td-save-dialog.h"

struct _TdExportDialog
{
  AdwWindow parent_instance;

  TdWatch      *watch;       /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable): of the export under way */

  GtkWidget      *form;
  AdwComboRow    *kind;
  GtkEditable    *first;
  GtkEditable    *last;
  GtkLabel       *message;
  GtkProgressBar *progress;
  GtkButton      *button;
};

G_DEFINE_FINAL_TYPE (TdExportDialog, td_export_dialog, ADW_TYPE_WINDOW)

/* In the order of the rows of @kind. */
static const struct
{
  TdHistoryExportKind kind;
  const char         *name; /* of a file */
} kinds[] = {
  { TD_HISTORY_EXPORT_MINUTES, "minutes" },
  { TD_HISTORY_EXPORT_SPANS, "spans" },
  { TD_HISTORY_EXPORT_ALERTS, "alerts" },
};

static guint
get_kind (TdExportDialog *self)
{
  return MIN (adw_combo_row_get_selected (self->kind), (guint)G_N_ELEMENTS (kinds) - 1);
}

static gboolean
read_day (TdExportDialog *self,
          GtkEditable    *entry,
          gint64         *begin,
          gint64         *end)
{
  GTimeZone *zone = td_centre_get_timezone (td_watch_get_centre (self->watch));
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) next = NULL;
  int  year, month, date;
  char rest;

  if (sscanf (gtk_editable_get_text (entry), "%4d-%2d-%2d%c", &year, &month, &date, &rest) != 3 || year < 1971 || year > 9998)
    return FALSE;

  day = g_date_time_new (zone, year, month, date, 0, 0, 0);
  if (day == NULL)
    return FALSE;

  next = g_date_time_add_days (day, 1);
  *begin = g_date_time_to_unix (day) * G_USEC_PER_SEC;
  *end = g_date_time_to_unix (next) * G_USEC_PER_SEC;

  return TRUE;
}

static gboolean
read_range (TdExportDialog *self,
            gint64         *from,
            gint64         *to)
{
  gint64 of_first, of_last;

  return read_day (self, self->first, from, &of_first) && read_day (self, self->last, &of_last, to) && *from < *to;
}

static void
update (TdExportDialog *self)
{
  gboolean runs = self->cancellable != NULL;
  gint64   from, to;

  gtk_widget_set_sensitive (self->form, !runs);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), runs);
  gtk_button_set_label (self->button, runs ? _ ("_Stop") : _ ("_Export…"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), runs || read_range (self, &from, &to));
}

static void
changed_cb (TdExportDialog *self)
{
  update (self);
}

static void
progress_cb (double   fraction,
             gpointer user_data)
{
  TdExportDialog *self = user_data;

  gtk_progress_bar_set_fraction (self->progress, CLAMP (fraction, 0, 1));
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TdExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  td_history_export_finish (TD_HISTORY (object), result, &error);
  g_clear_object (&self->cancellable);
  if (self->watch == NULL)
    return;

  if (error == NULL)
    gtk_label_set_label (self->message, _ ("The file was written."));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_label_set_label (self->message, _ ("Stopped; no file was written."));
  else
    gtk_label_set_label (self->message, error->message);
  update (self);
}

static void
chosen_cb (GFile   *file,
           gpointer user_data)
{
  TdExportDialog *self = user_data;
  gint64          from, to;

  if (self->watch == NULL || self->cancellable != NULL || !read_range (self, &from, &to))
    return;

  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_label_set_label (self->message, _ ("Writing…"));
  td_history_export_range_async (td_watch_get_history (self->watch),
                                 kinds[get_kind (self)].kind, file, td_centre_get_timezone (td_watch_get_centre (self->watch)), from, to,
                                 progress_cb, self, self->cancellable, exported_cb, g_object_ref (self));
  update (self);
}

static void
clicked_cb (TdExportDialog *self)
{
  g_autofree char *name = NULL;

  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      return;
    }

  name = g_strdup_printf ("%s-%s-%s.csv", kinds[get_kind (self)].name,
                          gtk_editable_get_text (self->first), gtk_editable_get_text (self->last));
  td_save_dialog_show (GTK_WIDGET (self), _ ("Write the History"), _ ("_Export"), name, chosen_cb, self);
}

static void
td_export_dialog_dispose (GObject *object)
{
  TdExportDialog *self = TD_EXPORT_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_export_dialog_parent_class)->dispose (object);
}

static void
td_export_dialog_class_init (TdExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_export_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/td-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TdExportDialog, form);
  gtk_widget_class_bind_template_child (widget_class, TdExportDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, TdExportDialog, first);
  gtk_widget_class_bind_template_child (widget_class, TdExportDialog, last);
  gtk_widget_class_bind_template_child (widget_class, TdExportDialog, message);
  gtk_widget_class_bind_template_child (widget_class, TdExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, TdExportDialog, button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
td_export_dialog_init (TdExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_export_dialog_new:
 * @parent: the window that it belongs to
 * @watch: what is watched; it has a history
 *
 * Returns: (transfer none): a new dialog
 */
GtkWindow *
td_export_dialog_new (GtkWindow *parent,
                      TdWatch   *watch)
{
  TdExportDialog *self;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) today = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (TD_IS_WATCH (watch) && td_watch_get_history (watch) != NULL, NULL);

  self = g_object_new (TD_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  self->watch = g_object_ref (watch);
  utc = g_date_time_new_from_unix_utc (td_watch_get_now (watch) / G_USEC_PER_SEC);
  today = g_date_time_to_timezone (utc, td_centre_get_timezone (td_watch_get_centre (watch)));
  text = g_date_time_format (today, "%Y-%m-%d");
  gtk_editable_set_text (self->first, text);
  gtk_editable_set_text (self->last, text);
  update (self);

  return GTK_WINDOW (self);
}
