/* td-json-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-json-line.h"

#include <string.h>

static const char *
skip_space (const char *p)
{
  while (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')
    p++;

  return p;
}

static const char *
skip_string (const char *p)
{
  for (p++; *p != '\0' && *p != '"'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
    }

  return *p == '"' ? p + 1 : p;
}

static const char *
skip_value (const char *p)
{
  guint depth = 0;

  do
    {
      if (*p == '"')
        {
          p = skip_string (p);
          continue;
        }
      if (*p == '{' || *p == '[')
        depth++;
      else if (depth > 0 && (*p == '}' || *p == ']'))
        depth--;
      else if (depth == 0)
        return p + strcspn (p, ",]} \t\r\n");
      p++;
    }
  while (depth > 0 && *p != '\0');

  return p;
}

/* Where the value of a member of the object at @p begins, and its key. */
static const char *
find_member (const char  *p,
             const char  *name,
             gsize        length,
             const char **key)
{
  if (*p != '{')
    return NULL;

  p = skip_space (p + 1);
  while (*p == '"')
    {
      const char *end = skip_string (p);
      const char *value = skip_space (end);

      if (*value == ':')
        value = skip_space (value + 1);
      if ((gsize)(end - p) == length + 2 && strncmp (p + 1, name, length) == 0)
        {
          *key = p;
          return value;
        }

      p = skip_space (skip_value (value));
      if (*p == ',')
        p = skip_space (p + 1);
    }

  return NULL;
}

static const char *
find_element (const char *p,
              guint64     index)
{
  if (*p != '[')
    return NULL;

  for (p = skip_space (p + 1); *p != '\0' && *p != ']'; index--)
    {
      if (index == 0)
        return p;

      p = skip_space (skip_value (p));
      if (*p == ',')
        p = skip_space (p + 1);
    }

  return NULL;
}

/**
 * td_json_line_find:
 * @json: a text that td_json_guard_check() took for JSON
 * @path: a path in it as #TdJsonReader notes it, e.g. `rooms[2].name`
 *
 * Pure; any thread.
 *
 * Returns: the line, from 1, where the last step of the path that is there begins
 */
guint
td_json_line_find (const char *json,
                   const char *path)
{
  const char *value, *found;
  guint       line = 1;

  g_return_val_if_fail (json != NULL && path != NULL, 1);

  found = value = skip_space (json);
  while (value != NULL && *path != '\0')
    {
      gsize       length = strcspn (path, ".[");
      const char *key = NULL;

      value = find_member (value, path, length, &key);
      if (value != NULL)
        found = key;

      path += length;
      if (*path == '[')
        {
          char *end;

          value = value != NULL ? find_element (value, g_ascii_strtoull (path + 1, &end, 10)) : NULL;
          if (value == NULL)
            break;
          found = value;
          path = *end == ']' ? end + 1 : end;
        }
      if (*path == '.')
        path++;
      else if (*path != '\0')
        break;
    }

  for (const char *p = json; p < found; p++)
    line += *p == '\n';

  return line;
}
