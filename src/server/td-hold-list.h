/* td-hold-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * TdHoldList:
 *
 * Requests whose answer waits, each until it is released or its time is over.
 * A client that goes away takes its request out. Belongs to the main thread.
 */
typedef struct _TdHoldList TdHoldList;

/**
 * TdReleaseFunc:
 * @message: a request that was held; give it its answer now
 */
typedef void (*TdReleaseFunc) (SoupServerMessage *message,
                               gpointer           user_data);

TdHoldList *td_hold_list_new (guint         max_held,
                              TdReleaseFunc func,
                              gpointer      user_data);
void        td_hold_list_free (TdHoldList *self);

guint    td_hold_list_get_size (TdHoldList *self);
gboolean td_hold_list_add (TdHoldList        *self,
                           SoupServerMessage *message,
                           guint              wait_s);
void     td_hold_list_release_all (TdHoldList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdHoldList, td_hold_list_free)

G_END_DECLS
