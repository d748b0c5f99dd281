/* td-map-painter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-painter.h"

#include <math.h>
#include <string.h>

#include "td-format.h"
#include "td-map-digits.h"
#include "td-map-name.h"
#include "td-palette.h"
#include "td-state-shape.h"

struct _TdMapPainter
{
  GtkWidget   *widget; /* (unowned) */
  double       scale;
  gboolean     masked;
  GHashTable  *colours;                      /* (owned): name (static string) -> GdkRGBA */
  TdMapDigits *digits[TD_MAP_DETAIL_NARROW]; /* (owned) (nullable): of times */
};

/* Where the parts of a tile lie, in pixels at a scale of 1. */
typedef struct
{
  double name_size;
  double time_size;
  double label_size;
  int    margin;
  int    name_y;
  int    time_bottom; /* from the lower edge to the time's middle */
  int    shape;
  int    radius;
} Measures;

static const Measures measures[] = {
  [TD_MAP_DETAIL_CARD] = { 15, 20, 13, 12, 9, 0, 15, 10 },
  [TD_MAP_DETAIL_TILE] = { 13, 15, 12, 8, 5, 15, 11, 8 },
  [TD_MAP_DETAIL_CHIP] = { 12, 13, 11, 6, 3, 12, 10, 6 },
  [TD_MAP_DETAIL_NARROW] = { 11, 0, 0, 2, 0, 0, 9, 5 },
  [TD_MAP_DETAIL_SQUARE] = { 0, 0, 0, 0, 0, 0, 0, 0 },
};

/* The middle of a card's second line. */
#define CARD_TIME_Y 46
#define CARD_LINE_HEIGHT 19

/* What a tile leaves to the time before the label begins. */
#define TILE_TIME_WIDTH 54

static void
clear_digits (TdMapPainter *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->digits); i++)
    g_clear_pointer (&self->digits[i], td_map_digits_free);
}

/**
 * td_map_painter_new:
 * @widget: the widget that is drawn; it must outlive the painter
 *
 * Returns: (transfer full): a painter
 */
TdMapPainter *
td_map_painter_new (GtkWidget *widget)
{
  TdMapPainter *self = g_new0 (TdMapPainter, 1);

  self->widget = widget;
  self->scale = 1;
  self->colours = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  return self;
}

/**
 * td_map_painter_free:
 * @self: (transfer full): a painter
 */
void
td_map_painter_free (TdMapPainter *self)
{
  g_hash_table_unref (self->colours);
  clear_digits (self);
  g_free (self);
}

/**
 * td_map_painter_get_scale:
 * @self: a painter
 *
 * Returns: how much larger than on a small desk everything is
 */
double
td_map_painter_get_scale (TdMapPainter *self)
{
  return self->scale;
}

/**
 * td_map_painter_get_masked:
 * @self: a painter
 *
 * Returns: whether names and numbers of telephones are left out
 */
gboolean
td_map_painter_get_masked (TdMapPainter *self)
{
  return self->masked;
}

/**
 * td_map_painter_set_masked:
 * @self: a painter
 * @masked: whether names and numbers of telephones are left out of what is drawn from now on
 */
void
td_map_painter_set_masked (TdMapPainter *self,
                           gboolean      masked)
{
  self->masked = masked;
}

/**
 * td_map_painter_reset:
 * @self: a painter
 * @scale: how much larger than on a small desk everything is
 *
 * Forgets colours and texts: the style or the size changed.
 */
void
td_map_painter_reset (TdMapPainter *self,
                      double        scale)
{
  self->scale = scale;
  g_hash_table_remove_all (self->colours);
  clear_digits (self);
}

/**
 * td_map_painter_get_colour:
 * @self: a painter
 * @name: (not nullable): a static string, the name of a colour in the style sheet
 *
 * Returns: (transfer none): the colour, until the next reset
 */
const GdkRGBA *
td_map_painter_get_colour (TdMapPainter *self,
                           const char   *name)
{
  GdkRGBA *colour = g_hash_table_lookup (self->colours, name);

  if (colour == NULL)
    {
      colour = g_new (GdkRGBA, 1);
      td_palette_lookup (self->widget, name, colour);
      g_hash_table_insert (self->colours, (gpointer)name, colour);
    }

  return colour;
}

/**
 * td_map_painter_create_text:
 * @self: a painter
 * @text: a text
 * @size: of its font in pixels at a scale of 1
 * @bold: whether it is bold
 * @width: where it is cut with an ellipsis, in pixels, or -1 for nowhere
 *
 * Returns: (transfer full): a layout of one line, its digits of equal width
 */
PangoLayout *
td_map_painter_create_text (TdMapPainter *self,
                            const char   *text,
                            double        size,
                            gboolean      bold,
                            int           width)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (self->widget, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_size_new_absolute ((int)(size * self->scale * PANGO_SCALE)));
  pango_attr_list_insert (attributes, pango_attr_weight_new (bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  if (width >= 0)
    {
      pango_layout_set_width (layout, MAX (width, 1) * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }

  return layout;
}

static double
px (TdMapPainter *self,
    double        pixels)
{
  return round (pixels * self->scale);
}

/* Appends @text with its left edge at @x; @y is its middle, or its top where
 * @top. Returns the width. */
static int
append_text (TdMapPainter *self,
             GtkSnapshot  *snapshot,
             PangoLayout  *layout,
             double        x,
             double        y,
             gboolean      top,
             const char   *colour)
{
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, top ? y : round (y - height / 2.0)));
  gtk_snapshot_append_layout (snapshot, layout, td_map_painter_get_colour (self, colour));
  gtk_snapshot_restore (snapshot);

  return width;
}

static const char *
get_text_colour (const TdMapFace *face)
{
  return face->state == TD_AGENT_STATE_OFFLINE ? "td_secondary" : "td_text";
}

static const char *
get_time_colour (TdAgentNeed need,
                 gboolean    faint)
{
  if (need == TD_AGENT_NEED_PERSON)
    return "td_red_on_tile";
  if (need == TD_AGENT_NEED_LOOK)
    return "td_amber_text";

  return faint ? "td_secondary" : "td_text";
}

static const char *
get_label_colour (const TdMapFace *face)
{
  if (face->need == TD_AGENT_NEED_PERSON)
    return "td_red_on_tile";
  if (face->need == TD_AGENT_NEED_LOOK)
    return "td_amber_text";

  return "td_secondary";
}

/* How much of a card's second line the state's name may take. */
static int
get_state_width (int room)
{
  return room * 21 / 50;
}

static void
append_ground (TdMapPainter    *self,
               GtkSnapshot     *snapshot,
               int              width,
               int              height,
               double           radius,
               const TdMapFace *face)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT (0, 0, width, height);
  GskRoundedRect  rounded;
  const char     *fill = "td_tile";
  const char     *line = NULL;

  if (face->need == TD_AGENT_NEED_PERSON)
    {
      fill = "td_red_tile";
      line = "td_red";
    }
  else if (face->need == TD_AGENT_NEED_LOOK)
    {
      fill = "td_amber_tile";
      line = "td_amber";
    }
  else if (face->state == TD_AGENT_STATE_OFFLINE)
    {
      fill = NULL;
      line = "td_hairline";
    }

  gsk_rounded_rect_init_from_rect (&rounded, &rect, (float)radius);
  if (fill != NULL)
    {
      gtk_snapshot_push_rounded_clip (snapshot, &rounded);
      gtk_snapshot_append_color (snapshot, td_map_painter_get_colour (self, fill), &rect);
      if (face->heat_kind != TD_MAP_HEAT_NONE && face->need == TD_AGENT_NEED_NONE)
        {
          GdkRGBA heat = *td_map_painter_get_colour (self, face->heat_kind == TD_MAP_HEAT_HIGH ? "td_amber" : "td_line");

          heat.alpha *= (float)(0.45 * CLAMP (face->heat, 0, 1));
          gtk_snapshot_append_color (snapshot, &heat, &rect);
        }
      gtk_snapshot_pop (snapshot);
    }
  if (line != NULL)
    {
      const GdkRGBA *colour = td_map_painter_get_colour (self, line);
      float          stroke = (float)MAX (px (self, fill != NULL ? 1.5 : 1), 1);

      gtk_snapshot_append_border (snapshot, &rounded, (float[4]){ stroke, stroke, stroke, stroke },
                                  (GdkRGBA[4]){ *colour, *colour, *colour, *colour });
    }
}

static void
append_shape (TdMapPainter    *self,
              GtkSnapshot     *snapshot,
              double           x,
              double           y,
              double           size,
              const TdMapFace *face)
{
  const GdkRGBA *colour = td_map_painter_get_colour (self, td_palette_state_colour (face->state));

  td_state_shape_draw (snapshot, face->state, x, y, size, colour);
}

static void
append_square (TdMapPainter    *self,
               GtkSnapshot     *snapshot,
               int              width,
               int              height,
               const TdMapFace *face)
{
  double inset = width >= 24 ? width * 0.22 : width >= 12 ? width * 0.12
                                                          : 0;

  /* In a few pixels only colour is left, and who needs a person comes first. */
  if (width < 5)
    {
      const char *colour = face->need == TD_AGENT_NEED_PERSON ? "td_red"
                           : face->need == TD_AGENT_NEED_LOOK ? "td_amber"
                                                              : td_palette_state_colour (face->state);

      gtk_snapshot_append_color (snapshot, td_map_painter_get_colour (self, colour),
                                 &GRAPHENE_RECT_INIT (0, 0, width, height));
      return;
    }

  if (face->need != TD_AGENT_NEED_NONE || face->heat_kind != TD_MAP_HEAT_NONE || width >= 24)
    {
      TdMapFace ground = *face;

      /* The line around would leave nothing of the shape. */
      if (width < 16 && face->need != TD_AGENT_NEED_NONE)
        gtk_snapshot_append_color (snapshot,
                                   td_map_painter_get_colour (self, face->need == TD_AGENT_NEED_PERSON ? "td_red_tile" : "td_amber_mark"),
                                   &GRAPHENE_RECT_INIT (-0.5, -0.5, width + 1, height + 1));
      else
        append_ground (self, snapshot, width, height, width * 0.2, &ground);
    }
  append_shape (self, snapshot, inset, inset, width - 2 * inset, face);
}

/* Initials and shape in one line; one initial, that of the given name, where
 * two are too wide. */
static void
append_narrow (TdMapPainter    *self,
               GtkSnapshot     *snapshot,
               int              width,
               int              height,
               const TdMapFace *face)
{
  const Measures *at = &measures[TD_MAP_DETAIL_NARROW];
  /* As far from the edge as from each other, where there is room. */
  double           shape = px (self, at->shape);
  double           margin = CLAMP (round ((width - px (self, 28)) / 4), px (self, at->margin), px (self, 5));
  int              room = (int)(width - shape - 2.5 * margin);
  g_autofree char *initials = self->masked ? g_strdup (TD_MAP_NAME_MASKED) : td_map_name_dup_initials (face->title);
  const char      *last = g_utf8_find_prev_char (initials, initials + strlen (initials));
  g_autoptr (PangoLayout) layout = td_map_painter_create_text (self, initials, at->name_size, TRUE, -1);
  int natural;

  pango_layout_get_pixel_size (layout, &natural, NULL);
  if (natural > room && last != NULL)
    pango_layout_set_text (layout, last, -1);
  append_shape (self, snapshot, margin, round ((height - shape) / 2), shape, face);
  append_text (self, snapshot, layout, 2 * margin + shape, height / 2.0, FALSE, get_text_colour (face));
}

/**
 * td_map_painter_create_face:
 * @self: a painter
 * @detail: how much there is room for
 * @width: of the tile, pixels
 * @height: of the tile, pixels
 * @face: what to show
 *
 * Draws all of a tile but the time in state, its top left corner at the
 * origin. Text that does not fit ends with an ellipsis.
 *
 * Returns: (transfer full) (nullable): what is drawn
 */
GskRenderNode *
td_map_painter_create_face (TdMapPainter    *self,
                            TdMapDetail      detail,
                            int              width,
                            int              height,
                            const TdMapFace *face)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  const Measures  *at = &measures[detail];
  double           margin = px (self, at->margin);
  double           shape = px (self, at->shape);
  int              room = width - 2 * (int)margin;
  g_autofree char *words = NULL;
  g_autoptr (PangoLayout) name = NULL;

  if (detail == TD_MAP_DETAIL_SQUARE)
    {
      append_square (self, snapshot, width, height, face);
      return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
    }

  append_ground (self, snapshot, width, height, px (self, at->radius), face);
  if (detail == TD_MAP_DETAIL_NARROW)
    {
      append_narrow (self, snapshot, width, height, face);
      return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
    }
  words = td_map_name_dup_fitting (self, face->title, at->name_size, TRUE, room);
  name = td_map_painter_create_text (self, words, at->name_size, TRUE, room);
  append_text (self, snapshot, name, margin, px (self, at->name_y), TRUE, get_text_colour (face));

  if (detail == TD_MAP_DETAIL_CARD)
    {
      const char *lines[] = { face->label, self->masked ? NULL : face->detail, face->note };
      double      y = px (self, CARD_TIME_Y);
      g_autoptr (PangoLayout) state = NULL;

      append_shape (self, snapshot, margin, y - shape / 2, shape, face);
      state = td_map_painter_create_text (self, td_format_state (face->state), at->label_size, FALSE, get_state_width (room));
      pango_layout_set_alignment (state, PANGO_ALIGN_RIGHT);
      append_text (self, snapshot, state, width - margin - get_state_width (room), y, FALSE, get_label_colour (face));

      y = px (self, CARD_TIME_Y + 13);
      for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
        {
          g_autoptr (PangoLayout) line = NULL;

          if (lines[i] == NULL || y + px (self, CARD_LINE_HEIGHT) > height)
            continue;
          line = td_map_painter_create_text (self, lines[i], at->label_size, FALSE, room);
          append_text (self, snapshot, line, margin, y, TRUE, i == 0 ? get_text_colour (face) : "td_secondary");
          y += px (self, CARD_LINE_HEIGHT);
        }
    }
  else
    {
      double      y = height - px (self, at->time_bottom);
      const char *label = face->label != NULL ? face->label : face->note;

      append_shape (self, snapshot, margin, round (y - shape / 2), shape, face);
      if (detail == TD_MAP_DETAIL_TILE && label != NULL)
        {
          double from = margin + shape + px (self, face->state == TD_AGENT_STATE_OFFLINE ? 6 : TILE_TIME_WIDTH);
          g_autoptr (PangoLayout) layout = td_map_painter_create_text (self, label, at->label_size, FALSE,
                                                                       (int)(width - margin - from));

          pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
          append_text (self, snapshot, layout, from, y, FALSE, get_label_colour (face));
        }
    }

  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

/* The inks of times: of each need, for who is looked for and who is not, and
 * faint ones. */
#define N_NEEDS 3
#define FAINT_INK (2 * N_NEEDS)
#define N_INKS (FAINT_INK + 1)
#define DIMMED 0.18f

G_STATIC_ASSERT (N_INKS <= TD_MAP_DIGITS_MAX_INKS);

static void
get_inks (TdMapPainter *self,
          GdkRGBA      *inks)
{
  for (guint i = 0; i < N_NEEDS; i++)
    {
      inks[i] = inks[N_NEEDS + i] = *td_map_painter_get_colour (self, get_time_colour (i, FALSE));
      inks[N_NEEDS + i].alpha *= DIMMED;
    }
  inks[FAINT_INK] = *td_map_painter_get_colour (self, get_time_colour (TD_AGENT_NEED_NONE, TRUE));
}

static TdMapDigits *
get_digits (TdMapPainter *self,
            TdMapDetail   detail)
{
  g_autoptr (PangoLayout) sample = NULL;

  if (self->digits[detail] == NULL)
    {
      sample = td_map_painter_create_text (self, TD_MAP_DIGITS_SAMPLE, measures[detail].time_size, TRUE, -1);
      self->digits[detail] = td_map_digits_new (sample);
    }

  return self->digits[detail];
}

/* The room there is for a time, pixels. */
static double
get_time_room (TdMapPainter *self,
               TdMapDetail   detail,
               int           width,
               double        from)
{
  double margin = px (self, measures[detail].margin);

  switch (detail)
    {
    case TD_MAP_DETAIL_CARD:
      return width - margin - get_state_width (width - 2 * (int)margin) - from;

    case TD_MAP_DETAIL_TILE:
      return margin + px (self, measures[detail].shape + TILE_TIME_WIDTH) - from;

    case TD_MAP_DETAIL_CHIP:
    case TD_MAP_DETAIL_NARROW:
    case TD_MAP_DETAIL_SQUARE:
    default:
      return width - margin / 2 - from;
    }
}

static double
measure_time (TdMapPainter *self,
              TdMapDetail   detail,
              const char   *text)
{
  TdMapDigits *digits = get_digits (self, detail);
  double       width = digits != NULL ? td_map_digits_measure (digits, text) : -1;

  if (width < 0)
    {
      g_autoptr (PangoLayout) layout = td_map_painter_create_text (self, text, measures[detail].time_size, TRUE, -1);
      int pixels;

      pango_layout_get_pixel_size (layout, &pixels, NULL);
      width = pixels;
    }

  return width;
}

/* As exact as there is room for: "≥ 1:02:03", "1:02:03", "62′". */
static char *
dup_time (TdMapPainter *self,
          TdMapDetail   detail,
          double        room,
          gint64        seconds,
          gboolean      inexact)
{
  g_autofree char *duration = td_format_duration (seconds * 1000);
  g_autofree char *whole = g_strconcat (inexact ? "≥ " : "", duration, NULL);

  if (measure_time (self, detail, whole) <= room)
    return g_steal_pointer (&whole);
  if (inexact && measure_time (self, detail, duration) <= room)
    return g_steal_pointer (&duration);

  return td_format_short_span (seconds * 1000);
}

static void
write_time (TdMapPainter    *self,
            GtkSnapshot     *snapshot,
            TdMapDetail      detail,
            const TdMapRect *rect,
            gint64           seconds,
            gboolean         inexact,
            guint            ink)
{
  const Measures  *at = &measures[detail];
  TdMapDigits     *digits = get_digits (self, detail);
  double           from = px (self, at->margin) + px (self, at->shape) + px (self, detail == TD_MAP_DETAIL_CARD ? 8 : 5);
  double           room = get_time_room (self, detail, rect->width, from);
  g_autofree char *text = dup_time (self, detail, room, seconds, inexact);
  double           x = rect->x + from;
  double           y = rect->y + (detail == TD_MAP_DETAIL_CARD ? px (self, CARD_TIME_Y) : rect->height - px (self, at->time_bottom));

  if (digits == NULL || !td_map_digits_write (digits, text, x, y, ink))
    {
      g_autoptr (PangoLayout) layout = td_map_painter_create_text (self, text, at->time_size, TRUE, (int)room);
      GdkRGBA inks[N_INKS];
      int     height;

      get_inks (self, inks);
      pango_layout_get_pixel_size (layout, NULL, &height);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)x, (float)round (y - height / 2.0)));
      gtk_snapshot_append_layout (snapshot, layout, &inks[ink]);
      gtk_snapshot_restore (snapshot);
    }
}

/**
 * td_map_painter_write_time:
 * @self: a painter
 * @snapshot: where to draw
 * @detail: how much there is room for; only %TD_MAP_DETAIL_CHIP and more have times
 * @rect: the tile
 * @seconds: the time in state, or %TD_UNKNOWN
 * @inexact: whether it is at least that
 * @need: how much the agent needs a person
 * @is_dimmed: whether somebody else is looked for
 *
 * Writes the time in state of one tile of many; td_map_painter_draw_times()
 * draws what was written.
 */
void
td_map_painter_write_time (TdMapPainter    *self,
                           GtkSnapshot     *snapshot,
                           TdMapDetail      detail,
                           const TdMapRect *rect,
                           gint64           seconds,
                           gboolean         inexact,
                           TdAgentNeed      need,
                           gboolean         is_dimmed)
{
  if (detail < TD_MAP_DETAIL_NARROW && seconds >= 0)
    write_time (self, snapshot, detail, rect, seconds, inexact, (is_dimmed ? N_NEEDS : 0) + (guint)need);
}

/**
 * td_map_painter_get_time_band:
 * @self: a painter
 * @detail: how much there is room for; %TD_MAP_DETAIL_CHIP or more
 * @height: of a tile, pixels
 * @top: (out): where the time begins, pixels from the upper edge of the tile
 * @bottom: (out): where it ends
 *
 * The time alone changes every second: nothing else of a tile need be drawn.
 */
void
td_map_painter_get_time_band (TdMapPainter *self,
                              TdMapDetail   detail,
                              int           height,
                              int          *top,
                              int          *bottom)
{
  double half = ceil (measures[detail].time_size * self->scale * 0.7);
  double middle = detail == TD_MAP_DETAIL_CARD ? px (self, CARD_TIME_Y) : height - px (self, measures[detail].time_bottom);

  *top = (int)MAX (middle - half, 0);
  *bottom = (int)MIN (middle + half, height);
}

/**
 * td_map_painter_draw_times:
 * @self: a painter
 * @snapshot: where to draw
 * @detail: how much there is room for
 *
 * Draws the times that were written since the last time.
 */
void
td_map_painter_draw_times (TdMapPainter *self,
                           GtkSnapshot  *snapshot,
                           TdMapDetail   detail)
{
  GdkRGBA inks[N_INKS];

  if (detail >= TD_MAP_DETAIL_NARROW || self->digits[detail] == NULL)
    return;

  get_inks (self, inks);
  td_map_digits_draw (self->digits[detail], snapshot, inks, N_INKS);
}

/**
 * td_map_painter_append_time:
 * @self: a painter
 * @snapshot: where to draw, the tile's top left corner at the origin
 * @detail: how much there is room for; only %TD_MAP_DETAIL_CHIP and more have times
 * @width: of the tile, pixels
 * @height: of the tile, pixels
 * @seconds: the time in state
 * @inexact: whether it is at least that
 * @need: how much the agent needs a person
 * @faint: whether it matters little: of who is offline
 */
void
td_map_painter_append_time (TdMapPainter *self,
                            GtkSnapshot  *snapshot,
                            TdMapDetail   detail,
                            int           width,
                            int           height,
                            gint64        seconds,
                            gboolean      inexact,
                            TdAgentNeed   need,
                            gboolean      faint)
{
  if (detail >= TD_MAP_DETAIL_NARROW || seconds < 0)
    return;

  write_time (self, snapshot, detail, &(TdMapRect){ 0, 0, width, height }, seconds, inexact, faint ? FAINT_INK : (guint)need);
  td_map_painter_draw_times (self, snapshot, detail);
}
