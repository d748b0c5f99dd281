/* fake-backend.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fake-backend.h"

static void fake_backend_iface_init (TdBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeBackend,
                               fake_backend,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TD_TYPE_BACKEND, fake_backend_iface_init))

static void
clear_request (gpointer data)
{
  FakeRequest *request = data;

  g_free (request->instance);
}

static char *
fake_backend_get_title (TdBackend *backend)
{
  return g_strdup ("fake");
}

static void
fake_backend_poll_async (TdBackend           *backend,
                         const TdPollRequest *request,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  FakeBackend *self = FAKE_BACKEND (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  FakeRequest asked = {
    .since = request->since,
    .instance = g_strdup (request->instance),
    .wait_s = request->wait_s,
    .time = g_get_monotonic_time (),
  };

  g_array_append_val (self->requests, asked);
  self->answer (self, self->requests->len - 1, task);
}

static TdPollResult *
fake_backend_poll_finish (TdBackend    *backend,
                          GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static guint
fake_backend_get_retry_after (TdBackend *backend)
{
  return FAKE_BACKEND (backend)->retry_after;
}

static TdSourceInfo
fake_backend_get_info (TdBackend *backend)
{
  return FAKE_BACKEND (backend)->info;
}

static void
fake_backend_intervals_async (TdBackend          *backend,
                              gint64              from,
                              gint64              to,
                              guint               step_s,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  FakeBackend *self = FAKE_BACKEND (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (self->history != NULL)
    self->history (self, from, to, step_s, task);
  else
    fake_answer_error (task, TD_BACKEND_ERROR_UNSUPPORTED);
}

static TdIntervals *
fake_backend_intervals_finish (TdBackend    *backend,
                               GAsyncResult *result,
                               GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_backend_act_async (TdBackend          *backend,
                        const TdAction     *action,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  FakeBackend *self = FAKE_BACKEND (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (self->act != NULL)
    self->act (self, cancellable, task);
  else
    fake_answer_error (task, TD_BACKEND_ERROR_UNSUPPORTED);
}

static gboolean
fake_backend_act_finish (TdBackend    *backend,
                         GAsyncResult *result,
                         GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fake_backend_iface_init (TdBackendInterface *iface)
{
  iface->get_title = fake_backend_get_title;
  iface->poll_async = fake_backend_poll_async;
  iface->poll_finish = fake_backend_poll_finish;
  iface->get_retry_after = fake_backend_get_retry_after;
  iface->get_info = fake_backend_get_info;
  iface->intervals_async = fake_backend_intervals_async;
  iface->intervals_finish = fake_backend_intervals_finish;
  iface->act_async = fake_backend_act_async;
  iface->act_finish = fake_backend_act_finish;
}

static void
fake_backend_finalize (GObject *object)
{
  FakeBackend *self = FAKE_BACKEND (object);

  g_clear_pointer (&self->requests, g_array_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_pointer (&self->snapshot, td_snapshot_unref);
  g_clear_pointer (&self->intervals, td_intervals_unref);

  G_OBJECT_CLASS (fake_backend_parent_class)->finalize (object);
}

static void
fake_backend_class_init (FakeBackendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_backend_finalize;
}

static void
fake_backend_init (FakeBackend *self)
{
  self->requests = g_array_new (FALSE, FALSE, sizeof (FakeRequest));
  g_array_set_clear_func (self->requests, clear_request);
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
}

FakeBackend *
fake_backend_new (FakeAnswer answer)
{
  FakeBackend *self = g_object_new (FAKE_TYPE_BACKEND, NULL);

  self->answer = answer;

  return self;
}

static void
answer_steadily (FakeBackend *self,
                 guint        n,
                 GTask       *task)
{
  gboolean is_held = fake_backend_get (self, n)->since == td_snapshot_get_revision (self->snapshot);

  if (self->is_failing)
    fake_answer_error (task, TD_BACKEND_ERROR_REFUSED);
  else
    g_task_return_pointer (task, td_poll_result_new (is_held ? NULL : td_snapshot_ref (self->snapshot), FALSE),
                           (GDestroyNotify)td_poll_result_free);
}

static void
tell_the_same (FakeBackend *self,
               gint64       from,
               gint64       to,
               guint        step_s,
               GTask       *task)
{
  g_task_return_pointer (task, td_intervals_ref (self->intervals), (GDestroyNotify)td_intervals_unref);
}

/* A source that answers every poll at once with the same snapshot, and keeps
 * the same history; or that fails while it is told to. */
FakeBackend *
fake_backend_new_steady (TdSnapshot  *snapshot,
                         TdIntervals *intervals)
{
  FakeBackend *self = fake_backend_new (answer_steadily);

  self->snapshot = td_snapshot_ref (snapshot);
  self->info = (TdSourceInfo){ .reached = TRUE, .signed_in = TRUE };
  if (intervals != NULL)
    {
      self->intervals = td_intervals_ref (intervals);
      self->history = tell_the_same;
    }

  return self;
}

FakeRequest *
fake_backend_get (FakeBackend *self,
                  guint        n)
{
  g_assert_cmpuint (n, <, self->requests->len);

  return &g_array_index (self->requests, FakeRequest, n);
}

void
fake_answer_unchanged (GTask   *task,
                       gboolean honoured)
{
  g_task_return_pointer (task, td_poll_result_new (NULL, honoured), (GDestroyNotify)td_poll_result_free);
}

void
fake_answer_error (GTask *task,
                   int    code)
{
  g_task_return_new_error (task, TD_BACKEND_ERROR, code, "failure %d", code);
}

void
fake_answer_snapshot (GTask      *task,
                      gint64      revision,
                      gint64      base,
                      const char *instance,
                      gint64      at,
                      gboolean    honoured)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  TdCentreInfo       centre;
  TdQueueInfo        queue;

  td_centre_info_init (&centre);
  centre.timezone = "UTC";
  td_queue_info_init (&queue);
  queue.id = "q";
  queue.waiting = revision;
  td_snapshot_builder_set_revision (builder, revision, instance);
  td_snapshot_builder_set_base (builder, base);
  td_snapshot_builder_set_at (builder, at);
  if (base == TD_UNKNOWN)
    td_snapshot_builder_set_centre (builder, &centre);
  td_snapshot_builder_add_queue (builder, &queue);

  g_task_return_pointer (task, td_poll_result_new (td_snapshot_builder_end (builder), honoured),
                         (GDestroyNotify)td_poll_result_free);
}

/* Queues "q0", "q1" and so on; @offered today, or unknown. */
void
fake_add_queues (TdSnapshotBuilder *builder,
                 guint              n_queues,
                 gint64             offered)
{
  for (guint i = 0; i < n_queues; i++)
    {
      g_autofree char *id = g_strdup_printf ("q%u", i);
      TdQueueInfo      queue;

      td_queue_info_init (&queue);
      queue.id = id;
      queue.today.offered = offered;
      td_snapshot_builder_add_queue (builder, &queue);
    }
}

/* The past of the same queues, with as many calls in every minute; nothing is
 * known from before @known_from. */
void
fake_answer_intervals (GTask *task,
                       gint64 from,
                       gint64 to,
                       guint  step_s,
                       guint  n_queues,
                       gint64 known_from,
                       guint  offered_a_minute)
{
  gint64       step = step_s * G_TIME_SPAN_SECOND;
  guint        n = (guint)((to - from) / step);
  TdIntervals *intervals = td_intervals_new (from, step, n);

  for (guint q = 0; q < n_queues; q++)
    {
      g_autofree char *id = g_strdup_printf ("q%u", q);
      TdInterval      *rows = td_intervals_add_queue (intervals, id);

      for (guint i = 0; i < n; i++)
        {
          if (from + i * step < known_from)
            continue;
          rows[i] = (TdInterval){ .observed_s = step_s, .counts = TD_COUNTS_UNKNOWN };
          rows[i].counts.offered = offered_a_minute * step_s / 60;
        }
    }

  g_task_return_pointer (task, intervals, (GDestroyNotify)td_intervals_unref);
}

/* A FakeAnswer that leaves the request open. */
void
fake_keep (FakeBackend *self,
           guint        n,
           GTask       *task)
{
  g_ptr_array_add (self->kept, g_object_ref (task));
}

gboolean
fake_tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
fake_run_ms (guint ms)
{
  gint64 until = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;
  guint  tick = g_timeout_add (1, fake_tick_cb, NULL);

  while (g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (tick);
}
