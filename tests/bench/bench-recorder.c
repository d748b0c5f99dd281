/* bench-recorder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it costs to remember ten thousand agents, of whom one in a hundred
 * changes each second: the main thread's time, the writer's, and the disk's.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <time.h>
#include <sys/resource.h>

#include "td-agent-recorder.h"
#include "td-sampler.h"

#define N_AGENTS 10000
#define N_QUEUES 50
#define N_CHANGED (N_AGENTS / 100)
/* The others are not signed in. */
#define N_AT_WORK (N_AGENTS / 2)
#define N_SECONDS 300
#define SECOND G_TIME_SPAN_SECOND
#define DAY G_TIME_SPAN_DAY
/* Ten in the morning of 2026-11-20. */
#define START (G_GINT64_CONSTANT (1795132800) * SECOND + 10 * G_TIME_SPAN_HOUR)

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static void
flush (TdHistory *history)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  td_history_flush_async (history, NULL, finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  td_history_flush_finish (history, result, &error);
  g_assert_no_error (error);
}

/* Milliseconds of CPU. */
static double
get_time (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);

  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static gint64
get_blocks_written (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return usage.ru_oublock;
}

static void
add_agent (TdSnapshotBuilder *builder,
           guint              index,
           guint              second)
{
  char        id[16], queue[16];
  TdAgentInfo agent;

  g_snprintf (id, sizeof id, "a%u", index);
  g_snprintf (queue, sizeof queue, "q%u", index % N_QUEUES);
  td_agent_info_init (&agent);
  agent.id = id;
  if (index >= N_AT_WORK)
    agent.state = TD_AGENT_STATE_OFFLINE;
  else
    agent.state = (second * N_CHANGED / N_AT_WORK) % 2 == 0 ? TD_AGENT_STATE_ON_CALL : TD_AGENT_STATE_AVAILABLE;
  agent.call_queue = agent.state == TD_AGENT_STATE_ON_CALL ? queue : NULL;
  agent.since = index >= N_AT_WORK ? START - 8 * G_TIME_SPAN_HOUR : START + second * SECOND;
  agent.answered = second / 100;
  agent.talk_ms = second * 1000;
  td_snapshot_builder_add_agent (builder, &agent);
}

static TdSnapshot *
make_snapshot (guint second)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  TdCentreInfo       centre;

  td_centre_info_init (&centre);
  centre.timezone = "UTC";
  centre.day_start = START - START % DAY;
  td_snapshot_builder_set_revision (builder, second + 1, "i");
  if (second > 0)
    td_snapshot_builder_set_base (builder, second);
  td_snapshot_builder_set_at (builder, START + second * SECOND);
  td_snapshot_builder_set_centre (builder, &centre);
  for (guint i = 0; i < N_QUEUES; i++)
    {
      char        id[16];
      TdQueueInfo queue;

      g_snprintf (id, sizeof id, "q%u", i);
      td_queue_info_init (&queue);
      queue.id = id;
      queue.waiting = (second + i) % 7;
      queue.serving = 100 + second % 3;
      td_snapshot_builder_add_queue (builder, &queue);
    }
  for (guint i = 0; i < (second == 0 ? N_AGENTS : N_CHANGED); i++)
    add_agent (builder, second == 0 ? i : (second * N_CHANGED + i) % N_AT_WORK, second);

  return td_snapshot_builder_end (builder);
}

/* Plays so many seconds. Returns the main thread's time, ms. */
static double
play (gboolean with_recorder,
      double  *worst)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tongdai-bench-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdDay) day = td_day_new (centre);
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdAgentRecorder) recorder = NULL;
  g_autoptr (TdSampler) sampler = NULL;
  double   sum = 0;
  double   all = get_time (CLOCK_PROCESS_CPUTIME_ID);
  gint64   blocks = get_blocks_written ();
  GStatBuf status;

  g_assert_no_error (error);
  flush (history);
  if (with_recorder)
    {
      recorder = td_agent_recorder_new (centre, day, history);
      sampler = td_sampler_new (centre, history);
    }

  *worst = 0;
  for (guint i = 0; i <= N_SECONDS; i++)
    {
      g_autoptr (TdSnapshot) snapshot = make_snapshot (i);
      double begin = get_time (CLOCK_THREAD_CPUTIME_ID);

      td_centre_apply (centre, snapshot, &error);
      g_assert_no_error (error);
      begin = get_time (CLOCK_THREAD_CPUTIME_ID) - begin;
      /* The first brings all of them. */
      if (i > 0)
        {
          sum += begin;
          *worst = MAX (*worst, begin);
        }
      /* As far as a second apart the writer has done. */
      flush (history);
    }

  if (with_recorder)
    {
      all = get_time (CLOCK_PROCESS_CPUTIME_ID) - all;
      g_stat (path, &status);
      g_print ("  everything, the writer's thread too: %.2f ms of CPU a second; %.0f KB written a second; file %.1f MB\n",
               all / N_SECONDS, (double)(get_blocks_written () - blocks) / 2 / N_SECONDS, (double)status.st_size / 1e6);
    }
  g_clear_object (&recorder);
  g_clear_object (&sampler);
  td_history_close (history);
  g_remove (path);
  g_remove (wal);
  g_remove (shm);
  g_remove (lock);
  g_rmdir (folder);

  return sum;
}

int
main (void)
{
  double without_worst, with_worst;
  double without = play (FALSE, &without_worst);
  double with = play (TRUE, &with_worst);

  g_print ("%d agents, %d of them changed each second: remembering them costs the main thread %.2f ms a second"
           " (%.2f with, %.2f without), the longest tick %.1f ms (%.1f without)\n",
           N_AGENTS, N_CHANGED, (with - without) / N_SECONDS, with / N_SECONDS, without / N_SECONDS, with_worst, without_worst);

  return 0;
}
