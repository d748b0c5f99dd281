/* td-outlook-marks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-outlook-marks-private.h"

#include <math.h>
#include <string.h>

#define SLOT_US (TD_LOCAL_DAY_SLOT_MINUTES * TD_HISTORY_MINUTE_US)

static gint64
get_end (const TdLocalDay *day)
{
  return day->start + day->n_slots * SLOT_US;
}

/* What a mark takes out of a day; of a day in the middle of which another time
 * begins, the old time's part. */
static gboolean
get_marked (const TdHistoryMark *mark,
            const TdLocalDay    *day,
            gint64              *from,
            gint64              *to)
{
  gboolean regime = mark->kind == TD_HISTORY_MARK_REGIME;

  *from = regime ? day->start : mark->from;
  *to = regime ? mark->from : TD_IS_KNOWN (mark->to) ? mark->to
                                                     : G_MAXINT64;

  return *from < *to && *from < get_end (day) && *to > day->start && (!regime || mark->from < get_end (day));
}

/**
 * td_outlook_marks_leave_out:
 * @marks: (element-type TdHistoryMark): what a person said of some hours
 * @day: a day
 * @queue: a queue
 * @calls: (array): its calls in the slots of the day's clock; becomes NAN in
 *   hours that are to teach nothing
 */
void
td_outlook_marks_leave_out (GPtrArray        *marks,
                            const TdLocalDay *day,
                            const char       *queue,
                            double           *calls)
{
  for (guint i = 0; i < marks->len; i++)
    {
      const TdHistoryMark *mark = g_ptr_array_index (marks, i);
      gint64               from, to;

      if (!get_marked (mark, day, &from, &to) || (mark->queue != NULL && strcmp (mark->queue, queue) != 0))
        continue;

      for (guint j = 0; j < day->n_slots; j++)
        {
          gint64 at = day->start + j * SLOT_US;

          if (at < to && at + SLOT_US > from)
            calls[day->wall[j]] = NAN;
        }
    }
}

/**
 * td_outlook_marks_begin_regime:
 * @marks: (element-type TdHistoryMark): what a person said
 * @day: a day
 * @queues: (nullable): the queues that are asked for, or %NULL for all
 *
 * Returns: whether at some moment of the day another time begins for one of them
 */
gboolean
td_outlook_marks_begin_regime (GPtrArray         *marks,
                               const TdLocalDay  *day,
                               const char *const *queues)
{
  for (guint i = 0; i < marks->len; i++)
    {
      const TdHistoryMark *mark = g_ptr_array_index (marks, i);

      if (mark->kind == TD_HISTORY_MARK_REGIME && mark->from >= day->start && mark->from < get_end (day) &&
          (mark->queue == NULL || queues == NULL || g_strv_contains (queues, mark->queue)))
        return TRUE;
    }

  return FALSE;
}

/**
 * td_outlook_marks_find:
 * @marks: (element-type TdHistoryMark): what a person said
 * @day: a day
 * @regime: another time is to begin on it; else hours are to be taken out
 *
 * Returns: (transfer none) (nullable): the last mark that does
 */
const TdHistoryMark *
td_outlook_marks_find (GPtrArray        *marks,
                       const TdLocalDay *day,
                       gboolean          regime)
{
  for (guint i = marks->len; i-- > 0;)
    {
      const TdHistoryMark *mark = g_ptr_array_index (marks, i);
      gint64               from, to;

      if (regime != (mark->kind == TD_HISTORY_MARK_REGIME))
        continue;
      if (regime ? mark->from >= day->start && mark->from < get_end (day) : get_marked (mark, day, &from, &to))
        return mark;
    }

  return NULL;
}
