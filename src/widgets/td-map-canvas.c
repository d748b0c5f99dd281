/* td-map-canvas.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-canvas.h"

#include "td-map-fades.h"
#include "td-map-header.h"
#include "td-map-picture.h"
#include "td-map-row.h"
#include "td-map-sheet.h"
#include "td-map-times.h"

/* GTK gives up telling changed rectangles apart at 30 of them, and draws the
 * whole. With more changed rows and heads than this, those of zones beside each
 * other are told as one. */
#define MOST_CHANGED 20

/* A sheet is about so high, pixels: what of it is not seen need not be drawn. */
#define SHEET_HEIGHT 240

/* What was drawn of a zone. */
typedef struct
{
  guint64        look;    /* of the header: what it was made of */
  TdAgentNeed    mark;    /* of the ground */
  GskRenderNode *ground;  /* (owned) (nullable) */
  GskRenderNode *head;    /* (owned) (nullable) */
  GPtrArray     *rows;    /* (owned) (element-type GskRenderNode) (nullable elements) */
  GArray        *serials; /* (owned) (element-type guint64): of the tiles in the rows */
  GPtrArray     *sheets;  /* (owned) (element-type TdMapSheet) (nullable elements) */

  guint           n_changed; /* heads and rows in this frame */
  graphene_rect_t changed;   /* where they are */
  GskRenderNode  *veil;      /* (owned) (nullable): of this zone and those beside it */
} Drawing;

struct _TdMapCanvas
{
  GtkWidget    *widget;   /* (unowned) */
  TdMapPainter *painter;  /* (owned) */
  TdMapStamps  *stamps;   /* (owned) */
  GPtrArray    *drawings; /* (owned) (element-type Drawing) */
  TdMapTimes   *times;    /* (owned) */
  TdMapFades   *fades;    /* (owned) */
  GArray       *looks;    /* (owned) (element-type TdMapLook): of the sheet in work */
  GdkRGBA       veil;     /* of no opacity */
  double        scale;

  /* While it draws. */
  TdCentre          *centre;
  GPtrArray         *zones;
  const TdMapLayout *layout;
  int                top;
  int                bottom;
};

static void
clear_node (gpointer data)
{
  if (data != NULL)
    gsk_render_node_unref (data);
}

static void
clear_sheet (gpointer data)
{
  if (data != NULL)
    td_map_sheet_free (data);
}

static void
free_drawing (gpointer data)
{
  Drawing *drawing = data;

  g_clear_pointer (&drawing->veil, gsk_render_node_unref);
  g_clear_pointer (&drawing->ground, gsk_render_node_unref);
  g_clear_pointer (&drawing->head, gsk_render_node_unref);
  g_ptr_array_unref (drawing->rows);
  g_array_unref (drawing->serials);
  g_ptr_array_unref (drawing->sheets);
  g_free (drawing);
}

static Drawing *
create_drawing (void)
{
  Drawing *drawing = g_new0 (Drawing, 1);

  drawing->rows = g_ptr_array_new_with_free_func (clear_node);
  drawing->serials = g_array_new (FALSE, TRUE, sizeof (guint64));
  drawing->sheets = g_ptr_array_new_with_free_func (clear_sheet);

  return drawing;
}

/**
 * td_map_canvas_new:
 * @widget: the widget that is drawn; it must outlive the canvas
 *
 * Returns: (transfer full): a canvas
 */
TdMapCanvas *
td_map_canvas_new (GtkWidget *widget)
{
  TdMapCanvas *self = g_new0 (TdMapCanvas, 1);

  self->widget = widget;
  self->painter = td_map_painter_new (widget);
  self->stamps = td_map_stamps_new ();
  self->drawings = g_ptr_array_new_with_free_func (free_drawing);
  self->times = td_map_times_new (self->painter);
  self->fades = td_map_fades_new (widget);
  self->looks = g_array_new (FALSE, TRUE, sizeof (TdMapLook));
  self->scale = 1;

  return self;
}

/**
 * td_map_canvas_free:
 * @self: (transfer full): a canvas
 */
void
td_map_canvas_free (TdMapCanvas *self)
{
  g_ptr_array_unref (self->drawings);
  td_map_times_free (self->times);
  td_map_fades_free (self->fades);
  g_array_unref (self->looks);
  td_map_stamps_free (self->stamps);
  td_map_painter_free (self->painter);
  g_free (self);
}

/**
 * td_map_canvas_get_painter:
 * @self: a canvas
 *
 * Returns: (transfer none): its painter
 */
TdMapPainter *
td_map_canvas_get_painter (TdMapCanvas *self)
{
  return self->painter;
}

/**
 * td_map_canvas_reset:
 * @self: a canvas
 * @scale: how much larger than on a small desk everything is
 *
 * Forgets all that was drawn: the style or the size changed.
 */
void
td_map_canvas_reset (TdMapCanvas *self,
                     double       scale)
{
  self->scale = scale;
  td_map_painter_reset (self->painter, scale);
  td_map_stamps_reset (self->stamps, 0, 0, 1);
  td_map_canvas_forget_places (self);
}

/**
 * td_map_canvas_forget_places:
 * @self: a canvas
 *
 * Forgets what was drawn where: the layout changed.
 */
void
td_map_canvas_forget_places (TdMapCanvas *self)
{
  g_ptr_array_set_size (self->drawings, 0);
  td_map_times_forget (self->times);
  td_map_fades_clear (self->fades);
}

/**
 * td_map_canvas_fade:
 * @self: a canvas
 * @agent: an agent whose tile looks otherwise from now on
 * @face: what was drawn of the agent
 *
 * Lets the tile fade from @face, unless the desktop asks for less motion.
 */
void
td_map_canvas_fade (TdMapCanvas   *self,
                    TdAgent       *agent,
                    GskRenderNode *face)
{
  td_map_fades_add (self->fades, agent, face);
}

/* The first letters of the words of @text: an abbreviation for small tiles. */
static char *
abbreviate (const char *text)
{
  GString *letters = g_string_new (NULL);
  gboolean begins = TRUE;

  for (const char *p = text; p != NULL && *p != '\0' && letters->len < 12; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (begins && g_unichar_isalnum (c))
        g_string_append_unichar (letters, g_unichar_toupper (c));
      begins = !g_unichar_isalnum (c) && !g_unichar_ismark (c);
    }

  return g_string_free (letters, FALSE);
}

static GskRenderNode *
get_face (TdMapCanvas     *self,
          TdMapPerson     *person,
          const TdMapRect *rect)
{
  const TdAgentInfo *info = td_agent_get_info (person->agent);
  TdMapDetail        detail = td_map_layout_get_detail (self->layout);
  TdQueue           *queue = info->call_queue != NULL ? td_centre_find_queue (self->centre, info->call_queue) : NULL;
  const char        *queue_title = queue != NULL ? td_queue_get_title (queue) : info->call_queue;
  g_autofree char   *abbreviation = NULL;
  g_autofree char   *call = NULL;
  TdMapFace          face = {
             .title = td_agent_get_title (person->agent),
             .state = info->state,
             .on_hold = info->on_hold,
             .label = queue_title != NULL ? queue_title : info->reason,
             .need = person->verdict.need,
             .signs = person->verdict.signs,
             .heat_kind = person->heat > 0 ? TD_MAP_HEAT_HIGH : person->heat < 0 ? TD_MAP_HEAT_LOW
                                                                                 : TD_MAP_HEAT_NONE,
             .heat = ABS (person->heat) / (double)TD_MAP_HEAT_STEPS,
  };

  if (person->face != NULL)
    return person->face;

  if (detail == TD_MAP_DETAIL_TILE && queue_title != NULL)
    face.label = abbreviation = abbreviate (queue_title);
  if (info->state == TD_AGENT_STATE_OFFLINE)
    face.note = info->shift_name;
  if (detail == TD_MAP_DETAIL_CARD && (info->call_number != NULL || info->call_area != NULL))
    face.detail = call = g_strjoin (info->call_number != NULL && info->call_area != NULL ? " · " : "",
                                    info->call_number != NULL ? info->call_number : "",
                                    info->call_area != NULL ? info->call_area : "", NULL);

  person->face = td_map_painter_create_face (self->painter, detail, rect->width, rect->height, &face);
  return person->face;
}

static void
add_changed (Drawing         *drawing,
             const TdMapRect *rect,
             int              height)
{
  graphene_rect_t at = GRAPHENE_RECT_INIT ((float)rect->x, (float)rect->y, (float)rect->width, (float)height);

  if (drawing->n_changed++ > 0)
    graphene_rect_union (&drawing->changed, &at, &drawing->changed);
  else
    drawing->changed = at;
}

/* Draws a row of tiles, but for the times, unless it looks as before. */
static void
update_row (TdMapCanvas *self,
            guint        index,
            guint        row)
{
  const TdMapZone *zone = g_ptr_array_index (self->zones, index);
  Drawing         *drawing = g_ptr_array_index (self->drawings, index);
  guint            n_columns = td_map_layout_get_n_columns (self->layout, index);
  guint            first = row * n_columns;
  guint            end = MIN (first + n_columns, zone->people->len);
  guint64         *serials;
  gboolean         same = TRUE;
  TdMapRect        rect;
  int              step;

  if (drawing->serials->len < zone->people->len)
    g_array_set_size (drawing->serials, zone->people->len);
  if (drawing->rows->len <= row)
    g_ptr_array_set_size (drawing->rows, (gint)row + 1);

  serials = (guint64 *)(gpointer)drawing->serials->data;
  for (guint i = first; i < end; i++)
    {
      guint64 serial = ((TdMapPerson *)g_ptr_array_index (zone->people, i))->serial;

      same &= serials[i] == serial;
      serials[i] = serial;
    }
  if (same && g_ptr_array_index (drawing->rows, row) != NULL)
    return;

  td_map_layout_get_tile (self->layout, index, first, &rect);
  for (guint i = first; i < end; i++)
    get_face (self, g_ptr_array_index (zone->people, i), &rect);
  step = rect.width + td_map_layout_get_gap (self->layout);
  clear_node (g_ptr_array_index (drawing->rows, row));
  g_ptr_array_index (drawing->rows, row) =
    td_map_row_new (self->widget, (TdMapPerson *const *)(zone->people->pdata + first), end - first, &rect, step);
  rect.width += (int)(end - first - 1) * step;
  add_changed (drawing, &rect, rect.height);
}

static guint64
get_look (const TdMapZone *zone)
{
  guint64 look = G_GUINT64_CONSTANT (14695981039346656037);

  for (guint i = 0; i < TD_N_AGENT_STATES; i++)
    {
      look = (look ^ zone->tally.by_state[i]) * G_GUINT64_CONSTANT (1099511628211);
      look = (look ^ zone->overdue[i].n) * G_GUINT64_CONSTANT (1099511628211);
      look = (look ^ (guint64)zone->overdue[i].limit_ms) * G_GUINT64_CONSTANT (1099511628211);
    }

  return look;
}

static void
update_head (TdMapCanvas     *self,
             guint            index,
             const TdMapRect *rect)
{
  const TdMapZone *zone = g_ptr_array_index (self->zones, index);
  Drawing         *drawing = g_ptr_array_index (self->drawings, index);
  guint64          look = get_look (zone);
  TdAgentNeed      mark = td_map_header_get_mark (zone);
  int              height = td_map_layout_get_header_height (self->layout);

  if (drawing->ground == NULL || drawing->mark != mark)
    {
      g_clear_pointer (&drawing->ground, gsk_render_node_unref);
      drawing->ground = td_map_picture_new_panel (self->widget, td_map_header_create_ground (self->painter, zone, rect, self->scale),
                                                  td_map_header_get_edge (self->scale), td_map_painter_get_colour (self->painter, "td_card"));
      drawing->mark = mark;
    }
  if (drawing->head == NULL || drawing->look != look)
    {
      g_clear_pointer (&drawing->head, gsk_render_node_unref);
      drawing->head = td_map_picture_new (self->widget,
                                          td_map_header_create (self->painter, zone, rect->width, height, self->scale));
      drawing->look = look;
      add_changed (drawing, rect, height);
    }
}

static void
append_head (TdMapCanvas     *self,
             GtkSnapshot     *snapshot,
             guint            index,
             const TdMapRect *rect)
{
  const Drawing *drawing = g_ptr_array_index (self->drawings, index);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)rect->x, (float)rect->y));
  gtk_snapshot_append_node (snapshot, drawing->ground);
  if (drawing->head != NULL)
    gtk_snapshot_append_node (snapshot, drawing->head);
  gtk_snapshot_restore (snapshot);
}

/* Whether anything of the rows from @first up to @end is seen. */
static gboolean
is_seen (TdMapCanvas *self,
         guint        index,
         guint        first,
         guint        end)
{
  guint     n_columns = td_map_layout_get_n_columns (self->layout, index);
  TdMapRect upper, lower;

  td_map_layout_get_tile (self->layout, index, first * n_columns, &upper);
  td_map_layout_get_tile (self->layout, index, (end - 1) * n_columns, &lower);

  return upper.y < self->bottom && lower.y + lower.height > self->top;
}

static void
update_rows (TdMapCanvas *self,
             guint        index)
{
  guint n_rows = td_map_layout_get_n_rows (self->layout, index);

  for (guint row = 0; row < n_rows; row++)
    {
      if (is_seen (self, index, row, row + 1))
        update_row (self, index, row);
    }
}

static void
append_rows (TdMapCanvas *self,
             GtkSnapshot *snapshot,
             guint        index)
{
  const Drawing *drawing = g_ptr_array_index (self->drawings, index);

  for (guint row = 0; row < drawing->rows->len; row++)
    {
      GskRenderNode *node = g_ptr_array_index (drawing->rows, row);

      if (node != NULL && is_seen (self, index, row, row + 1))
        gtk_snapshot_append_node (snapshot, node);
    }
}

/* Where the people stand whose tiles fade. */
static gboolean
find_place (gpointer          owner,
            guint             index,
            graphene_point_t *at,
            gpointer          user_data)
{
  TdMapCanvas *self = user_data;
  guint        n_found = 0;

  for (guint i = 0; i < self->zones->len; i++)
    {
      const TdMapZone *zone = g_ptr_array_index (self->zones, i);

      for (guint k = 0; k < zone->people->len; k++)
        {
          TdMapRect rect;

          if (((TdMapPerson *)g_ptr_array_index (zone->people, k))->agent != owner || n_found++ != index)
            continue;
          td_map_layout_get_tile (self->layout, i, k, &rect);
          graphene_point_init (at, (float)rect.x, (float)rect.y);
          return TRUE;
        }
    }

  return FALSE;
}

static void
draw_squares (TdMapCanvas     *self,
              GtkSnapshot     *snapshot,
              const TdMapZone *zone,
              guint            index)
{
  Drawing *drawing = g_ptr_array_index (self->drawings, index);
  guint    n_columns = td_map_layout_get_n_columns (self->layout, index);
  guint    n_rows = td_map_layout_get_n_rows (self->layout, index);
  guint    rows_of_sheet = (guint)MAX (SHEET_HEIGHT / td_map_stamps_get_cell (self->stamps), 1);
  int      margin = td_map_layout_get_gap (self->layout) / 2;

  g_ptr_array_set_size (drawing->sheets, (gint)((n_rows + rows_of_sheet - 1) / rows_of_sheet));
  for (guint i = 0; i < drawing->sheets->len; i++)
    {
      TdMapSheet   **sheet = (TdMapSheet **)&g_ptr_array_index (drawing->sheets, i);
      guint          first = i * rows_of_sheet, end = MIN (first + rows_of_sheet, n_rows);
      guint          n_people;
      GskRenderNode *node;
      TdMapRect      rect;

      if (!is_seen (self, index, first, end))
        {
          g_clear_pointer (sheet, td_map_sheet_free);
          continue;
        }
      if (*sheet == NULL)
        *sheet = td_map_sheet_new (n_columns, end - first);

      n_people = MIN (end * n_columns, zone->people->len) - first * n_columns;
      g_array_set_size (self->looks, 0);
      g_array_set_size (self->looks, (end - first) * n_columns);
      for (guint k = 0; k < n_people; k++)
        {
          const TdMapPerson *person = g_ptr_array_index (zone->people, first * n_columns + k);

          g_array_index (self->looks, TdMapLook, k) =
            td_map_look_new (person->state, person->verdict.need, person->is_dimmed, person->heat);
        }
      td_map_layout_get_tile (self->layout, index, first * n_columns, &rect);
      node = td_map_sheet_draw (*sheet, self->stamps, self->painter, (const TdMapLook *)(gconstpointer)self->looks->data,
                                self->looks->len, rect.x - margin, rect.y - margin);
      gtk_snapshot_append_node (snapshot, node);
    }
}

static void
create_drawings (TdMapCanvas *self,
                 gboolean     is_square)
{
  TdMapRect tile;

  g_ptr_array_set_size (self->drawings, 0);
  for (guint i = 0; i < self->zones->len; i++)
    g_ptr_array_add (self->drawings, create_drawing ());
  td_map_times_forget (self->times);
  if (!is_square || self->zones->len == 0)
    return;

  td_map_layout_get_tile (self->layout, 0, 0, &tile);
  td_map_stamps_reset (self->stamps, tile.width, td_map_layout_get_gap (self->layout),
                       gtk_widget_get_scale_factor (self->widget));
}

/* Where many rows changed, nothing that is drawn lies under them: one changed
 * rectangle for the zones beside each other, which GTK comes to first. */
static void
append_veils (TdMapCanvas *self,
              GtkSnapshot *snapshot,
              gboolean     are_many)
{
  for (guint first = 0, end; first < self->zones->len; first = end)
    {
      Drawing        *drawing = g_ptr_array_index (self->drawings, first);
      graphene_rect_t changed = GRAPHENE_RECT_INIT (0, 0, 0, 0);
      TdMapRect       rect, next;

      td_map_layout_get_zone (self->layout, first, &rect);
      for (end = first; end < self->zones->len; end++)
        {
          const Drawing *at = g_ptr_array_index (self->drawings, end);

          td_map_layout_get_zone (self->layout, end, &next);
          if (next.y != rect.y)
            break;
          if (at->n_changed > 0 && changed.size.width > 0)
            graphene_rect_union (&changed, &at->changed, &changed);
          else if (at->n_changed > 0)
            changed = at->changed;
        }

      if (are_many && changed.size.width > 0)
        {
          /* Another node is a change, even where it looks the same. */
          self->veil.red = 1 - self->veil.red;
          g_clear_pointer (&drawing->veil, gsk_render_node_unref);
          drawing->veil = gsk_color_node_new (&self->veil, &changed);
        }
      if (drawing->veil != NULL)
        gtk_snapshot_append_node (snapshot, drawing->veil);
    }
}

static gboolean
is_zone_seen (TdMapCanvas     *self,
              const TdMapRect *rect)
{
  return rect->y < self->bottom && rect->y + rect->height > self->top;
}

/**
 * td_map_canvas_draw:
 * @self: a canvas
 * @snapshot: where to draw, the top left corner of the whole map at the origin
 * @centre: whose agents they are
 * @zones: (element-type TdMapZone): what to draw
 * @layout: where it lies; another one only after td_map_canvas_forget_places()
 * @moment: another number whenever anything may look otherwise
 * @top: where what is seen begins, pixels
 * @height: and how high it is
 */
void
td_map_canvas_draw (TdMapCanvas       *self,
                    GtkSnapshot       *snapshot,
                    TdCentre          *centre,
                    GPtrArray         *zones,
                    const TdMapLayout *layout,
                    guint64            moment,
                    int                top,
                    int                height)
{
  gboolean  is_square = td_map_layout_get_detail (layout) == TD_MAP_DETAIL_SQUARE;
  guint     n_changed = 0;
  TdMapRect rect;

  g_return_if_fail (td_map_layout_get_n_zones (layout) == zones->len);

  self->centre = centre;
  self->zones = zones;
  self->layout = layout;
  self->top = top;
  self->bottom = top + height;

  if (self->drawings->len != zones->len)
    create_drawings (self, is_square);

  for (guint i = 0; i < zones->len; i++)
    {
      Drawing *drawing = g_ptr_array_index (self->drawings, i);

      drawing->n_changed = 0;
      td_map_layout_get_zone (layout, i, &rect);
      if (!is_zone_seen (self, &rect))
        continue;
      update_head (self, i, &rect);
      if (!is_square)
        update_rows (self, i);
      n_changed += drawing->n_changed;
    }

  append_veils (self, snapshot, n_changed > MOST_CHANGED);
  for (guint i = 0; i < zones->len; i++)
    {
      td_map_layout_get_zone (layout, i, &rect);
      if (!is_zone_seen (self, &rect))
        continue;
      append_head (self, snapshot, i, &rect);
      if (is_square)
        draw_squares (self, snapshot, g_ptr_array_index (zones, i), i);
      else
        append_rows (self, snapshot, i);
    }
  if (is_square)
    {
      td_map_fades_clear (self->fades);
      return;
    }

  td_map_fades_draw (self->fades, snapshot, find_place, self);
  if (td_map_layout_get_detail (layout) < TD_MAP_DETAIL_NARROW)
    td_map_times_draw (self->times, snapshot, zones, layout, moment, top, top + height);
}
