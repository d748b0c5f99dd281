/* td-action-endpoint.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "td-api-server.h"

G_BEGIN_DECLS

/**
 * TdActionEndpoint:
 *
 * POST /v1/agents/{id}/…: what a supervisor does, read with care and handed to
 * the function that can do it. Belongs to the main thread.
 */
typedef struct _TdActionEndpoint TdActionEndpoint;

TdActionEndpoint *td_action_endpoint_new (void);
void              td_action_endpoint_free (TdActionEndpoint *self);

void  td_action_endpoint_set_func (TdActionEndpoint *self,
                                   TdActionFunc      func,
                                   gpointer          user_data,
                                   GDestroyNotify    destroy);
guint td_action_endpoint_get_offered (TdActionEndpoint *self);
void  td_action_endpoint_set_offered (TdActionEndpoint *self,
                                      guint             actions);

gboolean td_action_endpoint_parse_path (const char   *path,
                                        char        **agent_id,
                                        TdActionKind *kind);
void     td_action_endpoint_serve (TdActionEndpoint  *self,
                                   SoupServerMessage *message,
                                   const char        *agent_id,
                                   TdActionKind       kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdActionEndpoint, td_action_endpoint_free)

G_END_DECLS
