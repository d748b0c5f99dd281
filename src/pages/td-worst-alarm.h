/* td-worst-alarm.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-outlook.h"

G_BEGIN_DECLS

/**
 * TdWorstAlarm:
 * @kind: what @id is
 * @id: (unowned): a stream of calls
 * @figures: how it stands
 * @n_others: alarms of other streams of its kind
 *
 * The alarm that is told where there is room for one.
 */
typedef struct
{
  TdStreamKind     kind;
  const char      *id;
  TdOutlookFigures figures;
  guint            n_others;
} TdWorstAlarm;

gboolean td_worst_alarm_find (TdOutlook         *outlook,
                              const char *const *queues,
                              TdWorstAlarm      *worst);

G_END_DECLS
