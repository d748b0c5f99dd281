/* td-profile-menu.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GMenuModel *td_profile_menu_new (void);

G_END_DECLS
