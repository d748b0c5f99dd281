/* td-alert-desk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-desk.h"

#include <math.h>
#include <string.h>

#include "td-alert-evidence-private.h"
#include "td-alert-facts-private.h"
#include "td-alert-log-private.h"
#include "td-alert-rules.h"
#include "td-alert-words.h"
#include "td-clock.h"

#define TICK_S 1

/* A machine that slept for longer saw nothing of what was so meanwhile. */
#define SLEPT_US (5 * G_TIME_SPAN_SECOND)

/* Incidents that were over for longer when the program ended are done with. */
#define REMEMBERED_US (2 * G_TIME_SPAN_HOUR)

/* So often the log is told by how much alerts got worse meanwhile. */
#define KEEP_US G_TIME_SPAN_MINUTE

struct _TdAlertDesk
{
  GObject parent_instance;

  TdCentre      *centre;  /* (owned) */
  TdPoller      *poller;  /* (owned) (nullable): without it the source always answers */
  TdOutlook     *outlook; /* (owned) */
  TdAgentJudge  *judge;   /* (owned) */
  TdHistory     *history; /* (owned) (nullable): what is written down there */
  TdAlertFacts  *facts;   /* (owned) */
  TdAlertEngine *engine;  /* (owned) */
  TdAlertBoard  *board;   /* (owned) */
  char          *who;     /* (owned): of the person at this desk, or "" */
  char          *refused; /* (owned) (nullable): why other rules are not in force */

  GCancellable *cancellable; /* (owned) (nullable): of what was before, while it is read */
  gboolean      remembered;  /* what was before is known, or cannot be */
  gint64        started;     /* monotonic, µs */
  gint64        observed;    /* the source's time */
  gint64        looked;      /* the same moment, monotonic, µs */
  gint64        slept;       /* for how long the machine had slept until then, µs */
  gint64        last_deed;
  GHashTable   *written; /* (owned): id of an alert (int64) -> its worst in the log (double) */
  gint64        kept;    /* td_clock_get() when it was told last that they got worse, or TD_UNKNOWN */
  guint         tick_source;
};

enum {
  PROP_0,
  PROP_WHO,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  RULES_CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdAlertDesk, td_alert_desk, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void observe (TdAlertDesk *self);

/* --- words ------------------------------------------------------------------ */

static void
words_cb (TdAlert *alert,
          gpointer user_data)
{
  TdAlertDesk       *self = user_data;
  const TdAlertRule *rule = td_alert_rules_find (td_alert_engine_get_rules (self->engine), alert->rule);
  TdAlertWitness     witness = {
        self->centre,
        self->outlook,
        self->judge,
        self->poller,
        self->facts,
        td_alert_desk_get_now (self),
  };
  g_autofree char *rule_title = rule != NULL ? td_alert_words_get_title (rule) : g_strdup (td_alert_kind_get_title (alert->kind));
  g_autofree char *evidence = td_alert_evidence_describe (&witness, alert);

  g_free (alert->title);
  alert->title = td_alert_evidence_get_title (&witness, alert, rule_title);
  if (evidence != NULL)
    td_alert_set_evidence (alert, evidence);
}

/* --- the log ---------------------------------------------------------------- */

static void
note_written (TdAlertDesk   *self,
              const TdAlert *alert)
{
  if (td_alert_is_on (alert))
    g_hash_table_insert (self->written, g_memdup2 (&alert->id, sizeof alert->id), g_memdup2 (&alert->worst, sizeof alert->worst));
  else
    g_hash_table_remove (self->written, &alert->id);
}

static void
write_alert (TdAlertDesk   *self,
             const TdAlert *alert)
{
  td_alert_log_write_alert (self->history, alert);
  note_written (self, alert);
}

/* What is only known when an alert ends is lost where the program does first. */
static void
keep_worst (TdAlertDesk *self)
{
  g_autoptr (GPtrArray) alerts = NULL;
  gint64 now = td_clock_get ();

  if (self->history == NULL || (TD_IS_KNOWN (self->kept) && now - self->kept < KEEP_US))
    return;

  alerts = td_alert_engine_get_alerts (self->engine);
  for (guint i = 0; i < alerts->len; i++)
    {
      const TdAlert *alert = g_ptr_array_index (alerts, i);
      const double  *worst = g_hash_table_lookup (self->written, &alert->id);

      if (worst != NULL && *worst != alert->worst)
        {
          write_alert (self, alert);
          self->kept = now;
        }
    }
}

static void
event_cb (TdAlertDesk    *self,
          TdIncident     *incident,
          TdIncidentEvent event,
          gpointer        detail)
{
  if (self->history == NULL || detail == NULL)
    return;

  switch (event)
    {
    case TD_INCIDENT_EVENT_RAISED:
    case TD_INCIDENT_EVENT_PART:
    case TD_INCIDENT_EVENT_WORSE:
    case TD_INCIDENT_EVENT_PART_CLEARED:
      write_alert (self, detail);
      break;
    case TD_INCIDENT_EVENT_TAKEN:
    case TD_INCIDENT_EVENT_HANDED_OVER:
    case TD_INCIDENT_EVENT_SNOOZED:
    case TD_INCIDENT_EVENT_WOKEN:
    case TD_INCIDENT_EVENT_ESCALATED:
    case TD_INCIDENT_EVENT_CLOSED:
      self->last_deed = MAX (self->last_deed + 1, g_get_real_time ());
      td_alert_log_write_deed (self->history, self->last_deed, incident, detail);
      break;
    case TD_INCIDENT_EVENT_ENDED:
    case TD_N_INCIDENT_EVENTS:
    default:
      break;
    }
}

static void
go_on_with (TdAlertDesk *self,
            TdIncident  *incident)
{
  gboolean closed = td_incident_get_state (incident) == TD_INCIDENT_CLOSED;

  if (!closed)
    td_alert_board_restore (self->board, incident);
  for (guint i = 0; i < td_incident_get_n_parts (incident); i++)
    {
      TdAlert *alert = td_incident_get_part (incident, i);

      if (td_alert_is_on (alert))
        {
          note_written (self, alert);
          td_alert_engine_restore (self->engine, alert);
        }
    }
}

static void
remembered_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (TdAlertDesk) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) incidents = td_alert_log_read_finish (TD_HISTORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  self->remembered = TRUE;
  if (incidents == NULL)
    g_info ("What alerts were on before cannot be read: %s", error->message);
  for (guint i = 0; incidents != NULL && i < incidents->len; i++)
    go_on_with (self, g_ptr_array_index (incidents, i));
  observe (self);
}

/* The source's clock may stand anywhere, so what began later than now goes on as well. */
static void
remember (TdAlertDesk *self,
          gint64       now)
{
  if (self->history == NULL)
    {
      self->remembered = TRUE;
      return;
    }
  if (self->cancellable != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  td_alert_log_read_async (self->history, MAX (now - REMEMBERED_US, 0), G_MAXINT64, self->cancellable, remembered_cb,
                           g_object_ref (self));
}

/* --- what is so now --------------------------------------------------------- */

static void
feed_source (TdAlertDesk *self,
             TdAlertKind  kind,
             double       value)
{
  TdAlertFact fact = { kind, TD_ALERT_SCOPE_CENTRE, "", NULL, value };

  td_alert_engine_feed (self->engine, &fact);
}

/* Seconds since the last good answer, or since it was asked first. */
static double
get_age (TdAlertDesk *self)
{
  gint64 age = td_poller_get_age_ms (self->poller);

  if (!TD_IS_KNOWN (age))
    age = (g_get_monotonic_time () - self->started) / G_TIME_SPAN_MILLISECOND;

  return (double)MAX (age, 0) / 1000;
}

/* Returns whether the source answers. */
static gboolean
feed_health (TdAlertDesk *self)
{
  gboolean simulated = td_centre_get_info (self->centre)->scenario != NULL;
  TdHealth health;

  if (self->poller == NULL)
    return TRUE;

  health = td_poller_get_health (self->poller);
  if (health == TD_HEALTH_CONNECTING)
    return FALSE;

  feed_source (self, TD_ALERT_STALE, health == TD_HEALTH_LIVE ? 0 : get_age (self));
  feed_source (self, TD_ALERT_LOST, health == TD_HEALTH_LOST || health == TD_HEALTH_REFUSED ? get_age (self) : 0);

  /* A simulated day is played at any hour and speed. */
  if (health == TD_HEALTH_LIVE)
    feed_source (self, TD_ALERT_CLOCK,
                 simulated ? 0 : fabs ((double)td_poller_get_clock_offset_us (self->poller)) / G_TIME_SPAN_SECOND);

  return health == TD_HEALTH_LIVE;
}

static guint
get_minute (TdAlertDesk *self,
            gint64       now)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / G_TIME_SPAN_SECOND);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, td_centre_get_timezone (self->centre)) : NULL;

  return local != NULL ? (guint)(g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local)) : 0;
}

static void
observe (TdAlertDesk *self)
{
  gint64 now = td_alert_desk_get_now (self);
  gint64 slept = td_clock_get_slept ();

  if (!self->remembered)
    remember (self, now);
  if (!self->remembered)
    return;

  self->observed = now;
  self->looked = g_get_monotonic_time ();
  if (slept - self->slept > SLEPT_US)
    td_alert_engine_skip (self->engine);
  self->slept = slept;
  td_alert_engine_begin (self->engine, now, get_minute (self, now));
  if (feed_health (self) && !td_centre_is_empty (self->centre))
    td_alert_facts_feed (self->facts, self->engine, now);
  td_alert_engine_end (self->engine);
  td_alert_board_update (self->board, now);
  keep_worst (self);
}

/* A source that answers makes it look; one that does not, the clock. */
static gboolean
tick_cb (gpointer user_data)
{
  TdAlertDesk *self = user_data;

  if (g_get_monotonic_time () - self->looked >= TICK_S * G_TIME_SPAN_SECOND / 2)
    observe (self);

  return G_SOURCE_CONTINUE;
}

static void
centre_changed_cb (TdAlertDesk     *self,
                   const TdChanges *changes)
{
  for (guint i = 0; i < changes->queues_removed->len; i++)
    td_alert_engine_drop (self->engine, TD_ALERT_SCOPE_QUEUE, td_queue_get_id (g_ptr_array_index (changes->queues_removed, i)));
  for (guint i = 0; i < changes->agents_removed->len; i++)
    td_alert_engine_drop (self->engine, TD_ALERT_SCOPE_AGENT, td_agent_get_id (g_ptr_array_index (changes->agents_removed, i)));
}

static void
td_alert_desk_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TdAlertDesk *self = TD_ALERT_DESK (object);

  switch (prop_id)
    {
    case PROP_WHO:
      g_value_set_string (value, self->who);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_alert_desk_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TdAlertDesk *self = TD_ALERT_DESK (object);

  switch (prop_id)
    {
    case PROP_WHO:
      td_alert_desk_set_who (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_alert_desk_dispose (GObject *object)
{
  TdAlertDesk *self = (TdAlertDesk *)object;

  td_alert_desk_stop (self);
  if (self->engine != NULL)
    td_alert_engine_set_words (self->engine, NULL, NULL);
  g_clear_object (&self->board);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->facts, td_alert_facts_free);
  g_clear_object (&self->history);
  g_clear_object (&self->judge);
  g_clear_object (&self->outlook);
  g_clear_object (&self->poller);
  g_clear_object (&self->centre);

  G_OBJECT_CLASS (td_alert_desk_parent_class)->dispose (object);
}

static void
td_alert_desk_finalize (GObject *object)
{
  TdAlertDesk *self = (TdAlertDesk *)object;

  g_hash_table_unref (self->written);
  g_free (self->who);
  g_free (self->refused);

  G_OBJECT_CLASS (td_alert_desk_parent_class)->finalize (object);
}

static void
td_alert_desk_class_init (TdAlertDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = td_alert_desk_get_property;
  object_class->set_property = td_alert_desk_set_property;
  object_class->dispose = td_alert_desk_dispose;
  object_class->finalize = td_alert_desk_finalize;

  properties[PROP_WHO] =
    g_param_spec_string ("who", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[RULES_CHANGED] =
    g_signal_new ("rules-changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
td_alert_desk_init (TdAlertDesk *self)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_new_default ();

  self->who = g_strdup ("");
  self->engine = td_alert_engine_new ();
  self->board = td_alert_board_new (self->engine);
  self->started = g_get_monotonic_time ();
  self->observed = TD_UNKNOWN;
  self->kept = TD_UNKNOWN;
  self->written = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  td_alert_engine_set_rules (self->engine, rules);
  td_alert_engine_set_words (self->engine, words_cb, self);
  g_signal_connect_object (self->board, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
}

/**
 * td_alert_desk_new:
 * @centre: the centre
 * @poller: (nullable): what asks its source; without it the source always answers
 * @outlook: what is normal for it
 * @judge: what is thought of its agents
 * @history: (nullable): where it is written down
 *
 * Returns: (transfer full): a desk that has not begun
 */
TdAlertDesk *
td_alert_desk_new (TdCentre     *centre,
                   TdPoller     *poller,
                   TdOutlook    *outlook,
                   TdAgentJudge *judge,
                   TdHistory    *history)
{
  TdAlertDesk *self;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);
  g_return_val_if_fail (poller == NULL || TD_IS_POLLER (poller), NULL);
  g_return_val_if_fail (TD_IS_OUTLOOK (outlook), NULL);
  g_return_val_if_fail (TD_IS_AGENT_JUDGE (judge), NULL);
  g_return_val_if_fail (history == NULL || TD_IS_HISTORY (history), NULL);

  self = g_object_new (TD_TYPE_ALERT_DESK, NULL);
  self->centre = g_object_ref (centre);
  g_set_object (&self->poller, poller);
  self->outlook = g_object_ref (outlook);
  self->judge = g_object_ref (judge);
  g_set_object (&self->history, history);
  self->facts = td_alert_facts_new (centre, outlook, judge);
  g_signal_connect_object (centre, "changed", G_CALLBACK (centre_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * td_alert_desk_set_staffing:
 * @self: a desk
 * @staffing: says how many agents are needed; without it none is missed
 * @announced: (nullable): who leaves, as the person at the desk was told
 */
void
td_alert_desk_set_staffing (TdAlertDesk    *self,
                            TdStaffingDesk *staffing,
                            TdReleases     *announced)
{
  g_return_if_fail (TD_IS_ALERT_DESK (self));
  g_return_if_fail (TD_IS_STAFFING_DESK (staffing));

  td_alert_facts_set_staffing (self->facts, staffing, announced);
}

/**
 * td_alert_desk_start:
 * @self: a desk
 *
 * Looks once a second from now on, whatever the source does.
 */
void
td_alert_desk_start (TdAlertDesk *self)
{
  g_return_if_fail (TD_IS_ALERT_DESK (self));

  self->started = g_get_monotonic_time ();
  if (self->tick_source == 0)
    self->tick_source = g_timeout_add_seconds (TICK_S, tick_cb, self);
}

void
td_alert_desk_stop (TdAlertDesk *self)
{
  g_return_if_fail (TD_IS_ALERT_DESK (self));

  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/**
 * td_alert_desk_observe:
 * @self: a desk
 *
 * Looks now, after an answer of the source, unless it did within the last second.
 */
void
td_alert_desk_observe (TdAlertDesk *self)
{
  gint64 now;

  g_return_if_fail (TD_IS_ALERT_DESK (self));

  now = td_alert_desk_get_now (self);
  if (now < self->observed || now - self->observed >= TICK_S * G_TIME_SPAN_SECOND)
    observe (self);
}

/**
 * td_alert_desk_get_board:
 *
 * Returns: (transfer none): the incidents
 */
TdAlertBoard *
td_alert_desk_get_board (TdAlertDesk *self)
{
  g_return_val_if_fail (TD_IS_ALERT_DESK (self), NULL);

  return self->board;
}

/**
 * td_alert_desk_get_now:
 *
 * Returns: the source's time, µs since 1970; this machine's as long as the source never answered
 */
gint64
td_alert_desk_get_now (TdAlertDesk *self)
{
  gint64 now;

  g_return_val_if_fail (TD_IS_ALERT_DESK (self), TD_UNKNOWN);

  now = td_centre_is_empty (self->centre) ? TD_UNKNOWN : td_centre_get_now (self->centre);

  return TD_IS_KNOWN (now) ? now : g_get_real_time ();
}

/**
 * td_alert_desk_get_rules:
 *
 * Returns: (transfer none) (element-type TdAlertRule): the rules, which are not to be changed
 */
GPtrArray *
td_alert_desk_get_rules (TdAlertDesk *self)
{
  g_return_val_if_fail (TD_IS_ALERT_DESK (self), NULL);

  return td_alert_engine_get_rules (self->engine);
}

/**
 * td_alert_desk_set_rules:
 * @self: a desk
 * @rules: (element-type TdAlertRule): rules that td_alert_rules_check() lets pass; copied
 */
void
td_alert_desk_set_rules (TdAlertDesk *self,
                         GPtrArray   *rules)
{
  g_return_if_fail (TD_IS_ALERT_DESK (self));
  g_return_if_fail (rules != NULL);

  td_alert_engine_set_rules (self->engine, rules);
  g_clear_pointer (&self->refused, g_free);
  g_signal_emit (self, signals[RULES_CHANGED], 0);
}

/**
 * td_alert_desk_refuse_rules:
 * @self: a desk
 * @why: what is wrong with rules that should be in force, translated
 *
 * The rules so far stay in force until there are others.
 */
void
td_alert_desk_refuse_rules (TdAlertDesk *self,
                            const char  *why)
{
  g_return_if_fail (TD_IS_ALERT_DESK (self));
  g_return_if_fail (why != NULL);

  if (g_strcmp0 (self->refused, why) == 0)
    return;

  g_free (self->refused);
  self->refused = g_strdup (why);
  g_signal_emit (self, signals[RULES_CHANGED], 0);
}

/**
 * td_alert_desk_get_refused:
 * @self: a desk
 *
 * Returns: (nullable): why rules that should be in force are not, translated
 */
const char *
td_alert_desk_get_refused (TdAlertDesk *self)
{
  g_return_val_if_fail (TD_IS_ALERT_DESK (self), NULL);

  return self->refused;
}

/**
 * td_alert_desk_set_hours:
 * @self: a desk
 * @opens: minute of the day at which the centre opens, 0…1439
 * @closes: minute at which it closes, 1…1440
 */
void
td_alert_desk_set_hours (TdAlertDesk *self,
                         guint        opens,
                         guint        closes)
{
  g_return_if_fail (TD_IS_ALERT_DESK (self));

  td_alert_engine_set_hours (self->engine, opens, closes);
}

/**
 * td_alert_desk_get_who:
 *
 * Returns: (transfer none): the name of the person at this desk, never empty
 */
const char *
td_alert_desk_get_who (TdAlertDesk *self)
{
  const char *name;

  g_return_val_if_fail (TD_IS_ALERT_DESK (self), NULL);

  if (*self->who != '\0')
    return self->who;

  name = g_get_real_name ();
  if (name == NULL || *name == '\0' || g_str_equal (name, "Unknown"))
    name = g_get_user_name ();

  return name != NULL && *name != '\0' && strlen (name) <= TD_INCIDENT_MAX_WHO && g_utf8_validate (name, -1, NULL) ? name : "?";
}

/**
 * td_alert_desk_set_who:
 * @self: a desk
 * @who: (nullable): the name, or none for the one that the system knows; what
 *   is too long or no text is not taken
 */
void
td_alert_desk_set_who (TdAlertDesk *self,
                       const char  *who)
{
  g_autofree char *name = NULL;

  g_return_if_fail (TD_IS_ALERT_DESK (self));

  name = g_strstrip (g_strdup (who != NULL ? who : ""));
  if (strlen (name) > TD_INCIDENT_MAX_WHO || !g_utf8_validate (name, -1, NULL) || g_str_equal (name, self->who))
    return;

  g_free (self->who);
  self->who = g_steal_pointer (&name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WHO]);
}

/**
 * td_alert_desk_act:
 * @self: a desk
 * @incident: one of its incidents
 * @event: what is done: taken, handed over, snoozed or closed
 * @who: by whom
 * @to: (nullable): to whom it is handed over
 * @text: (nullable): a reason or a note
 * @until: until when it is put off, µs since 1970, or %TD_UNKNOWN
 * @error: return location; %TD_ALERT_ERROR_STATE
 *
 * Does it now, and writes it down.
 *
 * Returns: whether it could be done
 */
gboolean
td_alert_desk_act (TdAlertDesk    *self,
                   TdIncident     *incident,
                   TdIncidentEvent event,
                   const char     *who,
                   const char     *to,
                   const char     *text,
                   gint64          until,
                   GError        **error)
{
  TdIncidentAction action = {
    .event = event,
    .who = (char *)who,
    .to = (char *)to,
    .text = (char *)text,
    .until = until,
  };

  g_return_val_if_fail (TD_IS_ALERT_DESK (self), FALSE);
  g_return_val_if_fail (TD_IS_INCIDENT (incident), FALSE);
  g_return_val_if_fail (who != NULL, FALSE);

  action.at = td_alert_desk_get_now (self);

  return td_alert_board_act (self->board, incident, &action, error);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError    *error = NULL;
  GPtrArray *incidents = td_alert_log_read_finish (TD_HISTORY (object), result, &error);

  if (incidents != NULL)
    g_task_return_pointer (task, incidents, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * td_alert_desk_read_async:
 * @self: a desk
 * @from: µs since 1970
 * @to: µs since 1970, exclusive
 *
 * Reads from the log which incidents were on in a time, and those that go on.
 */
void
td_alert_desk_read_async (TdAlertDesk        *self,
                          gint64              from,
                          gint64              to,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TD_IS_ALERT_DESK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_alert_desk_read_async);
  if (self->history == NULL)
    g_task_return_pointer (task, g_ptr_array_new_with_free_func (g_object_unref), (GDestroyNotify)g_ptr_array_unref);
  else
    td_alert_log_read_async (self->history, from, to, cancellable, read_cb, g_object_ref (task));
}

/**
 * td_alert_desk_read_finish:
 * @self: a desk
 * @result: of td_alert_desk_read_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type TdIncident): incidents as they
 *   stood when it was read, the closed ones too, in the order in which they began
 */
GPtrArray *
td_alert_desk_read_finish (TdAlertDesk  *self,
                           GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
