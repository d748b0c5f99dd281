/* td-session.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-profile.h"
#include "td-secrets.h"
#include "td-watch.h"

G_BEGIN_DECLS

/**
 * TdSessionFailure:
 * @TD_SESSION_FAILURE_DEMO: the simulated centre could not start, or is gone
 * @TD_SESSION_FAILURE_PROFILE: what the profile says, or a file that it names, cannot be used
 *
 * Why there is nothing to watch.
 */
typedef enum {
  TD_SESSION_FAILURE_DEMO,
  TD_SESSION_FAILURE_PROFILE,
} TdSessionFailure;

#define TD_TYPE_SESSION (td_session_get_type ())

/**
 * TdSession:
 *
 * One centre as it is being watched: its profile, its secret, the backend or
 * the simulated centre, and the watch. Ends with the object.
 *
 * TdSession::watching: there is a watch, or another one than before.
 * TdSession::failed: (TdSessionFailure failure, const char *message) there is none, and why.
 */
G_DECLARE_FINAL_TYPE (TdSession, td_session, TD, SESSION, GObject)

TdSession *td_session_new (const TdProfile *profile,
                           const char      *secret);
TdSession *td_session_new_for_demo (const char *const *options);
TdSession *td_session_new_for_backend (TdBackend *backend);

void td_session_start (TdSession *self);
void td_session_stop (TdSession *self);

TdWatch         *td_session_get_watch (TdSession *self);
const TdProfile *td_session_get_profile (TdSession *self);
gboolean         td_session_is_demo (TdSession *self);
gboolean         td_session_has_failed (TdSession *self);
TdSecretsPlace   td_session_get_secret_place (TdSession *self);
void             td_session_set_profile (TdSession       *self,
                                         const TdProfile *profile);

G_END_DECLS
