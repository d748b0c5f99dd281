/* td-agents-form.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-agent-judge.h"
#include "td-profile.h"

G_BEGIN_DECLS

#define TD_TYPE_AGENTS_FORM (td_agents_form_get_type ())

/**
 * TdAgentsForm:
 *
 * By what agents are judged: how long a state or a pause may last, what speaks
 * against somebody who says that calls can come, and what is too much work.
 *
 * TdAgentsForm::changed: something else was entered
 */
G_DECLARE_FINAL_TYPE (TdAgentsForm, td_agents_form, TD, AGENTS_FORM, AdwPreferencesPage)

GtkWidget *td_agents_form_new (void);
void       td_agents_form_set_profile (TdAgentsForm    *self,
                                       const TdProfile *profile,
                                       TdAgentJudge    *judge);
void       td_agents_form_read (TdAgentsForm *self,
                                TdProfile    *profile);

G_END_DECLS
