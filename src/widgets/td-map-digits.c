/* td-map-digits.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-digits.h"

#include <math.h>

/* Characters of the sample. */
#define N_GLYPHS 14

/* Two fonts: that of the digits, and one that may have to help it out. */
#define MAX_FONTS 2

typedef struct
{
  guint          font;
  PangoGlyphInfo info;
} Glyph;

struct _TdMapDigits
{
  PangoFont *fonts[MAX_FONTS]; /* (owned) (nullable elements) */
  Glyph      glyphs[N_GLYPHS];
  GArray    *written[MAX_FONTS][TD_MAP_DIGITS_MAX_INKS]; /* (owned) (element-type PangoGlyphInfo) */
  double     height;                                     /* of a line, pixels */
  double     baseline;                                   /* from its top */
};

/**
 * td_map_digits_new:
 * @sample: %TD_MAP_DIGITS_SAMPLE as it is to look
 *
 * Returns: (transfer full) (nullable): the digits; %NULL where the fonts do
 *   not have one glyph for each of them
 */
TdMapDigits *
td_map_digits_new (PangoLayout *sample)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (sample, 0);
  g_autoptr (TdMapDigits) self = g_new0 (TdMapDigits, 1);
  guint n = 0;
  int   height;

  for (guint i = 0; i < MAX_FONTS; i++)
    for (guint k = 0; k < TD_MAP_DIGITS_MAX_INKS; k++)
      self->written[i][k] = g_array_new (FALSE, TRUE, sizeof (PangoGlyphInfo));

  for (GSList *at = line != NULL ? line->runs : NULL; at != NULL; at = at->next)
    {
      PangoLayoutRun *run = at->data;
      guint           font = 0;

      while (font < MAX_FONTS && self->fonts[font] != NULL && self->fonts[font] != run->item->analysis.font)
        font++;
      if (font == MAX_FONTS || run->glyphs->num_glyphs != run->item->num_chars ||
          n + (guint)run->glyphs->num_glyphs > N_GLYPHS)
        return NULL;
      g_set_object (&self->fonts[font], run->item->analysis.font);
      for (int i = 0; i < run->glyphs->num_glyphs; i++, n++)
        self->glyphs[n] = (Glyph){ font, run->glyphs->glyphs[i] };
    }
  if (n != N_GLYPHS)
    return NULL;

  pango_layout_get_pixel_size (sample, NULL, &height);
  self->height = height;
  self->baseline = round (pango_layout_get_baseline (sample) / (double)PANGO_SCALE);

  return g_steal_pointer (&self);
}

/**
 * td_map_digits_free:
 * @self: (transfer full): digits
 */
void
td_map_digits_free (TdMapDigits *self)
{
  for (guint i = 0; i < MAX_FONTS; i++)
    {
      g_clear_object (&self->fonts[i]);
      for (guint k = 0; k < TD_MAP_DIGITS_MAX_INKS; k++)
        g_array_unref (self->written[i][k]);
    }
  g_free (self);
}

static const Glyph *
find_glyph (TdMapDigits *self,
            gunichar     c)
{
  const char *at = g_utf8_strchr (TD_MAP_DIGITS_SAMPLE, -1, c);

  return at != NULL ? &self->glyphs[g_utf8_pointer_to_offset (TD_MAP_DIGITS_SAMPLE, at)] : NULL;
}

/**
 * td_map_digits_measure:
 * @self: digits
 * @text: a text
 *
 * Returns: how wide @text is, pixels, or a negative number where there are not
 *   glyphs for all of it
 */
double
td_map_digits_measure (TdMapDigits *self,
                       const char  *text)
{
  double width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const Glyph *glyph = find_glyph (self, g_utf8_get_char (p));

      if (glyph == NULL)
        return -1;
      width += glyph->info.geometry.width;
    }

  return width / PANGO_SCALE;
}

/**
 * td_map_digits_write:
 * @self: digits
 * @text: what to write
 * @x: where it begins
 * @middle: the middle of its line
 * @ink: its ink, less than %TD_MAP_DIGITS_MAX_INKS
 *
 * Writes @text somewhere; it is drawn with all others of its ink.
 *
 * Returns: whether there are glyphs for all of it; if not, nothing is written
 */
gboolean
td_map_digits_write (TdMapDigits *self,
                     const char  *text,
                     double       x,
                     double       middle,
                     guint        ink)
{
  double y = round (middle - self->height / 2) + self->baseline;
  int    pen = (int)(x * PANGO_SCALE);

  g_return_val_if_fail (ink < TD_MAP_DIGITS_MAX_INKS, FALSE);

  if (td_map_digits_measure (self, text) < 0)
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const Glyph   *glyph = find_glyph (self, g_utf8_get_char (p));
      PangoGlyphInfo info = glyph->info;

      /* None of them moves the pen: each says itself where it stands. */
      info.geometry.x_offset += pen;
      info.geometry.y_offset += (int)(y * PANGO_SCALE);
      info.geometry.width = 0;
      g_array_append_val (self->written[glyph->font][ink], info);
      pen += glyph->info.geometry.width;
    }

  return TRUE;
}

/**
 * td_map_digits_draw:
 * @self: digits
 * @snapshot: where to draw
 * @inks: (array length=n_inks): the colour of each ink
 * @n_inks: how many
 *
 * Draws what was written since the last time: a node for each ink, however
 * much it was.
 */
void
td_map_digits_draw (TdMapDigits   *self,
                    GtkSnapshot   *snapshot,
                    const GdkRGBA *inks,
                    guint          n_inks)
{
  for (guint i = 0; i < MAX_FONTS; i++)
    for (guint k = 0; k < MIN (n_inks, TD_MAP_DIGITS_MAX_INKS); k++)
      {
        PangoGlyphString string = { .num_glyphs = (int)self->written[i][k]->len,
                                    .glyphs = (PangoGlyphInfo *)(gpointer)self->written[i][k]->data };
        g_autoptr (GskRenderNode) node = NULL;

        if (string.num_glyphs == 0)
          continue;
        node = gsk_text_node_new (self->fonts[i], &string, &inks[k], &GRAPHENE_POINT_INIT (0, 0));
        if (node != NULL)
          gtk_snapshot_append_node (snapshot, node);
        g_array_set_size (self->written[i][k], 0);
      }
}
