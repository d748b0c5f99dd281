/* td-floor-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "td-floor-pick.h"

struct _TdFloorForm
{
  AdwBin parent_instance;

  TdFloorCanvas *canvas; /* (owned) (nullable) */
  TdFloorEdit   *edit;   /* (owned) (nullable) */
  TdCentre      *centre; /* (owned) (nullable) */
  gboolean       is_showing;

  AdwPreferencesGroup *item_group;
  GtkWidget           *name;
  GtkWidget           *use;
  GtkWidget           *pauses;
  GtkWidget           *x_row;
  GtkWidget           *y_row;
  GtkWidget           *width_row;
  GtkWidget           *height_row;
  GtkSpinButton       *x;
  GtkSpinButton       *y;
  GtkSpinButton       *width;
  GtkSpinButton       *height;
  AdwActionRow        *agent;
  GtkWidget           *free;
  GtkWidget           *turn;
  GtkWidget           *plan_group;
  GtkWidget           *place_group;
  GtkWidget           *plan_name;
  GtkWidget           *underlay;
  GtkSpinButton       *columns;
  GtkSpinButton       *rows;
  GtkSpinButton       *cell_cm;
  GtkSpinButton       *seat_width;
  GtkSpinButton       *seat_height;
  GtkCheckButton      *office;
  GtkCheckButton      *on_site;
  GtkCheckButton      *home;
  GtkCheckButton      *partner;
};

enum {
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdFloorForm, td_floor_form, ADW_TYPE_BIN)

static const TdFloorItemInfo *
get_item (TdFloorForm *self)
{
  GPtrArray *selection = self->canvas != NULL ? td_floor_canvas_get_selection (self->canvas) : NULL;

  return selection != NULL && selection->len == 1 ? td_floor_item_get_info (g_ptr_array_index (selection, 0)) : NULL;
}

static void
set_text (GtkWidget  *row,
          const char *text)
{
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (row)), text != NULL ? text : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

static void
show_numbers (TdFloorForm           *self,
              const TdFloorItemInfo *item)
{
  gboolean has_size = item != NULL && item->n_points == 0 &&
                      (item->kind == TD_FLOOR_ROOM || item->kind == TD_FLOOR_DESK || item->kind == TD_FLOOR_WALL);

  gtk_widget_set_visible (self->x_row, item != NULL);
  gtk_widget_set_visible (self->y_row, item != NULL);
  gtk_widget_set_visible (self->width_row, has_size);
  gtk_widget_set_visible (self->height_row, has_size);
  if (item == NULL)
    return;

  gtk_spin_button_set_value (self->x, item->x);
  gtk_spin_button_set_value (self->y, item->y);
  gtk_spin_button_set_value (self->width, item->width);
  gtk_spin_button_set_value (self->height, item->height);
}

static void
show_item (TdFloorForm           *self,
           const TdFloorItemInfo *item,
           guint                  n_selected)
{
  gboolean         is_room = item != NULL && item->kind == TD_FLOOR_ROOM;
  gboolean         is_seat = item != NULL && item->kind == TD_FLOOR_SEAT;
  g_autofree char *title = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->item_group), n_selected > 0);
  if (n_selected > 1)
    title = g_strdup_printf (ngettext ("%u selected", "%u selected", n_selected), n_selected);
  adw_preferences_group_set_title (self->item_group, item != NULL ? td_floor_pick_get_kind_name (item->kind) : title != NULL ? title
                                                                                                                             : "");

  gtk_widget_set_visible (self->name, item != NULL && item->kind != TD_FLOOR_WALL);
  gtk_widget_set_visible (self->use, is_room);
  gtk_widget_set_visible (self->pauses, is_room);
  gtk_widget_set_visible (GTK_WIDGET (self->agent), is_seat);
  gtk_widget_set_visible (self->turn, n_selected > 1 || is_seat || (item != NULL && item->kind == TD_FLOOR_DESK));
  show_numbers (self, item);

  if (item != NULL)
    set_text (self->name, item->name);
  if (is_room)
    {
      g_autoptr (GString) reasons = g_string_new (NULL);

      for (guint i = 0; i < item->n_pauses; i++)
        g_string_append_printf (reasons, "%s%s", i > 0 ? "; " : "", item->pauses[i]);
      set_text (self->pauses, reasons->str);
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->use), item->use);
    }
  if (is_seat)
    {
      TdAgent *agent = item->agent != NULL && self->centre != NULL ? td_centre_find_agent (self->centre, item->agent) : NULL;

      adw_action_row_set_subtitle (self->agent, agent != NULL ? td_agent_get_title (agent) : item->agent != NULL ? item->agent
                                                                                                                 : _ ("Nobody"));
      gtk_widget_set_sensitive (self->free, item->agent != NULL);
    }
}

static void
show_plan (TdFloorForm *self)
{
  const TdFloorPlanInfo *plan = td_floor_plan_get_info (td_floor_edit_get_plan (self->edit));

  set_text (self->plan_name, plan->name);
  set_text (self->underlay, plan->underlay);
  gtk_spin_button_set_value (self->columns, plan->width);
  gtk_spin_button_set_value (self->rows, plan->height);
  gtk_spin_button_set_value (self->cell_cm, plan->cell_cm);
  gtk_spin_button_set_value (self->seat_width, plan->seat_width);
  gtk_spin_button_set_value (self->seat_height, plan->seat_height);
  gtk_check_button_set_active (self->office, (plan->places & 1u << TD_PLACE_OFFICE) != 0);
  gtk_check_button_set_active (self->on_site, (plan->places & 1u << TD_PLACE_ON_SITE) != 0);
  gtk_check_button_set_active (self->home, (plan->places & 1u << TD_PLACE_HOME) != 0);
  gtk_check_button_set_active (self->partner, (plan->places & 1u << TD_PLACE_PARTNER) != 0);
}

static void
show_all (TdFloorForm *self)
{
  GPtrArray *selection = self->canvas != NULL ? td_floor_canvas_get_selection (self->canvas) : NULL;
  guint      n_selected = selection != NULL ? selection->len : 0;

  if (self->edit == NULL || self->is_showing)
    return;

  self->is_showing = TRUE;
  show_item (self, get_item (self), n_selected);
  gtk_widget_set_visible (self->plan_group, n_selected == 0);
  gtk_widget_set_visible (self->place_group, n_selected == 0);
  show_plan (self);
  self->is_showing = FALSE;
}

static void
take_item (TdFloorForm           *self,
           const TdFloorItemInfo *item)
{
  TdFloorItemInfo info = *item;
  const char     *name = gtk_editable_get_text (GTK_EDITABLE (self->name));
  g_auto (GStrv) reasons = NULL;
  g_autoptr (GPtrArray) pauses = g_ptr_array_new ();
  g_autofree char *kept = g_strdup (name);

  if (item->kind != TD_FLOOR_WALL && (*name != '\0' || item->name != NULL))
    info.name = *kept != '\0' || item->kind == TD_FLOOR_ROOM || item->kind == TD_FLOOR_SEAT ? kept : NULL;
  info.x = gtk_spin_button_get_value_as_int (self->x);
  info.y = gtk_spin_button_get_value_as_int (self->y);
  if (gtk_widget_get_visible (self->width_row))
    {
      info.width = gtk_spin_button_get_value_as_int (self->width);
      info.height = gtk_spin_button_get_value_as_int (self->height);
    }
  if (item->kind == TD_FLOOR_ROOM)
    {
      reasons = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->pauses)), ";", -1);
      for (guint i = 0; reasons[i] != NULL; i++)
        {
          if (*g_strstrip (reasons[i]) != '\0')
            g_ptr_array_add (pauses, reasons[i]);
        }
      info.pauses = (const char *const *)pauses->pdata;
      info.n_pauses = pauses->len;
      info.use = (TdFloorUse)MIN (adw_combo_row_get_selected (ADW_COMBO_ROW (self->use)), TD_FLOOR_USE_OTHER);
    }

  if (!td_floor_item_info_equal (&info, item))
    td_floor_canvas_replace (self->canvas, &info);
}

static void
take_plan (TdFloorForm *self)
{
  TdFloorPlanInfo  info = *td_floor_plan_get_info (td_floor_edit_get_plan (self->edit));
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->plan_name)));
  g_autofree char *underlay = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->underlay)));
  guint            known = 1u << TD_PLACE_OFFICE | 1u << TD_PLACE_ON_SITE | 1u << TD_PLACE_HOME | 1u << TD_PLACE_PARTNER;
  g_autoptr (GError) error = NULL;

  info.name = g_strstrip (name);
  info.underlay = *g_strstrip (underlay) != '\0' ? underlay : NULL;
  info.width = gtk_spin_button_get_value_as_int (self->columns);
  info.height = gtk_spin_button_get_value_as_int (self->rows);
  info.cell_cm = gtk_spin_button_get_value_as_int (self->cell_cm);
  info.seat_width = gtk_spin_button_get_value_as_int (self->seat_width);
  info.seat_height = gtk_spin_button_get_value_as_int (self->seat_height);
  info.places &= ~known;
  if (gtk_check_button_get_active (self->office))
    info.places |= 1u << TD_PLACE_OFFICE;
  if (gtk_check_button_get_active (self->on_site))
    info.places |= 1u << TD_PLACE_ON_SITE;
  if (gtk_check_button_get_active (self->home))
    info.places |= 1u << TD_PLACE_HOME;
  if (gtk_check_button_get_active (self->partner))
    info.places |= 1u << TD_PLACE_PARTNER;

  if (!td_floor_edit_set_info (self->edit, &info, &error))
    g_signal_emit (self, signals[REFUSED], 0, error->message);
}

/**
 * td_floor_form_commit:
 * @self: a form
 *
 * Takes what was written and not yet taken. What is refused is shown again as it was.
 */
void
td_floor_form_commit (TdFloorForm *self)
{
  GPtrArray *selection;

  g_return_if_fail (TD_IS_FLOOR_FORM (self));

  if (self->is_showing || self->edit == NULL || self->canvas == NULL)
    return;

  selection = td_floor_canvas_get_selection (self->canvas);
  if (selection->len == 0)
    take_plan (self);
  else if (selection->len == 1)
    {
      g_autoptr (TdFloorItem) item = td_floor_item_ref (g_ptr_array_index (selection, 0));

      take_item (self, td_floor_item_get_info (item));
    }
  show_all (self);
}

static void
text_cb (TdFloorForm *self)
{
  td_floor_form_commit (self);
}

static void
number_cb (TdFloorForm *self)
{
  td_floor_form_commit (self);
}

static void
free_cb (TdFloorForm *self)
{
  td_floor_canvas_assign (self->canvas, NULL);
}

static void
turn_cb (TdFloorForm *self)
{
  td_floor_canvas_turn (self->canvas);
}

static void
remove_cb (TdFloorForm *self)
{
  td_floor_canvas_remove (self->canvas);
}

static void
td_floor_form_dispose (GObject *object)
{
  TdFloorForm *self = TD_FLOOR_FORM (object);

  g_clear_object (&self->canvas);
  g_clear_object (&self->edit);
  g_clear_object (&self->centre);

  G_OBJECT_CLASS (td_floor_form_parent_class)->dispose (object);
}

static void
td_floor_form_class_init (TdFloorFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_floor_form_dispose;

  signals[REFUSED] = g_signal_new ("refused", TD_TYPE_FLOOR_FORM, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-floor-form.ui");
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, item_group);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, name);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, use);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, pauses);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, x_row);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, y_row);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, width_row);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, height_row);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, x);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, y);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, width);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, height);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, agent);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, free);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, turn);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, plan_group);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, place_group);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, plan_name);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, underlay);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, columns);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, rows);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, cell_cm);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, seat_width);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, seat_height);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, office);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, on_site);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, home);
  gtk_widget_class_bind_template_child (widget_class, TdFloorForm, partner);
  gtk_widget_class_bind_template_callback (widget_class, text_cb);
  gtk_widget_class_bind_template_callback (widget_class, number_cb);
  gtk_widget_class_bind_template_callback (widget_class, free_cb);
  gtk_widget_class_bind_template_callback (widget_class, turn_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
td_floor_form_init (TdFloorForm *self)
{
  /* While it is built the spin buttons take their first values. */
  self->is_showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_showing = FALSE;
}

/**
 * td_floor_form_set_canvas:
 * @self: a form
 * @canvas: where items are selected
 */
void
td_floor_form_set_canvas (TdFloorForm   *self,
                          TdFloorCanvas *canvas)
{
  g_return_if_fail (TD_IS_FLOOR_FORM (self) && self->canvas == NULL);

  g_set_object (&self->canvas, canvas);
  g_signal_connect_object (canvas, "selection-changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
}

/**
 * td_floor_form_set_edit:
 * @self: a form
 * @edit: (nullable): what is worked on, as the canvas has it
 */
void
td_floor_form_set_edit (TdFloorForm *self,
                        TdFloorEdit *edit)
{
  g_return_if_fail (TD_IS_FLOOR_FORM (self));

  g_set_object (&self->edit, edit);
  show_all (self);
}

/**
 * td_floor_form_set_centre:
 * @self: a form
 * @centre: (nullable): whose agents have names
 */
void
td_floor_form_set_centre (TdFloorForm *self,
                          TdCentre    *centre)
{
  g_return_if_fail (TD_IS_FLOOR_FORM (self));

  g_set_object (&self->centre, centre);
  show_all (self);
}
