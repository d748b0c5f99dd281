/* td-floor-seating.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"
#include "td-floor-plan.h"

G_BEGIN_DECLS

/**
 * TdFloorWhere:
 * @TD_FLOOR_ON_SEAT: on a seat
 * @TD_FLOOR_IN_ROOM: in a room, away from the seat
 * @TD_FLOOR_BESIDE: belongs on the plan and has no seat there
 */
typedef enum {
  TD_FLOOR_ON_SEAT,
  TD_FLOOR_IN_ROOM,
  TD_FLOOR_BESIDE,
} TdFloorWhere;

/**
 * TdFloorStand:
 * @agent: (nullable): who is there, or %NULL for a seat that nobody has
 * @where: where that is
 * @item: the seat or the room, an index into the plan's items; %G_MAXUINT beside the plan
 * @seat: the agent's seat, or %G_MAXUINT
 * @part: which of those who share a seat, from 0
 * @n_parts: how many share it
 * @is_contested: of a seat, somebody else is on duty there too
 * @is_left: of a seat, its agent is drawn in a room; this is the place that was left
 * @is_away: of a seat, its agent is paused and in no room of the plan
 *
 * One place of a plan, or one agent beside it.
 */
typedef struct
{
  TdAgent     *agent;
  TdFloorWhere where;
  guint        item;
  guint        seat;
  guint        part;
  guint        n_parts;
  gboolean     is_contested;
  gboolean     is_left;
  gboolean     is_away;
} TdFloorStand;

/**
 * TdFloorSeating:
 * @stands: (element-type TdFloorStand): seats in the plan's order, then rooms, then beside the plan
 * @n_free: seats that nobody has
 * @n_contested: seats where more than one is on duty
 * @n_beside: agents who belong on the plan and have no seat there
 * @n_elsewhere: agents who do not belong on the plan
 *
 * Who is where on a plan at one moment: every seat, and every agent whom the
 * plan expects, at least once. The agents are held. Belongs to the main thread.
 */
typedef struct
{
  GArray *stands;
  guint   n_free;
  guint   n_contested;
  guint   n_beside;
  guint   n_elsewhere;
} TdFloorSeating;

TdFloorSeating *td_floor_seating_new (TdFloorPlan *plan,
                                      TdRoster    *agents);
void            td_floor_seating_free (TdFloorSeating *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdFloorSeating, td_floor_seating_free)

G_END_DECLS
