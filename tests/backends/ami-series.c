/* ami-series.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ami-series.h"

#include <string.h>

#include "ami-fixture.h"

/* The server's clock when it answered: a caller's Uniqueid begins with the
 * second it called in, and Wait is what passed since. It is cut off to the
 * second, so the list is a bit newer than the events up to then, as on the line. */
static gint64
find_time (GBytes *body)
{
  g_autoptr (TdAmiAnswer) answer = td_ami_answer_parse (body, NULL);
  gint64 at = 0;

  for (guint i = 0; i < td_ami_answer_get_n_messages (answer); i++)
    {
      const TdAmiMessage *message = td_ami_answer_get_message (answer, i);
      const char         *id = td_ami_message_get (message, "Uniqueid");
      gint64              wait;

      if (id != NULL && td_ami_message_get_integer (message, "Wait", 0, 3600, &wait))
        at = MAX (at, g_ascii_strtoll (strchr (id, '-') + 1, NULL, 10) + wait);
    }
  g_assert_cmpint (at, >, 0);

  return at * G_USEC_PER_SEC;
}

AmiSeries *
ami_series_load (void)
{
  AmiSeries *self = g_new0 (AmiSeries, 1);
  g_autoptr (GBytes) body = ami_fixture_load ("series/events-agent.http");
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_auto (GStrv) blocks = g_strsplit (text, "\r\n\r\n", -1);

  for (guint i = 0; i < AMI_SERIES_POLLS; i++)
    {
      g_autofree char *name = g_strdup_printf ("series/queuestatus-%02u.txt", i + 1);

      self->queue_status[i] = ami_fixture_load (name);
      self->at[i] = find_time (self->queue_status[i]);
      self->events[i] = g_ptr_array_new_with_free_func (g_free);
    }

  for (char **block = blocks; *block != NULL; block++)
    {
      const char *stamp = strstr (*block, "Timestamp: ");
      gint64      time;

      if (stamp == NULL)
        continue;
      time = (gint64)(g_ascii_strtod (stamp + strlen ("Timestamp: "), NULL) * G_USEC_PER_SEC);
      for (guint i = 0; i < AMI_SERIES_POLLS; i++)
        {
          if (time <= self->at[i])
            {
              g_ptr_array_add (self->events[i], g_strdup (*block));
              break;
            }
        }
    }

  return self;
}

void
ami_series_free (AmiSeries *self)
{
  for (guint i = 0; i < AMI_SERIES_POLLS; i++)
    {
      g_bytes_unref (self->queue_status[i]);
      g_ptr_array_unref (self->events[i]);
    }
  g_free (self);
}

/* As WaitEvent answers. */
GBytes *
ami_series_join_events (GPtrArray *events)
{
  GString *text = g_string_new ("Response: Success\r\nMessage: Waiting for Event completed.\r\n\r\n");
  gsize    length;

  for (guint i = 0; i < events->len; i++)
    g_string_append_printf (text, "%s\r\n\r\n", (const char *)events->pdata[i]);
  g_string_append (text, "Event: WaitEventComplete\r\n\r\n");
  length = text->len;

  return g_bytes_new_take (g_string_free (text, FALSE), length);
}

GBytes *
ami_core_status (const char *date_and_time)
{
  g_auto (GStrv) parts = g_strsplit (date_and_time, " ", 2);
  g_autofree char *text = g_strdup_printf ("Response: Success\r\n"
                                           "CoreStartupDate: %s\r\n"
                                           "CoreStartupTime: %s\r\n"
                                           "CoreCurrentCalls: 0\r\n\r\n",
                                           parts[0], parts[1]);

  return ami_fixture_from_string (text);
}
