/* td-simulation-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-simulation-heap.h"
#include "td-simulation-places.h"
#include "td-simulation-random.h"
#include "td-simulation.h"

G_BEGIN_DECLS

#define TD_SIM_MS G_GINT64_CONSTANT (1000)
#define TD_SIM_SECOND G_GINT64_CONSTANT (1000000)
#define TD_SIM_MINUTE (60 * TD_SIM_SECOND)
#define TD_SIM_HOUR (60 * TD_SIM_MINUTE)
#define TD_SIM_DAY (24 * TD_SIM_HOUR)

#define TD_SIM_MINUTES 1440
#define TD_SIM_SLOTS 96
#define TD_SIM_SLOT_MINUTES (TD_SIM_MINUTES / TD_SIM_SLOTS)

#define TD_SIM_DEFAULT_AGENTS 120
#define TD_SIM_DEFAULT_QUEUES 10
#define TD_SIM_MAX_AGENTS 10000
#define TD_SIM_MAX_QUEUES 500

#define TD_SIM_SERVICE_LEVEL_MS 20000
#define TD_SIM_SERVICE_LEVEL_TARGET 0.8
#define TD_SIM_SHORT_ABANDON_MS 5000

#define TD_SIM_HOLD_S 45.0

#define TD_SIM_NONE G_MAXUINT32

/* A stream of random numbers for each purpose. */
typedef enum {
  TD_SIM_STREAM_STAFF,
  TD_SIM_STREAM_DEMAND,
  TD_SIM_STREAM_CALLERS,
  TD_SIM_STREAM_PATIENCE,
  TD_SIM_STREAM_SERVICE,
  TD_SIM_STREAM_RINGING,
  TD_SIM_STREAM_SHIFTS,
  TD_SIM_STREAM_LINES,
  TD_SIM_STREAM_SCENARIO,
  TD_SIM_N_STREAMS,
  /* These are seeded anew for each day, so that a day is the same by whichever
   * way one came to it. */
  TD_SIM_STREAM_PLAN = 1000,
  TD_SIM_STREAM_HISTORY = 2000
} TdSimStream;

typedef enum {
  TD_SIM_EVENT_DAY,
  TD_SIM_EVENT_MINUTE,
  TD_SIM_EVENT_ARRIVAL,   /* subject: queue, or NONE to draw one; mark: province + 1 of an outage */
  TD_SIM_EVENT_CALL_BACK, /* subject: queue */
  TD_SIM_EVENT_LEAVE,     /* subject: call; mark: its serial */
  TD_SIM_EVENT_AGENT,     /* subject: agent; mark: its serial: the running state ends */
  TD_SIM_EVENT_SIGN_IN,   /* subject: agent */
  TD_SIM_EVENT_SIGN_OFF,  /* subject: agent; mark: its shift */
  TD_SIM_EVENT_PAUSE,     /* subject: agent; mark: shift × TD_SIM_N_PAUSES + pause */
  TD_SIM_EVENT_LINE_LOST, /* subject: agent; mark: its shift */
} TdSimEventType;

typedef enum {
  TD_SIM_SCENARIO_NORMAL,
  TD_SIM_SCENARIO_LOCKDOWN,
  TD_SIM_SCENARIO_REDUCED,
  TD_SIM_SCENARIO_OUTAGE,
  TD_SIM_SCENARIO_TRUNK_DOWN,
  TD_SIM_SCENARIO_PARTNER_LEAVES,
  TD_SIM_SCENARIO_UNDERSTAFFED,
  TD_SIM_SCENARIO_PHANTOMS,
  TD_SIM_N_SCENARIOS
} TdSimScenario;

typedef enum {
  TD_SIM_LEAVE_ABANDON,
  TD_SIM_LEAVE_CALL_BACK, /* takes the offer to be called back */
  TD_SIM_LEAVE_TIME_OUT,
} TdSimLeave;

typedef enum {
  TD_SIM_PAUSE_LUNCH,
  TD_SIM_PAUSE_DINNER,
  TD_SIM_PAUSE_BREAK,
  TD_SIM_PAUSE_TRAINING,
  TD_SIM_PAUSE_MEETING,
  TD_SIM_PAUSE_TEST,
  TD_SIM_PAUSE_NO_ANSWER,
  TD_SIM_N_PAUSES
} TdSimPause;

/* What a queue is for; the ten of the default centre. */
typedef enum {
  TD_SIM_KIND_OUTAGE_EAST,
  TD_SIM_KIND_DANGER,
  TD_SIM_KIND_OUTAGE_WEST,
  TD_SIM_KIND_BILL,
  TD_SIM_KIND_DISCOUNT,
  TD_SIM_KIND_SERVICE,
  TD_SIM_KIND_METER,
  TD_SIM_KIND_COMPLAINT,
  TD_SIM_KIND_DIGITAL,
  TD_SIM_KIND_CALL_BACK,
  TD_SIM_N_KINDS
} TdSimKind;

#define TD_SIM_MAX_REASONS 6

typedef struct
{
  const char *name;     /* of the default centre's queue */
  const char *province; /* of a province's queue, before its name */
  const char *hotline;
  double      share;
  double      aht_s;
  double      night;   /* the share at night against that of the day */
  guint       urgency; /* the higher is answered first */
  const char *reasons[TD_SIM_MAX_REASONS + 1];
} TdSimKindInfo;

extern const TdSimKindInfo td_sim_kinds[TD_SIM_N_KINDS];
extern const char *const   td_sim_pause_reasons[TD_SIM_N_PAUSES];

/* One minute of one queue as it was played; the fields are those of TdCounts. */
typedef struct
{
  guint16 offered;
  guint16 answered;
  guint16 answered_in_time;
  guint16 abandoned;
  guint16 abandoned_in_time;
  guint16 short_abandoned;
  guint16 flowed_out;
  guint16 max_waiting;
  guint16 serving;
  guint32 wait_ms;
  guint32 talk_ms;
  guint32 hold_ms;
  guint32 wrap_up_ms;
  guint32 max_wait_ms;
} TdSimMinute;

/* What the demand of one day is, before any scenario. */
typedef struct
{
  guint   n_calls;
  double  weights[TD_SIM_MINUTES]; /* of the day's calls, sums to 1 */
  double *queue_weights;           /* (owned): [slot][queue], cumulated over the queues, ends in 1 */
} TdSimPlan;

typedef struct
{
  guint64  serial;
  gint64   since;
  guint32  queue;
  guint32  previous;
  guint32  next;
  guint32  agent; /* whose phone rings for it, or NONE */
  guint32  sent_position;
  guint16  number; /* last three digits */
  guint8   prefix;
  guint8   reason;
  guint8   province;
  guint8   district;
  guint8   leave;
  gboolean sent;
} TdSimCall;

typedef struct
{
  char       *id;
  char       *name;
  char       *area;
  const char *hotline;
  const char *reason;
  TdSimKind   kind;
  guint       first_province;
  guint       n_provinces;
  guint       pool;
  double      share;
  double      talk_s;
  double      hold_chance;
  double      wrap_up_s;

  guint    first_call;
  guint    last_call;
  guint    n_calls;
  guint    n_unassigned; /* of these, no phone rings */
  guint    first_idle;   /* index in the idle nodes */
  guint    last_idle;
  guint    serving;
  TdCounts today;

  gint64  *recent; /* (owned): ring of arrival times of the last 15 minutes */
  guint    recent_first;
  guint    n_recent;
  guint    recent_size;
  gint64   sent_recent;
  gboolean dirty;
} TdSimQueue;

typedef struct
{
  char        *id;
  char        *name;
  char        *team;
  char        *seat;
  char        *extension;
  const char  *employer;
  TdPlace      place;
  guint        partner; /* 0 none, 1 or 2 */
  guint        shift_type;
  guint        rank;      /* among those of the same shift type */
  guint        rest_rank; /* decides the days off */
  guint        pool;
  guint       *skills;    /* (owned) */
  const char **skill_ids; /* (owned) (element-type borrowed) */
  guint        n_skills;
  guint       *planned; /* (nullable) (owned): of the rota, once a supervisor changed the skills */
  guint        n_planned;
  guint        first_node;
  double       no_answer_chance;
  double       line_hours; /* mean time between lost lines */

  TdAgentState state;
  gint64       since;
  guint64      serial;
  const char  *reason;
  char        *given_reason; /* (nullable) (owned): in a supervisor's words */
  gboolean     leaving;
  gboolean     pause_pending;
  gboolean     pause_held; /* until a supervisor ends it */
  TdSimPause   pending;
  const char  *shift_name;
  gint64       shift_start;
  gint64       shift_end;
  gint64       next_start;
  gint64       next_end;
  const char  *next_name;
  gboolean     has_next;
  guint64      shift;
  gboolean     working; /* signed in for the shift */

  guint     ringing_call; /* or NONE */
  gboolean  will_answer;
  gboolean  has_call;
  gboolean  on_hold;
  TdSimCall call;
  gint64    call_since;
  gint64    call_wait_ms;
  gint64    hold_from;
  gint64    hold_ms; /* of this call */
  gint64    planned_hold_ms;
  gint64    planned_talk_ms;

  gint64   answered;
  gint64   no_answer;
  gint64   talk_ms;
  gint64   today_hold_ms;
  gint64   wrap_up_ms;
  gint64   ringing_ms;
  gint64   available_ms;
  gint64   paused_ms;
  gboolean dirty;
} TdSimAgent;

/* An agent waiting for calls of one queue. */
typedef struct
{
  guint32  agent;
  guint32  previous;
  guint32  next;
  gboolean idle;
  gboolean paused; /* in this queue alone; never idle then */
} TdSimNode;

struct _TdSimulation
{
  guint32       seed;
  char         *instance; /* (owned) */
  TdSimScenario scenario;
  gint64        now;
  gint64        day_start;
  TdRandom      streams[TD_SIM_N_STREAMS];
  TdSimHeap     heap;
  guint64       n_events;

  TdSimQueue *queues; /* (owned) */
  gboolean    no_past;
  gboolean    unmarked;
  guint       n_queues;
  guint       n_pools;
  TdSimAgent *agents; /* (owned) */
  guint       n_agents;
  TdSimNode  *nodes; /* (owned) */
  guint       n_nodes;
  TdSimCall  *calls; /* (owned) */
  guint       n_calls;
  guint       calls_size;
  guint       free_call;
  guint64     n_serials;

  double       profile[TD_SIM_MINUTES]; /* share of a normal day's calls */
  double       daily_calls;
  TdSimPlan    plan;
  guint        n_calls_left;
  double       weight_left;
  guint        minute;
  TdSimMinute *minutes; /* (owned): [minute][queue] of today */
  GHashTable  *played;  /* (owned): day number -> TdSimMinute*, the days played before */
  GQueue       played_days;

  gint64 outage_since; /* or TD_UNKNOWN */
  gint64 outage_until; /* when the scenario was left, or TD_UNKNOWN */
  guint  outage_province;

  gint64 release_at; /* when the second partner leaves too, or TD_UNKNOWN */

  gint64     revision;
  gboolean   centre_dirty;
  GArray    *dirty_agents; /* (owned) (element-type guint) */
  GPtrArray *gone_callers; /* (owned) (element-type utf8) */
  GPtrArray *actions;      /* (owned) (element-type TdAction): what supervisors did last */
};

/* td-simulation.c */
void                     td_sim_push (TdSimulation  *self,
                                      gint64         time,
                                      TdSimEventType type,
                                      guint          subject,
                                      guint64        mark);
gint64                   td_sim_day_number (gint64 time);
gint64                   td_sim_day_begin (gint64 day);
extern const char *const td_sim_second_partner;

const char *td_sim_scenario_name (TdSimScenario scenario);

/* td-simulation-kinds.c */
void  td_sim_queues_init (TdSimulation *self);
void  td_sim_queues_clear (TdSimulation *self);
guint td_sim_queues_find (TdSimulation *self,
                          TdSimKind     kind,
                          guint         province);

/* td-simulation-demand.c */
void   td_sim_demand_init (TdSimulation *self);
void   td_sim_demand_plan (TdSimulation *self,
                           gint64        day,
                           TdSimPlan    *plan);
void   td_sim_plan_clear (TdSimPlan *plan);
void   td_sim_demand_start_day (TdSimulation *self);
void   td_sim_demand_play_minute (TdSimulation *self);
guint  td_sim_demand_draw_queue (TdSimulation *self);
void   td_sim_demand_start_outage (TdSimulation *self);
guint  td_sim_demand_outage_queue (TdSimulation *self,
                                   guint         province);
double td_sim_demand_pool_efficiency (double n_agents);

/* td-simulation-staff.c */
void     td_sim_staff_init (TdSimulation *self);
void     td_sim_staff_clear (TdSimulation *self);
gboolean td_sim_staff_is_absent (TdSimulation     *self,
                                 const TdSimAgent *agent);
gboolean td_sim_staff_is_phantom (TdSimulation     *self,
                                  const TdSimAgent *agent);
void     td_sim_staff_plan_day (TdSimulation *self,
                                gint64        day);
void     td_sim_staff_plan_pauses (TdSimulation *self,
                                   guint         agent);
void     td_sim_staff_scenario_changed (TdSimulation *self);
void     td_sim_staff_announce (TdSimulation *self);
void     td_sim_staff_release (TdSimulation *self);

/* td-simulation-rota.c */
gboolean td_sim_rota_is_night (const TdSimAgent *agent);
void     td_sim_rota_assign (TdSimulation *self);
gboolean td_sim_rota_get_shift (TdSimulation     *self,
                                const TdSimAgent *agent,
                                gint64            day,
                                gint64           *start,
                                gint64           *end,
                                const char      **name);

/* td-simulation-agents.c */
void     td_sim_agent_set_state (TdSimulation *self,
                                 guint         index,
                                 TdAgentState  state,
                                 const char   *reason);
void     td_sim_agent_touch (TdSimulation *self,
                             guint         index);
void     td_sim_agent_turn_shift (TdSimulation *self, guint index);
void     td_sim_agent_ring (TdSimulation *self,
                            guint         index,
                            guint         call);
void     td_sim_agent_stop_ringing (TdSimulation *self,
                                    guint         index);
void     td_sim_agent_time_out (TdSimulation *self,
                                guint         index,
                                guint64       serial);
void     td_sim_agent_sign_in (TdSimulation *self,
                               guint         index);
void     td_sim_agent_sign_off (TdSimulation *self,
                                guint         index,
                                guint64       shift);
void     td_sim_agent_due_pause (TdSimulation *self,
                                 guint         index,
                                 guint64       mark);
void     td_sim_agent_lose_line (TdSimulation *self,
                                 guint         index,
                                 guint64       shift);
gboolean td_sim_agent_is_paused (const TdSimAgent *agent);
void     td_sim_agent_pause (TdSimulation *self,
                             guint         index,
                             const char   *reason);
void     td_sim_agent_unpause (TdSimulation *self,
                               guint         index);
void     td_sim_agent_take_next_call (TdSimulation *self,
                                      guint         index);
void     td_sim_agent_end_call (TdSimulation *self,
                                guint         index);
void     td_sim_agents_reset_day (TdSimulation *self);

/* td-simulation-skills.c */
guint    td_sim_skill_find (const TdSimAgent *agent,
                            guint             queue);
gboolean td_sim_skill_is_paused (TdSimulation     *self,
                                 const TdSimAgent *agent,
                                 guint             skill);
gboolean td_sim_skill_any_paused (TdSimulation     *self,
                                  const TdSimAgent *agent);
void     td_sim_skill_set_idle (TdSimulation *self,
                                guint         agent,
                                guint         skill,
                                gboolean      idle);
void     td_sim_skill_set_paused (TdSimulation *self,
                                  guint         agent,
                                  guint         skill,
                                  gboolean      paused);
void     td_sim_skill_end_pauses (TdSimulation *self,
                                  guint         agent);
void     td_sim_skill_add (TdSimulation *self,
                           guint         agent,
                           guint         queue);
void     td_sim_skill_remove (TdSimulation *self,
                              guint         agent,
                              guint         skill);

/* td-simulation-calls.c */
void         td_sim_call_arrive (TdSimulation *self,
                                 guint         queue,
                                 guint         province);
void         td_sim_call_leave (TdSimulation *self,
                                guint         call,
                                guint64       serial);
void         td_sim_call_answered (TdSimulation *self,
                                   guint         call,
                                   TdSimCall    *copy,
                                   gint64       *wait_ms);
void         td_sim_call_put_back (TdSimulation *self,
                                   guint         call);
guint        td_sim_calls_next_for (TdSimulation     *self,
                                    const TdSimAgent *agent);
void         td_sim_calls_set_idle (TdSimulation *self,
                                    guint         agent,
                                    gboolean      idle);
TdSimMinute *td_sim_calls_minute (TdSimulation *self,
                                  guint         queue);
void         td_sim_calls_reset_day (TdSimulation *self);
gint64       td_sim_queue_count_recent (TdSimulation *self,
                                        TdSimQueue   *queue);

/* td-simulation-history.c */
void td_sim_history_keep_day (TdSimulation *self);
void td_sim_history_clear (TdSimulation *self);

G_END_DECLS
