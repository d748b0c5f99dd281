/* td-shift-incidents-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-shift-sheet.h"

G_BEGIN_DECLS

void td_shift_incidents_add (TdShiftSheet *self,
                             GPtrArray    *incidents);

G_END_DECLS
