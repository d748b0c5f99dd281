/* td-releases.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-snapshot.h"

G_BEGIN_DECLS

/* As many as a shift lead can oversee; more are refused. */
#define TD_RELEASES_MAX 50

#define TD_RELEASES_ERROR (td_releases_error_quark ())

typedef enum {
  TD_RELEASES_ERROR_INVALID,
  TD_RELEASES_ERROR_FULL,
  TD_RELEASES_ERROR_FAILED,
} TdReleasesError;

GQuark td_releases_error_quark (void);

#define TD_TYPE_RELEASES (td_releases_get_type ())

/**
 * TdReleases:
 *
 * What a shift lead announced of agents who will leave: a partner that takes
 * its people home at 17:00. Kept in a file of key and value, in the order of
 * time. The signal "changed" says that there are others.
 *
 * Of the main thread alone.
 */
G_DECLARE_FINAL_TYPE (TdReleases, td_releases, TD, RELEASES, GObject)

TdReleases *td_releases_new (const char *path);

const char      *td_releases_get_error (TdReleases *self);
guint            td_releases_get_n (TdReleases *self);
const TdRelease *td_releases_get (TdReleases *self,
                                  guint       index);

gboolean td_releases_add (TdReleases      *self,
                          const TdRelease *release,
                          GError         **error);
gboolean td_releases_remove (TdReleases *self,
                             guint       index,
                             GError    **error);
void     td_releases_forget (TdReleases *self,
                             gint64      before);

G_END_DECLS
