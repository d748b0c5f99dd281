/* td-staff-choice.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-staff-plan.h"

G_BEGIN_DECLS

/* Half hours that are offered to choose from. */
#define TD_STAFF_CHOICE_N_TIMES 24

/**
 * TdStaffChoice:
 * @place: where they work, or %TD_PLACE_UNKNOWN for anywhere
 * @employer: (owned) (nullable): whose they are, or anybody's
 *
 * Agents who may leave together: of an employer, or at a place.
 */
typedef struct
{
  TdPlace place;
  char   *employer;
} TdStaffChoice;

GArray  *td_staff_choices_new (const TdStaffPlan *plan);
gboolean td_staff_choices_equal (const GArray *a,
                                 const GArray *b);
char    *td_staff_choice_name (TdPlace     place,
                               const char *employer);
gboolean td_staff_choice_show_times (GtkDropDown *when,
                                     gint64      *first,
                                     gint64       now,
                                     GTimeZone   *zone);
gint64   td_staff_choice_get_time (GtkDropDown *when,
                                   gint64       first);

G_END_DECLS
