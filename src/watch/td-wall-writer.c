/* td-wall-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "td-file.h"
#include "td-key-reader.h"
#include "td-key-text.h"
#include "td-wall-file-private.h"
#include "td-wall-file.h"

/* One screen of a file that is written; the groups are those of the screen. */
typedef struct
{
  TdKeyText    *text;
  const TdWall *wall;
  gboolean      is_first;
  char         *group;   /* (owned) */
  char         *pages;   /* (owned) */
  char         *targets; /* (owned) */
} Screen;

static gboolean
says (const Screen *self,
      TdWallPart    part)
{
  return self->is_first || td_wall_is_own (self->wall, part);
}

/* What another screen has of its own may be nothing, which has to be said. */
static void
set_text (const Screen *self,
          const char   *key,
          TdWallPart    part,
          const char   *text)
{
  gboolean is_empty = text == NULL || *text == '\0';

  if (says (self, part) && !(is_empty && self->is_first))
    td_key_text_set (self->text, self->group, key, is_empty ? "" : text);
  else
    td_key_text_remove (self->text, self->group, key);
}

/* What is the first's alone. */
static void
set_word (const Screen *self,
          const char   *key,
          const char   *word)
{
  if (word != NULL && *word != '\0')
    td_key_text_set (self->text, self->group, key, word);
  else
    td_key_text_remove (self->text, self->group, key);
}

static void
set_integer (const Screen *self,
             const char   *group,
             const char   *key,
             gint64        value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  td_key_text_set (self->text, group, key, text);
}

/* The order of the keys is that of the pages. */
static void
set_pages (const Screen *self)
{
  const char   *keys[TD_N_WALL_PAGES];
  const TdWall *wall = self->wall;
  gboolean      is_there[TD_N_WALL_PAGES] = { FALSE };

  if (!says (self, TD_WALL_PART_PAGES))
    {
      td_key_text_remove_group (self->text, self->pages);
      return;
    }

  for (guint i = 0; i < wall->n_pages; i++)
    {
      keys[i] = td_wall_page_words[wall->pages[i].kind];
      is_there[wall->pages[i].kind] = TRUE;
      set_integer (self, self->pages, keys[i], wall->pages[i].seconds);
    }
  for (guint i = 0; i < TD_N_WALL_PAGES; i++)
    {
      if (!is_there[i])
        td_key_text_remove (self->text, self->pages, td_wall_page_words[i]);
    }
  td_key_text_order (self->text, self->pages, keys, wall->n_pages);
}

static void
set_numbers (const Screen *self)
{
  const char      *words[TD_N_WALL_NUMBERS + 1] = { NULL };
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->wall->n_numbers; i++)
    words[i] = td_wall_number_words[self->wall->numbers[i]];
  text = g_strjoinv (";", (char **)words);
  set_text (self, "numbers", TD_WALL_PART_NUMBERS, text);
}

static void
set_zones (const Screen *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; self->wall->zones != 0 && i < TD_N_PLACES; i++)
    {
      if (td_wall_has_zone (self->wall, (TdPlace)i))
        g_string_append_printf (text, "%s%s", text->len > 0 ? ";" : "", td_place_to_string ((TdPlace)i));
    }
  set_text (self, "zones", TD_WALL_PART_ZONES, text->str);
}

static void
set_target (const Screen *self,
            const char   *key,
            TdWallPart    part,
            gint64        value)
{
  if (says (self, part) && TD_IS_KNOWN (value))
    set_integer (self, self->targets, key, value);
  else if (says (self, part) && !self->is_first)
    td_key_text_set (self->text, self->targets, key, "");
  else
    td_key_text_remove (self->text, self->targets, key);
}

static void
set_night (const Screen *self)
{
  const TdWall    *wall = self->wall;
  g_autofree char *from = g_strdup_printf ("%02u:%02u", wall->night_from / 60, wall->night_from % 60);
  g_autofree char *to = g_strdup_printf ("%02u:%02u", wall->night_to / 60, wall->night_to % 60);

  if (wall->night_from == wall->night_to)
    {
      td_key_text_remove_group (self->text, TD_WALL_FILE_NIGHT);
      return;
    }
  td_key_text_set (self->text, TD_WALL_FILE_NIGHT, "from", from);
  td_key_text_set (self->text, TD_WALL_FILE_NIGHT, "to", to);
  set_integer (self, TD_WALL_FILE_NIGHT, "brightness", (gint64)round (wall->night_brightness * 100));
}

static void
set_first (const Screen *self)
{
  g_autofree char *sound = TD_IS_KNOWN (self->wall->sound) ? g_strdup_printf ("%d", (int)self->wall->sound) : NULL;
  g_autofree char *desks = self->wall->desks != NULL ? g_strjoinv (";", self->wall->desks) : NULL;

  set_word (self, "profile", self->wall->profile);
  set_word (self, "language", self->wall->language);
  set_word (self, "style", td_wall_style_words[self->wall->is_light]);
  set_word (self, "monitor", self->wall->monitor);
  set_word (self, "sound", sound);
  set_word (self, "desk", desks);
  set_word (self, "desk-key-file", self->wall->desk_key_file);
  set_night (self);
}

static void
set_screen (TdKeyText    *text,
            const TdWall *wall,
            gboolean      is_first)
{
  const char      *name = is_first ? NULL : wall->monitor;
  g_autofree char *group = td_wall_file_make_group (TD_WALL_FILE_WALL, name);
  g_autofree char *pages = td_wall_file_make_group (TD_WALL_FILE_PAGES, name);
  g_autofree char *targets = td_wall_file_make_group (TD_WALL_FILE_TARGETS, name);
  g_autofree char *queues = wall->queues != NULL ? g_strjoinv (";", wall->queues) : NULL;
  g_autofree char *teams = wall->teams != NULL ? g_strjoinv (";", wall->teams) : NULL;
  const Screen     screen = { text, wall, is_first, group, pages, targets };

  /* A screen that says nothing of its own is there all the same. */
  td_key_text_add_group (text, group);
  if (is_first)
    set_first (&screen);
  set_text (&screen, "privacy", TD_WALL_PART_PRIVACY, td_wall_privacy_words[wall->privacy]);
  set_text (&screen, "queues", TD_WALL_PART_QUEUES, queues);
  set_text (&screen, "message", TD_WALL_PART_MESSAGE, wall->message);
  set_zones (&screen);
  /* The usual need not be said. */
  set_text (&screen, "arrange", TD_WALL_PART_ARRANGE, is_first && wall->arrange == TD_WALL_ARRANGE_PLACE ? NULL : td_wall_arrange_words[wall->arrange]);
  set_text (&screen, "teams", TD_WALL_PART_TEAMS, teams);
  set_text (&screen, "orientation", TD_WALL_PART_ORIENTATION,
            is_first && wall->orientation == TD_WALL_ORIENTATION_AUTO ? NULL : td_wall_orientation_words[wall->orientation]);
  set_numbers (&screen);
  set_pages (&screen);
  set_target (&screen, "waiting", TD_WALL_PART_WAITING, wall->waiting_target);
  set_target (&screen, "longest-wait-seconds", TD_WALL_PART_LONGEST,
              TD_IS_KNOWN (wall->longest_target_ms) ? wall->longest_target_ms / 1000 : TD_UNKNOWN);
  set_target (&screen, "serving", TD_WALL_PART_SERVING, wall->serving_target);
  if (td_key_text_is_empty_group (text, targets))
    td_key_text_remove_group (text, targets);
}

static gboolean
has_screen (const TdWall *wall,
            const char   *name)
{
  for (guint i = 1; i < td_wall_get_n_screens (wall); i++)
    {
      if (strcmp (td_wall_get_screen (wall, i)->monitor, name) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
remove_screens (TdKeyText    *text,
                GKeyFile     *file,
                const TdWall *wall)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      const char *name = td_wall_file_get_screen (groups[i]);
      gboolean    is_of_screen = g_str_has_prefix (groups[i], TD_WALL_FILE_WALL ":") || g_str_has_prefix (groups[i], TD_WALL_FILE_PAGES ":") ||
                              g_str_has_prefix (groups[i], TD_WALL_FILE_TARGETS ":");

      if (is_of_screen && !has_screen (wall, name))
        td_key_text_remove_group (text, groups[i]);
    }
}

/**
 * td_wall_file_save:
 * @path: of a wall file, which need not be there
 * @wall: what it says from now on
 * @error: return location; %TD_WALL_FILE_ERROR for a file that is no such
 *   file, and is left alone
 *
 * What a person wrote beside the values stays: comments, above all, and what
 * is not known here.
 *
 * Returns: whether it was written
 */
gboolean
td_wall_file_save (const char   *path,
                   const TdWall *wall,
                   GError      **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (TdKeyText) text = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char  *before = NULL;
  g_autofree char  *after = NULL;
  const TdKeyReader reader = { path, file, TD_WALL_FILE_ERROR, TD_WALL_FILE_ERROR_INVALID };

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (wall != NULL, FALSE);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      /* What is no file of keys would be lost if it were written over. */
      if (!td_key_reader_load (&reader, TD_WALL_FILE_MAX, error))
        return FALSE;
      if (!td_file_read (path, TD_WALL_FILE_MAX, &before, NULL, &reason))
        {
          g_set_error_literal (error, reader.domain, reader.code, reason->message);
          return FALSE;
        }
    }

  text = td_key_text_new (before != NULL ? before : "");
  for (guint i = 0; i < td_wall_get_n_screens (wall); i++)
    set_screen (text, td_wall_get_screen (wall, i), i == 0);
  remove_screens (text, file, wall);
  after = td_key_text_to_string (text);

  return td_file_save (path, after, -1, error);
}
