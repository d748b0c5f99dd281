/* td-wall-monitors.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-monitors.h"

/**
 * td_wall_monitors_assign:
 * @display: of the program
 * @wall: a wall
 *
 * Returns: (transfer full) (array): where each screen of the wall is to be
 *   seen now, as from td_wall_assign(): indices of monitors
 */
int *
td_wall_monitors_assign (GdkDisplay   *display,
                         const TdWall *wall)
{
  GListModel               *monitors;
  guint                     n;
  g_autofree TdWallMonitor *known = NULL;
  int                      *chosen;

  g_return_val_if_fail (GDK_IS_DISPLAY (display), NULL);
  g_return_val_if_fail (wall != NULL, NULL);

  monitors = gdk_display_get_monitors (display);
  n = g_list_model_get_n_items (monitors);
  known = g_new0 (TdWallMonitor, MAX (n, 1));
  chosen = g_new (int, td_wall_get_n_screens (wall));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);

      known[i] = (TdWallMonitor){ gdk_monitor_get_connector (monitor), gdk_monitor_get_model (monitor) };
    }
  td_wall_assign (wall, known, n, chosen);

  return chosen;
}

/**
 * td_wall_monitors_ref:
 * @display: of the program
 * @index: of a monitor, or -1
 *
 * Returns: (transfer full) (nullable): that monitor
 */
GdkMonitor *
td_wall_monitors_ref (GdkDisplay *display,
                      int         index)
{
  g_return_val_if_fail (GDK_IS_DISPLAY (display), NULL);

  return index >= 0 ? g_list_model_get_item (gdk_display_get_monitors (display), (guint)index) : NULL;
}
