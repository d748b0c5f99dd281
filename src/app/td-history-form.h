/* td-history-form.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-profile.h"
#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_HISTORY_FORM (td_history_form_get_type ())

/**
 * TdHistoryForm:
 *
 * For how long minutes are remembered, what that takes on the disk, and a
 * centre's own past, brought and taken away.
 *
 * TdHistoryForm::changed: something else was entered
 * TdHistoryForm::said: (const char *text) what became of an import or an export
 */
G_DECLARE_FINAL_TYPE (TdHistoryForm, td_history_form, TD, HISTORY_FORM, AdwPreferencesPage)

GtkWidget *td_history_form_new (void);
void       td_history_form_set_profile (TdHistoryForm   *self,
                                        const TdProfile *profile,
                                        TdWatch         *watch);
void       td_history_form_read (TdHistoryForm *self,
                                 TdProfile     *profile);

G_END_DECLS
