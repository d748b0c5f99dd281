/* td-wall-place.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TdWallPlace:
 * @holder: a group or a row that shows a part of what a screen shows
 * @description: (nullable): what is said of it anyway, translated
 * @back: (nullable): of another screen than the first, the button that gives
 *   it the part as that has it
 *
 * Where a part is shown that another screen has of its own, or from the first.
 * Both widgets are borrowed.
 */
typedef struct
{
  GtkWidget  *holder;
  const char *description;
  GtkWidget  *back;
} TdWallPlace;

void td_wall_place_add_back (TdWallPlace *self,
                             const char  *title);
void td_wall_place_show (const TdWallPlace *self,
                         gboolean           is_own);
void td_wall_place_focus (const TdWallPlace *self);

G_END_DECLS
