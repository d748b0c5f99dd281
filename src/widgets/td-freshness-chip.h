/* td-freshness-chip.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TdFreshness:
 * @TD_FRESHNESS_CONNECTING: nothing was heard yet
 * @TD_FRESHNESS_LIVE: what is shown is now
 * @TD_FRESHNESS_STALE: what is shown is some seconds old
 * @TD_FRESHNESS_LOST: the source does not answer
 * @TD_FRESHNESS_REFUSED: the source refuses the credentials
 */
typedef enum {
  TD_FRESHNESS_CONNECTING,
  TD_FRESHNESS_LIVE,
  TD_FRESHNESS_STALE,
  TD_FRESHNESS_LOST,
  TD_FRESHNESS_REFUSED,
} TdFreshness;

#define TD_TYPE_FRESHNESS_CHIP (td_freshness_chip_get_type ())

/**
 * TdFreshnessChip:
 *
 * Says how old the numbers on the screen are: a mark whose shape differs for
 * each state, and a text. A screen reader hears of a change by itself.
 */
G_DECLARE_FINAL_TYPE (TdFreshnessChip, td_freshness_chip, TD, FRESHNESS_CHIP, GtkWidget)

GtkWidget  *td_freshness_chip_new (void);
TdFreshness td_freshness_chip_get_state (TdFreshnessChip *self);
const char *td_freshness_chip_get_text (TdFreshnessChip *self);
void        td_freshness_chip_set_state (TdFreshnessChip *self,
                                         TdFreshness      state,
                                         const char      *text);

/* Shows an open lock: what is shown went over the network in the open. What
 * that means belongs into the tooltip. */
void td_freshness_chip_set_open (TdFreshnessChip *self,
                                 gboolean         open);

/* The text that belongs to a state, translated: "Live", "12 s old",
 * "Lost 14:03". @age_ms and @last_good (µs since 1970) may be TD_UNKNOWN; @now
 * is by the clock of @last_good. */
char *td_freshness_format (TdFreshness state,
                           gint64      age_ms,
                           gint64      last_good,
                           gint64      now,
                           GTimeZone  *zone);

G_END_DECLS
