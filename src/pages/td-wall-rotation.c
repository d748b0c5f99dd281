/* td-wall-rotation.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-rotation.h"

/**
 * td_wall_rotation_init:
 * @self: (out caller-allocates): the rotation
 * @wall: whose pages; has to live as long
 * @now: monotonic, µs
 */
void
td_wall_rotation_init (TdWallRotation *self,
                       const TdWall   *wall,
                       gint64          now)
{
  *self = (TdWallRotation){ .wall = wall, .begun = now };
}

/**
 * td_wall_rotation_step:
 * @self: a rotation
 * @now: monotonic, µs
 * @is_held: something has to stay in sight
 *
 * To be called about once a second. However late it is called it goes on by
 * one page, and a page that was held begins its time anew.
 *
 * Returns: whether another page is shown
 */
gboolean
td_wall_rotation_step (TdWallRotation *self,
                       gint64          now,
                       gboolean        is_held)
{
  const TdWallPage *page = td_wall_rotation_get_page (self);

  if (is_held || self->is_held)
    {
      self->begun = now;
      self->is_held = is_held;
      return FALSE;
    }
  /* A tick may come a little early. */
  if (now - self->begun < page->seconds * G_USEC_PER_SEC - G_USEC_PER_SEC / 20 || self->wall->n_pages < 2)
    return FALSE;

  self->index = (self->index + 1) % self->wall->n_pages;
  self->begun = now;

  return TRUE;
}

const TdWallPage *
td_wall_rotation_get_page (const TdWallRotation *self)
{
  return &self->wall->pages[self->index];
}

/**
 * td_wall_rotation_get_part:
 * @self: a rotation
 * @now: monotonic, µs
 *
 * Returns: how much of the page's time is over, 0…1
 */
double
td_wall_rotation_get_part (const TdWallRotation *self,
                           gint64                now)
{
  double part = (double)(now - self->begun) / ((double)td_wall_rotation_get_page (self)->seconds * G_USEC_PER_SEC);

  return CLAMP (part, 0, 1);
}
