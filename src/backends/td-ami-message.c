/* td-ami-message.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-ami-message.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *key;
  const char *value;
} Header;

struct _TdAmiMessage
{
  const Header *headers;
  guint         n_headers;
};

struct _TdAmiAnswer
{
  char   *text;     /* (owned): cut into strings in its place */
  GArray *headers;  /* (element-type Header) (owned): of all messages */
  GArray *messages; /* (element-type TdAmiMessage) (owned) */
};

void
td_ami_answer_free (TdAmiAnswer *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->headers, g_array_unref);
  g_clear_pointer (&self->messages, g_array_unref);
  g_free (self->text);
  g_free (self);
}

static void
set_invalid (GError    **error,
             const char *message)
{
  g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID, message);
}

/* What came instead, for people; what it says is not repeated, for it may be
 * anything. */
static void
set_not_ami (GError    **error,
             const char *text)
{
  while (g_ascii_isspace (*text))
    text++;

  if (*text == '\0')
    set_invalid (error, _ ("The answer is empty"));
  else if (*text == '<')
    set_invalid (error, _ ("The answer is a web page, not the manager interface: is there a proxy in between, "
                           "or is the address not that of /asterisk?"));
  else
    set_invalid (error, _ ("The answer is not of Asterisk’s manager interface"));
}

/* A value may hold what a person typed into a telephone: broken bytes become
 * U+FFFD, and the rest of it is kept. */
static char *
dup_valid_text (GBytes *body)
{
  gsize       length;
  const char *data = g_bytes_get_data (body, &length);

  if (length == 0)
    return g_strdup ("");

  return g_utf8_validate_len (data, length, NULL) ? g_strndup (data, length)
                                                  : g_utf8_make_valid (data, (gssize)length);
}

static gboolean
end_message (TdAmiAnswer *self,
             guint       *first,
             GError     **error)
{
  TdAmiMessage message = { .n_headers = self->headers->len - *first };

  if (message.n_headers == 0)
    return TRUE;

  if (self->messages->len >= TD_AMI_MAX_MESSAGES)
    {
      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE,
                   _ ("The answer has more than %d messages"), TD_AMI_MAX_MESSAGES);
      return FALSE;
    }

  g_array_append_val (self->messages, message);
  *first = self->headers->len;

  return TRUE;
}

static gboolean
is_key (const char *start,
        const char *end)
{
  for (const char *c = start; c < end; c++)
    {
      if (!g_ascii_isalnum (*c) && strchr ("_-().,/ ", *c) == NULL)
        return FALSE;
    }

  return TRUE;
}

/* Cuts one line in its place: "Key: value", or "Key:value", as Asterisk reads
 * it too. */
static gboolean
parse_line (char    *line,
            gsize    length,
            Header  *header,
            GError **error)
{
  char *colon;

  if (length > TD_AMI_MAX_LINE)
    {
      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE,
                   _ ("The answer has a line of more than %d bytes"), TD_AMI_MAX_LINE);
      return FALSE;
    }

  colon = memchr (line, ':', length);
  if (colon == NULL || colon == line || !is_key (line, colon))
    {
      set_not_ami (error, line);
      return FALSE;
    }

  *colon = '\0';
  header->key = line;
  header->value = colon + 1;
  if (*header->value == ' ')
    header->value++;

  return TRUE;
}

static gboolean
parse_text (TdAmiAnswer *self,
            GError     **error)
{
  guint first = 0;
  char *next;

  /* The attributes of a page's tags look like keys to the parser. */
  if (self->text[strspn (self->text, " \t\r\n")] == '<')
    {
      set_not_ami (error, self->text);
      return FALSE;
    }

  for (char *line = self->text; *line != '\0'; line = next)
    {
      char  *end = strchr (line, '\n');
      gsize  length;
      Header header;

      /* Every line ends; a rest without an end was cut off. */
      if (end == NULL)
        {
          if (self->headers->len == 0)
            set_not_ami (error, self->text);
          else
            set_invalid (error, _ ("The answer breaks off in the middle of a line"));
          return FALSE;
        }
      next = end + 1;
      if (end > line && end[-1] == '\r')
        end--;
      *end = '\0';
      length = (gsize)(end - line);

      if (length == 0)
        {
          if (!end_message (self, &first, error))
            return FALSE;
          continue;
        }

      if (!parse_line (line, length, &header, error))
        return FALSE;
      if (self->headers->len - first >= TD_AMI_MAX_HEADERS)
        {
          g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE,
                       _ ("A message of the answer has more than %d lines"), TD_AMI_MAX_HEADERS);
          return FALSE;
        }
      g_array_append_val (self->headers, header);
    }

  if (self->headers->len > first)
    {
      set_invalid (error, _ ("The answer breaks off in the middle of a message"));
      return FALSE;
    }
  if (self->messages->len == 0)
    {
      set_not_ami (error, "");
      return FALSE;
    }

  return TRUE;
}

/**
 * td_ami_answer_parse:
 * @body: the body of an answer of /rawman
 * @error: return location; %TD_BACKEND_ERROR_INVALID or _TOO_LARGE; it never
 *   repeats what the answer holds
 *
 * Returns: (transfer full) (nullable): its messages
 */
TdAmiAnswer *
td_ami_answer_parse (GBytes  *body,
                     GError **error)
{
  g_autoptr (TdAmiAnswer) self = NULL;
  const Header *headers;

  g_return_val_if_fail (body != NULL, NULL);

  if (g_bytes_get_size (body) > TD_MAX_BODY)
    {
      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE,
                   _ ("The answer is larger than %d MiB"), TD_MAX_BODY / (1024 * 1024));
      return NULL;
    }
  if (g_bytes_get_size (body) > 0 && memchr (g_bytes_get_data (body, NULL), '\0', g_bytes_get_size (body)) != NULL)
    {
      set_not_ami (error, "\1");
      return NULL;
    }

  self = g_new0 (TdAmiAnswer, 1);
  self->text = dup_valid_text (body);
  self->headers = g_array_new (FALSE, FALSE, sizeof (Header));
  self->messages = g_array_new (FALSE, FALSE, sizeof (TdAmiMessage));
  if (!parse_text (self, error))
    return NULL;

  /* The array has stopped growing, so now its places can be told. */
  headers = (const Header *)(void *)self->headers->data;
  for (guint i = 0; i < self->messages->len; i++)
    {
      TdAmiMessage *message = &g_array_index (self->messages, TdAmiMessage, i);

      message->headers = headers;
      headers += message->n_headers;
    }

  return g_steal_pointer (&self);
}

guint
td_ami_answer_get_n_messages (const TdAmiAnswer *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->messages->len;
}

const TdAmiMessage *
td_ami_answer_get_message (const TdAmiAnswer *self,
                           guint              index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->messages->len, NULL);

  return &g_array_index (self->messages, TdAmiMessage, index);
}

/**
 * td_ami_answer_get_response:
 * @self: an answer
 *
 * Returns: (transfer none) (nullable): its first message that is a response
 */
const TdAmiMessage *
td_ami_answer_get_response (const TdAmiAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->messages->len; i++)
    {
      const TdAmiMessage *message = td_ami_answer_get_message (self, i);

      if (td_ami_message_get (message, "Response") != NULL)
        return message;
    }

  return NULL;
}

gboolean
td_ami_answer_is_success (const TdAmiAnswer *self)
{
  const TdAmiMessage *response;

  g_return_val_if_fail (self != NULL, FALSE);

  response = td_ami_answer_get_response (self);

  return response != NULL && g_ascii_strcasecmp (td_ami_message_get (response, "Response"), "Success") == 0;
}

/**
 * td_ami_answer_is_complete:
 * @self: an answer
 * @last_event: the event that ends the list, such as QueueStatusComplete
 *
 * Returns: whether the list came whole
 */
gboolean
td_ami_answer_is_complete (const TdAmiAnswer *self,
                           const char        *last_event)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (last_event != NULL, FALSE);

  /* It is the last message but for events that came in the same moment. */
  for (guint i = self->messages->len; i-- > 0;)
    {
      if (g_strcmp0 (td_ami_message_get_event (td_ami_answer_get_message (self, i)), last_event) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * td_ami_message_get:
 * @self: a message
 * @key: a key, in any case
 *
 * Returns: (nullable): the value of its first line of that key, "" where it is
 *   empty, or %NULL
 */
const char *
td_ami_message_get (const TdAmiMessage *self,
                    const char         *key)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  for (guint i = 0; i < self->n_headers; i++)
    {
      if (g_ascii_strcasecmp (self->headers[i].key, key) == 0)
        return self->headers[i].value;
    }

  return NULL;
}

/**
 * td_ami_message_get_variable:
 * @self: a message
 * @name: name of a channel variable
 *
 * Returns: (nullable): its value, %NULL for absent, unset and empty
 */
const char *
td_ami_message_get_variable (const TdAmiMessage *self,
                             const char         *name)
{
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  length = strlen (name);
  for (guint i = 0; i < self->n_headers; i++)
    {
      const char *value = self->headers[i].value;

      if (g_ascii_strcasecmp (self->headers[i].key, "Variable") != 0 ||
          strncmp (value, name, length) != 0 || value[length] != '=')
        continue;

      value += length + 1;

      return *value == '\0' || strcmp (value, "(null)") == 0 ? NULL : value;
    }

  return NULL;
}

const char *
td_ami_message_get_event (const TdAmiMessage *self)
{
  return td_ami_message_get (self, "Event");
}

/**
 * td_ami_message_get_integer:
 * @self: a message
 * @key: a key
 * @min: the least that is taken
 * @max: the most that is taken
 * @value: (out): the number; untouched where there is none
 *
 * Returns: whether there is a whole number from @min to @max
 */
gboolean
td_ami_message_get_integer (const TdAmiMessage *self,
                            const char         *key,
                            gint64              min,
                            gint64              max,
                            gint64             *value)
{
  const char *text = td_ami_message_get (self, key);

  g_return_val_if_fail (value != NULL, FALSE);

  return text != NULL && g_ascii_string_to_signed (text, 10, min, max, value, NULL);
}

guint
td_ami_message_get_n_headers (const TdAmiMessage *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_headers;
}

const char *
td_ami_message_get_key (const TdAmiMessage *self,
                        guint               index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->n_headers, NULL);

  return self->headers[index].key;
}

const char *
td_ami_message_get_value (const TdAmiMessage *self,
                          guint               index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->n_headers, NULL);

  return self->headers[index].value;
}
