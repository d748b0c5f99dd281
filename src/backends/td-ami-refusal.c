/* td-ami-refusal.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-ami-refusal.h"

#include <glib/gi18n.h>
#include <string.h>

#define START_BYTES (256 * 1024)
#define MESSAGE_CHARS 200

/**
 * td_ami_answer_is_denied:
 * @answer: an answer
 *
 * Returns: whether it is the refusal that stands for a missing right as well as
 *   for a session that is gone
 */
gboolean
td_ami_answer_is_denied (const TdAmiAnswer *answer)
{
  const TdAmiMessage *response = td_ami_answer_get_response (answer);

  return response != NULL && !td_ami_answer_is_success (answer) &&
         g_strcmp0 (td_ami_message_get (response, "Message"), "Permission denied") == 0;
}

/**
 * td_ami_answer_to_error:
 * @answer: an answer that is no success
 * @secret: (nullable): what no text may ever contain
 *
 * Returns: (transfer full): the server's own words, for people
 */
GError *
td_ami_answer_to_error (const TdAmiAnswer *answer,
                        const char        *secret)
{
  const TdAmiMessage *response = td_ami_answer_get_response (answer);
  const char         *words = response != NULL ? td_ami_message_get (response, "Message") : NULL;
  g_autoptr (GString) clean = g_string_new (NULL);
  const char *p;

  if (words == NULL || *words == '\0' || (secret != NULL && *secret != '\0' && strstr (words, secret) != NULL))
    return g_error_new_literal (TD_BACKEND_ERROR, TD_BACKEND_ERROR_SERVER,
                                _ ("Asterisk refuses this without saying why"));

  for (p = words; *p != '\0' && p - words < MESSAGE_CHARS; p = g_utf8_next_char (p))
    g_string_append_unichar (clean, g_unichar_isprint (g_utf8_get_char (p)) ? g_utf8_get_char (p) : ' ');

  /* Translators: %s is what the server says, in English. */
  return g_error_new (TD_BACKEND_ERROR, TD_BACKEND_ERROR_SERVER, _ ("Asterisk says: %s"), clean->str);
}

/**
 * td_ami_refusal_read:
 * @body: the answer to a question for a list
 * @error: return location; %TD_BACKEND_ERROR_INVALID where it is no answer of
 *   a manager interface
 *
 * Returns: (transfer full) (nullable): what the answer says that is not the
 *   success that begins a list; %NULL without @error where it is one
 */
TdAmiAnswer *
td_ami_refusal_read (GBytes  *body,
                     GError **error)
{
  static const char success[] = "Response: Success";
  gsize             length;
  const char       *data = g_bytes_get_data (body, &length);
  g_autoptr (GBytes) start = NULL;

  if (length >= sizeof success - 1 && memcmp (data, success, sizeof success - 1) == 0)
    return NULL;

  /* Whatever else it is, its beginning tells. */
  start = g_bytes_new_from_bytes (body, 0, MIN (length, START_BYTES));

  return td_ami_answer_parse (start, error);
}
