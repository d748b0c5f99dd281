/* td-palette.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-types.h"

G_BEGIN_DECLS

/**
 * TdSeverity:
 * @TD_SEVERITY_NORMAL: as it should be, or nothing to judge by
 * @TD_SEVERITY_AMBER: out of the normal; watch it
 * @TD_SEVERITY_RED: needs a person
 */
typedef enum {
  TD_SEVERITY_NORMAL,
  TD_SEVERITY_AMBER,
  TD_SEVERITY_RED,
} TdSeverity;

/* Names of the colours that data/style.css defines; C code holds none. */

const char *td_palette_state_colour (TdAgentState state); /* "td_on_call" */
const char *td_palette_state_class (TdAgentState state);  /* "state-on-call" */
const char *td_palette_severity_class (TdSeverity severity);

void td_palette_lookup (GtkWidget  *widget,
                        const char *name,
                        GdkRGBA    *colour);

/* Leaves exactly one of the severity's classes on @widget. */
void td_palette_set_severity (GtkWidget *widget,
                              TdSeverity severity);

G_END_DECLS
