/* td-time.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean td_time_parse (const char *string,
                        gint64     *time);
char    *td_time_format (gint64     time,
                         GTimeZone *zone);
gint64   td_time_day_start (gint64     time,
                            GTimeZone *zone);
char    *td_time_describe_span (gint64 ms);

G_END_DECLS
