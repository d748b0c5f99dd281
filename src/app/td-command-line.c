/* td-command-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-command-line.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "td-connection-check.h"
#include "td-demo-child.h"
#include "td-history-command.h"
#include "td-profile.h"
#include "td-report-command.h"
#include "td-secrets.h"
#include "td-supervision-backend.h"
#include "td-supervision-encoder.h"
#include "td-watch.h"

/* What the program ends with. */
#define USABLE 0
#define NOT_USABLE 1
#define BAD_PROFILE 2

/* Of a source that says nothing, when nobody said how long to watch. */
#define FIRST_SNAPSHOT_S 20

/* The simulated centre, which needs no profile. */
#define DEMO "demo"

/* One --check or --dump. */
typedef struct
{
  const TdOptions *options;
  const char      *name; /* of a profile, or a URL */
  TdProfile       *profile;
  TdBackend       *backend;      /* (owned) (nullable) */
  TdDemoChild     *child;        /* (owned) (nullable) */
  TdWatch         *watch;        /* (owned) (nullable) */
  TdConnection    *connection;   /* (owned) (nullable): of @backend */
  TdSecretsPlace   secret_place; /* of a profile's secret */
  GMainLoop       *loop;
  int              status;
} Command;

static void
finish (Command *self,
        int      status)
{
  self->status = status;
  g_main_loop_quit (self->loop);
}

static void
finish_with_error (Command    *self,
                   int         status,
                   const char *message)
{
  g_printerr ("tongdai: %s\n", message);
  finish (self, status);
}

/* --- the source ----------------------------------------------------------- */

static void
print_unknown (const char *name)
{
  g_auto (GStrv) names = td_profile_list ();
  g_autofree char *all = g_strjoinv (", ", names);
  g_autofree char *folder = td_profile_get_folder ();

  if (names[0] != NULL)
    g_printerr (_ ("tongdai: there is no profile “%s”; there are: %s\n"), name, all);
  else
    g_printerr (_ ("tongdai: there is no profile “%s”, nor any other, in %s\n"), name, folder);
}

static TdProfile *
load_profile (const char *name)
{
  g_autoptr (GError) error = NULL;
  TdProfile *profile = td_profile_load (name, &error);

  if (profile != NULL)
    return profile;

  if (!g_error_matches (error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_NOT_FOUND))
    g_printerr ("tongdai: %s\n", error->message);
  else if (strcmp (name, DEMO) == 0)
    return td_profile_new (DEMO, TD_PROFILE_DEMO);
  else
    print_unknown (name);

  return NULL;
}

/* What --check says of the secret, in the form of its other lines. */
static void
print_line (const char *status,
            const char *id,
            const char *text)
{
  g_print ("%-8s %-10s %s\n", status, id, text);
}

static void
print_secret_place (const Command *self)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (self->profile == NULL || self->profile->kind == TD_PROFILE_DEMO)
    return;

  if (self->options->secret != NULL)
    print_line (td_check_status_to_string (TD_CHECK_OK), "secret", _ ("As this command was given it"));
  else if (self->secret_place == TD_SECRETS_SERVICE)
    print_line (td_check_status_to_string (TD_CHECK_OK), "secret", _ ("From the keyring"));
  else if (self->secret_place == TD_SECRETS_FILE)
    {
      path = td_secrets_get_file_path (self->profile->name);
      text = g_strdup_printf (_ ("From a file, not encrypted: %s"), path);
      print_line (td_check_status_to_string (TD_CHECK_WARNING), "secret", text);
    }
  else
    print_line (td_check_status_to_string (TD_CHECK_SKIPPED), "secret", _ ("None is kept for this profile"));
}

/* Makes the backend of an address or a profile; the demo centre's comes later. */
static int
create_backend (Command *self)
{
  g_autoptr (GError) error = NULL;

  if (td_options_is_url (self->name))
    {
      self->connection = td_options_create_connection (self->options, self->name);
      self->backend = td_supervision_backend_new_for_connection (self->connection, &error);
      if (self->backend == NULL)
        g_printerr ("tongdai: %s\n", error->message);
      return self->backend != NULL ? USABLE : BAD_PROFILE;
    }

  self->profile = load_profile (self->name);
  if (self->profile == NULL)
    return BAD_PROFILE;
  if (self->profile->kind == TD_PROFILE_DEMO)
    return USABLE;

  if (self->options->secret != NULL)
    self->profile->connection->secret = g_strdup (self->options->secret);
  else
    self->profile->connection->secret = td_secrets_lookup_sync (self->profile->name, &self->secret_place, NULL, &error);
  if (error != NULL)
    {
      g_printerr ("tongdai: %s\n", error->message);
      return NOT_USABLE;
    }

  self->connection = td_connection_copy (self->profile->connection);
  self->backend = td_profile_create_backend (self->profile, &error);
  if (self->backend == NULL)
    g_printerr ("tongdai: %s\n", error->message);

  return self->backend != NULL ? USABLE : BAD_PROFILE;
}

/* --- --check -------------------------------------------------------------- */

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Command *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = td_connection_check_run_finish (TD_BACKEND (object), result, &error);

  if (lines == NULL)
    {
      finish_with_error (self, NOT_USABLE, error->message);
      return;
    }

  print_secret_place (self);
  for (guint i = 0; i < lines->len; i++)
    {
      const TdCheckLine *line = g_ptr_array_index (lines, i);

      print_line (td_check_status_to_string (line->status), td_check_id_to_string (line->id), line->text);
    }

  finish (self, td_connection_check_is_usable (lines) ? USABLE : NOT_USABLE);
}

/* --- --dump --------------------------------------------------------------- */

static void
print_state (Command *self)
{
  TdCentre *centre = td_watch_get_centre (self->watch);
  g_autoptr (GBytes) body = td_supervision_encode_full (centre, td_centre_get_instance (centre));
  gsize       size;
  const char *data = g_bytes_get_data (body, &size);

  /* A full disk shows only when the last of it is written. */
  if (fwrite (data, 1, size, stdout) == size && putchar ('\n') != EOF && fflush (stdout) == 0)
    finish (self, USABLE);
  else
    finish_with_error (self, NOT_USABLE, g_strerror (errno));
}

static const char *
get_reason (Command *self)
{
  const char *reason = td_poller_get_error_message (td_watch_get_poller (self->watch));

  return reason != NULL ? reason : _ ("Nothing was heard in that time");
}

static gboolean
time_is_up_cb (gpointer user_data)
{
  Command *self = user_data;

  if (td_centre_is_empty (td_watch_get_centre (self->watch)))
    finish_with_error (self, NOT_USABLE, get_reason (self));
  else
    {
      if (td_poller_get_error_message (td_watch_get_poller (self->watch)) != NULL)
        g_printerr (_ ("tongdai: this state is an old one: %s\n"), get_reason (self));
      print_state (self);
    }

  return G_SOURCE_REMOVE;
}

static void
changed_cb (TdCentre        *centre,
            const TdChanges *changes,
            gpointer         user_data)
{
  Command *self = user_data;

  g_signal_handlers_disconnect_by_func (centre, changed_cb, self);
  print_state (self);
}

/* Another secret is not to be hoped for. */
static void
health_cb (TdPoller   *poller,
           GParamSpec *pspec,
           gpointer    user_data)
{
  Command *self = user_data;

  if (td_poller_get_health (poller) == TD_HEALTH_REFUSED && td_centre_is_empty (td_watch_get_centre (self->watch)))
    finish_with_error (self, NOT_USABLE, get_reason (self));
}

static void
start_watch (Command *self)
{
  TdCentre *centre;
  TdPoller *poller;

  self->watch = td_watch_new (self->backend, NULL);
  centre = td_watch_get_centre (self->watch);
  poller = td_watch_get_poller (self->watch);
  if (self->profile != NULL)
    td_poller_set_interval_ms (poller, self->profile->min_gap_ms);

  if (self->options->after_s < 0)
    g_signal_connect (centre, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (poller, "notify::error-message", G_CALLBACK (health_cb), self);
  g_signal_connect (poller, "notify::health", G_CALLBACK (health_cb), self);
  /* To the millisecond: a timer of seconds may come up to one too early. */
  g_timeout_add (1000 * (self->options->after_s < 0 ? FIRST_SNAPSHOT_S : (guint)self->options->after_s),
                 time_is_up_cb, self);
  td_watch_start (self->watch);
}

/* --- either --------------------------------------------------------------- */

static void
start (Command *self)
{
  if (self->options->check != NULL)
    td_connection_check_run_async (self->backend, self->connection, TD_CONNECTION_CHECK_DEADLINE_MS,
                                   NULL, checked_cb, self);
  else
    start_watch (self);
}

static void
child_started_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Command *self = user_data;
  g_autoptr (GError) error = NULL;

  if (td_demo_child_start_finish (self->child, result, &error))
    {
      self->connection = td_connection_new (td_demo_child_get_url (self->child));
      self->connection->secret = g_strdup (td_demo_child_get_token (self->child));
      self->backend = td_supervision_backend_new_for_connection (self->connection, &error);
    }
  if (self->backend != NULL)
    start (self);
  else
    finish_with_error (self, NOT_USABLE, error->message);
}

static gboolean
start_cb (gpointer user_data)
{
  Command *self = user_data;

  if (self->backend != NULL)
    start (self);
  else
    {
      self->child = td_demo_child_new ();
      td_demo_child_start_async (self->child, NULL, NULL, child_started_cb, self);
    }

  return G_SOURCE_REMOVE;
}

static int
run (const TdOptions *options)
{
  Command self = {
    .options = options,
    .name = options->check != NULL ? options->check : options->dump,
  };

  self.status = create_backend (&self);
  if (self.status == USABLE)
    {
      self.loop = g_main_loop_new (NULL, FALSE);
      g_idle_add (start_cb, &self);
      g_main_loop_run (self.loop);
    }

  if (self.watch != NULL)
    {
      g_signal_handlers_disconnect_by_data (td_watch_get_poller (self.watch), &self);
      td_watch_stop (self.watch);
    }
  if (self.child != NULL)
    td_demo_child_stop (self.child);
  g_clear_object (&self.watch);
  g_clear_object (&self.backend);
  g_clear_object (&self.child);
  g_clear_pointer (&self.profile, td_profile_free);
  g_clear_pointer (&self.connection, td_connection_free);
  g_clear_pointer (&self.loop, g_main_loop_unref);

  return self.status;
}

/* A line a profile, its columns parted by tabs: name, backend, title. */
static int
list_profiles (void)
{
  g_auto (GStrv) names = td_profile_list ();

  if (names[0] == NULL)
    {
      g_autofree char *folder = td_profile_get_folder ();

      g_printerr (_ ("tongdai: there are no profiles in %s\n"), folder);
    }
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TdProfile) profile = td_profile_load (names[i], &error);

      if (profile != NULL)
        g_print ("%s\t%s\t%s\n", names[i], td_profile_kind_to_string (profile->kind),
                 profile->title != NULL ? profile->title : "");
      else
        {
          g_print ("%s\t-\t\n", names[i]);
          g_printerr ("tongdai: %s\n", error->message);
        }
    }

  return USABLE;
}

/* A source that cannot be asked is done without. */
static gboolean
run_report (const TdOptions *options,
            const TdProfile *profile)
{
  Command  self = { .options = options, .name = profile->name };
  gboolean done;

  create_backend (&self);
  done = td_report_command_run (options, profile, self.backend);
  g_clear_object (&self.backend);
  g_clear_pointer (&self.profile, td_profile_free);
  g_clear_pointer (&self.connection, td_connection_free);

  return done;
}

/* Without a name it is that of the only profile there is. */
static int
run_history (const TdOptions *options)
{
  g_auto (GStrv) names = td_profile_list ();
  const char *name = options->profile;
  g_autoptr (TdProfile) profile = NULL;

  if (name == NULL && names[0] != NULL && names[1] == NULL)
    name = names[0];
  if (name == NULL)
    {
      g_autofree char *all = g_strjoinv (", ", names);

      g_printerr (_ ("tongdai: --profile says whose history it is; there are: %s\n"), all);
      return BAD_PROFILE;
    }

  profile = load_profile (name);
  if (profile == NULL)
    return BAD_PROFILE;
  if (profile->kind == TD_PROFILE_DEMO)
    {
      g_printerr (_ ("tongdai: the past of the simulated centre is made up; it keeps no history\n"));
      return BAD_PROFILE;
    }

  if (options->report != NULL)
    return run_report (options, profile) ? USABLE : NOT_USABLE;

  return td_history_command_run (options, profile) ? USABLE : NOT_USABLE;
}

/**
 * td_command_line_is_asked:
 * @options: what the command line asks for
 *
 * Returns: whether it asks for something that needs no display
 */
gboolean
td_command_line_is_asked (const TdOptions *options)
{
  g_return_val_if_fail (options != NULL, FALSE);

  return options->check != NULL || options->dump != NULL || options->list_profiles ||
         options->import != NULL || options->export != NULL || options->report != NULL;
}

/**
 * td_command_line_run:
 * @options: what the command line asks for
 *
 * Does what needs no display, nor a session bus, nor GTK. What was asked for
 * goes to standard output, and nothing else does.
 *
 * Returns: the status to exit with: 0 where the centre can be used, 1 where it
 *   cannot, 2 for a profile that cannot be used
 */
int
td_command_line_run (const TdOptions *options)
{
  g_return_val_if_fail (options != NULL, BAD_PROFILE);
  g_return_val_if_fail (td_command_line_is_asked (options), BAD_PROFILE);

  g_log_writer_default_set_use_stderr (TRUE);

  if (options->import != NULL || options->export != NULL || options->report != NULL)
    return run_history (options);

  return options->list_profiles ? list_profiles () : run (options);
}
