/* td-state-legend.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-metrics.h"

G_BEGIN_DECLS

#define TD_TYPE_STATE_LEGEND (td_state_legend_get_type ())

/**
 * TdStateLegend:
 *
 * How many agents are in each state: shape, number and name, in as many lines
 * as the width asks for.
 */
G_DECLARE_FINAL_TYPE (TdStateLegend, td_state_legend, TD, STATE_LEGEND, GtkWidget)

GtkWidget *td_state_legend_new (void);
void       td_state_legend_set_tally (TdStateLegend      *self,
                                      const TdAgentTally *tally);

G_END_DECLS
