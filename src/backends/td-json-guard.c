/* td-json-guard.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-json-guard.h"

#include <glib/gi18n.h>
#include <string.h>

#include "td-backend.h"
#include "td-types.h"

/* json-glib is lenient (comments, single quotes, assignments), recurses as
 * deep as the text does, asserts on lone surrogates and cuts strings at
 * \u0000. This check lets nothing of that reach it, without recursion. */

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  const char *problem; /* (nullable): static and untranslated; the first one */
} Scan;

static gboolean
refuse (Scan       *scan,
        const char *problem)
{
  scan->problem = problem;

  return FALSE;
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end &&
         (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\r' || *scan->at == '\t'))
    scan->at++;
}

static char
peek (Scan *scan)
{
  return scan->at < scan->end ? *scan->at : '\0';
}

static gboolean
read_hex4 (Scan  *scan,
           guint *unit)
{
  *unit = 0;

  if (scan->end - scan->at < 4)
    return refuse (scan, N_ ("a broken \\u escape"));

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (scan->at[i]);

      if (digit < 0)
        return refuse (scan, N_ ("a broken \\u escape"));

      *unit = *unit << 4 | (guint)digit;
    }

  scan->at += 4;

  return TRUE;
}

static gboolean
check_unicode_escape (Scan *scan)
{
  guint unit;

  if (!read_hex4 (scan, &unit))
    return FALSE;

  if (unit == 0)
    return refuse (scan, N_ ("a NUL character"));

  if (unit >= 0xdc00 && unit <= 0xdfff)
    return refuse (scan, N_ ("half of a surrogate pair"));

  if (unit < 0xd800 || unit > 0xdbff)
    return TRUE;

  if (scan->end - scan->at < 2 || scan->at[0] != '\\' || scan->at[1] != 'u')
    return refuse (scan, N_ ("half of a surrogate pair"));

  scan->at += 2;
  if (!read_hex4 (scan, &unit))
    return FALSE;

  return (unit >= 0xdc00 && unit <= 0xdfff) || refuse (scan, N_ ("half of a surrogate pair"));
}

static gboolean
check_string (Scan *scan)
{
  scan->at++;

  while (scan->at < scan->end)
    {
      guchar c = *scan->at++;

      if (c == '"')
        return TRUE;

      if (c < 0x20)
        {
          scan->at--;
          return refuse (scan, N_ ("a control character in a text"));
        }

      if (c != '\\')
        continue;

      if (peek (scan) == 'u')
        {
          scan->at++;
          if (!check_unicode_escape (scan))
            return FALSE;
        }
      else if (peek (scan) != '\0' && strchr ("\"\\/bfnrt", *scan->at) != NULL)
        scan->at++;
      else
        return refuse (scan, N_ ("an unknown escape in a text"));
    }

  return refuse (scan, N_ ("a text that does not end"));
}

static gboolean
check_digits (Scan *scan)
{
  if (!g_ascii_isdigit (peek (scan)))
    return refuse (scan, N_ ("a broken number"));

  while (g_ascii_isdigit (peek (scan)))
    scan->at++;

  return TRUE;
}

static gboolean
check_number (Scan *scan)
{
  if (peek (scan) == '-')
    scan->at++;

  if (peek (scan) == '0')
    {
      scan->at++;
      if (g_ascii_isdigit (peek (scan)))
        return refuse (scan, N_ ("a broken number"));
    }
  else if (!check_digits (scan))
    return FALSE;

  if (peek (scan) == '.')
    {
      scan->at++;
      if (!check_digits (scan))
        return FALSE;
    }

  if (peek (scan) == 'e' || peek (scan) == 'E')
    {
      scan->at++;
      if (peek (scan) == '+' || peek (scan) == '-')
        scan->at++;
      if (!check_digits (scan))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_word (Scan *scan)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize)(scan->end - scan->at) >= length && memcmp (scan->at, words[i], length) == 0)
        {
          scan->at += length;
          return TRUE;
        }
    }

  return refuse (scan, scan->at < scan->end ? N_ ("an unexpected character") : N_ ("the end of the text"));
}

static gboolean
check_key (Scan *scan)
{
  skip_space (scan);
  if (peek (scan) != '"')
    return refuse (scan, N_ ("something else than the name of a member"));

  if (!check_string (scan))
    return FALSE;

  skip_space (scan);
  if (peek (scan) != ':')
    return refuse (scan, N_ ("a name without a colon"));

  scan->at++;

  return TRUE;
}

static gboolean
check_scalar (Scan *scan)
{
  char c = peek (scan);

  if (c == '"')
    return check_string (scan);

  if (c == '-' || g_ascii_isdigit (c))
    return check_number (scan);

  return check_word (scan);
}

/* Closes every container that ends here, and steps over the comma where the
 * one that is open then goes on. */
static gboolean
check_after_value (Scan   *scan,
                   guint32 objects,
                   guint  *depth)
{
  while (*depth > 0)
    {
      gboolean in_object = (objects >> (*depth - 1)) & 1;

      skip_space (scan);
      if (peek (scan) == ',')
        {
          scan->at++;
          return !in_object || check_key (scan);
        }

      if (peek (scan) != (in_object ? '}' : ']'))
        return refuse (scan, scan->at < scan->end ? N_ ("an unexpected character") : N_ ("the end of the text"));

      scan->at++;
      (*depth)--;
    }

  return TRUE;
}

static gboolean
check_grammar (Scan  *scan,
               guint *n_values)
{
  guint32 objects = 0; /* a bit for each open container: is it an object? */
  guint   depth = 0;

  do
    {
      gboolean is_object;

      if (++*n_values > TD_JSON_MAX_VALUES)
        return FALSE;

      skip_space (scan);
      is_object = peek (scan) == '{';

      if (!is_object && peek (scan) != '[')
        {
          if (!check_scalar (scan) || !check_after_value (scan, objects, &depth))
            return FALSE;
          continue;
        }

      if (depth == TD_JSON_MAX_DEPTH)
        return refuse (scan, N_ ("values nested too deep"));

      objects = (objects & ~(1u << depth)) | (guint32)is_object << depth;
      depth++;
      scan->at++;
      skip_space (scan);

      if (peek (scan) == (is_object ? '}' : ']'))
        {
          if (!check_after_value (scan, objects, &depth))
            return FALSE;
        }
      else if (is_object && !check_key (scan))
        return FALSE;
    }
  while (depth > 0);

  skip_space (scan);

  return scan->at == scan->end || refuse (scan, N_ ("something after its end"));
}

static void
set_grammar_error (const Scan *scan,
                   GError    **error)
{
  guint       line = 1;
  const char *line_start = scan->start;

  for (const char *p = scan->start; p < scan->at; p++)
    {
      if (*p == '\n')
        {
          line++;
          line_start = p + 1;
        }
    }

  g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
               /* Translators: then line, column, and what was found there. */
               _ ("This is no JSON: line %u, column %zu: %s"),
               line, (gsize)(scan->at - line_start) + 1, _ (scan->problem));
}

/**
 * td_json_guard_check:
 * @data: (array length=length): a body
 * @length: its length in bytes
 * @error: return location; %TD_BACKEND_ERROR_INVALID or
 *   %TD_BACKEND_ERROR_TOO_LARGE
 *
 * Returns: whether @data is one JSON value in UTF-8, without NUL, of at most
 *   %TD_MAX_BODY bytes, %TD_JSON_MAX_VALUES values and %TD_JSON_MAX_DEPTH
 *   levels
 */
gboolean
td_json_guard_check (const char *data,
                     gsize       length,
                     GError    **error)
{
  Scan        scan;
  const char *valid_end;
  guint       n_values = 0;

  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  if (length > TD_MAX_BODY)
    {
      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE,
                   _ ("The answer is larger than %d MiB"), TD_MAX_BODY / (1024 * 1024));
      return FALSE;
    }

  if (length == 0)
    {
      g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID, _ ("The answer is empty"));
      return FALSE;
    }

  scan = (Scan){ data, data, data + length, NULL };
  if (!g_utf8_validate_len (data, length, &valid_end))
    {
      scan.at = valid_end;
      scan.problem = *valid_end == '\0' ? N_ ("a NUL character") : N_ ("bytes that are no UTF-8");
      set_grammar_error (&scan, error);
      return FALSE;
    }

  if (check_grammar (&scan, &n_values))
    return TRUE;

  if (scan.problem != NULL)
    set_grammar_error (&scan, error);
  else
    g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE,
                 _ ("The answer has more than %d values"), TD_JSON_MAX_VALUES);

  return FALSE;
}
