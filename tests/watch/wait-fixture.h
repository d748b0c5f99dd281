/* wait-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-fixture.h"
#include "td-wait-check.h"

/* A centre of two queues, whose expected waits are held against what became of
 * them. */

#define WAIT_NOW (FIXTURE_START + FIXTURE_SECONDS (14 * 3600))
#define WAIT_SECONDS(n) (WAIT_NOW + FIXTURE_SECONDS (n))

typedef struct
{
  const char *id;
  const char *queue;
  gint64      since;
} WaitCaller;

typedef struct
{
  TdCentre    *centre;
  TdWaitCheck *check;
  gint64       revision;
} WaitFixture;

static inline void
wait_fixture_set_up (WaitFixture  *f,
                     gconstpointer data)
{
  f->centre = td_centre_new ();
  f->check = td_wait_check_new (f->centre);
}

static inline void
wait_fixture_tear_down (WaitFixture  *f,
                        gconstpointer data)
{
  g_clear_object (&f->check);
  g_clear_object (&f->centre);
}

static inline void
wait_fixture_add_queue (TdSnapshotBuilder *builder,
                        const char        *id,
                        const WaitCaller  *callers,
                        guint              n_callers)
{
  TdQueueInfo queue;

  td_queue_info_init (&queue);
  queue.id = id;
  queue.waiting = 0;
  for (guint i = 0; i < n_callers; i++)
    queue.waiting += g_str_equal (callers[i].queue, id);
  queue.serving = 10;
  queue.today.answered = 100;
  queue.today.talk_ms = 100 * 200 * 1000;
  queue.today.hold_ms = 0;
  queue.today.wrap_up_ms = 0;
  td_snapshot_builder_add_queue (builder, &queue);
}

/* Ten agents serve each queue, and a call takes 200 s: 20 s a position. @answered is on a call
 * since @call_since with one who waited for @wait_s. */
static inline void
wait_fixture_apply (WaitFixture      *f,
                    gint64            at,
                    const WaitCaller *callers,
                    guint             n_callers,
                    const char       *call_queue,
                    gint64            call_since,
                    gint64            wait_s)
{
  TdSnapshotBuilder *builder = fixture_begin (++f->revision, TD_UNKNOWN, "i", at);
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  const char *queues[] = { "p", "q" };
  TdAgentInfo agent;

  wait_fixture_add_queue (builder, "p", callers, n_callers);
  wait_fixture_add_queue (builder, "q", callers, n_callers);
  td_agent_info_init (&agent);
  agent.id = "a";
  agent.queues = queues;
  agent.n_queues = 2;
  agent.state = call_queue != NULL ? TD_AGENT_STATE_ON_CALL : TD_AGENT_STATE_AVAILABLE;
  agent.call_queue = call_queue;
  agent.call_since = call_since;
  agent.call_wait_ms = TD_IS_KNOWN (wait_s) ? wait_s * 1000 : TD_UNKNOWN;
  td_snapshot_builder_add_agent (builder, &agent);
  for (guint i = 0; i < n_callers; i++)
    fixture_caller (builder, callers[i].id, callers[i].queue, callers[i].since);
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (f->centre, snapshot, &error);
  g_assert_no_error (error);
}
