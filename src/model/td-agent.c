/* td-agent.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-private.h"

#include <string.h>

struct _TdAgent
{
  TdRow parent_instance;

  gint64   first_seen;     /* time of the first snapshot that told this state */
  gboolean queues_changed; /* since td_agent_take_queues_changed() */
};

G_DEFINE_FINAL_TYPE (TdAgent, td_agent, TD_TYPE_ROW)

static const gsize strings[] = {
  G_STRUCT_OFFSET (TdAgentInfo, id),
  G_STRUCT_OFFSET (TdAgentInfo, name),
  G_STRUCT_OFFSET (TdAgentInfo, team),
  G_STRUCT_OFFSET (TdAgentInfo, employer),
  G_STRUCT_OFFSET (TdAgentInfo, seat),
  G_STRUCT_OFFSET (TdAgentInfo, extension),
  G_STRUCT_OFFSET (TdAgentInfo, reason),
  G_STRUCT_OFFSET (TdAgentInfo, call_queue),
  G_STRUCT_OFFSET (TdAgentInfo, call_number),
  G_STRUCT_OFFSET (TdAgentInfo, call_reason),
  G_STRUCT_OFFSET (TdAgentInfo, call_area),
  G_STRUCT_OFFSET (TdAgentInfo, shift_name),
};

static gboolean
td_agent_equal (gconstpointer a,
                gconstpointer b)
{
  return td_agent_info_equal (a, b);
}

/* Where the source does not say when a state began, it began at the latest
 * when it was first seen. */
static void
td_agent_moved (TdRow        *row,
                gconstpointer old_info,
                gconstpointer new_info,
                gint64        at)
{
  TdAgent           *self = TD_AGENT (row);
  const TdAgentInfo *was = old_info;
  const TdAgentInfo *is = new_info;

  if (was == NULL || was->state != is->state)
    self->first_seen = at;

  if (was == NULL || was->n_queues != is->n_queues)
    self->queues_changed = TRUE;
  else
    {
      for (guint i = 0; i < is->n_queues; i++)
        self->queues_changed |= strcmp (was->queues[i], is->queues[i]) != 0;
    }
}

static void
td_agent_class_init (TdAgentClass *klass)
{
  TdRowClass *row_class = TD_ROW_CLASS (klass);

  row_class->equal = td_agent_equal;
  row_class->moved = td_agent_moved;
  row_class->info_size = sizeof (TdAgentInfo);
  row_class->strings = strings;
  row_class->n_strings = G_N_ELEMENTS (strings);
  row_class->list = G_STRUCT_OFFSET (TdAgentInfo, queues);
}

static void
td_agent_init (TdAgent *self)
{
}

const char *
td_agent_get_id (TdAgent *self)
{
  return td_row_get_id (TD_ROW (self));
}

/**
 * td_agent_get_info:
 * @self: an agent
 *
 * Returns: (transfer none): what the source told last, valid until the centre changes
 */
const TdAgentInfo *
td_agent_get_info (TdAgent *self)
{
  return td_row_get_info (TD_ROW (self));
}

/**
 * td_agent_get_revision:
 * @self: an agent
 *
 * Returns: the source's revision at which the values changed last
 */
gint64
td_agent_get_revision (TdAgent *self)
{
  return td_row_get_revision (TD_ROW (self));
}

/**
 * td_agent_get_title:
 * @self: an agent
 *
 * Returns: the name for people, or the id where there is none
 */
const char *
td_agent_get_title (TdAgent *self)
{
  const TdAgentInfo *info = td_agent_get_info (self);

  return info->name != NULL && info->name[0] != '\0' ? info->name : info->id;
}

/**
 * td_agent_get_since:
 * @self: an agent
 * @inexact: (out) (optional): whether the state began then or before ("≥")
 *
 * Returns: when the agent's state began, µs since 1970 by the source's clock,
 *   or when it was first seen where the source does not say
 */
gint64
td_agent_get_since (TdAgent  *self,
                    gboolean *inexact)
{
  g_return_val_if_fail (TD_IS_AGENT (self), TD_UNKNOWN);

  const TdAgentInfo *info = td_agent_get_info (self);
  gboolean           told = TD_IS_KNOWN (info->since);

  if (inexact != NULL)
    *inexact = !told || info->since_inexact;

  return told ? info->since : self->first_seen;
}

/* Whether the agent's list of queues changed since the last call. */
gboolean
td_agent_take_queues_changed (TdAgent *self)
{
  gboolean changed = self->queues_changed;

  self->queues_changed = FALSE;

  return changed;
}
