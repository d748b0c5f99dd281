/* td-palette.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-palette.h"

/**
 * td_palette_state_colour:
 * @state: a state
 *
 * Returns: (transfer none): the name of the colour of the state
 */
const char *
td_palette_state_colour (TdAgentState state)
{
  switch (state)
    {
    case TD_AGENT_STATE_AVAILABLE:
      return "td_available";
    case TD_AGENT_STATE_RINGING:
      return "td_ringing";
    case TD_AGENT_STATE_ON_CALL:
      return "td_on_call";
    case TD_AGENT_STATE_WRAP_UP:
      return "td_wrap_up";
    case TD_AGENT_STATE_PAUSED:
      return "td_paused";
    case TD_AGENT_STATE_UNREACHABLE:
      return "td_unreachable";
    case TD_AGENT_STATE_OFFLINE:
    case TD_AGENT_STATE_UNKNOWN:
    case TD_N_AGENT_STATES:
    default:
      return "td_offline";
    }
}

/**
 * td_palette_state_class:
 * @state: a state
 *
 * Returns: (transfer none): the CSS class that colours a widget as the state
 */
const char *
td_palette_state_class (TdAgentState state)
{
  switch (state)
    {
    case TD_AGENT_STATE_AVAILABLE:
      return "state-available";
    case TD_AGENT_STATE_RINGING:
      return "state-ringing";
    case TD_AGENT_STATE_ON_CALL:
      return "state-on-call";
    case TD_AGENT_STATE_WRAP_UP:
      return "state-wrap-up";
    case TD_AGENT_STATE_PAUSED:
      return "state-paused";
    case TD_AGENT_STATE_UNREACHABLE:
      return "state-unreachable";
    case TD_AGENT_STATE_OFFLINE:
    case TD_AGENT_STATE_UNKNOWN:
    case TD_N_AGENT_STATES:
    default:
      return "state-offline";
    }
}

/**
 * td_palette_severity_class:
 * @severity: a severity
 *
 * Returns: (transfer none): the CSS class that marks a widget as such
 */
const char *
td_palette_severity_class (TdSeverity severity)
{
  switch (severity)
    {
    case TD_SEVERITY_RED:
      return "severity-red";
    case TD_SEVERITY_AMBER:
      return "severity-amber";
    case TD_SEVERITY_NORMAL:
    default:
      return "severity-normal";
    }
}

/**
 * td_palette_lookup:
 * @widget: the widget that draws
 * @name: the name of a colour in the style sheet
 * @colour: (out): the colour
 *
 * Resolves a named colour in the light or dark style that is in force. A
 * program that did not load the style sheet gets the colour of the text.
 */
void
td_palette_lookup (GtkWidget  *widget,
                   const char *name,
                   GdkRGBA    *colour)
{
  GtkStyleContext *context;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  context = gtk_widget_get_style_context (widget);
  if (!gtk_style_context_lookup_color (context, name, colour))
    gtk_style_context_get_color (context, colour);
}

void
td_palette_set_severity (GtkWidget *widget,
                         TdSeverity severity)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  for (int i = TD_SEVERITY_NORMAL; i <= TD_SEVERITY_RED; i++)
    {
      const char *name = td_palette_severity_class (i);

      if (i == (int)severity)
        gtk_widget_add_css_class (widget, name);
      else if (gtk_widget_has_css_class (widget, name))
        gtk_widget_remove_css_class (widget, name);
    }
}
