/* td-incident-card.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_INCIDENT_CARD (td_incident_card_get_type ())

/**
 * TdIncidentCard:
 *
 * An incident with its parts, the evidence, who sees to it, and what can be
 * done with it: T takes, H hands over, S puts off, X closes, where the focus is
 * in the card.
 */
G_DECLARE_FINAL_TYPE (TdIncidentCard, td_incident_card, TD, INCIDENT_CARD, GtkWidget)

GtkWidget  *td_incident_card_new (TdWatch    *watch,
                                  TdIncident *incident);
TdIncident *td_incident_card_get_incident (TdIncidentCard *self);
void        td_incident_card_update (TdIncidentCard *self);

G_END_DECLS
