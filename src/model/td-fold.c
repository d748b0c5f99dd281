/* td-fold.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-fold.h"

/**
 * td_fold:
 * @text: (nullable): a text
 *
 * What is looked for is compared so: without accents and case, "Điện" is "dien".
 *
 * Returns: (transfer full): the letters of @text
 */
char *
td_fold (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text != NULL ? text : "", -1);
  g_autofree char *decomposed = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  GString         *plain = g_string_new (NULL);

  for (const char *p = decomposed; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_ismark (c))
        continue;
      /* The bar of đ is no accent to Unicode, but it is to whoever types. */
      g_string_append_unichar (plain, c == 0x0111 ? 'd' : c);
    }

  return g_string_free (plain, FALSE);
}
