/* td-alert-deeds.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-alert-board.h"

G_BEGIN_DECLS

/* What was done longer ago is nobody's business any more. */
#define TD_ALERT_DEEDS_KEPT_US (12 * G_TIME_SPAN_HOUR)

/* A file holds no more of them. */
#define TD_ALERT_DEEDS_MAX 100

/* A deed names no more of what it is of. */
#define TD_ALERT_DEED_MAX_PARTS 50

/* Who did it and why, where that is not told: a deed has both. */
#define TD_ALERT_DEED_UNNAMED "…"

/**
 * TdAlertDeed:
 * @desk: which program tells it; each has a name of its own
 * @incident: the incident's id there
 * @started: when it began there, µs since 1970, by the source's clock
 * @parts: (array zero-terminated=1): what it is of, a rule and a target each
 * @action: what was done last, by a person
 *
 * What was done with an incident at one desk, for other programs that watch the
 * same centre: each raises its own incidents from what it sees, with ids of its
 * own, so one is known by what it is of. A plain value that owns its parts.
 */
typedef struct
{
  char             *desk;
  gint64            incident;
  gint64            started;
  char            **parts;
  TdIncidentAction *action;
} TdAlertDeed;

TdAlertDeed *td_alert_deed_new (const char             *desk,
                                TdIncident             *incident,
                                const TdIncidentAction *action);
TdAlertDeed *td_alert_deed_copy (const TdAlertDeed *self);
void         td_alert_deed_free (TdAlertDeed *self);
gboolean     td_alert_deed_is_of (const TdAlertDeed *self,
                                  TdIncident        *incident);
gboolean     td_alert_deed_repeat (const TdAlertDeed *self,
                                   TdAlertBoard      *board,
                                   TdIncident        *incident);

/* How a deed is called in files and on the way. */
const char *td_alert_deed_get_word (const TdAlertDeed *self);
gboolean    td_alert_deed_find_event (const char      *word,
                                      TdIncidentEvent *event);

char      *td_alert_deeds_get_path (const char *profile);
char      *td_alert_deeds_get_lock_path (const char *path);
GPtrArray *td_alert_deeds_new (void);
GPtrArray *td_alert_deeds_copy (GPtrArray *deeds);
GPtrArray *td_alert_deeds_load (const char *path,
                                GError    **error);
gboolean   td_alert_deeds_save (const char *path,
                                GPtrArray  *deeds,
                                GError    **error);
GPtrArray *td_alert_deeds_tell (const char *path,
                                const char *desk,
                                GPtrArray  *own,
                                GError    **error);
gboolean   td_alert_deeds_drop (GPtrArray  *deeds,
                                const char *desk,
                                gint64      incident);
void       td_alert_deeds_put (GPtrArray   *deeds,
                               TdAlertDeed *deed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdAlertDeed, td_alert_deed_free)

G_END_DECLS
