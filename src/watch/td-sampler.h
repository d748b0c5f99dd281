/* td-sampler.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"
#include "td-history.h"

G_BEGIN_DECLS

#define TD_TYPE_SAMPLER (td_sampler_get_type ())

/**
 * TdSampler:
 *
 * Writes what is to be seen of each queue into the history, at most once a
 * second: waiting, longest wait, serving. A queue of which all of this is as
 * before is written once a minute; where the time between two samples of a
 * queue is longer than that, nobody looked. Belongs to the main thread.
 */
G_DECLARE_FINAL_TYPE (TdSampler, td_sampler, TD, SAMPLER, GObject)

TdSampler *td_sampler_new (TdCentre  *centre,
                           TdHistory *history);
void       td_sampler_observe (TdSampler *self,
                               gint64     at);

G_END_DECLS
