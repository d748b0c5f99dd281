/* td-incident-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-alert-desk.h"

G_BEGIN_DECLS

void td_incident_dialog_open (GtkWidget      *parent,
                              TdAlertDesk    *desk,
                              TdIncident     *incident,
                              TdIncidentEvent event);

G_END_DECLS
