/* td-demo-child.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-demo-child.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define PROGRAM "tongdai-centre"
#define READY "listening on "
#define TOKEN_BYTES 24

/* A child that says nothing for this long never will. Its day is played up to
 * now before it is ready, which for the largest centre takes seconds. */
#define READY_DEADLINE_S 60

struct _TdDemoChild
{
  GObject parent_instance;

  GSubprocess      *process;     /* (owned) (nullable) */
  GDataInputStream *output;      /* (owned) (nullable): its standard output */
  GTask            *start_task;  /* (owned) (nullable): until it is ready */
  GCancellable     *cancellable; /* (owned): of everything that waits for the child */
  char             *url;         /* (owned) (nullable) */
  char             *token;       /* (owned) (nullable) */
  char             *token_file;  /* (owned) (nullable): until the child has read it */
  guint             deadline_source;
};

enum {
  FAILED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdDemoChild, td_demo_child, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void read_line (TdDemoChild *self);

static void
remove_token_file (TdDemoChild *self)
{
  if (self->token_file != NULL)
    g_unlink (self->token_file);
  g_clear_pointer (&self->token_file, g_free);
}

static void
finish_start (TdDemoChild *self,
              GError      *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->start_task);

  g_clear_handle_id (&self->deadline_source, g_source_remove);
  remove_token_file (self);

  if (task == NULL)
    {
      g_clear_error (&error);
      return;
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* Beside this program, where both are installed or built; then in the path. */
static char *
find_program (void)
{
  const char      *named = g_getenv ("TONGDAI_CENTRE");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  if (named != NULL && named[0] != '\0')
    return g_strdup (named);

  if (self != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (self);
      g_autofree char *beside = g_build_filename (folder, PROGRAM, NULL);
      g_autofree char *built = g_build_filename (folder, "..", "demo", PROGRAM, NULL);

      if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&beside);
      if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&built);
    }

  return g_find_program_in_path (PROGRAM);
}

static char *
make_token (GError **error)
{
  guint8 bytes[TOKEN_BYTES];
  g_autoptr (GFile) file = g_file_new_for_path ("/dev/urandom");
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  GString *token;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, sizeof bytes, NULL, NULL, error))
    return NULL;

  token = g_string_sized_new (sizeof bytes * 2);
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (token, "%02x", bytes[i]);

  return g_string_free (token, FALSE);
}

/* The token goes by a file that only this user can read: a command line can be
 * read by everybody. */
static char *
write_token_file (const char *token,
                  GError    **error)
{
  g_autofree char *path = NULL;
  g_autofree char *line = g_strdup_printf ("%s act\n", token);
  gsize            length = strlen (line);
  int              fd = g_file_open_tmp ("tongdai-XXXXXX", &path, error);
  gboolean         written;

  if (fd < 0)
    return NULL;

  written = write (fd, line, length) == (gssize)length;
  if (!written)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
      g_unlink (path);
    }
  close (fd);

  return written ? g_steal_pointer (&path) : NULL;
}

static void
gone_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TdDemoChild) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (!g_subprocess_wait_finish (G_SUBPROCESS (object), result, &error) ||
      self->process != G_SUBPROCESS (object))
    return;

  if (g_subprocess_get_if_exited (self->process))
    message = g_strdup_printf (_ ("The demo centre ended by itself (status %d)."),
                               g_subprocess_get_exit_status (self->process));
  else
    message = g_strdup (_ ("The demo centre was ended from outside."));

  g_clear_object (&self->process);
  if (self->start_task != NULL)
    finish_start (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, message));
  else
    g_signal_emit (self, signals[FAILED], 0, message);
}

static void
line_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TdDemoChild) self = user_data;
  g_autofree char *line = NULL;

  line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (object), result, NULL, NULL);
  if (line == NULL)
    return; /* Its end is told by gone_cb(). */

  if (self->start_task != NULL && g_str_has_prefix (line, READY))
    {
      self->url = g_strdup (line + strlen (READY));
      finish_start (self, NULL);
    }
  read_line (self);
}

static void
read_line (TdDemoChild *self)
{
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, self->cancellable, line_cb,
                                       g_object_ref (self));
}

static gboolean
deadline_cb (gpointer user_data)
{
  TdDemoChild *self = user_data;
  g_autoptr (GError) error = NULL;

  self->deadline_source = 0;
  g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _ ("The demo centre did not get ready."));
  finish_start (self, g_steal_pointer (&error));
  td_demo_child_stop (self);

  return G_SOURCE_REMOVE;
}

static void
td_demo_child_dispose (GObject *object)
{
  TdDemoChild *self = TD_DEMO_CHILD (object);

  td_demo_child_stop (self);

  G_OBJECT_CLASS (td_demo_child_parent_class)->dispose (object);
}

static void
td_demo_child_finalize (GObject *object)
{
  TdDemoChild *self = TD_DEMO_CHILD (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->output);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->token, g_free);

  G_OBJECT_CLASS (td_demo_child_parent_class)->finalize (object);
}

static void
td_demo_child_class_init (TdDemoChildClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_demo_child_dispose;
  object_class->finalize = td_demo_child_finalize;

  signals[FAILED] =
    g_signal_new ("failed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
td_demo_child_init (TdDemoChild *self)
{
  self->cancellable = g_cancellable_new ();
}

TdDemoChild *
td_demo_child_new (void)
{
  return g_object_new (TD_TYPE_DEMO_CHILD, NULL);
}

/**
 * td_demo_child_start_async:
 * @self: a child that was not started yet
 * @options: (array zero-terminated=1): its options, "--seed=7"
 * @cancellable: (nullable): gives up
 * @callback: called when it listens, or failed
 * @user_data: for @callback
 */
void
td_demo_child_start_async (TdDemoChild        *self,
                           const char *const  *options,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *program = find_program ();
  g_autoptr (GError) error = NULL;

  g_return_if_fail (TD_IS_DEMO_CHILD (self));
  g_return_if_fail (self->process == NULL && self->start_task == NULL);

  self->start_task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->start_task, td_demo_child_start_async);

  if (program == NULL)
    {
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("The demo centre’s program, %s, is not installed."), PROGRAM);
      finish_start (self, g_steal_pointer (&error));
      return;
    }

  self->token = make_token (&error);
  if (self->token != NULL)
    self->token_file = write_token_file (self->token, &error);
  if (self->token_file == NULL)
    {
      finish_start (self, g_steal_pointer (&error));
      return;
    }

  g_ptr_array_add (arguments, g_strdup (program));
  g_ptr_array_add (arguments, g_strdup ("--port=0"));
  g_ptr_array_add (arguments, g_strdup ("--exit-with-parent"));
  g_ptr_array_add (arguments, g_strdup_printf ("--token-file=%s", self->token_file));
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    g_ptr_array_add (arguments, g_strdup (options[i]));
  g_ptr_array_add (arguments, NULL);

  /* Its standard input stays open as long as this program lives. */
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *)arguments->pdata, &error);
  if (self->process == NULL)
    {
      finish_start (self, g_steal_pointer (&error));
      return;
    }

  self->deadline_source = g_timeout_add_seconds (READY_DEADLINE_S, deadline_cb, self);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_subprocess_wait_async (self->process, self->cancellable, gone_cb, g_object_ref (self));
  read_line (self);
}

gboolean
td_demo_child_start_finish (TdDemoChild  *self,
                            GAsyncResult *result,
                            GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * td_demo_child_get_url:
 * @self: a child
 *
 * Returns: (nullable): where it listens, once it does
 */
const char *
td_demo_child_get_url (TdDemoChild *self)
{
  g_return_val_if_fail (TD_IS_DEMO_CHILD (self), NULL);

  return self->url;
}

const char *
td_demo_child_get_token (TdDemoChild *self)
{
  g_return_val_if_fail (TD_IS_DEMO_CHILD (self), NULL);

  return self->token;
}

/**
 * td_demo_child_stop:
 * @self: a child
 *
 * Ends the child, if it runs, without TdDemoChild::failed.
 */
void
td_demo_child_stop (TdDemoChild *self)
{
  g_autoptr (GSubprocess) process = NULL;

  g_return_if_fail (TD_IS_DEMO_CHILD (self));

  process = g_steal_pointer (&self->process);
  g_cancellable_cancel (self->cancellable);
  if (process != NULL)
    g_subprocess_send_signal (process, SIGTERM);
  if (self->start_task != NULL)
    finish_start (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The demo centre was stopped.")));
}
