/* fuzz-tracker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "td-ami-message.h"
#include "td-asterisk-tracker.h"
#include "td-centre.h"
#include "td-totals.h"

#define START G_GINT64_CONSTANT (1795348800)

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static GLogWriterOutput
drop_log (GLogLevelFlags   level,
          const GLogField *fields,
          gsize            n_fields,
          gpointer         user_data)
{
  g_assert ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR)) == 0);

  return G_LOG_WRITER_HANDLED;
}

typedef struct
{
  TdAsteriskTracker *tracker;
  TdCentre          *centre;
  GPtrArray         *events;
  GBytes            *status;
  GBytes            *core_status;
  gint64             at;
} Play;

static void
check_snapshot (TdSnapshot *snapshot)
{
  guint              n;
  const TdQueueInfo *queues = td_snapshot_get_queues (snapshot, &n);

  for (guint i = 0; i < n; i++)
    {
      for (guint k = 0; k < TD_N_COUNTS_FIELDS; k++)
        g_assert (G_STRUCT_MEMBER (gint64, &queues[i].today, td_counts_fields[k].offset) >= TD_UNKNOWN);
      g_assert (queues[i].waiting >= 0 && queues[i].serving >= 0);
    }

  const TdAgentInfo *agents = td_snapshot_get_agents (snapshot, &n);
  for (guint i = 0; i < n; i++)
    {
      g_assert (agents[i].answered >= 0 && agents[i].talk_ms >= 0 && agents[i].hold_ms >= 0);
      g_assert (agents[i].available_ms >= 0 && agents[i].paused_ms >= 0 && agents[i].wrap_up_ms >= 0);
      g_assert (agents[i].ringing_ms >= 0 && agents[i].since >= TD_UNKNOWN);
    }
}

static void
take_poll (Play   *play,
           GBytes *queue_status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSnapshot) snapshot = NULL;
  TdAsteriskPoll poll = {
    .events = play->events,
    .queue_status = queue_status,
    .status = play->status,
    .core_status = play->core_status,
    .at = play->at,
  };
  TdTotals totals;

  snapshot = td_asterisk_tracker_take (play->tracker, &poll, td_centre_get_revision (play->centre),
                                       td_centre_get_instance (play->centre), &error);
  g_assert (snapshot == NULL || error == NULL);
  if (snapshot != NULL)
    {
      check_snapshot (snapshot);
      td_centre_apply (play->centre, snapshot, &error);
      g_assert (error == NULL);
      td_totals_of_centre (play->centre, td_centre_get_now (play->centre), &totals);
    }
  td_asterisk_tracker_get_next_change (play->tracker);
  g_ptr_array_set_size (play->events, 0);
}

/* A record begins with what it is: (E)vents, (S)tatus, (C)oreStatus, (T)ime in
 * seconds to go on, or QueueStatus, which makes it a poll. */
static void
take_record (Play       *play,
             const char *data,
             gsize       size)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (TdAmiAnswer) answer = NULL;

  if (size == 0)
    return;

  body = g_bytes_new (data + 1, size - 1);
  answer = td_ami_answer_parse (body, NULL);
  if (answer != NULL)
    {
      td_ami_answer_is_success (answer);
      td_ami_answer_is_complete (answer, "QueueStatusComplete");
    }

  switch (data[0])
    {
    case 'E':
      g_ptr_array_add (play->events, g_bytes_ref (body));
      break;

    case 'S':
      g_clear_pointer (&play->status, g_bytes_unref);
      play->status = g_bytes_ref (body);
      break;

    case 'C':
      g_clear_pointer (&play->core_status, g_bytes_unref);
      play->core_status = g_bytes_ref (body);
      break;

    case 'T':
      {
        g_autofree char *text = g_strndup (data + 1, MIN (size - 1, 8));

        play->at += CLAMP (g_ascii_strtoll (text, NULL, 10), -100, 200000) * G_USEC_PER_SEC;
        break;
      }

    default:
      play->at += G_USEC_PER_SEC;
      take_poll (play, body);
    }
}

/* The input is what a server said, records ended by a record separator. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static gsize once;
  g_autoptr (TdAsteriskSettings) settings = td_asterisk_settings_new ();
  g_autoptr (TdAsteriskTracker) tracker = NULL;
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  Play  play;
  gsize start = 0;

  if (g_once_init_enter (&once))
    {
      g_log_set_writer_func (drop_log, NULL, NULL);
      g_once_init_leave (&once, 1);
    }

  settings->timezone = g_strdup ("Asia/Ho_Chi_Minh");
  tracker = td_asterisk_tracker_new (settings);
  play = (Play){ tracker, centre, events, NULL, NULL, START * G_USEC_PER_SEC };

  for (gsize i = 0; i <= size; i++)
    {
      if (i < size && data[i] != 0x1e)
        continue;

      take_record (&play, (const char *)data + start, i - start);
      start = i + 1;
    }

  g_clear_pointer (&play.status, g_bytes_unref);
  g_clear_pointer (&play.core_status, g_bytes_unref);

  return 0;
}
