/* td-session-endpoint.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-api-server.h"

G_BEGIN_DECLS

/* GET /v1/session: what the sender's token may do here. */
void td_session_endpoint_serve (SoupServerMessage *message,
                                TdApiScope         scope,
                                guint              actions,
                                const char        *server);

G_END_DECLS
