/* td-tone.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdTone:
 * @TD_TONE_NOTICE: one soft stroke
 * @TD_TONE_WARNING: two, rising
 * @TD_TONE_ALARM: three pairs, rising, at once and loud
 *
 * What an alert sounds like, by its level.
 */
typedef enum {
  TD_TONE_NOTICE,
  TD_TONE_WARNING,
  TD_TONE_ALARM,
  TD_N_TONES
} TdTone;

#define TD_TONE_RATE 48000  /* samples a second, one channel of 16 bits */
#define TD_TONE_WAV_HEAD 44 /* bytes before the first sample */

GBytes *td_tone_render (TdTone tone,
                        double volume);

G_END_DECLS
