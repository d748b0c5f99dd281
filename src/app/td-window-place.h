/* td-window-place.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-options.h"
#include "td-window.h"

G_BEGIN_DECLS

void td_window_place_keep (TdWindow  *window,
                           GSettings *settings);
void td_window_place (TdWindow        *window,
                      GSettings       *settings,
                      const TdOptions *options);

G_END_DECLS
