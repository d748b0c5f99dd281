/* td-simulation-skills.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation-private.h"

#include <string.h>

/* Where @agent serves @queue, or NONE. */
guint
td_sim_skill_find (const TdSimAgent *agent,
                   guint             queue)
{
  for (guint i = 0; i < agent->n_skills; i++)
    {
      if (agent->skills[i] == queue)
        return i;
    }

  return TD_SIM_NONE;
}

gboolean
td_sim_skill_is_paused (TdSimulation     *self,
                        const TdSimAgent *agent,
                        guint             skill)
{
  return self->nodes[agent->first_node + skill].paused;
}

gboolean
td_sim_skill_any_paused (TdSimulation     *self,
                         const TdSimAgent *agent)
{
  for (guint i = 0; i < agent->n_skills; i++)
    {
      if (td_sim_skill_is_paused (self, agent, i))
        return TRUE;
    }

  return FALSE;
}

/* Puts an agent at the end of the idle ones of a queue, or takes the agent out. */
void
td_sim_skill_set_idle (TdSimulation *self,
                       guint         index,
                       guint         skill,
                       gboolean      idle)
{
  const TdSimAgent *agent = &self->agents[index];
  guint             place = agent->first_node + skill;
  TdSimNode        *node = &self->nodes[place];
  TdSimQueue       *queue = &self->queues[agent->skills[skill]];

  g_assert (node->idle != idle);
  node->idle = idle;

  if (idle)
    {
      node->previous = queue->last_idle;
      node->next = TD_SIM_NONE;
      if (queue->last_idle != TD_SIM_NONE)
        self->nodes[queue->last_idle].next = place;
      else
        queue->first_idle = place;
      queue->last_idle = place;
    }
  else
    {
      if (node->previous != TD_SIM_NONE)
        self->nodes[node->previous].next = node->next;
      else
        queue->first_idle = node->next;
      if (node->next != TD_SIM_NONE)
        self->nodes[node->next].previous = node->previous;
      else
        queue->last_idle = node->previous;
    }
}

/* Moves a node without changing who is idle before whom. */
static void
move_node (TdSimulation *self,
           TdSimQueue   *queue,
           guint         from,
           guint         to)
{
  TdSimNode *node = &self->nodes[to];

  *node = self->nodes[from];
  if (!node->idle)
    return;

  if (node->previous != TD_SIM_NONE)
    self->nodes[node->previous].next = to;
  else
    queue->first_idle = to;
  if (node->next != TD_SIM_NONE)
    self->nodes[node->next].previous = to;
  else
    queue->last_idle = to;
}

/* Makes room for every queue there is, once for each agent whose queues change,
 * and keeps what the rota planned: the past was made up from that. */
static void
make_room (TdSimulation *self,
           TdSimAgent   *agent)
{
  guint first = self->n_nodes;

  if (agent->planned != NULL)
    return;

  agent->n_planned = agent->n_skills;
  agent->planned = g_memdup2 (agent->skills, agent->n_skills * sizeof *agent->skills);
  agent->skills = g_renew (guint, agent->skills, self->n_queues);
  agent->skill_ids = g_renew (const char *, agent->skill_ids, self->n_queues);

  self->n_nodes += self->n_queues;
  self->nodes = g_renew (TdSimNode, self->nodes, self->n_nodes);
  for (guint i = 0; i < agent->n_skills; i++)
    move_node (self, &self->queues[agent->skills[i]], agent->first_node + i, first + i);
  agent->first_node = first;
}

static void
count_serving (TdSimulation     *self,
               const TdSimAgent *agent,
               guint             skill,
               int               change)
{
  TdSimQueue *queue = &self->queues[agent->skills[skill]];

  if (!td_agent_state_is_serving (agent->state))
    return;

  queue->serving += change;
  queue->dirty = TRUE;
}

/* The agent serves one more queue, and takes who waits there. */
void
td_sim_skill_add (TdSimulation *self,
                  guint         index,
                  guint         queue)
{
  TdSimAgent *agent = &self->agents[index];
  guint       skill = agent->n_skills;

  make_room (self, agent);
  agent->skills[skill] = queue;
  agent->skill_ids[skill] = self->queues[queue].id;
  agent->n_skills++;
  self->nodes[agent->first_node + skill] = (TdSimNode){ .agent = index };
  count_serving (self, agent, skill, 1);
  td_sim_agent_touch (self, index);

  if (agent->state == TD_AGENT_STATE_AVAILABLE)
    {
      td_sim_skill_set_idle (self, index, skill, TRUE);
      td_sim_agent_take_next_call (self, index);
    }
}

/* The agent serves a queue no more; a call of it goes on. */
void
td_sim_skill_remove (TdSimulation *self,
                     guint         index,
                     guint         skill)
{
  TdSimAgent *agent = &self->agents[index];

  make_room (self, agent);
  td_sim_skill_set_paused (self, index, skill, TRUE);
  for (guint i = skill + 1; i < agent->n_skills; i++)
    {
      move_node (self, &self->queues[agent->skills[i]], agent->first_node + i, agent->first_node + i - 1);
      agent->skills[i - 1] = agent->skills[i];
      agent->skill_ids[i - 1] = agent->skill_ids[i];
    }
  agent->n_skills--;
  td_sim_agent_touch (self, index);
}

/* The agent takes no more calls of a queue for now, or takes them again. */
void
td_sim_skill_set_paused (TdSimulation *self,
                         guint         index,
                         guint         skill,
                         gboolean      paused)
{
  TdSimAgent *agent = &self->agents[index];
  TdSimNode  *node = &self->nodes[agent->first_node + skill];

  if (node->paused == paused)
    return;

  if (node->idle)
    td_sim_skill_set_idle (self, index, skill, FALSE);
  node->paused = paused;
  count_serving (self, agent, skill, paused ? -1 : 1);

  if (!paused && agent->state == TD_AGENT_STATE_AVAILABLE)
    {
      td_sim_skill_set_idle (self, index, skill, TRUE);
      td_sim_agent_take_next_call (self, index);
    }
}

/* The agent takes calls of every queue again. */
void
td_sim_skill_end_pauses (TdSimulation *self,
                         guint         index)
{
  for (guint i = 0; i < self->agents[index].n_skills; i++)
    td_sim_skill_set_paused (self, index, i, FALSE);
}
