/* td-alert-log-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-log-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "td-fold.h"
#include "td-format.h"
#include "td-incident-words.h"
#include "td-picture.h"
#include "td-severity-mark.h"
#include "td-time.h"

static void
add_line (AdwExpanderRow *row,
          const char     *title,
          const char     *subtitle,
          gboolean        is_private)
{
  GtkWidget       *line = adw_action_row_new ();
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *subtitle_markup = subtitle != NULL ? g_markup_escape_text (subtitle, -1) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title_markup);
  if (subtitle_markup != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (line), subtitle_markup);
  td_picture_set_private (line, is_private);
  adw_expander_row_add_row (row, line);
}

/* What there is to read below is made when somebody opens it. */
static void
fill (AdwExpanderRow *row,
      TdIncident     *incident,
      GTimeZone      *zone)
{
  GPtrArray *actions = td_incident_get_actions (incident);

  for (guint i = 0; i < td_incident_get_n_parts (incident); i++)
    {
      const TdAlert   *part = td_incident_get_part (incident, i);
      g_autofree char *begin = td_format_clock (part->since, zone);
      g_autofree char *state = td_incident_words_describe_part (part, zone);
      g_autofree char *title = g_strdup_printf ("%s  %s · %s", begin, part->title, state);

      add_line (row, title, part->evidence, part->scope == TD_ALERT_SCOPE_AGENT);
    }
  for (guint i = 0; i < actions->len; i++)
    {
      g_autofree char *words = td_incident_words_describe_action (g_ptr_array_index (actions, i), zone);

      add_line (row, words, NULL, TRUE);
    }
}

static void
expanded_cb (AdwExpanderRow *row)
{
  TdIncident *incident = g_object_get_data (G_OBJECT (row), "td-incident");

  if (!adw_expander_row_get_expanded (row) || g_object_get_data (G_OBJECT (row), "td-filled") != NULL)
    return;

  g_object_set_data (G_OBJECT (row), "td-filled", row);
  fill (row, incident, g_object_get_data (G_OBJECT (row), "td-zone"));
}

/* Who had it, or how it ended. */
static char *
describe_end (TdIncident *incident,
              GTimeZone  *zone)
{
  GPtrArray *actions = td_incident_get_actions (incident);

  for (guint i = actions->len; i > 0; i--)
    {
      const TdIncidentAction *action = g_ptr_array_index (actions, i - 1);

      if (action->who != NULL)
        return td_incident_words_describe_action (action, zone);
    }

  return td_incident_get_ended (incident) != TD_UNKNOWN ? g_strdup (_ ("over by itself")) : g_strdup (_ ("nobody has taken it"));
}

static char *
format_begin (TdIncident *incident,
              gint64      now,
              GTimeZone  *zone)
{
  gint64 at = td_incident_get_started (incident);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_TIME_SPAN_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *clock = td_format_clock (at, zone);

  if (at >= td_time_day_start (now, zone))
    return g_steal_pointer (&clock);

  return g_strdup_printf ("%d/%d %s", g_date_time_get_day_of_month (local), g_date_time_get_month (local), clock);
}

/* The row makes its labels itself. */
static void
hide_in_pictures (GtkWidget  *widget,
                  const char *css_class)
{
  if (gtk_widget_has_css_class (widget, css_class))
    td_picture_set_private (widget, TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    hide_in_pictures (child, css_class);
}

static void
add_look_back (AdwExpanderRow *row,
               TdIncident     *incident)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-open-recent-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Show the centre as it was then"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", td_incident_get_id (incident));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "alerts.look-back");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("As it was"), -1);
  adw_expander_row_add_action (row, button);
}

/**
 * td_alert_log_row_new:
 * @incident: an incident as the log has it
 * @now: the source's time, µs since 1970
 * @zone: of the centre
 *
 * Returns: (transfer full): a row that opens to its parts, their evidence and what was done
 */
GtkWidget *
td_alert_log_row_new (TdIncident *incident,
                      gint64      now,
                      GTimeZone  *zone)
{
  GtkWidget       *row = adw_expander_row_new ();
  GtkWidget       *prefix = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget       *mark = td_severity_mark_new ();
  g_autofree char *begin = format_begin (incident, now, zone);
  g_autofree char *time = td_incident_words_describe_time (incident, now, zone);
  g_autofree char *end = describe_end (incident, zone);
  g_autofree char *title = g_markup_escape_text (td_incident_get_title (incident), -1);
  g_autofree char *plain = g_strdup_printf ("%s · %s", time, end);
  g_autofree char *subtitle = g_markup_escape_text (plain, -1);
  GtkWidget       *clock = gtk_label_new (begin);

  gtk_widget_add_css_class (clock, "td-number");
  gtk_label_set_width_chars (GTK_LABEL (clock), 11);
  gtk_label_set_xalign (GTK_LABEL (clock), 0);
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  td_severity_mark_set_notice (TD_SEVERITY_MARK (mark), TRUE);
  td_severity_mark_set_severity (TD_SEVERITY_MARK (mark), td_incident_words_get_severity (td_incident_get_level (incident)));
  gtk_box_append (GTK_BOX (prefix), clock);
  gtk_box_append (GTK_BOX (prefix), mark);

  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), prefix);
  add_look_back (ADW_EXPANDER_ROW (row), incident);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  hide_in_pictures (row, "subtitle");
  if (td_incident_words_names_agent (incident))
    hide_in_pictures (row, "title");
  g_object_set_data_full (G_OBJECT (row), "td-incident", g_object_ref (incident), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "td-zone", g_time_zone_ref (zone), (GDestroyNotify)g_time_zone_unref);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (expanded_cb), NULL);

  return row;
}

static gboolean
contains (const char *text,
          const char *folded)
{
  g_autofree char *own = text != NULL ? td_fold (text) : NULL;

  return own != NULL && strstr (own, folded) != NULL;
}

/**
 * td_alert_log_row_matches:
 * @incident: an incident
 * @text: what somebody looks for; "" for anything
 *
 * Returns: whether its title, a part, or somebody who did something is called so, without accents
 */
gboolean
td_alert_log_row_matches (TdIncident *incident,
                          const char *text)
{
  g_autofree char *folded = td_fold (text);
  GPtrArray       *actions = td_incident_get_actions (incident);

  if (*folded == '\0')
    return TRUE;

  for (guint i = 0; i < td_incident_get_n_parts (incident); i++)
    {
      const TdAlert *part = td_incident_get_part (incident, i);

      if (contains (part->title, folded) || contains (part->evidence, folded))
        return TRUE;
    }
  for (guint i = 0; i < actions->len; i++)
    {
      const TdIncidentAction *action = g_ptr_array_index (actions, i);

      if (contains (action->who, folded) || contains (action->to, folded) || contains (action->text, folded))
        return TRUE;
    }

  return FALSE;
}
