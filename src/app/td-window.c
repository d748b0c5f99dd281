/* td-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-window.h"

#include <glib/gi18n.h>

#include "td-agents-page.h"
#include "td-alerts-page.h"
#include "td-audit-window.h"
#include "td-export-dialog.h"
#include "td-format.h"
#include "td-freshness-chip.h"
#include "td-history-banner.h"
#include "td-overview-page.h"
#include "td-page-export.h"
#include "td-page-picture.h"
#include "td-queues-page.h"
#include "td-rates-page.h"
#include "td-report-page.h"
#include "td-source-words.h"
#include "td-what-if-window.h"

struct _TdWindow
{
  AdwApplicationWindow parent_instance;

  char      *agents_view; /* (owned) (nullable): as it was left */
  GSettings *settings;    /* (owned) (nullable): how tables were left */

  TdWatch *watch; /* (owned) (nullable) */
  guint    tick_source;
  char    *title; /* (owned) (nullable): the profile's, before what the source says */

  GtkMenuButton        *profile_button;
  GtkLabel             *name_label;
  GtkLabel             *scenario_label;
  AdwViewSwitcherTitle *switcher_title;
  TdFreshnessChip      *chip;
  GtkRevealer          *trouble_revealer;
  GtkWidget            *trouble_box;
  GtkLabel             *trouble_label;
  TdHistoryBanner      *history_banner;
  AdwToastOverlay      *toasts;
  GtkStack             *state_stack;
  AdwStatusPage        *connecting_page;
  GtkSpinner           *spinner;
  GtkWidget            *retry_button;
  GtkButton            *mend_button;
  AdwViewStack         *page_stack;
  AdwBin               *overview_bin;
  AdwBin               *queues_bin;
  AdwBin               *agents_bin;
  AdwBin               *rates_bin;
  AdwBin               *alerts_bin;
  AdwViewStackPage     *alerts_page;
  AdwBin               *report_bin;
};

G_DEFINE_FINAL_TYPE (TdWindow, td_window, ADW_TYPE_APPLICATION_WINDOW)

static void
set_text (GtkLabel   *label,
          const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text);
}

static TdFreshness
get_freshness (TdHealth health)
{
  switch (health)
    {
    case TD_HEALTH_LIVE:
      return TD_FRESHNESS_LIVE;

    case TD_HEALTH_STALE:
      return TD_FRESHNESS_STALE;

    case TD_HEALTH_LOST:
      return TD_FRESHNESS_LOST;

    case TD_HEALTH_REFUSED:
      return TD_FRESHNESS_REFUSED;

    case TD_HEALTH_CONNECTING:
    default:
      return TD_FRESHNESS_CONNECTING;
    }
}

static void
show_title (TdWindow *self)
{
  const char *name = self->title;

  if (name == NULL && self->watch != NULL)
    name = td_centre_get_info (td_watch_get_centre (self->watch))->name;
  if (name == NULL)
    name = "Tổng Đài";
  if (g_strcmp0 (gtk_label_get_label (self->name_label), name) == 0)
    return;

  gtk_label_set_label (self->name_label, name);
  /* What is pressed is the toggle inside, which takes no name from its child. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->profile_button))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update_names (TdWindow *self)
{
  TdCentre           *centre = td_watch_get_centre (self->watch);
  const TdCentreInfo *info = td_centre_get_info (centre);

  show_title (self);
  gtk_widget_set_visible (GTK_WIDGET (self->scenario_label), info->scenario != NULL);
  if (info->scenario != NULL)
    {
      /* Translators: what the simulated centre plays, "Demo: large outage". */
      g_autofree char *text = g_strdup_printf (_ ("Demo: %s"), td_source_words_get_scenario (info->scenario));

      set_text (self->scenario_label, text);
    }
}

/* A way out of what is wrong, where there is one. */
static void
show_mend (TdWindow   *self,
           const char *label,
           const char *action)
{
  GActionGroup *actions = G_ACTION_GROUP (gtk_window_get_application (GTK_WINDOW (self)));
  gboolean      can_mend = label != NULL && g_action_group_get_action_enabled (actions, action + strlen ("app."));

  gtk_widget_set_visible (GTK_WIDGET (self->mend_button), can_mend);
  if (!can_mend)
    return;

  if (g_strcmp0 (gtk_button_get_label (self->mend_button), label) != 0)
    gtk_button_set_label (self->mend_button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->mend_button), action);
}

/* Before there is anything to show: that it is being asked for, or why it does
 * not come. */
static void
update_connecting (TdWindow *self,
                   TdHealth  health)
{
  const char      *cause = td_poller_get_error_message (td_watch_get_poller (self->watch));
  g_autofree char *source = td_backend_get_title (td_watch_get_backend (self->watch));
  g_autofree char *text = cause != NULL ? g_strdup_printf ("%s\n%s", source, cause) : g_strdup (source);
  g_autofree char *markup = g_markup_escape_text (text, -1);

  gtk_spinner_set_spinning (self->spinner, health != TD_HEALTH_REFUSED);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), health != TD_HEALTH_REFUSED);
  gtk_widget_set_visible (self->retry_button, FALSE);
  show_mend (self, cause != NULL ? _ ("_Preferences…") : NULL, "app.preferences");
  adw_status_page_set_icon_name (self->connecting_page,
                                 health == TD_HEALTH_REFUSED ? "changes-prevent-symbolic" : "network-server-symbolic");
  adw_status_page_set_title (self->connecting_page,
                             health == TD_HEALTH_REFUSED ? _ ("Access Is Refused")
                             : cause != NULL             ? _ ("No Answer Yet")
                                                         : _ ("Connecting"));
  adw_status_page_set_description (self->connecting_page, markup);
}

static void
update_health (TdWindow *self)
{
  TdPoller   *poller = td_watch_get_poller (self->watch);
  TdHealth    health = td_poller_get_health (poller);
  TdFreshness freshness = get_freshness (health);
  gboolean    empty = td_centre_is_empty (td_watch_get_centre (self->watch));
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autofree char *chip = td_freshness_format (freshness, td_poller_get_age_ms (poller),
                                               td_poller_get_last_good (poller), g_get_real_time (), local);
  g_autofree char *source = td_source_words_describe (self->watch);
  g_autofree char *trouble = td_source_words_describe_trouble (self->watch);

  td_freshness_chip_set_state (self->chip, freshness, chip);
  td_freshness_chip_set_open (self->chip, td_source_words_is_open (self->watch));
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self->chip)), source) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->chip), source);

  if (trouble != NULL)
    set_text (self->trouble_label, trouble);
  gtk_revealer_set_reveal_child (self->trouble_revealer, trouble != NULL && !empty);
  if (health == TD_HEALTH_STALE)
    {
      gtk_widget_remove_css_class (self->trouble_box, "lost");
      gtk_widget_add_css_class (self->trouble_box, "stale");
    }
  else
    {
      gtk_widget_remove_css_class (self->trouble_box, "stale");
      gtk_widget_add_css_class (self->trouble_box, "lost");
    }

  if (empty)
    update_connecting (self, health);
  else
    gtk_spinner_set_spinning (self->spinner, FALSE);
  gtk_stack_set_visible_child_name (self->state_stack, empty ? "connecting" : "pages");
}

static gboolean
tick_cb (gpointer user_data)
{
  update_health (user_data);

  return G_SOURCE_CONTINUE;
}

static void
centre_changed_cb (TdWindow  *self,
                   TdChanges *changes)
{
  if (changes->centre_changed)
    update_names (self);
  if (!g_str_equal (gtk_stack_get_visible_child_name (self->state_stack), "pages"))
    update_health (self);
}

/* How a table was left is so again for every centre, and after a restart. */
static void
remember_queues (TdWindow *self)
{
  GtkWidget *page = adw_bin_get_child (self->queues_bin);
  GtkWidget *table;

  if (page == NULL || self->settings == NULL)
    return;

  table = td_queues_page_get_table (TD_QUEUES_PAGE (page));
  g_settings_bind (self->settings, "queues-sort", table, "sort", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "queues-hide-expected-wait", table, "hides-expected-wait", G_SETTINGS_BIND_DEFAULT);
}

static void
remember_agents (TdWindow *self)
{
  GtkWidget *page = adw_bin_get_child (self->agents_bin);

  if (page != NULL && self->settings != NULL)
    g_settings_bind (self->settings, "agents-sort", td_agents_page_get_table (TD_AGENTS_PAGE (page)), "sort",
                     G_SETTINGS_BIND_DEFAULT);
}

/* A page is made when it is first looked at: the first frame waits for one of
 * them only. */
static void
make_page (TdWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->page_stack);

  if (self->watch == NULL || name == NULL)
    return;

  if (g_str_equal (name, "overview") && adw_bin_get_child (self->overview_bin) == NULL)
    adw_bin_set_child (self->overview_bin, td_overview_page_new (self->watch));
  else if (g_str_equal (name, "queues") && adw_bin_get_child (self->queues_bin) == NULL)
    {
      adw_bin_set_child (self->queues_bin, td_queues_page_new (self->watch));
      remember_queues (self);
    }
  else if (g_str_equal (name, "agents") && adw_bin_get_child (self->agents_bin) == NULL)
    {
      adw_bin_set_child (self->agents_bin, td_agents_page_new (self->watch));
      remember_agents (self);
      if (self->agents_view != NULL)
        td_agents_page_set_view (TD_AGENTS_PAGE (adw_bin_get_child (self->agents_bin)), self->agents_view);
    }
  else if (g_str_equal (name, "rates") && adw_bin_get_child (self->rates_bin) == NULL)
    adw_bin_set_child (self->rates_bin, td_rates_page_new (self->watch));
  else if (g_str_equal (name, "alerts") && adw_bin_get_child (self->alerts_bin) == NULL)
    adw_bin_set_child (self->alerts_bin, td_alerts_page_new (self->watch));
  else if (g_str_equal (name, "report") && adw_bin_get_child (self->report_bin) == NULL)
    adw_bin_set_child (self->report_bin, td_report_page_new (self->watch));
}

/* What goes on is counted on the page's button, and pointed out while nobody has taken it. */
static void
alerts_changed_cb (TdWindow *self)
{
  GListModel *incidents = td_alert_board_get_incidents (td_alert_desk_get_board (td_watch_get_alerts (self->watch)));
  guint       n_on = 0, n_open = 0;

  for (guint i = 0; i < g_list_model_get_n_items (incidents); i++)
    {
      g_autoptr (TdIncident) incident = g_list_model_get_item (incidents, i);

      if (td_incident_get_ended (incident) != TD_UNKNOWN)
        continue;
      n_on++;
      n_open += td_incident_get_state (incident) == TD_INCIDENT_OPEN;
    }
  adw_view_stack_page_set_badge_number (self->alerts_page, n_on);
  adw_view_stack_page_set_needs_attention (self->alerts_page, n_open > 0);
}

static void
page_changed_cb (TdWindow *self)
{
  make_page (self);
}

static void
show_page (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  td_window_set_page (TD_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_queue (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  TdWindow  *self = TD_WINDOW (widget);
  GtkWidget *page;

  td_window_set_page (self, "queues");
  page = adw_bin_get_child (self->queues_bin);
  if (page != NULL)
    td_queues_page_show_queue (TD_QUEUES_PAGE (page), g_variant_get_string (parameter, NULL));
}

/* These have nothing to filter; their search is the agents'. */
static void
filter (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  TdWindow *self = TD_WINDOW (widget);

  if (self->watch == NULL)
    return;
  if (g_strcmp0 (td_window_get_page (self), "queues") != 0)
    td_window_set_page (self, "agents");

  if (g_strcmp0 (td_window_get_page (self), "queues") == 0)
    td_queues_page_focus_filter (TD_QUEUES_PAGE (adw_bin_get_child (self->queues_bin)));
  else
    td_agents_page_focus_filter (TD_AGENTS_PAGE (adw_bin_get_child (self->agents_bin)));
}

static void
print_report (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  TdWindow  *self = TD_WINDOW (widget);
  GtkWidget *page;

  td_window_set_page (self, "report");
  page = adw_bin_get_child (self->report_bin);
  if (page != NULL)
    td_report_page_print (TD_REPORT_PAGE (page));
}

/* The page that is looked at, where there is something on it. */
static GtkWidget *
get_shown_page (TdWindow *self)
{
  GtkWidget *bin = adw_view_stack_get_visible_child (self->page_stack);

  if (self->watch == NULL || td_centre_is_empty (td_watch_get_centre (self->watch)) || !ADW_IS_BIN (bin))
    return NULL;

  return adw_bin_get_child (ADW_BIN (bin));
}

static void
export_page (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  TdWindow  *self = TD_WINDOW (widget);
  GtkWidget *page = get_shown_page (self);

  if (page != NULL)
    td_page_export_ask (self, self->watch, page);
}

static void
take_picture (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  TdWindow         *self = TD_WINDOW (widget);
  GtkWidget        *page = get_shown_page (self);
  AdwViewStackPage *shown;

  if (page == NULL)
    return;

  shown = adw_view_stack_get_page (self->page_stack, adw_view_stack_get_visible_child (self->page_stack));
  td_page_picture_ask (self, self->watch, page, adw_view_stack_page_get_title (shown),
                       g_str_equal (action_name, "win.copy-picture") ? TD_PAGE_PICTURE_COPY : TD_PAGE_PICTURE_SAVE);
}

static void
export_history (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  TdWindow *self = TD_WINDOW (widget);

  if (get_shown_page (self) != NULL && td_watch_get_history (self->watch) != NULL)
    gtk_window_present (td_export_dialog_new (GTK_WINDOW (self), self->watch));
}

static void
poll_now (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  TdWindow *self = TD_WINDOW (widget);

  if (self->watch != NULL)
    td_poller_poll_now (td_watch_get_poller (self->watch));
}

/* A window of its kind that stands before this one: one is enough. */
static GtkWindow *
find_window (GtkWidget *widget,
             GType      type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type) && gtk_window_get_transient_for (window) == GTK_WINDOW (widget))
        return window;
    }

  return NULL;
}

static void
show_actions (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  GtkWindow *log = find_window (widget, TD_TYPE_AUDIT_WINDOW);

  if (log == NULL)
    log = td_audit_window_new (GTK_WINDOW (widget), td_audit_log_get_default ());
  gtk_window_present (log);
}

static void
show_what_if (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  TdWindow  *self = TD_WINDOW (widget);
  GtkWindow *window = find_window (widget, TD_TYPE_WHAT_IF_WINDOW);

  if (self->watch == NULL)
    return;
  if (window == NULL)
    window = td_what_if_window_new (GTK_WINDOW (widget), self->watch);
  gtk_window_present (window);
}

static void
toggle_fullscreen (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_fullscreen (GTK_WINDOW (widget));
}

static void
drop_watch (TdWindow *self)
{
  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (self->watch == NULL)
    return;

  g_signal_handlers_disconnect_by_data (td_watch_get_poller (self->watch), self);
  g_signal_handlers_disconnect_by_data (td_alert_desk_get_board (td_watch_get_alerts (self->watch)), self);
  g_signal_handlers_disconnect_by_data (td_watch_get_centre (self->watch), self);
  g_clear_object (&self->watch);
}

static void
td_window_dispose (GObject *object)
{
  TdWindow *self = TD_WINDOW (object);

  drop_watch (self);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->agents_view, g_free);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (td_window_parent_class)->dispose (object);
}

static void
td_window_class_init (TdWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_window_dispose;

  g_type_ensure (TD_TYPE_FRESHNESS_CHIP);
  g_type_ensure (TD_TYPE_HISTORY_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/td-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TdWindow, profile_button);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, name_label);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, scenario_label);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, chip);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, trouble_revealer);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, trouble_box);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, history_banner);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, state_stack);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, connecting_page);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, mend_button);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, page_stack);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, overview_bin);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, queues_bin);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, agents_bin);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, rates_bin);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, alerts_bin);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, alerts_page);
  gtk_widget_class_bind_template_child (widget_class, TdWindow, report_bin);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);

  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page);
  gtk_widget_class_install_action (widget_class, "win.show-queue", "s", show_queue);
  gtk_widget_class_install_action (widget_class, "win.filter", NULL, filter);
  gtk_widget_class_install_action (widget_class, "win.print", NULL, print_report);
  gtk_widget_class_install_action (widget_class, "win.export-page", NULL, export_page);
  gtk_widget_class_install_action (widget_class, "win.save-picture", NULL, take_picture);
  gtk_widget_class_install_action (widget_class, "win.copy-picture", NULL, take_picture);
  gtk_widget_class_install_action (widget_class, "win.export-history", NULL, export_history);
  gtk_widget_class_install_action (widget_class, "win.poll-now", NULL, poll_now);
  gtk_widget_class_install_action (widget_class, "win.show-actions", NULL, show_actions);
  gtk_widget_class_install_action (widget_class, "win.what-if", NULL, show_what_if);
  gtk_widget_class_install_action (widget_class, "win.fullscreen", NULL, toggle_fullscreen);
}

static void
td_window_init (TdWindow *self)
{
  g_autoptr (GtkBuilder) builder = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->chip), FALSE);

  builder = gtk_builder_new_from_resource ("/io/github/tongdai/TongDai/td-help-overlay.ui");
  gtk_application_window_set_help_overlay (GTK_APPLICATION_WINDOW (self),
                                           GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
}

TdWindow *
td_window_new (GtkApplication *app)
{
  return g_object_new (TD_TYPE_WINDOW, "application", app, NULL);
}

static void
show_waiting (TdWindow *self)
{
  show_mend (self, NULL, NULL);
  gtk_widget_set_visible (self->retry_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->state_stack, "connecting");
}

/**
 * td_window_show_starting:
 * @self: a window
 *
 * Says that the demo centre is being started.
 */
void
td_window_show_starting (TdWindow *self)
{
  g_return_if_fail (TD_IS_WINDOW (self));

  adw_status_page_set_icon_name (self->connecting_page, "network-server-symbolic");
  adw_status_page_set_title (self->connecting_page, _ ("Starting the Demo Centre"));
  adw_status_page_set_description (self->connecting_page, _ ("It plays its day up to now."));
  show_waiting (self);
}

/**
 * td_window_show_looking:
 * @self: a window
 *
 * Says that the secret of the profile is being looked up.
 */
void
td_window_show_looking (TdWindow *self)
{
  g_return_if_fail (TD_IS_WINDOW (self));

  adw_status_page_set_icon_name (self->connecting_page, "network-server-symbolic");
  adw_status_page_set_title (self->connecting_page, _ ("Connecting"));
  adw_status_page_set_description (self->connecting_page, NULL);
  show_waiting (self);
}

/**
 * td_window_show_welcome:
 * @self: a window
 *
 * Says what can be watched, as at the first start.
 */
void
td_window_show_welcome (TdWindow *self)
{
  g_return_if_fail (TD_IS_WINDOW (self));

  gtk_stack_set_visible_child_name (self->state_stack, "welcome");
}

/**
 * td_window_set_profiles:
 * @self: a window
 * @menu: the profiles to choose from
 * @title: (nullable): the title of the one in force; the source's own name without one
 */
void
td_window_set_profiles (TdWindow   *self,
                        GMenuModel *menu,
                        const char *title)
{
  g_return_if_fail (TD_IS_WINDOW (self));
  g_return_if_fail (G_IS_MENU_MODEL (menu));

  g_free (self->title);
  self->title = g_strdup (title);
  gtk_menu_button_set_menu_model (self->profile_button, menu);
  show_title (self);
}

/**
 * td_window_show_failure:
 * @self: a window
 * @title: what is wrong, in a few words
 * @message: what went wrong, translated
 * @button: (nullable): what can be done about it, beside trying again
 * @action: (nullable): the action that does it
 *
 * Says why there is nothing to show.
 */
void
td_window_show_failure (TdWindow   *self,
                        const char *title,
                        const char *message,
                        const char *button,
                        const char *action)
{
  g_autofree char *markup = NULL;

  g_return_if_fail (TD_IS_WINDOW (self));
  g_return_if_fail (message != NULL);

  markup = g_markup_escape_text (message, -1);
  adw_status_page_set_icon_name (self->connecting_page, "dialog-error-symbolic");
  adw_status_page_set_title (self->connecting_page, title);
  adw_status_page_set_description (self->connecting_page, markup);
  show_mend (self, button, action);
  gtk_widget_set_visible (self->retry_button, TRUE);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_stack_set_visible_child_name (self->state_stack, "connecting");
}

/**
 * td_window_set_watch:
 * @self: a window
 * @watch: (nullable): the centre to show in the place of the one before
 */
void
td_window_set_watch (TdWindow *self,
                     TdWatch  *watch)
{
  g_return_if_fail (TD_IS_WINDOW (self));
  g_return_if_fail (watch == NULL || TD_IS_WATCH (watch));

  drop_watch (self);
  adw_bin_set_child (self->overview_bin, NULL);
  adw_bin_set_child (self->queues_bin, NULL);
  adw_bin_set_child (self->agents_bin, NULL);
  td_history_banner_set_history (self->history_banner, watch != NULL ? td_watch_get_history (watch) : NULL);
  adw_bin_set_child (self->rates_bin, NULL);
  adw_bin_set_child (self->alerts_bin, NULL);
  adw_view_stack_page_set_badge_number (self->alerts_page, 0);
  adw_bin_set_child (self->report_bin, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->chip), watch != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->scenario_label), FALSE);
  if (watch == NULL)
    {
      gtk_revealer_set_reveal_child (self->trouble_revealer, FALSE);
      show_title (self);
      return;
    }

  self->watch = g_object_ref (watch);
  g_signal_connect_swapped (td_watch_get_centre (watch), "changed", G_CALLBACK (centre_changed_cb), self);
  g_signal_connect_swapped (td_watch_get_poller (watch), "notify::health", G_CALLBACK (update_health), self);
  g_signal_connect_object (td_alert_desk_get_board (td_watch_get_alerts (watch)), "event",
                           G_CALLBACK (alerts_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (td_watch_get_poller (watch), "notify::error-message", G_CALLBACK (update_health), self);
  self->tick_source = g_timeout_add_seconds (1, tick_cb, self);

  update_names (self);
  make_page (self);
  update_health (self);
}

TdWatch *
td_window_get_watch (TdWindow *self)
{
  g_return_val_if_fail (TD_IS_WINDOW (self), NULL);

  return self->watch;
}

/**
 * td_window_set_settings:
 * @self: a window
 * @settings: where the order of tables and their columns are remembered; set once
 */
void
td_window_set_settings (TdWindow  *self,
                        GSettings *settings)
{
  g_return_if_fail (TD_IS_WINDOW (self));
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  remember_queues (self);
  remember_agents (self);
}

/**
 * td_window_get_agents_view:
 * @self: a window
 *
 * Returns: (nullable): how the agents are shown, as td_agents_page_get_view()
 */
const char *
td_window_get_agents_view (TdWindow *self)
{
  GtkWidget *page;

  g_return_val_if_fail (TD_IS_WINDOW (self), NULL);

  page = adw_bin_get_child (self->agents_bin);

  return page != NULL ? td_agents_page_get_view (TD_AGENTS_PAGE (page)) : self->agents_view;
}

/**
 * td_window_set_agents_view:
 * @self: a window
 * @view: how the agents are shown when their page is looked at first
 */
void
td_window_set_agents_view (TdWindow   *self,
                           const char *view)
{
  GtkWidget *page;

  g_return_if_fail (TD_IS_WINDOW (self));

  g_free (self->agents_view);
  self->agents_view = g_strdup (view);
  page = adw_bin_get_child (self->agents_bin);
  if (page != NULL)
    td_agents_page_set_view (TD_AGENTS_PAGE (page), view);
}

/**
 * td_window_get_page:
 * @self: a window
 *
 * Returns: (nullable): "overview", "queues", "agents", "rates", "alerts" or "report"
 */
const char *
td_window_get_page (TdWindow *self)
{
  g_return_val_if_fail (TD_IS_WINDOW (self), NULL);

  return adw_view_stack_get_visible_child_name (self->page_stack);
}

/**
 * td_window_set_page:
 * @self: a window
 * @page: the name of a page; one that there is not changes nothing
 */
void
td_window_set_page (TdWindow   *self,
                    const char *page)
{
  g_return_if_fail (TD_IS_WINDOW (self));
  g_return_if_fail (page != NULL);

  if (adw_view_stack_get_child_by_name (self->page_stack, page) != NULL)
    adw_view_stack_set_visible_child_name (self->page_stack, page);
}

/**
 * td_window_show_incident:
 * @self: a window
 * @id: of an incident
 *
 * Shows the alerts, with the incident where it is among them.
 */
void
td_window_show_incident (TdWindow *self,
                         gint64    id)
{
  g_return_if_fail (TD_IS_WINDOW (self));

  td_window_set_page (self, "alerts");
  if (adw_bin_get_child (self->alerts_bin) != NULL)
    td_alerts_page_show_incident (TD_ALERTS_PAGE (adw_bin_get_child (self->alerts_bin)), id);
}

/**
 * td_window_say:
 * @self: a window
 * @text: what happened
 *
 * Says it for a while.
 */
void
td_window_say (TdWindow   *self,
               const char *text)
{
  g_autofree char *markup = NULL;

  g_return_if_fail (TD_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  markup = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
}
