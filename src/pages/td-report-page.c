/* td-report-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-report-page-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "td-format.h"
#include "td-page-csv.h"
#include "td-paper-view.h"
#include "td-shift-chooser.h"
#include "td-shift-file.h"
#include "td-shift-gatherer.h"
#include "td-shift-paper.h"
#include "td-shift-store.h"
#include "td-shift-times.h"
#include "td-size-bin.h"

/* Typing rests for so long before it is kept. */
#define SAVE_AFTER_MS 400

/* What could not be kept is tried again: there may be room on the disk by then. */
#define RETRY_S 5

/* Who hands over comes to it a little late. */
#define HAND_OVER_US G_TIME_SPAN_HOUR

G_DEFINE_FINAL_TYPE (TdReportPage, td_report_page, GTK_TYPE_WIDGET)

static GTimeZone *
get_zone (TdReportPage *self)
{
  return td_centre_get_timezone (td_watch_get_centre (self->watch));
}

static gint64
get_now (TdReportPage *self)
{
  return td_centre_get_now (td_watch_get_centre (self->watch));
}

/* --- what is shown -------------------------------------------------------- */

/* There is a file of the shift that cannot be read, and is not written over. */
static gboolean
is_unreadable (TdReportPage *self)
{
  return self->folder != NULL && self->path == NULL;
}

static char *
describe_state (TdReportPage *self)
{
  g_autofree char *clock = NULL;

  if (is_unreadable (self))
    return g_strdup (_ ("The file of this shift cannot be read; these figures are of the history, and nothing typed is kept"));

  if (td_shift_sheet_is_frozen (self->sheet))
    {
      clock = td_format_clock (self->sheet->handed_at, get_zone (self));

      /* Translators: a time of day. */
      return g_strdup_printf (_ ("Handed over at %s: this is what was so then"), clock);
    }
  if (!self->has_figures)
    return g_strdup (_ ("Reading the history…"));
  if (!td_shift_sheet_is_running (self->sheet))
    return g_strdup (_ ("Not handed over yet"));

  clock = td_format_clock (self->sheet->until, get_zone (self));

  /* Translators: a time of day. */
  return g_strdup_printf (_ ("The shift runs: figures up to %s"), clock);
}

static void
update (TdReportPage *self)
{
  gboolean         is_open = !td_shift_sheet_is_frozen (self->sheet) && !is_unreadable (self);
  g_autofree char *shift = td_shift_chooser_format (self->sheet->from, self->sheet->to, get_zone (self));
  g_autofree char *state = describe_state (self);

  gtk_menu_button_set_label (self->shift_button, shift);
  gtk_label_set_label (self->state, state);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->state), state);
  gtk_widget_set_sensitive (self->next, self->sheet->to <= get_now (self));
  gtk_editable_set_editable (self->giver, is_open);
  gtk_editable_set_editable (self->taker, is_open);
  gtk_text_view_set_editable (self->note, is_open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.hand-over",
                                 is_open && self->has_figures && self->path != NULL && self->sheet->from < get_now (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.print", self->has_figures);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.pdf", self->has_figures);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.png", self->has_figures);
}

static void
draw (TdReportPage *self)
{
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;

  update (self);
  if (!self->has_figures)
    return;

  title = td_shift_paper_get_title (self->sheet);
  description = td_shift_paper_describe (self->sheet);
  td_paper_view_take (self->view, td_shift_paper_new (self->sheet), title, description);
}

/* --- what is typed -------------------------------------------------------- */

static void
set_texts (TdReportPage *self)
{
  const TdShiftSheet *sheet = self->sheet;

  self->is_setting = TRUE;
  gtk_editable_set_text (self->giver, sheet->giver != NULL ? sheet->giver : "");
  gtk_editable_set_text (self->taker, sheet->taker != NULL ? sheet->taker : "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->note), sheet->note != NULL ? sheet->note : "", -1);
  gtk_label_set_label (self->saved, "");
  self->is_setting = FALSE;
}

static char *
get_note (TdReportPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->note);
  GtkTextIter    begin, end;

  gtk_text_buffer_get_start_iter (buffer, &begin);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, TD_SHIFT_MAX_NOTE);

  return gtk_text_buffer_get_text (buffer, &begin, &end, FALSE);
}

static void
take_text (char **place,
           char  *text) /* (transfer full) */
{
  g_free (*place);
  *place = g_strchomp (text);
}

static void
take_texts (TdReportPage *self)
{
  take_text (&self->sheet->giver, g_strdup (gtk_editable_get_text (self->giver)));
  take_text (&self->sheet->taker, g_strdup (gtk_editable_get_text (self->taker)));
  take_text (&self->sheet->note, get_note (self));
}

static void
save (TdReportPage *self)
{
  g_clear_handle_id (&self->save_source, g_source_remove);
  take_texts (self);
  if (self->path == NULL)
    return;
  self->is_unsaved = TRUE;
  td_shift_store_save (self->store, self->sheet, self->path);
}

static gboolean
save_cb (gpointer user_data)
{
  TdReportPage *self = user_data;

  self->save_source = 0;
  save (self);
  draw (self);

  return G_SOURCE_REMOVE;
}

static void
typed_cb (TdReportPage *self)
{
  if (self->is_setting || self->sheet == NULL || td_shift_sheet_is_frozen (self->sheet))
    return;

  gtk_label_set_label (self->saved, "");
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
}

static void
saved_cb (TdReportPage *self,
          const char   *error)
{
  if (error == NULL)
    {
      self->is_unsaved = FALSE;
      if (self->sheet != NULL && !td_shift_sheet_is_frozen (self->sheet) && self->save_source == 0)
        gtk_label_set_label (self->saved, _ ("Kept as typed"));
      return;
    }

  if (g_strcmp0 (gtk_label_get_label (self->saved), error) != 0)
    td_report_page_say (self, error);
  gtk_label_set_label (self->saved, error);
  /* What could not be kept was not handed over. */
  if (self->sheet != NULL && td_shift_sheet_is_frozen (self->sheet) && !td_shift_store_is_saving (self->store))
    {
      self->sheet->handed_at = TD_UNKNOWN;
      draw (self);
    }
  if (self->is_unsaved && self->save_source == 0)
    self->save_source = g_timeout_add_seconds (RETRY_S, save_cb, self);
}

/* --- figures -------------------------------------------------------------- */

static void
freeze (TdReportPage *self)
{
  self->is_handing = FALSE;
  self->sheet->handed_at = get_now (self);
  save (self);
}

static void
gathered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TdReportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdShiftSheet) sheet = td_shift_gatherer_gather_finish (TD_SHIFT_GATHERER (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->watch == NULL)
    return;

  g_clear_object (&self->gathering);
  if (sheet == NULL)
    {
      self->is_handing = FALSE;
      gtk_label_set_label (self->state, error->message);
      return;
    }

  td_shift_sheet_free (self->sheet);
  self->sheet = g_steal_pointer (&sheet);
  self->has_figures = TRUE;
  take_texts (self);
  if (self->is_handing)
    freeze (self);
  draw (self);
}

static void
gather (TdReportPage *self)
{
  if (self->gathering != NULL)
    return;

  self->gathering = g_cancellable_new ();
  td_shift_gatherer_gather_async (self->gatherer, self->sheet->from, self->sheet->to, self->gathering, gathered_cb,
                                  g_object_ref (self));
}

static void
stop_gathering (TdReportPage *self)
{
  self->is_handing = FALSE;
  if (self->gathering != NULL)
    g_cancellable_cancel (self->gathering);
  g_clear_object (&self->gathering);
}

/* Who took the shift before over hands this one over, as long as nobody says
 * otherwise. */
static char *
find_giver (TdReportPage *self,
            gint64        from,
            gint64        to)
{
  g_autofree char *path = NULL;
  g_autoptr (TdShiftSheet) before = NULL;

  td_shift_times_step (get_zone (self), FALSE, &from, &to);
  path = td_shift_file_get_path (self->folder, from, to, get_zone (self));
  before = g_file_test (path, G_FILE_TEST_EXISTS) ? td_shift_file_load (path, from, to, NULL) : NULL;

  return before != NULL ? g_steal_pointer (&before->taker) : NULL;
}

static void
show_shift (TdReportPage *self,
            gint64        from,
            gint64        to)
{
  g_autoptr (GError) error = NULL;

  if (self->save_source != 0)
    save (self);
  /* What is being written is what is to be read. */
  td_shift_store_finish (self->store);
  self->is_unsaved = FALSE;
  g_clear_handle_id (&self->save_source, g_source_remove);
  stop_gathering (self);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->sheet, td_shift_sheet_free);
  if (self->folder != NULL)
    {
      g_autofree char *path = td_shift_file_get_path (self->folder, from, to, get_zone (self));
      gboolean         is_kept = g_file_test (path, G_FILE_TEST_EXISTS);

      if (is_kept)
        self->sheet = td_shift_file_load (path, from, to, &error);
      /* What cannot be read is not written over. */
      if (!is_kept || self->sheet != NULL)
        self->path = g_steal_pointer (&path);
      if (error != NULL)
        td_report_page_say (self, error->message);
    }
  if (self->sheet == NULL)
    {
      self->sheet = td_shift_sheet_new (from, to);
      self->sheet->giver = self->path != NULL ? find_giver (self, from, to) : NULL;
    }
  self->has_figures = td_shift_sheet_is_frozen (self->sheet);
  set_texts (self);
  if (!self->has_figures)
    {
      td_paper_view_take (self->view, NULL, _ ("Hand-over sheet"), "");
      gather (self);
    }
  draw (self);
}

/* The shift that runs; but just after its begin the one before, where that was
 * not handed over yet. */
static void
show_first (TdReportPage *self)
{
  gint64   from, to, before_from, before_to, kept_from, kept_to;
  gboolean frozen = FALSE;

  td_shift_times_find (get_now (self), get_zone (self), &from, &to);
  before_from = from;
  before_to = to;
  td_shift_times_step (get_zone (self), FALSE, &before_from, &before_to);
  if (self->folder != NULL && get_now (self) - from < HAND_OVER_US)
    {
      g_autofree char *path = td_shift_file_get_path (self->folder, before_from, before_to, get_zone (self));

      if (td_shift_file_peek (path, &kept_from, &kept_to, &frozen) && !frozen && kept_from == before_from && kept_to == before_to)
        {
          from = before_from;
          to = before_to;
        }
    }
  show_shift (self, from, to);
}

static void
refresh (TdReportPage *self)
{
  if (self->watch == NULL || td_centre_is_empty (td_watch_get_centre (self->watch)))
    return;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  if (self->sheet == NULL)
    show_first (self);
  else if (!td_shift_sheet_is_frozen (self->sheet))
    gather (self);
}

static void
centre_changed_cb (TdReportPage *self)
{
  if (self->sheet == NULL)
    refresh (self);
}

/* --- choosing a shift ----------------------------------------------------- */

static void
step (TdReportPage *self,
      gboolean      forth)
{
  gint64 from, to;

  if (self->sheet == NULL)
    return;

  from = self->sheet->from;
  to = self->sheet->to;
  td_shift_times_step (get_zone (self), forth, &from, &to);
  show_shift (self, from, to);
}

static void
previous_cb (TdReportPage *self)
{
  step (self, FALSE);
}

static void
next_cb (TdReportPage *self)
{
  step (self, TRUE);
}

static void
chosen_cb (TdReportPage *self,
           gint64        from,
           gint64        to)
{
  if (self->sheet != NULL)
    show_shift (self, from, to);
}

/* --- handing over -------------------------------------------------------- */

static void
hand_over_cb (AdwMessageDialog *dialog,
              const char       *response,
              gpointer          user_data)
{
  TdReportPage *self = user_data;

  if (g_strcmp0 (response, "hand-over") != 0 || self->sheet == NULL || td_shift_sheet_is_frozen (self->sheet))
    return;

  stop_gathering (self);
  self->is_handing = TRUE;
  gather (self);
}

static void
hand_over (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  TdReportPage    *self = TD_REPORT_PAGE (widget);
  g_autofree char *end = td_format_clock (self->sheet->to, get_zone (self));
  g_autofree char *runs = NULL;
  GtkWidget       *dialog;

  if (self->sheet->to > get_now (self))
    /* Translators: a time of day. */
    runs = g_strdup_printf (_ ("The shift lasts until %s: the sheet will hold its figures up to now."), end);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Hand the Shift Over?"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), "%s%s%s", runs != NULL ? runs : "", runs != NULL ? " " : "",
                                  _ ("Figures, note and names stay as they are then; nothing of them can be changed afterwards."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "hand-over", _ ("_Hand Over"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "hand-over", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (hand_over_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
print (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  td_report_page_print (TD_REPORT_PAGE (widget));
}

/* --- the widget ----------------------------------------------------------- */

static void
td_report_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (td_report_page_parent_class)->map (widget);

  refresh (TD_REPORT_PAGE (widget));
}

static void
td_report_page_dispose (GObject *object)
{
  TdReportPage *self = TD_REPORT_PAGE (object);
  GtkWidget    *child;

  if (self->save_source != 0)
    save (self);
  if (self->store != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->store, self);
      td_shift_store_finish (self->store);
    }
  stop_gathering (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->store);
  g_clear_object (&self->gatherer);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->sheet, td_shift_sheet_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (td_report_page_parent_class)->dispose (object);
}

static void
td_report_page_class_init (TdReportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_report_page_dispose;
  widget_class->map = td_report_page_map;

  g_type_ensure (TD_TYPE_PAPER_VIEW);
  g_type_ensure (TD_TYPE_SHIFT_CHOOSER);
  g_type_ensure (TD_TYPE_SIZE_BIN);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "reportpage");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-report-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TdReportPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, TdReportPage, next);
  gtk_widget_class_bind_template_child (widget_class, TdReportPage, shift_button);
  gtk_widget_class_bind_template_child (widget_class, TdReportPage, chooser);
  gtk_widget_class_bind_template_child (widget_class, TdReportPage, state);
  gtk_widget_class_bind_template_child (widget_class, TdReportPage, view);
  gtk_widget_class_bind_template_child (widget_class, TdReportPage, giver);
  gtk_widget_class_bind_template_child (widget_class, TdReportPage, taker);
  gtk_widget_class_bind_template_child (widget_class, TdReportPage, note);
  gtk_widget_class_bind_template_child (widget_class, TdReportPage, saved);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);

  gtk_widget_class_install_action (widget_class, "report.hand-over", NULL, hand_over);
  gtk_widget_class_install_action (widget_class, "report.print", NULL, print);
  gtk_widget_class_install_action (widget_class, "report.pdf", NULL, td_report_page_save_as);
  gtk_widget_class_install_action (widget_class, "report.png", NULL, td_report_page_save_as);
}

static void
td_report_page_init (TdReportPage *self)
{
  self->store = td_shift_store_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->store, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (self->note), "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * td_report_page_new:
 * @watch: what is watched
 *
 * Returns: (transfer floating): a new page
 */
GtkWidget *
td_report_page_new (TdWatch *watch)
{
  TdReportPage *self;
  TdHistory    *history;

  g_return_val_if_fail (TD_IS_WATCH (watch), NULL);

  self = g_object_new (TD_TYPE_REPORT_PAGE, NULL);
  self->watch = g_object_ref (watch);
  self->gatherer = td_shift_gatherer_new (td_watch_get_outlook (watch));
  history = td_watch_get_history (watch);
  if (history != NULL)
    self->folder = td_shift_file_get_folder (td_history_get_path (history));
  td_shift_chooser_set_centre (TD_SHIFT_CHOOSER (self->chooser), td_watch_get_centre (watch), self->folder);
  g_signal_connect_object (td_watch_get_centre (watch), "changed", G_CALLBACK (centre_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_outlook (watch), "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  if (history != NULL)
    g_signal_connect_object (history, "marks-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * td_report_page_get_csv:
 * @self: a page
 *
 * Returns: (transfer full) (nullable): the table of the sheet; %NULL where its figures are not there yet
 */
GBytes *
td_report_page_get_csv (TdReportPage *self)
{
  g_return_val_if_fail (TD_IS_REPORT_PAGE (self), NULL);

  return self->has_figures ? td_page_csv_sheet (self->sheet) : NULL;
}
