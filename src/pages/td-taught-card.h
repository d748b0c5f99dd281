/* td-taught-card.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_TAUGHT_CARD (td_taught_card_get_type ())

/**
 * TdTaughtCard:
 *
 * Which days teach what is normal, as a calendar with a legend: each in, out
 * or partly in, with the reason.
 */
G_DECLARE_FINAL_TYPE (TdTaughtCard, td_taught_card, TD, TAUGHT_CARD, GtkWidget)

GtkWidget *td_taught_card_new (void);
void       td_taught_card_show (TdTaughtCard *self,
                                TdOutlook    *outlook);

G_END_DECLS
