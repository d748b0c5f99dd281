/* td-floor-map.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-map.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-floor-cell.h"
#include "td-floor-ground.h"
#include "td-floor-layout.h"
#include "td-floor-seating.h"

/* A seat of this size is drawn at a scale of 1, pixels. */
#define SEAT_WIDTH 82.0
#define SEAT_HEIGHT 46.0
#define MIN_SCALE 0.8
#define MAX_SCALE 2.5

#define NATURAL_WIDTH 800
#define NATURAL_HEIGHT 520
#define MIN_WIDTH 240
#define MIN_HEIGHT 160
#define SMALL_TEXT 12.0

struct _TdFloorMap
{
  GtkWidget parent_instance;

  TdMapPainter      *painter; /* (owned) */
  TdMapPainter      *plain;   /* (owned): at a scale of 1 */
  TdCentre          *centre;  /* (owned) (nullable) */
  TdFloorPlan       *plan;    /* (owned) (nullable) */
  char              *path;    /* (owned) (nullable): of the plan's file */
  char              *problem; /* (owned) (nullable): why the underlay is missing */
  TdAgentVerdictFunc judge;
  gpointer           judge_data;
  TdFloorClockFunc   clock;
  gpointer           clock_data;
  TdAgentWordsFunc   words; /* (nullable) */
  gpointer           words_data;
  TdFloorFilterFunc  filter;
  gpointer           filter_data;

  TdFloorSeating *seating;  /* (owned) (nullable) */
  TdFloorLayout  *layout;   /* (owned) (nullable) */
  GPtrArray      *cells;    /* (element-type TdFloorCell): children, as the stands are */
  TdAgent        *selected; /* (owned) (nullable) */
  guint           cursor;

  GskRenderNode *ground;   /* (owned) (nullable) */
  GdkTexture    *underlay; /* (owned) (nullable) */
  int            underlay_width;
};

enum {
  PROP_0,
  PROP_SELECTED,
  N_PROPS
};

enum {
  ACTIVATED,
  MENU_REQUESTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdFloorMap, td_floor_map, GTK_TYPE_WIDGET)

static gint64
get_now (TdFloorMap *self)
{
  return self->clock != NULL ? self->clock (self->clock_data) : g_get_real_time ();
}

static const TdFloorItemInfo *
get_item (TdFloorMap *self,
          guint       index)
{
  return index != G_MAXUINT ? td_floor_item_get_info (td_floor_plan_get_item (self->plan, index)) : NULL;
}

static const TdFloorStand *
get_stand (TdFloorSeating *seating,
           guint           index)
{
  return &g_array_index (seating->stands, TdFloorStand, index);
}

static void
drop_ground (TdFloorMap *self)
{
  g_clear_pointer (&self->ground, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What makes a cell the same one after people have moved: an agent stays with
 * the tile, and the seat that was left is another. */
static gpointer
get_key (const TdFloorStand *stand)
{
  if (stand->agent == NULL)
    return GSIZE_TO_POINTER ((gsize)stand->seat << 1 | 1);

  return GSIZE_TO_POINTER (GPOINTER_TO_SIZE (stand->agent) | (gsize)stand->is_left);
}

static void
refresh_cell (TdFloorMap  *self,
              TdFloorCell *cell,
              gint64       now)
{
  TdAgent *agent = td_floor_cell_get_stand (cell)->agent;
  TdQueue *queue = NULL;

  if (agent != NULL && td_agent_get_info (agent)->call_queue != NULL)
    queue = td_centre_find_queue (self->centre, td_agent_get_info (agent)->call_queue);

  td_floor_cell_set_queue (cell, queue != NULL ? td_queue_get_title (queue) : NULL);
  td_floor_cell_set_dimmed (cell, self->filter != NULL && (agent == NULL || !self->filter (agent, self->filter_data)));
  td_floor_cell_set_selected (cell, agent != NULL && agent == self->selected);
  td_floor_cell_judge (cell, self->judge, self->judge_data, now);
}

static void
refresh_cells (TdFloorMap *self)
{
  gint64 now = get_now (self);

  for (guint i = 0; i < self->cells->len; i++)
    refresh_cell (self, g_ptr_array_index (self->cells, i), now);
}

static void
remove_cell (gpointer data)
{
  gtk_widget_unparent (data);
}

/* Brings the cells in line with the seating, keeping those of the same people. */
static void
fill_cells (TdFloorMap *self)
{
  g_autoptr (GHashTable) before = g_hash_table_new_full (NULL, NULL, NULL, remove_cell);
  guint n_stands = self->seating != NULL ? self->seating->stands->len : 0;

  for (guint i = 0; i < self->cells->len; i++)
    {
      TdFloorCell *cell = g_ptr_array_index (self->cells, i);

      g_hash_table_insert (before, get_key (td_floor_cell_get_stand (cell)), cell);
    }
  g_ptr_array_set_size (self->cells, 0);

  for (guint i = 0; i < n_stands; i++)
    {
      const TdFloorStand    *stand = get_stand (self->seating, i);
      const TdFloorItemInfo *seat = get_item (self, stand->seat);
      const TdFloorItemInfo *room = stand->where == TD_FLOOR_IN_ROOM ? get_item (self, stand->item) : NULL;
      gpointer               key = get_key (stand);
      GtkWidget             *cell = g_hash_table_lookup (before, key);

      if (cell != NULL)
        g_hash_table_steal (before, key);
      else
        {
          cell = td_floor_cell_new (self->painter, self->plain);
          gtk_widget_set_parent (cell, GTK_WIDGET (self));
        }
      td_floor_cell_set_stand (TD_FLOOR_CELL (cell), stand, seat != NULL ? seat->name : NULL, room != NULL ? room->name : NULL);
      g_ptr_array_add (self->cells, cell);
    }

  gtk_widget_queue_allocate (GTK_WIDGET (self));
  drop_ground (self);
}

static gboolean
is_same_seating (TdFloorSeating *a,
                 TdFloorSeating *b)
{
  if (a == NULL || b == NULL || a->stands->len != b->stands->len || a->n_beside != b->n_beside || a->n_elsewhere != b->n_elsewhere)
    return FALSE;

  for (guint i = 0; i < a->stands->len; i++)
    {
      const TdFloorStand *x = get_stand (a, i), *y = get_stand (b, i);

      if (get_key (x) != get_key (y) || x->where != y->where || x->item != y->item || x->seat != y->seat ||
          x->n_parts != y->n_parts || x->is_contested != y->is_contested || x->is_away != y->is_away)
        return FALSE;
    }

  return TRUE;
}

static void
reseat (TdFloorMap *self,
        gboolean    always)
{
  TdFloorSeating *seating = NULL;

  if (self->plan != NULL && self->centre != NULL)
    seating = td_floor_seating_new (self->plan, td_centre_get_agents (self->centre));
  if (!always && is_same_seating (self->seating, seating))
    {
      td_floor_seating_free (seating);
      return;
    }

  g_clear_pointer (&self->seating, td_floor_seating_free);
  self->seating = seating;
  fill_cells (self);
}

static guint
find_focused (TdFloorMap *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      if (gtk_widget_has_focus (g_ptr_array_index (self->cells, i)))
        return i;
    }

  return G_MAXUINT;
}

static TdAgent *
get_agent (TdFloorMap *self,
           guint       index)
{
  return index < self->cells->len ? td_floor_cell_get_stand (g_ptr_array_index (self->cells, index))->agent : NULL;
}

static void
move_cursor (TdFloorMap *self,
             guint       index)
{
  if (index >= self->cells->len)
    return;

  self->cursor = index;
  gtk_widget_grab_focus (g_ptr_array_index (self->cells, index));
}

static void
activate (TdFloorMap *self,
          guint       index)
{
  TdAgent *agent = get_agent (self, index);

  td_floor_map_set_selected (self, agent);
  if (agent != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, agent);
}

static void
request_menu (TdFloorMap *self,
              guint       index)
{
  TdAgent          *agent = get_agent (self, index);
  const TdFloorBox *box;

  if (agent == NULL || self->layout == NULL || index >= self->layout->n_boxes)
    return;

  box = &self->layout->boxes[index];
  td_floor_map_set_selected (self, agent);
  g_signal_emit (self, signals[MENU_REQUESTED], 0, agent, box->x + box->width / 2.0, (double)(box->y + box->height));
}

static void
click_cb (TdFloorMap      *self,
          int              n_press,
          double           x,
          double           y,
          GtkGestureClick *gesture)
{
  guint      button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  GtkWidget *hit = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  guint      index;

  if (hit == NULL || !g_ptr_array_find (self->cells, hit, &index))
    {
      if (button == GDK_BUTTON_PRIMARY)
        td_floor_map_set_selected (self, NULL);
      return;
    }

  move_cursor (self, index);
  if (button == GDK_BUTTON_PRIMARY)
    activate (self, index);
  else if (button == GDK_BUTTON_SECONDARY)
    request_menu (self, index);
}

static gboolean
key_cb (TdFloorMap     *self,
        guint           keyval,
        guint           keycode,
        GdkModifierType state)
{
  guint focused = find_focused (self);

  if (self->layout == NULL || focused == G_MAXUINT)
    return FALSE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      move_cursor (self, td_floor_layout_walk (self->layout, focused, -1, 0));
      return TRUE;

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      move_cursor (self, td_floor_layout_walk (self->layout, focused, 1, 0));
      return TRUE;

    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_cursor (self, td_floor_layout_walk (self->layout, focused, 0, -1));
      return TRUE;

    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_cursor (self, td_floor_layout_walk (self->layout, focused, 0, 1));
      return TRUE;

    case GDK_KEY_Home:
      move_cursor (self, 0);
      return TRUE;

    case GDK_KEY_End:
      move_cursor (self, self->cells->len - 1);
      return TRUE;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      activate (self, focused);
      return TRUE;

    case GDK_KEY_Menu:
      request_menu (self, focused);
      return TRUE;

    case GDK_KEY_F10:
      if ((state & GDK_SHIFT_MASK) == 0)
        return FALSE;
      request_menu (self, focused);
      return TRUE;

    default:
      return FALSE;
    }
}

/* Tab goes to the plan and away from it; the arrows walk on it. */
static gboolean
td_floor_map_focus (GtkWidget       *widget,
                    GtkDirectionType direction)
{
  TdFloorMap *self = TD_FLOOR_MAP (widget);

  if (find_focused (self) != G_MAXUINT)
    return FALSE;

  return gtk_widget_grab_focus (widget);
}

static gboolean
td_floor_map_grab_focus (GtkWidget *widget)
{
  TdFloorMap *self = TD_FLOOR_MAP (widget);

  if (self->cells->len == 0)
    return FALSE;

  return gtk_widget_grab_focus (g_ptr_array_index (self->cells, MIN (self->cursor, self->cells->len - 1)));
}

static void
td_floor_map_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

static void
td_floor_map_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  TdFloorMap            *self = TD_FLOOR_MAP (widget);
  double                 before = self->layout != NULL ? self->layout->cell : 0;
  const TdFloorPlanInfo *info;

  g_clear_pointer (&self->layout, td_floor_layout_free);
  if (self->seating == NULL)
    return;

  info = td_floor_plan_get_info (self->plan);
  self->layout = td_floor_layout_new (self->plan, self->seating, width, height);
  if (self->layout->cell != before)
    {
      double scale = MIN (info->seat_width * self->layout->cell / SEAT_WIDTH, info->seat_height * self->layout->cell / SEAT_HEIGHT);

      td_map_painter_reset (self->painter, CLAMP (scale, MIN_SCALE, MAX_SCALE));
      for (guint i = 0; i < self->cells->len; i++)
        td_floor_cell_restyle (g_ptr_array_index (self->cells, i));
      drop_ground (self);
    }

  for (guint i = 0; i < self->cells->len; i++)
    {
      const TdFloorBox *box = &self->layout->boxes[i];
      GtkWidget        *cell = g_ptr_array_index (self->cells, i);
      int               minimum;

      /* GTK wants every child to be measured before it is given its place. */
      gtk_widget_measure (cell, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      gtk_widget_size_allocate (cell, &(GtkAllocation){ box->x, box->y, box->width, box->height }, -1);
    }
}

/* Read again only where the one that is there would be too coarse or far too fine. */
static void
load_underlay (TdFloorMap *self)
{
  const char *underlay = td_floor_plan_get_info (self->plan)->underlay;
  int         width = self->layout->plan.width * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int         height = self->layout->plan.height * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_autoptr (GError) error = NULL;

  if (underlay == NULL || self->path == NULL || self->problem != NULL)
    return;
  if (self->underlay != NULL && width <= self->underlay_width * 1.2 && width >= self->underlay_width / 3)
    return;

  g_clear_object (&self->underlay);
  self->underlay = td_floor_underlay_load (self->path, underlay, width, height, &error);
  self->underlay_width = width;
  if (self->underlay == NULL)
    {
      self->problem = g_strdup (error->message);
      g_info ("%s", error->message);
    }
}

static void
append_beside (TdFloorMap  *self,
               GtkSnapshot *snapshot)
{
  const TdFloorBox *box = &self->layout->beside;
  guint             n_beside = self->seating->n_beside;
  guint             n_elsewhere = self->seating->n_elsewhere;
  double            y = box->y + 4;

  if (n_beside > 0)
    {
      /* Translators: agents who belong on a floor plan but have no seat there. */
      g_autofree char *text = g_strdup_printf (_ ("Not on the plan: %u"), n_beside);

      td_floor_ground_append_text (self->plain, snapshot, text, box->x, y, SMALL_TEXT + 1, TRUE, box->width, "td_amber_text");
      y += SMALL_TEXT * 1.6;
    }
  if (n_elsewhere > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u works elsewhere", "%u work elsewhere", n_elsewhere), n_elsewhere);

      td_floor_ground_append_text (self->plain, snapshot, text, box->x, y, SMALL_TEXT, FALSE, box->width, "td_secondary");
    }
}

static void
td_floor_map_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  TdFloorMap *self = TD_FLOOR_MAP (widget);

  if (self->layout == NULL)
    return;

  if (self->ground == NULL)
    {
      load_underlay (self);
      self->ground = td_floor_ground_create (self->plain, self->plan, self->underlay, self->layout->cell);
    }
  if (self->ground != NULL)
    {
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)self->layout->plan.x, (float)self->layout->plan.y));
      gtk_snapshot_append_node (snapshot, self->ground);
      gtk_snapshot_restore (snapshot);
    }
  append_beside (self, snapshot);

  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_snapshot_child (widget, g_ptr_array_index (self->cells, i), snapshot);
}

static void
td_floor_map_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  TdFloorMap *self = TD_FLOOR_MAP (widget);

  GTK_WIDGET_CLASS (td_floor_map_parent_class)->css_changed (widget, change);

  td_map_painter_reset (self->plain, 1);
  g_clear_pointer (&self->layout, td_floor_layout_free);
  drop_ground (self);
  gtk_widget_queue_allocate (widget);
}

static void
td_floor_map_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (prop_id == PROP_SELECTED)
    g_value_set_object (value, TD_FLOOR_MAP (object)->selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
td_floor_map_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  if (prop_id == PROP_SELECTED)
    td_floor_map_set_selected (TD_FLOOR_MAP (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
td_floor_map_dispose (GObject *object)
{
  TdFloorMap *self = TD_FLOOR_MAP (object);

  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->cells, i));
  g_ptr_array_set_size (self->cells, 0);
  g_clear_pointer (&self->layout, td_floor_layout_free);
  g_clear_pointer (&self->seating, td_floor_seating_free);
  g_clear_pointer (&self->ground, gsk_render_node_unref);
  g_clear_object (&self->underlay);
  g_clear_object (&self->selected);
  g_clear_object (&self->centre);
  g_clear_pointer (&self->plan, td_floor_plan_unref);

  G_OBJECT_CLASS (td_floor_map_parent_class)->dispose (object);
}

static void
td_floor_map_finalize (GObject *object)
{
  TdFloorMap *self = TD_FLOOR_MAP (object);

  g_ptr_array_unref (self->cells);
  td_map_painter_free (self->painter);
  td_map_painter_free (self->plain);
  g_free (self->path);
  g_free (self->problem);

  G_OBJECT_CLASS (td_floor_map_parent_class)->finalize (object);
}

static gboolean
td_floor_map_query_tooltip (GtkWidget  *widget,
                            int         x,
                            int         y,
                            gboolean    keyboard,
                            GtkTooltip *tooltip)
{
  TdFloorMap      *self = TD_FLOOR_MAP (widget);
  GtkWidget       *cell = keyboard ? gtk_widget_get_focus_child (widget) : gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT);
  TdAgent         *agent;
  TdAgentVerdict   verdict = { .limit_ms = TD_UNKNOWN, .workload = NAN };
  gint64           now = get_now (self);
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;

  cell = cell != NULL && !TD_IS_FLOOR_CELL (cell) ? gtk_widget_get_ancestor (cell, TD_TYPE_FLOOR_CELL) : cell;
  agent = cell != NULL ? td_floor_cell_get_stand (TD_FLOOR_CELL (cell))->agent : NULL;
  if (agent == NULL)
    return FALSE;

  if (self->judge != NULL)
    self->judge (agent, now, &verdict, self->judge_data);
  if (self->words != NULL)
    words = self->words (agent, now, self->words_data);
  text = td_agent_tip_dup (self->centre, agent, &verdict, now, words);
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
td_floor_map_class_init (TdFloorMapClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = td_floor_map_get_property;
  object_class->set_property = td_floor_map_set_property;
  object_class->dispose = td_floor_map_dispose;
  object_class->finalize = td_floor_map_finalize;
  widget_class->query_tooltip = td_floor_map_query_tooltip;
  widget_class->measure = td_floor_map_measure;
  widget_class->size_allocate = td_floor_map_size_allocate;
  widget_class->snapshot = td_floor_map_snapshot;
  widget_class->css_changed = td_floor_map_css_changed;
  widget_class->focus = td_floor_map_focus;
  widget_class->grab_focus = td_floor_map_grab_focus;

  properties[PROP_SELECTED] =
    g_param_spec_object ("selected", NULL, NULL, TD_TYPE_AGENT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ACTIVATED] = g_signal_new ("activated", TD_TYPE_FLOOR_MAP, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, TD_TYPE_AGENT);
  signals[MENU_REQUESTED] = g_signal_new ("menu-requested", TD_TYPE_FLOOR_MAP, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL,
                                          G_TYPE_NONE, 3, TD_TYPE_AGENT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  gtk_widget_class_set_css_name (widget_class, "floormap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
td_floor_map_init (TdFloorMap *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  self->painter = td_map_painter_new (GTK_WIDGET (self));
  self->plain = td_map_painter_new (GTK_WIDGET (self));
  self->cells = g_ptr_array_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (click_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Floor plan"), -1);
}

GtkWidget *
td_floor_map_new (void)
{
  return g_object_new (TD_TYPE_FLOOR_MAP, NULL);
}

/**
 * td_floor_map_set_centre:
 * @self: a map
 * @centre: (nullable): whose agents to show; td_floor_map_update() tells what changed
 */
void
td_floor_map_set_centre (TdFloorMap *self,
                         TdCentre   *centre)
{
  g_return_if_fail (TD_IS_FLOOR_MAP (self));

  if (!g_set_object (&self->centre, centre))
    return;

  td_floor_map_set_selected (self, NULL);
  td_floor_map_update (self, NULL);
}

/**
 * td_floor_map_get_plan:
 * @self: a map
 *
 * Returns: (transfer none) (nullable): the plan that is shown
 */
TdFloorPlan *
td_floor_map_get_plan (TdFloorMap *self)
{
  g_return_val_if_fail (TD_IS_FLOOR_MAP (self), NULL);

  return self->plan;
}

/**
 * td_floor_map_set_plan:
 * @self: a map
 * @plan: (nullable): what to show
 * @path: (nullable): its file, beside which its underlay is looked for
 */
void
td_floor_map_set_plan (TdFloorMap  *self,
                       TdFloorPlan *plan,
                       const char  *path)
{
  char *kept = g_strdup (path);

  g_return_if_fail (TD_IS_FLOOR_MAP (self));

  if (plan != NULL)
    td_floor_plan_ref (plan);
  g_clear_pointer (&self->plan, td_floor_plan_unref);
  self->plan = plan;
  g_free (self->path);
  self->path = kept;
  g_clear_pointer (&self->problem, g_free);
  g_clear_object (&self->underlay);
  g_clear_pointer (&self->layout, td_floor_layout_free);
  self->cursor = 0;
  reseat (self, TRUE);
  refresh_cells (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  plan != NULL ? td_floor_plan_get_info (plan)->name : "", -1);
}

/**
 * td_floor_map_get_problem:
 * @self: a map
 *
 * Returns: (transfer none) (nullable): why the plan's underlay is not there, once it was drawn
 */
const char *
td_floor_map_get_problem (TdFloorMap *self)
{
  g_return_val_if_fail (TD_IS_FLOOR_MAP (self), NULL);

  return self->problem;
}

/**
 * td_floor_map_set_judge:
 * @self: a map
 * @func: (nullable): who judges agents; without one nobody needs anything
 * @user_data: data for @func
 */
void
td_floor_map_set_judge (TdFloorMap        *self,
                        TdAgentVerdictFunc func,
                        gpointer           user_data)
{
  g_return_if_fail (TD_IS_FLOOR_MAP (self));

  self->judge = func;
  self->judge_data = user_data;
  refresh_cells (self);
}

/**
 * td_floor_map_set_words:
 * @self: a map
 * @func: (nullable): tells why somebody should look at an agent
 * @user_data: data for @func
 */
void
td_floor_map_set_words (TdFloorMap      *self,
                        TdAgentWordsFunc func,
                        gpointer         user_data)
{
  g_return_if_fail (TD_IS_FLOOR_MAP (self));

  self->words = func;
  self->words_data = user_data;
}

/**
 * td_floor_map_set_clock:
 * @self: a map
 * @func: (nullable): tells the source's time, µs since 1970
 * @user_data: data for @func
 */
void
td_floor_map_set_clock (TdFloorMap      *self,
                        TdFloorClockFunc func,
                        gpointer         user_data)
{
  g_return_if_fail (TD_IS_FLOOR_MAP (self));

  self->clock = func;
  self->clock_data = user_data;
  refresh_cells (self);
}

/**
 * td_floor_map_set_filter:
 * @self: a map
 * @func: (nullable): tells who is looked for; the others are dimmed where they are
 * @user_data: data for @func
 */
void
td_floor_map_set_filter (TdFloorMap       *self,
                         TdFloorFilterFunc func,
                         gpointer          user_data)
{
  g_return_if_fail (TD_IS_FLOOR_MAP (self));

  self->filter = func;
  self->filter_data = user_data;
  refresh_cells (self);
}

/**
 * td_floor_map_update:
 * @self: a map
 * @changes: (nullable): what changed in the centre, or %NULL for everything
 */
void
td_floor_map_update (TdFloorMap      *self,
                     const TdChanges *changes)
{
  g_return_if_fail (TD_IS_FLOOR_MAP (self));

  if (changes != NULL && changes->agents_added->len + changes->agents_changed->len + changes->agents_removed->len == 0)
    return;

  reseat (self, FALSE);
  refresh_cells (self);
}

/* A second has passed: times in state, and what is judged by them. */
void
td_floor_map_tick (TdFloorMap *self)
{
  g_return_if_fail (TD_IS_FLOOR_MAP (self));

  refresh_cells (self);
}

/**
 * td_floor_map_get_selected:
 * @self: a map
 *
 * Returns: (transfer none) (nullable): the agent who is selected
 */
TdAgent *
td_floor_map_get_selected (TdFloorMap *self)
{
  g_return_val_if_fail (TD_IS_FLOOR_MAP (self), NULL);

  return self->selected;
}

void
td_floor_map_set_selected (TdFloorMap *self,
                           TdAgent    *agent)
{
  g_return_if_fail (TD_IS_FLOOR_MAP (self));

  if (!g_set_object (&self->selected, agent))
    return;

  for (guint i = 0; i < self->cells->len; i++)
    {
      TdFloorCell *cell = g_ptr_array_index (self->cells, i);

      td_floor_cell_set_selected (cell, agent != NULL && td_floor_cell_get_stand (cell)->agent == agent);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}
