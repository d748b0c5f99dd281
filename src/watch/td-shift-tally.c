/* td-shift-tally.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-shift-tally-private.h"

#include <math.h>
#include <string.h>

#include "td-outlook-minutes-private.h"

#define MINUTE TD_HISTORY_MINUTE_US

/* Two programs' clocks, and polls that do not come to the second, leave a
 * minute that somebody looked at a little short. */
#define WHOLE_S 55

/* A source that no longer tells of a shift's agents tells of the next one's. */
#define PLAN_LASTS_US (2 * G_TIME_SPAN_HOUR)

#define NOT_SEEN (-1)

/* One queue, minute by minute. */
typedef struct
{
  TdShiftFigures *figures; /* in the sheet */
  gint32         *offered; /* of TD_SHIFT_LEAD minutes and then the shift's; NOT_SEEN */
  gint64          t_ms;
} QueueMinutes;

struct _TdShiftTally
{
  TdCentre     *centre; /* (owned) */
  TdShiftSheet *sheet;  /* (owned) (nullable): until it is handed out */
  GHashTable   *queues; /* (owned): queue id (string) -> QueueMinutes */
  GHashTable   *agents; /* (owned): agent id (string) -> gint64, µs at work */
  /* (owned) (array length=sheet->n_minutes), each: */
  gint64 *longest;   /* longest wait that ended in it, ms */
  guint  *n_missing; /* queues that were not observed */
  double *expected;  /* calls that were normal, or NAN */
};

static void
free_minutes (QueueMinutes *minutes)
{
  g_free (minutes->offered);
  g_free (minutes);
}

static guint
get_n (const TdShiftTally *self)
{
  return self->sheet->n_minutes + TD_SHIFT_LEAD;
}

static QueueMinutes *
add_queue (TdShiftTally *self,
           const char   *id,
           TdQueue      *queue)
{
  QueueMinutes *minutes = g_new0 (QueueMinutes, 1);

  minutes->figures = td_shift_sheet_add_queue (self->sheet, id, queue != NULL ? td_queue_get_title (queue) : NULL);
  minutes->t_ms = td_centre_get_service_level_ms (self->centre, queue);
  minutes->offered = g_new (gint32, get_n (self));
  for (guint i = 0; i < get_n (self); i++)
    minutes->offered[i] = NOT_SEEN;
  g_hash_table_insert (self->queues, minutes->figures->id, minutes);

  return minutes;
}

/**
 * td_shift_tally_new:
 * @centre: the centre: names its queues and agents
 * @sheet: (transfer full): a sheet with its minutes, and no queue yet
 *
 * Returns: (transfer full): a tally
 */
TdShiftTally *
td_shift_tally_new (TdCentre     *centre,
                    TdShiftSheet *sheet)
{
  TdShiftTally *self = g_new0 (TdShiftTally, 1);
  TdRoster     *queues = td_centre_get_queues (centre);

  self->centre = g_object_ref (centre);
  self->sheet = sheet;
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)free_minutes);
  self->agents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->longest = g_new0 (gint64, MAX (sheet->n_minutes, 1));
  self->n_missing = g_new0 (guint, MAX (sheet->n_minutes, 1));
  self->expected = g_new (double, MAX (sheet->n_minutes, 1));
  for (guint i = 0; i < sheet->n_minutes; i++)
    self->expected[i] = NAN;
  for (guint i = 0; i < td_roster_get_size (queues); i++)
    add_queue (self, td_queue_get_id (td_roster_get (queues, i)), td_roster_get (queues, i));

  return self;
}

void
td_shift_tally_free (TdShiftTally *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->queues);
  g_hash_table_unref (self->agents);
  g_free (self->longest);
  g_free (self->n_missing);
  g_free (self->expected);
  g_clear_pointer (&self->sheet, td_shift_sheet_free);
  g_object_unref (self->centre);
  g_free (self);
}

TdShiftSheet *
td_shift_tally_get_sheet (TdShiftTally *self)
{
  return self->sheet;
}

/* Adds the counts of a minute. What one minute does not tell the sum does not
 * know; but a minute in which nobody's wait ended has no longest wait. */
static void
add_counts (TdShiftFigures *figures,
            const TdCounts *counts,
            gint64          minute)
{
  gint64 longest = figures->counts.max_wait_ms;

  if (!isnan (figures->compared))
    td_counts_add (&figures->counts, counts);
  else
    figures->counts = *counts;
  figures->compared = 0;
  figures->counts.max_wait_ms = longest;
  if (TD_IS_KNOWN (counts->max_wait_ms) && counts->max_wait_ms > longest)
    {
      figures->counts.max_wait_ms = counts->max_wait_ms;
      figures->longest_at = minute;
    }
}

/**
 * td_shift_tally_add_minutes:
 * @self: a tally
 * @intervals: some of the shift's minutes, and of those before it
 */
void
td_shift_tally_add_minutes (TdShiftTally *self,
                            TdIntervals  *intervals)
{
  gint64 begin = self->sheet->from - TD_SHIFT_LEAD * MINUTE;

  for (guint q = 0; q < td_intervals_get_n_queues (intervals); q++)
    {
      const char       *id = td_intervals_get_queue (intervals, q);
      const TdInterval *rows = td_intervals_get_rows (intervals, q);
      QueueMinutes     *minutes = g_hash_table_lookup (self->queues, id);

      for (guint i = 0; i < td_intervals_get_n_intervals (intervals); i++)
        {
          gint64 at = td_intervals_get_from (intervals) + i * td_intervals_get_step (intervals);
          gint64 index = (at - begin) / MINUTE;

          if (index < 0 || index >= get_n (self) || rows[i].observed_s <= 0)
            continue;

          /* A queue that is gone since is told of all the same. */
          if (minutes == NULL)
            minutes = add_queue (self, id, NULL);
          if (rows[i].observed_s >= WHOLE_S && TD_IS_KNOWN (rows[i].counts.offered))
            minutes->offered[index] = (gint32)MIN (rows[i].counts.offered, G_MAXINT32);
          if (index < TD_SHIFT_LEAD)
            continue;

          add_counts (minutes->figures, &rows[i].counts, at);
          minutes->figures->missing_s -= rows[i].observed_s >= WHOLE_S ? 60 : rows[i].observed_s;
          index -= TD_SHIFT_LEAD;
          self->longest[index] = MAX (self->longest[index], rows[i].counts.max_wait_ms);
        }
    }
}

/**
 * td_shift_tally_add_spans:
 * @self: a tally
 * @records: what agents did
 * @from: of it, from when it is taken, µs since 1970
 * @to: to when
 */
void
td_shift_tally_add_spans (TdShiftTally     *self,
                          TdHistoryRecords *records,
                          gint64            from,
                          gint64            to)
{
  guint                n_spans;
  const TdHistorySpan *spans = td_history_records_get_spans (records, &n_spans);

  for (guint i = 0; i < n_spans; i++)
    {
      gint64  time = MIN (spans[i].end, to) - MAX (spans[i].start, from);
      gint64 *worked;

      if (time <= 0 || !td_agent_state_is_staffed (spans[i].state))
        continue;

      worked = g_hash_table_lookup (self->agents, spans[i].agent);
      if (worked == NULL)
        {
          worked = g_new0 (gint64, 1);
          g_hash_table_insert (self->agents, g_strdup (spans[i].agent), worked);
        }
      *worked += time;
    }
}

/**
 * td_shift_tally_add_samples:
 * @self: a tally
 * @records: what was seen of the queues just before the end, by time
 */
void
td_shift_tally_add_samples (TdShiftTally     *self,
                            TdHistoryRecords *records)
{
  guint                  n_samples;
  const TdHistorySample *samples = td_history_records_get_samples (records, &n_samples);

  for (guint i = 0; i < n_samples; i++)
    {
      QueueMinutes   *minutes = g_hash_table_lookup (self->queues, samples[i].queue);
      TdShiftFigures *figures;

      if (minutes == NULL)
        continue;

      figures = minutes->figures;
      figures->waiting = samples[i].waiting;
      figures->waiting_beyond = TD_UNKNOWN;
      if (samples[i].waiting == 0 || (TD_IS_KNOWN (samples[i].longest_ms) && samples[i].longest_ms <= minutes->t_ms))
        figures->waiting_beyond = 0;
      else if (samples[i].waiting == 1 && TD_IS_KNOWN (samples[i].longest_ms))
        figures->waiting_beyond = 1;
    }
}

/* --- sums ----------------------------------------------------------------- */

static void
add_to_total (TdShiftFigures       *total,
              const TdShiftFigures *figures,
              gboolean              is_first)
{
  if (!isnan (figures->compared))
    add_counts (total, &figures->counts, figures->longest_at);
  total->waiting = is_first ? figures->waiting : td_metrics_sum (total->waiting, figures->waiting);
  total->waiting_beyond = is_first ? figures->waiting_beyond
                                   : td_metrics_sum (total->waiting_beyond, figures->waiting_beyond);
}

static void
find_gaps (TdShiftTally *self)
{
  TdShiftSheet *sheet = self->sheet;
  TdShiftGap    gap = { 0 };

  for (guint i = 0; i <= sheet->n_minutes; i++)
    {
      gint64 at = sheet->from + i * MINUTE;

      if (i < sheet->n_minutes && self->n_missing[i] > 0)
        {
          if (gap.n_queues == 0)
            gap.from = at;
          gap.n_queues = MAX (gap.n_queues, self->n_missing[i]);
        }
      else if (gap.n_queues > 0)
        {
          gap.to = at;
          g_array_append_val (sheet->gaps, gap);
          gap.n_queues = 0;
        }
    }
}

/* A queue of which there is nothing at all did not exist then; where there is
 * nothing of any, nobody looked. */
static void
drop_unknown_queues (TdShiftTally *self)
{
  GPtrArray *queues = self->sheet->queues;
  gboolean   any = FALSE;

  for (guint q = 0; q < queues->len; q++)
    any |= !isnan (((TdShiftFigures *)g_ptr_array_index (queues, q))->compared);
  for (guint q = queues->len; any && q-- > 0;)
    {
      TdShiftFigures *figures = g_ptr_array_index (queues, q);

      if (!isnan (figures->compared))
        continue;
      g_hash_table_remove (self->queues, figures->id);
      g_ptr_array_remove_index (queues, q);
    }
  for (guint i = 0; i < self->sheet->n_minutes && queues->len == 0; i++)
    self->n_missing[i] = 1;
}

/**
 * td_shift_tally_sum:
 * @self: a tally to which all minutes were added
 *
 * Makes totals, rates and gaps.
 */
void
td_shift_tally_sum (TdShiftTally *self)
{
  TdShiftSheet      *sheet = self->sheet;
  guint              n = get_n (self);
  g_autofree double *offered = g_new0 (double, n);
  g_autofree double *rates = g_new (double, n);

  drop_unknown_queues (self);
  for (guint q = 0; q < sheet->queues->len; q++)
    {
      TdShiftFigures *figures = g_ptr_array_index (sheet->queues, q);
      QueueMinutes   *minutes = g_hash_table_lookup (self->queues, figures->id);

      add_to_total (&sheet->total, figures, q == 0);
      for (guint i = 0; i < n; i++)
        {
          offered[i] += minutes->offered[i] != NOT_SEEN ? minutes->offered[i] : NAN;
          if (i >= TD_SHIFT_LEAD && minutes->offered[i] == NOT_SEEN)
            self->n_missing[i - TD_SHIFT_LEAD]++;
        }
      figures->missing_s += 60 * (gint64)sheet->n_minutes;
    }

  /* Without any queue there is nothing that could have been observed. */
  for (guint i = 0; i < n && sheet->queues->len == 0; i++)
    offered[i] = NAN;
  td_outlook_minutes_slide (offered, TD_SHIFT_WINDOW, rates, n);
  memcpy (sheet->offered, offered + TD_SHIFT_LEAD, sheet->n_minutes * sizeof *offered);
  memcpy (sheet->rates, rates + TD_SHIFT_LEAD, sheet->n_minutes * sizeof *rates);

  find_gaps (self);
  for (guint i = 0; i < sheet->gaps->len; i++)
    {
      const TdShiftGap *gap = &g_array_index (sheet->gaps, TdShiftGap, i);

      sheet->total.missing_s += (gap->to - gap->from) / G_TIME_SPAN_SECOND;
    }
}

/* --- normal --------------------------------------------------------------- */

/* What is uncertain of two days is so for different reasons. */
static double
add_edge (double mean_a,
          double edge_a,
          double mean_b,
          double edge_b,
          double sign)
{
  return MAX (mean_a + mean_b + sign * hypot (edge_a - mean_a, edge_b - mean_b), 0);
}

static void
add_range (TdOutlookRange       *sum,
           const TdOutlookRange *range)
{
  if (isnan (sum->mean))
    {
      *sum = *range;
      return;
    }

  sum->low80 = add_edge (sum->mean, sum->low80, range->mean, range->low80, -1);
  sum->high80 = add_edge (sum->mean, sum->high80, range->mean, range->high80, 1);
  sum->low95 = add_edge (sum->mean, sum->low95, range->mean, range->low95, -1);
  sum->high95 = add_edge (sum->mean, sum->high95, range->mean, range->high95, 1);
  sum->mean += range->mean;
}

/* A day of which something is normal: today, or a past one. */
typedef struct
{
  TdOutlook *outlook;
  TdPastDay *day;
  gint64     start;
  guint      n_minutes;
} Source;

static void
ask (const Source   *source,
     TdStreamKind    kind,
     const char     *id,
     const gboolean *wanted,
     TdOutlookRange *range)
{
  if (source->day != NULL)
    td_past_day_get_normal_of (source->day, kind, id, wanted, source->n_minutes, range);
  else
    td_outlook_get_normal_of (source->outlook, kind, id, wanted, source->n_minutes, range);
}

/* Compares the minutes of a day in which something was observed. */
static void
compare (TdShiftTally   *self,
         const Source   *source,
         TdShiftFigures *figures,
         const gint32   *offered)
{
  gboolean       wanted[TD_DAY_MINUTES] = { FALSE };
  TdOutlookRange range;
  double         calls = 0;
  gboolean       any = FALSE;

  for (guint i = 0; i < source->n_minutes; i++)
    {
      gint64 index = (source->start - self->sheet->from) / MINUTE + i;
      double of_minute = NAN;

      if (index < 0 || index >= self->sheet->n_minutes)
        continue;
      if (offered == NULL)
        of_minute = self->sheet->offered[index];
      else if (offered[index + TD_SHIFT_LEAD] != NOT_SEEN)
        of_minute = offered[index + TD_SHIFT_LEAD];
      if (isnan (of_minute))
        continue;

      wanted[i] = any = TRUE;
      calls += of_minute;
    }
  if (!any)
    return;

  ask (source, offered == NULL ? TD_STREAM_ALL : TD_STREAM_QUEUE, figures->id, wanted, &range);
  if (isnan (range.mean))
    return;

  figures->compared += calls;
  add_range (&figures->normal, &range);
}

/**
 * td_shift_tally_add_normal:
 * @self: a tally, summed
 * @outlook: says what is normal today
 * @day: (nullable): a past day that says what was normal on it, in its place
 * @start: when the day begins, µs since 1970
 * @n_minutes: that pass on it
 */
void
td_shift_tally_add_normal (TdShiftTally *self,
                           TdOutlook    *outlook,
                           TdPastDay    *day,
                           gint64        start,
                           guint         n_minutes)
{
  const Source               source = { outlook, day, start, MIN (n_minutes, TD_DAY_MINUTES) };
  g_autofree TdOutlookRange *ranges = g_new (TdOutlookRange, TD_DAY_MINUTES);

  for (guint pass = 0; pass < 2; pass++)
    {
      guint window = pass == 0 ? TD_SHIFT_WINDOW : 1;

      if (day != NULL)
        td_past_day_get_normal (day, TD_STREAM_ALL, "", window, ranges, source.n_minutes);
      else
        td_outlook_get_normal (outlook, TD_STREAM_ALL, "", window, ranges, source.n_minutes);
      for (guint i = 0; i < source.n_minutes; i++)
        {
          gint64 index = (start - self->sheet->from) / MINUTE + i;

          if (index < 0 || index >= self->sheet->n_minutes)
            continue;
          if (pass == 0)
            self->sheet->normal[index] = ranges[i];
          else
            self->expected[index] = ranges[i].mean;
        }
    }

  compare (self, &source, &self->sheet->total, NULL);
  for (guint q = 0; q < self->sheet->queues->len; q++)
    {
      TdShiftFigures *figures = g_ptr_array_index (self->sheet->queues, q);

      compare (self, &source, figures, ((QueueMinutes *)g_hash_table_lookup (self->queues, figures->id))->offered);
    }
}

/* --- what people said ----------------------------------------------------- */

static void
measure (TdShiftTally *self,
         TdShiftEvent *event)
{
  const TdShiftSheet *sheet = self->sheet;
  gint64              from = MAX ((event->from - sheet->from) / MINUTE, 0);
  gint64              to = sheet->n_minutes;

  if (TD_IS_KNOWN (event->to))
    to = MIN (to, (event->to - sheet->from) / MINUTE);
  for (gint64 i = from; i < to; i++)
    {
      double deviation = td_metrics_deviation (sheet->rates[i], sheet->normal[i].mean);

      event->longest_ms = MAX (event->longest_ms, self->longest[i] > 0 ? self->longest[i] : TD_UNKNOWN);
      if (!isnan (deviation) && (isnan (event->peak) || deviation > event->peak))
        event->peak = deviation;
      if (!isnan (sheet->offered[i]) && !isnan (self->expected[i]))
        event->excess = (isnan (event->excess) ? 0 : event->excess) + sheet->offered[i] - self->expected[i];
    }
}

/**
 * td_shift_tally_add_marks:
 * @self: a tally that knows what was normal
 * @marks: (element-type TdHistoryMark): what people said, of any time
 */
void
td_shift_tally_add_marks (TdShiftTally *self,
                          GPtrArray    *marks)
{
  static const TdShiftEventKind kinds[] = {
    [TD_HISTORY_MARK_INCIDENT] = TD_SHIFT_INCIDENT,
    [TD_HISTORY_MARK_OWN_FAULT] = TD_SHIFT_OWN_FAULT,
    [TD_HISTORY_MARK_TEST] = TD_SHIFT_TEST,
    [TD_HISTORY_MARK_REGIME] = TD_SHIFT_REGIME,
  };

  for (guint i = 0; i < marks->len; i++)
    {
      const TdHistoryMark *mark = g_ptr_array_index (marks, i);
      gboolean             is_regime = mark->kind == TD_HISTORY_MARK_REGIME;
      TdShiftEvent        *event;

      if (mark->from >= self->sheet->to || (TD_IS_KNOWN (mark->to) && mark->to <= self->sheet->from) ||
          (is_regime && mark->from < self->sheet->from))
        continue;

      event = td_shift_sheet_add_event (self->sheet, kinds[mark->kind], mark->from);
      event->to = mark->to;
      event->queue = g_strdup (mark->queue);
      event->text = g_strdup (mark->text);
      if (mark->queue == NULL && !is_regime)
        measure (self, event);
    }
  td_shift_sheet_sort_events (self->sheet);
}

/* --- staff ---------------------------------------------------------------- */

static TdShiftPlace *
find_place (TdShiftSheet *sheet,
            TdPlace       place,
            const char   *employer)
{
  if (place != TD_PLACE_PARTNER)
    employer = NULL;
  for (guint i = 0; i < sheet->places->len; i++)
    {
      TdShiftPlace *row = g_ptr_array_index (sheet->places, i);

      if (row->place == place && g_strcmp0 (row->employer, employer) == 0)
        return row;
    }

  return td_shift_sheet_add_place (sheet, place, employer);
}

static gboolean
is_planned (const TdAgentInfo  *info,
            const TdShiftSheet *sheet)
{
  return info != NULL && TD_IS_KNOWN (info->shift_start) && TD_IS_KNOWN (info->shift_end) &&
         info->shift_start < sheet->to && info->shift_end > sheet->from;
}

static gboolean
is_plan_known (TdShiftTally *self)
{
  TdRoster *agents = td_centre_get_agents (self->centre);

  if (self->sheet->made_at - self->sheet->to > PLAN_LASTS_US)
    return FALSE;
  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      if (is_planned (td_agent_get_info (td_roster_get (agents, i)), self->sheet))
        return TRUE;
    }

  return FALSE;
}

static void
count_agent (TdShiftTally      *self,
             const TdAgentInfo *info,
             gint64             worked,
             gboolean           knows_plan)
{
  TdShiftPlace *rows[] = {
    find_place (self->sheet, info != NULL ? info->place : TD_PLACE_UNKNOWN, info != NULL ? info->employer : NULL),
    &self->sheet->staff,
  };
  gboolean planned = is_planned (info, self->sheet);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (knows_plan)
        {
          rows[i]->planned = MAX (rows[i]->planned, 0) + (planned ? 1 : 0);
          rows[i]->called_in = MAX (rows[i]->called_in, 0) + (worked > 0 && !planned ? 1 : 0);
        }
      rows[i]->present += worked > 0 ? 1 : 0;
      rows[i]->staffed_ms += worked / G_TIME_SPAN_MILLISECOND;
    }
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const TdShiftPlace *x = *(TdShiftPlace *const *)a;
  const TdShiftPlace *y = *(TdShiftPlace *const *)b;

  /* Who works nobody knows where comes last. */
  if (x->place != y->place)
    return x->place == TD_PLACE_UNKNOWN ? 1 : y->place == TD_PLACE_UNKNOWN ? -1
                                                                           : (int)x->place - (int)y->place;

  return g_strcmp0 (x->employer, y->employer);
}

static void
forget_presence (TdShiftPlace *place)
{
  place->present = TD_UNKNOWN;
  place->called_in = TD_UNKNOWN;
  place->staffed_ms = TD_UNKNOWN;
}

static void
count_staff (TdShiftTally *self)
{
  TdRoster      *agents = td_centre_get_agents (self->centre);
  gboolean       knows_plan = is_plan_known (self);
  GHashTableIter iter;
  gpointer       id, worked;

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      const TdAgentInfo *info = td_agent_get_info (td_roster_get (agents, i));
      const gint64      *time = g_hash_table_lookup (self->agents, info->id);

      if (time != NULL || (knows_plan && is_planned (info, self->sheet)))
        count_agent (self, info, time != NULL ? *time : 0, knows_plan);
    }

  /* And who is gone since. */
  g_hash_table_iter_init (&iter, self->agents);
  while (g_hash_table_iter_next (&iter, &id, &worked))
    {
      if (td_centre_find_agent (self->centre, id) == NULL)
        count_agent (self, NULL, *(gint64 *)worked, knows_plan);
    }
  if (g_hash_table_size (self->agents) == 0)
    {
      /* Nobody looked at the agents: that says nothing of who was there. */
      for (guint i = 0; i < self->sheet->places->len; i++)
        forget_presence (g_ptr_array_index (self->sheet->places, i));
      forget_presence (&self->sheet->staff);
    }
  g_ptr_array_sort (self->sheet->places, compare_places);
}

static int
compare_figures (gconstpointer a,
                 gconstpointer b)
{
  const TdShiftFigures *x = *(TdShiftFigures *const *)a;
  const TdShiftFigures *y = *(TdShiftFigures *const *)b;

  return y->counts.offered != x->counts.offered ? (y->counts.offered < x->counts.offered ? -1 : 1)
                                                : g_utf8_collate (x->name, y->name);
}

/**
 * td_shift_tally_end:
 * @self: a tally to which everything was added
 *
 * Returns: (transfer full): the sheet; nothing else is to be asked of @self then
 */
TdShiftSheet *
td_shift_tally_end (TdShiftTally *self)
{
  count_staff (self);
  g_ptr_array_sort (self->sheet->queues, compare_figures);

  return g_steal_pointer (&self->sheet);
}
