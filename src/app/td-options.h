/* td-options.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TdOptions:
 * @demo: watch a simulated centre
 * @demo_options: (array zero-terminated=1): what is passed on to it
 * @url: (nullable): the supervision API to watch
 * @token: (nullable): its bearer token, never from the command line itself
 * @page: (nullable): the page to begin with
 * @width: of the window in pixels, or 0
 * @height: likewise
 * @render: (nullable): folder to draw the pages into, instead of staying
 * @render_after_s: seconds of live data to wait for before that
 * @dark: the dark style; @light: the light one; neither: the desktop's
 * @first_frame: tell when the first frame was drawn, and end: for measuring
 *
 * What the command line asks for.
 */
typedef struct
{
  gboolean demo;
  char   **demo_options;
  char    *url;
  char    *token;
  char    *page;
  int      width;
  int      height;
  char    *render;
  int      render_after_s;
  gboolean dark;
  gboolean light;
  gboolean first_frame;
} TdOptions;

void       td_options_add_to (GApplication *app);
TdOptions *td_options_parse (GVariantDict *dict,
                             GError      **error);
void       td_options_free (TdOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdOptions, td_options_free)

G_END_DECLS
