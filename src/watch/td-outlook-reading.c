/* td-outlook-reading.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-outlook-reading-private.h"

/* What is under way: the next days are read while the last are learnt. */
typedef struct
{
  TdOutlookLearning *learning;  /* (owned) (nullable) */
  TdIntervals       *intervals; /* (owned) (nullable): read, and to be learnt next */
  guint              n_queues;
  gboolean           reading;
  gboolean           all_read;
  gboolean           studying; /* the thread has it */
  gboolean           given_up; /* the task has returned, and nothing is done any more */
} Reading;

/* What the thread is given. */
typedef struct
{
  TdOutlookLearning *learning;  /* not owned: the task holds it */
  TdIntervals       *intervals; /* (owned) (nullable): %NULL: that was all */
} Portion;

static void go_on (GTask *task);

static void
reading_free (Reading *reading)
{
  g_clear_pointer (&reading->learning, td_outlook_learning_free);
  g_clear_pointer (&reading->intervals, td_intervals_unref);
  g_free (reading);
}

static void
portion_free (Portion *portion)
{
  g_clear_pointer (&portion->intervals, td_intervals_unref);
  g_free (portion);
}

static void
learn_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Portion *portion = task_data;
  gboolean more = portion->intervals != NULL;

  if (more)
    td_outlook_learning_take (portion->learning, portion->intervals);
  else
    td_outlook_learning_end (portion->learning);
  g_clear_pointer (&portion->intervals, td_intervals_unref);

  g_task_return_boolean (task, more);
}

static void
learnt_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  gboolean more = g_task_propagate_boolean (G_TASK (result), NULL);

  reading->studying = FALSE;
  if (reading->given_up)
    return;

  if (more)
    go_on (task);
  else
    g_task_return_pointer (task, g_steal_pointer (&reading->learning), (GDestroyNotify)td_outlook_learning_free);
}

static void
learn (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GTask) worker = g_task_new (g_task_get_source_object (task), NULL, learnt_cb, g_object_ref (task));
  Portion *portion = g_new0 (Portion, 1);

  portion->learning = reading->learning;
  portion->intervals = g_steal_pointer (&reading->intervals);
  reading->studying = TRUE;
  g_task_set_source_tag (worker, learn);
  g_task_set_task_data (worker, portion, (GDestroyNotify)portion_free);
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

  reading->reading = FALSE;
  if (reading->given_up)
    return;

  reading->intervals = td_history_read_finish (TD_HISTORY (object), result, &error);
  if (reading->intervals == NULL)
    {
      reading->given_up = TRUE;
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  reading->n_queues = td_intervals_get_n_queues (reading->intervals);
  go_on (task);
}

/* Gives the thread what was read, and reads on. */
static void
go_on (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);
  gint64   from, to;

  reading->given_up = g_task_return_error_if_cancelled (task);
  if (reading->given_up)
    return;

  if (!reading->studying && (reading->intervals != NULL || reading->all_read))
    learn (task);
  if (reading->reading || reading->intervals != NULL || reading->all_read)
    return;

  reading->all_read = !td_outlook_learning_get_next (reading->learning, reading->n_queues, &from, &to);
  if (!reading->all_read)
    {
      reading->reading = TRUE;
      td_history_read_async (g_task_get_source_object (task), NULL, from, to, g_task_get_cancellable (task), read_cb,
                             g_object_ref (task));
    }
  else if (!reading->studying)
    learn (task);
}

static void
flushed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* A history that cannot be written to can be read all the same. */
  if (!td_history_flush_finish (TD_HISTORY (object), result, &error))
    g_debug ("Learning without the last minutes: %s", error->message);
  go_on (task);
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
