/* td-own-days.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Days that a centre itself knows to be unlike others: a table of the date,
 * "2026-12-25", or "12-25" for every year, to the day's name; both owned. */

#define TD_OWN_DAYS_MAX 400

GHashTable *td_own_days_new (void);
GHashTable *td_own_days_copy (GHashTable *days);
gboolean    td_own_days_equal (GHashTable *a,
                               GHashTable *b);
char      **td_own_days_list (GHashTable *days);
GHashTable *td_own_days_find (GHashTable *days,
                              guint       from,
                              guint       to);

gboolean td_own_days_parse (const char *date,
                            guint      *year,
                            guint      *month,
                            guint      *day);
char    *td_own_days_format (guint year,
                             guint month,
                             guint day);

G_END_DECLS
