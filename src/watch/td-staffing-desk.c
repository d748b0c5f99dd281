/* td-staffing-desk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-staffing-desk.h"

#include <math.h>

#include "td-staff-plan.h"
#include "td-totals.h"

#define MINUTE_US G_TIME_SPAN_MINUTE
#define DAY_MINUTES 1440
#define SHORT_LIMIT_S 5.0

/* A poll that is further from the last one than this saw nothing between. */
#define MAX_STEP_US (15 * G_TIME_SPAN_SECOND)

/* What is thought of a caller's patience before anybody has hung up: two minutes,
 * as the literature finds (Mandelbaum & Zeltyn, 2013), with the weight of two. */
#define PRIOR_ABANDONS 2.0
#define PRIOR_PATIENCE_S 120.0
#define MIN_PATIENCE_S 5.0
#define MAX_PATIENCE_S 3600.0

/* A need is one of 15 minutes, looked for in steps of as many. */
#define QUARTER_MINUTES 15
#define N_QUARTERS 4

/* What comes above normal is taken to halve in so long: callers of a large outage
 * call in its first hours, and nobody knows when it ends. */
#define HALVES_MINUTES 30.0

/* A need is a matter of minutes: it is not reckoned at every poll. */
#define NEED_AGE_US (10 * G_TIME_SPAN_SECOND)

struct _TdStaffingDesk
{
  GObject parent_instance;

  TdCentre  *centre;  /* (owned) */
  TdDay     *day;     /* (owned) */
  TdOutlook *outlook; /* (owned) */

  /* Of a day, as exact as the polls are close; in step with one another. */
  gint64   day_start;
  gint64   looked_at;
  TdCounts counted;  /* at that look */
  gint64   waiting;  /* and then */
  guint    n_queues; /* of which that is the sum */
  double   abandons;
  double   waited_s; /* what callers have waited, seen or reckoned */

  TdStaffingOutlook need; /* as it was reckoned */
  gint64            need_at;
};

G_DEFINE_FINAL_TYPE (TdStaffingDesk, td_staffing_desk, G_TYPE_OBJECT)

/* Those of the queues that say it. */
static void
sum_queues (TdStaffingDesk *self,
            TdCounts       *today,
            gint64         *waiting)
{
  TdRoster *queues = td_centre_get_queues (self->centre);

  *today = (TdCounts){ 0 };
  *waiting = 0;
  for (guint i = 0; i < td_roster_get_size (queues); i++)
    {
      const TdQueueInfo *queue = td_queue_get_info (td_roster_get (queues, i));

      td_counts_add (today, &queue->today);
      *waiting = td_metrics_sum (*waiting, queue->waiting);
    }
}

/* Who hung up where nobody looked is taken to have waited as long as who was
 * answered then: the source does not tell it. Where that is not known either,
 * nothing is: hang-ups without their waits would make callers seem impatient. */
static void
take_unseen (TdStaffingDesk *self,
             const TdCounts *counts)
{
  double asa = td_metrics_asa (counts);

  if (!isfinite (asa) || !TD_IS_KNOWN (counts->abandoned))
    return;

  self->abandons += (double)counts->abandoned;
  self->waited_s += (double)counts->wait_ms / 1000 + (double)counts->abandoned * asa;
}

/* Of counters that began anew only what comes after that is taken. */
static void
take_since (TdStaffingDesk *self,
            const TdCounts *today,
            gint64          step,
            gboolean        is_whole)
{
  TdCounts since;

  if (!td_counts_subtract (&since, today, &self->counted))
    return;

  if (!is_whole || step <= 0 || step > MAX_STEP_US || !TD_IS_KNOWN (self->waiting))
    {
      take_unseen (self, &since);
      return;
    }

  self->waited_s += (double)self->waiting * (double)step / G_USEC_PER_SEC;
  if (TD_IS_KNOWN (since.abandoned))
    self->abandons += (double)since.abandoned;
}

static void
centre_changed_cb (TdStaffingDesk *self)
{
  gint64   at = td_centre_get_at (self->centre);
  gint64   day_start = td_day_get_start (self->day);
  guint    n_queues = td_roster_get_size (td_centre_get_queues (self->centre));
  TdCounts today;
  gint64   waiting;

  sum_queues (self, &today, &waiting);
  if (day_start != self->day_start)
    {
      self->day_start = day_start;
      self->abandons = 0;
      self->waited_s = 0;
      take_unseen (self, &today);
    }
  else if (n_queues >= self->n_queues)
    take_since (self, &today, at - self->looked_at, n_queues == self->n_queues);

  self->looked_at = at;
  self->counted = today;
  self->waiting = waiting;
  self->n_queues = n_queues;
}

static void
td_staffing_desk_dispose (GObject *object)
{
  TdStaffingDesk *self = TD_STAFFING_DESK (object);

  g_clear_object (&self->centre);
  g_clear_object (&self->day);
  g_clear_object (&self->outlook);

  G_OBJECT_CLASS (td_staffing_desk_parent_class)->dispose (object);
}

static void
td_staffing_desk_class_init (TdStaffingDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = td_staffing_desk_dispose;
}

static void
td_staffing_desk_init (TdStaffingDesk *self)
{
  self->day_start = TD_UNKNOWN;
  self->looked_at = TD_UNKNOWN;
  self->need_at = TD_UNKNOWN;
}

/**
 * td_staffing_desk_new:
 * @centre: a centre
 * @day: its today
 * @outlook: what is normal for it
 *
 * Returns: (transfer full): a desk that follows them
 */
TdStaffingDesk *
td_staffing_desk_new (TdCentre  *centre,
                      TdDay     *day,
                      TdOutlook *outlook)
{
  TdStaffingDesk *self;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);
  g_return_val_if_fail (TD_IS_DAY (day), NULL);
  g_return_val_if_fail (TD_IS_OUTLOOK (outlook), NULL);

  self = g_object_new (TD_TYPE_STAFFING_DESK, NULL);
  self->centre = g_object_ref (centre);
  self->day = g_object_ref (day);
  self->outlook = g_object_ref (outlook);
  g_signal_connect_object (centre, "changed", G_CALLBACK (centre_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * td_staffing_desk_get_goal:
 * @self: a desk
 * @goal: (out): the service level that the centre has to reach
 */
void
td_staffing_desk_get_goal (TdStaffingDesk *self,
                           TdServiceGoal  *goal)
{
  gint64 short_ms;

  g_return_if_fail (TD_IS_STAFFING_DESK (self));

  short_ms = td_centre_get_info (self->centre)->short_abandon_ms;
  *goal = (TdServiceGoal){
    .formula = td_centre_get_service_level_formula (self->centre),
    .target = td_centre_get_service_level_target (self->centre, NULL),
    .threshold = td_centre_get_service_level_ms (self->centre, NULL) / 1000.0,
    .short_limit = TD_IS_KNOWN (short_ms) ? short_ms / 1000.0 : SHORT_LIMIT_S,
    .max_occupancy = 1,
  };
}

/**
 * td_staffing_desk_get_patience:
 * @self: a desk
 *
 * The mean patience of the centre's callers: what all have waited today,
 * answered ones and those who wait now included, for each who hung up. That is
 * the estimate of maximum likelihood where patience is exponential and who is
 * answered only shows that theirs was longer (censored). A day without
 * abandons is held together by what is known of callers elsewhere.
 *
 * Returns: seconds, within bounds
 */
double
td_staffing_desk_get_patience (TdStaffingDesk *self)
{
  g_return_val_if_fail (TD_IS_STAFFING_DESK (self), PRIOR_PATIENCE_S);

  return CLAMP ((PRIOR_ABANDONS * PRIOR_PATIENCE_S + self->waited_s) / (PRIOR_ABANDONS + self->abandons),
                MIN_PATIENCE_S, MAX_PATIENCE_S);
}

/* Calls in the @minutes from @from on, by the forecast; NAN where there is none. */
static TdOutlookRange
get_forecast (TdStaffingDesk *self,
              gint64          from,
              guint           minutes)
{
  TdOutlookRange             unknown = { NAN, NAN, NAN, NAN, NAN };
  gint64                     start = td_day_get_start (self->day);
  gint64                     end;
  g_autofree TdOutlookRange *ranges = NULL;

  if (!TD_IS_KNOWN (start) || td_outlook_get_state (self->outlook) != TD_OUTLOOK_READY)
    return unknown;

  end = (from - start) / MINUTE_US + minutes;
  if (from < start || end < 1 || end > DAY_MINUTES)
    return unknown;

  ranges = g_new (TdOutlookRange, DAY_MINUTES);
  td_outlook_get_forecast (self->outlook, TD_STREAM_ALL, "", minutes, ranges, (guint)end);

  return ranges[end - 1];
}

/* Calls of the last 15 minutes above what is normal for them, while that is more
 * than chance: a forecast leaves out what an incident brings. While the source
 * does not answer, what it counted last stands, as on the screen. */
static double
get_excess (TdStaffingDesk *self)
{
  TdOutlookFigures figures;
  gint64           offered;
  double           excess;

  td_outlook_get_figures (self->outlook, TD_STREAM_ALL, "", &figures);
  if (!figures.known || !(figures.is_out || figures.alarm == TD_OUTLOOK_ALARM_SURGE))
    return 0;

  offered = figures.offered_15min;
  if (!TD_IS_KNOWN (offered))
    {
      TdTotals totals;

      td_totals_of_centre (self->centre, td_centre_get_now (self->centre), &totals);
      offered = totals.offered_15min;
    }
  excess = (double)offered - figures.normal_15min.mean;

  return TD_IS_KNOWN (offered) && excess > 0 ? excess : 0;
}

/* Of that, what is taken to come still in the @minutes from @from on. */
static double
get_coming_excess (TdStaffingDesk *self,
                   gint64          from,
                   guint           minutes)
{
  double excess = get_excess (self);
  double until = MAX (0.0, (double)(from - td_centre_get_now (self->centre)) / MINUTE_US);
  double length = minutes;

  /* The integral of 2^(−t/H) over those minutes. */
  return excess / QUARTER_MINUTES * HALVES_MINUTES / G_LN2 * (exp2 (-until / HALVES_MINUTES) - exp2 (-(until + length) / HALVES_MINUTES));
}

/**
 * td_staffing_desk_get_handling:
 * @self: a desk
 * @traffic: (inout): gets all but the rate
 *
 * Returns: whether %TD_STAFFING_DESK_ENOUGH_CALLS were handled today to say how
 *   long one takes
 */
gboolean
td_staffing_desk_get_handling (TdStaffingDesk *self,
                               TdTraffic      *traffic)
{
  TdCounts today;
  gint64   waiting;

  g_return_val_if_fail (TD_IS_STAFFING_DESK (self), FALSE);
  g_return_val_if_fail (traffic != NULL, FALSE);

  sum_queues (self, &today, &waiting);
  traffic->aht = td_metrics_aht (&today);
  traffic->patience = td_staffing_desk_get_patience (self);

  return TD_IS_KNOWN (today.answered) && today.answered >= TD_STAFFING_DESK_ENOUGH_CALLS && isfinite (traffic->aht);
}

/**
 * td_staffing_desk_get_traffic:
 * @self: a desk
 * @from: when it begins, µs since 1970: now or later today
 * @minutes: how long it is looked at, 1 or more
 * @traffic: (out): what comes then; in a surge with what of it is taken to come still
 *
 * Returns: whether that can be said: there is a forecast, it is still today,
 *   and %TD_STAFFING_DESK_ENOUGH_CALLS have been handled
 */
gboolean
td_staffing_desk_get_traffic (TdStaffingDesk *self,
                              gint64          from,
                              guint           minutes,
                              TdTraffic      *traffic)
{
  g_return_val_if_fail (TD_IS_STAFFING_DESK (self), FALSE);
  g_return_val_if_fail (minutes > 0, FALSE);

  traffic->rate = (get_forecast (self, from, minutes).mean + get_coming_excess (self, from, minutes)) / (minutes * 60.0);

  return td_staffing_desk_get_handling (self, traffic) && isfinite (traffic->rate);
}

/**
 * td_staffing_desk_is_surge:
 * @self: a desk
 *
 * Returns: whether more call now than chance explains
 */
gboolean
td_staffing_desk_is_surge (TdStaffingDesk *self)
{
  g_return_val_if_fail (TD_IS_STAFFING_DESK (self), FALSE);

  return get_excess (self) > 0;
}

/**
 * td_staffing_desk_get_service_level:
 * @self: a desk
 * @from: the begin of an hour, µs since 1970
 * @agents: who serve then
 *
 * Returns: the service level to be expected of that hour, 0 to 1; NAN where
 *   nobody can say
 */
double
td_staffing_desk_get_service_level (TdStaffingDesk *self,
                                    gint64          from,
                                    guint           agents)
{
  TdTraffic         traffic;
  TdServiceGoal     goal;
  TdExpectedService service;

  g_return_val_if_fail (TD_IS_STAFFING_DESK (self), NAN);

  if (!td_staffing_desk_get_traffic (self, from, 60, &traffic))
    return NAN;

  td_staffing_desk_get_goal (self, &goal);
  service = td_erlang_expect (&traffic, agents, goal.threshold, goal.short_limit);

  return td_erlang_service_level (&service, goal.formula);
}

/* Agents for @calls in a quarter of an hour; as many as there can be where none are enough. */
static guint
get_needed (const TdTraffic     *handling,
            const TdServiceGoal *goal,
            double               calls)
{
  TdTraffic traffic = *handling;
  guint     needed = 0;

  traffic.rate = calls / (QUARTER_MINUTES * 60.0);

  return td_erlang_agents_needed (&traffic, goal, &needed) ? needed : TD_ERLANG_MAX_AGENTS;
}

/* The forecast, what is above it now, and who has waited for too long already.
 * The band goes from an incident that is over at once to one that stays. */
static void
reckon_need (TdStaffingDesk      *self,
             const TdTraffic     *handling,
             const TdServiceGoal *goal,
             double               excess,
             guint                quarter,
             TdStaffingNeed      *need)
{
  TdOutlookRange forecast = get_forecast (self, need->at, QUARTER_MINUTES);
  double         backlog = 0;

  if (!isfinite (forecast.mean))
    return;

  if (quarter == 0)
    {
      TdTotals totals;

      td_totals_of_centre (self->centre, need->at, &totals);
      backlog = TD_IS_KNOWN (totals.waiting_beyond) ? (double)totals.waiting_beyond : 0;
    }
  need->by_forecast = TRUE;
  need->is_surge = excess > 0;
  need->needed = get_needed (handling, goal, forecast.mean + excess * exp2 (-(double)(quarter * QUARTER_MINUTES) / HALVES_MINUTES) + backlog);
  need->low = get_needed (handling, goal, forecast.low80 + backlog);
  need->high = get_needed (handling, goal, forecast.high80 + excess + backlog);
  need->known = TRUE;
}

/* Where nothing was learnt yet, the next minutes are taken to be like the last ones. */
static void
go_by_last_minutes (TdStaffingDesk      *self,
                    const TdTraffic     *handling,
                    const TdServiceGoal *goal,
                    TdStaffingNeed      *need)
{
  TdTotals totals;

  td_totals_of_centre (self->centre, need->at, &totals);
  if (!TD_IS_KNOWN (totals.offered_15min))
    return;

  need->needed = need->low = need->high = get_needed (handling, goal, (double)totals.offered_15min);
  need->known = TRUE;
}

static void
reckon_outlook (TdStaffingDesk *self,
                TdReleases     *announced,
                gint64          now)
{
  TdTraffic      handling;
  TdServiceGoal  goal;
  TdStaffingNeed quarters[N_QUARTERS] = { 0 };
  double         excess;
  gint64         times[N_QUARTERS];
  g_autoptr (TdStaffPlan) plan = NULL;

  self->need = (TdStaffingOutlook){ 0 };
  for (guint i = 0; i < N_QUARTERS; i++)
    times[i] = now + i * QUARTER_MINUTES * MINUTE_US;
  plan = td_staff_plan_new_at (self->centre, announced, now, times, N_QUARTERS);
  if (plan->total.staffed == 0 || !td_staffing_desk_get_handling (self, &handling))
    return;

  td_staffing_desk_get_goal (self, &goal);
  excess = get_excess (self);
  for (guint i = 0; i < N_QUARTERS; i++)
    {
      TdStaffingNeed *need = &quarters[i];

      need->at = times[i];
      need->serving = i == 0 ? plan->total.serving : td_staff_plan_get_serving (plan, i, TRUE);
      reckon_need (self, &handling, &goal, excess, i, need);
    }
  if (!quarters[0].known)
    go_by_last_minutes (self, &handling, &goal, &quarters[0]);

  self->need.now = quarters[0];
  for (guint i = 0; i < TD_STAFFING_DESK_N_HORIZONS; i++)
    {
      TdStaffingNeed *ahead = &self->need.ahead[i];
      guint           n = td_staffing_desk_get_horizon (i) / QUARTER_MINUTES;

      for (guint j = 0; j < n; j++)
        {
          if (quarters[j].known && quarters[j].by_forecast &&
              (!ahead->known || td_staffing_need_get_missing (&quarters[j]) > td_staffing_need_get_missing (ahead)))
            *ahead = quarters[j];
        }
    }
}

/**
 * td_staffing_need_get_missing:
 * @need: a need that is known
 *
 * Returns: how many agents it lacks
 */
guint
td_staffing_need_get_missing (const TdStaffingNeed *need)
{
  g_return_val_if_fail (need != NULL, 0);

  return need->needed > need->serving ? need->needed - need->serving : 0;
}

/**
 * td_staffing_desk_get_horizon:
 * @index: 0 to %TD_STAFFING_DESK_N_HORIZONS − 1
 *
 * Returns: how far ahead that need is looked for, minutes
 */
guint
td_staffing_desk_get_horizon (guint index)
{
  static const guint minutes[TD_STAFFING_DESK_N_HORIZONS] = { 30, 60 };

  g_return_val_if_fail (index < TD_STAFFING_DESK_N_HORIZONS, 0);

  return minutes[index];
}

/**
 * td_staffing_desk_get_outlook:
 * @self: a desk
 * @announced: (nullable): what its source does not tell of who will leave
 * @outlook: (out): how many agents are needed, now and soon; not known where fewer than
 *   %TD_STAFFING_DESK_ENOUGH_CALLS were handled today or nobody is signed in
 *
 * Reckoned anew every ten seconds, so it may be asked for at every poll.
 */
void
td_staffing_desk_get_outlook (TdStaffingDesk    *self,
                              TdReleases        *announced,
                              TdStaffingOutlook *outlook)
{
  gint64 now;

  g_return_if_fail (TD_IS_STAFFING_DESK (self));
  g_return_if_fail (outlook != NULL);

  now = td_centre_get_at (self->centre);
  if (!TD_IS_KNOWN (now))
    self->need = (TdStaffingOutlook){ 0 };
  else if (!TD_IS_KNOWN (self->need_at) || ABS (now - self->need_at) >= NEED_AGE_US)
    {
      reckon_outlook (self, announced, now);
      self->need_at = now;
    }
  *outlook = self->need;
}
