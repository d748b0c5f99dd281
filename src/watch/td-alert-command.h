/* td-alert-command.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TD_ALERT_COMMAND_MAX_WAITING 100
#define TD_ALERT_COMMAND_MAX_OUTPUT 4096 /* bytes that are kept of what a run writes */
#define TD_ALERT_COMMAND_DEADLINE_MS (30 * 1000)

#define TD_TYPE_ALERT_COMMAND (td_alert_command_get_type ())

/**
 * TdAlertCommand:
 *
 * Runs a program of the person's own for each alert, with the alert's JSON on
 * its standard input: no shell, one at a time and in order, none longer than
 * its time. What waits is lost with the program; the webhook's outbox is for
 * what must not be. Main thread.
 *
 * TdAlertCommand::ended: (const char *output, GError *error) a run is over,
 *   with an error where it did not end well. @output is what it wrote, valid
 *   UTF-8, at most %TD_ALERT_COMMAND_MAX_OUTPUT bytes of it.
 */
G_DECLARE_FINAL_TYPE (TdAlertCommand, td_alert_command, TD, ALERT_COMMAND, GObject)

TdAlertCommand *td_alert_command_new (const char *const *argv,
                                      guint              deadline_ms);
void            td_alert_command_run (TdAlertCommand *self,
                                      GBytes         *body);
void            td_alert_command_stop (TdAlertCommand *self);
guint           td_alert_command_get_n_waiting (TdAlertCommand *self);

G_END_DECLS
