/* td-shift-file-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-shift-file.h"

G_BEGIN_DECLS

#define TD_SHIFT_N_EDGES 5
#define TD_SHIFT_MAX_EVENTS 2500
#define TD_SHIFT_MAX_PLACES 1000
#define TD_SHIFT_MAX_EVIDENCE 2000

/* The members of a range, as doubles at these places of a TdOutlookRange. */
typedef struct
{
  const char *name;
  gsize       offset;
} TdShiftEdge;

extern const TdShiftEdge td_shift_edges[TD_SHIFT_N_EDGES];
extern const char *const td_shift_event_words[TD_N_SHIFT_EVENT_KINDS];

G_END_DECLS
