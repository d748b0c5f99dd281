/* td-alert-deeds.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-deeds.h"

#include <string.h>

#include "td-file-lock.h"
#include "td-file.h"
#include "td-types.h"

#define MAX_FILE (512 * 1024)
#define MAX_PARTS TD_ALERT_DEED_MAX_PARTS

/* Somebody who writes it needs milliseconds; on a folder of another machine, more. */
#define LOCK_MS 5000

/* Two programs see a situation begin at about the same time. One that was
 * started later takes it for younger. */
#define EARLIER_US TD_ALERT_BOARD_JOIN_US
#define LATER_US (2 * G_TIME_SPAN_HOUR)

/* What begins after one was closed is another one. */
#define CLOSED_LATER_US (2 * G_TIME_SPAN_MINUTE)

#define MAX_TIME (G_MAXINT64 / 4)

/* What a person does, as the file says it. */
static const char *const words[TD_N_INCIDENT_EVENTS] = {
  [TD_INCIDENT_EVENT_TAKEN] = "taken",
  [TD_INCIDENT_EVENT_HANDED_OVER] = "handed-over",
  [TD_INCIDENT_EVENT_SNOOZED] = "snoozed",
  [TD_INCIDENT_EVENT_CLOSED] = "closed",
};

/**
 * td_alert_deed_new:
 * @desk: which program tells it
 * @incident: an incident
 * @action: what a person did with it
 *
 * Returns: (transfer full): the deed
 */
TdAlertDeed *
td_alert_deed_new (const char             *desk,
                   TdIncident             *incident,
                   const TdIncidentAction *action)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  TdAlertDeed *self = g_new0 (TdAlertDeed, 1);

  for (guint i = 0; i < MIN (td_incident_get_n_parts (incident), MAX_PARTS); i++)
    {
      const TdAlert   *part = td_incident_get_part (incident, i);
      g_autofree char *key = g_strdup_printf ("%s %s %s", part->rule, td_alert_scope_to_string (part->scope), part->target);

      g_strv_builder_add (parts, key);
    }
  self->desk = g_strdup (desk);
  self->incident = td_incident_get_id (incident);
  self->started = td_incident_get_started (incident);
  self->parts = g_strv_builder_end (parts);
  self->action = td_incident_action_copy (action);

  return self;
}

void
td_alert_deed_free (TdAlertDeed *self)
{
  if (self == NULL)
    return;

  g_free (self->desk);
  g_strfreev (self->parts);
  g_clear_pointer (&self->action, td_incident_action_free);
  g_free (self);
}

TdAlertDeed *
td_alert_deed_copy (const TdAlertDeed *self)
{
  TdAlertDeed *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->desk = g_strdup (self->desk);
  copy->parts = g_strdupv (self->parts);
  copy->action = td_incident_action_copy (self->action);

  return copy;
}

const char *
td_alert_deed_get_word (const TdAlertDeed *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return words[self->action->event];
}

/**
 * td_alert_deed_find_event:
 * @word: (nullable): from td_alert_deed_get_word(), or from outside
 * @event: (out): what it means
 *
 * Returns: whether it is a deed of a person that this version knows
 */
gboolean
td_alert_deed_find_event (const char      *word,
                          TdIncidentEvent *event)
{
  for (guint i = 0; word != NULL && i < TD_N_INCIDENT_EVENTS; i++)
    {
      if (words[i] == NULL || !g_str_equal (word, words[i]))
        continue;
      *event = (TdIncidentEvent)i;
      return TRUE;
    }

  return FALSE;
}

/**
 * td_alert_deed_is_of:
 * @self: a deed
 * @incident: an incident of this program
 *
 * Returns: whether it is the one with which it was done
 */
gboolean
td_alert_deed_is_of (const TdAlertDeed *self,
                     TdIncident        *incident)
{
  gint64 started = td_incident_get_started (incident);
  gint64 later = self->action->event == TD_INCIDENT_EVENT_CLOSED ? CLOSED_LATER_US : LATER_US;

  if (started < self->started - EARLIER_US || started > self->action->at + later)
    return FALSE;

  for (guint i = 0; i < td_incident_get_n_parts (incident); i++)
    {
      const TdAlert   *part = td_incident_get_part (incident, i);
      g_autofree char *key = g_strdup_printf ("%s %s %s", part->rule, td_alert_scope_to_string (part->scope), part->target);

      if (g_strv_contains ((const char *const *)self->parts, key))
        return TRUE;
    }

  return FALSE;
}

/**
 * td_alert_deed_repeat:
 * @self: a deed
 * @board: the board of this program
 * @incident: its incident with which it was done
 *
 * Returns: whether something became of it; not where all is so already
 */
gboolean
td_alert_deed_repeat (const TdAlertDeed *self,
                      TdAlertBoard      *board,
                      TdIncident        *incident)
{
  const TdIncidentAction *action = self->action;
  const char             *owner = action->event == TD_INCIDENT_EVENT_HANDED_OVER ? action->to : action->who;

  switch ((int)action->event)
    {
    case TD_INCIDENT_EVENT_TAKEN:
    case TD_INCIDENT_EVENT_HANDED_OVER:
      if (td_incident_get_state (incident) == TD_INCIDENT_TAKEN && g_strcmp0 (td_incident_get_owner (incident), owner) == 0)
        return FALSE;
      break;
    case TD_INCIDENT_EVENT_SNOOZED:
      if (td_incident_get_until (incident) == action->until)
        return FALSE;
      break;
    case TD_INCIDENT_EVENT_CLOSED:
      break;
    default:
      return FALSE;
    }

  return td_alert_board_act (board, incident, action, NULL);
}

/**
 * td_alert_deeds_get_path:
 * @profile: name of a profile
 *
 * Returns: (transfer full): the file in which programs that watch it tell each
 *   other, beside the messages to the walls
 */
char *
td_alert_deeds_get_path (const char *profile)
{
  g_autofree char *name = g_strconcat (profile, ".taken", NULL);

  return g_build_filename (g_get_user_config_dir (), "tongdai", "messages", name, NULL);
}

/**
 * td_alert_deeds_get_lock_path:
 * @path: from td_alert_deeds_get_path()
 *
 * Returns: (transfer full): the file that is locked while somebody writes it
 */
char *
td_alert_deeds_get_lock_path (const char *path)
{
  return g_strconcat (path, ".lock", NULL);
}

GPtrArray *
td_alert_deeds_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)td_alert_deed_free);
}

GPtrArray *
td_alert_deeds_copy (GPtrArray *deeds)
{
  GPtrArray *copy = td_alert_deeds_new ();

  for (guint i = 0; i < deeds->len; i++)
    g_ptr_array_add (copy, td_alert_deed_copy (deeds->pdata[i]));

  return copy;
}

static char *
read_text (GKeyFile   *file,
           const char *group,
           const char *key,
           gsize       most)
{
  g_autofree char *text = g_key_file_get_string (file, group, key, NULL);

  return text != NULL && *text != '\0' && strlen (text) <= most ? g_steal_pointer (&text) : NULL;
}

/* Returns: (nullable): what a newer version wrote, or nobody, is left out. */
static TdAlertDeed *
read_deed (GKeyFile   *file,
           const char *group)
{
  g_autoptr (TdAlertDeed) self = g_new0 (TdAlertDeed, 1);
  TdIncidentAction *action = self->action = g_new0 (TdIncidentAction, 1);
  g_autofree char  *word = g_key_file_get_string (file, group, "what", NULL);
  gsize             n_parts = 0;

  self->desk = read_text (file, group, "desk", TD_INCIDENT_MAX_WHO);
  self->incident = g_key_file_get_int64 (file, group, "incident", NULL);
  self->started = g_key_file_get_int64 (file, group, "started", NULL);
  self->parts = g_key_file_get_string_list (file, group, "parts", &n_parts, NULL);
  action->at = g_key_file_get_int64 (file, group, "at", NULL);
  action->who = read_text (file, group, "who", TD_INCIDENT_MAX_WHO);
  action->to = read_text (file, group, "to", TD_INCIDENT_MAX_WHO);
  action->text = read_text (file, group, "text", TD_INCIDENT_MAX_TEXT);
  action->until = g_key_file_has_key (file, group, "until", NULL) ? g_key_file_get_int64 (file, group, "until", NULL) : TD_UNKNOWN;

  if (!td_alert_deed_find_event (word, &action->event) || self->desk == NULL || action->who == NULL || n_parts == 0 || n_parts > MAX_PARTS ||
      self->started <= 0 || self->started > MAX_TIME || action->at <= 0 || action->at > MAX_TIME)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * td_alert_deeds_load:
 * @path: from td_alert_deeds_get_path()
 * @error: return location
 *
 * Returns: (transfer full) (element-type TdAlertDeed) (nullable): what was done, the last of
 *   it last; nothing where there is no such file
 */
GPtrArray *
td_alert_deeds_load (const char *path,
                     GError    **error)
{
  g_autoptr (GPtrArray) deeds = td_alert_deeds_new ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) groups = NULL;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  if (!td_file_read (path, MAX_FILE, &text, &length, &reason))
    {
      if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&deeds);
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL && i < TD_ALERT_DEEDS_MAX; i++)
    {
      TdAlertDeed *deed = read_deed (file, groups[i]);

      if (deed != NULL)
        g_ptr_array_add (deeds, deed);
    }

  return g_steal_pointer (&deeds);
}

static void
write_text (GKeyFile   *file,
            const char *group,
            const char *key,
            const char *text)
{
  if (text != NULL)
    g_key_file_set_string (file, group, key, text);
}

/**
 * td_alert_deeds_save:
 * @path: from td_alert_deeds_get_path()
 * @deeds: (element-type TdAlertDeed): what was done
 * @error: return location
 *
 * Whoever may read the file reads the names of those who take alerts; it is
 * for its owner alone.
 *
 * Returns: whether it was written
 */
gboolean
td_alert_deeds_save (const char *path,
                     GPtrArray  *deeds,
                     GError    **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *data = NULL;
  gsize            length;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (deeds != NULL, FALSE);

  for (guint i = 0; i < deeds->len; i++)
    {
      const TdAlertDeed *deed = g_ptr_array_index (deeds, i);
      g_autofree char   *group = g_strdup_printf ("%u", i + 1);

      g_key_file_set_string (file, group, "what", td_alert_deed_get_word (deed));
      g_key_file_set_string (file, group, "desk", deed->desk);
      g_key_file_set_int64 (file, group, "incident", deed->incident);
      g_key_file_set_int64 (file, group, "started", deed->started);
      g_key_file_set_string_list (file, group, "parts", (const char *const *)deed->parts, g_strv_length (deed->parts));
      g_key_file_set_int64 (file, group, "at", deed->action->at);
      write_text (file, group, "who", deed->action->who);
      write_text (file, group, "to", deed->action->to);
      write_text (file, group, "text", deed->action->text);
      if (TD_IS_KNOWN (deed->action->until))
        g_key_file_set_int64 (file, group, "until", deed->action->until);
    }
  data = g_key_file_to_data (file, &length, NULL);

  return td_file_save (path, data, (gssize)length, error);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 x = (*(TdAlertDeed *const *)a)->action->at, y = (*(TdAlertDeed *const *)b)->action->at;

  return x < y ? -1 : x > y;
}

/* In the order of their times, without what is old or more than there is room for. */
static void
tidy (GPtrArray *deeds)
{
  gint64 newest;

  if (deeds->len == 0)
    return;

  g_ptr_array_sort (deeds, compare_times);
  newest = ((TdAlertDeed *)deeds->pdata[deeds->len - 1])->action->at;
  while (newest - ((TdAlertDeed *)deeds->pdata[0])->action->at > TD_ALERT_DEEDS_KEPT_US || deeds->len > TD_ALERT_DEEDS_MAX)
    g_ptr_array_remove_index (deeds, 0);
}

/* What cannot be read for what it says is written anew; what cannot be read at
 * all may hold what others told. */
static gboolean
is_rubbish (const GError *error)
{
  return error->domain == G_KEY_FILE_ERROR || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
}

/**
 * td_alert_deeds_tell:
 * @path: from td_alert_deeds_get_path()
 * @desk: the program that tells
 * @own: (element-type TdAlertDeed): all that it has to tell
 * @error: return location
 *
 * Puts @own in the place of what @desk told before, and leaves what others
 * told as it is, whoever else writes at the same time. Not for the main thread:
 * it waits for them, and for the disk.
 *
 * Returns: (transfer full) (element-type TdAlertDeed) (nullable): what all of them told
 */
GPtrArray *
td_alert_deeds_tell (const char *path,
                     const char *desk,
                     GPtrArray  *own,
                     GError    **error)
{
  g_autofree char *lock_path = td_alert_deeds_get_lock_path (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GPtrArray) deeds = NULL;
  g_autoptr (GError) reason = NULL;
  int      lock;
  gboolean is_written = FALSE;

  g_return_val_if_fail (desk != NULL, NULL);
  g_return_val_if_fail (own != NULL, NULL);

  /* That it cannot be made is told by the lock, with its path. */
  g_mkdir_with_parents (folder, 0700);
  lock = td_file_lock (lock_path, LOCK_MS, error);
  if (lock < 0)
    return NULL;

  deeds = td_alert_deeds_load (path, &reason);
  if (deeds == NULL && is_rubbish (reason))
    deeds = td_alert_deeds_new ();
  if (deeds != NULL)
    {
      for (guint i = deeds->len; i > 0; i--)
        {
          if (g_str_equal (((TdAlertDeed *)deeds->pdata[i - 1])->desk, desk))
            g_ptr_array_remove_index (deeds, i - 1);
        }
      for (guint i = 0; i < own->len; i++)
        g_ptr_array_add (deeds, td_alert_deed_copy (own->pdata[i]));
      tidy (deeds);
      is_written = td_alert_deeds_save (path, deeds, error);
    }
  else
    g_propagate_error (error, g_steal_pointer (&reason));
  td_file_unlock (lock);

  return is_written ? g_steal_pointer (&deeds) : NULL;
}

/**
 * td_alert_deeds_drop:
 * @deeds: (element-type TdAlertDeed): what was done
 * @desk: a program
 * @incident: id of an incident there
 *
 * Returns: whether anything was known of it
 */
gboolean
td_alert_deeds_drop (GPtrArray  *deeds,
                     const char *desk,
                     gint64      incident)
{
  guint n = deeds->len;

  for (guint i = n; i > 0; i--)
    {
      const TdAlertDeed *deed = g_ptr_array_index (deeds, i - 1);

      if (deed->incident == incident && g_str_equal (deed->desk, desk))
        g_ptr_array_remove_index (deeds, i - 1);
    }

  return deeds->len < n;
}

/**
 * td_alert_deeds_put:
 * @deeds: (element-type TdAlertDeed): what was done before
 * @deed: (transfer full): what is done now
 *
 * In the place of what was done with the same incident before; what is old goes.
 */
void
td_alert_deeds_put (GPtrArray   *deeds,
                    TdAlertDeed *deed)
{
  g_return_if_fail (deeds != NULL);
  g_return_if_fail (deed != NULL && words[deed->action->event] != NULL);

  td_alert_deeds_drop (deeds, deed->desk, deed->incident);
  for (guint i = deeds->len; i > 0; i--)
    {
      const TdAlertDeed *other = g_ptr_array_index (deeds, i - 1);

      if (ABS (other->action->at - deed->action->at) > TD_ALERT_DEEDS_KEPT_US)
        g_ptr_array_remove_index (deeds, i - 1);
    }
  if (deeds->len >= TD_ALERT_DEEDS_MAX)
    g_ptr_array_remove_range (deeds, 0, deeds->len - TD_ALERT_DEEDS_MAX + 1);
  g_ptr_array_add (deeds, deed);
}
