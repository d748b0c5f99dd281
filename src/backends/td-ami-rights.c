/* td-ami-rights.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-ami-rights.h"

#include <glib/gi18n.h>

typedef enum {
  NEED_QUEUE_STATUS,
  NEED_STATUS,
  NEED_CORE_STATUS,
  NEED_CORE_SETTINGS,
  NEED_QUEUE_PAUSE,
  NEED_QUEUE_ADD,
  NEED_QUEUE_REMOVE,
  NEED_ORIGINATE,
  NEED_HANGUP,
  N_NEEDS
} Need;

static const char *const commands[N_NEEDS] = {
  [NEED_QUEUE_STATUS] = "QueueStatus",
  [NEED_STATUS] = "Status",
  [NEED_CORE_STATUS] = "CoreStatus",
  [NEED_CORE_SETTINGS] = "CoreSettings",
  [NEED_QUEUE_PAUSE] = "QueuePause",
  [NEED_QUEUE_ADD] = "QueueAdd",
  [NEED_QUEUE_REMOVE] = "QueueRemove",
  [NEED_ORIGINATE] = "Originate",
  [NEED_HANGUP] = "Hangup",
};

void
td_ami_rights_clear (TdAmiRights *self)
{
  g_clear_pointer (&self->text, g_free);
  *self = (TdAmiRights){ 0 };
}

/**
 * td_ami_rights_read:
 * @self: rights; what they were before is forgotten
 * @answer: the answer to ListCommands
 *
 * An answer that is no list leaves the rights unknown: then everything that is
 * shown may be asked for, and no action is offered.
 */
void
td_ami_rights_read (TdAmiRights       *self,
                    const TdAmiAnswer *answer)
{
  const TdAmiMessage *list;
  gboolean            has[N_NEEDS] = { FALSE };
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_if_fail (self != NULL);
  g_return_if_fail (answer != NULL);

  td_ami_rights_clear (self);
  self->queues = self->status = self->core_status = self->core_settings = TRUE;
  if (!td_ami_answer_is_success (answer))
    return;

  list = td_ami_answer_get_response (answer);
  for (guint i = 0; i < N_NEEDS; i++)
    {
      has[i] = td_ami_message_get (list, commands[i]) != NULL;
      if (has[i])
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", commands[i]);
    }

  self->known = TRUE;
  self->queues = has[NEED_QUEUE_STATUS];
  self->status = has[NEED_STATUS];
  self->core_status = has[NEED_CORE_STATUS];
  self->core_settings = has[NEED_CORE_SETTINGS];
  self->text = g_string_free (g_steal_pointer (&text), FALSE);

  if (has[NEED_QUEUE_PAUSE])
    self->actions |= TD_ACTION_BIT (TD_ACTION_PAUSE) | TD_ACTION_BIT (TD_ACTION_UNPAUSE);
  if (has[NEED_QUEUE_ADD])
    self->actions |= TD_ACTION_BIT (TD_ACTION_QUEUE_ADD);
  if (has[NEED_QUEUE_REMOVE])
    self->actions |= TD_ACTION_BIT (TD_ACTION_QUEUE_REMOVE);

  /* The call of an agent is found among the channels. */
  if (has[NEED_STATUS] && has[NEED_ORIGINATE])
    self->actions |= TD_ACTION_BIT (TD_ACTION_LISTEN) | TD_ACTION_BIT (TD_ACTION_WHISPER) |
                     TD_ACTION_BIT (TD_ACTION_BARGE);
  if (has[NEED_STATUS] && has[NEED_HANGUP])
    self->actions |= TD_ACTION_BIT (TD_ACTION_HANG_UP);
}

/**
 * td_ami_rights_describe_missing:
 * @self: rights
 * @events: events of agents are not known to be kept back
 *
 * Returns: (transfer full) (nullable): what cannot be shown, and the right
 *   that it takes, in words for people
 */
char *
td_ami_rights_describe_missing (const TdAmiRights *self,
                                gboolean           events)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  if (!events)
    g_string_append (text, _ ("Events do not arrive, so the counts of calls are estimates: "
                              "the manager user needs read = agent."));
  if (!self->status)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                            _ ("Who an agent speaks with cannot be told: the manager user needs write = reporting."));
  if (!self->core_status)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                            _ ("A restart of Asterisk is only noticed by its counters: "
                               "the manager user needs write = reporting."));

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
