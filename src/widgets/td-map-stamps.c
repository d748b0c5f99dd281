/* td-map-stamps.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-stamps.h"

#define DIMMED 0.18

/* How a look is packed, above its lowest bit, which says that there is somebody. */
#define STATE_SHIFT 1
#define NEED_SHIFT 4
#define DIM_SHIFT 6
#define HEAT_SHIFT 7
#define N_LOOKS (1 << 11)

G_STATIC_ASSERT (TD_N_AGENT_STATES <= 1 << (NEED_SHIFT - STATE_SHIFT));
G_STATIC_ASSERT (2 * TD_MAP_HEAT_STEPS < N_LOOKS >> HEAT_SHIFT);

struct _TdMapStamps
{
  cairo_surface_t *stamps[N_LOOKS]; /* (owned) (nullable elements) */
  int              size;
  int              gap;
  int              factor;
};

/**
 * td_map_look_new:
 * @state: what the agent does
 * @need: how much the agent needs a person
 * @is_dimmed: whether somebody else is looked for
 * @heat: what the ground tells, −%TD_MAP_HEAT_STEPS…%TD_MAP_HEAT_STEPS
 *
 * Returns: the look of a square
 */
TdMapLook
td_map_look_new (TdAgentState state,
                 TdAgentNeed  need,
                 gboolean     is_dimmed,
                 int          heat)
{
  guint step = (guint)(CLAMP (heat, -TD_MAP_HEAT_STEPS, TD_MAP_HEAT_STEPS) + TD_MAP_HEAT_STEPS);

  return (TdMapLook)(1u | (guint)state << STATE_SHIFT | (guint)need << NEED_SHIFT | (is_dimmed ? 1u : 0u) << DIM_SHIFT |
                     step << HEAT_SHIFT);
}

/**
 * td_map_stamps_new:
 *
 * Returns: (transfer full): stamps of no size yet
 */
TdMapStamps *
td_map_stamps_new (void)
{
  return g_new0 (TdMapStamps, 1);
}

static void
forget (TdMapStamps *self)
{
  for (guint i = 0; i < N_LOOKS; i++)
    g_clear_pointer (&self->stamps[i], cairo_surface_destroy);
}

/**
 * td_map_stamps_free:
 * @self: (transfer full): stamps
 */
void
td_map_stamps_free (TdMapStamps *self)
{
  forget (self);
  g_free (self);
}

/**
 * td_map_stamps_reset:
 * @self: stamps
 * @size: of a square, pixels
 * @gap: between two of them, pixels
 * @factor: how many pixels of the screen make one
 *
 * Forgets what was drawn: the style or the size changed.
 */
void
td_map_stamps_reset (TdMapStamps *self,
                     int          size,
                     int          gap,
                     int          factor)
{
  forget (self);
  self->size = size;
  self->gap = gap;
  self->factor = factor;
}

/**
 * td_map_stamps_get_cell:
 * @self: stamps
 *
 * Returns: the size of a stamp, a square and the gap around it, in pixels
 */
int
td_map_stamps_get_cell (TdMapStamps *self)
{
  return self->size + self->gap;
}

/**
 * td_map_stamps_get_factor:
 * @self: stamps
 *
 * Returns: how many pixels of the screen make one
 */
int
td_map_stamps_get_factor (TdMapStamps *self)
{
  return self->factor;
}

/**
 * td_map_stamps_get:
 * @self: stamps that have a size
 * @painter: who draws what is missing
 * @look: a look
 *
 * Returns: (transfer none): an image, ARGB32, of the size of a cell
 */
cairo_surface_t *
td_map_stamps_get (TdMapStamps  *self,
                   TdMapPainter *painter,
                   TdMapLook     look)
{
  int       cell = td_map_stamps_get_cell (self);
  int       heat = (look >> HEAT_SHIFT) - TD_MAP_HEAT_STEPS;
  TdMapFace face = {
    .title = "",
    .state = (TdAgentState)(look >> STATE_SHIFT & 7),
    .need = (TdAgentNeed)(look >> NEED_SHIFT & 3),
    .heat_kind = heat > 0 ? TD_MAP_HEAT_HIGH : heat < 0 ? TD_MAP_HEAT_LOW
                                                        : TD_MAP_HEAT_NONE,
    .heat = ABS (heat) / (double)TD_MAP_HEAT_STEPS,
  };
  g_autoptr (GskRenderNode) node = NULL;
  cairo_surface_t *stamp;
  cairo_t         *cr;

  g_return_val_if_fail (look < N_LOOKS, NULL);

  if (self->stamps[look] != NULL)
    return self->stamps[look];

  stamp = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, cell * self->factor, cell * self->factor);
  cairo_surface_set_device_scale (stamp, self->factor, self->factor);
  if (look != TD_MAP_LOOK_NOBODY)
    node = td_map_painter_create_face (painter, TD_MAP_DETAIL_SQUARE, self->size, self->size, &face);
  if (node != NULL)
    {
      cr = cairo_create (stamp);
      cairo_translate (cr, self->gap / 2, self->gap / 2);
      cairo_push_group (cr);
      gsk_render_node_draw (node, cr);
      cairo_pop_group_to_source (cr);
      cairo_paint_with_alpha (cr, (look >> DIM_SHIFT & 1) != 0 ? DIMMED : 1);
      cairo_destroy (cr);
    }
  cairo_surface_flush (stamp);
  self->stamps[look] = stamp;

  return stamp;
}
