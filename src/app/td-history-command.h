/* td-history-command.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-options.h"
#include "td-profile.h"

G_BEGIN_DECLS

gboolean   td_history_command_run (const TdOptions *options,
                                   const TdProfile *profile);
GTimeZone *td_history_command_get_zone (const TdProfile *profile);

G_END_DECLS
