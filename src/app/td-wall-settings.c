/* td-wall-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-settings.h"

#include <glib/gi18n.h>

#include "td-wall-checks.h"
#include "td-wall-desks.h"
#include "td-wall-items.h"
#include "td-wall-lists.h"
#include "td-wall-look.h"
#include "td-wall-night.h"
#include "td-wall-page.h"
#include "td-wall-place.h"

#define PART_KEY "td-part"

struct _TdWallSettings
{
  AdwPreferencesPage parent_instance;

  TdWall     *wall;  /* (owned) */
  TdWall     *first; /* (owned) (nullable): where it is another screen */
  TdWallPlace places[TD_N_WALL_PARTS];

  TdWallItems   *pages;
  TdWallItems   *numbers;
  AdwEntryRow   *message;
  TdWallChecks  *queues;
  TdWallChecks  *zones;
  AdwComboRow   *arrange;
  TdWallChecks  *teams;
  AdwComboRow   *privacy;
  AdwComboRow   *orientation;
  GtkSpinButton *targets[TD_N_WALL_PARTS]; /* of those parts that are one */
  TdWallLook    *look;
  TdWallNight   *night;
  TdWallDesks   *desks;
  gboolean       filling;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdWallSettings, td_wall_settings, ADW_TYPE_PREFERENCES_PAGE)

/* --- between rows and wall -------------------------------------------------- */

static void
fill_pages (TdWallSettings *self)
{
  TdWallItem items[TD_N_WALL_PAGES];

  for (guint i = 0; i < self->wall->n_pages; i++)
    items[i] = (TdWallItem){ self->wall->pages[i].kind, self->wall->pages[i].seconds, TRUE };
  td_wall_items_set (self->pages, items, self->wall->n_pages);
}

static void
read_pages (TdWallSettings *self)
{
  TdWallItem items[TD_WALL_ITEMS_MAX];
  guint      n = td_wall_items_get (self->pages, items);

  self->wall->n_pages = n;
  for (guint i = 0; i < n; i++)
    self->wall->pages[i] = (TdWallPage){ (TdWallPageKind)items[i].kind, items[i].seconds };
}

static void
fill_numbers (TdWallSettings *self)
{
  TdWallItem items[TD_N_WALL_NUMBERS];

  for (guint i = 0; i < self->wall->n_numbers; i++)
    items[i] = (TdWallItem){ self->wall->numbers[i], 0, TRUE };
  td_wall_items_set (self->numbers, items, self->wall->n_numbers);
}

static void
read_numbers (TdWallSettings *self)
{
  TdWallItem items[TD_WALL_ITEMS_MAX];
  guint      n = td_wall_items_get (self->numbers, items);

  self->wall->n_numbers = n;
  for (guint i = 0; i < n; i++)
    self->wall->numbers[i] = (TdWallNumber)items[i].kind;
}

static void
read_message (TdWallSettings *self)
{
  g_autofree char *message = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->message))));

  g_free (self->wall->message);
  self->wall->message = *message != '\0' ? g_steal_pointer (&message) : NULL;
}

static gint64 *
get_target (TdWall    *wall,
            TdWallPart part)
{
  switch (part)
    {
    case TD_WALL_PART_WAITING:
      return &wall->waiting_target;
    case TD_WALL_PART_LONGEST:
      return &wall->longest_target_ms;
    default:
      return &wall->serving_target;
    }
}

static gint64
get_factor (TdWallPart part)
{
  return part == TD_WALL_PART_LONGEST ? 1000 : 1;
}

static void
fill_target (TdWallSettings *self,
             TdWallPart      part)
{
  gint64 value = *get_target (self->wall, part);

  gtk_spin_button_set_value (self->targets[part], TD_IS_KNOWN (value) ? (double)(value / get_factor (part)) : 0);
}

static void
read_target (TdWallSettings *self,
             TdWallPart      part)
{
  int value = gtk_spin_button_get_value_as_int (self->targets[part]);

  *get_target (self->wall, part) = value > 0 ? value * get_factor (part) : TD_UNKNOWN;
}

static void
fill (TdWallSettings *self,
      TdWallPart      part)
{
  gboolean was_filling = self->filling;

  self->filling = TRUE;
  switch (part)
    {
    case TD_WALL_PART_PAGES:
      fill_pages (self);
      break;
    case TD_WALL_PART_NUMBERS:
      fill_numbers (self);
      break;
    case TD_WALL_PART_MESSAGE:
      gtk_editable_set_text (GTK_EDITABLE (self->message), self->wall->message != NULL ? self->wall->message : "");
      break;
    case TD_WALL_PART_QUEUES:
      td_wall_checks_set (self->queues, (const char *const *)self->wall->queues);
      break;
    case TD_WALL_PART_ZONES:
      td_wall_lists_set_places (self->zones, self->wall->zones);
      break;
    case TD_WALL_PART_ARRANGE:
      adw_combo_row_set_selected (self->arrange, self->wall->arrange);
      break;
    case TD_WALL_PART_TEAMS:
      td_wall_checks_set (self->teams, (const char *const *)self->wall->teams);
      break;
    case TD_WALL_PART_PRIVACY:
      adw_combo_row_set_selected (self->privacy, self->wall->privacy);
      break;
    case TD_WALL_PART_ORIENTATION:
      adw_combo_row_set_selected (self->orientation, self->wall->orientation);
      break;
    default:
      fill_target (self, part);
    }
  self->filling = was_filling;
}

static void
read_part (TdWallSettings *self,
           TdWallPart      part)
{
  switch (part)
    {
    case TD_WALL_PART_PAGES:
      read_pages (self);
      break;
    case TD_WALL_PART_NUMBERS:
      read_numbers (self);
      break;
    case TD_WALL_PART_MESSAGE:
      read_message (self);
      break;
    case TD_WALL_PART_QUEUES:
      g_strfreev (self->wall->queues);
      self->wall->queues = td_wall_checks_get (self->queues);
      break;
    case TD_WALL_PART_ZONES:
      self->wall->zones = td_wall_lists_get_places (self->zones);
      break;
    case TD_WALL_PART_ARRANGE:
      self->wall->arrange = (TdWallArrange)MIN (adw_combo_row_get_selected (self->arrange), TD_N_WALL_ARRANGES - 1);
      break;
    case TD_WALL_PART_TEAMS:
      g_strfreev (self->wall->teams);
      self->wall->teams = td_wall_checks_get (self->teams);
      break;
    case TD_WALL_PART_PRIVACY:
      self->wall->privacy = (TdWallPrivacy)MIN (adw_combo_row_get_selected (self->privacy), TD_N_WALL_PRIVACIES - 1);
      break;
    case TD_WALL_PART_ORIENTATION:
      self->wall->orientation = (TdWallOrientation)MIN (adw_combo_row_get_selected (self->orientation), TD_N_WALL_ORIENTATIONS - 1);
      break;
    default:
      read_target (self, part);
    }
}

/* --- what another screen has from the first --------------------------------- */

static void
show_place (TdWallSettings *self,
            TdWallPart      part)
{
  td_wall_place_show (&self->places[part], td_wall_is_own (self->wall, part));
}

/* The page of a message comes and goes with that, where the pages are the first screen's. */
static void
follow_message (TdWallSettings *self,
                TdWallPart      part)
{
  if (part != TD_WALL_PART_MESSAGE || td_wall_is_own (self->wall, TD_WALL_PART_PAGES))
    return;

  td_wall_copy_part (self->wall, self->first, TD_WALL_PART_PAGES);
  td_wall_settle (self->wall);
  fill (self, TD_WALL_PART_PAGES);
}

static void
change_part (TdWallSettings *self,
             TdWallPart      part)
{
  if (self->filling)
    return;

  read_part (self, part);
  if (self->first != NULL)
    {
      self->wall->own |= 1u << part;
      follow_message (self, part);
      show_place (self, part);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
part_cb (TdWallSettings *self,
         GObject        *object)
{
  change_part (self, (TdWallPart)GPOINTER_TO_UINT (g_object_get_data (object, PART_KEY)));
}

static void
notify_cb (TdWallSettings *self,
           GParamSpec     *pspec,
           GObject        *object)
{
  part_cb (self, object);
}

static void
back_cb (GtkWidget      *button,
         TdWallSettings *self)
{
  TdWallPart part = (TdWallPart)GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), PART_KEY));

  self->wall->own &= ~(1u << part);
  td_wall_copy_part (self->wall, self->first, part);
  fill (self, part);
  follow_message (self, part);
  /* The button goes; who uses the keyboard stays where it was. */
  td_wall_place_focus (&self->places[part]);
  show_place (self, part);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* @holder says of @part whose it is; what @object tells by @signal changes it. */
static void
add_part (TdWallSettings *self,
          TdWallPart      part,
          const char     *title,
          GtkWidget      *holder,
          const char     *description,
          gpointer        object,
          const char     *signal)
{
  TdWallPlace *place = &self->places[part];

  place->holder = holder;
  place->description = description;
  if (self->first != NULL)
    {
      td_wall_place_add_back (place, title);
      g_object_set_data (G_OBJECT (place->back), PART_KEY, GUINT_TO_POINTER (part));
      g_signal_connect (place->back, "clicked", G_CALLBACK (back_cb), self);
    }
  g_object_set_data (object, PART_KEY, GUINT_TO_POINTER (part));
  g_signal_connect_object (object, signal, g_str_has_prefix (signal, "notify::") ? G_CALLBACK (notify_cb) : G_CALLBACK (part_cb), self,
                           G_CONNECT_SWAPPED);
  fill (self, part);
  show_place (self, part);
}

/* --- the groups -------------------------------------------------------------- */

static GtkWidget *
add_group (TdWallSettings *self,
           const char     *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (group));

  return group;
}

static const char *
get_page_title (guint kind)
{
  return td_wall_page_get_title ((TdWallPageKind)kind);
}

static const char *
get_number_title (guint kind)
{
  return td_wall_moment_get_title ((TdWallNumber)kind);
}

static void
add_items (TdWallSettings *self,
           TdWallPart      part,
           const char     *title,
           const char     *description,
           guint           n_kinds,
           TdWallItemTitle get_title,
           TdWallItems   **items)
{
  *items = TD_WALL_ITEMS (td_wall_items_new (title, n_kinds, get_title, part == TD_WALL_PART_PAGES));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (*items));
  add_part (self, part, title, GTK_WIDGET (*items), description, *items, "changed");
}

/* What is longer cannot be saved. */
static void
message_cb (AdwEntryRow *message)
{
  const char      *text = gtk_editable_get_text (GTK_EDITABLE (message));
  g_autofree char *cut = NULL;

  if (g_utf8_strlen (text, -1) <= TD_WALL_MAX_MESSAGE)
    return;
  cut = g_utf8_substring (text, 0, TD_WALL_MAX_MESSAGE);
  gtk_editable_set_text (GTK_EDITABLE (message), cut);
}

static void
add_message (TdWallSettings *self)
{
  GtkWidget *group = add_group (self, _ ("Message"));

  self->message = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->message), _ ("Text for the room"));
  g_signal_connect (self->message, "changed", G_CALLBACK (message_cb), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->message));
  add_part (self, TD_WALL_PART_MESSAGE, _ ("Message"), group, _ ("Shown on its page; what the desk says to the walls stands above it"),
            self->message, "changed");
}

static TdWallChecks *
add_checks (GtkWidget  *group,
            const char *title)
{
  GtkWidget *checks = td_wall_checks_new (title);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), checks);

  return TD_WALL_CHECKS (checks);
}

static void
add_checks_part (TdWallSettings *self,
                 TdWallPart      part,
                 TdWallChecks   *checks)
{
  add_part (self, part, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (checks)), GTK_WIDGET (checks), NULL, checks, "changed");
}

static void
add_queues (TdWallSettings *self,
            TdCentre       *centre)
{
  GtkWidget *group = add_group (self, _ ("Queues"));

  self->queues = add_checks (group, _ ("Queues that are shown and counted"));
  td_wall_lists_add_queues (self->queues, centre);
  add_checks_part (self, TD_WALL_PART_QUEUES, self->queues);
}

static void
add_combo (TdWallSettings    *self,
           GtkWidget         *group,
           TdWallPart         part,
           const char        *title,
           const char *const *words,
           AdwComboRow      **row)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  *row = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (*row), title);
  adw_combo_row_set_model (*row, G_LIST_MODEL (list));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (*row));
  add_part (self, part, title, GTK_WIDGET (*row), NULL, *row, "notify::selected");
}

static void
add_people (TdWallSettings *self,
            TdCentre       *centre)
{
  GtkWidget        *group = add_group (self, td_wall_page_get_title (TD_WALL_PAGE_PEOPLE));
  const char *const privacies[] = { _ ("Nobody’s name"), _ ("Initials of those who need somebody"), _ ("Names of those who need somebody"), NULL };
  const char *const arranges[] = { C_ ("arrange by", "Place"), C_ ("arrange by", "Team"), C_ ("arrange by", "Queue"), NULL };

  add_combo (self, group, TD_WALL_PART_ARRANGE, _ ("Arranged by"), arranges, &self->arrange);
  self->zones = add_checks (group, _ ("Places that are shown"));
  td_wall_lists_add_places (self->zones);
  add_checks_part (self, TD_WALL_PART_ZONES, self->zones);
  self->teams = add_checks (group, _ ("Teams that are shown"));
  td_wall_lists_add_teams (self->teams, centre);
  add_checks_part (self, TD_WALL_PART_TEAMS, self->teams);
  add_combo (self, group, TD_WALL_PART_PRIVACY, _ ("What is said of people"), privacies, &self->privacy);
}

/* For screens whose picture the system does not turn. */
static void
add_screen (TdWallSettings *self)
{
  GtkWidget        *group = add_group (self, _ ("Orientation"));
  const char *const orientations[] = { _ ("As the system gives it"), _ ("Landscape"), _ ("Portrait, turned to the right"),
                                       _ ("Portrait, turned to the left"), _ ("Landscape, upside down"), NULL };

  add_combo (self, group, TD_WALL_PART_ORIENTATION, _ ("How it hangs"), orientations, &self->orientation);
}

static void
add_target (TdWallSettings *self,
            GtkWidget      *group,
            TdWallPart      part,
            const char     *title,
            const char     *description,
            double          most)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (0, most, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  self->targets[part] = GTK_SPIN_BUTTON (spin);
  add_part (self, part, title, row, description, spin, "value-changed");
}

static void
add_targets (TdWallSettings *self)
{
  GtkWidget *group = add_group (self, _ ("Targets"));

  add_target (self, group, TD_WALL_PART_WAITING, _ ("Callers who may wait"), _ ("0: no target"), 10000);
  add_target (self, group, TD_WALL_PART_LONGEST, _ ("Longest wait, in seconds"), _ ("0: half the limit of the desk"), 86400);
  add_target (self, group, TD_WALL_PART_SERVING, _ ("Agents who have to serve"), _ ("0: by the forecast of calls"), 100000);
}

static void
look_cb (TdWallSettings *self)
{
  td_wall_look_read (self->look, self->wall);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
night_cb (TdWallSettings *self)
{
  td_wall_night_read (self->night, self->wall);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
desks_cb (TdWallSettings *self)
{
  td_wall_desks_read (self->desks, self->wall);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Of the whole wall, so that only the first screen has them. */
static void
add_common (TdWallSettings *self)
{
  self->look = TD_WALL_LOOK (td_wall_look_new (self->wall));
  self->night = TD_WALL_NIGHT (td_wall_night_new (self->wall));
  self->desks = TD_WALL_DESKS (td_wall_desks_new (self->wall));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->look));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->night));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->desks));
  g_signal_connect_object (self->look, "changed", G_CALLBACK (look_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->night, "changed", G_CALLBACK (night_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desks, "changed", G_CALLBACK (desks_cb), self, G_CONNECT_SWAPPED);
}

static void
td_wall_settings_dispose (GObject *object)
{
  /* Rows that go change nothing. */
  TD_WALL_SETTINGS (object)->filling = TRUE;

  G_OBJECT_CLASS (td_wall_settings_parent_class)->dispose (object);
}

static void
td_wall_settings_finalize (GObject *object)
{
  TdWallSettings *self = TD_WALL_SETTINGS (object);

  g_clear_pointer (&self->wall, td_wall_free);
  g_clear_pointer (&self->first, td_wall_free);

  G_OBJECT_CLASS (td_wall_settings_parent_class)->finalize (object);
}

static void
td_wall_settings_class_init (TdWallSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_wall_settings_dispose;
  object_class->finalize = td_wall_settings_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_wall_settings_init (TdWallSettings *self)
{
}

/**
 * td_wall_settings_new:
 * @wall: what the screen begins with; copied
 * @first: (nullable): what the first one shows, where it is another; copied
 * @centre: (nullable): whose queues there are
 *
 * Returns: (transfer floating): the settings
 */
GtkWidget *
td_wall_settings_new (const TdWall *wall,
                      const TdWall *first,
                      TdCentre     *centre)
{
  TdWallSettings *self;

  g_return_val_if_fail (wall != NULL, NULL);

  self = g_object_new (TD_TYPE_WALL_SETTINGS, NULL);
  self->wall = td_wall_copy (wall);
  self->first = first != NULL ? td_wall_copy (first) : NULL;
  add_items (self, TD_WALL_PART_PAGES, _ ("Pages"), _ ("One after another, each for so many seconds"), TD_N_WALL_PAGES, get_page_title, &self->pages);
  add_items (self, TD_WALL_PART_NUMBERS, _ ("Numbers of the First Page"), NULL, TD_N_WALL_NUMBERS, get_number_title, &self->numbers);
  add_message (self);
  add_queues (self, centre);
  add_people (self, centre);
  add_targets (self);
  add_screen (self);
  if (self->first == NULL)
    add_common (self);

  return GTK_WIDGET (self);
}

/**
 * td_wall_settings_get_wall:
 * @self: settings
 *
 * What nobody changed here is as it was. td_wall_settle() makes it whole.
 *
 * Returns: (transfer none): what the screen shows; it may be without a page or
 *   a number
 */
const TdWall *
td_wall_settings_get_wall (TdWallSettings *self)
{
  g_return_val_if_fail (TD_IS_WALL_SETTINGS (self), NULL);

  return self->wall;
}
