/* td-picture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A style class: what the widget shows is the name or the number of a person,
 * or a person's words. A widget that draws such things among others has a
 * boolean property "masked" instead, under which it leaves them out. */
#define TD_PICTURE_PRIVATE "td-private"

void           td_picture_set_private (GtkWidget *widget,
                                       gboolean   is_private);
GskRenderNode *td_picture_take (GtkWidget  *widget,
                                const char *caption,
                                gboolean    masked);
GdkTexture    *td_picture_render (GtkWidget     *widget,
                                  GskRenderNode *node,
                                  double         scale);

G_END_DECLS
