/* td-map-times.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-times.h"

/* GTK gives up telling changed rectangles apart at 30 of them, and draws the
 * whole. The times change every second, so they make no more strips than this. */
#define MAX_STRIPS 22

/* The times of a row of tiles, or of some rows, across all zones beside each other. */
typedef struct
{
  guint64        moment;
  GskRenderNode *node; /* (owned) (nullable) */
} Strip;

struct _TdMapTimes
{
  TdMapPainter *painter; /* (unowned) */
  GArray       *strips;  /* (owned) (element-type Strip) */

  /* While it draws. */
  GPtrArray         *zones;
  const TdMapLayout *layout;
  guint64            moment;
};

static void
clear_strip (gpointer data)
{
  g_clear_pointer (&((Strip *)data)->node, gsk_render_node_unref);
}

/**
 * td_map_times_new:
 * @painter: who writes them; it must outlive the times
 *
 * Returns: (transfer full): times, none of them drawn
 */
TdMapTimes *
td_map_times_new (TdMapPainter *painter)
{
  TdMapTimes *self = g_new0 (TdMapTimes, 1);

  self->painter = painter;
  self->strips = g_array_new (FALSE, TRUE, sizeof (Strip));
  g_array_set_clear_func (self->strips, clear_strip);

  return self;
}

/**
 * td_map_times_free:
 * @self: (transfer full): times
 */
void
td_map_times_free (TdMapTimes *self)
{
  g_array_unref (self->strips);
  g_free (self);
}

/**
 * td_map_times_forget:
 * @self: times
 *
 * Forgets what was drawn: tiles are elsewhere, or look otherwise.
 */
void
td_map_times_forget (TdMapTimes *self)
{
  g_array_set_size (self->strips, 0);
}

static void
write_times (TdMapTimes      *self,
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
get_strip (TdMapTimes *self,
           guint       first_zone,
           guint       end_zone,
           guint       first,
           guint       end,
           guint       strip)
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
    write_times (self, snapshot, g_ptr_array_index (self->zones, i), i, first, end);
  td_map_painter_draw_times (self->painter, snapshot, td_map_layout_get_detail (self->layout));
  gtk_snapshot_pop (snapshot);

  clear_strip (at);
  at->node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  at->moment = self->moment;

  return at->node;
}

/**
 * td_map_times_draw:
 * @self: times
 * @snapshot: where to draw, the top left corner of the whole map at the origin
 * @zones: (element-type TdMapZone): of whom
 * @layout: where they stand, in tiles that have times
 * @moment: another number whenever anything may look otherwise
 * @top: where what is seen begins, pixels
 * @bottom: and where it ends
 */
void
td_map_times_draw (TdMapTimes        *self,
                   GtkSnapshot       *snapshot,
                   GPtrArray         *zones,
                   const TdMapLayout *layout,
                   guint64            moment,
                   int                top,
                   int                bottom)
{
  guint n_strips = 0;

  self->zones = zones;
  self->layout = layout;
  self->moment = moment;

  for (guint first = 0, end; first < self->zones->len; first = end)
    {
      guint     n_rows = 0, rows_of_strip;
      TdMapRect rect, next, tile;
      int       height;

      td_map_layout_get_zone (layout, first, &rect);
      for (end = first; end < self->zones->len; end++)
        {
          td_map_layout_get_zone (layout, end, &next);
          if (next.y != rect.y)
            break;
          n_rows = MAX (n_rows, td_map_layout_get_n_rows (layout, end));
        }

      td_map_layout_get_tile (layout, first, 0, &tile);
      height = tile.height + td_map_layout_get_gap (layout);
      rows_of_strip = 1 + (guint)((bottom - top) / height / MAX_STRIPS);
      for (guint row = 0; row < n_rows; row += rows_of_strip, n_strips++)
        {
          guint          last = MIN (row + rows_of_strip, n_rows);
          gboolean       seen = tile.y + (int)row * height < bottom && tile.y + (int)last * height > top;
          GskRenderNode *node = seen ? get_strip (self, first, end, row, last, n_strips) : NULL;

          if (node != NULL)
            gtk_snapshot_append_node (snapshot, node);
        }
    }
}
