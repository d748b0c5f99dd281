/* td-page-csv.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"
#include "td-shift-sheet.h"
#include "td-wait-check.h"

G_BEGIN_DECLS

/* What pages show, as CSV; the README says what the columns are. All return
 * (transfer full) text. */

GBytes *td_page_csv_queues (TdCentre    *centre,
                            TdWaitCheck *waits,
                            gint64       now);
GBytes *td_page_csv_agents (TdCentre *centre,
                            gint64    now);
GBytes *td_page_csv_sheet (const TdShiftSheet *sheet);

G_END_DECLS
