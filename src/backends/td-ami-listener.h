/* td-ami-listener.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-ami-session.h"

G_BEGIN_DECLS

#define TD_TYPE_AMI_LISTENER (td_ami_listener_get_type ())

/**
 * TdAmiListener:
 *
 * Hears the events of a session through WaitEvent and keeps them until they
 * are taken: who asked may give up, and no event is lost by that. Belongs to
 * the main thread.
 */
G_DECLARE_FINAL_TYPE (TdAmiListener, td_ami_listener, TD, AMI_LISTENER, GObject)

TdAmiListener *td_ami_listener_new (TdAmiSession *session);

void     td_ami_listener_listen_async (TdAmiListener      *self,
                                       gint64              not_before,
                                       gint64              until,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
gboolean td_ami_listener_listen_finish (TdAmiListener *self,
                                        GAsyncResult  *result,
                                        gboolean      *denied,
                                        GError       **error);

GPtrArray *td_ami_listener_take (TdAmiListener *self,
                                 gboolean      *lost);
void       td_ami_listener_give_back (TdAmiListener *self,
                                      GPtrArray     *events,
                                      gboolean       lost);
void       td_ami_listener_begin (TdAmiListener *self);
void       td_ami_listener_stop (TdAmiListener *self);
gboolean   td_ami_listener_get_heard (TdAmiListener *self);

G_END_DECLS
