/* td-map-header.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-header.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-map-words.h"
#include "td-palette.h"
#include "td-state-shape.h"

#define TITLE_SIZE 14
#define THIN_TITLE_SIZE 12.5
#define SHAPE 11
#define MARGIN 10
#define BAR_HEIGHT 4
#define RADIUS 10

/* A zone is marked when so many of its people need somebody: one alone shows
 * by the tile. */
#define MARK_LEAST 3
#define MARK_PART 20 /* one in so many */

static const TdAgentState order[] = {
  TD_AGENT_STATE_UNREACHABLE, TD_AGENT_STATE_RINGING, TD_AGENT_STATE_ON_CALL, TD_AGENT_STATE_WRAP_UP,
  TD_AGENT_STATE_PAUSED, TD_AGENT_STATE_AVAILABLE, TD_AGENT_STATE_OFFLINE
};

static char *
dup_serving (const TdMapZone *zone,
             gboolean         is_short)
{
  g_autofree char *serving = td_format_count (zone->tally.serving);
  g_autofree char *total = td_format_count (zone->tally.total);

  if (is_short)
    return g_strdup_printf ("%s / %s", serving, total);

  /* Translators: agents who serve, of all agents of a place or a team: "24 serving / 38". */
  return g_strdup_printf (_ ("%s serving / %s"), serving, total);
}

static int
get_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/**
 * td_map_header_get_min_width:
 * @painter: the painter of the map
 * @zone: a zone
 * @scale: of the map
 *
 * Returns: the width in pixels that the least telling header asks for
 */
int
td_map_header_get_min_width (TdMapPainter    *painter,
                             const TdMapZone *zone,
                             double           scale)
{
  g_autofree char *serving = dup_serving (zone, TRUE);
  g_autoptr (PangoLayout) title = td_map_painter_create_text (painter, zone->title, THIN_TITLE_SIZE, TRUE, -1);
  g_autoptr (PangoLayout) number = td_map_painter_create_text (painter, serving, THIN_TITLE_SIZE, FALSE, -1);

  /* A long name is cut rather than a map made small. */
  return (int)(MIN (get_width (title), 130 * scale) + get_width (number) + 3 * MARGIN * scale);
}

static void
append (TdMapPainter *painter,
        GtkSnapshot  *snapshot,
        PangoLayout  *layout,
        double        x,
        double        middle,
        const char   *colour)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (round (x), round (middle - height / 2.0)));
  gtk_snapshot_append_layout (snapshot, layout, td_map_painter_get_colour (painter, colour));
  gtk_snapshot_restore (snapshot);
}

static void
append_bar (TdMapPainter    *painter,
            GtkSnapshot     *snapshot,
            const TdMapZone *zone,
            double           x,
            double           y,
            double           width,
            double           height)
{
  for (guint i = 0; i < G_N_ELEMENTS (order) && zone->tally.total > 0; i++)
    {
      double part = width * zone->tally.by_state[order[i]] / zone->tally.total;

      if (part <= 0)
        continue;
      if (order[i] != TD_AGENT_STATE_OFFLINE)
        gtk_snapshot_append_color (snapshot, td_map_painter_get_colour (painter, td_palette_state_colour (order[i])),
                                   &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)part, (float)height));
      else
        gtk_snapshot_append_color (snapshot, td_map_painter_get_colour (painter, "td_hairline"),
                                   &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)part, (float)height));
      x += part;
    }
}

/* How much of the counts is told; each is shorter than the one before. */
typedef struct
{
  gboolean         has_long_total;
  gboolean         named;
  TdMapOverdueForm overdue;
  gboolean         is_tight;
  gboolean         has_offline; /* the total tells of them too */
} Form;

static const Form forms[] = {
  { TRUE, TRUE, TD_MAP_OVERDUE_LIMIT, FALSE, TRUE },
  { FALSE, TRUE, TD_MAP_OVERDUE_LIMIT, FALSE, TRUE },
  { TRUE, FALSE, TD_MAP_OVERDUE_LIMIT, FALSE, TRUE },
  { FALSE, FALSE, TD_MAP_OVERDUE_LIMIT, FALSE, TRUE },
  { FALSE, FALSE, TD_MAP_OVERDUE_LIMIT, TRUE, FALSE },
  { FALSE, FALSE, TD_MAP_OVERDUE_COUNT, TRUE, FALSE },
  { FALSE, FALSE, TD_MAP_OVERDUE_NONE, TRUE, FALSE },
};

/* Draws shapes with numbers that end at @right, unless there is no room for
 * them between @left and @right. */
static gboolean
append_counts (TdMapPainter    *painter,
               GtkSnapshot     *snapshot,
               const TdMapZone *zone,
               const Form      *form,
               double           size,
               double           left,
               double           right,
               double           middle,
               double           scale)
{
  PangoLayout *layouts[G_N_ELEMENTS (order)] = { NULL };
  double       shape = round (SHAPE * scale);
  double       between = (form->is_tight ? 8 : 12) * scale;
  double       beside = (form->is_tight ? 3 : 5) * scale;
  double       width = -between, x;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autofree char *text = td_map_words_dup_count (zone, order[i], form->named, form->overdue);

      if (text == NULL || (order[i] == TD_AGENT_STATE_OFFLINE && !form->has_offline))
        continue;
      layouts[i] = td_map_painter_create_text (painter, text, size, TRUE, -1);
      width += shape + beside + get_width (layouts[i]) + between;
    }
  x = right - width;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autoptr (PangoLayout) layout = layouts[i];
      double at = x;

      if (layout == NULL || right - width < left)
        continue;
      td_state_shape_draw (snapshot, order[i], round (at), round (middle - shape / 2), shape,
                           td_map_painter_get_colour (painter, td_palette_state_colour (order[i])));
      at += shape + beside;
      append (painter, snapshot, layout, at, middle, form->overdue != TD_MAP_OVERDUE_NONE && zone->overdue[order[i]].n > 0 ? "td_amber_text" : "td_text");
      x = at + get_width (layout) + between;
    }

  return right - width >= left;
}

/**
 * td_map_header_get_mark:
 * @zone: a zone, counted
 *
 * Returns: how the whole zone is marked: one alone who needs somebody shows by
 *   the tile
 */
TdAgentNeed
td_map_header_get_mark (const TdMapZone *zone)
{
  guint limit = MAX (MARK_LEAST, zone->tally.total / MARK_PART);

  if (zone->n_person >= limit)
    return TD_AGENT_NEED_PERSON;

  return zone->n_look >= 2 * limit ? TD_AGENT_NEED_LOOK : TD_AGENT_NEED_NONE;
}

/**
 * td_map_header_get_edge:
 * @scale: of the map
 *
 * Returns: how wide the edge of a zone's ground is, pixels: between its edges
 *   it is of one colour
 */
int
td_map_header_get_edge (double scale)
{
  return (int)ceil (RADIUS * scale);
}

/**
 * td_map_header_create_ground:
 * @painter: the painter of the map
 * @zone: a zone, counted
 * @rect: the whole zone; only its size counts
 * @scale: of the map
 *
 * Returns: (transfer full): the ground of the zone, its top left corner at the origin
 */
GskRenderNode *
td_map_header_create_ground (TdMapPainter    *painter,
                             const TdMapZone *zone,
                             const TdMapRect *rect,
                             double           scale)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  TdAgentNeed     mark = td_map_header_get_mark (zone);
  const char     *line = mark == TD_AGENT_NEED_PERSON ? "td_red" : mark == TD_AGENT_NEED_LOOK ? "td_amber"
                                                                                              : "td_hairline";
  float           stroke = mark != TD_AGENT_NEED_NONE ? (float)MAX (round (1.5 * scale), 1) : 1;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float)rect->width, (float)rect->height);
  GskRoundedRect  rounded;
  const GdkRGBA  *colour;

  gsk_rounded_rect_init_from_rect (&rounded, &bounds, (float)(RADIUS * scale));
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, td_map_painter_get_colour (painter, "td_card"), &bounds);
  gtk_snapshot_pop (snapshot);
  colour = td_map_painter_get_colour (painter, line);
  gtk_snapshot_append_border (snapshot, &rounded, (float[4]){ stroke, stroke, stroke, stroke },
                              (GdkRGBA[4]){ *colour, *colour, *colour, *colour });

  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

/**
 * td_map_header_create:
 * @painter: the painter of the map
 * @zone: a zone, counted
 * @width: of the zone in pixels
 * @height: of the header in pixels
 * @scale: of the map
 *
 * Returns: (transfer full): the head of the zone, the top left corner of the
 *   zone at the origin
 */
GskRenderNode *
td_map_header_create (TdMapPainter    *painter,
                      const TdMapZone *zone,
                      int              width,
                      int              height,
                      double           scale)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  gboolean         is_thin = height < 28 * scale;
  double           margin = round ((is_thin ? MARGIN / 2.0 + 1 : MARGIN) * scale);
  double           size = is_thin ? THIN_TITLE_SIZE : TITLE_SIZE;
  double           middle = round (height / 2.0);
  double           left = margin, right = width - margin;
  g_autofree char *long_text = dup_serving (zone, FALSE);
  g_autofree char *short_text = dup_serving (zone, TRUE);
  g_autoptr (PangoLayout) title = td_map_painter_create_text (painter, zone->title, size, TRUE, -1);
  g_autoptr (PangoLayout) number = td_map_painter_create_text (painter, long_text, size - 1, FALSE, -1);
  double   gap = round (10 * scale);
  gboolean has_counts = FALSE;

  /* As large as the head, whatever is in it: heads beside each other are one
   * changed rectangle then. */
  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0 }, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));

  /* As many words as there is room for. */
  for (guint i = 0; i < G_N_ELEMENTS (forms) && !has_counts; i++)
    {
      pango_layout_set_text (number, forms[i].has_long_total ? long_text : short_text, -1);
      has_counts = append_counts (painter, snapshot, zone, &forms[i], size - 1, left + get_width (title) + gap + get_width (number) + (forms[i].is_tight ? gap : 2 * gap),
                                  right, middle, scale);
    }
  if (!has_counts)
    {
      pango_layout_set_text (number, short_text, -1);
      if (is_thin)
        middle = round ((height - BAR_HEIGHT * scale) / 2);
      append (painter, snapshot, number, right - get_width (number), middle, "td_secondary");
      append_bar (painter, snapshot, zone, margin, height - round ((BAR_HEIGHT + 2) * scale), width - 2 * margin,
                  round (BAR_HEIGHT * scale));
      right -= get_width (number) + gap;
    }
  if (left + get_width (title) > right)
    {
      pango_layout_set_width (title, (int)MAX (right - left, 1) * PANGO_SCALE);
      pango_layout_set_ellipsize (title, PANGO_ELLIPSIZE_END);
    }
  append (painter, snapshot, title, left, middle, "td_text");
  if (has_counts)
    append (painter, snapshot, number, left + get_width (title) + gap, middle, "td_secondary");

  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}
