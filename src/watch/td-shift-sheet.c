/* td-shift-sheet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-shift-sheet.h"

#include <math.h>

static const TdOutlookRange unknown_range = { NAN, NAN, NAN, NAN, NAN };

static void
init_figures (TdShiftFigures *figures,
              const char     *id,
              const char     *name)
{
  *figures = (TdShiftFigures){
    .id = g_strdup (id),
    .name = g_strdup (name),
    .counts = TD_COUNTS_UNKNOWN,
    .compared = NAN,
    .normal = unknown_range,
    .longest_at = TD_UNKNOWN,
    .waiting = TD_UNKNOWN,
    .waiting_beyond = TD_UNKNOWN,
  };
}

static void
clear_figures (TdShiftFigures *figures)
{
  g_free (figures->id);
  g_free (figures->name);
}

static void
free_figures (TdShiftFigures *figures)
{
  clear_figures (figures);
  g_free (figures);
}

static void
free_event (TdShiftEvent *event)
{
  g_free (event->queue);
  g_free (event->text);
  g_free (event->evidence);
  g_free (event->owner);
  g_free (event);
}

static void
free_place (TdShiftPlace *place)
{
  g_free (place->employer);
  g_free (place);
}

/**
 * td_shift_sheet_new:
 * @from: µs since 1970, a whole minute
 * @to: exclusive
 *
 * Returns: (transfer full): a sheet without figures
 */
TdShiftSheet *
td_shift_sheet_new (gint64 from,
                    gint64 to)
{
  TdShiftSheet *self;

  g_return_val_if_fail (from >= 0 && from < to, NULL);

  self = g_new0 (TdShiftSheet, 1);
  self->from = from;
  self->to = to;
  self->until = from;
  self->made_at = TD_UNKNOWN;
  self->handed_at = TD_UNKNOWN;
  self->service_level_ms = TD_UNKNOWN;
  self->target = NAN;
  self->short_abandon_ms = TD_UNKNOWN;
  init_figures (&self->total, "", NULL);
  self->queues = g_ptr_array_new_with_free_func ((GDestroyNotify)free_figures);
  self->gaps = g_array_new (FALSE, FALSE, sizeof (TdShiftGap));
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify)free_event);
  self->places = g_ptr_array_new_with_free_func ((GDestroyNotify)free_place);
  self->staff = (TdShiftPlace){ .place = TD_PLACE_UNKNOWN, .planned = TD_UNKNOWN, .called_in = TD_UNKNOWN };

  return self;
}

void
td_shift_sheet_free (TdShiftSheet *self)
{
  if (self == NULL)
    return;

  g_free (self->centre);
  g_free (self->hotlines);
  g_free (self->timezone);
  g_free (self->giver);
  g_free (self->taker);
  g_free (self->note);
  clear_figures (&self->total);
  g_ptr_array_unref (self->queues);
  g_free (self->offered);
  g_free (self->rates);
  g_free (self->normal);
  g_array_unref (self->gaps);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->places);
  g_free (self);
}

/**
 * td_shift_sheet_set_n_minutes:
 * @self: a sheet without minutes
 * @n_minutes: %TD_SHIFT_MAX_MINUTES at most
 *
 * Makes room for its minutes, of which nothing is known yet.
 */
void
td_shift_sheet_set_n_minutes (TdShiftSheet *self,
                              guint         n_minutes)
{
  g_return_if_fail (self != NULL && self->offered == NULL);
  g_return_if_fail (n_minutes <= TD_SHIFT_MAX_MINUTES);

  self->n_minutes = n_minutes;
  self->offered = g_new (double, MAX (n_minutes, 1));
  self->rates = g_new (double, MAX (n_minutes, 1));
  self->normal = g_new (TdOutlookRange, MAX (n_minutes, 1));
  for (guint i = 0; i < n_minutes; i++)
    {
      self->offered[i] = NAN;
      self->rates[i] = NAN;
      self->normal[i] = unknown_range;
    }
}

/**
 * td_shift_sheet_add_queue:
 * @self: a sheet
 * @id: of the queue
 * @name: (nullable): for people
 *
 * Returns: (transfer none): its figures, to be filled
 */
TdShiftFigures *
td_shift_sheet_add_queue (TdShiftSheet *self,
                          const char   *id,
                          const char   *name)
{
  TdShiftFigures *figures;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  figures = g_new (TdShiftFigures, 1);
  init_figures (figures, id, name != NULL ? name : id);
  g_ptr_array_add (self->queues, figures);

  return figures;
}

/**
 * td_shift_sheet_add_event:
 * @self: a sheet
 * @kind: what happened
 * @from: when, µs since 1970
 *
 * Returns: (transfer none): it, to be filled; it lasts
 */
TdShiftEvent *
td_shift_sheet_add_event (TdShiftSheet    *self,
                          TdShiftEventKind kind,
                          gint64           from)
{
  TdShiftEvent *event;

  g_return_val_if_fail (self != NULL, NULL);

  event = g_new0 (TdShiftEvent, 1);
  event->kind = kind;
  event->from = from;
  event->to = TD_UNKNOWN;
  event->owned_at = TD_UNKNOWN;
  event->excess = NAN;
  event->peak = NAN;
  event->longest_ms = TD_UNKNOWN;
  g_ptr_array_add (self->events, event);

  return event;
}

/**
 * td_shift_sheet_add_place:
 * @self: a sheet
 * @place: where they work
 * @employer: (nullable): whose they are
 *
 * Returns: (transfer none): its agents, to be counted
 */
TdShiftPlace *
td_shift_sheet_add_place (TdShiftSheet *self,
                          TdPlace       place,
                          const char   *employer)
{
  TdShiftPlace *row;

  g_return_val_if_fail (self != NULL, NULL);

  row = g_new (TdShiftPlace, 1);
  *row = (TdShiftPlace){
    .place = place,
    .employer = g_strdup (employer),
    .planned = TD_UNKNOWN,
    .called_in = TD_UNKNOWN,
  };
  g_ptr_array_add (self->places, row);

  return row;
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const TdShiftEvent *x = *(TdShiftEvent *const *)a;
  const TdShiftEvent *y = *(TdShiftEvent *const *)b;

  return x->from < y->from ? -1 : x->from > y->from;
}

void
td_shift_sheet_sort_events (TdShiftSheet *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_sort (self->events, compare_events);
}

/**
 * td_shift_sheet_is_frozen:
 * @self: a sheet
 *
 * Returns: whether it was handed over
 */
gboolean
td_shift_sheet_is_frozen (const TdShiftSheet *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return TD_IS_KNOWN (self->handed_at);
}

/**
 * td_shift_sheet_is_running:
 * @self: a sheet
 *
 * Returns: whether there was more to come when its figures were taken
 */
gboolean
td_shift_sheet_is_running (const TdShiftSheet *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->until < self->to;
}

/**
 * td_shift_sheet_get_zone:
 * @self: a sheet
 *
 * Returns: (transfer full): the zone of its times
 */
GTimeZone *
td_shift_sheet_get_zone (const TdShiftSheet *self)
{
  GTimeZone *zone;

  g_return_val_if_fail (self != NULL, NULL);

  zone = self->timezone != NULL ? g_time_zone_new_identifier (self->timezone) : NULL;

  return zone != NULL ? zone : g_time_zone_new_local ();
}

/**
 * td_shift_sheet_get_service_level:
 * @self: a sheet
 * @figures: its total, or a queue's
 *
 * By the sheet's formula. Of callers who still waited at the end those beyond
 * T count where somebody looked; else finished calls alone are judged.
 *
 * Returns: 0…1, or NAN
 */
double
td_shift_sheet_get_service_level (const TdShiftSheet   *self,
                                  const TdShiftFigures *figures)
{
  g_return_val_if_fail (self != NULL && figures != NULL, NAN);

  return td_metrics_service_level (self->formula, &figures->counts, MAX (figures->waiting_beyond, 0));
}

/**
 * td_shift_figures_get_abandon_rate:
 * @figures: a total, or a queue's
 *
 * (abandoned − short abandons) ÷ (answered + abandoned + flowed out − short
 * abandons): who waits at the end of a shift has not left it, and who waited
 * at its begin leaves in it.
 *
 * Returns: 0…1, or NAN
 */
double
td_shift_figures_get_abandon_rate (const TdShiftFigures *figures)
{
  TdCounts counts;

  g_return_val_if_fail (figures != NULL, NAN);

  counts = figures->counts;
  counts.offered = td_metrics_sum (td_metrics_sum (counts.answered, counts.abandoned), counts.flowed_out);

  return td_metrics_abandon_rate (&counts, 0);
}

/**
 * td_shift_figures_get_deviation:
 * @figures: a total, or a queue's
 * @is_out: (out): it lies outside the 95 % band
 *
 * Returns: offered ÷ normal − 1 of the minutes of which both are known, or NAN
 */
double
td_shift_figures_get_deviation (const TdShiftFigures *figures,
                                gboolean             *is_out)
{
  g_return_val_if_fail (figures != NULL && is_out != NULL, NAN);

  *is_out = figures->compared < figures->normal.low95 || figures->compared > figures->normal.high95;

  return td_metrics_deviation (figures->compared, figures->normal.mean);
}
