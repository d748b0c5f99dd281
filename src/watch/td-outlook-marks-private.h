/* td-outlook-marks-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-history.h"
#include "td-local-day.h"

G_BEGIN_DECLS

void                 td_outlook_marks_leave_out (GPtrArray        *marks,
                                                 const TdLocalDay *day,
                                                 const char       *queue,
                                                 double           *calls);
gboolean             td_outlook_marks_begin_regime (GPtrArray         *marks,
                                                    const TdLocalDay  *day,
                                                    const char *const *queues);
const TdHistoryMark *td_outlook_marks_find (GPtrArray        *marks,
                                            const TdLocalDay *day,
                                            gboolean          regime);

G_END_DECLS
