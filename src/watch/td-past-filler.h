/* td-past-filler.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-backend.h"
#include "td-centre.h"
#include "td-history.h"
#include "td-poller.h"

G_BEGIN_DECLS

#define TD_PAST_FILLER_DAYS 400

#define TD_TYPE_PAST_FILLER (td_past_filler_get_type ())

/**
 * TdPastFiller:
 *
 * Asks the source for what the history does not have: the last 400 days, as
 * far as the source knows them, the newest first, a piece at a time. Belongs
 * to the main thread.
 *
 * TdPastFiller::filled is emitted when new past is in the history: soon after
 * the first piece, then ever more seldom, and at the end.
 */
G_DECLARE_FINAL_TYPE (TdPastFiller, td_past_filler, TD, PAST_FILLER, GObject)

TdPastFiller *td_past_filler_new (TdBackend *backend,
                                  TdPoller  *poller,
                                  TdCentre  *centre,
                                  TdHistory *history);
void          td_past_filler_fill (TdPastFiller *self);
void          td_past_filler_set_held (TdPastFiller *self,
                                       gboolean      held);
void          td_past_filler_stop (TdPastFiller *self);
gboolean      td_past_filler_get_filling (TdPastFiller *self);

G_END_DECLS
