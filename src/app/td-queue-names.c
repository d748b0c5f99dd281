/* td-queue-names.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-queue-names.h"

#include <glib/gi18n.h>

typedef enum {
  FIELD_NAME,
  FIELD_HOTLINE,
  FIELD_REASON,
  FIELD_AREA,
  N_FIELDS
} Field;

static const char *const titles[N_FIELDS] = {
  [FIELD_NAME] = N_ ("Name"),
  [FIELD_HOTLINE] = N_ ("Hotline: the number that customers dial"),
  [FIELD_REASON] = N_ ("Reason: why customers call it"),
  [FIELD_AREA] = N_ ("Area: the provinces it serves"),
};

/* A queue, and its rows once somebody looked at them. */
typedef struct
{
  TdQueueNames *names;            /* (unowned) */
  char         *id;               /* (owned) */
  char         *fields[N_FIELDS]; /* (owned) (nullable) */
  GtkWidget    *row;              /* (unowned) */
  GtkWidget    *entries[N_FIELDS];
} Entry;

struct _TdQueueNames
{
  AdwPreferencesPage parent_instance;

  GtkWidget *group;
  GPtrArray *entries; /* (owned) (element-type Entry) */
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdQueueNames, td_queue_names, ADW_TYPE_PREFERENCES_PAGE)

static guint signals[N_SIGNALS];

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  for (guint i = 0; i < N_FIELDS; i++)
    g_free (entry->fields[i]);
  g_free (entry->id);
  g_free (entry);
}

static void
show_name (Entry *entry)
{
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (entry->row),
                                 entry->fields[FIELD_NAME] != NULL ? entry->fields[FIELD_NAME] : "");
}

static void
apply_cb (Entry *entry)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry->entries[i]))));

      g_free (entry->fields[i]);
      entry->fields[i] = *text != '\0' ? g_steal_pointer (&text) : NULL;
      g_free (text);
    }
  show_name (entry);
  g_signal_emit (entry->names, signals[CHANGED], 0);
}

/* A centre may have hundreds of queues: the entries of one are made when it is
 * opened. */
static void
expanded_cb (Entry *entry)
{
  if (entry->entries[0] != NULL || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (entry->row)))
    return;

  for (guint i = 0; i < N_FIELDS; i++)
    {
      GtkWidget *row = adw_entry_row_new ();

      entry->entries[i] = row;
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), gettext (titles[i]));
      gtk_editable_set_text (GTK_EDITABLE (row), entry->fields[i] != NULL ? entry->fields[i] : "");
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
      g_signal_connect_swapped (row, "apply", G_CALLBACK (apply_cb), entry);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (entry->row), row);
    }
}

static void
td_queue_names_finalize (GObject *object)
{
  TdQueueNames *self = TD_QUEUE_NAMES (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (td_queue_names_parent_class)->finalize (object);
}

static void
td_queue_names_class_init (TdQueueNamesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_queue_names_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_queue_names_init (TdQueueNames *self)
{
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _ ("Queues"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self), "view-list-symbolic");

  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _ ("Queues"));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->group));
}

GtkWidget *
td_queue_names_new (void)
{
  return g_object_new (TD_TYPE_QUEUE_NAMES, NULL);
}

static Entry *
add_entry (TdQueueNames *self,
           const char   *id)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->names = self;
  entry->id = g_strdup (id);
  g_ptr_array_add (self->entries, entry);

  return entry;
}

/**
 * td_queue_names_set_profile:
 * @self: a page
 * @profile: what is known of queues already
 * @centre: (nullable): whose queues these are; set once
 *
 * Shows the queues that the centre has now, and those of the profile that it
 * does not have.
 */
void
td_queue_names_set_profile (TdQueueNames    *self,
                            const TdProfile *profile,
                            TdCentre        *centre)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_if_fail (TD_IS_QUEUE_NAMES (self));
  g_return_if_fail (profile != NULL);
  g_return_if_fail (self->entries->len == 0);

  for (guint i = 0; i < profile->queues->len; i++)
    {
      const TdProfileQueue *queue = g_ptr_array_index (profile->queues, i);
      Entry                *entry = add_entry (self, queue->id);

      entry->fields[FIELD_NAME] = g_strdup (queue->name);
      entry->fields[FIELD_HOTLINE] = g_strdup (queue->hotline);
      entry->fields[FIELD_REASON] = g_strdup (queue->reason);
      entry->fields[FIELD_AREA] = g_strdup (queue->area);
      g_hash_table_add (by_id, entry->id);
    }
  for (guint i = 0; centre != NULL && i < td_roster_get_size (td_centre_get_queues (centre)); i++)
    {
      const char *id = td_queue_get_id (td_roster_get (td_centre_get_queues (centre), i));

      if (!g_hash_table_contains (by_id, id))
        add_entry (self, id);
    }

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      entry->row = adw_expander_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (entry->row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry->row), entry->id);
      show_name (entry);
      g_signal_connect_swapped (entry->row, "notify::expanded", G_CALLBACK (expanded_cb), entry);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), entry->row);
    }
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group),
                                         self->entries->len > 0
                                           ? _ ("What people call each queue, and the hotline that it belongs to")
                                           : _ ("The queues appear here once the centre has answered."));
}

/**
 * td_queue_names_read:
 * @self: a page
 * @profile: gets what was entered
 */
void
td_queue_names_read (TdQueueNames *self,
                     TdProfile    *profile)
{
  g_return_if_fail (TD_IS_QUEUE_NAMES (self));
  g_return_if_fail (profile != NULL);

  g_ptr_array_set_size (profile->queues, 0);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry    *entry = g_ptr_array_index (self->entries, i);
      TdProfileQueue *queue;

      if (entry->fields[FIELD_NAME] == NULL && entry->fields[FIELD_HOTLINE] == NULL &&
          entry->fields[FIELD_REASON] == NULL && entry->fields[FIELD_AREA] == NULL)
        continue;

      queue = td_profile_add_queue (profile, entry->id);
      queue->name = g_strdup (entry->fields[FIELD_NAME]);
      queue->hotline = g_strdup (entry->fields[FIELD_HOTLINE]);
      queue->reason = g_strdup (entry->fields[FIELD_REASON]);
      queue->area = g_strdup (entry->fields[FIELD_AREA]);
    }
}
