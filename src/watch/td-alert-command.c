/* td-alert-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-command.h"

#include <glib/gi18n.h>
#include <signal.h>
#include <unistd.h>

#define CHUNK_BYTES 4096

struct _TdAlertCommand
{
  GObject parent_instance;

  char **argv; /* (owned) */
  guint  deadline_ms;
  GQueue waiting; /* (element-type GBytes) */

  /* The run under way. */
  GSubprocess  *process;     /* (owned) (nullable) */
  GString      *output;      /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of its pipes */
  guint         timer;       /* its deadline */
  gboolean      is_late;
  gboolean      is_stopped;
};

enum {
  ENDED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdAlertCommand, td_alert_command, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void start_next (TdAlertCommand *self);
static void read_more (TdAlertCommand *self,
                       GInputStream   *stream);

/* A group of its own, so that what it started ends with it; and the signals of
 * a program that is started as any other. */
static void
become_group (gpointer user_data)
{
  setpgid (0, 0);
  signal (SIGPIPE, SIG_DFL);
}

static void
kill_group (TdAlertCommand *self)
{
  const char *id = self->process != NULL ? g_subprocess_get_identifier (self->process) : NULL;
  gint64      pid = id != NULL ? g_ascii_strtoll (id, NULL, 10) : 0;

  if (pid > 1)
    kill ((pid_t)-pid, SIGKILL);
}

static void
clear_run (TdAlertCommand *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->process);
}

static void
tell_end (TdAlertCommand *self,
          GError         *reason)
{
  g_autoptr (GError) error = reason;
  g_autofree char *output = NULL;

  if (self->output != NULL)
    output = g_utf8_make_valid (self->output->str, (gssize)self->output->len);
  g_string_free (g_steal_pointer (&self->output), TRUE);
  if (error != NULL)
    g_message ("The command for alerts did not end well: %s", error->message);

  g_signal_emit (self, signals[ENDED], 0, output, error);
  start_next (self);
}

/* The rest is read too, or the command would wait for ever to write it. */
static void
keep (TdAlertCommand *self,
      const char     *data,
      gsize           length)
{
  gsize room = TD_ALERT_COMMAND_MAX_OUTPUT - self->output->len;

  g_string_append_len (self->output, data, (gssize)MIN (room, length));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TdAlertCommand) self = user_data;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, NULL);
  gsize length = chunk != NULL ? g_bytes_get_size (chunk) : 0;

  if (length == 0 || self->process == NULL || G_INPUT_STREAM (object) != g_subprocess_get_stdout_pipe (self->process))
    return;

  keep (self, g_bytes_get_data (chunk, NULL), length);
  read_more (self, G_INPUT_STREAM (object));
}

static void
read_more (TdAlertCommand *self,
           GInputStream   *stream)
{
  g_input_stream_read_bytes_async (stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, self->cancellable, read_cb,
                                   g_object_ref (self));
}

/* What it left running may hold its output open for hours: only what is there
 * by now counts. */
static void
drain (TdAlertCommand *self)
{
  GPollableInputStream *stream = G_POLLABLE_INPUT_STREAM (g_subprocess_get_stdout_pipe (self->process));
  char                  chunk[CHUNK_BYTES];
  gssize                length;

  while (self->output->len < TD_ALERT_COMMAND_MAX_OUTPUT &&
         (length = g_pollable_input_stream_read_nonblocking (stream, chunk, sizeof chunk, NULL, NULL)) > 0)
    keep (self, chunk, (gsize)length);
}

static void
exited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdAlertCommand) self = user_data;
  GSubprocess *process = G_SUBPROCESS (object);
  GError      *error = NULL;

  g_subprocess_wait_finish (process, result, NULL);
  if (self->is_stopped)
    return;

  drain (self);

  if (self->is_late)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _ ("the command ran for more than %u s and was ended"),
                 (self->deadline_ms + 999) / 1000);
  else if (g_subprocess_get_if_signaled (process))
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("the command was ended by signal %d"),
                 g_subprocess_get_term_sig (process));
  else if (g_subprocess_get_exit_status (process) != 0)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("the command ended with status %d"),
                 g_subprocess_get_exit_status (process));

  clear_run (self);
  tell_end (self, error);
}

/* A command that does not read what it is told is its own affair. */
static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GOutputStream) stream = G_OUTPUT_STREAM (object);

  g_output_stream_write_all_finish (stream, result, NULL, NULL);
  g_output_stream_close_async (stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_bytes_unref (user_data);
}

static gboolean
deadline_cb (gpointer user_data)
{
  TdAlertCommand *self = user_data;

  self->timer = 0;
  self->is_late = TRUE;
  kill_group (self);

  return G_SOURCE_REMOVE;
}

static void
start_next (TdAlertCommand *self)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GBytes) body = NULL;
  GError *error = NULL;

  if (self->process != NULL || self->output != NULL || self->is_stopped || g_queue_is_empty (&self->waiting))
    return;

  body = g_queue_pop_head (&self->waiting);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_set_child_setup (launcher, become_group, NULL, NULL);
  self->output = g_string_new (NULL);
  self->is_late = FALSE;
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *)self->argv, &error);
  if (self->process == NULL)
    {
      tell_end (self, error);
      return;
    }

  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_add (self->deadline_ms, deadline_cb, self);
  g_output_stream_write_all_async (g_object_ref (g_subprocess_get_stdin_pipe (self->process)),
                                   g_bytes_get_data (body, NULL), g_bytes_get_size (body), G_PRIORITY_DEFAULT,
                                   self->cancellable, written_cb, g_bytes_ref (body));
  read_more (self, g_subprocess_get_stdout_pipe (self->process));
  g_subprocess_wait_async (self->process, NULL, exited_cb, g_object_ref (self));
}

static void
td_alert_command_dispose (GObject *object)
{
  td_alert_command_stop (TD_ALERT_COMMAND (object));

  G_OBJECT_CLASS (td_alert_command_parent_class)->dispose (object);
}

static void
td_alert_command_finalize (GObject *object)
{
  TdAlertCommand *self = TD_ALERT_COMMAND (object);

  if (self->output != NULL)
    g_string_free (self->output, TRUE);
  g_strfreev (self->argv);

  G_OBJECT_CLASS (td_alert_command_parent_class)->finalize (object);
}

static void
td_alert_command_class_init (TdAlertCommandClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  /* A command need not read what it is told. GSocket does the same. */
  signal (SIGPIPE, SIG_IGN);

  object_class->dispose = td_alert_command_dispose;
  object_class->finalize = td_alert_command_finalize;

  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);
}

static void
td_alert_command_init (TdAlertCommand *self)
{
  g_queue_init (&self->waiting);
}

/**
 * td_alert_command_new:
 * @argv: (array zero-terminated=1): the program and its arguments, not empty; copied
 * @deadline_ms: how long a run may take; %TD_ALERT_COMMAND_DEADLINE_MS is the usual
 *
 * Returns: (transfer full): a command that has not run yet
 */
TdAlertCommand *
td_alert_command_new (const char *const *argv,
                      guint              deadline_ms)
{
  TdAlertCommand *self;

  g_return_val_if_fail (argv != NULL && argv[0] != NULL, NULL);
  g_return_val_if_fail (deadline_ms > 0, NULL);

  self = g_object_new (TD_TYPE_ALERT_COMMAND, NULL);
  self->argv = g_strdupv ((char **)argv);
  self->deadline_ms = deadline_ms;

  return self;
}

/**
 * td_alert_command_run:
 * @self: a command
 * @body: JSON
 *
 * Runs it, after those that wait. Of more than %TD_ALERT_COMMAND_MAX_WAITING
 * the oldest is not run, with a word in the log.
 */
void
td_alert_command_run (TdAlertCommand *self,
                      GBytes         *body)
{
  g_return_if_fail (TD_IS_ALERT_COMMAND (self));
  g_return_if_fail (body != NULL);

  g_queue_push_tail (&self->waiting, g_bytes_ref (body));
  start_next (self);
  if (self->waiting.length > TD_ALERT_COMMAND_MAX_WAITING)
    {
      g_message ("More than %d alerts wait for the command: it is not run for the oldest", TD_ALERT_COMMAND_MAX_WAITING);
      g_bytes_unref (g_queue_pop_head (&self->waiting));
    }
}

/**
 * td_alert_command_stop:
 * @self: a command
 *
 * Ends the run under way, and runs nothing more, without a signal. A command
 * that runs lives until this is called or its run is over.
 */
void
td_alert_command_stop (TdAlertCommand *self)
{
  g_return_if_fail (TD_IS_ALERT_COMMAND (self));

  self->is_stopped = TRUE;
  g_queue_clear_full (&self->waiting, (GDestroyNotify)g_bytes_unref);
  kill_group (self);
  clear_run (self);
}

guint
td_alert_command_get_n_waiting (TdAlertCommand *self)
{
  g_return_val_if_fail (TD_IS_ALERT_COMMAND (self), 0);

  return self->waiting.length;
}
