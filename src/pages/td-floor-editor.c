/* td-floor-editor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-editor.h"

#include <glib/gi18n.h>

#include "td-floor-agents.h"
#include "td-floor-canvas.h"
#include "td-floor-form.h"
#include "td-floor-plan-file.h"

#define ZOOM_STEP 1.25
#define NEW_WIDTH 80
#define NEW_HEIGHT 50

struct _TdFloorEditor
{
  AdwWindow parent_instance;

  TdCentre      *centre; /* (owned) (nullable) */
  TdFloorEdit   *edit;   /* (owned) */
  char          *path;   /* (owned): where the plan is saved */
  char          *origin; /* (owned) (nullable): where it was read from */
  TdFloorCanvas *canvas;
  gboolean       is_new;     /* there is no file of it yet */
  gboolean       is_closing; /* the question was answered */
  char          *next;       /* (owned) (nullable): after the question, the plan to open; "" for a new one */

  AdwWindowTitle    *title;
  AdwToastOverlay   *toasts;
  GtkScrolledWindow *scroller;
  TdFloorForm       *form;
  TdFloorAgents     *agents;
  GMenu             *open_menu;
  GtkWidget         *row_options;
  GtkSpinButton     *row_count;
  GtkCheckButton    *row_turned;
  GtkToggleButton   *tool_select;
  GtkToggleButton   *tool_room;
  GtkToggleButton   *tool_outline;
  GtkToggleButton   *tool_wall;
  GtkToggleButton   *tool_desk;
  GtkToggleButton   *tool_row;
  GtkToggleButton   *tool_seat;
  GtkToggleButton   *tool_label;
};

enum {
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdFloorEditor, td_floor_editor, ADW_TYPE_WINDOW)

static void
tell (TdFloorEditor *self,
      const char    *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast        *toast = adw_toast_new (escaped);

  adw_toast_set_timeout (toast, 8);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
refused_cb (TdFloorEditor *self,
            const char    *text)
{
  tell (self, text);
}

static void
update (TdFloorEditor *self)
{
  TdFloorPlan *plan = td_floor_edit_get_plan (self->edit);
  gboolean     is_modified = self->is_new || td_floor_edit_is_modified (self->edit);

  adw_window_title_set_title (self->title, td_floor_plan_get_info (plan)->name);
  adw_window_title_set_subtitle (self->title, is_modified ? _ ("not saved") : self->path);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "floor.undo", td_floor_edit_can_undo (self->edit));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "floor.redo", td_floor_edit_can_redo (self->edit));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "floor.save", is_modified);
  td_floor_agents_set_plan (self->agents, plan);
}

static void
fill_open_menu (TdFloorEditor *self)
{
  g_auto (GStrv) paths = td_floor_plan_list ();

  g_menu_remove_all (self->open_menu);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      /* One that cannot be read is still there: opening it says why. */
      g_autoptr (TdFloorPlan) plan = td_floor_plan_load (paths[i], NULL);
      g_autofree char *base = g_path_get_basename (paths[i]);
      g_autoptr (GMenuItem) item = NULL;
      g_auto (GStrv) parts = g_strsplit (plan != NULL ? td_floor_plan_get_info (plan)->name : base, "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts);

      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "floor.open", "s", paths[i]);
      g_menu_append_item (self->open_menu, item);
    }
}

static void
zoom_fit (TdFloorEditor *self)
{
  td_floor_canvas_fit (self->canvas, gtk_widget_get_width (GTK_WIDGET (self->scroller)), gtk_widget_get_height (GTK_WIDGET (self->scroller)));
}

/* Takes another plan. @origin is where it was read from, or %NULL for a new one. */
static void
begin (TdFloorEditor *self,
       TdFloorPlan   *plan,
       const char    *origin,
       const char    *underlay_from)
{
  g_autofree char *kept = g_strdup (underlay_from);

  if (self->edit != NULL)
    g_signal_handlers_disconnect_by_data (self->edit, self);
  g_clear_object (&self->edit);
  self->edit = td_floor_edit_new (plan);
  self->is_new = origin == NULL;
  g_free (self->path);
  self->path = origin != NULL ? td_floor_plan_get_own_path (origin) : td_floor_plan_get_new_path (td_floor_plan_get_info (plan)->name);
  g_free (self->origin);
  self->origin = g_steal_pointer (&kept);

  td_floor_canvas_set_edit (self->canvas, self->edit, self->origin);
  td_floor_form_set_edit (self->form, self->edit);
  g_signal_connect_swapped (self->edit, "changed", G_CALLBACK (update), self);
  update (self);
  zoom_fit (self);
}

static TdFloorPlan *
create_plan (void)
{
  const TdFloorPlanInfo info = {
    .name = _ ("New plan"),
    .width = NEW_WIDTH,
    .height = NEW_HEIGHT,
    .cell_cm = 20,
    .seat_width = 10,
    .seat_height = 6,
  };
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  return td_floor_plan_new (&info, items);
}

static gboolean
open_plan (TdFloorEditor *self,
           const char    *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdFloorPlan) plan = td_floor_plan_load (path, &error);

  if (plan == NULL)
    {
      tell (self, error->message);
      return FALSE;
    }

  begin (self, plan, path, path);

  return TRUE;
}

static gboolean
close_cb (gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));

  return G_SOURCE_REMOVE;
}

/* What the question was asked for. The window goes after the question, which
 * is still being answered. */
static void
go_on (TdFloorEditor *self)
{
  g_autofree char *next = g_steal_pointer (&self->next);

  if (next == NULL)
    {
      self->is_closing = TRUE;
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_cb, g_object_ref (self), g_object_unref);
    }
  else if (*next == '\0')
    {
      g_autoptr (TdFloorPlan) plan = create_plan ();

      begin (self, plan, NULL, NULL);
    }
  else
    open_plan (self, next);
}

static gboolean
save (TdFloorEditor *self)
{
  g_autoptr (GError) error = NULL;

  if (td_floor_editor_save (self, &error))
    return TRUE;

  tell (self, error->message);

  return FALSE;
}

static void
answer_cb (TdFloorEditor *self,
           const char    *response)
{
  if (g_str_equal (response, "discard") || (g_str_equal (response, "save") && save (self)))
    go_on (self);
  else
    g_clear_pointer (&self->next, g_free);
}

/* Returns whether there is something to be asked about first. */
static gboolean
ask (TdFloorEditor *self)
{
  GtkWidget *dialog;

  td_floor_form_commit (self->form);
  if (!td_floor_edit_is_modified (self->edit))
    return FALSE;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Save the Plan?"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), _ ("“%s” has changes that are not saved."),
                                  td_floor_plan_get_info (td_floor_edit_get_plan (self->edit))->name);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "discard", _ ("_Discard"),
                                    "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answer_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));

  return TRUE;
}

static gboolean
close_request_cb (TdFloorEditor *self)
{
  if (self->is_closing)
    return FALSE;

  g_clear_pointer (&self->next, g_free);

  return ask (self);
}

static void
leave_for (TdFloorEditor *self,
           const char    *next)
{
  g_free (self->next);
  self->next = g_strdup (next);
  if (!ask (self))
    go_on (self);
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  leave_for (TD_FLOOR_EDITOR (widget), "");
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  leave_for (TD_FLOOR_EDITOR (widget), g_variant_get_string (parameter, NULL));
}

/* The plan as it is now, under another name; that it was made from is left as
 * its file holds it. */
static void
duplicate_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  TdFloorEditor *self = TD_FLOOR_EDITOR (widget);
  TdFloorPlan   *plan;
  g_autoptr (TdFloorPlan) copy = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  TdFloorPlanInfo  info;
  g_autofree char *title = NULL;
  g_autofree char *origin = g_strdup (self->origin);

  td_floor_form_commit (self->form);
  if (td_floor_edit_is_modified (self->edit) && !save (self))
    return;

  plan = td_floor_edit_get_plan (self->edit);
  info = *td_floor_plan_get_info (plan);
  /* Translators: the name of a floor plan that was made from another. */
  title = g_strdup_printf (_ ("%.100s (copy)"), info.name);
  info.name = title;
  for (guint i = 0; i < td_floor_plan_get_n_items (plan); i++)
    g_ptr_array_add (items, td_floor_plan_get_item (plan, i));
  copy = td_floor_plan_new (&info, items);
  begin (self, copy, NULL, origin);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TdFloorEditor *self = TD_FLOOR_EDITOR (widget);

  if (save (self))
    tell (self, _ ("The plan is saved."));
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  td_floor_edit_undo (TD_FLOOR_EDITOR (widget)->edit);
}

static void
redo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  td_floor_edit_redo (TD_FLOOR_EDITOR (widget)->edit);
}

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TdFloorEditor *self = TD_FLOOR_EDITOR (widget);
  double         zoom = td_floor_canvas_get_zoom (self->canvas);

  if (g_str_equal (name, "floor.zoom-fit"))
    zoom_fit (self);
  else
    td_floor_canvas_set_zoom (self->canvas, g_str_equal (name, "floor.zoom-in") ? zoom * ZOOM_STEP : zoom / ZOOM_STEP);
}

static void
select_all_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  td_floor_canvas_select_all (TD_FLOOR_EDITOR (widget)->canvas);
}

static void
row_cb (TdFloorEditor *self)
{
  if (self->canvas != NULL)
    td_floor_canvas_set_row (self->canvas, (guint)gtk_spin_button_get_value_as_int (self->row_count),
                             gtk_check_button_get_active (self->row_turned));
}

static void
tool_cb (TdFloorEditor   *self,
         GtkToggleButton *button)
{
  GtkToggleButton *const tools[TD_N_FLOOR_TOOLS] = {
    self->tool_select, self->tool_room, self->tool_outline, self->tool_wall, self->tool_desk, self->tool_row, self->tool_seat, self->tool_label
  };

  if (self->canvas == NULL || !gtk_toggle_button_get_active (button))
    return;

  for (guint i = 0; i < TD_N_FLOOR_TOOLS; i++)
    {
      if (tools[i] == button)
        td_floor_canvas_set_tool (self->canvas, (TdFloorTool)i);
    }
  gtk_widget_set_visible (self->row_options, button == self->tool_row);
}

static void
tool_changed_cb (TdFloorEditor *self)
{
  gtk_toggle_button_set_active (self->tool_select, TRUE);
}

static void
chosen_cb (TdFloorEditor *self,
           const char    *agent)
{
  /* The row that holds the id may go with the assignment. */
  g_autofree char *id = g_strdup (agent);

  td_floor_canvas_assign (self->canvas, id);
}

/* The first time there is a size to fit into. */
static gboolean
fit_cb (GtkWidget     *scroller,
        GdkFrameClock *clock,
        gpointer       user_data)
{
  if (gtk_widget_get_width (scroller) <= 1)
    return G_SOURCE_CONTINUE;

  zoom_fit (TD_FLOOR_EDITOR (user_data));

  return G_SOURCE_REMOVE;
}

static void
td_floor_editor_dispose (GObject *object)
{
  TdFloorEditor *self = TD_FLOOR_EDITOR (object);

  if (self->edit != NULL)
    g_signal_handlers_disconnect_by_data (self->edit, self);
  g_clear_object (&self->edit);
  g_clear_object (&self->centre);

  G_OBJECT_CLASS (td_floor_editor_parent_class)->dispose (object);
}

static void
td_floor_editor_finalize (GObject *object)
{
  TdFloorEditor *self = TD_FLOOR_EDITOR (object);

  g_free (self->path);
  g_free (self->origin);
  g_free (self->next);

  G_OBJECT_CLASS (td_floor_editor_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "floor.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "floor.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "floor.duplicate", NULL, duplicate_action);
  gtk_widget_class_install_action (widget_class, "floor.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "floor.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "floor.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "floor.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (widget_class, "floor.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "floor.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "floor.zoom-fit", NULL, zoom_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "floor.new", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "floor.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "floor.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "floor.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_y, GDK_CONTROL_MASK, "floor.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "floor.select-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK, "floor.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_equal, GDK_CONTROL_MASK, "floor.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK, "floor.zoom-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, "floor.zoom-fit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
td_floor_editor_class_init (TdFloorEditorClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_floor_editor_dispose;
  object_class->finalize = td_floor_editor_finalize;

  signals[SAVED] = g_signal_new ("saved", TD_TYPE_FLOOR_EDITOR, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (TD_TYPE_FLOOR_FORM);
  g_type_ensure (TD_TYPE_FLOOR_AGENTS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-floor-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, title);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, toasts);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, scroller);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, form);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, agents);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, open_menu);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, row_options);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, row_count);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, row_turned);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, tool_select);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, tool_room);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, tool_outline);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, tool_wall);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, tool_desk);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, tool_row);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, tool_seat);
  gtk_widget_class_bind_template_child (widget_class, TdFloorEditor, tool_label);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, tool_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_cb);
  gtk_widget_class_bind_template_callback (widget_class, refused_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  install_actions (widget_class);
}

static void
td_floor_editor_init (TdFloorEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->canvas = TD_FLOOR_CANVAS (td_floor_canvas_new ());
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->canvas));
  td_floor_form_set_canvas (self->form, self->canvas);
  g_signal_connect_swapped (self->canvas, "refused", G_CALLBACK (refused_cb), self);
  g_signal_connect_swapped (self->canvas, "tool-changed", G_CALLBACK (tool_changed_cb), self);
  gtk_widget_add_tick_callback (GTK_WIDGET (self->scroller), fit_cb, self, NULL);
}

/**
 * td_floor_editor_new:
 * @centre: (nullable): whose agents can be seated
 * @path: (nullable): the plan to begin with, or %NULL for a new one
 *
 * Returns: (transfer floating): a window
 */
GtkWidget *
td_floor_editor_new (TdCentre   *centre,
                     const char *path)
{
  TdFloorEditor *self = g_object_new (TD_TYPE_FLOOR_EDITOR, NULL);

  g_set_object (&self->centre, centre);
  td_floor_canvas_set_centre (self->canvas, centre);
  td_floor_form_set_centre (self->form, centre);
  td_floor_agents_set_centre (self->agents, centre);
  fill_open_menu (self);
  if (path == NULL || !open_plan (self, path))
    {
      g_autoptr (TdFloorPlan) plan = create_plan ();

      begin (self, plan, NULL, NULL);
    }

  return GTK_WIDGET (self);
}

/**
 * td_floor_editor_get_edit:
 * @self: an editor
 *
 * Returns: (transfer none): what is worked on
 */
TdFloorEdit *
td_floor_editor_get_edit (TdFloorEditor *self)
{
  g_return_val_if_fail (TD_IS_FLOOR_EDITOR (self), NULL);

  return self->edit;
}

/**
 * td_floor_editor_get_path:
 * @self: an editor
 *
 * Returns: (transfer none): the file that the plan is saved to
 */
const char *
td_floor_editor_get_path (TdFloorEditor *self)
{
  g_return_val_if_fail (TD_IS_FLOOR_EDITOR (self), NULL);

  return self->path;
}

/**
 * td_floor_editor_save:
 * @self: an editor
 * @error: return location
 *
 * Writes the plan to the user's folder.
 *
 * Returns: whether it was written
 */
gboolean
td_floor_editor_save (TdFloorEditor *self,
                      GError       **error)
{
  TdFloorPlan *plan;

  g_return_val_if_fail (TD_IS_FLOOR_EDITOR (self), FALSE);

  td_floor_form_commit (self->form);
  plan = td_floor_edit_get_plan (self->edit);
  /* A new plan is named after the name that it has by now. */
  if (self->is_new)
    {
      g_free (self->path);
      self->path = td_floor_plan_get_new_path (td_floor_plan_get_info (plan)->name);
    }

  if (!td_floor_plan_save (plan, self->path, error) ||
      (self->origin != NULL && !td_floor_plan_bring_underlay (plan, self->origin, self->path, error)))
    return FALSE;

  self->is_new = FALSE;
  g_free (self->origin);
  self->origin = g_strdup (self->path);
  td_floor_edit_mark_saved (self->edit);
  fill_open_menu (self);
  g_signal_emit (self, signals[SAVED], 0, self->path);

  return TRUE;
}
