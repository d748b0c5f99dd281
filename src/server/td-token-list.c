/* td-token-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-token-list.h"

#include <string.h>

#define DIGEST_SIZE 32

typedef struct
{
  guint8     digest[DIGEST_SIZE];
  TdApiScope scope;
} Token;

struct _TdTokenList
{
  GArray *tokens; /* (owned) (element-type Token) */
};

static void
digest_token (const char *token,
              guint8     *digest)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = DIGEST_SIZE;

  g_checksum_update (checksum, (const guchar *)token, -1);
  g_checksum_get_digest (checksum, digest, &length);
}

/* Takes the same time wherever the first difference is. */
static gboolean
equal_digests (const guint8 *a,
               const guint8 *b)
{
  volatile guint8 difference = 0;

  for (guint i = 0; i < DIGEST_SIZE; i++)
    difference |= a[i] ^ b[i];

  return difference == 0;
}

TdTokenList *
td_token_list_new (void)
{
  TdTokenList *self = g_new0 (TdTokenList, 1);

  self->tokens = g_array_new (FALSE, FALSE, sizeof (Token));

  return self;
}

void
td_token_list_free (TdTokenList *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->tokens);
  g_free (self);
}

/**
 * td_token_list_add:
 * @self: a list
 * @token: a secret of a client
 * @scope: what the client may do; who may act may read
 */
void
td_token_list_add (TdTokenList *self,
                   const char  *token,
                   TdApiScope   scope)
{
  Token entry = { .scope = scope };

  g_return_if_fail (self != NULL);
  g_return_if_fail (token != NULL && *token != '\0');

  if (scope & TD_API_SCOPE_ACT)
    entry.scope |= TD_API_SCOPE_READ;

  digest_token (token, entry.digest);
  g_array_append_val (self->tokens, entry);
}

/**
 * td_token_list_get_scope:
 * @self: a list
 * @authorization: (nullable): the value of an Authorization header
 *
 * Returns: what the bearer token in it allows; nothing where there is none
 */
TdApiScope
td_token_list_get_scope (TdTokenList *self,
                         const char  *authorization)
{
  guint8     digest[DIGEST_SIZE];
  TdApiScope scope = TD_API_SCOPE_NONE;

  g_return_val_if_fail (self != NULL, TD_API_SCOPE_NONE);

  if (authorization == NULL || g_ascii_strncasecmp (authorization, "Bearer ", 7) != 0)
    return TD_API_SCOPE_NONE;

  authorization += 7;
  authorization += strspn (authorization, " ");
  digest_token (authorization, digest);

  /* All are compared, so that the time tells nothing of which one matched. */
  for (guint i = 0; i < self->tokens->len; i++)
    {
      const Token *token = &g_array_index (self->tokens, Token, i);

      if (equal_digests (token->digest, digest))
        scope |= token->scope;
    }

  return scope;
}
