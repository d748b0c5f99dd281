/* td-lunar-calendar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Years of the common era that the calendar is reckoned for. */
#define TD_LUNAR_FIRST_YEAR 1900
#define TD_LUNAR_LAST_YEAR 2199

guint td_lunar_calendar_to_julian (guint    year,
                                   guint    month,
                                   guint    day,
                                   gboolean leap);
guint td_lunar_calendar_get_tet (guint year);

G_END_DECLS
