/* td-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-snapshot.h"

G_BEGIN_DECLS

#define TD_TYPE_ROW (td_row_get_type ())

/**
 * TdRow:
 *
 * One queue, agent or caller with a stable identity. Its values are a row of
 * the whole snapshot that told them last, so that bringing it up to date copies
 * nothing; or its own copy of what a delta told, as each of many rows would keep
 * another delta, with all that was in it, for as long as it stays as it is.
 *
 * TdRow::changed is emitted when the values changed. Belongs to the main thread.
 */
G_DECLARE_DERIVABLE_TYPE (TdRow, td_row, TD, ROW, GObject)

/**
 * TdRowClass:
 * @equal: whether two rows of a snapshot say the same
 * @moved: (nullable): called before the values are replaced; @at is the time of the new ones
 * @info_size: bytes of the values
 * @strings: (array length=n_strings): where in the values the strings are
 * @list: where the list of strings is, which ends in %NULL; 0 where there is none
 */
struct _TdRowClass
{
  GObjectClass parent_class;

  gboolean (*equal) (gconstpointer a,
                     gconstpointer b);
  void (*moved) (TdRow        *self,
                 gconstpointer old_info,
                 gconstpointer new_info,
                 gint64        at);

  gsize        info_size;
  const gsize *strings;
  guint        n_strings;
  gsize        list;
};

const char   *td_row_get_id (TdRow *self);
gconstpointer td_row_get_info (TdRow *self);
gint64        td_row_get_revision (TdRow *self);

G_END_DECLS
