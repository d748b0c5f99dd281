/* td-centre-faults.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-api-server.h"

G_BEGIN_DECLS

/**
 * TdCentreFaults:
 *
 * Lets a server answer badly on purpose, so that a screen can be tried against
 * every way in which a source goes wrong. One fault is in force at a time, for
 * requests below "/v1/". Belongs to the main thread.
 *
 * "none"; "slow": a right answer after the given seconds; "drip": a right
 * answer, a byte a second; "401", "500", "503" (with Retry-After: the given
 * seconds); "truncated": JSON that breaks off; "wrong-types": JSON of other
 * types than agreed; "huge": more than 64 MiB; "html": a page instead of JSON;
 * "closed": the connection is closed without an answer; "cut": it is closed in
 * the midst of the headers; "clock": every time is late by the given seconds;
 * "backwards": a lower revision of the same instance.
 */
typedef struct _TdCentreFaults TdCentreFaults;

TdCentreFaults *td_centre_faults_new (TdApiServer *server,
                                      TdCentre    *centre);
void            td_centre_faults_free (TdCentreFaults *self);

const char *const *td_centre_faults_get_names (void);
const char        *td_centre_faults_get_active (TdCentreFaults *self);
guint              td_centre_faults_get_count (TdCentreFaults *self);
double             td_centre_faults_get_seconds (TdCentreFaults *self);

/* @seconds is used by "slow" and "503", 0 for 5, and by "clock", 0 for an hour; after @count answers the fault
 * ends, 0 for never. FALSE where @name is no fault. */
gboolean td_centre_faults_set (TdCentreFaults *self,
                               const char     *name,
                               double          seconds,
                               guint           count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdCentreFaults, td_centre_faults_free)

G_END_DECLS
