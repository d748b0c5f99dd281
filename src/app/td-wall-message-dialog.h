/* td-wall-message-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void td_wall_message_dialog_present (GtkWindow  *parent,
                                     const char *path);

G_END_DECLS
