/* td-map-cells.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-cells.h"

#include "td-map-cell.h"
#include "td-map-words.h"

/* Each cell costs a widget. */
#define MOST_CELLS 500

/* So many are made at a time, lest a large map stalls when it opens. */
#define MOST_MADE 100

/* Names have a time in them: so many updates apart it is told anew. */
#define TIME_UPDATES 10

/* Cells stay where they are, and people come and go in them. */
typedef struct
{
  GtkWidget *widget; /* (unowned): a child of the zone's */
  guint64    serial; /* of who was named; 0 for nobody */
} Cell;

typedef struct
{
  GtkWidget *widget; /* (unowned): a child of the map */
  GArray    *cells;  /* (owned) (element-type Cell) */
} Zone;

struct _TdMapCells
{
  GtkWidget *map;   /* (unowned) */
  GPtrArray *zones; /* (owned) (element-type Zone) */
  guint      n_updates;
};

static void
free_zone (gpointer data)
{
  Zone *zone = data;

  gtk_widget_unparent (zone->widget);
  g_array_unref (zone->cells);
  g_free (zone);
}

/**
 * td_map_cells_new:
 * @map: the map, which gets the cells as children
 *
 * Returns: (transfer full): no cells yet
 */
TdMapCells *
td_map_cells_new (GtkWidget *map)
{
  TdMapCells *self = g_new0 (TdMapCells, 1);

  self->map = map;
  self->zones = g_ptr_array_new_with_free_func (free_zone);

  return self;
}

/**
 * td_map_cells_free:
 * @self: (transfer full): cells, which leave the map
 */
void
td_map_cells_free (TdMapCells *self)
{
  g_ptr_array_unref (self->zones);
  g_free (self);
}

static guint
get_most_of_zone (TdMapScene *scene)
{
  guint n_people = 0;

  for (guint i = 0; i < td_map_scene_get_n_zones (scene); i++)
    n_people += td_map_scene_get_zone (scene, i)->people->len;

  return n_people <= MOST_CELLS ? G_MAXUINT : MOST_CELLS / MAX (td_map_scene_get_n_zones (scene), 1);
}

/* Returns how many cells were made. */
static guint
make_cells (Zone *zone,
            guint n_wanted,
            guint most)
{
  guint n_made = 0;

  while (zone->cells->len > n_wanted)
    {
      gtk_widget_unparent (g_array_index (zone->cells, Cell, zone->cells->len - 1).widget);
      g_array_set_size (zone->cells, zone->cells->len - 1);
    }
  for (; zone->cells->len < n_wanted && n_made < most; n_made++)
    {
      Cell cell = { td_map_cell_new (zone->widget, GTK_ACCESSIBLE_ROLE_GRID_CELL), 0 };

      g_array_append_val (zone->cells, cell);
    }

  return n_made;
}

static void
name_cells (TdMapCells      *self,
            Zone            *zone,
            const TdMapZone *people)
{
  for (guint i = 0; i < zone->cells->len; i++)
    {
      Cell              *cell = &g_array_index (zone->cells, Cell, i);
      const TdMapPerson *person = g_ptr_array_index (people->people, i);
      g_autofree char   *name = NULL;

      if (cell->serial == person->serial && i % TIME_UPDATES != self->n_updates % TIME_UPDATES)
        continue;
      cell->serial = person->serial;
      name = td_map_words_dup_name (person);
      td_map_cell_set_name (TD_MAP_CELL (cell->widget), name);
    }
}

/**
 * td_map_cells_update:
 * @self: the cells of a map
 * @scene: what the map shows
 *
 * Names the cells after who stands there now.
 */
void
td_map_cells_update (TdMapCells *self,
                     TdMapScene *scene)
{
  guint n_zones = MIN (td_map_scene_get_n_zones (scene), MOST_CELLS);
  guint most_of_zone = get_most_of_zone (scene);
  guint n_left = MOST_MADE;

  self->n_updates++;
  if (self->zones->len > n_zones)
    g_ptr_array_set_size (self->zones, (gint)n_zones);
  while (self->zones->len < n_zones)
    {
      Zone *zone = g_new0 (Zone, 1);

      zone->widget = td_map_cell_new (self->map, GTK_ACCESSIBLE_ROLE_GROUP);
      zone->cells = g_array_new (FALSE, TRUE, sizeof (Cell));
      g_ptr_array_add (self->zones, zone);
    }

  for (guint i = 0; i < n_zones; i++)
    {
      const TdMapZone *people = td_map_scene_get_zone (scene, i);
      Zone            *zone = g_ptr_array_index (self->zones, i);
      g_autofree char *name = td_map_words_dup_zone (people);

      td_map_cell_set_name (TD_MAP_CELL (zone->widget), name);
      n_left -= make_cells (zone, MIN (people->people->len, most_of_zone), n_left);
      name_cells (self, zone, people);
    }
}

/**
 * td_map_cells_allocate:
 * @self: the cells of a map
 * @scene: what the map shows
 * @top: the first pixel of it that is seen
 *
 * Puts the cells where the tiles are.
 */
void
td_map_cells_allocate (TdMapCells *self,
                       TdMapScene *scene,
                       int         top)
{
  for (guint i = 0; i < self->zones->len; i++)
    {
      Zone     *zone = g_ptr_array_index (self->zones, i);
      TdMapRect bounds, rect;

      td_map_scene_get_zone_rect (scene, i, &bounds);
      gtk_widget_size_allocate (zone->widget, &(GtkAllocation){ bounds.x, bounds.y - top, bounds.width, bounds.height }, -1);
      for (guint k = 0; k < zone->cells->len; k++)
        {
          td_map_scene_get_rect (scene, i, k, &rect);
          gtk_widget_size_allocate (g_array_index (zone->cells, Cell, k).widget,
                                    &(GtkAllocation){ rect.x - bounds.x, rect.y - bounds.y, rect.width, rect.height }, -1);
        }
    }
}

/**
 * td_map_cells_get:
 * @self: the cells of a map
 * @zone: index of a zone
 * @tile: index of a tile in it
 *
 * Returns: (transfer none) (nullable): the cell of the tile, where it has one
 */
GtkWidget *
td_map_cells_get (TdMapCells *self,
                  guint       zone,
                  guint       tile)
{
  const Zone *at = zone < self->zones->len ? g_ptr_array_index (self->zones, zone) : NULL;

  return at != NULL && tile < at->cells->len ? g_array_index (at->cells, Cell, tile).widget : NULL;
}
