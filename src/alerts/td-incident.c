/* td-incident.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-incident.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

struct _TdIncident
{
  GObject parent_instance;

  gint64          id;
  gint64          started;
  gint64          ended;
  GPtrArray      *parts;   /* (owned) (element-type TdAlert): the worst first */
  GPtrArray      *actions; /* (owned) (element-type TdIncidentAction): in the order of time */
  TdIncidentState state;
  TdAlertLevel    level; /* the highest that a part ever had */
  char           *title; /* (owned) (nullable) */
  char           *owner; /* (owned) (nullable) */
  gint64          owned_since;
  char           *reason; /* (owned) (nullable) */
  gint64          until;
  gint64          left_since; /* since when nobody has seen to it */
  guint           escalation;
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdIncident, td_incident, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

TdIncidentAction *
td_incident_action_copy (const TdIncidentAction *action)
{
  TdIncidentAction *copy;

  g_return_val_if_fail (action != NULL, NULL);

  copy = g_new (TdIncidentAction, 1);
  *copy = *action;
  copy->who = g_strdup (action->who);
  copy->to = g_strdup (action->to);
  copy->text = g_strdup (action->text);

  return copy;
}

void
td_incident_action_free (TdIncidentAction *action)
{
  if (action == NULL)
    return;

  g_free (action->who);
  g_free (action->to);
  g_free (action->text);
  g_free (action);
}

/* What the rest comes of is said first. */
static gboolean
is_cause (const TdAlert *alert)
{
  return alert->kind == TD_ALERT_SURGE || alert->kind == TD_ALERT_SILENCE || alert->kind == TD_ALERT_LOST;
}

/* What an alert that is over came down to says nothing of how bad it was. */
static double
get_badness (const TdAlert *alert)
{
  return td_alert_is_on (alert) ? alert->value : alert->worst;
}

static int
compare_parts (gconstpointer a,
               gconstpointer b)
{
  const TdAlert *x = *(TdAlert *const *)a;
  const TdAlert *y = *(TdAlert *const *)b;

  if (td_alert_is_on (x) != td_alert_is_on (y))
    return td_alert_is_on (x) ? -1 : 1;
  if (x->level != y->level)
    return x->level > y->level ? -1 : 1;
  if (is_cause (x) != is_cause (y))
    return is_cause (x) ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  if (get_badness (x) != get_badness (y) && isfinite (get_badness (x)) && isfinite (get_badness (y)))
    return (get_badness (x) > get_badness (y)) != td_alert_kind_get_info (x->kind)->below ? -1 : 1;

  return x->id < y->id ? -1 : x->id > y->id;
}

static gboolean
concerns_agents (TdIncident *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      if (td_incident_get_part (self, i)->scope != TD_ALERT_SCOPE_AGENT)
        return FALSE;
    }

  return TRUE;
}

/* What is on, or all of it where nothing is. */
static guint
count_titled (TdIncident *self)
{
  guint n_on = 0;

  for (guint i = 0; i < self->parts->len; i++)
    n_on += td_alert_is_on (td_incident_get_part (self, i));

  return n_on > 0 ? n_on : self->parts->len;
}

static void
say_title (TdIncident *self)
{
  guint n_others = count_titled (self) - 1;

  g_free (self->title);
  if (n_others > 0 && concerns_agents (self))
    /* Translators: the title of an alert of one agent, then how many more agents it is of. */
    self->title = g_strdup_printf (ngettext ("%s, and %u more", "%s, and %u more", n_others),
                                   td_incident_get_part (self, 0)->title, n_others);
  else
    self->title = g_strdup (td_incident_get_part (self, 0)->title);
}

static gboolean
refuse (GError    **error,
        const char *words)
{
  g_set_error_literal (error, TD_ALERT_ERROR, TD_ALERT_ERROR_STATE, words);

  return FALSE;
}

static gboolean
is_text (const char *text,
         gsize       max)
{
  return text != NULL && *text != '\0' && strlen (text) <= max && g_utf8_validate (text, -1, NULL);
}

static gboolean
check_words (const TdIncidentAction *action,
             GError                **error)
{
  if (action->who != NULL && !is_text (action->who, TD_INCIDENT_MAX_WHO))
    return refuse (error, _ ("the name is empty or too long"));
  if (action->text != NULL && *action->text != '\0' && !is_text (action->text, TD_INCIDENT_MAX_TEXT))
    return refuse (error, _ ("the text is too long"));

  return TRUE;
}

static gboolean
check_snooze (const TdIncidentAction *action,
              GError                **error)
{
  if (!is_text (action->text, TD_INCIDENT_MAX_TEXT))
    return refuse (error, _ ("it can be put off for a reason only"));
  if (action->until <= action->at || action->until > action->at + TD_INCIDENT_MAX_SNOOZE_US)
    return refuse (error, _ ("it can be put off for a day at most"));

  return TRUE;
}

/* Who may do what, whatever the incident is like. */
static gboolean
check_person (TdIncident             *self,
              const TdIncidentAction *action,
              GError                **error)
{
  switch ((int)action->event)
    {
    case TD_INCIDENT_EVENT_TAKEN:
      if (action->who == NULL)
        return refuse (error, _ ("somebody has to take it"));
      return self->state == TD_INCIDENT_TAKEN && g_strcmp0 (self->owner, action->who) == 0
               ? refuse (error, _ ("it is taken already"))
               : TRUE;

    case TD_INCIDENT_EVENT_HANDED_OVER:
      if (action->who == NULL || !is_text (action->to, TD_INCIDENT_MAX_WHO))
        return refuse (error, _ ("it needs a name to be handed over"));
      return g_strcmp0 (self->owner, action->to) == 0 ? refuse (error, _ ("it is theirs already")) : TRUE;

    case TD_INCIDENT_EVENT_SNOOZED:
      return action->who == NULL ? refuse (error, _ ("somebody has to put it off")) : check_snooze (action, error);

    case TD_INCIDENT_EVENT_CLOSED:
      return action->who == NULL && self->ended == TD_UNKNOWN ? refuse (error, _ ("it goes on")) : TRUE;

    default:
      return TRUE;
    }
}

static void
set_text (char      **place,
          const char *text)
{
  char *copy = text != NULL && *text != '\0' ? g_strdup (text) : NULL;

  g_free (*place);
  *place = copy;
}

static void
own (TdIncident *self,
     const char *owner,
     gint64      at)
{
  set_text (&self->owner, owner);
  set_text (&self->reason, NULL);
  self->state = TD_INCIDENT_TAKEN;
  self->owned_since = at;
  self->until = TD_UNKNOWN;
  self->escalation = 0;
}

static void
wake (TdIncident *self,
      gint64      at)
{
  set_text (&self->reason, NULL);
  self->state = self->owner != NULL ? TD_INCIDENT_TAKEN : TD_INCIDENT_OPEN;
  self->until = TD_UNKNOWN;
  self->left_since = at;
  self->escalation = 0;
}

static void
apply (TdIncident             *self,
       const TdIncidentAction *action)
{
  switch ((int)action->event)
    {
    case TD_INCIDENT_EVENT_TAKEN:
      own (self, action->who, action->at);
      break;
    case TD_INCIDENT_EVENT_HANDED_OVER:
      own (self, action->to, action->at);
      break;
    case TD_INCIDENT_EVENT_SNOOZED:
      set_text (&self->reason, action->text);
      self->state = TD_INCIDENT_SNOOZED;
      self->until = action->until;
      break;
    case TD_INCIDENT_EVENT_WOKEN:
      wake (self, action->at);
      break;
    case TD_INCIDENT_EVENT_ESCALATED:
      self->escalation++;
      self->left_since = action->at;
      break;
    case TD_INCIDENT_EVENT_CLOSED:
    default:
      self->state = TD_INCIDENT_CLOSED;
      break;
    }
}

static void
td_incident_finalize (GObject *object)
{
  TdIncident *self = (TdIncident *)object;

  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->actions);
  g_free (self->title);
  g_free (self->owner);
  g_free (self->reason);

  G_OBJECT_CLASS (td_incident_parent_class)->finalize (object);
}

static void
td_incident_class_init (TdIncidentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_incident_finalize;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
td_incident_init (TdIncident *self)
{
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)td_alert_unref);
  self->actions = g_ptr_array_new_with_free_func ((GDestroyNotify)td_incident_action_free);
  self->ended = TD_UNKNOWN;
  self->owned_since = TD_UNKNOWN;
  self->until = TD_UNKNOWN;
}

/**
 * td_incident_new:
 * @id: unique in its history
 * @started: when it was told first, µs since 1970
 *
 * Returns: (transfer full): an incident without parts, which nobody has taken
 */
TdIncident *
td_incident_new (gint64 id,
                 gint64 started)
{
  TdIncident *self = g_object_new (TD_TYPE_INCIDENT, NULL);

  self->id = id;
  self->started = started;
  self->left_since = started;

  return self;
}

gint64
td_incident_get_id (TdIncident *self)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), 0);

  return self->id;
}

gint64
td_incident_get_started (TdIncident *self)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), TD_UNKNOWN);

  return self->started;
}

/**
 * td_incident_get_ended:
 *
 * Returns: since when none of its parts is on, or %TD_UNKNOWN while one is
 */
gint64
td_incident_get_ended (TdIncident *self)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), TD_UNKNOWN);

  return self->ended;
}

/**
 * td_incident_get_level:
 *
 * Returns: the highest level of its parts, of those that are over too
 */
TdAlertLevel
td_incident_get_level (TdIncident *self)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), TD_ALERT_NOTICE);

  return self->level;
}

/**
 * td_incident_get_title:
 *
 * Returns: (transfer none): what its worst part is called, translated
 */
const char *
td_incident_get_title (TdIncident *self)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), NULL);

  return self->title != NULL ? self->title : "";
}

guint
td_incident_get_n_parts (TdIncident *self)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), 0);

  return self->parts->len;
}

/**
 * td_incident_get_part:
 *
 * Returns: (transfer none) (nullable): a part; what is on first, the worst of it first
 */
TdAlert *
td_incident_get_part (TdIncident *self,
                      guint       index)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), NULL);

  return index < self->parts->len ? g_ptr_array_index (self->parts, index) : NULL;
}

TdIncidentState
td_incident_get_state (TdIncident *self)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), TD_INCIDENT_CLOSED);

  return self->state;
}

/**
 * td_incident_get_owner:
 *
 * Returns: (transfer none) (nullable): who sees to it, or put it off having seen to it
 */
const char *
td_incident_get_owner (TdIncident *self)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), NULL);

  return self->owner;
}

gint64
td_incident_get_owned_since (TdIncident *self)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), TD_UNKNOWN);

  return self->owned_since;
}

/**
 * td_incident_get_until:
 *
 * Returns: until when it is put off, or %TD_UNKNOWN
 */
gint64
td_incident_get_until (TdIncident *self)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), TD_UNKNOWN);

  return self->until;
}

/**
 * td_incident_get_reason:
 *
 * Returns: (transfer none) (nullable): why it is put off
 */
const char *
td_incident_get_reason (TdIncident *self)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), NULL);

  return self->reason;
}

/**
 * td_incident_get_escalation:
 *
 * Returns: how often nobody took it in time, at most %TD_INCIDENT_MAX_ESCALATION
 */
guint
td_incident_get_escalation (TdIncident *self)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), 0);

  return self->escalation;
}

/**
 * td_incident_get_actions:
 *
 * Returns: (transfer none) (element-type TdIncidentAction): what was done, in the order of time
 */
GPtrArray *
td_incident_get_actions (TdIncident *self)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), NULL);

  return self->actions;
}

/**
 * td_incident_get_escalates_at:
 *
 * Returns: when it is told again unless somebody takes it, or %TD_UNKNOWN for never
 */
gint64
td_incident_get_escalates_at (TdIncident *self)
{
  guint soonest = 0;

  g_return_val_if_fail (TD_IS_INCIDENT (self), TD_UNKNOWN);

  if (self->state != TD_INCIDENT_OPEN || self->escalation >= TD_INCIDENT_MAX_ESCALATION)
    return TD_UNKNOWN;

  for (guint i = 0; i < self->parts->len; i++)
    {
      const TdAlert *part = g_ptr_array_index (self->parts, i);

      if (td_alert_is_on (part) && part->escalate_s > 0 && (soonest == 0 || part->escalate_s < soonest))
        soonest = part->escalate_s;
    }

  return soonest > 0 ? self->left_since + soonest * G_TIME_SPAN_SECOND : TD_UNKNOWN;
}

/**
 * td_incident_put_back:
 * @self: an incident
 * @now: the time, µs since 1970, by the source's clock
 *
 * Where that clock was put back, nobody has seen to it since now at the latest:
 * it is told again as soon as it would be of an alert that begins now.
 */
void
td_incident_put_back (TdIncident *self,
                      gint64      now)
{
  g_return_if_fail (TD_IS_INCIDENT (self));

  self->left_since = MIN (self->left_since, now);
}

/**
 * td_incident_allows:
 * @self: an incident
 * @event: what may be done: taken, handed over, snoozed, woken, escalated or closed
 *
 * Returns: whether an incident that is so can become that
 */
gboolean
td_incident_allows (TdIncident     *self,
                    TdIncidentEvent event)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), FALSE);

  switch ((int)event)
    {
    case TD_INCIDENT_EVENT_TAKEN:
    case TD_INCIDENT_EVENT_HANDED_OVER:
    case TD_INCIDENT_EVENT_SNOOZED:
    case TD_INCIDENT_EVENT_CLOSED:
      return self->state != TD_INCIDENT_CLOSED;
    case TD_INCIDENT_EVENT_WOKEN:
      return self->state == TD_INCIDENT_SNOOZED;
    case TD_INCIDENT_EVENT_ESCALATED:
      return self->state == TD_INCIDENT_OPEN && self->escalation < TD_INCIDENT_MAX_ESCALATION;
    default:
      return FALSE;
    }
}

/**
 * td_incident_act:
 * @self: an incident
 * @action: what is done with it
 * @error: return location; %TD_ALERT_ERROR_STATE
 *
 * Returns: whether it could be done; if not, nothing is another
 */
gboolean
td_incident_act (TdIncident             *self,
                 const TdIncidentAction *action,
                 GError                **error)
{
  g_return_val_if_fail (TD_IS_INCIDENT (self), FALSE);
  g_return_val_if_fail (action != NULL, FALSE);

  if (!td_incident_allows (self, action->event))
    return refuse (error, self->state == TD_INCIDENT_CLOSED ? _ ("it is closed") : _ ("it cannot become that"));
  if (!check_words (action, error) || !check_person (self, action, error))
    return FALSE;

  apply (self, action);
  if (self->actions->len < TD_INCIDENT_MAX_ACTIONS)
    g_ptr_array_add (self->actions, td_incident_action_copy (action));

  return TRUE;
}

/* Makes room for what is on now by what has been over for the longest. */
static gboolean
make_room (TdIncident *self)
{
  guint oldest = self->parts->len;

  if (self->parts->len < TD_INCIDENT_MAX_PARTS)
    return TRUE;

  for (guint i = 0; i < self->parts->len; i++)
    {
      const TdAlert *part = g_ptr_array_index (self->parts, i);

      if (!td_alert_is_on (part) &&
          (oldest == self->parts->len || part->cleared < td_incident_get_part (self, oldest)->cleared))
        oldest = i;
    }
  if (oldest == self->parts->len)
    return FALSE;

  g_ptr_array_remove_index (self->parts, oldest);

  return TRUE;
}

/**
 * td_incident_add_part:
 * @self: an incident
 * @alert: an alert that belongs to it
 *
 * %TD_INCIDENT_MAX_PARTS are kept: those that are on before those that are
 * over. One more that is on only counts for the level.
 */
void
td_incident_add_part (TdIncident *self,
                      TdAlert    *alert)
{
  g_return_if_fail (TD_IS_INCIDENT (self));
  g_return_if_fail (alert != NULL);

  alert->incident = self->id;
  self->level = self->parts->len == 0 ? alert->level : MAX (self->level, alert->level);
  if (make_room (self))
    g_ptr_array_add (self->parts, td_alert_ref (alert));
  td_incident_update (self);
}

/**
 * td_incident_update:
 * @self: an incident of which a part is another
 *
 * Returns: whether it ended by that
 */
gboolean
td_incident_update (TdIncident *self)
{
  gboolean was_on;
  gint64   last = TD_UNKNOWN;

  g_return_val_if_fail (TD_IS_INCIDENT (self), FALSE);

  was_on = self->ended == TD_UNKNOWN;
  g_ptr_array_sort (self->parts, compare_parts);
  if (self->parts->len == 0)
    return FALSE;

  say_title (self);
  for (guint i = 0; i < self->parts->len; i++)
    last = MAX (last, td_incident_get_part (self, i)->cleared);
  self->ended = td_alert_is_on (td_incident_get_part (self, 0)) ? TD_UNKNOWN : last;

  return was_on && self->ended != TD_UNKNOWN;
}

void
td_incident_notify_changed (TdIncident *self)
{
  g_return_if_fail (TD_IS_INCIDENT (self));

  g_signal_emit (self, signals[CHANGED], 0);
}
