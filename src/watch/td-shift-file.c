/* td-shift-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-shift-file.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "td-file.h"
#include "td-time.h"

#define FOLDER "shifts"
#define SUFFIX ".json"

/* The times of a shift are at the begin of its file. */
#define PEEK_BYTES 200

/**
 * td_shift_file_get_folder:
 * @history: path of the history of the centre
 *
 * Returns: (transfer full): where its shifts are kept: shifts/ beside it
 */
char *
td_shift_file_get_folder (const char *history)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (history != NULL, NULL);

  folder = g_path_get_dirname (history);

  return g_build_filename (folder, FOLDER, NULL);
}

static char *
format_time (gint64      time,
             GTimeZone  *zone,
             const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, format);
}

/**
 * td_shift_file_get_path:
 * @folder: where shifts are kept
 * @from: begin of the shift, µs since 1970
 * @to: its end
 * @zone: the centre's zone
 *
 * Returns: (transfer full): its file: 2026-11-20-0800.json; one that is not of
 *   twelve hours is named for its end, too
 */
char *
td_shift_file_get_path (const char *folder,
                        gint64      from,
                        gint64      to,
                        GTimeZone  *zone)
{
  g_autofree char *stem = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (folder != NULL && zone != NULL, NULL);

  stem = format_time (from, zone, "%Y-%m-%d-%H%M");
  if (to - from == 12 * G_TIME_SPAN_HOUR)
    name = g_strconcat (stem, SUFFIX, NULL);
  else
    {
      g_autofree char *end = format_time (to, zone, to - from < G_TIME_SPAN_DAY ? "%H%M" : "%Y-%m-%d-%H%M");

      name = g_strdup_printf ("%s-%s%s", stem, end, SUFFIX);
    }

  return g_build_filename (folder, name, NULL);
}

static int
compare_backwards (gconstpointer a,
                   gconstpointer b)
{
  return strcmp (*(const char *const *)b, *(const char *const *)a);
}

/**
 * td_shift_file_list:
 * @folder: where shifts are kept, or nothing yet
 *
 * Returns: (transfer full) (array zero-terminated=1): paths of its files, the
 *   last shift first; whether one is valid, loading it tells
 */
char **
td_shift_file_list (const char *folder)
{
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GPtrArray) paths = NULL;
  const char *name;

  g_return_val_if_fail (folder != NULL, NULL);

  dir = g_dir_open (folder, 0, NULL);
  paths = g_ptr_array_new ();
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL && paths->len < TD_SHIFT_MAX_FILES)
    {
      if (g_ascii_isdigit (*name) && g_str_has_suffix (name, SUFFIX))
        g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
    }
  g_ptr_array_sort (paths, compare_backwards);
  g_ptr_array_add (paths, NULL);

  return (char **)g_ptr_array_free (g_steal_pointer (&paths), FALSE);
}

static gboolean
find_time (const char *text,
           const char *member,
           gint64     *time)
{
  const char      *begin = strstr (text, member);
  const char      *end;
  g_autofree char *value = NULL;

  if (begin == NULL)
    return FALSE;

  begin += strlen (member);
  end = strchr (begin, '"');
  if (end == NULL)
    return FALSE;

  value = g_strndup (begin, (gsize)(end - begin));

  return td_time_parse (value, time);
}

/**
 * td_shift_file_peek:
 * @path: a file
 * @from: (out): when its shift begins
 * @to: (out): when it ends
 * @frozen: (out): whether it was handed over
 *
 * Reads its begin alone, as this program writes it: for a list of many.
 *
 * Returns: whether it looks like a shift
 */
gboolean
td_shift_file_peek (const char *path,
                    gint64     *from,
                    gint64     *to,
                    gboolean   *frozen)
{
  char   text[PEEK_BYTES + 1];
  gssize length = 0;
  gint64 handed_at;
  int    fd;

  g_return_val_if_fail (path != NULL, FALSE);

  /* What is a pipe is not waited for. */
  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd >= 0)
    {
      length = read (fd, text, PEEK_BYTES);
      close (fd);
    }
  text[MAX (length, 0)] = '\0';
  *frozen = find_time (text, "\"handed_over\":\"", &handed_at);

  return find_time (text, "\"from\":\"", from) && find_time (text, "\"to\":\"", to) && *from < *to;
}

/**
 * td_shift_file_load:
 * @path: a file
 * @from: begin of the shift that it is named for, µs since 1970
 * @to: its end
 * @error: return location; %G_FILE_ERROR, or %G_IO_ERROR_INVALID_DATA that
 *   names the file and the field
 *
 * What holds another shift than its name says cannot be told to be either, and
 * is refused as what is damaged.
 *
 * Returns: (transfer full) (nullable): the shift
 */
TdShiftSheet *
td_shift_file_load (const char *path,
                    gint64      from,
                    gint64      to,
                    GError    **error)
{
  g_autofree char *text = NULL;
  g_autofree char *own_from = NULL;
  g_autofree char *own_to = NULL;
  g_autoptr (TdShiftSheet) sheet = NULL;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  if (!td_file_read (path, TD_SHIFT_MAX_BYTES, &text, &length, error))
    return NULL;

  sheet = td_shift_file_parse (text, length, error);
  if (sheet == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  if (sheet->from == from && sheet->to == to)
    return g_steal_pointer (&sheet);

  own_from = td_time_format (sheet->from, NULL);
  own_to = td_time_format (sheet->to, NULL);
  /* Translators: the path of a file, and two moments as 2026-11-20T01:00:00Z. */
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s: it holds the shift from %s to %s, and not the one of its name"),
               path, own_from, own_to);

  return NULL;
}

/**
 * td_shift_file_write:
 * @text: of td_shift_file_to_json()
 * @path: its file
 * @error: return location; %G_FILE_ERROR
 *
 * Writes it, all or nothing. The folder is made where it is missing. Any thread.
 *
 * Returns: whether it was written
 */
gboolean
td_shift_file_write (const char *text,
                     const char *path,
                     GError    **error)
{
  g_return_val_if_fail (text != NULL && path != NULL, FALSE);

  return td_file_save (path, text, -1, error);
}
