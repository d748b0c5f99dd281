/* td-asterisk-tracker-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-asterisk-reading.h"
#include "td-asterisk-tracker.h"

G_BEGIN_DECLS

#define TD_TRACKER_MS (G_USEC_PER_SEC / 1000)

/* A queue: what it counted today, and its own counters to check that against. */
typedef struct
{
  char    *id; /* (owned) */
  gboolean is_present;
  gboolean is_based;   /* it was seen, so its counts have begun */
  gboolean is_adopted; /* its counts of today began with its own counters */
  gint64   based_at;
  gint64   rebased_at; /* since when the counters are compared */

  gint64   waiting;
  gint64   longest_since;
  gint64   serving;
  gint64   in_call; /* members whose call came from here */
  TdCounts today;
  gboolean estimated;

  GArray *joins; /* (owned) (element-type gint64): times of the last 15 minutes, and older ones to be dropped */
  gint64  watched_since;

  /* The counters of the last poll, and what the events make of them: both
   * since the same moment, so they agree when no event was lost. */
  gint64 completed, abandoned;
  gint64 hold_s, talk_s; /* running means */
  gint64 base_completed, base_abandoned;
  gint64 seen_completed, seen_abandoned;
  gint64 late_completed, late_abandoned;   /* of these, of after the last poll */
  guint  over_polls;                       /* polls in which the events were more than the counters */
  gint64 ahead_since;                      /* when the counters were first seen to be ahead of the events, or TD_UNKNOWN */
  gint64 ahead_completed, ahead_abandoned; /* by how much at least since then */
} TdTrackedQueue;

typedef enum {
  TD_TRACKED_CALL_WAITING,
  TD_TRACKED_CALL_LEFT, /* the queue, and why will be told */
  TD_TRACKED_CALL_CONNECTED,
  TD_TRACKED_CALL_ENDED,
} TdTrackedStage;

typedef enum {
  TD_TRACKED_OUTCOME_NONE,
  TD_TRACKED_OUTCOME_ABANDONED,
  TD_TRACKED_OUTCOME_FLOWED_OUT,
  TD_TRACKED_OUTCOME_ANSWERED,
} TdTrackedOutcome;

/* A call in one queue. */
typedef struct
{
  char            *id; /* (owned): Uniqueid */
  TdTrackedQueue  *queue;
  char            *agent;  /* (owned) (nullable): interface */
  char            *number; /* (owned) (nullable): masked */
  TdTrackedStage   stage;
  TdTrackedOutcome outcome;
  gboolean         is_offered;  /* counted as offered in this day */
  gboolean         is_answered; /* counted as answered in this day */
  gboolean         joined_exact;
  gint64           joined;
  gint64           changed; /* when the stage began */
  gboolean         changed_exact;
  gint64           position;
  gint64           wait_ms;
  gint64           hold_ms;
  gint64           freed;     /* when its agent's phone was free again, or TD_UNKNOWN */
  gint64           timeout_s; /* of the queue, or TD_UNKNOWN */
  guint            seen;      /* number of the last poll that listed it */
  guint            ended;     /* number of the poll that told its end */
  guint            missed;    /* polls in a row that did not, though nothing told that it left */
} TdTrackedCall;

typedef struct
{
  TdTrackedQueue *queue;
  guint           seen; /* number of the last poll that listed it */
  gint64          status;
  gint64          last_call;
  gint64          last_pause;
  gint64          login_time;
  gint64          wrap_up;
  gboolean        in_call;
  gboolean        paused;
  GRefString     *pause_reason; /* (owned) (nullable) */
} TdTrackedMember;

typedef struct
{
  char           *id;      /* (owned): interface */
  char           *name;    /* (owned) (nullable): as Asterisk has it */
  GArray         *members; /* (owned) (element-type TdTrackedMember) */
  TdAgentState    state;
  GRefString     *reason; /* (owned) (nullable) */
  gboolean        on_hold;
  gboolean        is_known; /* @state was seen */
  gboolean        since_inexact;
  gint64          since;
  gint64          observed; /* since when @state was watched or known */
  gint64          hold_since;
  gint64          last_event;
  gint64          last_no_answer;
  gint64          left;       /* when the last queue was left, as told, or TD_UNKNOWN */
  char           *call;       /* (owned) (nullable): id of the call that is offered or talked */
  gint64          call_since; /* as Status tells it, or TD_UNKNOWN */
  gint64          call_wait_ms;
  char           *call_number;   /* (owned) (nullable): masked, as Status tells it */
  TdTrackedQueue *wrap_up_queue; /* (nullable): where the last call came from */

  gint64 answered;
  gint64 no_answer;
  gint64 talk_ms;
  gint64 hold_ms;
  gint64 wrap_up_ms;
  gint64 ringing_ms;
  gint64 available_ms;
  gint64 paused_ms;
} TdTrackedAgent;

struct _TdAsteriskTracker
{
  TdAsteriskSettings *settings; /* (owned) */
  GTimeZone          *zone;     /* (owned) */
  char               *instance; /* (owned) */
  gint64              revision;
  TdSnapshot         *last; /* (owned) (nullable): whole */

  guint    n_polls;
  gint64   at;      /* of the last poll, or TD_UNKNOWN */
  gint64   lost_at; /* when events were lost for sure, or TD_UNKNOWN */
  gint64   core_start;
  gint64   day_start;
  gint64   next_day;
  gint64   counted_since;
  gboolean has_channels;
  gboolean is_hearing; /* events come */

  GHashTable *queues; /* (owned): id -> TdTrackedQueue */
  GHashTable *agents; /* (owned): id -> TdTrackedAgent */
  GHashTable *calls;  /* (owned): id -> TdTrackedCall */
};

/* Calls */
void           td_tracked_call_free (TdTrackedCall *self);
void           td_tracked_call_set_stage (TdTrackedCall *call,
                                          TdTrackedStage stage,
                                          gint64         time,
                                          gboolean       is_exact);
gboolean       td_tracked_queue_is_based_on (TdTrackedQueue *queue,
                                             gint64          joined);
TdTrackedCall *td_tracker_add_call (TdAsteriskTracker *self,
                                    const char        *id,
                                    TdTrackedQueue    *queue,
                                    const char        *number,
                                    gint64             joined,
                                    gboolean           is_exact);
void           td_tracker_mend_abandoned (TdAsteriskTracker *self,
                                          TdTrackedCall     *call);
void           td_tracker_take_event (TdAsteriskTracker     *self,
                                      const TdAsteriskEvent *event);
void           td_tracker_take_callers (TdAsteriskTracker       *self,
                                        const TdAsteriskReading *reading,
                                        gint64                   at);
void           td_tracker_take_channels (TdAsteriskTracker       *self,
                                         const TdAsteriskReading *reading,
                                         gint64                   at);
void           td_tracker_connect_call (TdAsteriskTracker *self,
                                        TdTrackedCall     *call,
                                        const char        *interface,
                                        gint64             wait_ms,
                                        gint64             time,
                                        gboolean           is_exact);
void           td_tracker_abandon_call (TdAsteriskTracker *self,
                                        TdTrackedCall     *call,
                                        gint64             wait_ms,
                                        gint64             time);
void           td_tracker_complete_call (TdAsteriskTracker *self,
                                         TdTrackedCall     *call,
                                         gint64             talk_ms,
                                         gint64             time);
void           td_tracker_flow_out_call (TdAsteriskTracker *self,
                                         TdTrackedCall     *call,
                                         gint64             time);

/* Counts */
void            td_tracked_queue_free (TdTrackedQueue *self);
TdTrackedQueue *td_tracker_ensure_queue (TdAsteriskTracker *self,
                                         const char        *id);
void            td_tracker_take_counters (TdAsteriskTracker       *self,
                                          const TdAsteriskReading *reading,
                                          gint64                   at);
void            td_tracker_base_queues (TdAsteriskTracker       *self,
                                        const TdAsteriskReading *reading,
                                        gint64                   at);
void            td_tracker_resolve (TdAsteriskTracker *self,
                                    gint64             at);
gboolean        td_tracker_gives_up (TdAsteriskTracker *self, TdTrackedCall *call, gint64 at);
void            td_tracker_restart (TdAsteriskTracker *self,
                                    gint64             time);
void            td_tracker_begin_day (TdAsteriskTracker *self,
                                      gint64             time);
void            td_tracked_queue_count_offered (TdTrackedQueue *self,
                                                gint64          joined);
gint64          td_tracked_queue_count_recent (TdTrackedQueue *self,
                                               gint64          at);
void            td_tracked_count (gint64 *count,
                                  gint64  n);

/* Agents */
void            td_tracked_agent_free (TdTrackedAgent *self);
TdTrackedAgent *td_tracker_ensure_agent (TdAsteriskTracker *self,
                                         const char        *interface);
void            td_tracker_take_member (TdAsteriskTracker         *self,
                                        const TdAsteriskMemberRow *row,
                                        gboolean                   is_event);
void            td_tracker_remove_member (TdAsteriskTracker *self,
                                          const char        *interface,
                                          TdTrackedQueue    *queue,
                                          gint64             time);
void            td_tracker_take_members (TdAsteriskTracker       *self,
                                         const TdAsteriskReading *reading,
                                         gint64                   at);
void            td_tracker_settle_agent (TdAsteriskTracker *self,
                                         TdTrackedAgent    *agent,
                                         gint64             time,
                                         gboolean           is_event);
gint64          td_tracked_agent_get_wrap_up_end (TdTrackedAgent *self);
TdTrackedCall  *td_tracker_get_agent_call (TdAsteriskTracker *self,
                                           TdTrackedAgent    *agent);
void            td_tracked_agent_begin_day (TdTrackedAgent *self,
                                            gint64          time);

/* Snapshot */
TdSnapshot *td_tracker_build_snapshot (TdAsteriskTracker *self,
                                       gint64             revision);

G_END_DECLS
