/* td-snapshot.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-types.h"

G_BEGIN_DECLS

/**
 * TdCounts:
 * @offered: calls that entered the queue
 * @answered: calls connected to an agent
 * @answered_in_time: of these, the calls that waited no longer than T
 * @abandoned: callers who hung up while waiting, short abandons included
 * @abandoned_in_time: of these, those who waited no longer than T
 * @short_abandoned: of @abandoned, those below the short-abandon limit
 * @flowed_out: calls that left the queue otherwise
 * @wait_ms: queue time of the answered calls, summed
 * @talk_ms: talk time of the finished calls, hold left out, summed
 * @hold_ms: hold time of the finished calls, summed
 * @wrap_up_ms: finished after-call work, summed
 * @max_wait_ms: the longest wait of the period, finished calls included
 *
 * What was counted in a period, of a queue or of several. Durations are
 * milliseconds. Each field is %TD_UNKNOWN on its own.
 */
typedef struct
{
  gint64 offered;
  gint64 answered;
  gint64 answered_in_time;
  gint64 abandoned;
  gint64 abandoned_in_time;
  gint64 short_abandoned;
  gint64 flowed_out;
  gint64 wait_ms;
  gint64 talk_ms;
  gint64 hold_ms;
  gint64 wrap_up_ms;
  gint64 max_wait_ms;
} TdCounts;

/* The same fields in the order of the struct, for code that treats all alike. */
typedef struct
{
  const char *name; /* as in the supervision API, e.g. "wait_seconds" */
  gsize       offset;
  gboolean    is_ms; /* a duration: milliseconds here, seconds on the wire */
} TdCountsField;

#define TD_N_COUNTS_FIELDS 12

extern const TdCountsField td_counts_fields[TD_N_COUNTS_FIELDS];

#define TD_COUNTS_UNKNOWN                                                                                      \
  ((TdCounts){ TD_UNKNOWN, TD_UNKNOWN, TD_UNKNOWN, TD_UNKNOWN, TD_UNKNOWN, TD_UNKNOWN, TD_UNKNOWN, TD_UNKNOWN, \
               TD_UNKNOWN, TD_UNKNOWN, TD_UNKNOWN, TD_UNKNOWN })

/**
 * TdRelease:
 * @at: when they leave, µs since 1970
 * @employer: (nullable): whose agents, or anybody's
 * @place: where they work, or %TD_PLACE_UNKNOWN for anywhere
 * @agents: how many of these, or %TD_UNKNOWN for all of them
 *
 * It was announced that agents will leave, whatever their shifts say.
 */
typedef struct
{
  gint64      at;
  const char *employer;
  TdPlace     place;
  gint64      agents;
} TdRelease;

/**
 * TdCentreInfo:
 * @name: (nullable): the centre's name
 * @timezone: (nullable): IANA name of the zone that its day follows
 * @scenario: (nullable): set when the centre is simulated: what is played
 * @day_start: when the day of "today" began, µs since 1970, or %TD_UNKNOWN
 * @counted_since: when its counts began, where that was later than @day_start, or %TD_UNKNOWN
 * @service_level_ms: T of the service level, or %TD_UNKNOWN
 * @service_level_target: target of the service level, 0…1, or NAN
 * @short_abandon_ms: limit of a short abandon, or %TD_UNKNOWN
 * @releases: (array length=n_releases): what was announced of agents who will leave
 */
typedef struct
{
  const char *name;
  const char *timezone;
  const char *scenario;
  gint64      day_start;
  gint64      counted_since;
  gint64      service_level_ms;
  double      service_level_target;
  gint64      short_abandon_ms;

  const TdRelease *releases;
  guint            n_releases;
} TdCentreInfo;

/**
 * TdQueueInfo:
 * @id: stable identifier
 * @name: (nullable): name for people
 * @hotline: (nullable): the number that customers dial
 * @reason: (nullable): why customers call it
 * @area: (nullable): the provinces it serves
 * @waiting: callers waiting now, or %TD_UNKNOWN
 * @longest_since: when the oldest caller waiting now joined, or %TD_UNKNOWN
 * @serving: agents who serve this queue now, or %TD_UNKNOWN
 * @offered_15min: calls offered in the last 15 minutes, or %TD_UNKNOWN
 * @service_level_ms: T of this queue where it differs, or %TD_UNKNOWN
 * @service_level_target: target of this queue where it differs, or NAN
 * @today: counts since the centre's day started
 * @estimated: @today was not all counted; a part is inferred ("≈")
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *hotline;
  const char *reason;
  const char *area;
  gint64      waiting;
  gint64      longest_since;
  gint64      serving;
  gint64      offered_15min;
  gint64      service_level_ms;
  double      service_level_target;
  TdCounts    today;
  gboolean    estimated;
} TdQueueInfo;

/**
 * TdAgentInfo:
 * @id: stable identifier
 * @since: when @state began, µs since 1970, or %TD_UNKNOWN
 * @since_inexact: the state began at @since or before ("≥")
 * @on_hold: on call with the caller on hold
 * @queues: (array length=n_queues): ids of the queues this agent serves
 * @call_queue: (nullable): id of the queue that the current call came from
 * @call_number: (nullable): the caller's number, masked by the source
 * @answered: calls answered today; @no_answer: offered but not taken
 * @talk_ms: finished talk today, and so on: the running state is not included
 * @shift_start: planned, µs since 1970, or %TD_UNKNOWN
 *
 * Durations are milliseconds of finished spans today.
 */
typedef struct
{
  const char        *id;
  const char        *name;
  const char        *team;
  const char        *employer;
  const char        *seat;
  const char        *extension;
  const char        *reason;
  TdPlace            place;
  TdAgentState       state;
  gboolean           on_hold;
  gboolean           since_inexact;
  gint64             since;
  const char *const *queues;
  guint              n_queues;

  const char *call_queue;
  const char *call_number;
  const char *call_reason;
  const char *call_area;
  gint64      call_since;
  gint64      call_wait_ms;

  gint64 answered;
  gint64 no_answer;
  gint64 talk_ms;
  gint64 hold_ms;
  gint64 wrap_up_ms;
  gint64 ringing_ms;
  gint64 available_ms;
  gint64 paused_ms;

  const char *shift_name;
  gint64      shift_start;
  gint64      shift_end;
} TdAgentInfo;

/**
 * TdCallerInfo:
 * @id: stable identifier of the call
 * @queue: id of the queue
 * @position: from 1, or %TD_UNKNOWN
 * @since: when the caller joined the queue, or %TD_UNKNOWN
 * @number: (nullable): masked by the source
 */
typedef struct
{
  const char *id;
  const char *queue;
  const char *number;
  const char *reason;
  const char *area;
  gint64      position;
  gint64      since;
} TdCallerInfo;

#define TD_TYPE_SNAPSHOT (td_snapshot_get_type ())

/**
 * TdSnapshot:
 *
 * What a source said at one moment: the whole state, or what changed since an
 * earlier revision. Immutable once built and ref-counted atomically, so it
 * may cross threads. Its rows and strings live as long as it does.
 */
typedef struct _TdSnapshot TdSnapshot;

GType       td_snapshot_get_type (void);
TdSnapshot *td_snapshot_ref (TdSnapshot *self);
void        td_snapshot_unref (TdSnapshot *self);

gint64              td_snapshot_get_revision (TdSnapshot *self);
gint64              td_snapshot_get_base (TdSnapshot *self);
gboolean            td_snapshot_is_delta (TdSnapshot *self);
const char         *td_snapshot_get_instance (TdSnapshot *self);
gint64              td_snapshot_get_at (TdSnapshot *self);
const TdCentreInfo *td_snapshot_get_centre (TdSnapshot *self);
const TdQueueInfo  *td_snapshot_get_queues (TdSnapshot *self,
                                            guint      *n_queues);
const TdAgentInfo  *td_snapshot_get_agents (TdSnapshot *self,
                                            guint      *n_agents);
const TdCallerInfo *td_snapshot_get_callers (TdSnapshot *self,
                                             guint      *n_callers);
const char *const  *td_snapshot_get_gone_queues (TdSnapshot *self,
                                                 guint      *n_gone);
const char *const  *td_snapshot_get_gone_agents (TdSnapshot *self,
                                                 guint      *n_gone);
const char *const  *td_snapshot_get_gone_callers (TdSnapshot *self,
                                                  guint      *n_gone);

/* Building. A builder belongs to one thread and ends in one snapshot. The
 * add functions copy the row and every string in it into the arena (equal
 * strings are kept once); only an id is required. */

typedef struct _TdSnapshotBuilder TdSnapshotBuilder;

TdSnapshotBuilder *td_snapshot_builder_new (void);
void               td_snapshot_builder_free (TdSnapshotBuilder *self);
void               td_snapshot_builder_set_revision (TdSnapshotBuilder *self,
                                                     gint64             revision,
                                                     const char        *instance);
void               td_snapshot_builder_set_base (TdSnapshotBuilder *self,
                                                 gint64             base);
void               td_snapshot_builder_set_at (TdSnapshotBuilder *self,
                                               gint64             at);
void               td_snapshot_builder_set_centre (TdSnapshotBuilder  *self,
                                                   const TdCentreInfo *info);
void               td_snapshot_builder_add_queue (TdSnapshotBuilder *self,
                                                  const TdQueueInfo *info);
void               td_snapshot_builder_add_agent (TdSnapshotBuilder *self,
                                                  const TdAgentInfo *info);
void               td_snapshot_builder_add_caller (TdSnapshotBuilder  *self,
                                                   const TdCallerInfo *info);
void               td_snapshot_builder_add_gone_queue (TdSnapshotBuilder *self,
                                                       const char        *id);
void               td_snapshot_builder_add_gone_agent (TdSnapshotBuilder *self,
                                                       const char        *id);
void               td_snapshot_builder_add_gone_caller (TdSnapshotBuilder *self,
                                                        const char        *id);
TdSnapshot        *td_snapshot_builder_end (TdSnapshotBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdSnapshot, td_snapshot_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdSnapshotBuilder, td_snapshot_builder_free)

/* Rows with every field unknown, to start from. */
void td_centre_info_init (TdCentreInfo *info);
void td_queue_info_init (TdQueueInfo *info);
void td_agent_info_init (TdAgentInfo *info);
void td_caller_info_init (TdCallerInfo *info);

gboolean td_centre_info_equal (const TdCentreInfo *a,
                               const TdCentreInfo *b);
gboolean td_queue_info_equal (const TdQueueInfo *a,
                              const TdQueueInfo *b);
gboolean td_agent_info_equal (const TdAgentInfo *a,
                              const TdAgentInfo *b);
gboolean td_caller_info_equal (const TdCallerInfo *a,
                               const TdCallerInfo *b);

G_END_DECLS
