/* td-overview-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-overview-page.h"

struct _TdOverviewPage
{
  GtkWidget parent_instance;

  TdWatch   *watch; /* (owned) */
  GtkWidget *title;
};

G_DEFINE_FINAL_TYPE (TdOverviewPage, td_overview_page, GTK_TYPE_WIDGET)

static void
td_overview_page_dispose (GObject *object)
{
  TdOverviewPage *self = TD_OVERVIEW_PAGE (object);

  g_clear_object (&self->watch);
  g_clear_pointer (&self->title, gtk_widget_unparent);

  G_OBJECT_CLASS (td_overview_page_parent_class)->dispose (object);
}

static void
td_overview_page_class_init (TdOverviewPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_overview_page_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, title);
}

static void
td_overview_page_init (TdOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_overview_page_new:
 * @watch: what is watched
 *
 * Returns: (transfer floating): a new page
 */
GtkWidget *
td_overview_page_new (TdWatch *watch)
{
  TdOverviewPage *self;

  g_return_val_if_fail (TD_IS_WATCH (watch), NULL);

  self = g_object_new (TD_TYPE_OVERVIEW_PAGE, NULL);
  self->watch = g_object_ref (watch);

  return GTK_WIDGET (self);
}
