/* ami-scene.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ami-scene.h"

#include <math.h>

#include "ami-fixture.h"
#include "ami-series.h"

static void
begin_poll (AmiScene *self)
{
  g_string_assign (self->queue_status, "Response: Success\r\nEventList: start\r\n\r\n");
  g_string_assign (self->events, "Response: Success\r\n\r\n");
  g_string_assign (self->status, "Response: Success\r\n\r\n");
}

void
ami_scene_set_up (AmiScene     *self,
                  gconstpointer data)
{
  self->settings = td_asterisk_settings_new ();
  self->settings->timezone = g_strdup ("UTC");
  self->tracker = td_asterisk_tracker_new (self->settings);
  self->centre = td_centre_new ();
  self->queue_status = g_string_new (NULL);
  self->events = g_string_new (NULL);
  self->status = g_string_new (NULL);
  begin_poll (self);
}

void
ami_scene_tear_down (AmiScene     *self,
                     gconstpointer data)
{
  g_string_free (self->queue_status, TRUE);
  g_string_free (self->events, TRUE);
  g_string_free (self->status, TRUE);
  g_free (self->core_start);
  g_object_unref (self->centre);
  td_asterisk_tracker_free (self->tracker);
  td_asterisk_settings_unref (self->settings);
}

/* @second counts from noon. */
gint64
ami_scene_time (double second)
{
  return AMI_SCENE_NOON * G_USEC_PER_SEC + (gint64)round (second * G_USEC_PER_SEC);
}

void
ami_scene_queue (AmiScene   *self,
                 const char *id,
                 guint       completed,
                 guint       abandoned,
                 const char *rest)
{
  g_string_append_printf (self->queue_status,
                          "Event: QueueParams\r\nQueue: %s\r\nCompleted: %u\r\nAbandoned: %u\r\n%s\r\n",
                          id, completed, abandoned, rest);
}

void
ami_scene_member (AmiScene   *self,
                  const char *queue,
                  const char *interface,
                  guint       status,
                  const char *rest)
{
  g_string_append_printf (self->queue_status,
                          "Event: QueueMember\r\nQueue: %s\r\nName: %s\r\nLocation: %s\r\nStatus: %u\r\n%s\r\n",
                          queue, interface, interface, status, rest);
}

void
ami_scene_caller (AmiScene   *self,
                  const char *queue,
                  const char *id,
                  guint       wait_s)
{
  g_string_append_printf (self->queue_status,
                          "Event: QueueEntry\r\nQueue: %s\r\nPosition: 1\r\nUniqueid: %s\r\n"
                          "CallerIDNum: 0901234567\r\nCallerIDName: Khách\r\nWait: %u\r\n\r\n",
                          queue, id, wait_s);
}

static void
append_stamp (AmiScene *self,
              double    second)
{
  gint64 time = ami_scene_time (second);

  g_string_append_printf (self->events, "Timestamp: %" G_GINT64_FORMAT ".%06d\r\n",
                          time / G_USEC_PER_SEC, (int)(time % G_USEC_PER_SEC));
}

void
ami_scene_event (AmiScene   *self,
                 const char *name,
                 double      second,
                 const char *queue,
                 const char *caller,
                 const char *rest)
{
  g_string_append_printf (self->events, "Event: %s\r\n", name);
  append_stamp (self, second);
  g_string_append_printf (self->events, "Queue: %s\r\n", queue);
  if (caller != NULL)
    g_string_append_printf (self->events, "Uniqueid: %s\r\nCallerIDNum: 0901234567\r\n", caller);
  g_string_append_printf (self->events, "%s\r\n", rest);
}

void
ami_scene_member_event (AmiScene   *self,
                        const char *name,
                        double      second,
                        const char *queue,
                        const char *interface,
                        guint       status,
                        const char *rest)
{
  g_string_append_printf (self->events, "Event: %s\r\n", name);
  append_stamp (self, second);
  g_string_append_printf (self->events, "Queue: %s\r\nInterface: %s\r\nStatus: %u\r\n%s\r\n",
                          queue, interface, status, rest);
}

TdSnapshot *
ami_scene_try (AmiScene *self,
               double    second,
               GError  **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GBytes) queue_status = NULL;
  g_autoptr (GBytes) status = NULL;
  g_autoptr (GBytes) core_status = self->core_start != NULL ? ami_core_status (self->core_start) : NULL;
  TdAsteriskPoll poll;

  g_string_append (self->queue_status, "Event: QueueStatusComplete\r\nEventList: Complete\r\n\r\n");
  g_string_append (self->events, "Event: WaitEventComplete\r\n\r\n");
  g_string_append (self->status, "Event: StatusComplete\r\n\r\n");
  queue_status = ami_fixture_from_string (self->queue_status->str);
  status = ami_fixture_from_string (self->status->str);
  g_ptr_array_add (events, ami_fixture_from_string (self->events->str));
  begin_poll (self);

  poll = (TdAsteriskPoll){
    .events = events,
    .queue_status = queue_status,
    .status = status,
    .core_status = core_status,
    .at = ami_scene_time (second),
  };

  return td_asterisk_tracker_take (self->tracker, &poll, td_centre_get_revision (self->centre),
                                   td_centre_get_instance (self->centre), error);
}

void
ami_scene_take (AmiScene *self,
                double    second)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSnapshot) snapshot = ami_scene_try (self, second, &error);

  g_assert_no_error (error);
  if (snapshot == NULL)
    return;

  self->n_taken++;
  td_centre_apply (self->centre, snapshot, &error);
  g_assert_no_error (error);
}

const TdQueueInfo *
ami_scene_find_queue (AmiScene   *self,
                      const char *id)
{
  TdQueue *queue = td_centre_find_queue (self->centre, id);

  g_assert_nonnull (queue);

  return td_queue_get_info (queue);
}

const TdAgentInfo *
ami_scene_find_agent (AmiScene   *self,
                      const char *id)
{
  TdAgent *agent = td_centre_find_agent (self->centre, id);

  g_assert_nonnull (agent);

  return td_agent_get_info (agent);
}
