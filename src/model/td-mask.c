/* td-mask.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-mask.h"

#include <string.h>

#define MAX_DIGITS 32

/**
 * td_mask_number:
 * @number: (nullable): a telephone number as a source wrote it
 *
 * A number that a supervisor can tell from another, but not dial: of eight
 * digits and more the first two and the last three stay, of fewer the last
 * two, of three and fewer none. How many are hidden is not told.
 *
 * Returns: (transfer full) (nullable): the masked number, or %NULL where @number holds no digit
 */
char *
td_mask_number (const char *number)
{
  char        digits[MAX_DIGITS + 1];
  const char *plus;
  guint       n = 0;

  if (number == NULL)
    return NULL;

  plus = number[0] == '+' ? "+" : "";
  for (const char *c = number; *c != '\0' && *c != '@' && n < MAX_DIGITS; c++)
    {
      if (g_ascii_isdigit (*c))
        digits[n++] = *c;
    }
  digits[n] = '\0';

  if (n == 0)
    return NULL;
  if (n <= 3)
    return g_strdup ("•••");
  if (n < 8)
    return g_strdup_printf ("%s••• %s", plus, digits + n - 2);

  return g_strdup_printf ("%s%.2s•• ••• %s", plus, digits, digits + n - 3);
}
