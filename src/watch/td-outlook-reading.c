/* td-outlook-reading.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-outlook-reading-private.h"

/* What goes from the main thread to the learning one and back. */
typedef struct
{
  TdOutlookLearning *learning;  /* (owned) (nullable) */
  TdIntervals       *intervals; /* (owned) (nullable): to be learnt next; %NULL: that was all */
} Reading;

static void read_next (GTask *task);

static void
reading_free (Reading *reading)
{
  g_clear_pointer (&reading->learning, td_outlook_learning_free);
  g_clear_pointer (&reading->intervals, td_intervals_unref);
  g_free (reading);
}

static void
learn_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Reading *reading = task_data;
  gboolean more = reading->intervals != NULL;

  if (more)
    td_outlook_learning_take (reading->learning, reading->intervals);
  else
    td_outlook_learning_end (reading->learning);
  g_clear_pointer (&reading->intervals, td_intervals_unref);

  g_task_return_boolean (task, more);
}

static void
learnt_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean more = g_task_propagate_boolean (G_TASK (result), &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (more)
    read_next (g_steal_pointer (&task));
  else
    g_task_return_pointer (task, g_steal_pointer (&reading->learning), (GDestroyNotify)td_outlook_learning_free);
}

/* Takes the task over, which holds what is learnt with. */
static void
learn (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GTask) worker = g_task_new (g_task_get_source_object (task), NULL, learnt_cb, task);

  g_task_set_source_tag (worker, learn);
  g_task_set_task_data (worker, reading, NULL);
  g_task_run_in_thread (worker, learn_in_thread);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  reading->intervals = td_history_read_finish (TD_HISTORY (object), result, &error);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (reading->intervals == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    learn (g_steal_pointer (&task));
}

static void
read_next (GTask *task)
{
  g_autoptr (GTask) owned = task;
  Reading *reading = g_task_get_task_data (task);
  gint64   from, to;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (td_outlook_learning_get_next (reading->learning, &from, &to))
    td_history_read_async (g_task_get_source_object (task), NULL, from, to, g_task_get_cancellable (task), read_cb,
                           g_steal_pointer (&owned));
  else
    learn (g_steal_pointer (&owned));
}

static void
flushed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* A history that cannot be written to can be read all the same. */
  if (!td_history_flush_finish (TD_HISTORY (object), result, &error))
    g_debug ("Learning without the last minutes: %s", error->message);
  read_next (user_data);
}

/**
 * td_outlook_read_async:
 * @history: what is remembered of a centre
 * @learning: (transfer full): what is to learn from it
 * @cancellable: (nullable): to give it up
 *
 * Reads what @learning asks for, a few days at a time, and learns from them in
 * a thread.
 */
void
td_outlook_read_async (TdHistory          *history,
                       TdOutlookLearning  *learning,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  GTask   *task;
  Reading *reading;

  g_return_if_fail (TD_IS_HISTORY (history));
  g_return_if_fail (learning != NULL);

  task = g_task_new (history, cancellable, callback, user_data);
  reading = g_new0 (Reading, 1);
  reading->learning = learning;
  g_task_set_source_tag (task, td_outlook_read_async);
  g_task_set_task_data (task, reading, (GDestroyNotify)reading_free);

  td_history_flush_async (history, cancellable, flushed_cb, task);
}

/**
 * td_outlook_read_finish:
 *
 * Returns: (transfer full) (nullable): the learning, which has ended
 */
TdOutlookLearning *
td_outlook_read_finish (TdHistory    *history,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, history), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
