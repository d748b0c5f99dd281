/* td-json-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-json-reader.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "td-backend.h"
#include "td-json-guard.h"
#include "td-time.h"

#define QUOTE_CHARS 40
#define TIME_BYTES 64

/* Beyond this a double no longer holds every whole number. */
#define MAX_EXACT 9007199254740992.0

void
td_json_reader_init (TdJsonReader *self,
                     JsonObject   *root)
{
  *self = (TdJsonReader){ .depth = 1 };
  self->levels[0].index = -1;
  self->levels[0].object = root;
}

void
td_json_reader_clear (TdJsonReader *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->path, g_free);
}

/**
 * td_json_reader_quote:
 * @text: a text from outside
 *
 * Returns: (transfer full): its first characters between quotes, fit for a
 *   line of a log or a label
 */
char *
td_json_reader_quote (const char *text)
{
  GString    *quoted = g_string_new ("\"");
  const char *p = text;

  for (guint n = 0; *p != '\0' && n < QUOTE_CHARS; n++, p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (quoted, g_unichar_isprint (c) ? c : 0xfffd);
    }

  g_string_append (quoted, *p != '\0' ? "…\"" : "\"");

  return g_string_free (quoted, FALSE);
}

static void
append_step (GString    *path,
             const char *name,
             gint64      index)
{
  if (name == NULL)
    return;

  if (path->len > 0)
    g_string_append_c (path, '.');

  g_string_append (path, name);
  if (index >= 0)
    g_string_append_printf (path, "[%" G_GINT64_FORMAT "]", index);
}

/**
 * td_json_reader_fail:
 * @self: a reader
 * @code: a #TdBackendError
 * @name: (nullable): the member at fault, or %NULL for where the reader stands
 * @index: the element of it that is at fault, or -1
 * @format: what is wrong, translated
 *
 * Notes the first error, with the path to it in front.
 */
void
td_json_reader_fail (TdJsonReader *self,
                     int           code,
                     const char   *name,
                     gint64        index,
                     const char   *format,
                     ...)
{
  g_autoptr (GString) path = g_string_new (NULL);
  g_autofree char *problem = NULL;
  va_list          args;

  if (self->error != NULL)
    return;

  for (guint i = 0; i < self->depth; i++)
    append_step (path, self->levels[i].name, self->levels[i].index);
  append_step (path, name, index);

  va_start (args, format);
  problem = g_strdup_vprintf (format, args);
  va_end (args);

  if (path->len > 0)
    g_set_error (&self->error, TD_BACKEND_ERROR, code, "%s: %s", path->str, problem);
  else
    g_set_error_literal (&self->error, TD_BACKEND_ERROR, code, problem);
  self->path = g_strdup (path->str);
}

#define invalid(self, name, index, ...) \
  td_json_reader_fail (self, TD_BACKEND_ERROR_INVALID, name, index, __VA_ARGS__)

static void
fail_type (TdJsonReader *self,
           const char   *name,
           gint64        index,
           const char   *needed,
           JsonNode     *node)
{
  const char *found = _ ("a number");

  if (JSON_NODE_HOLDS_OBJECT (node))
    found = _ ("an object");
  else if (JSON_NODE_HOLDS_ARRAY (node))
    found = _ ("an array");
  else if (JSON_NODE_HOLDS_NULL (node))
    found = _ ("null");
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    found = _ ("a string");
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    found = _ ("a boolean");

  /* Translators: both are kinds of value, e.g. "a number is needed, not a string". */
  invalid (self, name, index, _ ("%s is needed, not %s"), needed, found);
}

static JsonNode *
get_member (TdJsonReader *self,
            const char   *name)
{
  JsonNode *node;

  if (self->error != NULL)
    return NULL;

  node = json_object_get_member (self->levels[self->depth - 1].object, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static gboolean
push (TdJsonReader *self,
      const char   *name,
      gint64        index,
      JsonNode     *node)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      fail_type (self, name, index, _ ("an object"), node);
      return FALSE;
    }

  g_assert (self->depth < TD_JSON_READER_LEVELS);

  self->levels[self->depth].name = name;
  self->levels[self->depth].index = index;
  self->levels[self->depth].object = json_node_get_object (node);
  self->depth++;

  return TRUE;
}

/**
 * td_json_reader_enter:
 * @self: a reader
 * @name: a member that is an object
 *
 * Returns: whether the reader stands in it now and has to leave it again;
 *   %FALSE where it is absent
 */
gboolean
td_json_reader_enter (TdJsonReader *self,
                      const char   *name)
{
  JsonNode *node = get_member (self, name);

  return node != NULL && push (self, name, -1, node);
}

gboolean
td_json_reader_enter_element (TdJsonReader *self,
                              const char   *name,
                              JsonArray    *array,
                              guint         index)
{
  return self->error == NULL && push (self, name, index, json_array_get_element (array, index));
}

void
td_json_reader_leave (TdJsonReader *self)
{
  g_assert (self->depth > 1);

  self->depth--;
}

/**
 * td_json_reader_get_array:
 * @self: a reader
 * @name: a member that is an array
 * @max_length: how many elements it may have
 *
 * Returns: (transfer none) (nullable): the array, or %NULL where it is absent
 */
JsonArray *
td_json_reader_get_array (TdJsonReader *self,
                          const char   *name,
                          guint         max_length)
{
  JsonNode  *node = get_member (self, name);
  JsonArray *array;

  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      fail_type (self, name, -1, _ ("an array"), node);
      return NULL;
    }

  array = json_node_get_array (node);
  if (json_array_get_length (array) > max_length)
    {
      td_json_reader_fail (self, TD_BACKEND_ERROR_TOO_LARGE, name, -1,
                           _ ("%u elements, and %u are allowed"), json_array_get_length (array), max_length);
      return NULL;
    }

  return array;
}

gboolean
td_json_reader_get_boolean (TdJsonReader *self,
                            const char   *name)
{
  JsonNode *node = get_member (self, name);

  if (node == NULL)
    return FALSE;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      fail_type (self, name, -1, _ ("a boolean"), node);
      return FALSE;
    }

  return json_node_get_boolean (node);
}

static gboolean
is_number (TdJsonReader *self,
           const char   *name,
           gint64        index,
           JsonNode     *node)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE)
    return TRUE;

  fail_type (self, name, index, _ ("a number"), node);

  return FALSE;
}

static void
fail_range (TdJsonReader *self,
            const char   *name,
            gint64        index,
            double        value,
            double        min,
            double        max)
{
  char text[3][G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text[0], sizeof text[0], "%.16g", value);
  g_ascii_formatd (text[1], sizeof text[1], "%.16g", min);
  g_ascii_formatd (text[2], sizeof text[2], "%.16g", max);

  invalid (self, name, index, _ ("%s is out of the range %s … %s"), text[0], text[1], text[2]);
}

static gint64
read_integer (TdJsonReader *self,
              const char   *name,
              gint64        index,
              JsonNode     *node,
              gint64        min,
              gint64        max)
{
  double number;

  if (!is_number (self, name, index, node))
    return TD_UNKNOWN;

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      gint64 integer = json_node_get_int (node);

      if (integer >= min && integer <= max)
        return integer;

      fail_range (self, name, index, integer, min, max);
      return TD_UNKNOWN;
    }

  number = json_node_get_double (node);
  if (!isfinite (number) || number < min || number > max)
    {
      fail_range (self, name, index, number, min, max);
      return TD_UNKNOWN;
    }

  if (number != floor (number) || fabs (number) > MAX_EXACT)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (text, sizeof text, "%.16g", number);
      invalid (self, name, index, _ ("%s is no whole number"), text);
      return TD_UNKNOWN;
    }

  return (gint64)number;
}

static double
read_number (TdJsonReader *self,
             const char   *name,
             gint64        index,
             JsonNode     *node,
             double        min,
             double        max)
{
  double number;

  if (!is_number (self, name, index, node))
    return NAN;

  number = json_node_get_double (node);
  if (isfinite (number) && number >= min && number <= max)
    return number;

  fail_range (self, name, index, number, min, max);

  return NAN;
}

/* The wire has seconds with a fraction, the model has milliseconds. */
static gint64
read_ms (TdJsonReader *self,
         const char   *name,
         gint64        index,
         JsonNode     *node)
{
  double seconds = read_number (self, name, index, node, 0.0, TD_MAX_MS / 1000.0);

  return isnan (seconds) ? TD_UNKNOWN : llround (seconds * 1000.0);
}

static const char *
read_string (TdJsonReader *self,
             const char   *name,
             gint64        index,
             JsonNode     *node,
             gsize         max_bytes)
{
  const char *string;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      fail_type (self, name, index, _ ("a string"), node);
      return NULL;
    }

  string = json_node_get_string (node);
  if (strlen (string) > max_bytes)
    {
      invalid (self, name, index, _ ("longer than %zu bytes"), max_bytes);
      return NULL;
    }

  return string;
}

static const char *
read_id (TdJsonReader *self,
         const char   *name,
         gint64        index,
         JsonNode     *node)
{
  const char *id = read_string (self, name, index, node, TD_MAX_ID);

  if (id != NULL && *id == '\0')
    {
      invalid (self, name, index, _ ("an identifier must not be empty"));
      return NULL;
    }

  return id;
}

/**
 * td_json_reader_get_integer:
 * @self: a reader
 * @name: a member that is a whole number
 * @min: the least it may be
 * @max: the most it may be
 *
 * Returns: the number, or %TD_UNKNOWN
 */
gint64
td_json_reader_get_integer (TdJsonReader *self,
                            const char   *name,
                            gint64        min,
                            gint64        max)
{
  JsonNode *node = get_member (self, name);

  return node != NULL ? read_integer (self, name, -1, node, min, max) : TD_UNKNOWN;
}

double
td_json_reader_get_number (TdJsonReader *self,
                           const char   *name,
                           double        min,
                           double        max)
{
  JsonNode *node = get_member (self, name);

  return node != NULL ? read_number (self, name, -1, node, min, max) : NAN;
}

/**
 * td_json_reader_get_ms:
 * @self: a reader
 * @name: a member that is a duration in seconds
 *
 * Returns: milliseconds, or %TD_UNKNOWN
 */
gint64
td_json_reader_get_ms (TdJsonReader *self,
                       const char   *name)
{
  JsonNode *node = get_member (self, name);

  return node != NULL ? read_ms (self, name, -1, node) : TD_UNKNOWN;
}

/**
 * td_json_reader_get_time:
 * @self: a reader
 * @name: a member that is an RFC 3339 time
 *
 * Returns: µs since 1970, or %TD_UNKNOWN
 */
gint64
td_json_reader_get_time (TdJsonReader *self,
                         const char   *name)
{
  JsonNode   *node = get_member (self, name);
  const char *string = node != NULL ? read_string (self, name, -1, node, TIME_BYTES) : NULL;
  gint64      time = TD_UNKNOWN;

  if (string == NULL)
    return TD_UNKNOWN;

  if (!td_time_parse (string, &time))
    {
      g_autofree char *quoted = td_json_reader_quote (string);

      invalid (self, name, -1, _ ("%s is no RFC 3339 time"), quoted);
      return TD_UNKNOWN;
    }

  return time;
}

/**
 * td_json_reader_get_text:
 * @self: a reader
 * @name: a member that is a string
 * @max_bytes: how long it may be
 *
 * The error never quotes it: it may be a phone number.
 *
 * Returns: (transfer none) (nullable): the string; %NULL where it is absent or empty
 */
const char *
td_json_reader_get_text (TdJsonReader *self,
                         const char   *name,
                         gsize         max_bytes)
{
  JsonNode   *node = get_member (self, name);
  const char *string = node != NULL ? read_string (self, name, -1, node, max_bytes) : NULL;

  return string != NULL && *string != '\0' ? string : NULL;
}

const char *
td_json_reader_get_id (TdJsonReader *self,
                       const char   *name)
{
  JsonNode *node = get_member (self, name);

  return node != NULL ? read_id (self, name, -1, node) : NULL;
}

/* The readers of elements are called where the array is known to be long
 * enough; null among numbers is unknown. */

gint64
td_json_reader_get_element_integer (TdJsonReader *self,
                                    const char   *name,
                                    JsonArray    *array,
                                    guint         index,
                                    gint64        max)
{
  JsonNode *node = json_array_get_element (array, index);

  if (self->error != NULL || JSON_NODE_HOLDS_NULL (node))
    return TD_UNKNOWN;

  return read_integer (self, name, index, node, 0, max);
}

gint64
td_json_reader_get_element_ms (TdJsonReader *self,
                               const char   *name,
                               JsonArray    *array,
                               guint         index)
{
  JsonNode *node = json_array_get_element (array, index);

  if (self->error != NULL || JSON_NODE_HOLDS_NULL (node))
    return TD_UNKNOWN;

  return read_ms (self, name, index, node);
}

const char *
td_json_reader_get_element_id (TdJsonReader *self,
                               const char   *name,
                               JsonArray    *array,
                               guint         index)
{
  if (self->error != NULL)
    return NULL;

  return read_id (self, name, index, json_array_get_element (array, index));
}

/**
 * td_json_reader_require:
 * @self: a reader
 * @name: a member
 *
 * Fails where the member is absent or null.
 */
void
td_json_reader_require (TdJsonReader *self,
                        const char   *name)
{
  if (self->error == NULL && get_member (self, name) == NULL)
    invalid (self, name, -1, _ ("missing"));
}

/**
 * td_json_reader_get_row_id:
 * @self: a reader that stands in a row
 * @ids: id (string, of the tree) -> index + 1, of the rows before it
 * @rows: the kind of rows, e.g. "agents"
 * @index: which one it is
 *
 * Reads the required id of a row, and holds it against those before it.
 *
 * Returns: (transfer none) (nullable): the id
 */
const char *
td_json_reader_get_row_id (TdJsonReader *self,
                           GHashTable   *ids,
                           const char   *rows,
                           guint         index)
{
  const char *id;
  gpointer    other;

  td_json_reader_require (self, "id");
  id = td_json_reader_get_id (self, "id");
  if (id == NULL)
    return NULL;

  other = g_hash_table_lookup (ids, id);
  if (other != NULL)
    {
      g_autofree char *quoted = td_json_reader_quote (id);

      /* Translators: a text, a kind of rows and a row's number: "a3" is already agents[4].id */
      invalid (self, "id", -1, _ ("%s is already %s[%u].id"), quoted, rows, GPOINTER_TO_UINT (other) - 1);
      return NULL;
    }

  g_hash_table_insert (ids, (gpointer)id, GUINT_TO_POINTER (index + 1));

  return id;
}

/**
 * td_json_reader_parse:
 * @parser: an immutable parser, which will own the tree
 * @body: a body
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the object that @body is
 */
JsonObject *
td_json_reader_parse (JsonParser *parser,
                      GBytes     *body,
                      GError    **error)
{
  gsize       length;
  const char *data = g_bytes_get_data (body, &length);
  g_autoptr (GError) parse_error = NULL;

  if (!td_json_guard_check (data, length, error))
    return NULL;

  if (!json_parser_load_from_data (parser, data, (gssize)length, &parse_error))
    {
      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                   _ ("This is no JSON: %s"), parse_error->message);
      return NULL;
    }

  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID, _ ("The answer is no JSON object"));
      return NULL;
    }

  return json_node_get_object (json_parser_get_root (parser));
}
