/* td-report-page-out.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-report-page-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "td-save-dialog.h"
#include "td-shift-file.h"
#include "td-shift-paper.h"
#include "td-shift-print.h"

/* How a sheet leaves the page: to a file, or to a printer. */

/**
 * td_report_page_say:
 * @self: a page
 * @text: what to tell for a while
 */
void
td_report_page_say (TdReportPage *self,
                    const char   *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), adw_toast_new (markup));
}

static char *
make_name (TdReportPage *self)
{
  g_autofree char *path = td_shift_file_get_path ("", self->sheet->from, self->sheet->to, td_centre_get_timezone (td_watch_get_centre (self->watch)));
  g_autofree char *base = g_path_get_basename (path);

  base[strlen (base) - strlen (".json")] = '\0';

  /* Translators: the name of a file; date and hour follow. */
  return g_strdup_printf ("%s-%s", _ ("hand-over"), base);
}

static void
finish_saving (TdReportPage *self,
               const GError *error)
{
  td_report_page_say (self, error != NULL ? error->message : _ ("The sheet was written."));
}

static void
pdf_chosen_cb (GFile   *file,
               gpointer user_data)
{
  TdReportPage    *self = user_data;
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *title = NULL;
  g_autoptr (GError) error = NULL;

  if (self->sheet == NULL || td_paper_view_get_paper (self->view) == NULL || path == NULL)
    return;

  title = td_shift_paper_get_title (self->sheet);
  td_shift_paper_save_pdf (td_paper_view_get_paper (self->view), title, path, &error);
  finish_saving (self, error);
}

static void
png_chosen_cb (GFile   *file,
               gpointer user_data)
{
  TdReportPage    *self = user_data;
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GError) error = NULL;

  if (td_paper_view_get_paper (self->view) == NULL || path == NULL)
    return;

  td_shift_paper_save_png (td_paper_view_get_paper (self->view), path, &error);
  finish_saving (self, error);
}

/**
 * td_report_page_save_as:
 * @widget: a page
 * @action_name: "report.pdf" or "report.png"
 * @parameter: (nullable): not looked at
 *
 * Asks where to, and writes the sheet: an action of the page.
 */
void
td_report_page_save_as (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  TdReportPage    *self = TD_REPORT_PAGE (widget);
  gboolean         is_pdf = g_str_equal (action_name, "report.pdf");
  g_autofree char *base = make_name (self);
  g_autofree char *name = g_strconcat (base, is_pdf ? ".pdf" : ".png", NULL);

  td_save_dialog_show (widget, _ ("Save the Sheet"), _ ("_Save"), name, is_pdf ? pdf_chosen_cb : png_chosen_cb, self);
}

/* What went wrong shows only now: the dialog was not waited for. */
static void
printed_cb (TdReportPage           *self,
            GtkPrintOperationResult result,
            GtkPrintOperation      *operation)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    td_report_page_say (self, _ ("The sheet was sent to be printed."));
  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;

  gtk_print_operation_get_error (operation, &error);
  td_report_page_say (self, error != NULL ? error->message : _ ("The sheet could not be printed."));
}

/**
 * td_report_page_print:
 * @self: a page
 *
 * Asks for a printer, and prints the sheet.
 */
void
td_report_page_print (TdReportPage *self)
{
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (TD_IS_REPORT_PAGE (self));

  if (!self->has_figures)
    return;

  name = make_name (self);
  operation = td_shift_print_new (self->sheet, name);
  g_signal_connect_object (operation, "done", G_CALLBACK (printed_cb), self, G_CONNECT_SWAPPED);
  /* What it returns, "done" tells too. */
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL);
}
