/* td-outlook-answers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-metrics.h"
#include "td-outlook-private.h"
#include "td-outlook-sum-private.h"
#include "td-outlook-words-private.h"

/**
 * td_outlook_get_n_streams:
 * @self: an outlook
 * @kind: which kind
 *
 * Returns: how many streams of it there are
 */
guint
td_outlook_get_n_streams (TdOutlook   *self,
                          TdStreamKind kind)
{
  guint n = 0;

  g_return_val_if_fail (TD_IS_OUTLOOK (self), 0);

  for (guint i = 0; i < self->streams->len; i++)
    n += ((TdOutlookStream *)g_ptr_array_index (self->streams, i))->kind == kind;

  return n;
}

/**
 * td_outlook_get_stream:
 * @self: an outlook
 * @kind: which kind
 * @index: less than td_outlook_get_n_streams()
 *
 * Returns: (nullable): its id, until the centre's queues change
 */
const char *
td_outlook_get_stream (TdOutlook   *self,
                       TdStreamKind kind,
                       guint        index)
{
  g_return_val_if_fail (TD_IS_OUTLOOK (self), NULL);

  for (guint i = 0; i < self->streams->len; i++)
    {
      const TdOutlookStream *stream = g_ptr_array_index (self->streams, i);

      if (stream->kind == kind && index-- == 0)
        return stream->id;
    }

  return NULL;
}

/**
 * td_outlook_get_queues:
 * @self: an outlook
 * @kind: which kind
 * @id: id of a stream
 *
 * Returns: (transfer none) (nullable): ids of its queues, until the centre's
 *   queues change, or %NULL where there is no such stream
 */
const char *const *
td_outlook_get_queues (TdOutlook   *self,
                       TdStreamKind kind,
                       const char  *id)
{
  const TdOutlookStream *stream;

  g_return_val_if_fail (TD_IS_OUTLOOK (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  stream = td_outlook_streams_find (self->streams, kind, id);

  return stream != NULL ? (const char *const *)stream->queues : NULL;
}

/* Calls of the last 15 minutes, as the source counts them. */
static gint64
get_count_of_source (TdOutlook             *self,
                     const TdOutlookStream *stream)
{
  gint64 sum = 0;

  for (guint i = 0; stream->queues[i] != NULL; i++)
    {
      TdQueue *queue = td_centre_find_queue (self->centre, stream->queues[i]);

      sum = td_metrics_sum (sum, queue != NULL ? td_queue_get_info (queue)->offered_15min : TD_UNKNOWN);
    }

  return stream->queues[0] != NULL ? sum : TD_UNKNOWN;
}

/**
 * td_outlook_get_figures:
 * @self: an outlook
 * @kind: which kind
 * @id: id of a stream
 * @figures: (out): where it stands; all unknown where there is no such stream
 */
void
td_outlook_get_figures (TdOutlook        *self,
                        TdStreamKind      kind,
                        const char       *id,
                        TdOutlookFigures *figures)
{
  TdOutlookStream *stream;

  g_return_if_fail (TD_IS_OUTLOOK (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (figures != NULL);

  stream = td_outlook_streams_find (self->streams, kind, id);
  if (stream != NULL)
    {
      *figures = *td_outlook_stream_get_figures (stream, self->minutes.today.start, self->minutes.live);
      /* One that does not answer says only what was. */
      if (self->minutes.live && !TD_IS_KNOWN (figures->offered_15min))
        td_outlook_figures_fill_in (figures, get_count_of_source (self, stream));
      if (td_outlook_stream_is_settling (stream))
        figures->is_out = FALSE;
      return;
    }

  *figures = (TdOutlookFigures){
    .offered_15min = TD_UNKNOWN,
    .normal_15min = td_outlook_range_unknown,
    .deviation = NAN,
    .normal_by_now = td_outlook_range_unknown,
    .normal_day = td_outlook_range_unknown,
    .forecast_day = td_outlook_range_unknown,
    .alarm_since = TD_UNKNOWN,
    .alarm_raised = TD_UNKNOWN,
    .excess = NAN,
    .factor = NAN,
  };
}

/* How a stream is asked for ranges. */
typedef void (*AskRanges) (TdOutlookStream *stream,
                           guint            window,
                           TdOutlookRange  *ranges,
                           guint            n_minutes);

static void
get_ranges (TdOutlook      *self,
            TdStreamKind    kind,
            const char     *id,
            AskRanges       ask,
            guint           window,
            TdOutlookRange *ranges,
            guint           n_minutes)
{
  TdOutlookStream *stream;

  g_return_if_fail (TD_IS_OUTLOOK (self));
  g_return_if_fail (id != NULL);

  stream = td_outlook_streams_find (self->streams, kind, id);
  if (stream != NULL)
    ask (stream, window, ranges, n_minutes);
  for (guint i = 0; i < n_minutes && stream == NULL; i++)
    ranges[i] = td_outlook_range_unknown;
}

/**
 * td_outlook_get_normal:
 * @self: an outlook
 * @kind: which kind
 * @id: id of a stream
 * @window: minutes of the sliding window, 1 or more
 * @ranges: (out) (array length=n_minutes): what is normal for the calls of the
 *   @window minutes up to the end of each minute, NAN where it is not known
 * @n_minutes: how many minutes from the day's start, %TD_DAY_MINUTES at most
 *
 * As was foreseen in the morning.
 */
void
td_outlook_get_normal (TdOutlook      *self,
                       TdStreamKind    kind,
                       const char     *id,
                       guint           window,
                       TdOutlookRange *ranges,
                       guint           n_minutes)
{
  get_ranges (self, kind, id, td_outlook_stream_get_normal, window, ranges, n_minutes);
}

/**
 * td_outlook_get_normal_of:
 * @self: an outlook
 * @kind: which kind
 * @id: id of a stream
 * @wanted: (array length=n_minutes): which minutes of today
 * @n_minutes: %TD_DAY_MINUTES at most
 * @range: (out): what is normal for all of them together, as was foreseen in
 *   the morning; NAN where it is not known
 */
void
td_outlook_get_normal_of (TdOutlook      *self,
                          TdStreamKind    kind,
                          const char     *id,
                          const gboolean *wanted,
                          guint           n_minutes,
                          TdOutlookRange *range)
{
  const TdOutlookStream *stream;

  g_return_if_fail (TD_IS_OUTLOOK (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (n_minutes <= TD_DAY_MINUTES);

  stream = td_outlook_streams_find (self->streams, kind, id);
  *range = td_outlook_range_unknown;
  if (stream != NULL)
    td_outlook_stream_get_normal_of (stream, wanted, n_minutes, range);
}

/**
 * td_outlook_get_forecast:
 * @self: an outlook
 * @kind: which kind
 * @id: id of a stream
 * @window: minutes of the sliding window, 1 or more
 * @ranges: (out) (array length=n_minutes): what the @window minutes up to the
 *   end of each minute are going to bring, going by today so far; NAN for
 *   minutes that are past
 * @n_minutes: how many minutes from the day's start, %TD_DAY_MINUTES at most
 */
void
td_outlook_get_forecast (TdOutlook      *self,
                         TdStreamKind    kind,
                         const char     *id,
                         guint           window,
                         TdOutlookRange *ranges,
                         guint           n_minutes)
{
  get_ranges (self, kind, id, td_outlook_stream_get_forecast, window, ranges, n_minutes);
}

/**
 * td_outlook_get_rates:
 * @self: an outlook
 * @kind: which kind
 * @id: id of a stream
 * @window: minutes of the sliding window, 1 or more
 * @rates: (out) (array length=n_minutes): calls of the @window minutes up to
 *   the end of each minute, NAN where one of them was not observed
 * @n_minutes: how many minutes from the day's start, %TD_DAY_MINUTES at most
 */
void
td_outlook_get_rates (TdOutlook   *self,
                      TdStreamKind kind,
                      const char  *id,
                      guint        window,
                      double      *rates,
                      guint        n_minutes)
{
  const TdOutlookStream *stream;
  double                 minutes[TD_DAY_MINUTES];

  g_return_if_fail (TD_IS_OUTLOOK (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (window >= 1);
  g_return_if_fail (n_minutes <= TD_DAY_MINUTES);

  stream = td_outlook_streams_find (self->streams, kind, id);
  for (guint i = 0; i < n_minutes; i++)
    minutes[i] = NAN;
  if (stream != NULL)
    td_outlook_minutes_gather (self->day, stream, minutes, n_minutes);
  td_outlook_minutes_slide (minutes, window, rates, n_minutes);
}

/**
 * td_outlook_describe_alarm:
 * @self: an outlook
 * @kind: which kind
 * @id: id of a stream
 *
 * Returns: (transfer full) (nullable): the evidence of its alarm, translated,
 *   or %NULL where there is no alarm
 */
char *
td_outlook_describe_alarm (TdOutlook   *self,
                           TdStreamKind kind,
                           const char  *id)
{
  const TdOutlookStream *stream;

  g_return_val_if_fail (TD_IS_OUTLOOK (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  stream = td_outlook_streams_find (self->streams, kind, id);

  return stream != NULL ? td_outlook_words_describe (self->streams, self->areas, stream, self->centre, self->minutes.today.start, self->minutes.live) : NULL;
}
