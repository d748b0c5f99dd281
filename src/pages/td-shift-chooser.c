/* td-shift-chooser.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-shift-chooser.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "td-day-button.h"
#include "td-format.h"
#include "td-shift-file.h"
#include "td-shift-times.h"

#define N_RECENT 14
#define MAX_LISTED 200

struct _TdShiftChooser
{
  GtkPopover parent_instance;

  TdCentre *centre;  /* (owned) (nullable) */
  char     *folder;  /* (owned) (nullable): where shifts are kept; NULL where nothing is */
  GArray   *choices; /* (owned) (element-type gint64): begin and end of each row of @shifts */

  GtkListBox  *shifts;
  GtkEditable *hours;
  GtkLabel    *hours_error;
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdShiftChooser, td_shift_chooser, GTK_TYPE_POPOVER)

static GTimeZone *
get_zone (TdShiftChooser *self)
{
  return td_centre_get_timezone (self->centre);
}

static GtkWidget *
add_row (TdShiftChooser *self,
         const char     *title,
         const char     *subtitle,
         gint64          from,
         gint64          to)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_list_box_append (self->shifts, row);
  g_array_append_val (self->choices, from);
  g_array_append_val (self->choices, to);

  return row;
}

static void
add_choice (TdShiftChooser *self,
            gint64          from,
            gint64          to,
            gboolean        frozen)
{
  g_autofree char *name = td_shift_chooser_format (from, to, get_zone (self));

  add_row (self, name, frozen ? _ ("Handed over") : NULL, from, to);
}

/* What its name says is another shift, where it would be looked for in vain. */
static void
add_stranger (TdShiftChooser *self,
              const char     *path,
              gint64          from,
              gint64          to)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *shift = td_shift_chooser_format (from, to, get_zone (self));
  /* Translators: the name of a file of a shift. */
  g_autofree char *text = g_strdup_printf (_ ("The file %s is of other hours than its name says"), base);
  g_autofree char *markup = g_markup_escape_text (text, -1);
  GtkWidget       *row = add_row (self, shift, markup, from, to);

  gtk_widget_set_sensitive (row, FALSE);
}

static gboolean
has_choice (TdShiftChooser *self,
            gint64          from,
            gint64          to)
{
  for (guint i = 0; i < self->choices->len; i += 2)
    {
      if (g_array_index (self->choices, gint64, i) == from && g_array_index (self->choices, gint64, i + 1) == to)
        return TRUE;
    }

  return FALSE;
}

/* The last shifts, and what is kept of those before them. */
static void
list_shifts (TdShiftChooser *self)
{
  g_auto (GStrv) paths = self->folder != NULL ? td_shift_file_list (self->folder) : NULL;
  GtkWidget *row;
  gint64     from, to, kept_from, kept_to;
  gboolean   frozen;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->shifts))) != NULL)
    gtk_list_box_remove (self->shifts, row);
  g_array_set_size (self->choices, 0);
  if (self->centre == NULL || td_centre_is_empty (self->centre))
    return;

  td_shift_times_find (td_centre_get_now (self->centre), get_zone (self), &from, &to);
  for (guint i = 0; i < N_RECENT; i++)
    {
      g_autofree char *path = self->folder != NULL ? td_shift_file_get_path (self->folder, from, to, get_zone (self)) : NULL;

      frozen = FALSE;
      if (path != NULL && td_shift_file_peek (path, &kept_from, &kept_to, &frozen))
        frozen = frozen && kept_from == from && kept_to == to;
      add_choice (self, from, to, frozen);
      td_shift_times_step (get_zone (self), FALSE, &from, &to);
    }
  for (guint i = 0; paths != NULL && paths[i] != NULL && self->choices->len < 2 * MAX_LISTED; i++)
    {
      g_autofree char *path = NULL;

      if (!td_shift_file_peek (paths[i], &kept_from, &kept_to, &frozen))
        continue;
      path = td_shift_file_get_path (self->folder, kept_from, kept_to, get_zone (self));
      if (!g_str_equal (path, paths[i]))
        add_stranger (self, paths[i], kept_from, kept_to);
      else if (!has_choice (self, kept_from, kept_to))
        add_choice (self, kept_from, kept_to, frozen);
    }
}

static void
choose (TdShiftChooser *self,
        gint64          from,
        gint64          to)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, from, to);
}

static void
shift_activated_cb (TdShiftChooser *self,
                    GtkListBoxRow  *row)
{
  guint index = 2 * (guint)gtk_list_box_row_get_index (row);

  if (index + 1 < self->choices->len)
    choose (self, g_array_index (self->choices, gint64, index), g_array_index (self->choices, gint64, index + 1));
}

static void
hours_cb (TdShiftChooser *self)
{
  g_autoptr (GError) error = NULL;
  gint64 from, to;

  if (self->centre == NULL || td_centre_is_empty (self->centre))
    return;

  if (!td_shift_times_parse (gtk_editable_get_text (self->hours), get_zone (self), &from, &to, &error))
    {
      gtk_label_set_label (self->hours_error, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->hours_error), TRUE);
      return;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->hours_error), FALSE);
  choose (self, from, to);
}

static void
td_shift_chooser_dispose (GObject *object)
{
  TdShiftChooser *self = TD_SHIFT_CHOOSER (object);

  g_clear_object (&self->centre);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->choices, g_array_unref);

  G_OBJECT_CLASS (td_shift_chooser_parent_class)->dispose (object);
}

static void
td_shift_chooser_class_init (TdShiftChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_shift_chooser_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-shift-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, TdShiftChooser, shifts);
  gtk_widget_class_bind_template_child (widget_class, TdShiftChooser, hours);
  gtk_widget_class_bind_template_child (widget_class, TdShiftChooser, hours_error);
  gtk_widget_class_bind_template_callback (widget_class, shift_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, hours_cb);
}

static void
td_shift_chooser_init (TdShiftChooser *self)
{
  self->choices = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "show", G_CALLBACK (list_shifts), NULL);
}

/**
 * td_shift_chooser_set_centre:
 * @self: a chooser
 * @centre: whose shifts they are
 * @folder: (nullable): where they are kept
 */
void
td_shift_chooser_set_centre (TdShiftChooser *self,
                             TdCentre       *centre,
                             const char     *folder)
{
  g_return_if_fail (TD_IS_SHIFT_CHOOSER (self));
  g_return_if_fail (TD_IS_CENTRE (centre));

  g_set_object (&self->centre, centre);
  g_free (self->folder);
  self->folder = g_strdup (folder);
}

/**
 * td_shift_chooser_format:
 * @from: begin of a shift, µs since 1970
 * @to: its end
 * @zone: the centre's zone
 *
 * Returns: (transfer full): what the shift is called: its day and hours
 */
char *
td_shift_chooser_format (gint64     from,
                         gint64     to,
                         GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (from / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *begin = td_format_clock (from, zone);
  g_autofree char *end = td_format_clock (to, zone);
  g_autofree char *day = NULL;
  GDate            date;

  g_return_val_if_fail (zone != NULL, NULL);

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)g_date_time_get_day_of_month (local), (GDateMonth)g_date_time_get_month (local),
                  (GDateYear)g_date_time_get_year (local));
  day = td_day_button_format (g_date_get_julian (&date), 0);

  return g_strdup_printf ("%s %s–%s", day, begin, end);
}
