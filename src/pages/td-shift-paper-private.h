/* td-shift-paper-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-shift-paper.h"

G_BEGIN_DECLS

#define TD_SHIFT_LEFT TD_PAPER_MARGIN
#define TD_SHIFT_WIDTH (TD_PAPER_WIDTH - 2 * TD_PAPER_MARGIN)

/* As much of a section stays with its heading. */
#define TD_SHIFT_HEAD_ROOM 60.0

/* What a sheet is written with; its parts are written one below the other. */
typedef struct
{
  const TdShiftSheet *sheet;
  TdPaper            *paper;
  GTimeZone          *zone;
} TdShiftWriter;

void td_shift_writer_begin_section (TdShiftWriter *self,
                                    const char    *title,
                                    double         height);
void td_shift_writer_write_events (TdShiftWriter *self);

G_END_DECLS
