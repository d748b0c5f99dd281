/* td-map-sheet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-sheet.h"

#include <string.h>

#include "td-map-picture.h"

/* While one page is shown the other is written: a page that a node still holds
 * would be copied before the first stroke. */
typedef struct
{
  cairo_surface_t *surface; /* (owned) (nullable) */
  TdMapLook       *looks;   /* (owned): of its cells */
} Page;

struct _TdMapSheet
{
  guint          n_columns;
  guint          n_rows;
  Page           pages[2];
  guint          shown;
  GskRenderNode *node; /* (owned) (nullable): shows the page */
};

/**
 * td_map_sheet_new:
 * @n_columns: how many squares stand beside each other
 * @n_rows: how many rows of them there are
 *
 * Returns: (transfer full): an empty sheet
 */
TdMapSheet *
td_map_sheet_new (guint n_columns,
                  guint n_rows)
{
  TdMapSheet *self = g_new0 (TdMapSheet, 1);

  self->n_columns = n_columns;
  self->n_rows = n_rows;

  return self;
}

/**
 * td_map_sheet_free:
 * @self: (transfer full): a sheet
 */
void
td_map_sheet_free (TdMapSheet *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->pages); i++)
    {
      g_clear_pointer (&self->pages[i].surface, cairo_surface_destroy);
      g_free (self->pages[i].looks);
    }
  g_free (self);
}

static void
open_page (TdMapSheet *self,
           Page       *page,
           int         cell,
           int         factor)
{
  if (page->surface != NULL)
    return;

  page->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)self->n_columns * cell * factor,
                                              (int)self->n_rows * cell * factor);
  cairo_surface_set_device_scale (page->surface, factor, factor);
  page->looks = g_new0 (TdMapLook, self->n_columns * self->n_rows);
}

static void
put (Page            *page,
     cairo_surface_t *stamp,
     gsize            x,
     gsize            y,
     gsize            side)
{
  gsize         from_stride = (gsize)cairo_image_surface_get_stride (stamp);
  gsize         to_stride = (gsize)cairo_image_surface_get_stride (page->surface);
  const guchar *from = cairo_image_surface_get_data (stamp);
  guchar       *to = cairo_image_surface_get_data (page->surface);

  if (from == NULL || to == NULL)
    return;

  to += y * to_stride + x * 4;
  for (gsize i = 0; i < side; i++)
    memcpy (to + i * to_stride, from + i * from_stride, side * 4);
}

/**
 * td_map_sheet_draw:
 * @self: a sheet
 * @stamps: the pictures to put on it; always the same, in one size
 * @painter: who draws them
 * @looks: (array length=n_looks): what to show, row by row
 * @n_looks: how many, no more than there is room for
 * @x: the left edge of the first cell, pixels
 * @y: its upper edge
 *
 * Returns: (transfer none): the node that shows it, the same one as long as
 *   nothing changes
 */
GskRenderNode *
td_map_sheet_draw (TdMapSheet      *self,
                   TdMapStamps     *stamps,
                   TdMapPainter    *painter,
                   const TdMapLook *looks,
                   guint            n_looks,
                   int              x,
                   int              y)
{
  int   cell = td_map_stamps_get_cell (stamps);
  int   factor = td_map_stamps_get_factor (stamps);
  gsize side = (gsize)(cell * factor);
  Page *page = &self->pages[self->shown];

  g_return_val_if_fail (n_looks <= self->n_columns * self->n_rows, NULL);

  if (self->node != NULL && memcmp (page->looks, looks, n_looks * sizeof *looks) == 0)
    return self->node;

  self->shown = 1 - self->shown;
  page = &self->pages[self->shown];
  open_page (self, page, cell, factor);
  cairo_surface_flush (page->surface);
  for (guint i = 0; i < n_looks; i++)
    {
      if (page->looks[i] == looks[i])
        continue;
      page->looks[i] = looks[i];
      put (page, td_map_stamps_get (stamps, painter, looks[i]), i % self->n_columns * side, i / self->n_columns * side, side);
    }
  cairo_surface_mark_dirty (page->surface);

  g_clear_pointer (&self->node, gsk_render_node_unref);
  self->node = td_map_picture_new_for_surface (page->surface, x, y);

  return self->node;
}
