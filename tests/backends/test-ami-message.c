/* test-ami-message.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "ami-fixture.h"
#include "td-ami-message.h"

static TdAmiAnswer *
parse (const char *text,
       GError    **error)
{
  g_autoptr (GBytes) body = ami_fixture_from_string (text);

  return td_ami_answer_parse (body, error);
}

static TdAmiAnswer *
parse_fixture (const char *name)
{
  g_autoptr (GBytes) body = ami_fixture_load (name);
  g_autoptr (GError) error = NULL;
  TdAmiAnswer *answer = td_ami_answer_parse (body, &error);

  g_assert_no_error (error);
  g_assert_nonnull (answer);

  return answer;
}

static void
test_queue_status (void)
{
  g_autoptr (TdAmiAnswer) answer = parse_fixture ("raw-queuestatus.http");
  const TdAmiMessage *queue = td_ami_answer_get_message (answer, 1);
  const TdAmiMessage *member = td_ami_answer_get_message (answer, 2);
  gint64              value = -7;

  g_assert_true (td_ami_answer_is_success (answer));
  g_assert_true (td_ami_answer_is_complete (answer, "QueueStatusComplete"));
  g_assert_false (td_ami_answer_is_complete (answer, "StatusComplete"));
  /* What the server says that it listed, and its own two messages. */
  g_assert_cmpuint (td_ami_answer_get_n_messages (answer), ==, 75 + 2);

  g_assert_cmpstr (td_ami_message_get_event (queue), ==, "QueueParams");
  g_assert_cmpstr (td_ami_message_get (queue, "servicelevelperf"), ==, "93.3");
  g_assert_true (td_ami_message_get_integer (queue, "Completed", 0, 1000, &value));
  g_assert_cmpint (value, ==, 15);
  g_assert_false (td_ami_message_get_integer (queue, "Completed", 0, 14, &value));
  g_assert_false (td_ami_message_get_integer (queue, "Strategy", 0, 14, &value));
  g_assert_cmpint (value, ==, 15);

  g_assert_cmpstr (td_ami_message_get (member, "Name"), ==, "Phạm Dũng");
  g_assert_cmpstr (td_ami_message_get (member, "PausedReason"), ==, "Training");
  g_assert_null (td_ami_message_get (member, "Callback"));
}

static void
test_variables (void)
{
  g_autoptr (TdAmiAnswer) answer = parse_fixture ("sup-status-vars.http");
  guint n_linked = 0;

  for (guint i = 0; i < td_ami_answer_get_n_messages (answer); i++)
    {
      const TdAmiMessage *message = td_ami_answer_get_message (answer, i);
      const char         *interface = td_ami_message_get_variable (message, "MEMBERINTERFACE");

      if (interface == NULL)
        continue;

      n_linked++;
      g_assert_nonnull (strchr (interface, '/'));
      g_assert_null (td_ami_message_get_variable (message, "MEMBERINTER"));
    }

  g_assert_cmpuint (n_linked, >, 0);
}

static void
test_every_capture (void)
{
  static const char *const names[] = {
    "raw-login.http",
    "raw-badlogin.http",
    "raw-ping.http",
    "raw-corestatus.http",
    "raw-coresettings.http",
    "raw-listcommands.http",
    "raw-nosession.http",
    "raw-queuesummary.http",
    "raw-status.http",
    "raw-waitevent-10s.http",
    "raw-coreshowchannels.http",
    "sup-originate-spy.http",
    "sup-spy-events.http",
    "sup-pause-after.http",
    "series/events-agent.http",
    "series/queuestatus-01.txt",
    "series/queuestatus-30.txt",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (TdAmiAnswer) answer = parse_fixture (names[i]);

      g_assert_nonnull (td_ami_answer_get_response (answer));
    }
}

static void
test_refusals (void)
{
  g_autoptr (TdAmiAnswer) answer = parse_fixture ("raw-badlogin.http");

  g_assert_false (td_ami_answer_is_success (answer));
  g_assert_cmpstr (td_ami_message_get (td_ami_answer_get_response (answer), "Message"), ==, "Authentication failed");
}

static void
test_list_commands (void)
{
  g_autoptr (TdAmiAnswer) answer = parse_fixture ("raw-listcommands.http");
  const TdAmiMessage *response = td_ami_answer_get_response (answer);
  gboolean            found = FALSE;

  for (guint i = 0; i < td_ami_message_get_n_headers (response); i++)
    {
      if (strcmp (td_ami_message_get_key (response, i), "QueueStatus") == 0)
        found = g_str_has_suffix (td_ami_message_get_value (response, i), "(Priv: <none>)");
    }

  g_assert_true (found);
}

static void
test_line_ends (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdAmiAnswer) answer = parse ("Response: Success\nEmpty: \nTight:a: b\n\n\n\nEvent: A\r\n\r\n", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (td_ami_answer_get_n_messages (answer), ==, 2);
  g_assert_cmpstr (td_ami_message_get (td_ami_answer_get_message (answer, 0), "Empty"), ==, "");
  g_assert_cmpstr (td_ami_message_get (td_ami_answer_get_message (answer, 0), "Tight"), ==, "a: b");
}

static void
test_broken_utf8 (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdAmiAnswer) answer = parse ("Event: QueueEntry\r\nCallerIDName: Nguy\xe1\xbb n\xff\r\nPosition: 2\r\n\r\n", &error);
  const TdAmiMessage *message;

  g_assert_no_error (error);
  message = td_ami_answer_get_message (answer, 0);
  g_assert_true (g_utf8_validate (td_ami_message_get (message, "CallerIDName"), -1, NULL));
  g_assert_nonnull (strstr (td_ami_message_get (message, "CallerIDName"), "\xef\xbf\xbd"));
  g_assert_cmpstr (td_ami_message_get (message, "Position"), ==, "2");
}

static void
test_cut_anywhere (void)
{
  g_autoptr (GBytes) whole = ami_fixture_load ("raw-queuesummary.http");
  gsize length = g_bytes_get_size (whole);

  /* A cut between two messages is a whole answer to the parser; that the list
   * has no end is for td_ami_answer_is_complete() to say. */
  for (gsize cut = 0; cut + 2 < length; cut++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, cut);
      g_autoptr (GError) error = NULL;
      g_autoptr (TdAmiAnswer) answer = td_ami_answer_parse (part, &error);

      if (answer == NULL)
        g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID);
      else
        g_assert_false (td_ami_answer_is_complete (answer, "QueueSummaryComplete"));
    }
}

static void
test_not_ami (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } cases[] = {
    { "", "empty" },
    { "\r\n\r\n", "empty" },
    { "<html><head><title>502 Bad Gateway</title></head></html>", "web page" },
    { "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\">\n", "web page" },
    { "  <html xmlns=\"http://www.w3.org\">\n\n", "web page" },
    { "{\"error\": \"no\"}\n", "not of Asterisk" },
    { "hello\n\n", "not of Asterisk" },
    { "hello", "not of Asterisk" },
    { "Response: Success\r\nMess", "breaks off" },
    { "Response: Success\r\nMessage: x\r\n", "breaks off" },
    { ": x\r\n\r\n", "not of Asterisk" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TdAmiAnswer) answer = parse (cases[i].text, &error);

      g_assert_null (answer);
      g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID);
      if (strstr (error->message, cases[i].says) == NULL)
        g_error ("case %u: %s", i, error->message);
    }
}

static void
test_no_null_bytes (void)
{
  static const char text[] = "Response: Success\r\nMessage: a\0b\r\n\r\n";
  g_autoptr (GBytes) body = g_bytes_new (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdAmiAnswer) answer = td_ami_answer_parse (body, &error);

  g_assert_null (answer);
  g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID);
}

static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new ("Event: A\r\nLong: ");
  g_autoptr (GError) error = NULL;
  g_autoptr (TdAmiAnswer) answer = NULL;

  for (guint i = 0; i < TD_AMI_MAX_LINE; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "\r\n\r\n");
  answer = parse (text->str, &error);
  g_assert_null (answer);
  g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE);
  g_clear_error (&error);

  g_string_assign (text, "Event: A\r\n");
  for (guint i = 0; i < TD_AMI_MAX_HEADERS; i++)
    g_string_append (text, "K: v\r\n");
  g_string_append (text, "\r\n");
  answer = parse (text->str, &error);
  g_assert_null (answer);
  g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ami-message/queue-status", test_queue_status);
  g_test_add_func ("/ami-message/channel-variables", test_variables);
  g_test_add_func ("/ami-message/every-capture-parses", test_every_capture);
  g_test_add_func ("/ami-message/refusals-are-answers", test_refusals);
  g_test_add_func ("/ami-message/list-of-commands", test_list_commands);
  g_test_add_func ("/ami-message/line-ends-and-blank-lines", test_line_ends);
  g_test_add_func ("/ami-message/broken-utf8-is-mended", test_broken_utf8);
  g_test_add_func ("/ami-message/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/ami-message/not-ami-at-all", test_not_ami);
  g_test_add_func ("/ami-message/null-bytes-are-refused", test_no_null_bytes);
  g_test_add_func ("/ami-message/bounds", test_bounds);

  return g_test_run ();
}
