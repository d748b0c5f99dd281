/* td-ami-sign-in.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-ami-rights.h"
#include "td-ami-session.h"

G_BEGIN_DECLS

/**
 * TdAmiServer:
 * @rights: what the user may do there
 * @name: (owned): "Asterisk 16.28.0"
 * @zone: (owned) (nullable): the server's time zone of now, in which it tells its start
 * @clock_offset: the server's clock minus this machine's monotonic one, µs
 *
 * What is learnt of a server while signing in.
 */
typedef struct
{
  TdAmiRights rights;
  char       *name;
  GTimeZone  *zone;
  gint64      clock_offset;
} TdAmiServer;

void td_ami_server_free (TdAmiServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdAmiServer, td_ami_server_free)

void         td_ami_sign_in_async (TdAmiSession       *session,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
TdAmiServer *td_ami_sign_in_finish (TdAmiSession *session,
                                    GAsyncResult *result,
                                    GError      **error);

gint64 td_ami_read_clock (TdAmiSession *session,
                          GBytes       *pong,
                          gint64        asked,
                          gint64        answered);

G_END_DECLS
