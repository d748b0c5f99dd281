/* td-shift-store.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-shift-store.h"

#include <gio/gio.h>

/* One file that is to be written. */
typedef struct
{
  char *path;
  char *text;
} Job;

struct _TdShiftStore
{
  GObject parent_instance;

  GQueue   jobs;       /* (element-type Job): of which none was begun */
  gboolean is_writing; /* its callback is still to come */

  GMutex   mutex;
  GCond    cond;
  gboolean in_thread; /* (mutex mutex) */
};

enum {
  SAVED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdShiftStore, td_shift_store, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
job_free (Job *job)
{
  g_free (job->path);
  g_free (job->text);
  g_free (job);
}

static void write_next (TdShiftStore *self);

static void
write_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  TdShiftStore *self = source_object;
  const Job    *job = task_data;
  g_autoptr (GError) error = NULL;
  gboolean done = td_shift_file_write (job->text, job->path, &error);

  g_mutex_lock (&self->mutex);
  self->in_thread = FALSE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  TdShiftStore *self = TD_SHIFT_STORE (object);
  g_autoptr (GError) error = NULL;

  self->is_writing = FALSE;
  g_task_propagate_boolean (G_TASK (result), &error);
  write_next (self);
  g_signal_emit (self, signals[SAVED], 0, error != NULL ? error->message : NULL);
}

static void
write_next (TdShiftStore *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->is_writing || g_queue_is_empty (&self->jobs))
    return;

  self->is_writing = TRUE;
  self->in_thread = TRUE;
  task = g_task_new (self, NULL, written_cb, NULL);
  g_task_set_source_tag (task, write_next);
  g_task_set_task_data (task, g_queue_pop_head (&self->jobs), (GDestroyNotify)job_free);
  g_task_run_in_thread (task, write_in_thread);
}

static void
td_shift_store_finalize (GObject *object)
{
  TdShiftStore *self = TD_SHIFT_STORE (object);

  g_queue_clear_full (&self->jobs, (GDestroyNotify)job_free);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);

  G_OBJECT_CLASS (td_shift_store_parent_class)->finalize (object);
}

static void
td_shift_store_class_init (TdShiftStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_shift_store_finalize;

  signals[SAVED] = g_signal_new ("saved", TD_TYPE_SHIFT_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
td_shift_store_init (TdShiftStore *self)
{
  g_queue_init (&self->jobs);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
}

TdShiftStore *
td_shift_store_new (void)
{
  return g_object_new (TD_TYPE_SHIFT_STORE, NULL);
}

/**
 * td_shift_store_save:
 * @self: a store
 * @sheet: a shift, as it is now
 * @path: its file
 */
void
td_shift_store_save (TdShiftStore       *self,
                     const TdShiftSheet *sheet,
                     const char         *path)
{
  Job *job;

  g_return_if_fail (TD_IS_SHIFT_STORE (self));
  g_return_if_fail (sheet != NULL && path != NULL);

  for (GList *l = self->jobs.head; l != NULL; l = l->next)
    {
      if (!g_str_equal (((Job *)l->data)->path, path))
        continue;
      job_free (l->data);
      g_queue_delete_link (&self->jobs, l);
      break;
    }
  job = g_new (Job, 1);
  *job = (Job){ g_strdup (path), td_shift_file_to_json (sheet) };
  g_queue_push_tail (&self->jobs, job);
  write_next (self);
}

gboolean
td_shift_store_is_saving (TdShiftStore *self)
{
  g_return_val_if_fail (TD_IS_SHIFT_STORE (self), FALSE);

  return self->is_writing || !g_queue_is_empty (&self->jobs);
}

/**
 * td_shift_store_finish:
 * @self: a store
 *
 * Writes what is still to be written, before it returns: for when the program
 * ends, or its files are about to be read.
 */
void
td_shift_store_finish (TdShiftStore *self)
{
  g_return_if_fail (TD_IS_SHIFT_STORE (self));

  g_mutex_lock (&self->mutex);
  while (self->in_thread)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  while (!g_queue_is_empty (&self->jobs))
    {
      Job *job = g_queue_pop_head (&self->jobs);
      g_autoptr (GError) error = NULL;

      td_shift_file_write (job->text, job->path, &error);
      job_free (job);
      g_signal_emit (self, signals[SAVED], 0, error != NULL ? error->message : NULL);
    }
}
