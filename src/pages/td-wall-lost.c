/* td-wall-lost.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-lost.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "td-format.h"
#include "td-wall-page.h"

static void
draw_hatches (TdWallPaint           *paint,
              const graphene_rect_t *rect)
{
  double   step = 2 * rect->size.height;
  GdkRGBA  colour;
  cairo_t *cr;

  td_wall_paint_fill (paint, rect, 0, "td_wall_alarm_dark");
  td_wall_paint_get_colour (paint, "td_wall_alarm", &colour);
  cr = gtk_snapshot_append_cairo (td_wall_paint_get_snapshot (paint), rect);
  gdk_cairo_set_source_rgba (cr, &colour);
  for (double x = -step; x < rect->size.width + step; x += step)
    {
      cairo_move_to (cr, rect->origin.x + x, rect->origin.y + rect->size.height);
      cairo_rel_line_to (cr, rect->size.height, -rect->size.height);
      cairo_rel_line_to (cr, step / 2, 0);
      cairo_rel_line_to (cr, -rect->size.height, rect->size.height);
      cairo_close_path (cr);
    }
  cairo_fill (cr);
  cairo_destroy (cr);
}

/* A tall screen has no room beside each other for how long and what is done about it. */
static void
draw_lines (TdWallPaint           *paint,
            const graphene_rect_t *rect,
            const char            *text,
            const TdWallStyle     *style)
{
  g_auto (GStrv) lines = g_strsplit (text, " · ", 2);
  guint  n = g_strv_length (lines);
  double height = MIN (1.6 * style->size, rect->size.height / MAX (n, 1));

  for (guint i = 0; i < n; i++)
    td_wall_paint_text (paint, &TD_WALL_RECT (rect->origin.x, rect->origin.y + i * height, rect->size.width, height), lines[i], style);
}

/* Where the space next to the middle of @text is, or %NULL. */
static const char *
find_middle (const char *text)
{
  const char *best = NULL;
  glong       length = g_utf8_strlen (text, -1), least = length;

  for (const char *at = strchr (text, ' '); at != NULL; at = strchr (at + 1, ' '))
    {
      glong off = ABS (2 * g_utf8_pointer_to_offset (text, at) - length);

      if (best == NULL || off < least)
        {
          best = at;
          least = off;
        }
    }

  return best;
}

/* One line of a tall screen would be small: it has two. */
static void
draw_title (TdWallPaint           *paint,
            const graphene_rect_t *rect,
            const char            *title,
            const TdWallStyle     *style)
{
  const char *middle = rect->size.width < td_wall_paint_get_height (paint) ? find_middle (title) : NULL;

  if (middle == NULL)
    {
      td_wall_paint_text (paint, rect, title, style);
      return;
    }

  g_autofree char *first = g_strndup (title, (gsize)(middle - title));
  double           width = MAX (td_wall_paint_measure (paint, first, style), td_wall_paint_measure (paint, middle + 1, style));
  TdWallStyle      own = *style;

  own.size = floor (own.size * MIN (rect->size.width / MAX (width + 1, 1), 1));
  td_wall_paint_paragraph (paint, rect, title, &own);
}

/* In the place of every page there is none, to be read from 8 m. */
static void
draw_words (TdWallPaint           *paint,
            const graphene_rect_t *area,
            const char            *title,
            const char            *since,
            const char            *detail)
{
  double           unit = td_wall_paint_get_height (paint);
  double           bar = round (0.041 * unit), side = round (0.045 * unit);
  double           x = area->origin.x + side, width = area->size.width - 2 * side;
  double           y = area->origin.y + bar, height = area->size.height - 2 * bar;
  TdWallStyle      big = { round (0.18 * unit), TRUE, FALSE, TD_WALL_ALIGN_CENTRE, "td_wall_text" };
  TdWallStyle      bigger = { round (0.28 * unit), TRUE, FALSE, TD_WALL_ALIGN_CENTRE, "td_wall_text" };
  TdWallStyle      small = { round (0.052 * unit), FALSE, FALSE, TD_WALL_ALIGN_CENTRE, "td_wall_secondary" };
  g_autofree char *key = g_strdup_printf ("lost %s|%s|%s", title, since, detail);

  if (!td_wall_paint_begin_part (paint, key))
    return;

  draw_hatches (paint, &TD_WALL_RECT (area->origin.x, area->origin.y, area->size.width, bar));
  draw_hatches (paint, &TD_WALL_RECT (area->origin.x, area->origin.y + area->size.height - bar, area->size.width, bar));
  draw_title (paint, &TD_WALL_RECT (x, y + 0.03 * height, width, 0.37 * height), title, &big);
  td_wall_paint_text (paint, &TD_WALL_RECT (x, y + 0.42 * height, width, 0.32 * height), since, &bigger);
  /* Without a time the reason has its room too. */
  if (since == NULL)
    td_wall_paint_paragraph (paint, &TD_WALL_RECT (x, y + 0.46 * height, width, 0.48 * height), detail, &small);
  else if (area->size.width < unit)
    draw_lines (paint, &TD_WALL_RECT (x, y + 0.77 * height, width, 0.2 * height), detail, &small);
  else
    td_wall_paint_text (paint, &TD_WALL_RECT (x, y + 0.79 * height, width, 0.14 * height), detail, &small);
  td_wall_paint_end_part (paint);
}

/* What has been going on for so long, in words. */
static char *
format_span (gint64 seconds)
{
  int days = (int)(seconds / 86400), hours = (int)(seconds / 3600 % 24);
  int minutes = (int)(seconds / 60 % 60), rest = (int)(seconds % 60);

  if (days > 0)
    return g_strdup_printf (_ ("%d d %d h"), days, hours);
  if (hours > 0)
    return g_strdup_printf (_ ("%d h %d min"), hours, minutes);
  if (minutes > 0)
    return g_strdup_printf (_ ("%d min %d s"), minutes, rest);

  return g_strdup_printf (_ ("%d s"), rest);
}

/**
 * td_wall_lost_get_reason:
 * @watch: (nullable): what gives nothing to show
 *
 * Returns: (transfer none) (nullable): what went wrong, translated, where the
 *   page that is drawn says since when in the place of that
 */
const char *
td_wall_lost_get_reason (TdWatch *watch)
{
  gint64 now;

  g_return_val_if_fail (watch == NULL || TD_IS_WATCH (watch), NULL);

  if (watch == NULL || !TD_IS_KNOWN (td_watch_get_last_heard (watch, &now)))
    return NULL;

  return td_poller_get_error_message (td_watch_get_poller (watch));
}

/**
 * td_wall_lost_draw:
 * @paint: a painter
 * @area: the screen above its foot
 * @watch: (nullable): what gives nothing to show
 * @trouble: (nullable): why there is no watch, translated
 *
 * Draws in the place of every page that there is none, since when, and what is
 * done about it.
 */
void
td_wall_lost_draw (TdWallPaint           *paint,
                   const graphene_rect_t *area,
                   TdWatch               *watch,
                   const char            *trouble)
{
  TdPoller        *poller = watch != NULL ? td_watch_get_poller (watch) : NULL;
  gint64           now = 0, last = watch != NULL ? td_watch_get_last_heard (watch, &now) : TD_UNKNOWN;
  const char      *reason = poller != NULL ? td_poller_get_error_message (poller) : NULL;
  TdHealth         health = poller != NULL ? td_poller_get_health (poller) : TD_HEALTH_CONNECTING;
  guint            n_tries = poller != NULL ? td_poller_get_n_failures (poller) : 0;
  g_autofree char *since = NULL;
  g_autofree char *detail = NULL;

  if (trouble != NULL)
    {
      draw_words (paint, area, _ ("NO DATA"), NULL, trouble);
      return;
    }
  if (health == TD_HEALTH_CONNECTING && reason == NULL)
    {
      draw_words (paint, area, _ ("CONNECTING"), NULL, NULL);
      return;
    }

  if (TD_IS_KNOWN (last))
    {
      GTimeZone       *zone = td_centre_get_timezone (td_watch_get_centre (watch));
      g_autofree char *clock = td_format_moment (last, now, zone);
      g_autofree char *span = format_span (MAX (td_poller_get_age_ms (poller), 0) / 1000);

      /* Translators: there is no data since this time of day, or day and time; as large as the screen. */
      since = g_strdup_printf (_ ("since %s"), clock);
      if (health == TD_HEALTH_REFUSED)
        detail = g_strdup_printf (_ ("for %s · the source refuses this wall"), span);
      else
        /* Translators: how long there has been no data; how often the source was asked in vain. */
        detail = g_strdup_printf (_ ("for %s · trying again, attempt %u"), span, n_tries);
    }
  else
    detail = g_strdup (reason);
  draw_words (paint, area, _ ("NO DATA"), since, detail);
}
