/* td-options.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-connection.h"

G_BEGIN_DECLS

/**
 * TdOptions:
 * @demo: watch a simulated centre
 * @demo_options: (array zero-terminated=1): what is passed on to it
 * @url: (nullable): the supervision API to watch
 * @allow_plain: that address may be plain HTTP on another machine
 * @token: (nullable): its bearer token, never from the command line itself
 * @profile: (nullable): name of the profile to watch
 * @secret: (nullable): in the place of the profile's secret that is kept
 * @check: (nullable): name of the profile, or URL, to test the connection of, and end
 * @dump: (nullable): name of the profile, or URL, to print the state of, and end
 * @after_s: seconds to watch for before that, or -1 for until the first snapshot
 * @list_profiles: print the profiles that are there, and end
 * @import: (nullable): file of counted history to take into a profile's, and end
 * @export: (nullable): file to write a profile's history to, and end
 * @report: (nullable): the shift whose sheet is to be written
 * @output: (nullable): file that it goes to
 * @queue: (nullable): id of the queue that all of @import is of
 * @wall: (nullable): file of the wall to show; empty for the wall that there is without a name
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
  gboolean allow_plain;
  char    *token;
  char    *profile;
  char    *secret;
  char    *check;
  char    *dump;
  int      after_s;
  gboolean list_profiles;
  char    *import;
  char *export;
  char    *report;
  char    *output;
  char    *queue;
  char    *wall;
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
void       td_options_prepare (char **arguments);
TdOptions *td_options_parse (GVariantDict *dict,
                             GError      **error);
void       td_options_free (TdOptions *self);

gboolean      td_options_is_url (const char *text);
TdConnection *td_options_create_connection (const TdOptions *self,
                                            const char      *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdOptions, td_options_free)

G_END_DECLS
