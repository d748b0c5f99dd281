/* td-floor-agents.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-agents.h"

#include <glib/gi18n.h>

#include "td-format.h"

#define MAX_ROWS 200

struct _TdFloorAgents
{
  AdwBin parent_instance;

  TdCentre    *centre; /* (owned) (nullable) */
  TdFloorPlan *plan;   /* (owned) (nullable) */
  GtkWidget   *search;
  GtkWidget   *list;
  GtkWidget   *title;
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdFloorAgents, td_floor_agents, ADW_TYPE_BIN)

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            gpointer       user_data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));

  return gdk_content_provider_new_typed (G_TYPE_STRING, g_object_get_data (G_OBJECT (row), "agent"));
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               gpointer       user_data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, paintable, 0, 0);
}

static GtkWidget *
create_row (TdAgent *agent)
{
  const TdAgentInfo *info = td_agent_get_info (agent);
  GtkWidget         *row = adw_action_row_new ();
  GtkDragSource     *source = gtk_drag_source_new ();
  g_autofree char   *title = g_markup_escape_text (td_agent_get_title (agent), -1);
  g_autofree char   *subtitle = NULL;

  if (info->seat != NULL)
    {
      g_autofree char *seat = g_markup_escape_text (info->seat, -1);

      /* Translators: where an agent works, and the seat that the source tells. */
      subtitle = g_strdup_printf (_ ("%s, seat %s"), td_format_place (info->place), seat);
    }
  else
    subtitle = g_strdup (td_format_place (info->place));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "agent", g_strdup (info->id), g_free);

  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), NULL);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));

  return row;
}

static gboolean
is_listed (TdFloorAgents     *self,
           const TdAgentInfo *info,
           const char        *title,
           const char        *wanted)
{
  guint index;

  if (*wanted != '\0')
    return g_str_match_string (wanted, title, TRUE) || g_strcmp0 (wanted, info->id) == 0;

  return td_floor_plan_expects (self->plan, info) && !td_floor_plan_find_agent (self->plan, info, &index);
}

static void
fill (TdFloorAgents *self)
{
  const char      *wanted = gtk_editable_get_text (GTK_EDITABLE (self->search));
  TdRoster        *agents = self->centre != NULL ? td_centre_get_agents (self->centre) : NULL;
  guint            n_listed = 0;
  g_autofree char *text = NULL;
  GtkWidget       *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL && GTK_IS_LIST_BOX_ROW (row))
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);

  for (guint i = 0; agents != NULL && self->plan != NULL && i < td_roster_get_size (agents); i++)
    {
      TdAgent *agent = td_roster_get (agents, i);

      if (!is_listed (self, td_agent_get_info (agent), td_agent_get_title (agent), wanted))
        continue;
      if (n_listed++ < MAX_ROWS)
        gtk_list_box_append (GTK_LIST_BOX (self->list), create_row (agent));
    }

  if (*wanted != '\0')
    text = g_strdup_printf (_ ("Found: %u"), n_listed);
  else
    /* Translators: agents who belong on a floor plan but have no seat there. */
    text = g_strdup_printf (_ ("Without a seat: %u"), n_listed);
  gtk_label_set_text (GTK_LABEL (self->title), text);
  gtk_widget_set_visible (self->list, n_listed > 0);
}

static void
row_cb (TdFloorAgents *self,
        GtkListBoxRow *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, g_object_get_data (G_OBJECT (row), "agent"));
}

static void
td_floor_agents_dispose (GObject *object)
{
  TdFloorAgents *self = TD_FLOOR_AGENTS (object);

  g_clear_object (&self->centre);
  g_clear_pointer (&self->plan, td_floor_plan_unref);

  G_OBJECT_CLASS (td_floor_agents_parent_class)->dispose (object);
}

static void
td_floor_agents_class_init (TdFloorAgentsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = td_floor_agents_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", TD_TYPE_FLOOR_AGENTS, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
td_floor_agents_init (TdFloorAgents *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *hint = gtk_label_new (_ ("Drag somebody to a seat, or select a seat and press Enter here."));

  self->title = gtk_label_new (NULL);
  self->search = gtk_search_entry_new ();
  self->list = gtk_list_box_new ();
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_widget_add_css_class (hint, "td-secondary");
  g_object_set (self->search, "placeholder-text", _ ("Find anybody"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Find anybody"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Agents to be seated"), -1);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");

  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), self->list);
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (fill), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_cb), self);
}

/**
 * td_floor_agents_set_centre:
 * @self: a list
 * @centre: (nullable): whose agents to list, as they are now
 */
void
td_floor_agents_set_centre (TdFloorAgents *self,
                            TdCentre      *centre)
{
  g_return_if_fail (TD_IS_FLOOR_AGENTS (self));

  g_set_object (&self->centre, centre);
  fill (self);
}

/**
 * td_floor_agents_set_plan:
 * @self: a list
 * @plan: (nullable): where they are to have a seat
 */
void
td_floor_agents_set_plan (TdFloorAgents *self,
                          TdFloorPlan   *plan)
{
  g_return_if_fail (TD_IS_FLOOR_AGENTS (self));

  if (self->plan == plan)
    return;

  g_clear_pointer (&self->plan, td_floor_plan_unref);
  self->plan = plan != NULL ? td_floor_plan_ref (plan) : NULL;
  fill (self);
}
