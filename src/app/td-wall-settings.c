/* td-wall-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-settings.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-wall-page.h"

#define DEFAULT_SECONDS 20
#define DAY_MINUTES 1440
#define NIGHT_STEP 15
#define INDEX_KEY "td-index"
#define QUEUE_KEY "td-queue"

/* One of the things that stand in an order, and whether it is there at all. */
typedef struct
{
  guint    kind;
  gboolean is_on;
  guint    seconds; /* of a page */
} Item;

struct _TdWallSettings
{
  AdwPreferencesPage parent_instance;

  TdWall *wall; /* (owned): what it began with */
  Item    pages[TD_N_WALL_PAGES];
  Item    numbers[TD_N_WALL_NUMBERS];

  AdwPreferencesGroup *page_group;
  GPtrArray           *page_rows; /* (owned) (element-type GtkWidget) */
  AdwPreferencesGroup *number_group;
  GPtrArray           *number_rows; /* (owned) (element-type GtkWidget) */
  AdwEntryRow         *message;
  GPtrArray           *queues; /* (owned) (element-type GtkCheckButton) */
  AdwExpanderRow      *queue_row;
  AdwExpanderRow      *zone_row;
  GtkCheckButton      *zones[TD_N_PLACES];
  GStrv                languages; /* (owned): of the rows of @language; "" for the desktop's */
  GStrv                monitors;  /* (owned): of the rows of @monitor; "" for any */
  AdwComboRow         *style;
  AdwComboRow         *language;
  AdwComboRow         *privacy;
  AdwComboRow         *monitor;
  GtkSpinButton       *waiting;
  GtkSpinButton       *longest;
  GtkSpinButton       *serving;
  GtkSpinButton       *night_from;
  GtkSpinButton       *night_to;
  GtkSpinButton       *brightness;
  gboolean             filling;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdWallSettings, td_wall_settings, ADW_TYPE_PREFERENCES_PAGE)

static void
changed_cb (TdWallSettings *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static AdwPreferencesGroup *
add_group (TdWallSettings *self,
           const char     *title,
           const char     *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), group);

  return group;
}

static GtkSpinButton *
add_spin (TdWallSettings      *self,
          AdwPreferencesGroup *group,
          const char          *title,
          const char          *subtitle,
          double               most,
          double               value)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (0, most, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  adw_preferences_group_add (group, row);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_SPIN_BUTTON (spin);
}

static AdwComboRow *
add_combo (TdWallSettings      *self,
           AdwPreferencesGroup *group,
           const char          *title,
           const char *const   *words,
           guint                selected)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  adw_preferences_group_add (group, row);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return ADW_COMBO_ROW (row);
}

static void show_items (TdWallSettings *self);

static Item *
find_item (GtkWidget      *widget,
           TdWallSettings *self,
           guint          *index,
           guint          *n)
{
  gboolean is_page = g_object_get_data (G_OBJECT (widget), "td-page") != NULL;

  *index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), INDEX_KEY));
  *n = is_page ? TD_N_WALL_PAGES : TD_N_WALL_NUMBERS;

  return is_page ? self->pages : self->numbers;
}

static void
switched_cb (GtkSwitch      *toggle,
             GParamSpec     *pspec,
             TdWallSettings *self)
{
  guint index, n;
  Item *items = find_item (GTK_WIDGET (toggle), self, &index, &n);

  items[index].is_on = gtk_switch_get_active (toggle);
  changed_cb (self);
}

static void
seconds_cb (GtkSpinButton  *spin,
            TdWallSettings *self)
{
  guint index, n;
  Item *items = find_item (GTK_WIDGET (spin), self, &index, &n);

  items[index].seconds = (guint)gtk_spin_button_get_value_as_int (spin);
  changed_cb (self);
}

/* The rows are made anew once the button is done with its click. */
static void
show_items_later (gpointer user_data)
{
  g_autoptr (TdWallSettings) self = user_data;

  if (self->page_rows != NULL)
    show_items (self);
}

static void
up_cb (GtkButton      *button,
       TdWallSettings *self)
{
  guint index, n;
  Item *items = find_item (GTK_WIDGET (button), self, &index, &n);
  Item  moved = items[index];

  if (index == 0)
    return;
  items[index] = items[index - 1];
  items[index - 1] = moved;
  g_idle_add_once (show_items_later, g_object_ref (self));
  changed_cb (self);
}

static void
set_index (GtkWidget *widget,
           gboolean   is_page,
           guint      index)
{
  g_object_set_data (G_OBJECT (widget), INDEX_KEY, GUINT_TO_POINTER (index));
  g_object_set_data (G_OBJECT (widget), "td-page", GINT_TO_POINTER (is_page));
}

static GtkWidget *
create_item (TdWallSettings *self,
             gboolean        is_page,
             guint           index)
{
  const Item      *item = is_page ? &self->pages[index] : &self->numbers[index];
  const char      *title = is_page ? td_wall_page_get_title ((TdWallPageKind)item->kind) : td_wall_moment_get_title ((TdWallNumber)item->kind);
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *toggle = gtk_switch_new ();
  GtkWidget       *up = gtk_button_new_from_icon_name ("go-up-symbolic");
  g_autofree char *up_text = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (is_page)
    {
      GtkWidget       *seconds = gtk_spin_button_new_with_range (TD_WALL_MIN_SECONDS, TD_WALL_MAX_SECONDS, 5);
      g_autofree char *text = NULL;

      /* Translators: for how many seconds a page of the wall is shown. */
      text = g_strdup_printf (_ ("Seconds of “%s”"), title);
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (seconds), item->seconds);
      gtk_widget_set_valign (seconds, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (seconds), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
      gtk_widget_set_tooltip_text (seconds, text);
      set_index (seconds, is_page, index);
      g_signal_connect (seconds, "value-changed", G_CALLBACK (seconds_cb), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), seconds);
    }

  /* Translators: a page or a number of the wall. */
  up_text = g_strdup_printf (_ ("Move “%s” up"), title);
  gtk_widget_set_valign (up, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (up, "flat");
  gtk_widget_set_sensitive (up, index > 0);
  gtk_widget_set_tooltip_text (up, up_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (up), GTK_ACCESSIBLE_PROPERTY_LABEL, up_text, -1);
  set_index (up, is_page, index);
  g_signal_connect (up, "clicked", G_CALLBACK (up_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), up);

  gtk_switch_set_active (GTK_SWITCH (toggle), item->is_on);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  set_index (toggle, is_page, index);
  g_signal_connect (toggle, "notify::active", G_CALLBACK (switched_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);

  return row;
}

static void
fill_group (TdWallSettings      *self,
            AdwPreferencesGroup *group,
            GPtrArray           *rows,
            gboolean             is_page,
            guint                n)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, rows->pdata[i]);
  g_ptr_array_set_size (rows, 0);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = create_item (self, is_page, i);

      adw_preferences_group_add (group, row);
      g_ptr_array_add (rows, row);
    }
}

static void
show_items (TdWallSettings *self)
{
  fill_group (self, self->page_group, self->page_rows, TRUE, TD_N_WALL_PAGES);
  fill_group (self, self->number_group, self->number_rows, FALSE, TD_N_WALL_NUMBERS);
}

/* What is there in its order, then what is not. */
static void
order_items (TdWallSettings *self)
{
  const TdWall *wall = self->wall;
  gboolean      has_page[TD_N_WALL_PAGES] = { FALSE };
  gboolean      has_number[TD_N_WALL_NUMBERS] = { FALSE };
  guint         n = 0;

  for (guint i = 0; i < wall->n_pages; i++)
    {
      self->pages[n++] = (Item){ wall->pages[i].kind, TRUE, wall->pages[i].seconds };
      has_page[wall->pages[i].kind] = TRUE;
    }
  for (guint i = 0; i < TD_N_WALL_PAGES; i++)
    {
      if (!has_page[i])
        self->pages[n++] = (Item){ i, FALSE, DEFAULT_SECONDS };
    }

  n = 0;
  for (guint i = 0; i < wall->n_numbers; i++)
    {
      self->numbers[n++] = (Item){ wall->numbers[i], TRUE, 0 };
      has_number[wall->numbers[i]] = TRUE;
    }
  for (guint i = 0; i < TD_N_WALL_NUMBERS; i++)
    {
      if (!has_number[i])
        self->numbers[n++] = (Item){ i, FALSE, 0 };
    }
}

static void
message_cb (TdWallSettings *self)
{
  const char      *text = gtk_editable_get_text (GTK_EDITABLE (self->message));
  g_autofree char *cut = NULL;

  if (g_utf8_strlen (text, -1) > TD_WALL_MAX_MESSAGE)
    {
      cut = g_utf8_substring (text, 0, TD_WALL_MAX_MESSAGE);
      gtk_editable_set_text (GTK_EDITABLE (self->message), cut);
      return;
    }
  changed_cb (self);
}

static void
show_n_queues (TdWallSettings *self)
{
  guint            n = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->queues->len; i++)
    n += gtk_check_button_get_active (self->queues->pdata[i]);
  if (n == 0)
    text = g_strdup (_ ("All of them"));
  else
    /* Translators: queues that a wall shows, of how many. */
    text = g_strdup_printf (_ ("%u of %u"), n, self->queues->len);
  adw_expander_row_set_subtitle (self->queue_row, text);
}

static void
queue_cb (TdWallSettings *self)
{
  show_n_queues (self);
  changed_cb (self);
}

static void
show_n_zones (TdWallSettings *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < TD_N_PLACES; i++)
    {
      if (gtk_check_button_get_active (self->zones[i]))
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", td_format_place ((TdPlace)i));
    }
  adw_expander_row_set_subtitle (self->zone_row, text->len > 0 ? text->str : _ ("All of them"));
}

static void
zone_cb (TdWallSettings *self)
{
  show_n_zones (self);
  changed_cb (self);
}

static GtkCheckButton *
add_check (AdwExpanderRow *within,
           const char     *title,
           gboolean        is_on,
           GCallback       callback,
           TdWallSettings *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_on);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_expander_row_add_row (within, row);
  g_signal_connect_object (check, "toggled", callback, self, G_CONNECT_SWAPPED);

  return GTK_CHECK_BUTTON (check);
}

static void
add_queue (TdWallSettings *self,
           const char     *id,
           const char     *title,
           gboolean        is_on)
{
  GtkCheckButton *check = add_check (self->queue_row, title, is_on, G_CALLBACK (queue_cb), self);

  g_object_set_data_full (G_OBJECT (check), QUEUE_KEY, g_strdup (id), g_free);
  g_ptr_array_add (self->queues, check);
}

static void
add_zones (TdWallSettings *self)
{
  AdwPreferencesGroup *group = add_group (self, td_wall_page_get_title (TD_WALL_PAGE_PEOPLE), NULL);

  self->zone_row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->zone_row), _ ("Places that are shown"));
  adw_preferences_group_add (group, GTK_WIDGET (self->zone_row));
  for (guint i = 0; i < TD_N_PLACES; i++)
    self->zones[i] = add_check (self->zone_row, td_format_place ((TdPlace)i), self->wall->zones != 0 && td_wall_has_zone (self->wall, (TdPlace)i),
                                G_CALLBACK (zone_cb), self);
  show_n_zones (self);
}

/* Those of the centre, and those of the file that the centre does not have now. */
static void
add_queues (TdWallSettings *self,
            TdCentre       *centre)
{
  const TdWall        *wall = self->wall;
  TdRoster            *queues = centre != NULL ? td_centre_get_queues (centre) : NULL;
  AdwPreferencesGroup *group = add_group (self, _ ("Queues"), NULL);

  self->queue_row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->queue_row), _ ("Queues that are shown and counted"));
  adw_preferences_group_add (group, GTK_WIDGET (self->queue_row));
  for (guint i = 0; queues != NULL && i < MIN (td_roster_get_size (queues), TD_WALL_MAX_QUEUES); i++)
    {
      TdQueue    *queue = td_roster_get (queues, i);
      const char *id = td_queue_get_id (queue);

      add_queue (self, id, td_queue_get_title (queue), wall->queues != NULL && td_wall_has_queue (wall, id));
    }
  for (guint i = 0; wall->queues != NULL && wall->queues[i] != NULL; i++)
    {
      if (centre == NULL || td_centre_find_queue (centre, wall->queues[i]) == NULL)
        add_queue (self, wall->queues[i], wall->queues[i], TRUE);
    }
  show_n_queues (self);
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
list_monitors (TdWallSettings *self)
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
  add_word (builder, self->wall->monitor, seen);

  return g_strv_builder_end (builder);
}

static GStrv
list_languages (TdWallSettings *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);

  add_word (builder, "", seen);
  add_word (builder, "vi", seen);
  add_word (builder, "en", seen);
  add_word (builder, self->wall->language, seen);

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

static void
add_look (TdWallSettings *self)
{
  AdwPreferencesGroup *group = add_group (self, _ ("Look"), NULL);
  const char *const    styles[] = { _ ("Dark"), _ ("Light"), NULL };
  const char *const    privacies[] = { _ ("Nobody’s name"), _ ("Initials of those who need somebody"), _ ("Names of those who need somebody"), NULL };
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  self->style = add_combo (self, group, _ ("Style"), styles, self->wall->is_light);
  self->languages = list_languages (self);
  for (guint i = 0; self->languages[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer)get_language_title (self->languages[i]));
  g_ptr_array_add (words, NULL);
  self->language = add_combo (self, group, _ ("Language"), (const char *const *)words->pdata, find_word (self->languages, self->wall->language));

  self->privacy = add_combo (self, group, _ ("What is said of people"), privacies, self->wall->privacy);
  self->monitors = list_monitors (self);
  g_ptr_array_set_size (words, 0);
  for (guint i = 0; self->monitors[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer)(*self->monitors[i] != '\0' ? self->monitors[i] : _ ("Whichever there is")));
  g_ptr_array_add (words, NULL);
  self->monitor = add_combo (self, group, _ ("Screen"), (const char *const *)words->pdata, find_word (self->monitors, self->wall->monitor));
}

static gboolean
show_time_cb (GtkSpinButton *spin)
{
  int              minute = gtk_spin_button_get_value_as_int (spin);
  g_autofree char *text = g_strdup_printf ("%02d:%02d", minute / 60 % 24, minute % 60);

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (spin)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), text);

  return TRUE;
}

static int
read_time_cb (GtkSpinButton *spin,
              double        *value)
{
  guint hours, minutes;
  char  rest;

  if (sscanf (gtk_editable_get_text (GTK_EDITABLE (spin)), "%2u:%2u%c", &hours, &minutes, &rest) != 2 || hours > 23 || minutes > 59)
    return GTK_INPUT_ERROR;
  *value = hours * 60 + minutes;

  return TRUE;
}

static GtkSpinButton *
add_time (TdWallSettings      *self,
          AdwPreferencesGroup *group,
          const char          *title,
          const char          *subtitle,
          guint                minute)
{
  GtkSpinButton *spin = add_spin (self, group, title, subtitle, DAY_MINUTES - 1, 0);

  gtk_spin_button_set_increments (spin, NIGHT_STEP, 60);
  gtk_spin_button_set_wrap (spin, TRUE);
  g_signal_connect (spin, "output", G_CALLBACK (show_time_cb), NULL);
  g_signal_connect (spin, "input", G_CALLBACK (read_time_cb), NULL);
  gtk_spin_button_set_value (spin, minute);
  show_time_cb (spin);

  return spin;
}

static void
add_numbers (TdWallSettings *self)
{
  const TdWall        *wall = self->wall;
  AdwPreferencesGroup *group = add_group (self, _ ("Targets"), NULL);

  self->waiting = add_spin (self, group, _ ("Callers who may wait"), _ ("0: no target"), 10000, TD_IS_KNOWN (wall->waiting_target) ? (double)wall->waiting_target : 0);
  self->longest = add_spin (self, group, _ ("Longest wait, in seconds"), _ ("0: half the limit of the desk"), 86400,
                            TD_IS_KNOWN (wall->longest_target_ms) ? (double)wall->longest_target_ms / 1000 : 0);
  self->serving = add_spin (self, group, _ ("Agents who have to serve"), _ ("0: by the forecast of calls"), 100000,
                            TD_IS_KNOWN (wall->serving_target) ? (double)wall->serving_target : 0);

  group = add_group (self, _ ("Night"), _ ("Darker between two times of the clock; never where both are the same"));
  self->night_from = add_time (self, group, _ ("From"), NULL, wall->night_from);
  self->night_to = add_time (self, group, _ ("Until"), NULL, wall->night_to);
  self->brightness = add_spin (self, group, _ ("Brightness, in percent"), NULL, 100, round (wall->night_brightness * 100));
  gtk_spin_button_set_range (self->brightness, 10, 100);
}

static void
td_wall_settings_finalize (GObject *object)
{
  TdWallSettings *self = TD_WALL_SETTINGS (object);

  g_clear_pointer (&self->wall, td_wall_free);
  g_clear_pointer (&self->page_rows, g_ptr_array_unref);
  g_clear_pointer (&self->number_rows, g_ptr_array_unref);
  g_clear_pointer (&self->queues, g_ptr_array_unref);
  g_clear_pointer (&self->languages, g_strfreev);
  g_clear_pointer (&self->monitors, g_strfreev);

  G_OBJECT_CLASS (td_wall_settings_parent_class)->finalize (object);
}

static void
td_wall_settings_class_init (TdWallSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_wall_settings_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_wall_settings_init (TdWallSettings *self)
{
  self->page_rows = g_ptr_array_new ();
  self->number_rows = g_ptr_array_new ();
  self->queues = g_ptr_array_new ();
}

/**
 * td_wall_settings_new:
 * @wall: what it begins with; copied
 * @centre: (nullable): whose queues there are
 *
 * Returns: (transfer floating): the settings
 */
GtkWidget *
td_wall_settings_new (const TdWall *wall,
                      TdCentre     *centre)
{
  TdWallSettings      *self;
  AdwPreferencesGroup *group;

  g_return_val_if_fail (wall != NULL, NULL);

  self = g_object_new (TD_TYPE_WALL_SETTINGS, NULL);
  self->filling = TRUE;
  self->wall = td_wall_copy (wall);
  order_items (self);
  self->page_group = add_group (self, _ ("Pages"), _ ("One after another, each for so many seconds"));
  self->number_group = add_group (self, _ ("Numbers of the First Page"), NULL);
  show_items (self);

  group = add_group (self, _ ("Message"), _ ("Shown on its page; what the desk says to the walls stands above it"));
  self->message = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->message), _ ("Text for the room"));
  gtk_editable_set_text (GTK_EDITABLE (self->message), wall->message != NULL ? wall->message : "");
  g_signal_connect_object (self->message, "changed", G_CALLBACK (message_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, GTK_WIDGET (self->message));

  add_queues (self, centre);
  add_zones (self);
  add_look (self);
  add_numbers (self);
  self->filling = FALSE;

  return GTK_WIDGET (self);
}

static gint64
read_target (GtkSpinButton *spin)
{
  int value = gtk_spin_button_get_value_as_int (spin);

  return value > 0 ? value : TD_UNKNOWN;
}

static void
read_items (TdWallSettings *self,
            TdWall         *wall)
{
  wall->n_pages = 0;
  for (guint i = 0; i < TD_N_WALL_PAGES; i++)
    {
      const Item *item = &self->pages[i];

      if (item->is_on && (item->kind != TD_WALL_PAGE_MESSAGE || wall->message != NULL))
        wall->pages[wall->n_pages++] = (TdWallPage){ (TdWallPageKind)item->kind, item->seconds };
    }
  wall->n_numbers = 0;
  for (guint i = 0; i < TD_N_WALL_NUMBERS; i++)
    {
      if (self->numbers[i].is_on)
        wall->numbers[wall->n_numbers++] = (TdWallNumber)self->numbers[i].kind;
    }
}

static GStrv
read_queues (TdWallSettings *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; i < self->queues->len; i++)
    {
      if (!gtk_check_button_get_active (self->queues->pdata[i]))
        continue;
      g_strv_builder_add (builder, g_object_get_data (self->queues->pdata[i], QUEUE_KEY));
      n++;
    }

  return n > 0 ? g_strv_builder_end (builder) : NULL;
}

static char *
read_word (AdwComboRow *row,
           GStrv        words)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected < g_strv_length (words) && *words[selected] != '\0' ? g_strdup (words[selected]) : NULL;
}

/**
 * td_wall_settings_read:
 * @self: settings
 *
 * Returns: (transfer full) (nullable): the wall that they describe, or %NULL
 *   where it would have no page or no number
 */
TdWall *
td_wall_settings_read (TdWallSettings *self)
{
  g_autoptr (TdWall) wall = NULL;
  g_autofree char *message = NULL;
  gint64           longest;

  g_return_val_if_fail (TD_IS_WALL_SETTINGS (self), NULL);

  wall = td_wall_copy (self->wall);
  message = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->message))));
  g_free (wall->message);
  wall->message = *message != '\0' ? g_steal_pointer (&message) : NULL;
  read_items (self, wall);
  g_strfreev (wall->queues);
  wall->queues = read_queues (self);
  wall->zones = 0;
  for (guint i = 0; i < TD_N_PLACES; i++)
    wall->zones |= gtk_check_button_get_active (self->zones[i]) ? 1u << i : 0;
  wall->is_light = adw_combo_row_get_selected (self->style) == 1;
  g_free (wall->language);
  wall->language = read_word (self->language, self->languages);
  wall->privacy = (TdWallPrivacy)MIN (adw_combo_row_get_selected (self->privacy), TD_N_WALL_PRIVACIES - 1);
  g_free (wall->monitor);
  wall->monitor = read_word (self->monitor, self->monitors);
  wall->waiting_target = read_target (self->waiting);
  longest = read_target (self->longest);
  wall->longest_target_ms = TD_IS_KNOWN (longest) ? longest * 1000 : TD_UNKNOWN;
  wall->serving_target = read_target (self->serving);
  wall->night_from = (guint)gtk_spin_button_get_value_as_int (self->night_from);
  wall->night_to = (guint)gtk_spin_button_get_value_as_int (self->night_to);
  wall->night_brightness = wall->night_from == wall->night_to ? 1 : gtk_spin_button_get_value (self->brightness) / 100;

  return wall->n_pages > 0 && wall->n_numbers > 0 ? g_steal_pointer (&wall) : NULL;
}
