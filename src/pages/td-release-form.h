/* td-release-form.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-staff-plan.h"
#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_RELEASE_FORM (td_release_form_get_type ())

/**
 * TdReleaseForm:
 *
 * Where a shift lead announces agents who will leave: whose, how many, when;
 * and the list of what was announced here, each to be taken back.
 */
G_DECLARE_FINAL_TYPE (TdReleaseForm, td_release_form, TD, RELEASE_FORM, GtkWidget)

GtkWidget *td_release_form_new (void);
void       td_release_form_set_watch (TdReleaseForm *self,
                                      TdWatch       *watch);
void       td_release_form_show_plan (TdReleaseForm     *self,
                                      const TdStaffPlan *plan);

char *td_release_form_describe (const TdRelease *release,
                                GTimeZone       *zone);

G_END_DECLS
