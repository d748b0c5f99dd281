/* td-format.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-metrics.h"

G_BEGIN_DECLS

/* Numbers in words and digits for people, in the language of the interface.
 * Unknown (TD_UNKNOWN, NAN) is "—". Separators come from the translation, not
 * from the C locale. All return (transfer full) strings. */

char *td_format_count (gint64 count); /* 1,041   1.041 */
char *td_format_decimal (double value,
                         int    decimals); /* 22.6   22,6 */
char *td_format_percent (double fraction,
                         int    decimals); /* 82.0 %  82,0 % */
char *td_format_calls (double calls);   /* 176, from an expected number */
char *td_format_deviation (double   deviation,
                           gboolean is_out); /* +9 %, ▲ +32 %, ▼ −41 % */
char *td_format_range (double low,
                       double high);         /* 141–211 */
char *td_format_duration (gint64 ms);        /* 0:48, 4:12, 1:02:03 */
char *td_format_duration_s (double seconds); /* the same, from seconds */
char *td_format_duration_spoken (gint64 ms); /* "4 minutes 12 seconds", for screen readers */
char *td_format_short_span (gint64 ms);      /* 15″, 62′, 17 h */
char *td_format_age (gint64   since,
                     gint64   now,
                     gboolean inexact); /* "4:12", "≥ 4:12" */
char *td_format_clock (gint64     time,
                       GTimeZone *zone); /* 14:05 */
char *td_format_moment (gint64     time,
                        gint64     now,
                        GTimeZone *zone); /* 14:05, 20/11 14:05 */

char *td_format_estimate (const char *number,
                          gboolean    estimated); /* "≈ 1,041" where it is one */

const char *td_format_state (TdAgentState state); /* "on call" / "đang nghe" */
const char *td_format_place (TdPlace place);
const char *td_format_service_level_formula (TdServiceLevelFormula formula);
const char *td_format_why_estimated (void);

G_END_DECLS
