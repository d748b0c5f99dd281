/* td-asterisk-tracker.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-asterisk-settings.h"
#include "td-backend.h"

G_BEGIN_DECLS

/**
 * TdAsteriskPoll:
 * @events: (nullable): body of the WaitEvents since the last poll, oldest first
 * @events_lost: events since the last poll may be missing: the session is new
 * @queue_status: body of QueueStatus
 * @status: (nullable): body of Status with QUEUENAME, MEMBERINTERFACE, MEMBERNAME, QEHOLDTIME; %NULL without the right
 * @core_status: (nullable): body of CoreStatus; %NULL without the right
 * @zone: (nullable): the server's time zone, in which it tells its start; the settings' where it is %NULL
 * @at: the server's time of @queue_status, µs since 1970
 *
 * What one poll brought. Everything is as the server sent it.
 */
typedef struct
{
  GPtrArray *events; /* (element-type GBytes) */
  gboolean   events_lost;
  GBytes    *queue_status;
  GBytes    *status;
  GBytes    *core_status;
  GTimeZone *zone;
  gint64     at;
} TdAsteriskPoll;

/**
 * TdAsteriskTracker:
 *
 * Makes snapshots of what an Asterisk says: the state of now from the lists,
 * the counts of today from the events, with the queues' own counters as the
 * check that no event was lost. No I/O. Not thread-safe, but may move from
 * thread to thread: one call at a time.
 */
typedef struct _TdAsteriskTracker TdAsteriskTracker;

TdAsteriskTracker *td_asterisk_tracker_new (TdAsteriskSettings *settings);
void               td_asterisk_tracker_free (TdAsteriskTracker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdAsteriskTracker, td_asterisk_tracker_free)

/**
 * td_asterisk_tracker_take:
 * @self: a tracker
 * @poll: what a poll brought
 * @since: the revision that the caller holds, or %TD_UNKNOWN
 * @instance: (nullable): the instance that @since belongs to
 * @error: return location; %TD_BACKEND_ERROR; the tracker is then as it was before
 *
 * Returns: (transfer full) (nullable): the whole state, or what changed since
 *   @since; %NULL without @error when nothing changed
 */
TdSnapshot *td_asterisk_tracker_take (TdAsteriskTracker    *self,
                                      const TdAsteriskPoll *poll,
                                      gint64                since,
                                      const char           *instance,
                                      GError              **error);

/* When the state changes next by the passing of time alone (a wrap-up ends,
 * midnight), µs since 1970 of the server's clock, or TD_UNKNOWN. */
gint64 td_asterisk_tracker_get_next_change (TdAsteriskTracker *self);

G_END_DECLS
