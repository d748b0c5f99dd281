/* td-picture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-picture.h"

#include "td-palette.h"

#define MARGIN 12.0f
#define CAPTION_HEIGHT 30.0f

/* What stands for a line of text; more than a line is covered whole. */
#define BAR_HEIGHT 12.0f
#define LINE_HEIGHT 48.0f
#define RADIUS 4.0f

/* Every renderer takes a texture of this size. */
#define MAX_SIDE 8192.0

/* A widget that is left out of a picture. */
typedef struct
{
  GtkWidget *widget; /* (owned) */
  double     opacity;
} Hidden;

typedef struct
{
  GArray    *hidden; /* (element-type Hidden) */
  GPtrArray *masked; /* (element-type GtkWidget): that leave private things out themselves */
  GArray    *bars;   /* (element-type graphene_rect_t): where the hidden ones are seen */
} Mask;

static void
clear_hidden (gpointer data)
{
  g_object_unref (((Hidden *)data)->widget);
}

static gboolean
is_empty (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return *gtk_label_get_text (GTK_LABEL (widget)) == '\0';
  if (GTK_IS_INSCRIPTION (widget))
    return gtk_inscription_get_text (GTK_INSCRIPTION (widget)) == NULL || *gtk_inscription_get_text (GTK_INSCRIPTION (widget)) == '\0';
  if (GTK_IS_EDITABLE (widget))
    return *gtk_editable_get_text (GTK_EDITABLE (widget)) == '\0';
  if (GTK_IS_TEXT_VIEW (widget))
    return gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget))) == 0;

  return FALSE;
}

static gboolean
can_mask (GtkWidget *widget)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "masked");

  return pspec != NULL && G_PARAM_SPEC_VALUE_TYPE (pspec) == G_TYPE_BOOLEAN;
}

static void
hide (Mask                  *mask,
      GtkWidget             *widget,
      const graphene_rect_t *seen)
{
  Hidden hidden = { g_object_ref (widget), gtk_widget_get_opacity (widget) };

  g_array_append_val (mask->hidden, hidden);
  gtk_widget_set_opacity (widget, 0);
  g_array_append_val (mask->bars, *seen);
}

/* Hides what is private in @widget and below, of which @clip is seen. */
static void
hide_private (Mask                  *mask,
              GtkWidget             *root,
              GtkWidget             *widget,
              const graphene_rect_t *clip)
{
  graphene_rect_t bounds, seen;

  if (!gtk_widget_get_mapped (widget) || GTK_IS_NATIVE (widget))
    return;
  if (!gtk_widget_compute_bounds (widget, root, &bounds) || !graphene_rect_intersection (&bounds, clip, &seen))
    return;

  if (gtk_widget_has_css_class (widget, TD_PICTURE_PRIVATE))
    {
      if (!is_empty (widget))
        hide (mask, widget, &seen);
      return;
    }
  if (can_mask (widget))
    {
      g_ptr_array_add (mask->masked, g_object_ref (widget));
      g_object_set (widget, "masked", TRUE, NULL);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    hide_private (mask, root, child, &seen);
}

static void
show_private (Mask *mask)
{
  for (guint i = 0; i < mask->hidden->len; i++)
    {
      const Hidden *hidden = &g_array_index (mask->hidden, Hidden, i);

      gtk_widget_set_opacity (hidden->widget, hidden->opacity);
    }
  for (guint i = 0; i < mask->masked->len; i++)
    g_object_set (g_ptr_array_index (mask->masked, i), "masked", FALSE, NULL);
}

static void
append_bar (GtkSnapshot           *snapshot,
            const graphene_rect_t *where,
            const GdkRGBA         *line,
            const GdkRGBA         *block)
{
  graphene_rect_t bar = *where;
  gboolean        is_line = bar.size.height < LINE_HEIGHT;
  GskRoundedRect  rounded;

  if (is_line && bar.size.height > BAR_HEIGHT)
    graphene_rect_inset (&bar, 0, (bar.size.height - BAR_HEIGHT) / 2);
  gsk_rounded_rect_init_from_rect (&rounded, &bar, RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, is_line ? line : block, &bar);
  gtk_snapshot_pop (snapshot);
}

static void
append_caption (GtkSnapshot *snapshot,
                GtkWidget   *widget,
                const char  *caption,
                float        y,
                float        width)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, caption);
  GdkRGBA colour;
  int     height;

  td_palette_lookup (widget, "td_secondary", &colour);
  pango_layout_set_width (layout, (int)((width - 2 * MARGIN) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (MARGIN, y + (CAPTION_HEIGHT - (float)height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

/**
 * td_picture_set_private:
 * @widget: a widget
 * @is_private: whether what it shows now is of a person
 */
void
td_picture_set_private (GtkWidget *widget,
                        gboolean   is_private)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (is_private)
    gtk_widget_add_css_class (widget, TD_PICTURE_PRIVATE);
  else
    gtk_widget_remove_css_class (widget, TD_PICTURE_PRIVATE);
}

/* A GtkWidgetPaintable would have it as it was before something was hidden. */
static void
append_widget (GtkSnapshot *snapshot,
               GtkWidget   *widget)
{
  GtkWidget       *parent = gtk_widget_get_parent (widget);
  graphene_point_t origin;

  if (!gtk_widget_compute_point (parent, widget, graphene_point_zero (), &origin))
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &origin);
  gtk_widget_snapshot_child (parent, widget, snapshot);
  gtk_snapshot_restore (snapshot);
}

/**
 * td_picture_take:
 * @widget: a widget in another that is mapped and has its place, as after a frame was painted
 * @caption: what stands below it
 * @masked: whether names, numbers and words of persons are left out
 *
 * What is left out is not in the picture at all: a bar stands in its place. On
 * the screen nothing changes.
 *
 * Returns: (transfer full): the picture, its upper left corner at the origin
 */
GskRenderNode *
td_picture_take (GtkWidget  *widget,
                 const char *caption,
                 gboolean    masked)
{
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GArray) hidden = g_array_new (FALSE, FALSE, sizeof (Hidden));
  g_autoptr (GPtrArray) maskers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) bars = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  Mask            mask = { hidden, maskers, bars };
  graphene_rect_t bounds, whole;
  GdkRGBA         ground, line, block;

  g_return_val_if_fail (GTK_IS_WIDGET (widget) && gtk_widget_get_mapped (widget), NULL);
  g_return_val_if_fail (caption != NULL, NULL);

  bounds = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget), (float)gtk_widget_get_height (widget));
  whole = bounds;
  whole.size.height += CAPTION_HEIGHT;
  g_array_set_clear_func (hidden, clear_hidden);
  td_palette_lookup (widget, "td_page", &ground);
  td_palette_lookup (widget, "td_hatch", &line);
  td_palette_lookup (widget, "td_hairline", &block);

  if (masked)
    hide_private (&mask, widget, widget, &bounds);
  snapshot = gtk_snapshot_new ();
  gtk_snapshot_push_clip (snapshot, &whole);
  gtk_snapshot_append_color (snapshot, &ground, &whole);
  append_widget (snapshot, widget);
  show_private (&mask);

  for (guint i = 0; i < bars->len; i++)
    append_bar (snapshot, &g_array_index (bars, graphene_rect_t, i), &line, &block);
  append_caption (snapshot, widget, caption, bounds.size.height, bounds.size.width);
  gtk_snapshot_pop (snapshot);

  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

/**
 * td_picture_render:
 * @widget: the widget that it is of
 * @node: a picture
 * @scale: pixels of the result for one of the screen; less where it would be too large
 *
 * Returns: (transfer full): it in pixels, which any thread may read
 */
GdkTexture *
td_picture_render (GtkWidget     *widget,
                   GskRenderNode *node,
                   double         scale)
{
  g_autoptr (GskTransform) transform = NULL;
  g_autoptr (GskRenderNode) scaled = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GBytes) bytes = NULL;
  graphene_rect_t bounds;
  guchar         *pixels;
  gsize           stride;

  g_return_val_if_fail (GTK_IS_WIDGET (widget) && gtk_widget_get_native (widget) != NULL, NULL);
  g_return_val_if_fail (node != NULL && scale > 0, NULL);

  gsk_render_node_get_bounds (node, &bounds);
  scale = MIN (scale, MAX_SIDE / MAX (bounds.size.width, bounds.size.height));
  transform = gsk_transform_scale (NULL, (float)scale, (float)scale);
  scaled = gsk_transform_node_new (node, transform);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), scaled,
                                         &GRAPHENE_RECT_INIT (0, 0, (float)(bounds.size.width * scale), (float)(bounds.size.height * scale)));

  stride = (gsize)gdk_texture_get_width (texture) * 4;
  pixels = g_malloc (stride * (gsize)gdk_texture_get_height (texture));
  gdk_texture_download (texture, pixels, stride);
  bytes = g_bytes_new_take (pixels, stride * (gsize)gdk_texture_get_height (texture));

  return gdk_memory_texture_new (gdk_texture_get_width (texture), gdk_texture_get_height (texture), GDK_MEMORY_DEFAULT, bytes, stride);
}
