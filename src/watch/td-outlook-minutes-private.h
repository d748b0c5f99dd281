/* td-outlook-minutes-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-local-day.h"
#include "td-outlook-stream-private.h"

G_BEGIN_DECLS

/**
 * TdOutlookMinutes:
 * @today: the day
 * @begun: there is one
 * @live: the source answers
 * @opens: minute of the clock's day at which the centre opens
 * @closes: minute at which it closes; the same where it never does
 * @unheard: minutes in which the source did not answer
 * @unheard_from: since when it does not, where it is not live
 *
 * Which of today's minutes are known, and to be judged. A plain value.
 */
typedef struct
{
  TdLocalDay today;
  gboolean   begun;
  gboolean   live;
  guint      opens;
  guint      closes;
  gboolean   unheard[TD_DAY_MINUTES];
  guint      unheard_from;
} TdOutlookMinutes;

void     td_outlook_minutes_begin_day (TdOutlookMinutes *self,
                                       gint64            start,
                                       GTimeZone        *zone);
guint    td_outlook_minutes_count (const TdOutlookMinutes *self,
                                   TdDay                  *day,
                                   gint64                  now);
void     td_outlook_minutes_set_live (TdOutlookMinutes *self,
                                      gboolean          live,
                                      guint             n_minutes);
gboolean td_outlook_minutes_are_open (const TdOutlookMinutes *self,
                                      guint                   minute);
void     td_outlook_minutes_forget (TdOutlookMinutes *self,
                                    TdDay            *day,
                                    gboolean         *forget,
                                    guint             n_minutes);
void     td_outlook_minutes_gather (TdDay                 *day,
                                    const TdOutlookStream *stream,
                                    double                *minutes,
                                    guint                  n_minutes);
void     td_outlook_minutes_slide (const double *minutes,
                                   guint         window,
                                   double       *rates,
                                   guint         n_minutes);

G_END_DECLS
