/* td-command-group.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-profile.h"

G_BEGIN_DECLS

#define TD_TYPE_COMMAND_GROUP (td_command_group_get_type ())

/**
 * TdCommandGroup:
 *
 * The command that a profile's alerts are told to, and a run that tries it out.
 *
 * TdCommandGroup::changed: something else was entered
 */
G_DECLARE_FINAL_TYPE (TdCommandGroup, td_command_group, TD, COMMAND_GROUP, AdwPreferencesGroup)

GtkWidget *td_command_group_new (const TdProfile *profile);
gboolean   td_command_group_read (TdCommandGroup *self,
                                  TdProfile      *profile);

G_END_DECLS
