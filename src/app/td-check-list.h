/* td-check-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-connection-check.h"
#include "td-profile.h"

G_BEGIN_DECLS

#define TD_TYPE_CHECK_LIST (td_check_list_get_type ())

/**
 * TdCheckList:
 *
 * The test of a connection: a row for each check, with an icon and plain
 * words, and a button that tests again.
 *
 * TdCheckList::done: the test is over
 */
G_DECLARE_FINAL_TYPE (TdCheckList, td_check_list, TD, CHECK_LIST, AdwPreferencesGroup)

GtkWidget *td_check_list_new (void);
void       td_check_list_run (TdCheckList     *self,
                              const TdProfile *profile);
void       td_check_list_stop (TdCheckList *self);
gboolean   td_check_list_is_done (TdCheckList *self);
gboolean   td_check_list_is_usable (TdCheckList *self);

G_END_DECLS
