/* td-size-bin.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-size-bin.h"

/* The least that the bin asks for, whatever its child would like in the class
 * it is in: else a page could never become small enough to be compact. */
#define MIN_WIDTH 720
#define MIN_HEIGHT 420

struct _TdSizeBin
{
  GtkWidget parent_instance;

  GtkWidget  *child; /* (nullable) */
  TdSizeClass size_class;
  TdSizeClass wanted;
  guint       apply_id;
};

enum {
  PROP_0,
  PROP_CHILD,
  PROP_SIZE_CLASS,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (TdSizeBin, td_size_bin, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static const char *const css_classes[] = {
  [TD_SIZE_COMPACT] = "size-compact",
  [TD_SIZE_NORMAL] = "size-normal",
  [TD_SIZE_LARGE] = "size-large",
  [TD_SIZE_HUGE] = "size-huge",
};

static gboolean
apply_cb (gpointer user_data)
{
  TdSizeBin *self = user_data;

  self->apply_id = 0;
  if (self->wanted != self->size_class)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), css_classes[self->size_class]);
      self->size_class = self->wanted;
      gtk_widget_add_css_class (GTK_WIDGET (self), css_classes[self->size_class]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE_CLASS]);
    }

  return G_SOURCE_REMOVE;
}

static void
td_size_bin_measure (GtkWidget     *widget,
                     GtkOrientation orientation,
                     int            for_size,
                     int           *minimum,
                     int           *natural,
                     int           *minimum_baseline,
                     int           *natural_baseline)
{
  TdSizeBin *self = TD_SIZE_BIN (widget);
  int        least = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;

  *minimum = *natural = 0;
  if (self->child != NULL)
    gtk_widget_measure (self->child, orientation, -1, minimum, natural, NULL, NULL);

  *minimum = MIN (*minimum, least);
  *natural = MAX (*natural, *minimum);
}

static void
td_size_bin_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  TdSizeBin *self = TD_SIZE_BIN (widget);
  int        child_width = 0;
  int        child_height = 0;

  self->wanted = td_size_class_for (width, height);

  /* A style cannot change in the middle of an allocation. */
  if (self->wanted != self->size_class && self->apply_id == 0)
    self->apply_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, apply_cb, self, NULL);

  if (self->child == NULL)
    return;

  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &child_width, NULL, NULL, NULL);
  child_width = MAX (child_width, width);
  gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, child_width, &child_height, NULL, NULL, NULL);
  gtk_widget_allocate (self->child, child_width, MAX (child_height, height), -1, NULL);
}

static void
td_size_bin_dispose (GObject *object)
{
  TdSizeBin *self = TD_SIZE_BIN (object);

  g_clear_handle_id (&self->apply_id, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);

  G_OBJECT_CLASS (td_size_bin_parent_class)->dispose (object);
}

static void
td_size_bin_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TdSizeBin *self = TD_SIZE_BIN (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, td_size_bin_get_child (self));
      break;

    case PROP_SIZE_CLASS:
      g_value_set_int (value, td_size_bin_get_size_class (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_size_bin_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TdSizeBin *self = TD_SIZE_BIN (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      td_size_bin_set_child (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_size_bin_class_init (TdSizeBinClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_size_bin_dispose;
  object_class->get_property = td_size_bin_get_property;
  object_class->set_property = td_size_bin_set_property;
  widget_class->measure = td_size_bin_measure;
  widget_class->size_allocate = td_size_bin_size_allocate;

  properties[PROP_CHILD] =
    g_param_spec_object ("child", NULL, NULL,
                         GTK_TYPE_WIDGET,
                         (G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  properties[PROP_SIZE_CLASS] =
    g_param_spec_int ("size-class", NULL, NULL,
                      TD_SIZE_COMPACT, TD_SIZE_HUGE, TD_SIZE_NORMAL,
                      (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
td_size_bin_init (TdSizeBin *self)
{
  self->size_class = self->wanted = TD_SIZE_NORMAL;
  gtk_widget_add_css_class (GTK_WIDGET (self), css_classes[self->size_class]);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
td_size_bin_new (void)
{
  return g_object_new (TD_TYPE_SIZE_BIN, NULL);
}

GtkWidget *
td_size_bin_get_child (TdSizeBin *self)
{
  g_return_val_if_fail (TD_IS_SIZE_BIN (self), NULL);

  return self->child;
}

void
td_size_bin_set_child (TdSizeBin *self,
                       GtkWidget *child)
{
  g_return_if_fail (TD_IS_SIZE_BIN (self));
  g_return_if_fail (child == NULL || GTK_IS_WIDGET (child));

  if (self->child == child)
    return;

  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

TdSizeClass
td_size_bin_get_size_class (TdSizeBin *self)
{
  g_return_val_if_fail (TD_IS_SIZE_BIN (self), TD_SIZE_NORMAL);

  return self->size_class;
}

/**
 * td_size_class_for:
 * @width: pixels that a page has
 * @height: pixels that a page has, the header bar left out
 *
 * Returns: the class of a page of that size
 */
TdSizeClass
td_size_class_for (int width,
                   int height)
{
  if (width >= 3200 && height >= 1700)
    return TD_SIZE_HUGE;
  if (width >= 1800 && height >= 920)
    return TD_SIZE_LARGE;
  if (width >= 1240 && height >= 650)
    return TD_SIZE_NORMAL;

  return TD_SIZE_COMPACT;
}
