/* td-ami-session.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-ami-message.h"
#include "td-connection.h"

G_BEGIN_DECLS

#define TD_TYPE_AMI_SESSION (td_ami_session_get_type ())

/**
 * TdAmiSession:
 *
 * One session of Asterisk's manager interface over HTTP: the requests, the
 * cookie or the nonce, and how to sign in. What is asked for and when is the
 * caller's. Requests may run side by side: on the server no action waits for a
 * WaitEvent, and a second WaitEvent ends the first with an empty body and
 * takes its events. Belongs to the main thread.
 */
G_DECLARE_FINAL_TYPE (TdAmiSession, td_ami_session, TD, AMI_SESSION, GObject)

TdAmiSession *td_ami_session_new (const TdConnection *connection,
                                  gboolean            digest,
                                  GError            **error);

void     td_ami_session_login_async (TdAmiSession       *self,
                                     const char         *events,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gboolean td_ami_session_login_finish (TdAmiSession *self,
                                      GAsyncResult *result,
                                      GError      **error);

/* @fields: keys and values in turn, NULL at the end, "Action" first; read before this returns. */
void    td_ami_session_send_async (TdAmiSession       *self,
                                   const char *const  *fields,
                                   gsize               max_bytes,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
GBytes *td_ami_session_send_finish (TdAmiSession *self,
                                    GAsyncResult *result,
                                    GError      **error);
void    td_ami_session_logoff (TdAmiSession *self);

guint       td_ami_session_get_n_logins (TdAmiSession *self);
gint64      td_ami_session_get_date_offset (TdAmiSession *self);
const char *td_ami_session_get_tls (TdAmiSession *self);
gboolean    td_ami_session_get_reached (TdAmiSession *self);

G_END_DECLS
