/* td-map-name.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-map-painter.h"

G_BEGIN_DECLS

/* What of a person's name is shown where there is no room for all of it: the
 * given name stands last, and in Viet Nam people go by it. */

/* What stands for every name where names are left out. */
#define TD_MAP_NAME_MASKED "•••"

char       *td_map_name_dup_initials (const char *title);
const char *td_map_name_find_fitting (TdMapPainter *painter,
                                      const char   *title,
                                      double        size,
                                      gboolean      bold,
                                      int           width);
char       *td_map_name_dup_fitting (TdMapPainter *painter,
                                     const char   *title,
                                     double        size,
                                     gboolean      bold,
                                     int           width);

G_END_DECLS
