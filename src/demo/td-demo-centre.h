/* td-demo-centre.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-api-server.h"
#include "td-centre-options.h"

G_BEGIN_DECLS

/**
 * TdDemoCentre:
 *
 * A simulated call centre that runs by the clock, behind a real server. Beside
 * supervision API v1 it offers:
 *
 * GET  /demo           how it stands: {"scenario","scenarios","speed","at","fault","actions"}
 * POST /demo/scenario  {"scenario": NAME}: play something else from now on
 * POST /demo/speed     {"speed": FACTOR}: 0 for standing still, up to 3600
 * POST /demo/fault     {"fault": NAME, "seconds": S, "count": N}: see TdCentreFaults
 *
 * Each answers with how it stands then; a POST needs a token that may act.
 * Belongs to the main thread.
 */
typedef struct _TdDemoCentre TdDemoCentre;

TdDemoCentre *td_demo_centre_new (const TdCentreOptions *options,
                                  GError               **error);
void          td_demo_centre_free (TdDemoCentre *self);

TdApiServer *td_demo_centre_get_server (TdDemoCentre *self);
gboolean     td_demo_centre_start (TdDemoCentre *self,
                                   GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdDemoCentre, td_demo_centre_free)

G_END_DECLS
