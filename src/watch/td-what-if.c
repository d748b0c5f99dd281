/* td-what-if.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-what-if.h"

#include "td-totals.h"

#define MINUTE_S 60.0
#define RATE_WINDOW_S 900.0

static gboolean
is_chosen (const TdStaffPlanRow *row,
           const TdRelease      *leave)
{
  return (leave->employer == NULL || g_strcmp0 (leave->employer, row->employer) == 0) &&
         (leave->place == TD_PLACE_UNKNOWN || leave->place == row->place);
}

/* Of who are on duty then, as many pause as do now. */
static void
plan_leave (TdWhatIf        *self,
            TdCentre        *centre,
            TdReleases      *announced,
            const TdRelease *leave)
{
  g_autoptr (TdStaffPlan) plan = td_staff_plan_new_at (centre, announced, self->now, &leave->at, 1);
  guint64 leaving = 0;

  self->from = leave->at;
  self->then = td_staff_plan_get_serving (plan, 0, TRUE);
  for (guint i = 0; i < plan->n_rows; i++)
    {
      if (is_chosen (&plan->rows[i], leave))
        leaving += plan->rows[i].left[0];
    }
  if (TD_IS_KNOWN (leave->agents))
    leaving = MIN (leaving, (guint64)MAX (leave->agents, 0));
  if (plan->total.staffed > 0)
    leaving = (leaving * plan->total.serving + plan->total.staffed / 2) / plan->total.staffed;
  self->leaving = (guint)MIN (leaving, self->then);
}

static gboolean
find_rate (TdWhatIf       *self,
           TdStaffingDesk *desk,
           const TdTotals *totals)
{
  TdTraffic forecast;

  self->by_forecast = td_staffing_desk_get_traffic (desk, self->from, TD_WHAT_IF_MINUTES, &forecast);
  self->is_surge = self->by_forecast && td_staffing_desk_is_surge (desk);
  if (self->by_forecast)
    self->traffic.rate = forecast.rate;
  else if (TD_IS_KNOWN (totals->offered_15min))
    self->traffic.rate = (double)totals->offered_15min / RATE_WINDOW_S;
  else
    return FALSE;

  return TRUE;
}

/**
 * td_what_if_begin:
 * @self: (out): the centre as it is
 * @centre: a centre
 * @desk: its desk
 * @announced: (nullable): what its source does not tell of who will leave
 * @now: its time, µs since 1970
 * @leave: (nullable): who may leave, when within the coming %TD_TRANSIENT_MAX_SECONDS;
 *   then the hour after it is looked at
 *
 * Returns: whether it can be said, or what is missing
 */
TdWhatIfState
td_what_if_begin (TdWhatIf        *self,
                  TdCentre        *centre,
                  TdStaffingDesk  *desk,
                  TdReleases      *announced,
                  gint64           now,
                  const TdRelease *leave)
{
  TdTotals totals;
  gint64   busy;

  g_return_val_if_fail (self != NULL, TD_WHAT_IF_NO_AGENTS);
  g_return_val_if_fail (TD_IS_CENTRE (centre), TD_WHAT_IF_NO_AGENTS);
  g_return_val_if_fail (TD_IS_STAFFING_DESK (desk), TD_WHAT_IF_NO_AGENTS);

  *self = (TdWhatIf){ .now = now, .from = now };
  td_totals_of_centre (centre, now, &totals);
  if (totals.agents.staffed == 0)
    return TD_WHAT_IF_NO_AGENTS;
  if (!td_staffing_desk_get_handling (desk, &self->traffic))
    return TD_WHAT_IF_NO_CALLS;
  if (!TD_IS_KNOWN (totals.waiting))
    return TD_WHAT_IF_NO_WAITING;

  td_staffing_desk_get_goal (desk, &self->goal);
  self->agents = self->then = totals.agents.serving;
  /* A call that rings is with its agent, and with those who wait as well. */
  busy = (gint64)totals.agents.by_state[TD_AGENT_STATE_ON_CALL] + totals.agents.by_state[TD_AGENT_STATE_WRAP_UP];
  self->calls = (guint)MIN (busy + totals.waiting, TD_TRANSIENT_MAX_CALLS);
  if (leave != NULL && leave->at > now)
    plan_leave (self, centre, announced, leave);

  return find_rate (self, desk, &totals) ? TD_WHAT_IF_READY : TD_WHAT_IF_NO_RATE;
}

/**
 * td_what_if_expect:
 * @self: a centre, perhaps with changes
 * @service: (out): what the calls of the hour meet
 *
 * The whole centre is taken as one group whose agents can take every call. Some
 * ms for hundreds of agents.
 *
 * Returns: whether it can be reckoned
 */
gboolean
td_what_if_expect (const TdWhatIf    *self,
                   TdExpectedService *service)
{
  TdTransient question;
  guint       then;

  g_return_val_if_fail (self != NULL, FALSE);

  then = self->then > self->leaving ? self->then - self->leaving : 0;
  question = (TdTransient){
    .traffic = self->traffic,
    .calls = self->calls,
    .agents = self->agents,
    .leave_at = (double)(self->from - self->now) / G_USEC_PER_SEC,
    .leaving = self->agents > then ? self->agents - then : 0,
    .joining = then > self->agents ? then - self->agents : 0,
    .from = (double)(self->from - self->now) / G_USEC_PER_SEC,
    .until = (double)(self->from - self->now) / G_USEC_PER_SEC + TD_WHAT_IF_MINUTES * MINUTE_S,
  };

  return td_transient_expect (&question, self->goal.threshold, self->goal.short_limit, service);
}
