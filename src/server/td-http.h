/* td-http.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Request bodies are a handful of words. */
#define TD_HTTP_MAX_REQUEST_BODY (64 * 1024)

/* What requests say, read with care, and the forms of answers. */

gboolean td_http_etags_contain (const char *etags,
                                const char *etag);
gboolean td_http_parse_prefer_wait (const char *prefer,
                                    guint      *wait_s);
gboolean td_http_accepts_gzip (const char *accept_encoding);
GBytes  *td_http_gzip (GBytes *bytes);

/* Whether the sender of a request takes gzip; and its parameters (string -> string). */
gboolean    td_http_wants_gzip (SoupServerMessage *message);
GHashTable *td_http_read_query (SoupServerMessage *message);

void td_http_respond_bytes (SoupServerMessage *message,
                            const char        *content_type,
                            GBytes            *bytes);
void td_http_respond_problem (SoupServerMessage *message,
                              guint              status,
                              const char        *type,
                              const char        *title,
                              const char        *detail);
void td_http_respond_bad_parameter (SoupServerMessage *message,
                                    const char        *name,
                                    const char        *what);

/* A request body that must be a JSON object; none at all counts as empty. */
JsonNode *td_http_read_object (SoupServerMessage *message,
                               GError           **error);
gboolean  td_http_get_string_member (JsonObject  *object,
                                     const char  *name,
                                     const char **value);

G_END_DECLS
