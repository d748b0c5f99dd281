/* td-day-watch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-normal.h"
#include "td-surge.h"

G_BEGIN_DECLS

/**
 * TdDayVerdict:
 * @expected: calls that were to be expected in the minute, going by the day so far, or NAN
 * @surge_begins: an alarm of a surge begins with the minute, or grows into a far larger one
 * @silence_begins: an alarm of too few calls begins with it, or grows so
 * @surging: an alarm of a surge goes on
 * @silent: an alarm of too few calls goes on
 * @busy: standard deviations by which the day since its opening differs from what was foreseen in the morning
 * @running_high: it is more than can be chance
 * @running_low: it is less
 */
typedef struct
{
  double   expected;
  gboolean surge_begins;
  gboolean silence_begins;
  gboolean surging;
  gboolean silent;
  double   busy;
  gboolean running_high;
  gboolean running_low;
} TdDayVerdict;

/**
 * TdDayWatch:
 *
 * Judges one stream of calls through one day, minute by minute, against what
 * is normal. A surge of minutes and hours is judged against the live
 * expectation, which follows the day; a day that runs high from its opening is
 * absorbed by that, and is judged against the morning's.
 */
typedef struct _TdDayWatch TdDayWatch;

TdDayWatch *td_day_watch_new (TdNormal *normal,
                              guint     n_streams);
void        td_day_watch_free (TdDayWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdDayWatch, td_day_watch_free)

void           td_day_watch_go_on (TdDayWatch *self,
                                   gboolean    surging,
                                   gboolean    silent);
TdDayVerdict   td_day_watch_step (TdDayWatch *self,
                                  double      calls);
guint          td_day_watch_get_minute (const TdDayWatch *self);
const TdToday *td_day_watch_get_today (const TdDayWatch *self);

G_END_DECLS
