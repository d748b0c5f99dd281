/* td-state-shape.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-types.h"

G_BEGIN_DECLS

#define TD_TYPE_STATE_SHAPE (td_state_shape_get_type ())

/**
 * TdStateShape:
 *
 * The shape of an agent's state in its colour, sized by the style sheet's
 * min-width (14 px by default). It names the state to a screen reader.
 */
G_DECLARE_FINAL_TYPE (TdStateShape, td_state_shape, TD, STATE_SHAPE, GtkWidget)

GtkWidget   *td_state_shape_new (TdAgentState state);
TdAgentState td_state_shape_get_state (TdStateShape *self);
void         td_state_shape_set_state (TdStateShape *self,
                                       TdAgentState  state);

/* The same shape for a widget that draws many: a square of @size pixels with
 * its top left corner at @x, @y. */
void td_state_shape_draw (GtkSnapshot   *snapshot,
                          TdAgentState   state,
                          double         x,
                          double         y,
                          double         size,
                          const GdkRGBA *colour);

G_END_DECLS
