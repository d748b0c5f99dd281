/* td-history-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-command.h"

#include <glib/gi18n.h>

#include "td-history-csv.h"
#include "td-history-export.h"
#include "td-history-place.h"

typedef struct
{
  const TdOptions *options;
  GMainLoop       *loop;
  gboolean         done;
} Command;

static void
finish (Command      *self,
        const GError *error)
{
  self->done = error == NULL;
  if (error != NULL)
    g_printerr ("tongdai: %s\n", error->message);
  g_main_loop_quit (self->loop);
}

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  td_history_import_finish (TD_HISTORY (object), result, &error);
  finish (user_data, error);
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  td_history_export_finish (TD_HISTORY (object), result, &error);
  finish (user_data, error);
}

/**
 * td_history_command_get_zone:
 * @profile: (nullable): a profile
 *
 * Returns: (transfer full): the zone of its times: its own, or this machine's
 */
GTimeZone *
td_history_command_get_zone (const TdProfile *profile)
{
  GTimeZone *zone = NULL;

  if (profile != NULL && profile->timezone != NULL)
    zone = g_time_zone_new_identifier (profile->timezone);

  return zone != NULL ? zone : g_time_zone_new_local ();
}

/**
 * td_history_command_run:
 * @options: of which @import or @export is given
 * @profile: whose history it is
 *
 * Imports or exports, and says on standard error why not.
 *
 * Returns: whether it was done
 */
gboolean
td_history_command_run (const TdOptions *options,
                        const TdProfile *profile)
{
  Command self = { .options = options };
  g_autoptr (GTimeZone) zone = td_history_command_get_zone (profile);
  g_autoptr (GError) error = NULL;
  g_autofree char *place = NULL;
  g_autoptr (TdHistory) history = NULL;

  g_return_val_if_fail (options != NULL && (options->import != NULL || options->export != NULL), FALSE);
  g_return_val_if_fail (profile != NULL, FALSE);

  self.loop = g_main_loop_new (NULL, FALSE);
  if (options->import != NULL)
    {
      TdHistoryCsv *csv = td_history_csv_open (options->import, zone, options->queue, &error);

      if (csv != NULL)
        {
          place = td_history_place_make (profile->name);
          history = td_history_new (place);
          td_history_import_async (history, td_history_csv_read, csv, (GDestroyNotify)td_history_csv_free, imported_cb, &self);
        }
    }
  else
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (options->export);

      place = td_history_place_get (profile->name);
      if (!g_file_test (place, G_FILE_TEST_EXISTS))
        g_set_error (&error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_FAILED, _ ("there is no history of “%s” yet"), profile->name);
      else
        {
          history = td_history_new (place);
          td_history_export_async (history, file, zone, NULL, exported_cb, &self);
        }
    }

  if (history != NULL)
    {
      g_main_loop_run (self.loop);
      td_history_close (history);
    }
  else
    g_printerr ("tongdai: %s\n", error->message);
  g_main_loop_unref (self.loop);

  return self.done;
}
