/* td-command-line.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-options.h"

G_BEGIN_DECLS

gboolean td_command_line_is_asked (const TdOptions *options);
int      td_command_line_run (const TdOptions *options);

G_END_DECLS
