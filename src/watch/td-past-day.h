/* td-past-day.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-outlook.h"

G_BEGIN_DECLS

#define TD_TYPE_PAST_DAY (td_past_day_get_type ())

/**
 * TdPastDay:
 *
 * A day that has passed, as the history remembers it, minute by minute, for
 * each stream of calls; and what was normal for it, learnt from the days
 * before it alone. Immutable once it is read. Belongs to the main thread.
 */
G_DECLARE_FINAL_TYPE (TdPastDay, td_past_day, TD, PAST_DAY, GObject)

void       td_past_day_read_async (TdOutlook          *outlook,
                                   guint               julian,
                                   gboolean            with_normal,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
TdPastDay *td_past_day_read_finish (TdOutlook    *outlook,
                                    GAsyncResult *result,
                                    GError      **error);

guint    td_past_day_get_julian (TdPastDay *self);
gint64   td_past_day_get_start (TdPastDay *self);
guint    td_past_day_get_n_minutes (TdPastDay *self);
gboolean td_past_day_is_empty (TdPastDay *self);
gboolean td_past_day_has_normal (TdPastDay *self);
void     td_past_day_get_rates (TdPastDay   *self,
                                TdStreamKind kind,
                                const char  *id,
                                guint        window,
                                double      *rates,
                                guint        n_minutes);
void     td_past_day_get_normal (TdPastDay      *self,
                                 TdStreamKind    kind,
                                 const char     *id,
                                 guint           window,
                                 TdOutlookRange *ranges,
                                 guint           n_minutes);
void     td_past_day_get_normal_of (TdPastDay      *self,
                                    TdStreamKind    kind,
                                    const char     *id,
                                    const gboolean *wanted,
                                    guint           n_minutes,
                                    TdOutlookRange *range);
guint    td_past_day_get_days_learnt (TdPastDay *self);

G_END_DECLS
