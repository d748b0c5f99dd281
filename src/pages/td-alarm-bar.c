/* td-alarm-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alarm-bar.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-outlook-view.h"
#include "td-severity-mark.h"
#include "td-stat-tile.h"
#include "td-worst-alarm.h"

struct _TdAlarmBar
{
  GtkWidget parent_instance;

  GtkWidget *mark;
  GtkWidget *title;
  GtkWidget *text;
};

G_DEFINE_FINAL_TYPE (TdAlarmBar, td_alarm_bar, GTK_TYPE_WIDGET)

static void
td_alarm_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (td_alarm_bar_parent_class)->dispose (object);
}

static void
td_alarm_bar_class_init (TdAlarmBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_alarm_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "alarmbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static GtkWidget *
add_label (TdAlarmBar *self,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

static void
td_alarm_bar_init (TdAlarmBar *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  self->mark = td_severity_mark_new ();
  gtk_widget_set_parent (self->mark, GTK_WIDGET (self));
  self->title = add_label (self, "title");
  self->text = add_label (self, "text");
  gtk_label_set_ellipsize (GTK_LABEL (self->text), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
show_text (TdAlarmBar *self,
           TdSeverity  severity,
           const char *title,
           const char *text)
{
  gboolean changed = td_label_set (GTK_LABEL (self->title), title);

  changed |= td_label_set (GTK_LABEL (self->text), text);
  if (!gtk_widget_has_css_class (GTK_WIDGET (self), td_palette_severity_class (severity)))
    td_palette_set_severity (GTK_WIDGET (self), severity);
  td_severity_mark_set_severity (TD_SEVERITY_MARK (self->mark), severity);
  if (changed)
    {
      g_autofree char *spoken = g_strdup_printf ("%s: %s", title, text);

      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), spoken);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
show_alarm (TdAlarmBar         *self,
            TdWatch            *watch,
            const TdWorstAlarm *worst)
{
  g_autofree char *said = td_outlook_describe_alarm (td_watch_get_outlook (watch), worst->kind, worst->id);
  g_autoptr (GString) text = g_string_new (said);

  if (worst->n_others > 0)
    g_string_append_printf (text, ngettext (" · and %u more", " · and %u more", worst->n_others), worst->n_others);
  show_text (self, TD_SEVERITY_RED, td_outlook_view_get_title (td_watch_get_centre (watch), worst->kind, worst->id), text->str);
}

/* A day that runs high as a whole explains that a part of it does, up to this. */
#define DAY_EXPLAINS 1.6

/* Whether the alarm says but what the day says already: of a day on which more
 * call than ever, that they call here too. */
static gboolean
is_explained (TdOutlook          *outlook,
              const TdWorstAlarm *worst)
{
  TdOutlookFigures figures;

  td_outlook_get_figures (outlook, TD_STREAM_ALL, "", &figures);

  return figures.known && figures.runs_high && worst->figures.alarm == TD_OUTLOOK_ALARM_SURGE &&
         worst->figures.factor <= DAY_EXPLAINS;
}

static gboolean
show_busy_day (TdAlarmBar *self,
               TdOutlook  *outlook)
{
  TdOutlookFigures figures;
  g_autofree char *so_far = NULL;
  g_autofree char *normal = NULL;
  g_autofree char *forecast = NULL;
  g_autofree char *foreseen = NULL;
  g_autofree char *text = NULL;

  td_outlook_get_figures (outlook, TD_STREAM_ALL, "", &figures);
  if (!figures.known || (!figures.runs_high && !figures.runs_low) || !isfinite (figures.forecast_day.mean))
    return FALSE;

  so_far = td_format_calls (figures.offered_today);
  normal = td_format_calls (figures.normal_by_now.mean);
  forecast = td_format_calls (figures.forecast_day.mean);
  foreseen = td_format_calls (figures.normal_day.mean);
  /* Translators: calls so far, what is normal by now; the day's total as it looks now, and what is normal. */
  text = g_strdup_printf (_ ("%s calls so far, %s are normal by now · the day comes to %s instead of %s"), so_far, normal, forecast, foreseen);
  show_text (self, TD_SEVERITY_AMBER, figures.runs_high ? _ ("A busy day") : _ ("A quiet day"), text);

  return TRUE;
}

/**
 * td_alarm_bar_show:
 * @self: a bar
 * @watch: what is watched
 *
 * Says what breaks out of normal now, or hides.
 */
void
td_alarm_bar_show (TdAlarmBar *self,
                   TdWatch    *watch)
{
  TdOutlook   *outlook;
  TdWorstAlarm worst;

  g_return_if_fail (TD_IS_ALARM_BAR (self));
  g_return_if_fail (TD_IS_WATCH (watch));

  outlook = td_watch_get_outlook (watch);
  if (outlook == NULL || td_outlook_get_state (outlook) != TD_OUTLOOK_READY)
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  else if (td_worst_alarm_find (outlook, NULL, &worst) && !(is_explained (outlook, &worst) && show_busy_day (self, outlook)))
    show_alarm (self, watch, &worst);
  else if (!show_busy_day (self, outlook))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
