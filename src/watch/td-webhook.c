/* td-webhook.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-webhook.h"

#include <glib/gi18n.h>

#include "td-clock.h"
#include "td-webhook-post.h"

/* Doubling beyond this is past any pause that is allowed. */
#define MAX_DOUBLINGS 16

struct _TdWebhook
{
  GObject parent_instance;

  TdConnection *connection; /* (owned) */
  SoupSession  *session;    /* (owned) */
  TdOutbox     *outbox;     /* (owned) (nullable): until it is stopped */
  TdWebhookPace pace;
  GCancellable *cancellable; /* (owned): of all tries */
  char         *posting;     /* (owned) (nullable): id of what is on its way; it may have left the outbox since */
  guint         n_failures;  /* one after another */
  guint         timer;       /* until the next try */
};

enum {
  DELIVERED,
  FAILED,
  GIVEN_UP,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdWebhook, td_webhook, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void post_next (TdWebhook *self);

static void
give_up (TdWebhook  *self,
         const char *id,
         const char *message)
{
  /* Its id alone: what it tells may be of people. */
  g_message ("The message %s is not sent to the webhook any more: %s", id, message);
  td_outbox_remove (self->outbox, id);
  g_signal_emit (self, signals[GIVEN_UP], 0, id, message);
}

static gboolean
timer_cb (gpointer user_data)
{
  TdWebhook *self = user_data;

  self->timer = 0;
  post_next (self);

  return G_SOURCE_REMOVE;
}

/* Half of the pause at least, so that many desks do not come back at once. */
static void
wait_for_next (TdWebhook *self,
               guint      retry_after)
{
  guint  doublings = MIN (self->n_failures - 1, MAX_DOUBLINGS);
  double pause_ms = MIN ((double)self->pace.first_ms * (1 << doublings), self->pace.most_ms);

  pause_ms *= g_random_double_range (0.5, 1);
  pause_ms = MAX (pause_ms, MIN (retry_after * 1000.0, self->pace.most_ms));
  self->timer = g_timeout_add ((guint)pause_ms, timer_cb, self);
}

static void
posted_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdWebhook) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_steal_pointer (&self->posting);
  guint            retry_after;
  TdWebhookOutcome outcome = td_webhook_post_finish (result, &retry_after, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  switch (outcome)
    {
    case TD_WEBHOOK_DELIVERED:
      self->n_failures = 0;
      td_outbox_remove (self->outbox, id);
      g_signal_emit (self, signals[DELIVERED], 0, id);
      break;

    case TD_WEBHOOK_REFUSED:
      self->n_failures = 0;
      give_up (self, id, error->message);
      break;

    case TD_WEBHOOK_FAILED:
    default:
      self->n_failures++;
      g_info ("The webhook did not take the message %s: %s", id, error->message);
      wait_for_next (self, retry_after);
      g_signal_emit (self, signals[FAILED], 0, id, error->message);
      break;
    }
  post_next (self);
}

/* Where the disk is full of other things, or somebody looked after the files. */
static GBytes *
read_first (TdWebhook *self)
{
  while (self->outbox != NULL && td_outbox_peek (self->outbox) != NULL)
    {
      const TdOutboxItem *item = td_outbox_peek (self->outbox);
      g_autoptr (GError) error = NULL;
      g_autofree char *id = g_strdup (item->id);
      GBytes          *body;

      if (td_clock_get () - item->born > self->pace.max_age_ms * G_TIME_SPAN_MILLISECOND)
        {
          give_up (self, id, _ ("the webhook did not take it in time"));
          continue;
        }

      body = td_outbox_read_first (self->outbox, &error);
      if (body != NULL)
        return body;
      give_up (self, id, error->message);
    }

  return NULL;
}

static void
post_next (TdWebhook *self)
{
  g_autoptr (GBytes) body = NULL;

  if (self->posting != NULL || self->timer != 0 || g_cancellable_is_cancelled (self->cancellable))
    return;

  body = read_first (self);
  if (body == NULL)
    return;

  self->posting = g_strdup (td_outbox_peek (self->outbox)->id);
  td_webhook_post_async (self->session, self->connection, self->posting, body,
                         self->pace.deadline_ms, self->cancellable, posted_cb, g_object_ref (self));
}

static void
td_webhook_dispose (GObject *object)
{
  TdWebhook *self = TD_WEBHOOK (object);

  td_webhook_stop (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (td_webhook_parent_class)->dispose (object);
}

static void
td_webhook_finalize (GObject *object)
{
  TdWebhook *self = TD_WEBHOOK (object);

  g_clear_pointer (&self->connection, td_connection_free);
  g_clear_object (&self->cancellable);
  g_free (self->posting);

  G_OBJECT_CLASS (td_webhook_parent_class)->finalize (object);
}

static void
td_webhook_class_init (TdWebhookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_webhook_dispose;
  object_class->finalize = td_webhook_finalize;

  signals[DELIVERED] = g_signal_new ("delivered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[GIVEN_UP] = g_signal_new ("given-up", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
td_webhook_init (TdWebhook *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * td_webhook_new:
 * @connection: where it is, with its secret; copied
 * @outbox: what it is told; what was left in it is sent at once
 * @pace: (nullable): %TD_WEBHOOK_PACE_DEFAULT where it is %NULL
 * @error: return location; a connection that may not be made
 *
 * Returns: (transfer full) (nullable): a webhook
 */
TdWebhook *
td_webhook_new (const TdConnection  *connection,
                TdOutbox            *outbox,
                const TdWebhookPace *pace,
                GError             **error)
{
  g_autoptr (TdWebhook) self = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (TD_IS_OUTBOX (outbox), NULL);

  self = g_object_new (TD_TYPE_WEBHOOK, NULL);
  self->connection = td_connection_copy (connection);
  self->outbox = g_object_ref (outbox);
  self->pace = pace != NULL ? *pace : TD_WEBHOOK_PACE_DEFAULT;
  self->session = td_connection_create_session (connection, error);
  if (self->session == NULL)
    return NULL;

  post_next (self);

  return g_steal_pointer (&self);
}

/**
 * td_webhook_tell:
 * @self: a webhook
 * @id: names what is told; see td_outbox_add()
 * @body: JSON
 * @error: return location; the disk did not take it
 *
 * Returns: whether the webhook will be told, as long as it takes it in time
 */
gboolean
td_webhook_tell (TdWebhook  *self,
                 const char *id,
                 GBytes     *body,
                 GError    **error)
{
  g_return_val_if_fail (TD_IS_WEBHOOK (self), FALSE);
  g_return_val_if_fail (self->outbox != NULL, FALSE);

  if (!td_outbox_add (self->outbox, id, body, error))
    return FALSE;

  post_next (self);

  return TRUE;
}

/**
 * td_webhook_stop:
 * @self: a webhook
 *
 * Tells nothing more, without a signal; what waits stays in the outbox, which
 * is let go of at once. A webhook that is on its way to tell something lives
 * until this is called.
 */
void
td_webhook_stop (TdWebhook *self)
{
  g_return_if_fail (TD_IS_WEBHOOK (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->outbox);
}

guint
td_webhook_get_n_waiting (TdWebhook *self)
{
  g_return_val_if_fail (TD_IS_WEBHOOK (self), 0);

  return self->outbox != NULL ? td_outbox_get_n_items (self->outbox) : 0;
}
