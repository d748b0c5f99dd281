/* td-count-rows-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TdCountRow:
 * @julian: the day, as of g_date_get_julian()
 * @minute: minute of the day at which the slot begins, on the clock of the centre
 * @fold: tells the two apart that begin at one time of the clock, where it is put back
 * @line: line of the file, from 1
 * @calls: calls in the slot, or NAN where it was not observed
 */
typedef struct
{
  guint  julian;
  guint  minute;
  int    fold;
  guint  line;
  double calls;
} TdCountRow;

GArray *td_count_rows_load (const char *path,
                            GError    **error);

G_END_DECLS
