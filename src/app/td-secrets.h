/* td-secrets.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TdSecretsPlace:
 * @TD_SECRETS_NONE: nowhere: there is no secret
 * @TD_SECRETS_SERVICE: in the desktop's Secret Service, encrypted
 * @TD_SECRETS_FILE: in a file that only this user can read, which people are told
 *
 * Where the secret of a profile is.
 */
typedef enum {
  TD_SECRETS_NONE,
  TD_SECRETS_SERVICE,
  TD_SECRETS_FILE,
} TdSecretsPlace;

/* What stands in the place of a profile's name for the key of walls on other computers. */
#define TD_SECRETS_WALLS "@walls"

/* The secret (token or password) of each profile, by the profile's name; that of
 * its webhook by td_secrets_get_webhook_key(), wherever a @profile is asked for. It is
 * stored in the Secret Service; where none answers within a few seconds, or it
 * fails, in $XDG_CONFIG_HOME/tongdai/secrets/NAME, where a person may write it
 * too. That file, where it is there, is the newer one and is looked at first;
 * it is refused when others can read it.
 *
 * The callback of an _async function runs in the caller's main context. A
 * question of the keyring to the person is waited for, so give a cancellable.
 * A secret is one line of UTF-8, at most TD_MAX_SECRET bytes. Errors:
 * G_IO_ERROR or what the keyring says; they never hold a secret. */

void     td_secrets_lookup_async (const char         *profile,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
char    *td_secrets_lookup_finish (GAsyncResult   *result,
                                   TdSecretsPlace *place,
                                   GError        **error);
char    *td_secrets_lookup_sync (const char     *profile,
                                 TdSecretsPlace *place,
                                 GCancellable   *cancellable,
                                 GError        **error);
void     td_secrets_store_async (const char         *profile,
                                 const char         *secret,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean td_secrets_store_finish (GAsyncResult   *result,
                                  TdSecretsPlace *place,
                                  GError        **error);
void     td_secrets_clear_async (const char         *profile,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean td_secrets_clear_finish (GAsyncResult *result,
                                  GError      **error);
char    *td_secrets_get_webhook_key (const char *profile);
char    *td_secrets_get_file_path (const char *profile);
void     td_secrets_free (char *secret);

G_END_DECLS
