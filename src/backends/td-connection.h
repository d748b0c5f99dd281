/* td-connection.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "td-backend.h"

G_BEGIN_DECLS

#define TD_MAX_SECRET 4096 /* bytes */

/**
 * TdConnection:
 * @url: http or https, a host, perhaps a port and a path
 * @user: (nullable): name to sign in with, where the source has names
 * @secret: (nullable): token or password; never in a URL, a title, an error or a log
 * @ca_file: (nullable): path of a PEM file with the only authorities to trust
 * @pin_sha256: (nullable): 64 hex digits, colons allowed: SHA-256 of the only certificate (DER) to trust
 * @allow_plain: plain HTTP to another machine was agreed to
 *
 * How to reach a source. Owns its strings.
 */
typedef struct
{
  char    *url;
  char    *user;
  char    *secret;
  char    *ca_file;
  char    *pin_sha256;
  gboolean allow_plain;
} TdConnection;

TdConnection *td_connection_new (const char *url);
TdConnection *td_connection_copy (const TdConnection *self);
void          td_connection_free (TdConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdConnection, td_connection_free)

gboolean     td_connection_check (const TdConnection *self,
                                  GError            **error);
char        *td_connection_dup_base_url (const TdConnection *self,
                                         GError            **error);
TdSecurity   td_connection_get_security (const TdConnection *self);
SoupSession *td_connection_create_session (const TdConnection *self,
                                           GError            **error);
void         td_connection_prepare (const TdConnection *self,
                                    SoupMessage        *message);
gboolean     td_connection_is_wrong_pin (SoupMessage *message);
char        *td_connection_describe_tls (SoupMessage *message);

G_END_DECLS
