/* td-severity-mark.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-palette.h"

G_BEGIN_DECLS

#define TD_TYPE_SEVERITY_MARK (td_severity_mark_get_type ())

/**
 * TdSeverityMark:
 *
 * A diamond for amber, a triangle with ! for red, nothing for normal. Keeps
 * its room, so that nothing jumps when it appears. What is only worth a notice
 * has a ring.
 */
G_DECLARE_FINAL_TYPE (TdSeverityMark, td_severity_mark, TD, SEVERITY_MARK, GtkWidget)

GtkWidget *td_severity_mark_new (void);
TdSeverity td_severity_mark_get_severity (TdSeverityMark *self);
void       td_severity_mark_set_severity (TdSeverityMark *self,
                                          TdSeverity      severity);
void       td_severity_mark_set_notice (TdSeverityMark *self,
                                        gboolean        is_notice);

G_END_DECLS
