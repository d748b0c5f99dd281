/* td-state-endpoint.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "td-centre.h"

G_BEGIN_DECLS

/**
 * TdStateEndpoint:
 *
 * GET /v1/snapshot: the state of a centre in full or what changed, conditional
 * requests, and those that wait for a change. Belongs to the main thread.
 */
typedef struct _TdStateEndpoint TdStateEndpoint;

TdStateEndpoint *td_state_endpoint_new (TdCentre *centre);
void             td_state_endpoint_free (TdStateEndpoint *self);

void td_state_endpoint_serve (TdStateEndpoint   *self,
                              SoupServerMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdStateEndpoint, td_state_endpoint_free)

G_END_DECLS
