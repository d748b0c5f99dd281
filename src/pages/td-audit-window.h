/* td-audit-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-audit-log.h"

G_BEGIN_DECLS

#define TD_TYPE_AUDIT_WINDOW (td_audit_window_get_type ())

/**
 * TdAuditWindow:
 *
 * The log of actions, the newest first, to be searched; it follows the log
 * while it is open.
 */
G_DECLARE_FINAL_TYPE (TdAuditWindow, td_audit_window, TD, AUDIT_WINDOW, AdwWindow)

GtkWindow *td_audit_window_new (GtkWindow  *parent,
                                TdAuditLog *log);

G_END_DECLS
