/* td-holidays.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-calendar-day.h"

G_BEGIN_DECLS

const char   *td_holidays_get_name (guint julian);
TdCalendarDay td_holidays_describe (guint       julian,
                                    GHashTable *own_days);

G_END_DECLS
