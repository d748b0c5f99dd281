/* td-state-filter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-state-filter.h"

#include <glib/gi18n.h>

#include "td-format.h"
#include "td-stat-tile.h"
#include "td-state-shape.h"

/* In the order of need; what is unknown is looked for by nothing. */
static const TdAgentState states[] = {
  TD_AGENT_STATE_UNREACHABLE, TD_AGENT_STATE_RINGING, TD_AGENT_STATE_ON_CALL, TD_AGENT_STATE_WRAP_UP,
  TD_AGENT_STATE_PAUSED, TD_AGENT_STATE_AVAILABLE, TD_AGENT_STATE_OFFLINE
};

struct _TdStateFilter
{
  GtkWidget parent_instance;

  GtkWidget *toggles[G_N_ELEMENTS (states)];
  GtkWidget *counts[G_N_ELEMENTS (states)];
  guint      pressed;
  gboolean   setting;
};

enum {
  PROP_0,
  PROP_STATES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TdStateFilter, td_state_filter, GTK_TYPE_WIDGET)

static void
toggled_cb (TdStateFilter *self)
{
  guint pressed = 0;

  if (self->setting)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->toggles[i])))
        pressed |= 1u << states[i];
    }
  if (pressed == self->pressed)
    return;

  self->pressed = pressed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATES]);
}

static GtkWidget *
create_toggle (TdStateFilter *self,
               guint          index)
{
  GtkWidget *toggle = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *shape = td_state_shape_new (states[index]);
  GtkWidget *name = gtk_label_new (td_format_state (states[index]));

  self->counts[index] = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->counts[index], "td-number");
  gtk_widget_set_valign (shape, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (name, "state-name");
  gtk_box_append (GTK_BOX (box), shape);
  gtk_box_append (GTK_BOX (box), self->counts[index]);
  gtk_box_append (GTK_BOX (box), name);
  gtk_button_set_child (GTK_BUTTON (toggle), box);
  gtk_widget_add_css_class (toggle, "flat");
  gtk_widget_add_css_class (toggle, "state-toggle");
  g_signal_connect_swapped (toggle, "toggled", G_CALLBACK (toggled_cb), self);

  return toggle;
}

static void
td_state_filter_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_STATES:
      g_value_set_uint (value, td_state_filter_get_states (TD_STATE_FILTER (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_state_filter_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_STATES:
      td_state_filter_set_states (TD_STATE_FILTER (object), g_value_get_uint (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_state_filter_dispose (GObject *object)
{
  TdStateFilter *self = TD_STATE_FILTER (object);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_clear_pointer (&self->toggles[i], gtk_widget_unparent);

  G_OBJECT_CLASS (td_state_filter_parent_class)->dispose (object);
}

static void
td_state_filter_class_init (TdStateFilterClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_state_filter_dispose;
  object_class->get_property = td_state_filter_get_property;
  object_class->set_property = td_state_filter_set_property;

  properties[PROP_STATES] =
    g_param_spec_uint ("states", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "statefilter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
td_state_filter_init (TdStateFilter *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Show agents in these states"),
                                  -1);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      self->toggles[i] = create_toggle (self, i);
      gtk_widget_set_parent (self->toggles[i], GTK_WIDGET (self));
    }
}

/**
 * td_state_filter_set_tally:
 * @self: a filter
 * @tally: how many are in each state
 */
void
td_state_filter_set_tally (TdStateFilter      *self,
                           const TdAgentTally *tally)
{
  g_return_if_fail (TD_IS_STATE_FILTER (self));
  g_return_if_fail (tally != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *count = td_format_count (tally->by_state[states[i]]);
      g_autofree char *name = NULL;

      if (!td_label_set (GTK_LABEL (self->counts[i]), count))
        continue;

      name = g_strdup_printf ("%s %s", count, td_format_state (states[i]));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggles[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

/**
 * td_state_filter_get_states:
 * @self: a filter
 *
 * Returns: a bit for each state that is pressed (1 << state), 0 for none
 */
guint
td_state_filter_get_states (TdStateFilter *self)
{
  g_return_val_if_fail (TD_IS_STATE_FILTER (self), 0);

  return self->pressed;
}

/**
 * td_state_filter_set_states:
 * @self: a filter
 * @wanted: a bit for each state to press
 */
void
td_state_filter_set_states (TdStateFilter *self,
                            guint          wanted)
{
  g_return_if_fail (TD_IS_STATE_FILTER (self));

  self->setting = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->toggles[i]), (wanted & 1u << states[i]) != 0);
  self->setting = FALSE;
  toggled_cb (self);
}
