/* td-bad-answers.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Right answers of the supervision API made wrong. Each takes the JSON of one
 * and returns the JSON of another, and leaves what it does not understand as
 * it is. Pure. */

GBytes *td_bad_answers_change_types (GBytes *json);
GBytes *td_bad_answers_shift_times (GBytes    *json,
                                    gint64     shift_us,
                                    GTimeZone *zone);
GBytes *td_bad_answers_lower_revision (GBytes *json);

G_END_DECLS
