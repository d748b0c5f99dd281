/* td-audit-entry.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "td-action.h"

G_BEGIN_DECLS

/**
 * TdAuditResult:
 * @TD_AUDIT_SENT: it was sent; nothing more is known
 * @TD_AUDIT_DONE: the source did it
 * @TD_AUDIT_FAILED: the source refused it, or it was never reached
 * @TD_AUDIT_UNKNOWN: no whole answer came: it may have been done
 *
 * What became of an action.
 */
typedef enum {
  TD_AUDIT_SENT,
  TD_AUDIT_DONE,
  TD_AUDIT_FAILED,
  TD_AUDIT_UNKNOWN,
  TD_N_AUDIT_RESULTS
} TdAuditResult;

/**
 * TdAuditEntry:
 * @id: the same in both lines of an action
 * @at: µs since 1970: when it was sent, or in the second line when the result was known
 * @who: login name and machine of the person, "lan@desk3"
 * @profile: (nullable): the centre's profile
 * @source: (nullable): the source's address, without a secret
 * @user: (nullable): the name that the source knows the person by
 * @agent: id of the agent
 * @agent_name: (nullable): name of the agent
 * @queue: (nullable): id of a queue
 * @queue_name: (nullable): its name
 * @reason: (nullable): why, of a pause
 * @extension: (nullable): the supervisor's phone
 * @error: (nullable): why it failed, or why the result is not known
 *
 * A line of the log of actions. Owns its strings. No caller is ever in it.
 */
typedef struct
{
  char         *id;
  gint64        at;
  TdAuditResult result;
  char         *who;
  char         *profile;
  char         *source;
  char         *user;
  TdActionKind  kind;
  char         *agent;
  char         *agent_name;
  char         *queue;
  char         *queue_name;
  char         *reason;
  char         *extension;
  char         *error;
} TdAuditEntry;

const char *td_audit_result_to_string (TdAuditResult result);

TdAuditEntry *td_audit_entry_new (const TdAction *action,
                                  const char     *agent_name);
void          td_audit_entry_free (TdAuditEntry *self);

char         *td_audit_entry_to_line (const TdAuditEntry *self);
TdAuditEntry *td_audit_entry_from_line (const char *line,
                                        gsize       length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdAuditEntry, td_audit_entry_free)

G_END_DECLS
