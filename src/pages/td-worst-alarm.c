/* td-worst-alarm.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-worst-alarm.h"

#include <math.h>

static gboolean
find (TdOutlook         *outlook,
      const char *const *queues,
      gboolean           silent,
      TdWorstAlarm      *worst)
{
  static const TdStreamKind kinds[] = { TD_STREAM_ALL, TD_STREAM_HOTLINE, TD_STREAM_QUEUE };
  gboolean                  found = FALSE;

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      if (queues != NULL && kinds[k] != TD_STREAM_QUEUE)
        continue;
      for (guint i = 0; i < td_outlook_get_n_streams (outlook, kinds[k]); i++)
        {
          TdOutlookFigures figures;
          const char      *id = td_outlook_get_stream (outlook, kinds[k], i);

          if (queues != NULL && !g_strv_contains (queues, id))
            continue;
          td_outlook_get_figures (outlook, kinds[k], id, &figures);
          if (figures.alarm == TD_OUTLOOK_ALARM_NONE || (silent && figures.alarm != TD_OUTLOOK_ALARM_SILENCE))
            continue;
          if (!found)
            *worst = (TdWorstAlarm){ kinds[k], id, figures, 0 };
          else if (worst->kind != kinds[k])
            continue;
          else if (fabs (figures.excess) > fabs (worst->figures.excess))
            *worst = (TdWorstAlarm){ kinds[k], id, figures, worst->n_others + 1 };
          else
            worst->n_others++;
          found = TRUE;
        }
    }

  return found;
}

/**
 * td_worst_alarm_find:
 * @outlook: what is normal
 * @queues: (nullable) (array zero-terminated=1): the queues that are looked at; %NULL for all
 * @worst: (out): the worst alarm there is
 *
 * A silence comes before every surge: nobody else sees it. Several streams
 * tell of one thing: the whole centre first, a queue last.
 *
 * Returns: whether there is an alarm
 */
gboolean
td_worst_alarm_find (TdOutlook         *outlook,
                     const char *const *queues,
                     TdWorstAlarm      *worst)
{
  g_return_val_if_fail (TD_IS_OUTLOOK (outlook), FALSE);

  return find (outlook, queues, TRUE, worst) || find (outlook, queues, FALSE, worst);
}
