/* td-holidays-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-holidays-form.h"

#include <glib/gi18n.h>

#include "td-holiday-dialog.h"
#include "td-outlook.h"
#include "td-own-days.h"

#define DATE_KEY "td-date"
#define LEAP_YEAR 2024
#define N_YEARS 2

struct _TdHolidaysForm
{
  AdwPreferencesPage parent_instance;

  GHashTable          *days; /* (owned) (element-type utf8 utf8): as td_own_days_new() has them */
  guint                year; /* of now */
  AdwPreferencesGroup *own_group;
  AdwPreferencesGroup *public_group;
  GPtrArray           *rows; /* (owned) (element-type GtkWidget): of @own_group */
  GtkWidget           *add_button;
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdHolidaysForm, td_holidays_form, ADW_TYPE_PREFERENCES_PAGE)

static guint signals[N_SIGNALS];

static char *
format_day (guint       year,
            guint       month,
            guint       day,
            const char *format)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc ((int)year, (int)month, (int)day, 0, 0, 0);

  return date != NULL ? g_date_time_format (date, format) : g_strdup ("");
}

static char *
format_own (const char *date)
{
  g_autofree char *day_of_year = NULL;
  guint            year, month, day;

  if (!td_own_days_parse (date, &year, &month, &day))
    return g_strdup (date);
  if (year != 0)
    /* Translators: a date, as g_date_time_format() writes it: "Friday 25 December 2026". */
    return format_day (year, month, day, C_ ("date format", "%A %-d %B %Y"));

  /* Translators: a day of every year, as g_date_time_format() writes it: "25 December". */
  day_of_year = format_day (LEAP_YEAR, month, day, C_ ("date format", "%-d %B"));

  /* Translators: "25 December, every year". */
  return g_strdup_printf (_ ("%s, every year"), day_of_year);
}

/* --- the centre's own ----------------------------------------------------- */

static void show_own (TdHolidaysForm *self);

static void
done_cb (gpointer object)
{
  TdHolidaysForm *self = object;

  show_own (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ask (TdHolidaysForm *self,
     const char     *date)
{
  td_holiday_dialog_present (GTK_WIDGET (self), self->days, date, self->year, done_cb, self);
}

static void
add_cb (TdHolidaysForm *self)
{
  ask (self, NULL);
}

static void
edit_cb (TdHolidaysForm *self,
         GtkWidget      *widget)
{
  ask (self, g_object_get_data (G_OBJECT (widget), DATE_KEY));
}

static void
remove_cb (TdHolidaysForm *self,
           GtkWidget      *button)
{
  g_hash_table_remove (self->days, g_object_get_data (G_OBJECT (button), DATE_KEY));
  /* The row that the button is in goes with it. */
  gtk_widget_grab_focus (self->add_button);
  done_cb (self);
}

static void
add_button (TdHolidaysForm *self,
            GtkWidget      *row,
            const char     *date,
            const char     *icon,
            const char     *tooltip,
            GCallback       clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  g_object_set_data_full (G_OBJECT (button), DATE_KEY, g_strdup (date), g_free);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
create_row (const char *title,
            const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);

  return row;
}

static void
show_own (TdHolidaysForm *self)
{
  g_auto (GStrv) dates = td_own_days_list (self->days);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->own_group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; dates[i] != NULL; i++)
    {
      const char      *name = g_hash_table_lookup (self->days, dates[i]);
      g_autofree char *text = format_own (dates[i]);
      GtkWidget       *row = create_row (name, text);
      g_autofree char *edit = NULL;
      g_autofree char *remove = NULL;

      /* Translators: what a button does, for the one who does not see it; the name of a day. */
      edit = g_strdup_printf (_ ("Edit “%s”"), name);
      remove = g_strdup_printf (_ ("Remove “%s”"), name);
      add_button (self, row, dates[i], "document-edit-symbolic", edit, G_CALLBACK (edit_cb));
      add_button (self, row, dates[i], "user-trash-symbolic", remove, G_CALLBACK (remove_cb));
      adw_preferences_group_add (self->own_group, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_sensitive (self->add_button, g_hash_table_size (self->days) < TD_OWN_DAYS_MAX);
}

/* --- those of the country -------------------------------------------------- */

static char *
format_julian (guint julian)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);

  return format_day (g_date_get_year (&date), (guint)g_date_get_month (&date), g_date_get_day (&date),
                     C_ ("date format", "%A %-d %B %Y"));
}

static void
add_public (TdHolidaysForm *self,
            const char     *name,
            guint           first,
            guint           last)
{
  g_autofree char *from = format_julian (first);
  g_autofree char *to = format_julian (last);
  g_autofree char *text = NULL;

  /* Translators: from one date to another. */
  text = first == last ? g_strdup (from) : g_strdup_printf (_ ("%s – %s"), from, to);
  adw_preferences_group_add (self->public_group, create_row (name, text));
}

/* Days of one holiday that follow each other are one row. */
static void
show_public (TdHolidaysForm *self)
{
  GDate       date;
  guint       first, last;
  const char *name = NULL;
  guint       since = 0;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, G_DATE_JANUARY, (GDateYear)self->year);
  first = g_date_get_julian (&date);
  g_date_set_dmy (&date, 1, G_DATE_JANUARY, (GDateYear)(self->year + N_YEARS));
  last = g_date_get_julian (&date);

  for (guint julian = first; julian <= last; julian++)
    {
      const char *next = julian < last ? td_outlook_get_public_holiday (julian) : NULL;

      if (g_strcmp0 (name, next) == 0)
        continue;
      if (name != NULL)
        add_public (self, name, since, julian - 1);
      name = next;
      since = julian;
    }
}

/* --- the page -------------------------------------------------------------- */

static void
td_holidays_form_finalize (GObject *object)
{
  TdHolidaysForm *self = TD_HOLIDAYS_FORM (object);

  g_clear_pointer (&self->days, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (td_holidays_form_parent_class)->finalize (object);
}

static void
td_holidays_form_class_init (TdHolidaysFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_holidays_form_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_holidays_form_init (TdHolidaysForm *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (self);

  self->days = td_own_days_new ();
  self->rows = g_ptr_array_new ();
  adw_preferences_page_set_title (page, _ ("Holidays"));
  adw_preferences_page_set_icon_name (page, "x-office-calendar-symbolic");

  self->add_button = gtk_button_new_with_mnemonic (_ ("_Add…"));
  gtk_widget_set_valign (self->add_button, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->add_button, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);

  self->own_group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->own_group, _ ("The centre’s own days"));
  adw_preferences_group_set_description (self->own_group,
                                         _ ("Days that are unlike others here: they are learnt and judged as holidays, and teach "
                                            "nothing of their weekday."));
  adw_preferences_group_set_header_suffix (self->own_group, self->add_button);
  adw_preferences_page_add (page, self->own_group);

  self->public_group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->public_group, _ ("Public holidays"));
  adw_preferences_group_set_description (self->public_group, _ ("Those of Viet Nam are known; they need not be entered."));
  adw_preferences_page_add (page, self->public_group);
}

GtkWidget *
td_holidays_form_new (void)
{
  return g_object_new (TD_TYPE_HOLIDAYS_FORM, NULL);
}

/**
 * td_holidays_form_set_profile:
 * @self: a page; set once
 * @profile: whose days these are
 * @year: of now; the country's days of this year and the next are listed
 */
void
td_holidays_form_set_profile (TdHolidaysForm  *self,
                              const TdProfile *profile,
                              guint            year)
{
  g_return_if_fail (TD_IS_HOLIDAYS_FORM (self));
  g_return_if_fail (profile != NULL);
  g_return_if_fail (self->year == 0);
  g_return_if_fail (year > 0 && year < 9999);

  g_hash_table_unref (self->days);
  self->days = td_own_days_copy (profile->holidays);
  self->year = year;
  show_own (self);
  show_public (self);
}

/**
 * td_holidays_form_read:
 * @self: a page
 * @profile: gets what was entered
 */
void
td_holidays_form_read (TdHolidaysForm *self,
                       TdProfile      *profile)
{
  g_return_if_fail (TD_IS_HOLIDAYS_FORM (self));
  g_return_if_fail (profile != NULL);

  g_hash_table_unref (profile->holidays);
  profile->holidays = td_own_days_copy (self->days);
}
