/* td-wall.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall.h"

#include <string.h>

#define DEFAULT_SECONDS 20

/**
 * td_wall_new:
 *
 * Returns: (transfer full): a wall as it is without a file
 */
TdWall *
td_wall_new (void)
{
  static const TdWallPageKind kinds[] = { TD_WALL_PAGE_NOW, TD_WALL_PAGE_NORMAL, TD_WALL_PAGE_QUEUES, TD_WALL_PAGE_PEOPLE };
  TdWall                     *self = g_new0 (TdWall, 1);

  self->n_pages = G_N_ELEMENTS (kinds);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    self->pages[i] = (TdWallPage){ kinds[i], DEFAULT_SECONDS };
  self->n_numbers = TD_N_WALL_NUMBERS;
  for (guint i = 0; i < TD_N_WALL_NUMBERS; i++)
    self->numbers[i] = (TdWallNumber)i;
  self->waiting_target = TD_UNKNOWN;
  self->longest_target_ms = TD_UNKNOWN;
  self->serving_target = TD_UNKNOWN;
  self->night_brightness = 1;
  self->sound = TD_UNKNOWN;

  return self;
}

TdWall *
td_wall_copy (const TdWall *self)
{
  TdWall *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->profile = g_strdup (self->profile);
  copy->language = g_strdup (self->language);
  copy->monitor = g_strdup (self->monitor);
  copy->queues = g_strdupv (self->queues);
  copy->teams = g_strdupv (self->teams);
  copy->message = g_strdup (self->message);
  copy->desks = g_strdupv (self->desks);
  copy->desk_key_file = g_strdup (self->desk_key_file);
  if (self->screens != NULL)
    {
      copy->screens = g_ptr_array_new_with_free_func ((GDestroyNotify)td_wall_free);
      for (guint i = 0; i < self->screens->len; i++)
        g_ptr_array_add (copy->screens, td_wall_copy (self->screens->pdata[i]));
    }

  return copy;
}

void
td_wall_free (TdWall *self)
{
  if (self == NULL)
    return;

  g_free (self->profile);
  g_free (self->language);
  g_free (self->monitor);
  g_strfreev (self->queues);
  g_strfreev (self->teams);
  g_free (self->message);
  g_strfreev (self->desks);
  g_free (self->desk_key_file);
  g_clear_pointer (&self->screens, g_ptr_array_unref);
  g_free (self);
}

/**
 * td_wall_has_queue:
 * @self: a wall
 * @id: a queue
 *
 * Returns: whether the wall shows that queue
 */
gboolean
td_wall_has_queue (const TdWall *self,
                   const char   *id)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->queues == NULL || g_strv_contains ((const char *const *)self->queues, id);
}

/**
 * td_wall_has_zone:
 * @self: a wall
 * @place: a place of work
 *
 * Returns: whether the page People shows who works there
 */
gboolean
td_wall_has_zone (const TdWall *self,
                  TdPlace       place)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->zones == 0 || (self->zones & 1u << place) != 0;
}

/**
 * td_wall_has_team:
 * @self: a wall
 * @team: (nullable): name of a team, or %NULL for none
 *
 * Returns: whether the wall shows the people of that team
 */
gboolean
td_wall_has_team (const TdWall *self,
                  const char   *team)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->teams == NULL || (team != NULL && g_strv_contains ((const char *const *)self->teams, team));
}

/**
 * td_wall_get_turn:
 * @self: a wall
 * @width: of the screen, as the system gives it
 * @height: likewise
 *
 * Returns: by how many quarters the picture is turned clockwise, 0…3, so that
 *   who stands before the screen can read it
 */
guint
td_wall_get_turn (const TdWall *self,
                  int           width,
                  int           height)
{
  gboolean is_tall = height > width;

  g_return_val_if_fail (self != NULL, 0);

  switch (self->orientation)
    {
    case TD_WALL_ORIENTATION_LANDSCAPE:
      return is_tall ? 1 : 0;

    case TD_WALL_ORIENTATION_FLIPPED:
      return is_tall ? 3 : 2;

    /* The picture goes the other way than the screen. */
    case TD_WALL_ORIENTATION_PORTRAIT_RIGHT:
      return is_tall ? 0 : 3;

    case TD_WALL_ORIENTATION_PORTRAIT_LEFT:
      return is_tall ? 0 : 1;

    case TD_WALL_ORIENTATION_AUTO:
    case TD_N_WALL_ORIENTATIONS:
    default:
      return 0;
    }
}

/**
 * td_wall_get_brightness:
 * @self: a wall
 * @minute: of the day, 0…1439
 *
 * Returns: how bright the wall is then, up to 1
 */
double
td_wall_get_brightness (const TdWall *self,
                        guint         minute)
{
  gboolean is_night;

  g_return_val_if_fail (self != NULL, 1);

  /* A night may go over midnight. */
  if (self->night_from <= self->night_to)
    is_night = minute >= self->night_from && minute < self->night_to;
  else
    is_night = minute >= self->night_from || minute < self->night_to;

  return is_night ? self->night_brightness : 1;
}

/**
 * td_wall_get_n_screens:
 * @self: a wall
 *
 * Returns: how many screens it describes, the first among them
 */
guint
td_wall_get_n_screens (const TdWall *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return 1 + (self->screens != NULL ? self->screens->len : 0);
}

/**
 * td_wall_get_screen:
 * @self: a wall
 * @index: of one of its td_wall_get_n_screens() screens
 *
 * Returns: (transfer none): what that screen shows: @self for the first
 */
TdWall *
td_wall_get_screen (const TdWall *self,
                    guint         index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < td_wall_get_n_screens (self), NULL);

  return index > 0 ? self->screens->pdata[index - 1] : (TdWall *)self;
}

gboolean
td_wall_is_own (const TdWall *self,
                TdWallPart    part)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return (self->own & 1u << part) != 0;
}

/**
 * td_wall_copy_part:
 * @self: a wall, or one of its screens
 * @from: another
 * @part: what @self is to have as @from has it
 */
void
td_wall_copy_part (TdWall       *self,
                   const TdWall *from,
                   TdWallPart    part)
{
  g_return_if_fail (self != NULL && from != NULL && self != from);

  switch (part)
    {
    case TD_WALL_PART_PAGES:
      memcpy (self->pages, from->pages, sizeof self->pages);
      self->n_pages = from->n_pages;
      break;
    case TD_WALL_PART_NUMBERS:
      memcpy (self->numbers, from->numbers, sizeof self->numbers);
      self->n_numbers = from->n_numbers;
      break;
    case TD_WALL_PART_MESSAGE:
      g_free (self->message);
      self->message = g_strdup (from->message);
      break;
    case TD_WALL_PART_QUEUES:
      g_strfreev (self->queues);
      self->queues = g_strdupv (from->queues);
      break;
    case TD_WALL_PART_ZONES:
      self->zones = from->zones;
      break;
    case TD_WALL_PART_ARRANGE:
      self->arrange = from->arrange;
      break;
    case TD_WALL_PART_ORIENTATION:
      self->orientation = from->orientation;
      break;
    case TD_WALL_PART_TEAMS:
      g_strfreev (self->teams);
      self->teams = g_strdupv (from->teams);
      break;
    case TD_WALL_PART_PRIVACY:
      self->privacy = from->privacy;
      break;
    case TD_WALL_PART_WAITING:
      self->waiting_target = from->waiting_target;
      break;
    case TD_WALL_PART_LONGEST:
      self->longest_target_ms = from->longest_target_ms;
      break;
    case TD_WALL_PART_SERVING:
      self->serving_target = from->serving_target;
      break;
    case TD_N_WALL_PARTS:
    default:
      g_assert_not_reached ();
    }
}

/* A page without a text shows nothing; who wrote a message of its own wants it read. */
static void
settle_message (TdWall *self)
{
  guint    n = 0;
  gboolean has_page = FALSE;

  for (guint i = 0; i < self->n_pages; i++)
    {
      if (self->pages[i].kind == TD_WALL_PAGE_MESSAGE && self->message == NULL)
        continue;
      has_page = has_page || self->pages[i].kind == TD_WALL_PAGE_MESSAGE;
      self->pages[n++] = self->pages[i];
    }
  self->n_pages = n;
  if (!has_page && self->message != NULL && td_wall_is_own (self, TD_WALL_PART_MESSAGE) && !td_wall_is_own (self, TD_WALL_PART_PAGES))
    self->pages[self->n_pages++] = (TdWallPage){ TD_WALL_PAGE_MESSAGE, n > 0 ? self->pages[0].seconds : DEFAULT_SECONDS };
}

/**
 * td_wall_settle:
 * @self: a wall that was changed
 *
 * Gives its other screens from the first what they do not have of their own,
 * and takes the page of a message away where there is none. That may leave a
 * screen without a page.
 */
void
td_wall_settle (TdWall *self)
{
  g_return_if_fail (self != NULL);

  settle_message (self);
  for (guint i = 1; i < td_wall_get_n_screens (self); i++)
    {
      TdWall *screen = td_wall_get_screen (self, i);

      for (guint part = 0; part < TD_N_WALL_PARTS; part++)
        {
          if (!td_wall_is_own (screen, (TdWallPart)part))
            td_wall_copy_part (screen, self, (TdWallPart)part);
        }
      screen->is_light = self->is_light;
      screen->night_from = self->night_from;
      screen->night_to = self->night_to;
      screen->night_brightness = self->night_brightness;
      settle_message (screen);
    }
}

/**
 * td_wall_add_screen:
 * @self: a wall with less than %TD_WALL_MAX_SCREENS others
 * @name: of a connector or a model that no other is named by
 *
 * Returns: (transfer none): another screen that has all as the first
 */
TdWall *
td_wall_add_screen (TdWall     *self,
                    const char *name)
{
  TdWall *screen;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);
  g_return_val_if_fail (td_wall_get_n_screens (self) <= TD_WALL_MAX_SCREENS, NULL);

  if (self->screens == NULL)
    self->screens = g_ptr_array_new_with_free_func ((GDestroyNotify)td_wall_free);
  screen = td_wall_copy (self);
  g_clear_pointer (&screen->screens, g_ptr_array_unref);
  g_free (screen->monitor);
  screen->monitor = g_strdup (name);
  g_ptr_array_add (self->screens, screen);

  return screen;
}

/* The free one of that name; a connector is surer than a model, of which there may be several. */
static int
find_monitor (const char          *name,
              const TdWallMonitor *monitors,
              guint                n_monitors,
              const gboolean      *is_taken)
{
  for (guint i = 0; i < n_monitors; i++)
    {
      if (!is_taken[i] && g_strcmp0 (monitors[i].connector, name) == 0)
        return (int)i;
    }
  for (guint i = 0; i < n_monitors; i++)
    {
      if (!is_taken[i] && g_strcmp0 (monitors[i].model, name) == 0)
        return (int)i;
    }

  return -1;
}

/**
 * td_wall_assign:
 * @self: a wall
 * @monitors: (array length=n_monitors): those that are plugged in
 * @n_monitors: how many
 * @chosen: (out caller-allocates) (array): for each of td_wall_get_n_screens() screens, the first
 *   one's before the others, the index of its monitor, or -1 for none
 *
 * A screen that is named gets its monitor and no other. The first takes the one
 * it names, or whichever is left.
 */
void
td_wall_assign (const TdWall        *self,
                const TdWallMonitor *monitors,
                guint                n_monitors,
                int                 *chosen)
{
  g_autofree gboolean *is_taken = g_new0 (gboolean, MAX (n_monitors, 1));

  g_return_if_fail (self != NULL);
  g_return_if_fail (chosen != NULL);

  for (guint i = 1; i < td_wall_get_n_screens (self); i++)
    {
      const TdWall *screen = self->screens->pdata[i - 1];

      chosen[i] = find_monitor (screen->monitor, monitors, n_monitors, is_taken);
      if (chosen[i] >= 0)
        is_taken[chosen[i]] = TRUE;
    }

  chosen[0] = self->monitor != NULL ? find_monitor (self->monitor, monitors, n_monitors, is_taken) : -1;
  for (guint i = 0; i < n_monitors && chosen[0] < 0; i++)
    {
      if (!is_taken[i])
        chosen[0] = (int)i;
    }
}

/**
 * td_wall_make_initials:
 * @name: of a person, or initials, which stay as they are
 *
 * Returns: (transfer full): "N.T.H." for "Nguyễn Thị Hoa"
 */
char *
td_wall_make_initials (const char *name)
{
  g_auto (GStrv) words = NULL;
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (name != NULL, NULL);

  words = g_strsplit_set (name, " .", 8);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      g_string_append_unichar (text, g_unichar_toupper (g_utf8_get_char (words[i])));
      g_string_append_c (text, '.');
    }

  return g_string_free (text, FALSE);
}
