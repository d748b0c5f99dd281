/* td-state-filter.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-metrics.h"

G_BEGIN_DECLS

#define TD_TYPE_STATE_FILTER (td_state_filter_get_type ())

/**
 * TdStateFilter:
 *
 * How many agents are in each state, as buttons that stay pressed: those of a
 * pressed state are looked for. It is the legend of the states as well.
 *
 * Property: states (uint, a bit for each pressed state, 0 for none; notified).
 */
G_DECLARE_FINAL_TYPE (TdStateFilter, td_state_filter, TD, STATE_FILTER, GtkWidget)

void  td_state_filter_set_tally (TdStateFilter      *self,
                                 const TdAgentTally *tally);
guint td_state_filter_get_states (TdStateFilter *self);
void  td_state_filter_set_states (TdStateFilter *self,
                                  guint          wanted);

G_END_DECLS
