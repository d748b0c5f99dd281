/* td-surge.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A small surge is judged against what was expected so many minutes ago, so
 * that it does not become its own normal while it is being noticed. */
#define TD_SURGE_GUARD_MINUTES 15

/* An alarm lasts so many minutes after there was reason to raise it, so that
 * it does not flap. */
#define TD_SURGE_HOLD_MINUTES 10

#define TD_SURGE_N_FACTORS 4

/**
 * TdSurgeDirection:
 * @TD_SURGE_UP: more calls than expected
 * @TD_SURGE_DOWN: fewer, or none
 */
typedef enum {
  TD_SURGE_UP,
  TD_SURGE_DOWN,
} TdSurgeDirection;

/**
 * TdSurge:
 * @evidence: logarithms of the Shiryaev-Roberts statistics, one a factor
 * @latched: an alarm goes on
 * @strongest: the factor that spoke loudest when it began
 * @calm: logarithm of what speaks for calls being normal again
 * @held_minutes: minutes since there was last reason to raise it
 *
 * Watches one stream of calls, minute by minute, for a change to one side: a
 * mixture of Shiryaev-Roberts statistics over factors by which the rate may
 * have changed (Pollak 1985). A plain value.
 */
typedef struct
{
  TdSurgeDirection direction;
  double           threshold;
  double           evidence[TD_SURGE_N_FACTORS];
  gboolean         latched;
  guint            strongest;
  double           calm;
  guint            held_minutes;
} TdSurge;

void     td_surge_init (TdSurge         *self,
                        TdSurgeDirection direction,
                        guint            n_streams);
void     td_surge_restart (TdSurge *self);
gboolean td_surge_step (TdSurge *self,
                        double   calls,
                        double   expected,
                        double   fresh);

G_END_DECLS
