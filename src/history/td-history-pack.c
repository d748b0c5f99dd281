/* td-history-pack.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-pack-private.h"

#include <gio/gio.h>
#include <string.h>

/* A day of a queue is stored column by column, each a run of variable-length
 * numbers, 0 for unknown and one more than the value else; then deflated. Most
 * minutes of a column are alike, so a day takes a few kilobytes. */

#define VERSION 1
#define N_COLUMNS (TD_N_COUNTS_FIELDS + 3)
#define MAX_VARINT 10

/* More work than this saves two bytes in a hundred. */
#define LEVEL 1
#define MAX_UNPACKED (1 + N_COLUMNS * TD_HISTORY_DAY_MINUTES * MAX_VARINT)

static gint64 *
get_column (TdInterval *interval,
            guint       column)
{
  switch (column)
    {
    case 0:
      return &interval->observed_s;
    case 1:
      return &interval->max_waiting;
    case 2:
      return &interval->serving;
    default:
      return G_STRUCT_MEMBER_P (&interval->counts, td_counts_fields[column - 3].offset);
    }
}

static guint8 *
write_varint (guint8 *next,
              guint64 value)
{
  for (; value >= 0x80; value >>= 7)
    *next++ = (guint8)(value & 0x7f) | 0x80;
  *next++ = (guint8)value;

  return next;
}

static gboolean
read_varint (const guint8 **data,
             const guint8  *end,
             guint64       *value)
{
  *value = 0;
  for (guint shift = 0; shift < 63; shift += 7)
    {
      guint8 byte;

      if (*data >= end)
        return FALSE;
      byte = *(*data)++;
      *value |= (guint64)(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Returns NULL where @converter finds that @data is broken, or is larger than
 * it may be. */
static GByteArray *
convert (GConverter   *converter,
         const guint8 *data,
         gsize         size,
         gsize         max_size)
{
  g_autoptr (GByteArray) output = g_byte_array_sized_new (N_COLUMNS * TD_HISTORY_DAY_MINUTES);
  guint8 buffer[16384];

  for (;;)
    {
      gsize            n_read, n_written;
      GConverterResult result = g_converter_convert (converter, data, size, buffer, sizeof buffer,
                                                     G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);

      if (result == G_CONVERTER_ERROR || output->len + n_written > max_size)
        return NULL;

      g_byte_array_append (output, buffer, n_written);
      data += n_read;
      size -= n_read;
      if (result == G_CONVERTER_FINISHED)
        return g_steal_pointer (&output);
    }
}

/* td_history_pack:
 * @minutes: (array fixed-size=1440): a day of a queue
 *
 * Returns: (transfer full): its bytes */
GBytes *
td_history_pack (const TdInterval *minutes)
{
  g_autoptr (GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, LEVEL));
  g_autofree guint8 *plain = g_malloc (MAX_UNPACKED);
  guint8            *next = plain;

  *next++ = VERSION;
  for (guint column = 0; column < N_COLUMNS; column++)
    {
      for (guint i = 0; i < TD_HISTORY_DAY_MINUTES; i++)
        {
          gint64 value = *get_column ((TdInterval *)&minutes[i], column);

          next = write_varint (next, value < 0 ? 0 : (guint64)value + 1);
        }
    }

  return g_byte_array_free_to_bytes (convert (compressor, plain, (gsize)(next - plain), G_MAXSIZE));
}

/* Goes over @n numbers; what they are is not looked at. Eight bytes at once
 * make a piece of a day as cheap as it is short. */
static gboolean
skip_varints (const guint8 **data,
              const guint8  *end,
              guint          n)
{
  guint64 value;

  while (n >= sizeof value && end - *data >= (gssize)sizeof value)
    {
      memcpy (&value, *data, sizeof value);
      /* The last byte of each number has its highest bit clear: they are added up. */
      value = ~value >> 7 & G_GUINT64_CONSTANT (0x0101010101010101);
      n -= (guint)(value * G_GUINT64_CONSTANT (0x0101010101010101) >> 56);
      *data += sizeof value;
    }
  /* The last eight may have ended in the middle of a number, whose end is still to come. */
  for (; n > 0; n--)
    {
      if (!read_varint (data, end, &value))
        return FALSE;
    }

  return TRUE;
}

static gboolean
unpack_column (const guint8 **data,
               const guint8  *end,
               guint          column,
               guint          first,
               guint          n,
               TdInterval    *minutes)
{
  guint8 *place = (guint8 *)get_column (minutes, column);

  if (!skip_varints (data, end, first))
    return FALSE;

  for (guint i = 0; i < n; i++, place += sizeof *minutes)
    {
      guint64 value;

      if (!read_varint (data, end, &value) || value > (guint64)TD_MAX_MS)
        return FALSE;
      *(gint64 *)(gpointer)place = (gint64)value - 1;
    }

  return skip_varints (data, end, TD_HISTORY_DAY_MINUTES - first - n);
}

/* td_history_unpack:
 * @data: what td_history_pack() made, or something broken
 * @first: the first minute of the day that is wanted
 * @n: how many are
 * @minutes: (array length=n) (out caller-allocates): the minutes
 *
 * Returns: whether @data was whole */
gboolean
td_history_unpack (gconstpointer data,
                   gsize         size,
                   guint         first,
                   guint         n,
                   TdInterval   *minutes)
{
  g_autoptr (GConverter) decompressor = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autoptr (GByteArray) plain = convert (decompressor, data, size, MAX_UNPACKED);
  const guint8 *next, *end;

  g_assert (first + n <= TD_HISTORY_DAY_MINUTES);

  if (plain == NULL || plain->len == 0 || plain->data[0] != VERSION)
    return FALSE;

  next = plain->data + 1;
  end = plain->data + plain->len;
  for (guint column = 0; column < N_COLUMNS; column++)
    {
      if (!unpack_column (&next, end, column, first, n, minutes))
        return FALSE;
    }

  /* Seconds of a minute, which what follows reckons with. */
  for (guint i = 0; i < n; i++)
    minutes[i].observed_s = CLAMP (minutes[i].observed_s, 0, 60);

  return next == end;
}
