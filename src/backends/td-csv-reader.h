/* td-csv-reader.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TD_CSV_MAX_FIELDS 256 /* of one row */

/**
 * TdCsvReader:
 * @next: where the next row begins
 * @end: end of the text
 * @separator: what parts the fields
 * @line: line of @next, from 1
 * @row_line: line that the row read last began on
 *
 * A cursor in comma-separated text (RFC 4180; LF ends a line too). Lives on
 * the stack; borrows the text.
 */
typedef struct
{
  const char *next;
  const char *end;
  char        separator;
  guint       line;
  guint       row_line;
} TdCsvReader;

void     td_csv_reader_init (TdCsvReader *self,
                             const char  *text,
                             gsize        length);
gboolean td_csv_reader_read (TdCsvReader *self,
                             GPtrArray   *fields,
                             GError     **error);

G_END_DECLS
