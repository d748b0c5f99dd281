/* td-wall-items.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-items.h"

#include <glib/gi18n.h>

#include "td-wall.h"

#define DEFAULT_SECONDS 20
#define INDEX_KEY "td-index"

struct _TdWallItems
{
  AdwPreferencesGroup parent_instance;

  TdWallItemTitle get_title;
  gboolean        has_seconds;
  TdWallItem      items[TD_WALL_ITEMS_MAX];
  guint           n_items;
  GPtrArray      *rows;    /* (owned) (element-type GtkWidget) */
  GPtrArray      *buttons; /* (owned) (element-type GtkWidget): of each row, the way up */
  guint           show_source;
  guint           moved; /* where that is now which was moved last */
  gboolean        filling;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdWallItems, td_wall_items, ADW_TYPE_PREFERENCES_GROUP)

static void show_items (TdWallItems *self);

static TdWallItem *
get_item (TdWallItems *self,
          GtkWidget   *widget,
          guint       *index)
{
  *index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), INDEX_KEY));

  return &self->items[*index];
}

static void
switched_cb (GtkSwitch   *toggle,
             GParamSpec  *pspec,
             TdWallItems *self)
{
  guint index;

  get_item (self, GTK_WIDGET (toggle), &index)->is_on = gtk_switch_get_active (toggle);
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
seconds_cb (GtkSpinButton *spin,
            TdWallItems   *self)
{
  guint index;

  get_item (self, GTK_WIDGET (spin), &index)->seconds = (guint)gtk_spin_button_get_value_as_int (spin);
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* The rows are made anew once the button is done with its click; who uses the
 * keyboard goes along with what was moved. */
static gboolean
show_cb (gpointer user_data)
{
  TdWallItems *self = user_data;
  GtkWidget   *button;

  self->show_source = 0;
  show_items (self);
  button = self->buttons->pdata[self->moved];
  if (gtk_widget_get_sensitive (button))
    gtk_widget_grab_focus (button);
  else
    gtk_widget_grab_focus (self->rows->pdata[self->moved]);

  return G_SOURCE_REMOVE;
}

static void
up_cb (GtkButton   *button,
       TdWallItems *self)
{
  guint       index;
  TdWallItem *item = get_item (self, GTK_WIDGET (button), &index);
  TdWallItem  moved = *item;

  if (index == 0 || self->show_source != 0)
    return;
  self->items[index] = self->items[index - 1];
  self->items[index - 1] = moved;
  self->moved = index - 1;
  self->show_source = g_idle_add (show_cb, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
create_seconds (TdWallItems      *self,
                const TdWallItem *item,
                const char       *title)
{
  GtkWidget       *seconds = gtk_spin_button_new_with_range (TD_WALL_MIN_SECONDS, TD_WALL_MAX_SECONDS, 5);
  g_autofree char *text = NULL;

  /* Translators: for how many seconds a page of the wall is shown. */
  text = g_strdup_printf (_ ("Seconds of “%s”"), title);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (seconds), item->seconds);
  gtk_widget_set_valign (seconds, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (seconds), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_tooltip_text (seconds, text);
  g_signal_connect (seconds, "value-changed", G_CALLBACK (seconds_cb), self);

  return seconds;
}

static GtkWidget *
create_up (TdWallItems *self,
           guint        index,
           const char  *title)
{
  GtkWidget       *up = gtk_button_new_from_icon_name ("go-up-symbolic");
  g_autofree char *text = NULL;

  /* Translators: a page or a number of the wall. */
  text = g_strdup_printf (_ ("Move “%s” up"), title);
  gtk_widget_set_valign (up, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (up, "flat");
  gtk_widget_set_sensitive (up, index > 0);
  gtk_widget_set_tooltip_text (up, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (up), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect (up, "clicked", G_CALLBACK (up_cb), self);

  return up;
}

static void
add_suffix (GtkWidget *row,
            GtkWidget *widget,
            guint      index)
{
  g_object_set_data (G_OBJECT (widget), INDEX_KEY, GUINT_TO_POINTER (index));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
}

static GtkWidget *
create_row (TdWallItems *self,
            guint        index)
{
  const TdWallItem *item = &self->items[index];
  const char       *title = self->get_title (item->kind);
  GtkWidget        *row = adw_action_row_new ();
  GtkWidget        *toggle = gtk_switch_new ();
  GtkWidget        *up = create_up (self, index, title);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (self->has_seconds)
    add_suffix (row, create_seconds (self, item, title), index);
  add_suffix (row, up, index);
  g_ptr_array_add (self->buttons, up);

  gtk_switch_set_active (GTK_SWITCH (toggle), item->is_on);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  add_suffix (row, toggle, index);
  g_signal_connect (toggle, "notify::active", G_CALLBACK (switched_cb), self);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);

  return row;
}

static void
show_items (TdWallItems *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->buttons, 0);
  for (guint i = 0; i < self->n_items; i++)
    {
      GtkWidget *row = create_row (self, i);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
  self->filling = FALSE;
}

static void
td_wall_items_dispose (GObject *object)
{
  TdWallItems *self = TD_WALL_ITEMS (object);

  g_clear_handle_id (&self->show_source, g_source_remove);
  self->filling = TRUE;

  G_OBJECT_CLASS (td_wall_items_parent_class)->dispose (object);
}

static void
td_wall_items_finalize (GObject *object)
{
  TdWallItems *self = TD_WALL_ITEMS (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->buttons);

  G_OBJECT_CLASS (td_wall_items_parent_class)->finalize (object);
}

static void
td_wall_items_class_init (TdWallItemsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_wall_items_dispose;
  object_class->finalize = td_wall_items_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_wall_items_init (TdWallItems *self)
{
  self->rows = g_ptr_array_new ();
  self->buttons = g_ptr_array_new ();
}

/**
 * td_wall_items_new:
 * @title: of the group
 * @n_kinds: of items there may be, up to %TD_WALL_ITEMS_MAX
 * @get_title: says what an item is called, translated
 * @has_seconds: each is shown for some time
 *
 * Returns: (transfer floating): a group without rows
 */
GtkWidget *
td_wall_items_new (const char     *title,
                   guint           n_kinds,
                   TdWallItemTitle get_title,
                   gboolean        has_seconds)
{
  TdWallItems *self;

  g_return_val_if_fail (n_kinds <= TD_WALL_ITEMS_MAX, NULL);

  self = g_object_new (TD_TYPE_WALL_ITEMS, "title", title, NULL);
  self->n_items = n_kinds;
  self->get_title = get_title;
  self->has_seconds = has_seconds;

  return GTK_WIDGET (self);
}

/**
 * td_wall_items_set:
 * @self: items
 * @items: (array length=n_items): those that are there, in order
 * @n_items: how many
 *
 * Shows them, and behind them what is not there.
 */
void
td_wall_items_set (TdWallItems      *self,
                   const TdWallItem *items,
                   guint             n_items)
{
  gboolean is_there[TD_WALL_ITEMS_MAX] = { FALSE };
  guint    n = 0;

  g_return_if_fail (TD_IS_WALL_ITEMS (self));
  g_return_if_fail (n_items <= self->n_items);

  for (guint i = 0; i < n_items; i++)
    {
      self->items[n] = items[i];
      self->items[n++].is_on = TRUE;
      is_there[items[i].kind] = TRUE;
    }
  for (guint i = 0; i < self->n_items; i++)
    {
      if (!is_there[i])
        self->items[n++] = (TdWallItem){ i, DEFAULT_SECONDS, FALSE };
    }
  g_clear_handle_id (&self->show_source, g_source_remove);
  show_items (self);
}

/**
 * td_wall_items_get:
 * @self: items
 * @items: (out caller-allocates): room for %TD_WALL_ITEMS_MAX: those that are there, in order
 *
 * Returns: how many
 */
guint
td_wall_items_get (TdWallItems *self,
                   TdWallItem  *items)
{
  guint n = 0;

  g_return_val_if_fail (TD_IS_WALL_ITEMS (self), 0);

  for (guint i = 0; i < self->n_items; i++)
    {
      if (self->items[i].is_on)
        items[n++] = self->items[i];
    }

  return n;
}
