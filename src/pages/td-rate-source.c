/* td-rate-source.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-rate-source.h"

#include <math.h>

#include "td-day-button.h"
#include "td-local-day.h"

/**
 * td_rate_source_get_rates:
 * @self: a source
 * @day: (nullable): a past day, its own or another, or %NULL for today
 * @window: minutes that are counted together
 * @rates: (out) (array length=n_minutes): calls in the @window minutes up to
 *   the end of each minute, NAN where not all were observed
 * @n_minutes: how many
 */
void
td_rate_source_get_rates (const TdRateSource *self,
                          TdPastDay          *day,
                          guint               window,
                          double             *rates,
                          guint               n_minutes)
{
  if (day != NULL)
    td_past_day_get_rates (day, self->kind, self->id, window, rates, n_minutes);
  else
    td_outlook_get_rates (td_watch_get_outlook (self->watch), self->kind, self->id, window, rates, n_minutes);
}

gboolean
td_rate_source_knows_normal (const TdRateSource *self)
{
  if (self->day != NULL)
    return td_past_day_has_normal (self->day);

  return td_outlook_get_state (td_watch_get_outlook (self->watch)) == TD_OUTLOOK_READY;
}

void
td_rate_source_get_normal (const TdRateSource *self,
                           guint               window,
                           TdOutlookRange     *ranges,
                           guint               n_minutes)
{
  if (self->day != NULL)
    td_past_day_get_normal (self->day, self->kind, self->id, window, ranges, n_minutes);
  else
    td_outlook_get_normal (td_watch_get_outlook (self->watch), self->kind, self->id, window, ranges, n_minutes);
}

/**
 * td_rate_source_add_up:
 * @offered: (array length=n_minutes): calls of each minute, NAN where not observed
 * @sums: (out) (array length=n_minutes): calls until the end of each minute; may be @offered
 * @n_minutes: how many
 *
 * What was not observed adds nothing, and is a gap itself.
 *
 * Returns: all calls
 */
double
td_rate_source_add_up (const double *offered,
                       double       *sums,
                       guint         n_minutes)
{
  double sum = 0;

  for (guint i = 0; i < n_minutes; i++)
    {
      sum += isnan (offered[i]) ? 0 : offered[i];
      sums[i] = isnan (offered[i]) ? NAN : sum;
    }

  return sum;
}

/**
 * td_rate_source_add_up_normal:
 * @self: a source
 * @offered: (array length=n_observed): calls of each minute, NAN where not observed
 * @n_observed: minutes that have passed
 * @bands: (out) (array length=n_minutes): what is normal until the end of each minute
 * @n_minutes: of the day
 *
 * What was not observed is left out of what is normal too.
 */
void
td_rate_source_add_up_normal (const TdRateSource *self,
                              const double       *offered,
                              guint               n_observed,
                              TdRateBand         *bands,
                              guint               n_minutes)
{
  g_autofree TdOutlookRange *ranges = g_new (TdOutlookRange, TD_DAY_MINUTES);
  double                     left_out = 0;

  td_rate_source_get_normal (self, 1, ranges, n_minutes);
  for (guint i = 0; i < n_minutes; i++)
    bands[i].mean = ranges[i].mean;
  td_rate_source_get_normal (self, TD_DAY_MINUTES, ranges, n_minutes);
  for (guint i = 0; i < n_minutes; i++)
    {
      if (i < n_observed && isnan (offered[i]) && !isnan (bands[i].mean))
        left_out += bands[i].mean;
      bands[i] = (TdRateBand){ ranges[i].mean - left_out, MAX (ranges[i].low80 - left_out, 0), ranges[i].high80 - left_out,
                               MAX (ranges[i].low95 - left_out, 0), ranges[i].high95 - left_out };
    }
}

/**
 * td_rate_source_format_day:
 * @self: a source
 * @day: a past day
 *
 * Returns: (transfer full): its date, short
 */
char *
td_rate_source_format_day (const TdRateSource *self,
                           TdPastDay          *day)
{
  TdLocalDay today;

  td_local_day_init (&today, td_day_get_start (td_watch_get_day (self->watch)),
                     td_centre_get_timezone (td_watch_get_centre (self->watch)));

  return td_day_button_format (td_past_day_get_julian (day), today.julian);
}
