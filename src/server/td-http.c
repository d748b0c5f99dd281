/* td-http.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-http.h"

#include <string.h>

#include "td-json-writer.h"
#include "td-types.h"

/* The parser recurses, so what is too deep for any contract is refused first. */
#define MAX_DEPTH 16

/* Quick rather than small: the answers stay in a house. */
#define GZIP_LEVEL 3

/**
 * td_http_etags_contain:
 * @etags: the value of an If-None-Match header, or several joined by commas
 * @etag: one ETag, quoted
 *
 * Compares weakly, as RFC 9110 asks of If-None-Match.
 */
gboolean
td_http_etags_contain (const char *etags,
                       const char *etag)
{
  gsize       length = strlen (etag);
  const char *p = etags;

  while (*p != '\0')
    {
      p += strspn (p, " \t,");

      if (*p == '*')
        return TRUE;

      if (g_str_has_prefix (p, "W/"))
        p += 2;

      if (strncmp (p, etag, length) == 0 && (p[length] == '\0' || strchr (" \t,", p[length]) != NULL))
        return TRUE;

      /* Over this one: to its closing quote if it has any, since a comma may be inside. */
      if (*p == '"')
        {
          const char *quote = strchr (p + 1, '"');

          if (quote == NULL)
            return FALSE;

          p = quote + 1;
        }
      else
        p += strcspn (p, ",");
    }

  return FALSE;
}

/**
 * td_http_parse_prefer_wait:
 * @prefer: (nullable): the value of the Prefer headers, RFC 7240
 * @wait_s: (out): seconds
 *
 * Returns: whether there is a wait preference that can be understood
 */
gboolean
td_http_parse_prefer_wait (const char *prefer,
                           guint      *wait_s)
{
  g_auto (GStrv) preferences = NULL;

  if (prefer == NULL)
    return FALSE;

  preferences = g_strsplit (prefer, ",", 64);

  for (guint i = 0; preferences[i] != NULL; i++)
    {
      char   *value = g_strstrip (preferences[i]);
      guint64 number;

      if (g_ascii_strncasecmp (value, "wait", 4) != 0)
        continue;

      value = g_strchug (value + 4);

      if (*value != '=')
        continue;

      value = g_strstrip (value + 1);

      if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT32, &number, NULL))
        {
          *wait_s = (guint)number;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * td_http_accepts_gzip:
 * @accept_encoding: (nullable): the value of an Accept-Encoding header
 */
gboolean
td_http_accepts_gzip (const char *accept_encoding)
{
  GSList  *accepted;
  gboolean gzip = FALSE;

  if (accept_encoding == NULL)
    return FALSE;

  accepted = soup_header_parse_quality_list (accept_encoding, NULL);

  for (GSList *l = accepted; l != NULL; l = l->next)
    if (g_ascii_strcasecmp (l->data, "gzip") == 0 || g_ascii_strcasecmp (l->data, "x-gzip") == 0)
      gzip = TRUE;

  soup_header_free_list (accepted);

  return gzip;
}

/**
 * td_http_gzip:
 * @bytes: anything
 *
 * Returns: (transfer full): @bytes compressed
 */
GBytes *
td_http_gzip (GBytes *bytes)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, GZIP_LEVEL);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (compressor));
  gsize         size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  /* Neither can fail: it is all in memory. */
  g_output_stream_write_all (stream, data, size, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static gboolean
is_too_deep (const char *json,
             gsize       length)
{
  guint    depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = json[i];

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
        }
      else if (c == '"')
        in_string = TRUE;
      else if (c == '[' || c == '{')
        {
          if (++depth > MAX_DEPTH)
            return TRUE;
        }
      else if ((c == ']' || c == '}') && depth > 0)
        depth--;
    }

  return FALSE;
}

/**
 * td_http_read_object:
 * @message: a request whose body is there
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an object node, or %NULL with %G_IO_ERROR_INVALID_DATA
 */
JsonNode *
td_http_read_object (SoupServerMessage *message,
                     GError           **error)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local_error = NULL;
  gsize       size;
  const char *data = g_bytes_get_data (body, &size);
  JsonNode   *root;

  if (size == 0)
    {
      root = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (root, json_object_new ());
      return root;
    }

  if (!g_utf8_validate_len (data, size, NULL) || is_too_deep (data, size))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The body is no JSON object in UTF-8");
      return NULL;
    }

  parser = json_parser_new ();

  if (!json_parser_load_from_data (parser, data, (gssize)size, &local_error))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The body is no JSON: %s", local_error->message);
      return NULL;
    }

  root = json_parser_steal_root (parser);

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_clear_pointer (&root, json_node_unref);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The body is no JSON object");
      return NULL;
    }

  return root;
}

/**
 * td_http_get_string_member:
 * @object: an object from outside
 * @name: the member
 * @value: (out) (nullable): its value, or %NULL where it is absent or null
 *
 * Returns: %FALSE where the member is no string, or one longer than %TD_MAX_TEXT bytes
 */
gboolean
td_http_get_string_member (JsonObject  *object,
                           const char  *name,
                           const char **value)
{
  JsonNode *node = json_object_get_member (object, name);

  *value = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;

  *value = json_node_get_string (node);

  return strlen (*value) <= TD_MAX_TEXT;
}

gboolean
td_http_wants_gzip (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return td_http_accepts_gzip (soup_message_headers_get_list (headers, "Accept-Encoding"));
}

/**
 * td_http_read_query:
 * @message: a request
 *
 * Returns: (transfer full) (element-type utf8 utf8): its parameters, decoded
 */
GHashTable *
td_http_read_query (SoupServerMessage *message)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));

  return soup_form_decode (query != NULL ? query : "");
}

/**
 * td_http_respond_bytes:
 * @message: a request
 * @content_type: what @bytes are
 * @bytes: the body; shared, not copied
 *
 * Answers with 200.
 */
void
td_http_respond_bytes (SoupServerMessage *message,
                       const char        *content_type,
                       GBytes            *bytes)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody    *body = soup_server_message_get_response_body (message);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (headers, content_type, NULL);
  soup_message_body_append_bytes (body, bytes);
  soup_message_body_complete (body);
}

/**
 * td_http_respond_problem:
 * @message: a request
 * @status: an HTTP status from 400
 * @type: (nullable): a URI for the kind of problem, "about:blank" by default
 * @title: (nullable): what kind of problem, the status's own words by default
 * @detail: (nullable): what is wrong here and now
 *
 * Answers with a problem document, RFC 9457.
 */
void
td_http_respond_problem (SoupServerMessage *message,
                         guint              status,
                         const char        *type,
                         const char        *title,
                         const char        *detail)
{
  g_autoptr (GBytes) bytes = NULL;
  TdJsonWriter writer;

  td_json_writer_init (&writer, 256);
  td_json_writer_begin (&writer, '{');
  td_json_writer_string_member (&writer, "type", type != NULL ? type : "about:blank");
  td_json_writer_string_member (&writer, "title", title != NULL ? title : soup_status_get_phrase (status));
  td_json_writer_int_member (&writer, "status", status);
  td_json_writer_string_member (&writer, "detail", detail);
  td_json_writer_close (&writer, '}');
  bytes = td_json_writer_end (&writer);

  td_http_respond_bytes (message, "application/problem+json", bytes);
  soup_server_message_set_status (message, status, NULL);
}

/**
 * td_http_respond_bad_parameter:
 * @message: a request
 * @name: the parameter of it that is wrong
 * @what: the rest of the sentence
 *
 * Answers with 400.
 */
void
td_http_respond_bad_parameter (SoupServerMessage *message,
                               const char        *name,
                               const char        *what)
{
  g_autofree char *detail = g_strdup_printf ("The parameter \"%s\" %s.", name, what);

  td_http_respond_problem (message, SOUP_STATUS_BAD_REQUEST, NULL, NULL, detail);
}
