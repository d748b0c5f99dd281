/* td-staffing-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-recovery.h"
#include "td-staffing-desk.h"

G_BEGIN_DECLS

/* How staffing reads, the same on every page. What is returned is owned by the caller. */

char *td_staffing_view_format_needed (const TdStaffingNeed *need,
                                      guint                 serving);
char *td_staffing_view_format_ahead (const TdStaffingOutlook *outlook,
                                     guint                    serving);
char *td_staffing_view_describe (const TdStaffingOutlook *outlook,
                                 GTimeZone               *zone);
char *td_staffing_view_format_recovery (const TdRecovery *recovery);
char *td_staffing_view_describe_recovery (const TdRecovery *recovery,
                                          double            target,
                                          int               seconds);

G_END_DECLS
