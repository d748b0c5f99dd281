/* td-history-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-form.h"

#include <glib/gi18n.h>

#include "td-history-command.h"
#include "td-history-csv.h"
#include "td-history-export.h"
#include "td-history-place.h"

/* A packed day of a busy queue. */
#define DAY_BYTES (12 * 1024)

/* What a day of an agent takes: some 450 spans of some 25 bytes, of those who work
 * half of the days. */
#define AGENT_DAY_BYTES (6 * 1024)
#define DAYS_OF_YEAR 366

struct _TdHistoryForm
{
  AdwPreferencesPage parent_instance;

  TdProfile    *profile; /* (owned) (nullable) */
  TdWatch      *watch;   /* (owned) (nullable) */
  GCancellable *cancellable;

  GtkSpinButton        *years;
  GtkSpinButton        *span_days;
  GtkSpinButton        *sample_days;
  AdwActionRow         *size_row;
  AdwActionRow         *place_row;
  GtkWidget            *import_button;
  GtkWidget            *export_button;
  GtkFileChooserNative *chooser; /* (owned) (nullable) */
};

enum {
  CHANGED,
  SAID,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdHistoryForm, td_history_form, ADW_TYPE_PREFERENCES_PAGE)

static guint signals[N_SIGNALS];

static void
show_size (TdHistoryForm *self)
{
  g_autofree char *path = td_history_place_get (self->profile->name);
  g_autofree char *now = g_format_size ((guint64)td_history_place_get_size (self->profile->name));
  g_autofree char *bound = g_format_size (TD_HISTORY_PLACE_MAX_BYTES);
  guint            n_queues = self->watch != NULL ? td_roster_get_size (td_centre_get_queues (td_watch_get_centre (self->watch))) : 0;
  guint            years = (guint)gtk_spin_button_get_value_as_int (self->years);
  g_autofree char *text = NULL;

  if (n_queues > 0)
    {
      guint            n_agents = td_roster_get_size (td_centre_get_agents (td_watch_get_centre (self->watch)));
      guint64          span_days = (guint64)gtk_spin_button_get_value_as_int (self->span_days);
      g_autofree char *full = g_format_size ((guint64)n_queues * years * DAYS_OF_YEAR * DAY_BYTES +
                                             n_agents * span_days * AGENT_DAY_BYTES);

      /* Translators: sizes of a file: as it is, as it will be, and as it can become. */
      text = g_strdup_printf (_ ("%s now, about %s once all of this is there, never more than %s"), now, full, bound);
    }
  else
    /* Translators: sizes of a file: as it is, and as it can become. */
    text = g_strdup_printf (_ ("%s now, never more than %s"), now, bound);
  adw_action_row_set_subtitle (self->size_row, text);
  adw_action_row_set_subtitle (self->place_row, path);
}

static void
years_changed_cb (TdHistoryForm *self)
{
  if (self->profile == NULL)
    return;

  show_size (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
days_changed_cb (TdHistoryForm *self)
{
  years_changed_cb (self);
}

static TdHistory *
get_history (TdHistoryForm *self)
{
  return self->watch != NULL ? td_watch_get_history (self->watch) : NULL;
}

static void
set_busy (TdHistoryForm *self,
          gboolean       busy)
{
  gboolean usable = !busy && get_history (self) != NULL;

  gtk_widget_set_sensitive (self->import_button, usable);
  gtk_widget_set_sensitive (self->export_button, usable);
}

static void
say (TdHistoryForm *self,
     const char    *text)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  set_busy (self, FALSE);
  show_size (self);
  g_signal_emit (self, signals[SAID], 0, text);
}

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TdHistoryForm) self = user_data;
  g_autoptr (GError) error = NULL;

  if (td_history_import_finish (TD_HISTORY (object), result, &error) && self->watch != NULL)
    td_outlook_learn (td_watch_get_outlook (self->watch));
  say (self, error != NULL ? error->message : _ ("The file is in the history now."));
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TdHistoryForm) self = user_data;
  g_autoptr (GError) error = NULL;

  td_history_export_finish (TD_HISTORY (object), result, &error);
  say (self, error != NULL ? error->message : _ ("The history was written."));
}

/* Of a file that names no queue, where there is only one. */
static const char *
get_only_queue (TdHistoryForm *self)
{
  TdRoster *queues = td_centre_get_queues (td_watch_get_centre (self->watch));

  return td_roster_get_size (queues) == 1 ? td_queue_get_id (td_roster_get (queues, 0)) : NULL;
}

/* Takes what was chosen; a dialog that is only hidden would keep the program
 * from ending. */
static GFile *
take_chosen (TdHistoryForm *self,
             int            response)
{
  GFile *file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;

  g_clear_object (&self->chooser);
  return file;
}

static void
import_chosen_cb (TdHistoryForm *self,
                  int            response)
{
  g_autoptr (GFile) file = take_chosen (self, response);
  g_autoptr (GTimeZone) zone = td_history_command_get_zone (self->profile);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  TdHistoryCsv    *csv;

  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path == NULL || get_history (self) == NULL)
    return;

  csv = td_history_csv_open (path, zone, get_only_queue (self), &error);
  if (csv == NULL)
    {
      say (self, error->message);
      return;
    }

  set_busy (self, TRUE);
  td_history_import_async (get_history (self), td_history_csv_read, csv, (GDestroyNotify)td_history_csv_free,
                           imported_cb, g_object_ref (self));
}

static void
export_chosen_cb (TdHistoryForm *self,
                  int            response)
{
  g_autoptr (GFile) file = take_chosen (self, response);
  g_autoptr (GTimeZone) zone = td_history_command_get_zone (self->profile);

  if (file == NULL || get_history (self) == NULL)
    return;

  set_busy (self, TRUE);
  td_history_export_async (get_history (self), file, zone, self->cancellable, exported_cb, g_object_ref (self));
}

static void
choose (TdHistoryForm       *self,
        const char          *title,
        GtkFileChooserAction action,
        const char          *button,
        GCallback            callback)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), action,
                                               button, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", callback, self, G_CONNECT_SWAPPED);
  if (action == GTK_FILE_CHOOSER_ACTION_SAVE)
    {
      g_autofree char *name = g_strconcat (self->profile->name, ".csv", NULL);

      gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
    }
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
import_cb (TdHistoryForm *self)
{
  choose (self, _ ("History to import"), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Import"), G_CALLBACK (import_chosen_cb));
}

static void
export_cb (TdHistoryForm *self)
{
  choose (self, _ ("Export the history"), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), G_CALLBACK (export_chosen_cb));
}

static void
td_history_form_dispose (GObject *object)
{
  TdHistoryForm *self = TD_HISTORY_FORM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_history_form_parent_class)->dispose (object);
}

static void
td_history_form_finalize (GObject *object)
{
  TdHistoryForm *self = TD_HISTORY_FORM (object);

  g_clear_pointer (&self->profile, td_profile_free);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (td_history_form_parent_class)->finalize (object);
}

static void
td_history_form_class_init (TdHistoryFormClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_history_form_dispose;
  object_class->finalize = td_history_form_finalize;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  signals[SAID] =
    g_signal_new ("said",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/td-history-form.ui");
  gtk_widget_class_bind_template_child (widget_class, TdHistoryForm, years);
  gtk_widget_class_bind_template_child (widget_class, TdHistoryForm, span_days);
  gtk_widget_class_bind_template_child (widget_class, TdHistoryForm, sample_days);
  gtk_widget_class_bind_template_callback (widget_class, days_changed_cb);
  gtk_widget_class_bind_template_child (widget_class, TdHistoryForm, size_row);
  gtk_widget_class_bind_template_child (widget_class, TdHistoryForm, place_row);
  gtk_widget_class_bind_template_child (widget_class, TdHistoryForm, import_button);
  gtk_widget_class_bind_template_child (widget_class, TdHistoryForm, export_button);
  gtk_widget_class_bind_template_callback (widget_class, years_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
}

static void
td_history_form_init (TdHistoryForm *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
td_history_form_new (void)
{
  return g_object_new (TD_TYPE_HISTORY_FORM, NULL);
}

/**
 * td_history_form_set_profile:
 * @self: a form
 * @profile: whose history it is; copied
 * @watch: (nullable): that keeps it
 */
void
td_history_form_set_profile (TdHistoryForm   *self,
                             const TdProfile *profile,
                             TdWatch         *watch)
{
  g_return_if_fail (TD_IS_HISTORY_FORM (self));
  g_return_if_fail (profile != NULL);
  g_return_if_fail (watch == NULL || TD_IS_WATCH (watch));

  g_clear_pointer (&self->profile, td_profile_free);
  gtk_spin_button_set_range (self->years, 1, TD_PROFILE_MAX_YEARS);
  gtk_spin_button_set_value (self->years, profile->history_years);
  gtk_spin_button_set_range (self->span_days, 1, TD_PROFILE_MAX_SPAN_DAYS);
  gtk_spin_button_set_value (self->span_days, profile->history_span_days);
  gtk_spin_button_set_range (self->sample_days, 1, TD_PROFILE_MAX_SAMPLE_DAYS);
  gtk_spin_button_set_value (self->sample_days, profile->history_sample_days);
  self->profile = td_profile_copy (profile);
  g_set_object (&self->watch, watch);
  set_busy (self, FALSE);
  show_size (self);
}

/**
 * td_history_form_read:
 * @self: a form
 * @profile: gets what was entered
 */
void
td_history_form_read (TdHistoryForm *self,
                      TdProfile     *profile)
{
  g_return_if_fail (TD_IS_HISTORY_FORM (self));
  g_return_if_fail (profile != NULL);

  profile->history_years = (guint)gtk_spin_button_get_value_as_int (self->years);
  profile->history_span_days = (guint)gtk_spin_button_get_value_as_int (self->span_days);
  profile->history_sample_days = (guint)gtk_spin_button_get_value_as_int (self->sample_days);
}
