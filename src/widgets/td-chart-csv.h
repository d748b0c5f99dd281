/* td-chart-csv.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-chart-data.h"

G_BEGIN_DECLS

/* What charts show as text for other programs: comma-separated in UTF-8 with a
 * byte order mark and a header, a row a minute. Times are ISO 8601 with the
 * offset of the centre's zone, numbers have a point; what is not known is
 * empty. Pure functions; any thread. */

void td_chart_csv_add_header (GString           *csv,
                              const TdChartData *data);
void td_chart_csv_add_rows (GString           *csv,
                            const TdChartData *data,
                            const char        *stream);

G_END_DECLS
