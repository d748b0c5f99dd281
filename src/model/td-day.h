/* td-day.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"
#include "td-intervals.h"

G_BEGIN_DECLS

#define TD_TYPE_DAY (td_day_get_type ())

#define TD_DAY_MINUTES 1500 /* a day of 25 hours, when the clocks go back */

/**
 * TdDay:
 *
 * Today minute by minute: the calls offered to each queue, from the centre's
 * counters as they move and, for what was before, from the source's intervals.
 * A minute that was not observed is a gap. Belongs to the main thread.
 *
 * TdDay::changed is emitted when a minute got another value, TdDay::gap when
 * time passed that was not observed and might be back-filled.
 */
G_DECLARE_FINAL_TYPE (TdDay, td_day, TD, DAY, GObject)

TdDay *td_day_new (TdCentre *centre);
void   td_day_back_fill (TdDay       *self,
                         TdIntervals *intervals);
void   td_day_observe (TdDay *self,
                       gint64 at);
gint64 td_day_get_start (TdDay *self);
guint  td_day_get_n_minutes (TdDay *self);
void   td_day_get_offered (TdDay      *self,
                           const char *queue_id,
                           double     *minutes,
                           guint       n_minutes);
void   td_day_get_rate (TdDay      *self,
                        const char *queue_id,
                        guint       window,
                        double     *rates,
                        guint       n_minutes);

G_END_DECLS
