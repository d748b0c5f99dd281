/* td-shift-tally-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-past-day.h"
#include "td-shift-sheet.h"

G_BEGIN_DECLS

/* Minutes before a shift that its first rates are counted from. */
#define TD_SHIFT_LEAD (TD_SHIFT_WINDOW - 1)

/**
 * TdShiftTally:
 *
 * Adds up what is read of a shift, piece by piece, into its sheet. One thread
 * at a time.
 */
typedef struct _TdShiftTally TdShiftTally;

TdShiftTally *td_shift_tally_new (TdCentre     *centre,
                                  TdShiftSheet *sheet);
void          td_shift_tally_free (TdShiftTally *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdShiftTally, td_shift_tally_free)

TdShiftSheet *td_shift_tally_get_sheet (TdShiftTally *self);
void          td_shift_tally_add_minutes (TdShiftTally *self,
                                          TdIntervals  *intervals);
void          td_shift_tally_add_spans (TdShiftTally     *self,
                                        TdHistoryRecords *records,
                                        gint64            from,
                                        gint64            to);
void          td_shift_tally_add_samples (TdShiftTally     *self,
                                          TdHistoryRecords *records);
void          td_shift_tally_sum (TdShiftTally *self);
void          td_shift_tally_add_normal (TdShiftTally *self,
                                         TdOutlook    *outlook,
                                         TdPastDay    *day,
                                         gint64        start,
                                         guint         n_minutes);
void          td_shift_tally_add_marks (TdShiftTally *self,
                                        GPtrArray    *marks);
TdShiftSheet *td_shift_tally_end (TdShiftTally *self);

G_END_DECLS
