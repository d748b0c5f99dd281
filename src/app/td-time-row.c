/* td-time-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-time-row.h"

#include <stdio.h>

#include "td-row-note.h"

void
td_time_row_set (GtkWidget *row,
                 guint      minute)
{
  g_autofree char *text = g_strdup_printf ("%02u:%02u", minute / 60, minute % 60);

  g_return_if_fail (GTK_IS_EDITABLE (row));

  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/**
 * td_time_row_read:
 * @row: an entry's row
 * @from: the earliest minute of the day
 * @to: the latest, at most 1440
 * @trouble: what is said at the row where it holds something else
 * @minute: (out): the minute of the day; untouched where it is something else
 *
 * Returns: whether the row holds a time from @from to @to
 */
gboolean
td_time_row_read (GtkWidget  *row,
                  guint       from,
                  guint       to,
                  const char *trouble,
                  guint      *minute)
{
  const char *text;
  guint       hours, minutes;
  char        rest;
  gboolean    valid;

  g_return_val_if_fail (GTK_IS_EDITABLE (row), FALSE);
  g_return_val_if_fail (trouble != NULL && minute != NULL, FALSE);

  text = gtk_editable_get_text (GTK_EDITABLE (row));
  valid = sscanf (text, " %2u:%2u %c", &hours, &minutes, &rest) == 2 && minutes < 60 &&
          hours * 60 + minutes >= from && hours * 60 + minutes <= to;
  if (valid)
    *minute = hours * 60 + minutes;
  td_row_note_set (row, valid ? NULL : trouble);

  return valid;
}
