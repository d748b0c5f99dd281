/* td-json-reader.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "td-types.h"

G_BEGIN_DECLS

#define TD_JSON_READER_LEVELS 8

/**
 * TdJsonReader:
 *
 * A cursor in a JSON tree that knows the path to where it stands, and reads
 * bounded values. The first error stays; after it every read returns the
 * unknown value, so that a caller may check once for a whole row. Lives on the
 * stack of one thread; cleared with td_json_reader_clear().
 *
 * A member that is absent or null is unknown: %TD_UNKNOWN, NAN or %NULL.
 */
typedef struct
{
  struct
  {
    const char *name;
    gint64      index; /* or -1 */
    JsonObject *object;
  } levels[TD_JSON_READER_LEVELS];
  guint   depth;
  GError *error; /* (owned) (nullable) */
  char   *path;  /* (owned) (nullable): where the error is, e.g. agents[3].since */
} TdJsonReader;

void td_json_reader_init (TdJsonReader *self,
                          JsonObject   *root);
void td_json_reader_clear (TdJsonReader *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TdJsonReader, td_json_reader_clear)

gboolean   td_json_reader_enter (TdJsonReader *self,
                                 const char   *name);
gboolean   td_json_reader_enter_element (TdJsonReader *self,
                                         const char   *name,
                                         JsonArray    *array,
                                         guint         index);
void       td_json_reader_leave (TdJsonReader *self);
JsonArray *td_json_reader_get_array (TdJsonReader *self,
                                     const char   *name,
                                     guint         max_length);

gboolean    td_json_reader_get_boolean (TdJsonReader *self,
                                        const char   *name);
gint64      td_json_reader_get_integer (TdJsonReader *self,
                                        const char   *name,
                                        gint64        min,
                                        gint64        max);
double      td_json_reader_get_number (TdJsonReader *self,
                                       const char   *name,
                                       double        min,
                                       double        max);
gint64      td_json_reader_get_ms (TdJsonReader *self,
                                   const char   *name);
gint64      td_json_reader_get_time (TdJsonReader *self,
                                     const char   *name);
const char *td_json_reader_get_text (TdJsonReader *self,
                                     const char   *name,
                                     gsize         max_bytes);
const char *td_json_reader_get_id (TdJsonReader *self,
                                   const char   *name);
gint64      td_json_reader_get_element_integer (TdJsonReader *self,
                                                const char   *name,
                                                JsonArray    *array,
                                                guint         index,
                                                gint64        max);
gint64      td_json_reader_get_element_ms (TdJsonReader *self,
                                           const char   *name,
                                           JsonArray    *array,
                                           guint         index);
const char *td_json_reader_get_element_id (TdJsonReader *self,
                                           const char   *name,
                                           JsonArray    *array,
                                           guint         index);

const char *td_json_reader_get_row_id (TdJsonReader *self,
                                       GHashTable   *ids,
                                       const char   *rows,
                                       guint         index);

JsonObject *td_json_reader_parse (JsonParser *parser,
                                  GBytes     *body,
                                  GError    **error);

void  td_json_reader_require (TdJsonReader *self,
                              const char   *name);
void  td_json_reader_fail (TdJsonReader *self,
                           int           code,
                           const char   *name,
                           gint64        index,
                           const char   *format,
                           ...) G_GNUC_PRINTF (5, 6);
char *td_json_reader_quote (const char *text);

G_END_DECLS
