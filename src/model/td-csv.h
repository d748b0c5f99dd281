/* td-csv.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-types.h"

G_BEGIN_DECLS

/* Without it spreadsheets take the text for that of an old code page. */
#define TD_CSV_BYTE_ORDER_MARK "\xef\xbb\xbf"

/* Rows for spreadsheets and for other programs: comma-separated, cells quoted
 * where they must be. Whatever the locale, numbers have a point and times are
 * ISO 8601 with an offset; what is not known is empty. A cell that a
 * spreadsheet would reckon as a formula begins with an apostrophe, which
 * td_csv_unguard() takes off again. Each function adds a cell to a row, and
 * td_csv_end_row() ends it. Pure functions; any thread. */

void td_csv_add_text (GString    *csv,
                      const char *text);
void td_csv_add_integer (GString *csv,
                         gint64   value);
void td_csv_add_number (GString *csv,
                        double   value,
                        guint    decimals);
void td_csv_add_seconds (GString *csv,
                         gint64   ms);
void td_csv_add_time (GString   *csv,
                      gint64     time,
                      GTimeZone *zone);
void td_csv_end_row (GString *csv);

const char *td_csv_unguard (const char *cell);

G_END_DECLS
