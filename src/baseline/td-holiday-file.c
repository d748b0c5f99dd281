/* td-holiday-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-holiday-file.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define MAX_BYTES (4 * 1024 * 1024)

static gboolean
parse_date (const char *text,
            guint      *julian)
{
  guint year, month, day;
  char  rest;
  GDate date;

  if (sscanf (text, "%4u-%2u-%2u%c", &year, &month, &day, &rest) < 3 ||
      !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  *julian = g_date_get_julian (&date);

  return TRUE;
}

/**
 * td_holiday_file_load:
 * @path: a UTF-8 CSV file "date,name" with that header
 * @error: return location; it names the file and the line
 *
 * Returns: (transfer full) (nullable): set of julian days (GUINT_TO_POINTER)
 */
GHashTable *
td_holiday_file_load (const char *path,
                      GError    **error)
{
  g_autoptr (GHashTable) days = g_hash_table_new (NULL, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean header = TRUE;
  gsize    length;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (length > MAX_BYTES || memchr (text, '\0', length) != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s: not a text of at most %d MiB"), path,
                   MAX_BYTES / (1024 * 1024));
      return NULL;
    }

  lines = g_strsplit (g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint julian;

      g_strstrip (lines[i]);
      if (lines[i][0] == '\0')
        continue;

      if (header)
        {
          header = FALSE;
          if (strncmp (lines[i], "date", 4) == 0)
            continue;
        }

      if (!parse_date (lines[i], &julian) || (lines[i][10] != ',' && lines[i][10] != '\0'))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s:%u: not a date (2026-02-17) and a name"), path, i + 1);
          return NULL;
        }
      if (g_hash_table_size (days) >= TD_HOLIDAY_FILE_MAX_DAYS)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s: more than %d days"), path, TD_HOLIDAY_FILE_MAX_DAYS);
          return NULL;
        }
      g_hash_table_add (days, GUINT_TO_POINTER (julian));
    }

  return g_steal_pointer (&days);
}
