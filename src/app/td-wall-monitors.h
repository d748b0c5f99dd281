/* td-wall-monitors.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-wall.h"

G_BEGIN_DECLS

int        *td_wall_monitors_assign (GdkDisplay   *display,
                                     const TdWall *wall);
GdkMonitor *td_wall_monitors_ref (GdkDisplay *display,
                                  int         index);

G_END_DECLS
