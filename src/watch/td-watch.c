/* td-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-watch.h"

#include "td-past-filler.h"
#include "td-recorder.h"
#include "td-agent-recorder.h"
#include "td-sampler.h"

#define MINUTE_US (60 * G_TIME_SPAN_SECOND)

/* What one request for history may bring. A source with many queues is asked
 * for coarser intervals, because the answer is parsed into memory as a tree. */
#define MAX_ROWS 100000
#define FINE_QUEUES 50

#define RETRY_MS 5000
#define RETRY_MAX_MS (5 * 60 * 1000)
#define GAP_MS 1000
#define DEADLINE_MS 60000

/* The minute in which the watch began was seen in part; the source knows it
 * whole a little after it ended. */
#define SETTLE_MS 5000

#define CERTAIN_US G_TIME_SPAN_SECOND

/* For so long alarms wait for the past, and for what is learnt of it. */
#define FILLING_US (5 * G_TIME_SPAN_MINUTE)
#define LEARNING_US (10 * G_TIME_SPAN_SECOND)

typedef struct
{
  GWeakRef watch;
  guint    generation;
} Fill;

struct _TdWatch
{
  GObject parent_instance;

  TdBackend       *backend;        /* (owned) */
  TdCentre        *centre;         /* (owned) */
  TdPoller        *poller;         /* (owned) */
  TdDay           *day;            /* (owned) */
  TdTrail         *trail;          /* (owned) */
  TdAgentJudge    *judge;          /* (owned) */
  TdSupervisor    *supervisor;     /* (owned) */
  TdHistory       *history;        /* (owned) (nullable) */
  TdRecorder      *recorder;       /* (owned) (nullable): writes it */
  TdAgentRecorder *agent_recorder; /* (owned) (nullable): likewise */
  TdSampler       *sampler;        /* (owned) (nullable): likewise */
  TdPastFiller    *past;           /* (owned) (nullable): asks for what it has not */
  TdOutlook       *outlook;        /* (owned) */
  TdStaffingDesk  *staffing;       /* (owned) */
  TdWaitCheck     *waits;          /* (owned) */
  TdReleases      *releases;       /* (owned) */
  TdAlertDesk     *alerts;         /* (owned) */

  gboolean running;
  gboolean remembered;   /* what the agents did before was asked for */
  gboolean unsupported;  /* the source keeps no history */
  gboolean settled;      /* the minute of the last gap was filled too */
  gint64   day_start;    /* µs since 1970, or TD_UNKNOWN */
  gint64   filled_until; /* of that day, by the source's clock, or TD_UNKNOWN */
  gint64   asked_until;
  guint    step_s;
  guint    n_failures;
  guint    generation; /* of the request in flight; another one was given up */
  guint    fill_source;
  guint    gap_source;
  guint    deadline_source;
  gint64   filling_since; /* monotonic, µs, or 0 while no past is waited for */
  gint64   filled_at;     /* when it was still being filled, likewise */

  GCancellable *cancellable; /* (owned) (nullable): of the request in flight */
};

G_DEFINE_FINAL_TYPE (TdWatch, td_watch, G_TYPE_OBJECT)

static void begin_fill (TdWatch *self);

static gboolean
fill_cb (gpointer user_data)
{
  TdWatch *self = user_data;

  self->fill_source = 0;
  begin_fill (self);

  return G_SOURCE_REMOVE;
}

static gboolean
gap_due_cb (gpointer user_data)
{
  TdWatch *self = user_data;

  self->gap_source = 0;
  begin_fill (self);

  return G_SOURCE_REMOVE;
}

static void
schedule_fill (TdWatch *self,
               guint    delay_ms)
{
  g_clear_handle_id (&self->fill_source, g_source_remove);

  if (self->running && !self->unsupported)
    self->fill_source = g_timeout_add (delay_ms, fill_cb, self);
}

/* A fill that is due sooner stays as it is, so that gap after gap does not put
 * it off for ever. */
static void
schedule_gap (TdWatch *self)
{
  if (self->gap_source == 0 && self->running && !self->unsupported)
    self->gap_source = g_timeout_add (GAP_MS, gap_due_cb, self);
}

static void
give_up_fill (TdWatch *self)
{
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->cancellable);

  self->generation++;
  if (self->past != NULL)
    td_past_filler_set_held (self->past, FALSE);
  g_clear_handle_id (&self->fill_source, g_source_remove);
  g_clear_handle_id (&self->gap_source, g_source_remove);
  g_clear_handle_id (&self->deadline_source, g_source_remove);

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

static void
retry_fill (TdWatch *self)
{
  guint delay = MIN (RETRY_MS << MIN (self->n_failures, 8), RETRY_MAX_MS);
  guint asked = MIN (td_backend_get_retry_after (self->backend), RETRY_MAX_MS / 1000) * 1000;

  self->n_failures++;
  delay = delay / 2 + g_random_int_range (0, delay / 2 + 1);
  schedule_fill (self, MAX (delay, asked));
}

/* The source answers for whole steps only, so the one that runs now is asked
 * for once it is over. */
static void
settle_later (TdWatch *self)
{
  gint64 now = td_centre_get_now (self->centre);
  gint64 step = self->step_s * G_TIME_SPAN_SECOND;
  gint64 left = step - (now - td_day_get_start (self->day)) % step;

  self->settled = TRUE;
  schedule_fill (self, CLAMP (left, 0, step) / G_TIME_SPAN_MILLISECOND + SETTLE_MS);
}

/* Alarms wait for the past, but not for one that does not come; and once it is
 * there, until it was learnt. */
static void
tell_filling (TdWatch *self)
{
  gint64 now = g_get_monotonic_time ();

  if (td_watch_is_filling (self))
    {
      if (self->filling_since == 0)
        self->filling_since = now;
      self->filled_at = now;
    }
  else if (self->filling_since != 0 && now - self->filled_at > LEARNING_US)
    self->filling_since = 0;

  td_outlook_set_filling (self->outlook, self->filling_since != 0 && now - self->filling_since < FILLING_US);
}

/* The whole past comes after today. */
static void
remember (TdWatch     *self,
          TdIntervals *intervals)
{
  if (self->history == NULL)
    return;

  td_history_add_intervals (self->history, intervals);
  td_past_filler_fill (self->past);
  tell_filling (self);
}

static void
take_intervals (TdWatch      *self,
                TdIntervals  *intervals,
                const GError *error)
{
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->deadline_source, g_source_remove);
  if (self->past != NULL)
    td_past_filler_set_held (self->past, FALSE);

  if (intervals != NULL)
    {
      self->n_failures = 0;
      self->filled_until = self->asked_until;
      td_day_back_fill (self->day, intervals);
      remember (self, intervals);

      if (!self->settled)
        settle_later (self);
    }
  else if (g_error_matches (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNSUPPORTED))
    {
      g_debug ("No history: %s", error->message);
      self->unsupported = TRUE;
    }
  else
    {
      g_info ("Today's history could not be had: %s", error->message);
      retry_fill (self);
    }
}

static void
fill_finished_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Fill *fill = user_data;
  g_autoptr (TdWatch) self = g_weak_ref_get (&fill->watch);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdIntervals) intervals = td_backend_intervals_finish (TD_BACKEND (object), result, &error);

  if (self != NULL && self->generation == fill->generation)
    take_intervals (self, intervals, error);

  g_weak_ref_clear (&fill->watch);
  g_free (fill);
}

static gboolean
deadline_cb (gpointer user_data)
{
  TdWatch *self = user_data;

  self->deadline_source = 0;
  give_up_fill (self);
  retry_fill (self);

  return G_SOURCE_REMOVE;
}

static guint
choose_step (guint  n_queues,
             gint64 length_us)
{
  static const guint steps[] = { 60, 300, 900, 1800, 3600 };

  for (guint i = n_queues > FINE_QUEUES ? 1 : 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (length_us / (steps[i] * G_TIME_SPAN_SECOND) * MAX (n_queues, 1) <= MAX_ROWS)
        return steps[i];
    }

  return steps[G_N_ELEMENTS (steps) - 1];
}

static void
begin_fill (TdWatch *self)
{
  gint64 start = td_day_get_start (self->day);
  gint64 from, to, step;
  guint  n_queues = td_roster_get_size (td_centre_get_queues (self->centre));
  Fill  *fill;

  if (start == TD_UNKNOWN || td_poller_get_health (self->poller) != TD_HEALTH_LIVE)
    return;

  from = MAX (self->filled_until, start);
  to = CLAMP (td_centre_get_now (self->centre), from, start + TD_DAY_MINUTES * MINUTE_US);
  self->step_s = choose_step (n_queues, to - from);
  step = self->step_s * G_TIME_SPAN_SECOND;
  to -= (to - start) % step;
  from -= (from - start) % step;
  if (to <= from)
    {
      if (!self->settled)
        settle_later (self);
      return;
    }

  give_up_fill (self);
  if (self->past != NULL)
    td_past_filler_set_held (self->past, TRUE);
  self->asked_until = to;
  self->cancellable = g_cancellable_new ();
  self->deadline_source = g_timeout_add (DEADLINE_MS, deadline_cb, self);

  fill = g_new0 (Fill, 1);
  g_weak_ref_init (&fill->watch, self);
  fill->generation = self->generation;

  td_backend_intervals_async (self->backend, from, to, self->step_s, self->cancellable, fill_finished_cb, fill);
}

static void
fill_anew (TdWatch *self)
{
  give_up_fill (self);
  self->n_failures = 0;
  self->settled = FALSE;
  schedule_fill (self, 0);
}

static void
health_changed_cb (TdWatch *self)
{
  TdHealth health = td_poller_get_health (self->poller);

  td_outlook_set_live (self->outlook, health == TD_HEALTH_LIVE || health == TD_HEALTH_CONNECTING);
  if (health == TD_HEALTH_LIVE)
    fill_anew (self);
  else if (self->recorder != NULL)
    {
      td_recorder_break (self->recorder);
      td_agent_recorder_break (self->agent_recorder);
    }
}

static void
remembered_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (TdAgentJudge) judge = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdHistoryRecords) records = td_history_read_records_finish (TD_HISTORY (object), result, &error);

  if (records != NULL)
    td_agent_judge_take_spans (judge, records);
  else
    g_info ("What agents did before cannot be read: %s", error->message);
}

/* What was recorded before this program began, or before a source that was gone. */
static void
remember_agents (TdWatch *self)
{
  gint64 at = td_centre_get_at (self->centre);

  self->remembered = TRUE;
  if (self->history != NULL && TD_IS_KNOWN (at))
    td_history_read_records_async (self->history, TD_HISTORY_SPANS, NULL, at - td_agent_judge_get_memory_us (self->judge), at,
                                   NULL, remembered_cb, g_object_ref (self->judge));
}

static void
centre_changed_cb (TdWatch         *self,
                   const TdChanges *changes)
{
  gint64 start = td_day_get_start (self->day);

  if (!self->remembered)
    remember_agents (self);

  if (changes->new_instance)
    self->unsupported = FALSE;

  if (start == self->day_start && !changes->new_instance)
    return;

  self->day_start = start;
  self->filled_until = TD_UNKNOWN;

  /* The first snapshot comes before the health is live, which will do. */
  if (td_poller_get_health (self->poller) == TD_HEALTH_LIVE)
    fill_anew (self);
}

/* Time passed unobserved although the source answers: it was asleep, or its
 * clock runs faster than it is asked. One request at a time closes the gaps. */
static void
gap_cb (TdWatch *self)
{
  self->settled = FALSE;
  if (self->cancellable == NULL && self->n_failures == 0 && td_poller_get_health (self->poller) == TD_HEALTH_LIVE)
    schedule_gap (self);
}

/* That nothing changed is an observation too. An answer on its way was made a
 * little earlier than now, so the day is told no more than is certain. */
static void
heard_cb (TdWatch *self)
{
  gint64 at = td_centre_get_now (self->centre) - CERTAIN_US;

  td_day_observe (self->day, at);
  td_trail_observe (self->trail, at);
  if (self->recorder != NULL)
    {
      td_recorder_observe (self->recorder, at);
      td_agent_recorder_observe (self->agent_recorder, at);
      td_sampler_observe (self->sampler, at);
    }
  tell_filling (self);
  td_alert_desk_observe (self->alerts);
}

static void
td_watch_dispose (GObject *object)
{
  TdWatch *self = (TdWatch *)object;

  self->running = FALSE;
  give_up_fill (self);
  if (self->poller != NULL)
    td_poller_stop (self->poller);

  if (self->alerts != NULL)
    td_alert_desk_stop (self->alerts);

  g_clear_object (&self->alerts);
  g_clear_object (&self->past);
  g_clear_object (&self->recorder);
  g_clear_object (&self->agent_recorder);
  g_clear_object (&self->sampler);
  g_clear_object (&self->staffing);
  g_clear_object (&self->waits);
  g_clear_object (&self->releases);
  g_clear_object (&self->outlook);
  g_clear_object (&self->history);
  g_clear_object (&self->supervisor);
  g_clear_object (&self->poller);
  g_clear_object (&self->judge);
  g_clear_object (&self->day);
  g_clear_object (&self->trail);
  g_clear_object (&self->centre);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (td_watch_parent_class)->dispose (object);
}

static void
td_watch_class_init (TdWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_watch_dispose;
}

static void
td_watch_init (TdWatch *self)
{
  self->day_start = TD_UNKNOWN;
  self->filled_until = TD_UNKNOWN;
  self->step_s = 60;
}

/**
 * td_watch_new:
 * @backend: where the centre's state comes from
 * @history_path: (nullable): the file in which it is remembered
 *
 * Returns: (transfer full): a watch that is not started yet
 */
TdWatch *
td_watch_new (TdBackend  *backend,
              const char *history_path)
{
  g_autofree char *releases_path = NULL;
  TdWatch         *self;

  g_return_val_if_fail (TD_IS_BACKEND (backend), NULL);

  self = g_object_new (TD_TYPE_WATCH, NULL);
  self->backend = g_object_ref (backend);
  self->centre = td_centre_new ();
  self->poller = td_poller_new (backend, self->centre);
  self->day = td_day_new (self->centre);
  self->trail = td_trail_new (self->centre);
  self->judge = td_agent_judge_new (self->centre);
  self->supervisor = td_supervisor_new (backend, self->poller, self->centre);
  if (history_path != NULL)
    {
      self->history = td_history_new (history_path);
      self->recorder = td_recorder_new (self->centre, self->day, self->history);
      self->agent_recorder = td_agent_recorder_new (self->centre, self->day, self->history);
      self->sampler = td_sampler_new (self->centre, self->history);
      self->past = td_past_filler_new (backend, self->poller, self->centre, self->history);
    }
  self->outlook = td_outlook_new (self->centre, self->day, self->history);
  self->staffing = td_staffing_desk_new (self->centre, self->day, self->outlook);
  self->waits = td_wait_check_new (self->centre);
  self->alerts = td_alert_desk_new (self->centre, self->poller, self->outlook, self->judge, self->history);
  releases_path = history_path != NULL ? g_strconcat (history_path, ".announced", NULL) : NULL;
  self->releases = td_releases_new (releases_path);
  td_alert_desk_set_staffing (self->alerts, self->staffing, self->releases);
  if (self->past != NULL)
    g_signal_connect_object (self->past, "filled",
                             G_CALLBACK (td_outlook_learn), self->outlook, G_CONNECT_SWAPPED);

  /* After the day, so that it has turned when this looks at it. */
  g_signal_connect_object (self->centre, "changed",
                           G_CALLBACK (centre_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->poller, "notify::health",
                           G_CALLBACK (health_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->day, "gap",
                           G_CALLBACK (gap_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->poller, "heard",
                           G_CALLBACK (heard_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * td_watch_start:
 * @self: a watch
 *
 * Watches until td_watch_stop(), whatever the source does.
 */
void
td_watch_start (TdWatch *self)
{
  g_return_if_fail (TD_IS_WATCH (self));

  self->running = TRUE;
  self->unsupported = FALSE;
  td_poller_start (self->poller);
  td_alert_desk_start (self->alerts);
}

void
td_watch_stop (TdWatch *self)
{
  g_return_if_fail (TD_IS_WATCH (self));

  self->running = FALSE;
  give_up_fill (self);
  td_alert_desk_stop (self->alerts);
  td_poller_stop (self->poller);
  if (self->history != NULL)
    {
      td_past_filler_stop (self->past);
      td_recorder_write (self->recorder);
      td_agent_recorder_write (self->agent_recorder);
    }
}

/**
 * td_watch_get_backend:
 * @self: a watch
 *
 * Returns: (transfer none): the backend
 */
TdBackend *
td_watch_get_backend (TdWatch *self)
{
  g_return_val_if_fail (TD_IS_WATCH (self), NULL);

  return self->backend;
}

/**
 * td_watch_get_poller:
 * @self: a watch
 *
 * Returns: (transfer none): the poller, for the health and the cadence
 */
TdPoller *
td_watch_get_poller (TdWatch *self)
{
  g_return_val_if_fail (TD_IS_WATCH (self), NULL);

  return self->poller;
}

/**
 * td_watch_get_centre:
 * @self: a watch
 *
 * Returns: (transfer none): the centre
 */
TdCentre *
td_watch_get_centre (TdWatch *self)
{
  g_return_val_if_fail (TD_IS_WATCH (self), NULL);

  return self->centre;
}

/**
 * td_watch_get_day:
 * @self: a watch
 *
 * Returns: (transfer none): today, minute by minute
 */
TdDay *
td_watch_get_day (TdWatch *self)
{
  g_return_val_if_fail (TD_IS_WATCH (self), NULL);

  return self->day;
}

/**
 * td_watch_get_trail:
 * @self: a watch
 *
 * Returns: (transfer none): who waited in the last hour
 */
TdTrail *
td_watch_get_trail (TdWatch *self)
{
  g_return_val_if_fail (TD_IS_WATCH (self), NULL);

  return self->trail;
}

/**
 * td_watch_get_supervisor:
 * @self: a watch
 *
 * Returns: (transfer none): what may be done to the agents
 */
TdSupervisor *
td_watch_get_supervisor (TdWatch *self)
{
  g_return_val_if_fail (TD_IS_WATCH (self), NULL);

  return self->supervisor;
}

/**
 * td_watch_get_now:
 * @self: a watch
 *
 * The source's time that ages on the screen are reckoned to. While the source
 * is lost or refuses, nobody knows who still waits: time stands still at what
 * it said last.
 *
 * Returns: µs since 1970, or %TD_UNKNOWN before the first snapshot
 */
gint64
td_watch_get_now (TdWatch *self)
{
  TdHealth health;

  g_return_val_if_fail (TD_IS_WATCH (self), TD_UNKNOWN);

  health = td_poller_get_health (self->poller);

  return health == TD_HEALTH_LOST || health == TD_HEALTH_REFUSED ? td_centre_get_at (self->centre)
                                                                 : td_centre_get_now (self->centre);
}

/**
 * td_watch_get_history:
 * @self: a watch
 *
 * Returns: (transfer none) (nullable): what is remembered of the centre
 */
TdHistory *
td_watch_get_history (TdWatch *self)
{
  g_return_val_if_fail (TD_IS_WATCH (self), NULL);

  return self->history;
}

/**
 * td_watch_is_filling:
 * @self: a watch
 *
 * Returns: whether the source is being asked for its past
 */
gboolean
td_watch_is_filling (TdWatch *self)
{
  g_return_val_if_fail (TD_IS_WATCH (self), FALSE);

  return self->past != NULL && td_past_filler_get_filling (self->past);
}

/**
 * td_watch_get_outlook:
 * @self: a watch
 *
 * Returns: (transfer none): what is normal for the centre
 */
TdOutlook *
td_watch_get_outlook (TdWatch *self)
{
  g_return_val_if_fail (TD_IS_WATCH (self), NULL);

  return self->outlook;
}

/**
 * td_watch_get_judge:
 * @self: a watch
 *
 * Returns: (transfer none): what is thought of the centre's agents
 */
TdAgentJudge *
td_watch_get_judge (TdWatch *self)
{
  g_return_val_if_fail (TD_IS_WATCH (self), NULL);

  return self->judge;
}

/**
 * td_watch_get_releases:
 * @self: a watch
 *
 * Returns: (transfer none): what was announced at this desk of agents who will leave
 */
TdReleases *
td_watch_get_releases (TdWatch *self)
{
  g_return_val_if_fail (TD_IS_WATCH (self), NULL);

  return self->releases;
}

/**
 * td_watch_get_staffing:
 * @self: a watch
 *
 * Returns: (transfer none): what a number of agents will achieve
 */
TdStaffingDesk *
td_watch_get_staffing (TdWatch *self)
{
  g_return_val_if_fail (TD_IS_WATCH (self), NULL);

  return self->staffing;
}

/**
 * td_watch_get_last_heard:
 * @self: a watch
 * @now: (out) (optional): the time by the clock that is shown, µs since 1970
 *
 * A simulated centre has a clock of its own, which stands beside what is told.
 *
 * Returns: when the source answered last, by the clock that is shown, µs since
 *   1970, or %TD_UNKNOWN
 */
gint64
td_watch_get_last_heard (TdWatch *self,
                         gint64  *now)
{
  gint64 last;

  g_return_val_if_fail (TD_IS_WATCH (self), TD_UNKNOWN);

  last = td_poller_get_last_good (self->poller);
  if (TD_IS_KNOWN (last) && td_centre_get_info (self->centre)->scenario != NULL)
    {
      if (now != NULL)
        *now = td_centre_get_now (self->centre);
      return td_centre_get_at (self->centre);
    }
  if (now != NULL)
    *now = g_get_real_time ();

  return last;
}

/**
 * td_watch_get_alerts:
 * @self: a watch
 *
 * Returns: (transfer none): when a person is needed, and who sees to it
 */
TdAlertDesk *
td_watch_get_alerts (TdWatch *self)
{
  g_return_val_if_fail (TD_IS_WATCH (self), NULL);

  return self->alerts;
}

/**
 * td_watch_get_waits:
 * @self: a watch
 *
 * Returns: (transfer none): how good the expected waits are
 */
TdWaitCheck *
td_watch_get_waits (TdWatch *self)
{
  g_return_val_if_fail (TD_IS_WATCH (self), NULL);

  return self->waits;
}
