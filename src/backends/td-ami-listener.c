/* td-ami-listener.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-ami-listener.h"

#include <glib/gi18n.h>
#include <string.h>

#include "td-ami-refusal.h"

/* Any event wakes a WaitEvent, also one that this session does not hear of, so
 * that a busy server answers with nothing at once, again and again. */
#define EMPTY_GAP_US (250 * G_TIME_SPAN_MILLISECOND)

/* What was heard so long ago at most is all that there is to hear. */
#define RECENT_US (20 * G_TIME_SPAN_MILLISECOND)

/* On top of the time that the server was asked to wait. */
#define PATIENCE_S 5

/* One WaitEvent on its way, or answered while an older one still is. */
typedef struct
{
  TdAmiListener *listener;    /* (owned) */
  GCancellable  *cancellable; /* (owned) */
  guint          deadline_source;
  guint          session; /* the one that it was asked in */
  guint          timeout_s;
  gboolean       answered;
  GBytes        *events; /* (owned) (nullable) */
} Wait;

struct _TdAmiListener
{
  GObject parent_instance;

  TdAmiSession *session; /* (owned) */

  GQueue     waits;      /* (element-type Wait): the oldest first */
  GPtrArray *events;     /* (element-type GBytes) (owned): the oldest first */
  gsize      n_bytes;    /* of @events */
  gboolean   lost;       /* events since they were last taken may be missing */
  gboolean   heard;      /* an event came in this session */
  guint      n_sessions; /* that were begun */

  /* By the monotonic clock, µs. */
  gint64 last_asked;
  gint64 last_heard;

  /* Whoever listens now. */
  GTask   *task; /* (owned) (nullable) */
  GSource *cancelled_source;
  guint    timer_source;
  gint64   not_before;
  gint64   until;
};

G_DEFINE_FINAL_TYPE (TdAmiListener, td_ami_listener, G_TYPE_OBJECT)

static void advance (TdAmiListener *self);

static void
wait_free (Wait *wait)
{
  g_clear_handle_id (&wait->deadline_source, g_source_remove);
  g_clear_object (&wait->cancellable);
  g_clear_object (&wait->listener);
  g_clear_pointer (&wait->events, g_bytes_unref);
  g_free (wait);
}

/* Ends the listening that runs; the caller returns a value through the task. */
static GTask *
steal_task (TdAmiListener *self)
{
  if (self->cancelled_source != NULL)
    {
      g_source_destroy (self->cancelled_source);
      g_clear_pointer (&self->cancelled_source, g_source_unref);
    }
  g_clear_handle_id (&self->timer_source, g_source_remove);

  return g_steal_pointer (&self->task);
}

static void
return_error (TdAmiListener *self,
              GError        *error)
{
  g_autoptr (GTask) task = steal_task (self);

  if (task != NULL)
    g_task_return_error (task, error);
  else
    g_error_free (error);
}

static void
return_heard (TdAmiListener *self,
              gboolean       heard)
{
  g_autoptr (GTask) task = steal_task (self);

  if (task != NULL)
    g_task_return_boolean (task, heard);
}

static void
forget_events (TdAmiListener *self)
{
  g_ptr_array_set_size (self->events, 0);
  self->n_bytes = 0;
  self->lost = TRUE;
}

static void
keep_events (TdAmiListener *self,
             GBytes        *events)
{
  self->n_bytes += g_bytes_get_size (events);
  g_ptr_array_add (self->events, events);

  /* Nobody takes them, so nobody is to run out of memory for them. */
  if (self->n_bytes > TD_MAX_BODY)
    forget_events (self);
}

static gboolean
has_events (GBytes *body)
{
  static const char mark[] = "\nEvent: ";
  static const char last[] = "\nEvent: WaitEventComplete";
  gsize             length;
  const char       *data = g_bytes_get_data (body, &length);
  const char       *end = data + length;
  const char       *found = length > 0 ? g_strstr_len (data, (gssize)length, mark) : NULL;

  while (found != NULL)
    {
      if ((gsize)(end - found) < sizeof last - 1 || memcmp (found, last, sizeof last - 1) != 0)
        return TRUE;
      found += sizeof mark - 1;
      found = g_strstr_len (found, end - found, mark);
    }

  return FALSE;
}

/* What an answer is that does not begin as one with events does. */
static void
judge_failure (TdAmiListener *self,
               GBytes        *body)
{
  GError *error = NULL;
  g_autoptr (TdAmiAnswer) answer = td_ami_answer_parse (body, &error);

  self->lost = TRUE;

  if (answer == NULL)
    return_error (self, error);
  else if (td_ami_answer_is_denied (answer))
    return_heard (self, FALSE);
  else
    return_error (self, td_ami_answer_to_error (answer, NULL));
}

/* Answers may overtake each other; events are kept in the order in which they
 * were asked for. */
static void
gather (TdAmiListener *self)
{
  Wait *wait;

  while ((wait = g_queue_peek_head (&self->waits)) != NULL && wait->answered)
    {
      g_queue_pop_head (&self->waits);
      if (wait->events != NULL)
        keep_events (self, g_steal_pointer (&wait->events));
      wait_free (wait);
    }
}

static void
waited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  static const char success[] = "Response: Success";
  Wait             *wait = user_data;
  g_autoptr (TdAmiListener) self = g_object_ref (wait->listener);
  gboolean current = wait->session == self->n_sessions;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = td_ami_session_send_finish (TD_AMI_SESSION (object), result, &error);

  wait->answered = TRUE;
  g_clear_handle_id (&wait->deadline_source, g_source_remove);

  if (body != NULL && has_events (body))
    {
      wait->events = g_bytes_ref (body);
      self->heard |= current;
    }
  gather (self);

  /* What becomes of an old session is no news. */
  if (!current)
    {
      advance (self);
      return;
    }

  if (body == NULL)
    {
      self->lost = TRUE;
      return_error (self, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                            ? g_error_new_literal (TD_BACKEND_ERROR, TD_BACKEND_ERROR_TIMEOUT,
                                                   _ ("Asterisk does not answer when asked for events"))
                            : g_steal_pointer (&error));
      return;
    }

  self->last_heard = g_get_monotonic_time ();

  /* Nothing at all is the answer to a WaitEvent that another one ended. */
  if (g_bytes_get_size (body) > 0 &&
      (g_bytes_get_size (body) < sizeof success - 1 ||
       memcmp (g_bytes_get_data (body, NULL), success, sizeof success - 1) != 0))
    judge_failure (self, body);

  advance (self);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Wait *wait = user_data;

  wait->deadline_source = 0;
  g_cancellable_cancel (wait->cancellable);

  return G_SOURCE_REMOVE;
}

static void
ask (TdAmiListener *self,
     guint          timeout_s)
{
  Wait            *wait = g_new0 (Wait, 1);
  g_autofree char *timeout = g_strdup_printf ("%u", timeout_s);

  wait->listener = g_object_ref (self);
  wait->cancellable = g_cancellable_new ();
  wait->session = self->n_sessions;
  wait->timeout_s = timeout_s;
  wait->deadline_source = g_timeout_add_seconds (timeout_s + PATIENCE_S, deadline_cb, wait);
  g_queue_push_tail (&self->waits, wait);

  self->last_asked = g_get_monotonic_time ();
  td_ami_session_send_async (self->session,
                             (const char *[]){ "Action", "WaitEvent", "Timeout", timeout, NULL },
                             TD_MAX_BODY, wait->cancellable, waited_cb, wait);
}

static gboolean
timer_cb (gpointer user_data)
{
  TdAmiListener *self = user_data;

  self->timer_source = 0;
  advance (self);

  return G_SOURCE_REMOVE;
}

static void
arm (TdAmiListener *self,
     gint64         when)
{
  gint64 left_us = MAX (when - g_get_monotonic_time (), 0);

  g_clear_handle_id (&self->timer_source, g_source_remove);
  self->timer_source = g_timeout_add ((guint)(left_us / G_TIME_SPAN_MILLISECOND) + 1, timer_cb, self);
}

static gboolean
is_draining (TdAmiListener *self)
{
  for (GList *l = self->waits.head; l != NULL; l = l->next)
    {
      Wait *wait = l->data;

      if (!wait->answered && wait->timeout_s == 0 && wait->session == self->n_sessions)
        return TRUE;
    }

  return FALSE;
}

/* Looks at what is heard and at the time, and does what is next. */
static void
advance (TdAmiListener *self)
{
  gint64   now = g_get_monotonic_time ();
  gboolean heard = self->events->len > 0;
  gboolean idle = g_queue_is_empty (&self->waits);
  gint64   end = heard ? self->not_before : MAX (self->not_before, self->until);

  if (self->task == NULL)
    return;

  if (now < end)
    {
      gint64 again = self->last_asked + EMPTY_GAP_US;

      if (heard || !idle)
        arm (self, end);
      else if (now < again)
        arm (self, MIN (end, again));
      else
        {
          ask (self, (guint)((end - now + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND));
          arm (self, end);
        }
      return;
    }

  /* At its end, whatever came meanwhile is fetched. That ends the WaitEvent
   * that is still held, too. */
  if (idle && now - self->last_heard <= RECENT_US)
    return_heard (self, TRUE);
  else if (!is_draining (self))
    ask (self, 0);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  TdAmiListener *self = user_data;
  g_autoptr (GTask) task = steal_task (self);

  /* The WaitEvent goes on: what it brings is for the next who listens. */
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");

  return G_SOURCE_REMOVE;
}

/**
 * td_ami_listener_listen_async:
 * @self: a listener; one listens at a time
 * @not_before: the earliest that this returns, by the monotonic clock, µs
 * @until: the latest, where no event comes
 * @cancellable: (nullable): ends the listening, not the WaitEvent
 * @callback: called in the main context
 * @user_data: data for @callback
 *
 * Waits for an event, but at least until @not_before and no longer than
 * @until, and then gathers what came.
 */
void
td_ami_listener_listen_async (TdAmiListener      *self,
                              gint64              not_before,
                              gint64              until,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_return_if_fail (TD_IS_AMI_LISTENER (self));
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, td_ami_listener_listen_async);
  self->not_before = not_before;
  self->until = until;

  if (cancellable != NULL)
    {
      self->cancelled_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelled_source, G_SOURCE_FUNC (cancelled_cb), self, NULL);
      g_source_attach (self->cancelled_source, NULL);
    }

  advance (self);
}

/**
 * td_ami_listener_listen_finish:
 * @self: a listener
 * @result: the result
 * @denied: (out): the server knows no such session any more
 * @error: return location; %TD_BACKEND_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether all that happened until now was heard
 */
gboolean
td_ami_listener_listen_finish (TdAmiListener *self,
                               GAsyncResult  *result,
                               gboolean      *denied,
                               GError       **error)
{
  g_autoptr (GError) own_error = NULL;
  gboolean heard;

  g_return_val_if_fail (TD_IS_AMI_LISTENER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (denied != NULL, FALSE);

  heard = g_task_propagate_boolean (G_TASK (result), &own_error);
  *denied = !heard && own_error == NULL;
  if (own_error != NULL)
    g_propagate_error (error, g_steal_pointer (&own_error));

  return heard;
}

/**
 * td_ami_listener_take:
 * @self: a listener
 * @lost: (out): events since they were last taken may be missing
 *
 * Returns: (transfer full) (element-type GBytes): the answers with events, the
 *   oldest first
 */
GPtrArray *
td_ami_listener_take (TdAmiListener *self,
                      gboolean      *lost)
{
  GPtrArray *events;

  g_return_val_if_fail (TD_IS_AMI_LISTENER (self), NULL);
  g_return_val_if_fail (lost != NULL, NULL);

  events = g_steal_pointer (&self->events);
  *lost = self->lost;

  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self->n_bytes = 0;
  self->lost = FALSE;

  return events;
}

/**
 * td_ami_listener_give_back:
 * @self: a listener
 * @events: (element-type GBytes): what was taken
 * @lost: what was said of it
 *
 * Keeps for the next time what could not be used.
 */
void
td_ami_listener_give_back (TdAmiListener *self,
                           GPtrArray     *events,
                           gboolean       lost)
{
  g_autoptr (GPtrArray) newer = NULL;

  g_return_if_fail (TD_IS_AMI_LISTENER (self));
  g_return_if_fail (events != NULL);

  newer = g_steal_pointer (&self->events);
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self->n_bytes = 0;
  self->lost |= lost;

  for (guint i = 0; i < events->len; i++)
    keep_events (self, g_bytes_ref (g_ptr_array_index (events, i)));
  for (guint i = 0; i < newer->len; i++)
    keep_events (self, g_bytes_ref (g_ptr_array_index (newer, i)));
}

/**
 * td_ami_listener_begin:
 * @self: a listener
 *
 * A session begins: events between the last one and this one may be missing.
 */
void
td_ami_listener_begin (TdAmiListener *self)
{
  g_return_if_fail (TD_IS_AMI_LISTENER (self));

  self->n_sessions++;
  self->lost = TRUE;
  self->heard = FALSE;
  self->last_heard = 0;
}

/**
 * td_ami_listener_stop:
 * @self: a listener
 *
 * Gives up what is on its way, for good.
 */
void
td_ami_listener_stop (TdAmiListener *self)
{
  g_return_if_fail (TD_IS_AMI_LISTENER (self));

  self->n_sessions++;
  for (GList *l = self->waits.head; l != NULL; l = l->next)
    g_cancellable_cancel (((Wait *)l->data)->cancellable);
}

/**
 * td_ami_listener_get_heard:
 * @self: a listener
 *
 * Returns: whether any event came in this session: a user without the right
 *   to read them is signed in like any other
 */
gboolean
td_ami_listener_get_heard (TdAmiListener *self)
{
  g_return_val_if_fail (TD_IS_AMI_LISTENER (self), FALSE);

  return self->heard;
}

static void
td_ami_listener_finalize (GObject *object)
{
  TdAmiListener *self = (TdAmiListener *)object;

  g_assert (self->task == NULL && g_queue_is_empty (&self->waits));
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (td_ami_listener_parent_class)->finalize (object);
}

static void
td_ami_listener_class_init (TdAmiListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_ami_listener_finalize;
}

static void
td_ami_listener_init (TdAmiListener *self)
{
  g_queue_init (&self->waits);
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self->lost = TRUE;
}

/**
 * td_ami_listener_new:
 * @session: the session whose events are heard
 *
 * Returns: (transfer full): a listener
 */
TdAmiListener *
td_ami_listener_new (TdAmiSession *session)
{
  TdAmiListener *self;

  g_return_val_if_fail (TD_IS_AMI_SESSION (session), NULL);

  self = g_object_new (TD_TYPE_AMI_LISTENER, NULL);
  self->session = g_object_ref (session);

  return self;
}
