/* td-key-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-key-reader.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "td-file.h"

/* In which a line is looked for; files of this kind are far smaller. */
#define MAX_LOOKED_THROUGH (1024 * 1024)

/* The line of a key, from 1; 0 where it is not found. Of a key that is there
 * twice the later counts, as it does for its value. */
static guint
find_line (const char *path,
           const char *group,
           const char *key)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *head = g_strdup_printf ("[%s]", group);
  gboolean         is_in_group = FALSE;
  guint            found = 0;

  if (!td_file_read (path, MAX_LOOKED_THROUGH, &text, NULL, NULL))
    return 0;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      char *equals = strchr (line, '=');

      if (*line == '[')
        is_in_group = strcmp (line, head) == 0;
      else if (is_in_group && equals != NULL)
        {
          *equals = '\0';
          if (strcmp (g_strchomp (line), key) == 0)
            found = i + 1;
        }
    }

  return found;
}

/**
 * td_key_reader_set_error_valist:
 * @self: a file that is read
 * @group: (nullable): where the fault is
 * @key: (nullable): where in @group
 * @error: return location
 * @format: what is wrong, translated
 * @arguments: of @format
 *
 * Sets an error that names the file, the group, the key and its line.
 */
void
td_key_reader_set_error_valist (const TdKeyReader *self,
                                const char        *group,
                                const char        *key,
                                GError           **error,
                                const char        *format,
                                va_list            arguments)
{
  g_autofree char *reason = g_strdup_vprintf (format, arguments);
  guint            line = key != NULL ? find_line (self->path, group, key) : 0;

  if (line > 0)
    {
      /* Translators: after what is wrong in a file: the number of a line. */
      g_autofree char *place = g_strdup_printf (_ ("line %u"), line);

      g_set_error (error, self->domain, self->code, "%s: [%s] %s: %s (%s)", self->path, group, key, reason, place);
    }
  else if (key != NULL)
    g_set_error (error, self->domain, self->code, "%s: [%s] %s: %s", self->path, group, key, reason);
  else if (group != NULL)
    g_set_error (error, self->domain, self->code, "%s: [%s]: %s", self->path, group, reason);
  else
    g_set_error (error, self->domain, self->code, "%s: %s", self->path, reason);
}

void
td_key_reader_set_error (const TdKeyReader *self,
                         const char        *group,
                         const char        *key,
                         GError           **error,
                         const char        *format,
                         ...)
{
  va_list arguments;

  va_start (arguments, format);
  td_key_reader_set_error_valist (self, group, key, error, format, arguments);
  va_end (arguments);
}

/**
 * td_key_reader_load:
 * @self: a file that is to be read
 * @max_size: what it may hold, bytes
 * @error: return location
 *
 * Returns: whether there is such a file, not too large, of groups and keys
 */
gboolean
td_key_reader_load (const TdKeyReader *self,
                    goffset            max_size,
                    GError           **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = NULL;
  gsize            length;

  if (!td_file_read (self->path, (gsize)max_size, &text, &length, &reason))
    {
      g_set_error_literal (error, self->domain, self->code, reason->message);
      return FALSE;
    }
  if (!g_key_file_load_from_data (self->file, text, length, G_KEY_FILE_NONE, &reason))
    {
      td_key_reader_set_error (self, NULL, NULL, error, "%s", reason->message);
      return FALSE;
    }

  return TRUE;
}

/**
 * td_key_reader_text:
 * @self: a file that is read
 * @group: a group of it
 * @key: a key of that
 * @value: (inout) (transfer full) (nullable): becomes the text without white
 *   space around it, or %NULL where it is empty
 * @error: return location
 *
 * Like its fellows below it leaves @value alone where the key is not there.
 *
 * Returns: whether what is there could be read
 */
gboolean
td_key_reader_text (const TdKeyReader *self,
                    const char        *group,
                    const char        *key,
                    char             **value,
                    GError           **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = NULL;

  if (!g_key_file_has_key (self->file, group, key, NULL))
    return TRUE;

  text = g_key_file_get_string (self->file, group, key, &reason);
  if (text == NULL)
    {
      td_key_reader_set_error (self, group, key, error, "%s", reason->message);
      return FALSE;
    }

  g_strstrip (text);
  g_free (*value);
  *value = *text != '\0' ? g_steal_pointer (&text) : NULL;

  return TRUE;
}

gboolean
td_key_reader_boolean (const TdKeyReader *self,
                       const char        *group,
                       const char        *key,
                       gboolean          *value,
                       GError           **error)
{
  g_autoptr (GError) reason = NULL;

  if (!g_key_file_has_key (self->file, group, key, NULL))
    return TRUE;

  *value = g_key_file_get_boolean (self->file, group, key, &reason);
  if (reason == NULL)
    return TRUE;

  td_key_reader_set_error (self, group, key, error, _ ("neither true nor false"));

  return FALSE;
}

/**
 * td_key_reader_number:
 * @self: a file that is read
 * @group: a group of it
 * @key: a key of that
 * @value: (inout): 0…%TD_KEY_READER_MAX
 * @error: return location
 *
 * Returns: whether what is there could be read
 */
gboolean
td_key_reader_number (const TdKeyReader *self,
                      const char        *group,
                      const char        *key,
                      double            *value,
                      GError           **error)
{
  g_autofree char *text = NULL;
  char            *end;

  if (!td_key_reader_text (self, group, key, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  *value = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && isfinite (*value) && *value >= 0 && *value <= TD_KEY_READER_MAX)
    return TRUE;

  td_key_reader_set_error (self, group, key, error, _ ("“%s” is no number that could be one here"), text);

  return FALSE;
}

/**
 * td_key_reader_seconds:
 * @self: a file that is read
 * @group: a group of it
 * @key: a key of that, in seconds
 * @value_ms: (inout): the same in ms
 * @error: return location
 *
 * Returns: whether what is there could be read
 */
gboolean
td_key_reader_seconds (const TdKeyReader *self,
                       const char        *group,
                       const char        *key,
                       gint64            *value_ms,
                       GError           **error)
{
  double seconds = NAN;

  if (!td_key_reader_number (self, group, key, &seconds, error))
    return FALSE;
  if (!isnan (seconds))
    *value_ms = (gint64)round (seconds * 1000);

  return TRUE;
}

/**
 * td_key_reader_time:
 * @self: a file that is read
 * @group: a group of it
 * @key: a key of that, a time of day such as 08:00
 * @minute: (inout): minute of the day, 0…1440
 * @error: return location
 *
 * Returns: whether what is there could be read
 */
gboolean
td_key_reader_time (const TdKeyReader *self,
                    const char        *group,
                    const char        *key,
                    guint             *minute,
                    GError           **error)
{
  g_autofree char *text = NULL;

  if (!td_key_reader_text (self, group, key, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  /* Of two digits each, so that 8:5 is not taken for what it was not meant to be. */
  if (strlen (text) == 5 && g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1]) && text[2] == ':' &&
      g_ascii_isdigit (text[3]) && g_ascii_isdigit (text[4]))
    {
      guint hours = (guint)((text[0] - '0') * 10 + text[1] - '0');
      guint minutes = (guint)((text[3] - '0') * 10 + text[4] - '0');

      *minute = hours * 60 + minutes;
      if (minutes < 60 && *minute <= 24 * 60)
        return TRUE;
    }

  td_key_reader_set_error (self, group, key, error, _ ("“%s” is no time of day such as 08:00"), text);

  return FALSE;
}

/**
 * td_key_reader_word:
 * @self: a file that is read
 * @group: a group of it
 * @key: a key of that
 * @words: (array length=n_words): what it may be
 * @n_words: how many
 * @value: (inout): index of the word in @words
 * @error: return location
 *
 * Returns: whether what is there could be read
 */
gboolean
td_key_reader_word (const TdKeyReader *self,
                    const char        *group,
                    const char        *key,
                    const char *const *words,
                    guint              n_words,
                    guint             *value,
                    GError           **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) all = NULL;

  if (!td_key_reader_text (self, group, key, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  all = g_string_new (NULL);
  for (guint i = 0; i < n_words; i++)
    {
      if (strcmp (words[i], text) == 0)
        {
          *value = i;
          return TRUE;
        }
      g_string_append_printf (all, "%s%s", i > 0 ? ", " : "", words[i]);
    }

  /* Translators: “foo” is none of: demo, supervision, asterisk. */
  td_key_reader_set_error (self, group, key, error, _ ("“%s” is none of: %s"), text, all->str);

  return FALSE;
}
