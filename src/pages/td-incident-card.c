/* td-incident-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-incident-card.h"

#include <glib/gi18n.h>

#include "td-incident-dialog.h"
#include "td-incident-words.h"
#include "td-picture.h"
#include "td-severity.h"
#include "td-severity-mark.h"
#include "td-stat-tile.h"

/* What is more is counted: who looks at ten lines reads none. */
#define MAX_ROWS 8

typedef struct
{
  GtkWidget      *box;
  TdSeverityMark *mark;
  GtkLabel       *title;
  GtkLabel       *evidence;
  GtkLabel       *value;
} Row;

struct _TdIncidentCard
{
  GtkWidget parent_instance;

  TdWatch    *watch;    /* (owned) (nullable) */
  TdIncident *incident; /* (owned) (nullable) */

  GtkWidget      *head;
  TdSeverityMark *mark;
  GtkLabel       *title;
  GtkLabel       *caption;
  GtkLabel       *owner;
  GtkWidget      *take;
  Row             rows[MAX_ROWS];
  GtkLabel       *more;
};

G_DEFINE_FINAL_TYPE (TdIncidentCard, td_incident_card, GTK_TYPE_WIDGET)

static GTimeZone *
get_zone (TdIncidentCard *self)
{
  return td_centre_get_timezone (td_watch_get_centre (self->watch));
}

/* --- what can be done ------------------------------------------------------- */

static void
take (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  TdIncidentCard *self = TD_INCIDENT_CARD (widget);
  TdAlertDesk    *desk = td_watch_get_alerts (self->watch);
  g_autoptr (GError) error = NULL;

  if (!td_alert_desk_act (desk, self->incident, TD_INCIDENT_EVENT_TAKEN, td_alert_desk_get_who (desk), NULL, NULL, TD_UNKNOWN, &error))
    g_info ("%s", error->message);
}

static void
ask (GtkWidget  *widget,
     const char *action_name,
     GVariant   *parameter)
{
  TdIncidentCard *self = TD_INCIDENT_CARD (widget);
  TdIncidentEvent event = g_str_equal (action_name, "incident.hand-over") ? TD_INCIDENT_EVENT_HANDED_OVER
                          : g_str_equal (action_name, "incident.snooze")  ? TD_INCIDENT_EVENT_SNOOZED
                                                                          : TD_INCIDENT_EVENT_CLOSED;

  td_incident_dialog_open (widget, td_watch_get_alerts (self->watch), self->incident, event);
}

static void
look_back (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "alerts.look-back", "x", td_incident_get_id (TD_INCIDENT_CARD (widget)->incident));
}

/* --- how it looks ----------------------------------------------------------- */

static void
set_class (GtkWidget         *widget,
           TdSeverity         severity,
           const char *const *classes)
{
  for (guint i = 0; classes[i] != NULL; i++)
    {
      if (i == (guint)severity)
        gtk_widget_add_css_class (widget, classes[i]);
      else
        gtk_widget_remove_css_class (widget, classes[i]);
    }
}

static void
set_severity (GtkWidget *widget,
              TdSeverity severity)
{
  static const char *const classes[] = { "severity-normal", "severity-amber", "severity-red", NULL };

  set_class (widget, severity, classes);
}

/* Where the same thing breaks two limits, the higher one says it all. */
static gboolean
is_said_by_another (TdIncident    *incident,
                    const TdAlert *part)
{
  for (guint i = 0; i < td_incident_get_n_parts (incident); i++)
    {
      const TdAlert *other = td_incident_get_part (incident, i);

      if (other != part && td_alert_is_on (other) && other->level > part->level && other->kind == part->kind &&
          other->scope == part->scope && g_str_equal (other->target, part->target))
        return TRUE;
    }

  return FALSE;
}

/* Of six queues that wait too long, the first says it for all. */
static gboolean
is_said_before (TdIncident *incident,
                guint       index)
{
  const TdAlert *part = td_incident_get_part (incident, index);

  for (guint i = 0; i < index; i++)
    {
      const TdAlert *other = td_incident_get_part (incident, i);

      if (td_alert_is_on (other) == td_alert_is_on (part) && other->kind == part->kind && other->level == part->level &&
          other->scope == part->scope)
        return TRUE;
    }

  return FALSE;
}

static guint
count_alike (TdIncident *incident,
             guint       index)
{
  const TdAlert *part = td_incident_get_part (incident, index);
  guint          n = 0;

  for (guint i = index + 1; i < td_incident_get_n_parts (incident); i++)
    {
      const TdAlert *other = td_incident_get_part (incident, i);

      n += td_alert_is_on (other) == td_alert_is_on (part) && other->kind == part->kind && other->level == part->level &&
           other->scope == part->scope && !g_str_equal (other->target, part->target);
    }

  return n;
}

static char *
format_title (const TdAlert *part,
              guint          n_others)
{
  if (n_others == 0)
    return g_strdup (part->title);

  return g_strdup_printf (ngettext ("%s, and %u more", "%s, and %u more", n_others), part->title, n_others);
}

static void
show_part (TdIncidentCard *self,
           Row            *row,
           const TdAlert  *part,
           guint           n_others)
{
  g_autofree char *title = format_title (part, n_others);
  TdSeverity       severity = td_alert_is_on (part) ? td_incident_words_get_severity (part->level) : TD_SEVERITY_NORMAL;
  g_autofree char *value = td_incident_words_describe_part (part, get_zone (self));

  td_severity_mark_set_severity (row->mark, severity);
  td_severity_mark_set_notice (row->mark, td_alert_is_on (part));
  set_severity (row->box, severity);
  td_picture_set_private (GTK_WIDGET (row->title), part->scope == TD_ALERT_SCOPE_AGENT);
  td_picture_set_private (GTK_WIDGET (row->evidence), part->scope == TD_ALERT_SCOPE_AGENT);
  td_label_set (row->title, title);
  td_label_set (row->evidence, part->evidence);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row->evidence), part->evidence);
  td_label_set (row->value, value);
  gtk_widget_set_visible (row->box, TRUE);
}

static void
show_parts (TdIncidentCard *self)
{
  guint n_parts = td_incident_get_n_parts (self->incident);
  guint n_rows = 0, n_more = 0;

  for (guint i = 0; i < n_parts; i++)
    {
      const TdAlert *part = td_incident_get_part (self->incident, i);

      if (is_said_by_another (self->incident, part) || is_said_before (self->incident, i))
        continue;
      if (n_rows < MAX_ROWS)
        show_part (self, &self->rows[n_rows++], part, count_alike (self->incident, i));
      else
        n_more++;
    }

  for (guint i = n_rows; i < MAX_ROWS; i++)
    gtk_widget_set_visible (self->rows[i].box, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_more > 0);
  if (n_more > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more);

      td_label_set (self->more, text);
    }
}

static void
update_actions (TdIncidentCard *self)
{
  gboolean is_mine = td_incident_get_state (self->incident) == TD_INCIDENT_TAKEN &&
                     g_strcmp0 (td_incident_get_owner (self->incident), td_alert_desk_get_who (td_watch_get_alerts (self->watch))) == 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "incident.take",
                                 !is_mine && td_incident_allows (self->incident, TD_INCIDENT_EVENT_TAKEN));
  gtk_widget_set_visible (self->take, !is_mine);
}

/**
 * td_incident_card_update:
 * @self: a card
 *
 * Shows what is so now.
 */
void
td_incident_card_update (TdIncidentCard *self)
{
  static const char *const borders[] = { "calm", "amber", "red", NULL };
  TdSeverity               severity;
  g_autofree char         *time = NULL;
  g_autofree char         *owner = NULL;
  g_autofree char         *spoken = NULL;
  const char              *title;

  g_return_if_fail (TD_IS_INCIDENT_CARD (self));

  severity = td_incident_get_ended (self->incident) == TD_UNKNOWN ? td_incident_words_get_severity (td_incident_get_level (self->incident))
                                                                  : TD_SEVERITY_NORMAL;
  title = td_incident_get_title (self->incident);
  time = td_incident_words_describe_time (self->incident, td_alert_desk_get_now (td_watch_get_alerts (self->watch)), get_zone (self));
  owner = td_incident_words_describe_owner (self->incident, get_zone (self));

  set_class (GTK_WIDGET (self), severity, borders);
  set_severity (self->head, severity);
  td_severity_mark_set_severity (self->mark, severity);
  td_severity_mark_set_notice (self->mark, td_incident_get_ended (self->incident) == TD_UNKNOWN);
  td_label_set (self->title, title);
  td_label_set (self->caption, time);
  td_picture_set_private (GTK_WIDGET (self->title), td_incident_words_names_agent (self->incident));
  td_label_set (self->owner, owner);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->owner), owner);

  /* Translators: how much it matters, what is wrong, since when, and who sees to it. */
  spoken = g_strdup_printf (_ ("%s: %s. %s. %s"), td_alert_level_get_title (td_incident_get_level (self->incident)), title, time, owner);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  show_parts (self);
  update_actions (self);
}

static void
td_incident_card_dispose (GObject *object)
{
  TdIncidentCard *self = TD_INCIDENT_CARD (object);
  GtkWidget      *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->incident);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_incident_card_parent_class)->dispose (object);
}

static void
td_incident_card_class_init (TdIncidentCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_incident_card_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "incidentcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "incident.take", NULL, take);
  gtk_widget_class_install_action (widget_class, "incident.hand-over", NULL, ask);
  gtk_widget_class_install_action (widget_class, "incident.snooze", NULL, ask);
  gtk_widget_class_install_action (widget_class, "incident.close", NULL, ask);
  gtk_widget_class_install_action (widget_class, "incident.look-back", NULL, look_back);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, 0, "incident.look-back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, 0, "incident.take", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_h, 0, "incident.hand-over", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, 0, "incident.snooze", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_x, 0, "incident.close", NULL);
}

static GtkLabel *
add_label (GtkWidget  *box,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);

  return GTK_LABEL (label);
}

static GtkWidget *
add_button (GtkWidget  *box,
            const char *label,
            const char *tip,
            const char *action_name)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_box_append (GTK_BOX (box), button);

  return button;
}

static TdSeverityMark *
add_mark (GtkWidget *box)
{
  GtkWidget *mark = td_severity_mark_new ();

  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), mark);

  return TD_SEVERITY_MARK (mark);
}

static GtkWidget *
add_texts (GtkWidget *box)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), texts);

  return texts;
}

static void
make_head (TdIncidentCard *self)
{
  GtkWidget *texts;

  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (self->head, "td-incident-head");
  self->mark = add_mark (self->head);
  texts = add_texts (self->head);
  self->title = add_label (texts, "td-title");
  self->caption = add_label (texts, "td-caption");
  self->owner = add_label (self->head, "td-owner");
  td_picture_set_private (GTK_WIDGET (self->owner), TRUE);
  gtk_label_set_max_width_chars (self->owner, 32);
  gtk_label_set_wrap (self->owner, TRUE);
  gtk_label_set_lines (self->owner, 2);
  gtk_label_set_xalign (self->owner, 1);

  self->take = add_button (self->head, _ ("Take"), _ ("See to it yourself (T)"), "incident.take");
  gtk_widget_add_css_class (self->take, "suggested-action");
  add_button (self->head, C_ ("alert", "Hand Over…"), _ ("Give it to somebody else (H)"), "incident.hand-over");
  add_button (self->head, C_ ("alert", "Put Off…"), _ ("Be quiet about it until a time, for a reason (S)"), "incident.snooze");
  add_button (self->head, C_ ("alert", "Close…"), _ ("It is done with (X)"), "incident.close");
  add_button (self->head, C_ ("alert", "As It Was"), _ ("Show the centre as it was at the alarm (L)"), "incident.look-back");
  gtk_widget_set_parent (self->head, GTK_WIDGET (self));
}

static void
make_row (TdIncidentCard *self,
          Row            *row)
{
  GtkWidget *texts;

  row->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (row->box, "td-incident-part");
  row->mark = add_mark (row->box);
  texts = add_texts (row->box);
  row->title = add_label (texts, "td-part-title");
  row->evidence = add_label (texts, "td-caption");
  gtk_label_set_wrap (row->evidence, TRUE);
  gtk_label_set_lines (row->evidence, 2);
  row->value = add_label (row->box, "td-number");
  gtk_widget_set_visible (row->box, FALSE);
  gtk_widget_set_parent (row->box, GTK_WIDGET (self));
}

static void
td_incident_card_init (TdIncidentCard *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "td-card");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  make_head (self);
  for (guint i = 0; i < MAX_ROWS; i++)
    make_row (self, &self->rows[i]);
  self->more = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->more, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "td-caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "td-incident-part");
  gtk_widget_set_parent (GTK_WIDGET (self->more), GTK_WIDGET (self));
}

/**
 * td_incident_card_new:
 * @watch: a watch
 * @incident: an incident of its desk
 *
 * Returns: (transfer full): a card that follows the incident
 */
GtkWidget *
td_incident_card_new (TdWatch    *watch,
                      TdIncident *incident)
{
  TdIncidentCard *self;

  g_return_val_if_fail (TD_IS_WATCH (watch), NULL);
  g_return_val_if_fail (TD_IS_INCIDENT (incident), NULL);

  self = g_object_new (TD_TYPE_INCIDENT_CARD, NULL);
  self->watch = g_object_ref (watch);
  self->incident = g_object_ref (incident);
  g_signal_connect_object (incident, "changed", G_CALLBACK (td_incident_card_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_alerts (watch), "notify::who", G_CALLBACK (td_incident_card_update), self, G_CONNECT_SWAPPED);
  td_incident_card_update (self);

  return GTK_WIDGET (self);
}

TdIncident *
td_incident_card_get_incident (TdIncidentCard *self)
{
  g_return_val_if_fail (TD_IS_INCIDENT_CARD (self), NULL);

  return self->incident;
}
