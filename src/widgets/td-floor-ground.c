/* td-floor-ground.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-ground.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>

#include "td-floor-layout.h"

#define PLATE_CELLS 1.7 /* from the edge of a seat to the middle of its name */
#define WALL_CELLS 0.3
#define MAX_UNDERLAY_BYTES (4 * 1024 * 1024)
#define MAX_UNDERLAY_PIXELS 4096

typedef struct
{
  TdMapPainter          *painter;
  GtkSnapshot           *snapshot;
  const TdFloorPlanInfo *plan;
  double                 cell;
  double                 text;
} Ground;

/**
 * td_floor_ground_append_text:
 * @painter: whose colours and fonts; its scale is 1
 * @snapshot: where to draw
 * @text: a text
 * @x: left edge, pixels
 * @y: upper edge, pixels
 * @size: of the font, pixels
 * @bold: whether it is bold
 * @width: where it is cut, pixels, or -1
 * @colour: name of a colour
 */
void
td_floor_ground_append_text (TdMapPainter *painter,
                             GtkSnapshot  *snapshot,
                             const char   *text,
                             double        x,
                             double        y,
                             double        size,
                             gboolean      bold,
                             int           width,
                             const char   *colour)
{
  g_autoptr (PangoLayout) layout = td_map_painter_create_text (painter, text, size, bold, width);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)round (x), (float)round (y)));
  gtk_snapshot_append_layout (snapshot, layout, td_map_painter_get_colour (painter, colour));
  gtk_snapshot_restore (snapshot);
}

/**
 * td_floor_ground_append_outline:
 * @painter: whose colours
 * @snapshot: where to draw
 * @rect: what the line goes around, inside
 * @radius: of the corners, pixels
 * @line: how thick it is, pixels
 * @colour: name of a colour
 */
void
td_floor_ground_append_outline (TdMapPainter          *painter,
                                GtkSnapshot           *snapshot,
                                const graphene_rect_t *rect,
                                double                 radius,
                                double                 line,
                                const char            *colour)
{
  const GdkRGBA *rgba = td_map_painter_get_colour (painter, colour);
  float          widths[4] = { (float)line, (float)line, (float)line, (float)line };
  GdkRGBA        colours[4] = { *rgba, *rgba, *rgba, *rgba };
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, rect, (float)radius);
  gtk_snapshot_append_border (snapshot, &rounded, widths, colours);
}

static void
append_block (Ground                *ground,
              const graphene_rect_t *rect,
              double                 radius,
              const char            *colour)
{
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, rect, (float)radius);
  gtk_snapshot_push_rounded_clip (ground->snapshot, &rounded);
  gtk_snapshot_append_color (ground->snapshot, td_map_painter_get_colour (ground->painter, colour), rect);
  gtk_snapshot_pop (ground->snapshot);
}

static void
append_room (Ground                *ground,
             const TdFloorItemInfo *room)
{
  double          cell = ground->cell;
  graphene_rect_t rect = GRAPHENE_RECT_INIT ((float)(room->x * cell), (float)(room->y * cell),
                                             (float)(room->width * cell), (float)(room->height * cell));
  const char     *colour = room->use == TD_FLOOR_USE_SLEEP ? "td_floor_sleep" : "td_floor_room";

  if (room->n_points > 0)
    {
      cairo_t *cr = gtk_snapshot_append_cairo (ground->snapshot, &rect);

      for (guint i = 0; i < room->n_points; i++)
        cairo_line_to (cr, (room->x + room->points[i].x) * cell, (room->y + room->points[i].y) * cell);
      gdk_cairo_set_source_rgba (cr, td_map_painter_get_colour (ground->painter, colour));
      cairo_fill (cr);
      cairo_destroy (cr);
    }
  else
    gtk_snapshot_append_color (ground->snapshot, td_map_painter_get_colour (ground->painter, colour), &rect);
}

/* After the underlay, which must not hide it. */
static void
append_title (Ground                *ground,
              const TdFloorItemInfo *room)
{
  double margin = ground->text * 0.7;

  if (room->name != NULL)
    td_floor_ground_append_text (ground->painter, ground->snapshot, room->name,
                                 room->x * ground->cell + margin, room->y * ground->cell + margin * 0.8, ground->text, TRUE,
                                 (int)(room->width * ground->cell - 2 * margin), "td_text");
}

static void
append_walls (Ground      *ground,
              TdFloorPlan *plan)
{
  double   half = MAX (1.0, ground->cell * WALL_CELLS / 2);
  cairo_t *cr = gtk_snapshot_append_cairo (ground->snapshot,
                                           &GRAPHENE_RECT_INIT (-(float)half, -(float)half,
                                                                (float)(ground->plan->width * ground->cell + 2 * half),
                                                                (float)(ground->plan->height * ground->cell + 2 * half)));

  gdk_cairo_set_source_rgba (cr, td_map_painter_get_colour (ground->painter, "td_floor_wall"));
  cairo_set_line_width (cr, 2 * half);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_SQUARE);
  for (guint i = 0; i < td_floor_plan_get_n_items (plan); i++)
    {
      const TdFloorItemInfo *wall = td_floor_item_get_info (td_floor_plan_get_item (plan, i));

      if (wall->kind != TD_FLOOR_WALL)
        continue;
      cairo_move_to (cr, wall->x * ground->cell, wall->y * ground->cell);
      cairo_rel_line_to (cr, wall->width * ground->cell, wall->height * ground->cell);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* A desk, and a line along the side away from who sits there. */
static void
append_desk (Ground                *ground,
             const TdFloorItemInfo *desk)
{
  double          cell = ground->cell;
  double          line = MAX (1, cell * 0.15);
  TdFloorRect     bounds;
  graphene_rect_t rect, back;

  td_floor_item_info_get_bounds (desk, ground->plan->seat_width, ground->plan->seat_height, &bounds);
  rect = back = GRAPHENE_RECT_INIT ((float)(bounds.x * cell), (float)(bounds.y * cell),
                                    (float)(bounds.width * cell), (float)(bounds.height * cell));
  append_block (ground, &rect, cell * 0.4, "td_floor_desk");

  if (desk->rotation % 2 == 0)
    back.size.height = (float)line;
  else
    back.size.width = (float)line;
  if (desk->rotation == 2)
    back.origin.y += rect.size.height - (float)line;
  else if (desk->rotation == 1)
    back.origin.x += rect.size.width - (float)line;
  gtk_snapshot_append_color (ground->snapshot, td_map_painter_get_colour (ground->painter, "td_floor_plate"), &back);

  if (desk->name != NULL)
    {
      g_autoptr (PangoLayout) layout = td_map_painter_create_text (ground->painter, desk->name, ground->text * 0.9, FALSE,
                                                                   (int)rect.size.width - 4);
      int height;

      pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
      pango_layout_get_pixel_size (layout, NULL, &height);
      gtk_snapshot_save (ground->snapshot);
      gtk_snapshot_translate (ground->snapshot,
                              &GRAPHENE_POINT_INIT (rect.origin.x + 2, roundf (rect.origin.y + (rect.size.height - (float)height) / 2)));
      gtk_snapshot_append_layout (ground->snapshot, layout, td_map_painter_get_colour (ground->painter, "td_text"));
      gtk_snapshot_restore (ground->snapshot);
    }
}

/* The name of a seat, on what is before it. */
static void
append_plate (Ground                *ground,
              const TdFloorItemInfo *seat)
{
  static const int dx[] = { 0, 1, 0, -1 };
  static const int dy[] = { -1, 0, 1, 0 };
  double           cell = ground->cell;
  double           x = (seat->x + ground->plan->seat_width / 2.0 + dx[seat->rotation] * (ground->plan->seat_width / 2.0 + PLATE_CELLS)) * cell;
  double           y = (seat->y + ground->plan->seat_height / 2.0 + dy[seat->rotation] * (ground->plan->seat_height / 2.0 + PLATE_CELLS)) * cell;
  double           size = ground->text * 0.8;
  g_autoptr (PangoLayout) layout = NULL;
  graphene_rect_t rect;
  int             width, height;

  if (seat->name == NULL || ground->plan->seat_width * cell < 24)
    return;

  layout = td_map_painter_create_text (ground->painter, seat->name, size, FALSE, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  rect = GRAPHENE_RECT_INIT ((float)round (x - width / 2.0 - size * 0.5), (float)round (y - height / 2.0),
                             (float)(width + round (size)), (float)height);
  append_block (ground, &rect, size * 0.25, "td_floor_plate");
  gtk_snapshot_save (ground->snapshot);
  gtk_snapshot_translate (ground->snapshot, &GRAPHENE_POINT_INIT ((float)round (x - width / 2.0), rect.origin.y));
  gtk_snapshot_append_layout (ground->snapshot, layout, td_map_painter_get_colour (ground->painter, "td_text"));
  gtk_snapshot_restore (ground->snapshot);
}

/**
 * td_floor_ground_create:
 * @painter: whose colours and fonts; its scale is 1
 * @plan: a plan
 * @underlay: (nullable): what lies under it
 * @cell: the side of a cell, pixels
 *
 * Returns: (transfer full) (nullable): the drawing
 */
GskRenderNode *
td_floor_ground_create (TdMapPainter *painter,
                        TdFloorPlan  *plan,
                        GdkTexture   *underlay,
                        double        cell)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  Ground ground = { painter, snapshot, td_floor_plan_get_info (plan), cell, td_floor_layout_get_text_size (cell) };
  guint  n_rooms = td_floor_plan_count (plan, TD_FLOOR_ROOM);

  for (guint i = 0; i < n_rooms; i++)
    append_room (&ground, td_floor_item_get_info (td_floor_plan_get_item (plan, i)));
  if (underlay != NULL)
    gtk_snapshot_append_texture (snapshot, underlay,
                                 &GRAPHENE_RECT_INIT (0, 0, (float)(ground.plan->width * cell), (float)(ground.plan->height * cell)));
  append_walls (&ground, plan);

  for (guint i = 0; i < td_floor_plan_get_n_items (plan); i++)
    {
      const TdFloorItemInfo *item = td_floor_item_get_info (td_floor_plan_get_item (plan, i));

      switch (item->kind)
        {
        case TD_FLOOR_ROOM:
          append_title (&ground, item);
          break;

        case TD_FLOOR_DESK:
          append_desk (&ground, item);
          break;

        case TD_FLOOR_SEAT:
          append_plate (&ground, item);
          break;

        case TD_FLOOR_LABEL:
          if (item->name != NULL)
            td_floor_ground_append_text (painter, snapshot, item->name, item->x * cell, item->y * cell, ground.text * 0.85, FALSE,
                                         (int)((ground.plan->width - item->x) * cell), "td_secondary");
          break;

        case TD_FLOOR_WALL:
        case TD_N_FLOOR_KINDS:
        default:
          break;
        }
    }

  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

/**
 * td_floor_underlay_load:
 * @plan_path: the plan's file
 * @underlay: the path of the picture, relative to it
 * @width: how wide it will be drawn, pixels
 * @height: how high it will be drawn, pixels
 * @error: return location
 *
 * Reads a picture as large as it will be drawn, so that it is sharp.
 *
 * Returns: (transfer full) (nullable): the picture
 */
GdkTexture *
td_floor_underlay_load (const char *plan_path,
                        const char *underlay,
                        int         width,
                        int         height,
                        GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (plan_path);
  g_autofree char *path = g_build_filename (folder, underlay, NULL);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  double   shrink = MAX (1.0, MAX (width, height) / (double)MAX_UNDERLAY_PIXELS);
  GStatBuf status;

  if (g_stat (path, &status) == 0 && (!S_ISREG (status.st_mode) || status.st_size > MAX_UNDERLAY_BYTES))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s: no file of at most %d MiB"), path,
                   MAX_UNDERLAY_BYTES / (1024 * 1024));
      return NULL;
    }

  pixbuf = gdk_pixbuf_new_from_file_at_scale (path, MAX (1, (int)(width / shrink)), MAX (1, (int)(height / shrink)), FALSE, error);
  if (pixbuf == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  return gdk_texture_new_for_pixbuf (pixbuf);
}
