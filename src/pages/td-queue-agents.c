/* td-queue-agents.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-queue-agents.h"

#include <glib/gi18n.h>

#include "td-format.h"
#include "td-agent-actions.h"
#include "td-agent-slot.h"
#include "td-metrics.h"
#include "td-picture.h"
#include "td-stat-tile.h"
#include "td-state-bar.h"
#include "td-state-shape.h"

#define SPACING 8

/* The order changes at most so often: faster could not be read. */
#define ARRANGE_US G_USEC_PER_SEC

struct _TdQueueAgents
{
  GtkWidget parent_instance;

  GListStore     *store;    /* (owned): TdAgentSlot */
  TdQueue        *queue;    /* (owned) (nullable): whose agents are in the slots */
  gint64          arranged; /* monotonic time of the last order, µs */
  GHashTable     *bound;    /* (owned) (element-type GtkListItem): in sight now */
  gint64          now;
  TdAgentActions *actions; /* (owned) (nullable) */
  gboolean        menu_open;

  GtkWidget *body;
  GtkWidget *title;
  GtkWidget *available;
  GtkWidget *view;
  GtkWidget *scrolled;
  GtkWidget *empty;
};

G_DEFINE_FINAL_TYPE (TdQueueAgents, td_queue_agents, GTK_TYPE_WIDGET)

static char *
format_state (const TdAgentInfo *info)
{
  const char *state = td_format_state (info->state);

  if (info->state == TD_AGENT_STATE_ON_CALL && info->on_hold)
    /* Translators: the agent is on call, and the caller is on hold. */
    return g_strdup (_ ("on call, on hold"));
  if (info->reason != NULL && info->reason[0] != '\0')
    return g_strdup_printf ("%s · %s", state, info->reason);

  return g_strdup (state);
}

/* A label would measure the whole list anew with every second. */
static GtkWidget *
create_text (float xalign,
             guint min_chars,
             guint nat_chars)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), xalign);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), min_chars);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), nat_chars);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);

  return text;
}

static gboolean
set_text (GtkWidget  *widget,
          const char *text)
{
  if (g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), text) == 0)
    return FALSE;

  gtk_inscription_set_text (GTK_INSCRIPTION (widget), text);

  return TRUE;
}

static void
show_row (TdQueueAgents *self,
          GtkListItem   *item)
{
  TdAgentSlot       *slot = gtk_list_item_get_item (item);
  GtkWidget         *shape = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget         *name = gtk_widget_get_next_sibling (shape);
  GtkWidget         *state = gtk_widget_get_next_sibling (name);
  GtkWidget         *time = gtk_widget_get_next_sibling (state);
  GtkWidget         *row = gtk_widget_get_parent (gtk_list_item_get_child (item));
  TdAgent           *agent;
  const TdAgentInfo *info;
  g_autofree char   *state_text = NULL;
  g_autofree char   *time_text = NULL;
  gboolean           inexact;
  gboolean           changed;
  gint64             since;

  if (slot == NULL)
    return;

  agent = td_agent_slot_get_agent (slot);
  info = td_agent_get_info (agent);
  since = td_agent_get_since (agent, &inexact);
  state_text = format_state (info);
  time_text = td_format_age (since, self->now, inexact);

  td_state_shape_set_state (TD_STATE_SHAPE (shape), info->state);
  changed = set_text (name, td_agent_get_title (agent));
  changed |= set_text (state, state_text);
  changed |= set_text (time, time_text);
  if (changed && row != NULL)
    {
      g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", td_agent_get_title (agent), state_text, time_text);

      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
    }
}

static void
setup_cb (TdQueueAgents *self,
          GtkListItem   *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  GtkWidget *shape = td_state_shape_new (TD_AGENT_STATE_UNKNOWN);
  GtkWidget *name = create_text (0, 8, 12);
  GtkWidget *state = create_text (1, 6, 16);
  GtkWidget *time = create_text (1, 6, 8);

  gtk_widget_set_valign (shape, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (name, TD_PICTURE_PRIVATE);
  gtk_widget_add_css_class (state, "td-secondary");
  gtk_widget_add_css_class (time, "td-number");

  gtk_box_append (GTK_BOX (row), shape);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), state);
  gtk_box_append (GTK_BOX (row), time);
  gtk_list_item_set_child (item, row);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (TdQueueAgents *self,
         GtkListItem   *item)
{
  g_hash_table_add (self->bound, item);
  show_row (self, item);
}

static void
unbind_cb (TdQueueAgents *self,
           GtkListItem   *item)
{
  g_hash_table_remove (self->bound, item);
}

static void
show_rows (TdQueueAgents *self)
{
  GHashTableIter iter;
  gpointer       item;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    show_row (self, item);
}

/* Who serves comes before who does not, as everywhere that states are shown;
 * in a state, who has been in it longest. */
static int
compare_place (gconstpointer a,
               gconstpointer b)
{
  TdAgent           *x = *(TdAgent *const *)a;
  TdAgent           *y = *(TdAgent *const *)b;
  const TdAgentInfo *info_x = td_agent_get_info (x);
  const TdAgentInfo *info_y = td_agent_get_info (y);
  gint64             since_x, since_y;

  if (info_x->state != info_y->state)
    {
      for (guint i = 0; i < TD_N_AGENT_STATES; i++)
        {
          if (td_state_bar_order[i] == info_x->state)
            return -1;
          if (td_state_bar_order[i] == info_y->state)
            return 1;
        }
    }

  since_x = td_agent_get_since (x, NULL);
  since_y = td_agent_get_since (y, NULL);
  if (since_x != since_y)
    {
      if (!TD_IS_KNOWN (since_x) || !TD_IS_KNOWN (since_y))
        return TD_IS_KNOWN (since_x) ? -1 : 1;
      return since_x < since_y ? -1 : 1;
    }

  return strcmp (info_x->id, info_y->id);
}

/* The row that @widget is in; or NULL. */
static GtkListItem *
find_row (TdQueueAgents *self,
          GtkWidget     *widget)
{
  GHashTableIter iter;
  gpointer       item;

  g_hash_table_iter_init (&iter, self->bound);
  while (widget != NULL && g_hash_table_iter_next (&iter, &item, NULL))
    {
      GtkWidget *box = gtk_list_item_get_child (item);

      if (widget == box || gtk_widget_is_ancestor (widget, box) || widget == gtk_widget_get_parent (box))
        return item;
    }

  return NULL;
}

static void
open_menu (TdQueueAgents      *self,
           GtkListItem        *item,
           GtkWidget          *relative_to,
           const GdkRectangle *at)
{
  TdAgentSlot *slot = gtk_list_item_get_item (item);

  if (self->actions != NULL && slot != NULL)
    td_agent_actions_popup (self->actions, td_agent_slot_get_agent (slot), relative_to, at);
}

static void
secondary_click_cb (TdQueueAgents   *self,
                    int              n_press,
                    double           x,
                    double           y,
                    GtkGestureClick *gesture)
{
  GtkListItem *item = find_row (self, gtk_widget_pick (self->view, x, y, GTK_PICK_DEFAULT));
  GdkRectangle at = { (int)x, (int)y, 1, 1 };

  if (item == NULL)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, item, self->view, &at);
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  TdQueueAgents *self = TD_QUEUE_AGENTS (widget);
  GtkRoot       *root = gtk_widget_get_root (widget);
  GtkListItem   *item = root != NULL ? find_row (self, gtk_root_get_focus (root)) : NULL;

  if (item == NULL)
    return FALSE;

  open_menu (self, item, gtk_list_item_get_child (item), NULL);

  return TRUE;
}

/* The rows stay while the menu points at one, and the keyboard goes on there. */
static void
actions_changed_cb (TdQueueAgents *self)
{
  gboolean open = td_agent_actions_is_open (self->actions);

  if (self->menu_open && !open)
    gtk_widget_grab_focus (self->view);
  self->menu_open = open;
}

static void
arrange (TdQueueAgents *self,
         GPtrArray     *agents)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (agents->len);

  for (guint i = 0; i < agents->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (agents, i));
  g_ptr_array_sort (sorted, compare_place);
  td_agent_slots_fill (self->store, sorted);
  self->arranged = g_get_monotonic_time ();
}

static void
show_title (TdQueueAgents *self,
            GPtrArray     *agents,
            gint64         serving)
{
  TdAgentTally     tally = { 0 };
  g_autofree char *count = NULL;
  g_autofree char *title = NULL;
  g_autofree char *available = NULL;

  for (guint i = 0; i < agents->len; i++)
    td_agent_tally_add (&tally, td_agent_get_info (g_ptr_array_index (agents, i))->state);
  if (!TD_IS_KNOWN (serving) && agents->len > 0)
    serving = tally.serving;

  count = td_format_count (serving);
  /* Translators: so many agents serve the queue. */
  title = TD_IS_KNOWN (serving) ? g_strdup_printf (ngettext ("%s agent serving", "%s agents serving", MIN (serving, G_MAXINT)), count)
                                : g_strdup (_ ("Agents serving: not known"));
  td_label_set (GTK_LABEL (self->title), title);

  if (agents->len > 0)
    /* Translators: agents of a queue who can take a call now. */
    available = g_strdup_printf (ngettext ("%u available", "%u available", tally.by_state[TD_AGENT_STATE_AVAILABLE]),
                                 tally.by_state[TD_AGENT_STATE_AVAILABLE]);
  td_label_set (GTK_LABEL (self->available), available);

  gtk_widget_set_visible (self->scrolled, agents->len > 0);
  td_label_set (GTK_LABEL (self->empty),
                agents->len > 0 ? NULL
                : serving > 0   ? _ ("The source does not list the agents")
                                : _ ("Nobody serves this queue"));
}

static void
td_queue_agents_dispose (GObject *object)
{
  TdQueueAgents *self = TD_QUEUE_AGENTS (object);

  if (self->actions != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->actions, self);
      td_agent_actions_close (self->actions);
    }
  g_clear_object (&self->actions);
  g_clear_pointer (&self->body, gtk_widget_unparent);
  g_clear_object (&self->store);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (td_queue_agents_parent_class)->dispose (object);
}

static void
td_queue_agents_finalize (GObject *object)
{
  TdQueueAgents *self = TD_QUEUE_AGENTS (object);

  g_hash_table_unref (self->bound);

  G_OBJECT_CLASS (td_queue_agents_parent_class)->finalize (object);
}

static void
td_queue_agents_class_init (TdQueueAgentsClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_queue_agents_dispose;
  object_class->finalize = td_queue_agents_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "queueagents");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-queue-agents.ui");
  gtk_widget_class_bind_template_child (widget_class, TdQueueAgents, body);
  gtk_widget_class_bind_template_child (widget_class, TdQueueAgents, title);
  gtk_widget_class_bind_template_child (widget_class, TdQueueAgents, available);
  gtk_widget_class_bind_template_child (widget_class, TdQueueAgents, view);
  gtk_widget_class_bind_template_child (widget_class, TdQueueAgents, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TdQueueAgents, empty);
}

static void
td_queue_agents_init (TdQueueAgents *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (gesture, "pressed", G_CALLBACK (secondary_click_cb), self);
  gtk_widget_add_controller (self->view, GTK_EVENT_CONTROLLER (gesture));

  self->now = TD_UNKNOWN;
  self->store = g_list_store_new (TD_TYPE_AGENT_SLOT);
  self->bound = g_hash_table_new (NULL, NULL);
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), self);

  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->store)));
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->view), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->view), GTK_SELECTION_MODEL (selection));
}

/**
 * td_queue_agents_set_watch:
 * @self: a card without a watch yet
 * @watch: the agents' centre, whose source may have actions done
 */
void
td_queue_agents_set_watch (TdQueueAgents *self,
                           TdWatch       *watch)
{
  g_return_if_fail (TD_IS_QUEUE_AGENTS (self));
  g_return_if_fail (TD_IS_WATCH (watch));
  g_return_if_fail (self->actions == NULL);

  self->actions = td_agent_actions_new (GTK_WIDGET (self), NULL, watch);
  g_signal_connect_object (self->actions, "changed", G_CALLBACK (actions_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * td_queue_agents_set_actions_enabled:
 * @self: a card with a watch
 * @enabled: whether what a supervisor may do is offered
 */
void
td_queue_agents_set_actions_enabled (TdQueueAgents *self,
                                     gboolean       enabled)
{
  g_return_if_fail (TD_IS_QUEUE_AGENTS (self));
  g_return_if_fail (self->actions != NULL);

  td_agent_actions_set_enabled (self->actions, enabled);
}

/**
 * td_queue_agents_show:
 * @self: a card
 * @centre: a centre
 * @queue: one of its queues
 * @now: the source's time, µs since 1970
 *
 * Brings the card up to date with what the centre says.
 */
void
td_queue_agents_show (TdQueueAgents *self,
                      TdCentre      *centre,
                      TdQueue       *queue,
                      gint64         now)
{
  GPtrArray *agents;

  g_return_if_fail (TD_IS_QUEUE_AGENTS (self));
  g_return_if_fail (TD_IS_CENTRE (centre));
  g_return_if_fail (TD_IS_QUEUE (queue));

  agents = td_centre_get_queue_agents (centre, td_queue_get_id (queue));
  self->now = now;
  if (g_set_object (&self->queue, queue) ||
      (!self->menu_open && (g_get_monotonic_time () - self->arranged >= ARRANGE_US ||
                            agents->len != g_list_model_get_n_items (G_LIST_MODEL (self->store)))))
    arrange (self, agents);
  show_rows (self);
  show_title (self, agents, td_queue_get_info (queue)->serving);
}

/**
 * td_queue_agents_tick:
 * @self: a card
 * @now: the source's time, µs since 1970
 *
 * Moves the timers; cheap enough for every second.
 */
void
td_queue_agents_tick (TdQueueAgents *self,
                      gint64         now)
{
  g_return_if_fail (TD_IS_QUEUE_AGENTS (self));

  self->now = now;
  show_rows (self);
}
