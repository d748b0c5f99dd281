/* test-map-layout.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-layout.h"

static const struct
{
  int    width;
  int    height;
  double scale;
} rooms[] = {
  { 1000, 440, 1 },
  { 1340, 560, 1 },
  { 1890, 860, 1 },
  { 2500, 1200, 1.2 },
  { 3780, 1900, 2.1 }
};

static void
make_zones (TdMapZoneSpec *zones,
            guint          n_zones,
            guint          n_tiles,
            double         scale)
{
  guint left = n_tiles;

  /* The first holds much more than the last, as it is among teams. */
  for (guint i = 0; i < n_zones; i++)
    {
      zones[i].n_tiles = i + 1 == n_zones ? left : MIN (left, MAX (left / 4, left / (n_zones - i)));
      zones[i].min_width = (int)(90 * scale);
      left -= zones[i].n_tiles;
    }
}

static void
check_inside (const TdMapRect *rect,
              const TdMapRect *bounds)
{
  g_assert_cmpint (rect->width, >, 0);
  g_assert_cmpint (rect->height, >, 0);
  g_assert_cmpint (rect->x, >=, bounds->x);
  g_assert_cmpint (rect->y, >=, bounds->y);
  g_assert_cmpint (rect->x + rect->width, <=, bounds->x + bounds->width);
  g_assert_cmpint (rect->y + rect->height, <=, bounds->y + bounds->height);
}

static gboolean
overlap (const TdMapRect *a,
         const TdMapRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static void
check (TdMapLayout         *layout,
       const TdMapZoneSpec *zones,
       guint                n_zones,
       int                  width,
       int                  height)
{
  TdMapRect all = { 0, 0, width, height };

  for (guint i = 0; i < n_zones; i++)
    {
      TdMapRect zone, body, tile;
      guint     n_columns = td_map_layout_get_n_columns (layout, i);

      td_map_layout_get_zone (layout, i, &zone);
      check_inside (&zone, &all);
      for (guint k = 0; k < i; k++)
        {
          TdMapRect other;

          td_map_layout_get_zone (layout, k, &other);
          g_assert_false (overlap (&zone, &other));
        }

      body = zone;
      body.y += td_map_layout_get_header_height (layout);
      body.height -= td_map_layout_get_header_height (layout);
      for (guint k = 0; k < zones[i].n_tiles; k++)
        {
          guint     found_zone, found;
          TdMapRect other;

          td_map_layout_get_tile (layout, i, k, &tile);
          check_inside (&tile, &body);
          if (k % n_columns > 0)
            {
              td_map_layout_get_tile (layout, i, k - 1, &other);
              g_assert_cmpint (other.x + other.width, <=, tile.x);
              g_assert_cmpint (other.y, ==, tile.y);
            }
          if (k >= n_columns)
            {
              td_map_layout_get_tile (layout, i, k - n_columns, &other);
              g_assert_cmpint (other.y + other.height, <=, tile.y);
              g_assert_cmpint (other.x, ==, tile.x);
            }
          g_assert_true (td_map_layout_find (layout, tile.x, tile.y, &found_zone, &found));
          g_assert_cmpuint (found_zone, ==, i);
          g_assert_cmpuint (found, ==, k);
          g_assert_true (td_map_layout_find (layout, tile.x + tile.width - 1, tile.y + tile.height - 1, &found_zone, &found));
          g_assert_cmpuint (found, ==, k);
        }
    }
}

static void
test_everything_fits (void)
{
  static const guint counts[] = { 1, 2, 3, 5, 12, 40, 60, 120, 300, 600, 1000, 2000, 5000, 10000 };
  static const guint zone_counts[] = { 1, 2, 4, 7, 12, 40 };

  for (guint r = 0; r < G_N_ELEMENTS (rooms); r++)
    {
      for (guint z = 0; z < G_N_ELEMENTS (zone_counts); z++)
        {
          TdMapZoneSpec zones[40];
          int           last_area = G_MAXINT / 2;

          for (guint c = 0; c < G_N_ELEMENTS (counts); c++)
            {
              g_autoptr (TdMapLayout) layout = NULL;
              TdMapRect tile;

              if (counts[c] < zone_counts[z])
                continue;
              make_zones (zones, zone_counts[z], counts[c], rooms[r].scale);
              layout = td_map_layout_new (zones, zone_counts[z], rooms[r].width, rooms[r].height, rooms[r].scale, 1);
              check (layout, zones, zone_counts[z], rooms[r].width, rooms[r].height);
              g_assert_cmpint (td_map_layout_get_height (layout), <=, rooms[r].height);

              /* More people never make larger tiles, but for the rounding of rows. */
              td_map_layout_get_tile (layout, 0, 0, &tile);
              g_assert_cmpint (tile.width * tile.height, <=, last_area / 10 * 11 + 40);
              last_area = tile.width * tile.height;
            }
        }
    }
}

static void
test_few_are_cards_and_thousands_are_squares (void)
{
  TdMapZoneSpec zones[5] = { { 38, 120 }, { 36, 120 }, { 30, 120 }, { 12, 120 }, { 8, 120 } };
  g_autoptr (TdMapLayout) few = td_map_layout_new (zones, 1, 1340, 560, 1, 1);
  g_autoptr (TdMapLayout) desk = td_map_layout_new (zones, 5, 1340, 560, 1, 1);
  g_autoptr (TdMapLayout) large = td_map_layout_new (zones, 5, 1890, 900, 1, 1);
  g_autoptr (TdMapLayout) many = NULL;

  g_assert_cmpint (td_map_layout_get_detail (few), <=, TD_MAP_DETAIL_TILE);
  g_assert_cmpint (td_map_layout_get_detail (desk), ==, TD_MAP_DETAIL_CHIP);
  g_assert_cmpint (td_map_layout_get_detail (large), ==, TD_MAP_DETAIL_TILE);

  zones[0].n_tiles = 9000;
  many = td_map_layout_new (zones, 5, 1890, 900, 1, 1);
  g_assert_cmpint (td_map_layout_get_detail (many), ==, TD_MAP_DETAIL_SQUARE);
}

static void
test_zoom_tells_more_and_grows_downwards (void)
{
  TdMapZoneSpec zones[3] = { { 200, 120 }, { 700, 120 }, { 100, 120 } };
  g_autoptr (TdMapLayout) fits = td_map_layout_new (zones, 3, 1340, 560, 1, 1);
  g_autoptr (TdMapLayout) zoomed = td_map_layout_new (zones, 3, 1340, 560, 1, 3);

  check (zoomed, zones, 3, 1340, td_map_layout_get_height (zoomed));
  g_assert_cmpint (td_map_layout_get_height (fits), <=, 560);
  g_assert_cmpint (td_map_layout_get_height (zoomed), >, 560);
  g_assert_cmpint (td_map_layout_get_detail (zoomed), <, td_map_layout_get_detail (fits));
}

static void
test_no_room_is_no_crash (void)
{
  TdMapZoneSpec zones[3] = { { 200, 120 }, { 0, 120 }, { 100, 5000 } };

  for (int size = 0; size < 40; size++)
    {
      g_autoptr (TdMapLayout) layout = td_map_layout_new (zones, 3, size, size, 1, 1);
      g_autoptr (TdMapLayout) none = td_map_layout_new (NULL, 0, size, size, 1, 1);
      guint zone, tile;

      g_assert_cmpint (td_map_layout_get_height (none), ==, 0);
      g_assert_false (td_map_layout_find (none, 0, 0, &zone, &tile));
      g_assert_cmpint (td_map_layout_get_height (layout), >=, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/map-layout/everything-fits", test_everything_fits);
  g_test_add_func ("/map-layout/few-are-cards-and-thousands-are-squares", test_few_are_cards_and_thousands_are_squares);
  g_test_add_func ("/map-layout/zoom-tells-more-and-grows-downwards", test_zoom_tells_more_and_grows_downwards);
  g_test_add_func ("/map-layout/no-room-is-no-crash", test_no_room_is_no_crash);

  return g_test_run ();
}
