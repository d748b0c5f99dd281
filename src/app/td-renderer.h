/* td-renderer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-window.h"

G_BEGIN_DECLS

#define TD_TYPE_RENDERER (td_renderer_get_type ())

/**
 * TdRenderer:
 *
 * Draws each page of a window to a PNG file, once there is something to see.
 *
 * TdRenderer::done: (const char *error) all pages are drawn, or %error tells
 * (translated) what went wrong.
 */
G_DECLARE_FINAL_TYPE (TdRenderer, td_renderer, TD, RENDERER, GObject)

TdRenderer *td_renderer_new (TdWindow   *window,
                             const char *folder,
                             guint       after_s);
void        td_renderer_start (TdRenderer *self);

G_END_DECLS
