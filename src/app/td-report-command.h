/* td-report-command.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-options.h"
#include "td-profile.h"

G_BEGIN_DECLS

gboolean td_report_command_run (const TdOptions *options,
                                const TdProfile *profile,
                                TdBackend       *backend);

G_END_DECLS
