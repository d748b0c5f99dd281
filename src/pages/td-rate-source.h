/* td-rate-source.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-past-day.h"
#include "td-rate-band.h"
#include "td-watch.h"

G_BEGIN_DECLS

/**
 * TdRateSource:
 * @watch: (owned): what is watched
 * @kind: what @id is
 * @id: (owned): a stream of calls
 * @day: (owned) (nullable): a past day, or %NULL for today
 *
 * Where the numbers of one stream on one day come from. Its owner sets and
 * clears it. Main thread.
 */
typedef struct
{
  TdWatch     *watch;
  TdStreamKind kind;
  char        *id;
  TdPastDay   *day;
} TdRateSource;

void     td_rate_source_get_rates (const TdRateSource *self,
                                   TdPastDay          *day,
                                   guint               window,
                                   double             *rates,
                                   guint               n_minutes);
gboolean td_rate_source_knows_normal (const TdRateSource *self);
void     td_rate_source_get_normal (const TdRateSource *self,
                                    guint               window,
                                    TdOutlookRange     *ranges,
                                    guint               n_minutes);
void     td_rate_source_add_up_normal (const TdRateSource *self,
                                       const double       *offered,
                                       guint               n_observed,
                                       TdRateBand         *bands,
                                       guint               n_minutes);
char    *td_rate_source_format_day (const TdRateSource *self,
                                    TdPastDay          *day);

double td_rate_source_add_up (const double *offered,
                              double       *sums,
                              guint         n_minutes);

G_END_DECLS
