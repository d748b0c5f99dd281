/* td-queue-figures.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-outlook.h"
#include "td-palette.h"
#include "td-totals.h"

G_BEGIN_DECLS

/**
 * TdQueueColumn:
 *
 * The numbers that the table of queues shows, in its order.
 */
typedef enum {
  TD_QUEUE_COLUMN_NAME,
  TD_QUEUE_COLUMN_WAITING,
  TD_QUEUE_COLUMN_LONGEST,
  TD_QUEUE_COLUMN_EXPECTED,
  TD_QUEUE_COLUMN_OFFERED,
  TD_QUEUE_COLUMN_ANSWERED,
  TD_QUEUE_COLUMN_ABANDONED,
  TD_QUEUE_COLUMN_FLOWED_OUT,
  TD_QUEUE_COLUMN_LEVEL,
  TD_QUEUE_COLUMN_ASA,
  TD_QUEUE_COLUMN_AHT,
  TD_QUEUE_COLUMN_RATE,
  TD_QUEUE_COLUMN_NORMAL,
  TD_QUEUE_COLUMN_SERVING,
  TD_N_QUEUE_COLUMNS
} TdQueueColumn;

/**
 * TdQueueFigures:
 * @counts: offered, answered and so on: the whole numbers by column, or %TD_UNKNOWN
 * @longest_since: when the oldest caller joined, µs since 1970, or %TD_UNKNOWN
 * @longest_ms: the wait of that caller in whole seconds, in ms, or %TD_UNKNOWN
 * @expected_s: wait to expect for who joins now, whole seconds, or NAN; of the
 *   whole centre there is none
 * @level: service level, 0…1, or NAN
 * @asa: seconds, or NAN
 * @aht: seconds, or NAN
 * @deviation: the last 15 minutes ÷ what is normal for them − 1, in whole percent, or NAN
 * @severity: how each number is judged
 * @estimated: a part of what was counted today was inferred
 *
 * One row of the table: a queue or the whole centre at one moment.
 */
typedef struct
{
  gint64     counts[TD_N_QUEUE_COLUMNS];
  gint64     longest_since;
  gint64     longest_ms;
  double     expected_s;
  double     level;
  double     asa;
  double     aht;
  double     deviation;
  TdSeverity severity[TD_N_QUEUE_COLUMNS];
  gboolean   estimated;
} TdQueueFigures;

/* Pure functions; any thread. */

void     td_queue_figures_init (TdQueueFigures       *self,
                                const TdTotals       *totals,
                                gint64                serving,
                                TdServiceLevelFormula formula,
                                double                target,
                                gint64                now);
void     td_queue_figures_set_normal (TdQueueFigures         *self,
                                      const TdOutlookFigures *outlook);
gboolean td_queue_figures_equal (const TdQueueFigures *a,
                                 const TdQueueFigures *b);
int      td_queue_figures_compare (const TdQueueFigures *a,
                                   const TdQueueFigures *b,
                                   TdQueueColumn         column);
int      td_queue_figures_compare_need (const TdQueueFigures *a,
                                        const TdQueueFigures *b);
char    *td_queue_figures_format (const TdQueueFigures *self,
                                  TdQueueColumn         column);

/* Short title of a column, and what its number means by the formula of the
 * service level in force; translated. */
const char *td_queue_column_get_title (TdQueueColumn column);
char       *td_queue_column_dup_tooltip (TdQueueColumn         column,
                                         TdServiceLevelFormula formula);

G_END_DECLS
