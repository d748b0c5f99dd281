/* td-rates-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-rates-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "td-day-choice.h"
#include "td-mark-dialog.h"
#include "td-outlook-view.h"
#include "td-page-health.h"
#include "td-rate-card.h"
#include "td-size-bin.h"
#include "td-stat-tile.h"
#include "td-taught-card.h"

#define MIN_CARD_HEIGHT 190
#define MAX_SHARED 2
#define TICK_MS 1000

struct _TdRatesPage
{
  GtkWidget parent_instance;

  TdWatch   *watch; /* (owned) (nullable) */
  GPtrArray *cards; /* (owned) (element-type TdRateCard): in the grid, which owns them too */
  guint      tick_id;

  TdChartNavigator     *navigator; /* (owned): the charts show the same hours */
  GtkFileChooserNative *chooser;   /* (owned) (nullable) */

  GtkToggleButton *hotlines;
  GtkToggleButton *queues;
  GtkToggleButton *reasons;
  GtkToggleButton *all;
  TdDayChoice     *days;
  GtkLabel        *state;
  GtkWidget       *toasts;
  GtkWidget       *pin;
  GtkGrid         *grid;
  GtkWidget       *taught; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (TdRatesPage, td_rates_page, GTK_TYPE_WIDGET)

static TdStreamKind
get_kind (TdRatesPage *self)
{
  if (gtk_toggle_button_get_active (self->queues))
    return TD_STREAM_QUEUE;
  if (gtk_toggle_button_get_active (self->reasons))
    return TD_STREAM_REASON;

  return gtk_toggle_button_get_active (self->all) ? TD_STREAM_ALL : TD_STREAM_HOTLINE;
}

static void
pin (TdRatesPage *self,
     const char  *queue,
     gint64       from)
{
  TdHistoryMark mark = { .kind = TD_HISTORY_MARK_INCIDENT, .queue = (char *)queue, .from = from, .to = TD_UNKNOWN };

  if (td_watch_get_history (self->watch) != NULL)
    td_mark_dialog_present (GTK_WIDGET (self), self->watch, &mark);
}

static void
minute_activated_cb (TdRatesPage *self,
                     gint64       time,
                     TdRateCard  *card)
{
  pin (self, td_rate_card_get_kind (card) == TD_STREAM_QUEUE ? td_rate_card_get_id (card) : NULL, time);
}

static void
mark_activated_cb (TdRatesPage *self,
                   gint64       id)
{
  TdHistory *history = td_watch_get_history (self->watch);
  g_autoptr (GPtrArray) marks = history != NULL ? td_history_get_marks (history) : NULL;

  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      const TdHistoryMark *mark = marks->pdata[i];

      if (mark->id == id)
        {
          td_mark_dialog_present (GTK_WIDGET (self), self->watch, mark);
          return;
        }
    }
}

static void
pin_clicked_cb (TdRatesPage *self)
{
  pin (self, NULL, td_watch_get_now (self->watch));
}

/* Gives the cards what was read of the days so far. */
static void
hand_days (TdRatesPage *self)
{
  TdPastDay *main_day = td_day_choice_get_main (self->days);
  g_autoptr (GPtrArray) others = td_day_choice_get_others (self->days);

  for (guint i = 0; i < self->cards->len; i++)
    td_rate_card_set_days (self->cards->pdata[i], main_day, others);
}

static void
add_card (TdRatesPage *self,
          TdStreamKind kind,
          const char  *id,
          gboolean     cumulative)
{
  GtkWidget *card = td_rate_card_new (self->watch, kind, id, cumulative);

  td_rate_card_set_navigator (TD_RATE_CARD (card), self->navigator);
  gtk_widget_set_size_request (card, -1, MIN_CARD_HEIGHT);
  gtk_widget_set_hexpand (card, TRUE);
  gtk_widget_set_vexpand (card, TRUE);
  g_signal_connect_object (card, "minute-activated", G_CALLBACK (minute_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "mark-activated", G_CALLBACK (mark_activated_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->cards, g_object_ref (card));
}

static gboolean
has_cards_of (TdRatesPage *self,
              TdStreamKind kind)
{
  TdOutlook *outlook = td_watch_get_outlook (self->watch);
  guint      n_streams = td_outlook_get_n_streams (outlook, kind);

  if (self->cards->len != n_streams + 1)
    return FALSE;

  for (guint i = 0; i < n_streams; i++)
    {
      TdRateCard *card = self->cards->pdata[i];

      if (td_rate_card_get_kind (card) != kind ||
          g_strcmp0 (td_rate_card_get_id (card), td_outlook_get_stream (outlook, kind, i)) != 0)
        return FALSE;
    }

  return TRUE;
}

/* One card takes the whole width; of several, two stand side by side. */
static void
arrange (TdRatesPage *self)
{
  guint n_streams = self->cards->len - 1;
  guint place = 0;

  for (guint i = 0; i < self->cards->len; i++)
    {
      gboolean wide = i + 1 == n_streams && place % 2 == 0;

      gtk_grid_attach (self->grid, self->cards->pdata[i], (int)(place % 2), (int)(place / 2), wide ? 2 : 1, 1);
      place += wide ? 2 : 1;
    }
  self->taught = td_taught_card_new ();
  gtk_grid_attach (self->grid, self->taught, (int)(place % 2), (int)(place / 2), 1, 1);
}

static void
fit_cards (TdRatesPage *self)
{
  TdStreamKind kind = get_kind (self);
  TdOutlook   *outlook = td_watch_get_outlook (self->watch);
  GtkWidget   *child;

  if (self->cards->len > 0 && has_cards_of (self, kind))
    return;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  self->taught = NULL;
  g_ptr_array_set_size (self->cards, 0);

  for (guint i = 0; i < td_outlook_get_n_streams (outlook, kind); i++)
    add_card (self, kind, td_outlook_get_stream (outlook, kind, i), FALSE);
  add_card (self, TD_STREAM_ALL, "", TRUE);
  arrange (self);
}

static char *
describe_state (TdRatesPage *self)
{
  TdOutlook       *outlook = td_watch_get_outlook (self->watch);
  TdOutlookFigures figures;
  gboolean         filling = td_watch_is_filling (self->watch);
  g_autofree char *learnt = NULL;

  switch (td_outlook_get_state (outlook))
    {
    case TD_OUTLOOK_LEARNING:
      return g_strdup (_ ("Reading the history to learn what is normal…"));

    case TD_OUTLOOK_NO_HISTORY:
      if (filling)
        return g_strdup (_ ("The source is being asked for its past, to learn what is normal…"));
      return g_strdup (_ ("No history yet: after one whole day there is a first normal, after two weeks one for each weekday. "
                          "A file of past calls can be imported in the preferences."));

    case TD_OUTLOOK_READY:
    default:
      td_outlook_get_figures (outlook, TD_STREAM_ALL, "", &figures);
      learnt = g_strdup_printf (ngettext ("Normal is learnt from %u day", "Normal is learnt from %u days", figures.days_learnt),
                                figures.days_learnt);
      if (!filling)
        return g_steal_pointer (&learnt);

      /* Translators: "Normal is learnt from 3 days; the source is still being asked for more". */
      return g_strdup_printf (_ ("%s; the source is still being asked for more"), learnt);
    }
}

static void
refresh (TdRatesPage *self)
{
  td_page_show_health (GTK_WIDGET (self), self->watch);
  if (td_centre_is_empty (td_watch_get_centre (self->watch)))
    return;

  for (guint i = 0; i < self->cards->len; i++)
    td_rate_card_refresh (self->cards->pdata[i]);
}

/* A few streams side by side are compared by eye; of many the small ones would
 * be flat. The last card is that of the sum. */
static void
share_scale (TdRatesPage *self)
{
  guint  n_streams = self->cards->len > 0 ? self->cards->len - 1 : 0;
  double max = 0;

  if (n_streams > MAX_SHARED)
    return;

  for (guint i = 0; i < n_streams; i++)
    max = MAX (max, td_rate_card_get_y_max (self->cards->pdata[i]));
  for (guint i = 0; i < n_streams; i++)
    td_rate_card_set_y_max (self->cards->pdata[i], max);
}

static void
refresh_day (TdRatesPage *self)
{
  g_autofree char *state = NULL;

  if (td_centre_is_empty (td_watch_get_centre (self->watch)))
    return;

  fit_cards (self);
  hand_days (self);
  state = td_day_choice_describe (self->days);
  if (state == NULL)
    state = describe_state (self);
  td_label_set (self->state, state);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->state), state);
  gtk_widget_set_visible (self->pin, td_watch_get_history (self->watch) != NULL);
  for (guint i = 0; i < self->cards->len; i++)
    td_rate_card_refresh_day (self->cards->pdata[i]);
  share_scale (self);
  if (self->taught != NULL)
    td_taught_card_show (TD_TAUGHT_CARD (self->taught), td_watch_get_outlook (self->watch));
}

static void
show_all (TdRatesPage *self)
{
  if (self->watch == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  refresh_day (self);
  refresh (self);
}

static void
centre_changed_cb (TdRatesPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  if (self->cards->len == 0)
    refresh_day (self);
  refresh (self);
}

static void
kind_toggled_cb (TdRatesPage     *self,
                 GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    show_all (self);
}

static void
say (TdRatesPage *self,
     const char  *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), adw_toast_new (markup));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TdRatesPage) self = user_data;
  g_autoptr (GError) error = NULL;

  g_file_replace_contents_finish (G_FILE (object), result, NULL, &error);
  /* The page may be gone by now. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    say (self, error != NULL ? error->message : _ ("The rates were written."));
}

/**
 * td_rates_page_export:
 * @self: a page
 * @file: where to; replaced
 *
 * Writes what the page shows now, and says what became of it.
 */
void
td_rates_page_export (TdRatesPage *self,
                      GFile       *file)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;

  g_return_if_fail (TD_IS_RATES_PAGE (self));
  g_return_if_fail (G_IS_FILE (file));

  for (guint i = 0; i < self->cards->len; i++)
    td_rate_card_export (self->cards->pdata[i], csv);
  bytes = g_string_free_to_bytes (g_steal_pointer (&csv));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, written_cb,
                                       g_object_ref (self));
}

static void
export_chosen_cb (TdRatesPage *self,
                  int          response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  /* A dialog that is only hidden would keep the program from ending. */
  g_clear_object (&self->chooser);
  if (file != NULL)
    td_rates_page_export (self, file);
}

static void
export_cb (TdRatesPage *self)
{
  guint            julian = td_day_choice_get_date (self->days);
  GDate            date;
  g_autofree char *name = NULL;

  if (!g_date_valid_julian (julian))
    return;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);
  /* Translators: the name of a file; year, month and day follow. */
  name = g_strdup_printf ("%s-%04d-%02d-%02d.csv", _ ("rates"), g_date_get_year (&date), (int)g_date_get_month (&date),
                          g_date_get_day (&date));
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Export the Rates"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (export_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
tick_cb (gpointer user_data)
{
  refresh (user_data);

  return G_SOURCE_CONTINUE;
}

static void
td_rates_page_map (GtkWidget *widget)
{
  TdRatesPage *self = TD_RATES_PAGE (widget);

  GTK_WIDGET_CLASS (td_rates_page_parent_class)->map (widget);

  show_all (self);
  if (self->tick_id == 0 && self->watch != NULL)
    self->tick_id = g_timeout_add (TICK_MS, tick_cb, self);
}

static void
td_rates_page_unmap (GtkWidget *widget)
{
  TdRatesPage *self = TD_RATES_PAGE (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (td_rates_page_parent_class)->unmap (widget);
}

static void
td_rates_page_dispose (GObject *object)
{
  TdRatesPage *self = TD_RATES_PAGE (object);
  GtkWidget   *child;

  g_clear_handle_id (&self->tick_id, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_object (&self->chooser);
  g_clear_object (&self->navigator);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_rates_page_parent_class)->dispose (object);
}

static void
td_rates_page_class_init (TdRatesPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_rates_page_dispose;
  widget_class->map = td_rates_page_map;
  widget_class->unmap = td_rates_page_unmap;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "ratespage");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-rates-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TdRatesPage, hotlines);
  gtk_widget_class_bind_template_child (widget_class, TdRatesPage, queues);
  gtk_widget_class_bind_template_child (widget_class, TdRatesPage, reasons);
  gtk_widget_class_bind_template_child (widget_class, TdRatesPage, all);
  gtk_widget_class_bind_template_child (widget_class, TdRatesPage, days);
  gtk_widget_class_bind_template_child (widget_class, TdRatesPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, TdRatesPage, state);
  gtk_widget_class_bind_template_child (widget_class, TdRatesPage, pin);
  gtk_widget_class_bind_template_child (widget_class, TdRatesPage, grid);
  gtk_widget_class_bind_template_callback (widget_class, kind_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, pin_clicked_cb);
}

static void
td_rates_page_init (TdRatesPage *self)
{
  self->cards = g_ptr_array_new_with_free_func (g_object_unref);
  self->navigator = td_chart_navigator_new ();
  g_type_ensure (TD_TYPE_DAY_CHOICE);
  g_type_ensure (TD_TYPE_SIZE_BIN);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_toggle_button_set_active (self->hotlines, TRUE);
}

/**
 * td_rates_page_new:
 * @watch: what is watched
 *
 * Returns: (transfer floating): a new page
 */
GtkWidget *
td_rates_page_new (TdWatch *watch)
{
  TdRatesPage *self;

  g_return_val_if_fail (TD_IS_WATCH (watch), NULL);

  self = g_object_new (TD_TYPE_RATES_PAGE, NULL);
  self->watch = g_object_ref (watch);
  td_day_choice_set_watch (self->days, watch);
  g_signal_connect_object (td_watch_get_centre (watch), "changed", G_CALLBACK (centre_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_poller (watch), "notify::health", G_CALLBACK (centre_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_day (watch), "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_outlook (watch), "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  if (td_watch_get_history (watch) != NULL)
    g_signal_connect_object (td_watch_get_history (watch), "marks-changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
