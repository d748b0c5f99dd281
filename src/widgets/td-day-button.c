/* td-day-button.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-day-button.h"

#include <glib/gi18n.h>
#include <stdio.h>

#define SPACING 10

struct _TdDayButton
{
  GtkWidget parent_instance;

  guint    day;
  guint    first;
  guint    last;
  gboolean is_entering; /* the calendar follows what is written */
  char    *none;        /* (owned) (nullable): what is shown where no day is chosen */

  GtkWidget *button;
  GtkWidget *popover;
  GtkWidget *entry;
  GtkWidget *calendar;
  GtkWidget *note;
  GtkWidget *back;
  GtkWidget *take;
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdDayButton, td_day_button, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

/**
 * td_day_button_format:
 * @julian: a date
 * @near: another, today's perhaps: the year is left out where it is the same; 0 for none
 *
 * Returns: (transfer full): the day's weekday and date, short
 */
char *
td_day_button_format (guint julian,
                      guint near)
{
  GDate date, other;
  g_autoptr (GDateTime) day = NULL;

  g_return_val_if_fail (g_date_valid_julian (julian), NULL);

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);
  g_date_clear (&other, 1);
  g_date_set_julian (&other, g_date_valid_julian (near) ? near : 1);
  day = g_date_time_new_utc (g_date_get_year (&date), (int)g_date_get_month (&date), g_date_get_day (&date), 12, 0, 0);
  if (day == NULL)
    return g_strdup ("");

  if (g_date_get_year (&date) == g_date_get_year (&other))
    /* Translators: a day, short, as g_date_time_format() writes it: "Thu 14/10". */
    return g_date_time_format (day, C_ ("date format", "%a %d/%m"));

  /* Translators: a day of another year, short, as g_date_time_format() writes it: "Thu 14/10/2025". */
  return g_date_time_format (day, C_ ("date format", "%a %d/%m/%Y"));
}

static guint
get_selected (TdDayButton *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay)g_date_time_get_day_of_month (date), (GDateMonth)g_date_time_get_month (date),
                  (GDateYear)g_date_time_get_year (date));

  return g_date_get_julian (&day);
}

static gboolean
parse (const char *text,
       guint      *julian)
{
  int      year, month, day, end = 0;
  gboolean complete = sscanf (text, " %4d-%2d-%2d %n", &year, &month, &day, &end) == 3 && text[end] == '\0';
  GDate    date;

  if (!complete || year < 1 || !g_date_valid_dmy ((GDateDay)MAX (day, 0), (GDateMonth)CLAMP (month, 0, 13), (GDateYear)year))
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  *julian = g_date_get_julian (&date);
  return TRUE;
}

/* What is written decides. */
static void
show_note (TdDayButton *self)
{
  guint       wanted = 0;
  gboolean    is_date = parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)), &wanted);
  gboolean    is_within = is_date && wanted >= self->first && wanted <= self->last;
  const char *note = "";

  if (!is_date)
    note = _ ("Year-month-day, as in 2026-11-20");
  else if (wanted > self->last)
    note = _ ("This day is not over yet.");
  else if (wanted < self->first)
    note = _ ("Nothing is remembered of this day.");
  gtk_widget_set_sensitive (self->take, is_within);
  gtk_label_set_label (GTK_LABEL (self->note), note);
}

static void
select_day (TdDayButton *self,
            guint        julian)
{
  GDate date;
  g_autoptr (GDateTime) day = NULL;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);
  day = g_date_time_new_utc (g_date_get_year (&date), (int)g_date_get_month (&date), g_date_get_day (&date), 0, 0, 0);
  if (day != NULL)
    gtk_calendar_select_day (GTK_CALENDAR (self->calendar), day);
}

static void
entered_cb (TdDayButton *self)
{
  guint wanted;

  if (parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)), &wanted) && wanted != get_selected (self))
    {
      self->is_entering = TRUE;
      select_day (self, wanted);
      self->is_entering = FALSE;
    }
  show_note (self);
}

static void
selected_cb (TdDayButton *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  g_autofree char *text = NULL;

  if (self->is_entering)
    return;

  text = g_date_time_format (date, "%Y-%m-%d");
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

static void
show_label (TdDayButton *self)
{
  g_autofree char *text = self->day > 0 ? td_day_button_format (self->day, self->last) : g_strdup (self->none);

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), text != NULL ? text : "");
  gtk_widget_set_visible (self->back, self->day > 0);
}

static void
choose (TdDayButton *self,
        guint        day)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (self->day == day)
    return;

  td_day_button_set_day (self, day);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
take_cb (TdDayButton *self)
{
  guint wanted;

  if (parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)), &wanted))
    choose (self, wanted);
}

static void
back_cb (TdDayButton *self)
{
  choose (self, 0);
}

static void
shown_cb (TdDayButton *self)
{
  guint wanted = self->day > 0 ? self->day : self->last;

  if (g_date_valid_julian (wanted))
    select_day (self, wanted);
  selected_cb (self);
  show_note (self);
  gtk_widget_grab_focus (self->entry);
}

static void
td_day_button_dispose (GObject *object)
{
  TdDayButton *self = TD_DAY_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (td_day_button_parent_class)->dispose (object);
}

static void
td_day_button_finalize (GObject *object)
{
  g_free (TD_DAY_BUTTON (object)->none);

  G_OBJECT_CLASS (td_day_button_parent_class)->finalize (object);
}

static void
td_day_button_class_init (TdDayButtonClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_day_button_dispose;
  object_class->finalize = td_day_button_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "daybutton");
}

static GtkWidget *
create_content (TdDayButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);

  self->entry = gtk_entry_new ();
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Date (year-month-day)"), -1);
  self->calendar = gtk_calendar_new ();
  self->note = gtk_label_new (NULL);
  self->back = gtk_button_new ();
  self->take = gtk_button_new_with_mnemonic (_ ("_Show This Day"));
  gtk_widget_add_css_class (self->note, "td-caption");
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_button_set_use_underline (GTK_BUTTON (self->back), TRUE);
  gtk_widget_add_css_class (self->take, "suggested-action");
  gtk_widget_set_hexpand (self->take, TRUE);
  gtk_widget_set_halign (self->take, GTK_ALIGN_END);

  gtk_box_append (GTK_BOX (buttons), self->back);
  gtk_box_append (GTK_BOX (buttons), self->take);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->calendar);
  gtk_box_append (GTK_BOX (box), self->note);
  gtk_box_append (GTK_BOX (box), buttons);

  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (entered_cb), self);
  g_signal_connect_swapped (self->calendar, "notify::day", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->calendar, "notify::month", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->calendar, "notify::year", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->back, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_swapped (self->take, "clicked", G_CALLBACK (take_cb), self);

  return box;
}

static void
td_day_button_init (TdDayButton *self)
{
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), create_content (self));
  gtk_popover_set_default_widget (GTK_POPOVER (self->popover), self->take);
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (shown_cb), self);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
td_day_button_new (void)
{
  return g_object_new (TD_TYPE_DAY_BUTTON, NULL);
}

/**
 * td_day_button_set_texts:
 * @self: a button
 * @none: what it shows where no day is chosen
 * @back: what goes back to none, with a mnemonic
 */
void
td_day_button_set_texts (TdDayButton *self,
                         const char  *none,
                         const char  *back)
{
  g_return_if_fail (TD_IS_DAY_BUTTON (self));

  g_free (self->none);
  self->none = g_strdup (none);
  gtk_button_set_label (GTK_BUTTON (self->back), back);
  show_label (self);
}

/**
 * td_day_button_set_span:
 * @self: a button
 * @first: the first date that can be chosen
 * @last: the last
 */
void
td_day_button_set_span (TdDayButton *self,
                        guint        first,
                        guint        last)
{
  g_return_if_fail (TD_IS_DAY_BUTTON (self));

  self->first = first;
  self->last = last;
  show_note (self);
}

/**
 * td_day_button_set_day:
 * @self: a button
 * @julian: the date, or 0 for none
 */
void
td_day_button_set_day (TdDayButton *self,
                       guint        julian)
{
  g_return_if_fail (TD_IS_DAY_BUTTON (self));

  self->day = julian;
  show_label (self);
}

guint
td_day_button_get_day (TdDayButton *self)
{
  g_return_val_if_fail (TD_IS_DAY_BUTTON (self), 0);

  return self->day;
}

/**
 * td_day_button_open:
 * @self: a button
 *
 * Opens its calendar.
 */
void
td_day_button_open (TdDayButton *self)
{
  g_return_if_fail (TD_IS_DAY_BUTTON (self));

  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}
