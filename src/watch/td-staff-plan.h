/* td-staff-plan.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-verdict.h"
#include "td-centre.h"
#include "td-releases.h"

G_BEGIN_DECLS

#define TD_STAFF_PLAN_MAX_HOURS 12

/**
 * TdStaffPlanRow:
 * @place: where these agents work
 * @employer: (nullable): whose they are
 * @serving: who can take calls now: staffed, and not paused
 * @staffed: who is signed in now
 * @left: who will be on duty at each of the plan's hours
 * @released: of those who will not, who leaves because it was announced
 *
 * Agents of one employer at one place.
 */
typedef struct
{
  TdPlace     place;
  const char *employer;
  guint       serving;
  guint       staffed;
  guint       left[TD_STAFF_PLAN_MAX_HOURS];
  guint       released[TD_STAFF_PLAN_MAX_HOURS];
} TdStaffPlanRow;

/**
 * TdStaffPlan:
 * @now: when it was made, µs since 1970
 * @hours: (array length=n_hours): when it looks: the coming full hours of the
 *   centre's clock, or other times; µs since 1970
 * @rows: (array length=n_rows): by place, then by employer
 * @total: all of them; what is left of it at an hour is what service there can be
 * @n_unplanned: of who is signed in, for whom no end of the shift is told; they count as staying
 * @employers: (owned): holds the rows' employers
 *
 * Who leaves and who comes in the next hours. A plain value that owns what it
 * points to, and that nobody changes once it is made.
 */
typedef struct
{
  gint64          now;
  gint64          hours[TD_STAFF_PLAN_MAX_HOURS];
  guint           n_hours;
  TdStaffPlanRow *rows;
  guint           n_rows;
  TdStaffPlanRow  total;
  guint           n_unplanned;
  GStringChunk   *employers;
} TdStaffPlan;

TdStaffPlan *td_staff_plan_new (TdCentre   *centre,
                                TdReleases *announced,
                                gint64      now,
                                guint       n_hours);
TdStaffPlan *td_staff_plan_new_at (TdCentre     *centre,
                                   TdReleases   *announced,
                                   gint64        now,
                                   const gint64 *times,
                                   guint         n_times);
void         td_staff_plan_free (TdStaffPlan *self);
gboolean     td_staff_plan_equal (const TdStaffPlan *a,
                                  const TdStaffPlan *b);

TdAgentNeed td_staff_plan_judge (const TdStaffPlanRow *row,
                                 guint                 hour);
guint       td_staff_plan_get_serving (const TdStaffPlan *self,
                                       guint              hour,
                                       gboolean           as_announced);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdStaffPlan, td_staff_plan_free)

G_END_DECLS
