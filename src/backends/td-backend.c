/* td-backend.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-backend.h"

#include <glib/gi18n.h>

G_DEFINE_QUARK (td_backend_error_quark, td_backend_error)

G_DEFINE_INTERFACE (TdBackend, td_backend, G_TYPE_OBJECT)

static void
td_backend_default_init (TdBackendInterface *iface)
{
}

/**
 * td_poll_result_new:
 * @snapshot: (nullable) (transfer full): what the source said, or %NULL when
 *   nothing changed
 * @wait_honoured: the source holds its answers when asked to
 *
 * Returns: (transfer full): a result
 */
TdPollResult *
td_poll_result_new (TdSnapshot *snapshot,
                    gboolean    wait_honoured)
{
  TdPollResult *self = g_new0 (TdPollResult, 1);

  self->snapshot = snapshot;
  self->wait_honoured = wait_honoured;

  return self;
}

void
td_poll_result_free (TdPollResult *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->snapshot, td_snapshot_unref);
  g_free (self);
}

/**
 * td_backend_get_title:
 * @self: a backend
 *
 * Returns: (transfer full): what is watched, for people, without any secret
 */
char *
td_backend_get_title (TdBackend *self)
{
  g_return_val_if_fail (TD_IS_BACKEND (self), NULL);

  return TD_BACKEND_GET_IFACE (self)->get_title (self);
}

/**
 * td_backend_poll_async:
 * @self: a backend
 * @request: what is held and how long to wait; read before this returns
 * @cancellable: (nullable): a cancellable
 * @callback: called in the main context of the caller
 * @user_data: data for @callback
 *
 * Asks for the state once. The caller keeps one request in flight and sets
 * the deadline, through @cancellable.
 */
void
td_backend_poll_async (TdBackend           *self,
                       const TdPollRequest *request,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (TD_IS_BACKEND (self));
  g_return_if_fail (request != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  TD_BACKEND_GET_IFACE (self)->poll_async (self, request, cancellable, callback, user_data);
}

/**
 * td_backend_poll_finish:
 * @self: a backend
 * @result: the result
 * @error: return location; %TD_BACKEND_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what the source said, or %NULL with @error set
 */
TdPollResult *
td_backend_poll_finish (TdBackend    *self,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (TD_IS_BACKEND (self), NULL);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), NULL);

  return TD_BACKEND_GET_IFACE (self)->poll_finish (self, result, error);
}

/**
 * td_backend_get_retry_after:
 * @self: a backend
 *
 * Returns: seconds for which the source asked to be left alone in its last
 *   answer, or 0
 */
guint
td_backend_get_retry_after (TdBackend *self)
{
  TdBackendInterface *iface;

  g_return_val_if_fail (TD_IS_BACKEND (self), 0);

  iface = TD_BACKEND_GET_IFACE (self);

  return iface->get_retry_after != NULL ? iface->get_retry_after (self) : 0;
}

/**
 * td_backend_intervals_async:
 * @self: a backend
 * @from: start, µs since 1970
 * @to: end, exclusive, µs since 1970; @from and a whole number of steps
 * @step_s: seconds of an interval, a multiple of 60
 * @cancellable: (nullable): a cancellable
 * @callback: called in the main context of the caller
 * @user_data: data for @callback
 *
 * Asks for counted history. A backend that has none answers with
 * %TD_BACKEND_ERROR_UNSUPPORTED.
 */
void
td_backend_intervals_async (TdBackend          *self,
                            gint64              from,
                            gint64              to,
                            guint               step_s,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  TdBackendInterface *iface;

  g_return_if_fail (TD_IS_BACKEND (self));
  g_return_if_fail (from >= 0 && to >= from);
  g_return_if_fail (step_s > 0);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  iface = TD_BACKEND_GET_IFACE (self);

  if (iface->intervals_async == NULL)
    {
      g_task_report_new_error (self, callback, user_data, td_backend_intervals_async,
                               TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNSUPPORTED,
                               _ ("The source keeps no history"));
      return;
    }

  iface->intervals_async (self, from, to, step_s, cancellable, callback, user_data);
}

/**
 * td_backend_intervals_finish:
 * @self: a backend
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): the history, or %NULL with @error set
 */
TdIntervals *
td_backend_intervals_finish (TdBackend    *self,
                             GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (TD_IS_BACKEND (self), NULL);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), NULL);

  if (g_async_result_is_tagged (result, td_backend_intervals_async))
    return g_task_propagate_pointer (G_TASK (result), error);

  return TD_BACKEND_GET_IFACE (self)->intervals_finish (self, result, error);
}

/**
 * td_backend_get_info:
 * @self: a backend
 *
 * Returns: what was learnt of the source so far; its strings live until the
 *   next call into the backend
 */
TdSourceInfo
td_backend_get_info (TdBackend *self)
{
  TdBackendInterface *iface;

  g_return_val_if_fail (TD_IS_BACKEND (self), (TdSourceInfo){ 0 });

  iface = TD_BACKEND_GET_IFACE (self);

  return iface->get_info != NULL ? iface->get_info (self) : (TdSourceInfo){ 0 };
}

/**
 * td_backend_act_async:
 * @self: a backend
 * @action: what to do; read before this returns
 * @cancellable: (nullable): a cancellable
 * @callback: called in the main context of the caller
 * @user_data: data for @callback
 *
 * Does what a supervisor asks, once: it is never repeated by itself. An action
 * that lacks what it needs fails before anything is sent. May run beside a poll.
 */
void
td_backend_act_async (TdBackend          *self,
                      const TdAction     *action,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  TdBackendInterface *iface;
  GError             *error = NULL;

  g_return_if_fail (TD_IS_BACKEND (self));
  g_return_if_fail (action != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  iface = TD_BACKEND_GET_IFACE (self);
  if (!td_action_check (action, &error))
    g_task_report_error (self, callback, user_data, td_backend_act_async, error);
  else if (iface->act_async == NULL)
    g_task_report_new_error (self, callback, user_data, td_backend_act_async,
                             TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNSUPPORTED,
                             _ ("The source takes no actions"));
  else
    iface->act_async (self, action, cancellable, callback, user_data);
}

/**
 * td_backend_act_finish:
 * @self: a backend
 * @result: the result
 * @error: return location; %TD_BACKEND_ERROR with the source's own words
 *
 * Returns: whether it was done
 */
gboolean
td_backend_act_finish (TdBackend    *self,
                       GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (TD_IS_BACKEND (self), FALSE);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), FALSE);

  if (g_async_result_is_tagged (result, td_backend_act_async))
    return g_task_propagate_boolean (G_TASK (result), error);

  return TD_BACKEND_GET_IFACE (self)->act_finish (self, result, error);
}
