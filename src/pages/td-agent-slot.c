/* td-agent-slot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-slot.h"

struct _TdAgentSlot
{
  GObject parent_instance;

  TdAgent *agent; /* (owned) */
};

G_DEFINE_FINAL_TYPE (TdAgentSlot, td_agent_slot, G_TYPE_OBJECT)

static void
td_agent_slot_finalize (GObject *object)
{
  TdAgentSlot *self = TD_AGENT_SLOT (object);

  g_clear_object (&self->agent);

  G_OBJECT_CLASS (td_agent_slot_parent_class)->finalize (object);
}

static void
td_agent_slot_class_init (TdAgentSlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_agent_slot_finalize;
}

static void
td_agent_slot_init (TdAgentSlot *self)
{
}

TdAgentSlot *
td_agent_slot_new (TdAgent *agent)
{
  g_return_val_if_fail (TD_IS_AGENT (agent), NULL);

  TdAgentSlot *self = g_object_new (TD_TYPE_AGENT_SLOT, NULL);

  self->agent = g_object_ref (agent);

  return self;
}

/**
 * td_agent_slot_get_agent:
 * @self: a slot
 *
 * Returns: (transfer none): who is there now
 */
TdAgent *
td_agent_slot_get_agent (TdAgentSlot *self)
{
  g_return_val_if_fail (TD_IS_AGENT_SLOT (self), NULL);

  return self->agent;
}

void
td_agent_slot_set_agent (TdAgentSlot *self,
                         TdAgent     *agent)
{
  g_return_if_fail (TD_IS_AGENT_SLOT (self));
  g_return_if_fail (TD_IS_AGENT (agent));

  g_set_object (&self->agent, agent);
}

/**
 * td_agent_slots_fill:
 * @slots: (element-type TdAgentSlot): a list of slots
 * @agents: (element-type TdAgent): who is to be in them, in order
 *
 * Puts the agents into the slots, and makes the list as long as they are many.
 * Who shows the slots looks at them again after it.
 */
void
td_agent_slots_fill (GListStore *slots,
                     GPtrArray  *agents)
{
  guint n_slots;

  g_return_if_fail (G_IS_LIST_STORE (slots));
  g_return_if_fail (agents != NULL);

  n_slots = g_list_model_get_n_items (G_LIST_MODEL (slots));
  for (guint i = 0; i < MIN (n_slots, agents->len); i++)
    {
      g_autoptr (TdAgentSlot) slot = g_list_model_get_item (G_LIST_MODEL (slots), i);

      td_agent_slot_set_agent (slot, g_ptr_array_index (agents, i));
    }

  if (n_slots > agents->len)
    g_list_store_splice (slots, agents->len, n_slots - agents->len, NULL, 0);
  else if (n_slots < agents->len)
    {
      g_autoptr (GPtrArray) more = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = n_slots; i < agents->len; i++)
        g_ptr_array_add (more, td_agent_slot_new (g_ptr_array_index (agents, i)));
      g_list_store_splice (slots, n_slots, 0, more->pdata, more->len);
    }
}
