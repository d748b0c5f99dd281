/* td-connection-check.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-backend.h"
#include "td-connection.h"

G_BEGIN_DECLS

#define TD_CONNECTION_CHECK_DEADLINE_MS 20000

/**
 * TdCheckId:
 * @TD_CHECK_REACHED: something answers at the address
 * @TD_CHECK_SECURITY: whether others on the way can read along
 * @TD_CHECK_SIGNED_IN: the secret was accepted
 * @TD_CHECK_SERVER: what the server is
 * @TD_CHECK_DATA: how many queues and agents it showed
 * @TD_CHECK_RIGHTS: what may be seen and done there
 * @TD_CHECK_CLOCK: how far its clock is from this machine's
 *
 * What is checked, in the order in which it is told.
 */
typedef enum {
  TD_CHECK_REACHED,
  TD_CHECK_SECURITY,
  TD_CHECK_SIGNED_IN,
  TD_CHECK_SERVER,
  TD_CHECK_DATA,
  TD_CHECK_RIGHTS,
  TD_CHECK_CLOCK,
  TD_N_CHECKS
} TdCheckId;

/**
 * TdCheckStatus:
 * @TD_CHECK_OK: as it should be
 * @TD_CHECK_WARNING: it can be used, but a person should know this
 * @TD_CHECK_FAILED: it cannot be used
 * @TD_CHECK_SKIPPED: not known, for something before it failed or the source does not tell
 */
typedef enum {
  TD_CHECK_OK,
  TD_CHECK_WARNING,
  TD_CHECK_FAILED,
  TD_CHECK_SKIPPED,
  TD_N_CHECK_STATUSES
} TdCheckStatus;

/**
 * TdCheckLine:
 * @text: (owned): one sentence for people, translated, without a secret
 */
typedef struct
{
  TdCheckId     id;
  TdCheckStatus status;
  char         *text;
} TdCheckLine;

const char *td_check_id_to_string (TdCheckId id);
const char *td_check_status_to_string (TdCheckStatus status);

void       td_connection_check_run_async (TdBackend          *backend,
                                          const TdConnection *connection,
                                          guint               deadline_ms,
                                          GCancellable       *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
GPtrArray *td_connection_check_run_finish (TdBackend    *backend,
                                           GAsyncResult *result,
                                           GError      **error);
gboolean   td_connection_check_is_usable (GPtrArray *lines);

G_END_DECLS
