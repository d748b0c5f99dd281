/* td-wall-items.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* More than there are pages or numbers. */
#define TD_WALL_ITEMS_MAX 16

/**
 * TdWallItem:
 * @kind: of a page, or of a number
 * @seconds: of a page
 * @is_on: whether it is there at all
 */
typedef struct
{
  guint    kind;
  guint    seconds;
  gboolean is_on;
} TdWallItem;

typedef const char *(*TdWallItemTitle) (guint kind);

#define TD_TYPE_WALL_ITEMS (td_wall_items_get_type ())

/**
 * TdWallItems:
 *
 * What a wall shows in an order: a row each, with a switch and a way up.
 *
 * TdWallItems::changed: somebody changed it.
 */
G_DECLARE_FINAL_TYPE (TdWallItems, td_wall_items, TD, WALL_ITEMS, AdwPreferencesGroup)

GtkWidget *td_wall_items_new (const char     *title,
                              guint           n_kinds,
                              TdWallItemTitle get_title,
                              gboolean        has_seconds);
void       td_wall_items_set (TdWallItems      *self,
                              const TdWallItem *items,
                              guint             n_items);
guint      td_wall_items_get (TdWallItems *self,
                              TdWallItem  *items);

G_END_DECLS
