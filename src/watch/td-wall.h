/* td-wall.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-types.h"

G_BEGIN_DECLS

/**
 * TdWallPageKind:
 * @TD_WALL_PAGE_NOW: at most six numbers, each with its target
 * @TD_WALL_PAGE_NORMAL: the day's rate over what is normal
 * @TD_WALL_PAGE_QUEUES: the queues, worst first
 * @TD_WALL_PAGE_PEOPLE: the agents' states by place, team or queue
 * @TD_WALL_PAGE_MESSAGE: a text for the room
 *
 * What a wall shows in turn.
 */
typedef enum {
  TD_WALL_PAGE_NOW,
  TD_WALL_PAGE_NORMAL,
  TD_WALL_PAGE_QUEUES,
  TD_WALL_PAGE_PEOPLE,
  TD_WALL_PAGE_MESSAGE,
  TD_N_WALL_PAGES
} TdWallPageKind;

typedef struct
{
  TdWallPageKind kind;
  guint          seconds;
} TdWallPage;

/**
 * TdWallNumber:
 *
 * A number of the page Now.
 */
typedef enum {
  TD_WALL_NUMBER_WAITING,
  TD_WALL_NUMBER_LONGEST,
  TD_WALL_NUMBER_LEVEL,
  TD_WALL_NUMBER_RATE,
  TD_WALL_NUMBER_TODAY,
  TD_WALL_NUMBER_SERVING,
  TD_N_WALL_NUMBERS
} TdWallNumber;

/**
 * TdWallPrivacy:
 * @TD_WALL_PRIVACY_NONE: no name of a person
 * @TD_WALL_PRIVACY_INITIALS: initials of those who need somebody
 * @TD_WALL_PRIVACY_NAMES: their names
 */
typedef enum {
  TD_WALL_PRIVACY_NONE,
  TD_WALL_PRIVACY_INITIALS,
  TD_WALL_PRIVACY_NAMES,
  TD_N_WALL_PRIVACIES
} TdWallPrivacy;

/**
 * TdWallArrange:
 * @TD_WALL_ARRANGE_PLACE: by where they work
 * @TD_WALL_ARRANGE_TEAM: by their team
 * @TD_WALL_ARRANGE_QUEUE: by the queues they serve, so that one may be there more than once
 *
 * Which zones the people of the page People are shown in.
 */
typedef enum {
  TD_WALL_ARRANGE_PLACE,
  TD_WALL_ARRANGE_TEAM,
  TD_WALL_ARRANGE_QUEUE,
  TD_N_WALL_ARRANGES
} TdWallArrange;

/**
 * TdWallOrientation:
 * @TD_WALL_ORIENTATION_AUTO: as the system gives the screen
 * @TD_WALL_ORIENTATION_LANDSCAPE: wider than tall
 * @TD_WALL_ORIENTATION_PORTRAIT_RIGHT: taller than wide; a wide screen hangs turned clockwise
 * @TD_WALL_ORIENTATION_PORTRAIT_LEFT: likewise, turned the other way
 * @TD_WALL_ORIENTATION_FLIPPED: as @TD_WALL_ORIENTATION_LANDSCAPE, hanging upside down
 *
 * How a screen hangs whose picture the system does not turn.
 */
typedef enum {
  TD_WALL_ORIENTATION_AUTO,
  TD_WALL_ORIENTATION_LANDSCAPE,
  TD_WALL_ORIENTATION_PORTRAIT_RIGHT,
  TD_WALL_ORIENTATION_PORTRAIT_LEFT,
  TD_WALL_ORIENTATION_FLIPPED,
  TD_N_WALL_ORIENTATIONS
} TdWallOrientation;

/**
 * TdWallPart:
 *
 * What another screen may have of its own, and else has from the first; each
 * but the last three is more than a number.
 */
typedef enum {
  TD_WALL_PART_PAGES,
  TD_WALL_PART_NUMBERS,
  TD_WALL_PART_MESSAGE,
  TD_WALL_PART_QUEUES,
  TD_WALL_PART_ZONES,
  TD_WALL_PART_ARRANGE,
  TD_WALL_PART_TEAMS,
  TD_WALL_PART_ORIENTATION,
  TD_WALL_PART_PRIVACY,
  TD_WALL_PART_WAITING,
  TD_WALL_PART_LONGEST,
  TD_WALL_PART_SERVING,
  TD_N_WALL_PARTS
} TdWallPart;

#define TD_WALL_MIN_SECONDS 5
#define TD_WALL_MAX_SECONDS 3600
#define TD_WALL_MAX_QUEUES 200
#define TD_WALL_MAX_TEAMS 200
#define TD_WALL_MAX_SCREENS 8   /* beside the first */
#define TD_WALL_MAX_MESSAGE 400 /* characters */
#define TD_WALL_MAX_NAME 64     /* bytes of the name of a screen */
#define TD_WALL_MAX_DESKS 4
#define TD_WALL_MIN_BRIGHTNESS 10 /* percent: what is darker cannot be told from a screen that is off */

/**
 * TdWall:
 * @profile: (nullable): name of the profile to watch
 * @language: (nullable): as in LANGUAGE; %NULL for the desktop's
 * @is_light: the light style in the place of the dark one
 * @privacy: what is said of people
 * @monitor: (nullable): connector or model of the screen to fill
 * @sound: volume of the sound of an alarm, percent, or %TD_UNKNOWN for the user's settings; 0 for none
 * @orientation: how the screen hangs
 * @pages: what is shown, in order
 * @n_pages: how many, 1…%TD_N_WALL_PAGES
 * @queues: (nullable): ids of the queues that are shown and counted; %NULL for all
 * @zones: bits 1 << #TdPlace of the places of those on the page People; 0 for all
 * @arrange: which zones they are shown in
 * @teams: (nullable): their teams; %NULL for all, and those of none
 * @numbers: of the page Now, in order
 * @n_numbers: how many, 1…%TD_N_WALL_NUMBERS
 * @message: (nullable): text of the page Message
 * @desks: (nullable): addresses of the desks on other computers that are heard: "http://10.0.0.12:8710"
 * @desk_key_file: (nullable): the file with the key they ask for, as the wall's file names it
 * @waiting_target: callers who may wait, or %TD_UNKNOWN for no target
 * @longest_target_ms: how long a caller may wait, or %TD_UNKNOWN for half the limit of the desk
 * @serving_target: agents who have to serve, or %TD_UNKNOWN for no target
 * @night_from: minute of the day from which the wall is darker, or equal to @night_to for never
 * @night_to: minute of the day until which it is
 * @night_brightness: how bright it is then, 0.1…1
 * @own: bits 1 << #TdWallPart: what another screen does not have from the first; 0 for that
 * @screens: (nullable) (element-type TdWall): what other screens show, each named by its @monitor; they have none themselves
 *
 * What one wall shows. A plain value that its holder may change; it owns its strings.
 */
typedef struct
{
  char             *profile;
  char             *language;
  gboolean          is_light;
  TdWallPrivacy     privacy;
  char             *monitor;
  gint64            sound;
  TdWallOrientation orientation;

  TdWallPage    pages[TD_N_WALL_PAGES];
  guint         n_pages;
  char        **queues;
  guint         zones;
  TdWallArrange arrange;
  char        **teams;
  TdWallNumber  numbers[TD_N_WALL_NUMBERS];
  guint         n_numbers;
  char         *message;
  char        **desks;
  char         *desk_key_file;

  gint64 waiting_target;
  gint64 longest_target_ms;
  gint64 serving_target;

  guint  night_from;
  guint  night_to;
  double night_brightness;

  guint      own;
  GPtrArray *screens;
} TdWall;

/**
 * TdWallMonitor:
 * @connector: (nullable): where it is plugged in: "HDMI-A-1"
 * @model: (nullable): what its maker calls it
 *
 * A screen of this machine. A plain value that borrows its strings.
 */
typedef struct
{
  const char *connector;
  const char *model;
} TdWallMonitor;

TdWall  *td_wall_new (void);
TdWall  *td_wall_copy (const TdWall *self);
void     td_wall_free (TdWall *self);
gboolean td_wall_has_queue (const TdWall *self,
                            const char   *id);
gboolean td_wall_has_zone (const TdWall *self,
                           TdPlace       place);
gboolean td_wall_has_team (const TdWall *self,
                           const char   *team);
guint    td_wall_get_turn (const TdWall *self,
                           int           width,
                           int           height);
double   td_wall_get_brightness (const TdWall *self,
                                 guint         minute);
guint    td_wall_get_n_screens (const TdWall *self);
TdWall  *td_wall_get_screen (const TdWall *self,
                             guint         index);
gboolean td_wall_is_own (const TdWall *self,
                         TdWallPart    part);
void     td_wall_copy_part (TdWall       *self,
                            const TdWall *from,
                            TdWallPart    part);
void     td_wall_settle (TdWall *self);
TdWall  *td_wall_add_screen (TdWall     *self,
                             const char *name);
void     td_wall_assign (const TdWall        *self,
                         const TdWallMonitor *monitors,
                         guint                n_monitors,
                         int                 *chosen);
char    *td_wall_make_initials (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdWall, td_wall_free)

G_END_DECLS
