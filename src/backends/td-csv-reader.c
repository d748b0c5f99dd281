/* td-csv-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-csv-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "td-backend.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static void
set_error (TdCsvReader *self,
           guint        field,
           const char  *message,
           GError     **error)
{
  /* Translators: a place in a file: line and field, then what is wrong there. */
  g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID, _ ("line %u, field %u: %s"), self->line, field, message);
}

/**
 * td_csv_reader_init:
 * @self: a reader
 * @text: UTF-8, with or without a byte order mark
 * @length: bytes of @text
 *
 * Spreadsheets of many countries write ";" in the place of ",": whichever of
 * the two comes first in the first line is taken.
 */
void
td_csv_reader_init (TdCsvReader *self,
                    const char  *text,
                    gsize        length)
{
  *self = (TdCsvReader){ .next = text, .end = text + length, .separator = ',', .line = 1, .row_line = 1 };

  if (length >= strlen (BYTE_ORDER_MARK) && memcmp (text, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    self->next += strlen (BYTE_ORDER_MARK);

  for (const char *c = self->next; c < self->end && *c != '\n'; c++)
    {
      if (*c == ',' || *c == ';')
        {
          self->separator = *c;
          break;
        }
    }
}

static gboolean
is_at_end_of_line (TdCsvReader *self)
{
  return self->next == self->end || *self->next == '\n' ||
         (*self->next == '\r' && (self->next + 1 == self->end || self->next[1] == '\n'));
}

static gboolean
read_quoted (TdCsvReader *self,
             GString     *field,
             guint        number,
             GError     **error)
{
  gboolean is_closed = FALSE;

  for (self->next++; self->next < self->end; self->next++)
    {
      if (*self->next == '"')
        {
          self->next++;
          is_closed = self->next == self->end || *self->next != '"';
          if (is_closed)
            break;
        }
      if (*self->next == '\n')
        self->line++;
      g_string_append_c (field, *self->next);
    }

  if (!is_closed)
    {
      set_error (self, number, _ ("the quotation marks are not closed"), error);
      return FALSE;
    }
  if (!is_at_end_of_line (self) && *self->next != self->separator)
    {
      set_error (self, number, _ ("text after the closing quotation mark"), error);
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_plain (TdCsvReader *self,
            GString     *field,
            guint        number,
            GError     **error)
{
  for (; !is_at_end_of_line (self) && *self->next != self->separator; self->next++)
    {
      if (*self->next == '"')
        {
          set_error (self, number, _ ("a quotation mark in a field that does not begin with one"), error);
          return FALSE;
        }
      g_string_append_c (field, *self->next);
    }

  return TRUE;
}

/**
 * td_csv_reader_read:
 * @self: a reader
 * @fields: (element-type utf8) (out caller-allocates): emptied, then filled with the fields of the next
 *   row; it frees its elements
 * @error: return location; %TD_BACKEND_ERROR; names line and field
 *
 * Returns: %FALSE at the end and on an error
 */
gboolean
td_csv_reader_read (TdCsvReader *self,
                    GPtrArray   *fields,
                    GError     **error)
{
  g_return_val_if_fail (self != NULL && fields != NULL, FALSE);

  g_ptr_array_set_size (fields, 0);
  if (self->next == self->end)
    return FALSE;

  self->row_line = self->line;
  while (TRUE)
    {
      g_autoptr (GString) field = g_string_new (NULL);
      gboolean ok;

      if (fields->len >= TD_CSV_MAX_FIELDS)
        {
          set_error (self, fields->len, _ ("too many fields"), error);
          return FALSE;
        }

      if (self->next < self->end && *self->next == '"')
        ok = read_quoted (self, field, fields->len + 1, error);
      else
        ok = read_plain (self, field, fields->len + 1, error);
      if (!ok)
        return FALSE;

      g_ptr_array_add (fields, g_string_free (g_steal_pointer (&field), FALSE));
      if (is_at_end_of_line (self))
        break;
      self->next++;
    }

  if (self->next < self->end && *self->next == '\r')
    self->next++;
  if (self->next < self->end)
    {
      self->next++;
      self->line++;
    }

  return TRUE;
}
