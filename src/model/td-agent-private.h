/* td-agent-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent.h"

G_BEGIN_DECLS

gboolean td_agent_take_queues_changed (TdAgent *self);

G_END_DECLS
