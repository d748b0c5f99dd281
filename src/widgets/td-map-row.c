/* td-map-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-row.h"

#include <string.h>

#include "td-map-picture.h"

/* A tile in the pixels of the row that it stood in last. */
typedef struct
{
  cairo_surface_t *row;    /* (owned) */
  int              x;      /* pixels of the surface */
  guint64          serial; /* of the person then */
} Pixels;

static void
free_pixels (gpointer data)
{
  Pixels *pixels = data;

  cairo_surface_destroy (pixels->row);
  g_free (pixels);
}

/* Returns whether the tile looked the same and was as large in another row. */
static gboolean
copy (const TdMapPerson *person,
      cairo_surface_t   *row,
      int                x,
      int                width)
{
  const Pixels *pixels = person->pixels;
  int           from_stride, stride;
  const guchar *from;
  guchar       *to;

  if (pixels == NULL || pixels->serial != person->serial ||
      cairo_image_surface_get_height (pixels->row) != cairo_image_surface_get_height (row) ||
      pixels->x + width > cairo_image_surface_get_width (pixels->row))
    return FALSE;

  from_stride = cairo_image_surface_get_stride (pixels->row);
  stride = cairo_image_surface_get_stride (row);
  from = cairo_image_surface_get_data (pixels->row) + (gsize)pixels->x * 4;
  to = cairo_image_surface_get_data (row) + (gsize)x * 4;
  for (int i = 0; i < cairo_image_surface_get_height (row); i++)
    memcpy (to + (gsize)i * (gsize)stride, from + (gsize)i * (gsize)from_stride, (gsize)width * 4);

  return TRUE;
}

static void
draw (const TdMapPerson *person,
      cairo_surface_t   *row,
      int                x)
{
  cairo_t *cr = cairo_create (row);

  cairo_translate (cr, x, 0);
  if (person->is_dimmed)
    cairo_push_group (cr);
  gsk_render_node_draw (person->face, cr);
  if (person->is_dimmed)
    {
      cairo_pop_group_to_source (cr);
      cairo_paint_with_alpha (cr, TD_MAP_DIMMED);
    }
  cairo_destroy (cr);
}

static void
remember (TdMapPerson     *person,
          cairo_surface_t *row,
          int              x)
{
  Pixels *pixels = g_new0 (Pixels, 1);

  pixels->row = cairo_surface_reference (row);
  pixels->x = x;
  pixels->serial = person->serial;
  if (person->pixels != NULL)
    person->free_pixels (person->pixels);
  person->pixels = pixels;
  person->free_pixels = free_pixels;
}

/* The tiles of the others are drawn once, and from then on copied from row to
 * row when somebody comes between. */
static GskRenderNode *
create_picture (cairo_surface_t    *row,
                TdMapPerson *const *people,
                guint               n_people,
                const TdMapRect    *first,
                int                 step,
                int                 factor)
{
  for (guint i = 0; i < n_people; i++)
    {
      int x = (int)i * step * factor;

      if (people[i]->face == NULL)
        continue;
      cairo_surface_flush (row);
      if (copy (people[i], row, x, first->width * factor))
        cairo_surface_mark_dirty (row);
      else
        draw (people[i], row, (int)i * step);
      remember (people[i], row, x);
    }
  cairo_surface_flush (row);

  return td_map_picture_new_for_surface (row, first->x, first->y);
}

/**
 * td_map_row_new:
 * @widget: the widget that shows it
 * @people: (array length=n_people): who stand beside each other; they have faces
 * @n_people: how many
 * @first: where the first of them stands
 * @step: the pixels from one to the next
 *
 * Returns: (transfer full) (nullable): a row of tiles, without their times
 */
GskRenderNode *
td_map_row_new (GtkWidget          *widget,
                TdMapPerson *const *people,
                guint               n_people,
                const TdMapRect    *first,
                int                 step)
{
  cairo_surface_t *row = td_map_picture_create_surface (widget, (int)(n_people - 1) * step + first->width, first->height);
  g_autoptr (GtkSnapshot) snapshot = NULL;

  if (row != NULL)
    {
      GskRenderNode *picture = create_picture (row, people, n_people, first, step, gtk_widget_get_scale_factor (widget));

      cairo_surface_destroy (row);
      return picture;
    }

  snapshot = gtk_snapshot_new ();
  for (guint i = 0; i < n_people; i++)
    {
      if (people[i]->face == NULL)
        continue;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)(first->x + (int)i * step), (float)first->y));
      if (people[i]->is_dimmed)
        gtk_snapshot_push_opacity (snapshot, TD_MAP_DIMMED);
      gtk_snapshot_append_node (snapshot, people[i]->face);
      if (people[i]->is_dimmed)
        gtk_snapshot_pop (snapshot);
      gtk_snapshot_restore (snapshot);
    }

  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}
