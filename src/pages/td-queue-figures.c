/* td-queue-figures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-queue-figures.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-outlook-view.h"
#include "td-severity.h"

static const struct
{
  const char *title;
  const char *tooltip;
} columns[TD_N_QUEUE_COLUMNS] = {
  [TD_QUEUE_COLUMN_NAME] = { NC_ ("column of queues", "Queue"),
                             N_ ("Queue: callers who want the same are kept in one queue until an agent is free.") },
  [TD_QUEUE_COLUMN_WAITING] = { NC_ ("column of queues", "waiting"),
                                N_ ("Waiting: callers in the queue now, not yet answered, abandoned or taken out.\n"
                                    "Amber: callers are beyond the limit of the service level and nobody is available. Red: more wait than serve.") },
  [TD_QUEUE_COLUMN_LONGEST] = { NC_ ("column of queues", "longest"),
                                N_ ("Longest wait: age of the oldest caller waiting now.\nAmber from 1:00, red from 2:00.") },
  [TD_QUEUE_COLUMN_EXPECTED] = { NC_ ("column of queues", "EWT"),
                                 N_ ("EWT, expected wait for a caller who joins now, from position, AHT and serving agents.\n"
                                     "— while nobody waits. Each number says how far off those of the last hour were.") },
  [TD_QUEUE_COLUMN_OFFERED] = { NC_ ("column of queues", "offered"),
                                N_ ("Offered today: calls that entered the queue = answered + abandoned + flowed out + still waiting.") },
  [TD_QUEUE_COLUMN_ANSWERED] = { NC_ ("column of queues", "answered"),
                                 N_ ("Answered today: calls connected to an agent.") },
  [TD_QUEUE_COLUMN_ABANDONED] = { NC_ ("column of queues", "abandoned"),
                                  N_ ("Abandoned today: the caller hung up while waiting, short abandons included.") },
  [TD_QUEUE_COLUMN_FLOWED_OUT] = { NC_ ("column of queues", "flowed out"),
                                   N_ ("Flowed out today: calls that left the queue otherwise (transfer, time-out, call-back).") },
  [TD_QUEUE_COLUMN_LEVEL] = { NC_ ("column of queues", "service level"),
                              /* Translators: a formula. */
                              N_ ("Service level today: %s.\nAmber below the target, red ten points below it.") },
  [TD_QUEUE_COLUMN_ASA] = { NC_ ("column of queues", "ASA"),
                            N_ ("ASA, average speed of answer today: mean queue time of answered calls, without the IVR.") },
  [TD_QUEUE_COLUMN_AHT] = { NC_ ("column of queues", "AHT"),
                            N_ ("AHT, average handling time today: talk + hold + wrap-up, per answered call.") },
  [TD_QUEUE_COLUMN_RATE] = { NC_ ("column of queues", "15 min"),
                             N_ ("Call rate: calls offered in the last 15 minutes, sliding.") },
  [TD_QUEUE_COLUMN_NORMAL] = { NC_ ("column of queues", "against normal"),
                               N_ ("Call rate against normal: calls of the last 15 minutes ÷ what is normal for this minute of this day − 1.\n"
                                   "Amber outside the band that holds 19 in 20, red while an alarm goes on.") },
  [TD_QUEUE_COLUMN_SERVING] = { NC_ ("column of queues", "serving"),
                                N_ ("Serving: agents signed in and not offline, without those who are paused. In the total an agent of several queues counts once.\n"
                                    "Red: somebody waits and nobody serves.") },
};

/**
 * td_queue_figures_init:
 * @self: (out): the figures
 * @totals: sums over a queue or over the centre
 * @serving: agents who serve, or %TD_UNKNOWN
 * @formula: how the service level is reckoned
 * @target: target of the service level, 0…1
 * @now: the source's time, µs since 1970
 */
void
td_queue_figures_init (TdQueueFigures       *self,
                       const TdTotals       *totals,
                       gint64                serving,
                       TdServiceLevelFormula formula,
                       double                target,
                       gint64                now)
{
  const TdAgentTally *agents = &totals->agents;
  gint64              longest_ms = td_metrics_age_ms (totals->longest_since, now);

  *self = (TdQueueFigures){ 0 };
  self->counts[TD_QUEUE_COLUMN_WAITING] = totals->waiting;
  self->counts[TD_QUEUE_COLUMN_OFFERED] = totals->today.offered;
  self->counts[TD_QUEUE_COLUMN_ANSWERED] = totals->today.answered;
  self->counts[TD_QUEUE_COLUMN_ABANDONED] = totals->today.abandoned;
  self->counts[TD_QUEUE_COLUMN_FLOWED_OUT] = totals->today.flowed_out;
  self->counts[TD_QUEUE_COLUMN_RATE] = totals->offered_15min;
  self->counts[TD_QUEUE_COLUMN_SERVING] = serving;
  self->longest_since = totals->longest_since;
  self->longest_ms = TD_IS_KNOWN (longest_ms) ? longest_ms / 1000 * 1000 : TD_UNKNOWN;
  self->level = td_metrics_service_level (formula, &totals->today, totals->waiting_beyond);
  self->estimated = totals->estimated;
  self->asa = td_metrics_asa (&totals->today);
  self->aht = td_metrics_aht (&totals->today);
  self->deviation = NAN;
  self->expected_s = NAN;

  self->severity[TD_QUEUE_COLUMN_LONGEST] = td_severity_of_wait (self->longest_ms);
  self->severity[TD_QUEUE_COLUMN_LEVEL] = td_severity_of_service_level (self->level, target);
  if (TD_IS_KNOWN (serving))
    {
      /* Where the source lists no agents, nobody knows who is available. */
      guint n_serving = (guint)MIN (serving, TD_MAX_COUNT);
      guint n_available = agents->total > 0 ? agents->by_state[TD_AGENT_STATE_AVAILABLE] : n_serving;

      self->severity[TD_QUEUE_COLUMN_WAITING] =
        td_severity_of_waiting (totals->waiting, totals->waiting_beyond, n_available, n_serving);
      /* That nobody is free is said beside those who wait. */
      if (serving == 0 && totals->waiting > 0)
        self->severity[TD_QUEUE_COLUMN_SERVING] = TD_SEVERITY_RED;
    }
}

/**
 * td_queue_figures_set_normal:
 * @self: figures
 * @outlook: where the same calls stand against their normal
 */
void
td_queue_figures_set_normal (TdQueueFigures         *self,
                             const TdOutlookFigures *outlook)
{
  if (!outlook->known || !isfinite (outlook->deviation))
    return;

  self->deviation = round (outlook->deviation * 100) / 100;
  self->severity[TD_QUEUE_COLUMN_NORMAL] = td_outlook_view_get_severity (outlook);
}

static gboolean
same (double a,
      double b)
{
  return a == b || (isnan (a) && isnan (b));
}

gboolean
td_queue_figures_equal (const TdQueueFigures *a,
                        const TdQueueFigures *b)
{
  for (guint i = 0; i < TD_N_QUEUE_COLUMNS; i++)
    {
      if (a->counts[i] != b->counts[i] || a->severity[i] != b->severity[i])
        return FALSE;
    }

  return a->estimated == b->estimated && a->longest_since == b->longest_since && a->longest_ms == b->longest_ms &&
         same (a->expected_s, b->expected_s) && same (a->level, b->level) && same (a->asa, b->asa) && same (a->aht, b->aht) && same (a->deviation, b->deviation);
}

static int
compare_counts (gint64 a,
                gint64 b)
{
  return (a > b) - (a < b);
}

/* What is not known is below every number. */
static int
compare_numbers (double a,
                 double b)
{
  double x = isnan (a) ? -1 : a;
  double y = isnan (b) ? -1 : b;

  return (x > y) - (x < y);
}

/**
 * td_queue_figures_compare:
 * @a: figures
 * @b: figures
 * @column: what to compare, not %TD_QUEUE_COLUMN_NAME
 *
 * Returns: below, above or equal to 0 as @a is less, more or the same
 */
int
td_queue_figures_compare (const TdQueueFigures *a,
                          const TdQueueFigures *b,
                          TdQueueColumn         column)
{
  switch (column)
    {
    case TD_QUEUE_COLUMN_LONGEST:
      /* Who came first has waited longest; nobody has not waited. */
      if (TD_IS_KNOWN (a->longest_since) && TD_IS_KNOWN (b->longest_since))
        return compare_counts (b->longest_since, a->longest_since);
      return TD_IS_KNOWN (a->longest_since) - TD_IS_KNOWN (b->longest_since);

    case TD_QUEUE_COLUMN_EXPECTED:
      return compare_numbers (a->expected_s, b->expected_s);

    case TD_QUEUE_COLUMN_LEVEL:
      return compare_numbers (a->level, b->level);

    case TD_QUEUE_COLUMN_ASA:
      return compare_numbers (a->asa, b->asa);

    case TD_QUEUE_COLUMN_AHT:
      return compare_numbers (a->aht, b->aht);

    case TD_QUEUE_COLUMN_NORMAL:
      /* A deviation may be as low as −1. */
      return compare_numbers (a->deviation + 1, b->deviation + 1);

    case TD_QUEUE_COLUMN_WAITING:
    case TD_QUEUE_COLUMN_OFFERED:
    case TD_QUEUE_COLUMN_ANSWERED:
    case TD_QUEUE_COLUMN_ABANDONED:
    case TD_QUEUE_COLUMN_FLOWED_OUT:
    case TD_QUEUE_COLUMN_RATE:
    case TD_QUEUE_COLUMN_SERVING:
      return compare_counts (a->counts[column], b->counts[column]);

    case TD_QUEUE_COLUMN_NAME:
    case TD_N_QUEUE_COLUMNS:
    default:
      return 0;
    }
}

/**
 * td_queue_figures_compare_need:
 * @a: figures
 * @b: figures
 *
 * Who needs somebody most comes first: most callers, then the longest wait,
 * then the lowest service level.
 *
 * Returns: below 0 where @a comes before @b
 */
int
td_queue_figures_compare_need (const TdQueueFigures *a,
                               const TdQueueFigures *b)
{
  int order = -td_queue_figures_compare (a, b, TD_QUEUE_COLUMN_WAITING);

  if (order == 0)
    order = -td_queue_figures_compare (a, b, TD_QUEUE_COLUMN_LONGEST);
  if (order == 0)
    {
      /* A queue that had no call today has no level, and no need either. */
      if (isnan (a->level) != isnan (b->level))
        order = isnan (a->level) ? 1 : -1;
      else
        order = td_queue_figures_compare (a, b, TD_QUEUE_COLUMN_LEVEL);
    }

  return order;
}

static char *
format_number (const TdQueueFigures *self,
               TdQueueColumn         column)
{
  switch (column)
    {
    case TD_QUEUE_COLUMN_LONGEST:
      return td_format_duration (self->longest_ms);

    case TD_QUEUE_COLUMN_EXPECTED:
      return td_format_duration_s (self->expected_s);

    case TD_QUEUE_COLUMN_LEVEL:
      return td_format_percent (self->level, 1);

    case TD_QUEUE_COLUMN_ASA:
      return td_format_duration_s (self->asa);

    case TD_QUEUE_COLUMN_AHT:
      return td_format_duration_s (self->aht);

    case TD_QUEUE_COLUMN_NORMAL:
      return td_format_deviation (self->deviation, FALSE);

    case TD_QUEUE_COLUMN_WAITING:
    case TD_QUEUE_COLUMN_OFFERED:
    case TD_QUEUE_COLUMN_ANSWERED:
    case TD_QUEUE_COLUMN_ABANDONED:
    case TD_QUEUE_COLUMN_FLOWED_OUT:
    case TD_QUEUE_COLUMN_RATE:
    case TD_QUEUE_COLUMN_SERVING:
    case TD_QUEUE_COLUMN_NAME:
    case TD_N_QUEUE_COLUMNS:
    default:
      return td_format_count (self->counts[column]);
    }
}

/* What is derived from the counts of today, which may be estimates. */
static gboolean
is_of_today (TdQueueColumn column)
{
  switch (column)
    {
    case TD_QUEUE_COLUMN_OFFERED:
    case TD_QUEUE_COLUMN_ANSWERED:
    case TD_QUEUE_COLUMN_ABANDONED:
    case TD_QUEUE_COLUMN_FLOWED_OUT:
    case TD_QUEUE_COLUMN_LEVEL:
    case TD_QUEUE_COLUMN_ASA:
    case TD_QUEUE_COLUMN_AHT:
      return TRUE;

    case TD_QUEUE_COLUMN_NAME:
    case TD_QUEUE_COLUMN_WAITING:
    case TD_QUEUE_COLUMN_LONGEST:
    case TD_QUEUE_COLUMN_EXPECTED:
    case TD_QUEUE_COLUMN_NORMAL:
    case TD_QUEUE_COLUMN_RATE:
    case TD_QUEUE_COLUMN_SERVING:
    case TD_N_QUEUE_COLUMNS:
    default:
      return FALSE;
    }
}

/**
 * td_queue_figures_format:
 * @self: figures
 * @column: which of them, not %TD_QUEUE_COLUMN_NAME
 *
 * Returns: (transfer full): the number for people
 */
char *
td_queue_figures_format (const TdQueueFigures *self,
                         TdQueueColumn         column)
{
  g_autofree char *number = format_number (self, column);

  return td_format_estimate (number, self->estimated && is_of_today (column));
}

const char *
td_queue_column_get_title (TdQueueColumn column)
{
  return g_dpgettext2 (NULL, "column of queues", columns[column].title);
}

char *
td_queue_column_dup_tooltip (TdQueueColumn         column,
                             TdServiceLevelFormula formula)
{
  GString *text;

  if (column != TD_QUEUE_COLUMN_LEVEL)
    return g_strdup (gettext (columns[column].tooltip));

  text = g_string_new (gettext (columns[column].tooltip));
  g_string_replace (text, "%s", td_format_service_level_formula (formula), 1);
  if (formula == TD_SERVICE_LEVEL_LIVE)
    g_string_append_printf (text, "\n%s", _ ("A call fails when it crosses T, not when it ends."));

  return g_string_free (text, FALSE);
}
