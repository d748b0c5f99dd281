/* td-simulation-actions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#define MAX_ACTIONS 20

/* Why something cannot be done as things stand. */
#define REFUSE(...) g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, __VA_ARGS__)

static guint
find_agent (TdSimulation *self,
            const char   *id)
{
  for (guint i = 0; i < self->n_agents; i++)
    {
      if (g_str_equal (self->agents[i].id, id))
        return i;
    }

  return TD_SIM_NONE;
}

static guint
find_queue (TdSimulation *self,
            const char   *id)
{
  for (guint i = 0; i < self->n_queues; i++)
    {
      if (g_str_equal (self->queues[i].id, id))
        return i;
    }

  return TD_SIM_NONE;
}

static gboolean
is_at_work (const TdSimAgent *agent,
            GError          **error)
{
  if (agent->working && !agent->leaving && agent->state != TD_AGENT_STATE_UNREACHABLE)
    return TRUE;

  REFUSE (_ ("%s is not at work"), agent->name);

  return FALSE;
}

static gboolean
serves (const TdSimAgent *agent,
        const TdSimQueue *queue,
        guint             skill,
        GError          **error)
{
  if (skill != TD_SIM_NONE)
    return TRUE;

  /* Translators: an agent and a queue. */
  REFUSE (_ ("%s does not serve %s"), agent->name, queue->name);

  return FALSE;
}

static gboolean
pause_in_queue (TdSimulation *self,
                guint         index,
                guint         queue,
                const char   *reason,
                GError      **error)
{
  const TdSimAgent *agent = &self->agents[index];
  guint             skill = td_sim_skill_find (agent, queue);
  guint             n_others = 0;

  if (!serves (agent, &self->queues[queue], skill, error))
    return FALSE;

  if (td_sim_skill_is_paused (self, agent, skill))
    {
      /* Translators: an agent and a queue. */
      REFUSE (_ ("%s is paused in %s already"), agent->name, self->queues[queue].name);
      return FALSE;
    }

  for (guint i = 0; i < agent->n_skills; i++)
    n_others += i != skill && !td_sim_skill_is_paused (self, agent, i);

  /* Who is paused in each queue takes no call at all, which is a pause. */
  if (n_others > 0)
    td_sim_skill_set_paused (self, index, skill, TRUE);
  else
    td_sim_agent_pause (self, index, reason);

  return TRUE;
}

static gboolean
pause_agent (TdSimulation   *self,
             guint           index,
             guint           queue,
             const TdAction *action,
             GError        **error)
{
  const TdSimAgent *agent = &self->agents[index];

  if (!is_at_work (agent, error))
    return FALSE;

  if (td_sim_agent_is_paused (agent))
    {
      REFUSE (_ ("%s is paused already"), agent->name);
      return FALSE;
    }

  if (queue != TD_SIM_NONE)
    return pause_in_queue (self, index, queue, action->reason, error);

  td_sim_agent_pause (self, index, action->reason);

  return TRUE;
}

static gboolean
unpause_agent (TdSimulation *self,
               guint         index,
               guint         queue,
               GError      **error)
{
  const TdSimAgent *agent = &self->agents[index];
  gboolean          paused = td_sim_agent_is_paused (agent);
  guint             skill;

  if (!is_at_work (agent, error))
    return FALSE;

  if (queue == TD_SIM_NONE)
    {
      if (!paused && !td_sim_skill_any_paused (self, agent))
        {
          REFUSE (_ ("%s is not paused"), agent->name);
          return FALSE;
        }

      td_sim_skill_end_pauses (self, index);
      if (paused)
        td_sim_agent_unpause (self, index);

      return TRUE;
    }

  skill = td_sim_skill_find (agent, queue);
  if (!serves (agent, &self->queues[queue], skill, error))
    return FALSE;

  if (paused)
    {
      REFUSE (_ ("%s is paused in every queue"), agent->name);
      return FALSE;
    }

  if (!td_sim_skill_is_paused (self, agent, skill))
    {
      /* Translators: an agent and a queue. */
      REFUSE (_ ("%s is not paused in %s"), agent->name, self->queues[queue].name);
      return FALSE;
    }

  td_sim_skill_set_paused (self, index, skill, FALSE);

  return TRUE;
}

static gboolean
add_to_queue (TdSimulation *self,
              guint         index,
              guint         queue,
              GError      **error)
{
  const TdSimAgent *agent = &self->agents[index];

  if (td_sim_skill_find (agent, queue) != TD_SIM_NONE)
    {
      /* Translators: an agent and a queue. */
      REFUSE (_ ("%s serves %s already"), agent->name, self->queues[queue].name);
      return FALSE;
    }

  td_sim_skill_add (self, index, queue);

  return TRUE;
}

static gboolean
remove_from_queue (TdSimulation *self,
                   guint         index,
                   guint         queue,
                   GError      **error)
{
  guint skill = td_sim_skill_find (&self->agents[index], queue);

  if (!serves (&self->agents[index], &self->queues[queue], skill, error))
    return FALSE;

  td_sim_skill_remove (self, index, skill);

  return TRUE;
}

static gboolean
is_on_call (const TdSimAgent *agent,
            GError          **error)
{
  if (agent->state == TD_AGENT_STATE_ON_CALL)
    return TRUE;

  REFUSE (_ ("%s is not on a call"), agent->name);

  return FALSE;
}

/* Nobody's phone rings here, so it is but noted that the supervisor joined. */
static gboolean
join_call (TdSimulation   *self,
           guint           index,
           const TdAction *action,
           GError        **error)
{
  const TdSimAgent *agent = &self->agents[index];

  if (!is_on_call (agent, error))
    return FALSE;

  if (g_str_equal (agent->extension, action->extension))
    {
      REFUSE (_ ("The extension is %s’s own"), agent->name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
hang_up (TdSimulation *self,
         guint         index,
         GError      **error)
{
  if (!is_on_call (&self->agents[index], error))
    return FALSE;

  td_sim_agent_end_call (self, index);

  return TRUE;
}

static gboolean
carry_out (TdSimulation   *self,
           guint           index,
           guint           queue,
           const TdAction *action,
           GError        **error)
{
  switch (action->kind)
    {
    case TD_ACTION_PAUSE:
      return pause_agent (self, index, queue, action, error);

    case TD_ACTION_UNPAUSE:
      return unpause_agent (self, index, queue, error);

    case TD_ACTION_QUEUE_ADD:
      return add_to_queue (self, index, queue, error);

    case TD_ACTION_QUEUE_REMOVE:
      return remove_from_queue (self, index, queue, error);

    case TD_ACTION_LISTEN:
    case TD_ACTION_WHISPER:
    case TD_ACTION_BARGE:
      return join_call (self, index, action, error);

    case TD_ACTION_HANG_UP:
      return hang_up (self, index, error);

    case TD_N_ACTIONS:
    default:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "There is no such action");
      return FALSE;
    }
}

/**
 * td_simulation_act:
 * @self: a simulation
 * @action: what to do
 * @error: return location
 *
 * Does what a supervisor would. One who is busy is paused after the call; one
 * who is paused in every queue, one by one, is paused.
 *
 * Returns: whether it was done, or %FALSE with @error set in words for people:
 *   %G_IO_ERROR_INVALID_ARGUMENT, %G_IO_ERROR_NOT_FOUND, or %G_IO_ERROR_FAILED
 *   where the state does not allow it
 */
gboolean
td_simulation_act (TdSimulation   *self,
                   const TdAction *action,
                   GError        **error)
{
  guint index;
  guint queue = TD_SIM_NONE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (action != NULL, FALSE);

  if (!td_action_check (action, error))
    return FALSE;

  index = find_agent (self, action->agent);
  if (index == TD_SIM_NONE)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no agent “%s”"), action->agent);
      return FALSE;
    }

  if (action->queue != NULL)
    {
      queue = find_queue (self, action->queue);
      if (queue == TD_SIM_NONE)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no queue “%s”"), action->queue);
          return FALSE;
        }
    }

  if (!carry_out (self, index, queue, action, error))
    return FALSE;

  if (self->actions->len == MAX_ACTIONS)
    g_ptr_array_remove_index (self->actions, 0);
  g_ptr_array_add (self->actions, td_action_copy (action));

  return TRUE;
}

/**
 * td_simulation_get_actions:
 * @self: a simulation
 *
 * Returns: (transfer none) (element-type TdAction): the last actions that were
 *   done, the newest at the end
 */
GPtrArray *
td_simulation_get_actions (TdSimulation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->actions;
}
