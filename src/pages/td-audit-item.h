/* td-audit-item.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-audit-entry.h"

G_BEGIN_DECLS

#define TD_TYPE_AUDIT_ITEM (td_audit_item_get_type ())

/**
 * TdAuditItem:
 *
 * An action of the log as a row of a list.
 */
G_DECLARE_FINAL_TYPE (TdAuditItem, td_audit_item, TD, AUDIT_ITEM, GObject)

/* The columns of the list, and their texts. */
typedef enum {
  TD_AUDIT_COLUMN_WHEN,
  TD_AUDIT_COLUMN_WHO,
  TD_AUDIT_COLUMN_ACTION,
  TD_AUDIT_COLUMN_AGENT,
  TD_AUDIT_COLUMN_DETAILS,
  TD_AUDIT_COLUMN_RESULT,
  TD_N_AUDIT_COLUMNS
} TdAuditColumn;

TdAuditItem        *td_audit_item_new (TdAuditEntry *entry);
const TdAuditEntry *td_audit_item_get_entry (TdAuditItem *self);
const char         *td_audit_item_get_text (TdAuditItem  *self,
                                            TdAuditColumn column);
gboolean            td_audit_item_matches (TdAuditItem *self,
                                           const char  *folded);

G_END_DECLS
