/* td-asterisk-settings.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-snapshot.h"

G_BEGIN_DECLS

/**
 * TdAsteriskSettings:
 * @title: (nullable): name of the centre
 * @timezone: (nullable): IANA name of the zone that the day follows; this machine's where it is %NULL
 * @service_level_ms: T, by which *answered in time* is counted
 * @service_level_target: 0…1
 * @short_abandon_ms: limit of a short abandon
 * @wrap_up_ms: the queues' wrap-up time, which the manager interface does not tell; 0 for none
 * @min_gap_ms: least time between two polls
 * @digest: sign in by HTTP digest
 *
 * What a profile says of an Asterisk centre. Immutable and atomically
 * ref-counted once handed out: the tracker reads it on a worker thread.
 */
typedef struct
{
  gatomicrefcount ref_count;

  char    *title;
  char    *timezone;
  gint64   service_level_ms;
  double   service_level_target;
  gint64   short_abandon_ms;
  gint64   wrap_up_ms;
  guint    min_gap_ms;
  gboolean digest;

  GHashTable *wrap_ups; /* queue id (string) -> milliseconds, where they differ from @wrap_up_ms */
  GHashTable *queues;   /* queue id (string) -> TdQueueInfo with name, hotline, reason, area */
  GHashTable *agents;   /* interface (string) -> TdAgentInfo with name, team, employer, place, seat, extension */

  GStringChunk *strings; /* (owned): the strings of both tables */
} TdAsteriskSettings;

TdAsteriskSettings *td_asterisk_settings_new (void);
TdAsteriskSettings *td_asterisk_settings_ref (TdAsteriskSettings *self);
void                td_asterisk_settings_unref (TdAsteriskSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdAsteriskSettings, td_asterisk_settings_unref)

void     td_asterisk_settings_add_queue (TdAsteriskSettings *self,
                                         const char         *id,
                                         const char         *name,
                                         const char         *hotline,
                                         const char         *reason,
                                         const char         *area);
void     td_asterisk_settings_set_wrap_up (TdAsteriskSettings *self,
                                           const char         *id,
                                           gint64              wrap_up_ms);
gint64   td_asterisk_settings_get_wrap_up (TdAsteriskSettings *self,
                                           const char         *id);
gboolean td_asterisk_settings_load_agents (TdAsteriskSettings *self,
                                           const char         *path,
                                           GError            **error);

G_END_DECLS
