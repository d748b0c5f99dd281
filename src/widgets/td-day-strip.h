/* td-day-strip.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-types.h"

G_BEGIN_DECLS

/**
 * TdStripSpan:
 * @start: µs since 1970
 * @end: µs since 1970, exclusive
 * @state: what the agent did
 * @on_hold: on a call, with the caller on hold
 * @text: (nullable): more of it: a reason, a queue
 */
typedef struct
{
  gint64       start;
  gint64       end;
  TdAgentState state;
  gboolean     on_hold;
  const char  *text;
} TdStripSpan;

#define TD_TYPE_DAY_STRIP (td_day_strip_get_type ())

/**
 * TdDayStrip:
 *
 * What an agent did in a day: a lane for each kind of state over the hours.
 * What nobody saw is hatched. The wheel and + and − zoom, arrows and dragging
 * move, 0 shows all of it.
 */
G_DECLARE_FINAL_TYPE (TdDayStrip, td_day_strip, TD, DAY_STRIP, GtkWidget)

GtkWidget *td_day_strip_new (void);
void       td_day_strip_set_spans (TdDayStrip        *self,
                                   const TdStripSpan *spans,
                                   guint              n_spans);
void       td_day_strip_set_range (TdDayStrip *self,
                                   gint64      from,
                                   gint64      to,
                                   gint64      now,
                                   GTimeZone  *zone);

G_END_DECLS
