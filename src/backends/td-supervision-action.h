/* td-supervision-action.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "td-backend.h"

G_BEGIN_DECLS

/* What supervision API v1 says about actions. Pure functions of what is given. */

/**
 * TdSupervisionSession:
 * @scope: (nullable): what the token is for, in the server's word
 * @server: (nullable): what the server calls itself
 * @actions: bits of #TdActionKind that the token may have carried out
 *
 * The answer to GET /v1/session. Owns its strings.
 */
typedef struct
{
  char *scope;
  char *server;
  guint actions;
} TdSupervisionSession;

void     td_supervision_session_clear (TdSupervisionSession *self);
gboolean td_supervision_session_decode (TdSupervisionSession *self,
                                        GBytes               *body,
                                        GError              **error);

char   *td_supervision_action_get_path (const TdAction *action);
GBytes *td_supervision_action_encode (const TdAction *action);
GError *td_supervision_action_to_error (SoupMessage *message,
                                        GBytes      *body,
                                        const char  *secret);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TdSupervisionSession, td_supervision_session_clear)

G_END_DECLS
