/* td-queue-names.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-centre.h"
#include "td-profile.h"

G_BEGIN_DECLS

#define TD_TYPE_QUEUE_NAMES (td_queue_names_get_type ())

/**
 * TdQueueNames:
 *
 * What a profile says of the queues that the source does not know: name,
 * hotline, reason and area of each.
 *
 * TdQueueNames::changed: something else was entered
 */
G_DECLARE_FINAL_TYPE (TdQueueNames, td_queue_names, TD, QUEUE_NAMES, AdwPreferencesPage)

GtkWidget *td_queue_names_new (void);
void       td_queue_names_set_profile (TdQueueNames    *self,
                                       const TdProfile *profile,
                                       TdCentre        *centre);
void       td_queue_names_read (TdQueueNames *self,
                                TdProfile    *profile);

G_END_DECLS
