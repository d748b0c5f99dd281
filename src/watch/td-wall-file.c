/* td-wall-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-file.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "td-key-reader.h"
#include "td-profile.h"
#include "td-wall-file-private.h"

static const struct
{
  const char *group;
  const char *keys[16];
} known[] = {
  { TD_WALL_FILE_WALL, { "profile", "language", "style", "privacy", "monitor", "orientation", "sound", "queues", "zones", "arrange", "teams", "numbers", "message", "desk", "desk-key-file" } },
  { TD_WALL_FILE_PAGES, { "now", "normal", "queues", "people", "message" } },
  { TD_WALL_FILE_TARGETS, { "waiting", "longest-wait-seconds", "serving" } },
  { TD_WALL_FILE_NIGHT, { "from", "to", "brightness" } },
};

/* What another screen may have of its own; a style and a language are the program's. */
static const char *const screen_keys[] = { "privacy", "queues", "zones", "arrange", "teams", "orientation", "numbers", "message", NULL };

const char *const td_wall_page_words[TD_N_WALL_PAGES] = { "now", "normal", "queues", "people", "message" };
const char *const td_wall_number_words[TD_N_WALL_NUMBERS + 1] = { "waiting", "longest-wait", "service-level", "rate", "calls-today", "serving" };
const char *const td_wall_privacy_words[TD_N_WALL_PRIVACIES] = { "none", "initials", "names" };
const char *const td_wall_arrange_words[TD_N_WALL_ARRANGES] = { "place", "team", "queue" };
const char *const td_wall_orientation_words[TD_N_WALL_ORIENTATIONS] = { "auto", "landscape", "portrait-right", "portrait-left", "landscape-flipped" };
const char *const td_wall_style_words[2] = { "dark", "light" };

G_DEFINE_QUARK (td - wall - file - error, td_wall_file_error)

/* The group of a screen: "pages:HDMI-A-2". */
char *
td_wall_file_make_group (const char *group,
                         const char *screen)
{
  return screen != NULL ? g_strconcat (group, ":", screen, NULL) : g_strdup (group);
}

/* The screen that a group tells of, or NULL for the first. */
const char *
td_wall_file_get_screen (const char *group)
{
  const char *colon = strchr (group, ':');

  return colon != NULL ? colon + 1 : NULL;
}

static const char *const *
get_known_keys (const char *group)
{
  const char *screen = td_wall_file_get_screen (group);
  gsize       length = screen != NULL ? (gsize)(screen - group) - 1 : strlen (group);

  if (screen != NULL && (*screen == '\0' || strncmp (group, TD_WALL_FILE_NIGHT ":", length + 1) == 0))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (strlen (known[i].group) == length && strncmp (known[i].group, group, length) == 0)
        return screen != NULL && i == 0 ? screen_keys : known[i].keys;
    }

  return NULL;
}

/* A wall nobody looks after had better refuse a misspelt key than do without. */
static gboolean
check_keys (const TdKeyReader *reader,
            GError           **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (reader->file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (reader->file, groups[i], NULL, NULL);
      const char *const *of_group = get_known_keys (groups[i]);

      if (of_group == NULL)
        {
          td_key_reader_set_error (reader, groups[i], NULL, error, _ ("not known here"));
          return FALSE;
        }
      for (guint k = 0; keys != NULL && keys[k] != NULL; k++)
        {
          if (!g_strv_contains (of_group, keys[k]))
            {
              td_key_reader_set_error (reader, groups[i], keys[k], error, _ ("not known here"));
              return FALSE;
            }
        }
    }

  return TRUE;
}

static gboolean
find_word (const char *const *words,
           guint              n_words,
           const char        *text,
           guint             *value)
{
  for (guint i = 0; i < n_words; i++)
    {
      if (strcmp (words[i], text) == 0)
        {
          *value = i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
has_page (const TdWall  *self,
          TdWallPageKind kind)
{
  for (guint i = 0; i < self->n_pages; i++)
    {
      if (self->pages[i].kind == kind)
        return TRUE;
    }

  return FALSE;
}

/* The order of the keys is that of the pages. */
static gboolean
read_pages (TdWall            *self,
            const TdKeyReader *reader,
            const char        *group,
            GError           **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (reader->file, group, NULL, NULL);

  if (keys == NULL)
    {
      /* Who wrote a message wants it read. */
      if (self->message != NULL && !has_page (self, TD_WALL_PAGE_MESSAGE))
        self->pages[self->n_pages++] = (TdWallPage){ TD_WALL_PAGE_MESSAGE, self->pages[0].seconds };
      return TRUE;
    }

  self->n_pages = 0;
  for (guint i = 0; keys[i] != NULL; i++)
    {
      double seconds = NAN;
      guint  kind = 0;

      if (!td_key_reader_number (reader, group, keys[i], &seconds, error))
        return FALSE;
      if (!(seconds >= TD_WALL_MIN_SECONDS && seconds <= TD_WALL_MAX_SECONDS) || floor (seconds) < seconds)
        {
          td_key_reader_set_error (reader, group, keys[i], error, _ ("not %d to %d whole seconds"), TD_WALL_MIN_SECONDS,
                                   TD_WALL_MAX_SECONDS);
          return FALSE;
        }
      find_word (td_wall_page_words, TD_N_WALL_PAGES, keys[i], &kind);
      if (kind == TD_WALL_PAGE_MESSAGE && self->message == NULL)
        {
          td_key_reader_set_error (reader, group, keys[i], error, _ ("there is no message in [wall]"));
          return FALSE;
        }
      self->pages[self->n_pages++] = (TdWallPage){ (TdWallPageKind)kind, (guint)seconds };
    }
  if (self->n_pages > 0)
    return TRUE;

  td_key_reader_set_error (reader, group, NULL, error, _ ("there is no page"));

  return FALSE;
}

static char *
join_places (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < TD_N_PLACES; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", td_place_to_string ((TdPlace)i));

  return g_string_free (text, FALSE);
}

/* Words between semicolons, without what is empty. */
static gboolean
read_list (const TdKeyReader *reader,
           const char        *group,
           const char        *key,
           char            ***list,
           GError           **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  if (!td_key_reader_text (reader, group, key, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  parts = g_strsplit (text, ";", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*g_strstrip (parts[i]) == '\0')
        continue;
      g_strv_builder_add (builder, parts[i]);
      n++;
    }
  if (n > 0)
    *list = g_strv_builder_end (builder);

  return TRUE;
}

static gboolean
read_numbers (TdWall            *self,
              const TdKeyReader *reader,
              const char        *group,
              GError           **error)
{
  g_auto (GStrv) words = NULL;

  if (!read_list (reader, group, "numbers", &words, error))
    return FALSE;
  if (words == NULL)
    return TRUE;

  self->n_numbers = 0;
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint number;

      if (!find_word (td_wall_number_words, TD_N_WALL_NUMBERS, words[i], &number))
        {
          g_autofree char *all = g_strjoinv (", ", (char **)td_wall_number_words);

          td_key_reader_set_error (reader, group, "numbers", error, _ ("“%s” is none of: %s"), words[i], all);
          return FALSE;
        }
      for (guint k = 0; k < self->n_numbers; k++)
        {
          if (self->numbers[k] == number)
            {
              td_key_reader_set_error (reader, group, "numbers", error, _ ("“%s” is there twice"), words[i]);
              return FALSE;
            }
        }
      self->numbers[self->n_numbers++] = (TdWallNumber)number;
    }

  return TRUE;
}

static gboolean
read_queues (TdWall            *self,
             const TdKeyReader *reader,
             const char        *group,
             GError           **error)
{
  if (!read_list (reader, group, "queues", &self->queues, error))
    return FALSE;
  if (self->queues == NULL || g_strv_length (self->queues) <= TD_WALL_MAX_QUEUES)
    return TRUE;

  td_key_reader_set_error (reader, group, "queues", error, _ ("more than %d queues"), TD_WALL_MAX_QUEUES);

  return FALSE;
}

/**
 * td_wall_file_is_desk:
 * @address: what somebody wrote
 *
 * Returns: whether a desk can be there, and nothing of it is a secret, which a
 *   foot might show
 */
gboolean
td_wall_file_is_desk (const char *address)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (address != NULL, FALSE);

  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && (strcmp (g_uri_get_scheme (uri), "http") == 0 || strcmp (g_uri_get_scheme (uri), "https") == 0) &&
         g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' && g_uri_get_userinfo (uri) == NULL &&
         g_uri_get_query (uri) == NULL && g_uri_get_fragment (uri) == NULL &&
         (*g_uri_get_path (uri) == '\0' || strcmp (g_uri_get_path (uri), "/") == 0);
}

static gboolean
read_desks (TdWall            *self,
            const TdKeyReader *reader,
            GError           **error)
{
  if (!read_list (reader, TD_WALL_FILE_WALL, "desk", &self->desks, error) ||
      !td_key_reader_text (reader, TD_WALL_FILE_WALL, "desk-key-file", &self->desk_key_file, error))
    return FALSE;

  for (guint i = 0; self->desks != NULL && self->desks[i] != NULL; i++)
    {
      if (i >= TD_WALL_MAX_DESKS)
        {
          td_key_reader_set_error (reader, TD_WALL_FILE_WALL, "desk", error, _ ("more than %d desks"), TD_WALL_MAX_DESKS);
          return FALSE;
        }
      if (!td_wall_file_is_desk (self->desks[i]))
        {
          td_key_reader_set_error (reader, TD_WALL_FILE_WALL, "desk", error, _ ("not an address such as http://10.0.0.12:8710"));
          return FALSE;
        }
      if (g_strv_contains ((const char *const *)&self->desks[i + 1], self->desks[i]))
        {
          td_key_reader_set_error (reader, TD_WALL_FILE_WALL, "desk", error, _ ("“%s” is there twice"), self->desks[i]);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
read_zones (TdWall            *self,
            const TdKeyReader *reader,
            const char        *group,
            GError           **error)
{
  g_auto (GStrv) words = NULL;

  if (!read_list (reader, group, "zones", &words, error))
    return FALSE;
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      TdPlace place;

      if (!td_place_from_string (words[i], &place))
        {
          g_autofree char *all = join_places ();

          td_key_reader_set_error (reader, group, "zones", error, _ ("“%s” is none of: %s"), words[i], all);
          return FALSE;
        }
      self->zones |= 1u << place;
    }

  return TRUE;
}

static gboolean
read_teams (TdWall            *self,
            const TdKeyReader *reader,
            const char        *group,
            GError           **error)
{
  if (!read_list (reader, group, "teams", &self->teams, error))
    return FALSE;
  if (self->teams == NULL || g_strv_length (self->teams) <= TD_WALL_MAX_TEAMS)
    return TRUE;
  td_key_reader_set_error (reader, group, "teams", error, _ ("more than %d teams"), TD_WALL_MAX_TEAMS);

  return FALSE;
}

static gboolean
read_wall (TdWall            *self,
           const TdKeyReader *reader,
           const char        *group,
           GError           **error)
{
  guint  style = 0, privacy = self->privacy, arrange = self->arrange, orientation = self->orientation;
  double sound = TD_IS_KNOWN (self->sound) ? (double)self->sound : -1;

  if (!td_key_reader_text (reader, group, "profile", &self->profile, error) ||
      !td_key_reader_text (reader, group, "language", &self->language, error) ||
      !td_key_reader_word (reader, group, "style", td_wall_style_words, G_N_ELEMENTS (td_wall_style_words), &style, error) ||
      !td_key_reader_word (reader, group, "privacy", td_wall_privacy_words, G_N_ELEMENTS (td_wall_privacy_words), &privacy, error) ||
      !td_key_reader_text (reader, group, "monitor", &self->monitor, error) ||
      !td_key_reader_text (reader, group, "message", &self->message, error) ||
      !read_queues (self, reader, group, error) ||
      !read_zones (self, reader, group, error) ||
      !td_key_reader_word (reader, group, "arrange", td_wall_arrange_words, G_N_ELEMENTS (td_wall_arrange_words), &arrange, error) ||
      !read_teams (self, reader, group, error) ||
      !td_key_reader_word (reader, group, "orientation", td_wall_orientation_words, G_N_ELEMENTS (td_wall_orientation_words), &orientation, error) ||
      !td_key_reader_number (reader, group, "sound", &sound, error) ||
      !read_numbers (self, reader, group, error))
    return FALSE;

  self->is_light = style == 1;
  self->privacy = (TdWallPrivacy)privacy;
  self->arrange = (TdWallArrange)arrange;
  self->orientation = (TdWallOrientation)orientation;
  if (g_key_file_has_key (reader->file, group, "sound", NULL) && !(sound >= 0 && sound <= 100))
    {
      td_key_reader_set_error (reader, group, "sound", error, _ ("not 0 to 100 percent"));
      return FALSE;
    }
  self->sound = sound >= 0 ? (gint64)sound : TD_UNKNOWN;
  if (self->profile != NULL && !td_profile_is_name (self->profile))
    td_key_reader_set_error (reader, group, "profile", error, _ ("“%s” is no name of a profile"), self->profile);
  else if (self->language != NULL && strspn (self->language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_@") != strlen (self->language))
    td_key_reader_set_error (reader, group, "language", error, _ ("“%s” is no language such as vi or en"), self->language);
  else if (self->message != NULL && g_utf8_strlen (self->message, -1) > TD_WALL_MAX_MESSAGE)
    td_key_reader_set_error (reader, group, "message", error, _ ("longer than %d characters"), TD_WALL_MAX_MESSAGE);
  else
    return TRUE;

  return FALSE;
}

/* What stands there empty is no target, which another screen needs to be without that of the first. */
static gboolean
read_target (const TdKeyReader *reader,
             const char        *group,
             const char        *key,
             gint64             factor,
             gint64            *target,
             GError           **error)
{
  double number = NAN;

  if (!td_key_reader_number (reader, group, key, &number, error))
    return FALSE;
  if (!isnan (number))
    *target = (gint64)round (number * (double)factor);
  else if (g_key_file_has_key (reader->file, group, key, NULL))
    *target = TD_UNKNOWN;

  return TRUE;
}

static gboolean
read_targets (TdWall            *self,
              const TdKeyReader *reader,
              const char        *group,
              GError           **error)
{
  return read_target (reader, group, "waiting", 1, &self->waiting_target, error) &&
         read_target (reader, group, "longest-wait-seconds", 1000, &self->longest_target_ms, error) &&
         read_target (reader, group, "serving", 1, &self->serving_target, error);
}

static gboolean
read_night (TdWall            *self,
            const TdKeyReader *reader,
            GError           **error)
{
  double brightness = 100;

  if (!td_key_reader_time (reader, TD_WALL_FILE_NIGHT, "from", &self->night_from, error) ||
      !td_key_reader_time (reader, TD_WALL_FILE_NIGHT, "to", &self->night_to, error) ||
      !td_key_reader_number (reader, TD_WALL_FILE_NIGHT, "brightness", &brightness, error))
    return FALSE;

  if (brightness < TD_WALL_MIN_BRIGHTNESS || brightness > 100)
    {
      td_key_reader_set_error (reader, TD_WALL_FILE_NIGHT, "brightness", error, _ ("not %d to 100 percent"), TD_WALL_MIN_BRIGHTNESS);
      return FALSE;
    }
  self->night_brightness = brightness / 100;

  return TRUE;
}

/* What a screen says for itself. */
static guint
find_own (GKeyFile   *file,
          const char *screen)
{
  g_autofree char *wall = td_wall_file_make_group (TD_WALL_FILE_WALL, screen);
  g_autofree char *pages = td_wall_file_make_group (TD_WALL_FILE_PAGES, screen);
  g_autofree char *targets = td_wall_file_make_group (TD_WALL_FILE_TARGETS, screen);
  const struct
  {
    const char *group;
    const char *key;
    TdWallPart  part;
  } keys[] = {
    { wall, "numbers", TD_WALL_PART_NUMBERS },
    { wall, "message", TD_WALL_PART_MESSAGE },
    { wall, "queues", TD_WALL_PART_QUEUES },
    { wall, "zones", TD_WALL_PART_ZONES },
    { wall, "arrange", TD_WALL_PART_ARRANGE },
    { wall, "teams", TD_WALL_PART_TEAMS },
    { wall, "orientation", TD_WALL_PART_ORIENTATION },
    { wall, "privacy", TD_WALL_PART_PRIVACY },
    { targets, "waiting", TD_WALL_PART_WAITING },
    { targets, "longest-wait-seconds", TD_WALL_PART_LONGEST },
    { targets, "serving", TD_WALL_PART_SERVING },
  };
  guint own = g_key_file_has_group (file, pages) ? 1u << TD_WALL_PART_PAGES : 0;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (g_key_file_has_key (file, keys[i].group, keys[i].key, NULL))
        own |= 1u << keys[i].part;
    }

  return own;
}

/* What a screen does not say is as the first has it. */
static gboolean
read_screen (TdWall            *self,
             const TdKeyReader *reader,
             const char        *screen,
             GError           **error)
{
  g_autofree char *wall = td_wall_file_make_group (TD_WALL_FILE_WALL, screen);
  g_autofree char *pages = td_wall_file_make_group (TD_WALL_FILE_PAGES, screen);
  g_autofree char *targets = td_wall_file_make_group (TD_WALL_FILE_TARGETS, screen);

  if (screen != NULL)
    {
      self->own = find_own (reader->file, screen);
      /* Lists are read anew as a whole. */
      if (td_wall_is_own (self, TD_WALL_PART_QUEUES))
        g_clear_pointer (&self->queues, g_strfreev);
      if (td_wall_is_own (self, TD_WALL_PART_TEAMS))
        g_clear_pointer (&self->teams, g_strfreev);
      if (td_wall_is_own (self, TD_WALL_PART_ZONES))
        self->zones = 0;
    }

  return read_wall (self, reader, wall, error) && read_pages (self, reader, pages, error) && read_targets (self, reader, targets, error);
}

static gboolean
has_screen (const TdWall *self,
            const char   *screen)
{
  for (guint i = 1; i < td_wall_get_n_screens (self); i++)
    {
      if (strcmp (((TdWall *)self->screens->pdata[i - 1])->monitor, screen) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * td_wall_file_is_screen_name:
 * @name: what somebody typed
 *
 * Returns: whether a screen may be named so in a file
 */
gboolean
td_wall_file_is_screen_name (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  if (*name == '\0' || strlen (name) > TD_WALL_MAX_NAME || !g_utf8_validate (name, -1, NULL) || *name == ' ' || g_str_has_suffix (name, " "))
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    {
      if (*c == '[' || *c == ']' || g_ascii_iscntrl (*c))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_screens (TdWall            *self,
              const TdKeyReader *reader,
              GError           **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (reader->file, NULL);
  g_autoptr (GPtrArray) screens = g_ptr_array_new_with_free_func ((GDestroyNotify)td_wall_free);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      const char *name = td_wall_file_get_screen (groups[i]);
      g_autoptr (TdWall) screen = NULL;

      if (name == NULL || has_screen (self, name))
        continue;
      if (td_wall_get_n_screens (self) > TD_WALL_MAX_SCREENS)
        {
          td_key_reader_set_error (reader, groups[i], NULL, error, _ ("more than %d screens beside the first"), TD_WALL_MAX_SCREENS);
          return FALSE;
        }
      /* Without those that were read before. */
      g_clear_pointer (&self->screens, g_ptr_array_unref);
      screen = td_wall_copy (self);
      g_free (screen->monitor);
      screen->monitor = g_strdup (name);
      if (!read_screen (screen, reader, name, error))
        return FALSE;
      g_ptr_array_add (screens, g_steal_pointer (&screen));
      self->screens = g_ptr_array_ref (screens);
    }

  td_wall_settle (self);
  for (guint i = 1; i < td_wall_get_n_screens (self); i++)
    {
      const TdWall    *screen = td_wall_get_screen (self, i);
      g_autofree char *group = td_wall_file_make_group (TD_WALL_FILE_PAGES, screen->monitor);

      /* That of a message which it takes away was its only one. */
      if (screen->n_pages == 0)
        {
          td_key_reader_set_error (reader, group, NULL, error, _ ("there is no page"));
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * td_wall_file_get_default_path:
 *
 * Returns: (transfer full): the wall file where none is named, whether or not it is there
 */
char *
td_wall_file_get_default_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "tongdai", "wall.ini", NULL);
}

/**
 * td_wall_file_get_key_path:
 * @path: of a wall file, whether or not it is there
 * @wall: what it says
 *
 * Returns: (transfer full) (nullable): the file with the key of the desks: a whole
 *   path, one from the home folder on (~/), or a name beside the wall's file
 */
char *
td_wall_file_get_key_path (const char   *path,
                           const TdWall *wall)
{
  g_autofree char *whole = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (wall != NULL, NULL);

  if (wall->desk_key_file == NULL || *wall->desk_key_file == '\0')
    return NULL;
  if (g_str_has_prefix (wall->desk_key_file, "~/"))
    return g_build_filename (g_get_home_dir (), wall->desk_key_file + 2, NULL);

  whole = g_canonicalize_filename (path, NULL);
  folder = g_path_get_dirname (whole);

  return g_canonicalize_filename (wall->desk_key_file, folder);
}

/**
 * td_wall_file_load:
 * @path: of a wall file
 * @error: return location; %TD_WALL_FILE_ERROR that names the file, the group and the key
 *
 * Returns: (transfer full) (nullable): the wall, checked
 */
TdWall *
td_wall_file_load (const char *path,
                   GError    **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (TdWall) self = td_wall_new ();
  const TdKeyReader reader = { path, file, TD_WALL_FILE_ERROR, TD_WALL_FILE_ERROR_INVALID };

  g_return_val_if_fail (path != NULL, NULL);

  if (!td_key_reader_load (&reader, TD_WALL_FILE_MAX, error) || !check_keys (&reader, error) || !read_screen (self, &reader, NULL, error) || !read_desks (self, &reader, error) ||
      !read_night (self, &reader, error) || !read_screens (self, &reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
