/* td-shift-gatherer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-shift-gatherer.h"

#include <math.h>

#include "td-alert-log-private.h"
#include "td-outlook-private.h"
#include "td-shift-incidents-private.h"
#include "td-shift-tally-private.h"

#define MINUTE TD_HISTORY_MINUTE_US

/* What is read at once: of 500 queues these minutes are 25 MiB, and of 10,000
 * agents an hour's spans hardly less. */
#define MINUTES_STEP_US (6 * G_TIME_SPAN_HOUR)
#define SPANS_STEP_US G_TIME_SPAN_HOUR

/* A queue is sampled once a minute at least. */
#define LAST_LOOK_US (2 * MINUTE)

#define DEFAULT_SHORT_ABANDON_MS 5000

/* A night has two, and who pages through past shifts goes back by one. */
#define MAX_KEPT_DAYS 9

struct _TdShiftGatherer
{
  GObject parent_instance;

  TdOutlook *outlook; /* (owned) */
  GQueue     days;    /* (element-type TdPastDay): as they were read, the last first */
};

G_DEFINE_FINAL_TYPE (TdShiftGatherer, td_shift_gatherer, G_TYPE_OBJECT)

/* One gathering under way. */
typedef struct
{
  TdShiftTally *tally; /* (owned) */
  gint64        from;  /* of what is read, µs since 1970 */
  gint64        until;
  gint64        next;
  guint         julian; /* day of which the normal is to be taken next */
  guint         last_julian;
} Gathering;

static void
gathering_free (Gathering *gathering)
{
  td_shift_tally_free (gathering->tally);
  g_free (gathering);
}

static void read_minutes (GTask *task);
static void read_spans (GTask *task);
static void add_days (GTask *task);

static TdHistory *
get_history (GTask *task)
{
  return TD_SHIFT_GATHERER (g_task_get_source_object (task))->outlook->history;
}

static void
finish (GTask *task)
{
  Gathering *gathering = g_task_get_task_data (task);
  TdHistory *history = get_history (task);

  if (history != NULL)
    td_shift_tally_add_marks (gathering->tally, td_history_get_marks (history));
  g_task_return_pointer (task, td_shift_tally_end (gathering->tally), (GDestroyNotify)td_shift_sheet_free);
}

/* --- alerts --------------------------------------------------------------- */

static void
incidents_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Gathering *gathering = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) incidents = td_alert_log_read_finish (TD_HISTORY (object), result, &error);

  if (incidents == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  td_shift_incidents_add (td_shift_tally_get_sheet (gathering->tally), incidents);
  finish (task);
}

/* Who had taken what goes on from before is told by what was done before. */
static void
read_incidents (GTask *task)
{
  Gathering *gathering = g_task_get_task_data (task);

  td_alert_log_read_async (get_history (task), gathering->from, gathering->until, g_task_get_cancellable (task), incidents_cb, task);
}

/* --- normal --------------------------------------------------------------- */

static TdPastDay *
find_day (TdShiftGatherer *self,
          guint            julian)
{
  for (GList *l = self->days.head; l != NULL; l = l->next)
    {
      if (td_past_day_get_julian (l->data) == julian)
        return l->data;
    }

  return NULL;
}

static void
add_day (GTask     *task,
         TdPastDay *day,
         gint64     start,
         guint      n_minutes,
         guint      days_learnt)
{
  TdShiftGatherer *self = g_task_get_source_object (task);
  Gathering       *gathering = g_task_get_task_data (task);
  TdShiftSheet    *sheet = td_shift_tally_get_sheet (gathering->tally);

  td_shift_tally_add_normal (gathering->tally, self->outlook, day, start, n_minutes);
  sheet->days_learnt = sheet->days_learnt == 0 ? days_learnt : MIN (sheet->days_learnt, days_learnt);
  gathering->julian++;
}

static void
day_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdShiftGatherer *self = g_task_get_source_object (task);
  Gathering       *gathering = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  TdPastDay *day = td_past_day_read_finish (TD_OUTLOOK (object), result, &error);

  if (day != NULL)
    {
      g_queue_push_head (&self->days, day);
      while (g_queue_get_length (&self->days) > MAX_KEPT_DAYS)
        g_object_unref (g_queue_pop_tail (&self->days));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  else
    {
      /* The figures are worth having without. */
      g_message ("What was normal is not known: %s", error->message);
      gathering->julian++;
    }
  add_days (g_steal_pointer (&task));
}

static void
add_days (GTask *task)
{
  TdShiftGatherer  *self = g_task_get_source_object (task);
  Gathering        *gathering = g_task_get_task_data (task);
  const TdLocalDay *today = &self->outlook->minutes.today;

  while (gathering->julian <= gathering->last_julian)
    {
      TdPastDay *day = find_day (self, gathering->julian);

      if (self->outlook->minutes.begun && today->julian == gathering->julian)
        {
          TdOutlookFigures figures;

          td_outlook_get_figures (self->outlook, TD_STREAM_ALL, "", &figures);
          add_day (task, NULL, today->start, today->n_slots * TD_LOCAL_DAY_SLOT_MINUTES, figures.days_learnt);
        }
      else if (day != NULL)
        add_day (task, day, td_past_day_get_start (day), td_past_day_get_n_minutes (day), td_past_day_get_days_learnt (day));
      else
        {
          td_past_day_read_async (self->outlook, gathering->julian, TRUE, g_task_get_cancellable (task), day_cb, task);
          return;
        }
    }
  if (self->outlook->history != NULL && gathering->from < gathering->until)
    {
      read_incidents (task);
      return;
    }
  finish (task);
  g_object_unref (task);
}

static guint
get_julian (gint64     time,
            GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)g_date_time_get_day_of_month (local), (GDateMonth)g_date_time_get_month (local),
                  (GDateYear)g_date_time_get_year (local));

  return g_date_get_julian (&date);
}

/* --- what is remembered --------------------------------------------------- */

static void
samples_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Gathering *gathering = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdHistoryRecords) records = td_history_read_records_finish (TD_HISTORY (object), result, &error);

  if (records == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  td_shift_tally_add_samples (gathering->tally, records);
  td_shift_tally_sum (gathering->tally);
  add_days (g_steal_pointer (&task));
}

static void
spans_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Gathering *gathering = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdHistoryRecords) records = td_history_read_records_finish (TD_HISTORY (object), result, &error);

  if (records == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  td_shift_tally_add_spans (gathering->tally, records, gathering->next,
                            MIN (gathering->next + SPANS_STEP_US, gathering->until));
  gathering->next += SPANS_STEP_US;
  read_spans (g_steal_pointer (&task));
}

static void
read_spans (GTask *task)
{
  Gathering *gathering = g_task_get_task_data (task);

  if (gathering->next < gathering->until)
    td_history_read_records_async (get_history (task), TD_HISTORY_SPANS, NULL, gathering->next,
                                   MIN (gathering->next + SPANS_STEP_US, gathering->until),
                                   g_task_get_cancellable (task), spans_cb, task);
  else
    td_history_read_records_async (get_history (task), TD_HISTORY_SAMPLES, NULL, gathering->until - LAST_LOOK_US,
                                   gathering->until, g_task_get_cancellable (task), samples_cb, task);
}

static void
minutes_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Gathering *gathering = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdIntervals) intervals = td_history_read_finish (TD_HISTORY (object), result, &error);

  if (intervals == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  td_shift_tally_add_minutes (gathering->tally, intervals);
  gathering->next += MINUTES_STEP_US;
  read_minutes (g_steal_pointer (&task));
}

static void
read_minutes (GTask *task)
{
  Gathering *gathering = g_task_get_task_data (task);

  if (gathering->next < gathering->until)
    {
      td_history_read_async (get_history (task), NULL, gathering->next, MIN (gathering->next + MINUTES_STEP_US, gathering->until),
                             g_task_get_cancellable (task), minutes_cb, task);
      return;
    }

  gathering->next = gathering->from;
  read_spans (task);
}

static void
flushed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* A history that cannot be written to can be read all the same. */
  if (!td_history_flush_finish (TD_HISTORY (object), result, &error))
    g_debug ("A sheet without the last minutes: %s", error->message);
  read_minutes (user_data);
}

/* --- the type ------------------------------------------------------------- */

static void
td_shift_gatherer_dispose (GObject *object)
{
  TdShiftGatherer *self = TD_SHIFT_GATHERER (object);

  g_queue_clear_full (&self->days, g_object_unref);
  g_clear_object (&self->outlook);

  G_OBJECT_CLASS (td_shift_gatherer_parent_class)->dispose (object);
}

static void
td_shift_gatherer_class_init (TdShiftGathererClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = td_shift_gatherer_dispose;
}

static void
td_shift_gatherer_init (TdShiftGatherer *self)
{
  g_queue_init (&self->days);
}

/**
 * td_shift_gatherer_new:
 * @outlook: knows the centre, its history and what is normal
 *
 * Returns: (transfer full): a gatherer
 */
TdShiftGatherer *
td_shift_gatherer_new (TdOutlook *outlook)
{
  TdShiftGatherer *self;

  g_return_val_if_fail (TD_IS_OUTLOOK (outlook), NULL);

  self = g_object_new (TD_TYPE_SHIFT_GATHERER, NULL);
  self->outlook = g_object_ref (outlook);

  return self;
}

#define MAX_HOTLINES 8

/* "1900.9000, 1900.1006", in the order of the queues; (nullable) (transfer full) */
static char *
list_hotlines (TdCentre *centre)
{
  TdRoster *queues = td_centre_get_queues (centre);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < td_roster_get_size (queues) && names->len < MAX_HOTLINES; i++)
    {
      const char *hotline = td_queue_get_info (td_roster_get (queues, i))->hotline;

      if (hotline != NULL && !g_ptr_array_find_with_equal_func (names, hotline, g_str_equal, NULL))
        g_ptr_array_add (names, (gpointer)hotline);
    }
  if (names->len == 0)
    return NULL;

  g_ptr_array_add (names, NULL);

  return g_strjoinv (", ", (char **)names->pdata);
}

static TdShiftSheet *
create_sheet (TdCentre *centre,
              gint64    from,
              gint64    to)
{
  const TdCentreInfo *info = td_centre_get_info (centre);
  TdShiftSheet       *sheet = td_shift_sheet_new (from, to);
  gint64              now = td_centre_get_now (centre);
  gint64              at = td_centre_get_at (centre);

  sheet->centre = g_strdup (info->name);
  sheet->hotlines = list_hotlines (centre);
  sheet->timezone = g_strdup (g_time_zone_get_identifier (td_centre_get_timezone (centre)));
  sheet->formula = td_centre_get_service_level_formula (centre);
  sheet->service_level_ms = td_centre_get_service_level_ms (centre, NULL);
  sheet->target = td_centre_get_service_level_target (centre, NULL);
  sheet->short_abandon_ms = TD_IS_KNOWN (info->short_abandon_ms) ? info->short_abandon_ms : DEFAULT_SHORT_ABANDON_MS;
  sheet->made_at = now;

  /* To where the source was heard; but a source that is silent now does not
   * make the rest of its time one that is still to come. */
  at = now - at < 2 * MINUTE ? at : now;
  sheet->until = CLAMP (at - at % MINUTE, from, to);
  td_shift_sheet_set_n_minutes (sheet, (guint)((sheet->until - from) / MINUTE));

  return sheet;
}

/**
 * td_shift_gatherer_gather_async:
 * @self: a gatherer
 * @from: whole minute, µs since 1970
 * @to: whole minute, exclusive; at most %TD_SHIFT_MAX_MINUTES later
 * @cancellable: (nullable): to give it up
 *
 * Reads in pieces, on threads of the history.
 */
void
td_shift_gatherer_gather_async (TdShiftGatherer    *self,
                                gint64              from,
                                gint64              to,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Gathering    *gathering;
  TdShiftSheet *sheet;
  GTimeZone    *zone;

  g_return_if_fail (TD_IS_SHIFT_GATHERER (self));
  g_return_if_fail (from > TD_SHIFT_LEAD * MINUTE && from < to && (to - from) / MINUTE <= TD_SHIFT_MAX_MINUTES);
  g_return_if_fail (from % MINUTE == 0 && to % MINUTE == 0);

  zone = td_centre_get_timezone (self->outlook->centre);
  sheet = create_sheet (self->outlook->centre, from, to);
  gathering = g_new0 (Gathering, 1);
  gathering->from = from;
  gathering->until = sheet->until;
  gathering->next = from - TD_SHIFT_LEAD * MINUTE;
  gathering->julian = get_julian (from, zone);
  gathering->last_julian = get_julian (MAX (sheet->until - 1, from), zone);
  gathering->tally = td_shift_tally_new (self->outlook->centre, sheet);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_shift_gatherer_gather_async);
  g_task_set_task_data (task, gathering, (GDestroyNotify)gathering_free);

  if (self->outlook->history == NULL || sheet->n_minutes == 0)
    {
      td_shift_tally_sum (gathering->tally);
      finish (task);
    }
  else
    td_history_flush_async (self->outlook->history, cancellable, flushed_cb, g_steal_pointer (&task));
}

/**
 * td_shift_gatherer_gather_finish:
 * @self: a gatherer
 * @result: of td_shift_gatherer_gather_async()
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): the sheet
 */
TdShiftSheet *
td_shift_gatherer_gather_finish (TdShiftGatherer *self,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
