/* td-wall-checks.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TD_TYPE_WALL_CHECKS (td_wall_checks_get_type ())

/**
 * TdWallChecks:
 *
 * A row that opens: some of several that a wall shows, or all of them where
 * none is checked.
 *
 * TdWallChecks::changed: somebody changed it.
 */
G_DECLARE_FINAL_TYPE (TdWallChecks, td_wall_checks, TD, WALL_CHECKS, AdwExpanderRow)

GtkWidget *td_wall_checks_new (const char *title);
void       td_wall_checks_add (TdWallChecks *self,
                               const char   *id,
                               const char   *title);
void       td_wall_checks_set (TdWallChecks      *self,
                               const char *const *ids);
GStrv      td_wall_checks_get (TdWallChecks *self);
void       td_wall_checks_set_note (TdWallChecks *self,
                                    const char   *note);

G_END_DECLS
