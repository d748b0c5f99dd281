/* td-chart-navigator.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-chart-navigator.h"

#include <math.h>

#define DAY_MINUTES (24 * 60)

struct _TdChartNavigator
{
  GObject parent_instance;

  gint64      start;
  TdChartView view;
  int         chosen;  /* minute that the keys chose, or −1 */
  double      pointed; /* minute under the pointer, or NAN */
};

enum {
  VIEW_CHANGED,
  MOVED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdChartNavigator, td_chart_navigator, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
td_chart_navigator_class_init (TdChartNavigatorClass *klass)
{
  static const char *const names[] = { [VIEW_CHANGED] = "view-changed", [MOVED] = "moved" };

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                               NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_chart_navigator_init (TdChartNavigator *self)
{
  td_chart_view_init (&self->view, DAY_MINUTES);
  self->chosen = -1;
  self->pointed = NAN;
}

/**
 * td_chart_navigator_new:
 *
 * Returns: (transfer full): a navigator that shows a whole day
 */
TdChartNavigator *
td_chart_navigator_new (void)
{
  return g_object_new (TD_TYPE_CHART_NAVIGATOR, NULL);
}

static void
tell_view (TdChartNavigator *self,
           gboolean          changed)
{
  if (changed)
    g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

static void
choose (TdChartNavigator *self,
        int               minute)
{
  if (self->chosen == minute)
    return;

  self->chosen = minute;
  if (minute >= 0)
    tell_view (self, td_chart_view_show (&self->view, minute + 1));
  g_signal_emit (self, signals[MOVED], 0);
}

/**
 * td_chart_navigator_set_day:
 * @self: a navigator
 * @start: when the day began, µs since 1970
 * @n_minutes: its length
 *
 * Of another day no minute is chosen; the hours that are shown stay, unless
 * its length is another.
 */
void
td_chart_navigator_set_day (TdChartNavigator *self,
                            gint64            start,
                            guint             n_minutes)
{
  gboolean is_longer;

  g_return_if_fail (TD_IS_CHART_NAVIGATOR (self));
  g_return_if_fail (n_minutes > 0);

  is_longer = self->view.length != n_minutes;
  if (self->start == start && !is_longer)
    return;

  self->start = start;
  if (is_longer)
    td_chart_view_init (&self->view, n_minutes);
  tell_view (self, is_longer);
  choose (self, -1);
}

const TdChartView *
td_chart_navigator_get_view (TdChartNavigator *self)
{
  g_return_val_if_fail (TD_IS_CHART_NAVIGATOR (self), NULL);

  return &self->view;
}

/**
 * td_chart_navigator_zoom:
 * @self: a navigator
 * @at: the minute that stays where it is
 * @factor: over 1 shows less of the day, under 1 more
 *
 * Returns: whether other hours are shown now
 */
gboolean
td_chart_navigator_zoom (TdChartNavigator *self,
                         double            at,
                         double            factor)
{
  gboolean changed;

  g_return_val_if_fail (TD_IS_CHART_NAVIGATOR (self), FALSE);

  changed = td_chart_view_zoom (&self->view, at, factor);
  tell_view (self, changed);

  return changed;
}

/**
 * td_chart_navigator_show:
 * @self: a navigator
 * @from: first minute to be shown
 * @to: end of what is to be shown
 */
void
td_chart_navigator_show (TdChartNavigator *self,
                         double            from,
                         double            to)
{
  g_return_if_fail (TD_IS_CHART_NAVIGATOR (self));

  tell_view (self, td_chart_view_set (&self->view, from, to));
}

void
td_chart_navigator_show_all (TdChartNavigator *self)
{
  g_return_if_fail (TD_IS_CHART_NAVIGATOR (self));

  tell_view (self, td_chart_view_reset (&self->view));
}

/**
 * td_chart_navigator_get_chosen:
 * @self: a navigator
 * @minute: (out) (optional): what the keys chose
 *
 * Returns: whether they chose a minute
 */
gboolean
td_chart_navigator_get_chosen (TdChartNavigator *self,
                               guint            *minute)
{
  g_return_val_if_fail (TD_IS_CHART_NAVIGATOR (self), FALSE);

  if (self->chosen < 0)
    return FALSE;

  if (minute != NULL)
    *minute = (guint)self->chosen;
  return TRUE;
}

/**
 * td_chart_navigator_get_minute:
 * @self: a navigator
 * @minute: (out): the minute that the keys chose, or else that is pointed at
 *
 * Returns: whether there is one
 */
gboolean
td_chart_navigator_get_minute (TdChartNavigator *self,
                               guint            *minute)
{
  g_return_val_if_fail (TD_IS_CHART_NAVIGATOR (self), FALSE);

  if (td_chart_navigator_get_chosen (self, minute))
    return TRUE;
  if (isnan (self->pointed))
    return FALSE;

  *minute = (guint)self->pointed;
  return TRUE;
}

/**
 * td_chart_navigator_point:
 * @self: a navigator
 * @minute: what the pointer is at, or NAN where it is at none
 *
 * What the keys chose is given up for it.
 */
void
td_chart_navigator_point (TdChartNavigator *self,
                          double            minute)
{
  gboolean is_known;

  g_return_if_fail (TD_IS_CHART_NAVIGATOR (self));

  is_known = minute >= 0 && minute < self->view.length;
  if (!is_known && isnan (self->pointed))
    return;

  self->pointed = is_known ? minute : NAN;
  if (is_known && self->chosen >= 0)
    choose (self, -1);
  else
    g_signal_emit (self, signals[MOVED], 0);
}

static void
step (TdChartNavigator *self,
      int               by,
      int               last)
{
  int at = self->chosen >= 0 ? self->chosen + by : last;

  choose (self, CLAMP (at, 0, (int)self->view.length - 1));
}

/**
 * td_chart_navigator_press_key:
 * @self: a navigator
 * @keyval: the key
 * @modifiers: what is held with it
 * @n_passed: minutes of the day that have passed
 *
 * Arrows, Home and End choose a minute, with Control a quarter of an hour at
 * once; + and − zoom, 0 shows the whole day, and Escape lets go of the minute.
 *
 * Returns: whether the key meant anything
 */
gboolean
td_chart_navigator_press_key (TdChartNavigator *self,
                              guint             keyval,
                              GdkModifierType   modifiers,
                              guint             n_passed)
{
  int    last, by = modifiers & GDK_CONTROL_MASK ? 15 : 1;
  double middle;

  g_return_val_if_fail (TD_IS_CHART_NAVIGATOR (self), FALSE);

  last = MAX ((int)n_passed - 1, 0);
  middle = self->chosen >= 0 ? self->chosen : (self->view.from + self->view.to) / 2;
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      step (self, -by, last);
      return TRUE;

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      step (self, by, last);
      return TRUE;

    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      choose (self, 0);
      return TRUE;

    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      choose (self, last);
      return TRUE;

    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      td_chart_navigator_zoom (self, middle, 2);
      return TRUE;

    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      td_chart_navigator_zoom (self, middle, 0.5);
      return TRUE;

    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      td_chart_navigator_show_all (self);
      return TRUE;

    case GDK_KEY_Escape:
      if (self->chosen < 0)
        return FALSE;
      choose (self, -1);
      return TRUE;

    default:
      return FALSE;
    }
}
