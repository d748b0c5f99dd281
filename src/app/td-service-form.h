/* td-service-form.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-profile.h"

G_BEGIN_DECLS

#define TD_TYPE_SERVICE_FORM (td_service_form_get_type ())

/**
 * TdServiceForm:
 *
 * What good service is: the service level with its T, target and formula, the
 * limit of a short abandon, and when the centre is open.
 *
 * TdServiceForm::changed: something else was entered
 */
G_DECLARE_FINAL_TYPE (TdServiceForm, td_service_form, TD, SERVICE_FORM, AdwPreferencesPage)

GtkWidget *td_service_form_new (gboolean instant);
void       td_service_form_set_profile (TdServiceForm   *self,
                                        const TdProfile *profile);
gboolean   td_service_form_read (TdServiceForm *self,
                                 TdProfile     *profile);

G_END_DECLS
