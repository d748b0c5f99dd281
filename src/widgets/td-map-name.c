/* td-map-name.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-name.h"

#include <string.h>

/* Letters of so many words, and so many digits of a number. */
#define MOST_INITIALS 2
#define MOST_DIGITS 4

static const char *
find_last_words (const char *title,
                 guint       n_words)
{
  const char *from = title + strlen (title);

  for (guint n = 0; from > title;)
    {
      const char *before = g_utf8_find_prev_char (title, from);

      if (before == NULL || (*before == ' ' && ++n == n_words))
        break;
      from = before;
    }

  return from;
}

/**
 * td_map_name_dup_initials:
 * @title: a name, or what else stands for it
 *
 * Returns: (transfer full): the first letters of the last words of @title in
 *   capitals; of a number its digits: “TH” of “Nguyễn Thị Thu Hương”, “A12” of
 *   “Agent 12”
 */
char *
td_map_name_dup_initials (const char *title)
{
  GString *initials = g_string_new (NULL);
  gboolean begins = TRUE;
  guint    n_digits = 0;

  for (const char *p = find_last_words (title, MOST_INITIALS); *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c) && n_digits < MOST_DIGITS && (begins || n_digits > 0))
        {
          g_string_append_unichar (initials, c);
          n_digits++;
        }
      else if (begins && g_unichar_isalpha (c))
        g_string_append_unichar (initials, g_unichar_toupper (c));
      begins = !g_unichar_isalnum (c) && !g_unichar_ismark (c);
    }

  return g_string_free (initials, FALSE);
}

static int
measure (PangoLayout *layout,
         const char  *text)
{
  int width;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

/**
 * td_map_name_find_fitting:
 * @painter: who draws it
 * @title: a name
 * @size: of its font in pixels, as in td_map_painter_create_text()
 * @bold: whether it is bold
 * @width: the room there is, pixels
 *
 * Returns: (transfer none): all of it, or as many of its last words as fit, and
 *   the very last one if it does not
 */
const char *
td_map_name_find_fitting (TdMapPainter *painter,
                          const char   *title,
                          double        size,
                          gboolean      bold,
                          int           width)
{
  g_autoptr (PangoLayout) layout = td_map_painter_create_text (painter, title, size, bold, -1);
  const char *from = title;

  if (td_map_painter_get_masked (painter))
    return TD_MAP_NAME_MASKED;

  while (measure (layout, from) > width)
    {
      const char *next = strchr (from, ' ');

      if (next == NULL || next[1] == '\0')
        break;
      from = next + 1;
    }

  return from;
}

/**
 * td_map_name_dup_fitting:
 * @painter: who draws it
 * @title: a name
 * @size: of its font in pixels, as in td_map_painter_create_text()
 * @bold: whether it is bold
 * @width: the room there is, pixels
 *
 * Returns: (transfer full): as td_map_name_find_fitting(), but initials where
 *   the last word does not fit and they do
 */
char *
td_map_name_dup_fitting (TdMapPainter *painter,
                         const char   *title,
                         double        size,
                         gboolean      bold,
                         int           width)
{
  const char      *words = td_map_name_find_fitting (painter, title, size, bold, width);
  g_autofree char *initials = td_map_name_dup_initials (title);
  g_autoptr (PangoLayout) layout = td_map_painter_create_text (painter, words, size, bold, -1);

  if (!td_map_painter_get_masked (painter) && measure (layout, words) > width && initials[0] != '\0' && measure (layout, initials) <= width)
    return g_steal_pointer (&initials);

  return g_strdup (words);
}
