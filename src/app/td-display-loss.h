/* td-display-loss.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void td_display_loss_tell (void);

G_END_DECLS
