/* td-alert-share.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-alert-board.h"

G_BEGIN_DECLS

#define TD_TYPE_ALERT_SHARE (td_alert_share_get_type ())

/**
 * TdAlertShare:
 *
 * Lets the programs that watch the same profile with the same settings know of
 * each other who has taken, put off or closed an alert: a wall beside a desk,
 * or two desks. They read one file, which may be on a folder that machines
 * share; it is read and written in a thread, so that one that hangs holds
 * nobody up. What is heard in other ways is taken up likewise. Belongs to the
 * main thread.
 *
 * TdAlertShare::changed: what td_alert_share_list() says may be another thing.
 */
G_DECLARE_FINAL_TYPE (TdAlertShare, td_alert_share, TD, ALERT_SHARE, GObject)

TdAlertShare *td_alert_share_new (TdAlertBoard *board,
                                  const char   *profile);
void          td_alert_share_hear (TdAlertShare *self,
                                   const char   *place,
                                   GPtrArray    *deeds);
GPtrArray    *td_alert_share_list (TdAlertShare *self);

G_END_DECLS
