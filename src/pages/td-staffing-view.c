/* td-staffing-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-staffing-view.h"

#include <glib/gi18n.h>

#include "td-format.h"

/**
 * td_staffing_view_format_needed:
 * @need: what is needed now; known
 * @serving: who serve at this moment
 *
 * Returns: (transfer full): what stands after who serve: "/ 85 · 9 short"
 */
char *
td_staffing_view_format_needed (const TdStaffingNeed *need,
                                guint                 serving)
{
  g_autofree char *needed = NULL;
  g_autofree char *missing = NULL;

  g_return_val_if_fail (need != NULL && need->known, NULL);

  needed = td_format_count (need->needed);
  if (serving >= need->needed)
    /* Translators: after the number of agents who serve: how many are needed. */
    return g_strdup_printf (_ ("/ %s needed"), needed);

  missing = td_format_count (need->needed - serving);

  /* Translators: after the number of agents who serve: how many are needed, and how many are missing. */
  return g_strdup_printf (_ ("/ %s · %s short"), needed, missing);
}

/**
 * td_staffing_view_format_ahead:
 * @outlook: what is needed
 * @serving: who serve at this moment
 *
 * Returns: (transfer full) (nullable): the first horizon that lacks more than
 *   now does: "7 short within 30 minutes"; %NULL where none does
 */
char *
td_staffing_view_format_ahead (const TdStaffingOutlook *outlook,
                               guint                    serving)
{
  guint missing_now;

  g_return_val_if_fail (outlook != NULL, NULL);

  missing_now = outlook->now.known && outlook->now.needed > serving ? outlook->now.needed - serving : 0;
  for (guint i = 0; i < TD_STAFFING_DESK_N_HORIZONS; i++)
    {
      const TdStaffingNeed *need = &outlook->ahead[i];
      guint                 missing = need->known ? td_staffing_need_get_missing (need) : 0;
      g_autofree char      *missing_text = td_format_count (missing);

      if (missing > missing_now)
        /* Translators: agents who will be missing within so many minutes. */
        return g_strdup_printf (_ ("%s short within %u min"), missing_text, td_staffing_desk_get_horizon (i));
    }

  return NULL;
}

static void
append_need (GString              *text,
             const TdStaffingNeed *need)
{
  g_autofree char *needed = td_format_count (need->needed);

  g_string_append_printf (text, ngettext ("%s agent needed", "%s agents needed", need->needed), needed);
  if (need->low != need->high)
    {
      g_autofree char *range = td_format_range (need->low, need->high);

      g_string_append_printf (text, " (%s)", range);
    }
}

/**
 * td_staffing_view_describe:
 * @outlook: what is needed
 * @zone: the centre's
 *
 * Returns: (transfer full): all of it in whole sentences, and how it was reckoned
 */
char *
td_staffing_view_describe (const TdStaffingOutlook *outlook,
                           GTimeZone               *zone)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (outlook != NULL, NULL);

  if (!outlook->now.known)
    return g_strdup (_ ("Needed: not known before enough calls were handled today."));

  g_string_append_printf (text, "%s ", _ ("Next 15 minutes:"));
  append_need (text, &outlook->now);
  for (guint i = 0; i < TD_STAFFING_DESK_N_HORIZONS; i++)
    {
      const TdStaffingNeed *need = &outlook->ahead[i];
      g_autofree char      *clock = NULL;
      g_autofree char      *serving = NULL;

      if (!need->known)
        continue;

      clock = td_format_clock (need->at, zone);
      serving = td_format_count (need->serving);
      g_string_append_c (text, '\n');
      /* Translators: within so many minutes, and the time of day at which the most agents are missing. */
      g_string_append_printf (text, _ ("Within %u minutes, at %s:"), td_staffing_desk_get_horizon (i), clock);
      g_string_append_c (text, ' ');
      append_need (text, need);
      /* Translators: agents who will serve at that time, after how many are needed. */
      g_string_append_printf (text, _ (", %s will serve"), serving);
    }
  g_string_append_printf (text, "\n%s",
                          outlook->now.by_forecast ? _ ("Needed: who have to serve for the service level, by the forecast of calls with the band that holds four days in five (Erlang A); everybody is taken to serve every queue.")
                                                   : _ ("Needed: who have to serve for the service level if as many call as in the last 15 minutes (Erlang A); what is normal is not known yet."));

  if (outlook->now.is_surge)
    g_string_append_printf (text, "\n%s", _ ("The calls above normal are taken to halve every half hour; the band goes from an end at once to none."));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * td_staffing_view_format_recovery:
 * @recovery: what it takes
 *
 * Returns: (transfer full) (nullable): it in a few words, or %NULL where
 *   nothing has to be said
 */
char *
td_staffing_view_format_recovery (const TdRecovery *recovery)
{
  g_autofree char *needed = NULL;
  g_autofree char *to_come = NULL;

  g_return_val_if_fail (recovery != NULL, NULL);

  if (recovery->state == TD_RECOVERY_OUT_OF_REACH)
    /* Translators: the target of the service level cannot be reached today any more. */
    return g_strdup (_ ("Out of reach today"));
  if (recovery->state != TD_RECOVERY_NEEDS)
    return NULL;

  needed = td_format_count (recovery->needed);
  to_come = td_format_count (recovery->to_come);

  /* Translators: so many of the calls to come have to be answered in time. */
  return g_strdup_printf (_ ("Needs %s of next %s"), needed, to_come);
}

/**
 * td_staffing_view_describe_recovery:
 * @recovery: what it takes
 * @target: share to end the day with
 * @seconds: within which a call is to be answered
 *
 * Returns: (transfer full) (nullable): it as a sentence, or %NULL where nobody can say
 */
char *
td_staffing_view_describe_recovery (const TdRecovery *recovery,
                                    double            target,
                                    int               seconds)
{
  g_autofree char *needed = NULL;
  g_autofree char *to_come = NULL;
  g_autofree char *percent = NULL;

  g_return_val_if_fail (recovery != NULL, NULL);

  needed = td_format_count (recovery->needed);
  to_come = td_format_count (recovery->to_come);
  percent = td_format_percent (target, 0);
  switch (recovery->state)
    {
    case TD_RECOVERY_SAFE:
      /* Translators: the target of the service level. */
      return g_strdup_printf (_ ("The day ends at %s or above, whatever becomes of the calls to come."), percent);

    case TD_RECOVERY_NEEDS:
      /* Translators: "Answer 140 of the next 160 calls within 20 s to end the day at 80 %." */
      return g_strdup_printf (_ ("Answer %s of the next %s calls within %d s to end the day at %s."), needed, to_come, seconds, percent);

    case TD_RECOVERY_OUT_OF_REACH:
      /* Translators: the target of the service level; the calls that are still expected today. */
      return g_strdup_printf (_ ("%s cannot be reached today any more, not even if all of the next %s calls are answered in time."), percent, to_come);

    case TD_RECOVERY_UNKNOWN:
    default:
      return NULL;
    }
}
