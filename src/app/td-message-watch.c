/* td-message-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-message-watch.h"

#include "td-file-watch.h"
#include "td-types.h"

struct _TdMessageWatch
{
  GObject parent_instance;

  TdFileWatch  *file; /* (owned) */
  TdWallMessage message;
  gboolean      is_reading;
  gboolean      is_unread;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdMessageWatch, td_message_watch, G_TYPE_OBJECT)

static void
free_message (gpointer data)
{
  TdWallMessage *message = data;

  td_wall_message_clear (message);
  g_free (message);
}

static void
load (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  TdWallMessage *message = g_new0 (TdWallMessage, 1);
  GError        *error = NULL;

  if (td_wall_message_load (task_data, message, &error))
    {
      g_task_return_pointer (task, message, free_message);
      return;
    }
  g_free (message);
  g_task_return_error (task, error);
}

static void read_file (TdMessageWatch *self);

/* What cannot be read leaves the last that could be. */
static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GWeakRef *reference = user_data;
  g_autoptr (TdMessageWatch) self = g_weak_ref_get (reference);
  g_autoptr (GError) error = NULL;
  TdWallMessage *message = g_task_propagate_pointer (G_TASK (result), &error);

  g_weak_ref_clear (reference);
  g_free (reference);
  if (self != NULL)
    {
      self->is_reading = FALSE;
      if (message != NULL)
        {
          td_wall_message_clear (&self->message);
          self->message = *message;
          *message = (TdWallMessage)TD_WALL_MESSAGE_NONE;
          g_signal_emit (self, signals[CHANGED], 0);
        }
      else
        g_printerr ("tongdai: %s\n", error->message);
      if (self->is_unread)
        read_file (self);
    }
  if (message != NULL)
    free_message (message);
}

static void
read_file (TdMessageWatch *self)
{
  g_autoptr (GTask) task = NULL;
  GWeakRef *reference;

  self->is_unread = self->is_reading;
  if (self->is_reading)
    return;

  self->is_reading = TRUE;
  reference = g_new0 (GWeakRef, 1);
  g_weak_ref_init (reference, self);
  task = g_task_new (NULL, NULL, loaded_cb, reference);
  g_task_set_source_tag (task, read_file);
  g_task_set_task_data (task, g_strdup (td_file_watch_get_path (self->file)), g_free);
  g_task_run_in_thread (task, load);
}

static void
td_message_watch_finalize (GObject *object)
{
  TdMessageWatch *self = TD_MESSAGE_WATCH (object);

  g_clear_object (&self->file);
  td_wall_message_clear (&self->message);

  G_OBJECT_CLASS (td_message_watch_parent_class)->finalize (object);
}

static void
td_message_watch_class_init (TdMessageWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_message_watch_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_message_watch_init (TdMessageWatch *self)
{
  self->message = (TdWallMessage)TD_WALL_MESSAGE_NONE;
}

/**
 * td_message_watch_new:
 * @profile: (nullable): name of a profile, or %NULL for what is watched without one
 *
 * Returns: (transfer full): a watch that reads the file soon
 */
TdMessageWatch *
td_message_watch_new (const char *profile)
{
  TdMessageWatch  *self = g_object_new (TD_TYPE_MESSAGE_WATCH, NULL);
  g_autofree char *path = td_wall_message_get_path (profile);

  self->file = td_file_watch_new_unread (path);
  g_signal_connect_object (self->file, "changed", G_CALLBACK (read_file), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * td_message_watch_get_message:
 * @self: a watch
 *
 * Returns: (transfer none): what is said, as far as it was read
 */
const TdWallMessage *
td_message_watch_get_message (TdMessageWatch *self)
{
  g_return_val_if_fail (TD_IS_MESSAGE_WATCH (self), NULL);

  return &self->message;
}
