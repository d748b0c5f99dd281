/* td-sound-group.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TD_TYPE_SOUND_GROUP (td_sound_group_get_type ())

/**
 * TdSoundGroup:
 *
 * How alerts sound at this desk, whichever centre is watched. What is set
 * takes effect at once.
 */
G_DECLARE_FINAL_TYPE (TdSoundGroup, td_sound_group, TD, SOUND_GROUP, AdwPreferencesGroup)

GtkWidget *td_sound_group_new (GSettings *settings);

G_END_DECLS
