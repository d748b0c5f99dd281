/* td-alert-facts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-facts-private.h"

#include <math.h>

#include "td-alert-window-private.h"
#include "td-recovery.h"

/* Of fewer calls in half an hour no share is told: of a few, chance makes half. */
#define LEAST_CALLS 60

/* A stream's rate against its normal, as the outlook told it last. */
typedef struct
{
  TdAlertScope scope;
  char        *id;    /* (owned) */
  char        *group; /* (owned) (nullable) */
  double       surge;
  double       silence;
  double       busy;
  double       rest; /* calls that are still to come today, or NAN */
} Rate;

struct _TdAlertFacts
{
  TdCentre     *centre;  /* (owned) */
  TdOutlook    *outlook; /* (owned) */
  TdAgentJudge *judge;   /* (owned) */

  TdStaffingDesk *staffing;  /* (owned) (nullable) */
  TdReleases     *announced; /* (owned) (nullable) */
  TdStaffingNeed  need;      /* the quarter of an hour that lacks the most agents */

  GHashTable    *windows;  /* (owned): queue id (string) -> TdAlertWindow */
  GHashTable    *queues;   /* (owned): queue id (string) -> TdAlertFigures */
  GHashTable    *hotlines; /* (owned): hotline (string) -> TdAlertFigures */
  TdAlertFigures whole;
  guint          zone_serving[TD_N_PLACES];
  guint          zone_unreachable[TD_N_PLACES];
  guint          zone_staffed[TD_N_PLACES];

  GArray  *rates; /* (owned) (element-type Rate) */
  gboolean rates_due;
  gulong   outlook_handler;
};

static void
clear_rate (gpointer data)
{
  Rate *rate = data;

  g_free (rate->id);
  g_free (rate->group);
}

static void
outlook_changed_cb (TdAlertFacts *self)
{
  self->rates_due = TRUE;
}

/* --- what is counted ------------------------------------------------------ */

static void
clear_figures (TdAlertFigures *figures)
{
  *figures = (TdAlertFigures){
    .totals = { .today = TD_COUNTS_UNKNOWN,
                .waiting = TD_UNKNOWN,
                .waiting_beyond = TD_UNKNOWN,
                .longest_since = TD_UNKNOWN,
                .offered_15min = TD_UNKNOWN },
    .serving = TD_UNKNOWN,
    .recent = TD_COUNTS_UNKNOWN,
  };
}

/* Sums counts; of agents nothing, who may serve several queues. */
static void
add_figures (TdAlertFigures       *sum,
             const TdAlertFigures *figures,
             gboolean              is_first)
{
  if (is_first)
    {
      *sum = *figures;
      return;
    }

  td_counts_add (&sum->totals.today, &figures->totals.today);
  sum->totals.waiting = td_metrics_sum (sum->totals.waiting, figures->totals.waiting);
  sum->totals.waiting_beyond = td_metrics_sum (sum->totals.waiting_beyond, figures->totals.waiting_beyond);
  if (TD_IS_KNOWN (figures->totals.longest_since) &&
      (!TD_IS_KNOWN (sum->totals.longest_since) || figures->totals.longest_since < sum->totals.longest_since))
    sum->totals.longest_since = figures->totals.longest_since;
  sum->serving = td_metrics_sum (sum->serving, figures->serving);
  td_counts_add (&sum->recent, &figures->recent);
  sum->recent_known = sum->recent_known && figures->recent_known;
}

/* Nobody is missing where nobody ever serves. */
static gint64
count_serving (TdAlertFacts         *self,
               const TdQueueInfo    *info,
               const TdAlertFigures *figures)
{
  if (figures->totals.agents.total > 0)
    return figures->totals.agents.serving;

  return td_roster_get_size (td_centre_get_agents (self->centre)) == 0 ? info->serving : TD_UNKNOWN;
}

static void
count_queue (TdAlertFacts   *self,
             TdQueue        *queue,
             gint64          now,
             TdAlertFigures *figures)
{
  const TdQueueInfo *info = td_queue_get_info (queue);
  TdAlertWindow     *window = g_hash_table_lookup (self->windows, info->id);

  clear_figures (figures);
  td_totals_of_queue (self->centre, queue, now, &figures->totals);
  figures->serving = count_serving (self, info, figures);

  if (window == NULL)
    {
      window = td_alert_window_new ();
      g_hash_table_insert (self->windows, g_strdup (info->id), window);
    }
  td_alert_window_push (window, now, &info->today);
  figures->recent_known = td_alert_window_measure (window, now, &info->today, &figures->recent);
}

static void
count_queues (TdAlertFacts *self,
              gint64        now)
{
  TdRoster *queues = td_centre_get_queues (self->centre);

  clear_figures (&self->whole);
  g_hash_table_remove_all (self->queues);
  g_hash_table_remove_all (self->hotlines);

  for (guint i = 0; i < td_roster_get_size (queues); i++)
    {
      TdQueue           *queue = td_roster_get (queues, i);
      const TdQueueInfo *info = td_queue_get_info (queue);
      TdAlertFigures    *figures = g_new (TdAlertFigures, 1);

      count_queue (self, queue, now, figures);
      add_figures (&self->whole, figures, i == 0);
      g_hash_table_replace (self->queues, g_strdup (info->id), figures);

      if (info->hotline != NULL)
        {
          TdAlertFigures *hotline = g_hash_table_lookup (self->hotlines, info->hotline);

          if (hotline == NULL)
            g_hash_table_insert (self->hotlines, g_strdup (info->hotline), g_memdup2 (figures, sizeof *figures));
          else
            add_figures (hotline, figures, FALSE);
        }
    }
}

static void
count_agents (TdAlertFacts *self)
{
  TdRoster *agents = td_centre_get_agents (self->centre);
  guint     n = td_roster_get_size (agents);

  memset (self->zone_serving, 0, sizeof self->zone_serving);
  memset (self->zone_unreachable, 0, sizeof self->zone_unreachable);
  memset (self->zone_staffed, 0, sizeof self->zone_staffed);
  self->whole.totals.agents = (TdAgentTally){ 0 };

  for (guint i = 0; i < n; i++)
    {
      const TdAgentInfo *info = td_agent_get_info (td_roster_get (agents, i));

      td_agent_tally_add (&self->whole.totals.agents, info->state);
      self->zone_serving[info->place] += td_agent_state_is_serving (info->state);
      self->zone_staffed[info->place] += td_agent_state_is_staffed (info->state);
      self->zone_unreachable[info->place] += info->state == TD_AGENT_STATE_UNREACHABLE;
    }
  self->whole.serving = n > 0 ? (gint64)self->whole.totals.agents.serving : self->whole.serving;
}

/* --- what is fed ----------------------------------------------------------- */

static void
feed (TdAlertEngine *engine,
      TdAlertKind    kind,
      TdAlertScope   scope,
      const char    *id,
      const char    *group,
      double         value)
{
  TdAlertFact fact = { kind, scope, id, group, value };

  td_alert_engine_feed (engine, &fact);
}

static double
to_value (gint64 number)
{
  return TD_IS_KNOWN (number) ? (double)number : NAN;
}

static double
get_longest (const TdTotals *totals,
             gint64          now)
{
  if (totals->waiting == 0)
    return 0;

  return TD_IS_KNOWN (totals->longest_since) ? (double)MAX (now - totals->longest_since, 0) / G_TIME_SPAN_SECOND : NAN;
}

/* td_alert_facts_judge_service_level:
 * @recent: what was counted in the last half hour
 *
 * Few calls are nothing that needs a person, whatever became of them. */
double
td_alert_facts_judge_service_level (TdServiceLevelFormula formula,
                                    const TdCounts       *recent,
                                    gint64                waiting_beyond)
{
  if (td_metrics_sum (recent->answered, recent->abandoned) < LEAST_CALLS)
    return 1;

  return td_metrics_service_level (formula, recent, waiting_beyond);
}

/* td_alert_facts_judge_abandon_rate:
 * @recent: what was counted in the last half hour
 *
 * Of the calls that came to an end: those who wait still may be answered. */
double
td_alert_facts_judge_abandon_rate (const TdCounts *recent)
{
  gint64 ended = td_metrics_sum (recent->answered, recent->abandoned);
  gint64 early = recent->short_abandoned;

  if (!TD_IS_KNOWN (ended) || !TD_IS_KNOWN (early))
    return NAN;
  if (ended - early < LEAST_CALLS)
    return 0;

  return (double)(recent->abandoned - early) / (double)(ended - early);
}

/* td_alert_facts_judge_reach:
 *
 * Whether the day misses its target even if every call that is still to come
 * is answered in time: as the overview says it, of the same counts. */
double
td_alert_facts_judge_reach (TdServiceLevelFormula formula,
                            const TdCounts       *today,
                            gint64                waiting_beyond,
                            double                to_come,
                            double                target)
{
  TdRecovery recovery;

  td_recovery_reckon_day (formula, today, waiting_beyond, to_come, target, &recovery);
  if (recovery.state == TD_RECOVERY_UNKNOWN || td_metrics_sum (today->answered, today->abandoned) < LEAST_CALLS)
    return NAN;

  return recovery.state == TD_RECOVERY_OUT_OF_REACH;
}

static double
get_out_of_reach (TdAlertFacts         *self,
                  const Rate           *rate,
                  const TdAlertFigures *figures)
{
  TdQueue *queue = rate->scope == TD_ALERT_SCOPE_QUEUE ? td_centre_find_queue (self->centre, rate->id) : NULL;
  double   target = td_centre_get_service_level_target (self->centre, queue);

  return td_alert_facts_judge_reach (td_centre_get_service_level_formula (self->centre), &figures->totals.today,
                                     figures->totals.waiting_beyond, rate->rest, target);
}

static void
feed_calls (TdAlertFacts         *self,
            TdAlertEngine        *engine,
            TdAlertScope          scope,
            const char           *id,
            const char           *group,
            const TdAlertFigures *figures,
            gint64                now)
{
  feed (engine, TD_ALERT_WAITING, scope, id, group, to_value (figures->totals.waiting));
  feed (engine, TD_ALERT_LONGEST_WAIT, scope, id, group, get_longest (&figures->totals, now));
  feed (engine, TD_ALERT_SERVICE_LEVEL, scope, id, group, !figures->recent_known ? NAN : td_alert_facts_judge_service_level (td_centre_get_service_level_formula (self->centre), &figures->recent, figures->totals.waiting_beyond));
  feed (engine, TD_ALERT_ABANDON_RATE, scope, id, group, figures->recent_known ? td_alert_facts_judge_abandon_rate (&figures->recent) : NAN);
  feed (engine, TD_ALERT_SERVING, scope, id, group, to_value (figures->serving));
}

static void
feed_queues (TdAlertFacts  *self,
             TdAlertEngine *engine,
             gint64         now)
{
  GHashTableIter  iter;
  const char     *id;
  TdAlertFigures *figures;

  g_hash_table_iter_init (&iter, self->queues);
  while (g_hash_table_iter_next (&iter, (gpointer *)&id, (gpointer *)&figures))
    {
      TdQueue *queue = td_centre_find_queue (self->centre, id);

      feed_calls (self, engine, TD_ALERT_SCOPE_QUEUE, id, queue != NULL ? td_queue_get_info (queue)->hotline : NULL, figures, now);
    }

  g_hash_table_iter_init (&iter, self->hotlines);
  while (g_hash_table_iter_next (&iter, (gpointer *)&id, (gpointer *)&figures))
    feed_calls (self, engine, TD_ALERT_SCOPE_HOTLINE, id, NULL, figures, now);

  feed_calls (self, engine, TD_ALERT_SCOPE_CENTRE, "", NULL, &self->whole, now);
}

static void
feed_zones (TdAlertFacts  *self,
            TdAlertEngine *engine)
{
  if (td_roster_get_size (td_centre_get_agents (self->centre)) == 0)
    return;

  feed (engine, TD_ALERT_UNREACHABLE, TD_ALERT_SCOPE_CENTRE, "", NULL,
        self->whole.totals.agents.by_state[TD_AGENT_STATE_UNREACHABLE]);
  for (guint i = 1; i < TD_N_PLACES; i++)
    {
      const char *zone = td_place_to_string ((TdPlace)i);

      feed (engine, TD_ALERT_SERVING, TD_ALERT_SCOPE_ZONE, zone, zone, self->zone_serving[i]);
      feed (engine, TD_ALERT_UNREACHABLE, TD_ALERT_SCOPE_ZONE, zone, zone, self->zone_unreachable[i]);
    }
}

static void
feed_agents (TdAlertFacts  *self,
             TdAlertEngine *engine,
             gint64         now)
{
  TdRoster *agents = td_centre_get_agents (self->centre);

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      TdAgent           *agent = td_roster_get (agents, i);
      const TdAgentInfo *info = td_agent_get_info (agent);
      const char        *zone = info->place != TD_PLACE_UNKNOWN ? td_place_to_string (info->place) : NULL;
      TdAgentVerdict     verdict = { .limit_ms = TD_UNKNOWN, .workload = 0 };
      double             beyond = 0;

      if (td_agent_state_is_staffed (info->state))
        {
          td_agent_judge_get_verdict (agent, now, &verdict, self->judge);
          if (info->answered < TD_AGENT_LEAST_CALLS)
            verdict.workload = NAN;
        }
      if (TD_IS_KNOWN (verdict.limit_ms) && (verdict.signs & TD_AGENT_SIGN_OVER_LIMIT))
        beyond = (double)(td_metrics_age_ms (td_agent_get_since (agent, NULL), now) - verdict.limit_ms) / 1000;

      feed (engine, TD_ALERT_LONG_STATE, TD_ALERT_SCOPE_AGENT, info->id, zone, MAX (beyond, 0));
      feed (engine, TD_ALERT_PHANTOM, TD_ALERT_SCOPE_AGENT, info->id, zone, (verdict.signs & TD_AGENT_SIGN_PHANTOM) != 0);
      feed (engine, TD_ALERT_WORKLOAD, TD_ALERT_SCOPE_AGENT, info->id, zone, verdict.workload);
    }
}

/* --- rates ----------------------------------------------------------------- */

static void
take_rate (TdAlertFacts *self,
           TdStreamKind  kind,
           TdAlertScope  scope,
           const char   *id)
{
  TdOutlookFigures figures;
  TdQueue         *queue = scope == TD_ALERT_SCOPE_QUEUE ? td_centre_find_queue (self->centre, id) : NULL;
  Rate             rate = { .scope = scope, .surge = 0, .silence = 0, .busy = 0 };

  td_outlook_get_figures (self->outlook, kind, id, &figures);
  if (!figures.known)
    return;

  rate.id = g_strdup (id);
  rate.group = queue != NULL ? g_strdup (td_queue_get_info (queue)->hotline) : NULL;
  if (figures.alarm == TD_OUTLOOK_ALARM_SURGE)
    rate.surge = figures.factor - 1;
  if (figures.alarm == TD_OUTLOOK_ALARM_SILENCE)
    rate.silence = 1 - figures.factor;
  if (figures.runs_high)
    rate.busy = figures.offered_today / figures.normal_by_now.mean - 1;
  rate.rest = MAX (figures.forecast_day.mean - figures.offered_today, 0);
  g_array_append_val (self->rates, rate);
}

static void
take_need (TdAlertFacts *self)
{
  TdStaffingOutlook outlook;

  self->need.known = FALSE;
  if (self->staffing == NULL || td_roster_get_size (td_centre_get_agents (self->centre)) == 0)
    return;

  td_staffing_desk_get_outlook (self->staffing, self->announced, &outlook);
  self->need = outlook.now;
  for (guint i = 0; i < TD_STAFFING_DESK_N_HORIZONS; i++)
    {
      if (outlook.ahead[i].known &&
          (!self->need.known || td_staffing_need_get_missing (&outlook.ahead[i]) > td_staffing_need_get_missing (&self->need)))
        self->need = outlook.ahead[i];
    }
}

static void
take_rates (TdAlertFacts *self)
{
  static const struct
  {
    TdStreamKind kind;
    TdAlertScope scope;
  } kinds[] = {
    { TD_STREAM_ALL, TD_ALERT_SCOPE_CENTRE },
    { TD_STREAM_HOTLINE, TD_ALERT_SCOPE_HOTLINE },
    { TD_STREAM_QUEUE, TD_ALERT_SCOPE_QUEUE },
  };

  self->rates_due = FALSE;
  g_array_set_size (self->rates, 0);
  if (td_outlook_get_state (self->outlook) != TD_OUTLOOK_READY)
    return;

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      for (guint i = 0; i < td_outlook_get_n_streams (self->outlook, kinds[k].kind); i++)
        take_rate (self, kinds[k].kind, kinds[k].scope, td_outlook_get_stream (self->outlook, kinds[k].kind, i));
    }
}

static void
feed_rates (TdAlertFacts  *self,
            TdAlertEngine *engine)
{
  if (self->rates_due)
    {
      take_rates (self);
      take_need (self);
    }

  if (self->need.known)
    feed (engine, TD_ALERT_MISSING, TD_ALERT_SCOPE_CENTRE, "", NULL, td_staffing_need_get_missing (&self->need));

  for (guint i = 0; i < self->rates->len; i++)
    {
      const Rate    *rate = &g_array_index (self->rates, Rate, i);
      TdAlertFigures figures;

      feed (engine, TD_ALERT_SURGE, rate->scope, rate->id, rate->group, rate->surge);
      feed (engine, TD_ALERT_SILENCE, rate->scope, rate->id, rate->group, rate->silence);
      feed (engine, TD_ALERT_BUSY_DAY, rate->scope, rate->id, rate->group, rate->busy);
      if (td_alert_facts_get_figures (self, rate->scope, rate->id, &figures))
        feed (engine, TD_ALERT_OUT_OF_REACH, rate->scope, rate->id, rate->group, get_out_of_reach (self, rate, &figures));
    }
}

/* A list that is empty says nothing of who would be in it. */
static gboolean
is_there (TdAlertScope scope,
          const char  *id,
          gpointer     user_data)
{
  TdAlertFacts *self = user_data;

  switch (scope)
    {
    case TD_ALERT_SCOPE_HOTLINE:
      return g_hash_table_size (self->queues) == 0 || g_hash_table_contains (self->hotlines, id);
    case TD_ALERT_SCOPE_QUEUE:
      return g_hash_table_size (self->queues) == 0 || g_hash_table_contains (self->queues, id);
    case TD_ALERT_SCOPE_AGENT:
      return td_roster_get_size (td_centre_get_agents (self->centre)) == 0 || td_centre_find_agent (self->centre, id) != NULL;
    case TD_ALERT_SCOPE_CENTRE:
    case TD_ALERT_SCOPE_ZONE:
    case TD_N_ALERT_SCOPES:
    default:
      return TRUE;
    }
}

/* td_alert_facts_new:
 * @outlook: what is normal
 * @judge: what is thought of the agents */
TdAlertFacts *
td_alert_facts_new (TdCentre     *centre,
                    TdOutlook    *outlook,
                    TdAgentJudge *judge)
{
  TdAlertFacts *self = g_new0 (TdAlertFacts, 1);

  self->centre = g_object_ref (centre);
  self->outlook = g_object_ref (outlook);
  self->judge = g_object_ref (judge);
  self->windows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)td_alert_window_free);
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->hotlines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->rates = g_array_new (FALSE, FALSE, sizeof (Rate));
  g_array_set_clear_func (self->rates, clear_rate);
  self->rates_due = TRUE;
  self->outlook_handler = g_signal_connect_swapped (outlook, "changed", G_CALLBACK (outlook_changed_cb), self);
  clear_figures (&self->whole);

  return self;
}

void
td_alert_facts_free (TdAlertFacts *self)
{
  g_signal_handler_disconnect (self->outlook, self->outlook_handler);
  g_clear_object (&self->staffing);
  g_clear_object (&self->announced);
  g_object_unref (self->judge);
  g_object_unref (self->outlook);
  g_object_unref (self->centre);
  g_hash_table_unref (self->windows);
  g_hash_table_unref (self->queues);
  g_hash_table_unref (self->hotlines);
  g_array_unref (self->rates);
  g_free (self);
}

/* td_alert_facts_set_staffing:
 * @staffing: says how many agents are needed
 * @announced: (nullable): who leaves, as the person at the desk was told */
void
td_alert_facts_set_staffing (TdAlertFacts   *self,
                             TdStaffingDesk *staffing,
                             TdReleases     *announced)
{
  g_set_object (&self->staffing, staffing);
  g_set_object (&self->announced, announced);
  self->rates_due = TRUE;
}

/* td_alert_facts_get_need:
 *
 * Returns: whether it is known which quarter of an hour, of this one and those
 *   of the next hour, lacks the most agents */
gboolean
td_alert_facts_get_need (TdAlertFacts   *self,
                         TdStaffingNeed *need)
{
  *need = self->need;

  return self->need.known;
}

/* td_alert_facts_feed:
 * @engine: an engine that has begun
 * @now: the source's time, µs since 1970
 *
 * Feeds all that is known of a centre whose source answers, and drops what is
 * not in it any more. */
void
td_alert_facts_feed (TdAlertFacts  *self,
                     TdAlertEngine *engine,
                     gint64         now)
{
  count_queues (self, now);
  count_agents (self);
  feed_queues (self, engine, now);
  feed_zones (self, engine);
  feed_agents (self, engine, now);
  feed_rates (self, engine);
  td_alert_engine_drop_gone (engine, is_there, self);
}

/* td_alert_facts_get_figures:
 *
 * Returns: whether there is such a thing, as it was fed last */
gboolean
td_alert_facts_get_figures (TdAlertFacts   *self,
                            TdAlertScope    scope,
                            const char     *id,
                            TdAlertFigures *figures)
{
  const TdAlertFigures *found = scope == TD_ALERT_SCOPE_CENTRE    ? &self->whole
                                : scope == TD_ALERT_SCOPE_HOTLINE ? g_hash_table_lookup (self->hotlines, id)
                                : scope == TD_ALERT_SCOPE_QUEUE   ? g_hash_table_lookup (self->queues, id)
                                                                  : NULL;

  if (found == NULL)
    return FALSE;
  *figures = *found;

  return TRUE;
}
