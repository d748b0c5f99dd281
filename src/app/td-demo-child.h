/* td-demo-child.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TD_TYPE_DEMO_CHILD (td_demo_child_get_type ())

/**
 * TdDemoChild:
 *
 * The simulated call centre, run as a child on a free loopback port with a
 * random token that only the two know. It ends with this object, and with the
 * program however that ends.
 *
 * TdDemoChild::failed: (const char *message) the child could not start, or is gone.
 */
G_DECLARE_FINAL_TYPE (TdDemoChild, td_demo_child, TD, DEMO_CHILD, GObject)

TdDemoChild *td_demo_child_new (void);
void         td_demo_child_start_async (TdDemoChild        *self,
                                        const char *const  *options,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
gboolean     td_demo_child_start_finish (TdDemoChild  *self,
                                         GAsyncResult *result,
                                         GError      **error);
const char  *td_demo_child_get_url (TdDemoChild *self);
const char  *td_demo_child_get_token (TdDemoChild *self);
void         td_demo_child_stop (TdDemoChild *self);

G_END_DECLS
