/* td-alert-replay.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-replay.h"

#include <math.h>

#include "td-alert-engine.h"
#include "td-alert-facts-private.h"
#include "td-alert-rules.h"
#include "td-alert-window-private.h"

/* A queue is written down once a minute at least, so that it was not observed
 * where nothing was written for longer. */
#define STALE_US (90 * G_TIME_SPAN_SECOND)

#define MINUTE_US (60 * G_TIME_SPAN_SECOND)
#define WINDOW_MINUTES ((guint)(TD_ALERT_WINDOW_US / MINUTE_US))
#define LEAST_SECONDS (TD_ALERT_WINDOW_LEAST_US / G_TIME_SPAN_SECOND)

/* What a rule looks at: a queue, or queues together. */
typedef struct
{
  char      *id;      /* (owned): "" for the centre */
  char      *hotline; /* (owned) (nullable): of a queue */
  GPtrArray *queues;  /* (owned) (element-type Queue) (unowned elements) */
} Thing;

/* A queue as it was written down last. */
typedef struct
{
  char           *id; /* (owned) */
  TdHistorySample sample;
  gboolean        known;
} Queue;

struct _TdAlertReplay
{
  TdAlertEngine        *engine; /* (owned) */
  TdAlertRule          *rule;   /* (owned) */
  TdServiceLevelFormula formula;
  gint64                midnight;
  GHashTable           *queues; /* (owned): queue id (string) -> Queue */
  GPtrArray            *things; /* (owned) (element-type Thing) */
  gint64                next;   /* when it is looked next */
  guint                 n_raised;
  gint64                last;
  gint64                now;
};

static void
free_thing (gpointer data)
{
  Thing *thing = data;

  g_ptr_array_unref (thing->queues);
  g_free (thing->hotline);
  g_free (thing->id);
  g_free (thing);
}

static void
free_queue (gpointer data)
{
  Queue *queue = data;

  g_free (queue->id);
  g_free (queue);
}

static void
raised_cb (TdAlertReplay *self)
{
  self->n_raised++;
  self->last = self->now;
}

/**
 * td_alert_replay_new:
 * @rule: what is tried; copied
 * @midnight: when the day began by the centre's clock, µs since 1970
 * @opens: minute of the day at which the centre opens
 * @closes: minute at which it closes
 * @formula: how the service level is reckoned
 *
 * Returns: (transfer full): a replay that knows no queue
 */
TdAlertReplay *
td_alert_replay_new (const TdAlertRule    *rule,
                     gint64                midnight,
                     guint                 opens,
                     guint                 closes,
                     TdServiceLevelFormula formula)
{
  TdAlertReplay *self = g_new0 (TdAlertReplay, 1);
  g_autoptr (GPtrArray) rules = td_alert_rules_new ();

  self->rule = td_alert_rule_copy (rule);
  self->rule->enabled = TRUE;
  self->midnight = midnight;
  self->next = midnight;
  self->formula = formula;
  self->last = TD_UNKNOWN;
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_queue);
  self->things = g_ptr_array_new_with_free_func (free_thing);
  self->engine = td_alert_engine_new ();
  g_ptr_array_add (rules, td_alert_rule_copy (self->rule));
  td_alert_engine_set_rules (self->engine, rules);
  td_alert_engine_set_hours (self->engine, opens, closes);
  g_signal_connect_swapped (self->engine, "raised", G_CALLBACK (raised_cb), self);

  return self;
}

void
td_alert_replay_free (TdAlertReplay *self)
{
  g_signal_handlers_disconnect_by_data (self->engine, self);
  g_object_unref (self->engine);
  g_ptr_array_unref (self->things);
  g_hash_table_unref (self->queues);
  td_alert_rule_free (self->rule);
  g_free (self);
}

/**
 * td_alert_replay_reads_samples:
 * @rule: a rule
 *
 * Agents who serve several queues are not added up, so that of them only what
 * each queue has is known.
 *
 * Returns: whether what queues were second by second tells when it was so
 */
gboolean
td_alert_replay_reads_samples (const TdAlertRule *rule)
{
  return rule->kind == TD_ALERT_WAITING || rule->kind == TD_ALERT_LONGEST_WAIT ||
         (rule->kind == TD_ALERT_SERVING && rule->scope == TD_ALERT_SCOPE_QUEUE);
}

/**
 * td_alert_replay_reads_minutes:
 * @rule: a rule
 *
 * Returns: whether what was counted minute by minute tells when it was so
 */
gboolean
td_alert_replay_reads_minutes (const TdAlertRule *rule)
{
  return rule->kind == TD_ALERT_SERVICE_LEVEL || rule->kind == TD_ALERT_ABANDON_RATE;
}

static Thing *
find_thing (TdAlertReplay *self,
            const char    *id)
{
  Thing *thing;

  for (guint i = 0; i < self->things->len; i++)
    {
      thing = g_ptr_array_index (self->things, i);
      if (g_str_equal (thing->id, id))
        return thing;
    }

  thing = g_new0 (Thing, 1);
  thing->id = g_strdup (id);
  thing->queues = g_ptr_array_new ();
  g_ptr_array_add (self->things, thing);

  return thing;
}

/**
 * td_alert_replay_add_queue:
 * @self: a replay that was fed nothing
 * @queue: id of a queue of the centre
 * @hotline: (nullable): its hotline
 */
void
td_alert_replay_add_queue (TdAlertReplay *self,
                           const char    *queue,
                           const char    *hotline)
{
  const char *id = self->rule->scope == TD_ALERT_SCOPE_QUEUE     ? queue
                   : self->rule->scope == TD_ALERT_SCOPE_HOTLINE ? hotline
                                                                 : "";
  Queue      *added;
  Thing      *thing;

  if (id == NULL || g_hash_table_contains (self->queues, queue))
    return;
  if (self->rule->target != NULL && !g_str_equal (self->rule->target, id))
    return;

  added = g_new0 (Queue, 1);
  added->id = g_strdup (queue);
  g_hash_table_insert (self->queues, added->id, added);
  thing = find_thing (self, id);
  g_ptr_array_add (thing->queues, added);
  if (self->rule->scope == TD_ALERT_SCOPE_QUEUE)
    thing->hotline = g_strdup (hotline);
}

static void
begin (TdAlertReplay *self,
       gint64         now)
{
  self->now = now;
  td_alert_engine_begin (self->engine, now, (guint)(CLAMP ((now - self->midnight) / MINUTE_US, 0, 24 * 60 - 1)));
}

static void
feed (TdAlertReplay *self,
      const Thing   *thing,
      double         value)
{
  TdAlertFact fact = { self->rule->kind, self->rule->scope, thing->id, thing->hotline, value };

  td_alert_engine_feed (self->engine, &fact);
}

/* --- samples ---------------------------------------------------------------- */

static double
get_longest (const TdHistorySample *sample,
             gint64                 now)
{
  if (sample->waiting == 0)
    return 0;

  /* Who waited then waits still: a call that is answered is another sample. */
  return TD_IS_KNOWN (sample->longest_ms) ? (double)sample->longest_ms / 1000 + (double)(now - sample->at) / G_USEC_PER_SEC : NAN;
}

static double
measure (TdAlertReplay *self,
         const Thing   *thing,
         gint64         now)
{
  double value = 0;

  for (guint i = 0; i < thing->queues->len; i++)
    {
      const Queue *queue = g_ptr_array_index (thing->queues, i);

      if (!queue->known || now - queue->sample.at > STALE_US)
        return NAN;
      if (self->rule->kind == TD_ALERT_LONGEST_WAIT)
        {
          double longest = get_longest (&queue->sample, now);

          value = isnan (longest) ? NAN : MAX (value, longest);
        }
      else
        {
          gint64 count = self->rule->kind == TD_ALERT_WAITING ? queue->sample.waiting : queue->sample.serving;

          value += TD_IS_KNOWN (count) ? (double)count : NAN;
        }
      if (isnan (value))
        return NAN;
    }

  return value;
}

static void
look_until (TdAlertReplay *self,
            gint64         until)
{
  for (; self->next < until; self->next += TD_ALERT_REPLAY_STEP_US)
    {
      begin (self, self->next);
      for (guint i = 0; i < self->things->len; i++)
        {
          const Thing *thing = g_ptr_array_index (self->things, i);

          feed (self, thing, measure (self, thing, self->next));
        }
      td_alert_engine_end (self->engine);
    }
}

/**
 * td_alert_replay_feed_samples:
 * @self: a replay of a rule that reads samples
 * @records: samples of the queues, in the order of time, later than those before
 * @until: to when there are no others, µs since 1970
 */
void
td_alert_replay_feed_samples (TdAlertReplay    *self,
                              TdHistoryRecords *records,
                              gint64            until)
{
  guint                  n_samples;
  const TdHistorySample *samples = td_history_records_get_samples (records, &n_samples);

  for (guint i = 0; i < n_samples; i++)
    {
      Queue *queue = g_hash_table_lookup (self->queues, samples[i].queue);

      if (queue == NULL)
        continue;
      look_until (self, samples[i].at);
      queue->sample = samples[i];
      queue->sample.queue = NULL;
      queue->known = TRUE;
    }
  look_until (self, until);
}

/* --- minutes ---------------------------------------------------------------- */

/* What was counted of a queue in the half hour that ends with the minute. */
static gboolean
sum_window (const TdInterval *rows,
            guint             minute,
            TdCounts         *sum)
{
  gint64   observed = 0;
  gboolean is_first = TRUE;

  for (guint i = minute + 1 - MIN (minute + 1, WINDOW_MINUTES); i <= minute; i++)
    {
      if (rows[i].observed_s == 0)
        continue;
      observed += rows[i].observed_s;
      if (is_first)
        *sum = rows[i].counts;
      else
        td_counts_add (sum, &rows[i].counts);
      is_first = FALSE;
    }

  return observed >= LEAST_SECONDS;
}

/* Of who still waited at a minute's end nothing is written down: of the level
 * that counts them it is what it comes to without. */
static double
measure_minute (TdAlertReplay *self,
                const Thing   *thing,
                GHashTable    *rows,
                guint          minute)
{
  TdCounts whole = TD_COUNTS_UNKNOWN;

  for (guint i = 0; i < thing->queues->len; i++)
    {
      const Queue      *queue = g_ptr_array_index (thing->queues, i);
      const TdInterval *row = g_hash_table_lookup (rows, queue->id);
      TdCounts          counts;

      if (row == NULL || !sum_window (row, minute, &counts))
        return NAN;
      if (i == 0)
        whole = counts;
      else
        td_counts_add (&whole, &counts);
    }

  return self->rule->kind == TD_ALERT_SERVICE_LEVEL ? td_alert_facts_judge_service_level (self->formula, &whole, 0)
                                                    : td_alert_facts_judge_abandon_rate (&whole);
}

/**
 * td_alert_replay_feed_minutes:
 * @self: a replay of a rule that reads minutes
 * @minutes: of the queues; those before midnight are only for the half hours after it
 */
void
td_alert_replay_feed_minutes (TdAlertReplay *self,
                              TdIntervals   *minutes)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 from = td_intervals_get_from (minutes);

  for (guint i = 0; i < td_intervals_get_n_queues (minutes); i++)
    g_hash_table_insert (rows, (gpointer)td_intervals_get_queue (minutes, i), (gpointer)td_intervals_get_rows (minutes, i));

  for (guint minute = 0; minute < td_intervals_get_n_intervals (minutes); minute++)
    {
      gint64 now = from + (minute + 1) * MINUTE_US;

      if (now < self->midnight)
        continue;
      begin (self, now);
      for (guint i = 0; i < self->things->len; i++)
        {
          const Thing *thing = g_ptr_array_index (self->things, i);

          feed (self, thing, measure_minute (self, thing, rows, minute));
        }
      td_alert_engine_end (self->engine);
    }
}

/**
 * td_alert_replay_get_n_raised:
 *
 * Returns: how often the rule was raised so far, of all things together
 */
guint
td_alert_replay_get_n_raised (TdAlertReplay *self)
{
  return self->n_raised;
}

/**
 * td_alert_replay_get_last:
 *
 * Returns: when it was raised last, µs since 1970, or %TD_UNKNOWN
 */
gint64
td_alert_replay_get_last (TdAlertReplay *self)
{
  return self->last;
}
