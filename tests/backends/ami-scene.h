/* ami-scene.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-asterisk-tracker.h"
#include "td-centre.h"

G_BEGIN_DECLS

#define AMI_SCENE_NOON G_GINT64_CONSTANT (1795348800) /* 2026-11-22 12:00 UTC, s */

/**
 * AmiScene:
 *
 * A small centre that a test plays by hand: what its server would say is put
 * together and taken through the tracker into the model.
 */
typedef struct
{
  TdAsteriskSettings *settings;
  TdAsteriskTracker  *tracker;
  TdCentre           *centre;
  GString            *queue_status; /* of the next poll */
  GString            *events;
  GString            *status;
  char               *core_start; /* (nullable) */
  guint               n_taken;    /* snapshots that changed something */
} AmiScene;

void ami_scene_set_up (AmiScene     *self,
                       gconstpointer data);
void ami_scene_tear_down (AmiScene     *self,
                          gconstpointer data);

void ami_scene_queue (AmiScene   *self,
                      const char *id,
                      guint       completed,
                      guint       abandoned,
                      const char *rest);
void ami_scene_member (AmiScene   *self,
                       const char *queue,
                       const char *interface,
                       guint       status,
                       const char *rest);
void ami_scene_caller (AmiScene   *self,
                       const char *queue,
                       const char *id,
                       guint       wait_s);
void ami_scene_event (AmiScene   *self,
                      const char *name,
                      double      second,
                      const char *queue,
                      const char *caller,
                      const char *rest);
void ami_scene_member_event (AmiScene   *self,
                             const char *name,
                             double      second,
                             const char *queue,
                             const char *interface,
                             guint       status,
                             const char *rest);

TdSnapshot *ami_scene_try (AmiScene *self,
                           double    second,
                           GError  **error);
void        ami_scene_take (AmiScene *self,
                            double    second);

const TdQueueInfo *ami_scene_find_queue (AmiScene   *self,
                                         const char *id);
const TdAgentInfo *ami_scene_find_agent (AmiScene   *self,
                                         const char *id);
gint64             ami_scene_time (double second);

G_END_DECLS
