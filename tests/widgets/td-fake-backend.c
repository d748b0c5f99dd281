/* td-fake-backend.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-fake-backend.h"

struct _TdFakeBackend
{
  GObject parent_instance;

  TdSnapshot  *snapshot;  /* (owned) */
  TdIntervals *intervals; /* (owned) (nullable) */
  gboolean     failing;
  guint        actions;
};

static void backend_iface_init (TdBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TdFakeBackend, td_fake_backend, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (TD_TYPE_BACKEND, backend_iface_init))

static char *
td_fake_backend_get_title (TdBackend *backend)
{
  return g_strdup ("fake");
}

static void
td_fake_backend_poll_async (TdBackend           *backend,
                            const TdPollRequest *request,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  TdFakeBackend *self = TD_FAKE_BACKEND (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, td_fake_backend_poll_async);
  if (self->failing)
    g_task_return_new_error (task, TD_BACKEND_ERROR, TD_BACKEND_ERROR_REFUSED, "No");
  else
    {
      gboolean is_held = request->since == td_snapshot_get_revision (self->snapshot);

      g_task_return_pointer (task,
                             td_poll_result_new (is_held ? NULL : td_snapshot_ref (self->snapshot), FALSE),
                             (GDestroyNotify)td_poll_result_free);
    }
}

static TdPollResult *
td_fake_backend_poll_finish (TdBackend    *backend,
                             GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static guint
td_fake_backend_get_retry_after (TdBackend *backend)
{
  return 0;
}

static void
td_fake_backend_intervals_async (TdBackend          *backend,
                                 gint64              from,
                                 gint64              to,
                                 guint               step_s,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  TdFakeBackend *self = TD_FAKE_BACKEND (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, td_fake_backend_intervals_async);
  if (self->intervals == NULL)
    g_task_return_new_error (task, TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNSUPPORTED, "No history");
  else
    g_task_return_pointer (task, td_intervals_ref (self->intervals), (GDestroyNotify)td_intervals_unref);
}

static TdIntervals *
td_fake_backend_intervals_finish (TdBackend    *backend,
                                  GAsyncResult *result,
                                  GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static TdSourceInfo
td_fake_backend_get_info (TdBackend *backend)
{
  return (TdSourceInfo){ .reached = TRUE, .signed_in = TRUE, .actions = TD_FAKE_BACKEND (backend)->actions };
}

static void
backend_iface_init (TdBackendInterface *iface)
{
  iface->get_info = td_fake_backend_get_info;
  iface->get_title = td_fake_backend_get_title;
  iface->poll_async = td_fake_backend_poll_async;
  iface->poll_finish = td_fake_backend_poll_finish;
  iface->get_retry_after = td_fake_backend_get_retry_after;
  iface->intervals_async = td_fake_backend_intervals_async;
  iface->intervals_finish = td_fake_backend_intervals_finish;
}

static void
td_fake_backend_finalize (GObject *object)
{
  TdFakeBackend *self = TD_FAKE_BACKEND (object);

  g_clear_pointer (&self->snapshot, td_snapshot_unref);
  g_clear_pointer (&self->intervals, td_intervals_unref);

  G_OBJECT_CLASS (td_fake_backend_parent_class)->finalize (object);
}

static void
td_fake_backend_class_init (TdFakeBackendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_fake_backend_finalize;
}

static void
td_fake_backend_init (TdFakeBackend *self)
{
}

TdFakeBackend *
td_fake_backend_new (TdSnapshot  *snapshot,
                     TdIntervals *intervals)
{
  TdFakeBackend *self = g_object_new (TD_TYPE_FAKE_BACKEND, NULL);

  self->snapshot = td_snapshot_ref (snapshot);
  self->intervals = intervals != NULL ? td_intervals_ref (intervals) : NULL;

  return self;
}

void
td_fake_backend_set_failing (TdFakeBackend *self,
                             gboolean       failing)
{
  self->failing = failing;
}

void
td_fake_backend_set_actions (TdFakeBackend *self,
                             guint          actions)
{
  self->actions = actions;
}
