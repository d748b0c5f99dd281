/* td-day-choice.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-day-choice.h"

#include <glib/gi18n.h>

#include "td-chart-data.h"
#include "td-day-button.h"
#include "td-day-shelf.h"
#include "td-local-day.h"

#define SPACING 10
#define OVERLAY_BY_DATE 4 /* its place in the list */

struct _TdDayChoice
{
  GtkWidget parent_instance;

  TdWatch      *watch; /* (owned) (nullable) */
  TdDayShelf   *shelf; /* (owned) (nullable): what was read of the days */
  GCancellable *cancellable;
  guint         today;     /* as of g_date_get_julian(), or 0 */
  guint         first_day; /* that is remembered, or 0 */

  GtkWidget   *day;
  GtkDropDown *overlay;
  GtkWidget   *other_day;
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdDayChoice, td_day_choice, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static guint
get_today (TdDayChoice *self)
{
  gint64     start = td_day_get_start (td_watch_get_day (self->watch));
  TdLocalDay today;

  if (!TD_IS_KNOWN (start))
    return 0;

  td_local_day_init (&today, start, td_centre_get_timezone (td_watch_get_centre (self->watch)));
  return today.julian;
}

/* The days that are to be laid over the main one. */
static guint
get_others (TdDayChoice *self,
            guint       *others)
{
  static const guint days[][TD_CHART_OVERLAYS] = { { 0 }, { 1 }, { 7 }, { 7, 14, 21, 28 } };
  static const guint n_days[] = { 0, 1, 1, 4 };
  guint              chosen = gtk_drop_down_get_selected (self->overlay);
  guint              main_day = td_day_button_get_day (TD_DAY_BUTTON (self->day));
  guint              day = main_day > 0 ? main_day : get_today (self);

  if (chosen >= G_N_ELEMENTS (n_days))
    {
      others[0] = td_day_button_get_day (TD_DAY_BUTTON (self->other_day));
      return others[0] > 0 ? 1 : 0;
    }

  for (guint i = 0; i < n_days[chosen]; i++)
    {
      if (day <= days[chosen][i])
        return i;
      others[i] = day - days[chosen][i];
    }

  return n_days[chosen];
}

static void
want_days (TdDayChoice *self)
{
  guint others[TD_CHART_OVERLAYS];
  guint n_others = get_others (self, others);

  td_day_shelf_want (self->shelf, td_day_button_get_day (TD_DAY_BUTTON (self->day)), others, n_others);
}

static void
show_span (TdDayChoice *self)
{
  guint today = get_today (self);
  guint first = self->first_day > 0 ? self->first_day : today;

  if (today < 2)
    return;

  td_day_button_set_span (TD_DAY_BUTTON (self->day), first, today - 1);
  td_day_button_set_span (TD_DAY_BUTTON (self->other_day), first, today - 1);
}

static void
span_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  gint64 from, to;
  g_autoptr (GError) error = NULL;
  TdDayChoice *self;
  TdLocalDay   first;

  if (!td_history_get_span_finish (TD_HISTORY (object), result, &from, &to, &error))
    return;

  self = user_data;
  if (from >= to || from < 0)
    return;

  td_local_day_init (&first, from, td_centre_get_timezone (td_watch_get_centre (self->watch)));
  self->first_day = first.julian;
  show_span (self);
}

static void
tell (TdDayChoice *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
days_changed_cb (TdDayChoice *self)
{
  if (self->watch == NULL)
    return;

  want_days (self);
  tell (self);
}

static void
overlay_changed_cb (TdDayChoice *self)
{
  gboolean by_date = gtk_drop_down_get_selected (self->overlay) == OVERLAY_BY_DATE;

  gtk_widget_set_visible (self->other_day, by_date);
  days_changed_cb (self);
  if (by_date && td_day_button_get_day (TD_DAY_BUTTON (self->other_day)) == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    td_day_button_open (TD_DAY_BUTTON (self->other_day));
}

static void
marks_changed_cb (TdDayChoice *self)
{
  td_day_shelf_read_anew (self->shelf);
}

/* Yesterday is another day after midnight. */
static void
day_changed_cb (TdDayChoice *self)
{
  if (self->today == get_today (self))
    return;

  self->today = get_today (self);
  show_span (self);
  want_days (self);
  tell (self);
}

/* The past may still be on its way when the page is first seen. */
static void
read_span (TdDayChoice *self)
{
  TdHistory *history = td_watch_get_history (self->watch);

  if (history == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  show_span (self);
  td_history_get_span_async (history, self->cancellable, span_read_cb, self);
}

static void
td_day_choice_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (td_day_choice_parent_class)->map (widget);

  if (TD_DAY_CHOICE (widget)->watch != NULL)
    read_span (TD_DAY_CHOICE (widget));
}

static void
td_day_choice_dispose (GObject *object)
{
  TdDayChoice *self = TD_DAY_CHOICE (object);
  GtkWidget   *child;

  g_cancellable_cancel (self->cancellable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->shelf);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_day_choice_parent_class)->dispose (object);
}

static void
td_day_choice_finalize (GObject *object)
{
  g_object_unref (TD_DAY_CHOICE (object)->cancellable);

  G_OBJECT_CLASS (td_day_choice_parent_class)->finalize (object);
}

static void
td_day_choice_class_init (TdDayChoiceClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_day_choice_dispose;
  object_class->finalize = td_day_choice_finalize;
  widget_class->map = td_day_choice_map;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "daychoice");
}

static GtkWidget *
add_button (TdDayChoice *self,
            const char  *none,
            const char  *back,
            const char  *tooltip)
{
  GtkWidget *button = td_day_button_new ();

  td_day_button_set_texts (TD_DAY_BUTTON (button), none, back);
  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect_swapped (button, "changed", G_CALLBACK (days_changed_cb), self);
  gtk_widget_set_parent (button, GTK_WIDGET (self));

  return button;
}

static void
add_overlay (TdDayChoice *self)
{
  const char *texts[] = {
    _ ("Alone"),
    _ ("With the day before"),
    _ ("With the same day a week before"),
    _ ("With the same day of 4 weeks"),
    _ ("With another day…"),
    NULL,
  };

  self->overlay = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (texts));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->overlay), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Past days to compare with"), -1);
  g_signal_connect_swapped (self->overlay, "notify::selected", G_CALLBACK (overlay_changed_cb), self);
  gtk_widget_set_parent (GTK_WIDGET (self->overlay), GTK_WIDGET (self));
}

static void
td_day_choice_init (TdDayChoice *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), SPACING);
  self->day = add_button (self, C_ ("day", "Today"), _ ("_Back to Today"), _ ("The day that is shown"));
  add_overlay (self);
  self->other_day = add_button (self, C_ ("day", "Choose…"), _ ("_No Other Day"), _ ("The day to compare with"));
  gtk_widget_set_visible (self->other_day, FALSE);
}

GtkWidget *
td_day_choice_new (void)
{
  return g_object_new (TD_TYPE_DAY_CHOICE, NULL);
}

/**
 * td_day_choice_set_watch:
 * @self: a choice
 * @watch: whose days they are; set once
 */
void
td_day_choice_set_watch (TdDayChoice *self,
                         TdWatch     *watch)
{
  TdHistory *history;

  g_return_if_fail (TD_IS_DAY_CHOICE (self));
  g_return_if_fail (TD_IS_WATCH (watch));
  g_return_if_fail (self->watch == NULL);

  self->watch = g_object_ref (watch);
  self->today = get_today (self);
  self->shelf = td_day_shelf_new (td_watch_get_outlook (watch));
  history = td_watch_get_history (watch);
  gtk_widget_set_visible (GTK_WIDGET (self), history != NULL);
  g_signal_connect_object (self->shelf, "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_outlook (watch), "changed", G_CALLBACK (read_span), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_day (watch), "changed", G_CALLBACK (day_changed_cb), self, G_CONNECT_SWAPPED);
  if (history != NULL)
    g_signal_connect_object (history, "marks-changed", G_CALLBACK (marks_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * td_day_choice_get_main:
 * @self: a choice
 *
 * Returns: (transfer none) (nullable): the past day that is to be shown, or
 *   %NULL for today, and while it is being read
 */
TdPastDay *
td_day_choice_get_main (TdDayChoice *self)
{
  guint main_day;

  g_return_val_if_fail (TD_IS_DAY_CHOICE (self), NULL);

  main_day = td_day_button_get_day (TD_DAY_BUTTON (self->day));

  return main_day > 0 && self->shelf != NULL ? td_day_shelf_get (self->shelf, main_day) : NULL;
}

/**
 * td_day_choice_get_date:
 * @self: a choice
 *
 * Returns: the date that is to be shown, as of g_date_get_julian(), or 0 where none is known
 */
guint
td_day_choice_get_date (TdDayChoice *self)
{
  guint main_day;

  g_return_val_if_fail (TD_IS_DAY_CHOICE (self), 0);

  main_day = td_day_button_get_day (TD_DAY_BUTTON (self->day));
  if (main_day > 0)
    return main_day;

  return self->watch != NULL ? get_today (self) : 0;
}

/**
 * td_day_choice_get_others:
 * @self: a choice
 *
 * Returns: (transfer container) (element-type TdPastDay): the days to be laid
 *   over it, as far as they were read
 */
GPtrArray *
td_day_choice_get_others (TdDayChoice *self)
{
  guint      others[TD_CHART_OVERLAYS];
  guint      n_others;
  GPtrArray *read = g_ptr_array_new ();

  g_return_val_if_fail (TD_IS_DAY_CHOICE (self), read);

  n_others = self->shelf != NULL ? get_others (self, others) : 0;
  for (guint i = 0; i < n_others; i++)
    {
      TdPastDay *day = td_day_shelf_get (self->shelf, others[i]);

      if (day != NULL && !td_past_day_is_empty (day))
        g_ptr_array_add (read, day);
    }

  return read;
}

/**
 * td_day_choice_describe:
 * @self: a choice
 *
 * Returns: (transfer full) (nullable): what there is to say of the days that
 *   were chosen, translated
 */
char *
td_day_choice_describe (TdDayChoice *self)
{
  guint      main_day, n;
  guint      others[TD_CHART_OVERLAYS + 1];
  TdPastDay *day;

  g_return_val_if_fail (TD_IS_DAY_CHOICE (self), NULL);

  if (self->shelf == NULL)
    return NULL;

  main_day = td_day_button_get_day (TD_DAY_BUTTON (self->day));
  n = get_others (self, others);
  if (td_day_shelf_get_error_message (self->shelf) != NULL)
    return g_strdup (td_day_shelf_get_error_message (self->shelf));

  if (main_day > 0)
    others[n++] = main_day;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = td_day_button_format (others[i], get_today (self));

      day = td_day_shelf_get (self->shelf, others[i]);
      if (day != NULL && td_past_day_is_empty (day))
        return g_strdup_printf (_ ("Nothing is remembered of %s."), name);
    }

  if (td_day_shelf_is_reading (self->shelf))
    return g_strdup (_ ("Reading the history…"));

  day = main_day > 0 ? td_day_shelf_get (self->shelf, main_day) : NULL;
  if (day != NULL && td_past_day_has_normal (day))
    /* Translators: of a past day that is shown. */
    return g_strdup (_ ("With the normal that this day had, from the days before it"));

  return day != NULL ? g_strdup (_ ("Not enough came before this day to know what was normal.")) : NULL;
}
