/* td-outbox.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TD_OUTBOX_MAX_ITEMS 1000
#define TD_OUTBOX_MAX_BYTES (64 * 1024) /* of one item */

#define TD_TYPE_OUTBOX (td_outbox_get_type ())

/**
 * TdOutbox:
 *
 * What is to be told to the outside, in order, until it has been told: a
 * folder with a file for each. It outlives the program, however that ends:
 * what td_outbox_add() has taken is there after a kill. One program at a time
 * keeps a folder. Main thread; adding waits for the disk.
 */
G_DECLARE_FINAL_TYPE (TdOutbox, td_outbox, TD, OUTBOX, GObject)

/**
 * TdOutboxItem:
 * @id: of what is told, the same at each try
 * @at: when it was added, in µs since 1970 (UTC), by the clock of that moment
 * @born: the same by td_clock_get(), which no step of that clock moves
 */
typedef struct
{
  char  *id;   /* (owned) */
  char  *name; /* (owned): of its file */
  gint64 at;
  gint64 born;
} TdOutboxItem;

TdOutbox           *td_outbox_open (const char *folder,
                                    GError    **error);
guint               td_outbox_get_n_items (TdOutbox *self);
gboolean            td_outbox_add (TdOutbox   *self,
                                   const char *id,
                                   GBytes     *body,
                                   GError    **error);
const TdOutboxItem *td_outbox_peek (TdOutbox *self);
GBytes             *td_outbox_read_first (TdOutbox *self,
                                          GError  **error);
void                td_outbox_remove (TdOutbox   *self,
                                      const char *id);
void                td_outbox_delete (TdOutbox *self);
gboolean            td_outbox_is_id (const char *id);

G_END_DECLS
