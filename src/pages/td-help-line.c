/* td-help-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-help-line.h"

#include <glib/gi18n.h>

#include "td-format.h"
#include "td-helpers.h"

static void
begin_part (GString *text)
{
  if (text->len > 0)
    g_string_append (text, " · ");
}

static void
append_paused (GString         *text,
               const TdHelpers *helpers,
               gint64           now)
{
  g_autofree char *age = td_format_age (helpers->paused_since, now, FALSE);

  begin_part (text);
  if (helpers->paused_too_long > 0)
    /* Translators: agents who are paused, and how many of them are longer than their pause may be. */
    g_string_append_printf (text, ngettext ("%u paused, %u too long", "%u paused, %u too long", helpers->paused), helpers->paused,
                            helpers->paused_too_long);
  else if (helpers->queue != NULL)
    /* Translators: agents who are paused. */
    g_string_append_printf (text, _ ("paused %u"), helpers->paused);
  else
    g_string_append_printf (text, ngettext ("%u paused, longest %s", "%u paused, longest %s", helpers->paused), helpers->paused, age);
}

/**
 * td_help_line_format:
 * @watch: what is watched
 * @now: the source's time, µs since 1970
 *
 * Returns: (transfer full): who could help now, on one line, the most useful first
 */
char *
td_help_line_format (TdWatch *watch,
                     gint64   now)
{
  g_autoptr (GString) text = g_string_new (NULL);
  TdHelpers helpers;

  g_return_val_if_fail (TD_IS_WATCH (watch), NULL);

  td_helpers_find (td_watch_get_centre (watch), td_watch_get_judge (watch), now, &helpers);
  if (helpers.queue != NULL)
    /* Translators: agents who could take a call, but serve none of the queues that callers wait in. */
    g_string_append_printf (text, ngettext ("%u free elsewhere", "%u free elsewhere", helpers.available), helpers.available);
  else
    g_string_append_printf (text, ngettext ("%u available now", "%u available now", helpers.available), helpers.available);
  if (helpers.paused > 0)
    append_paused (text, &helpers, now);
  if (helpers.absent > 0)
    {
      begin_part (text);
      /* Translators: agents who are not signed in although their shift goes on. */
      g_string_append_printf (text, ngettext ("%u absent from the shift", "%u absent from the shift", helpers.absent), helpers.absent);
    }
  if (helpers.unreachable > 0)
    {
      begin_part (text);
      g_string_append_printf (text, ngettext ("%u unreachable", "%u unreachable", helpers.unreachable), helpers.unreachable);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
