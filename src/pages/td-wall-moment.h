/* td-wall-moment.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-incident.h"
#include "td-totals.h"
#include "td-wall-message.h"
#include "td-wall-tile.h"
#include "td-wall.h"
#include "td-watch.h"
#include "td-worst-alarm.h"

G_BEGIN_DECLS

/**
 * TdWallMoment:
 * @watch: (unowned): what is watched
 * @wall: (unowned): what is shown of it
 * @now: the source's time, µs since 1970
 * @totals: of the queues that are shown
 * @rates: of the same calls; without bands for a choice of several queues
 * @has_alarm: there is an alarm
 * @alarm: the worst
 * @knows_owners: alerts are taken in this program, so that what nobody has taken here nobody has taken
 * @incident: (nullable) (owned): what comes forward, see td_wall_alert_find()
 * @part: (nullable) (owned): the part of it that is told
 * @n_incidents: how many come forward, and take turns
 * @incident_number: which of these it is, from 1 on
 * @message: (unowned) (nullable): what the desk says, where it does
 * @age: (nullable) (owned): how old all this is, where it is stale
 * @faces: (owned): every number as a tile shows it
 * @calm_since: since when all that the wall shows is as it should be, µs since 1970, or %TD_UNKNOWN
 *
 * What a wall knows at one moment, and all of its pages share.
 */
typedef struct
{
  TdWatch      *watch;
  const TdWall *wall;
  gint64        now;

  TdTotals             totals;
  TdOutlookFigures     rates;
  gboolean             has_alarm;
  TdWorstAlarm         alarm;
  gboolean             knows_owners;
  TdIncident          *incident;
  TdAlert             *part;
  guint                n_incidents;
  guint                incident_number;
  const TdWallMessage *message;
  char                *age;
  TdWallFace          *faces[TD_N_WALL_NUMBERS];
  gint64               calm_since;
} TdWallMoment;

const char  *td_wall_moment_get_title (TdWallNumber number);
void         td_wall_moment_read (TdWallMoment *self,
                                  TdWatch      *watch,
                                  const TdWall *wall);
void         td_wall_moment_clear (TdWallMoment *self);
TdStreamKind td_wall_moment_get_stream (const TdWallMoment *self,
                                        const char        **id);
gboolean     td_wall_moment_is_calm (const TdWallMoment *self);
TdWallFace  *td_wall_moment_create_forecast (const TdWallMoment *self);
TdWallFace  *td_wall_moment_create_state (const TdWallMoment *self,
                                          TdAgentState        state);

G_END_DECLS
