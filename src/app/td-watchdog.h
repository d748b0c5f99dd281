/* td-watchdog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TD_WATCHDOG_STATUS:
 *
 * What a process exits with that a watchdog ended.
 */
#define TD_WATCHDOG_STATUS 70

/**
 * TdWatchdog:
 *
 * Ends the process where the main loop has stood still for too long, so that
 * whatever started it can start it anew.
 */
typedef struct _TdWatchdog TdWatchdog;

TdWatchdog *td_watchdog_start (guint limit_s);
void        td_watchdog_stop (TdWatchdog *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdWatchdog, td_watchdog_stop)

G_END_DECLS
