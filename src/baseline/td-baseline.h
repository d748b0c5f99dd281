/* td-baseline.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-calendar-day.h"
#include "td-normal.h"

G_BEGIN_DECLS

#define TD_BASELINE_MAX_SLOTS 1440

/**
 * TdBaseline:
 *
 * What is normal for one stream of calls (a queue, a hotline, all of them),
 * learnt day by day: the level of the day (a dynamic linear model of its
 * logarithm), the profile within the day, and how both swing. One thread at a
 * time.
 *
 * The way of a day: td_baseline_morning(), then TdNormal and TdToday while it
 * lasts, then td_baseline_night() with what was counted. A day that is skipped
 * altogether needs neither.
 */
typedef struct _TdBaseline TdBaseline;

TdBaseline *td_baseline_new (guint slot_minutes,
                             guint n_slots);
TdBaseline *td_baseline_copy (const TdBaseline *self);
void        td_baseline_free (TdBaseline *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdBaseline, td_baseline_free)

guint     td_baseline_get_n_slots (const TdBaseline *self);
guint     td_baseline_get_slot_minutes (const TdBaseline *self);
TdNormal *td_baseline_morning (TdBaseline          *self,
                               const TdCalendarDay *day);
gboolean  td_baseline_night (TdBaseline   *self,
                             const double *calls);
void      td_baseline_begin_regime (TdBaseline *self);

G_END_DECLS
