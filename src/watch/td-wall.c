/* td-wall.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall.h"

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
  copy->message = g_strdup (self->message);

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
  g_free (self->message);
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
