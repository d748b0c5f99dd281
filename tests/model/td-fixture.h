/* td-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-snapshot.h"

/* A builder of snapshots in few words, for tests of the model. */

#define FIXTURE_START (G_GINT64_CONSTANT (1795305600) * G_USEC_PER_SEC) /* 2026-11-22T00:00:00Z */
#define FIXTURE_SECONDS(n) ((gint64)(n)*G_USEC_PER_SEC)

static inline TdSnapshotBuilder *
fixture_begin (gint64      revision,
               gint64      base,
               const char *instance,
               gint64      at)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  TdCentreInfo       centre;

  td_centre_info_init (&centre);
  centre.name = "Điện lực miền Nam";
  centre.timezone = "UTC";
  td_snapshot_builder_set_revision (builder, revision, instance);
  td_snapshot_builder_set_base (builder, base);
  td_snapshot_builder_set_at (builder, at);
  if (base == TD_UNKNOWN)
    td_snapshot_builder_set_centre (builder, &centre);

  return builder;
}

static inline void
fixture_queue (TdSnapshotBuilder *builder,
               const char        *id,
               gint64             offered,
               gint64             waiting)
{
  TdQueueInfo queue;

  td_queue_info_init (&queue);
  queue.id = id;
  queue.waiting = waiting;
  queue.today.offered = offered;
  td_snapshot_builder_add_queue (builder, &queue);
}

static inline void
fixture_agent (TdSnapshotBuilder *builder,
               const char        *id,
               TdAgentState       state,
               const char        *queue)
{
  TdAgentInfo agent;

  td_agent_info_init (&agent);
  agent.id = id;
  agent.state = state;
  agent.queues = &queue;
  agent.n_queues = queue != NULL ? 1 : 0;
  td_snapshot_builder_add_agent (builder, &agent);
}

static inline void
fixture_caller (TdSnapshotBuilder *builder,
                const char        *id,
                const char        *queue,
                gint64             since)
{
  TdCallerInfo caller;

  td_caller_info_init (&caller);
  caller.id = id;
  caller.queue = queue;
  caller.since = since;
  td_snapshot_builder_add_caller (builder, &caller);
}
