/* td-floor-cell.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-cell.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-floor-ground.h"
#include "td-format.h"
#include "td-map-name.h"
#include "td-palette.h"
#include "td-state-shape.h"

/* Below these there is room for less, pixels at a scale of 1. */
#define CARD_WIDTH 170
#define CARD_HEIGHT 100
#define TILE_WIDTH 120
#define TILE_HEIGHT 46
#define CHIP_WIDTH 62
#define CHIP_HEIGHT 38
#define LINE_WIDTH 60
#define LINE_HEIGHT 14
#define LINE_MARGIN 0.4 /* of its text */
#define TIME_WIDTH 2.7  /* of its text: what a name leaves to the time */

#define SPEAK_EVERY_S 15
#define DIMMED 0.18
#define AWAY 0.6
#define OFF_DUTY 0.8

struct _TdFloorCell
{
  GtkWidget parent_instance;

  TdMapPainter  *painter; /* (unowned): the plan's, which holds this cell */
  TdMapPainter  *plain;   /* (unowned): the same at a scale of 1, for texts of a size of our own */
  TdMapFades    *fades;   /* (unowned): the plan's */
  TdFloorStand   stand;   /* (owned) its agent */
  char          *seat;    /* (owned) (nullable): its name */
  char          *room;    /* (owned) (nullable): its name */
  char          *queue;   /* (owned) (nullable): of the agent's call */
  TdAgentVerdict verdict;
  gint64         revision;
  TdAgentState   state;
  gint64         seconds;
  gint64         spoken;
  gboolean       is_dimmed;
  gboolean       is_selected;

  GskRenderNode *face; /* (owned) (nullable): all but the time */
  int            face_width;
  int            face_height;
};

G_DEFINE_FINAL_TYPE (TdFloorCell, td_floor_cell, GTK_TYPE_WIDGET)

static void
drop_face (TdFloorCell *self)
{
  g_clear_pointer (&self->face, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The painter's tiles are as large as its scale; a line is drawn at a scale of
 * 1, and there is no tile of the painter's for it. Returns whether it is one. */
static gboolean
choose_detail (TdFloorCell *self,
               int          width,
               int          height,
               TdMapDetail *detail)
{
  double scale = td_map_painter_get_scale (self->painter);

  if (width >= CARD_WIDTH * scale && height >= CARD_HEIGHT * scale)
    *detail = TD_MAP_DETAIL_CARD;
  else if (width >= TILE_WIDTH * scale && height >= TILE_HEIGHT * scale)
    *detail = TD_MAP_DETAIL_TILE;
  else if (width >= CHIP_WIDTH * scale && height >= CHIP_HEIGHT * scale)
    *detail = TD_MAP_DETAIL_CHIP;
  else
    {
      *detail = TD_MAP_DETAIL_SQUARE;
      return width >= LINE_WIDTH && height >= LINE_HEIGHT;
    }

  return FALSE;
}

static const char *
get_place_name (TdFloorCell *self)
{
  return self->stand.where == TD_FLOOR_IN_ROOM ? self->room : self->seat;
}

/**
 * td_floor_cell_dup_words:
 * @self: a cell
 *
 * Returns: (transfer full): what the cell shows, in a sentence for a screen reader
 */
char *
td_floor_cell_dup_words (TdFloorCell *self)
{
  TdAgent           *agent = self->stand.agent;
  const TdAgentInfo *info;
  g_autofree char   *spoken = NULL;
  GString           *words = g_string_new (NULL);

  if (agent == NULL)
    {
      /* Translators: a seat of a floor plan that no agent has; %s is its name. */
      g_string_append_printf (words, _ ("%s, free"), self->seat);
      return g_string_free (words, FALSE);
    }

  info = td_agent_get_info (agent);
  spoken = td_format_duration_spoken (self->seconds >= 0 ? self->seconds * 1000 : TD_UNKNOWN);
  /* Translators: an agent for a screen reader: name, state, how long, place of work. */
  g_string_append_printf (words, _ ("%s, %s %s, %s"), td_agent_get_title (agent), td_format_state (info->state),
                          spoken, td_format_place (info->place));
  if (info->state == TD_AGENT_STATE_PAUSED && info->reason != NULL)
    g_string_append_printf (words, ", %s", info->reason);
  if (get_place_name (self) != NULL)
    g_string_append_printf (words, ", %s", get_place_name (self));
  if (self->stand.is_left)
    g_string_append_printf (words, ", %s", _ ("has left the seat"));
  if (self->stand.where == TD_FLOOR_BESIDE)
    g_string_append_printf (words, ", %s", _ ("no seat on this plan"));
  if (self->stand.is_contested)
    g_string_append_printf (words, ", %s", _ ("two on one seat"));

  return g_string_free (words, FALSE);
}

static void
speak (TdFloorCell *self)
{
  g_autofree char *words = td_floor_cell_dup_words (self);

  self->spoken = self->seconds;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
append_outline (TdFloorCell *self,
                GtkSnapshot *snapshot,
                double       outset,
                double       line,
                const char  *colour_name)
{
  int             width = gtk_widget_get_width (GTK_WIDGET (self));
  int             height = gtk_widget_get_height (GTK_WIDGET (self));
  graphene_rect_t rect = GRAPHENE_RECT_INIT (-(float)outset, -(float)outset, width + 2 * (float)outset, height + 2 * (float)outset);

  td_floor_ground_append_outline (self->painter, snapshot, &rect, 6, line, colour_name);
}

/* Nobody: a dashed line, and what the seat is called. */
static void
append_free (TdFloorCell *self,
             GtkSnapshot *snapshot,
             int          width,
             int          height)
{
  const GdkRGBA   *colour = td_map_painter_get_colour (self->painter, "td_hatch");
  cairo_t         *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  double           size = CLAMP (height * 0.25, 8, 18);
  g_autofree char *text = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  int text_height;

  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, (double[]){ 3, 3 }, 2, 0);
  cairo_rectangle (cr, 0.5, 0.5, width - 1, height - 1);
  cairo_stroke (cr);
  cairo_destroy (cr);
  if (width < 30 || height < 12)
    return;

  /* Translators: a seat of a floor plan that no agent has; %s is its name. */
  text = g_strdup_printf (width >= LINE_WIDTH ? _ ("%s free") : "%s", self->seat);
  layout = td_map_painter_create_text (self->plain, text, size, FALSE, width - 4);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_get_pixel_size (layout, NULL, &text_height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (2, (float)round ((height - text_height) / 2.0)));
  gtk_snapshot_append_layout (snapshot, layout, td_map_painter_get_colour (self->painter, "td_secondary"));
  gtk_snapshot_restore (snapshot);
}

static const char *
fit_name (TdFloorCell *self,
          double       size,
          gboolean     bold,
          int          width)
{
  return td_map_name_find_fitting (self->plain, td_agent_get_title (self->stand.agent), size, bold, width);
}

static double
get_line_size (int width,
               int height)
{
  return CLAMP (round (MIN (height * 0.45, width * 0.16)), 8, 15);
}

/* Shape, name and a word in one line. */
static void
append_line (TdFloorCell *self,
             GtkSnapshot *snapshot,
             int          width,
             int          height)
{
  const TdAgentInfo *info = td_agent_get_info (self->stand.agent);
  gboolean           faint = info->state == TD_AGENT_STATE_OFFLINE || self->stand.is_left;
  double             size = get_line_size (width, height);
  double             margin = size * LINE_MARGIN;
  int                room = (int)(width - size - 3 * margin);
  gboolean           has_word = faint && self->seat != NULL && room >= 80;
  int                name_room = has_word ? room * 2 / 3 : room;
  const char        *name = fit_name (self, size, !faint, faint ? name_room : room - (int)(TIME_WIDTH * size));

  if (self->verdict.need != TD_AGENT_NEED_NONE && !self->stand.is_left)
    append_outline (self, snapshot, 0, 1.5, self->verdict.need == TD_AGENT_NEED_PERSON ? "td_red" : "td_amber");
  else
    append_outline (self, snapshot, 0, 1, "td_hairline");
  td_state_shape_draw (snapshot, info->state, margin, round ((height - size) / 2), size,
                       td_map_painter_get_colour (self->painter, td_palette_state_colour (info->state)));
  if (has_word)
    td_floor_ground_append_text (self->plain, snapshot, self->seat, width - margin - room / 3.0, round (height / 2.0 - size * 0.72), size,
                                 FALSE, room / 3, "td_secondary");
  td_floor_ground_append_text (self->plain, snapshot, name, size + 2 * margin, round (height / 2.0 - size * 0.72), size, !faint, name_room,
                               faint ? "td_secondary" : "td_text");
}

/* Whose seat it is, who is elsewhere now. */
static void
append_left (TdFloorCell *self,
             GtkSnapshot *snapshot,
             int          width,
             int          height)
{
  const TdAgentInfo *info = td_agent_get_info (self->stand.agent);
  double             size = CLAMP (height * 0.25, 8, 24);
  double             margin = size * 0.5;
  const char        *name = fit_name (self, size, FALSE, (int)(width - 2 * margin));
  /* Translators: short, on a seat of a floor plan whose agent has no shift, or is on a break elsewhere. */
  const char *word = info->state == TD_AGENT_STATE_OFFLINE ? _ ("off duty") : _ ("away");

  if (height < CHIP_HEIGHT * 0.8)
    {
      append_line (self, snapshot, width, height);
      return;
    }

  append_outline (self, snapshot, 0, 1, "td_hatch");
  td_floor_ground_append_text (self->plain, snapshot, name, margin,
                               height * 0.12, size, FALSE, (int)(width - 2 * margin), "td_text");
  td_state_shape_draw (snapshot, info->state, margin, round (height * 0.74 - size / 2), round (size * 0.8),
                       td_map_painter_get_colour (self->painter, td_palette_state_colour (info->state)));
  td_floor_ground_append_text (self->plain, snapshot, word, margin + size * 1.3, height * 0.74 - size * 0.8, size * 0.9, FALSE,
                               (int)(width - 2 * margin - size * 1.3), "td_text");
}

static void
append_agent (TdFloorCell *self,
              GtkSnapshot *snapshot,
              int          width,
              int          height)
{
  const TdAgentInfo *info = td_agent_get_info (self->stand.agent);
  TdMapDetail        detail;
  gboolean           is_line = choose_detail (self, width, height, &detail);
  TdMapFace          face = {
             .title = td_agent_get_title (self->stand.agent),
             .state = info->state,
             .on_hold = info->on_hold,
             .label = self->queue != NULL ? self->queue : info->reason,
             .detail = info->call_number,
             .note = info->state == TD_AGENT_STATE_OFFLINE ? info->shift_name : NULL,
             .need = self->verdict.need,
             .signs = self->verdict.signs,
  };
  GskRenderNode *node;
  int            side = MIN (width, height);

  if (self->stand.is_left && (is_line || detail != TD_MAP_DETAIL_SQUARE))
    {
      append_left (self, snapshot, width, height);
      return;
    }
  if (is_line)
    {
      append_line (self, snapshot, width, height);
      return;
    }

  if (detail == TD_MAP_DETAIL_SQUARE)
    {
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)((width - side) / 2), (float)((height - side) / 2)));
      width = height = side;
    }
  node = td_map_painter_create_face (self->painter, detail, width, height, &face);
  if (node != NULL)
    {
      gtk_snapshot_append_node (snapshot, node);
      gsk_render_node_unref (node);
    }
}

static void
append_badge (TdFloorCell *self,
              GtkSnapshot *snapshot,
              int          width)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT ((float)(width - 16), -12, 20, 15);
  GskRoundedRect  rounded;

  gsk_rounded_rect_init_from_rect (&rounded, &rect, 5);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, td_map_painter_get_colour (self->painter, "td_amber_mark"), &rect);
  gtk_snapshot_pop (snapshot);
  td_floor_ground_append_text (self->plain, snapshot, "×2", width - 13, -12, 11, TRUE, -1, "td_text");
}

/* The time in state at the end of a line, where the name leaves room for it. */
static void
append_line_time (TdFloorCell *self,
                  GtkSnapshot *snapshot,
                  int          width,
                  int          height)
{
  double           size = get_line_size (width, height);
  double           margin = size * LINE_MARGIN;
  int              room = (int)(width - size - 3 * margin);
  g_autofree char *time = td_format_duration (self->seconds * 1000);
  g_autoptr (PangoLayout) layout = td_map_painter_create_text (self->plain, time, size, TRUE, -1);
  const char *words = fit_name (self, size, TRUE, room - (int)(TIME_WIDTH * size));
  g_autoptr (PangoLayout) name = td_map_painter_create_text (self->plain, words, size, TRUE, -1);
  int time_width, name_width;

  pango_layout_get_pixel_size (layout, &time_width, NULL);
  pango_layout_get_pixel_size (name, &name_width, NULL);
  if (name_width + time_width + margin > room)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)round (width - time_width - margin), (float)round (height / 2.0 - size * 0.72)));
  gtk_snapshot_append_layout (snapshot, layout, td_map_painter_get_colour (self->painter, self->verdict.need == TD_AGENT_NEED_NONE ? "td_text" : "td_amber_text"));
  gtk_snapshot_restore (snapshot);
}

static GskRenderNode *
create_face (TdFloorCell *self,
             int          width,
             int          height)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

  if (self->stand.agent == NULL)
    append_free (self, snapshot, width, height);
  else
    append_agent (self, snapshot, width, height);

  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

static double
get_opacity (TdFloorCell *self)
{
  if (self->is_dimmed)
    return DIMMED;
  if (self->stand.is_away || self->stand.is_left)
    return AWAY;
  if (self->stand.agent != NULL && td_agent_get_info (self->stand.agent)->state == TD_AGENT_STATE_OFFLINE)
    return OFF_DUTY;

  return 1;
}

static void
td_floor_cell_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  TdFloorCell *self = TD_FLOOR_CELL (widget);
  int          width = gtk_widget_get_width (widget);
  int          height = gtk_widget_get_height (widget);
  TdMapDetail  detail;
  gboolean     inexact, is_line;

  if (width <= 0 || height <= 0)
    return;

  if (self->face == NULL || self->face_width != width || self->face_height != height)
    {
      g_clear_pointer (&self->face, gsk_render_node_unref);
      self->face = create_face (self, width, height);
      self->face_width = width;
      self->face_height = height;
    }

  gtk_snapshot_push_opacity (snapshot, get_opacity (self));
  if (self->face != NULL)
    gtk_snapshot_append_node (snapshot, self->face);
  is_line = choose_detail (self, width, height, &detail);
  if (self->stand.agent != NULL && !self->stand.is_left && td_agent_get_info (self->stand.agent)->state != TD_AGENT_STATE_OFFLINE)
    {
      td_agent_get_since (self->stand.agent, &inexact);
      if (is_line && self->seconds >= 0)
        append_line_time (self, snapshot, width, height);
      td_map_painter_append_time (self->painter, snapshot, detail, width, height, self->seconds, inexact, self->verdict.need, FALSE);
    }
  gtk_snapshot_pop (snapshot);

  if (self->stand.is_contested)
    {
      append_outline (self, snapshot, 1, 2, "td_amber");
      if (self->stand.part == 0)
        append_badge (self, snapshot, width);
    }
  if (self->is_selected || gtk_widget_has_visible_focus (widget))
    append_outline (self, snapshot, 2, 2.5, "accent_color");
}

static gboolean
td_floor_cell_query_tooltip (GtkWidget  *widget,
                             int         x,
                             int         y,
                             gboolean    keyboard,
                             GtkTooltip *tooltip)
{
  g_autofree char *words = td_floor_cell_dup_words (TD_FLOOR_CELL (widget));

  gtk_tooltip_set_text (tooltip, words);

  return TRUE;
}

static void
td_floor_cell_focus_changed_cb (GtkWidget *widget)
{
  speak (TD_FLOOR_CELL (widget));
  gtk_widget_queue_draw (widget);
}

static void
td_floor_cell_dispose (GObject *object)
{
  TdFloorCell *self = TD_FLOOR_CELL (object);

  g_clear_pointer (&self->face, gsk_render_node_unref);
  g_clear_object (&self->stand.agent);

  G_OBJECT_CLASS (td_floor_cell_parent_class)->dispose (object);
}

static void
td_floor_cell_finalize (GObject *object)
{
  TdFloorCell *self = TD_FLOOR_CELL (object);

  g_free (self->seat);
  g_free (self->room);
  g_free (self->queue);

  G_OBJECT_CLASS (td_floor_cell_parent_class)->finalize (object);
}

static void
td_floor_cell_class_init (TdFloorCellClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_floor_cell_dispose;
  object_class->finalize = td_floor_cell_finalize;
  widget_class->snapshot = td_floor_cell_snapshot;
  widget_class->query_tooltip = td_floor_cell_query_tooltip;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
td_floor_cell_init (TdFloorCell *self)
{
  self->stand = (TdFloorStand){ .seat = G_MAXUINT, .item = G_MAXUINT };
  self->verdict = (TdAgentVerdict){ .limit_ms = TD_UNKNOWN, .workload = NAN };
  self->seconds = TD_UNKNOWN;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (td_floor_cell_focus_changed_cb), NULL);
}

/**
 * td_floor_cell_new:
 * @painter: the plan's, which must outlive the cell
 * @plain: another whose scale is 1, which must outlive the cell too
 * @fades: where looks fade that changed; they must outlive the cell too
 *
 * Returns: (transfer floating): a cell
 */
GtkWidget *
td_floor_cell_new (TdMapPainter *painter,
                   TdMapPainter *plain,
                   TdMapFades   *fades)
{
  TdFloorCell *self = g_object_new (TD_TYPE_FLOOR_CELL, NULL);

  self->painter = painter;
  self->plain = plain;
  self->fades = fades;

  return GTK_WIDGET (self);
}

const TdFloorStand *
td_floor_cell_get_stand (TdFloorCell *self)
{
  g_return_val_if_fail (TD_IS_FLOOR_CELL (self), NULL);

  return &self->stand;
}

/**
 * td_floor_cell_set_stand:
 * @self: a cell
 * @stand: what it shows; its agent is referenced
 * @seat: (nullable): name of the seat
 * @room: (nullable): name of the room
 */
void
td_floor_cell_set_stand (TdFloorCell        *self,
                         const TdFloorStand *stand,
                         const char         *seat,
                         const char         *room)
{
  g_return_if_fail (TD_IS_FLOOR_CELL (self));

  if (self->stand.agent == stand->agent && self->stand.where == stand->where && self->stand.item == stand->item &&
      self->stand.seat == stand->seat && self->stand.part == stand->part && self->stand.n_parts == stand->n_parts &&
      self->stand.is_contested == stand->is_contested && self->stand.is_left == stand->is_left &&
      self->stand.is_away == stand->is_away && g_strcmp0 (self->seat, seat) == 0 && g_strcmp0 (self->room, room) == 0)
    return;

  g_clear_object (&self->stand.agent);
  self->stand = *stand;
  if (self->stand.agent != NULL)
    g_object_ref (self->stand.agent);
  g_free (self->seat);
  self->seat = g_strdup (seat);
  g_free (self->room);
  self->room = g_strdup (room);
  self->revision = TD_UNKNOWN;
  drop_face (self);
  speak (self);
}

/**
 * td_floor_cell_judge:
 * @self: a cell
 * @func: (nullable): who judges
 * @user_data: data for @func
 * @now: the source's time, µs since 1970
 *
 * Brings the agent's state, time and verdict up to date.
 */
void
td_floor_cell_judge (TdFloorCell       *self,
                     TdAgentVerdictFunc func,
                     gpointer           user_data,
                     gint64             now)
{
  TdAgentVerdict verdict = { .limit_ms = TD_UNKNOWN, .workload = NAN };
  TdAgent       *agent;
  gboolean       inexact, has_changed, has_changed_state;
  gint64         since;

  g_return_if_fail (TD_IS_FLOOR_CELL (self));

  agent = self->stand.agent;
  if (agent == NULL)
    return;

  if (func != NULL)
    func (agent, now, &verdict, user_data);
  has_changed_state = self->face != NULL && self->state != td_agent_get_info (agent)->state;
  if (has_changed_state && self->revision != TD_UNKNOWN && !self->is_dimmed)
    td_map_fades_add (self->fades, self, self->face);
  self->state = td_agent_get_info (agent)->state;
  has_changed = self->revision != td_agent_get_revision (agent) || verdict.need != self->verdict.need ||
                verdict.signs != self->verdict.signs;
  self->verdict = verdict;
  self->revision = td_agent_get_revision (agent);

  since = td_agent_get_since (agent, &inexact);
  since = TD_IS_KNOWN (since) ? MAX (now - since, 0) / G_USEC_PER_SEC : TD_UNKNOWN;
  if (since != self->seconds)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  self->seconds = since;

  if (has_changed)
    drop_face (self);
  if (has_changed || since < self->spoken || since >= self->spoken + SPEAK_EVERY_S)
    speak (self);
}

/**
 * td_floor_cell_set_queue:
 * @self: a cell
 * @title: (nullable): of the queue that the agent's call came from
 */
void
td_floor_cell_set_queue (TdFloorCell *self,
                         const char  *title)
{
  g_return_if_fail (TD_IS_FLOOR_CELL (self));

  if (g_strcmp0 (self->queue, title) == 0)
    return;

  g_free (self->queue);
  self->queue = g_strdup (title);
  drop_face (self);
}

/**
 * td_floor_cell_set_dimmed:
 * @self: a cell
 * @is_dimmed: whether it is not looked for
 */
void
td_floor_cell_set_dimmed (TdFloorCell *self,
                          gboolean     is_dimmed)
{
  g_return_if_fail (TD_IS_FLOOR_CELL (self));

  if (self->is_dimmed == !!is_dimmed)
    return;

  self->is_dimmed = !!is_dimmed;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * td_floor_cell_set_selected:
 * @self: a cell
 * @is_selected: whether its agent is
 */
void
td_floor_cell_set_selected (TdFloorCell *self,
                            gboolean     is_selected)
{
  g_return_if_fail (TD_IS_FLOOR_CELL (self));

  if (self->is_selected == !!is_selected)
    return;

  self->is_selected = !!is_selected;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, self->is_selected, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Draws it anew: the style or the scale changed. */
void
td_floor_cell_restyle (TdFloorCell *self)
{
  g_return_if_fail (TD_IS_FLOOR_CELL (self));

  drop_face (self);
}
