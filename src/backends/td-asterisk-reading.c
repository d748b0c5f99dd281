/* td-asterisk-reading.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-asterisk-reading.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "td-ami-message.h"
#include "td-json-reader.h"

#define MAX_SECONDS G_GINT64_CONSTANT (253402300799) /* the end of year 9999 */
#define MAX_STATUS 1000

/* One message that is being read; the first problem stays. */
typedef struct
{
  const TdAmiMessage *message;
  const char         *action;
  const char         *queue;
  const char         *row; /* (nullable) */
  GError             *error;
} Row;

G_GNUC_PRINTF (4, 5)
static void
fail (Row        *row,
      int         code,
      const char *key,
      const char *format,
      ...)
{
  g_autoptr (GString) place = g_string_new (row->action);
  g_autofree char *problem = NULL;
  va_list          args;

  if (row->error != NULL)
    return;

  for (guint i = 0; i < 2; i++)
    {
      const char *name = i == 0 ? row->queue : row->row;

      if (name != NULL)
        {
          g_autofree char *quoted = td_json_reader_quote (name);

          g_string_append_printf (place, ", %s", quoted);
        }
    }

  va_start (args, format);
  problem = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (&row->error, TD_BACKEND_ERROR, code, "%s, %s: %s", place->str, key, problem);
}

/* Absent and empty is @fallback: older versions tell less. */
static gint64
read_integer (Row        *row,
              const char *key,
              gint64      min,
              gint64      max,
              gint64      fallback)
{
  const char *text = td_ami_message_get (row->message, key);
  gint64      value = fallback;

  if (text != NULL && *text != '\0' && !td_ami_message_get_integer (row->message, key, min, max, &value))
    fail (row, TD_BACKEND_ERROR_INVALID, key, _ ("not a whole number in its range"));

  return value;
}

static gint64
read_time (Row        *row,
           const char *key)
{
  gint64 seconds = read_integer (row, key, G_MININT32, MAX_SECONDS, 0);

  return seconds > 0 ? seconds * G_USEC_PER_SEC : TD_UNKNOWN;
}

static const char *
read_text (Row        *row,
           const char *key,
           gsize       max_bytes)
{
  const char *text = td_ami_message_get (row->message, key);

  if (text == NULL || *text == '\0')
    return NULL;
  if (strlen (text) > max_bytes)
    {
      fail (row, TD_BACKEND_ERROR_TOO_LARGE, key, _ ("longer than %zu bytes"), max_bytes);
      return NULL;
    }

  return text;
}

static const char *
read_id (Row        *row,
         const char *key)
{
  const char *id = read_text (row, key, TD_MAX_ID);

  if (id == NULL)
    fail (row, TD_BACKEND_ERROR_INVALID, key, _ ("missing"));

  return id;
}

/* A share in percent; Asterisk counts with what was never called, too. */
static double
read_share (Row        *row,
            const char *key)
{
  const char *text = td_ami_message_get (row->message, key);
  char       *end;
  double      value;

  if (text == NULL || *text == '\0')
    return NAN;
  value = g_ascii_strtod (text, &end);

  return *end == '\0' && value >= 0.0 && value <= 100.0 ? value / 100.0 : NAN;
}

/* A caller's number is shown masked; what is no number is left out. */
static const char *
read_number (Row *row)
{
  const char *text = td_ami_message_get (row->message, "CallerIDNum");

  return text != NULL && *text != '\0' && *text != '<' && strlen (text) <= TD_MAX_TEXT ? text : NULL;
}

static void
read_queue (TdAsteriskReading *self,
            Row               *row,
            GHashTable        *ids)
{
  TdAsteriskQueueRow queue = { 0 };

  queue.id = row->queue = read_id (row, "Queue");
  queue.completed = read_integer (row, "Completed", 0, TD_MAX_COUNT, 0);
  queue.abandoned = read_integer (row, "Abandoned", 0, TD_MAX_COUNT, 0);
  queue.hold_s = MAX (read_integer (row, "Holdtime", G_MININT32, G_MAXINT32, 0), 0);
  queue.talk_s = MAX (read_integer (row, "TalkTime", G_MININT32, G_MAXINT32, 0), 0);
  queue.service_level_s = read_integer (row, "ServiceLevel", G_MININT32, G_MAXINT32, 0);
  queue.in_time = read_share (row, "ServicelevelPerf");
  queue.in_time_of_all = read_share (row, "ServicelevelPerf2");
  if (row->error != NULL)
    return;

  if (!g_hash_table_add (ids, (gpointer)queue.id))
    fail (row, TD_BACKEND_ERROR_INVALID, "Queue", _ ("told for the second time"));
  else if (self->queues->len >= TD_MAX_QUEUES)
    fail (row, TD_BACKEND_ERROR_TOO_LARGE, "Queue", _ ("more than %d queues"), TD_MAX_QUEUES);
  else
    g_array_append_val (self->queues, queue);
}

static TdAsteriskMemberRow
read_member (Row        *row,
             const char *interface_key,
             const char *name_key)
{
  TdAsteriskMemberRow member = { 0 };

  member.queue = row->queue = read_id (row, "Queue");
  member.interface = row->row = read_id (row, interface_key);
  member.name = read_text (row, name_key, TD_MAX_TEXT);
  member.pause_reason = read_text (row, "PausedReason", TD_MAX_TEXT);
  member.status = read_integer (row, "Status", 0, MAX_STATUS, 0);
  member.last_call = read_time (row, "LastCall");
  member.last_pause = read_time (row, "LastPause");
  member.login_time = read_time (row, "LoginTime");
  member.wrap_up = CLAMP (read_integer (row, "Wrapuptime", G_MININT32, G_MAXINT32, 0), 0, 86400) * G_USEC_PER_SEC;
  member.in_call = read_integer (row, "InCall", 0, 1, 0) == 1;
  member.paused = read_integer (row, "Paused", 0, 1, 0) == 1;

  return member;
}

/* Each queue and caller once, each member of a queue that was told. */
typedef struct
{
  GHashTable *queues;  /* id -> nothing */
  GHashTable *callers; /* id -> nothing */
  GHashTable *members; /* interface -> number of queues */
} Seen;

static void
read_queue_member (TdAsteriskReading *self,
                   Row               *row,
                   Seen              *seen)
{
  TdAsteriskMemberRow member = read_member (row, "Location", "Name");
  guint               n;

  if (row->error != NULL)
    return;

  n = GPOINTER_TO_UINT (g_hash_table_lookup (seen->members, member.interface)) + 1;
  if (!g_hash_table_contains (seen->queues, member.queue))
    fail (row, TD_BACKEND_ERROR_INVALID, "Queue", _ ("a queue that was not told"));
  else if (n > TD_MAX_QUEUES_PER_AGENT)
    fail (row, TD_BACKEND_ERROR_TOO_LARGE, "Location", _ ("in more than %d queues"), TD_MAX_QUEUES_PER_AGENT);
  else if (n == 1 && g_hash_table_size (seen->members) >= TD_MAX_AGENTS)
    fail (row, TD_BACKEND_ERROR_TOO_LARGE, "Location", _ ("more than %d agents"), TD_MAX_AGENTS);
  else
    {
      g_hash_table_insert (seen->members, (gpointer)member.interface, GUINT_TO_POINTER (n));
      g_array_append_val (self->members, member);
    }
}

static void
read_queue_entry (TdAsteriskReading *self,
                  Row               *row,
                  Seen              *seen)
{
  TdAsteriskCallerRow caller = { 0 };

  caller.queue = row->queue = read_id (row, "Queue");
  caller.id = row->row = read_id (row, "Uniqueid");
  caller.position = read_integer (row, "Position", 1, TD_MAX_COUNT, TD_UNKNOWN);
  /* A clock that was set back makes a wait of less than nothing. */
  caller.wait_s = MAX (read_integer (row, "Wait", G_MININT32, G_MAXINT32, 0), 0);
  caller.number = read_number (row);
  if (row->error != NULL)
    return;

  if (!g_hash_table_contains (seen->queues, caller.queue))
    fail (row, TD_BACKEND_ERROR_INVALID, "Queue", _ ("a queue that was not told"));
  else if (!g_hash_table_add (seen->callers, (gpointer)caller.id))
    fail (row, TD_BACKEND_ERROR_INVALID, "Uniqueid", _ ("told for the second time"));
  else if (self->callers->len >= TD_MAX_CALLERS)
    fail (row, TD_BACKEND_ERROR_TOO_LARGE, "Uniqueid", _ ("more than %d callers"), TD_MAX_CALLERS);
  else
    g_array_append_val (self->callers, caller);
}

static const TdAmiAnswer *
parse_answer (TdAsteriskReading *self,
              GBytes            *body,
              const char        *action,
              const char        *last_event,
              GError           **error)
{
  TdAmiAnswer *answer = td_ami_answer_parse (body, error);

  if (answer == NULL)
    {
      g_prefix_error (error, "%s: ", action);
      return NULL;
    }

  g_ptr_array_add (self->answers, answer);
  if (!td_ami_answer_is_success (answer))
    {
      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID, _ ("%s: Asterisk did not agree"), action);
      return NULL;
    }
  if (last_event != NULL && !td_ami_answer_is_complete (answer, last_event))
    {
      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                   _ ("%s: the answer breaks off before “%s”"), action, last_event);
      return NULL;
    }

  return answer;
}

static gboolean
read_queue_status (TdAsteriskReading *self,
                   GBytes            *body,
                   GError           **error)
{
  g_autoptr (GHashTable) queues = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) callers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) members = g_hash_table_new (g_str_hash, g_str_equal);
  Seen               seen = { queues, callers, members };
  const TdAmiAnswer *answer = parse_answer (self, body, "QueueStatus", "QueueStatusComplete", error);

  if (answer == NULL)
    return FALSE;

  for (guint i = 0; i < td_ami_answer_get_n_messages (answer); i++)
    {
      Row         row = { .message = td_ami_answer_get_message (answer, i), .action = "QueueStatus" };
      const char *event = td_ami_message_get_event (row.message);

      if (g_strcmp0 (event, "QueueParams") == 0)
        read_queue (self, &row, queues);
      else if (g_strcmp0 (event, "QueueMember") == 0)
        read_queue_member (self, &row, &seen);
      else if (g_strcmp0 (event, "QueueEntry") == 0)
        read_queue_entry (self, &row, &seen);

      if (row.error != NULL)
        {
          g_propagate_error (error, row.error);
          return FALSE;
        }
    }

  return TRUE;
}

/* A channel's call and wait: what is not understood here is left out, since
 * the state of now does not hang on it. */
static gboolean
read_status (TdAsteriskReading *self,
             GBytes            *body,
             GError           **error)
{
  const TdAmiAnswer *answer = parse_answer (self, body, "Status", "StatusComplete", error);

  if (answer == NULL)
    return FALSE;

  self->has_channels = TRUE;
  for (guint i = 0; i < td_ami_answer_get_n_messages (answer); i++)
    {
      const TdAmiMessage  *message = td_ami_answer_get_message (answer, i);
      TdAsteriskChannelRow channel = { .hold_s = TD_UNKNOWN, .seconds = TD_UNKNOWN };
      Row                  row = { .message = message };
      const char          *text;

      if (g_strcmp0 (td_ami_message_get_event (message), "Status") != 0)
        continue;

      channel.id = td_ami_message_get (message, "Uniqueid");
      if (channel.id == NULL || *channel.id == '\0')
        continue;
      channel.application = td_ami_message_get (message, "Application");
      channel.data = td_ami_message_get (message, "Data");
      channel.queue = td_ami_message_get_variable (message, "QUEUENAME");
      channel.interface = td_ami_message_get_variable (message, "MEMBERINTERFACE");
      channel.number = read_number (&row);
      text = td_ami_message_get_variable (message, "QEHOLDTIME");
      if (text != NULL && !g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, &channel.hold_s, NULL))
        channel.hold_s = TD_UNKNOWN;
      td_ami_message_get_integer (message, "Seconds", 0, G_MAXINT32, &channel.seconds);
      text = td_ami_message_get (message, "BridgeID");
      channel.bridged = text != NULL && *text != '\0';
      channel.hung_up = g_strcmp0 (td_ami_message_get (message, "Exten"), "h") == 0;
      g_array_append_val (self->channels, channel);
    }

  return TRUE;
}

static gboolean
read_core_status (TdAsteriskReading *self,
                  GBytes            *body,
                  GTimeZone         *zone,
                  GError           **error)
{
  const TdAmiAnswer *answer = parse_answer (self, body, "CoreStatus", NULL, error);
  const char        *date, *time;
  g_autoptr (GDateTime) start = NULL;
  int year, month, day, hour, minute, second;

  if (answer == NULL)
    return FALSE;

  date = td_ami_message_get (td_ami_answer_get_response (answer), "CoreStartupDate");
  time = td_ami_message_get (td_ami_answer_get_response (answer), "CoreStartupTime");
  if (date != NULL && time != NULL &&
      sscanf (date, "%4d-%2d-%2d", &year, &month, &day) == 3 &&
      sscanf (time, "%2d:%2d:%2d", &hour, &minute, &second) == 3)
    start = g_date_time_new (zone, year, month, day, hour, minute, second);
  if (start == NULL || g_date_time_to_unix (start) <= 0)
    {
      g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                           _ ("CoreStatus, CoreStartupDate: not a date and time"));
      return FALSE;
    }

  self->core_start = g_date_time_to_unix (start) * G_USEC_PER_SEC;

  return TRUE;
}

static const struct
{
  const char         *name;
  TdAsteriskEventKind kind;
} event_names[] = {
  { "QueueCallerJoin", TD_ASTERISK_EVENT_JOIN },
  { "QueueCallerLeave", TD_ASTERISK_EVENT_LEAVE },
  { "QueueCallerAbandon", TD_ASTERISK_EVENT_ABANDON },
  { "AgentCalled", TD_ASTERISK_EVENT_CALLED },
  { "AgentConnect", TD_ASTERISK_EVENT_CONNECT },
  { "AgentComplete", TD_ASTERISK_EVENT_COMPLETE },
  { "AgentRingNoAnswer", TD_ASTERISK_EVENT_NO_ANSWER },
  { "QueueMemberStatus", TD_ASTERISK_EVENT_MEMBER },
  { "QueueMemberPause", TD_ASTERISK_EVENT_MEMBER },
  { "QueueMemberAdded", TD_ASTERISK_EVENT_MEMBER },
  { "QueueMemberRemoved", TD_ASTERISK_EVENT_REMOVED },
};

/* "1795346164.894971"; absent unless manager.conf has timestampevents. */
static gboolean
read_timestamp (const TdAmiMessage *message,
                gint64              at,
                gint64             *time)
{
  const char *text = td_ami_message_get (message, "Timestamp");
  char       *end;
  gint64      seconds;
  gint64      us = 0;

  if (text == NULL || !g_ascii_isdigit (*text))
    return FALSE;

  seconds = g_ascii_strtoll (text, &end, 10);
  if (*end == '.')
    {
      gint64 unit = G_USEC_PER_SEC / 10;

      for (end++; g_ascii_isdigit (*end) && unit > 0; end++, unit /= 10)
        us += (*end - '0') * unit;
    }
  if (seconds <= 0 || seconds > MAX_SECONDS)
    return FALSE;

  *time = seconds * G_USEC_PER_SEC + us;

  /* An event of another day than the poll's is no time to reckon with. */
  return *time <= at + G_TIME_SPAN_HOUR && *time >= at - 2 * G_TIME_SPAN_DAY;
}

/* An event that cannot be understood is as one that was lost: the counters
 * tell that it is missing. */
static void
read_event (TdAsteriskReading  *self,
            const TdAmiMessage *message,
            gint64              at)
{
  const char     *name = td_ami_message_get_event (message);
  TdAsteriskEvent event = { .hold_s = TD_UNKNOWN, .talk_s = TD_UNKNOWN, .position = TD_UNKNOWN };
  Row             row = { .message = message, .action = "WaitEvent" };
  guint           i;

  if (name == NULL)
    return;
  for (i = 0; i < G_N_ELEMENTS (event_names); i++)
    {
      if (strcmp (event_names[i].name, name) == 0)
        break;
    }
  if (i == G_N_ELEMENTS (event_names))
    return;

  event.kind = event_names[i].kind;
  event.time = at;
  event.is_exact = read_timestamp (message, at, &event.time);
  if (!event.is_exact)
    event.time = at;

  if (event.kind == TD_ASTERISK_EVENT_MEMBER || event.kind == TD_ASTERISK_EVENT_REMOVED)
    {
      event.member = read_member (&row, "Interface", "MemberName");
      event.queue = event.member.queue;
      event.interface = event.member.interface;
    }
  else
    {
      event.queue = read_id (&row, "Queue");
      /* The end of a call may be told when the caller's channel is no more. */
      event.caller = event.kind == TD_ASTERISK_EVENT_COMPLETE ? read_text (&row, "Uniqueid", TD_MAX_ID)
                                                              : read_id (&row, "Uniqueid");
      event.number = read_number (&row);
      event.interface = read_text (&row, "Interface", TD_MAX_ID);
      event.position = read_integer (&row, "Position", 1, TD_MAX_COUNT, TD_UNKNOWN);
      event.hold_s = read_integer (&row, "HoldTime", 0, G_MAXINT32, TD_UNKNOWN);
      event.talk_s = read_integer (&row, "TalkTime", 0, G_MAXINT32, TD_UNKNOWN);
    }

  if (row.error == NULL)
    g_array_append_val (self->events, event);
  else
    g_debug ("An event is left out: %s", row.error->message);
  g_clear_error (&row.error);
}

static gboolean
read_events (TdAsteriskReading *self,
             GBytes            *body,
             gint64             at,
             GError           **error)
{
  const TdAmiAnswer *answer = parse_answer (self, body, "WaitEvent", NULL, error);

  if (answer == NULL)
    return FALSE;

  for (guint i = 0; i < td_ami_answer_get_n_messages (answer); i++)
    read_event (self, td_ami_answer_get_message (answer, i), at);

  return TRUE;
}

/**
 * td_asterisk_reading_new:
 * @poll: what a poll brought
 * @zone: the server's zone, in which it tells its start
 * @error: return location; %TD_BACKEND_ERROR; names action, queue, member and field
 *
 * Returns: (transfer full) (nullable): its rows, all of them checked
 */
TdAsteriskReading *
td_asterisk_reading_new (const TdAsteriskPoll *poll,
                         GTimeZone            *zone,
                         GError              **error)
{
  g_autoptr (TdAsteriskReading) self = g_new0 (TdAsteriskReading, 1);

  self->queues = g_array_new (FALSE, FALSE, sizeof (TdAsteriskQueueRow));
  self->members = g_array_new (FALSE, FALSE, sizeof (TdAsteriskMemberRow));
  self->callers = g_array_new (FALSE, FALSE, sizeof (TdAsteriskCallerRow));
  self->channels = g_array_new (FALSE, FALSE, sizeof (TdAsteriskChannelRow));
  self->events = g_array_new (FALSE, FALSE, sizeof (TdAsteriskEvent));
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify)td_ami_answer_free);
  self->core_start = TD_UNKNOWN;

  if (!read_queue_status (self, poll->queue_status, error))
    return NULL;
  if (poll->status != NULL && !read_status (self, poll->status, error))
    return NULL;
  if (poll->core_status != NULL && !read_core_status (self, poll->core_status, zone, error))
    return NULL;
  for (guint i = 0; poll->events != NULL && i < poll->events->len; i++)
    {
      if (!read_events (self, poll->events->pdata[i], poll->at, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

void
td_asterisk_reading_free (TdAsteriskReading *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->queues, g_array_unref);
  g_clear_pointer (&self->members, g_array_unref);
  g_clear_pointer (&self->callers, g_array_unref);
  g_clear_pointer (&self->channels, g_array_unref);
  g_clear_pointer (&self->events, g_array_unref);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_free (self);
}
