/* td-staff-plan-card.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_STAFF_PLAN_CARD (td_staff_plan_card_get_type ())

/**
 * TdStaffPlanCard:
 *
 * Who leaves and who comes: a small table, a row for each place and employer
 * and a column for now and for each of the coming full hours. Follows the
 * centre while it is mapped.
 */
G_DECLARE_FINAL_TYPE (TdStaffPlanCard, td_staff_plan_card, TD, STAFF_PLAN_CARD, GtkWidget)

GtkWidget *td_staff_plan_card_new (void);
void       td_staff_plan_card_set_watch (TdStaffPlanCard *self,
                                         TdWatch         *watch);

G_END_DECLS
