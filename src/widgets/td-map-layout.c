/* td-map-layout.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-layout.h"

/* Measures in pixels at a scale of 1. */
#define HEADER_HEIGHT 30
#define THIN_HEADER_HEIGHT 24
#define ZONE_PADDING 8
#define ZONE_GAP 8
#define TILE_GAP 6
#define NARROW_GAP 4
#define SQUARE_GAP 2
#define MAX_STRIPS 64

/* The sizes that a tile may have, large ones first: width and height change
 * from those of one row to those of the next in as many steps as there are
 * pixels in between. */
static const struct
{
  TdMapDetail detail;
  int         from_width;
  int         from_height;
  int         to_width;
  int         to_height;
} sizes[] = {
  { TD_MAP_DETAIL_CARD, 264, 116, 172, 92 },
  { TD_MAP_DETAIL_TILE, 170, 60, 112, 50 },
  { TD_MAP_DETAIL_CHIP, 110, 46, 50, 36 },
  { TD_MAP_DETAIL_NARROW, 48, 30, 34, 22 },
  { TD_MAP_DETAIL_SQUARE, 28, 28, 2, 2 },
};

/* What lies between two of them. */
static const int gaps[] = {
  [TD_MAP_DETAIL_CARD] = TILE_GAP,
  [TD_MAP_DETAIL_TILE] = TILE_GAP,
  [TD_MAP_DETAIL_CHIP] = TILE_GAP,
  [TD_MAP_DETAIL_NARROW] = NARROW_GAP,
  [TD_MAP_DETAIL_SQUARE] = SQUARE_GAP,
};

/* One size of all tiles, with what lies between them. */
typedef struct
{
  TdMapDetail detail;
  int         width;
  int         height;
  int         gap;
} Pitch;

typedef struct
{
  TdMapRect rect;
  guint     n_tiles;
  guint     n_columns;
} Zone;

struct _TdMapLayout
{
  Zone *zones; /* (owned) (array length=n_zones) */
  guint n_zones;
  Pitch pitch;
  int   width;
  int   height; /* of all strips */
  int   header;
  int   padding;
  int   zone_gap;
};

static int
scale_up (int    pixels,
          double scale)
{
  return MAX ((int)(pixels * scale + 0.5), 1);
}

static guint
count_sizes (double scale)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    n += scale_up (sizes[i].from_width, scale) - scale_up (sizes[i].to_width, scale) + 1;

  return n;
}

/* The @index'th size; 0 is the largest. */
static Pitch
get_pitch (guint  index,
           double scale)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      int   from = scale_up (sizes[i].from_width, scale);
      int   to = scale_up (sizes[i].to_width, scale);
      int   tall = scale_up (sizes[i].from_height, scale);
      int   low = scale_up (sizes[i].to_height, scale);
      guint n = (guint)(from - to) + 1;

      if (index < n)
        {
          int      width = from - (int)index;
          gboolean is_square = sizes[i].detail == TD_MAP_DETAIL_SQUARE;
          int      gap = scale_up (gaps[sizes[i].detail], scale);

          /* The least of squares stand closer, or there would be gaps alone. */
          if (is_square && width < 4 * gap)
            gap = width > 3 ? 1 : 0;

          return (Pitch){ sizes[i].detail, width, low + (tall - low) * (width - to) / MAX (from - to, 1), gap };
        }
      index -= n;
    }

  g_assert_not_reached ();
}

static int
get_zone_width (const TdMapLayout   *self,
                const TdMapZoneSpec *spec,
                guint                n_columns)
{
  int tiles = (int)n_columns * (self->pitch.width + self->pitch.gap) - self->pitch.gap + 2 * self->padding;

  return CLAMP (MAX (tiles, spec->min_width), 1, self->width);
}

static guint
get_max_columns (const TdMapLayout *self,
                 int                width)
{
  int n = (width - 2 * self->padding + self->pitch.gap) / (self->pitch.width + self->pitch.gap);

  return (guint)MAX (n, 1);
}

/* Fills strips of @n_rows rows of tiles, zone after zone.
 * Returns how many strips it takes, or 0 where a zone alone is too wide. */
static guint
fill_strips (TdMapLayout         *self,
             const TdMapZoneSpec *specs,
             guint                n_rows,
             guint                max_strips)
{
  guint max_columns = get_max_columns (self, self->width);
  guint n_strips = 1;
  int   used = 0;

  if (2 * self->padding + self->pitch.width > self->width)
    return 0;

  for (guint i = 0; i < self->n_zones; i++)
    {
      guint n_columns = MAX ((specs[i].n_tiles + n_rows - 1) / n_rows, 1);
      int   width;

      if (n_columns > max_columns)
        return 0;

      width = get_zone_width (self, &specs[i], n_columns);
      if (used > 0 && used + self->zone_gap + width > self->width)
        {
          n_strips++;
          used = 0;
          if (n_strips > max_strips)
            return 0;
        }
      used += (used > 0 ? self->zone_gap : 0) + width;
      self->zones[i].rect.width = width;
      /* The strip, until the place is known. */
      self->zones[i].rect.y = (int)n_strips - 1;
    }

  return n_strips;
}

/* The rows of tiles that a strip holds when @n_strips share the height. */
static guint
get_n_rows (const TdMapLayout *self,
            guint              n_strips,
            int                height)
{
  int strip = (height - ((int)n_strips - 1) * self->zone_gap) / (int)n_strips;
  int room = strip - self->header - self->padding + self->pitch.gap;

  return room < self->pitch.height + self->pitch.gap ? 0 : (guint)(room / (self->pitch.height + self->pitch.gap));
}

static void
set_pitch (TdMapLayout *self,
           Pitch        pitch,
           double       scale)
{
  gboolean is_square = pitch.detail == TD_MAP_DETAIL_SQUARE;

  self->pitch = pitch;
  self->header = scale_up (is_square ? THIN_HEADER_HEIGHT : HEADER_HEIGHT, scale);
  self->padding = scale_up (is_square ? ZONE_PADDING / 2 : ZONE_PADDING, scale);
}

/* Returns the number of strips with which the tiles of the present size fit
 * into @height, or 0. */
static guint
fit (TdMapLayout         *self,
     const TdMapZoneSpec *specs,
     int                  height)
{
  for (guint n_strips = 1; n_strips <= MIN (self->n_zones, MAX_STRIPS); n_strips++)
    {
      guint n_rows = get_n_rows (self, n_strips, height);
      guint n_used;

      if (n_rows == 0)
        return 0;
      n_used = fill_strips (self, specs, n_rows, n_strips);
      if (n_used > 0)
        return n_used;
    }

  return 0;
}

/* Widens the zones of each strip so that they fill it, and puts the tiles into
 * as few rows as they then need. */
static void
place (TdMapLayout *self,
       guint        n_strips,
       int          height)
{
  int spare_height;
  int y = 0;

  for (guint first = 0, end; first < self->n_zones; first = end)
    {
      int strip = self->zones[first].rect.y;
      int width = 0, weight = 0, spare, x = 0, tallest = 0;

      for (end = first; end < self->n_zones && self->zones[end].rect.y == strip; end++)
        {
          width += (end > first ? self->zone_gap : 0) + self->zones[end].rect.width;
          weight += self->zones[end].rect.width;
        }
      spare = MAX (self->width - width, 0);

      for (guint i = first; i < end; i++)
        {
          Zone *zone = &self->zones[i];
          int   share = weight > 0 ? (int)((gint64)spare * zone->rect.width / weight) : 0;
          guint n_rows;

          weight -= zone->rect.width;
          spare -= share;
          zone->rect.x = x;
          zone->rect.width += share;
          zone->n_columns = get_max_columns (self, zone->rect.width);
          n_rows = MAX ((zone->n_tiles + zone->n_columns - 1) / zone->n_columns, 1);
          zone->rect.height = self->header + (int)n_rows * (self->pitch.height + self->pitch.gap) - self->pitch.gap +
                              self->padding;
          tallest = MAX (tallest, zone->rect.height);
          x += zone->rect.width + self->zone_gap;
        }

      for (guint i = first; i < end; i++)
        {
          self->zones[i].rect.y = y;
          self->zones[i].rect.height = tallest;
        }
      y += tallest + self->zone_gap;
    }
  self->height = self->n_zones > 0 ? y - self->zone_gap : 0;

  /* What is left below is shared, so that the map ends where the page ends. */
  spare_height = height - self->height;
  if (spare_height <= 0 || n_strips == 0)
    return;

  y = 0;
  for (guint first = 0, end, strip = 0; first < self->n_zones; first = end, strip++)
    {
      int old_y = self->zones[first].rect.y;
      int share = spare_height / (int)(n_strips - strip);

      spare_height -= share;
      for (end = first; end < self->n_zones && self->zones[end].rect.y == old_y; end++)
        ;
      for (guint i = first; i < end; i++)
        {
          self->zones[i].rect.y = y;
          self->zones[i].rect.height += share;
        }
      y += self->zones[first].rect.height + self->zone_gap;
    }
  self->height = y - self->zone_gap;
}

/**
 * td_map_layout_new:
 * @zones: (array length=n_zones): what is to be laid out, in order
 * @n_zones: how many
 * @width: the room there is, pixels
 * @height: the room there is, pixels
 * @scale: how much larger than on a small desk everything is, 1 or more
 * @zoom: how much larger than what fits the tiles are to be, 1 or more
 *
 * Tries the sizes of a tile from large to small, and for each the number of
 * strips: the first that fits wins. With a zoom the tiles are larger than
 * that, and the map is as high as they need. Where nothing fits, the least
 * size is taken and the map is too high. A search over sizes and strips;
 * nothing is done for each tile.
 *
 * Returns: (transfer full): the layout
 */
TdMapLayout *
td_map_layout_new (const TdMapZoneSpec *zones,
                   guint                n_zones,
                   int                  width,
                   int                  height,
                   double               scale,
                   double               zoom)
{
  TdMapLayout *self = g_new0 (TdMapLayout, 1);
  guint        least = 0, most, n_strips;
  int          room = MAX (height, 1);

  g_return_val_if_fail (zones != NULL || n_zones == 0, self);

  scale = CLAMP (scale, 0.5, 8);
  most = count_sizes (scale) - 1;
  self->n_zones = n_zones;
  self->zones = g_new0 (Zone, n_zones + 1);
  self->width = MAX (width, 1);
  self->zone_gap = scale_up (ZONE_GAP, scale);
  for (guint i = 0; i < n_zones; i++)
    self->zones[i].n_tiles = zones[i].n_tiles;

  /* Halving: what fits in one size fits in every smaller one, but for a pixel
   * here and there that nobody misses. */
  while (least < most)
    {
      guint middle = (least + most) / 2;

      set_pitch (self, get_pitch (middle, scale), scale);
      if (fit (self, zones, room) > 0)
        most = middle;
      else
        least = middle + 1;
    }

  set_pitch (self, get_pitch (least, scale), scale);
  if (zoom > 1)
    {
      int wanted = (int)(self->pitch.width * zoom);

      while (least > 0 && get_pitch (least - 1, scale).width <= wanted)
        least--;
      set_pitch (self, get_pitch (least, scale), scale);
    }

  /* As high as it takes. */
  while ((n_strips = fit (self, zones, room)) == 0 && room < G_MAXINT / 2)
    {
      if (2 * self->padding + self->pitch.width > self->width && least < count_sizes (scale) - 1)
        set_pitch (self, get_pitch (++least, scale), scale);
      else if (2 * self->padding + self->pitch.width > self->width)
        break;
      else
        room += MAX (room / 16, self->pitch.height);
    }
  place (self, n_strips, room);

  return self;
}

/**
 * td_map_layout_free:
 * @self: (transfer full): a layout
 */
void
td_map_layout_free (TdMapLayout *self)
{
  g_free (self->zones);
  g_free (self);
}

/**
 * td_map_layout_get_n_zones:
 * @self: a layout
 *
 * Returns: how many zones were laid out
 */
guint
td_map_layout_get_n_zones (const TdMapLayout *self)
{
  return self->n_zones;
}

/**
 * td_map_layout_get_height:
 * @self: a layout
 *
 * Returns: the height of the whole in pixels, no more than what was given where everything fits
 */
int
td_map_layout_get_height (const TdMapLayout *self)
{
  return self->height;
}

/**
 * td_map_layout_get_detail:
 * @self: a layout
 *
 * Returns: how much there is room for in a tile
 */
TdMapDetail
td_map_layout_get_detail (const TdMapLayout *self)
{
  return self->pitch.detail;
}

/**
 * td_map_layout_get_header_height:
 * @self: a layout
 *
 * Returns: the height of a zone's header in pixels, at the top of its rectangle
 */
int
td_map_layout_get_header_height (const TdMapLayout *self)
{
  return self->header;
}

/**
 * td_map_layout_get_gap:
 * @self: a layout
 *
 * Returns: the pixels between one tile and the next
 */
int
td_map_layout_get_gap (const TdMapLayout *self)
{
  return self->pitch.gap;
}

/**
 * td_map_layout_get_zone:
 * @self: a layout
 * @zone: index of a zone
 * @rect: (out): where it lies, header included
 */
void
td_map_layout_get_zone (const TdMapLayout *self,
                        guint              zone,
                        TdMapRect         *rect)
{
  g_return_if_fail (zone < self->n_zones);

  *rect = self->zones[zone].rect;
}

/**
 * td_map_layout_get_n_columns:
 * @self: a layout
 * @zone: index of a zone
 *
 * Returns: how many tiles stand beside each other in it
 */
guint
td_map_layout_get_n_columns (const TdMapLayout *self,
                             guint              zone)
{
  g_return_val_if_fail (zone < self->n_zones, 1);

  return self->zones[zone].n_columns;
}

/**
 * td_map_layout_get_n_rows:
 * @self: a layout
 * @zone: index of a zone
 *
 * Returns: how many rows its tiles are in
 */
guint
td_map_layout_get_n_rows (const TdMapLayout *self,
                          guint              zone)
{
  g_return_val_if_fail (zone < self->n_zones, 0);

  return (self->zones[zone].n_tiles + self->zones[zone].n_columns - 1) / self->zones[zone].n_columns;
}

/**
 * td_map_layout_get_tile:
 * @self: a layout
 * @zone: index of a zone
 * @tile: index of a tile in it
 * @rect: (out): where it lies
 */
void
td_map_layout_get_tile (const TdMapLayout *self,
                        guint              zone,
                        guint              tile,
                        TdMapRect         *rect)
{
  const Zone *at;

  g_return_if_fail (zone < self->n_zones);

  at = &self->zones[zone];
  rect->x = at->rect.x + self->padding + (int)(tile % at->n_columns) * (self->pitch.width + self->pitch.gap);
  rect->y = at->rect.y + self->header + (int)(tile / at->n_columns) * (self->pitch.height + self->pitch.gap);
  rect->width = self->pitch.width;
  rect->height = self->pitch.height;
}

/**
 * td_map_layout_find:
 * @self: a layout
 * @x: pixels from the left
 * @y: pixels from the top
 * @zone: (out): the zone there
 * @tile: (out): the tile there, or %G_MAXUINT between tiles and on the header
 *
 * Returns: whether there is a zone
 */
gboolean
td_map_layout_find (const TdMapLayout *self,
                    int                x,
                    int                y,
                    guint             *zone,
                    guint             *tile)
{
  for (guint i = 0; i < self->n_zones; i++)
    {
      const Zone *at = &self->zones[i];
      int         column, row;
      guint       index;

      if (x < at->rect.x || x >= at->rect.x + at->rect.width || y < at->rect.y || y >= at->rect.y + at->rect.height)
        continue;

      *zone = i;
      *tile = G_MAXUINT;
      x -= at->rect.x + self->padding;
      y -= at->rect.y + self->header;
      if (x < 0 || y < 0)
        return TRUE;

      column = x / (self->pitch.width + self->pitch.gap);
      row = y / (self->pitch.height + self->pitch.gap);
      index = (guint)row * at->n_columns + (guint)column;
      if ((guint)column < at->n_columns && index < at->n_tiles &&
          x % (self->pitch.width + self->pitch.gap) < self->pitch.width &&
          y % (self->pitch.height + self->pitch.gap) < self->pitch.height)
        *tile = index;
      return TRUE;
    }

  return FALSE;
}
