/* td-shift-print.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-shift-print.h"

#include "td-shift-paper.h"

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              gpointer           user_data)
{
  TdPaper *paper = user_data;

  if (page >= 0 && (guint)page < td_paper_get_n_pages (paper))
    td_paper_draw (paper, (guint)page, FALSE, gtk_print_context_get_cairo_context (context));
}

/**
 * td_shift_print_new:
 * @sheet: a shift; it need not live longer
 * @name: what a file is called that it is printed to, without its suffix
 *
 * Returns: (transfer full): what prints its sheet on A4, to the edges
 */
GtkPrintOperation *
td_shift_print_new (const TdShiftSheet *sheet,
                    const char         *name)
{
  GtkPrintOperation *operation;
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autofree char *title = NULL;
  GtkPaperSize    *size = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  TdPaper         *paper;

  g_return_val_if_fail (sheet != NULL && name != NULL, NULL);

  /* Of its own: the one on the screen is drawn anew while the dialog is open. */
  paper = td_shift_paper_new (sheet);
  title = td_shift_paper_get_title (sheet);
  operation = gtk_print_operation_new ();
  gtk_page_setup_set_paper_size (setup, size);
  gtk_paper_size_free (size);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, name);
  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_n_pages (operation, (int)td_paper_get_n_pages (paper));
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_object_set_data_full (G_OBJECT (operation), "paper", paper, (GDestroyNotify)td_paper_free);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), paper);

  return operation;
}
