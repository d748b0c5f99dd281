/* td-help-line.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-watch.h"

G_BEGIN_DECLS

char *td_help_line_format (TdWatch *watch,
                           gint64   now);

G_END_DECLS
