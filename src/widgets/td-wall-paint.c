/* td-wall-paint.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-paint.h"

#include <math.h>

#include "td-palette.h"

/* How much less is tried where a paragraph does not fit. */
#define SMALLER 0.94

typedef struct
{
  char          *key;   /* (owned) */
  GskRenderNode *node;  /* (owned) (nullable): of nothing there is none */
  GPtrArray     *drawn; /* (owned) (element-type TdWallDrawn) */
  guint          frame; /* in which it was last in sight */
} Part;

struct _TdWallPaint
{
  GtkWidget   *widget;   /* (unowned) */
  GHashTable  *parts;    /* key (string, the part's) -> Part (owned) */
  GPtrArray   *order;    /* (element-type Part) (unowned): of this frame */
  Part        *part;     /* (unowned) (nullable): being drawn */
  GtkSnapshot *snapshot; /* (owned) (nullable): of @part */
  int          width;
  int          height;
  guint        frame;
};

static void
free_drawn (gpointer data)
{
  TdWallDrawn *drawn = data;

  g_free (drawn->text);
  g_free (drawn);
}

static void
free_part (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->node, gsk_render_node_unref);
  g_ptr_array_unref (part->drawn);
  g_free (part->key);
  g_free (part);
}

/**
 * td_wall_paint_new:
 * @widget: what is drawn
 *
 * Returns: (transfer full): a painter for it
 */
TdWallPaint *
td_wall_paint_new (GtkWidget *widget)
{
  TdWallPaint *self = g_new0 (TdWallPaint, 1);

  self->widget = widget;
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_part);
  self->order = g_ptr_array_new ();

  return self;
}

void
td_wall_paint_free (TdWallPaint *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->snapshot);
  g_ptr_array_unref (self->order);
  g_hash_table_unref (self->parts);
  g_free (self);
}

/**
 * td_wall_paint_reset:
 * @self: a painter
 *
 * Forgets what it drew: colours or fonts are others.
 */
void
td_wall_paint_reset (TdWallPaint *self)
{
  g_return_if_fail (self != NULL && self->part == NULL);

  g_ptr_array_set_size (self->order, 0);
  g_hash_table_remove_all (self->parts);
}

void
td_wall_paint_begin (TdWallPaint *self,
                     int          width,
                     int          height)
{
  g_return_if_fail (self != NULL && self->part == NULL);

  if (width != self->width || height != self->height)
    td_wall_paint_reset (self);
  self->width = width;
  self->height = height;
  self->frame++;
  g_ptr_array_set_size (self->order, 0);
}

static gboolean
is_out_of_sight (gpointer key,
                 gpointer value,
                 gpointer user_data)
{
  const Part        *part = value;
  const TdWallPaint *self = user_data;

  return part->frame != self->frame;
}

/**
 * td_wall_paint_end:
 * @self: a painter
 * @snapshot: (nullable): gets the frame
 */
void
td_wall_paint_end (TdWallPaint *self,
                   GtkSnapshot *snapshot)
{
  g_return_if_fail (self != NULL && self->part == NULL);

  g_hash_table_foreach_remove (self->parts, is_out_of_sight, self);
  for (guint i = 0; snapshot != NULL && i < self->order->len; i++)
    {
      Part *part = self->order->pdata[i];

      if (part->node != NULL)
        gtk_snapshot_append_node (snapshot, part->node);
    }
}

double
td_wall_paint_get_height (TdWallPaint *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->height;
}

/**
 * td_wall_paint_get_drawn:
 * @self: a painter
 *
 * Returns: (transfer container) (element-type TdWallDrawn): all that the last
 *   frame shows, in order, until the next
 */
GPtrArray *
td_wall_paint_get_drawn (TdWallPaint *self)
{
  GPtrArray *all = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, all);

  for (guint i = 0; i < self->order->len; i++)
    {
      Part *part = self->order->pdata[i];

      for (guint k = 0; k < part->drawn->len; k++)
        g_ptr_array_add (all, part->drawn->pdata[k]);
    }

  return all;
}

/**
 * td_wall_paint_begin_part:
 * @self: a painter
 * @key: all that the part's look depends on
 *
 * Returns: whether it has to be drawn, and td_wall_paint_end_part() called
 */
gboolean
td_wall_paint_begin_part (TdWallPaint *self,
                          const char  *key)
{
  Part *part;

  g_return_val_if_fail (self != NULL && self->part == NULL, FALSE);

  part = g_hash_table_lookup (self->parts, key);
  if (part != NULL)
    {
      part->frame = self->frame;
      g_ptr_array_add (self->order, part);
      return FALSE;
    }

  part = g_new0 (Part, 1);
  part->key = g_strdup (key);
  part->drawn = g_ptr_array_new_with_free_func (free_drawn);
  part->frame = self->frame;
  g_hash_table_insert (self->parts, part->key, part);
  g_ptr_array_add (self->order, part);
  self->part = part;
  self->snapshot = gtk_snapshot_new ();

  return TRUE;
}

void
td_wall_paint_end_part (TdWallPaint *self)
{
  g_return_if_fail (self != NULL && self->part != NULL);

  self->part->node = gtk_snapshot_free_to_node (g_steal_pointer (&self->snapshot));
  self->part = NULL;
}

/**
 * td_wall_paint_note:
 * @self: a painter in a part
 * @text: (nullable): what was drawn there
 * @size: of its font, or 0
 * @ink: where
 */
void
td_wall_paint_note (TdWallPaint           *self,
                    const char            *text,
                    double                 size,
                    const graphene_rect_t *ink)
{
  TdWallDrawn *drawn = g_new0 (TdWallDrawn, 1);

  g_assert (self->part != NULL);

  drawn->text = g_strdup (text);
  drawn->size = size;
  drawn->ink = *ink;
  g_ptr_array_add (self->part->drawn, drawn);
}

static PangoLayout *
create_layout (TdWallPaint       *self,
               const char        *text,
               const TdWallStyle *style,
               double             size)
{
  PangoContext *context = gtk_widget_get_pango_context (self->widget);
  g_autoptr (PangoFontDescription) font = pango_font_description_copy (pango_context_get_font_description (context));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoLayout *layout = pango_layout_new (context);

  /* Pixels, not points: a wall's type follows its height, whatever the DPI. */
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, style->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);

  return layout;
}

static void
append_layout (TdWallPaint       *self,
               PangoLayout       *layout,
               double             x,
               double             y,
               double             size,
               const TdWallStyle *style)
{
  PangoRectangle ink;
  GdkRGBA        colour;
  TdWallDrawn   *drawn;

  pango_layout_get_pixel_extents (layout, &ink, NULL);
  td_palette_lookup (self->widget, style->colour, &colour);
  gtk_snapshot_save (self->snapshot);
  gtk_snapshot_translate (self->snapshot, &GRAPHENE_POINT_INIT ((float)x, (float)y));
  gtk_snapshot_append_layout (self->snapshot, layout, &colour);
  gtk_snapshot_restore (self->snapshot);
  td_wall_paint_note (self, pango_layout_get_text (layout), size,
                      &GRAPHENE_RECT_INIT ((float)(x + ink.x), (float)(y + ink.y), (float)ink.width, (float)ink.height));
  drawn = g_ptr_array_index (self->part->drawn, self->part->drawn->len - 1);
  drawn->is_cut = pango_layout_is_ellipsized (layout);
}

/**
 * td_wall_paint_measure:
 * @self: a painter
 * @text: (nullable): a text
 * @style: how it is written
 *
 * Returns: its width, pixels, where there is room
 */
double
td_wall_paint_measure (TdWallPaint       *self,
                       const char        *text,
                       const TdWallStyle *style)
{
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  g_return_val_if_fail (self != NULL, 0);

  if (text == NULL || *text == '\0')
    return 0;
  layout = create_layout (self, text, style, style->size);
  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

/* The size at which a text fits, if there is one that can be read. */
static double
fit (TdWallPaint           *self,
     const graphene_rect_t *rect,
     const char            *text,
     const TdWallStyle     *style)
{
  g_autoptr (PangoLayout) layout = create_layout (self, text, style, style->size);
  PangoRectangle ink, logical;
  double         part = 1;

  pango_layout_get_pixel_extents (layout, &ink, &logical);
  if (logical.width > rect->size.width)
    part = rect->size.width / logical.width;
  if (ink.height > rect->size.height)
    part = MIN (part, rect->size.height / ink.height);

  if (part >= 1)
    return style->size;

  /* Hinting makes a text a pixel wider here and there. In steps, as the
   * libraries keep what they loaded of each size of a font, and names and
   * numbers of all widths come by in a year. */
  part = pow (SMALLER, ceil (log (part * 0.99) / log (SMALLER)));

  return MAX (floor (style->size * part), ceil (self->height * TD_WALL_LEAST));
}

/**
 * td_wall_paint_text:
 * @self: a painter in a part
 * @rect: where
 * @text: (nullable): one line
 * @style: how
 *
 * Writes @text in the middle of the height of @rect.
 *
 * Returns: the width that was taken, pixels
 */
double
td_wall_paint_text (TdWallPaint           *self,
                    const graphene_rect_t *rect,
                    const char            *text,
                    const TdWallStyle     *style)
{
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle logical;
  double         size, x, y;

  g_return_val_if_fail (self != NULL && self->part != NULL, 0);

  if (text == NULL || *text == '\0' || rect->size.width < 1)
    return 0;

  size = fit (self, rect, text, style);
  layout = create_layout (self, text, style, size);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_get_pixel_extents (layout, NULL, &logical);
  if (logical.width > rect->size.width)
    {
      pango_layout_set_width (layout, (int)(rect->size.width * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, style->ends_matter ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_END);
      pango_layout_get_pixel_extents (layout, NULL, &logical);
    }

  y = rect->origin.y + (rect->size.height - logical.height) / 2;
  if (style->is_number)
    {
      g_autoptr (PangoLayout) digit = create_layout (self, "0", style, size);
      PangoRectangle ink, whole;

      pango_layout_get_pixel_extents (digit, &ink, NULL);
      pango_layout_get_pixel_extents (layout, &whole, NULL);
      y = rect->origin.y + (rect->size.height - ink.height) / 2 - ink.y;
      /* A comma hangs below them. */
      y = MIN (y, floor (rect->origin.y + rect->size.height) - whole.y - whole.height);
    }
  x = rect->origin.x;
  if (style->align == TD_WALL_ALIGN_CENTRE)
    x += (rect->size.width - logical.width) / 2;
  else if (style->align == TD_WALL_ALIGN_END)
    x += rect->size.width - logical.width;
  append_layout (self, layout, floor (x) - logical.x, round (y), size, style);

  return logical.width;
}

/**
 * td_wall_paint_paragraph:
 * @self: a painter in a part
 * @rect: where
 * @text: (nullable): any number of lines
 * @style: how
 *
 * Writes @text from the top of @rect, as large as it fits.
 */
void
td_wall_paint_paragraph (TdWallPaint           *self,
                         const graphene_rect_t *rect,
                         const char            *text,
                         const TdWallStyle     *style)
{
  double least = ceil (self->height * TD_WALL_LEAST);
  double size = MAX (style->size, least);

  g_return_if_fail (self != NULL && self->part != NULL);

  if (text == NULL || *text == '\0')
    return;

  for (;; size = MAX (floor (size * SMALLER), least))
    {
      g_autoptr (PangoLayout) layout = create_layout (self, text, style, size);
      int height;

      pango_layout_set_width (layout, (int)(rect->size.width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_alignment (layout, style->align == TD_WALL_ALIGN_CENTRE ? PANGO_ALIGN_CENTER
                                          : style->align == TD_WALL_ALIGN_END  ? PANGO_ALIGN_RIGHT
                                                                               : PANGO_ALIGN_LEFT);
      pango_layout_get_pixel_size (layout, NULL, &height);
      if (height > rect->size.height && size > least)
        continue;
      if (height > rect->size.height)
        {
          pango_layout_set_height (layout, (int)(rect->size.height * PANGO_SCALE));
          pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
        }
      append_layout (self, layout, rect->origin.x, rect->origin.y, size, style);
      return;
    }
}

GtkSnapshot *
td_wall_paint_get_snapshot (TdWallPaint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->snapshot;
}

void
td_wall_paint_get_colour (TdWallPaint *self,
                          const char  *name,
                          GdkRGBA     *colour)
{
  g_return_if_fail (self != NULL);

  td_palette_lookup (self->widget, name, colour);
}

/**
 * td_wall_paint_fill:
 * @self: a painter in a part
 * @rect: where
 * @radius: of its corners, pixels
 * @colour: name of a colour
 */
void
td_wall_paint_fill (TdWallPaint           *self,
                    const graphene_rect_t *rect,
                    double                 radius,
                    const char            *colour)
{
  GskRoundedRect rounded;
  GdkRGBA        rgba;

  g_return_if_fail (self != NULL && self->part != NULL);

  td_palette_lookup (self->widget, colour, &rgba);
  gsk_rounded_rect_init_from_rect (&rounded, rect, (float)MIN (radius, MIN (rect->size.width, rect->size.height) / 2));
  if (radius > 0)
    gtk_snapshot_push_rounded_clip (self->snapshot, &rounded);
  gtk_snapshot_append_color (self->snapshot, &rgba, rect);
  if (radius > 0)
    gtk_snapshot_pop (self->snapshot);
}

static void
add_rounded (cairo_t *cr,
             double   x,
             double   y,
             double   width,
             double   height,
             double   radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

/**
 * td_wall_paint_outline:
 * @self: a painter in a part
 * @rect: where, from outside
 * @radius: of its corners, pixels
 * @line: how thick, pixels
 * @is_dashed: whether in dashes
 * @colour: name of a colour
 */
void
td_wall_paint_outline (TdWallPaint           *self,
                       const graphene_rect_t *rect,
                       double                 radius,
                       double                 line,
                       gboolean               is_dashed,
                       const char            *colour)
{
  GskRoundedRect rounded;
  GdkRGBA        rgba;
  float          width = (float)line;
  const double   dashes[] = { 3 * line, 2 * line };
  cairo_t       *cr;

  g_return_if_fail (self != NULL && self->part != NULL);

  td_palette_lookup (self->widget, colour, &rgba);
  if (!is_dashed)
    {
      gsk_rounded_rect_init_from_rect (&rounded, rect, (float)radius);
      gtk_snapshot_append_border (self->snapshot, &rounded, (float[]){ width, width, width, width },
                                  (GdkRGBA[]){ rgba, rgba, rgba, rgba });
      return;
    }

  cr = gtk_snapshot_append_cairo (self->snapshot, rect);
  gdk_cairo_set_source_rgba (cr, &rgba);
  cairo_set_line_width (cr, line);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  add_rounded (cr, rect->origin.x + line / 2, rect->origin.y + line / 2, rect->size.width - line, rect->size.height - line, radius);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* Each in a square from 0 to 1. */
static void
draw_shape (cairo_t    *cr,
            TdWallShape shape)
{
  const double corner = 0.29;

  cairo_set_line_width (cr, 0.085);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  switch (shape)
    {
    case TD_WALL_SHAPE_CHECK:
      cairo_arc (cr, 0.5, 0.5, 0.44, 0, 2 * G_PI);
      cairo_stroke (cr);
      cairo_move_to (cr, 0.32, 0.52);
      cairo_line_to (cr, 0.45, 0.65);
      cairo_line_to (cr, 0.68, 0.38);
      cairo_stroke (cr);
      break;

    case TD_WALL_SHAPE_UP:
      cairo_move_to (cr, 0.5, 0.08);
      cairo_line_to (cr, 1, 0.92);
      cairo_line_to (cr, 0, 0.92);
      cairo_close_path (cr);
      cairo_fill (cr);
      break;

    case TD_WALL_SHAPE_DOWN:
      cairo_move_to (cr, 0.5, 0.92);
      cairo_line_to (cr, 1, 0.08);
      cairo_line_to (cr, 0, 0.08);
      cairo_close_path (cr);
      cairo_fill (cr);
      break;

    case TD_WALL_SHAPE_STOP:
      /* The exclamation mark is what lies under the octagon. */
      cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
      cairo_move_to (cr, corner, 0);
      cairo_line_to (cr, 1 - corner, 0);
      cairo_line_to (cr, 1, corner);
      cairo_line_to (cr, 1, 1 - corner);
      cairo_line_to (cr, 1 - corner, 1);
      cairo_line_to (cr, corner, 1);
      cairo_line_to (cr, 0, 1 - corner);
      cairo_line_to (cr, 0, corner);
      cairo_close_path (cr);
      add_rounded (cr, 0.43, 0.19, 0.14, 0.4, 0.05);
      cairo_new_sub_path (cr);
      cairo_arc (cr, 0.5, 0.75, 0.085, 0, 2 * G_PI);
      cairo_fill (cr);
      break;

    case TD_WALL_SHAPE_CLOCK:
      cairo_arc (cr, 0.5, 0.5, 0.44, 0, 2 * G_PI);
      cairo_stroke (cr);
      cairo_move_to (cr, 0.5, 0.24);
      cairo_line_to (cr, 0.5, 0.54);
      cairo_line_to (cr, 0.68, 0.66);
      cairo_stroke (cr);
      break;

    case TD_WALL_SHAPE_CROSS:
      cairo_set_line_width (cr, 0.18);
      cairo_move_to (cr, 0.12, 0.12);
      cairo_line_to (cr, 0.88, 0.88);
      cairo_move_to (cr, 0.88, 0.12);
      cairo_line_to (cr, 0.12, 0.88);
      cairo_stroke (cr);
      break;

    case TD_WALL_SHAPE_PAUSE:
      cairo_rectangle (cr, 0.14, 0.06, 0.26, 0.88);
      cairo_rectangle (cr, 0.6, 0.06, 0.26, 0.88);
      cairo_fill (cr);
      break;

    case TD_WALL_SHAPE_DISC:
    default:
      cairo_arc (cr, 0.5, 0.5, 0.4, 0, 2 * G_PI);
      cairo_fill (cr);
      break;
    }
}

/**
 * td_wall_paint_shape:
 * @self: a painter in a part
 * @rect: a square
 * @shape: what to draw in it
 * @colour: name of a colour
 */
void
td_wall_paint_shape (TdWallPaint           *self,
                     const graphene_rect_t *rect,
                     TdWallShape            shape,
                     const char            *colour)
{
  GdkRGBA  rgba;
  cairo_t *cr;

  g_return_if_fail (self != NULL && self->part != NULL);

  if (rect->size.width < 1 || rect->size.height < 1)
    return;
  td_palette_lookup (self->widget, colour, &rgba);
  cr = gtk_snapshot_append_cairo (self->snapshot, rect);
  cairo_translate (cr, rect->origin.x, rect->origin.y);
  cairo_scale (cr, rect->size.width, rect->size.height);
  gdk_cairo_set_source_rgba (cr, &rgba);
  draw_shape (cr, shape);
  cairo_destroy (cr);
  td_wall_paint_note (self, NULL, 0, rect);
}
