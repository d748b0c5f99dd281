/* td-options.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-options.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define MAX_TOKEN_FILE 4096
#define MAX_SIZE 16384
#define MAX_AFTER_S (24 * 60 * 60)

static const GOptionEntry entries[] = {
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Watch a simulated call centre"), NULL },
  { "scenario", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("What the simulated centre plays, e.g. outage"), N_ ("NAME") },
  { "speed", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("How many times faster than the clock it plays"), N_ ("N") },
  { "seed", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Seed of the simulation; the same seed gives the same day"), N_ ("N") },
  { "agents", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Agents of the simulated centre, up to 10000"), N_ ("N") },
  { "queues", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Queues of the simulated centre, up to 500"), N_ ("N") },
  { "date", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Day, or day and time, that the simulation starts at"), N_ ("DATE") },
  { "profile", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Watch the centre of this profile"), N_ ("NAME") },
  { "list-profiles", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the profiles that are there, and end"), NULL },
  { "check", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Test the connection of a profile (or to a URL), and end"), N_ ("NAME") },
  { "dump", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Print the state of a profile (or of a URL) as JSON, and end"), N_ ("NAME") },
  { "after", 0, 0, G_OPTION_ARG_INT, NULL, N_ ("Seconds to watch for before --dump prints"), N_ ("SECONDS") },
  { "import", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Take counted history from a CSV file into a profile’s, and end"), N_ ("FILE") },
  { "export", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Write a profile’s history to a CSV file, and end"), N_ ("FILE") },
  { "report", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Write the hand-over sheet of a profile’s shift, e.g. 2026-11-20/day, and end"), N_ ("DATE/SHIFT") },
  { "output", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("File that the sheet goes to: .pdf or .png"), N_ ("FILE") },
  { "queue", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Queue that all of the file to import is of, where it does not say"), N_ ("ID") },
  { "url", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Watch the supervision API at this address"), N_ ("URL") },
  { "token-file", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("File with the API’s token (or set TONGDAI_TOKEN)"), N_ ("FILE") },
  { "allow-plain-http", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Let --url be plain HTTP to another machine, for everyone on the way to read"), NULL },
  { "wall", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Show a wall over the whole screen, as this file says"), N_ ("FILE") },
  { "page", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Page to begin with: overview, queues, agents, rates, alerts or report"), N_ ("NAME") },
  { "size", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Size of the window in pixels"), N_ ("WIDTHxHEIGHT") },
  { "render", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Draw every page to a PNG file in this folder, and end"), N_ ("FOLDER") },
  { "render-after", 0, 0, G_OPTION_ARG_INT, NULL, N_ ("Seconds of live data to wait for before drawing"), N_ ("SECONDS") },
  { "dark", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Use the dark style"), NULL },
  { "light", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Use the light style"), NULL },
  { "first-frame", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version, and end"), NULL },
  { NULL }
};

static const char *const pages[] = { "overview", "queues", "agents", "rates", "alerts", "report", NULL };

/* Options that the simulated centre understands by the same name. */
static const char *const passed_on[] = { "scenario", "speed", "seed", "agents", "queues", "date" };

/**
 * td_options_add_to:
 * @app: the application
 *
 * Teaches @app the options; GApplication::handle-local-options gets them.
 */
void
td_options_add_to (GApplication *app)
{
  g_application_add_main_option_entries (app, entries);
  g_application_set_option_context_parameter_string (app, NULL);
  g_application_set_option_context_summary (app, _ ("Shows a call centre live: queues, callers and agents."));
}

/**
 * td_options_prepare:
 * @arguments: (array zero-terminated=1): the command line, owned
 *
 * Lets an option go without its value where it may: --wall is --wall=.
 */
void
td_options_prepare (char **arguments)
{
  g_return_if_fail (arguments != NULL);

  for (guint i = 0; arguments[i] != NULL && strcmp (arguments[i], "--") != 0; i++)
    {
      if (strcmp (arguments[i], "--wall") != 0)
        continue;
      g_free (arguments[i]);
      arguments[i] = g_strdup ("--wall=");
    }
}

/* The first word of the file: a line "TOKEN read" of a token file will do. */
static char *
read_token (const char *path,
            GError    **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (length > MAX_TOKEN_FILE)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("--token-file: %s is too long to hold a token"), path);
      return NULL;
    }

  words = g_strsplit_set (g_strstrip (text), " \t\r\n", 2);
  for (const char *c = words[0]; c != NULL && *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c))
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("--token-file: %s does not hold a token"), path);
          return NULL;
        }
    }
  if (words[0] == NULL || words[0][0] == '\0')
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("--token-file: %s is empty"), path);
      return NULL;
    }

  return g_strdup (words[0]);
}

static gboolean
parse_size (TdOptions  *self,
            const char *size,
            GError    **error)
{
  char rest;

  if (sscanf (size, "%5dx%5d%c", &self->width, &self->height, &rest) == 2 &&
      self->width >= 360 && self->width <= MAX_SIZE && self->height >= 294 && self->height <= MAX_SIZE)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("--size: “%s” is no size from 360x294 to %dx%d"), size, MAX_SIZE, MAX_SIZE);

  return FALSE;
}

static char **
collect_demo_options (GVariantDict *dict)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (passed_on); i++)
    {
      const char *value;

      if (g_variant_dict_lookup (dict, passed_on[i], "&s", &value))
        {
          g_autofree char *option = g_strdup_printf ("--%s=%s", passed_on[i], value);

          g_strv_builder_add (builder, option);
        }
    }

  return g_strv_builder_end (builder);
}

/* What is asked for stands alone: no two of these go together. */
static gboolean
check_exclusive (const TdOptions *self,
                 GError         **error)
{
  const struct
  {
    const char *option;
    gboolean    given;
  } sources[] = {
    { "--demo", self->demo },
    { "--url", self->url != NULL },
    /* Whose history it is. */
    { "--profile", self->profile != NULL && self->import == NULL && self->export == NULL && self->report == NULL },
    { "--check", self->check != NULL },
    { "--dump", self->dump != NULL },
    { "--list-profiles", self->list_profiles },
    { "--import", self->import != NULL },
    { "--export", self->export != NULL },
    { "--report", self->report != NULL },
  };
  const char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      if (!sources[i].given)
        continue;
      if (first != NULL)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s and %s exclude each other"),
                       first, sources[i].option);
          return FALSE;
        }
      first = sources[i].option;
    }

  return TRUE;
}

static gboolean
check_after (const TdOptions *self,
             gboolean         is_given,
             GError         **error)
{
  if (!is_given)
    return TRUE;

  if (self->dump == NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s goes with --dump only"), "--after");
  else if (self->after_s < 0 || self->after_s > MAX_AFTER_S)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--after: 0 to %d seconds"), MAX_AFTER_S);
  else
    return TRUE;

  return FALSE;
}

/* Of the environment; a token that a file is to hold comes first. */
static gboolean
find_secret (TdOptions  *self,
             const char *token_file,
             GError    **error)
{
  if (token_file != NULL)
    {
      self->secret = read_token (token_file, error);
      if (self->secret == NULL)
        return FALSE;
    }
  else if (g_getenv ("TONGDAI_SECRET") != NULL && *g_getenv ("TONGDAI_SECRET") != '\0')
    self->secret = g_strdup (g_getenv ("TONGDAI_SECRET"));

  self->token = g_strdup (self->secret != NULL ? self->secret : g_getenv ("TONGDAI_TOKEN"));

  return TRUE;
}

/**
 * td_options_parse:
 * @dict: what GApplication made of the command line
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the options, or %NULL with a
 *   %G_OPTION_ERROR that names the option
 */
TdOptions *
td_options_parse (GVariantDict *dict,
                  GError      **error)
{
  g_autoptr (TdOptions) self = g_new0 (TdOptions, 1);
  g_autofree char *size = NULL;
  g_autofree char *token_file = NULL;
  gboolean         has_after;

  g_return_val_if_fail (dict != NULL, NULL);

  self->render_after_s = 3;
  self->after_s = -1;
  g_variant_dict_lookup (dict, "demo", "b", &self->demo);
  g_variant_dict_lookup (dict, "dark", "b", &self->dark);
  g_variant_dict_lookup (dict, "light", "b", &self->light);
  g_variant_dict_lookup (dict, "first-frame", "b", &self->first_frame);
  g_variant_dict_lookup (dict, "url", "s", &self->url);
  g_variant_dict_lookup (dict, "allow-plain-http", "b", &self->allow_plain);
  g_variant_dict_lookup (dict, "profile", "s", &self->profile);
  g_variant_dict_lookup (dict, "check", "s", &self->check);
  g_variant_dict_lookup (dict, "dump", "s", &self->dump);
  has_after = g_variant_dict_lookup (dict, "after", "i", &self->after_s);
  g_variant_dict_lookup (dict, "list-profiles", "b", &self->list_profiles);
  g_variant_dict_lookup (dict, "import", "^ay", &self->import);
  g_variant_dict_lookup (dict, "export", "^ay", &self->export);
  g_variant_dict_lookup (dict, "report", "s", &self->report);
  g_variant_dict_lookup (dict, "output", "^ay", &self->output);
  g_variant_dict_lookup (dict, "queue", "s", &self->queue);
  g_variant_dict_lookup (dict, "wall", "^ay", &self->wall);
  g_variant_dict_lookup (dict, "page", "s", &self->page);
  g_variant_dict_lookup (dict, "size", "s", &size);
  g_variant_dict_lookup (dict, "token-file", "^ay", &token_file);
  g_variant_dict_lookup (dict, "render", "^ay", &self->render);
  g_variant_dict_lookup (dict, "render-after", "i", &self->render_after_s);
  self->demo_options = collect_demo_options (dict);

  if (!check_exclusive (self, error) || !check_after (self, has_after, error))
    return NULL;
  if (!self->demo && self->demo_options[0] != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s goes with --demo only"),
                   self->demo_options[0]);
      return NULL;
    }
  if (self->report != NULL && self->output == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--report: --output says where the sheet goes"));
      return NULL;
    }
  if (self->output != NULL && self->report == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s goes with --report only"), "--output");
      return NULL;
    }
  if (self->output != NULL && !g_str_has_suffix (self->output, ".pdf") && !g_str_has_suffix (self->output, ".png"))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--output: the name of the file ends in .pdf or .png"));
      return NULL;
    }
  if (self->queue != NULL && self->import == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s goes with --import only"), "--queue");
      return NULL;
    }
  if (self->queue != NULL && (*self->queue == '\0' || strlen (self->queue) > TD_MAX_ID))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--queue: no id of a queue"));
      return NULL;
    }
  if (self->wall != NULL && self->render != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s and %s exclude each other"), "--wall", "--render");
      return NULL;
    }
  if (self->dark && self->light)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--dark and --light exclude each other"));
      return NULL;
    }
  if (self->page != NULL && !g_strv_contains (pages, self->page))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("--page: there is no page “%s”; the pages are overview, queues, agents, rates, alerts and report"), self->page);
      return NULL;
    }
  if (self->render_after_s < 0 || self->render_after_s > 3600)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--render-after: 0 to 3600 seconds"));
      return NULL;
    }
  if (size != NULL && !parse_size (self, size, error))
    return NULL;

  if (!find_secret (self, token_file, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
td_options_free (TdOptions *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->demo_options);
  g_free (self->url);
  g_free (self->token);
  g_free (self->profile);
  g_free (self->secret);
  g_free (self->check);
  g_free (self->dump);
  g_free (self->import);
  g_free (self->export);
  g_free (self->report);
  g_free (self->output);
  g_free (self->queue);
  g_free (self->wall);
  g_free (self->page);
  g_free (self->render);
  g_free (self);
}

/**
 * td_options_is_url:
 * @text: what --check or --dump was given
 *
 * Returns: whether it is an address, which no profile's name can be
 */
gboolean
td_options_is_url (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return strstr (text, "://") != NULL;
}

/**
 * td_options_create_connection:
 * @self: the options
 * @url: an address of the supervision API that they hold
 *
 * Returns: (transfer full): how to reach it
 */
TdConnection *
td_options_create_connection (const TdOptions *self,
                              const char      *url)
{
  TdConnection *connection;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (url != NULL, NULL);

  connection = td_connection_new (url);
  connection->secret = g_strdup (self->token);
  connection->allow_plain = self->allow_plain;

  return connection;
}
