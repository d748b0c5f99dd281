/* td-asterisk-backend.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-asterisk-settings.h"
#include "td-backend.h"
#include "td-connection.h"

G_BEGIN_DECLS

#define TD_TYPE_ASTERISK_BACKEND (td_asterisk_backend_get_type ())

/**
 * TdAsteriskBackend:
 *
 * An Asterisk app_queue centre, through the manager interface over HTTP.
 * Belongs to the main thread.
 */
G_DECLARE_FINAL_TYPE (TdAsteriskBackend, td_asterisk_backend, TD, ASTERISK_BACKEND, GObject)

/**
 * td_asterisk_backend_new:
 * @connection: the URL up to and with the prefix of http.conf ("http://pbx:8088/asterisk"), the manager
 *   user and its secret
 * @settings: what the profile says of the centre
 * @error: return location; %TD_BACKEND_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): a backend
 */
TdBackend *td_asterisk_backend_new (const TdConnection *connection,
                                    TdAsteriskSettings *settings,
                                    GError            **error);

G_END_DECLS
