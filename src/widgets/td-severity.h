/* td-severity.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-verdict.h"
#include "td-palette.h"

G_BEGIN_DECLS

/**
 * TD_WAIT_LIMIT_MS:
 *
 * How long a caller may wait before it needs a person, in ms.
 */
#define TD_WAIT_LIMIT_MS (2 * 60 * 1000)

/* The rules by which a number is judged while there is no record of what is
 * normal. Pure functions; what is unknown is normal. */

TdSeverity td_severity_of_wait (gint64 ms);
TdSeverity td_severity_of_service_level (double level,
                                         double target);
TdSeverity td_severity_of_waiting (gint64 waiting,
                                   gint64 beyond,
                                   guint  available,
                                   guint  serving);
TdSeverity td_severity_of_serving (guint  serving,
                                   guint  available,
                                   gint64 waiting);
TdSeverity td_severity_of_staffing (guint serving,
                                    guint needed);
TdSeverity td_severity_of_need (TdAgentNeed need);

const char *td_severity_format (TdSeverity severity);

G_END_DECLS
