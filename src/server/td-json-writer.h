/* td-json-writer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdJsonWriter:
 * @out: (owned): the text so far
 * @comma: the next value of the open object or array needs a comma before it
 *
 * Appends JSON to a string, without a tree in between: a centre of 10,000
 * agents is 3 MB, which a tree would build out of 500,000 nodes. The caller
 * sees to it that what is opened is closed. Any thread, one at a time.
 */
typedef struct
{
  GString *out;
  gboolean comma;
} TdJsonWriter;

void    td_json_writer_init (TdJsonWriter *self,
                             gsize         size);
GBytes *td_json_writer_end (TdJsonWriter *self);

void td_json_writer_begin (TdJsonWriter *self,
                           char          bracket);
void td_json_writer_close (TdJsonWriter *self,
                           char          bracket);
void td_json_writer_name (TdJsonWriter *self,
                          const char   *name);

void td_json_writer_null (TdJsonWriter *self);
void td_json_writer_boolean (TdJsonWriter *self,
                             gboolean      value);
void td_json_writer_int (TdJsonWriter *self,
                         gint64        value);
void td_json_writer_double (TdJsonWriter *self,
                            double        value);
void td_json_writer_string (TdJsonWriter *self,
                            const char   *value);
void td_json_writer_seconds (TdJsonWriter *self,
                             gint64        value_ms);
void td_json_writer_time (TdJsonWriter *self,
                          gint64        time,
                          GTimeZone    *zone);

/* A member of the open object, or nothing where the value is unknown. */
void td_json_writer_int_member (TdJsonWriter *self,
                                const char   *name,
                                gint64        value);
void td_json_writer_double_member (TdJsonWriter *self,
                                   const char   *name,
                                   double        value);
void td_json_writer_string_member (TdJsonWriter *self,
                                   const char   *name,
                                   const char   *value);
void td_json_writer_seconds_member (TdJsonWriter *self,
                                    const char   *name,
                                    gint64        value_ms);
void td_json_writer_time_member (TdJsonWriter *self,
                                 const char   *name,
                                 gint64        time,
                                 GTimeZone    *zone);

G_END_DECLS
