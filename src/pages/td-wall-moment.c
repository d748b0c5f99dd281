/* td-wall-moment.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-moment.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-outlook-view.h"

/* A gauge ends at so many times what should be. */
#define GAUGE_TIMES 4.0

#define MS_PER_HOUR (60 * 60 * 1000)

/* The normal of several queues is the sum of theirs; their bands are not. */
static void
sum_rates (TdWallMoment *self,
           TdOutlook    *outlook)
{
  double mean = 0, by_now = 0, foreseen = 0, day = 0;

  self->rates = (TdOutlookFigures){ .known = TRUE, .deviation = NAN, .alarm_since = TD_UNKNOWN, .alarm_raised = TD_UNKNOWN };
  for (guint i = 0; self->wall->queues[i] != NULL; i++)
    {
      TdOutlookFigures figures;

      td_outlook_get_figures (outlook, TD_STREAM_QUEUE, self->wall->queues[i], &figures);
      self->rates.known &= figures.known;
      self->rates.offered_15min = td_metrics_sum (i == 0 ? 0 : self->rates.offered_15min, figures.offered_15min);
      self->rates.offered_today += figures.offered_today;
      self->rates.is_out |= figures.is_out;
      if (figures.alarm != TD_OUTLOOK_ALARM_NONE)
        self->rates.alarm = figures.alarm;
      self->rates.runs_high |= figures.runs_high;
      self->rates.runs_low |= figures.runs_low;
      mean += figures.normal_15min.mean;
      by_now += figures.normal_by_now.mean;
      foreseen += figures.normal_day.mean;
      day += figures.forecast_day.mean;
    }
  self->rates.normal_15min = (TdOutlookRange){ mean, NAN, NAN, NAN, NAN };
  self->rates.normal_by_now = (TdOutlookRange){ by_now, NAN, NAN, NAN, NAN };
  self->rates.normal_day = (TdOutlookRange){ foreseen, NAN, NAN, NAN, NAN };
  self->rates.forecast_day = (TdOutlookRange){ day, NAN, NAN, NAN, NAN };
  if (self->rates.known && TD_IS_KNOWN (self->rates.offered_15min) && mean > 0)
    self->rates.deviation = (double)self->rates.offered_15min / mean - 1;
}

/**
 * td_wall_moment_get_stream:
 * @self: a moment
 * @id: (out): id of the stream
 *
 * Returns: which stream of calls is what the wall shows, where there is one:
 *   all of them, or its only queue; for a choice of several all of them too
 */
TdStreamKind
td_wall_moment_get_stream (const TdWallMoment *self,
                           const char        **id)
{
  char **queues = self->wall->queues;

  if (queues != NULL && queues[0] != NULL && queues[1] == NULL)
    {
      *id = queues[0];
      return TD_STREAM_QUEUE;
    }
  *id = "";

  return TD_STREAM_ALL;
}

/* Amber beyond what should be, red beyond twice that. */
static TdSeverity
judge_at_most (double value,
               double target)
{
  if (value <= target)
    return TD_SEVERITY_NORMAL;

  return value <= 2 * target ? TD_SEVERITY_AMBER : TD_SEVERITY_RED;
}

static void
set_gauge_at_most (TdWallFace *face,
                   double      value,
                   double      target)
{
  double end = GAUGE_TIMES * MAX (target, 1);

  face->gauge = (TdWallGauge){ 0, target / end, target / end, value / end };
}

static void
show_waiting (const TdWallMoment *self,
              TdWallFace         *face)
{
  const TdTotals *totals = &self->totals;
  gint64          target = self->wall->waiting_target;

  face->value = td_format_count (totals->waiting);
  face->sense = TD_WALL_SENSE_HIGH;
  if (!TD_IS_KNOWN (target))
    {
      face->severity = td_severity_of_waiting (totals->waiting, totals->waiting_beyond,
                                               totals->agents.by_state[TD_AGENT_STATE_AVAILABLE], totals->agents.serving);
      if (TD_IS_KNOWN (totals->waiting_beyond))
        {
          g_autofree char *count = td_format_count (totals->waiting_beyond);

          /* Translators: callers who have waited longer than so many seconds. */
          face->target = g_strdup_printf (_ ("%s beyond %d s"), count,
                                          (int)(td_centre_get_service_level_ms (td_watch_get_centre (self->watch), NULL) / 1000));
        }
      return;
    }

  g_autofree char *limit = td_format_count (target);

  /* Translators: a number should be at most this. */
  face->target = g_strdup_printf (_ ("target ≤ %s"), limit);
  if (!TD_IS_KNOWN (totals->waiting))
    return;
  face->severity = judge_at_most ((double)totals->waiting, (double)target);
  set_gauge_at_most (face, (double)totals->waiting, (double)target);
  if (totals->waiting > target)
    {
      g_autofree char *over = td_format_count (totals->waiting - target);

      /* Translators: by so much more than the target, a number or a time. */
      face->deviation = g_strdup_printf (_ ("%s over"), over);
    }
  else
    /* Translators: a number reaches its target. */
    face->deviation = g_strdup (_ ("met"));
}

static void
show_longest (const TdWallMoment *self,
              TdWallFace         *face)
{
  gint64           wait_ms = td_metrics_age_ms (self->totals.longest_since, self->now);
  gboolean         has_target = TD_IS_KNOWN (self->wall->longest_target_ms);
  gint64           target_ms = has_target ? self->wall->longest_target_ms : TD_WAIT_LIMIT_MS / 2;
  g_autofree char *limit = td_format_duration (target_ms);

  face->sense = TD_WALL_SENSE_HIGH;
  face->target = g_strdup_printf (_ ("target ≤ %s"), limit);
  face->short_target = g_strdup_printf ("≤ %s", limit);
  /* Translators: the longest wait, where there is little room. */
  face->short_label = g_strdup (_ ("Longest"));
  if (self->totals.waiting == 0)
    wait_ms = 0;
  if (wait_ms >= MS_PER_HOUR)
    {
      gint64 minutes = wait_ms / 60000;

      /* Seconds no longer count, and would make the number small. */
      face->value = g_strdup_printf ("%d:%02d", (int)MIN (minutes / 60, 9999), (int)(minutes % 60));
      /* Translators: hours, short: after “1:02”. */
      face->suffix = g_strdup (C_ ("hours", "h"));
    }
  else
    {
      face->value = td_format_duration (wait_ms);
      if (wait_ms >= 10 * 60000)
        face->short_value = g_strdup_printf ("%d′", (int)(wait_ms / 60000));
    }
  if (!TD_IS_KNOWN (wait_ms))
    return;

  face->severity = judge_at_most ((double)wait_ms, (double)target_ms);
  set_gauge_at_most (face, (double)wait_ms, (double)target_ms);
  if (wait_ms > target_ms)
    {
      g_autofree char *over = td_format_duration (wait_ms - target_ms);

      face->deviation = g_strdup_printf (_ ("%s over"), over);
    }
  else
    face->deviation = g_strdup (_ ("met"));
}

static void
show_level (const TdWallMoment *self,
            TdWallFace         *face)
{
  TdCentre        *centre = td_watch_get_centre (self->watch);
  gint64           since = td_centre_get_info (centre)->counted_since;
  double           level = td_metrics_service_level (td_centre_get_service_level_formula (centre), &self->totals.today,
                                                     self->totals.waiting_beyond);
  double           target = td_centre_get_service_level_target (centre, NULL);
  g_autofree char *target_text = td_format_percent (target, 0);

  if (TD_IS_KNOWN (since))
    {
      g_autofree char *clock = td_format_clock (since, td_centre_get_timezone (centre));

      g_free (face->label);
      /* Translators: a time of day. */
      face->label = g_strdup_printf (_ ("Service level since %s"), clock);
    }
  /* Translators: a number should be at least this. */
  face->target = g_strdup_printf (_ ("target ≥ %s"), target_text);
  face->short_target = g_strdup_printf ("≥ %s", target_text);
  face->short_label = g_strdup (_ ("Service level"));
  face->sense = TD_WALL_SENSE_LOW;
  if (!isfinite (level))
    {
      face->value = td_format_percent (level, 0);
      return;
    }

  /* A level just below its target is not rounded up to it. */
  face->value = g_strdup_printf ("%d", (int)floor (level * 100 + 1e-9));
  face->suffix = g_strdup ("%");
  face->severity = td_severity_of_service_level (level, target);
  /* Below a half it no longer matters by how much. */
  face->gauge = (TdWallGauge){ MAX (2 * target - 1, 0), 1, MAX (2 * target - 1, 0), MAX (2 * level - 1, 0) };
  if (face->severity != TD_SEVERITY_NORMAL)
    /* Translators: by so much less than the target. */
    face->deviation = g_strdup_printf (_ ("%d short"), (int)round (target * 100) - (int)floor (level * 100 + 1e-9));
  else
    face->deviation = g_strdup (_ ("met"));
}

static void
set_gauge_normal (TdWallFace           *face,
                  double                value,
                  const TdOutlookRange *normal)
{
  double end = MAX (2.5 * normal->mean, 1.2 * (isnan (normal->high95) ? 0 : normal->high95));

  if (end > 0)
    face->gauge = (TdWallGauge){ normal->low95 / end, MIN (normal->high95 / end, 1), normal->mean / end, MIN (value / end, 1) };
}

static void
set_normal (TdWallFace *face,
            double      normal)
{
  g_autofree char *text = td_format_calls (normal);

  /* Translators: what is normal, a number of calls. */
  face->target = g_strdup_printf (_ ("normal %s"), text);
}

static void
show_rate (const TdWallMoment *self,
           TdWallFace         *face)
{
  const TdOutlookFigures *rates = &self->rates;
  g_autofree char        *count = td_format_count (self->totals.offered_15min);

  if (!rates->known || !isfinite (rates->deviation) || !TD_IS_KNOWN (rates->offered_15min))
    {
      TdOutlookState state = td_outlook_get_state (td_watch_get_outlook (self->watch));

      face->value = g_steal_pointer (&count);
      face->target = g_strdup (td_outlook_view_format_state (state));
      return;
    }

  if (rates->deviation >= 1)
    {
      g_autofree char *times = td_format_decimal (rates->deviation + 1, rates->deviation < 9 ? 1 : 0);

      face->value = g_strdup_printf ("×%s", times);
    }
  else
    {
      int percent = (int)round (rates->deviation * 100);

      face->value = g_strdup_printf ("%s%d", percent < 0 ? "−" : percent > 0 ? "+"
                                                                             : "±",
                                     ABS (percent));
      face->suffix = g_strdup ("%");
    }
  face->severity = td_outlook_view_get_severity (rates);
  face->sense = rates->deviation < 0 ? TD_WALL_SENSE_LOW : TD_WALL_SENSE_HIGH;
  set_normal (face, rates->normal_15min.mean);
  set_gauge_normal (face, (double)rates->offered_15min, &rates->normal_15min);
  g_free (count);
  count = td_format_count (rates->offered_15min);
  /* Translators: the number of calls now, beside what is normal. */
  face->deviation = g_strdup_printf (_ ("now %s"), count);
}

/* Six digits would be small from afar. */
static void
set_calls (TdWallFace *face,
           gint64      calls)
{
  if (calls < 100000)
    {
      face->value = td_format_count (calls);
      return;
    }

  face->value = td_format_count (calls / 1000);
  /* Translators: thousands, short: after “123”. */
  face->suffix = g_strdup (C_ ("thousands", "k"));
}

static void
show_today (const TdWallMoment *self,
            TdWallFace         *face)
{
  const TdOutlookFigures *rates = &self->rates;

  set_calls (face, self->totals.today.offered);
  if (!rates->known || !(rates->normal_by_now.mean >= 1))
    return;

  face->severity = rates->runs_high || rates->runs_low ? TD_SEVERITY_AMBER : TD_SEVERITY_NORMAL;
  face->sense = rates->runs_low ? TD_WALL_SENSE_LOW : TD_WALL_SENSE_HIGH;
  set_normal (face, rates->normal_by_now.mean);
  set_gauge_normal (face, rates->offered_today, &rates->normal_by_now);
  face->deviation = td_format_deviation (rates->offered_today / rates->normal_by_now.mean - 1, FALSE);
}

/* How many have to serve: as the wall's file says, or else as the forecast does,
 * which is of all queues together. Returns whether anything says so. */
static gboolean
get_needed (const TdWallMoment *self,
            gint64             *needed)
{
  TdStaffingOutlook outlook;

  *needed = self->wall->serving_target;
  if (TD_IS_KNOWN (*needed))
    return TRUE;
  if (self->wall->queues != NULL && self->wall->queues[0] != NULL)
    return FALSE;

  td_staffing_desk_get_outlook (td_watch_get_staffing (self->watch), td_watch_get_releases (self->watch), &outlook);
  *needed = outlook.now.needed;

  return outlook.now.known;
}

static void
show_serving (const TdWallMoment *self,
              TdWallFace         *face)
{
  const TdAgentTally *tally = &self->totals.agents;
  gint64              needed;
  gboolean            is_known;
  guint               n_available = tally->by_state[TD_AGENT_STATE_AVAILABLE];
  g_autofree char    *of = NULL;

  /* A source without agents does not say that nobody serves. */
  if (tally->total == 0)
    {
      face->value = td_format_count (TD_UNKNOWN);
      return;
    }

  is_known = get_needed (self, &needed);
  face->value = td_format_count (tally->serving);
  face->sense = TD_WALL_SENSE_LOW;
  of = td_format_count (is_known ? needed : tally->staffed);
  face->suffix = g_strdup_printf ("/ %s", of);
  face->severity = td_severity_of_serving (tally->serving, n_available, self->totals.waiting);
  if (!is_known)
    {
      /* Translators: agents who can take a call now. */
      face->target = g_strdup_printf (ngettext ("%u available", "%u available", n_available), n_available);
      return;
    }

  face->severity = MAX (face->severity, td_severity_of_staffing (tally->serving, (guint)needed));
  /* Translators: agents who have to serve, at least. */
  face->target = g_strdup_printf (_ ("needed ≥ %s"), of);
  face->gauge = (TdWallGauge){ 0.65, 1, 0.65, MIN (0.65 * tally->serving / MAX ((double)needed, 1), 1) };
  /* Nobody is spare while callers wait too long. */
  if (tally->serving >= needed && self->totals.waiting > 0 && self->faces[TD_WALL_NUMBER_LONGEST] != NULL &&
      self->faces[TD_WALL_NUMBER_LONGEST]->severity != TD_SEVERITY_NORMAL)
    return;
  if (tally->serving >= needed)
    /* Translators: so many more than are needed. */
    face->deviation = g_strdup_printf (_ ("%d spare"), (int)(tally->serving - needed));
  else
    face->deviation = g_strdup_printf (_ ("%d short"), (int)(needed - tally->serving));
}

/**
 * td_wall_moment_get_title:
 * @number: a number
 *
 * Returns: (transfer none): its name, translated
 */
const char *
td_wall_moment_get_title (TdWallNumber number)
{
  const char *const labels[] = {
    [TD_WALL_NUMBER_WAITING] = _ ("Waiting"),
    [TD_WALL_NUMBER_LONGEST] = _ ("Longest wait"),
    [TD_WALL_NUMBER_LEVEL] = _ ("Service level today"),
    [TD_WALL_NUMBER_RATE] = _ ("Calls in 15 minutes"),
    [TD_WALL_NUMBER_TODAY] = _ ("Calls today"),
    [TD_WALL_NUMBER_SERVING] = _ ("Serving"),
  };

  g_return_val_if_fail ((guint)number < TD_N_WALL_NUMBERS, "");

  return labels[number];
}

static TdWallFace *
create_face (const TdWallMoment *self,
             TdWallNumber        number)
{
  static void (*const show[]) (const TdWallMoment *, TdWallFace *) = {
    [TD_WALL_NUMBER_WAITING] = show_waiting,
    [TD_WALL_NUMBER_LONGEST] = show_longest,
    [TD_WALL_NUMBER_LEVEL] = show_level,
    [TD_WALL_NUMBER_RATE] = show_rate,
    [TD_WALL_NUMBER_TODAY] = show_today,
    [TD_WALL_NUMBER_SERVING] = show_serving,
  };
  g_autofree char *unknown = td_format_count (TD_UNKNOWN);
  g_autoptr (TdWallFace) face = NULL;

  face = td_wall_face_new (td_wall_moment_get_title (number));
  show[number](self, face);
  face->is_unknown = g_strcmp0 (face->value, unknown) == 0;
  face->age = g_strdup (self->age);

  return g_steal_pointer (&face);
}

/**
 * td_wall_moment_read:
 * @self: (out caller-allocates): the moment
 * @watch: what is watched
 * @wall: what is shown
 */
void
td_wall_moment_read (TdWallMoment *self,
                     TdWatch      *watch,
                     const TdWall *wall)
{
  TdCentre  *centre = td_watch_get_centre (watch);
  TdPoller  *poller = td_watch_get_poller (watch);
  TdOutlook *outlook = td_watch_get_outlook (watch);

  *self = (TdWallMoment){ .watch = watch, .wall = wall, .now = td_watch_get_now (watch), .calm_since = TD_UNKNOWN };
  td_totals_of_queues (centre, (const char *const *)wall->queues, self->now, &self->totals);
  if (wall->queues != NULL && wall->queues[1] != NULL)
    sum_rates (self, outlook);
  else
    {
      const char  *id;
      TdStreamKind kind = td_wall_moment_get_stream (self, &id);

      td_outlook_get_figures (outlook, kind, id, &self->rates);
    }
  self->has_alarm = td_worst_alarm_find (outlook, (const char *const *)wall->queues, &self->alarm);

  if (td_poller_get_health (poller) == TD_HEALTH_STALE)
    {
      gint64 age_ms = td_poller_get_age_ms (poller);

      /* Translators: so many seconds, short. */
      self->age = g_strdup_printf (_ ("%d s"), (int)CLAMP (age_ms / 1000, 0, G_MAXINT));
    }
  for (guint i = 0; i < TD_N_WALL_NUMBERS; i++)
    self->faces[i] = create_face (self, (TdWallNumber)i);
}

void
td_wall_moment_clear (TdWallMoment *self)
{
  g_clear_object (&self->incident);
  g_clear_pointer (&self->part, td_alert_unref);
  g_clear_pointer (&self->age, g_free);
  for (guint i = 0; i < TD_N_WALL_NUMBERS; i++)
    g_clear_pointer (&self->faces[i], td_wall_face_free);
}

/**
 * td_wall_moment_is_calm:
 * @self: a moment
 *
 * Returns: whether each number that the wall shows is known and in its range
 */
gboolean
td_wall_moment_is_calm (const TdWallMoment *self)
{
  for (guint i = 0; i < self->wall->n_numbers; i++)
    {
      const TdWallFace *face = self->faces[self->wall->numbers[i]];

      if (face->is_unknown || face->severity != TD_SEVERITY_NORMAL)
        return FALSE;
    }

  return !self->has_alarm;
}

/**
 * td_wall_moment_create_forecast:
 * @self: a moment
 *
 * Returns: (transfer full): how many calls the day will have
 */
TdWallFace *
td_wall_moment_create_forecast (const TdWallMoment *self)
{
  TdWallFace             *face = td_wall_face_new (_ ("Day’s forecast"));
  const TdOutlookFigures *rates = &self->rates;

  face->age = g_strdup (self->age);
  if (!rates->known || !isfinite (rates->forecast_day.mean) || !(rates->normal_day.mean >= 1))
    {
      face->value = td_format_count (TD_UNKNOWN);
      face->target = g_strdup (td_outlook_view_format_state (td_outlook_get_state (td_watch_get_outlook (self->watch))));
      return face;
    }

  set_calls (face, (gint64)round (rates->forecast_day.mean));
  set_normal (face, rates->normal_day.mean);
  face->deviation = td_format_deviation (rates->forecast_day.mean / rates->normal_day.mean - 1, FALSE);
  face->severity = rates->runs_high || rates->runs_low ? TD_SEVERITY_AMBER : TD_SEVERITY_NORMAL;
  face->sense = rates->runs_low ? TD_WALL_SENSE_LOW : TD_WALL_SENSE_HIGH;

  return face;
}

/**
 * td_wall_moment_create_state:
 * @self: a moment
 * @state: paused or unreachable
 *
 * Returns: (transfer full): how many agents are in that state
 */
TdWallFace *
td_wall_moment_create_state (const TdWallMoment *self,
                             TdAgentState        state)
{
  gboolean    is_unreachable = state == TD_AGENT_STATE_UNREACHABLE;
  TdWallFace *face = td_wall_face_new (is_unreachable ? _ ("Unreachable") : _ ("Paused"));
  guint       n = self->totals.agents.by_state[state];

  face->age = g_strdup (self->age);
  face->is_unknown = self->totals.agents.total == 0;
  face->value = td_format_count (face->is_unknown ? TD_UNKNOWN : n);
  face->sense = TD_WALL_SENSE_HIGH;
  if (is_unreachable && !face->is_unknown)
    {
      face->target = g_strdup (_ ("target 0"));
      face->severity = n > 0 ? TD_SEVERITY_AMBER : TD_SEVERITY_NORMAL;
      face->deviation = n > 0 ? g_strdup_printf (_ ("%s over"), face->value) : g_strdup (_ ("met"));
    }
  else if (!face->is_unknown)
    {
      g_autofree char *of = td_format_count (self->totals.agents.staffed);

      /* Translators: after the number who are paused: of so many who are signed in. */
      face->target = g_strdup_printf (_ ("of %s staffed"), of);
    }

  return face;
}
