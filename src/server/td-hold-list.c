/* td-hold-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-hold-list.h"

typedef struct
{
  TdHoldList        *list;
  SoupServerMessage *message; /* (owned) */
  gulong             finished_id;
  gulong             disconnected_id;
  guint              timeout_id;
  GList              link; /* in the list, newest last */
} Held;

struct _TdHoldList
{
  TdReleaseFunc func;
  gpointer      user_data;
  guint         max_held;
  GQueue        held; /* (element-type Held) (owned) */
};

static void
take_out (Held *held)
{
  g_queue_unlink (&held->list->held, &held->link);
  g_clear_signal_handler (&held->finished_id, held->message);
  g_clear_signal_handler (&held->disconnected_id, held->message);
  g_clear_handle_id (&held->timeout_id, g_source_remove);
}

static void
held_free (Held *held)
{
  g_object_unref (held->message);
  g_free (held);
}

static void
release (Held *held)
{
  TdHoldList *self = held->list;

  take_out (held);
  self->func (held->message, self->user_data);
  soup_server_message_unpause (held->message);
  held_free (held);
}

static gboolean
timeout_cb (gpointer user_data)
{
  Held *held = user_data;

  held->timeout_id = 0;
  release (held);

  return G_SOURCE_REMOVE;
}

static void
gone_cb (SoupServerMessage *message,
         gpointer           user_data)
{
  Held *held = user_data;

  take_out (held);
  held_free (held);
}

/**
 * td_hold_list_new:
 * @max_held: how many requests are held at most
 * @func: answers a request that is released
 * @user_data: for @func
 *
 * Returns: (transfer full): an empty list
 */
TdHoldList *
td_hold_list_new (guint         max_held,
                  TdReleaseFunc func,
                  gpointer      user_data)
{
  TdHoldList *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (TdHoldList, 1);
  self->max_held = max_held;
  self->func = func;
  self->user_data = user_data;
  g_queue_init (&self->held);

  return self;
}

/**
 * td_hold_list_free:
 * @self: a list; requests that are still held are dropped without an answer
 */
void
td_hold_list_free (TdHoldList *self)
{
  g_return_if_fail (self != NULL);

  while (self->held.head != NULL)
    {
      Held *held = self->held.head->data;

      take_out (held);
      held_free (held);
    }

  g_free (self);
}

guint
td_hold_list_get_size (TdHoldList *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->held.length;
}

/**
 * td_hold_list_add:
 * @self: a list
 * @message: a request whose handler runs now
 * @wait_s: seconds to hold it at most
 *
 * Returns: %FALSE when too many are held already, and @message was left alone
 */
gboolean
td_hold_list_add (TdHoldList        *self,
                  SoupServerMessage *message,
                  guint              wait_s)
{
  Held *held;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), FALSE);

  if (self->held.length >= self->max_held)
    return FALSE;

  held = g_new0 (Held, 1);
  held->list = self;
  held->message = g_object_ref (message);
  held->finished_id = g_signal_connect (message, "finished", G_CALLBACK (gone_cb), held);
  held->disconnected_id = g_signal_connect (message, "disconnected", G_CALLBACK (gone_cb), held);
  held->timeout_id = g_timeout_add_seconds (wait_s, timeout_cb, held);
  held->link.data = held;
  g_queue_push_tail_link (&self->held, &held->link);
  soup_server_message_pause (message);

  return TRUE;
}

/**
 * td_hold_list_release_all:
 * @self: a list
 *
 * Answers all that are held now; one that is held anew meanwhile stays.
 */
void
td_hold_list_release_all (TdHoldList *self)
{
  g_return_if_fail (self != NULL);

  for (guint n = self->held.length; n > 0 && self->held.head != NULL; n--)
    release (self->held.head->data);
}
