/* td-supervision-backend.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-backend.h"
#include "td-connection.h"

G_BEGIN_DECLS

#define TD_TYPE_SUPERVISION_BACKEND (td_supervision_backend_get_type ())

G_DECLARE_FINAL_TYPE (TdSupervisionBackend, td_supervision_backend, TD, SUPERVISION_BACKEND, GObject)

/**
 * td_supervision_backend_new:
 * @base_url: where the API lives, e.g. "http://127.0.0.1:8080"; "/v1/snapshot" is added
 * @token: (nullable): the bearer token
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a backend, or %NULL when @base_url is no
 *   https URL, nor an http URL of this machine
 */
TdBackend *td_supervision_backend_new (const char *base_url,
                                       const char *token,
                                       GError    **error);
TdBackend *td_supervision_backend_new_for_connection (const TdConnection *connection,
                                                      GError            **error);

G_END_DECLS
