/* td-connection-form.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-profile.h"

G_BEGIN_DECLS

#define TD_TYPE_CONNECTION_FORM (td_connection_form_get_type ())

/**
 * TdConnectionForm:
 *
 * Where a centre is and how to get in: name, address, user, secret, TLS, and
 * what only an Asterisk needs. What is wrong is said below its row.
 *
 * TdConnectionForm::changed: something else than the secret was entered
 * TdConnectionForm::secret-changed: another secret was entered
 */
G_DECLARE_FINAL_TYPE (TdConnectionForm, td_connection_form, TD, CONNECTION_FORM, AdwPreferencesPage)

GtkWidget  *td_connection_form_new (gboolean instant);
void        td_connection_form_set_profile (TdConnectionForm *self,
                                            const TdProfile  *profile);
gboolean    td_connection_form_read (TdConnectionForm *self,
                                     TdProfile        *profile);
const char *td_connection_form_get_secret (TdConnectionForm *self);
void        td_connection_form_clear_secret (TdConnectionForm *self);
void        td_connection_form_say_secret (TdConnectionForm *self,
                                           const char       *text);

G_END_DECLS
