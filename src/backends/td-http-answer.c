/* td-http-answer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-http-answer.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "td-backend.h"
#include "td-connection.h"
#include "td-json-guard.h"
#include "td-json-reader.h"

#define DETAIL_CHARS 200
#define RETRY_AFTER_MAX_S 86400

static gboolean
is_json_type (const char *type)
{
  return g_ascii_strcasecmp (type, "application/json") == 0 ||
         g_ascii_strcasecmp (type, "text/json") == 0 ||
         (g_ascii_strncasecmp (type, "application/", 12) == 0 && g_str_has_suffix (type, "+json"));
}

/**
 * td_http_answer_is_json:
 * @message: an answered message
 * @error: return location; %TD_BACKEND_ERROR_INVALID
 *
 * Returns: whether the body may be JSON; an answer without a type may
 */
gboolean
td_http_answer_is_json (SoupMessage *message,
                        GError     **error)
{
  const char      *type = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);
  g_autofree char *valid = NULL;
  g_autofree char *quoted = NULL;

  if (type == NULL || is_json_type (type))
    return TRUE;

  valid = g_utf8_make_valid (type, -1);
  quoted = td_json_reader_quote (valid);
  g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
               /* Translators: %s is a media type in quotes, e.g. "text/html". */
               _ ("The source answered with %s, not JSON: is this the right address?"), quoted);

  return FALSE;
}

/**
 * td_http_answer_held:
 * @message: an answered message
 *
 * Returns: whether the source says that it honoured "Prefer: wait" (RFC 7240)
 */
gboolean
td_http_answer_held (SoupMessage *message)
{
  const char *applied = soup_message_headers_get_list (soup_message_get_response_headers (message),
                                                       "Preference-Applied");
  g_autoptr (GHashTable) preferences = applied != NULL ? soup_header_parse_param_list (applied) : NULL;

  return preferences != NULL && g_hash_table_contains (preferences, "wait");
}

/**
 * td_http_answer_get_retry_after:
 * @message: an answered message
 *
 * Returns: seconds until the source wants to be asked again, at most a day, or 0
 */
guint
td_http_answer_get_retry_after (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  guint64     seconds;
  g_autoptr (GDateTime) then = NULL;
  g_autoptr (GDateTime) now = NULL;

  if (text == NULL)
    return 0;

  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &seconds, NULL))
    return MIN (seconds, RETRY_AFTER_MAX_S);

  then = soup_date_time_new_from_http_string (text);
  if (then == NULL)
    return 0;

  now = g_date_time_new_now_utc ();

  return CLAMP (g_date_time_difference (then, now) / G_TIME_SPAN_SECOND, 0, RETRY_AFTER_MAX_S);
}

static char *
sanitise (const char *text)
{
  GString    *clean = g_string_new (NULL);
  const char *p = text;

  for (guint n = 0; *p != '\0' && n < DETAIL_CHARS; n++, p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isprint (c))
        g_string_append_unichar (clean, c);
      else
        g_string_append_c (clean, ' ');
    }

  if (*p != '\0')
    g_string_append (clean, "…");

  return g_strstrip (g_string_free (clean, FALSE));
}

/**
 * td_http_answer_dup_detail:
 * @body: (nullable): the body of an answer, or the start of it
 * @secret: (nullable): the token
 *
 * Returns: (transfer full) (nullable): the words of a problem document
 *   (RFC 9457), short and on one line
 */
char *
td_http_answer_dup_detail (GBytes     *body,
                           const char *secret)
{
  static const char *const members[] = { "detail", "title" };
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize       length = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &length) : NULL;
  JsonNode   *root;

  if (data == NULL || !td_json_guard_check (data, length, NULL) ||
      !json_parser_load_from_data (parser, data, (gssize)length, NULL))
    return NULL;

  root = json_parser_get_root (parser);
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *node = json_object_get_member (json_node_get_object (root), members[i]);

      if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        continue;

      if (*json_node_get_string (node) == '\0')
        continue;

      if (secret != NULL && strstr (json_node_get_string (node), secret) != NULL)
        continue;

      return sanitise (json_node_get_string (node));
    }

  return NULL;
}

static char *
describe_redirect (SoupMessage *message)
{
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  g_autoptr (GUri) target = NULL;
  const char      *host;
  g_autofree char *valid = NULL;
  g_autofree char *quoted = NULL;

  if (location != NULL)
    target = g_uri_parse_relative (soup_message_get_uri (message), location, SOUP_HTTP_URI_FLAGS, NULL);

  host = target != NULL ? g_uri_get_host (target) : NULL;
  if (host == NULL)
    return g_strdup (_ ("The address leads elsewhere"));

  valid = g_utf8_make_valid (host, -1);
  quoted = td_json_reader_quote (valid);

  /* Translators: a scheme and a host: https "example.com" */
  return g_strdup_printf (_ ("The address leads elsewhere, to %s %s: enter the new address"),
                          g_uri_get_scheme (target), quoted);
}

static char *
describe_status (SoupMessage *message,
                 int         *code)
{
  guint status = soup_message_get_status (message);

  *code = TD_BACKEND_ERROR_SERVER;

  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      *code = TD_BACKEND_ERROR_REFUSED;
      return g_strdup (_ ("The source does not accept the access token (401)"));

    case SOUP_STATUS_FORBIDDEN:
      *code = TD_BACKEND_ERROR_REFUSED;
      return g_strdup (_ ("The access token does not allow to look at this source (403)"));

    case 429:
      *code = TD_BACKEND_ERROR_BUSY;
      return g_strdup (_ ("The source asks for fewer questions (429)"));

    case SOUP_STATUS_SERVICE_UNAVAILABLE:
      *code = TD_BACKEND_ERROR_BUSY;
      return g_strdup (_ ("The source is not available for now (503)"));

    case SOUP_STATUS_NOT_FOUND:
      return g_strdup (_ ("There is no supervision API at this address (404)"));

    default:
      if (SOUP_STATUS_IS_REDIRECTION (status))
        return describe_redirect (message);

      return g_strdup_printf (_ ("The source failed with status %u"), status);
    }
}

/**
 * td_http_answer_to_error:
 * @message: a message that was answered with anything but what was asked for
 * @body: (nullable): its body, or the start of it
 * @secret: (nullable): the token
 *
 * Returns: (transfer full): what that means, with the source's own words
 */
GError *
td_http_answer_to_error (SoupMessage *message,
                         GBytes      *body,
                         const char  *secret)
{
  int              code;
  g_autofree char *status = describe_status (message, &code);
  g_autofree char *detail = td_http_answer_dup_detail (body, secret);

  if (detail == NULL)
    return g_error_new_literal (TD_BACKEND_ERROR, code, status);

  return g_error_new (TD_BACKEND_ERROR, code, "%s: %s", status, detail);
}

static const char *
describe_certificate (GTlsCertificateFlags flags)
{
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return _ ("its certificate has expired");
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return _ ("its certificate is not valid yet; is this clock right?");
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return _ ("its certificate is for another name");
  if (flags & G_TLS_CERTIFICATE_REVOKED)
    return _ ("its certificate was revoked");
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return _ ("nobody who is trusted here signed its certificate");

  return _ ("its certificate cannot be trusted");
}

/**
 * td_http_answer_map_error:
 * @message: the message that was sent
 * @error: what GIO or libsoup said
 *
 * Returns: (transfer full): the same in this layer's domain; a cancellation
 *   stays what it is
 */
GError *
td_http_answer_map_error (SoupMessage  *message,
                          const GError *error)
{
  const char          *host = g_uri_get_host (soup_message_get_uri (message));
  GTlsCertificateFlags flags = soup_message_get_tls_peer_certificate_errors (message);

  if (error->domain == TD_BACKEND_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new (TD_BACKEND_ERROR, TD_BACKEND_ERROR_TIMEOUT, _ ("%s does not answer"), host);

  if (td_connection_is_wrong_pin (message))
    return g_error_new (TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNREACHABLE,
                        _ ("No safe connection to %s: its certificate is not the pinned one"), host);

  if (flags != 0)
    return g_error_new (TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNREACHABLE,
                        _ ("No safe connection to %s: %s"), host, describe_certificate (flags));

  if (g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING))
    return g_error_new (TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNREACHABLE,
                        _ ("What answers at %s does not speak HTTP: is this the right port?"), host);

  if (error->domain == G_TLS_ERROR)
    return g_error_new (TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNREACHABLE,
                        _ ("No safe connection to %s: %s"), host, error->message);

  return g_error_new (TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNREACHABLE,
                      _ ("No connection to %s: %s"), host, error->message);
}
