/* td-rate-card.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-chart-navigator.h"
#include "td-past-day.h"
#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_RATE_CARD (td_rate_card_get_type ())

/**
 * TdRateCard:
 *
 * One stream of calls on the Rates page: its last 15 minutes against normal,
 * and today's rate over the band; or the calls of the day summed up. A past
 * day can take the place of today, and others be laid over it.
 *
 * TdRateCard::minute-activated (gint64 time) and TdRateCard::mark-activated
 * (gint64 id) are those of its chart.
 */
G_DECLARE_FINAL_TYPE (TdRateCard, td_rate_card, TD, RATE_CARD, GtkWidget)

GtkWidget   *td_rate_card_new (TdWatch     *watch,
                               TdStreamKind kind,
                               const char  *id,
                               gboolean     cumulative);
TdStreamKind td_rate_card_get_kind (TdRateCard *self);
const char  *td_rate_card_get_id (TdRateCard *self);
void         td_rate_card_set_days (TdRateCard *self,
                                    TdPastDay  *main_day,
                                    GPtrArray  *others);
void         td_rate_card_export (TdRateCard *self,
                                  GString    *csv);
void         td_rate_card_set_navigator (TdRateCard       *self,
                                         TdChartNavigator *navigator);
double       td_rate_card_get_y_max (TdRateCard *self);
void         td_rate_card_set_y_max (TdRateCard *self,
                                     double      y_max);
void         td_rate_card_refresh (TdRateCard *self);
void         td_rate_card_refresh_day (TdRateCard *self);

G_END_DECLS
