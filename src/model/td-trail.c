/* td-trail.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-trail.h"

#include <math.h>
#include <string.h>

/* Not looked at for longer than this, nobody knows what was meanwhile. */
#define MAX_BLIND_US (75 * G_USEC_PER_SEC)

/* What a step holds of which nothing is known; what is larger than the rest can
 * be is told as the largest. */
#define GAP G_MAXUINT16
#define MOST (G_MAXUINT16 - 1)

/* Of one queue, each step at its number modulo their count. */
typedef struct
{
  guint16 values[TD_N_TRAIL_KINDS][TD_TRAIL_STEPS];
} Steps;

struct _TdTrail
{
  GObject parent_instance;

  TdCentre   *centre; /* (owned) */
  GHashTable *queues; /* (owned): queue id (string) -> Steps */
  gint64      step;   /* since 1970, the last that was seen, or TD_UNKNOWN */
  gint64      at;     /* when the centre was observed last */
};

G_DEFINE_FINAL_TYPE (TdTrail, td_trail, G_TYPE_OBJECT)

static void
td_trail_dispose (GObject *object)
{
  TdTrail *self = TD_TRAIL (object);

  g_clear_object (&self->centre);

  G_OBJECT_CLASS (td_trail_parent_class)->dispose (object);
}

static void
td_trail_finalize (GObject *object)
{
  TdTrail *self = TD_TRAIL (object);

  g_clear_pointer (&self->queues, g_hash_table_unref);

  G_OBJECT_CLASS (td_trail_parent_class)->finalize (object);
}

static void
td_trail_class_init (TdTrailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_trail_dispose;
  object_class->finalize = td_trail_finalize;
}

static void
td_trail_init (TdTrail *self)
{
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->step = TD_UNKNOWN;
  self->at = TD_UNKNOWN;
}

/**
 * td_trail_new:
 * @centre: what is observed
 *
 * Returns: (transfer full): a trail that holds nothing yet
 */
TdTrail *
td_trail_new (TdCentre *centre)
{
  TdTrail *self = g_object_new (TD_TYPE_TRAIL, NULL);

  self->centre = g_object_ref (centre);

  return self;
}

static Steps *
get_steps (TdTrail    *self,
           const char *queue)
{
  Steps *steps = g_hash_table_lookup (self->queues, queue);

  if (steps == NULL)
    {
      steps = g_new (Steps, 1);
      memset (steps, 0xff, sizeof *steps); /* gaps */
      g_hash_table_insert (self->queues, g_strdup (queue), steps);
    }

  return steps;
}

static guint16
to_value (gint64 value)
{
  return TD_IS_KNOWN (value) ? (guint16)CLAMP (value, 0, MOST) : GAP;
}

/* What is of steps that nobody saw: what was before them, where that is known. */
static void
pass_over (TdTrail *self,
           gint64   from,
           gint64   to,
           gboolean is_known)
{
  GHashTableIter iter;
  gpointer       value;

  from = MAX (from, to - TD_TRAIL_STEPS);
  g_hash_table_iter_init (&iter, self->queues);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Steps *steps = value;

      for (int kind = 0; kind < TD_N_TRAIL_KINDS; kind++)
        {
          guint16 before = is_known ? steps->values[kind][(from - 1) % TD_TRAIL_STEPS] : GAP;

          for (gint64 step = from; step < to; step++)
            steps->values[kind][step % TD_TRAIL_STEPS] = before;
        }
    }
}

/* Nobody asks again for a queue that has not been there for an hour. */
static gboolean
is_gone (gpointer key,
         gpointer value,
         gpointer data)
{
  const Steps *steps = value;

  for (guint i = 0; i < TD_TRAIL_STEPS; i++)
    if (steps->values[TD_TRAIL_WAITING][i] != GAP)
      return FALSE;

  return TRUE;
}

/**
 * td_trail_observe:
 * @self: a trail
 * @at: until when the centre is known to be as it is now, µs since 1970 by the source's clock
 *
 * Notes what is to be seen, once in a step. A clock that goes back begins anew.
 */
void
td_trail_observe (TdTrail *self,
                  gint64   at)
{
  TdRoster *queues;
  gint64    step, last;

  g_return_if_fail (TD_IS_TRAIL (self));

  if (!TD_IS_KNOWN (at) || at < 0)
    return;

  step = at / TD_TRAIL_STEP_US;
  if (TD_IS_KNOWN (self->step) && step < self->step)
    {
      if (self->step - step == 1)
        return; /* an answer of a little earlier */
      g_hash_table_remove_all (self->queues);
      self->step = TD_UNKNOWN;
    }
  if (TD_IS_KNOWN (self->step) && step == self->step)
    {
      self->at = MAX (self->at, at);
      return;
    }

  last = self->step;
  if (TD_IS_KNOWN (last))
    {
      pass_over (self, last + 1, step, at - self->at <= MAX_BLIND_US);
      pass_over (self, step, step + 1, FALSE);
      g_hash_table_foreach_remove (self->queues, is_gone, NULL);
    }
  queues = td_centre_get_queues (self->centre);
  for (guint i = 0; i < td_roster_get_size (queues); i++)
    {
      const TdQueueInfo *info = td_queue_get_info (td_roster_get (queues, i));
      Steps             *steps = get_steps (self, info->id);
      gint64             longest = TD_UNKNOWN;

      if (info->waiting == 0)
        longest = 0;
      else if (TD_IS_KNOWN (info->longest_since))
        longest = MAX (at - info->longest_since, 0) / G_USEC_PER_SEC;
      steps->values[TD_TRAIL_WAITING][step % TD_TRAIL_STEPS] = to_value (info->waiting);
      steps->values[TD_TRAIL_LONGEST][step % TD_TRAIL_STEPS] = to_value (longest);
    }
  self->step = step;
  self->at = at;
}

/**
 * td_trail_read:
 * @self: a trail
 * @kind: what of it
 * @queues: (nullable) (array zero-terminated=1): of which queues, or %NULL for all
 * @values: (out) (array fixed-size=120): the callers of these queues together, or
 *   the longest of their waits, s, the last step last; NAN where that is not known
 *
 * Returns: when the first of the steps began, µs since 1970, or %TD_UNKNOWN
 *   before anything was observed
 */
gint64
td_trail_read (TdTrail           *self,
               TdTrailKind        kind,
               const char *const *queues,
               double            *values)
{
  GHashTableIter iter;
  gpointer       id, value;
  gint64         first;

  g_return_val_if_fail (TD_IS_TRAIL (self), TD_UNKNOWN);
  g_return_val_if_fail (kind < TD_N_TRAIL_KINDS, TD_UNKNOWN);
  g_return_val_if_fail (values != NULL, TD_UNKNOWN);

  for (guint i = 0; i < TD_TRAIL_STEPS; i++)
    values[i] = NAN;
  if (!TD_IS_KNOWN (self->step))
    return TD_UNKNOWN;

  first = self->step - TD_TRAIL_STEPS + 1;
  g_hash_table_iter_init (&iter, self->queues);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      const Steps *steps = value;

      if (queues != NULL && !g_strv_contains (queues, id))
        continue;
      for (guint i = 0; i < TD_TRAIL_STEPS; i++)
        {
          guint16 seen = steps->values[kind][(first + i) % TD_TRAIL_STEPS];

          if (seen == GAP)
            continue;
          if (isnan (values[i]))
            values[i] = seen;
          else
            values[i] = kind == TD_TRAIL_WAITING ? values[i] + seen : MAX (values[i], seen);
        }
    }

  return first * TD_TRAIL_STEP_US;
}
