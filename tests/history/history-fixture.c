/* history-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "history-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

char *
history_make_path (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tongdai-history-XXXXXX", &error);

  g_assert_no_error (error);

  return g_build_filename (folder, "history.db", NULL);
}

void
history_remove_all (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      g_remove (file);
    }
  g_rmdir (folder);
}

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
  g_main_context_wakeup (NULL);
}

gboolean
history_flush (TdHistory *history,
               GError   **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  td_history_flush_async (history, NULL, finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return td_history_flush_finish (history, result, error);
}

void
history_flush_well (TdHistory *history)
{
  g_autoptr (GError) error = NULL;
  gboolean done = history_flush (history, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

TdIntervals *
history_read_range (TdHistory  *history,
                    const char *queue,
                    gint64      from,
                    gint64      to)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TdIntervals *intervals;

  td_history_read_async (history, queue, from, to, NULL, finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  intervals = td_history_read_finish (history, result, &error);
  g_assert_no_error (error);

  return intervals;
}

const TdInterval *
history_find_rows (TdIntervals *intervals,
                   const char  *queue)
{
  for (guint i = 0; i < td_intervals_get_n_queues (intervals); i++)
    {
      if (strcmp (td_intervals_get_queue (intervals, i), queue) == 0)
        return td_intervals_get_rows (intervals, i);
    }

  return NULL;
}

/* What was written until now. */
TdHistoryRecords *
history_read_records (TdHistory          *history,
                      TdHistoryRecordKind kind,
                      const char         *who,
                      gint64              from,
                      gint64              to)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TdHistoryRecords *records;

  history_flush_well (history);
  td_history_read_records_async (history, kind, who, from, to, NULL, finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  records = td_history_read_records_finish (history, result, &error);
  g_assert_no_error (error);

  return records;
}

/* Lets the words of the worker come in. */
void
history_wait_for (TdHistory *history,
                  gboolean (*probe) (TdHistory *history))
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!probe (history))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (10000);
    }
}
