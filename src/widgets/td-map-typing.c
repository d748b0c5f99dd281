/* td-map-typing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-typing.h"

#include <string.h>

#include "td-fold.h"

/* Letters that follow each other within this time are one word. */
#define WORD_US (G_USEC_PER_SEC * 3 / 2)

struct _TdMapTyping
{
  GString *word; /* (owned) */
  gint64   at;   /* of its last letter, monotonic, µs */
};

/**
 * td_map_typing_new:
 *
 * Returns: (transfer full): nothing typed
 */
TdMapTyping *
td_map_typing_new (void)
{
  TdMapTyping *self = g_new0 (TdMapTyping, 1);

  self->word = g_string_new (NULL);

  return self;
}

/**
 * td_map_typing_free:
 * @self: (transfer full): what is typed
 */
void
td_map_typing_free (TdMapTyping *self)
{
  g_string_free (self->word, TRUE);
  g_free (self);
}

/* Whether a word of @folded begins with @typed. */
static gboolean
begins_word (const char *folded,
             const char *typed)
{
  for (const char *at = strstr (folded, typed); at != NULL; at = strstr (at + 1, typed))
    {
      if (at == folded || at[-1] == ' ')
        return TRUE;
    }

  return FALSE;
}

/**
 * td_map_typing_goes_on:
 * @self: what is typed
 * @at: now, monotonic, µs
 *
 * Returns: whether what is typed now goes on a word
 */
gboolean
td_map_typing_goes_on (TdMapTyping *self,
                       gint64       at)
{
  return self->word->len > 0 && at - self->at < WORD_US;
}

/**
 * td_map_typing_find:
 * @self: what is typed
 * @places: where to look
 * @current: the place that the search begins at
 * @letter: a letter or digit that was typed
 * @at: when, monotonic, µs
 *
 * Looks for the next agent with a word in the name, or an extension, that
 * begins as what was typed, accents and case left out; after the last place
 * comes the first.
 *
 * Returns: the place, or %G_MAXUINT where there is none
 */
guint
td_map_typing_find (TdMapTyping       *self,
                    const TdMapPlaces *places,
                    guint              current,
                    gunichar           letter,
                    gint64             at)
{
  g_autofree char *typed = NULL;
  gboolean         goes_on = td_map_typing_goes_on (self, at);
  guint            n_places = places->get_size (places->map);

  if (!goes_on)
    g_string_truncate (self->word, 0);
  self->at = at;
  g_string_append_unichar (self->word, letter);
  typed = td_fold (self->word->str);

  /* A word that goes on may still be the name of who is there. */
  for (guint i = goes_on ? 0 : 1; i <= n_places && n_places > 0 && typed[0] != '\0'; i++)
    {
      guint            index = (current + i) % n_places;
      TdAgent         *agent = places->get_agent (places->map, index);
      const char      *extension = agent != NULL ? td_agent_get_info (agent)->extension : NULL;
      g_autofree char *folded = agent != NULL ? td_fold (td_agent_get_title (agent)) : NULL;

      if ((folded != NULL && begins_word (folded, typed)) || (extension != NULL && g_str_has_prefix (extension, typed)))
        return index;
    }

  return G_MAXUINT;
}
