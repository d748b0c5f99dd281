/* td-key-text.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-key-text.h"

#include <string.h>

struct _TdKeyText
{
  GPtrArray *lines; /* (owned) (element-type char*): without their ends */
};

static const char *
skip_space (const char *line)
{
  while (*line == ' ' || *line == '\t')
    line++;

  return line;
}

static gboolean
is_header (const char *line)
{
  return *skip_space (line) == '[';
}

static gboolean
is_header_of (const char *line,
              const char *group)
{
  const char *text = skip_space (line);
  gsize       length = strlen (group);

  return *text == '[' && strncmp (text + 1, group, length) == 0 && text[1 + length] == ']';
}

static gboolean
is_comment (const char *line)
{
  return *skip_space (line) == '#';
}

static gboolean
is_key (const char *line)
{
  return !is_header (line) && !is_comment (line) && strchr (line, '=') != NULL;
}

static gboolean
is_line_of (const char *line,
            const char *key)
{
  const char *text = skip_space (line);
  gsize       length = strlen (key);

  return is_key (line) && strncmp (text, key, length) == 0 && *skip_space (text + length) == '=';
}

static const char *
get_line (TdKeyText *self,
          guint      index)
{
  return self->lines->pdata[index];
}

/* The next header of that name from @from on, or -1. */
static int
find_header (TdKeyText  *self,
             const char *group,
             guint       from)
{
  for (guint i = from; i < self->lines->len; i++)
    {
      if (is_header_of (get_line (self, i), group))
        return (int)i;
    }

  return -1;
}

/* Where the group under a header has its last key, or the header itself. */
static guint
find_last_key (TdKeyText *self,
               guint      header)
{
  guint last = header;

  for (guint i = header + 1; i < self->lines->len && !is_header (get_line (self, i)); i++)
    {
      if (is_key (get_line (self, i)))
        last = i;
    }

  return last;
}

/* Of a key that is there twice the last counts. */
static int
find_key (TdKeyText  *self,
          const char *group,
          const char *key)
{
  int found = -1;

  for (int header = find_header (self, group, 0); header >= 0; header = find_header (self, group, (guint)header + 1))
    {
      for (guint i = (guint)header + 1; i < self->lines->len && !is_header (get_line (self, i)); i++)
        {
          if (is_line_of (get_line (self, i), key))
            found = (int)i;
        }
    }

  return found;
}

static void
insert (TdKeyText *self,
        guint      index,
        char      *line)
{
  g_ptr_array_insert (self->lines, (int)index, line);
}

/**
 * td_key_text_new:
 * @text: what GKeyFile can read
 *
 * Returns: (transfer full): the same, to be changed
 */
TdKeyText *
td_key_text_new (const char *text)
{
  TdKeyText *self;
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (TdKeyText, 1);
  self->lines = g_ptr_array_new_with_free_func (g_free);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (lines[i + 1] != NULL || *lines[i] != '\0')
        g_ptr_array_add (self->lines, g_strdup (lines[i]));
    }

  return self;
}

void
td_key_text_free (TdKeyText *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->lines);
  g_free (self);
}

/**
 * td_key_text_add_group:
 * @self: a text
 * @group: a group, which is put at the end where it is not there
 */
void
td_key_text_add_group (TdKeyText  *self,
                       const char *group)
{
  g_return_if_fail (self != NULL && group != NULL);

  if (find_header (self, group, 0) >= 0)
    return;
  if (self->lines->len > 0 && *get_line (self, self->lines->len - 1) != '\0')
    g_ptr_array_add (self->lines, g_strdup (""));
  g_ptr_array_add (self->lines, g_strdup_printf ("[%s]", group));
}

/**
 * td_key_text_remove_group:
 * @self: a text
 * @group: a group, whether or not it is there
 *
 * Takes the group away up to its last key; what stands behind that is of the
 * group that follows.
 */
void
td_key_text_remove_group (TdKeyText  *self,
                          const char *group)
{
  int header;

  g_return_if_fail (self != NULL && group != NULL);

  while ((header = find_header (self, group, 0)) >= 0)
    g_ptr_array_remove_range (self->lines, (guint)header, find_last_key (self, (guint)header) - (guint)header + 1);
}

/**
 * td_key_text_is_empty_group:
 * @self: a text
 * @group: a group
 *
 * Returns: whether it is there, and has no key
 */
gboolean
td_key_text_is_empty_group (TdKeyText  *self,
                            const char *group)
{
  int first, header;

  g_return_val_if_fail (self != NULL && group != NULL, FALSE);

  first = find_header (self, group, 0);
  for (header = first; header >= 0; header = find_header (self, group, (guint)header + 1))
    {
      if (find_last_key (self, (guint)header) > (guint)header)
        return FALSE;
    }

  return first >= 0;
}

/* As GKeyFile writes it: what a line cannot hold is escaped. */
static char *
make_line (const char *key,
           const char *value)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *escaped = NULL;

  g_key_file_set_string (file, "group", key, value);
  escaped = g_key_file_get_value (file, "group", key, NULL);

  return g_strdup_printf ("%s=%s", key, escaped);
}

/**
 * td_key_text_set:
 * @self: a text
 * @group: a group, which is made where it is not there
 * @key: a key of it, which is put behind its last one where it is not there
 * @value: UTF-8, as g_key_file_get_string() shall give it
 */
void
td_key_text_set (TdKeyText  *self,
                 const char *group,
                 const char *key,
                 const char *value)
{
  int   index;
  char *line;

  g_return_if_fail (self != NULL && group != NULL && key != NULL && value != NULL);

  td_key_text_add_group (self, group);
  line = make_line (key, value);
  index = find_key (self, group, key);
  if (index >= 0)
    {
      g_free (self->lines->pdata[index]);
      self->lines->pdata[index] = line;
    }
  else
    insert (self, find_last_key (self, (guint)find_header (self, group, 0)) + 1, line);
}

/**
 * td_key_text_remove:
 * @self: a text
 * @group: a group, whether or not it is there
 * @key: a key, whether or not it is there; a comment above it stays
 */
void
td_key_text_remove (TdKeyText  *self,
                    const char *group,
                    const char *key)
{
  int index;

  g_return_if_fail (self != NULL && group != NULL && key != NULL);

  while ((index = find_key (self, group, key)) >= 0)
    g_ptr_array_remove_index (self->lines, (guint)index);
}

/* The first line of the comment that stands right above a key. */
static guint
find_comment (TdKeyText *self,
              guint      index)
{
  while (index > 0 && is_comment (get_line (self, index - 1)))
    index--;

  return index;
}

/**
 * td_key_text_order:
 * @self: a text
 * @group: a group
 * @keys: (array length=n_keys): keys of it
 * @n_keys: how many
 *
 * Puts the keys into that order, each with the comment right above it, at the
 * place of the one that comes first now.
 */
void
td_key_text_order (TdKeyText         *self,
                   const char        *group,
                   const char *const *keys,
                   guint              n_keys)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  guint    place = self->lines->len;
  int      last = -1;
  gboolean is_in_order = TRUE;

  for (guint i = 0; i < n_keys; i++)
    {
      int index = find_key (self, group, keys[i]);

      is_in_order = is_in_order && index > last;
      last = index;
      if (index >= 0)
        place = MIN (place, find_comment (self, (guint)index));
    }
  if (is_in_order)
    return;

  for (guint i = 0; i < n_keys; i++)
    {
      int   index = find_key (self, group, keys[i]);
      guint from, n;

      if (index < 0)
        continue;
      from = find_comment (self, (guint)index);
      n = (guint)index - from + 1;
      for (guint k = 0; k < n; k++)
        g_ptr_array_add (taken, g_ptr_array_steal_index (self->lines, from));
    }
  for (guint i = 0; i < taken->len; i++)
    insert (self, place + i, taken->pdata[i]);
}

/**
 * td_key_text_to_string:
 * @self: a text
 *
 * Returns: (transfer full): all of it
 */
char *
td_key_text_to_string (TdKeyText *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->lines->len; i++)
    g_string_append_printf (text, "%s\n", get_line (self, i));

  return g_string_free (text, FALSE);
}
