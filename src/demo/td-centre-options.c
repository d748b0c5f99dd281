/* td-centre-options.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-centre-options.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "td-centre-faults.h"
#include "td-time.h"

#define DEFAULT_PORT 8642
#define DEFAULT_UPDATE_MS 200
#define DEFAULT_HOUR 10

/* What GOption fills, before it is checked. */
typedef struct
{
  char    *scenario;
  char    *date;
  char    *address;
  char    *token_file;
  double   speed;
  int      seed;
  int      n_agents;
  int      n_queues;
  int      port;
  int      update_ms;
  gboolean no_past;
  gboolean unmarked;
  gboolean exit_with_parent;
  gboolean list_scenarios;
  gboolean show_version;
} Raw;

static void
raw_clear (Raw *raw)
{
  g_free (raw->scenario);
  g_free (raw->date);
  g_free (raw->address);
  g_free (raw->token_file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Raw, raw_clear)

static gboolean
check_range (const char *name,
             double      value,
             double      min,
             double      max,
             GError    **error)
{
  if (value >= min && value <= max)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: the name of an option, and the range of its value. */
               _ ("--%s must be from %g to %g"), name, min, max);

  return FALSE;
}

/* The interface for a test of faults and the like, which a person meets only here. */
static char *
describe (void)
{
  g_autofree char *faults = g_strjoinv (" ", (char **)td_centre_faults_get_names ());

  return g_strdup_printf (
    "%s\n"
    "  GET  /demo\n"
    "  POST /demo/scenario  {\"scenario\": \"outage\"}\n"
    "  POST /demo/speed     {\"speed\": 60}\n"
    "  POST /demo/fault     {\"fault\": \"slow\", \"seconds\": 5, \"count\": 3}\n"
    "%s\n  %s\n",
    _ ("While it runs, a client with a token of the scope \"act\" can change it:"),
    _ ("Faults, until \"none\" or for a count of answers:"),
    faults);
}

static gboolean
parse_raw (Raw     *raw,
           char  ***argv,
           GError **error)
{
  const GOptionEntry entries[] = {
    { "scenario", 0, 0, G_OPTION_ARG_STRING, &raw->scenario, N_ ("What is played (default: normal)"), N_ ("NAME") },
    { "list-scenarios", 0, 0, G_OPTION_ARG_NONE, &raw->list_scenarios, N_ ("List the scenarios and exit"), NULL },
    { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &raw->speed, N_ ("Simulated seconds per second (default: 1)"), N_ ("FACTOR") },
    { "seed", 0, 0, G_OPTION_ARG_INT, &raw->seed, N_ ("The same seed plays the same day (default: 1)"), N_ ("NUMBER") },
    { "agents", 0, 0, G_OPTION_ARG_INT, &raw->n_agents, N_ ("Agents on the rota (default: about 120)"), N_ ("NUMBER") },
    { "queues", 0, 0, G_OPTION_ARG_INT, &raw->n_queues, N_ ("Queues for the reasons of calls"), N_ ("NUMBER") },
    { "date", 0, 0, G_OPTION_ARG_STRING, &raw->date, N_ ("Day or time to start at (default: now)"), N_ ("YYYY-MM-DD[THH:MM]") },
    { "address", 0, 0, G_OPTION_ARG_STRING, &raw->address, N_ ("Address to listen on (default: 127.0.0.1)"), N_ ("ADDRESS") },
    { "port", 0, 0, G_OPTION_ARG_INT, &raw->port, N_ ("Port to listen on, 0 for any (default: 8642)"), N_ ("PORT") },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &raw->token_file, N_ ("File of lines “TOKEN read” or “TOKEN act” (default: one token, made up and printed)"), N_ ("FILE") },
    { "no-past", 0, 0, G_OPTION_ARG_NONE, &raw->no_past, N_ ("Know nothing of the days before today"), NULL },
    { "unmarked", 0, 0, G_OPTION_ARG_NONE, &raw->unmarked, N_ ("Do not tell clients that the centre is simulated (for tests)"), NULL },
    { "update-ms", 0, 0, G_OPTION_ARG_INT, &raw->update_ms, N_ ("Milliseconds between updates (default: 200)"), N_ ("NUMBER") },
    { "exit-with-parent", 0, 0, G_OPTION_ARG_NONE, &raw->exit_with_parent, N_ ("Exit when the program that started this one ends"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &raw->show_version, N_ ("Print the version and exit"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *description = describe ();

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ ("Plays a call centre and serves it as supervision API v1."));
  g_option_context_set_description (context, description);

  if (!g_option_context_parse_strv (context, argv, error))
    return FALSE;

  if ((*argv)[0] != NULL && (*argv)[1] != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, _ ("“%s” is not understood"), (*argv)[1]);
      return FALSE;
    }

  return check_range ("speed", raw->speed, 0, TD_DEMO_MAX_SPEED, error) &&
         check_range ("agents", raw->n_agents, 0, 10000, error) &&
         check_range ("queues", raw->n_queues, 0, 500, error) &&
         check_range ("port", raw->port, 0, 65535, error) &&
         check_range ("update-ms", raw->update_ms, 20, 60000, error);
}

/**
 * td_centre_options_parse_date:
 * @text: a day or a time
 * @time: (out): µs since 1970
 *
 * Returns: whether @text can be understood
 */
gboolean
td_centre_options_parse_date (const char *text,
                              gint64     *time)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) date_time = NULL;
  int year, month, day;
  int hour = DEFAULT_HOUR;
  int minute = 0;
  int second = 0;
  int length = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (time != NULL, FALSE);

  if (td_time_parse (text, time))
    return *time >= 0;

  if (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 || length != 10)
    return FALSE;

  text += length;

  if (*text != '\0')
    {
      if (sscanf (text, "T%2d:%2d%n", &hour, &minute, &length) != 2 || length != 6)
        return FALSE;

      text += length;

      if (*text != '\0' && (sscanf (text, ":%2d%n", &second, &length) != 1 || length != 3 || text[length] != '\0'))
        return FALSE;
    }

  zone = g_time_zone_new_identifier (TD_DEMO_TIMEZONE);

  if (zone == NULL)
    zone = g_time_zone_new_offset (7 * 3600);

  date_time = g_date_time_new (zone, year, month, day, hour, minute, second);

  if (date_time == NULL)
    return FALSE;

  *time = g_date_time_to_unix (date_time) * G_USEC_PER_SEC;

  return *time >= 0;
}

/**
 * td_centre_options_parse:
 * @argv: (inout): the command line, ended by %NULL; what is understood is taken out
 * @error: return location
 *
 * Prints the help and exits where that is asked for.
 *
 * Returns: (transfer full) (nullable): the options, checked
 */
TdCentreOptions *
td_centre_options_parse (char  ***argv,
                         GError **error)
{
  g_autoptr (TdCentreOptions) self = g_new0 (TdCentreOptions, 1);
  g_auto (Raw) raw = { .speed = 1, .seed = 1, .port = DEFAULT_PORT, .update_ms = DEFAULT_UPDATE_MS };

  g_return_val_if_fail (argv != NULL && *argv != NULL, NULL);

  if (!parse_raw (&raw, argv, error))
    return NULL;

  self->start = g_get_real_time ();

  if (raw.date != NULL && !td_centre_options_parse_date (raw.date, &self->start))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("“%s” is no day, such as 2026-11-22, nor a time of one, such as 2026-11-22T14:30"), raw.date);
      return NULL;
    }

  self->address = raw.address != NULL ? g_inet_address_new_from_string (raw.address)
                                      : g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);

  if (self->address == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is no IP address"), raw.address);
      return NULL;
    }

  self->scenario = raw.scenario != NULL ? g_steal_pointer (&raw.scenario) : g_strdup ("normal");
  self->token_file = g_steal_pointer (&raw.token_file);
  self->speed = raw.speed;
  self->seed = (guint32)raw.seed;
  self->n_agents = (guint)raw.n_agents;
  self->n_queues = (guint)raw.n_queues;
  self->port = (guint16)raw.port;
  self->update_ms = (guint)raw.update_ms;
  self->no_past = raw.no_past;
  self->unmarked = raw.unmarked;
  self->exit_with_parent = raw.exit_with_parent;
  self->list_scenarios = raw.list_scenarios;
  self->show_version = raw.show_version;

  return g_steal_pointer (&self);
}

void
td_centre_options_free (TdCentreOptions *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->scenario);
  g_free (self->token_file);
  g_clear_object (&self->address);
  g_free (self);
}
