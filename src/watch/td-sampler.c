/* td-sampler.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-sampler.h"

#define AT_LEAST_US G_TIME_SPAN_SECOND
#define AGAIN_US (60 * G_TIME_SPAN_SECOND)

/* Handed to the writer together, a few seconds at a time. */
#define HAND_ON_US (10 * G_TIME_SPAN_SECOND)

/* A queue as it was written last. */
typedef struct
{
  gint64 at;
  gint64 waiting;
  gint64 longest_since;
  gint64 serving;
} Seen;

struct _TdSampler
{
  GObject parent_instance;

  TdCentre         *centre;  /* (owned) */
  TdHistory        *history; /* (owned) */
  GHashTable       *seen;    /* (owned): queue id (string) -> Seen */
  TdHistoryRecords *batch;   /* (owned) */
  gint64            sampled; /* when it was looked at last */
  gint64            handed_on;
};

G_DEFINE_FINAL_TYPE (TdSampler, td_sampler, G_TYPE_OBJECT)

static void
sample_queue (TdSampler         *self,
              const TdQueueInfo *info,
              gint64             at)
{
  Seen           *seen = g_hash_table_lookup (self->seen, info->id);
  TdHistorySample row = { at, info->id, info->waiting, TD_UNKNOWN, info->serving };

  if (seen != NULL && at >= seen->at && at - seen->at < AGAIN_US && seen->waiting == info->waiting &&
      seen->longest_since == info->longest_since && seen->serving == info->serving)
    return;

  if (seen == NULL)
    {
      seen = g_new0 (Seen, 1);
      g_hash_table_insert (self->seen, g_strdup (info->id), seen);
    }
  *seen = (Seen){ at, info->waiting, info->longest_since, info->serving };

  if (info->waiting == 0)
    row.longest_ms = 0;
  else if (TD_IS_KNOWN (info->longest_since))
    row.longest_ms = MAX (at - info->longest_since, 0) / G_TIME_SPAN_MILLISECOND;
  if (TD_IS_KNOWN (row.waiting) || TD_IS_KNOWN (row.serving))
    td_history_records_add_sample (self->batch, &row);
}

static void
hand_on (TdSampler *self)
{
  if (td_history_records_is_empty (self->batch))
    return;

  td_history_add_records (self->history, self->batch);
  td_history_records_unref (self->batch);
  self->batch = td_history_records_new ();
}

static void
sample (TdSampler *self,
        gint64     at)
{
  TdRoster *queues = td_centre_get_queues (self->centre);

  if (!TD_IS_KNOWN (at) || (at >= self->sampled && at - self->sampled < AT_LEAST_US))
    return;

  self->sampled = at;
  for (guint i = 0; i < td_roster_get_size (queues); i++)
    sample_queue (self, td_queue_get_info (td_roster_get (queues, i)), at);

  if (at < self->handed_on || at - self->handed_on >= HAND_ON_US)
    {
      self->handed_on = at;
      hand_on (self);
    }
}

static void
changed_cb (TdSampler *self)
{
  sample (self, td_centre_get_at (self->centre));
}

static void
td_sampler_dispose (GObject *object)
{
  TdSampler *self = (TdSampler *)object;

  if (self->history != NULL)
    hand_on (self);
  g_clear_object (&self->history);
  g_clear_object (&self->centre);

  G_OBJECT_CLASS (td_sampler_parent_class)->dispose (object);
}

static void
td_sampler_finalize (GObject *object)
{
  TdSampler *self = (TdSampler *)object;

  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->batch, td_history_records_unref);

  G_OBJECT_CLASS (td_sampler_parent_class)->finalize (object);
}

static void
td_sampler_class_init (TdSamplerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_sampler_dispose;
  object_class->finalize = td_sampler_finalize;
}

static void
td_sampler_init (TdSampler *self)
{
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->batch = td_history_records_new ();
}

/**
 * td_sampler_new:
 * @centre: the centre whose queues are followed
 * @history: where it is written
 *
 * Returns: (transfer full): a sampler
 */
TdSampler *
td_sampler_new (TdCentre  *centre,
                TdHistory *history)
{
  TdSampler *self;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);
  g_return_val_if_fail (TD_IS_HISTORY (history), NULL);

  self = g_object_new (TD_TYPE_SAMPLER, NULL);
  self->centre = g_object_ref (centre);
  self->history = g_object_ref (history);
  g_signal_connect_object (centre, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * td_sampler_observe:
 * @self: a sampler
 * @at: the source's time
 *
 * Tells that the source was heard at @at and that nothing had changed.
 */
void
td_sampler_observe (TdSampler *self,
                    gint64     at)
{
  g_return_if_fail (TD_IS_SAMPLER (self));

  if (at > self->sampled && self->sampled > 0)
    sample (self, at);
}
