/* td-digits.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-digits.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * td_digits_append_grouped:
 * @string: a text
 * @digits: ASCII digits, without a sign
 * @n_digits: how many
 *
 * Appends them with their thousands grouped, as the interface's language has it.
 */
void
td_digits_append_grouped (GString    *string,
                          const char *digits,
                          gsize       n_digits)
{
  /* Translators: what separates thousands in numbers: 1,041 in English, 1.041 in Vietnamese. */
  const char *separator = C_ ("thousands separator", ",");

  for (gsize i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % 3 == 0)
        g_string_append (string, separator);
      g_string_append_c (string, digits[i]);
    }
}

/**
 * td_digits_format:
 * @count: 0 or more
 *
 * Returns: (transfer full): @count with its thousands grouped
 */
char *
td_digits_format (gint64 count)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (count, 0));
  GString         *string = g_string_new (NULL);

  td_digits_append_grouped (string, digits, strlen (digits));

  return g_string_free (string, FALSE);
}
