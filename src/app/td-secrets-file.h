/* td-secrets-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The secrets that no keyring keeps, one a file. Any thread. */

char    *td_secrets_file_get_path (const char *profile);
gboolean td_secrets_file_check (const char *secret,
                                GError    **error);
char    *td_secrets_file_read (const char *path,
                               GError    **error);
char    *td_secrets_file_lookup (const char *profile,
                                 GError    **error);
gboolean td_secrets_file_store (const char *profile,
                                const char *secret,
                                GError    **error);
gboolean td_secrets_file_clear (const char *profile,
                                GError    **error);

G_END_DECLS
