/* td-page-csv.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-page-csv.h"

#include <math.h>

#include "td-csv.h"
#include "td-totals.h"
#include "td-wait-words.h"

#define RATIO 4 /* decimals of a ratio, */
#define MEAN 1  /* of a mean in seconds, */
#define CALLS 1 /* and of expected calls */

static void
add_counts (GString        *csv,
            const TdCounts *counts)
{
  td_csv_add_integer (csv, counts->offered);
  td_csv_add_integer (csv, counts->answered);
  td_csv_add_integer (csv, counts->answered_in_time);
  td_csv_add_integer (csv, counts->abandoned);
  td_csv_add_integer (csv, counts->short_abandoned);
  td_csv_add_integer (csv, counts->flowed_out);
  td_csv_add_number (csv, td_metrics_asa (counts), MEAN);
  td_csv_add_number (csv, td_metrics_aht (counts), MEAN);
}

#define COUNTS_HEADER "offered,answered,answered_in_time,abandoned,short_abandoned,flowed_out,asa_s,aht_s"

static void
add_totals (GString        *csv,
            TdCentre       *centre,
            const TdTotals *totals,
            gint64          serving,
            gint64          now)
{
  TdServiceLevelFormula formula = td_centre_get_service_level_formula (centre);

  td_csv_add_integer (csv, totals->waiting);
  td_csv_add_seconds (csv, td_metrics_age_ms (totals->longest_since, now));
  td_csv_add_integer (csv, totals->offered_15min);
  td_csv_add_integer (csv, serving);
  td_csv_add_number (csv, td_metrics_service_level (formula, &totals->today, totals->waiting_beyond), RATIO);
  td_csv_add_integer (csv, totals->estimated ? 1 : 0);
  add_counts (csv, &totals->today);
}

/* Of the whole centre there is none: callers of one queue do not wait for another. */
static void
add_expected (GString     *csv,
              TdQueue     *queue,
              TdWaitCheck *waits,
              gint64       now)
{
  TdWaitError error = { 0, NAN, NAN };

  if (waits != NULL)
    td_wait_check_get_error (waits, td_queue_get_id (queue), now, &error);
  td_csv_add_number (csv, td_wait_words_get_expected (queue), MEAN);
  td_csv_add_number (csv, error.calls >= TD_WAIT_CHECK_ENOUGH_CALLS ? error.off : NAN, MEAN);
}

/**
 * td_page_csv_queues:
 * @centre: a centre
 * @waits: (nullable): how good the expected waits were
 * @now: the moment, µs since 1970
 *
 * Returns: (transfer full): a row a queue, and one of them all
 */
GBytes *
td_page_csv_queues (TdCentre    *centre,
                    TdWaitCheck *waits,
                    gint64       now)
{
  GString   *csv;
  TdRoster  *queues;
  GTimeZone *zone;
  TdTotals   totals;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);

  csv = g_string_new (TD_CSV_BYTE_ORDER_MARK "at,queue,name,hotline,reason,area,waiting,longest_wait_s,offered_15min,serving,"
                                             "service_level,estimated," COUNTS_HEADER ",expected_wait_s,expected_wait_error_s\r\n");
  queues = td_centre_get_queues (centre);
  zone = td_centre_get_timezone (centre);
  for (guint i = 0; i < td_roster_get_size (queues); i++)
    {
      TdQueue           *queue = td_roster_get (queues, i);
      const TdQueueInfo *info = td_queue_get_info (queue);

      td_totals_of_queue (centre, queue, now, &totals);
      td_csv_add_time (csv, now, zone);
      td_csv_add_text (csv, info->id);
      td_csv_add_text (csv, info->name);
      td_csv_add_text (csv, info->hotline);
      td_csv_add_text (csv, info->reason);
      td_csv_add_text (csv, info->area);
      add_totals (csv, centre, &totals, info->serving, now);
      add_expected (csv, queue, waits, now);
      td_csv_end_row (csv);
    }

  td_totals_of_centre (centre, now, &totals);
  td_csv_add_time (csv, now, zone);
  for (guint i = 0; i < 5; i++)
    td_csv_add_text (csv, i == 1 ? "total" : NULL);
  add_totals (csv, centre, &totals, totals.agents.serving, now);
  for (guint i = 0; i < 2; i++)
    td_csv_add_number (csv, NAN, MEAN);
  td_csv_end_row (csv);

  return g_string_free_to_bytes (csv);
}

/**
 * td_page_csv_agents:
 * @centre: a centre
 * @now: the moment, µs since 1970
 *
 * Returns: (transfer full): a row an agent
 */
GBytes *
td_page_csv_agents (TdCentre *centre,
                    gint64    now)
{
  GString   *csv;
  TdRoster  *agents;
  GTimeZone *zone;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);

  csv = g_string_new (TD_CSV_BYTE_ORDER_MARK "at,agent,name,team,place,employer,state,on_hold,since,inexact,reason,queue,"
                                             "answered,no_answer,talk_s,hold_s,wrap_up_s,ringing_s,available_s,paused_s,"
                                             "shift_start,shift_end\r\n");
  agents = td_centre_get_agents (centre);
  zone = td_centre_get_timezone (centre);
  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      TdAgent           *agent = td_roster_get (agents, i);
      const TdAgentInfo *info = td_agent_get_info (agent);
      gboolean           inexact;
      gint64             since = td_agent_get_since (agent, &inexact);

      td_csv_add_time (csv, now, zone);
      td_csv_add_text (csv, info->id);
      td_csv_add_text (csv, info->name);
      td_csv_add_text (csv, info->team);
      td_csv_add_text (csv, info->place != TD_PLACE_UNKNOWN ? td_place_to_string (info->place) : NULL);
      td_csv_add_text (csv, info->employer);
      td_csv_add_text (csv, td_agent_state_to_string (info->state));
      td_csv_add_integer (csv, info->on_hold ? 1 : 0);
      td_csv_add_time (csv, since, zone);
      td_csv_add_integer (csv, inexact ? 1 : 0);
      td_csv_add_text (csv, info->reason);
      td_csv_add_text (csv, info->call_queue);
      td_csv_add_integer (csv, info->answered);
      td_csv_add_integer (csv, info->no_answer);
      td_csv_add_seconds (csv, info->talk_ms);
      td_csv_add_seconds (csv, info->hold_ms);
      td_csv_add_seconds (csv, info->wrap_up_ms);
      td_csv_add_seconds (csv, info->ringing_ms);
      td_csv_add_seconds (csv, info->available_ms);
      td_csv_add_seconds (csv, info->paused_ms);
      td_csv_add_time (csv, info->shift_start, zone);
      td_csv_add_time (csv, info->shift_end, zone);
      td_csv_end_row (csv);
    }

  return g_string_free_to_bytes (csv);
}

static void
add_figures (GString              *csv,
             const TdShiftSheet   *sheet,
             const TdShiftFigures *figures,
             GTimeZone            *zone)
{
  gboolean is_out;
  gboolean is_total = *figures->id == '\0';

  td_csv_add_time (csv, sheet->from, zone);
  td_csv_add_time (csv, sheet->until, zone);
  td_csv_add_text (csv, is_total ? NULL : figures->id);
  td_csv_add_text (csv, is_total ? "total" : figures->name);
  td_csv_add_seconds (csv, figures->missing_s * 1000);
  td_csv_add_number (csv, figures->normal.mean, CALLS);
  td_csv_add_number (csv, figures->normal.low95, CALLS);
  td_csv_add_number (csv, figures->normal.high95, CALLS);
  td_csv_add_number (csv, td_shift_figures_get_deviation (figures, &is_out), RATIO);
  td_csv_add_number (csv, td_shift_sheet_get_service_level (sheet, figures), RATIO);
  td_csv_add_number (csv, td_shift_figures_get_abandon_rate (figures), RATIO);
  td_csv_add_integer (csv, figures->waiting);
  td_csv_add_seconds (csv, figures->counts.max_wait_ms);
  td_csv_add_time (csv, figures->longest_at, zone);
  add_counts (csv, &figures->counts);
  td_csv_end_row (csv);
}

/**
 * td_page_csv_sheet:
 * @sheet: a shift
 *
 * Returns: (transfer full): its table: a row a queue, and one of them all
 */
GBytes *
td_page_csv_sheet (const TdShiftSheet *sheet)
{
  GString *csv;
  g_autoptr (GTimeZone) zone = NULL;

  g_return_val_if_fail (sheet != NULL, NULL);

  zone = td_shift_sheet_get_zone (sheet);
  csv = g_string_new (TD_CSV_BYTE_ORDER_MARK "from,until,queue,name,missing_s,normal,normal_low95,normal_high95,deviation,"
                                             "service_level,abandon_rate,waiting,longest_wait_s,longest_at," COUNTS_HEADER "\r\n");
  for (guint i = 0; i < sheet->queues->len; i++)
    add_figures (csv, sheet, g_ptr_array_index (sheet->queues, i), zone);
  add_figures (csv, sheet, &sheet->total, zone);

  return g_string_free_to_bytes (csv);
}
