/* td-token-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-api-server.h"

G_BEGIN_DECLS

/**
 * TdTokenList:
 *
 * The bearer tokens of a server's clients, of which only digests are kept.
 */
typedef struct _TdTokenList TdTokenList;

TdTokenList *td_token_list_new (void);
void         td_token_list_free (TdTokenList *self);

void       td_token_list_add (TdTokenList *self,
                              const char  *token,
                              TdApiScope   scope);
TdApiScope td_token_list_get_scope (TdTokenList *self,
                                    const char  *authorization);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdTokenList, td_token_list_free)

G_END_DECLS
