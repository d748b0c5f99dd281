/* td-mock-secrets.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A keyring that holds one secret a profile, as org.freedesktop.secrets on a
 * connection of its own, answered in the main context. */
typedef struct
{
  GDBusConnection *connection;
  GHashTable      *secrets;   /* profile (string) -> secret (string) */
  gboolean         is_broken; /* it stores and finds nothing, and says so */
  guint            n_stored;
} MockSecrets;

MockSecrets *mock_secrets_new (GDBusConnection *connection);
void         mock_secrets_free (MockSecrets *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockSecrets, mock_secrets_free)

G_END_DECLS
