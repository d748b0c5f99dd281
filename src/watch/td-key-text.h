/* td-key-text.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdKeyText:
 *
 * The text of a file of groups and keys that a person wrote: a value that is
 * changed in it leaves every other line as it is, comments among them, which
 * GKeyFile takes for the end of the group above.
 */
typedef struct _TdKeyText TdKeyText;

TdKeyText *td_key_text_new (const char *text);
void       td_key_text_free (TdKeyText *self);
void       td_key_text_add_group (TdKeyText  *self,
                                  const char *group);
void       td_key_text_remove_group (TdKeyText  *self,
                                     const char *group);
gboolean   td_key_text_is_empty_group (TdKeyText  *self,
                                       const char *group);
void       td_key_text_set (TdKeyText  *self,
                            const char *group,
                            const char *key,
                            const char *value);
void       td_key_text_remove (TdKeyText  *self,
                               const char *group,
                               const char *key);
void       td_key_text_order (TdKeyText         *self,
                              const char        *group,
                              const char *const *keys,
                              guint              n_keys);
char      *td_key_text_to_string (TdKeyText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdKeyText, td_key_text_free)

G_END_DECLS
