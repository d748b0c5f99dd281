/* td-supervision-encoder.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"
#include "td-intervals.h"

G_BEGIN_DECLS

/**
 * TdDeltaScope:
 * @since: the revision that the delta starts from
 * @with_centre: whether the centre's own fields changed since then
 * @gone_queues: (element-type utf8): ids that are gone since then, and so on
 */
typedef struct
{
  gint64     since;
  gboolean   with_centre;
  GPtrArray *gone_queues;
  GPtrArray *gone_agents;
  GPtrArray *gone_callers;
} TdDeltaScope;

/* The bodies of supervision API v1, as UTF-8 JSON. @instance is written where
 * it is not NULL. Main thread, as the centre. */

GBytes *td_supervision_encode_full (TdCentre   *centre,
                                    const char *instance);
GBytes *td_supervision_encode_delta (TdCentre           *centre,
                                     const char         *instance,
                                     const TdDeltaScope *scope);
GBytes *td_supervision_encode_intervals (TdIntervals *intervals,
                                         GTimeZone   *zone);

G_END_DECLS
