/* td-trail.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"

G_BEGIN_DECLS

#define TD_TRAIL_STEP_US (G_GINT64_CONSTANT (30) * G_USEC_PER_SEC)
#define TD_TRAIL_STEPS 120 /* an hour */

/**
 * TdTrailKind:
 * @TD_TRAIL_WAITING: callers waiting
 * @TD_TRAIL_LONGEST: how long the oldest of them had waited, s
 */
typedef enum {
  TD_TRAIL_WAITING,
  TD_TRAIL_LONGEST,
  TD_N_TRAIL_KINDS
} TdTrailKind;

#define TD_TYPE_TRAIL (td_trail_get_type ())

/**
 * TdTrail:
 *
 * How many callers waited in each queue in the last hour, and for how long, as
 * it was seen at the begin of every half minute. What was not observed is a
 * gap. Belongs to the main thread.
 */
G_DECLARE_FINAL_TYPE (TdTrail, td_trail, TD, TRAIL, GObject)

TdTrail *td_trail_new (TdCentre *centre);
void     td_trail_observe (TdTrail *self,
                           gint64   at);
gint64   td_trail_read (TdTrail           *self,
                        TdTrailKind        kind,
                        const char *const *queues,
                        double            *values);

G_END_DECLS
