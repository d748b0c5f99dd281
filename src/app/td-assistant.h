/* td-assistant.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TD_TYPE_ASSISTANT (td_assistant_get_type ())

/**
 * TdAssistant:
 *
 * Asks for what has to be known of a centre, tests the connection, and keeps
 * it all as a profile.
 *
 * TdAssistant::finished: (const char *name) the profile of this name was made
 */
G_DECLARE_FINAL_TYPE (TdAssistant, td_assistant, TD, ASSISTANT, AdwWindow)

TdAssistant *td_assistant_new (GtkWindow *parent);

G_END_DECLS
