/* td-page-health.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-page-health.h"

static void
set_class (GtkWidget  *widget,
           const char *css_class,
           gboolean    has)
{
  if (gtk_widget_has_css_class (widget, css_class) == has)
    return;

  if (has)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

/**
 * td_page_show_health:
 * @page: a page
 * @watch: what it shows
 *
 * Gives @page the CSS class "stale" or "lost", which grey its numbers, after
 * the health of @watch. Why, and since when, is the window's to say.
 */
void
td_page_show_health (GtkWidget *page,
                     TdWatch   *watch)
{
  TdHealth health;

  g_return_if_fail (GTK_IS_WIDGET (page));
  g_return_if_fail (TD_IS_WATCH (watch));

  health = td_poller_get_health (td_watch_get_poller (watch));
  set_class (page, "stale", health == TD_HEALTH_STALE);
  set_class (page, "lost", health == TD_HEALTH_LOST || health == TD_HEALTH_REFUSED);
}
