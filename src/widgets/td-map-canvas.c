/* td-map-canvas.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-canvas.h"

#include <adwaita.h>

#include "td-map-header.h"
#include "td-map-picture.h"
#include "td-map-row.h"
#include "td-map-sheet.h"

/* GTK gives up telling changed rectangles apart at 30 of them, and draws the
 * whole. The times change every second, so they make no more strips than this. */
#define MAX_STRIPS 22

/* A sheet is about so high, pixels: what of it is not seen need not be drawn. */
#define SHEET_HEIGHT 240

/* The times of a row of tiles, or of some rows, across all zones beside each other. */
typedef struct
{
  guint64        moment;
  GskRenderNode *node; /* (owned) (nullable) */
} Strip;

/* A tile that looks otherwise now fades from what it was; of more of them at
 * once nobody would follow the change. */
#define FADE_US (G_USEC_PER_SEC / 5)
#define MOST_FADES 24

typedef struct
{
  TdAgent       *agent;    /* (owned) */
  GskRenderNode *face;     /* (owned): what it was */
  gint64         began_at; /* of the frame clock, µs; 0 before the first frame */
} Fade;

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
} Drawing;

struct _TdMapCanvas
{
  GtkWidget    *widget;   /* (unowned) */
  TdMapPainter *painter;  /* (owned) */
  TdMapStamps  *stamps;   /* (owned) */
  GPtrArray    *drawings; /* (owned) (element-type Drawing) */
  GArray       *strips;   /* (owned) (element-type Strip): times */
  GArray       *fades;    /* (owned) (element-type Fade) */
  GArray       *looks;    /* (owned) (element-type TdMapLook): of the sheet in work */
  double        scale;

  /* While it draws. */
  TdCentre          *centre;
  const TdMapLayout *layout;
  guint64            moment;
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
clear_strip (gpointer data)
{
  g_clear_pointer (&((Strip *)data)->node, gsk_render_node_unref);
}

static void
clear_fade (gpointer data)
{
  Fade *fade = data;

  g_object_unref (fade->agent);
  gsk_render_node_unref (fade->face);
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
  self->strips = g_array_new (FALSE, TRUE, sizeof (Strip));
  g_array_set_clear_func (self->strips, clear_strip);
  self->fades = g_array_new (FALSE, TRUE, sizeof (Fade));
  g_array_set_clear_func (self->fades, clear_fade);
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
  g_array_unref (self->strips);
  g_array_unref (self->fades);
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
  g_array_set_size (self->strips, 0);
  g_array_set_size (self->fades, 0);
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
  Fade fade = { .agent = agent, .face = face };

  if (self->fades->len >= MOST_FADES || !gtk_widget_get_mapped (self->widget) || !adw_get_enable_animations (self->widget))
    return;

  g_object_ref (fade.agent);
  gsk_render_node_ref (fade.face);
  g_array_append_val (self->fades, fade);
}

/**
 * td_map_canvas_is_fading:
 * @self: a canvas
 *
 * Returns: whether a tile fades, so that there is something to draw in the next frame
 */
gboolean
td_map_canvas_is_fading (TdMapCanvas *self)
{
  return self->fades->len > 0;
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

/* Draws a row of tiles, but for the times, unless it looks as before. */
static GskRenderNode *
get_row (TdMapCanvas     *self,
         const TdMapZone *zone,
         guint            index,
         guint            row)
{
  Drawing  *drawing = g_ptr_array_index (self->drawings, index);
  guint     n_columns = td_map_layout_get_n_columns (self->layout, index);
  guint     first = row * n_columns;
  guint     end = MIN (first + n_columns, zone->people->len);
  guint64  *serials;
  gboolean  same = TRUE;
  TdMapRect rect;

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
    return g_ptr_array_index (drawing->rows, row);

  td_map_layout_get_tile (self->layout, index, first, &rect);
  for (guint i = first; i < end; i++)
    get_face (self, g_ptr_array_index (zone->people, i), &rect);
  clear_node (g_ptr_array_index (drawing->rows, row));
  g_ptr_array_index (drawing->rows, row) =
    td_map_row_new (self->widget, (TdMapPerson *const *)(zone->people->pdata + first), end - first, &rect,
                    rect.width + td_map_layout_get_gap (self->layout));

  return g_ptr_array_index (drawing->rows, row);
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
draw_head (TdMapCanvas     *self,
           GtkSnapshot     *snapshot,
           const TdMapZone *zone,
           guint            index,
           const TdMapRect *rect)
{
  Drawing    *drawing = g_ptr_array_index (self->drawings, index);
  guint64     look = get_look (zone);
  TdAgentNeed mark = td_map_header_get_mark (zone);

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
                                          td_map_header_create (self->painter, zone, rect->width,
                                                                td_map_layout_get_header_height (self->layout), self->scale));
      drawing->look = look;
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)rect->x, (float)rect->y));
  gtk_snapshot_append_node (snapshot, drawing->ground);
  if (drawing->head != NULL)
    gtk_snapshot_append_node (snapshot, drawing->head);
  gtk_snapshot_restore (snapshot);
}

static guint
get_n_rows (TdMapCanvas     *self,
            const TdMapZone *zone,
            guint            index)
{
  guint n_columns = td_map_layout_get_n_columns (self->layout, index);

  return (zone->people->len + n_columns - 1) / n_columns;
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
draw_tiles (TdMapCanvas     *self,
            GtkSnapshot     *snapshot,
            const TdMapZone *zone,
            guint            index)
{
  guint n_rows = get_n_rows (self, zone, index);

  for (guint row = 0; row < n_rows; row++)
    {
      GskRenderNode *node = is_seen (self, index, row, row + 1) ? get_row (self, zone, index, row) : NULL;

      if (node != NULL)
        gtk_snapshot_append_node (snapshot, node);
    }
}

static void
write_times (TdMapCanvas     *self,
             GtkSnapshot     *snapshot,
             const TdMapZone *zone,
             guint            index,
             guint            first,
             guint            end)
{
  guint n_columns = td_map_layout_get_n_columns (self->layout, index);

  for (guint i = first * n_columns; i < MIN (end * n_columns, zone->people->len); i++)
    {
      const TdMapPerson *person = g_ptr_array_index (zone->people, i);
      TdMapRect          rect;

      /* How long somebody is away says nothing; the shift does. */
      if (person->state == TD_AGENT_STATE_OFFLINE)
        continue;
      td_map_layout_get_tile (self->layout, index, i, &rect);
      td_map_painter_write_time (self->painter, snapshot, td_map_layout_get_detail (self->layout), &rect,
                                 person->seconds, person->inexact, person->verdict.need, person->is_dimmed);
    }
}

/* Draws the times of some rows of the zones from @first_zone on, which stand
 * beside each other, unless it is the same moment. */
static GskRenderNode *
get_strip (TdMapCanvas *self,
           GPtrArray   *zones,
           guint        first_zone,
           guint        end_zone,
           guint        first,
           guint        end,
           guint        strip)
{
  Strip    *at;
  TdMapRect upper, zone;
  int       height, band_top, band_bottom;
  g_autoptr (GtkSnapshot) snapshot = NULL;

  if (self->strips->len <= strip)
    g_array_set_size (self->strips, strip + 1);
  at = &g_array_index (self->strips, Strip, strip);
  if (at->moment == self->moment)
    return at->node;

  /* A clip that is another each time: it is all one changed rectangle, however
   * many colours of text are in it. */
  td_map_layout_get_zone (self->layout, end_zone - 1, &zone);
  td_map_layout_get_tile (self->layout, first_zone, 0, &upper);
  height = upper.height + td_map_layout_get_gap (self->layout);
  td_map_painter_get_time_band (self->painter, td_map_layout_get_detail (self->layout), upper.height, &band_top, &band_bottom);
  snapshot = gtk_snapshot_new ();
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, (float)(upper.y + (int)first * height + band_top),
                                                         (float)(zone.x + zone.width + (int)(self->moment % 2)),
                                                         (float)((int)(end - 1 - first) * height + band_bottom - band_top)));
  for (guint i = first_zone; i < end_zone; i++)
    write_times (self, snapshot, g_ptr_array_index (zones, i), i, first, end);
  td_map_painter_draw_times (self->painter, snapshot, td_map_layout_get_detail (self->layout));
  gtk_snapshot_pop (snapshot);

  clear_strip (at);
  at->node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  at->moment = self->moment;

  return at->node;
}

static void
draw_times (TdMapCanvas *self,
            GtkSnapshot *snapshot,
            GPtrArray   *zones)
{
  guint n_strips = 0;

  for (guint first = 0, end; first < zones->len; first = end)
    {
      guint     n_rows = 0, rows_of_strip;
      TdMapRect rect, next, tile;
      int       height;

      td_map_layout_get_zone (self->layout, first, &rect);
      for (end = first; end < zones->len; end++)
        {
          td_map_layout_get_zone (self->layout, end, &next);
          if (next.y != rect.y)
            break;
          n_rows = MAX (n_rows, get_n_rows (self, g_ptr_array_index (zones, end), end));
        }

      td_map_layout_get_tile (self->layout, first, 0, &tile);
      height = tile.height + td_map_layout_get_gap (self->layout);
      rows_of_strip = 1 + (guint)((self->bottom - self->top) / height / MAX_STRIPS);
      for (guint row = 0; row < n_rows; row += rows_of_strip, n_strips++)
        {
          guint          last = MIN (row + rows_of_strip, n_rows);
          gboolean       seen = tile.y + (int)row * height < self->bottom && tile.y + (int)last * height > self->top;
          GskRenderNode *node = seen ? get_strip (self, zones, first, end, row, last, n_strips) : NULL;

          if (node != NULL)
            gtk_snapshot_append_node (snapshot, node);
        }
    }
}

static void
draw_fade (TdMapCanvas *self,
           GtkSnapshot *snapshot,
           GPtrArray   *zones,
           const Fade  *fade,
           double       opacity)
{
  for (guint i = 0; i < zones->len; i++)
    {
      const TdMapZone *zone = g_ptr_array_index (zones, i);

      for (guint k = 0; k < zone->people->len; k++)
        {
          TdMapRect rect;

          if (((TdMapPerson *)g_ptr_array_index (zone->people, k))->agent != fade->agent)
            continue;
          td_map_layout_get_tile (self->layout, i, k, &rect);
          gtk_snapshot_save (snapshot);
          gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)rect.x, (float)rect.y));
          gtk_snapshot_push_opacity (snapshot, opacity);
          gtk_snapshot_append_node (snapshot, fade->face);
          gtk_snapshot_pop (snapshot);
          gtk_snapshot_restore (snapshot);
        }
    }
}

static void
draw_fades (TdMapCanvas *self,
            GtkSnapshot *snapshot,
            GPtrArray   *zones)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->widget);
  gint64         now = clock != NULL ? gdk_frame_clock_get_frame_time (clock) : 0;

  for (guint i = self->fades->len; i > 0; i--)
    {
      Fade *fade = &g_array_index (self->fades, Fade, i - 1);

      if (fade->began_at == 0)
        fade->began_at = now;
      if (clock == NULL || now - fade->began_at >= FADE_US)
        g_array_remove_index_fast (self->fades, i - 1);
      else
        draw_fade (self, snapshot, zones, fade, 1 - (double)(now - fade->began_at) / FADE_US);
    }
}

static void
draw_squares (TdMapCanvas     *self,
              GtkSnapshot     *snapshot,
              const TdMapZone *zone,
              guint            index)
{
  Drawing *drawing = g_ptr_array_index (self->drawings, index);
  guint    n_columns = td_map_layout_get_n_columns (self->layout, index);
  guint    n_rows = get_n_rows (self, zone, index);
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
  gboolean is_square = td_map_layout_get_detail (layout) == TD_MAP_DETAIL_SQUARE;

  g_return_if_fail (td_map_layout_get_n_zones (layout) == zones->len);

  self->centre = centre;
  self->layout = layout;
  self->moment = moment;
  self->top = top;
  self->bottom = top + height;

  if (self->drawings->len != zones->len)
    {
      g_ptr_array_set_size (self->drawings, 0);
      for (guint i = 0; i < zones->len; i++)
        g_ptr_array_add (self->drawings, create_drawing ());
      g_array_set_size (self->strips, 0);
      if (is_square && zones->len > 0)
        {
          TdMapRect tile;

          td_map_layout_get_tile (layout, 0, 0, &tile);
          td_map_stamps_reset (self->stamps, tile.width, td_map_layout_get_gap (layout),
                               gtk_widget_get_scale_factor (self->widget));
        }
    }

  for (guint i = 0; i < zones->len; i++)
    {
      const TdMapZone *zone = g_ptr_array_index (zones, i);
      TdMapRect        rect;

      td_map_layout_get_zone (layout, i, &rect);
      if (rect.y >= self->bottom || rect.y + rect.height <= top)
        continue;

      draw_head (self, snapshot, zone, i, &rect);
      if (is_square)
        draw_squares (self, snapshot, zone, i);
      else
        draw_tiles (self, snapshot, zone, i);
    }
  if (is_square)
    g_array_set_size (self->fades, 0);
  else
    {
      draw_fades (self, snapshot, zones);
      if (td_map_layout_get_detail (layout) < TD_MAP_DETAIL_NARROW)
        draw_times (self, snapshot, zones);
    }
}
