/* td-agent-map.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-map-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-map-scene-places.h"
#include "td-map-words.h"
#include "td-palette.h"

#define MAX_ZOOM 12.0

/* Under a pointer that moved so lately nobody changes places. */
#define CALM_US (3 * G_USEC_PER_SEC)

enum {
  PROP_0,
  PROP_SELECTED,
  PROP_ZOOM,
  PROP_MASKED,
  N_PROPS,
  PROP_HADJUSTMENT = N_PROPS,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY
};

enum {
  ACTIVATED,
  MENU_REQUESTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (TdAgentMap, td_agent_map, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static gint64
get_now (TdAgentMap *self)
{
  return self->clock != NULL ? self->clock (self->clock_data) : g_get_real_time ();
}

int
td_agent_map_get_top (TdAgentMap *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  return adjustment != NULL ? (int)gtk_adjustment_get_value (adjustment) : 0;
}

static void
configure (TdAgentMap *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  int            height = gtk_widget_get_height (GTK_WIDGET (self));
  int            whole = MAX (td_map_scene_get_height (self->scene), height);

  if (adjustment != NULL)
    gtk_adjustment_configure (adjustment, CLAMP (gtk_adjustment_get_value (adjustment), 0, whole - height),
                              0, whole, TD_AGENT_MAP_SCROLL_STEP, height * 0.9, height);
}

static TdMapPerson *
get_hovered (TdAgentMap *self)
{
  return self->is_hovered ? td_map_scene_get_person (self->scene, self->hover_zone, self->hover_tile) : NULL;
}

TdMapPerson *
td_agent_map_find_cursor (TdAgentMap *self,
                          guint      *zone,
                          guint      *tile)
{
  return td_map_cursor_find (self->cursor, self->scene, zone, tile);
}

void
td_agent_map_notify_selected (TdAgentMap *self,
                              TdAgent    *before)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (before != td_map_selection_get_last (self->selection))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static gboolean
td_agent_map_query_tooltip (GtkWidget  *widget,
                            int         x,
                            int         y,
                            gboolean    keyboard,
                            GtkTooltip *tooltip)
{
  TdAgentMap      *self = TD_AGENT_MAP (widget);
  guint            zone, tile;
  TdMapPerson     *person;
  TdMapRect        rect;
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;

  if (keyboard ? td_agent_map_find_cursor (self, &zone, &tile) == NULL
               : !td_map_scene_find_at (self->scene, x, y + td_agent_map_get_top (self), &zone, &tile))
    return FALSE;

  person = td_map_scene_get_person (self->scene, zone, tile);
  if (person != NULL)
    {
      if (self->words != NULL)
        words = self->words (person->agent, get_now (self), self->words_data);
      text = td_agent_tip_dup (self->centre, person->agent, &person->verdict, get_now (self), words);
      td_map_scene_get_rect (self->scene, zone, tile, &rect);
      gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle){ rect.x, rect.y - td_agent_map_get_top (self), rect.width, rect.height });
    }
  else
    text = td_map_words_dup_zone (td_map_scene_get_zone (self->scene, zone));
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
append_ring (TdAgentMap  *self,
             GtkSnapshot *snapshot,
             guint        zone,
             guint        tile,
             const char  *colour_name,
             double       stroke)
{
  TdMapRect       rect;
  GskRoundedRect  rounded;
  graphene_rect_t bounds;
  GdkRGBA         colour;
  double          scale = td_map_scene_get_scale (self->scene);
  float           line = (float)round (stroke * scale);

  td_map_scene_get_rect (self->scene, zone, tile, &rect);
  td_palette_lookup (GTK_WIDGET (self), colour_name, &colour);
  bounds = GRAPHENE_RECT_INIT ((float)rect.x - line / 2, (float)rect.y - line / 2,
                               (float)rect.width + line, (float)rect.height + line);
  gsk_rounded_rect_init_from_rect (&rounded, &bounds, (float)MIN (8 * scale, rect.width / 4.0));
  gtk_snapshot_append_border (snapshot, &rounded, (float[4]){ line, line, line, line },
                              (GdkRGBA[4]){ colour, colour, colour, colour });
}

static void
append_rings (TdAgentMap  *self,
              GtkSnapshot *snapshot)
{
  guint zone, tile;

  if (get_hovered (self) != NULL)
    append_ring (self, snapshot, self->hover_zone, self->hover_tile, "td_secondary", 1.5);

  /* Who stands in several zones is marked in each. */
  for (guint i = 0; td_map_selection_get_size (self->selection) > 0 && i < td_map_scene_get_n_zones (self->scene); i++)
    {
      const TdMapZone *in = td_map_scene_get_zone (self->scene, i);

      for (guint k = 0; k < in->people->len; k++)
        {
          if (td_map_selection_contains (self->selection, ((TdMapPerson *)g_ptr_array_index (in->people, k))->agent))
            append_ring (self, snapshot, i, k, "td_text", 2);
        }
    }

  if (gtk_widget_has_visible_focus (GTK_WIDGET (self)) && td_agent_map_find_cursor (self, &zone, &tile) != NULL)
    append_ring (self, snapshot, zone, tile, "accent_color", 2.5);
}

static void
td_agent_map_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  TdAgentMap *self = TD_AGENT_MAP (widget);
  int         top = td_agent_map_get_top (self);
  int         width = gtk_widget_get_width (widget);
  int         height = gtk_widget_get_height (widget);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float)-top));
  td_map_scene_draw (self->scene, snapshot, top, height);
  append_rings (self, snapshot);
  gtk_snapshot_pop (snapshot);
  td_map_band_append (self->band, snapshot);
}

static void
td_agent_map_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  /* It makes do with the room there is. */
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : 120;
}

static void
td_agent_map_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  TdAgentMap *self = TD_AGENT_MAP (widget);

  td_map_scene_set_size (self->scene, width, height, self->zoom);
  configure (self);
  td_map_cells_allocate (self->cells, self->scene, td_agent_map_get_top (self));
}

static void
td_agent_map_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (td_agent_map_parent_class)->css_changed (widget, change);
  td_map_scene_restyle (TD_AGENT_MAP (widget)->scene);
  gtk_widget_queue_draw (widget);
}

static void
scrolled_cb (TdAgentMap *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_adjustment (TdAgentMap    *self,
                GtkOrientation orientation,
                GtkAdjustment *adjustment)
{
  g_autoptr (GtkAdjustment) none = NULL;

  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustments[orientation], self);
  if (adjustment == NULL)
    adjustment = none = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_set_object (&self->adjustments[orientation], adjustment);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self);
  configure (self);
}

static void
td_agent_map_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TdAgentMap *self = TD_AGENT_MAP (object);

  switch (prop_id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, td_agent_map_get_selected (self));
      break;

    case PROP_ZOOM:
      g_value_set_double (value, self->zoom);
      break;

    case PROP_MASKED:
      g_value_set_boolean (value, self->masked);
      break;

    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[prop_id - PROP_HADJUSTMENT]);
      break;

    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, (int)self->policies[prop_id - PROP_HSCROLL_POLICY]);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* Who is who is told or not, as in a picture for others. */
static void
set_masked (TdAgentMap *self,
            gboolean    masked)
{
  if (self->masked == masked)
    return;

  self->masked = masked;
  td_map_scene_set_masked (self->scene, masked);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MASKED]);
}

static void
td_agent_map_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TdAgentMap *self = TD_AGENT_MAP (object);

  switch (prop_id)
    {
    case PROP_SELECTED:
      td_agent_map_set_selected (self, g_value_get_object (value));
      break;

    case PROP_ZOOM:
      td_agent_map_set_zoom (self, g_value_get_double (value));
      break;

    case PROP_MASKED:
      set_masked (self, g_value_get_boolean (value));
      break;

    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      set_adjustment (self, prop_id - PROP_HADJUSTMENT, g_value_get_object (value));
      break;

    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      self->policies[prop_id - PROP_HSCROLL_POLICY] = (guint)g_value_get_enum (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_agent_map_dispose (GObject *object)
{
  TdAgentMap *self = TD_AGENT_MAP (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->adjustments); i++)
    {
      if (self->adjustments[i] != NULL)
        g_signal_handlers_disconnect_by_data (self->adjustments[i], self);
      g_clear_object (&self->adjustments[i]);
    }
  g_clear_pointer (&self->cells, td_map_cells_free);
  g_clear_object (&self->centre);

  G_OBJECT_CLASS (td_agent_map_parent_class)->dispose (object);
}

static void
td_agent_map_finalize (GObject *object)
{
  TdAgentMap *self = TD_AGENT_MAP (object);

  g_clear_pointer (&self->band, td_map_band_free);
  g_clear_pointer (&self->typing, td_map_typing_free);
  g_clear_pointer (&self->selection, td_map_selection_free);
  g_clear_pointer (&self->cursor, td_map_cursor_free);
  g_clear_pointer (&self->scene, td_map_scene_free);

  G_OBJECT_CLASS (td_agent_map_parent_class)->finalize (object);
}

static void
td_agent_map_class_init (TdAgentMapClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_agent_map_dispose;
  object_class->finalize = td_agent_map_finalize;
  object_class->get_property = td_agent_map_get_property;
  object_class->set_property = td_agent_map_set_property;
  widget_class->snapshot = td_agent_map_snapshot;
  widget_class->measure = td_agent_map_measure;
  widget_class->size_allocate = td_agent_map_size_allocate;
  widget_class->css_changed = td_agent_map_css_changed;
  widget_class->query_tooltip = td_agent_map_query_tooltip;

  properties[PROP_SELECTED] =
    g_param_spec_object ("selected", NULL, NULL, TD_TYPE_AGENT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ZOOM] =
    g_param_spec_double ("zoom", NULL, NULL, 1, MAX_ZOOM, 1,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MASKED] =
    g_param_spec_boolean ("masked", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  signals[ACTIVATED] = g_signal_new ("activated", TD_TYPE_AGENT_MAP, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, TD_TYPE_AGENT);
  signals[MENU_REQUESTED] = g_signal_new ("menu-requested", TD_TYPE_AGENT_MAP, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL,
                                          G_TYPE_NONE, 3, TD_TYPE_AGENT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  gtk_widget_class_set_css_name (widget_class, "agentmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
td_agent_map_init (TdAgentMap *self)
{
  self->scene = td_map_scene_new (GTK_WIDGET (self));
  self->selection = td_map_selection_new ();
  self->typing = td_map_typing_new ();
  self->cursor = td_map_cursor_new ();
  self->cells = td_map_cells_new (GTK_WIDGET (self));
  self->zoom = 1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Map of agents"), -1);
  td_agent_map_add_controllers (self);
}

/**
 * td_agent_map_new:
 *
 * Returns: (transfer floating): an empty map
 */
GtkWidget *
td_agent_map_new (void)
{
  return g_object_new (TD_TYPE_AGENT_MAP, NULL);
}

/**
 * td_agent_map_set_centre:
 * @self: a map
 * @centre: (nullable): whose agents to show
 */
void
td_agent_map_set_centre (TdAgentMap *self,
                         TdCentre   *centre)
{
  g_return_if_fail (TD_IS_AGENT_MAP (self));

  g_set_object (&self->centre, centre);
  td_map_scene_set_centre (self->scene, centre);
  td_agent_map_update (self, NULL);
}

/**
 * td_agent_map_set_judge:
 * @self: a map
 * @func: (nullable): who judges the agents; without one nobody needs anything
 * @user_data: data for @func
 */
void
td_agent_map_set_judge (TdAgentMap        *self,
                        TdAgentVerdictFunc func,
                        gpointer           user_data)
{
  g_return_if_fail (TD_IS_AGENT_MAP (self));

  td_map_scene_set_judge (self->scene, func, user_data);
}

/**
 * td_agent_map_set_words:
 * @self: a map
 * @func: (nullable): tells why somebody should look at an agent
 * @user_data: data for @func
 */
void
td_agent_map_set_words (TdAgentMap      *self,
                        TdAgentWordsFunc func,
                        gpointer         user_data)
{
  g_return_if_fail (TD_IS_AGENT_MAP (self));

  self->words = func;
  self->words_data = user_data;
}

/**
 * td_agent_map_set_clock:
 * @self: a map
 * @func: (nullable): tells the source's time, µs since 1970
 * @user_data: data for @func
 */
void
td_agent_map_set_clock (TdAgentMap    *self,
                        TdMapClockFunc func,
                        gpointer       user_data)
{
  g_return_if_fail (TD_IS_AGENT_MAP (self));

  self->clock = func;
  self->clock_data = user_data;
}

/**
 * td_agent_map_update:
 * @self: a map
 * @changes: (nullable): what changed in the centre, or %NULL for everything
 *
 * To be called for every snapshot that was applied, while the map is mapped,
 * and with %NULL when it becomes so.
 */
void
td_agent_map_update (TdAgentMap      *self,
                     const TdChanges *changes)
{
  TdAgent    *before;
  TdMapPlaces places;
  guint64     n_layouts;

  g_return_if_fail (TD_IS_AGENT_MAP (self));

  n_layouts = td_map_scene_get_n_layouts (self->scene);
  td_map_scene_apply (self->scene, changes, get_now (self));
  before = td_map_selection_get_last (self->selection);
  places = td_map_scene_get_places (self->scene);
  if (td_map_selection_forget_gone (self->selection, &places))
    td_agent_map_notify_selected (self, before);
  td_map_cells_update (self->cells, self->scene);
  configure (self);
  if (n_layouts != td_map_scene_get_n_layouts (self->scene))
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * td_agent_map_tick:
 * @self: a map
 *
 * To be called once a second, while the map is mapped: times go on, and who
 * needs a person comes forward, but not under the pointer while it moves.
 */
void
td_agent_map_tick (TdAgentMap *self)
{
  gint64 at = g_get_monotonic_time ();
  guint  held_zone = G_MAXUINT, tile;

  g_return_if_fail (TD_IS_AGENT_MAP (self));

  if (self->is_hovered && at - self->moved_at < CALM_US)
    held_zone = self->hover_zone;
  else if (at - self->keyed_at < CALM_US)
    td_agent_map_find_cursor (self, &held_zone, &tile);
  td_map_scene_tick (self->scene, get_now (self), self->is_held || td_map_band_is_drawn (self->band), held_zone);
  td_map_cells_update (self->cells, self->scene);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * td_agent_map_set_held:
 * @self: a map
 * @held: whether everybody stays where they are, as while a menu is open
 */
void
td_agent_map_set_held (TdAgentMap *self,
                       gboolean    held)
{
  g_return_if_fail (TD_IS_AGENT_MAP (self));

  self->is_held = held;
}

/**
 * td_agent_map_get_arrangement:
 * @self: a map
 *
 * Returns: what makes the zones
 */
TdMapArrangement
td_agent_map_get_arrangement (TdAgentMap *self)
{
  g_return_val_if_fail (TD_IS_AGENT_MAP (self), TD_MAP_BY_PLACE);

  return self->arrangement;
}

/**
 * td_agent_map_set_arrangement:
 * @self: a map
 * @arrangement: what makes the zones
 */
void
td_agent_map_set_arrangement (TdAgentMap      *self,
                              TdMapArrangement arrangement)
{
  g_return_if_fail (TD_IS_AGENT_MAP (self));

  if (self->arrangement == arrangement)
    return;

  self->arrangement = arrangement;
  self->is_hovered = FALSE;
  td_map_scene_set_arrangement (self->scene, arrangement);
  td_map_cells_update (self->cells, self->scene);
  configure (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * td_agent_map_get_colouring:
 * @self: a map
 *
 * Returns: what the ground of the tiles tells
 */
TdMapColouring
td_agent_map_get_colouring (TdAgentMap *self)
{
  g_return_val_if_fail (TD_IS_AGENT_MAP (self), TD_MAP_COLOUR_STATE);

  return self->colouring;
}

/**
 * td_agent_map_set_colouring:
 * @self: a map
 * @colouring: what the ground of the tiles tells
 */
void
td_agent_map_set_colouring (TdAgentMap    *self,
                            TdMapColouring colouring)
{
  g_return_if_fail (TD_IS_AGENT_MAP (self));

  if (self->colouring == colouring)
    return;

  self->colouring = colouring;
  td_map_scene_set_colouring (self->scene, colouring);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * td_agent_map_set_filter:
 * @self: a map
 * @func: (nullable): tells who is looked for; the others are dimmed where they are
 * @user_data: data for @func
 */
void
td_agent_map_set_filter (TdAgentMap     *self,
                         TdMapFilterFunc func,
                         gpointer        user_data)
{
  g_return_if_fail (TD_IS_AGENT_MAP (self));

  td_map_scene_set_filter (self->scene, func, user_data);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * td_agent_map_get_zoom:
 * @self: a map
 *
 * Returns: how much larger than what fits the tiles are, 1 or more
 */
double
td_agent_map_get_zoom (TdAgentMap *self)
{
  g_return_val_if_fail (TD_IS_AGENT_MAP (self), 1);

  return self->zoom;
}

/**
 * td_agent_map_set_zoom:
 * @self: a map
 * @zoom: how much larger than what fits the tiles are; bounded to 1…12
 */
void
td_agent_map_set_zoom (TdAgentMap *self,
                       double      zoom)
{
  g_return_if_fail (TD_IS_AGENT_MAP (self));

  zoom = CLAMP (zoom, 1, MAX_ZOOM);
  if (zoom == self->zoom)
    return;

  self->zoom = zoom;
  if (gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    {
      td_map_scene_set_size (self->scene, gtk_widget_get_width (GTK_WIDGET (self)),
                             gtk_widget_get_height (GTK_WIDGET (self)), zoom);
      configure (self);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

/**
 * td_agent_map_get_selected:
 * @self: a map
 *
 * Returns: (transfer none) (nullable): the agent who is selected
 */
TdAgent *
td_agent_map_get_selected (TdAgentMap *self)
{
  g_return_val_if_fail (TD_IS_AGENT_MAP (self), NULL);

  return td_map_selection_get_last (self->selection);
}

/**
 * td_agent_map_set_selected:
 * @self: a map
 * @agent: (nullable): who to select
 */
void
td_agent_map_set_selected (TdAgentMap *self,
                           TdAgent    *agent)
{
  TdAgent *before;

  g_return_if_fail (TD_IS_AGENT_MAP (self));

  before = td_map_selection_get_last (self->selection);
  if (before == agent && td_map_selection_get_size (self->selection) == (agent != NULL ? 1 : 0))
    return;

  td_map_selection_set (self->selection, agent);
  td_agent_map_notify_selected (self, before);
}

/**
 * td_agent_map_dup_selection:
 * @self: a map
 *
 * Several agents are selected by a click with Ctrl or Shift, by a rubber band,
 * and by Space with Ctrl or Shift.
 *
 * Returns: (transfer full) (element-type TdAgent): all who are selected, in the
 *   order of the map
 */
GPtrArray *
td_agent_map_dup_selection (TdAgentMap *self)
{
  TdMapPlaces places;

  g_return_val_if_fail (TD_IS_AGENT_MAP (self), NULL);

  places = td_map_scene_get_places (self->scene);

  return td_map_selection_dup_agents (self->selection, &places);
}
