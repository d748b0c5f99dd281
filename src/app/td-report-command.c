/* td-report-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-report-command.h"

#include <glib/gi18n.h>
#include <string.h>

#include "td-history-command.h"
#include "td-history-place.h"
#include "td-shift-file.h"
#include "td-shift-gatherer.h"
#include "td-shift-paper.h"
#include "td-shift-times.h"
#include "td-watch.h"

/* The source says what queues and agents are called; without it the sheet has
 * their ids. */
#define SOURCE_MS 8000

/* A long history of many queues takes its time. */
#define LEARNING_MS (5 * 60 * 1000)

typedef struct
{
  const TdProfile *profile;
  gint64           from;
  gint64           to;
  TdHistory       *history;  /* (owned) (nullable) */
  TdWatch         *watch;    /* (owned) (nullable) */
  TdCentre        *centre;   /* (owned) (nullable) */
  TdDay           *day;      /* (owned) (nullable) */
  TdOutlook       *outlook;  /* (owned) (nullable) */
  TdShiftGatherer *gatherer; /* (owned) (nullable) */
  GMainLoop       *loop;     /* (owned) */
  guint            timeout;
  TdShiftSheet    *sheet; /* (owned) (nullable) */
  GError          *error; /* (owned) (nullable) */
} Command;

static void
end (Command *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_main_loop_quit (self->loop);
}

static void
gathered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Command *self = user_data;

  self->sheet = td_shift_gatherer_gather_finish (TD_SHIFT_GATHERER (object), result, &self->error);
  end (self);
}

static void
gather (Command *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->outlook, self);
  self->gatherer = td_shift_gatherer_new (self->outlook);
  td_shift_gatherer_gather_async (self->gatherer, self->from, self->to, NULL, gathered_cb, self);
}

static void
outlook_changed_cb (TdOutlook *outlook,
                    gpointer   user_data)
{
  if (td_outlook_get_state (outlook) != TD_OUTLOOK_LEARNING)
    gather (user_data);
}

static gboolean
learning_is_over_cb (gpointer user_data)
{
  Command *self = user_data;

  self->timeout = 0;
  g_printerr (_ ("tongdai: what is normal was not learnt in time; the sheet is without it\n"));
  gather (self);

  return G_SOURCE_REMOVE;
}

/* The names are there, or will not come. */
static void
learn (Command *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (LEARNING_MS, learning_is_over_cb, self);
  if (td_outlook_get_state (self->outlook) != TD_OUTLOOK_LEARNING)
    gather (self);
}

static void
read_ids_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Command *self = user_data;
  g_autoptr (TdIntervals) intervals = td_history_read_finish (TD_HISTORY (object), result, &self->error);
  TdSnapshotBuilder *builder;
  g_autoptr (TdSnapshot) snapshot = NULL;
  TdCentreInfo centre;

  if (intervals == NULL)
    {
      end (self);
      return;
    }

  builder = td_snapshot_builder_new ();
  td_centre_info_init (&centre);
  centre.name = self->profile->title;
  centre.timezone = self->profile->timezone;
  centre.service_level_ms = self->profile->service_level_ms;
  centre.short_abandon_ms = self->profile->short_abandon_ms;
  td_snapshot_builder_set_revision (builder, 1, "history");
  td_snapshot_builder_set_at (builder, g_get_real_time ());
  td_snapshot_builder_set_centre (builder, &centre);
  for (guint i = 0; i < td_intervals_get_n_queues (intervals); i++)
    {
      TdQueueInfo queue;

      td_queue_info_init (&queue);
      queue.id = td_intervals_get_queue (intervals, i);
      for (guint k = 0; k < self->profile->queues->len; k++)
        {
          const TdProfileQueue *known = g_ptr_array_index (self->profile->queues, k);

          if (g_str_equal (known->id, queue.id))
            {
              queue.name = known->name;
              queue.hotline = known->hotline;
            }
        }
      td_snapshot_builder_add_queue (builder, &queue);
    }
  snapshot = td_snapshot_builder_end (builder);
  learn (self);
  td_centre_apply (self->centre, snapshot, &self->error);
}

static gboolean
source_is_silent_cb (gpointer user_data)
{
  Command *self = user_data;

  self->timeout = 0;
  g_signal_handlers_disconnect_by_data (self->centre, self);
  if (self->watch != NULL)
    {
      td_watch_stop (self->watch);
      g_printerr (_ ("tongdai: the source says nothing; queues are called by their ids, and of agents nothing is known\n"));
    }
  td_history_read_async (self->history, NULL, self->from, MIN (self->to, self->from + 12 * G_TIME_SPAN_HOUR), NULL, read_ids_cb, self);

  return G_SOURCE_REMOVE;
}

static void
centre_changed_cb (TdCentre        *centre,
                   const TdChanges *changes,
                   gpointer         user_data)
{
  Command *self = user_data;

  g_signal_handlers_disconnect_by_data (centre, self);
  learn (self);
}

/* How the numbers are judged, as the program does it. */
static void
judge (Command *self)
{
  td_centre_set_service_level_formula (self->centre, self->profile->formula);
  td_centre_set_service_level_target (self->centre, self->profile->service_level_target);
  td_outlook_set_own_days (self->outlook, self->profile->holidays);
  td_outlook_set_hours (self->outlook, self->profile->opens, self->profile->closes);
}

static void
make_sheet (Command   *self,
            TdBackend *backend)
{
  g_autofree char *place = td_history_place_get (self->profile->name);

  if (!g_file_test (place, G_FILE_TEST_EXISTS))
    {
      g_set_error (&self->error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_FAILED, _ ("there is no history of “%s” yet"), self->profile->name);
      return;
    }

  self->loop = g_main_loop_new (NULL, FALSE);
  self->history = td_history_new (place);
  if (backend != NULL)
    {
      self->watch = td_watch_new (backend, NULL);
      self->centre = g_object_ref (td_watch_get_centre (self->watch));
      self->day = g_object_ref (td_watch_get_day (self->watch));
    }
  else
    {
      self->centre = td_centre_new ();
      self->day = td_day_new (self->centre);
    }
  self->outlook = td_outlook_new (self->centre, self->day, self->history);
  judge (self);
  g_signal_connect (self->outlook, "changed", G_CALLBACK (outlook_changed_cb), self);
  g_signal_connect (self->centre, "changed", G_CALLBACK (centre_changed_cb), self);
  self->timeout = g_timeout_add (backend != NULL ? SOURCE_MS : 0, source_is_silent_cb, self);
  if (self->watch != NULL)
    td_watch_start (self->watch);
  g_main_loop_run (self->loop);
}

static void
clear (Command *self)
{
  if (self->watch != NULL)
    td_watch_stop (self->watch);
  if (self->history != NULL)
    td_history_close (self->history);
  g_clear_object (&self->gatherer);
  g_clear_object (&self->outlook);
  g_clear_object (&self->day);
  g_clear_object (&self->centre);
  g_clear_object (&self->watch);
  g_clear_object (&self->history);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->sheet, td_shift_sheet_free);
  g_clear_error (&self->error);
}

static void
write_sheet (Command    *self,
             const char *path)
{
  g_autoptr (TdPaper) paper = td_shift_paper_new (self->sheet);
  g_autofree char *title = td_shift_paper_get_title (self->sheet);

  if (g_str_has_suffix (path, ".png"))
    td_shift_paper_save_png (paper, path, &self->error);
  else
    td_shift_paper_save_pdf (paper, title, path, &self->error);
}

/* A note that was begun stands on the sheet. */
static void
find_kept (Command    *self,
           const char *path)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    self->sheet = td_shift_file_load (path, self->from, self->to, &self->error);
}

/**
 * td_report_command_run:
 * @options: of which @report and @output are given
 * @profile: whose shift it is
 * @backend: (nullable): its source, for the names of queues and agents
 *
 * Writes the sheet of a shift, as it was handed over or as the history has it,
 * and says on standard error why not. Needs no display.
 *
 * Returns: whether it was written
 */
gboolean
td_report_command_run (const TdOptions *options,
                       const TdProfile *profile,
                       TdBackend       *backend)
{
  Command self = { .profile = profile };
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *place = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr (TdShiftSheet) kept = NULL;
  gboolean done;

  g_return_val_if_fail (options != NULL && options->report != NULL && options->output != NULL, FALSE);
  g_return_val_if_fail (profile != NULL, FALSE);

  zone = td_history_command_get_zone (profile);
  place = td_history_place_get (profile->name);
  folder = td_shift_file_get_folder (place);
  if (td_shift_times_parse (options->report, zone, &self.from, &self.to, &self.error))
    {
      path = td_shift_file_get_path (folder, self.from, self.to, zone);
      find_kept (&self, path);
    }
  if (self.error == NULL && (self.sheet == NULL || !td_shift_sheet_is_frozen (self.sheet)))
    {
      kept = g_steal_pointer (&self.sheet);
      make_sheet (&self, backend);
      if (kept != NULL && self.sheet != NULL)
        {
          self.sheet->giver = g_steal_pointer (&kept->giver);
          self.sheet->taker = g_steal_pointer (&kept->taker);
          self.sheet->note = g_steal_pointer (&kept->note);
        }
    }
  if (self.error == NULL && self.sheet != NULL)
    write_sheet (&self, options->output);

  done = self.error == NULL && self.sheet != NULL;
  if (!done)
    g_printerr ("tongdai: %s\n", self.error != NULL ? self.error->message : "");
  clear (&self);

  return done;
}
