/* td-alert-board.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-board.h"

struct _TdAlertBoard
{
  GObject parent_instance;

  TdAlertEngine *engine;    /* (owned) */
  GListStore    *incidents; /* (owned) (element-type TdIncident): the newest first */
  GHashTable    *stirred;   /* (owned) (element-type TdIncident): to be told changed at the next update */
  gint64         last_id;
};

enum {
  EVENT,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdAlertBoard, td_alert_board, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* What may be of one situation. Agents are of one by what is the matter with
 * them, calls by where they are. */
typedef enum {
  CALLS,
  SILENCES,
  SOURCE,
  PEOPLE,
} Family;

static Family
get_family (TdAlertKind kind)
{
  switch (kind)
    {
    case TD_ALERT_SILENCE:
      return SILENCES;
    case TD_ALERT_STALE:
    case TD_ALERT_LOST:
    case TD_ALERT_CLOCK:
      return SOURCE;
    case TD_ALERT_UNREACHABLE:
    case TD_ALERT_LONG_STATE:
    case TD_ALERT_PHANTOM:
    case TD_ALERT_WORKLOAD:
      return PEOPLE;
    case TD_ALERT_WAITING:
    case TD_ALERT_LONGEST_WAIT:
    case TD_ALERT_SERVICE_LEVEL:
    case TD_ALERT_OUT_OF_REACH:
    case TD_ALERT_ABANDON_RATE:
    case TD_ALERT_SURGE:
    case TD_ALERT_BUSY_DAY:
    case TD_ALERT_SERVING:
    case TD_ALERT_MISSING:
    case TD_N_ALERT_KINDS:
    default:
      return CALLS;
    }
}

static const char *
get_hotline (const TdAlert *alert)
{
  return alert->scope == TD_ALERT_SCOPE_HOTLINE ? alert->target : alert->scope == TD_ALERT_SCOPE_QUEUE ? alert->group
                                                                                                       : NULL;
}

/* The whole centre, and those who work at a place, have to do with every queue. */
static gboolean
is_everywhere (const TdAlert *alert)
{
  return alert->scope == TD_ALERT_SCOPE_CENTRE || alert->scope == TD_ALERT_SCOPE_ZONE;
}

/* What comes of too many calls shows wherever the same agents serve; only where
 * the calls come from tells one cause from another. */
static gboolean
is_cause (const TdAlert *alert)
{
  return alert->kind == TD_ALERT_SURGE || alert->kind == TD_ALERT_BUSY_DAY || alert->kind == TD_ALERT_SILENCE;
}

static gboolean
share_a_place (const TdAlert *a,
               const TdAlert *b)
{
  const char *hotline = get_hotline (a);

  return !is_cause (a) || !is_cause (b) || is_everywhere (a) || is_everywhere (b) || (a->scope == b->scope && g_str_equal (a->target, b->target)) ||
         (hotline != NULL && g_strcmp0 (hotline, get_hotline (b)) == 0);
}

static gboolean
are_related (const TdAlert *a,
             const TdAlert *b)
{
  Family family = get_family (a->kind);

  if (family != get_family (b->kind))
    return FALSE;

  switch (family)
    {
    case SOURCE:
      return TRUE;
    case PEOPLE:
      return a->kind == b->kind;
    case CALLS:
    case SILENCES:
    default:
      return share_a_place (a, b);
    }
}

static gboolean
belongs_to (TdIncident    *incident,
            const TdAlert *alert)
{
  for (guint i = 0; i < td_incident_get_n_parts (incident); i++)
    {
      const TdAlert *part = td_incident_get_part (incident, i);

      if ((td_alert_is_on (part) || part->cleared >= alert->raised - TD_ALERT_BOARD_JOIN_US) && are_related (part, alert))
        return TRUE;
    }

  return FALSE;
}

/* The gravest of those to which it belongs, and of these the newest. */
static TdIncident *
find_situation (TdAlertBoard  *self,
                const TdAlert *alert)
{
  TdIncident *found = NULL;
  guint       n = g_list_model_get_n_items (G_LIST_MODEL (self->incidents));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TdIncident) incident = g_list_model_get_item (G_LIST_MODEL (self->incidents), i);

      if ((found == NULL || td_incident_get_level (incident) > td_incident_get_level (found)) && belongs_to (incident, alert))
        found = incident;
    }

  return found;
}

static void
tell (TdAlertBoard   *self,
      TdIncident     *incident,
      TdIncidentEvent event,
      gpointer        detail)
{
  g_hash_table_add (self->stirred, g_object_ref (incident));
  g_signal_emit (self, signals[EVENT], 0, incident, event, detail);
}

static gboolean
act_by_itself (TdAlertBoard   *self,
               TdIncident     *incident,
               TdIncidentEvent event,
               gint64          at)
{
  TdIncidentAction action = { .at = at, .event = event, .until = TD_UNKNOWN };

  return td_alert_board_act (self, incident, &action, NULL);
}

static void
begin_incident (TdAlertBoard *self,
                TdAlert      *alert)
{
  g_autoptr (TdIncident) incident = NULL;

  self->last_id = MAX (self->last_id + 1, alert->raised);
  incident = td_incident_new (self->last_id, alert->raised);
  td_incident_add_part (incident, alert);
  g_list_store_insert (self->incidents, 0, incident);
  tell (self, incident, TD_INCIDENT_EVENT_RAISED, alert);
}

static void
raised_cb (TdAlertBoard *self,
           TdAlert      *alert)
{
  TdIncident  *incident = find_situation (self, alert);
  TdAlertLevel level;

  if (incident == NULL)
    {
      begin_incident (self, alert);
      return;
    }

  level = td_incident_get_level (incident);
  td_incident_add_part (incident, alert);
  tell (self, incident, alert->level > level ? TD_INCIDENT_EVENT_WORSE : TD_INCIDENT_EVENT_PART, alert);
  if (alert->level > level && td_incident_get_state (incident) == TD_INCIDENT_SNOOZED)
    act_by_itself (self, incident, TD_INCIDENT_EVENT_WOKEN, alert->raised);
}

static void
changed_cb (TdAlertBoard *self,
            TdAlert      *alert)
{
  TdIncident *incident = td_alert_board_find (self, alert->incident);

  if (incident != NULL)
    {
      td_incident_update (incident);
      g_hash_table_add (self->stirred, g_object_ref (incident));
    }
}

static void
cleared_cb (TdAlertBoard *self,
            TdAlert      *alert)
{
  TdIncident *incident = td_alert_board_find (self, alert->incident);
  gboolean    ended;

  /* What somebody closed while it went on ends where nobody looks; the log has it. */
  if (incident == NULL)
    {
      g_signal_emit (self, signals[EVENT], 0, NULL, TD_INCIDENT_EVENT_PART_CLEARED, alert);
      return;
    }

  ended = td_incident_update (incident);
  tell (self, incident, TD_INCIDENT_EVENT_PART_CLEARED, alert);
  if (ended)
    tell (self, incident, TD_INCIDENT_EVENT_ENDED, NULL);
}

static void
td_alert_board_dispose (GObject *object)
{
  TdAlertBoard *self = (TdAlertBoard *)object;

  g_hash_table_remove_all (self->stirred);
  g_clear_object (&self->engine);
  g_clear_object (&self->incidents);

  G_OBJECT_CLASS (td_alert_board_parent_class)->dispose (object);
}

static void
td_alert_board_finalize (GObject *object)
{
  TdAlertBoard *self = (TdAlertBoard *)object;

  g_hash_table_unref (self->stirred);

  G_OBJECT_CLASS (td_alert_board_parent_class)->finalize (object);
}

static void
td_alert_board_class_init (TdAlertBoardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_alert_board_dispose;
  object_class->finalize = td_alert_board_finalize;

  signals[EVENT] =
    g_signal_new ("event",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, TD_TYPE_INCIDENT, G_TYPE_INT, G_TYPE_POINTER);
}

static void
td_alert_board_init (TdAlertBoard *self)
{
  self->incidents = g_list_store_new (TD_TYPE_INCIDENT);
  self->stirred = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

/**
 * td_alert_board_new:
 * @engine: what raises its alerts
 *
 * Returns: (transfer full): a board without incidents
 */
TdAlertBoard *
td_alert_board_new (TdAlertEngine *engine)
{
  TdAlertBoard *self;

  g_return_val_if_fail (TD_IS_ALERT_ENGINE (engine), NULL);

  self = g_object_new (TD_TYPE_ALERT_BOARD, NULL);
  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "raised", G_CALLBACK (raised_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "cleared", G_CALLBACK (cleared_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * td_alert_board_get_incidents:
 *
 * Returns: (transfer none) (element-type TdIncident): those that are not closed, the newest first
 */
GListModel *
td_alert_board_get_incidents (TdAlertBoard *self)
{
  g_return_val_if_fail (TD_IS_ALERT_BOARD (self), NULL);

  return G_LIST_MODEL (self->incidents);
}

/**
 * td_alert_board_find:
 *
 * Returns: (transfer none) (nullable): the incident, where it is not closed
 */
TdIncident *
td_alert_board_find (TdAlertBoard *self,
                     gint64        id)
{
  guint n;

  g_return_val_if_fail (TD_IS_ALERT_BOARD (self), NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->incidents));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TdIncident) incident = g_list_model_get_item (G_LIST_MODEL (self->incidents), i);

      if (td_incident_get_id (incident) == id)
        return incident;
    }

  return NULL;
}

/**
 * td_alert_board_act:
 * @self: a board
 * @incident: one of its incidents
 * @action: what is done with it: taken, handed over, snoozed, woken, escalated or closed
 * @error: return location; %TD_ALERT_ERROR_STATE
 *
 * Returns: whether it could be done
 */
gboolean
td_alert_board_act (TdAlertBoard           *self,
                    TdIncident             *incident,
                    const TdIncidentAction *action,
                    GError                **error)
{
  g_autoptr (TdIncident) kept = NULL;
  guint position;

  g_return_val_if_fail (TD_IS_ALERT_BOARD (self), FALSE);
  g_return_val_if_fail (TD_IS_INCIDENT (incident), FALSE);
  g_return_val_if_fail (action != NULL, FALSE);

  kept = g_object_ref (incident);
  if (!td_incident_act (incident, action, error))
    return FALSE;

  if (td_incident_get_state (incident) == TD_INCIDENT_CLOSED &&
      g_list_store_find (self->incidents, incident, &position))
    g_list_store_remove (self->incidents, position);
  g_signal_emit (self, signals[EVENT], 0, incident, action->event, (gpointer)action);
  td_incident_notify_changed (incident);

  return TRUE;
}

static gboolean
is_done_with (TdIncident *incident,
              gint64      now)
{
  gint64 ended = td_incident_get_ended (incident);
  gint64 linger = td_incident_get_owner (incident) != NULL ? TD_ALERT_BOARD_LINGER_TAKEN_US : TD_ALERT_BOARD_LINGER_US;

  return ended != TD_UNKNOWN && now >= ended + linger;
}

static void
update_incident (TdAlertBoard *self,
                 TdIncident   *incident,
                 gint64        now)
{
  gint64 until = td_incident_get_until (incident);
  gint64 escalates;

  td_incident_put_back (incident, now);
  escalates = td_incident_get_escalates_at (incident);
  if (is_done_with (incident, now))
    act_by_itself (self, incident, TD_INCIDENT_EVENT_CLOSED, now);
  else if (until != TD_UNKNOWN && now >= until)
    act_by_itself (self, incident, TD_INCIDENT_EVENT_WOKEN, now);
  else if (escalates != TD_UNKNOWN && now >= escalates)
    act_by_itself (self, incident, TD_INCIDENT_EVENT_ESCALATED, now);
}

/**
 * td_alert_board_update:
 * @self: a board
 * @now: the time, µs since 1970, by the source's clock
 *
 * Does what is due by the time; after each td_alert_engine_end().
 */
void
td_alert_board_update (TdAlertBoard *self,
                       gint64        now)
{
  g_autoptr (GHashTable) stirred = NULL;
  GHashTableIter iter;
  TdIncident    *incident;

  g_return_if_fail (TD_IS_ALERT_BOARD (self));

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->incidents)); i > 0; i--)
    {
      g_autoptr (TdIncident) item = g_list_model_get_item (G_LIST_MODEL (self->incidents), i - 1);

      if (item != NULL)
        update_incident (self, item, now);
    }

  stirred = g_steal_pointer (&self->stirred);
  self->stirred = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  g_hash_table_iter_init (&iter, stirred);
  while (g_hash_table_iter_next (&iter, (gpointer *)&incident, NULL))
    td_incident_notify_changed (incident);
}

/**
 * td_alert_board_restore:
 * @self: a board
 * @incident: one that was not closed when the program ended, with its parts and actions
 */
void
td_alert_board_restore (TdAlertBoard *self,
                        TdIncident   *incident)
{
  g_return_if_fail (TD_IS_ALERT_BOARD (self));
  g_return_if_fail (TD_IS_INCIDENT (incident));

  self->last_id = MAX (self->last_id, td_incident_get_id (incident));
  g_list_store_insert (self->incidents, 0, incident);
}
