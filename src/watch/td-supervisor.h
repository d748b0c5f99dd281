/* td-supervisor.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent.h"
#include "td-audit-log.h"
#include "td-backend.h"
#include "td-centre.h"
#include "td-poller.h"

G_BEGIN_DECLS

#define TD_SUPERVISOR_ERROR (td_supervisor_error_quark ())

/**
 * TdSupervisorError:
 * @TD_SUPERVISOR_ERROR_LOG: the log of actions cannot be written, so nothing was sent
 * @TD_SUPERVISOR_ERROR_LOG_RESULT: it was done, but that could not be written down
 * @TD_SUPERVISOR_ERROR_BUSY: an action on that agent is under way
 * @TD_SUPERVISOR_ERROR_UNKNOWN: no whole answer came: it may have been done
 */
typedef enum {
  TD_SUPERVISOR_ERROR_LOG,
  TD_SUPERVISOR_ERROR_LOG_RESULT,
  TD_SUPERVISOR_ERROR_BUSY,
  TD_SUPERVISOR_ERROR_UNKNOWN,
} TdSupervisorError;

GQuark td_supervisor_error_quark (void);

#define TD_TYPE_SUPERVISOR (td_supervisor_get_type ())

/**
 * TdSupervisor:
 *
 * What the person at the screen may do to agents: which actions there are, and
 * the doing of them, each written to the log of actions before it is sent and
 * after. Belongs to the main thread.
 *
 * TdSupervisor::changed is emitted when an action begins or ends.
 */
G_DECLARE_FINAL_TYPE (TdSupervisor, td_supervisor, TD, SUPERVISOR, GObject)

TdSupervisor *td_supervisor_new (TdBackend *backend,
                                 TdPoller  *poller,
                                 TdCentre  *centre);
void          td_supervisor_set_log (TdSupervisor *self,
                                     TdAuditLog   *log);
void          td_supervisor_set_deadline_ms (TdSupervisor *self,
                                             guint         deadline_ms);
void          td_supervisor_set_profile (TdSupervisor *self,
                                         const char   *profile,
                                         const char   *user);
const char   *td_supervisor_get_extension (TdSupervisor *self);
void          td_supervisor_set_extension (TdSupervisor *self,
                                           const char   *extension);

guint    td_supervisor_get_actions (TdSupervisor *self);
guint    td_supervisor_get_actions_for (TdSupervisor *self,
                                        TdAgent      *agent);
gboolean td_supervisor_is_busy (TdSupervisor *self,
                                TdAgent      *agent);
void     td_supervisor_act_async (TdSupervisor       *self,
                                  const TdAction     *action,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gboolean td_supervisor_act_finish (TdSupervisor *self,
                                   GAsyncResult *result,
                                   GError      **error);

G_END_DECLS
