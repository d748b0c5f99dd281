/* td-outlook-stream-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-baseline.h"
#include "td-day-watch.h"
#include "td-local-day.h"
#include "td-outlook.h"

G_BEGIN_DECLS

/**
 * TdOutlookEpisode:
 * @on: it goes on
 * @since: minute of the day that it is reckoned from; below zero where it
 *   began before midnight
 * @raised: minute after which it was raised
 * @offered: calls of it that are older than yesterday
 * @expected: what was to be expected then
 *
 * An alarm to one side.
 */
typedef struct
{
  gboolean on;
  int      since;
  int      raised;
  double   offered;
  double   expected;
} TdOutlookEpisode;

/**
 * TdOutlookEve:
 * @n_minutes: whole minutes of the day before that were taken in, up to midnight
 * @offered: what was offered in them, NAN where they were not judged
 * @expected: what was to be expected
 * @surge: an alarm that went on at midnight, its minutes counted from there
 * @silence: likewise
 *
 * What today takes over from the day before.
 */
typedef struct
{
  guint            n_minutes;
  float            offered[TD_DAY_MINUTES];
  float            expected[TD_DAY_MINUTES];
  TdOutlookEpisode surge;
  TdOutlookEpisode silence;
} TdOutlookEve;

/**
 * TdOutlookStream:
 * @kind: what kind of stream
 * @id: its id; "" for all
 * @queues: ids of its queues
 * @baseline: (nullable): what was learnt of the days before today
 * @days_learnt: how many of them
 * @normal: (nullable): what is normal for today, in slots that pass today
 * @watch: (nullable): judges today
 * @n_minutes: whole minutes of today that were taken in
 * @minutes: what was offered in them, NAN where not observed
 * @judged: which of them were judged
 * @expected: what was to be expected, going by the day so far, or NAN
 * @latched: which of them belonged to an alarm, and taught nothing
 * @surge: an alarm of too many calls
 * @silence: an alarm of too few
 * @verdict: of the last minute
 * @eve: (owned) (nullable): what an alarm took over from the day before
 * @figures: where it stands, as long as @figures_known
 * @figures_live: the source answered when they were reckoned
 * @normal_15min: (nullable): what was foreseen in the morning for the sliding
 *   quarter of an hour, of the first @n_normal minutes of today
 *
 * One stream of calls through today.
 */
typedef struct
{
  TdStreamKind kind;
  char        *id;
  char       **queues;

  TdBaseline *baseline;
  guint       days_learnt;

  TdNormal        *normal;
  TdDayWatch      *watch;
  guint            n_watched;  /* streams that share the false alarms */
  gboolean         is_filling; /* more of the past is on its way */
  guint            n_minutes;
  double           minutes[TD_DAY_MINUTES];
  gboolean         judged[TD_DAY_MINUTES];
  float            expected[TD_DAY_MINUTES];
  gboolean         latched[TD_DAY_MINUTES];
  TdOutlookEpisode surge;
  TdOutlookEpisode silence;
  TdDayVerdict     verdict;
  TdOutlookEve    *eve; /* (nullable): where an alarm went on at midnight */

  /* Asked for many times a minute, and all alike. */
  TdOutlookFigures figures;
  gboolean         figures_known;
  gboolean         figures_live;
  TdOutlookRange  *normal_15min;
  guint            n_normal;
} TdOutlookStream;

TdOutlookStream *td_outlook_stream_new (TdStreamKind kind,
                                        const char  *id);
void             td_outlook_stream_free (TdOutlookStream *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdOutlookStream, td_outlook_stream_free)

void     td_outlook_stream_begin_day (TdOutlookStream  *self,
                                      const TdLocalDay *day,
                                      TdNormal         *normal,
                                      guint             n_watched);
gboolean td_outlook_stream_advance (TdOutlookStream *self,
                                    const double    *minutes,
                                    const gboolean  *judged,
                                    guint            n_minutes);

void     td_outlook_stream_carry_over (TdOutlookStream *self,
                                       gboolean         goes_on);
gboolean td_outlook_stream_is_known (const TdOutlookStream *self);

/* td-outlook-alarm.c */
gboolean td_outlook_stream_is_quiet_day (const TdOutlookStream *self);
gboolean td_outlook_stream_get_alarm (const TdOutlookStream *self,
                                      gboolean               live,
                                      TdOutlookAlarm        *alarm,
                                      TdOutlookEpisode      *episode);
void     td_outlook_stream_measure (const TdOutlookStream *self,
                                    int                    since,
                                    double                *offered,
                                    double                *expected);
void     td_outlook_stream_measure_episode (const TdOutlookStream  *self,
                                            const TdOutlookEpisode *episode,
                                            double                 *offered,
                                            double                 *expected);
gboolean td_outlook_stream_is_settling (const TdOutlookStream *self);

/* td-outlook-figures.c */
void                    td_outlook_figures_fill_in (TdOutlookFigures *figures,
                                                    gint64            offered_15min);
const TdOutlookFigures *td_outlook_stream_get_figures (TdOutlookStream *self,
                                                       gint64           start,
                                                       gboolean         live);
void                    td_outlook_stream_get_normal (TdOutlookStream *self,
                                                      guint            window,
                                                      TdOutlookRange  *ranges,
                                                      guint            n_minutes);
void                    td_outlook_stream_get_normal_of (const TdOutlookStream *self,
                                                         const gboolean        *wanted,
                                                         guint                  n_minutes,
                                                         TdOutlookRange        *range);
void                    td_outlook_stream_get_forecast (TdOutlookStream *self,
                                                        guint            window,
                                                        TdOutlookRange  *ranges,
                                                        guint            n_minutes);

G_END_DECLS
