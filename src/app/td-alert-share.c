/* td-alert-share.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-share.h"

#include <glib/gi18n.h>
#include <string.h>

#include "td-alert-deeds.h"
#include "td-file-watch.h"

/* What could not be written is tried again so much later. */
#define RETRY_S 5

/* For so long the end of the program waits for what was just told. */
#define LAST_US (2 * G_TIME_SPAN_SECOND)

/* Goes to a thread once to write and read, or only to read, and comes back.
 * Whoever waits no longer lets it go its way. */
typedef struct
{
  gatomicrefcount references;
  char           *path;   /* (owned) */
  char           *desk;   /* (owned) */
  GPtrArray      *own;    /* (owned) (nullable) (element-type TdAlertDeed): to be written */
  GPtrArray      *result; /* (owned) (nullable) (element-type TdAlertDeed) */
  GError         *error;  /* (owned) (nullable) */
  GMutex          mutex;
  GCond           is_back;
  gboolean        is_done; /* (mutex mutex) */
} Round;

/* What was told or heard last of an incident here. */
typedef struct
{
  char             *desk;   /* (owned) */
  TdIncidentAction *action; /* (owned) */
} Last;

struct _TdAlertShare
{
  GObject parent_instance;

  TdAlertBoard *board;     /* (owned) */
  TdFileWatch  *file;      /* (owned) */
  char         *desk;      /* (owned): the name of this program */
  GPtrArray    *own;       /* (owned) (element-type TdAlertDeed): what it has to tell */
  GPtrArray    *deeds;     /* (owned) (element-type TdAlertDeed): what the file says */
  GHashTable   *elsewhere; /* (owned) (element-type utf8 GPtrArray): what is heard from other places */
  GHashTable   *heard;     /* (owned) (element-type gint64 Last): of incidents here */
  Round        *round;     /* (owned) (nullable): that is under way */
  char         *trouble;   /* (owned) (nullable): what was said last of the file */
  gboolean      is_untold; /* own is not in the file yet */
  gboolean      is_unread; /* the file is another one */
  gboolean      is_repeating;
  guint         source;
  guint         retry_source;
};

enum {
  CHANGED,
  SAID,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdAlertShare, td_alert_share, G_TYPE_OBJECT)

static void work (TdAlertShare *self);

static void
release_round (Round *round)
{
  if (!g_atomic_ref_count_dec (&round->references))
    return;

  g_free (round->path);
  g_free (round->desk);
  g_clear_pointer (&round->own, g_ptr_array_unref);
  g_clear_pointer (&round->result, g_ptr_array_unref);
  g_clear_error (&round->error);
  g_mutex_clear (&round->mutex);
  g_cond_clear (&round->is_back);
  g_free (round);
}

static void
free_last (gpointer data)
{
  Last *last = data;

  g_free (last->desk);
  td_incident_action_free (last->action);
  g_free (last);
}

static void
note (TdAlertShare           *self,
      const char             *desk,
      TdIncident             *incident,
      const TdIncidentAction *action)
{
  gint64 id = td_incident_get_id (incident);
  Last  *last = g_new0 (Last, 1);

  last->desk = g_strdup (desk);
  last->action = td_incident_action_copy (action);
  g_hash_table_insert (self->heard, g_memdup2 (&id, sizeof id), last);
}

/* Several things may be done in one moment of a source whose clock is coarse:
 * at one desk the last of them counts, and of two desks everywhere the same. */
static gboolean
is_news (const Last        *last,
         const TdAlertDeed *deed)
{
  const TdIncidentAction *action = deed->action;

  if (last == NULL || action->at != last->action->at)
    return last == NULL || action->at > last->action->at;
  if (!g_str_equal (deed->desk, last->desk))
    return strcmp (deed->desk, last->desk) > 0;

  return action->event != last->action->event || g_strcmp0 (action->who, last->action->who) != 0 ||
         g_strcmp0 (action->to, last->action->to) != 0;
}

static void
repeat (TdAlertShare      *self,
        const TdAlertDeed *deed,
        TdIncident        *incident)
{
  gint64 id = td_incident_get_id (incident);

  /* What became of it since is newer. */
  if (!is_news (g_hash_table_lookup (self->heard, &id), deed) || !td_alert_deed_is_of (deed, incident))
    return;

  note (self, deed->desk, incident, deed->action);
  td_alert_deed_repeat (deed, self->board, incident);
}

static gboolean
is_gone (gpointer key,
         gpointer value,
         gpointer user_data)
{
  TdAlertShare *self = user_data;

  return td_alert_board_find (self->board, *(gint64 *)key) == NULL;
}

static const TdAlertDeed *
find_same (GPtrArray         *deeds,
           const TdAlertDeed *deed,
           guint             *index)
{
  for (*index = 0; *index < deeds->len; (*index)++)
    {
      const TdAlertDeed *other = deeds->pdata[*index];

      if (other->incident == deed->incident && g_str_equal (other->desk, deed->desk))
        return other;
    }

  return NULL;
}

/* What was done elsewhere, each once: the newest that is known of it, and of
 * two that are the same what the file says, which may name somebody. */
static GPtrArray *
merge (TdAlertShare *self)
{
  GPtrArray     *all = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       deeds;

  g_ptr_array_extend (all, self->deeds, NULL, NULL);
  g_hash_table_iter_init (&iter, self->elsewhere);
  while (g_hash_table_iter_next (&iter, NULL, &deeds))
    {
      for (guint i = 0; i < ((GPtrArray *)deeds)->len; i++)
        {
          TdAlertDeed       *deed = ((GPtrArray *)deeds)->pdata[i];
          guint              index;
          const TdAlertDeed *other = find_same (all, deed, &index);

          if (other == NULL)
            g_ptr_array_add (all, deed);
          else if (deed->action->at > other->action->at)
            all->pdata[index] = deed;
        }
    }

  return all;
}

static void
hear (TdAlertShare *self)
{
  GListModel *incidents = td_alert_board_get_incidents (self->board);
  g_autoptr (GPtrArray) deeds = merge (self);

  self->is_repeating = TRUE;
  g_hash_table_foreach_remove (self->heard, is_gone, self);
  for (guint d = 0; d < deeds->len; d++)
    {
      const TdAlertDeed *deed = g_ptr_array_index (deeds, d);

      if (g_str_equal (deed->desk, self->desk))
        continue;
      for (guint i = g_list_model_get_n_items (incidents); i > 0; i--)
        {
          g_autoptr (TdIncident) incident = g_list_model_get_item (incidents, i - 1);

          repeat (self, deed, incident);
        }
    }
  self->is_repeating = FALSE;
}

static gboolean
hear_cb (gpointer user_data)
{
  TdAlertShare *self = user_data;

  self->source = 0;
  hear (self);

  return G_SOURCE_REMOVE;
}

static gboolean
retry_cb (gpointer user_data)
{
  TdAlertShare *self = user_data;

  self->retry_source = 0;
  work (self);

  return G_SOURCE_REMOVE;
}

/* Once for as long as it is the same; of what was done here to the person who did it. */
static void
say_trouble (TdAlertShare *self,
             const GError *error,
             gboolean      is_untold)
{
  if (error != NULL && g_strcmp0 (self->trouble, error->message) != 0)
    {
      /* Translators: of who took an alert, or closed it; then the path of a file, and why it cannot be written. */
      g_autofree char *words = g_strdup_printf (_ ("Walls and other desks do not hear of it yet: %s"), error->message);

      g_printerr ("tongdai: %s\n", error->message);
      if (is_untold)
        g_signal_emit (self, signals[SAID], 0, words);
    }
  g_free (self->trouble);
  self->trouble = error != NULL ? g_strdup (error->message) : NULL;
}

static void
come_back (TdAlertShare *self,
           Round        *round)
{
  say_trouble (self, round->error, round->own != NULL);
  if (round->result != NULL)
    {
      g_clear_pointer (&self->deeds, g_ptr_array_unref);
      self->deeds = g_steal_pointer (&round->result);
      hear (self);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  else if (round->own != NULL)
    {
      self->is_untold = TRUE;
      if (self->retry_source == 0)
        self->retry_source = g_timeout_add_seconds (RETRY_S, retry_cb, self);
      return;
    }
  work (self);
}

static void
came_back_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GWeakRef *reference = user_data;
  g_autoptr (TdAlertShare) self = g_weak_ref_get (reference);
  Round *round = g_task_get_task_data (G_TASK (result));

  g_weak_ref_clear (reference);
  g_free (reference);
  if (self == NULL || self->round != round)
    return;

  self->round = NULL;
  come_back (self, round);
  release_round (round);
}

static void
go (GTask        *task,
    gpointer      source_object,
    gpointer      task_data,
    GCancellable *cancellable)
{
  Round *round = task_data;

  if (round->own != NULL)
    round->result = td_alert_deeds_tell (round->path, round->desk, round->own, &round->error);
  else
    round->result = td_alert_deeds_load (round->path, &round->error);
  g_mutex_lock (&round->mutex);
  round->is_done = TRUE;
  g_cond_broadcast (&round->is_back);
  g_mutex_unlock (&round->mutex);
  g_task_return_boolean (task, TRUE);
}

static void
start (TdAlertShare *self,
       gboolean      is_telling)
{
  g_autoptr (GTask) task = NULL;
  GWeakRef *reference = g_new0 (GWeakRef, 1);
  Round    *round = g_new0 (Round, 1);

  g_atomic_ref_count_init (&round->references);
  g_atomic_ref_count_inc (&round->references);
  g_mutex_init (&round->mutex);
  g_cond_init (&round->is_back);
  round->path = g_strdup (td_file_watch_get_path (self->file));
  round->desk = g_strdup (self->desk);
  round->own = is_telling ? td_alert_deeds_copy (self->own) : NULL;
  self->round = round;

  g_weak_ref_init (reference, self);
  task = g_task_new (NULL, NULL, came_back_cb, reference);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, round, (GDestroyNotify)release_round);
  g_task_run_in_thread (task, go);
}

/* One after the other: what was told last is written last. */
static void
work (TdAlertShare *self)
{
  gboolean is_telling = self->is_untold;

  if (self->round != NULL || self->retry_source != 0 || !(self->is_untold || self->is_unread))
    return;

  /* Who writes it reads it too. */
  self->is_untold = self->is_unread = FALSE;
  start (self, is_telling);
}

static void
await (Round *round,
       gint64 until)
{
  g_mutex_lock (&round->mutex);
  while (!round->is_done && g_cond_wait_until (&round->is_back, &round->mutex, until))
    ;
  g_mutex_unlock (&round->mutex);
}

/* What somebody just did is not lost because the program ends; a folder that
 * hangs does not keep it from ending. */
static void
finish (TdAlertShare *self)
{
  gint64 until = g_get_monotonic_time () + LAST_US;

  if (self->round != NULL && (self->is_untold || self->round->own != NULL))
    await (self->round, until);
  g_clear_pointer (&self->round, release_round);
  if (self->is_untold)
    {
      start (self, TRUE);
      await (self->round, until);
      g_clear_pointer (&self->round, release_round);
    }
}

static void
file_changed_cb (TdAlertShare *self)
{
  self->is_unread = TRUE;
  work (self);
}

static void
tell (TdAlertShare           *self,
      TdIncident             *incident,
      const TdIncidentAction *action)
{
  note (self, self->desk, incident, action);
  td_alert_deeds_put (self->own, td_alert_deed_new (self->desk, incident, action));
  self->is_untold = TRUE;
  work (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* It is over here, so that the next one like it is not that one. */
static void
forget (TdAlertShare *self,
        TdIncident   *incident)
{
  if (!td_alert_deeds_drop (self->own, self->desk, td_incident_get_id (incident)))
    return;

  self->is_untold = TRUE;
  work (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
event_cb (TdAlertShare   *self,
          TdIncident     *incident,
          TdIncidentEvent event,
          gpointer        detail)
{
  const TdIncidentAction *action = detail;

  switch (event)
    {
    case TD_INCIDENT_EVENT_RAISED:
    case TD_INCIDENT_EVENT_PART:
    case TD_INCIDENT_EVENT_WORSE:
      /* Another program may have seen it before; the board is not done with it yet. */
      if (self->source == 0)
        self->source = g_idle_add (hear_cb, self);
      break;
    case TD_INCIDENT_EVENT_TAKEN:
    case TD_INCIDENT_EVENT_HANDED_OVER:
    case TD_INCIDENT_EVENT_SNOOZED:
    case TD_INCIDENT_EVENT_CLOSED:
      if (self->is_repeating)
        break;
      if (action->who != NULL)
        tell (self, incident, action);
      else
        forget (self, incident);
      break;
    case TD_INCIDENT_EVENT_PART_CLEARED:
    case TD_INCIDENT_EVENT_ENDED:
    case TD_INCIDENT_EVENT_WOKEN:
    case TD_INCIDENT_EVENT_ESCALATED:
    case TD_N_INCIDENT_EVENTS:
    default:
      break;
    }
}

static void
td_alert_share_dispose (GObject *object)
{
  TdAlertShare *self = TD_ALERT_SHARE (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  if (self->file != NULL)
    finish (self);
  g_clear_object (&self->file);
  g_clear_object (&self->board);

  G_OBJECT_CLASS (td_alert_share_parent_class)->dispose (object);
}

static void
td_alert_share_finalize (GObject *object)
{
  TdAlertShare *self = TD_ALERT_SHARE (object);

  g_free (self->desk);
  g_free (self->trouble);
  g_clear_pointer (&self->own, g_ptr_array_unref);
  g_clear_pointer (&self->elsewhere, g_hash_table_unref);
  g_clear_pointer (&self->deeds, g_ptr_array_unref);
  g_clear_pointer (&self->heard, g_hash_table_unref);

  G_OBJECT_CLASS (td_alert_share_parent_class)->finalize (object);
}

static void
td_alert_share_class_init (TdAlertShareClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_alert_share_dispose;
  object_class->finalize = td_alert_share_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /* What could not be written, and why: a sentence for the person who did it. */
  signals[SAID] = g_signal_new ("said", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
td_alert_share_init (TdAlertShare *self)
{
  self->desk = g_uuid_string_random ();
  self->own = td_alert_deeds_new ();
  self->deeds = td_alert_deeds_new ();
  self->elsewhere = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  self->heard = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_last);
}

/**
 * td_alert_share_new:
 * @board: the board of this program
 * @profile: name of the profile that it watches
 *
 * Returns: (transfer full): what lets others know, as long as it lives
 */
TdAlertShare *
td_alert_share_new (TdAlertBoard *board,
                    const char   *profile)
{
  g_autofree char *path = td_alert_deeds_get_path (profile);
  TdAlertShare    *self;

  g_return_val_if_fail (TD_IS_ALERT_BOARD (board), NULL);
  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (TD_TYPE_ALERT_SHARE, NULL);
  self->board = g_object_ref (board);
  self->file = td_file_watch_new_unread (path);
  g_signal_connect_object (self->file, "changed", G_CALLBACK (file_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * td_alert_share_hear:
 * @self: a share
 * @place: where it is heard
 * @deeds: (nullable) (element-type TdAlertDeed): all that is known from there now
 *
 * Does here what was done there. What was heard before holds for the
 * incidents that there are; for those to come only @deeds do.
 */
void
td_alert_share_hear (TdAlertShare *self,
                     const char   *place,
                     GPtrArray    *deeds)
{
  g_return_if_fail (TD_IS_ALERT_SHARE (self));
  g_return_if_fail (place != NULL);

  if (deeds == NULL)
    {
      g_hash_table_remove (self->elsewhere, place);
      return;
    }

  g_hash_table_replace (self->elsewhere, g_strdup (place), td_alert_deeds_copy (deeds));
  hear (self);
}

/**
 * td_alert_share_list:
 * @self: a share
 *
 * Returns: (transfer full) (element-type TdAlertDeed): what was done here, and
 *   what the file says of others; not what is heard from other places
 */
GPtrArray *
td_alert_share_list (TdAlertShare *self)
{
  GPtrArray *deeds;

  g_return_val_if_fail (TD_IS_ALERT_SHARE (self), NULL);

  deeds = td_alert_deeds_copy (self->own);
  for (guint i = 0; i < self->deeds->len; i++)
    {
      const TdAlertDeed *deed = self->deeds->pdata[i];

      if (!g_str_equal (deed->desk, self->desk))
        g_ptr_array_add (deeds, td_alert_deed_copy (deed));
    }

  return deeds;
}
