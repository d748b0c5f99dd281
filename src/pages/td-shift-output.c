/* td-shift-output.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-shift-paper.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>
#include <string.h>

#include "td-format.h"

/* Twice the pixels of a screen of 96 dpi would be 192; 2 pixels a point. */
#define PNG_SCALE 2.0

static gboolean
fail (const char    *path,
      cairo_status_t status,
      GError       **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", path, cairo_status_to_string (status));

  return FALSE;
}

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

/**
 * td_shift_paper_save_pdf:
 * @paper: a sheet
 * @title: what the document is called
 * @path: its file; replaced, all or nothing
 * @error: return location
 *
 * Returns: whether it was written
 */
gboolean
td_shift_paper_save_pdf (TdPaper    *paper,
                         const char *title,
                         const char *path,
                         GError    **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t   status;
  cairo_t         *cr;

  g_return_val_if_fail (paper != NULL && title != NULL && path != NULL, FALSE);

  surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, TD_PAPER_WIDTH, TD_PAPER_HEIGHT);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Tổng Đài");
  cr = cairo_create (surface);
  for (guint i = 0; i < td_paper_get_n_pages (paper); i++)
    {
      td_paper_draw (paper, i, FALSE, cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    return fail (path, status, error);

  return g_file_set_contents_full (path, (const char *)bytes->data, bytes->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* "sheet.png" is that of the first page; "sheet-2.png" of the second. */
static char *
get_page_path (const char *path,
               guint       page)
{
  const char      *dot = strrchr (path, '.');
  g_autofree char *stem = NULL;

  if (page == 0)
    return g_strdup (path);

  stem = dot != NULL && strchr (dot, G_DIR_SEPARATOR) == NULL ? g_strndup (path, (gsize)(dot - path)) : g_strdup (path);

  return g_strdup_printf ("%s-%u.png", stem, page + 1);
}

/**
 * td_shift_paper_save_png:
 * @paper: a sheet
 * @path: file of its first page; those of the others have a number
 * @error: return location
 *
 * Returns: whether it was written
 */
gboolean
td_shift_paper_save_png (TdPaper    *paper,
                         const char *path,
                         GError    **error)
{
  g_return_val_if_fail (paper != NULL && path != NULL, FALSE);

  for (guint i = 0; i < td_paper_get_n_pages (paper); i++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)(TD_PAPER_WIDTH * PNG_SCALE + 0.5),
                                                             (int)(TD_PAPER_HEIGHT * PNG_SCALE + 0.5));
      cairo_t         *cr = cairo_create (surface);
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autofree char *page = get_page_path (path, i);
      cairo_status_t   status;

      cairo_scale (cr, PNG_SCALE, PNG_SCALE);
      td_paper_draw (paper, i, TRUE, cr);
      cairo_destroy (cr);
      status = cairo_surface_write_to_png_stream (surface, append_cb, bytes);
      cairo_surface_destroy (surface);
      if (status != CAIRO_STATUS_SUCCESS)
        return fail (page, status, error);
      if (!g_file_set_contents_full (page, (const char *)bytes->data, bytes->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * td_shift_paper_get_title:
 * @sheet: a shift
 *
 * Returns: (transfer full): its sheet's name: "Hand-over sheet 2026-11-20 08:00–20:00"
 */
char *
td_shift_paper_get_title (const TdShiftSheet *sheet)
{
  g_autoptr (GTimeZone) zone = td_shift_sheet_get_zone (sheet);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (sheet->from / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *from = g_date_time_format (local, "%Y-%m-%d %H:%M");
  g_autofree char *to = td_format_clock (sheet->to, zone);
  g_autofree char *hours = g_strdup_printf ("%s–%s", from, to);

  return g_strdup_printf (_ ("Hand-over sheet %s"), hours);
}

/**
 * td_shift_paper_describe:
 * @sheet: a shift
 *
 * Returns: (transfer full): what its sheet says first, for a screen reader
 */
char *
td_shift_paper_describe (const TdShiftSheet *sheet)
{
  g_autofree char *offered = td_format_count (sheet->total.counts.offered);
  g_autofree char *answered = td_format_count (sheet->total.counts.answered);
  g_autofree char *abandoned = td_format_count (sheet->total.counts.abandoned);
  g_autofree char *level = td_format_percent (td_shift_sheet_get_service_level (sheet, &sheet->total), 1);

  /* Translators: numbers of calls, and the service level. */
  return g_strdup_printf (_ ("%s calls offered, %s answered, %s abandoned, service level %s"), offered, answered, abandoned, level);
}
