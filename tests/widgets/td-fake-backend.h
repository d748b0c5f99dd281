/* td-fake-backend.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-backend.h"

G_BEGIN_DECLS

#define TD_TYPE_FAKE_BACKEND (td_fake_backend_get_type ())

/**
 * TdFakeBackend:
 *
 * A source that answers every poll at once with the same snapshot, and keeps
 * the same history; or that fails while an error is set.
 */
G_DECLARE_FINAL_TYPE (TdFakeBackend, td_fake_backend, TD, FAKE_BACKEND, GObject)

TdFakeBackend *td_fake_backend_new (TdSnapshot  *snapshot,
                                    TdIntervals *intervals);
void           td_fake_backend_set_failing (TdFakeBackend *self,
                                            gboolean       failing);

void td_fake_backend_set_actions (TdFakeBackend *self,
                                  guint          actions);

G_END_DECLS
