/* td-shift-times.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When shifts begin and end by the centre's clock: 08:00–20:00, 20:00–08:00, or
 * any hours. Times are µs since 1970. Pure functions; any thread. */

void     td_shift_times_find (gint64     time,
                              GTimeZone *zone,
                              gint64    *from,
                              gint64    *to);
void     td_shift_times_step (GTimeZone *zone,
                              gboolean   forth,
                              gint64    *from,
                              gint64    *to);
gboolean td_shift_times_parse (const char *text,
                               GTimeZone  *zone,
                               gint64     *from,
                               gint64     *to,
                               GError    **error);

G_END_DECLS
