/* td-wall-checks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-checks.h"

#include <glib/gi18n.h>

/* So many are named; of more it is said how many they are. */
#define MAX_NAMED 4

#define ID_KEY "td-id"

struct _TdWallChecks
{
  AdwExpanderRow parent_instance;

  GPtrArray *checks; /* (owned) (element-type GtkCheckButton) */
  GPtrArray *titles; /* (owned) (element-type char*): of each */
  char      *note;   /* (owned) (nullable) */
  gboolean   filling;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdWallChecks, td_wall_checks, ADW_TYPE_EXPANDER_ROW)

static void
show_chosen (TdWallChecks *self)
{
  guint n = 0;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->checks->len; i++)
    {
      if (!gtk_check_button_get_active (self->checks->pdata[i]))
        continue;
      g_string_append_printf (text, "%s%s", n > 0 ? ", " : "", (const char *)self->titles->pdata[i]);
      n++;
    }
  if (n == 0)
    g_string_assign (text, _ ("All of them"));
  else if (n > MAX_NAMED)
    /* Translators: queues or places that a wall shows, of how many. */
    g_string_printf (text, _ ("%u of %u"), n, self->checks->len);
  if (self->note != NULL)
    g_string_append_printf (text, "\n%s", self->note);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), text->str);
}

static void
toggled_cb (TdWallChecks *self)
{
  if (self->filling)
    return;

  show_chosen (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
td_wall_checks_finalize (GObject *object)
{
  TdWallChecks *self = TD_WALL_CHECKS (object);

  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->titles);
  g_free (self->note);

  G_OBJECT_CLASS (td_wall_checks_parent_class)->finalize (object);
}

static void
td_wall_checks_class_init (TdWallChecksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_wall_checks_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_wall_checks_init (TdWallChecks *self)
{
  self->checks = g_ptr_array_new ();
  self->titles = g_ptr_array_new_with_free_func (g_free);
  /* Names of queues are not ours. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

/**
 * td_wall_checks_new:
 * @title: of the row
 *
 * Returns: (transfer floating): a row without anything in it
 */
GtkWidget *
td_wall_checks_new (const char *title)
{
  return g_object_new (TD_TYPE_WALL_CHECKS, "title", title, NULL);
}

/**
 * td_wall_checks_add:
 * @self: a row
 * @id: of what may be checked; another than those before
 * @title: what it is called
 */
void
td_wall_checks_add (TdWallChecks *self,
                    const char   *id,
                    const char   *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  g_return_if_fail (TD_IS_WALL_CHECKS (self));
  g_return_if_fail (id != NULL && title != NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_object_set_data_full (G_OBJECT (check), ID_KEY, g_strdup (id), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->checks, check);
  g_ptr_array_add (self->titles, g_strdup (title));
}

/**
 * td_wall_checks_set:
 * @self: a row
 * @ids: (nullable): what is checked; %NULL for nothing, which is all
 *
 * What has an id that is not there is added by it.
 */
void
td_wall_checks_set (TdWallChecks      *self,
                    const char *const *ids)
{
  g_return_if_fail (TD_IS_WALL_CHECKS (self));

  self->filling = TRUE;
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      gboolean is_there = FALSE;

      for (guint k = 0; k < self->checks->len && !is_there; k++)
        is_there = g_str_equal (g_object_get_data (self->checks->pdata[k], ID_KEY), ids[i]);
      if (!is_there)
        td_wall_checks_add (self, ids[i], ids[i]);
    }
  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (self->checks->pdata[i],
                                 ids != NULL && g_strv_contains (ids, g_object_get_data (self->checks->pdata[i], ID_KEY)));
  self->filling = FALSE;
  show_chosen (self);
}

/**
 * td_wall_checks_get:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): the ids of what is checked, or %NULL
 */
GStrv
td_wall_checks_get (TdWallChecks *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  g_return_val_if_fail (TD_IS_WALL_CHECKS (self), NULL);

  for (guint i = 0; i < self->checks->len; i++)
    {
      if (!gtk_check_button_get_active (self->checks->pdata[i]))
        continue;
      g_strv_builder_add (builder, g_object_get_data (self->checks->pdata[i], ID_KEY));
      n++;
    }

  return n > 0 ? g_strv_builder_end (builder) : NULL;
}

/**
 * td_wall_checks_set_note:
 * @self: a row
 * @note: (nullable): what is said below what is chosen
 */
void
td_wall_checks_set_note (TdWallChecks *self,
                         const char   *note)
{
  g_return_if_fail (TD_IS_WALL_CHECKS (self));

  g_free (self->note);
  self->note = g_strdup (note);
  show_chosen (self);
}
