/* td-shift-chart.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-paper.h"
#include "td-shift-sheet.h"

G_BEGIN_DECLS

/* The rate of a shift over what is normal, with its gaps and what happened, as
 * it stands on paper. */
void td_shift_chart_draw (const TdShiftSheet *sheet,
                          TdPaper            *paper,
                          double              x,
                          double              y,
                          double              width,
                          double              height);

G_END_DECLS
