/* td-alert-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-window-private.h"

#include "td-metrics.h"

#define STEP_US G_TIME_SPAN_MINUTE

typedef struct
{
  gint64   at;
  TdCounts today;
} Entry;

struct _TdAlertWindow
{
  GArray *entries; /* (owned) (element-type Entry): in the order of time */
};

TdAlertWindow *
td_alert_window_new (void)
{
  TdAlertWindow *self = g_new0 (TdAlertWindow, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  return self;
}

void
td_alert_window_free (TdAlertWindow *self)
{
  g_array_unref (self->entries);
  g_free (self);
}

static const Entry *
get (TdAlertWindow *self,
     guint          index)
{
  return &g_array_index (self->entries, Entry, index);
}

/**
 * td_alert_window_push:
 * @self: a window
 * @at: the source's time, µs since 1970
 * @today: the queue's counters then
 *
 * One a minute is kept. What was counted before a reset, before the clock was
 * put back, or before a time that nobody observed, is not the last half hour's.
 */
void
td_alert_window_push (TdAlertWindow  *self,
                      gint64          at,
                      const TdCounts *today)
{
  Entry    entry = { at, *today };
  TdCounts difference;

  if (self->entries->len > 0)
    {
      const Entry *last = get (self, self->entries->len - 1);

      if (at >= last->at && at - last->at < STEP_US)
        return;
      if (at < last->at || at - last->at > TD_ALERT_WINDOW_US || !td_counts_subtract (&difference, today, &last->today))
        g_array_set_size (self->entries, 0);
    }
  g_array_append_val (self->entries, entry);

  while (self->entries->len > 1 && at - get (self, 1)->at >= TD_ALERT_WINDOW_US)
    g_array_remove_index (self->entries, 0);
}

/**
 * td_alert_window_measure:
 * @self: a window
 * @at: the source's time, µs since 1970
 * @today: the queue's counters then
 * @counts: (out): what was counted in the last half hour
 *
 * Returns: whether it has been watched for long enough
 */
gboolean
td_alert_window_measure (TdAlertWindow  *self,
                         gint64          at,
                         const TdCounts *today,
                         TdCounts       *counts)
{
  *counts = TD_COUNTS_UNKNOWN;

  return self->entries->len > 0 && at - get (self, 0)->at >= TD_ALERT_WINDOW_LEAST_US &&
         td_counts_subtract (counts, today, &get (self, 0)->today);
}
