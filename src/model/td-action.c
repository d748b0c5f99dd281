/* td-action.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-action.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "td-types.h"

/* The last part of the path in the supervision API. */
static const char *const kinds[TD_N_ACTIONS] = {
  [TD_ACTION_PAUSE] = "pause",
  [TD_ACTION_UNPAUSE] = "unpause",
  [TD_ACTION_QUEUE_ADD] = "queue-add",
  [TD_ACTION_QUEUE_REMOVE] = "queue-remove",
  [TD_ACTION_LISTEN] = "listen",
  [TD_ACTION_WHISPER] = "whisper",
  [TD_ACTION_BARGE] = "barge",
  [TD_ACTION_HANG_UP] = "hang-up",
};

/**
 * td_action_kind_to_string:
 * @kind: a kind
 *
 * Returns: its word in the supervision API
 */
const char *
td_action_kind_to_string (TdActionKind kind)
{
  g_return_val_if_fail ((guint)kind < TD_N_ACTIONS, NULL);

  return kinds[kind];
}

/**
 * td_action_kind_from_string:
 * @string: a word
 * @kind: (out): the kind
 *
 * Returns: whether the word is known
 */
gboolean
td_action_kind_from_string (const char   *string,
                            TdActionKind *kind)
{
  g_return_val_if_fail (string != NULL, FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  for (guint i = 0; i < TD_N_ACTIONS; i++)
    {
      if (strcmp (kinds[i], string) == 0)
        {
          *kind = (TdActionKind)i;
          return TRUE;
        }
    }

  return FALSE;
}

/* What goes into one line of another system's language may hold no end of it. */
static gboolean
is_one_line (const char *text,
             gsize       max_bytes)
{
  gsize length = strlen (text);

  if (length > max_bytes || !g_utf8_validate (text, (gssize)length, NULL))
    return FALSE;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_iscntrl (*c))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_extension (const char *text)
{
  if (*text == '\0' || strlen (text) > TD_MAX_EXTENSION)
    return FALSE;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c) && strchr ("+*#-_./@", *c) == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * td_action_check:
 * @self: an action, from outside perhaps
 * @error: return location; %G_IO_ERROR_INVALID_ARGUMENT that names the field
 *
 * Returns: whether the action has what its kind needs, within bounds
 */
gboolean
td_action_check (const TdAction *self,
                 GError        **error)
{
  gboolean needs_queue, needs_extension;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail ((guint)self->kind < TD_N_ACTIONS, FALSE);

  needs_queue = self->kind == TD_ACTION_QUEUE_ADD || self->kind == TD_ACTION_QUEUE_REMOVE;
  needs_extension = self->kind == TD_ACTION_LISTEN || self->kind == TD_ACTION_WHISPER || self->kind == TD_ACTION_BARGE;

  if (self->agent == NULL || *self->agent == '\0' || !is_one_line (self->agent, TD_MAX_ID))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("agent: not an agent’s id"));
  else if ((needs_queue && self->queue == NULL) ||
           (self->queue != NULL && (*self->queue == '\0' || !is_one_line (self->queue, TD_MAX_ID))))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("queue: not a queue’s id"));
  else if (self->reason != NULL && !is_one_line (self->reason, TD_MAX_TEXT))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _ ("reason: one line of at most %d bytes"), TD_MAX_TEXT);
  else if (needs_extension && (self->extension == NULL || !is_extension (self->extension)))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                         _ ("extension: the supervisor’s own phone, such as 9001 or PJSIP/9001"));
  else
    return TRUE;

  return FALSE;
}

/**
 * td_action_copy:
 * @self: an action
 *
 * Returns: (transfer full): a copy that owns its strings
 */
TdAction *
td_action_copy (const TdAction *self)
{
  TdAction *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (TdAction, 1);
  copy->kind = self->kind;
  copy->agent = g_strdup (self->agent);
  copy->queue = g_strdup (self->queue);
  copy->reason = g_strdup (self->reason);
  copy->extension = g_strdup (self->extension);

  return copy;
}

void
td_action_free (TdAction *self)
{
  if (self == NULL)
    return;

  g_free ((char *)self->agent);
  g_free ((char *)self->queue);
  g_free ((char *)self->reason);
  g_free ((char *)self->extension);
  g_free (self);
}
