/* td-shift-sheet.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-metrics.h"
#include "td-outlook.h"

G_BEGIN_DECLS

/* Longest span that a sheet is made of. */
#define TD_SHIFT_MAX_MINUTES (7 * 24 * 60)

#define TD_SHIFT_MAX_NAME 200
#define TD_SHIFT_MAX_NOTE 8000

/* Of which the rate is counted, as on the screen. */
#define TD_SHIFT_WINDOW 15

/**
 * TdShiftFigures:
 * @id: id of the queue, or "" for all of them
 * @name: its name for people
 * @counts: summed over what was observed
 * @missing_s: seconds of the span so far that were not observed; of all
 *   queues, those in which one at least was not
 * @compared: calls of the minutes that @normal is of
 * @normal: what is normal for these minutes together; NAN where it is not known
 * @longest_at: the minute in which the longest wait ended, µs since 1970, or %TD_UNKNOWN
 * @waiting: callers waiting at the end, or %TD_UNKNOWN
 * @waiting_beyond: of these, who had waited longer than T; %TD_UNKNOWN where nobody looked
 *
 * What a shift came to, of one queue or of all.
 */
typedef struct
{
  char          *id;
  char          *name;
  TdCounts       counts;
  gint64         missing_s;
  double         compared;
  TdOutlookRange normal;
  gint64         longest_at;
  gint64         waiting;
  gint64         waiting_beyond;
} TdShiftFigures;

/**
 * TdShiftGap:
 * @from: µs since 1970
 * @to: exclusive
 * @n_queues: of how many queues there is nothing, at most at once
 *
 * Minutes that were not observed.
 */
typedef struct
{
  gint64 from;
  gint64 to;
  guint  n_queues;
} TdShiftGap;

/**
 * TdShiftEventKind:
 * @TD_SHIFT_INCIDENT: a person said so; as %TD_HISTORY_MARK_INCIDENT and the next three
 * @TD_SHIFT_ALERT: the program said so
 */
typedef enum {
  TD_SHIFT_INCIDENT,
  TD_SHIFT_OWN_FAULT,
  TD_SHIFT_TEST,
  TD_SHIFT_REGIME,
  TD_SHIFT_ALERT,
  TD_N_SHIFT_EVENT_KINDS
} TdShiftEventKind;

/**
 * TdShiftEvent:
 * @kind: what it was
 * @from: µs since 1970
 * @to: exclusive, or %TD_UNKNOWN while it lasts
 * @queue: (nullable): id of the queue that it concerns, or %NULL for the centre
 * @text: (nullable): what happened, in a person's words or the program's
 * @evidence: (nullable): what it was seen by, where that was told
 * @owner: (nullable): who took it
 * @owned_at: when, or %TD_UNKNOWN
 * @excess: offered − normal in its minutes of the shift, calls, or NAN
 * @peak: greatest rate ÷ normal − 1, or NAN
 * @longest_ms: longest wait that ended in it, or %TD_UNKNOWN
 *
 * What happened in a shift.
 */
typedef struct
{
  TdShiftEventKind kind;
  gint64           from;
  gint64           to;
  char            *queue;
  char            *text;
  char            *evidence;
  char            *owner;
  gint64           owned_at;
  double           excess;
  double           peak;
  gint64           longest_ms;
} TdShiftEvent;

/**
 * TdShiftPlace:
 * @place: where these agents work
 * @employer: (nullable): whose they are, of partners
 * @planned: agents whose shift lies in the span, or %TD_UNKNOWN where the source did not tell
 * @present: agents who were seen working, or %TD_UNKNOWN where nobody looked
 * @called_in: of these, who were not planned, or %TD_UNKNOWN
 * @staffed_ms: how long they were seen working, all together, or %TD_UNKNOWN
 *
 * Agents of one place.
 */
typedef struct
{
  TdPlace place;
  char   *employer;
  gint64  planned;
  gint64  present;
  gint64  called_in;
  gint64  staffed_ms;
} TdShiftPlace;

/**
 * TdShiftSheet:
 * @centre: (nullable): the centre's name
 * @hotlines: (nullable): its numbers, "1900.9000, 1900.1006"
 * @timezone: (nullable): IANA name of its zone
 * @from: µs since 1970, a whole minute
 * @to: exclusive; at most %TD_SHIFT_MAX_MINUTES later
 * @until: to where the figures go: @to, or the last whole minute that passed
 * @made_at: when the figures were taken
 * @handed_at: when it was handed over, or %TD_UNKNOWN
 * @giver: (nullable): who hands over
 * @taker: (nullable): who takes over
 * @note: (nullable): in the words of who hands over
 * @formula: how the service level is reckoned
 * @service_level_ms: T
 * @target: 0…1
 * @short_abandon_ms: limit of a short abandon
 * @days_learnt: days that normal was learnt from; the least, where the span is of several days
 * @total: of all queues, from summed counts
 * @queues: (element-type TdShiftFigures)
 * @n_minutes: of the span up to @until
 * @offered: (array length=n_minutes): calls of each minute; NAN where a queue was not observed
 * @rates: (array length=n_minutes): calls of the %TD_SHIFT_WINDOW minutes up to the end of each
 * @normal: (array length=n_minutes): what is normal for these
 * @gaps: (element-type TdShiftGap)
 * @events: (element-type TdShiftEvent): by time
 * @places: (element-type TdShiftPlace)
 * @staff: all places together
 *
 * All that a hand-over sheet says. A plain value that owns what it points to;
 * nobody changes its figures once they are gathered.
 */
typedef struct
{
  char  *centre;
  char  *hotlines;
  char  *timezone;
  gint64 from;
  gint64 to;
  gint64 until;
  gint64 made_at;

  gint64 handed_at;
  char  *giver;
  char  *taker;
  char  *note;

  TdServiceLevelFormula formula;
  gint64                service_level_ms;
  double                target;
  gint64                short_abandon_ms;
  guint                 days_learnt;

  TdShiftFigures  total;
  GPtrArray      *queues;
  guint           n_minutes;
  double         *offered;
  double         *rates;
  TdOutlookRange *normal;
  GArray         *gaps;
  GPtrArray      *events;
  GPtrArray      *places;
  TdShiftPlace    staff;
} TdShiftSheet;

TdShiftSheet *td_shift_sheet_new (gint64 from,
                                  gint64 to);
void          td_shift_sheet_free (TdShiftSheet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdShiftSheet, td_shift_sheet_free)

void            td_shift_sheet_set_n_minutes (TdShiftSheet *self,
                                              guint         n_minutes);
TdShiftFigures *td_shift_sheet_add_queue (TdShiftSheet *self,
                                          const char   *id,
                                          const char   *name);
TdShiftEvent   *td_shift_sheet_add_event (TdShiftSheet    *self,
                                          TdShiftEventKind kind,
                                          gint64           from);
TdShiftPlace   *td_shift_sheet_add_place (TdShiftSheet *self,
                                          TdPlace       place,
                                          const char   *employer);
void            td_shift_sheet_sort_events (TdShiftSheet *self);

gboolean   td_shift_sheet_is_frozen (const TdShiftSheet *self);
gboolean   td_shift_sheet_is_running (const TdShiftSheet *self);
GTimeZone *td_shift_sheet_get_zone (const TdShiftSheet *self);
double     td_shift_sheet_get_service_level (const TdShiftSheet   *self,
                                             const TdShiftFigures *figures);
double     td_shift_figures_get_abandon_rate (const TdShiftFigures *figures);
double     td_shift_figures_get_deviation (const TdShiftFigures *figures,
                                           gboolean             *is_out);

G_END_DECLS
