/* td-floor-map.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-map-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-floor-cell.h"
#include "td-floor-ground.h"
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

enum {
  PROP_0,
  PROP_SELECTED,
  PROP_MASKED,
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

gint64
td_floor_map_get_now (TdFloorMap *self)
{
  return self->clock != NULL ? self->clock (self->clock_data) : g_get_real_time ();
}

static guint
get_size (gpointer map)
{
  TdFloorMap *self = map;

  return self->layout != NULL ? MIN (self->cells->len, self->layout->n_boxes) : 0;
}

TdAgent *
td_floor_map_get_agent (TdFloorMap *self,
                        guint       index)
{
  return index < self->cells->len ? td_floor_cell_get_stand (g_ptr_array_index (self->cells, index))->agent : NULL;
}

static TdAgent *
get_agent (gpointer map,
           guint    index)
{
  return td_floor_map_get_agent (map, index);
}

static void
get_rect (gpointer   map,
          guint      index,
          TdMapRect *rect)
{
  const TdFloorBox *box = &((TdFloorMap *)map)->layout->boxes[index];

  *rect = (TdMapRect){ box->x, box->y, box->width, box->height };
}

/* The cells in their order, as long as it changes nothing. */
TdMapPlaces
td_floor_map_get_places (TdFloorMap *self)
{
  return (TdMapPlaces){ self, get_size, get_agent, get_rect };
}

void
td_floor_map_notify_selected (TdFloorMap *self,
                              TdAgent    *before)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      TdAgent *agent = td_floor_map_get_agent (self, i);

      td_floor_cell_set_selected (g_ptr_array_index (self->cells, i),
                                  agent != NULL && td_map_selection_contains (self->selection, agent));
    }
  if (before != td_map_selection_get_last (self->selection))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static gboolean
has_focused_cell (TdFloorMap *self)
{
  GtkWidget *focused = gtk_widget_get_focus_child (GTK_WIDGET (self));

  return focused != NULL && gtk_widget_has_focus (focused);
}

/* Where a cell is whose look fades. */
static gboolean
find_cell (gpointer          owner,
           guint             index,
           graphene_point_t *at,
           gpointer          user_data)
{
  TdFloorMap *self = user_data;
  guint       cell;

  if (index > 0 || self->layout == NULL || !g_ptr_array_find (self->cells, owner, &cell) || cell >= self->layout->n_boxes)
    return FALSE;

  graphene_point_init (at, (float)self->layout->boxes[cell].x, (float)self->layout->boxes[cell].y);
  return TRUE;
}

/* Tab goes to the plan and away from it; the arrows walk on it. */
static gboolean
td_floor_map_focus (GtkWidget       *widget,
                    GtkDirectionType direction)
{
  TdFloorMap *self = TD_FLOOR_MAP (widget);

  if (has_focused_cell (self))
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
      td_floor_map_drop_ground (self);
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

static void
td_floor_map_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  TdFloorMap *self = TD_FLOOR_MAP (widget);

  if (self->layout == NULL)
    return;

  td_floor_map_append_ground (self, snapshot);
  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_snapshot_child (widget, g_ptr_array_index (self->cells, i), snapshot);
  td_map_fades_draw (self->fades, snapshot, find_cell, self);
  td_map_band_append (self->band, snapshot);
}

static void
td_floor_map_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  TdFloorMap *self = TD_FLOOR_MAP (widget);

  GTK_WIDGET_CLASS (td_floor_map_parent_class)->css_changed (widget, change);

  td_map_painter_reset (self->plain, 1);
  g_clear_pointer (&self->layout, td_floor_layout_free);
  td_floor_map_drop_ground (self);
  gtk_widget_queue_allocate (widget);
}

/* Who is who is told or not, as in a picture for others. */
static void
set_masked (TdFloorMap *self,
            gboolean    masked)
{
  if (self->masked == masked)
    return;

  self->masked = masked;
  td_map_painter_set_masked (self->painter, masked);
  td_map_painter_set_masked (self->plain, masked);
  td_map_fades_clear (self->fades);
  for (guint i = 0; i < self->cells->len; i++)
    td_floor_cell_restyle (g_ptr_array_index (self->cells, i));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MASKED]);
}

static void
td_floor_map_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (prop_id == PROP_SELECTED)
    g_value_set_object (value, td_floor_map_get_selected (TD_FLOOR_MAP (object)));
  else if (prop_id == PROP_MASKED)
    g_value_set_boolean (value, TD_FLOOR_MAP (object)->masked);
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
  else if (prop_id == PROP_MASKED)
    set_masked (TD_FLOOR_MAP (object), g_value_get_boolean (value));
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
  g_clear_object (&self->centre);
  g_clear_pointer (&self->plan, td_floor_plan_unref);

  G_OBJECT_CLASS (td_floor_map_parent_class)->dispose (object);
}

static void
td_floor_map_finalize (GObject *object)
{
  TdFloorMap *self = TD_FLOOR_MAP (object);

  td_map_band_free (self->band);
  td_map_fades_free (self->fades);
  td_map_typing_free (self->typing);
  td_map_selection_free (self->selection);
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
  gint64           now = td_floor_map_get_now (self);
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
  properties[PROP_MASKED] =
    g_param_spec_boolean ("masked", NULL, NULL, FALSE,
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
  self->painter = td_map_painter_new (GTK_WIDGET (self));
  self->plain = td_map_painter_new (GTK_WIDGET (self));
  self->fades = td_map_fades_new (GTK_WIDGET (self));
  self->selection = td_map_selection_new ();
  self->typing = td_map_typing_new ();
  self->cells = g_ptr_array_new ();
  td_floor_map_add_controllers (self);
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
  td_floor_map_reseat (self, TRUE);
  td_floor_map_refresh_cells (self);
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
  td_floor_map_refresh_cells (self);
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
  td_floor_map_refresh_cells (self);
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
  td_floor_map_refresh_cells (self);
}

static void
forget_gone (TdFloorMap *self)
{
  TdMapPlaces places = td_floor_map_get_places (self);
  TdAgent    *before = td_map_selection_get_last (self->selection);

  /* Before it has a size nothing has a place. */
  if (self->layout != NULL && places.get_size (self) == self->cells->len && td_map_selection_forget_gone (self->selection, &places))
    td_floor_map_notify_selected (self, before);
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

  td_floor_map_reseat (self, FALSE);
  td_floor_map_refresh_cells (self);
  forget_gone (self);
}

/* A second has passed: times in state, and what is judged by them. */
void
td_floor_map_tick (TdFloorMap *self)
{
  g_return_if_fail (TD_IS_FLOOR_MAP (self));

  td_floor_map_refresh_cells (self);
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

  return td_map_selection_get_last (self->selection);
}

/**
 * td_floor_map_set_selected:
 * @self: a map
 * @agent: (nullable): who alone is to be selected
 */
void
td_floor_map_set_selected (TdFloorMap *self,
                           TdAgent    *agent)
{
  TdAgent *before;

  g_return_if_fail (TD_IS_FLOOR_MAP (self));

  before = td_map_selection_get_last (self->selection);
  if (before == agent && td_map_selection_get_size (self->selection) == (agent != NULL ? 1 : 0))
    return;

  td_map_selection_set (self->selection, agent);
  td_floor_map_notify_selected (self, before);
}

/**
 * td_floor_map_dup_selection:
 * @self: a map
 *
 * Several agents are selected by a click with Ctrl or Shift, by a rubber band,
 * and by Space with Ctrl or Shift.
 *
 * Returns: (transfer full) (element-type TdAgent): all who are selected, in the
 *   order of the map
 */
GPtrArray *
td_floor_map_dup_selection (TdFloorMap *self)
{
  TdMapPlaces places;

  g_return_val_if_fail (TD_IS_FLOOR_MAP (self), NULL);

  places = td_floor_map_get_places (self);

  return td_map_selection_dup_agents (self->selection, &places);
}
