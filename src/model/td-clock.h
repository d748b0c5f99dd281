/* td-clock.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 td_clock_get (void);
gint64 td_clock_get_slept (void);
void   td_clock_sleep (gint64 span_us);

G_END_DECLS
