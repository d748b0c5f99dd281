/* td-roster.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TD_TYPE_ROSTER (td_roster_get_type ())

/**
 * TdRoster:
 *
 * A #GListModel of the centre's queues, agents or callers, in order of first
 * appearance. An object keeps its identity as long as the source reports it;
 * a change of its values is no change of the list.
 */
G_DECLARE_FINAL_TYPE (TdRoster, td_roster, TD, ROSTER, GObject)

guint    td_roster_get_size (TdRoster *self);
gpointer td_roster_get (TdRoster *self,
                        guint     position);
gpointer td_roster_find (TdRoster   *self,
                         const char *id);

G_END_DECLS
