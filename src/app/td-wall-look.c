/* td-wall-look.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-look.h"

#include <glib/gi18n.h>

#define N_VOLUMES 4

struct _TdWallLook
{
  AdwPreferencesGroup parent_instance;

  GStrv        languages; /* (owned): of the rows of @language; "" for the desktop's */
  GStrv        monitors;  /* (owned): of the rows of @monitor; "" for any */
  AdwComboRow *style;
  AdwComboRow *language;
  AdwComboRow *monitor;
  AdwComboRow *sound;
  gint64       volumes[N_VOLUMES + 2]; /* of the rows of @sound */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdWallLook, td_wall_look, ADW_TYPE_PREFERENCES_GROUP)

static void
changed_cb (TdWallLook *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static AdwComboRow *
add_combo (TdWallLook        *self,
           const char        *title,
           const char *const *words,
           guint              selected)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return ADW_COMBO_ROW (row);
}

static guint
find_word (GStrv       words,
           const char *word)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_strcmp0 (words[i], word != NULL ? word : "") == 0)
        return i;
    }

  return 0;
}

/* A language or a screen that is not among those here stays what it is. */
static void
add_word (GStrvBuilder *builder,
          const char   *word,
          GPtrArray    *seen)
{
  if (word == NULL || g_ptr_array_find_with_equal_func (seen, word, g_str_equal, NULL))
    return;
  g_strv_builder_add (builder, word);
  g_ptr_array_add (seen, g_strdup (word));
}

static GStrv
list_monitors (const TdWall *wall)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);
  GdkDisplay *display = gdk_display_get_default ();
  GListModel *monitors = display != NULL ? gdk_display_get_monitors (display) : NULL;

  add_word (builder, "", seen);
  for (guint i = 0; monitors != NULL && i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);

      add_word (builder, gdk_monitor_get_connector (monitor), seen);
    }
  add_word (builder, wall->monitor, seen);

  return g_strv_builder_end (builder);
}

static GStrv
list_languages (const TdWall *wall)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);

  add_word (builder, "", seen);
  add_word (builder, "vi", seen);
  add_word (builder, "en", seen);
  add_word (builder, wall->language, seen);

  return g_strv_builder_end (builder);
}

static const char *
get_language_title (const char *language)
{
  if (*language == '\0')
    return _ ("The desktop’s");
  if (g_str_equal (language, "vi"))
    return "Tiếng Việt";
  if (g_str_equal (language, "en"))
    return "English";

  return language;
}

static char *
read_word (AdwComboRow *row,
           GStrv        words)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected < g_strv_length (words) && *words[selected] != '\0' ? g_strdup (words[selected]) : NULL;
}

static void
td_wall_look_finalize (GObject *object)
{
  TdWallLook *self = TD_WALL_LOOK (object);

  g_strfreev (self->languages);
  g_strfreev (self->monitors);

  G_OBJECT_CLASS (td_wall_look_parent_class)->finalize (object);
}

static void
td_wall_look_class_init (TdWallLookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_wall_look_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_wall_look_init (TdWallLook *self)
{
}

/* A volume that is none of the usual stays what it is. */
static void
add_sound (TdWallLook   *self,
           const TdWall *wall)
{
  static const gint64 usual[N_VOLUMES] = { TD_UNKNOWN, 0, 40, 100 };
  const char         *words[N_VOLUMES + 2] = { _ ("As in the preferences"), _ ("None"), _ ("Soft"), _ ("Loud"), NULL };
  g_autofree char    *own = NULL;
  guint               selected = 0;

  memcpy (self->volumes, usual, sizeof usual);
  while (selected < N_VOLUMES && usual[selected] != wall->sound)
    selected++;
  if (selected == N_VOLUMES)
    {
      own = g_strdup_printf ("%d %%", (int)wall->sound);
      words[selected] = own;
      self->volumes[selected] = wall->sound;
    }
  self->sound = add_combo (self, _ ("Sound of an alarm"), words, selected);
}

/**
 * td_wall_look_new:
 * @wall: what it begins with
 *
 * Returns: (transfer floating): a group
 */
GtkWidget *
td_wall_look_new (const TdWall *wall)
{
  TdWallLook       *self;
  const char *const styles[] = { _ ("Dark"), _ ("Light"), NULL };
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  g_return_val_if_fail (wall != NULL, NULL);

  self = g_object_new (TD_TYPE_WALL_LOOK, "title", _ ("Look"), NULL);
  self->style = add_combo (self, _ ("Style"), styles, wall->is_light);
  self->languages = list_languages (wall);
  for (guint i = 0; self->languages[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer)get_language_title (self->languages[i]));
  g_ptr_array_add (words, NULL);
  self->language = add_combo (self, _ ("Language"), (const char *const *)words->pdata, find_word (self->languages, wall->language));

  self->monitors = list_monitors (wall);
  g_ptr_array_set_size (words, 0);
  for (guint i = 0; self->monitors[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer)(*self->monitors[i] != '\0' ? self->monitors[i] : _ ("Whichever there is")));
  g_ptr_array_add (words, NULL);
  self->monitor = add_combo (self, _ ("Screen"), (const char *const *)words->pdata, find_word (self->monitors, wall->monitor));
  add_sound (self, wall);

  return GTK_WIDGET (self);
}

/**
 * td_wall_look_read:
 * @self: a group
 * @wall: gets what was chosen
 */
void
td_wall_look_read (TdWallLook *self,
                   TdWall     *wall)
{
  g_return_if_fail (TD_IS_WALL_LOOK (self));
  g_return_if_fail (wall != NULL);

  wall->is_light = adw_combo_row_get_selected (self->style) == 1;
  g_free (wall->language);
  wall->language = read_word (self->language, self->languages);
  g_free (wall->monitor);
  wall->monitor = read_word (self->monitor, self->monitors);
  wall->sound = self->volumes[MIN (adw_combo_row_get_selected (self->sound), N_VOLUMES)];
}
