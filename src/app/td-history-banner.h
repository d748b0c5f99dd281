/* td-history-banner.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-history.h"

G_BEGIN_DECLS

#define TD_TYPE_HISTORY_BANNER (td_history_banner_get_type ())

/**
 * TdHistoryBanner:
 *
 * Says what is wrong with the history, while it is, and what became of a
 * broken one, until a person has read it.
 */
G_DECLARE_FINAL_TYPE (TdHistoryBanner, td_history_banner, TD, HISTORY_BANNER, AdwBin)

void td_history_banner_set_history (TdHistoryBanner *self,
                                    TdHistory       *history);

G_END_DECLS
