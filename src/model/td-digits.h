/* td-digits.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void  td_digits_append_grouped (GString    *string,
                                const char *digits,
                                gsize       n_digits);
char *td_digits_format (gint64 count);

G_END_DECLS
