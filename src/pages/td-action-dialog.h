/* td-action-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-action.h"
#include "td-centre.h"

G_BEGIN_DECLS

/* What a person is asked before an action, and told after it. */

/* @action lives during the call. */
typedef void (*TdActionChosenFunc) (const TdAction *action,
                                    gpointer        user_data);

const char *td_action_dialog_get_title (TdActionKind kind);
char       *td_action_dialog_format_done (const TdAction *action,
                                          TdCentre       *centre,
                                          TdAgent        *agent);
char       *td_action_dialog_format_people (TdAgent   *agent,
                                            GPtrArray *others);
void        td_action_dialog_ask (GtkWidget         *parent,
                                  TdActionKind       kind,
                                  TdCentre          *centre,
                                  TdAgent           *agent,
                                  GPtrArray         *others,
                                  const char        *extension,
                                  TdActionChosenFunc callback,
                                  gpointer           user_data,
                                  GDestroyNotify     destroy);
void        td_action_dialog_show_error (GtkWidget    *parent,
                                         const GError *error,
                                         TdActionKind  kind,
                                         const char   *agent_name);

G_END_DECLS
