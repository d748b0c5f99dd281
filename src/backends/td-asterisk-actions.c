/* td-asterisk-actions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-asterisk-actions.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "td-ami-refusal.h"
#include "td-asterisk-channels.h"

#define SMALL_BYTES (256 * 1024)
#define RING_S 30
#define DEADLINE_S 15

/* Written by Asterisk's ChanSpy: quiet, and at an end with the call. */
#define SPY_OPTIONS "qES"

typedef struct
{
  TdAction     *action;      /* (owned) */
  char         *secret;      /* (owned) (nullable): that no error may repeat */
  GCancellable *cancellable; /* (owned): of the requests; cancelled by the caller or by the deadline */
  GCancellable *callers;     /* (owned) (nullable) */
  gulong        callers_id;
  guint         deadline_source;
  gboolean      late;
  char         *id;  /* (owned): by which the server's answer to a call is known */
  gint64        end; /* of the wait for it, by the monotonic clock, µs */
} Act;

static void wait_for_phone (GTask *task);

static void
act_free (Act *act)
{
  td_action_free (act->action);
  g_free (act->secret);
  g_clear_handle_id (&act->deadline_source, g_source_remove);
  g_clear_object (&act->callers);
  g_clear_object (&act->cancellable);
  g_free (act->id);
  g_free (act);
}

/* However it ended, the session is of no use any more. */
static void
finish (GTask  *task,
        GError *error)
{
  Act *act = g_task_get_task_data (task);

  g_clear_handle_id (&act->deadline_source, g_source_remove);
  if (act->callers_id != 0)
    g_cancellable_disconnect (act->callers, act->callers_id);
  act->callers_id = 0;
  td_ami_session_logoff (g_task_get_source_object (task));

  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else if (act->late && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      g_task_return_new_error (task, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TIMEOUT,
                               _ ("Asterisk did not answer in time: whether it was done, the screen will show"));
    }
  else
    g_task_return_error (task, error);
}

static void
fail (GTask      *task,
      int         code,
      const char *message)
{
  finish (task, g_error_new_literal (TD_BACKEND_ERROR, code, message));
}

static void
ask (GTask              *task,
     const char *const  *fields,
     gsize               max_bytes,
     GAsyncReadyCallback callback)
{
  Act *act = g_task_get_task_data (task);

  td_ami_session_send_async (g_task_get_source_object (task), fields, max_bytes, act->cancellable, callback,
                             g_object_ref (task));
}

/* Returns a success, or NULL when the task has failed with what it was. */
static TdAmiAnswer *
receive (GTask        *task,
         GAsyncResult *result)
{
  Act    *act = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = td_ami_session_send_finish (g_task_get_source_object (task), result, &error);
  g_autoptr (TdAmiAnswer) answer = body != NULL ? td_ami_answer_parse (body, &error) : NULL;

  if (answer == NULL)
    finish (task, error);
  else if (td_ami_answer_is_denied (answer))
    fail (task, TD_BACKEND_ERROR_REFUSED, _ ("The manager user may not do this: Permission denied"));
  else if (!td_ami_answer_is_success (answer))
    finish (task, td_ami_answer_to_error (answer, act->secret));
  else
    return g_steal_pointer (&answer);

  return NULL;
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (TdAmiAnswer) answer = receive (task, result);

  if (answer != NULL)
    finish (task, NULL);
}

static void
pause_member (GTask *task)
{
  Act        *act = g_task_get_task_data (task);
  const char *fields[] = { "Action", "QueuePause", "Interface", act->action->agent, "Paused",
                           act->action->kind == TD_ACTION_PAUSE ? "true" : "false", NULL, NULL, NULL, NULL, NULL };
  guint       n = 6;

  if (act->action->queue != NULL)
    {
      fields[n++] = "Queue";
      fields[n++] = act->action->queue;
    }
  if (act->action->reason != NULL && act->action->kind == TD_ACTION_PAUSE)
    {
      fields[n++] = "Reason";
      fields[n++] = act->action->reason;
    }

  ask (task, fields, SMALL_BYTES, done_cb);
}

static const char *
get_field (const TdAmiMessage *member,
           const char         *key)
{
  const char *value = member != NULL ? td_ami_message_get (member, key) : NULL;

  return value != NULL ? value : "";
}

/* Name and state interface come from another queue, where somebody once wrote
 * them down. Who is paused in all the others was not asked back to work. */
static void
memberships_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Act *act = g_task_get_task_data (task);
  g_autoptr (TdAmiAnswer) answer = receive (task, result);
  const TdAmiMessage *known = NULL;
  gboolean            paused = TRUE;

  if (answer == NULL)
    return;

  for (guint i = 0; i < td_ami_answer_get_n_messages (answer); i++)
    {
      const TdAmiMessage *member = td_ami_answer_get_message (answer, i);

      if (g_strcmp0 (td_ami_message_get_event (member), "QueueMember") != 0 ||
          g_strcmp0 (td_ami_message_get (member, "Location"), act->action->agent) != 0)
        continue;

      known = member;
      paused = paused && g_str_equal (get_field (member, "Paused"), "1");
    }

  ask (task,
       (const char *[]){ "Action", "QueueAdd", "Queue", act->action->queue, "Interface", act->action->agent,
                         "MemberName", get_field (known, "Name"), "StateInterface", get_field (known, "StateInterface"),
                         "Penalty", "0", "Paused", known != NULL && paused ? "true" : "false", NULL },
       SMALL_BYTES, done_cb);
}

/* Reason 4 is an answered call; the others are those of ast_control_frame_type. */
static const char *
describe_failure (const char *reason)
{
  switch (reason != NULL ? atoi (reason) : 0)
    {
    case 1:
    case 3:
      return _ ("Your phone was not answered");
    case 5:
      return _ ("Your phone is busy");
    default:
      return _ ("Your phone cannot be reached");
    }
}

static void
heard_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Act *act = g_task_get_task_data (task);
  g_autoptr (TdAmiAnswer) answer = receive (task, result);

  if (answer == NULL)
    return;

  for (guint i = 0; i < td_ami_answer_get_n_messages (answer); i++)
    {
      const TdAmiMessage *event = td_ami_answer_get_message (answer, i);

      if (g_strcmp0 (td_ami_message_get_event (event), "OriginateResponse") != 0 ||
          g_strcmp0 (td_ami_message_get (event, "ActionID"), act->id) != 0)
        continue;

      if (g_strcmp0 (td_ami_message_get (event, "Response"), "Success") == 0)
        finish (task, NULL);
      else
        fail (task, TD_BACKEND_ERROR_SERVER, describe_failure (td_ami_message_get (event, "Reason")));
      return;
    }

  wait_for_phone (task);
}

/* The server queues the call and says Success, also for a phone that does not
 * exist; only an event tells what became of it. */
static void
wait_for_phone (GTask *task)
{
  Act   *act = g_task_get_task_data (task);
  gint64 now = g_get_monotonic_time ();

  if (now >= act->end)
    fail (task, TD_BACKEND_ERROR_TIMEOUT, _ ("Asterisk did not say whether your phone was reached"));
  else
    ask (task, (const char *[]){ "Action", "WaitEvent", "Timeout", "5", NULL }, TD_MAX_BODY, heard_cb);
}

static void
originated_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (TdAmiAnswer) answer = receive (task, result);

  if (answer != NULL)
    wait_for_phone (task);
}

static void
spy (GTask      *task,
     const char *channel)
{
  static const char *const modes[TD_N_ACTIONS] = {
    [TD_ACTION_LISTEN] = "",
    [TD_ACTION_WHISPER] = "w",
    [TD_ACTION_BARGE] = "B",
  };
  Act             *act = g_task_get_task_data (task);
  const char      *extension = act->action->extension;
  g_autofree char *phone = strchr (extension, '/') != NULL ? g_strdup (extension)
                                                           : g_strconcat ("PJSIP/", extension, NULL);
  g_autofree char *data = g_strdup_printf ("%s,%s%s", channel, SPY_OPTIONS, modes[act->action->kind]);
  g_autofree char *timeout = g_strdup_printf ("%d", RING_S * 1000);

  act->end = g_get_monotonic_time () + (RING_S + 5) * G_TIME_SPAN_SECOND;
  ask (task,
       (const char *[]){ "Action", "Originate", "ActionID", act->id, "Channel", phone, "Application", "ChanSpy",
                         "Data", data, "Timeout", timeout, "CallerID", "Tổng Đài", "Async", "true", NULL },
       SMALL_BYTES, originated_cb);
}

static void
channels_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Act *act = g_task_get_task_data (task);
  g_autoptr (TdAmiAnswer) answer = receive (task, result);
  const char *channel;

  if (answer == NULL)
    return;

  channel = td_asterisk_find_call (answer, act->action->agent);
  if (channel == NULL)
    fail (task, TD_BACKEND_ERROR_SERVER, _ ("The agent speaks with nobody now"));
  else if (act->action->kind == TD_ACTION_HANG_UP)
    ask (task, (const char *[]){ "Action", "Hangup", "Channel", channel, NULL }, SMALL_BYTES, done_cb);
  else
    spy (task, channel);
}

static void
begin (GTask *task)
{
  Act *act = g_task_get_task_data (task);

  switch (act->action->kind)
    {
    case TD_ACTION_PAUSE:
    case TD_ACTION_UNPAUSE:
      pause_member (task);
      break;

    case TD_ACTION_QUEUE_ADD:
      ask (task, (const char *[]){ "Action", "QueueStatus", "Member", act->action->agent, NULL }, TD_MAX_BODY,
           memberships_cb);
      break;

    case TD_ACTION_QUEUE_REMOVE:
      ask (task,
           (const char *[]){ "Action", "QueueRemove", "Queue", act->action->queue, "Interface", act->action->agent, NULL },
           SMALL_BYTES, done_cb);
      break;

    case TD_ACTION_LISTEN:
    case TD_ACTION_WHISPER:
    case TD_ACTION_BARGE:
    case TD_ACTION_HANG_UP:
      ask (task, (const char *[]){ "Action", "Status", "Variables", "MEMBERINTERFACE", NULL }, TD_MAX_BODY,
           channels_cb);
      break;

    case TD_N_ACTIONS:
    default:
      g_assert_not_reached ();
    }
}

static void
logged_in_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (td_ami_session_login_finish (TD_AMI_SESSION (object), result, &error))
    begin (task);
  else
    finish (task, error);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Act *act = user_data;

  act->deadline_source = 0;
  act->late = TRUE;
  g_cancellable_cancel (act->cancellable);

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

/**
 * td_asterisk_act_async:
 * @session: a session of its own, not signed in; it is signed off at the end
 * @action: what to do, checked; its agent is an interface
 * @secret: (nullable): what no error may repeat
 * @cancellable: (nullable): a cancellable
 * @callback: called in the main context
 * @user_data: data for @callback
 *
 * Does it once. To listen, whisper or barge, the supervisor's phone is rung
 * for half a minute, and it is done when that is answered.
 */
void
td_asterisk_act_async (TdAmiSession       *session,
                       const TdAction     *action,
                       const char         *secret,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  gboolean rings;
  Act     *act;

  g_return_if_fail (TD_IS_AMI_SESSION (session));
  g_return_if_fail (action != NULL);

  rings = action->kind == TD_ACTION_LISTEN || action->kind == TD_ACTION_WHISPER || action->kind == TD_ACTION_BARGE;

  act = g_new0 (Act, 1);
  act->action = td_action_copy (action);
  act->secret = g_strdup (secret);
  act->cancellable = g_cancellable_new ();
  act->id = g_uuid_string_random ();
  act->deadline_source = g_timeout_add_seconds (DEADLINE_S + (rings ? RING_S : 0), deadline_cb, act);

  task = g_task_new (session, NULL, callback, user_data);
  g_task_set_source_tag (task, td_asterisk_act_async);
  g_task_set_task_data (task, act, (GDestroyNotify)act_free);

  if (cancellable != NULL)
    {
      act->callers = g_object_ref (cancellable);
      act->callers_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                               g_object_ref (act->cancellable), g_object_unref);
    }

  td_ami_session_login_async (session, rings ? "call" : "off", act->cancellable, logged_in_cb, g_object_ref (task));
}

/**
 * td_asterisk_act_finish:
 * @result: the result
 * @error: return location; %TD_BACKEND_ERROR with the server's own words,
 *   _TIMEOUT where it is not known whether it was done
 *
 * Returns: whether it was done
 */
gboolean
td_asterisk_act_finish (GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, td_asterisk_act_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
