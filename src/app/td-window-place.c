/* td-window-place.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-window-place.h"

/**
 * td_window_place_keep:
 * @window: a window that is about to be closed
 * @settings: where to keep it
 *
 * Keeps the size of the window and the page that it shows.
 */
void
td_window_place_keep (TdWindow  *window,
                      GSettings *settings)
{
  GtkWindow *gtk_window = GTK_WINDOW (window);
  int        width, height;

  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (gtk_window));
  if (!gtk_window_is_maximized (gtk_window) && !gtk_window_is_fullscreen (gtk_window))
    {
      gtk_window_get_default_size (gtk_window, &width, &height);
      g_settings_set_int (settings, "window-width", MAX (width, 0));
      g_settings_set_int (settings, "window-height", MAX (height, 0));
    }
  g_settings_set_string (settings, "page", td_window_get_page (window));
  if (td_window_get_agents_view (window) != NULL)
    g_settings_set_string (settings, "agents-view", td_window_get_agents_view (window));
}

/**
 * td_window_place:
 * @window: a window that was not shown yet
 * @settings: (nullable): where td_window_place_keep() kept the last one
 * @options: (nullable): the command line, which comes first
 *
 * Gives the window its size and the page to begin with.
 */
void
td_window_place (TdWindow        *window,
                 GSettings       *settings,
                 const TdOptions *options)
{
  int              width = 1366;
  int              height = 768;
  gboolean         maximized = FALSE;
  g_autofree char *page = NULL;

  if (settings != NULL)
    {
      g_autofree char *view = g_settings_get_string (settings, "agents-view");

      width = g_settings_get_int (settings, "window-width");
      height = g_settings_get_int (settings, "window-height");
      maximized = g_settings_get_boolean (settings, "window-maximized");
      page = g_settings_get_string (settings, "page");
      td_window_set_agents_view (window, view);
      td_window_set_settings (window, settings);
    }
  if (options != NULL && options->width > 0)
    {
      width = options->width;
      height = options->height;
      maximized = FALSE;
    }
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (window));

  if (options != NULL && options->page != NULL)
    td_window_set_page (window, options->page);
  else if (page != NULL)
    td_window_set_page (window, page);
}
