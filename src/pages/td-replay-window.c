/* td-replay-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-replay-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-incident-words.h"
#include "td-local-day.h"
#include "td-outlook-view.h"
#include "td-picture.h"
#include "td-rate-chart.h"
#include "td-rate-source.h"
#include "td-replay-table.h"
#include "td-size-bin.h"
#include "td-stat-tile.h"
#include "td-state-bar.h"
#include "td-state-legend.h"

/* A minute of then. */
#define PLAY_MS 1000

typedef enum {
  TILE_WAITING,
  TILE_LONGEST,
  TILE_OFFERED,
  TILE_ANSWERED,
  TILE_ABANDONED,
  TILE_LEVEL,
  TILE_SERVING,
  N_TILES
} Tile;

struct _TdReplayWindow
{
  AdwWindow parent_instance;

  TdWatch      *watch;    /* (owned) (nullable) */
  TdReplay     *replay;   /* (owned) (nullable): when it is read */
  TdPastDay    *past_day; /* (owned) (nullable): with what was normal */
  GCancellable *cancellable;
  gint64        moment;
  guint         play_source;

  AdwWindowTitle  *title;
  GtkWidget       *banner;
  GtkLabel        *moment_label;
  GtkLabel        *relative;
  GtkToggleButton *play;
  GtkWidget       *scale;
  GtkAdjustment   *adjustment;
  GtkStack        *stack;
  AdwStatusPage   *status;
  GtkWidget       *tiles;
  GtkWidget       *tile[N_TILES];
  TdRateChart     *chart;
  TdStateBar      *bar;
  TdStateLegend   *legend;
  GtkLabel        *agents_note;
  TdReplayTable   *table;
  GtkLabel        *note;
};

G_DEFINE_FINAL_TYPE (TdReplayWindow, td_replay_window, ADW_TYPE_WINDOW)

static const char *const captions[N_TILES] = {
  [TILE_WAITING] = N_ ("Waiting"),
  [TILE_LONGEST] = N_ ("Longest wait"),
  [TILE_OFFERED] = N_ ("Offered, 15 min"),
  [TILE_ANSWERED] = N_ ("Answered, 15 min"),
  [TILE_ABANDONED] = N_ ("Abandoned, 15 min"),
  [TILE_LEVEL] = N_ ("Service level so far"),
  [TILE_SERVING] = N_ ("Agents serving"),
};

static GTimeZone *
get_zone (TdReplayWindow *self)
{
  return td_centre_get_timezone (td_watch_get_centre (self->watch));
}

static guint
get_index (TdReplayWindow *self)
{
  return (guint)lround (gtk_adjustment_get_value (self->adjustment));
}

/* --- what is said of the minute ---------------------------------------------- */

static char *
format_date (gint64     at,
             GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_TIME_SPAN_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_strdup_printf ("%d/%d", g_date_time_get_day_of_month (local), g_date_time_get_month (local));
}

static char *
format_relative (int minutes)
{
  guint n = (guint)ABS (minutes);

  if (minutes == 0)
    return g_strdup (_ ("the minute of the alarm"));

  return minutes < 0 ? g_strdup_printf (ngettext ("%u minute before the alarm", "%u minutes before the alarm", n), n)
                     : g_strdup_printf (ngettext ("%u minute after the alarm", "%u minutes after the alarm", n), n);
}

static void
show_moment (TdReplayWindow *self,
             guint           index)
{
  gint64           at = self->moment - self->moment % TD_HISTORY_MINUTE_US + ((int)index - TD_REPLAY_BEFORE) * TD_HISTORY_MINUTE_US;
  g_autofree char *clock = td_format_clock (at, get_zone (self));
  g_autofree char *date = format_date (at, get_zone (self));
  g_autofree char *relative = format_relative ((int)index - TD_REPLAY_BEFORE);
  /* Translators: a time of day and a date of the past. */
  g_autofree char *moment = g_strdup_printf (_ ("As it was at %s, %s"), clock, date);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", moment, relative);

  td_label_set (self->moment_label, moment);
  td_label_set (self->relative, relative);
  adw_window_title_set_title (self->title, moment);
  gtk_window_set_title (GTK_WINDOW (self), moment);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->banner), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, spoken, -1);
}

static void
set_counts (TdReplayWindow *self,
            Tile            tile,
            gint64          quarter,
            gint64          minute,
            gint64          today)
{
  g_autofree char *number = td_format_count (quarter);
  g_autofree char *in_minute = td_format_count (minute);
  g_autofree char *in_day = td_format_count (today);
  /* Translators: calls of one minute, and of the day until then; short. */
  g_autofree char *detail = g_strdup_printf (_ ("1 min: %s · day: %s"), in_minute, in_day);

  td_stat_tile_set_value (TD_STAT_TILE (self->tile[tile]), number, NULL);
  td_stat_tile_set_detail (TD_STAT_TILE (self->tile[tile]), detail, NULL);
}

static void
set_number (TdReplayWindow *self,
            Tile            tile,
            char           *number,
            char           *detail)
{
  td_stat_tile_set_value (TD_STAT_TILE (self->tile[tile]), number, NULL);
  td_stat_tile_set_detail (TD_STAT_TILE (self->tile[tile]), detail, NULL);
  g_free (number);
  g_free (detail);
}

static void
show_tiles (TdReplayWindow *self,
            guint           index)
{
  TdReplayFigures  figures;
  g_autofree char *most = NULL;
  g_autofree char *target = td_format_percent (td_centre_get_service_level_target (td_watch_get_centre (self->watch), NULL), 0);
  g_autofree char *longest = NULL;
  g_autofree char *staffed = NULL;

  td_replay_get_centre (self->replay, index, &figures);
  most = td_format_count (figures.max_waiting);
  longest = td_format_duration (figures.minute.max_wait_ms);
  staffed = td_format_count (TD_IS_KNOWN (figures.serving) ? td_replay_get_agents (self->replay, index, NULL)->staffed : TD_UNKNOWN);
  /* Translators: most callers at once. */
  set_number (self, TILE_WAITING, td_format_count (figures.waiting), g_strdup_printf (_ ("%s at most in the minute"), most));
  /* Translators: the longest wait that ended in the minute. */
  set_number (self, TILE_LONGEST, td_format_duration (figures.longest_ms), g_strdup_printf (_ ("ended: at most %s"), longest));
  set_counts (self, TILE_OFFERED, figures.quarter.offered, figures.minute.offered, figures.today.offered);
  set_counts (self, TILE_ANSWERED, figures.quarter.answered, figures.minute.answered, figures.today.answered);
  set_counts (self, TILE_ABANDONED, figures.quarter.abandoned, figures.minute.abandoned, figures.today.abandoned);
  set_number (self, TILE_LEVEL, td_replay_table_format_service (&figures), g_strdup_printf (_ ("target %s"), target));
  /* Translators: agents at work, paused ones included. */
  set_number (self, TILE_SERVING, td_format_count (figures.serving), g_strdup_printf (_ ("of %s staffed"), staffed));
}

static void
show_agents (TdReplayWindow *self,
             guint           index)
{
  guint               n_unknown;
  const TdAgentTally *tally = td_replay_get_agents (self->replay, index, &n_unknown);
  g_autofree char    *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->bar), tally != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->legend), tally != NULL);
  if (tally != NULL)
    {
      td_state_bar_set_tally (self->bar, tally);
      td_state_legend_set_tally (self->legend, tally);
    }
  if (tally == NULL)
    text = g_strdup (_ ("— The history does not say what agents did then."));
  else if (n_unknown > 0)
    text = g_strdup_printf (ngettext ("Of %u agent it is not known.", "Of %u agents it is not known.", n_unknown), n_unknown);
  td_label_set (self->agents_note, text);
}

static void
show_chart (TdReplayWindow *self,
            guint           index)
{
  guint  n_minutes = td_outlook_view_get_day_length (td_watch_get_centre (self->watch), td_replay_get_day_start (self->replay));
  double rates[TD_DAY_MINUTES], observed[TD_DAY_MINUTES];
  guint  n_passed;

  n_minutes = MIN (n_minutes, TD_DAY_MINUTES);
  n_passed = td_replay_get_rates (self->replay, index, rates, observed, n_minutes);
  td_rate_chart_set_rates (self->chart, rates, observed, n_passed);
  td_rate_chart_set_now (self->chart, td_replay_get_minute (self->replay, index) + TD_HISTORY_MINUTE_US, TD_UNKNOWN);
}

static void
show_note (TdReplayWindow *self,
           guint           index)
{
  guint            n_missing = td_replay_get_n_missing (self->replay, index);
  g_autofree char *text = NULL;

  if (n_missing > 0)
    text = g_strdup_printf (ngettext ("Of that day, %u minute until then was not observed, and its calls are not counted.",
                                      "Of that day, %u minutes until then were not observed, and their calls are not counted.", n_missing),
                            n_missing);
  td_label_set (self->note, text);
}

static void
show_minute (TdReplayWindow *self)
{
  guint index = get_index (self);

  show_moment (self, index);
  if (self->replay == NULL)
    return;

  index = MIN (index, td_replay_get_n_minutes (self->replay) - 1);
  show_tiles (self, index);
  show_agents (self, index);
  show_chart (self, index);
  show_note (self, index);
  td_replay_table_show (self->table, index);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "replay.back", index > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "replay.forward", index + 1 < td_replay_get_n_minutes (self->replay));
}

/* --- going through it ----------------------------------------------------------- */

static void
step (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  TdReplayWindow *self = TD_REPLAY_WINDOW (widget);
  int             by = g_str_equal (action_name, "replay.back") ? -1 : 1;

  gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_value (self->adjustment) + by);
}

static void
to_moment (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  gtk_adjustment_set_value (TD_REPLAY_WINDOW (widget)->adjustment, TD_REPLAY_BEFORE);
}

static void
toggle_play (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  TdReplayWindow *self = TD_REPLAY_WINDOW (widget);

  gtk_toggle_button_set_active (self->play, !gtk_toggle_button_get_active (self->play));
}

static gboolean
play_due_cb (gpointer user_data)
{
  TdReplayWindow *self = user_data;

  if (gtk_adjustment_get_value (self->adjustment) < gtk_adjustment_get_upper (self->adjustment))
    {
      gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_value (self->adjustment) + 1);
      return G_SOURCE_CONTINUE;
    }

  self->play_source = 0;
  gtk_toggle_button_set_active (self->play, FALSE);

  return G_SOURCE_REMOVE;
}

static void
play_cb (TdReplayWindow *self)
{
  gboolean plays = gtk_toggle_button_get_active (self->play);

  g_clear_handle_id (&self->play_source, g_source_remove);
  if (plays)
    self->play_source = g_timeout_add (PLAY_MS, play_due_cb, self);
  gtk_button_set_icon_name (GTK_BUTTON (self->play), plays ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
}

/* --- reading ---------------------------------------------------------------------- */

static void
show_normal (TdReplayWindow *self)
{
  g_autofree TdOutlookRange *ranges = g_new (TdOutlookRange, TD_DAY_MINUTES);
  g_autofree TdRateBand     *bands = g_new (TdRateBand, TD_DAY_MINUTES);
  TdRateSource               source = { self->watch, TD_STREAM_ALL, (char *)"", self->past_day };
  guint                      n_minutes;

  n_minutes = MIN (td_outlook_view_get_day_length (td_watch_get_centre (self->watch), td_replay_get_day_start (self->replay)), TD_DAY_MINUTES);
  if (!td_rate_source_knows_normal (&source))
    return;

  td_rate_source_get_normal (&source, TD_REPLAY_RATE, ranges, n_minutes);
  td_outlook_view_copy_bands (ranges, bands, n_minutes);
  td_rate_chart_set_normal (self->chart, bands, n_minutes);
}

static void
day_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (TdReplayWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPastDay) day = td_past_day_read_finish (TD_OUTLOOK (object), result, &error);

  if (day == NULL)
    {
      g_debug ("What was normal is not known: %s", error->message);
      return;
    }
  if (self->watch == NULL)
    return;

  self->past_day = g_steal_pointer (&day);
  show_normal (self);
}

/* Of today it is known; of a day before it is learnt, which takes a while. */
static void
find_normal (TdReplayWindow *self)
{
  gint64     start = td_replay_get_day_start (self->replay);
  TdLocalDay day;

  if (start == td_day_get_start (td_watch_get_day (self->watch)))
    {
      show_normal (self);
      return;
    }

  td_local_day_init (&day, start, get_zone (self));
  td_past_day_read_async (td_watch_get_outlook (self->watch), day.julian, TRUE, self->cancellable, day_cb, g_object_ref (self));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TdReplayWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdReplay) replay = td_replay_read_finish (TD_HISTORY (object), result, &error);
  g_autofree char *name = NULL;
  TdCentre        *centre;
  gint64           start;

  if (self->watch == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (replay == NULL)
    {
      g_autofree char *markup = g_markup_escape_text (error->message, -1);

      adw_status_page_set_title (self->status, _ ("It Cannot Be Read"));
      adw_status_page_set_description (self->status, markup);
      return;
    }

  self->replay = g_steal_pointer (&replay);
  centre = td_watch_get_centre (self->watch);
  start = td_replay_get_day_start (self->replay);
  td_rate_chart_set_day (self->chart, start, MIN (td_outlook_view_get_day_length (centre, start), TD_DAY_MINUTES), get_zone (self));
  name = format_date (start, get_zone (self));
  td_rate_chart_set_name (self->chart, name);
  td_replay_table_set_replay (self->table, self->replay, centre);
  gtk_adjustment_set_upper (self->adjustment, td_replay_get_n_minutes (self->replay) - 1);
  /* A mark stays where it is when the scale gets shorter. */
  gtk_scale_add_mark (GTK_SCALE (self->scale), TD_REPLAY_BEFORE, GTK_POS_BOTTOM, NULL);
  find_normal (self);
  show_minute (self);
  gtk_stack_set_visible_child_name (self->stack, "centre");
}

static void
td_replay_window_dispose (GObject *object)
{
  TdReplayWindow *self = TD_REPLAY_WINDOW (object);

  g_clear_handle_id (&self->play_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->past_day);
  g_clear_object (&self->replay);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_replay_window_parent_class)->dispose (object);
}

static void
td_replay_window_class_init (TdReplayWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_replay_window_dispose;

  g_type_ensure (TD_TYPE_SIZE_BIN);
  g_type_ensure (TD_TYPE_RATE_CHART);
  g_type_ensure (TD_TYPE_STATE_BAR);
  g_type_ensure (TD_TYPE_STATE_LEGEND);
  g_type_ensure (TD_TYPE_REPLAY_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-replay-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TdReplayWindow, title);
  gtk_widget_class_bind_template_child (widget_class, TdReplayWindow, banner);
  gtk_widget_class_bind_template_child_full (widget_class, "moment", FALSE, G_STRUCT_OFFSET (TdReplayWindow, moment_label));
  gtk_widget_class_bind_template_child (widget_class, TdReplayWindow, relative);
  gtk_widget_class_bind_template_child (widget_class, TdReplayWindow, play);
  gtk_widget_class_bind_template_child (widget_class, TdReplayWindow, scale);
  gtk_widget_class_bind_template_child (widget_class, TdReplayWindow, adjustment);
  gtk_widget_class_bind_template_child (widget_class, TdReplayWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TdReplayWindow, status);
  gtk_widget_class_bind_template_child (widget_class, TdReplayWindow, tiles);
  gtk_widget_class_bind_template_child (widget_class, TdReplayWindow, chart);
  gtk_widget_class_bind_template_child (widget_class, TdReplayWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, TdReplayWindow, legend);
  gtk_widget_class_bind_template_child (widget_class, TdReplayWindow, agents_note);
  gtk_widget_class_bind_template_child (widget_class, TdReplayWindow, table);
  gtk_widget_class_bind_template_child (widget_class, TdReplayWindow, note);
  gtk_widget_class_bind_template_callback (widget_class, play_cb);
  gtk_widget_class_install_action (widget_class, "replay.back", NULL, step);
  gtk_widget_class_install_action (widget_class, "replay.forward", NULL, step);
  gtk_widget_class_install_action (widget_class, "replay.to-moment", NULL, to_moment);
  gtk_widget_class_install_action (widget_class, "replay.play", NULL, toggle_play);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, 0, "replay.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, 0, "replay.forward", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, 0, "replay.play", NULL);
}

static void
td_replay_window_init (TdReplayWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_TILES; i++)
    {
      self->tile[i] = td_stat_tile_new (_ (captions[i]));
      gtk_box_append (GTK_BOX (self->tiles), self->tile[i]);
    }
  gtk_adjustment_set_upper (self->adjustment, TD_REPLAY_BEFORE + TD_REPLAY_AFTER);
  gtk_adjustment_set_value (self->adjustment, TD_REPLAY_BEFORE);
  td_rate_chart_set_past (self->chart, TRUE);
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (show_minute), self, G_CONNECT_SWAPPED);
}

/* When it was told of first. */
static gint64
get_moment (TdIncident *incident)
{
  gint64 moment = TD_UNKNOWN;

  for (guint i = 0; i < td_incident_get_n_parts (incident); i++)
    {
      const TdAlert *part = td_incident_get_part (incident, i);

      if (!TD_IS_KNOWN (moment) || part->raised < moment)
        moment = part->raised;
    }

  return TD_IS_KNOWN (moment) ? moment : td_incident_get_started (incident);
}

/**
 * td_replay_window_new:
 * @parent: (nullable): the window to stand before
 * @watch: a watch that has a history
 * @incident: what is looked back at
 *
 * Returns: (transfer none): a window, not shown yet, that begins to read
 */
GtkWindow *
td_replay_window_new (GtkWindow  *parent,
                      TdWatch    *watch,
                      TdIncident *incident)
{
  TdReplayWindow *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (TD_IS_WATCH (watch), NULL);
  g_return_val_if_fail (td_watch_get_history (watch) != NULL, NULL);
  g_return_val_if_fail (TD_IS_INCIDENT (incident), NULL);

  self = g_object_new (TD_TYPE_REPLAY_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  self->watch = g_object_ref (watch);
  self->moment = get_moment (incident);
  self->cancellable = g_cancellable_new ();
  adw_window_title_set_subtitle (self->title, td_incident_get_title (incident));
  td_picture_set_private (GTK_WIDGET (self->title), td_incident_words_names_agent (incident));
  show_moment (self, TD_REPLAY_BEFORE);
  gtk_widget_grab_focus (self->scale);
  td_replay_read_async (td_watch_get_centre (watch), td_watch_get_history (watch), self->moment, td_watch_get_now (watch),
                        self->cancellable, read_cb, g_object_ref (self));

  return GTK_WINDOW (self);
}
