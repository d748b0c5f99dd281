/* td-state-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-state-bar.h"

#include <math.h>

#include "td-format.h"
#include "td-palette.h"

#define GAP 2
#define MIN_SEGMENT 4

struct _TdStateBar
{
  GtkWidget parent_instance;

  TdAgentTally tally;
};

G_DEFINE_FINAL_TYPE (TdStateBar, td_state_bar, GTK_TYPE_WIDGET)

const TdAgentState td_state_bar_order[TD_N_AGENT_STATES] = {
  TD_AGENT_STATE_ON_CALL,
  TD_AGENT_STATE_WRAP_UP,
  TD_AGENT_STATE_RINGING,
  TD_AGENT_STATE_AVAILABLE,
  TD_AGENT_STATE_PAUSED,
  TD_AGENT_STATE_UNREACHABLE,
  TD_AGENT_STATE_OFFLINE,
  TD_AGENT_STATE_UNKNOWN,
};

static void
append_segment (GtkSnapshot   *snapshot,
                TdAgentState   state,
                double         x,
                double         width,
                double         height,
                const GdkRGBA *colour)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT (x, 0, width, height);
  GskRoundedRect  rounded;

  gsk_rounded_rect_init_from_rect (&rounded, &rect, MIN (height / 5, width / 2));
  if (state == TD_AGENT_STATE_OFFLINE || state == TD_AGENT_STATE_UNKNOWN)
    {
      /* Who is not there is an outline here too. */
      gtk_snapshot_append_border (snapshot, &rounded,
                                  ((float[4]){ 1, 1, 1, 1 }),
                                  ((GdkRGBA[4]){ *colour, *colour, *colour, *colour }));
      return;
    }

  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, colour, &rect);
  gtk_snapshot_pop (snapshot);
}

static void
td_state_bar_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  TdStateBar *self = TD_STATE_BAR (widget);
  double      width = gtk_widget_get_width (widget);
  double      height = gtk_widget_get_height (widget);
  guint       n_segments = 0;
  guint       total = 0;
  double      room;
  double      x = 0;

  for (guint i = 0; i < TD_N_AGENT_STATES; i++)
    {
      total += self->tally.by_state[i];
      n_segments += self->tally.by_state[i] > 0;
    }
  if (total == 0)
    return;

  /* Each segment has its least width first; only the rest is in proportion. */
  room = width - (n_segments - 1) * GAP - n_segments * MIN_SEGMENT;
  if (room < 0)
    return;

  for (guint i = 0; i < TD_N_AGENT_STATES; i++)
    {
      TdAgentState state = td_state_bar_order[i];
      guint        count = self->tally.by_state[state];
      double       segment = MIN_SEGMENT + room * count / total;
      GdkRGBA      colour;

      if (count == 0)
        continue;

      td_palette_lookup (widget, td_palette_state_colour (state), &colour);
      append_segment (snapshot, state, round (x), round (x + segment) - round (x), height, &colour);
      x += segment + GAP;
    }
}

static void
td_state_bar_class_init (TdStateBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = td_state_bar_snapshot;

  gtk_widget_class_set_css_name (widget_class, "statebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
td_state_bar_init (TdStateBar *self)
{
}

GtkWidget *
td_state_bar_new (void)
{
  return g_object_new (TD_TYPE_STATE_BAR, NULL);
}

void
td_state_bar_set_tally (TdStateBar         *self,
                        const TdAgentTally *tally)
{
  g_autoptr (GString) text = NULL;

  g_return_if_fail (TD_IS_STATE_BAR (self));
  g_return_if_fail (tally != NULL);

  if (memcmp (self->tally.by_state, tally->by_state, sizeof tally->by_state) == 0)
    return;

  self->tally = *tally;

  text = g_string_new (NULL);
  for (guint i = 0; i < TD_N_AGENT_STATES; i++)
    {
      TdAgentState state = td_state_bar_order[i];

      if (tally->by_state[state] > 0)
        g_string_append_printf (text, "%s%u %s", text->len > 0 ? ", " : "",
                                tally->by_state[state], td_format_state (state));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
