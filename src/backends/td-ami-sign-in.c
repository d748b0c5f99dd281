/* td-ami-sign-in.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-ami-sign-in.h"

#include <glib/gi18n.h>
#include <string.h>

#define SMALL_BYTES (256 * 1024)
#define VERSION_BYTES 64

/* A clock beyond the year 5138 is none. */
#define MAX_TIMESTAMP 1e11

typedef struct
{
  TdAmiServer *server; /* (owned) */
  gint64       asked;  /* by the monotonic clock, µs */
} SignIn;

void
td_ami_server_free (TdAmiServer *self)
{
  if (self == NULL)
    return;

  td_ami_rights_clear (&self->rights);
  g_free (self->name);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self);
}

static void
sign_in_free (SignIn *sign_in)
{
  g_clear_pointer (&sign_in->server, td_ami_server_free);
  g_free (sign_in);
}

static void
send (GTask              *task,
      const char *const  *fields,
      GAsyncReadyCallback callback)
{
  SignIn *sign_in = g_task_get_task_data (task);

  sign_in->asked = g_get_monotonic_time ();
  td_ami_session_send_async (g_task_get_source_object (task), fields, SMALL_BYTES,
                             g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
ask (GTask              *task,
     const char         *action,
     GAsyncReadyCallback callback)
{
  send (task, (const char *[]){ "Action", action, NULL }, callback);
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

/**
 * td_ami_read_clock:
 * @session: the session that asked
 * @pong: the answer to a Ping
 * @asked: when it was asked for, by the monotonic clock, µs
 * @answered: when the answer came
 *
 * An answer without a time leaves the header Date, which knows whole seconds.
 *
 * Returns: the server's clock minus the monotonic one, µs
 */
gint64
td_ami_read_clock (TdAmiSession *session,
                   GBytes       *pong,
                   gint64        asked,
                   gint64        answered)
{
  g_autoptr (TdAmiAnswer) answer = td_ami_answer_parse (pong, NULL);
  const TdAmiMessage *response = answer != NULL ? td_ami_answer_get_response (answer) : NULL;
  const char         *text = response != NULL ? td_ami_message_get (response, "Timestamp") : NULL;
  double              seconds = text != NULL ? g_ascii_strtod (text, NULL) : 0;
  gint64              by_date = td_ami_session_get_date_offset (session);

  /* The half of the way is the best guess of when the server looked. */
  if (seconds > 0 && seconds < MAX_TIMESTAMP)
    return (gint64)(seconds * G_TIME_SPAN_SECOND) - (asked + answered) / 2;

  return by_date != TD_UNKNOWN ? by_date : g_get_real_time () - g_get_monotonic_time ();
}

static void
pinged_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr (GBytes) body = receive (task, result);

  if (body == NULL)
    return;

  sign_in->server->clock_offset = td_ami_read_clock (TD_AMI_SESSION (object), body, sign_in->asked,
                                                     g_get_monotonic_time ());
  g_task_return_pointer (task, g_steal_pointer (&sign_in->server), (GDestroyNotify)td_ami_server_free);
}

/* "+0700": a server need not live by the clock of the centre that it serves.
 * Without the right, or the function, it is taken to. */
static void
zone_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr (GBytes) body = receive (task, result);
  g_autoptr (TdAmiAnswer) answer = body != NULL ? td_ami_answer_parse (body, NULL) : NULL;
  const TdAmiMessage *response = answer != NULL ? td_ami_answer_get_response (answer) : NULL;
  const char         *offset = response != NULL ? td_ami_message_get (response, "Value") : NULL;

  if (body == NULL)
    return;

  if (offset != NULL && strlen (offset) == 5 && (*offset == '+' || *offset == '-') &&
      strspn (offset + 1, G_CSET_DIGITS) == 4)
    sign_in->server->zone = g_time_zone_new_identifier (offset);

  ask (task, "Ping", pinged_cb);
}

/* A user without the right is told no version, and that is all. */
static void
settings_read_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr (GBytes) body = receive (task, result);
  g_autoptr (TdAmiAnswer) answer = body != NULL ? td_ami_answer_parse (body, NULL) : NULL;
  const TdAmiMessage *response = answer != NULL ? td_ami_answer_get_response (answer) : NULL;
  const char         *version = response != NULL ? td_ami_message_get (response, "AsteriskVersion") : NULL;

  if (body == NULL)
    return;

  if (version == NULL || *version == '\0')
    sign_in->server->name = g_strdup ("Asterisk");
  else
    {
      /* The packager's part says nothing to people. */
      g_autofree char *cut = g_strndup (version, MIN (strcspn (version, "~+ "), VERSION_BYTES));
      g_autofree char *valid = g_utf8_make_valid (cut, -1);

      sign_in->server->name = g_strdup_printf ("Asterisk %s", valid);
    }

  send (task, (const char *[]){ "Action", "Getvar", "Variable", "STRFTIME(,,%z)", NULL }, zone_read_cb);
}

static void
commands_listed_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = receive (task, result);
  g_autoptr (TdAmiAnswer) answer = NULL;

  if (body == NULL)
    return;

  answer = td_ami_answer_parse (body, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  td_ami_rights_read (&sign_in->server->rights, answer);
  if (!sign_in->server->rights.queues)
    g_task_return_new_error (task, TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNSUPPORTED,
                             _ ("This Asterisk has no queues: app_queue is not loaded"));
  else
    ask (task, "CoreSettings", settings_read_cb);
}

static void
logged_in_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (td_ami_session_login_finish (TD_AMI_SESSION (object), result, &error))
    ask (task, "ListCommands", commands_listed_cb);
  else
    g_task_return_error (task, error);
}

/**
 * td_ami_sign_in_async:
 * @session: a session, which may have been signed in before
 * @cancellable: (nullable): a cancellable
 * @callback: called in the main context
 * @user_data: data for @callback
 *
 * Signs in to hear of agents, and asks the server what it is, what the user
 * may do there, and what time it has.
 */
void
td_ami_sign_in_async (TdAmiSession       *session,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  SignIn *sign_in;

  g_return_if_fail (TD_IS_AMI_SESSION (session));

  sign_in = g_new0 (SignIn, 1);
  sign_in->server = g_new0 (TdAmiServer, 1);

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_ami_sign_in_async);
  g_task_set_task_data (task, sign_in, (GDestroyNotify)sign_in_free);

  td_ami_session_login_async (session, "agent", cancellable, logged_in_cb, g_object_ref (task));
}

/**
 * td_ami_sign_in_finish:
 * @session: the session
 * @result: the result
 * @error: return location; %TD_BACKEND_ERROR, of which _REFUSED is a wrong
 *   secret and _UNSUPPORTED a server without queues, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was learnt
 */
TdAmiServer *
td_ami_sign_in_finish (TdAmiSession *session,
                       GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (TD_IS_AMI_SESSION (session), NULL);
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
