/* td-outlook.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"
#include "td-day.h"
#include "td-history.h"

G_BEGIN_DECLS

/**
 * TdStreamKind:
 * @TD_STREAM_ALL: every call of the centre; its id is ""
 * @TD_STREAM_HOTLINE: the calls of a hotline's queues
 * @TD_STREAM_REASON: the calls of the queues of one reason
 * @TD_STREAM_QUEUE: the calls of a queue
 *
 * What calls are counted together, and judged against their own normal.
 */
typedef enum {
  TD_STREAM_ALL,
  TD_STREAM_HOTLINE,
  TD_STREAM_REASON,
  TD_STREAM_QUEUE,
} TdStreamKind;

/**
 * TdOutlookState:
 * @TD_OUTLOOK_LEARNING: history is being read; nothing is known yet
 * @TD_OUTLOOK_NO_HISTORY: there is no day to learn from
 * @TD_OUTLOOK_READY: normal is known
 */
typedef enum {
  TD_OUTLOOK_LEARNING,
  TD_OUTLOOK_NO_HISTORY,
  TD_OUTLOOK_READY,
} TdOutlookState;

/**
 * TdOutlookAlarm:
 * @TD_OUTLOOK_ALARM_NONE: nothing beyond chance
 * @TD_OUTLOOK_ALARM_SURGE: far more calls than the day so far lets expect
 * @TD_OUTLOOK_ALARM_SILENCE: far fewer, or none at all
 */
typedef enum {
  TD_OUTLOOK_ALARM_NONE,
  TD_OUTLOOK_ALARM_SURGE,
  TD_OUTLOOK_ALARM_SILENCE,
} TdOutlookAlarm;

/**
 * TdOutlookRange:
 * @mean: calls expected
 * @low80: 10 % quantile, calls
 * @high80: 90 % quantile
 * @low95: 2.5 % quantile
 * @high95: 97.5 % quantile
 *
 * A number of calls with its bands; each is NAN where nothing is known.
 */
typedef struct
{
  double mean;
  double low80;
  double high80;
  double low95;
  double high95;
} TdOutlookRange;

/**
 * TdOutlookFigures:
 * @days_learnt: days that normal was learnt from
 * @known: normal is known; else all that follows but @offered_15min and @offered_today is NAN or nothing
 * @offered_15min: calls of the last 15 whole minutes; where one of them was not
 *   observed, those of the last 15 minutes as the source counts them, or %TD_UNKNOWN
 * @normal_15min: what is normal for them, as was foreseen in the morning
 * @deviation: @offered_15min ÷ @normal_15min.mean − 1, or NAN
 * @is_out: @offered_15min lies outside the 95 % band, learnt from enough days
 * @offered_today: calls of today's observed minutes
 * @normal_by_now: what is normal for these same minutes
 * @normal_day: what was foreseen in the morning for the whole day
 * @forecast_day: the day's total as it looks now: what was counted, what is still to
 *   come, and what is normal for minutes that were not observed
 * @alarm: what is wrong now
 * @alarm_since: when the calls that raised it began to differ, µs since 1970, or %TD_UNKNOWN
 * @alarm_raised: when the alarm began
 * @excess: offered − expected since @alarm_since, calls; below zero in a silence
 * @factor: offered ÷ expected since @alarm_since
 * @runs_high: the day since its opening has more calls than chance explains,
 *   against a normal of enough days
 * @runs_low: it has fewer
 *
 * Where a stream of calls stands against its normal, at one moment.
 */
typedef struct
{
  guint          days_learnt;
  gboolean       known;
  gint64         offered_15min;
  TdOutlookRange normal_15min;
  double         deviation;
  gboolean       is_out;
  double         offered_today;
  TdOutlookRange normal_by_now;
  TdOutlookRange normal_day;
  TdOutlookRange forecast_day;

  TdOutlookAlarm alarm;
  gint64         alarm_since;
  gint64         alarm_raised;
  double         excess;
  double         factor;
  gboolean       runs_high;
  gboolean       runs_low;
} TdOutlookFigures;

/**
 * TdOutlookTaught:
 * @TD_OUTLOOK_TAUGHT_ALL: normal was learnt from the whole day
 * @TD_OUTLOOK_TAUGHT_PARTLY: from a part of it
 * @TD_OUTLOOK_TAUGHT_NOTHING: from none of it
 */
typedef enum {
  TD_OUTLOOK_TAUGHT_ALL,
  TD_OUTLOOK_TAUGHT_PARTLY,
  TD_OUTLOOK_TAUGHT_NOTHING,
} TdOutlookTaught;

/**
 * TdOutlookDayKind:
 * @TD_OUTLOOK_DAY_ORDINARY: there is nothing to say of it
 * @TD_OUTLOOK_DAY_HOLIDAY: it taught of holidays alone
 * @TD_OUTLOOK_DAY_REGIME: from it on things are otherwise
 * @TD_OUTLOOK_DAY_INCIDENT: hours of it were marked: an incident, a fault of our own, a test
 * @TD_OUTLOOK_DAY_GAPS: hours of it were not observed
 * @TD_OUTLOOK_DAY_CLOSED: there were hardly any calls
 * @TD_OUTLOOK_DAY_NO_DATA: nothing is remembered of it
 */
typedef enum {
  TD_OUTLOOK_DAY_ORDINARY,
  TD_OUTLOOK_DAY_HOLIDAY,
  TD_OUTLOOK_DAY_REGIME,
  TD_OUTLOOK_DAY_INCIDENT,
  TD_OUTLOOK_DAY_GAPS,
  TD_OUTLOOK_DAY_CLOSED,
  TD_OUTLOOK_DAY_NO_DATA,
} TdOutlookDayKind;

/**
 * TdOutlookDay:
 * @julian: the date, as of g_date_get_julian()
 * @taught: how much of it taught what is normal
 * @kind: what sets it apart
 * @calls: calls of its observed slots, marked hours included
 * @text: (nullable): name of the holiday, translated, or a person's words
 *
 * A day of the past, as all the centre's calls are learnt.
 */
typedef struct
{
  guint            julian;
  TdOutlookTaught  taught;
  TdOutlookDayKind kind;
  double           calls;
  const char      *text;
} TdOutlookDay;

/* With fewer days learnt, what is normal is but roughly known: nothing is
 * judged by it but what nobody could overlook. */
#define TD_OUTLOOK_ENOUGH_DAYS 7

#define TD_TYPE_OUTLOOK (td_outlook_get_type ())

/**
 * TdOutlook:
 *
 * What was to be expected of today, and what is to be expected of the rest of
 * it, for the whole centre, each hotline, each reason and each queue: learnt
 * from the history in a thread, then carried along minute by minute. Belongs
 * to the main thread.
 *
 * TdOutlook::changed is emitted when figures or bands changed: at most once a
 * minute, and when it learnt anew.
 */
G_DECLARE_FINAL_TYPE (TdOutlook, td_outlook, TD, OUTLOOK, GObject)

TdOutlook *td_outlook_new (TdCentre  *centre,
                           TdDay     *day,
                           TdHistory *history);
void       td_outlook_set_live (TdOutlook *self,
                                gboolean   live);
void       td_outlook_set_filling (TdOutlook *self,
                                   gboolean   filling);
void       td_outlook_set_hours (TdOutlook *self,
                                 guint      opens,
                                 guint      closes);
void       td_outlook_set_own_days (TdOutlook  *self,
                                    GHashTable *days);
void       td_outlook_learn (TdOutlook *self);

TdOutlookState     td_outlook_get_state (TdOutlook *self);
guint              td_outlook_get_n_streams (TdOutlook   *self,
                                             TdStreamKind kind);
const char        *td_outlook_get_stream (TdOutlook   *self,
                                          TdStreamKind kind,
                                          guint        index);
const char *const *td_outlook_get_queues (TdOutlook   *self,
                                          TdStreamKind kind,
                                          const char  *id);
void               td_outlook_get_figures (TdOutlook        *self,
                                           TdStreamKind      kind,
                                           const char       *id,
                                           TdOutlookFigures *figures);
void               td_outlook_get_normal (TdOutlook      *self,
                                          TdStreamKind    kind,
                                          const char     *id,
                                          guint           window,
                                          TdOutlookRange *ranges,
                                          guint           n_minutes);
void               td_outlook_get_normal_of (TdOutlook      *self,
                                             TdStreamKind    kind,
                                             const char     *id,
                                             const gboolean *wanted,
                                             guint           n_minutes,
                                             TdOutlookRange *range);
void               td_outlook_get_forecast (TdOutlook      *self,
                                            TdStreamKind    kind,
                                            const char     *id,
                                            guint           window,
                                            TdOutlookRange *ranges,
                                            guint           n_minutes);
void               td_outlook_get_rates (TdOutlook   *self,
                                         TdStreamKind kind,
                                         const char  *id,
                                         guint        window,
                                         double      *rates,
                                         guint        n_minutes);
guint              td_outlook_get_days (TdOutlook    *self,
                                        TdOutlookDay *days,
                                        guint         n_days);
const char        *td_outlook_get_public_holiday (guint julian);
char              *td_outlook_describe_alarm (TdOutlook   *self,
                                              TdStreamKind kind,
                                              const char  *id);

G_END_DECLS
