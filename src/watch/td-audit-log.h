/* td-audit-log.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-audit-entry.h"

G_BEGIN_DECLS

#define TD_AUDIT_LOG_MAX_BYTES (1024 * 1024) /* of a file, before it is put aside */
#define TD_AUDIT_LOG_FILES 4                 /* that are kept, the one that is written to included */

#define TD_TYPE_AUDIT_LOG (td_audit_log_get_type ())

/**
 * TdAuditLog:
 *
 * The log of what supervisors had done: a file of JSON lines that only grows,
 * for its owner's eyes only. An action has two lines: one before it is sent,
 * so that it leaves a trace whatever happens, and one when the result is known.
 * Several programs may write to it at once. Belongs to the main thread.
 *
 * TdAuditLog::changed is emitted after each line that this program wrote.
 */
G_DECLARE_FINAL_TYPE (TdAuditLog, td_audit_log, TD, AUDIT_LOG, GObject)

TdAuditLog *td_audit_log_new (const char *path);
TdAuditLog *td_audit_log_get_default (void);
const char *td_audit_log_get_path (TdAuditLog *self);
gboolean    td_audit_log_append (TdAuditLog         *self,
                                 const TdAuditEntry *entry,
                                 GError            **error);
void        td_audit_log_read_async (TdAuditLog         *self,
                                     guint               max_entries,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
GPtrArray  *td_audit_log_read_finish (TdAuditLog   *self,
                                      GAsyncResult *result,
                                      GError      **error);

G_END_DECLS
