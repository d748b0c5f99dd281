/* td-agent-actions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-actions.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "td-action-dialog.h"

#define TOAST_S 5

struct _TdAgentActions
{
  GObject parent_instance;

  GtkWidget          *parent; /* (unowned): closes this before it goes */
  TdWatch            *watch;  /* (owned) */
  TdAgent            *agent;  /* (owned) (nullable): of the menu */
  GPtrArray          *others; /* (owned) (nullable) (element-type TdAgent): who the menu is of as well */
  GSimpleActionGroup *group;  /* (owned) */
  AdwToastOverlay    *toasts; /* (unowned) (nullable): inside the parent */
  GtkWidget          *popover;
  gboolean            enabled;
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdAgentActions, td_agent_actions, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* What may be done to several at once: nothing that needs a phone, nothing that
 * cuts a caller off. */
#define ACTIONS_FOR_ALL                                                  \
  (TD_ACTION_BIT (TD_ACTION_PAUSE) | TD_ACTION_BIT (TD_ACTION_UNPAUSE) | \
   TD_ACTION_BIT (TD_ACTION_QUEUE_ADD) | TD_ACTION_BIT (TD_ACTION_QUEUE_REMOVE))

/* The same action for several agents: told of once, when all of them ended. */
typedef struct
{
  gatomicrefcount ref_count;
  guint           n_left;
  guint           n_done;
  guint           n_failed;
  GError         *error; /* (owned) (nullable): the first */
  char           *name;  /* (owned) (nullable): whose it was */
} Batch;

/* An action that was begun, and who is to be told. */
typedef struct
{
  TdAgentActions *actions; /* (owned) */
  TdAction       *action;  /* (owned) */
  TdAgent        *agent;   /* (owned) */
  GPtrArray      *others;  /* (owned) (nullable): of a question: and to whom else */
  Batch          *batch;   /* (owned) (nullable): of an action that is one of several */
} Doing;

static void
batch_unref (Batch *batch)
{
  if (!g_atomic_ref_count_dec (&batch->ref_count))
    return;

  g_clear_error (&batch->error);
  g_free (batch->name);
  g_free (batch);
}

static void
doing_free (Doing *doing)
{
  g_clear_object (&doing->actions);
  g_clear_pointer (&doing->action, td_action_free);
  g_clear_object (&doing->agent);
  g_clear_pointer (&doing->others, g_ptr_array_unref);
  g_clear_pointer (&doing->batch, batch_unref);
  g_free (doing);
}

static TdSupervisor *
get_supervisor (TdAgentActions *self)
{
  return td_watch_get_supervisor (self->watch);
}

static void
show_toast (TdAgentActions *self,
            const char     *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast        *toast;
  GtkWidget       *overlay = GTK_WIDGET (self->toasts);

  if (overlay == NULL)
    overlay = gtk_widget_get_ancestor (self->parent, ADW_TYPE_TOAST_OVERLAY);
  if (overlay == NULL)
    return;

  toast = adw_toast_new (markup);

  adw_toast_set_timeout (toast, TOAST_S);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/* One of several ended. */
static void
take_ended (Doing  *doing,
            GError *error)
{
  TdAgentActions  *self = doing->actions;
  Batch           *batch = doing->batch;
  g_autofree char *text = NULL;

  batch->n_left--;
  batch->n_done += error == NULL;
  batch->n_failed += error != NULL;
  if (error != NULL && batch->error == NULL)
    {
      batch->error = g_error_copy (error);
      batch->name = g_strdup (td_agent_get_title (doing->agent));
    }
  if (batch->n_left > 0 || self->parent == NULL)
    return;

  if (batch->error != NULL)
    td_action_dialog_show_error (self->parent, batch->error, doing->action->kind, batch->name);

  /* Translators: an action that was done to several agents: the action, to how many of how many. */
  text = g_strdup_printf (_ ("%s: %u of %u agents"), td_action_dialog_get_title (doing->action->kind),
                          batch->n_done, batch->n_done + batch->n_failed);
  show_toast (self, text);
}

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Doing          *doing = user_data;
  TdAgentActions *self = doing->actions;
  g_autoptr (GError) error = NULL;
  gboolean done = td_supervisor_act_finish (TD_SUPERVISOR (object), result, &error);

  /* Whoever closed the window reads it in the log. */
  if (doing->batch != NULL)
    take_ended (doing, error);
  else if (self->parent != NULL && done)
    {
      g_autofree char *text = td_action_dialog_format_done (doing->action, td_watch_get_centre (self->watch), doing->agent);

      show_toast (self, text);
    }
  else if (self->parent != NULL)
    td_action_dialog_show_error (self->parent, error, doing->action->kind, td_agent_get_title (doing->agent));

  doing_free (doing);
}

static void
act (TdAgentActions *self,
     const TdAction *action,
     TdAgent        *agent,
     Batch          *batch)
{
  Doing   *doing = g_new0 (Doing, 1);
  TdAction own = *action;

  own.agent = td_agent_get_id (agent);
  doing->actions = g_object_ref (self);
  doing->action = td_action_copy (&own);
  doing->agent = g_object_ref (agent);
  doing->batch = batch;
  td_supervisor_act_async (get_supervisor (self), &own, acted_cb, doing);
}

static void
act_on_all (TdAgentActions *self,
            const TdAction *action,
            TdAgent        *agent,
            GPtrArray      *others)
{
  Batch *batch;

  if (others == NULL || others->len == 0)
    {
      act (self, action, agent, NULL);
      return;
    }

  batch = g_new0 (Batch, 1);
  g_atomic_ref_count_init (&batch->ref_count);
  batch->n_left = others->len + 1;
  for (guint i = 0; i < others->len; i++)
    {
      g_atomic_ref_count_inc (&batch->ref_count);
      act (self, action, g_ptr_array_index (others, i), batch);
    }
  act (self, action, agent, batch);
}

static void
chosen_cb (const TdAction *action,
           gpointer        user_data)
{
  Doing *question = user_data;

  if (question->actions->parent != NULL)
    act_on_all (question->actions, action, question->agent, question->others);
}

static void
activate_cb (GSimpleAction *simple,
             GVariant      *parameter,
             gpointer       user_data)
{
  TdAgentActions *self = user_data;
  TdActionKind    kind;
  Doing          *question;

  if (self->agent == NULL || self->parent == NULL ||
      !td_action_kind_from_string (g_action_get_name (G_ACTION (simple)), &kind))
    return;

  if (kind == TD_ACTION_UNPAUSE)
    {
      TdAction action = { .kind = kind, .agent = td_agent_get_id (self->agent) };

      act_on_all (self, &action, self->agent, self->others);
      return;
    }

  question = g_new0 (Doing, 1);
  question->actions = g_object_ref (self);
  question->agent = g_object_ref (self->agent);
  question->others = self->others != NULL ? g_ptr_array_ref (self->others) : NULL;
  td_action_dialog_ask (self->parent, kind, td_watch_get_centre (self->watch), self->agent, self->others,
                        td_supervisor_get_extension (get_supervisor (self)),
                        chosen_cb, question, (GDestroyNotify)doing_free);
}

static const char *
get_label (TdActionKind kind)
{
  switch (kind)
    {
    case TD_ACTION_PAUSE:
      return _ ("_Pause…");

    case TD_ACTION_UNPAUSE:
      return _ ("_End Pause");

    case TD_ACTION_QUEUE_ADD:
      return _ ("_Add to a Queue…");

    case TD_ACTION_QUEUE_REMOVE:
      return _ ("_Remove from a Queue…");

    case TD_ACTION_LISTEN:
      return _ ("_Listen…");

    case TD_ACTION_WHISPER:
      return _ ("_Whisper…");

    case TD_ACTION_BARGE:
      return _ ("_Barge In…");

    case TD_ACTION_HANG_UP:
      return _ ("_Hang Up…");

    case TD_N_ACTIONS:
    default:
      return "";
    }
}

static GMenuModel *
create_menu (guint      actions,
             TdAgent   *agent,
             GPtrArray *others)
{
  static const guint sections[] = {
    TD_ACTION_BIT (TD_ACTION_PAUSE) | TD_ACTION_BIT (TD_ACTION_UNPAUSE),
    TD_ACTION_BIT (TD_ACTION_QUEUE_ADD) | TD_ACTION_BIT (TD_ACTION_QUEUE_REMOVE),
    TD_ACTION_BIT (TD_ACTION_LISTEN) | TD_ACTION_BIT (TD_ACTION_WHISPER) | TD_ACTION_BIT (TD_ACTION_BARGE),
    TD_ACTION_BIT (TD_ACTION_HANG_UP),
  };
  GMenu           *menu = g_menu_new ();
  gboolean         first = TRUE;
  g_autofree char *title = td_action_dialog_format_people (agent, others);

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autoptr (GMenu) section = g_menu_new ();

      for (guint kind = 0; kind < TD_N_ACTIONS; kind++)
        {
          g_autofree char *name = g_strconcat ("agent.", td_action_kind_to_string (kind), NULL);

          if (actions & sections[i] & TD_ACTION_BIT (kind))
            g_menu_append (section, get_label (kind), name);
        }

      if (g_menu_model_get_n_items (G_MENU_MODEL (section)) == 0)
        continue;

      /* Whose menu it is stands above it. */
      g_menu_append_section (menu, first ? title : NULL, G_MENU_MODEL (section));
      first = FALSE;
    }

  return G_MENU_MODEL (menu);
}

static void
update_sensitive (TdAgentActions *self)
{
  gboolean busy = self->agent != NULL && td_supervisor_is_busy (get_supervisor (self), self->agent);

  for (guint kind = 0; kind < TD_N_ACTIONS; kind++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), td_action_kind_to_string (kind));

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), !busy);
    }
}

static void
supervisor_changed_cb (TdAgentActions *self)
{
  update_sensitive (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
closed_cb (TdAgentActions *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
td_agent_actions_dispose (GObject *object)
{
  TdAgentActions *self = TD_AGENT_ACTIONS (object);

  td_agent_actions_close (self);
  g_clear_object (&self->agent);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_object (&self->group);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_agent_actions_parent_class)->dispose (object);
}

static void
td_agent_actions_class_init (TdAgentActionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_agent_actions_dispose;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
td_agent_actions_init (TdAgentActions *self)
{
  self->enabled = TRUE;
  self->group = g_simple_action_group_new ();
  for (guint kind = 0; kind < TD_N_ACTIONS; kind++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (td_action_kind_to_string (kind), NULL);

      g_signal_connect (action, "activate", G_CALLBACK (activate_cb), self);
      g_action_map_add_action (G_ACTION_MAP (self->group), G_ACTION (action));
    }
}

/**
 * td_agent_actions_new:
 * @parent: a widget with a layout manager, whose child the menu becomes; it
 *   calls td_agent_actions_close() before it goes
 * @toasts: (nullable): where it is said that something was done; where there
 *   is none, around @parent
 * @watch: the agents' centre
 *
 * Returns: (transfer full): the actions
 */
TdAgentActions *
td_agent_actions_new (GtkWidget       *parent,
                      AdwToastOverlay *toasts,
                      TdWatch         *watch)
{
  TdAgentActions *self;

  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);
  g_return_val_if_fail (toasts == NULL || ADW_IS_TOAST_OVERLAY (toasts), NULL);
  g_return_val_if_fail (TD_IS_WATCH (watch), NULL);

  self = g_object_new (TD_TYPE_AGENT_ACTIONS, NULL);
  self->parent = parent;
  self->toasts = toasts;
  self->watch = g_object_ref (watch);
  self->popover = gtk_popover_menu_new_from_model (NULL);
  gtk_widget_set_parent (self->popover, parent);
  gtk_widget_insert_action_group (parent, "agent", G_ACTION_GROUP (self->group));
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_supervisor (self), "changed",
                           G_CALLBACK (supervisor_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * td_agent_actions_close:
 * @self: the actions
 *
 * Takes the menu away for good; an action that runs goes on, and is told of
 * by the log alone.
 */
void
td_agent_actions_close (TdAgentActions *self)
{
  g_return_if_fail (TD_IS_AGENT_ACTIONS (self));

  if (self->parent == NULL)
    return;

  gtk_widget_insert_action_group (self->parent, "agent", NULL);
  g_signal_handlers_disconnect_by_data (self->popover, self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->parent = NULL;
  self->toasts = NULL;
}

gboolean
td_agent_actions_is_enabled (TdAgentActions *self)
{
  g_return_val_if_fail (TD_IS_AGENT_ACTIONS (self), FALSE);

  return self->enabled;
}

/**
 * td_agent_actions_set_enabled:
 * @self: the actions
 * @enabled: whether anything is offered, permitted or not
 */
void
td_agent_actions_set_enabled (TdAgentActions *self,
                              gboolean        enabled)
{
  g_return_if_fail (TD_IS_AGENT_ACTIONS (self));

  if (self->enabled == enabled)
    return;

  self->enabled = enabled;
  if (!enabled && self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
td_agent_actions_is_open (TdAgentActions *self)
{
  g_return_val_if_fail (TD_IS_AGENT_ACTIONS (self), FALSE);

  return self->popover != NULL && gtk_widget_get_visible (self->popover);
}

/**
 * td_agent_actions_get_for:
 * @self: the actions
 * @agent: an agent
 *
 * Returns: bits of what the menu of @agent holds now
 */
guint
td_agent_actions_get_for (TdAgentActions *self,
                          TdAgent        *agent)
{
  g_return_val_if_fail (TD_IS_AGENT_ACTIONS (self), 0);
  g_return_val_if_fail (TD_IS_AGENT (agent), 0);

  return self->enabled ? td_supervisor_get_actions_for (get_supervisor (self), agent) : 0;
}

gboolean
td_agent_actions_is_busy (TdAgentActions *self,
                          TdAgent        *agent)
{
  g_return_val_if_fail (TD_IS_AGENT_ACTIONS (self), FALSE);
  g_return_val_if_fail (TD_IS_AGENT (agent), FALSE);

  return td_supervisor_is_busy (get_supervisor (self), agent);
}

/* Opens the menu of @agent and the @others, which becomes this one's own. */
static void
popup (TdAgentActions     *self,
       TdAgent            *agent,
       GPtrArray          *others,
       guint               actions,
       GtkWidget          *relative_to,
       const GdkRectangle *at)
{
  g_autoptr (GMenuModel) menu = NULL;
  GdkRectangle place;
  double       x, y;

  if (self->parent == NULL || actions == 0)
    return;

  place = at != NULL ? *at
                     : (GdkRectangle){ 0, 0, gtk_widget_get_width (relative_to), gtk_widget_get_height (relative_to) };
  if (!gtk_widget_translate_coordinates (relative_to, self->parent, place.x, place.y, &x, &y))
    return;
  place.x = (int)x;
  place.y = (int)y;

  g_set_object (&self->agent, agent);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  self->others = others != NULL ? g_ptr_array_ref (others) : NULL;
  update_sensitive (self);
  menu = create_menu (actions, agent, others);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->popover), menu);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * td_agent_actions_popup:
 * @self: the actions
 * @agent: whose menu
 * @relative_to: a widget inside the parent
 * @at: (nullable): where in @relative_to it points to; the whole of it by default
 *
 * Opens the menu, where there is something in it.
 */
void
td_agent_actions_popup (TdAgentActions     *self,
                        TdAgent            *agent,
                        GtkWidget          *relative_to,
                        const GdkRectangle *at)
{
  g_return_if_fail (TD_IS_AGENT_ACTIONS (self));
  g_return_if_fail (TD_IS_AGENT (agent));
  g_return_if_fail (GTK_IS_WIDGET (relative_to));

  popup (self, agent, NULL, td_agent_actions_get_for (self, agent), relative_to, at);
}

/**
 * td_agent_actions_popup_for_all:
 * @self: the actions
 * @agents: (element-type TdAgent): whose menu, one at least
 * @relative_to: a widget inside the parent
 * @at: (nullable): where in @relative_to it points to; the whole of it by default
 *
 * Opens a menu of what may be done to every one of them: pauses and queues.
 */
void
td_agent_actions_popup_for_all (TdAgentActions     *self,
                                GPtrArray          *agents,
                                GtkWidget          *relative_to,
                                const GdkRectangle *at)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_object_unref);
  guint actions = ACTIONS_FOR_ALL;

  g_return_if_fail (TD_IS_AGENT_ACTIONS (self));
  g_return_if_fail (agents != NULL && agents->len > 0);
  g_return_if_fail (GTK_IS_WIDGET (relative_to));

  for (guint i = 0; i < agents->len; i++)
    {
      actions &= td_agent_actions_get_for (self, g_ptr_array_index (agents, i));
      if (i > 0)
        g_ptr_array_add (others, g_object_ref (g_ptr_array_index (agents, i)));
    }
  popup (self, g_ptr_array_index (agents, 0), others, actions, relative_to, at);
}
