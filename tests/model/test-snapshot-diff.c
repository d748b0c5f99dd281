/* test-snapshot-diff.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-centre.h"
#include "td-mask.h"
#include "td-snapshot-diff.h"

/* Queues "a" and "b"; an agent and a caller whose state is given. */
static TdSnapshot *
make_snapshot (gint64       revision,
               const char  *second_queue,
               TdAgentState state,
               const char  *caller,
               const char  *name)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  TdCentreInfo       centre;
  TdQueueInfo        queue;
  TdAgentInfo        agent;
  TdCallerInfo       waiting;

  td_snapshot_builder_set_revision (builder, revision, "x");
  td_snapshot_builder_set_at (builder, revision * 1000);
  td_centre_info_init (&centre);
  centre.name = name;
  td_snapshot_builder_set_centre (builder, &centre);

  td_queue_info_init (&queue);
  queue.id = "a";
  td_snapshot_builder_add_queue (builder, &queue);
  queue.id = second_queue;
  td_snapshot_builder_add_queue (builder, &queue);

  td_agent_info_init (&agent);
  agent.id = "agent";
  agent.state = state;
  td_snapshot_builder_add_agent (builder, &agent);

  td_caller_info_init (&waiting);
  waiting.id = caller;
  waiting.queue = "a";
  td_snapshot_builder_add_caller (builder, &waiting);

  return td_snapshot_builder_end (builder);
}

static void
test_changes (void)
{
  g_autoptr (TdSnapshot) from = make_snapshot (4, "b", TD_AGENT_STATE_AVAILABLE, "u-1", "Điện lực");
  g_autoptr (TdSnapshot) to = make_snapshot (5, "c", TD_AGENT_STATE_RINGING, "u-2", "Điện lực");
  g_autoptr (TdSnapshot) delta = td_snapshot_diff (from, to);
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (GError) error = NULL;
  const char *const  *gone;
  const TdQueueInfo  *queues;
  const TdAgentInfo  *agents;
  const TdCallerInfo *callers;
  guint               n;

  g_assert_cmpint (td_snapshot_get_base (delta), ==, 4);
  g_assert_cmpint (td_snapshot_get_revision (delta), ==, 5);
  g_assert_cmpint (td_snapshot_get_at (delta), ==, 5000);
  g_assert_null (td_snapshot_get_centre (delta));

  queues = td_snapshot_get_queues (delta, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (queues[0].id, ==, "c");
  gone = td_snapshot_get_gone_queues (delta, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (gone[0], ==, "b");
  agents = td_snapshot_get_agents (delta, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (agents[0].state, ==, TD_AGENT_STATE_RINGING);
  callers = td_snapshot_get_callers (delta, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (callers[0].id, ==, "u-2");
  gone = td_snapshot_get_gone_callers (delta, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (gone[0], ==, "u-1");

  /* It leads from the one to the other. */
  g_assert_true (td_centre_apply (centre, from, &error));
  g_assert_true (td_centre_apply (centre, delta, &error));
  g_assert_nonnull (td_centre_find_queue (centre, "c"));
  g_assert_null (td_centre_find_queue (centre, "b"));
  g_assert_cmpint (td_centre_get_revision (centre), ==, 5);
}

static void
test_no_change (void)
{
  g_autoptr (TdSnapshot) from = make_snapshot (4, "b", TD_AGENT_STATE_AVAILABLE, "u-1", "Điện lực");
  g_autoptr (TdSnapshot) same = make_snapshot (5, "b", TD_AGENT_STATE_AVAILABLE, "u-1", "Điện lực");
  g_autoptr (TdSnapshot) renamed = make_snapshot (5, "b", TD_AGENT_STATE_AVAILABLE, "u-1", "Cấp nước");
  g_autoptr (TdSnapshot) delta = NULL;

  g_assert_null (td_snapshot_diff (from, same));
  delta = td_snapshot_diff (from, renamed);
  g_assert_nonnull (delta);
  g_assert_cmpstr (td_snapshot_get_centre (delta)->name, ==, "Cấp nước");
}

static void
test_masks (void)
{
  static const struct
  {
    const char *number;
    const char *masked;
  } rows[] = {
    { "0901234567", "09•• ••• 567" },
    { "+84 90 123 45 67", "+84•• ••• 567" },
    { "sip:0901234567@10.1.2.3", "09•• ••• 567" },
    { "19009000", "19•• ••• 000" },
    { "1004567", "••• 67" },
    { "1004", "••• 04" },
    { "113", "•••" },
    { "anonymous", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *masked = td_mask_number (rows[i].number);

      g_assert_cmpstr (masked, ==, rows[i].masked);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/snapshot-diff/leads-from-one-to-the-other", test_changes);
  g_test_add_func ("/snapshot-diff/nothing-where-only-the-time-moved", test_no_change);
  g_test_add_func ("/mask/number-cannot-be-dialled", test_masks);

  return g_test_run ();
}
