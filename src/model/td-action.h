/* td-action.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TdActionKind:
 * @TD_ACTION_PAUSE: the agent takes no more calls; a call that runs goes on
 * @TD_ACTION_UNPAUSE: the agent takes calls again
 * @TD_ACTION_QUEUE_ADD: the agent serves one more queue
 * @TD_ACTION_QUEUE_REMOVE: the agent serves a queue no more
 * @TD_ACTION_LISTEN: the supervisor hears the call, unheard
 * @TD_ACTION_WHISPER: and speaks to the agent alone
 * @TD_ACTION_BARGE: and speaks to both
 * @TD_ACTION_HANG_UP: the call ends
 *
 * What a supervisor may do to an agent.
 */
typedef enum {
  TD_ACTION_PAUSE,
  TD_ACTION_UNPAUSE,
  TD_ACTION_QUEUE_ADD,
  TD_ACTION_QUEUE_REMOVE,
  TD_ACTION_LISTEN,
  TD_ACTION_WHISPER,
  TD_ACTION_BARGE,
  TD_ACTION_HANG_UP,
  TD_N_ACTIONS
} TdActionKind;

/* A set of kinds is a guint of these bits. */
#define TD_ACTION_BIT(kind) (1u << (kind))
#define TD_ACTIONS_ALL ((1u << TD_N_ACTIONS) - 1)

#define TD_MAX_EXTENSION 64 /* bytes */

/**
 * TdAction:
 * @agent: id of the agent
 * @queue: (nullable): id of the queue to add to or remove from; of a pause, the only queue, or %NULL for all
 * @reason: (nullable): why the agent is paused
 * @extension: (nullable): the supervisor's own phone, of listen, whisper and barge
 */
typedef struct
{
  TdActionKind kind;
  const char  *agent;
  const char  *queue;
  const char  *reason;
  const char  *extension;
} TdAction;

const char *td_action_kind_to_string (TdActionKind kind);
gboolean    td_action_kind_from_string (const char   *string,
                                        TdActionKind *kind);
gboolean    td_action_check (const TdAction *self,
                             GError        **error);

TdAction *td_action_copy (const TdAction *self);
void      td_action_free (TdAction *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdAction, td_action_free)

G_END_DECLS
