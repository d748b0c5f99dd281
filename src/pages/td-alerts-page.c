/* td-alerts-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alerts-page.h"

#include <glib/gi18n.h>

#include "td-alert-csv.h"
#include "td-alert-log-row.h"
#include "td-csv.h"
#include "td-incident-card.h"
#include "td-replay-window.h"
#include "td-size-bin.h"
#include "td-stat-tile.h"
#include "td-time.h"

/* Of more, the newest are shown. */
#define MAX_LOGGED 200

/* What happens together is read once. */
#define READ_AFTER_MS 300

/* What it says of durations goes on when nothing changes. */
#define TICK_S 15

struct _TdAlertsPage
{
  GtkWidget parent_instance;

  TdWatch      *watch;   /* (owned) (nullable) */
  GPtrArray    *logged;  /* (owned) (nullable) (element-type TdIncident): as it was read */
  GCancellable *reading; /* (owned) (nullable) */
  guint         read_source;
  guint         tick_source;
  gboolean      is_setting; /* what changes is not typed */

  GtkWidget   *bin;
  GtkWidget   *scrolled;
  GtkLabel    *summary;
  GtkEditable *who;
  GtkWidget   *cards;
  GtkWidget   *calm;
  GtkLabel    *calm_label;
  GtkEditable *search;
  GtkDropDown *levels;
  GtkDropDown *days;
  GtkListBox  *log;
  GtkLabel    *log_note;
  GtkWidget   *refused_box;
  GtkLabel    *refused;
};

G_DEFINE_FINAL_TYPE (TdAlertsPage, td_alerts_page, GTK_TYPE_WIDGET)

static TdAlertDesk *
get_desk (TdAlertsPage *self)
{
  return td_watch_get_alerts (self->watch);
}

static GListModel *
get_incidents (TdAlertsPage *self)
{
  return td_alert_board_get_incidents (td_alert_desk_get_board (get_desk (self)));
}

static GTimeZone *
get_zone (TdAlertsPage *self)
{
  return td_centre_get_timezone (td_watch_get_centre (self->watch));
}

/* --- what needs a person now ------------------------------------------------ */

static TdIncidentCard *
find_card (TdAlertsPage *self,
           TdIncident   *incident)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->cards); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (td_incident_card_get_incident (TD_INCIDENT_CARD (child)) == incident)
        return TD_INCIDENT_CARD (child);
    }

  return NULL;
}

/* What goes on first, the gravest first, and of these the newest. */
static int
compare_incidents (gconstpointer a,
                   gconstpointer b)
{
  TdIncident *x = *(TdIncident *const *)a;
  TdIncident *y = *(TdIncident *const *)b;
  gboolean    x_on = td_incident_get_ended (x) == TD_UNKNOWN;
  gboolean    y_on = td_incident_get_ended (y) == TD_UNKNOWN;

  if (x_on != y_on)
    return x_on ? -1 : 1;
  if (td_incident_get_level (x) != td_incident_get_level (y))
    return td_incident_get_level (x) > td_incident_get_level (y) ? -1 : 1;

  return td_incident_get_id (x) > td_incident_get_id (y) ? -1 : 1;
}

static GPtrArray *
sort_incidents (TdAlertsPage *self)
{
  GListModel *model = get_incidents (self);
  GPtrArray  *sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (sorted, g_list_model_get_item (model, i));
  g_ptr_array_sort (sorted, compare_incidents);

  return sorted;
}

static void
remove_stale_cards (TdAlertsPage *self,
                    GPtrArray    *incidents)
{
  GtkWidget *next;

  for (GtkWidget *child = gtk_widget_get_first_child (self->cards); child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (!g_ptr_array_find (incidents, td_incident_card_get_incident (TD_INCIDENT_CARD (child)), NULL))
        gtk_box_remove (GTK_BOX (self->cards), child);
    }
}

static void
show_summary (TdAlertsPage *self,
              GPtrArray    *incidents)
{
  guint            n_on = 0, n_open = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < incidents->len; i++)
    {
      TdIncident *incident = g_ptr_array_index (incidents, i);

      n_on += td_incident_get_ended (incident) == TD_UNKNOWN;
      n_open += td_incident_get_ended (incident) == TD_UNKNOWN && td_incident_get_state (incident) == TD_INCIDENT_OPEN;
    }

  if (n_on == 0)
    text = g_strdup (_ ("Nothing needs a person now"));
  else if (n_open == 0)
    text = g_strdup_printf (ngettext ("%u matter, and somebody sees to it", "%u matters, and somebody sees to each", n_on), n_on);
  else
    text = g_strdup_printf (ngettext ("%u matter nobody has taken", "%u matters nobody has taken", n_open), n_open);
  td_label_set (self->summary, text);
}

static void
show_incidents (TdAlertsPage *self)
{
  g_autoptr (GPtrArray) incidents = sort_incidents (self);
  GtkWidget *previous = NULL;

  remove_stale_cards (self, incidents);
  for (guint i = 0; i < incidents->len; i++)
    {
      TdIncident *incident = g_ptr_array_index (incidents, i);
      GtkWidget  *card = GTK_WIDGET (find_card (self, incident));

      if (card == NULL)
        {
          card = td_incident_card_new (self->watch, incident);
          gtk_box_append (GTK_BOX (self->cards), card);
        }
      if (gtk_widget_get_prev_sibling (card) != previous)
        gtk_box_reorder_child_after (GTK_BOX (self->cards), card, previous);
      previous = card;
    }

  gtk_widget_set_visible (self->calm, incidents->len == 0);
  show_summary (self, incidents);
}

static gboolean
tick_cb (gpointer user_data)
{
  TdAlertsPage *self = user_data;

  for (GtkWidget *child = gtk_widget_get_first_child (self->cards); child != NULL; child = gtk_widget_get_next_sibling (child))
    td_incident_card_update (TD_INCIDENT_CARD (child));

  return G_SOURCE_CONTINUE;
}

/* --- the log ----------------------------------------------------------------- */

static void
show_log (TdAlertsPage *self)
{
  GtkWidget       *child;
  guint            level = gtk_drop_down_get_selected (self->levels);
  const char      *text = gtk_editable_get_text (self->search);
  gint64           now = td_alert_desk_get_now (get_desk (self));
  guint            n = 0, n_left = 0;
  g_autofree char *note = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->log))) != NULL)
    gtk_list_box_remove (self->log, child);

  for (guint i = self->logged != NULL ? self->logged->len : 0; i > 0; i--)
    {
      TdIncident *incident = g_ptr_array_index (self->logged, i - 1);

      if (td_incident_get_level (incident) < level || !td_alert_log_row_matches (incident, text))
        continue;
      if (n < MAX_LOGGED)
        gtk_list_box_append (self->log, td_alert_log_row_new (incident, now, get_zone (self)));
      else
        n_left++;
      n++;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->log), n > 0);
  if (n_left > 0)
    note = g_strdup_printf (ngettext ("%u older one is not shown.", "%u older ones are not shown.", n_left), n_left);
  else if (n == 0)
    note = g_strdup (td_watch_get_history (self->watch) == NULL ? _ ("This centre is not remembered, so there is no log.")
                                                                : _ ("There is nothing in the log that fits."));
  td_label_set (self->log_note, note);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TdAlertsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) incidents = td_alert_desk_read_finish (TD_ALERT_DESK (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->watch == NULL)
    return;

  g_clear_object (&self->reading);
  g_clear_pointer (&self->logged, g_ptr_array_unref);
  if (incidents == NULL)
    {
      show_log (self);
      td_label_set (self->log_note, error->message);
      return;
    }

  self->logged = g_steal_pointer (&incidents);
  show_log (self);
}

static void
read_log (TdAlertsPage *self)
{
  static const guint n_days[] = { 0, 6, 29 };
  gint64             now = td_alert_desk_get_now (get_desk (self));
  gint64             today = td_time_day_start (now, get_zone (self));
  guint              choice = MIN (gtk_drop_down_get_selected (self->days), G_N_ELEMENTS (n_days) - 1);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  td_alert_desk_read_async (get_desk (self), today - n_days[choice] * G_TIME_SPAN_DAY, now + G_TIME_SPAN_DAY, self->reading,
                            read_cb, g_object_ref (self));
}

static gboolean
read_due_cb (gpointer user_data)
{
  TdAlertsPage *self = user_data;

  self->read_source = 0;
  read_log (self);

  return G_SOURCE_REMOVE;
}

static void
read_soon (TdAlertsPage *self)
{
  if (self->read_source == 0)
    self->read_source = g_timeout_add (READ_AFTER_MS, read_due_cb, self);
}

static void
event_cb (TdAlertsPage *self)
{
  show_incidents (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    read_soon (self);
}

static void
filter_cb (TdAlertsPage *self)
{
  if (self->watch != NULL)
    show_log (self);
}

static void
days_cb (TdAlertsPage *self)
{
  if (self->watch != NULL)
    read_log (self);
}

/* --- who ---------------------------------------------------------------------- */

static void
who_cb (TdAlertsPage *self)
{
  if (self->watch == NULL || self->is_setting)
    return;

  self->is_setting = TRUE;
  td_alert_desk_set_who (get_desk (self), gtk_editable_get_text (self->who));
  self->is_setting = FALSE;
}

static void
who_changed_cb (TdAlertsPage *self)
{
  if (self->is_setting)
    return;

  self->is_setting = TRUE;
  gtk_editable_set_text (self->who, td_alert_desk_get_who (get_desk (self)));
  self->is_setting = FALSE;
}

/* --- looking back --------------------------------------------------------------- */

static TdIncident *
find_incident (TdAlertsPage *self,
               gint64        id)
{
  TdIncident *incident = td_alert_board_find (td_alert_desk_get_board (get_desk (self)), id);

  for (guint i = 0; incident == NULL && self->logged != NULL && i < self->logged->len; i++)
    {
      if (td_incident_get_id (g_ptr_array_index (self->logged, i)) == id)
        incident = g_ptr_array_index (self->logged, i);
    }

  return incident;
}

static void
look_back (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  TdAlertsPage *self = TD_ALERTS_PAGE (widget);
  TdIncident   *incident = find_incident (self, g_variant_get_int64 (parameter));

  if (incident != NULL && td_watch_get_history (self->watch) != NULL)
    gtk_window_present (td_replay_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->watch, incident));
}

static void
td_alerts_page_map (GtkWidget *widget)
{
  TdAlertsPage *self = TD_ALERTS_PAGE (widget);

  GTK_WIDGET_CLASS (td_alerts_page_parent_class)->map (widget);

  read_log (self);
  tick_cb (self);
  if (self->tick_source == 0)
    self->tick_source = g_timeout_add_seconds (TICK_S, tick_cb, self);
}

static void
td_alerts_page_unmap (GtkWidget *widget)
{
  TdAlertsPage *self = TD_ALERTS_PAGE (widget);

  g_clear_handle_id (&self->tick_source, g_source_remove);

  GTK_WIDGET_CLASS (td_alerts_page_parent_class)->unmap (widget);
}

static void
td_alerts_page_dispose (GObject *object)
{
  TdAlertsPage *self = TD_ALERTS_PAGE (object);

  g_clear_handle_id (&self->read_source, g_source_remove);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->logged, g_ptr_array_unref);
  if (self->bin != NULL)
    {
      gtk_widget_unparent (self->bin);
      self->bin = NULL;
    }

  G_OBJECT_CLASS (td_alerts_page_parent_class)->dispose (object);
}

static void
td_alerts_page_class_init (TdAlertsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_alerts_page_dispose;
  widget_class->map = td_alerts_page_map;
  widget_class->unmap = td_alerts_page_unmap;

  gtk_widget_class_install_action (widget_class, "alerts.look-back", "x", look_back);

  g_type_ensure (TD_TYPE_SIZE_BIN);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "alertspage");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-alerts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TdAlertsPage, bin);
  gtk_widget_class_bind_template_child (widget_class, TdAlertsPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TdAlertsPage, summary);
  gtk_widget_class_bind_template_child (widget_class, TdAlertsPage, who);
  gtk_widget_class_bind_template_child (widget_class, TdAlertsPage, cards);
  gtk_widget_class_bind_template_child (widget_class, TdAlertsPage, calm);
  gtk_widget_class_bind_template_child (widget_class, TdAlertsPage, calm_label);
  gtk_widget_class_bind_template_child (widget_class, TdAlertsPage, search);
  gtk_widget_class_bind_template_child (widget_class, TdAlertsPage, levels);
  gtk_widget_class_bind_template_child (widget_class, TdAlertsPage, days);
  gtk_widget_class_bind_template_child (widget_class, TdAlertsPage, log);
  gtk_widget_class_bind_template_child (widget_class, TdAlertsPage, log_note);
  gtk_widget_class_bind_template_child (widget_class, TdAlertsPage, refused_box);
  gtk_widget_class_bind_template_child (widget_class, TdAlertsPage, refused);
  gtk_widget_class_bind_template_callback (widget_class, who_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, days_cb);
}

static void
td_alerts_page_init (TdAlertsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
say_calm (TdAlertsPage *self)
{
  GPtrArray       *rules = td_alert_desk_get_rules (get_desk (self));
  guint            n_enabled = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < rules->len; i++)
    n_enabled += ((const TdAlertRule *)g_ptr_array_index (rules, i))->enabled;
  text = g_strdup_printf (ngettext ("%u rule is watched, and none of them is broken.", "%u rules are watched, and none of them is broken.", n_enabled),
                          n_enabled);
  td_label_set (self->calm_label, text);
}

static void
say_refused (TdAlertsPage *self)
{
  const char      *why = td_alert_desk_get_refused (get_desk (self));
  g_autofree char *text = NULL;

  if (why != NULL)
    /* Translators: what is wrong in a file of rules, with its path. */
    text = g_strdup_printf (_ ("The file of rules cannot be used, and the rules before it stay in force.\n%s"), why);
  gtk_widget_set_visible (self->refused_box, text != NULL);
  td_label_set (self->refused, text);
}

static void
rules_changed_cb (TdAlertsPage *self)
{
  say_calm (self);
  say_refused (self);
}

/**
 * td_alerts_page_new:
 * @watch: a watch
 *
 * Returns: (transfer full): a page of its alerts
 */
GtkWidget *
td_alerts_page_new (TdWatch *watch)
{
  TdAlertsPage *self;

  g_return_val_if_fail (TD_IS_WATCH (watch), NULL);

  self = g_object_new (TD_TYPE_ALERTS_PAGE, NULL);
  self->watch = g_object_ref (watch);
  g_signal_connect_object (td_alert_desk_get_board (get_desk (self)), "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_incidents (self), "items-changed", G_CALLBACK (show_incidents), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_desk (self), "rules-changed", G_CALLBACK (rules_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_desk (self), "notify::who", G_CALLBACK (who_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "alerts.look-back", td_watch_get_history (watch) != NULL);
  who_changed_cb (self);
  rules_changed_cb (self);
  show_incidents (self);

  return GTK_WIDGET (self);
}

/**
 * td_alerts_page_show_incident:
 * @self: a page
 * @id: of an incident
 *
 * Brings it into sight, and the focus to it.
 *
 * Returns: whether it is still there
 */
gboolean
td_alerts_page_show_incident (TdAlertsPage *self,
                              gint64        id)
{
  TdIncident *incident;
  GtkWidget  *card;

  g_return_val_if_fail (TD_IS_ALERTS_PAGE (self), FALSE);

  incident = td_alert_board_find (td_alert_desk_get_board (get_desk (self)), id);
  card = incident != NULL ? GTK_WIDGET (find_card (self, incident)) : NULL;

  return card != NULL && gtk_widget_grab_focus (card);
}

/**
 * td_alerts_page_get_csv:
 * @self: a page
 *
 * Returns: (transfer full): the log as it is filtered, a row for each alert
 */
GBytes *
td_alerts_page_get_csv (TdAlertsPage *self)
{
  GString *csv;
  guint    level;

  g_return_val_if_fail (TD_IS_ALERTS_PAGE (self), NULL);

  level = gtk_drop_down_get_selected (self->levels);
  csv = g_string_new (TD_CSV_BYTE_ORDER_MARK);
  g_string_append (csv, td_alert_csv_header);
  td_csv_end_row (csv);
  for (guint i = 0; self->logged != NULL && i < self->logged->len; i++)
    {
      TdIncident *incident = g_ptr_array_index (self->logged, i);

      if (td_incident_get_level (incident) < level || !td_alert_log_row_matches (incident, gtk_editable_get_text (self->search)))
        continue;
      td_alert_csv_append (csv, incident, 0, G_MAXINT64, get_zone (self));
    }

  return g_string_free_to_bytes (csv);
}
