/* td-ami-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-ami-form.h"

#include <string.h>

static void
wipe_string (gpointer data)
{
  GString *form = data;

  memset (form->str, 0, form->allocated_len);
  /* Lets no compiler leave the memset out. */
  __asm__ volatile(""
                   :
                   : "r"(form->str)
                   : "memory");
  g_string_free (form, TRUE);
}

static void
append_encoded (GString    *form,
                const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_isalnum (*c) || strchr ("-._~", *c) != NULL)
        g_string_append_c (form, *c);
      else
        g_string_append_printf (form, "%%%02X", (guchar)*c);
    }
}

/**
 * td_ami_form_encode:
 * @fields: keys and values in turn, %NULL at the end
 *
 * The form may hold the secret: its room is made at once, so that growing
 * leaves no copy behind, and it is wiped when nobody holds it any more.
 *
 * Returns: (transfer full): the body of a form, application/x-www-form-urlencoded
 */
GBytes *
td_ami_form_encode (const char *const *fields)
{
  gsize    room = 1;
  GString *form;

  for (guint i = 0; fields[i] != NULL; i++)
    room += 3 * strlen (fields[i]) + 1;

  form = g_string_sized_new (room);
  for (guint i = 0; fields[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (form, i % 2 == 0 ? '&' : '=');
      append_encoded (form, fields[i]);
    }

  return g_bytes_new_with_free_func (form->str, form->len, wipe_string, form);
}
