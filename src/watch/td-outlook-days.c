/* td-outlook-days.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-holidays.h"
#include "td-outlook-private.h"

static void
clear_day (gpointer data)
{
  TdOutlookDay *day = data;

  g_free ((char *)day->text);
}

/**
 * td_outlook_days_new:
 *
 * Returns: (transfer full) (element-type TdOutlookDay): no days
 */
GArray *
td_outlook_days_new (void)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (TdOutlookDay));

  g_array_set_clear_func (days, clear_day);

  return days;
}

/* Adds a day after the others. */
void
td_outlook_days_add (GArray          *days,
                     guint            julian,
                     TdOutlookTaught  taught,
                     TdOutlookDayKind kind,
                     double           calls,
                     const char      *text)
{
  const TdOutlookDay day = { julian, taught, kind, calls, g_strdup (text) };

  g_array_append_val (days, day);
}

/**
 * td_outlook_get_days:
 * @self: an outlook
 * @days: (out) (array length=n_days): what the days before today taught, the
 *   oldest first; their texts hold until the next TdOutlook::changed
 * @n_days: how many, up to yesterday
 *
 * Returns: how many of them taught something
 */
guint
td_outlook_get_days (TdOutlook    *self,
                     TdOutlookDay *days,
                     guint         n_days)
{
  guint at = 0, n = 0;
  guint today;

  g_return_val_if_fail (TD_IS_OUTLOOK (self), 0);
  g_return_val_if_fail (days != NULL || n_days == 0, 0);

  today = self->minutes.begun ? self->minutes.today.julian : 0;
  for (guint i = 0; i < n_days; i++)
    {
      guint julian = today > n_days ? today - n_days + i : 0;

      while (at < self->days->len && g_array_index (self->days, TdOutlookDay, at).julian < julian)
        at++;
      if (julian > 0 && at < self->days->len && g_array_index (self->days, TdOutlookDay, at).julian == julian)
        days[i] = g_array_index (self->days, TdOutlookDay, at);
      else
        days[i] = (TdOutlookDay){ julian, TD_OUTLOOK_TAUGHT_NOTHING, TD_OUTLOOK_DAY_NO_DATA, 0, NULL };
      n += days[i].taught != TD_OUTLOOK_TAUGHT_NOTHING;
    }

  return n;
}

/**
 * td_outlook_get_public_holiday:
 * @julian: a day, as of g_date_get_julian()
 *
 * Returns: (nullable): the name of a holiday of the country, translated, or
 *   %NULL; a pointer that is the same for all days of one holiday
 */
const char *
td_outlook_get_public_holiday (guint julian)
{
  const char *name = td_holidays_get_name (julian);

  return name != NULL ? gettext (name) : NULL;
}
