/* td-history-records.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-records.h"

struct _TdHistoryRecords
{
  gatomicrefcount ref_count;
  GStringChunk   *strings; /* (owned): what the rows point to */
  GArray         *spans;   /* (owned) (element-type TdHistorySpan) */
  GArray         *days;    /* (owned) (element-type TdHistoryAgentDay) */
  GArray         *samples; /* (owned) (element-type TdHistorySample) */
  GArray         *alerts;  /* (owned) (element-type TdHistoryAlert) */
  GArray         *deeds;   /* (owned) (element-type TdHistoryDeed) */
};

G_DEFINE_BOXED_TYPE (TdHistoryRecords, td_history_records, td_history_records_ref, td_history_records_unref)

/**
 * td_history_records_new:
 *
 * Returns: (transfer full): no records
 */
TdHistoryRecords *
td_history_records_new (void)
{
  TdHistoryRecords *self = g_new0 (TdHistoryRecords, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->strings = g_string_chunk_new (1024);
  self->spans = g_array_new (FALSE, FALSE, sizeof (TdHistorySpan));
  self->days = g_array_new (FALSE, FALSE, sizeof (TdHistoryAgentDay));
  self->samples = g_array_new (FALSE, FALSE, sizeof (TdHistorySample));
  self->alerts = g_array_new (FALSE, FALSE, sizeof (TdHistoryAlert));
  self->deeds = g_array_new (FALSE, FALSE, sizeof (TdHistoryDeed));

  return self;
}

TdHistoryRecords *
td_history_records_ref (TdHistoryRecords *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
td_history_records_unref (TdHistoryRecords *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_string_chunk_free (self->strings);
  g_array_unref (self->spans);
  g_array_unref (self->days);
  g_array_unref (self->samples);
  g_array_unref (self->alerts);
  g_array_unref (self->deeds);
  g_free (self);
}

static const char *
keep (TdHistoryRecords *self,
      const char       *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->strings, text) : NULL;
}

/**
 * td_history_records_add_span:
 * @self: records that are being filled
 * @span: a span, which is copied with its strings
 */
void
td_history_records_add_span (TdHistoryRecords    *self,
                             const TdHistorySpan *span)
{
  TdHistorySpan copy = *span;

  copy.agent = keep (self, span->agent);
  copy.reason = keep (self, span->reason);
  copy.queue = keep (self, span->queue);
  g_array_append_val (self->spans, copy);
}

/**
 * td_history_records_add_agent_day:
 * @self: records that are being filled
 * @day: an agent's day, which is copied with its strings
 */
void
td_history_records_add_agent_day (TdHistoryRecords        *self,
                                  const TdHistoryAgentDay *day)
{
  TdHistoryAgentDay copy = *day;

  copy.agent = keep (self, day->agent);
  g_array_append_val (self->days, copy);
}

/**
 * td_history_records_add_sample:
 * @self: records that are being filled
 * @sample: a sample, which is copied with its strings; those of one moment
 *   stand behind each other
 */
void
td_history_records_add_sample (TdHistoryRecords      *self,
                               const TdHistorySample *sample)
{
  TdHistorySample copy = *sample;

  copy.queue = keep (self, sample->queue);
  g_array_append_val (self->samples, copy);
}

/**
 * td_history_records_add_alert:
 * @self: records that are being filled
 * @alert: an alert, which is copied with its strings
 */
void
td_history_records_add_alert (TdHistoryRecords     *self,
                              const TdHistoryAlert *alert)
{
  TdHistoryAlert copy = *alert;

  copy.rule = keep (self, alert->rule);
  copy.kind = keep (self, alert->kind);
  copy.scope = keep (self, alert->scope);
  copy.target = keep (self, alert->target);
  copy.group = keep (self, alert->group);
  copy.title = keep (self, alert->title);
  copy.evidence = keep (self, alert->evidence);
  g_array_append_val (self->alerts, copy);
}

/**
 * td_history_records_add_deed:
 * @self: records that are being filled
 * @deed: what was done, which is copied with its strings
 */
void
td_history_records_add_deed (TdHistoryRecords    *self,
                             const TdHistoryDeed *deed)
{
  TdHistoryDeed copy = *deed;

  copy.who = keep (self, deed->who);
  copy.whom = keep (self, deed->whom);
  copy.text = keep (self, deed->text);
  g_array_append_val (self->deeds, copy);
}

/**
 * td_history_records_is_empty:
 * @self: records
 *
 * Returns: whether there is none
 */
gboolean
td_history_records_is_empty (TdHistoryRecords *self)
{
  return td_history_records_get_n_rows (self) == 0;
}

/**
 * td_history_records_get_n_rows:
 * @self: records
 *
 * Returns: how many there are of all kinds
 */
guint
td_history_records_get_n_rows (TdHistoryRecords *self)
{
  return self->spans->len + self->days->len + self->samples->len + self->alerts->len + self->deeds->len;
}

/**
 * td_history_records_get_spans:
 * @self: records
 * @n_spans: (out): how many
 *
 * Returns: (transfer none) (array length=n_spans): the spans
 */
const TdHistorySpan *
td_history_records_get_spans (TdHistoryRecords *self,
                              guint            *n_spans)
{
  *n_spans = self->spans->len;

  return (const TdHistorySpan *)(void *)self->spans->data;
}

/**
 * td_history_records_get_agent_days:
 * @self: records
 * @n_days: (out): how many
 *
 * Returns: (transfer none) (array length=n_days): days of agents
 */
const TdHistoryAgentDay *
td_history_records_get_agent_days (TdHistoryRecords *self,
                                   guint            *n_days)
{
  *n_days = self->days->len;

  return (const TdHistoryAgentDay *)(void *)self->days->data;
}

/**
 * td_history_records_get_samples:
 * @self: records
 * @n_samples: (out): how many
 *
 * Returns: (transfer none) (array length=n_samples): samples, in the order of time
 */
const TdHistorySample *
td_history_records_get_samples (TdHistoryRecords *self,
                                guint            *n_samples)
{
  *n_samples = self->samples->len;

  return (const TdHistorySample *)(void *)self->samples->data;
}

/**
 * td_history_records_get_alerts:
 * @self: records
 * @n_alerts: (out): how many
 *
 * Returns: (transfer none) (array length=n_alerts): alerts, in the order of time
 */
const TdHistoryAlert *
td_history_records_get_alerts (TdHistoryRecords *self,
                               guint            *n_alerts)
{
  *n_alerts = self->alerts->len;

  return (const TdHistoryAlert *)(void *)self->alerts->data;
}

/**
 * td_history_records_get_deeds:
 * @self: records
 * @n_deeds: (out): how many
 *
 * Returns: (transfer none) (array length=n_deeds): what was done, in the order of time
 */
const TdHistoryDeed *
td_history_records_get_deeds (TdHistoryRecords *self,
                              guint            *n_deeds)
{
  *n_deeds = self->deeds->len;

  return (const TdHistoryDeed *)(void *)self->deeds->data;
}
