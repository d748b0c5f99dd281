/* ami-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ami-fixture.h"

#include <string.h>

/* Returns the body of an answer that a real Asterisk gave; the head of HTTP,
 * where the file holds it, is left out. */
GBytes *
ami_fixture_load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "fixtures", "asterisk", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char      *body;
  gsize            length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);

  body = text;
  if (g_str_has_prefix (text, "HTTP/"))
    {
      body = g_strstr_len (text, (gssize)length, "\r\n\r\n");
      g_assert_nonnull (body);
      body += 4;
    }

  return g_bytes_new (body, length - (gsize)(body - text));
}

GBytes *
ami_fixture_from_string (const char *text)
{
  return g_bytes_new (text, strlen (text));
}
