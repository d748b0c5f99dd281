/* td-paper.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-paper.h"

#include <glib/gi18n.h>

#define FONT "Noto Sans, Cantarell, DejaVu Sans, sans-serif"
#define POINTS_PER_INCH 72.0
#define HEAD_SIZE 9.5

static const char *const ink_names[TD_PAPER_N_INKS] = {
  "text", "dim", "rule", "faint", "amber", "red", "line", "normal", "band80", "band95", "blank"
};

typedef struct
{
  double red;
  double green;
  double blue;
} Colour;

/* Where something private is written, points: all of its room, as its length
 * tells something too. */
typedef struct
{
  guint  page;
  double x;
  double y;
  double width;
  double height;
} Private;

struct _TdPaper
{
  Colour        inks[TD_PAPER_N_INKS];
  GPtrArray    *pages;  /* (owned) (element-type cairo_surface_t) */
  GArray       *hidden; /* (owned) (element-type Private) */
  cairo_t      *cr;     /* (owned): of the page that is written */
  PangoContext *context;
  double        y;
};

static const TdPaperStyle foot_style = { 6.5, FALSE, TD_PAPER_DIM, PANGO_ALIGN_LEFT };

static gboolean
read_inks (TdPaper    *self,
           const char *text,
           GError    **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (!g_key_file_load_from_data (file, text, (gsize)-1, G_KEY_FILE_NONE, error))
    return FALSE;

  for (guint i = 0; i < TD_PAPER_N_INKS; i++)
    {
      g_autofree char *value = g_key_file_get_string (file, "inks", ink_names[i], error);
      guint64          rgb;

      if (value == NULL)
        return FALSE;
      if (!g_ascii_string_to_unsigned (value, 16, 0, 0xffffff, &rgb, error))
        return FALSE;

      self->inks[i] = (Colour){ (double)(rgb >> 16) / 255, (double)(rgb >> 8 & 255) / 255, (double)(rgb & 255) / 255 };
    }

  return TRUE;
}

static void
begin_page (TdPaper *self)
{
  const cairo_rectangle_t extents = { 0, 0, TD_PAPER_WIDTH, TD_PAPER_HEIGHT };
  cairo_surface_t        *page = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);

  g_ptr_array_add (self->pages, page);
  g_clear_pointer (&self->cr, cairo_destroy);
  self->cr = cairo_create (page);
  self->y = TD_PAPER_MARGIN;
}

/**
 * td_paper_new:
 * @inks: a key file: group "inks", a colour rrggbb for each ink
 * @error: return location; %G_KEY_FILE_ERROR, or %G_NUMBER_PARSER_ERROR
 *
 * Returns: (transfer full) (nullable): paper with its first page begun
 */
TdPaper *
td_paper_new (const char *inks,
              GError    **error)
{
  g_autoptr (TdPaper) self = g_new0 (TdPaper, 1);
  cairo_font_options_t *options;

  g_return_val_if_fail (inks != NULL, NULL);

  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify)cairo_surface_destroy);
  self->hidden = g_array_new (FALSE, FALSE, sizeof (Private));
  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  pango_cairo_context_set_resolution (self->context, POINTS_PER_INCH);
  /* The same places on a screen as on a printer. */
  options = cairo_font_options_create ();
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_destroy (options);
  if (!read_inks (self, inks, error))
    return NULL;

  begin_page (self);

  return g_steal_pointer (&self);
}

void
td_paper_free (TdPaper *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->cr, cairo_destroy);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_pointer (&self->hidden, g_array_unref);
  g_clear_object (&self->context);
  g_free (self);
}

/**
 * td_paper_get_y:
 * @self: paper
 *
 * Returns: to where the page is written, points from its upper edge
 */
double
td_paper_get_y (TdPaper *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->y;
}

void
td_paper_set_y (TdPaper *self,
                double   y)
{
  g_return_if_fail (self != NULL);

  self->y = y;
}

/**
 * td_paper_get_room:
 * @self: paper
 *
 * Returns: what is left of the page, points
 */
double
td_paper_get_room (TdPaper *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return TD_PAPER_HEIGHT - TD_PAPER_MARGIN - TD_PAPER_FOOT - self->y;
}

void
td_paper_break (TdPaper *self)
{
  g_return_if_fail (self != NULL);

  begin_page (self);
}

/**
 * td_paper_need:
 * @self: paper
 * @height: points that are to stay together
 *
 * Returns: whether a page was begun for it
 */
gboolean
td_paper_need (TdPaper *self,
               double   height)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (height <= td_paper_get_room (self) || self->y <= TD_PAPER_MARGIN)
    return FALSE;

  begin_page (self);

  return TRUE;
}

/**
 * td_paper_get_cairo:
 * @self: paper
 *
 * Returns: (transfer none): what the page is written with, until the next one begins
 */
cairo_t *
td_paper_get_cairo (TdPaper *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->cr;
}

void
td_paper_set_ink (TdPaper   *self,
                  TdPaperInk ink)
{
  const Colour *colour;

  g_return_if_fail (self != NULL && ink < TD_PAPER_N_INKS);

  colour = &self->inks[ink];
  cairo_set_source_rgb (self->cr, colour->red, colour->green, colour->blue);
}

/**
 * td_paper_create_layout:
 * @self: paper
 * @style: how it looks
 * @width: to be wrapped at, points; negative for one line
 * @text: what it says
 *
 * Returns: (transfer full): the text, to be measured
 */
PangoLayout *
td_paper_create_layout (TdPaper            *self,
                        const TdPaperStyle *style,
                        double              width,
                        const char         *text)
{
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoFontDescription *font = pango_font_description_from_string (FONT);

  g_return_val_if_fail (self != NULL && style != NULL && text != NULL, NULL);

  layout = pango_layout_new (self->context);
  pango_font_description_set_size (font, (int)(style->size * PANGO_SCALE));
  pango_font_description_set_weight (font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  /* A name that is broken has no hyphen of its own. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_alignment (layout, style->align);
  if (width >= 0)
    {
      pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  if (style->n_lines > 0)
    {
      pango_layout_set_height (layout, -(int)style->n_lines);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  pango_layout_set_text (layout, text, -1);

  return g_steal_pointer (&layout);
}

/**
 * td_paper_measure:
 * @self: paper
 * @style: how it looks
 * @text: one line
 *
 * Returns: its width, points
 */
double
td_paper_measure (TdPaper            *self,
                  const TdPaperStyle *style,
                  const char         *text)
{
  g_autoptr (PangoLayout) layout = td_paper_create_layout (self, style, -1, text);
  int width;

  pango_layout_get_size (layout, &width, NULL);

  return (double)width / PANGO_SCALE;
}

static double
get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);

  return (double)height / PANGO_SCALE;
}

static void
note_private (TdPaper            *self,
              const TdPaperStyle *style,
              double              x,
              double              y,
              double              width,
              double              height)
{
  const Private where = { self->pages->len - 1, x, y, width, height };

  if (style->is_private && width > 0)
    g_array_append_val (self->hidden, where);
}

/**
 * td_paper_write:
 * @self: paper
 * @style: how it looks
 * @x: its room's left edge, points
 * @y: its room's upper edge
 * @width: of its room; negative for one line from @x on
 * @text: what it says
 *
 * Returns: its height, points
 */
double
td_paper_write (TdPaper            *self,
                const TdPaperStyle *style,
                double              x,
                double              y,
                double              width,
                const char         *text)
{
  g_autoptr (PangoLayout) layout = td_paper_create_layout (self, style, width, text);

  td_paper_set_ink (self, style->ink);
  cairo_move_to (self->cr, x, y);
  pango_cairo_show_layout (self->cr, layout);
  note_private (self, style, x, y, width >= 0 ? width : td_paper_measure (self, style, text), get_height (layout));

  return get_height (layout);
}

/**
 * td_paper_write_lines:
 * @self: paper
 * @style: how it looks
 * @x: its left edge, points
 * @width: of its lines
 * @text: of any length
 *
 * Writes on from where the page is written to, over as many pages as it takes;
 * no line is cut.
 */
void
td_paper_write_lines (TdPaper            *self,
                      const TdPaperStyle *style,
                      double              x,
                      double              width,
                      const char         *text)
{
  g_autoptr (PangoLayout) layout = td_paper_create_layout (self, style, width, text);

  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
      PangoRectangle   logical;
      double           height;

      pango_layout_line_get_extents (line, NULL, &logical);
      height = (double)logical.height / PANGO_SCALE;
      td_paper_need (self, height);
      td_paper_set_ink (self, style->ink);
      cairo_move_to (self->cr, x, self->y - (double)logical.y / PANGO_SCALE);
      pango_cairo_show_layout_line (self->cr, line);
      note_private (self, style, x, self->y, width, height);
      self->y += height;
    }
}

void
td_paper_rule (TdPaper   *self,
               TdPaperInk ink,
               double     thickness,
               double     x,
               double     y,
               double     width)
{
  g_return_if_fail (self != NULL);

  td_paper_set_ink (self, ink);
  cairo_set_line_width (self->cr, thickness);
  cairo_move_to (self->cr, x, y);
  cairo_line_to (self->cr, x + width, y);
  cairo_stroke (self->cr);
}

/**
 * td_paper_head:
 * @self: paper
 * @x: its left edge, points
 * @width: of the line under it
 * @text: one line
 *
 * Writes the heading of what follows, which the caller made room for.
 */
void
td_paper_head (TdPaper    *self,
               double      x,
               double      width,
               const char *text)
{
  const TdPaperStyle style = { HEAD_SIZE, TRUE, TD_PAPER_TEXT, PANGO_ALIGN_LEFT };

  self->y += td_paper_write (self, &style, x, self->y, width, text) + 2;
  td_paper_rule (self, TD_PAPER_TEXT, 0.7, x, self->y, width);
  self->y += 4;
}

/**
 * td_paper_end:
 * @self: paper that was written
 * @foot: stands at the foot of each page, beside its number
 *
 * Nothing more may be written then.
 */
void
td_paper_end (TdPaper    *self,
              const char *foot)
{
  double y = TD_PAPER_HEIGHT - TD_PAPER_MARGIN - TD_PAPER_FOOT / 2;
  double width = TD_PAPER_WIDTH - 2 * TD_PAPER_MARGIN;

  g_return_if_fail (self != NULL && foot != NULL);

  for (guint i = 0; i < self->pages->len; i++)
    {
      /* Translators: "Page 1/3": which page of how many. */
      g_autofree char *number = g_strdup_printf (_ ("Page %u/%u"), i + 1, self->pages->len);
      TdPaperStyle     right = foot_style;

      right.align = PANGO_ALIGN_RIGHT;
      g_clear_pointer (&self->cr, cairo_destroy);
      self->cr = cairo_create (g_ptr_array_index (self->pages, i));
      td_paper_write (self, &foot_style, TD_PAPER_MARGIN, y, width - 70, foot);
      td_paper_write (self, &right, TD_PAPER_MARGIN, y, width, number);
    }
  g_clear_pointer (&self->cr, cairo_destroy);
}

guint
td_paper_get_n_pages (TdPaper *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->pages->len;
}

/**
 * td_paper_draw:
 * @self: paper that was ended
 * @page: which page, from 0
 * @blank: the paper is drawn, too: a screen and a picture have none
 * @cr: draws in points
 */
void
td_paper_draw (TdPaper *self,
               guint    page,
               gboolean blank,
               cairo_t *cr)
{
  const Colour *colour;

  g_return_if_fail (self != NULL && page < self->pages->len);

  cairo_save (cr);
  if (blank)
    {
      colour = &self->inks[TD_PAPER_BLANK];
      cairo_set_source_rgb (cr, colour->red, colour->green, colour->blue);
      cairo_rectangle (cr, 0, 0, TD_PAPER_WIDTH, TD_PAPER_HEIGHT);
      cairo_fill (cr);
    }
  cairo_set_source_surface (cr, g_ptr_array_index (self->pages, page), 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
}

/**
 * td_paper_cover:
 * @self: paper that was ended
 * @page: which page, from 0, after td_paper_draw()
 * @cr: draws in points
 *
 * Paints over what is private: what is under it cannot be read any more in
 * what is made of pixels, as a picture is. A PDF would still hold it.
 */
void
td_paper_cover (TdPaper *self,
                guint    page,
                cairo_t *cr)
{
  const Colour *colour;

  g_return_if_fail (self != NULL && page < self->pages->len);

  colour = &self->inks[TD_PAPER_FAINT];
  cairo_save (cr);
  /* At the edge of what is covered nothing may shine through. */
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb (cr, colour->red, colour->green, colour->blue);
  for (guint i = 0; i < self->hidden->len; i++)
    {
      const Private *where = &g_array_index (self->hidden, Private, i);

      if (where->page == page)
        cairo_rectangle (cr, where->x - 1, where->y - 1, where->width + 2, where->height + 2);
    }
  cairo_fill (cr);
  cairo_restore (cr);
}
