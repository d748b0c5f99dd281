/* td-outlook-learning.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-outlook-learning-private.h"

#include <math.h>
#include <string.h>

#include "td-holidays.h"
#include "td-outlook-marks-private.h"
#include "td-own-days.h"

/* So much of a slot has to have been observed. */
#define LEAST_OBSERVED 0.9

/* A day with less than this share of an ordinary one's calls was closed, or
 * dead: it is no small day. */
#define CLOSED_SHARE 0.02
#define CLOSED_WEEKS 2 /* in a row, and the line is closed on that day of the week */
#define DAY_GAIN 0.1

#define WHOLE_SHARE 0.97 /* so much of a day is all of it */

/* How much is read at once, while the rows before are learnt: each takes
 * 120 bytes. */
#define CHUNK_ROWS 40000
#define MAX_CHUNK_DAYS 14

typedef struct
{
  TdOutlookLesson lesson;
  char          **queues; /* (owned) (nullable): %NULL for all there are */
  double          usual;  /* calls of an ordinary day, or 0 */
  guint           closed[7];
  gboolean        reopens; /* it was closed yesterday, and nobody could know */
} Pupil;

/* One queue through one day, by the wall clock's slots. */
typedef struct
{
  gboolean present; /* it was observed at some time of the day */
  double   calls[TD_LOCAL_DAY_SLOTS];
  double   unmarked[TD_LOCAL_DAY_SLOTS]; /* without the hours that were marked */
} QueueDay;

/* What a day taught one pupil. */
typedef enum {
  LEARNT,
  TOO_LITTLE,
  CLOSED,
} Outcome;

struct _TdOutlookLearning
{
  GTimeZone  *zone;     /* (owned) */
  GPtrArray  *marks;    /* (owned) (element-type TdHistoryMark) */
  GHashTable *own_days; /* (owned): names of the centre's own days, by date as of g_date_get_julian() */
  GArray     *pupils;   /* (owned) (element-type Pupil) */
  GArray     *days;     /* (owned) (element-type TdOutlookDay) */
  guint       today;
  guint       to_read; /* julian day that is read next; of the thread that reads */
  guint       next;    /* that is taken next; of the thread that learns */
};

static void
clear_pupil (gpointer data)
{
  Pupil *pupil = data;

  g_free (pupil->lesson.id);
  g_clear_pointer (&pupil->lesson.baseline, td_baseline_free);
  g_clear_pointer (&pupil->lesson.normal, td_normal_unref);
  g_strfreev (pupil->queues);
}

/**
 * td_outlook_learning_new:
 * @zone: of the centre's clock
 * @today: the date of today, as of g_date_get_julian()
 * @n_days: how many days before it are learnt from
 * @marks: (element-type TdHistoryMark): what a person said of some hours; not changed any more
 * @own_days: (element-type utf8 utf8): the centre's own days, as td_own_days_new() has them
 *
 * Returns: (transfer full): a learning without streams yet
 */
TdOutlookLearning *
td_outlook_learning_new (GTimeZone  *zone,
                         guint       today,
                         guint       n_days,
                         GPtrArray  *marks,
                         GHashTable *own_days)
{
  TdOutlookLearning *self;

  g_return_val_if_fail (zone != NULL, NULL);
  g_return_val_if_fail (today > n_days, NULL);
  g_return_val_if_fail (marks != NULL, NULL);

  self = g_new0 (TdOutlookLearning, 1);
  self->zone = g_time_zone_ref (zone);
  self->marks = g_ptr_array_ref (marks);
  self->own_days = td_own_days_find (own_days, today - n_days, today);
  self->pupils = g_array_new (FALSE, TRUE, sizeof (Pupil));
  g_array_set_clear_func (self->pupils, clear_pupil);
  self->days = td_outlook_days_new ();
  self->today = today;
  self->next = today - n_days;
  self->to_read = self->next;

  return self;
}

void
td_outlook_learning_free (TdOutlookLearning *self)
{
  if (self == NULL)
    return;

  g_time_zone_unref (self->zone);
  g_ptr_array_unref (self->marks);
  g_hash_table_unref (self->own_days);
  g_array_unref (self->pupils);
  g_array_unref (self->days);
  g_free (self);
}

/**
 * td_outlook_learning_add_stream:
 * @self: a learning that has taken nothing yet
 * @kind: what kind of stream
 * @id: its id
 * @queues: its queues; of %TD_STREAM_ALL all that the history knows are taken
 */
void
td_outlook_learning_add_stream (TdOutlookLearning *self,
                                TdStreamKind       kind,
                                const char        *id,
                                const char *const *queues)
{
  Pupil pupil = { 0 };

  g_return_if_fail (self != NULL);

  pupil.lesson.kind = kind;
  pupil.lesson.id = g_strdup (id);
  pupil.lesson.baseline = td_baseline_new (TD_LOCAL_DAY_SLOT_MINUTES, TD_LOCAL_DAY_SLOTS);
  if (kind != TD_STREAM_ALL)
    pupil.queues = g_strdupv ((char **)queues);
  g_array_append_val (self->pupils, pupil);
}

/**
 * td_outlook_learning_get_next:
 * @self: a learning
 * @n_queues: queues that the last answer had, or 0
 * @from: (out): whole minute, µs since 1970
 * @to: (out): whole minute, exclusive
 *
 * Whole days of the centre, few enough to hold in memory. May be asked by
 * another thread than the one that learns.
 *
 * Returns: whether there is something left to be read
 */
gboolean
td_outlook_learning_get_next (TdOutlookLearning *self,
                              guint              n_queues,
                              gint64            *from,
                              gint64            *to)
{
  guint n;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->to_read >= self->today)
    return FALSE;

  n = CLAMP (CHUNK_ROWS / (1440 * MAX (n_queues, 1)), 1, MAX_CHUNK_DAYS);
  *from = td_local_day_get_midnight (self->to_read, self->zone);
  self->to_read = MIN (self->to_read + n, self->today);
  *to = td_local_day_get_midnight (self->to_read, self->zone);

  return *to > *from;
}

/* Calls of one slot that passed, scaled up where a little of it was not
 * observed, or NAN. */
static double
count_slot (const TdInterval *rows)
{
  double offered = 0, observed = 0;

  for (guint i = 0; i < TD_LOCAL_DAY_SLOT_MINUTES; i++)
    {
      if (rows[i].observed_s > 0 && TD_IS_KNOWN (rows[i].counts.offered))
        {
          offered += (double)rows[i].counts.offered;
          observed += (double)MIN (rows[i].observed_s, 60) / 60;
        }
    }

  observed /= TD_LOCAL_DAY_SLOT_MINUTES;

  return observed >= LEAST_OBSERVED ? offered / observed : NAN;
}

static gboolean
was_observed (const TdInterval *rows,
              guint             n)
{
  for (guint i = 0; i < n; i++)
    {
      if (rows[i].observed_s > 0)
        return TRUE;
    }

  return FALSE;
}

static void
read_day (TdOutlookLearning *self,
          const TdLocalDay  *day,
          const char        *queue,
          const TdInterval  *rows,
          guint              n_rows,
          QueueDay          *result)
{
  guint8 n_times[TD_LOCAL_DAY_SLOTS] = { 0 };

  result->present = was_observed (rows, MIN (n_rows, day->n_slots * TD_LOCAL_DAY_SLOT_MINUTES));
  for (guint i = 0; i < TD_LOCAL_DAY_SLOTS; i++)
    result->calls[i] = NAN;

  for (guint i = 0; i < day->n_slots && (i + 1) * TD_LOCAL_DAY_SLOT_MINUTES <= n_rows; i++)
    {
      double *calls = &result->calls[day->wall[i]];
      double  counted = count_slot (rows + i * TD_LOCAL_DAY_SLOT_MINUTES);

      if (isnan (counted))
        continue;

      /* The hour that comes twice counts as the mean of both. */
      *calls = n_times[day->wall[i]] == 0 ? counted : (*calls + counted) / 2;
      n_times[day->wall[i]]++;
    }
  memcpy (result->unmarked, result->calls, sizeof result->calls);
  td_outlook_marks_leave_out (self->marks, day, queue, result->unmarked);
}

static gboolean
concerns (const Pupil *pupil,
          const char  *queue)
{
  return queue == NULL || pupil->queues == NULL || g_strv_contains ((const char *const *)pupil->queues, queue);
}

static TdCalendarDay
describe (const TdOutlookLearning *self,
          const Pupil             *pupil,
          guint                    julian)
{
  TdCalendarDay day = td_holidays_describe (julian, self->own_days);

  day.reopen = pupil->reopens && !day.holiday;

  return day;
}

/* Whether the day was no working day for the stream. */
static gboolean
was_closed (Pupil        *pupil,
            const double *calls,
            gboolean     *observed)
{
  double total = 0;
  guint  n = 0;

  for (guint i = 0; i < TD_LOCAL_DAY_SLOTS; i++)
    {
      if (!isnan (calls[i]))
        {
          total += calls[i];
          n++;
        }
    }
  *observed = n >= TD_LOCAL_DAY_SLOTS / 2;
  if (!*observed)
    return FALSE;

  total *= (double)TD_LOCAL_DAY_SLOTS / n;
  if (total <= 0 || total < CLOSED_SHARE * pupil->usual)
    return TRUE;
  pupil->usual = pupil->usual > 0 ? pupil->usual + DAY_GAIN * (total - pupil->usual) : total;

  return FALSE;
}

static Outcome
teach (TdOutlookLearning *self,
       Pupil             *pupil,
       const TdLocalDay  *day,
       const double      *calls)
{
  TdOutlookLesson *lesson = &pupil->lesson;
  TdCalendarDay    calendar = describe (self, pupil, day->julian);
  gboolean         observed, closed;

  if (td_outlook_marks_begin_regime (self->marks, day, (const char *const *)pupil->queues))
    td_baseline_begin_regime (lesson->baseline);

  closed = was_closed (pupil, calls, &observed);
  if (closed)
    {
      pupil->reopens = pupil->closed[calendar.weekday] < CLOSED_WEEKS;
      if (!calendar.holiday)
        pupil->closed[calendar.weekday]++;
      return CLOSED;
    }

  td_normal_unref (td_baseline_morning (lesson->baseline, &calendar));
  if (observed)
    {
      pupil->closed[calendar.weekday] = 0;
      pupil->reopens = FALSE;
    }
  if (!td_baseline_night (lesson->baseline, calls))
    return TOO_LITTLE;
  lesson->days_learnt++;

  return LEARNT;
}

/* A queue of which there is nothing all day did not exist then; one that was
 * observed in part leaves its gaps to the sum. */
static gboolean
add_up (const Pupil    *pupil,
        TdIntervals    *intervals,
        const QueueDay *days,
        double         *unmarked,
        double         *sums)
{
  gboolean present = FALSE;

  for (guint i = 0; i < TD_LOCAL_DAY_SLOTS; i++)
    unmarked[i] = sums[i] = 0;

  for (guint q = 0; q < td_intervals_get_n_queues (intervals); q++)
    {
      if (!days[q].present || !concerns (pupil, td_intervals_get_queue (intervals, q)))
        continue;

      present = TRUE;
      for (guint i = 0; i < TD_LOCAL_DAY_SLOTS; i++)
        {
          unmarked[i] += days[q].unmarked[i];
          sums[i] += days[q].calls[i];
        }
    }

  return present;
}

/* A person's own word for a day is closer than the country's. */
static const char *
get_holiday (const TdOutlookLearning *self,
             guint                    julian)
{
  const char *own = g_hash_table_lookup (self->own_days, GUINT_TO_POINTER (julian));

  return own != NULL ? own : td_outlook_get_public_holiday (julian);
}

static void
describe_day (TdOutlookLearning *self,
              const TdLocalDay  *day,
              Outcome            outcome,
              const double      *unmarked,
              const double      *calls)
{
  const TdHistoryMark *incident = td_outlook_marks_find (self->marks, day, FALSE);
  const TdHistoryMark *regime = td_outlook_marks_find (self->marks, day, TRUE);
  const char          *holiday = get_holiday (self, day->julian);
  TdOutlookDayKind     kind = TD_OUTLOOK_DAY_ORDINARY;
  TdOutlookTaught      taught = outcome == LEARNT ? TD_OUTLOOK_TAUGHT_ALL : TD_OUTLOOK_TAUGHT_NOTHING;
  const char          *text = NULL;
  double               total = 0;
  guint                n = 0;

  for (guint i = 0; i < TD_LOCAL_DAY_SLOTS; i++)
    {
      total += isnan (calls[i]) ? 0 : calls[i];
      n += !isnan (unmarked[i]);
    }
  if (outcome == LEARNT && n < MIN (day->n_slots, TD_LOCAL_DAY_SLOTS) * WHOLE_SHARE)
    taught = TD_OUTLOOK_TAUGHT_PARTLY;

  if (outcome == CLOSED)
    kind = TD_OUTLOOK_DAY_CLOSED;
  else if (incident != NULL)
    kind = TD_OUTLOOK_DAY_INCIDENT;
  else if (regime != NULL)
    kind = TD_OUTLOOK_DAY_REGIME;
  else if (taught != TD_OUTLOOK_TAUGHT_ALL)
    kind = TD_OUTLOOK_DAY_GAPS;
  else if (holiday != NULL)
    kind = TD_OUTLOOK_DAY_HOLIDAY;

  if (kind == TD_OUTLOOK_DAY_INCIDENT)
    text = incident->text;
  else if (kind == TD_OUTLOOK_DAY_REGIME)
    text = regime->text;
  else if (holiday != NULL)
    text = holiday;
  td_outlook_days_add (self->days, day->julian, taught, kind, total, text);
}

/**
 * td_outlook_learning_take:
 * @self: a learning
 * @intervals: minutes from and to what td_outlook_learning_get_next() said, in its order
 *
 * Learns from them.
 */
void
td_outlook_learning_take (TdOutlookLearning *self,
                          TdIntervals       *intervals)
{
  gint64               end;
  guint                n_queues;
  g_autofree QueueDay *days = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (intervals != NULL);
  g_return_if_fail (td_intervals_get_step (intervals) == TD_HISTORY_MINUTE_US);

  n_queues = td_intervals_get_n_queues (intervals);
  days = g_new (QueueDay, n_queues + 1);
  end = td_intervals_get_from (intervals) + td_intervals_get_n_intervals (intervals) * TD_HISTORY_MINUTE_US;
  for (; self->next < self->today && td_local_day_get_midnight (self->next + 1, self->zone) <= end; self->next++)
    {
      TdLocalDay day;
      gint64     first;
      guint      n_rows;

      td_local_day_init (&day, td_local_day_get_midnight (self->next, self->zone), self->zone);
      first = (day.start - td_intervals_get_from (intervals)) / TD_HISTORY_MINUTE_US;
      if (first < 0 || first >= td_intervals_get_n_intervals (intervals))
        continue;

      n_rows = td_intervals_get_n_intervals (intervals) - (guint)first;
      for (guint q = 0; q < n_queues; q++)
        read_day (self, &day, td_intervals_get_queue (intervals, q), td_intervals_get_rows (intervals, q) + first, n_rows,
                  &days[q]);
      for (guint i = 0; i < self->pupils->len; i++)
        {
          Pupil  *pupil = &g_array_index (self->pupils, Pupil, i);
          double  unmarked[TD_LOCAL_DAY_SLOTS], sums[TD_LOCAL_DAY_SLOTS];
          Outcome outcome;

          if (add_up (pupil, intervals, days, unmarked, sums))
            {
              outcome = teach (self, pupil, &day, unmarked);
              if (pupil->lesson.kind == TD_STREAM_ALL)
                describe_day (self, &day, outcome, unmarked, sums);
            }
          else if (td_outlook_marks_begin_regime (self->marks, &day, (const char *const *)pupil->queues))
            td_baseline_begin_regime (pupil->lesson.baseline);
        }
    }
}

/**
 * td_outlook_learning_end:
 * @self: a learning that has taken all
 *
 * Says what is normal for today.
 */
void
td_outlook_learning_end (TdOutlookLearning *self)
{
  TdLocalDay day;

  g_return_if_fail (self != NULL);

  td_local_day_init (&day, td_local_day_get_midnight (self->today, self->zone), self->zone);
  for (guint i = 0; i < self->pupils->len; i++)
    {
      Pupil        *pupil = &g_array_index (self->pupils, Pupil, i);
      TdCalendarDay calendar = describe (self, pupil, self->today);
      g_autoptr (TdBaseline) copy = NULL;

      if (td_outlook_marks_begin_regime (self->marks, &day, (const char *const *)pupil->queues))
        td_baseline_begin_regime (pupil->lesson.baseline);
      if (pupil->closed[calendar.weekday] >= CLOSED_WEEKS)
        continue;

      copy = td_baseline_copy (pupil->lesson.baseline);
      pupil->lesson.normal = td_baseline_morning (copy, &calendar);
    }
}

guint
td_outlook_learning_get_n_lessons (TdOutlookLearning *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->pupils->len;
}

/**
 * td_outlook_learning_get_lesson:
 * @self: a learning that has ended
 * @index: less than td_outlook_learning_get_n_lessons()
 *
 * Returns: (transfer none): what was learnt of a stream, in the order they were added
 */
const TdOutlookLesson *
td_outlook_learning_get_lesson (TdOutlookLearning *self,
                                guint              index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->pupils->len, NULL);

  return &g_array_index (self->pupils, Pupil, index).lesson;
}

/**
 * td_outlook_learning_get_days:
 * @self: a learning that has ended
 *
 * Returns: (transfer none) (element-type TdOutlookDay): the days of which
 *   something is remembered, the oldest first
 */
GArray *
td_outlook_learning_get_days (TdOutlookLearning *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->days;
}
