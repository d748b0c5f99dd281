/* td-poller.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-poller.h"

#include <glib/gi18n.h>

#include "td-clock.h"
#include "td-health-private.h"

#define INTERVAL_MS 1000
#define DEADLINE_MS 10000
#define WAIT_S 20
#define REFRESH_MS (10 * 60 * 1000)
#define MAX_MS (24 * 60 * 60 * 1000)

/* After a sleep of so long a connection may be dead, and nobody tells. */
#define SLEPT_US (5 * G_TIME_SPAN_SECOND)
#define SLEEP_LOOK_MS 1000

/* A source that holds its answers says so; until it did, it is asked for no
 * more than this, so that one that holds without saying so stays in time. */
#define PROBE_WAIT_S 1

/* Polls with an older revision than the one held, after which the source is
 * asked for everything: it may have been restored from a copy. */
#define OLD_BEFORE_FULL 3

/* And after so many, that is what it was: its state of now is the state. */
#define OLD_BEFORE_NEW 5

/* A clock that is set goes by more; one that is slewed takes a while for that. */
#define STEP_US (2 * G_TIME_SPAN_SECOND)

typedef struct
{
  GWeakRef poller;
  guint    generation;
  gint64   started;
  guint    wait_s;
  gboolean full;
} Request;

struct _TdPoller
{
  GObject parent_instance;

  TdBackend *backend; /* (owned) */
  TdCentre  *centre;  /* (owned) */

  guint interval_ms;
  guint deadline_ms;
  guint wait_s;
  guint refresh_ms;

  /* A result that bears another number than this one is of a request that
   * was given up. */
  guint         generation;
  gboolean      running;
  GCancellable *cancellable; /* (owned) (nullable): of the request in flight */
  gint64        request_started;
  guint         request_wait_s;

  guint poll_source;
  guint deadline_source;
  guint health_source;
  guint sleep_source;

  gboolean holds;    /* the source honoured the last wait */
  gboolean ask_full; /* the next request is for everything */
  gboolean at_once;  /* the next answer must not be held */
  guint    n_failures;
  guint    n_old;
  gboolean refused;

  /* By td_clock_get(), µs, or TD_UNKNOWN. */
  gint64 started;
  gint64 last_good;
  gint64 last_full;
  gint64 unreachable_since;

  gint64   slept; /* td_clock_get_slept() when it was looked at last */
  gint64   last_good_real;
  gint64   clock_offset_us;
  TdHealth health;
  char    *error_message; /* (owned) (nullable) */
};

enum {
  PROP_0,
  PROP_HEALTH,
  PROP_ERROR_MESSAGE,
  N_PROPS
};

enum {
  HEARD,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdPoller, td_poller, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static void begin_poll (TdPoller *self);
static void update_health (TdPoller *self);

static void
request_free (Request *request)
{
  g_weak_ref_clear (&request->poller);
  g_free (request);
}

static gint64
ms_to_us (guint ms)
{
  return (gint64)ms * G_TIME_SPAN_MILLISECOND;
}

static void
set_error_message (TdPoller   *self,
                   const char *message)
{
  if (g_strcmp0 (self->error_message, message) == 0)
    return;

  g_free (self->error_message);
  self->error_message = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR_MESSAGE]);
}

static TdHealth
judge (TdPoller *self,
       gint64   *until)
{
  TdHealthFacts facts = {
    .refused = self->refused,
    .interval_us = ms_to_us (self->interval_ms),
    .started = self->started,
    .last_good = self->last_good,
    .unreachable_since = self->unreachable_since,
    .held_until = TD_UNKNOWN,
  };

  *until = TD_UNKNOWN;

  if (!self->running)
    return TD_HEALTH_CONNECTING;

  if (self->cancellable != NULL && self->request_wait_s > 0 && self->n_failures == 0)
    facts.held_until = self->request_started + self->request_wait_s * G_TIME_SPAN_SECOND;

  return td_health_judge (&facts, td_clock_get (), until);
}

static gboolean
health_cb (gpointer user_data)
{
  TdPoller *self = user_data;

  self->health_source = 0;
  update_health (self);

  return G_SOURCE_REMOVE;
}

/* Health turns with time alone, so each judgement arms a timer for the moment
 * at which it will be another one. */
static void
update_health (TdPoller *self)
{
  gint64   until;
  TdHealth health = judge (self, &until);

  g_clear_handle_id (&self->health_source, g_source_remove);

  if (until != TD_UNKNOWN)
    {
      gint64 left = MAX (until - td_clock_get (), 0);

      self->health_source = g_timeout_add (left / G_TIME_SPAN_MILLISECOND + 1, health_cb, self);
    }

  if (self->health == health)
    return;

  self->health = health;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEALTH]);
}

static gboolean
poll_cb (gpointer user_data)
{
  TdPoller *self = user_data;

  self->poll_source = 0;
  begin_poll (self);

  return G_SOURCE_REMOVE;
}

static void
schedule (TdPoller *self,
          gint64    delay_ms)
{
  g_clear_handle_id (&self->poll_source, g_source_remove);

  self->poll_source = g_timeout_add (CLAMP (delay_ms, 0, MAX_MS), poll_cb, self);
}

static void
give_up_request (TdPoller *self)
{
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->cancellable);

  self->generation++;
  g_clear_handle_id (&self->deadline_source, g_source_remove);

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

/* Timers stand still while the machine sleeps, and an answer that was waited
 * for may never come: what was known before is old at once, and the source is
 * asked anew. */
static gboolean
sleep_cb (gpointer user_data)
{
  TdPoller *self = user_data;
  gint64    slept = td_clock_get_slept () - self->slept;

  self->slept += slept;
  if (slept < SLEPT_US)
    return G_SOURCE_CONTINUE;

  g_debug ("The machine slept for %" G_GINT64_FORMAT " s", slept / G_TIME_SPAN_SECOND);
  give_up_request (self);
  self->holds = FALSE;
  self->at_once = TRUE;
  schedule (self, 0);
  update_health (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
is_unreachable (const GError *error)
{
  return g_error_matches (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNREACHABLE) ||
         g_error_matches (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TIMEOUT);
}

static void
fail (TdPoller     *self,
      const GError *error,
      guint         retry_after_s)
{
  gint64 delay;

  self->n_failures++;
  self->holds = FALSE;
  self->refused = g_error_matches (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_REFUSED);

  if (!is_unreachable (error))
    self->unreachable_since = TD_UNKNOWN;
  else if (self->unreachable_since == TD_UNKNOWN)
    self->unreachable_since = td_clock_get ();

  delay = td_health_back_off_ms (self->interval_ms, self->n_failures, self->refused, retry_after_s,
                                 g_random_double ());

  g_debug ("Poll failed for the %u. time, again in %" G_GINT64_FORMAT " ms: %s",
           self->n_failures, delay, error->message);

  schedule (self, delay);
  set_error_message (self, error->message);
  update_health (self);
}

static gboolean
deadline_cb (gpointer user_data)
{
  TdPoller *self = user_data;
  guint     late_s = (self->deadline_ms + 999) / 1000 + self->request_wait_s;
  g_autoptr (GError) error = NULL;

  self->deadline_source = 0;
  give_up_request (self);

  error = g_error_new (TD_BACKEND_ERROR, TD_BACKEND_ERROR_TIMEOUT,
                       ngettext ("No whole answer within %u second",
                                 "No whole answer within %u seconds",
                                 late_s),
                       late_s);
  fail (self, error, 0);

  return G_SOURCE_REMOVE;
}

static void
succeed (TdPoller      *self,
         const Request *request,
         gboolean       honoured,
         gboolean       changed)
{
  gint64 now = td_clock_get ();
  gint64 elapsed_ms = (now - request->started) / G_TIME_SPAN_MILLISECOND;
  gint64 gap_ms = self->interval_ms / 10;
  gint64 delay;

  self->n_failures = 0;
  self->n_old = 0;
  self->refused = FALSE;
  self->unreachable_since = TD_UNKNOWN;
  self->last_good = now;
  self->last_good_real = g_get_real_time ();
  self->holds = request->wait_s > 0 && honoured;

  if (request->full)
    {
      self->ask_full = FALSE;
      self->last_full = now;
    }

  /* A source that says that it waits, and at once that nothing changed,
   * would be asked without end. */
  if (self->holds && (changed || elapsed_ms >= (gint64)request->wait_s * 500))
    delay = gap_ms;
  else
    delay = MAX ((gint64)self->interval_ms - elapsed_ms, gap_ms);

  schedule (self, delay);
  set_error_message (self, NULL);
  update_health (self);
  g_signal_emit (self, signals[HEARD], 0);
}

static void
refuse_snapshot (TdPoller      *self,
                 const Request *request,
                 TdSnapshot    *snapshot,
                 const GError  *error)
{
  g_autoptr (GError) old = NULL;

  if (g_error_matches (error, TD_MODEL_ERROR, TD_MODEL_ERROR_BASE) && !request->full)
    {
      self->ask_full = TRUE;
      schedule (self, 0);
      return;
    }

  if (!g_error_matches (error, TD_MODEL_ERROR, TD_MODEL_ERROR_OLD))
    {
      fail (self, error, 0);
      return;
    }

  if (td_snapshot_get_at (snapshot) > td_centre_get_at (self->centre) && ++self->n_old >= OLD_BEFORE_FULL)
    self->ask_full = TRUE;
  if (self->n_old >= OLD_BEFORE_NEW)
    td_centre_forget_revision (self->centre);

  old = g_error_new_literal (TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                             _ ("The revision of the source went backwards"));
  fail (self, old, 0);
}

static void
take_result (TdPoller      *self,
             const Request *request,
             TdPollResult  *result)
{
  guint    generation = self->generation;
  gboolean changed = result->snapshot != NULL;
  g_autoptr (GError) error = NULL;

  if (!changed && request->full)
    {
      error = g_error_new_literal (TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                                   _ ("The source was asked for everything and answered that nothing changed"));
      fail (self, error, 0);
      return;
    }

  if (changed)
    {
      self->clock_offset_us = td_snapshot_get_at (result->snapshot) - g_get_real_time ();

      if (!td_centre_apply (self->centre, result->snapshot, &error))
        {
          refuse_snapshot (self, request, result->snapshot, error);
          return;
        }

      /* Whoever heard of the change may have stopped this poller. */
      if (generation != self->generation)
        return;
    }

  succeed (self, request, result->wait_honoured, changed);
}

static void
poll_finished_cb (GObject      *object,
                  GAsyncResult *async_result,
                  gpointer      user_data)
{
  Request *request = user_data;
  g_autoptr (TdPoller) self = g_weak_ref_get (&request->poller);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPollResult) result = td_backend_poll_finish (TD_BACKEND (object), async_result, &error);

  if (self != NULL && self->generation == request->generation)
    {
      g_clear_object (&self->cancellable);
      g_clear_handle_id (&self->deadline_source, g_source_remove);

      if (result != NULL)
        take_result (self, request, result);
      else
        fail (self, error, td_backend_get_retry_after (self->backend));
    }

  request_free (request);
}

static void
begin_poll (TdPoller *self)
{
  gint64        now = td_clock_get ();
  TdPollRequest ask = { .since = TD_UNKNOWN };
  Request      *request;

  g_assert (self->cancellable == NULL);

  if (self->last_full == TD_UNKNOWN || now - self->last_full >= ms_to_us (self->refresh_ms))
    self->ask_full = TRUE;

  if (!self->ask_full && !td_centre_is_empty (self->centre))
    {
      ask.since = td_centre_get_revision (self->centre);
      ask.instance = td_centre_get_instance (self->centre);

      /* After a failure it is news that the source is back at all. */
      if (self->n_failures == 0 && !self->at_once)
        ask.wait_s = self->holds ? self->wait_s : MIN (self->wait_s, PROBE_WAIT_S);
    }

  self->at_once = FALSE;

  request = g_new0 (Request, 1);
  g_weak_ref_init (&request->poller, self);
  request->generation = ++self->generation;
  request->started = now;
  request->wait_s = ask.wait_s;
  request->full = ask.since == TD_UNKNOWN;

  self->request_started = request->started;
  self->request_wait_s = request->wait_s;
  self->cancellable = g_cancellable_new ();
  self->deadline_source = g_timeout_add (MIN ((gint64)self->deadline_ms + ask.wait_s * 1000, MAX_MS),
                                         deadline_cb, self);

  td_backend_poll_async (self->backend, &ask, self->cancellable, poll_finished_cb, request);
  update_health (self);
}

static void
td_poller_dispose (GObject *object)
{
  TdPoller *self = (TdPoller *)object;

  self->running = FALSE;
  give_up_request (self);
  g_clear_handle_id (&self->poll_source, g_source_remove);
  g_clear_handle_id (&self->health_source, g_source_remove);
  g_clear_handle_id (&self->sleep_source, g_source_remove);
  g_clear_object (&self->backend);
  g_clear_object (&self->centre);

  G_OBJECT_CLASS (td_poller_parent_class)->dispose (object);
}

static void
td_poller_finalize (GObject *object)
{
  TdPoller *self = (TdPoller *)object;

  g_clear_pointer (&self->error_message, g_free);

  G_OBJECT_CLASS (td_poller_parent_class)->finalize (object);
}

static void
td_poller_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  TdPoller *self = TD_POLLER (object);

  switch (prop_id)
    {
    case PROP_HEALTH:
      g_value_set_enum (value, td_poller_get_health (self));
      break;

    case PROP_ERROR_MESSAGE:
      g_value_set_string (value, td_poller_get_error_message (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_poller_class_init (TdPollerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_poller_dispose;
  object_class->finalize = td_poller_finalize;
  object_class->get_property = td_poller_get_property;

  properties[PROP_HEALTH] =
    g_param_spec_enum ("health", NULL, NULL,
                       TD_TYPE_HEALTH, TD_HEALTH_CONNECTING,
                       (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));

  properties[PROP_ERROR_MESSAGE] =
    g_param_spec_string ("error-message", NULL, NULL,
                         NULL,
                         (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[HEARD] =
    g_signal_new ("heard",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
td_poller_init (TdPoller *self)
{
  self->interval_ms = INTERVAL_MS;
  self->deadline_ms = DEADLINE_MS;
  self->wait_s = WAIT_S;
  self->refresh_ms = REFRESH_MS;
  self->started = TD_UNKNOWN;
  self->last_good = TD_UNKNOWN;
  self->last_full = TD_UNKNOWN;
  self->last_good_real = TD_UNKNOWN;
  self->unreachable_since = TD_UNKNOWN;
  self->health = TD_HEALTH_CONNECTING;
}

/**
 * td_poller_new:
 * @backend: where the state comes from
 * @centre: what is kept up to date
 *
 * Returns: (transfer full): a poller that is not started yet
 */
TdPoller *
td_poller_new (TdBackend *backend,
               TdCentre  *centre)
{
  TdPoller *self;

  g_return_val_if_fail (TD_IS_BACKEND (backend), NULL);
  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);

  self = g_object_new (TD_TYPE_POLLER, NULL);
  self->backend = g_object_ref (backend);
  self->centre = g_object_ref (centre);

  return self;
}

/**
 * td_poller_start:
 * @self: a poller
 *
 * Polls at once and then for ever. The first request is for everything. Does
 * nothing when it runs already.
 */
void
td_poller_start (TdPoller *self)
{
  g_return_if_fail (TD_IS_POLLER (self));

  if (self->running)
    return;

  self->running = TRUE;
  self->started = td_clock_get ();
  self->last_good = TD_UNKNOWN;
  self->last_full = TD_UNKNOWN;
  self->unreachable_since = TD_UNKNOWN;
  self->holds = FALSE;
  self->refused = FALSE;
  self->n_failures = 0;
  self->n_old = 0;
  self->slept = td_clock_get_slept ();
  self->sleep_source = g_timeout_add (SLEEP_LOOK_MS, sleep_cb, self);

  schedule (self, 0);
  update_health (self);
}

/**
 * td_poller_stop:
 * @self: a poller
 *
 * Gives up the request in flight and asks no more. The centre keeps its data,
 * and the health is %TD_HEALTH_CONNECTING, since nobody looks at the source.
 */
void
td_poller_stop (TdPoller *self)
{
  g_return_if_fail (TD_IS_POLLER (self));

  if (!self->running)
    return;

  self->running = FALSE;
  give_up_request (self);
  g_clear_handle_id (&self->poll_source, g_source_remove);
  g_clear_handle_id (&self->sleep_source, g_source_remove);

  set_error_message (self, NULL);
  update_health (self);
}

/**
 * td_poller_poll_now:
 * @self: a poller
 *
 * Asks without waiting for the next turn, for a person who wants to see. A
 * request in flight that is not held by the source is left to finish.
 */
void
td_poller_poll_now (TdPoller *self)
{
  g_return_if_fail (TD_IS_POLLER (self));

  if (!self->running)
    return;

  if (self->cancellable != NULL)
    {
      if (self->request_wait_s == 0)
        return;

      give_up_request (self);
    }

  self->at_once = TRUE;
  schedule (self, 0);
}

guint
td_poller_get_interval_ms (TdPoller *self)
{
  g_return_val_if_fail (TD_IS_POLLER (self), 0);

  return self->interval_ms;
}

/**
 * td_poller_set_interval_ms:
 * @self: a poller
 * @interval_ms: 1 … a day; from the start of one poll to that of the next
 *
 * Counts from the next poll on. A source that holds its answers is asked
 * again after a tenth of it.
 */
void
td_poller_set_interval_ms (TdPoller *self,
                           guint     interval_ms)
{
  g_return_if_fail (TD_IS_POLLER (self));

  self->interval_ms = CLAMP (interval_ms, 1, MAX_MS);

  if (self->running)
    update_health (self);
}

guint
td_poller_get_deadline_ms (TdPoller *self)
{
  g_return_val_if_fail (TD_IS_POLLER (self), 0);

  return self->deadline_ms;
}

/**
 * td_poller_set_deadline_ms:
 * @self: a poller
 * @deadline_ms: 1 … a day; a request that took longer is given up. The time
 *   that the source was asked to wait comes on top.
 */
void
td_poller_set_deadline_ms (TdPoller *self,
                           guint     deadline_ms)
{
  g_return_if_fail (TD_IS_POLLER (self));

  self->deadline_ms = CLAMP (deadline_ms, 1, MAX_MS);
}

guint
td_poller_get_wait_s (TdPoller *self)
{
  g_return_val_if_fail (TD_IS_POLLER (self), 0);

  return self->wait_s;
}

/**
 * td_poller_set_wait_s:
 * @self: a poller
 * @wait_s: 0 … 60; seconds for which the source may hold its answer until
 *   something changes, 0 for never
 */
void
td_poller_set_wait_s (TdPoller *self,
                      guint     wait_s)
{
  g_return_if_fail (TD_IS_POLLER (self));

  self->wait_s = MIN (wait_s, 60);
}

/**
 * td_poller_set_refresh_ms:
 * @self: a poller
 * @refresh_ms: 1 … a day; after that long the source is asked in full, so that
 *   nothing that a delta missed stays wrong
 */
void
td_poller_set_refresh_ms (TdPoller *self,
                          guint     refresh_ms)
{
  g_return_if_fail (TD_IS_POLLER (self));

  self->refresh_ms = CLAMP (refresh_ms, 1, MAX_MS);
}

TdHealth
td_poller_get_health (TdPoller *self)
{
  g_return_val_if_fail (TD_IS_POLLER (self), TD_HEALTH_CONNECTING);

  return self->health;
}

const char *
td_poller_get_error_message (TdPoller *self)
{
  g_return_val_if_fail (TD_IS_POLLER (self), NULL);

  return self->error_message;
}

/**
 * td_poller_get_n_failures:
 * @self: a poller
 *
 * Returns: how many polls have failed since the last good answer
 */
guint
td_poller_get_n_failures (TdPoller *self)
{
  g_return_val_if_fail (TD_IS_POLLER (self), 0);

  return self->n_failures;
}

gint64
td_poller_get_age_ms (TdPoller *self)
{
  g_return_val_if_fail (TD_IS_POLLER (self), TD_UNKNOWN);

  if (self->last_good == TD_UNKNOWN)
    return TD_UNKNOWN;

  return (td_clock_get () - self->last_good) / G_TIME_SPAN_MILLISECOND;
}

/**
 * td_poller_get_last_good:
 * @self: a poller
 *
 * Returns: when the last good answer came, µs since 1970 by this machine's clock
 *   as it is set now, or %TD_UNKNOWN
 */
gint64
td_poller_get_last_good (TdPoller *self)
{
  g_return_val_if_fail (TD_IS_POLLER (self), TD_UNKNOWN);

  if (self->last_good != TD_UNKNOWN)
    {
      gint64 real = g_get_real_time () - (td_clock_get () - self->last_good);

      /* It stands still but for a clock that was set meanwhile. */
      if (ABS (real - self->last_good_real) > STEP_US)
        self->last_good_real = real;
    }

  return self->last_good_real;
}

gint64
td_poller_get_clock_offset_us (TdPoller *self)
{
  g_return_val_if_fail (TD_IS_POLLER (self), 0);

  return self->clock_offset_us;
}
