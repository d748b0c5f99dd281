/* td-json-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-json-writer.h"

#include "td-types.h"

#include <math.h>
#include <string.h>

#define DAY_S G_GINT64_CONSTANT (86400)

static void
separate (TdJsonWriter *self)
{
  if (self->comma)
    g_string_append_c (self->out, ',');

  self->comma = TRUE;
}

static void
append_escaped (GString    *out,
                const char *value)
{
  const char *start = value;
  const char *p;

  for (p = value; *p != '\0'; p++)
    {
      guchar c = (guchar)*p;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;

      g_string_append_len (out, start, p - start);
      start = p + 1;

      switch (c)
        {
        case '"':
          g_string_append (out, "\\\"");
          break;

        case '\\':
          g_string_append (out, "\\\\");
          break;

        case '\n':
          g_string_append (out, "\\n");
          break;

        case '\r':
          g_string_append (out, "\\r");
          break;

        case '\t':
          g_string_append (out, "\\t");
          break;

        default:
          g_string_append_printf (out, "\\u%04x", c);
          break;
        }
    }

  g_string_append_len (out, start, p - start);
}

static void
append_int (GString *out,
            gint64   value)
{
  char    digits[24];
  char   *p = digits + sizeof digits;
  guint64 rest = value < 0 ? -(guint64)value : (guint64)value;

  do
    {
      *--p = (char)('0' + rest % 10);
      rest /= 10;
    }
  while (rest > 0);

  if (value < 0)
    *--p = '-';

  g_string_append_len (out, p, digits + sizeof digits - p);
}

/* Exactly @width digits, zeros in front. */
static char *
put_digits (char  *p,
            gint64 value,
            int    width)
{
  for (int i = width - 1; i >= 0; i--)
    {
      p[i] = (char)('0' + value % 10);
      value /= 10;
    }

  return p + width;
}

/* The proleptic Gregorian date of a day counted from 1970-01-01. Algorithm:
 * H. Hinnant, "chrono-compatible low-level date algorithms", civil_from_days. */
static void
civil_from_days (gint64  days,
                 gint64 *year,
                 gint64 *month,
                 gint64 *day)
{
  gint64 shifted = days + 719468;
  gint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  gint64 doe = shifted - era * 146097;
  gint64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  gint64 doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  gint64 mp = (5 * doy + 2) / 153;

  *day = doy - (153 * mp + 2) / 5 + 1;
  *month = mp < 10 ? mp + 3 : mp - 9;
  *year = yoe + era * 400 + (*month <= 2 ? 1 : 0);
}

void
td_json_writer_init (TdJsonWriter *self,
                     gsize         size)
{
  self->out = g_string_sized_new (size);
  self->comma = FALSE;
}

/**
 * td_json_writer_end:
 * @self: a writer; it is empty afterwards and may only be initialised anew
 *
 * Returns: (transfer full): the JSON that was written, UTF-8
 */
GBytes *
td_json_writer_end (TdJsonWriter *self)
{
  return g_string_free_to_bytes (g_steal_pointer (&self->out));
}

void
td_json_writer_begin (TdJsonWriter *self,
                      char          bracket)
{
  separate (self);
  g_string_append_c (self->out, bracket);
  self->comma = FALSE;
}

void
td_json_writer_close (TdJsonWriter *self,
                      char          bracket)
{
  g_string_append_c (self->out, bracket);
  self->comma = TRUE;
}

/**
 * td_json_writer_name:
 * @self: a writer with an open object
 * @name: plain ASCII that needs no escape: the contract's own words
 */
void
td_json_writer_name (TdJsonWriter *self,
                     const char   *name)
{
  separate (self);
  g_string_append_c (self->out, '"');
  g_string_append (self->out, name);
  g_string_append (self->out, "\":");
  self->comma = FALSE;
}

void
td_json_writer_null (TdJsonWriter *self)
{
  separate (self);
  g_string_append (self->out, "null");
}

void
td_json_writer_boolean (TdJsonWriter *self,
                        gboolean      value)
{
  separate (self);
  g_string_append (self->out, value ? "true" : "false");
}

void
td_json_writer_int (TdJsonWriter *self,
                    gint64        value)
{
  separate (self);
  append_int (self->out, value);
}

/**
 * td_json_writer_double:
 * @self: a writer
 * @value: a finite number, written to nine significant digits
 */
void
td_json_writer_double (TdJsonWriter *self,
                       double        value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  separate (self);
  g_string_append (self->out, g_ascii_formatd (buffer, sizeof buffer, "%.9g", value));
}

/**
 * td_json_writer_string:
 * @self: a writer
 * @value: a string; what is no UTF-8 in it is replaced by U+FFFD
 */
void
td_json_writer_string (TdJsonWriter *self,
                       const char   *value)
{
  separate (self);
  g_string_append_c (self->out, '"');

  if (g_utf8_validate (value, -1, NULL))
    append_escaped (self->out, value);
  else
    {
      g_autofree char *valid = g_utf8_make_valid (value, -1);

      append_escaped (self->out, valid);
    }

  g_string_append_c (self->out, '"');
}

/**
 * td_json_writer_seconds:
 * @self: a writer
 * @value_ms: milliseconds, not negative; written as seconds with no digit too many
 */
void
td_json_writer_seconds (TdJsonWriter *self,
                        gint64        value_ms)
{
  char   fraction[4] = ".";
  gint64 rest = value_ms % 1000;

  separate (self);
  append_int (self->out, value_ms / 1000);

  if (rest == 0)
    return;

  put_digits (fraction + 1, rest, 3);
  g_string_append_len (self->out, fraction, rest % 100 == 0 ? 2 : (rest % 10 == 0 ? 3 : 4));
}

/**
 * td_json_writer_time:
 * @self: a writer
 * @time: µs since 1970
 * @zone: the zone whose offset is written
 *
 * Writes an RFC 3339 time, with a fraction only where there is one. A centre
 * of 10,000 agents has 30,000 of them in one answer, so no GDateTime is made.
 */
void
td_json_writer_time (TdJsonWriter *self,
                     gint64        time,
                     GTimeZone    *zone)
{
  char   buffer[48];
  char  *p = buffer;
  gint64 seconds = time / G_USEC_PER_SEC - (time % G_USEC_PER_SEC < 0 ? 1 : 0);
  gint64 fraction = time - seconds * G_USEC_PER_SEC;
  int    interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  gint64 offset = interval < 0 ? 0 : g_time_zone_get_offset (zone, interval);
  gint64 local;
  gint64 days;
  gint64 year;
  gint64 month;
  gint64 day;

  /* RFC 3339 offsets are whole minutes; zones of old had seconds. */
  offset -= offset % 60;
  local = seconds + offset;
  days = local / DAY_S - (local % DAY_S < 0 ? 1 : 0);
  local -= days * DAY_S;
  civil_from_days (days, &year, &month, &day);

  separate (self);
  *p++ = '"';
  p = put_digits (p, CLAMP (year, 0, 9999), 4);
  *p++ = '-';
  p = put_digits (p, month, 2);
  *p++ = '-';
  p = put_digits (p, day, 2);
  *p++ = 'T';
  p = put_digits (p, local / 3600, 2);
  *p++ = ':';
  p = put_digits (p, local / 60 % 60, 2);
  *p++ = ':';
  p = put_digits (p, local % 60, 2);

  if (fraction != 0)
    {
      *p++ = '.';
      p = fraction % 1000 == 0 ? put_digits (p, fraction / 1000, 3) : put_digits (p, fraction, 6);
    }

  *p++ = offset < 0 ? '-' : '+';
  offset = ABS (offset);
  p = put_digits (p, offset / 3600, 2);
  *p++ = ':';
  p = put_digits (p, offset / 60 % 60, 2);
  *p++ = '"';
  g_string_append_len (self->out, buffer, p - buffer);
}

void
td_json_writer_int_member (TdJsonWriter *self,
                           const char   *name,
                           gint64        value)
{
  if (!TD_IS_KNOWN (value))
    return;

  td_json_writer_name (self, name);
  td_json_writer_int (self, value);
}

void
td_json_writer_double_member (TdJsonWriter *self,
                              const char   *name,
                              double        value)
{
  if (!isfinite (value))
    return;

  td_json_writer_name (self, name);
  td_json_writer_double (self, value);
}

void
td_json_writer_string_member (TdJsonWriter *self,
                              const char   *name,
                              const char   *value)
{
  if (value == NULL)
    return;

  td_json_writer_name (self, name);
  td_json_writer_string (self, value);
}

void
td_json_writer_seconds_member (TdJsonWriter *self,
                               const char   *name,
                               gint64        value_ms)
{
  if (!TD_IS_KNOWN (value_ms))
    return;

  td_json_writer_name (self, name);
  td_json_writer_seconds (self, value_ms);
}

void
td_json_writer_time_member (TdJsonWriter *self,
                            const char   *name,
                            gint64        time,
                            GTimeZone    *zone)
{
  if (!TD_IS_KNOWN (time))
    return;

  td_json_writer_name (self, name);
  td_json_writer_time (self, time, zone);
}
