/* td-state-cache.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"

G_BEGIN_DECLS

/* Ids that are gone are remembered up to this many; who asks from before them
 * is answered in full. */
#define TD_MAX_TOMBSTONES 20000

/**
 * TdStateCache:
 *
 * The answers about a centre's state as bytes, made when first asked for and
 * shared by all who ask at the same revision, and the memory of what is gone
 * that deltas need. It sees a revision once its TdCentre::changed came, so
 * whoever listens to that signal too connects after making the cache. Belongs
 * to the main thread.
 */
typedef struct _TdStateCache TdStateCache;

TdStateCache *td_state_cache_new (TdCentre *centre);
void          td_state_cache_free (TdStateCache *self);

const char *td_state_cache_get_instance (TdStateCache *self);
gboolean    td_state_cache_matches (TdStateCache *self,
                                    const char   *etags);
char       *td_state_cache_dup_etag (TdStateCache *self,
                                     gboolean      gzip);
gboolean    td_state_cache_is_foreign (TdStateCache *self,
                                       const char   *etags);
GBytes     *td_state_cache_get_body (TdStateCache *self,
                                     gint64        since,
                                     gboolean     *gzip);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdStateCache, td_state_cache_free)

G_END_DECLS
