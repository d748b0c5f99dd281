/* td-smooth-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void td_smooth (const double *values,
                double       *smooth,
                guint         n_values,
                double        width);

G_END_DECLS
