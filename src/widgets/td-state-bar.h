/* td-state-bar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-metrics.h"

G_BEGIN_DECLS

#define TD_TYPE_STATE_BAR (td_state_bar_get_type ())

/**
 * TdStateBar:
 *
 * Agents by state as one bar in proportion; every state that somebody is in
 * can be seen. A legend with shapes goes beside it.
 */
G_DECLARE_FINAL_TYPE (TdStateBar, td_state_bar, TD, STATE_BAR, GtkWidget)

GtkWidget *td_state_bar_new (void);
void       td_state_bar_set_tally (TdStateBar         *self,
                                   const TdAgentTally *tally);

/* The order in which states are shown wherever they are counted. */
extern const TdAgentState td_state_bar_order[TD_N_AGENT_STATES];

G_END_DECLS
