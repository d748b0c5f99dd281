/* td-page-export.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-page-export.h"

#include <glib/gi18n.h>

#include "td-alerts-page.h"
#include "td-page-csv.h"
#include "td-rates-page.h"
#include "td-report-page.h"
#include "td-save-dialog.h"

/* What is to be written, as it was when it was asked for. */
typedef struct
{
  GBytes    *bytes;  /* (owned) (nullable) */
  GtkWidget *page;   /* (owned) */
  TdWindow  *window; /* (owned) */
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_object_unref (self->page);
  g_object_unref (self->window);
  g_free (self);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TdWindow) window = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    td_window_say (window, error->message);
  else
    td_window_say (window, _ ("The file was written."));
}

static void
chosen_cb (GFile   *file,
           gpointer user_data)
{
  Export *self = g_object_get_data (user_data, "export");

  if (TD_IS_RATES_PAGE (self->page))
    td_rates_page_export (TD_RATES_PAGE (self->page), file);
  else if (self->bytes != NULL)
    g_file_replace_contents_bytes_async (file, self->bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, written_cb,
                                         g_object_ref (self->window));
}

/**
 * td_page_export_ask:
 * @window: a window
 * @watch: what it watches
 * @page: its page
 *
 * Asks where what the page shows now is to be written as CSV.
 */
void
td_page_export_ask (TdWindow  *window,
                    TdWatch   *watch,
                    GtkWidget *page)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d-%H%M");
  g_autofree char *name = NULL;
  Export          *self;

  g_return_if_fail (TD_IS_WINDOW (window));
  g_return_if_fail (TD_IS_WATCH (watch));
  g_return_if_fail (GTK_IS_WIDGET (page));

  self = g_new0 (Export, 1);
  self->page = g_object_ref (page);
  self->window = g_object_ref (window);
  if (TD_IS_REPORT_PAGE (page))
    self->bytes = td_report_page_get_csv (TD_REPORT_PAGE (page));
  else if (TD_IS_ALERTS_PAGE (page))
    self->bytes = td_alerts_page_get_csv (TD_ALERTS_PAGE (page));
  else if (g_strcmp0 (td_window_get_page (window), "agents") == 0)
    self->bytes = td_page_csv_agents (td_watch_get_centre (watch), td_watch_get_now (watch));
  else
    self->bytes = td_page_csv_queues (td_watch_get_centre (watch), td_watch_get_waits (watch), td_watch_get_now (watch));
  g_object_set_data_full (owner, "export", self, export_free);

  name = g_strdup_printf ("%s-%s.csv", td_window_get_page (window), time);
  td_save_dialog_show (GTK_WIDGET (window), _ ("Export This Page"), _ ("_Export"), name, chosen_cb, owner);
}
