/* td-sound.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "td-tone.h"

G_BEGIN_DECLS

#define TD_TYPE_SOUND (td_sound_get_type ())

/**
 * TdSound:
 *
 * Plays tones through whichever of pw-play, paplay and aplay is there and
 * works, without waiting for it. A sound is never the only sign of anything:
 * that none can be played is told by td_sound_can_play() and else by nothing.
 * Main thread.
 */
G_DECLARE_FINAL_TYPE (TdSound, td_sound, TD, SOUND, GObject)

TdSound *td_sound_new (void);
gboolean td_sound_can_play (TdSound *self);
gboolean td_sound_is_playing (TdSound *self);
void     td_sound_play (TdSound *self,
                        TdTone   tone,
                        double   volume);
gboolean td_sound_alert (TdSound   *self,
                         TdTone     tone,
                         GSettings *settings,
                         guint      minute,
                         guint      escalation);
gboolean td_sound_is_quiet (guint from,
                            guint to,
                            guint minute);

G_END_DECLS
