/* td-asterisk-tracker-channels.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-asterisk-tracker-private.h"

#include <string.h>

#include "td-mask.h"

/* "19009000,tr,,,180": the fifth is when the queue gives up. */
static gint64
read_timeout (const char *data)
{
  g_auto (GStrv) fields = g_strsplit (data, ",", 6);
  gint64 timeout;

  if (g_strv_length (fields) >= 5 && g_ascii_string_to_signed (fields[4], 10, 1, G_MAXINT32, &timeout, NULL))
    return timeout;

  return TD_UNKNOWN;
}

static gboolean
is_in_queue (const TdAsteriskChannelRow *row,
             const char                 *queue)
{
  gsize length = strlen (queue);

  return g_strcmp0 (row->application, "Queue") == 0 && row->data != NULL &&
         strncmp (row->data, queue, length) == 0 && (row->data[length] == ',' || row->data[length] == '\0');
}

static void
take_agent_channel (TdAsteriskTracker          *self,
                    const TdAsteriskChannelRow *row,
                    gint64                      at)
{
  TdTrackedAgent *agent = g_hash_table_lookup (self->agents, row->interface);
  gint64          since;

  if (agent == NULL || !TD_IS_KNOWN (row->seconds) || td_tracker_get_agent_call (self, agent) != NULL)
    return;

  /* Of a channel that lives on, it is told again and again, each time with a
   * rounding of its own. */
  since = at - row->seconds * G_USEC_PER_SEC;
  if (TD_IS_KNOWN (agent->call_since) && ABS (agent->call_since - since) < 3 * G_USEC_PER_SEC)
    return;

  agent->call_since = since;
  agent->call_wait_ms = TD_IS_KNOWN (row->hold_s) ? row->hold_s * 1000 : TD_UNKNOWN;
  g_free (agent->call_number);
  agent->call_number = td_mask_number (row->number);
}

/**
 * td_tracker_take_channels:
 * @self: a tracker
 * @reading: what a poll brought
 * @at: its time
 *
 * Which caller talks to which agent, where no event told, and when a queue
 * gives up its callers.
 */
void
td_tracker_take_channels (TdAsteriskTracker       *self,
                          const TdAsteriskReading *reading,
                          gint64                   at)
{
  for (guint i = 0; i < reading->channels->len; i++)
    {
      const TdAsteriskChannelRow *row = &g_array_index (reading->channels, TdAsteriskChannelRow, i);
      TdTrackedCall              *call = g_hash_table_lookup (self->calls, row->id);
      TdTrackedQueue             *queue = row->queue != NULL ? g_hash_table_lookup (self->queues, row->queue) : NULL;
      gboolean                    is_linked;

      if (row->interface != NULL && row->bridged && g_strcmp0 (row->application, "AppQueue") == 0)
        take_agent_channel (self, row, at);

      if (call != NULL && call->stage == TD_TRACKED_CALL_WAITING && is_in_queue (row, call->queue->id))
        call->timeout_s = read_timeout (row->data);

      /* Something is played to the agent before the two are connected. */
      if (call != NULL && call->stage == TD_TRACKED_CALL_LEFT && is_in_queue (row, call->queue->id))
        call->missed = 0;

      if (call != NULL && call->stage == TD_TRACKED_CALL_ENDED && !row->hung_up && row->application != NULL &&
          *row->application != '\0' && !is_in_queue (row, call->queue->id))
        td_tracker_mend_abandoned (self, call);

      is_linked = row->interface != NULL && row->bridged && queue != NULL && is_in_queue (row, queue->id) &&
                  strlen (row->id) <= TD_MAX_ID && strlen (row->interface) <= TD_MAX_ID;
      if (!is_linked)
        continue;

      if (call == NULL)
        {
          /* In progress, and nothing told how it began. */
          gint64 hold = MAX (row->hold_s, 0) * G_USEC_PER_SEC;
          gint64 talk = MAX (0, MAX (row->seconds, 0) * G_USEC_PER_SEC - hold);

          call = td_tracker_add_call (self, row->id, queue, row->number, at - talk - hold, FALSE);
          call->wait_ms = hold / TD_TRACKER_MS;
          if (queue->is_based && !td_tracked_queue_is_based_on (queue, call->joined))
            {
              queue->estimated = TRUE;
              td_tracker_connect_call (self, call, row->interface, call->wait_ms, at - talk, FALSE);
            }
          else
            {
              td_tracked_call_set_stage (call, TD_TRACKED_CALL_CONNECTED, at - talk, FALSE);
              call->agent = g_strdup (row->interface);
            }
        }
      else if (call->queue == queue && call->stage == TD_TRACKED_CALL_WAITING && td_tracker_gives_up (self, call, at))
        {
          queue->estimated = TRUE;
          td_tracker_connect_call (self, call, row->interface,
                                   TD_IS_KNOWN (row->hold_s) ? row->hold_s * 1000
                                                             : (at - call->joined) / TD_TRACKER_MS,
                                   at, FALSE);
        }
    }
}
