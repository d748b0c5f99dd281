/* td-asterisk-fetch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-asterisk-fetch.h"

#include "td-ami-refusal.h"

#define SMALL_BYTES (256 * 1024)

/* What the tracker reads of a channel beside its own fields. */
#define VARIABLES "QUEUENAME,MEMBERINTERFACE,MEMBERNAME,QEHOLDTIME"

typedef struct
{
  TdAmiServer       *server;  /* (unowned): the caller's, alive until the end */
  TdAsteriskFetched *fetched; /* (owned) */
  gboolean           rarely;
  gint64             asked; /* by the monotonic clock, µs: of the request on its way */
} Fetch;

static void ask_status (GTask *task);
static void ask_core_status (GTask *task);

void
td_asterisk_fetched_free (TdAsteriskFetched *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->queue_status, g_bytes_unref);
  g_clear_pointer (&self->status, g_bytes_unref);
  g_clear_pointer (&self->core_status, g_bytes_unref);
  g_free (self);
}

static void
fetch_free (Fetch *fetch)
{
  g_clear_pointer (&fetch->fetched, td_asterisk_fetched_free);
  g_free (fetch);
}

static void
return_fetched (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&fetch->fetched), (GDestroyNotify)td_asterisk_fetched_free);
}

static void
ask (GTask              *task,
     const char *const  *fields,
     gsize               max_bytes,
     GAsyncReadyCallback callback)
{
  Fetch *fetch = g_task_get_task_data (task);

  fetch->asked = g_get_monotonic_time ();
  td_ami_session_send_async (g_task_get_source_object (task), fields, max_bytes, g_task_get_cancellable (task),
                             callback, g_object_ref (task));
}

/* Returns NULL when the task has failed with it. */
static GBytes *
receive (GTask        *task,
         GAsyncResult *result)
{
  GError *error = NULL;
  GBytes *body = td_ami_session_send_finish (g_task_get_source_object (task), result, &error);

  if (body == NULL)
    g_task_return_error (task, error);

  return body;
}

/* A list that may be denied, and is done without from then on. */
static gboolean
take_optional (GTask    *task,
               GBytes   *body,
               gboolean *allowed,
               GBytes  **list)
{
  GError *error = NULL;
  g_autoptr (TdAmiAnswer) refusal = td_ami_refusal_read (body, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return FALSE;
    }

  if (refusal != NULL)
    *allowed = FALSE;
  else
    *list = g_bytes_ref (body);

  return TRUE;
}

static void
pinged_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GBytes) body = receive (task, result);

  if (body == NULL)
    return;

  fetch->server->clock_offset = td_ami_read_clock (TD_AMI_SESSION (object), body, fetch->asked,
                                                   g_get_monotonic_time ());
  return_fetched (task);
}

static void
ask_clock (GTask *task)
{
  ask (task, (const char *[]){ "Action", "Ping", NULL }, SMALL_BYTES, pinged_cb);
}

static void
core_status_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GBytes) body = receive (task, result);

  if (body != NULL &&
      take_optional (task, body, &fetch->server->rights.core_status, &fetch->fetched->core_status))
    ask_clock (task);
}

/* A restart ends the session, so within one the start is known for long. */
static void
ask_core_status (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (!fetch->rarely)
    return_fetched (task);
  else if (!fetch->server->rights.core_status)
    ask_clock (task);
  else
    ask (task, (const char *[]){ "Action", "CoreStatus", NULL }, SMALL_BYTES, core_status_cb);
}

static void
status_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GBytes) body = receive (task, result);

  if (body != NULL && take_optional (task, body, &fetch->server->rights.status, &fetch->fetched->status))
    ask_core_status (task);
}

static void
ask_status (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (fetch->server->rights.status)
    ask (task, (const char *[]){ "Action", "Status", "Variables", VARIABLES, NULL }, TD_MAX_BODY, status_cb);
  else
    ask_core_status (task);
}

static void
queue_status_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch  *fetch = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = receive (task, result);
  g_autoptr (TdAmiAnswer) refusal = NULL;

  if (body == NULL)
    return;

  refusal = td_ami_refusal_read (body, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (refusal == NULL)
    {
      fetch->fetched->asked = (fetch->asked + g_get_monotonic_time ()) / 2;
      fetch->fetched->queue_status = g_steal_pointer (&body);
      ask_status (task);
    }
  else if (td_ami_answer_is_denied (refusal))
    {
      /* QueueStatus takes no right: who is denied it is not signed in. */
      fetch->fetched->denied = TRUE;
      return_fetched (task);
    }
  else
    g_task_return_error (task, td_ami_answer_to_error (refusal, NULL));
}

/**
 * td_asterisk_fetch_async:
 * @session: a session that was signed in to
 * @server: what is known of its server: rights that turn out to be missing
 *   and the clock are written there; alive until @callback
 * @rarely: ask for what seldom changes too: the start time and the clock
 * @cancellable: (nullable): a cancellable
 * @callback: called in the main context
 * @user_data: data for @callback
 *
 * Fetches the state of now, one list after the other.
 */
void
td_asterisk_fetch_async (TdAmiSession       *session,
                         TdAmiServer        *server,
                         gboolean            rarely,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Fetch *fetch;

  g_return_if_fail (TD_IS_AMI_SESSION (session));
  g_return_if_fail (server != NULL);

  fetch = g_new0 (Fetch, 1);
  fetch->server = server;
  fetch->fetched = g_new0 (TdAsteriskFetched, 1);
  fetch->rarely = rarely;

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_asterisk_fetch_async);
  g_task_set_task_data (task, fetch, (GDestroyNotify)fetch_free);

  ask (task, (const char *[]){ "Action", "QueueStatus", NULL }, TD_MAX_BODY, queue_status_cb);
}

/**
 * td_asterisk_fetch_finish:
 * @session: the session
 * @result: the result
 * @error: return location; %TD_BACKEND_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what the server says of now
 */
TdAsteriskFetched *
td_asterisk_fetch_finish (TdAmiSession *session,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (TD_IS_AMI_SESSION (session), NULL);
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
