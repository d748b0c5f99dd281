/* td-holidays-form.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-profile.h"

G_BEGIN_DECLS

#define TD_TYPE_HOLIDAYS_FORM (td_holidays_form_get_type ())

/**
 * TdHolidaysForm:
 *
 * The centre's own days, beside those of the country.
 *
 * TdHolidaysForm::changed: they are others now
 */
G_DECLARE_FINAL_TYPE (TdHolidaysForm, td_holidays_form, TD, HOLIDAYS_FORM, AdwPreferencesPage)

GtkWidget *td_holidays_form_new (void);
void       td_holidays_form_set_profile (TdHolidaysForm  *self,
                                         const TdProfile *profile,
                                         guint            year);
void       td_holidays_form_read (TdHolidaysForm *self,
                                  TdProfile      *profile);

G_END_DECLS
