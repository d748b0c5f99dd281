/* td-http-answer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What the head of an HTTP answer means to a backend. Pure functions of the
 * message; @secret is the token, which no text may ever contain. */

gboolean td_http_answer_is_json (SoupMessage *message,
                                 GError     **error);
gboolean td_http_answer_held (SoupMessage *message);
guint    td_http_answer_get_retry_after (SoupMessage *message);
char    *td_http_answer_dup_detail (GBytes     *body,
                                    const char *secret);
GError  *td_http_answer_to_error (SoupMessage *message,
                                  GBytes      *body,
                                  const char  *secret);
GError  *td_http_answer_map_error (SoupMessage  *message,
                                   const GError *error);

G_END_DECLS
