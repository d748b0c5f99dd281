/* td-alert-share.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-share.h"

#include "td-alert-deeds.h"
#include "td-file-watch.h"

struct _TdAlertShare
{
  GObject parent_instance;

  TdAlertBoard *board; /* (owned) */
  TdFileWatch  *file;  /* (owned) */
  char         *desk;  /* (owned): the name of this program */
  GPtrArray    *deeds; /* (owned) (element-type TdAlertDeed): what the file says */
  GHashTable   *heard; /* (owned) (element-type gint64 TdIncidentAction): of an incident here, what was told or heard last */
  gboolean      is_repeating;
  guint         source;
};

G_DEFINE_FINAL_TYPE (TdAlertShare, td_alert_share, G_TYPE_OBJECT)

static void
note (TdAlertShare           *self,
      TdIncident             *incident,
      const TdIncidentAction *action)
{
  gint64 id = td_incident_get_id (incident);

  g_hash_table_insert (self->heard, g_memdup2 (&id, sizeof id), td_incident_action_copy (action));
}

/* Several things may be done in one moment of a source whose clock is coarse. */
static gboolean
is_news (const TdIncidentAction *last,
         const TdIncidentAction *action)
{
  return last == NULL || action->at > last->at ||
         (action->at == last->at &&
          (action->event != last->event || g_strcmp0 (action->who, last->who) != 0 || g_strcmp0 (action->to, last->to) != 0));
}

static void
repeat (TdAlertShare      *self,
        const TdAlertDeed *deed,
        TdIncident        *incident)
{
  gint64 id = td_incident_get_id (incident);

  /* What became of it since is newer. */
  if (!is_news (g_hash_table_lookup (self->heard, &id), deed->action) || !td_alert_deed_is_of (deed, incident))
    return;

  note (self, incident, deed->action);
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

static void
hear (TdAlertShare *self)
{
  GListModel *incidents = td_alert_board_get_incidents (self->board);

  self->is_repeating = TRUE;
  g_hash_table_foreach_remove (self->heard, is_gone, self);
  for (guint d = 0; d < self->deeds->len; d++)
    {
      const TdAlertDeed *deed = g_ptr_array_index (self->deeds, d);

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

static void
read_file (TdAlertShare *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deeds = td_alert_deeds_load (td_file_watch_get_path (self->file), &error);

  if (deeds == NULL)
    {
      g_printerr ("tongdai: %s\n", error->message);
      return;
    }

  g_clear_pointer (&self->deeds, g_ptr_array_unref);
  self->deeds = g_steal_pointer (&deeds);
}

static void
file_changed_cb (TdAlertShare *self)
{
  read_file (self);
  hear (self);
}

static gboolean
hear_cb (gpointer user_data)
{
  TdAlertShare *self = user_data;

  self->source = 0;
  hear (self);

  return G_SOURCE_REMOVE;
}

/* What another program wrote meanwhile stays. */
static void
tell (TdAlertShare           *self,
      TdIncident             *incident,
      const TdIncidentAction *action)
{
  g_autoptr (GError) error = NULL;

  note (self, incident, action);
  read_file (self);
  td_alert_deeds_put (self->deeds, td_alert_deed_new (self->desk, incident, action));
  if (!td_alert_deeds_save (td_file_watch_get_path (self->file), self->deeds, &error))
    g_printerr ("tongdai: %s\n", error->message);
}

/* It is over here, so that the next one like it is not that one. */
static void
forget (TdAlertShare *self,
        TdIncident   *incident)
{
  g_autoptr (GError) error = NULL;

  read_file (self);
  if (td_alert_deeds_drop (self->deeds, self->desk, td_incident_get_id (incident)) &&
      !td_alert_deeds_save (td_file_watch_get_path (self->file), self->deeds, &error))
    g_printerr ("tongdai: %s\n", error->message);
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
      if (self->source == 0 && self->deeds->len > 0)
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
  g_clear_object (&self->file);
  g_clear_object (&self->board);

  G_OBJECT_CLASS (td_alert_share_parent_class)->dispose (object);
}

static void
td_alert_share_finalize (GObject *object)
{
  TdAlertShare *self = TD_ALERT_SHARE (object);

  g_free (self->desk);
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
}

static void
td_alert_share_init (TdAlertShare *self)
{
  self->desk = g_uuid_string_random ();
  self->deeds = g_ptr_array_new_with_free_func ((GDestroyNotify)td_alert_deed_free);
  self->heard = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)td_incident_action_free);
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
  self->file = td_file_watch_new (path);
  g_signal_connect_object (self->file, "changed", G_CALLBACK (file_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  read_file (self);
  hear (self);

  return self;
}
