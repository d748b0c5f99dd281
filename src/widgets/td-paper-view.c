/* td-paper-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-paper-view.h"

#define GAP 16
#define MIN_WIDTH 360
#define MAX_WIDTH 1000

struct _TdPaperView
{
  GtkWidget parent_instance;

  TdPaper   *paper; /* (owned) (nullable) */
  GPtrArray *nodes; /* (owned) (element-type GskRenderNode) (nullable): the pages, at @width */
  int        width;
  gboolean   masked;
};

enum {
  PROP_0,
  PROP_MASKED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TdPaperView, td_paper_view, GTK_TYPE_WIDGET)

static guint
count_pages (TdPaperView *self)
{
  return self->paper != NULL ? td_paper_get_n_pages (self->paper) : 1;
}

static double
get_page_height (int width)
{
  return width * TD_PAPER_HEIGHT / TD_PAPER_WIDTH;
}

static void
td_paper_view_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  TdPaperView *self = TD_PAPER_VIEW (widget);
  int          width;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = MAX_WIDTH;
      return;
    }

  width = CLAMP (for_size, MIN_WIDTH, MAX_WIDTH);
  *minimum = *natural = (int)(count_pages (self) * (get_page_height (width) + GAP)) + GAP;
}

static GtkSizeRequestMode
td_paper_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* GTK keeps the pixels of a node that stays the same. */
static void
draw_pages (TdPaperView *self,
            int          width)
{
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, (float)get_page_height (width));

  self->width = width;
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify)gsk_render_node_unref);
  for (guint i = 0; i < count_pages (self); i++)
    {
      GskRenderNode *node = gsk_cairo_node_new (&bounds);
      cairo_t       *cr = gsk_cairo_node_get_draw_context (node);

      cairo_scale (cr, width / TD_PAPER_WIDTH, width / TD_PAPER_WIDTH);
      td_paper_draw (self->paper, i, TRUE, cr);
      if (self->masked)
        td_paper_cover (self->paper, i, cr);
      cairo_destroy (cr);
      g_ptr_array_add (self->nodes, node);
    }
}

static void
td_paper_view_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  TdPaperView *self = TD_PAPER_VIEW (widget);
  int          width = CLAMP (gtk_widget_get_width (widget), MIN_WIDTH, MAX_WIDTH);

  if (self->paper == NULL)
    return;
  if (self->nodes == NULL || self->width != width)
    draw_pages (self, width);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)((gtk_widget_get_width (widget) - width) / 2), GAP));
  for (guint i = 0; i < self->nodes->len; i++)
    {
      gtk_snapshot_append_node (snapshot, g_ptr_array_index (self->nodes, i));
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float)(int)(get_page_height (width) + GAP)));
    }
  gtk_snapshot_restore (snapshot);
}

static void
td_paper_view_dispose (GObject *object)
{
  TdPaperView *self = TD_PAPER_VIEW (object);

  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_clear_pointer (&self->paper, td_paper_free);

  G_OBJECT_CLASS (td_paper_view_parent_class)->dispose (object);
}

static void
td_paper_view_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  if (prop_id == PROP_MASKED)
    g_value_set_boolean (value, TD_PAPER_VIEW (object)->masked);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
td_paper_view_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TdPaperView *self = TD_PAPER_VIEW (object);

  if (prop_id != PROP_MASKED)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  if (self->masked == g_value_get_boolean (value))
    return;

  self->masked = g_value_get_boolean (value);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
td_paper_view_class_init (TdPaperViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_paper_view_dispose;
  object_class->get_property = td_paper_view_get_property;
  object_class->set_property = td_paper_view_set_property;
  /* Names and notes are painted over, as a picture has them. */
  properties[PROP_MASKED] =
    g_param_spec_boolean ("masked", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  widget_class->measure = td_paper_view_measure;
  widget_class->get_request_mode = td_paper_view_get_request_mode;
  widget_class->snapshot = td_paper_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "paperview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
td_paper_view_init (TdPaperView *self)
{
}

GtkWidget *
td_paper_view_new (void)
{
  return g_object_new (TD_TYPE_PAPER_VIEW, NULL);
}

/**
 * td_paper_view_take:
 * @self: a view
 * @paper: (transfer full) (nullable): what it shows
 * @name: what that is called
 * @description: what it says, for who does not see it
 */
void
td_paper_view_take (TdPaperView *self,
                    TdPaper     *paper,
                    const char  *name,
                    const char  *description)
{
  gboolean resized;

  g_return_if_fail (TD_IS_PAPER_VIEW (self));

  resized = paper != NULL && count_pages (self) != td_paper_get_n_pages (paper);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_clear_pointer (&self->paper, td_paper_free);
  self->paper = paper;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  if (resized)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * td_paper_view_get_paper:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what it shows, until it is given other paper
 */
TdPaper *
td_paper_view_get_paper (TdPaperView *self)
{
  g_return_val_if_fail (TD_IS_PAPER_VIEW (self), NULL);

  return self->paper;
}
