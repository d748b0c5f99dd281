/* td-supervision-decoder.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-intervals.h"
#include "td-snapshot.h"

G_BEGIN_DECLS

/* Pure functions; any thread. Errors are TD_BACKEND_ERROR_INVALID or
 * _TOO_LARGE, and name the field: 'agents[17].since: "yesterday" is no RFC
 * 3339 time'. */

TdSnapshot  *td_supervision_decode_snapshot (GBytes  *body,
                                             GError **error);
TdIntervals *td_supervision_decode_intervals (GBytes  *body,
                                              GError **error);

G_END_DECLS
