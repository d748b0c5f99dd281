/* td-alert-engine.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-engine.h"

#include <math.h>

#include "td-alert-rules.h"
#include "td-alert-words.h"

/* One thing on its way to an alert, or in it. */
typedef struct
{
  TdAlert *alert;    /* (owned) (nullable): once it is raised */
  char    *evidence; /* (owned) (nullable): of the alert at its worst */
  gint64   since;    /* when the value reached the threshold */
  gint64   fed;      /* when it was told last */
  guint    round;    /* and in which round */
  gint64   held_us;  /* for how long it was seen at the threshold, or to be over */
  gboolean known;    /* the last value was */
  gboolean clearing; /* the last one known was one of an alert that is over */
} Watched;

/* A rule with what it watches. */
typedef struct
{
  TdAlertRule *rule;    /* (owned) */
  GHashTable  *watched; /* (owned): target (string) -> Watched */
  gboolean     due;     /* at the time that was begun */
} Slot;

struct _TdAlertEngine
{
  GObject parent_instance;

  GPtrArray       *rules;                     /* (owned) (element-type TdAlertRule): as they were given */
  GPtrArray       *slots;                     /* (owned) (element-type Slot) */
  GPtrArray       *by_kind[TD_N_ALERT_KINDS]; /* (owned) (element-type Slot): unowned */
  GPtrArray       *raised;                    /* (owned) (element-type TdAlert): not told yet */
  GPtrArray       *changed;                   /* (owned) (element-type TdAlert) */
  GPtrArray       *cleared;                   /* (owned) (element-type TdAlert) */
  TdAlertWordsFunc words;
  gpointer         words_data;
  guint            n_watched;
  guint            round; /* how often it was begun */
  gint64           now;
  gint64           last_id;
  guint            opens;
  guint            closes;
};

enum {
  RAISED,
  CHANGED,
  CLEARED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdAlertEngine, td_alert_engine, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
watched_free (Watched *watched)
{
  g_clear_pointer (&watched->alert, td_alert_unref);
  g_free (watched->evidence);
  g_free (watched);
}

static void
slot_free (Slot *slot)
{
  td_alert_rule_free (slot->rule);
  g_hash_table_unref (slot->watched);
  g_free (slot);
}

static Slot *
slot_new (const TdAlertRule *rule)
{
  Slot *slot = g_new0 (Slot, 1);

  slot->rule = td_alert_rule_copy (rule);
  slot->watched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)watched_free);
  slot->due = TRUE;

  return slot;
}

static void
end_alert (TdAlertEngine *self,
           TdAlert       *alert,
           TdAlertEnd     end)
{
  alert->cleared = MAX (self->now, alert->raised);
  alert->end = end;
  g_ptr_array_add (self->cleared, td_alert_ref (alert));
}

static void
keep_evidence (Watched *watched)
{
  g_free (watched->evidence);
  watched->evidence = g_strdup (watched->alert->evidence);
}

/* What speaks for it now that it is over speaks for nothing. */
static void
end_watched (TdAlertEngine *self,
             Watched       *watched,
             TdAlertEnd     end)
{
  if (watched->evidence != NULL)
    td_alert_set_evidence (watched->alert, watched->evidence);
  end_alert (self, watched->alert, end);
}

static void
forget (TdAlertEngine *self,
        Slot          *slot,
        const char    *target,
        TdAlertEnd     end)
{
  Watched *watched = g_hash_table_lookup (slot->watched, target);

  if (watched == NULL)
    return;

  if (watched->alert != NULL)
    end_watched (self, watched, end);
  g_hash_table_remove (slot->watched, target);
  self->n_watched--;
}

static void
forget_all (TdAlertEngine *self,
            Slot          *slot,
            TdAlertEnd     end)
{
  GHashTableIter iter;
  Watched       *watched;

  g_hash_table_iter_init (&iter, slot->watched);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&watched))
    {
      if (watched->alert != NULL)
        end_watched (self, watched, end);
      g_hash_table_iter_remove (&iter);
      self->n_watched--;
    }
}

static gboolean
is_raising (const TdAlertRule *rule,
            double             value)
{
  return td_alert_kind_get_info (rule->kind)->below ? value <= rule->raise : value >= rule->raise;
}

static gboolean
is_over (const TdAlertRule *rule,
         double             value)
{
  return !is_raising (rule, value) &&
         (td_alert_kind_get_info (rule->kind)->below ? value >= rule->clear : value <= rule->clear);
}

static void
say_words (TdAlertEngine *self,
           TdAlert       *alert)
{
  if (self->words != NULL)
    self->words (alert, self->words_data);
}

static void
raise_alert (TdAlertEngine     *self,
             const TdAlertRule *rule,
             const TdAlertFact *fact,
             Watched           *watched)
{
  TdAlert *alert = td_alert_new ();

  self->last_id = MAX (self->last_id + 1, self->now);
  alert->id = self->last_id;
  alert->rule = g_strdup (rule->id);
  alert->kind = rule->kind;
  alert->scope = rule->scope;
  alert->target = g_strdup (fact->id);
  alert->group = g_strdup (fact->group);
  alert->level = rule->level;
  alert->since = watched->since;
  alert->raised = self->now;
  alert->value = fact->value;
  alert->worst = fact->value;
  alert->threshold = rule->raise;
  alert->escalate_s = rule->escalate_s;
  alert->title = td_alert_words_get_title (rule);
  say_words (self, alert);

  watched->alert = alert;
  watched->clearing = FALSE;
  keep_evidence (watched);
  g_ptr_array_add (self->raised, td_alert_ref (alert));
}

static void
follow_alert (TdAlertEngine *self,
              Watched       *watched,
              double         value)
{
  TdAlert *alert = watched->alert;
  gboolean worse = td_alert_is_worse (alert, value);

  if (value == alert->value)
    return;

  alert->value = value;
  say_words (self, alert);
  if (worse)
    {
      alert->worst = value;
      keep_evidence (watched);
    }
  g_ptr_array_add (self->changed, td_alert_ref (alert));
}

/* Returns whether there is still something to watch. */
static gboolean
follow (TdAlertEngine     *self,
        const TdAlertRule *rule,
        const TdAlertFact *fact,
        Watched           *watched)
{
  gint64   step = watched->known ? MAX (self->now - watched->fed, 0) : 0;
  gboolean over;

  watched->fed = self->now;
  watched->round = self->round;
  watched->known = isfinite (fact->value);
  if (!watched->known)
    return TRUE;

  if (watched->alert == NULL)
    {
      if (!is_raising (rule, fact->value))
        return FALSE;

      watched->held_us += step;
      if (watched->held_us >= rule->for_s * G_TIME_SPAN_SECOND)
        {
          watched->held_us = 0;
          raise_alert (self, rule, fact, watched);
        }

      return TRUE;
    }

  follow_alert (self, watched, fact->value);
  over = is_over (rule, fact->value);
  watched->held_us = over && watched->clearing ? watched->held_us + step : 0;
  watched->clearing = over;
  if (!over || watched->held_us < rule->clear_s * G_TIME_SPAN_SECOND)
    return TRUE;

  end_watched (self, watched, TD_ALERT_END_OVER);

  return FALSE;
}

static Watched *
begin_watching (TdAlertEngine *self,
                Slot          *slot,
                const char    *target)
{
  Watched *watched = g_new0 (Watched, 1);

  watched->since = self->now;
  watched->fed = self->now;
  g_hash_table_insert (slot->watched, g_strdup (target), watched);
  self->n_watched++;

  return watched;
}

static void
feed_slot (TdAlertEngine     *self,
           Slot              *slot,
           const TdAlertFact *fact)
{
  const TdAlertRule *rule = slot->rule;
  Watched           *watched;

  if (!slot->due || !rule->enabled || rule->scope != fact->scope ||
      (rule->target != NULL && !g_str_equal (rule->target, fact->id)))
    return;

  watched = g_hash_table_lookup (slot->watched, fact->id);
  if (watched == NULL)
    {
      if (!isfinite (fact->value) || !is_raising (rule, fact->value) || self->n_watched >= TD_ALERT_ENGINE_MAX_WATCHED)
        return;
      watched = begin_watching (self, slot, fact->id);
    }

  if (!follow (self, rule, fact, watched))
    {
      g_hash_table_remove (slot->watched, fact->id);
      self->n_watched--;
    }
}

/* A rule that compares the same thing goes on with what it watched. */
static gboolean
goes_on (const TdAlertRule *a,
         const TdAlertRule *b)
{
  return g_str_equal (a->id, b->id) && a->kind == b->kind && a->scope == b->scope && a->level == b->level &&
         g_strcmp0 (a->target, b->target) == 0 && b->enabled;
}

static void
take_over (Slot *slot,
           Slot *former)
{
  GHashTable *watched = slot->watched;

  slot->watched = former->watched;
  former->watched = watched;
}

static void
index_slots (TdAlertEngine *self)
{
  for (guint i = 0; i < TD_N_ALERT_KINDS; i++)
    g_ptr_array_set_size (self->by_kind[i], 0);

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (self->slots, i);

      g_ptr_array_add (self->by_kind[slot->rule->kind], slot);
    }
}

static void
emit_all (TdAlertEngine *self,
          guint          signal,
          GPtrArray     *alerts)
{
  for (guint i = 0; i < alerts->len; i++)
    g_signal_emit (self, signals[signal], 0, g_ptr_array_index (alerts, i));
}

static GPtrArray *
alerts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)td_alert_unref);
}

static GPtrArray *
steal_alerts (GPtrArray **alerts)
{
  GPtrArray *stolen = *alerts;

  *alerts = alerts_new ();

  return stolen;
}

static void
td_alert_engine_finalize (GObject *object)
{
  TdAlertEngine *self = (TdAlertEngine *)object;

  for (guint i = 0; i < TD_N_ALERT_KINDS; i++)
    g_ptr_array_unref (self->by_kind[i]);
  g_ptr_array_unref (self->slots);
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->raised);
  g_ptr_array_unref (self->changed);
  g_ptr_array_unref (self->cleared);

  G_OBJECT_CLASS (td_alert_engine_parent_class)->finalize (object);
}

static void
td_alert_engine_class_init (TdAlertEngineClass *klass)
{
  static const char *const names[N_SIGNALS] = { "raised", "changed", "cleared" };

  G_OBJECT_CLASS (klass)->finalize = td_alert_engine_finalize;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                               0, NULL, NULL, NULL, G_TYPE_NONE, 1, TD_TYPE_ALERT);
}

static void
td_alert_engine_init (TdAlertEngine *self)
{
  self->rules = td_alert_rules_new ();
  self->slots = g_ptr_array_new_with_free_func ((GDestroyNotify)slot_free);
  for (guint i = 0; i < TD_N_ALERT_KINDS; i++)
    self->by_kind[i] = g_ptr_array_new ();
  self->raised = alerts_new ();
  self->changed = alerts_new ();
  self->cleared = alerts_new ();
  self->closes = TD_ALERT_DAY_MINUTES;
}

/**
 * td_alert_engine_new:
 *
 * Returns: (transfer full): an engine without rules, of a centre that is always open
 */
TdAlertEngine *
td_alert_engine_new (void)
{
  return g_object_new (TD_TYPE_ALERT_ENGINE, NULL);
}

/**
 * td_alert_engine_get_rules:
 *
 * Returns: (transfer none) (element-type TdAlertRule): the rules; not to be changed
 */
GPtrArray *
td_alert_engine_get_rules (TdAlertEngine *self)
{
  g_return_val_if_fail (TD_IS_ALERT_ENGINE (self), NULL);

  return self->rules;
}

/**
 * td_alert_engine_set_rules:
 * @self: an engine
 * @rules: (element-type TdAlertRule): rules that td_alert_rules_check() lets pass
 *
 * What was raised by a rule that is still there, and compares the same, goes
 * on; the rest is cleared at the next td_alert_engine_end().
 */
void
td_alert_engine_set_rules (TdAlertEngine *self,
                           GPtrArray     *rules)
{
  g_autoptr (GPtrArray) former = NULL;

  g_return_if_fail (TD_IS_ALERT_ENGINE (self));
  g_return_if_fail (rules != NULL);

  former = g_steal_pointer (&self->slots);
  self->slots = g_ptr_array_new_with_free_func ((GDestroyNotify)slot_free);
  for (guint i = 0; i < rules->len; i++)
    {
      Slot *slot = slot_new (g_ptr_array_index (rules, i));

      for (guint j = 0; j < former->len; j++)
        {
          Slot *other = g_ptr_array_index (former, j);

          if (goes_on (other->rule, slot->rule))
            take_over (slot, other);
        }
      g_ptr_array_add (self->slots, slot);
    }

  for (guint j = 0; j < former->len; j++)
    forget_all (self, g_ptr_array_index (former, j), TD_ALERT_END_RULE);
  index_slots (self);

  rules = td_alert_rules_copy (rules);
  g_ptr_array_unref (self->rules);
  self->rules = rules;
}

/**
 * td_alert_engine_set_hours:
 * @self: an engine
 * @opens: minute of the day at which the centre opens, 0…1439
 * @closes: minute at which it closes, 1…1440
 */
void
td_alert_engine_set_hours (TdAlertEngine *self,
                           guint          opens,
                           guint          closes)
{
  g_return_if_fail (TD_IS_ALERT_ENGINE (self));

  self->opens = opens;
  self->closes = closes;
}

/**
 * td_alert_engine_set_words:
 * @self: an engine
 * @func: (nullable) (scope notified): gives alerts their words
 * @user_data: data for @func
 */
void
td_alert_engine_set_words (TdAlertEngine   *self,
                           TdAlertWordsFunc func,
                           gpointer         user_data)
{
  g_return_if_fail (TD_IS_ALERT_ENGINE (self));

  self->words = func;
  self->words_data = user_data;
}

/**
 * td_alert_engine_get_alerts:
 *
 * Returns: (transfer full) (element-type TdAlert): what is on now
 */
GPtrArray *
td_alert_engine_get_alerts (TdAlertEngine *self)
{
  GPtrArray *alerts = alerts_new ();

  g_return_val_if_fail (TD_IS_ALERT_ENGINE (self), alerts);

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot          *slot = g_ptr_array_index (self->slots, i);
      GHashTableIter iter;
      Watched       *watched;

      g_hash_table_iter_init (&iter, slot->watched);
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&watched))
        {
          if (watched->alert != NULL)
            g_ptr_array_add (alerts, td_alert_ref (watched->alert));
        }
    }

  return alerts;
}

/**
 * td_alert_engine_restore:
 * @self: an engine that has its rules
 * @alert: one that was on when the program ended
 *
 * Goes on with it: what follows is told of this alert. Where its rule is no
 * more it is cleared at the next td_alert_engine_end().
 */
void
td_alert_engine_restore (TdAlertEngine *self,
                         TdAlert       *alert)
{
  g_return_if_fail (TD_IS_ALERT_ENGINE (self));
  g_return_if_fail (alert != NULL && td_alert_is_on (alert));

  self->last_id = MAX (self->last_id, alert->id);
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot    *slot = g_ptr_array_index (self->slots, i);
      Watched *watched;

      if (!g_str_equal (slot->rule->id, alert->rule) || !slot->rule->enabled || slot->rule->kind != alert->kind ||
          slot->rule->scope != alert->scope || slot->rule->level != alert->level || g_hash_table_contains (slot->watched, alert->target))
        continue;

      watched = begin_watching (self, slot, alert->target);
      watched->since = alert->since;
      watched->alert = td_alert_ref (alert);
      keep_evidence (watched);
      return;
    }

  end_alert (self, alert, TD_ALERT_END_RULE);
}

/**
 * td_alert_engine_skip:
 * @self: an engine
 *
 * Nobody looked since the last round: the time until the next one makes
 * nothing last longer.
 */
void
td_alert_engine_skip (TdAlertEngine *self)
{
  g_return_if_fail (TD_IS_ALERT_ENGINE (self));

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot          *slot = g_ptr_array_index (self->slots, i);
      GHashTableIter iter;
      gpointer       watched;

      g_hash_table_iter_init (&iter, slot->watched);
      while (g_hash_table_iter_next (&iter, NULL, &watched))
        ((Watched *)watched)->known = FALSE;
    }
}

/**
 * td_alert_engine_begin:
 * @self: an engine
 * @now: the time of what follows, µs since 1970, by the source's clock
 * @minute: the minute of the centre's day then
 */
void
td_alert_engine_begin (TdAlertEngine *self,
                       gint64         now,
                       guint          minute)
{
  g_return_if_fail (TD_IS_ALERT_ENGINE (self));

  self->now = now;
  self->round++;
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (self->slots, i);

      slot->due = td_alert_rule_is_due (slot->rule, minute, self->opens, self->closes);
      if (!slot->due)
        forget_all (self, slot, TD_ALERT_END_RESTS);
    }
}

/**
 * td_alert_engine_feed:
 * @self: an engine that has begun
 * @fact: what is so now; each thing at most once
 */
void
td_alert_engine_feed (TdAlertEngine     *self,
                      const TdAlertFact *fact)
{
  GPtrArray *slots;

  g_return_if_fail (TD_IS_ALERT_ENGINE (self));
  g_return_if_fail (fact != NULL && fact->kind < TD_N_ALERT_KINDS && fact->id != NULL);

  slots = self->by_kind[fact->kind];
  for (guint i = 0; i < slots->len; i++)
    feed_slot (self, g_ptr_array_index (slots, i), fact);
}

/**
 * td_alert_engine_drop:
 * @self: an engine
 * @scope: what kind of thing
 * @id: one that is there no more
 */
void
td_alert_engine_drop (TdAlertEngine *self,
                      TdAlertScope   scope,
                      const char    *id)
{
  g_return_if_fail (TD_IS_ALERT_ENGINE (self));
  g_return_if_fail (id != NULL);

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (self->slots, i);

      if (slot->rule->scope == scope)
        forget (self, slot, id, TD_ALERT_END_GONE);
    }
}

/**
 * td_alert_engine_drop_gone:
 * @self: an engine that has begun and was fed
 * @is_there: (scope call): says what there is
 * @user_data: data for @is_there
 *
 * Drops what was not told this time and is not there: it went where nobody was
 * told of it, while the program did not run for one.
 */
void
td_alert_engine_drop_gone (TdAlertEngine   *self,
                           TdAlertThereFunc is_there,
                           gpointer         user_data)
{
  g_return_if_fail (TD_IS_ALERT_ENGINE (self));
  g_return_if_fail (is_there != NULL);

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot          *slot = g_ptr_array_index (self->slots, i);
      GHashTableIter iter;
      const char    *target;
      Watched       *watched;

      g_hash_table_iter_init (&iter, slot->watched);
      while (g_hash_table_iter_next (&iter, (gpointer *)&target, (gpointer *)&watched))
        {
          if (watched->round == self->round || is_there (slot->rule->scope, target, user_data))
            continue;
          if (watched->alert != NULL)
            end_watched (self, watched, TD_ALERT_END_GONE);
          g_hash_table_iter_remove (&iter);
          self->n_watched--;
        }
    }
}

/* What was not told this time is not known. */
static void
doubt_the_rest (TdAlertEngine *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot          *slot = g_ptr_array_index (self->slots, i);
      GHashTableIter iter;
      Watched       *watched;

      g_hash_table_iter_init (&iter, slot->watched);
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&watched))
        {
          if (watched->round != self->round)
            watched->known = FALSE;
        }
    }
}

/**
 * td_alert_engine_end:
 * @self: an engine
 *
 * Tells what came of it: first what is over, then what is new. What was not
 * fed since td_alert_engine_begin() counts as not known.
 */
void
td_alert_engine_end (TdAlertEngine *self)
{
  g_autoptr (GPtrArray) raised = NULL;
  g_autoptr (GPtrArray) changed = NULL;
  g_autoptr (GPtrArray) cleared = NULL;

  g_return_if_fail (TD_IS_ALERT_ENGINE (self));

  doubt_the_rest (self);
  raised = steal_alerts (&self->raised);
  changed = steal_alerts (&self->changed);
  cleared = steal_alerts (&self->cleared);

  emit_all (self, CLEARED, cleared);
  emit_all (self, CHANGED, changed);
  emit_all (self, RAISED, raised);
}
