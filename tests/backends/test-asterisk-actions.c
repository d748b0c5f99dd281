/* test-asterisk-actions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "ami-fixture.h"
#include "fake-ami.h"
#include "td-ami-rights.h"
#include "td-asterisk-actions.h"
#include "td-asterisk-channels.h"

typedef struct
{
  gboolean done;
  gboolean result;
  GError  *error;
} Outcome;

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->result = td_asterisk_act_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static TdAmiSession *
create_session (FakeAmi *ami)
{
  g_autoptr (TdConnection) connection = td_connection_new (fake_ami_get_url (ami));
  g_autoptr (GError) error = NULL;
  TdAmiSession *session;

  connection->user = g_strdup (FAKE_AMI_USER);
  connection->secret = g_strdup (FAKE_AMI_SECRET);
  session = td_ami_session_new (connection, FALSE, &error);
  g_assert_no_error (error);

  return session;
}

static void
begin (FakeAmi        *ami,
       const TdAction *action,
       GCancellable   *cancellable,
       Outcome        *outcome)
{
  g_autoptr (TdAmiSession) session = create_session (ami);

  td_asterisk_act_async (session, action, FAKE_AMI_SECRET, cancellable, acted_cb, outcome);
}

static void
wait_for (Outcome *outcome)
{
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
}

/* Every action leaves no session behind. */
static void
assert_signed_off (FakeAmi *ami)
{
  while (fake_ami_get_n_sessions (ami) > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_done (FakeAmi        *ami,
             const TdAction *action)
{
  Outcome outcome = { 0 };

  begin (ami, action, NULL, &outcome);
  wait_for (&outcome);
  g_assert_no_error (outcome.error);
  g_assert_true (outcome.result);
  assert_signed_off (ami);
}

static void
assert_fails (FakeAmi        *ami,
              const TdAction *action,
              int             code,
              const char     *words)
{
  Outcome outcome = { 0 };

  begin (ami, action, NULL, &outcome);
  wait_for (&outcome);
  g_assert_error (outcome.error, TD_BACKEND_ERROR, code);
  g_assert_nonnull (strstr (outcome.error->message, words));
  g_assert_null (strstr (outcome.error->message, FAKE_AMI_SECRET));
  g_error_free (outcome.error);
  assert_signed_off (ami);
}

static void
test_pause (void)
{
  g_autoptr (FakeAmi) ami = fake_ami_new (NULL, FALSE);
  TdAction action = { .kind = TD_ACTION_PAUSE, .agent = "PJSIP/1018", .reason = "Đào tạo & họp" };

  fake_ami_answer_fixture (ami, "QueuePause", "sup-pause.http");
  assert_done (ami, &action);
  g_assert_cmpstr (fake_ami_get_field (ami, "QueuePause", "Interface"), ==, "PJSIP/1018");
  g_assert_cmpstr (fake_ami_get_field (ami, "QueuePause", "Paused"), ==, "true");
  g_assert_cmpstr (fake_ami_get_field (ami, "QueuePause", "Reason"), ==, "Đào tạo & họp");
  g_assert_null (fake_ami_get_field (ami, "QueuePause", "Queue"));

  action = (TdAction){ .kind = TD_ACTION_UNPAUSE, .agent = "PJSIP/1018", .queue = "19009000", .reason = "no" };
  assert_done (ami, &action);
  g_assert_cmpstr (fake_ami_get_field (ami, "QueuePause", "Paused"), ==, "false");
  g_assert_cmpstr (fake_ami_get_field (ami, "QueuePause", "Queue"), ==, "19009000");
  g_assert_null (fake_ami_get_field (ami, "QueuePause", "Reason"));
  g_assert_cmpuint (fake_ami_count (ami, "QueuePause"), ==, 2);
  g_assert_cmpuint (fake_ami_get_n_secrets_in_urls (ami), ==, 0);
}

static void
test_refusals (void)
{
  g_autoptr (FakeAmi) ami = fake_ami_new (NULL, FALSE);
  TdAction action = { .kind = TD_ACTION_PAUSE, .agent = "PJSIP/1018" };

  assert_fails (ami, &action, TD_BACKEND_ERROR_REFUSED, "Permission denied");

  fake_ami_answer_fixture (ami, "QueuePause", "sup-pause-nomember.http");
  assert_fails (ami, &action, TD_BACKEND_ERROR_SERVER, "Interface not found");

  action = (TdAction){ .kind = TD_ACTION_QUEUE_REMOVE, .agent = "PJSIP/1018", .queue = "reason-empty" };
  fake_ami_answer_fixture (ami, "QueueRemove", "sup-remove-again.http");
  assert_fails (ami, &action, TD_BACKEND_ERROR_SERVER, "Unable to remove interface: Not there");

  fake_ami_answer_fixture (ami, "QueueRemove", "sup-remove-static.http");
  assert_fails (ami, &action, TD_BACKEND_ERROR_SERVER, "Member not dynamic");

  action = (TdAction){ .kind = TD_ACTION_QUEUE_ADD, .agent = "PJSIP/1018", .queue = "reason-empty" };
  fake_ami_answer_fixture (ami, "QueueAdd", "sup-add-again.http");
  assert_fails (ami, &action, TD_BACKEND_ERROR_SERVER, "Already there");
}

static void
test_secret_is_not_repeated (void)
{
  g_autoptr (FakeAmi) ami = fake_ami_new (NULL, FALSE);
  g_autofree char *text = g_strdup_printf ("Response: Error\r\nMessage: no %s\r\n\r\n", FAKE_AMI_SECRET);
  g_autoptr (GBytes) body = ami_fixture_from_string (text);
  TdAction action = { .kind = TD_ACTION_PAUSE, .agent = "PJSIP/1018" };

  fake_ami_answer (ami, "QueuePause", body);
  assert_fails (ami, &action, TD_BACKEND_ERROR_SERVER, "without saying why");
}

static void
test_queue_add (void)
{
  g_autoptr (FakeAmi) ami = fake_ami_new (NULL, FALSE);
  TdAction action = { .kind = TD_ACTION_QUEUE_ADD, .agent = "Local/1011@agents/n", .queue = "reason-empty" };

  fake_ami_answer_fixture (ami, "QueueAdd", "sup-add.http");
  assert_done (ami, &action);
  g_assert_cmpstr (fake_ami_get_field (ami, "QueueStatus", "Member"), ==, "Local/1011@agents/n");
  g_assert_cmpstr (fake_ami_get_field (ami, "QueueAdd", "Queue"), ==, "reason-empty");
  g_assert_cmpstr (fake_ami_get_field (ami, "QueueAdd", "Interface"), ==, "Local/1011@agents/n");
  g_assert_cmpstr (fake_ami_get_field (ami, "QueueAdd", "MemberName"), ==, "Ngô Long");
  g_assert_cmpstr (fake_ami_get_field (ami, "QueueAdd", "StateInterface"), ==, "hint:1011@agenthints");
  g_assert_cmpstr (fake_ami_get_field (ami, "QueueAdd", "Paused"), ==, "false");
}

/* Who pauses was not asked back to work by serving one more queue. */
static void
test_queue_add_keeps_pause (void)
{
  g_autoptr (FakeAmi) ami = fake_ami_new (NULL, FALSE);
  TdAction action = { .kind = TD_ACTION_QUEUE_ADD, .agent = "Local/1004@agents/n", .queue = "reason-empty" };

  fake_ami_answer_fixture (ami, "QueueAdd", "sup-add.http");
  assert_done (ami, &action);
  g_assert_cmpstr (fake_ami_get_field (ami, "QueueAdd", "MemberName"), ==, "Phạm Dũng");
  g_assert_cmpstr (fake_ami_get_field (ami, "QueueAdd", "Paused"), ==, "true");
}

static char *
status_of (const char *channels)
{
  return g_strconcat ("Response: Success\r\nEventList: start\r\n\r\n", channels,
                      "Event: StatusComplete\r\nEventList: Complete\r\n\r\n", NULL);
}

#define CHANNEL(name, bridge, app, member)                                          \
  "Event: Status\r\nChannel: " name "\r\nBridgeID: " bridge "\r\nApplication: " app \
  "\r\nVariable: MEMBERINTERFACE=" member "\r\n\r\n"

#define TWO_CALLS                                                 \
  CHANNEL ("PJSIP/carrier-00000001", "b1", "Queue", "PJSIP/1017") \
  CHANNEL ("PJSIP/1017-00000002", "b1", "AppQueue", "(null)")     \
  CHANNEL ("PJSIP/1018-00000003", "b2", "AppDial", "(null)")

static void
assert_call (const char *channels,
             const char *interface,
             const char *expected)
{
  g_autofree char *text = status_of (channels);
  g_autoptr (GBytes) body = ami_fixture_from_string (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdAmiAnswer) answer = td_ami_answer_parse (body, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (td_asterisk_find_call (answer, interface), ==, expected);
}

static void
test_find_call (void)
{
  assert_call (TWO_CALLS, "PJSIP/1017", "PJSIP/1017-00000002");
  assert_call (TWO_CALLS, "PJSIP/1018", "PJSIP/1018-00000003");
  assert_call (TWO_CALLS, "PJSIP/101", NULL);
  assert_call (TWO_CALLS, "PJSIP/1019", NULL);
  assert_call ("", "PJSIP/1017", NULL);

  /* Who rings does not speak. */
  assert_call (CHANNEL ("PJSIP/1017-00000002", "", "AppQueue", "(null)"), "PJSIP/1017", NULL);
  assert_call (CHANNEL ("PJSIP/1017-desk-00000002", "b1", "AppQueue", "(null)"), "PJSIP/1017", NULL);

  /* The half that faces the queue. */
  assert_call (CHANNEL ("Local/1001@agents-0000000a;2", "b2", "Wait", "(null)")
                 CHANNEL ("Local/1001@agents-0000000a;1", "b1", "AppQueue", "(null)"),
               "Local/1001@agents/n", "Local/1001@agents-0000000a;1");

  /* Of two calls, the one that the queue gave. */
  assert_call (CHANNEL ("PJSIP/1017-00000009", "b9", "AppDial", "(null)") TWO_CALLS, "PJSIP/1017", "PJSIP/1017-00000002");
  assert_call (TWO_CALLS CHANNEL ("PJSIP/1017-00000009", "b9", "AppDial", "(null)"), "PJSIP/1017", "PJSIP/1017-00000002");

  /* A phone of another name is found through its caller… */
  assert_call (CHANNEL ("SIP/trunk-1", "b1", "Queue", "Agent/7") CHANNEL ("PJSIP/desk-00000004", "b1", "AppQueue", "(null)"),
               "Agent/7", "PJSIP/desk-00000004");

  /* …but not once the caller was passed on. */
  assert_call (CHANNEL ("SIP/trunk-1", "b1", "Dial", "Agent/7") CHANNEL ("PJSIP/desk-00000004", "b1", "AppDial", "(null)"),
               "Agent/7", NULL);
}

static void
test_find_call_of_a_real_server (void)
{
  g_autoptr (GBytes) body = ami_fixture_load ("sup-status-vars.http");
  g_autoptr (GError) error = NULL;
  g_autoptr (TdAmiAnswer) answer = td_ami_answer_parse (body, &error);
  guint n_found = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < td_ami_answer_get_n_messages (answer); i++)
    {
      const TdAmiMessage *channel = td_ami_answer_get_message (answer, i);
      const char         *member = td_ami_message_get_variable (channel, "MEMBERINTERFACE");
      g_autofree char    *stem = NULL;
      const char         *found;

      if (member == NULL || g_strcmp0 (td_ami_message_get (channel, "Application"), "Queue") != 0 ||
          *td_ami_message_get (channel, "BridgeID") == '\0')
        continue;

      stem = g_strndup (member, strcspn (member, "@"));
      found = td_asterisk_find_call (answer, member);
      g_assert_nonnull (found);
      g_assert_true (g_str_has_prefix (found, stem));
      n_found++;
    }

  g_assert_cmpuint (n_found, >, 5);
}

static void
test_hang_up (void)
{
  g_autoptr (FakeAmi) ami = fake_ami_new (NULL, FALSE);
  g_autofree char *text = status_of (TWO_CALLS);
  g_autoptr (GBytes) body = ami_fixture_from_string (text);
  TdAction action = { .kind = TD_ACTION_HANG_UP, .agent = "PJSIP/1017" };

  fake_ami_answer (ami, "Status", body);
  fake_ami_answer_fixture (ami, "Hangup", "sup-hangup.http");
  assert_done (ami, &action);
  g_assert_cmpstr (fake_ami_get_field (ami, "Hangup", "Channel"), ==, "PJSIP/1017-00000002");

  /* The call may end in the same moment. */
  fake_ami_answer_fixture (ami, "Hangup", "sup-hangup-nochan.http");
  assert_fails (ami, &action, TD_BACKEND_ERROR_SERVER, "No such channel");

  action.agent = "PJSIP/1019";
  assert_fails (ami, &action, TD_BACKEND_ERROR_SERVER, "speaks with nobody");
  g_assert_cmpuint (fake_ami_count (ami, "Hangup"), ==, 2);
}

static void
push_answer_of_phone (FakeAmi    *ami,
                      const char *id,
                      const char *response,
                      int         reason)
{
  g_autofree char *event = g_strdup_printf ("Event: OriginateResponse\r\nPrivilege: call,all\r\nActionID: %s\r\n"
                                            "Response: %s\r\nReason: %d\r\n\r\n",
                                            id, response, reason);

  fake_ami_push (ami, "call", event);
}

static void
listen_until_it_rings (FakeAmi        *ami,
                       const TdAction *action,
                       Outcome        *outcome)
{
  g_autofree char *text = status_of (TWO_CALLS);
  g_autoptr (GBytes) body = ami_fixture_from_string (text);

  fake_ami_answer (ami, "Status", body);
  fake_ami_answer_fixture (ami, "Originate", "sup-originate-spy.http");
  begin (ami, action, NULL, outcome);
  while (!outcome->done && !fake_ami_is_holding (ami))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (outcome->done);
}

static void
test_listen (void)
{
  static const struct
  {
    TdActionKind kind;
    const char  *extension;
    const char  *channel;
    const char  *data;
  } cases[] = {
    { TD_ACTION_LISTEN, "9001", "PJSIP/9001", "PJSIP/1017-00000002,qES" },
    { TD_ACTION_WHISPER, "SIP/9001", "SIP/9001", "PJSIP/1017-00000002,qESw" },
    { TD_ACTION_BARGE, "Local/9001@from-internal", "Local/9001@from-internal", "PJSIP/1017-00000002,qESB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FakeAmi) ami = fake_ami_new (NULL, FALSE);
      TdAction action = { .kind = cases[i].kind, .agent = "PJSIP/1017", .extension = cases[i].extension };
      Outcome  outcome = { 0 };

      listen_until_it_rings (ami, &action, &outcome);
      g_assert_cmpstr (fake_ami_get_field (ami, "Originate", "Channel"), ==, cases[i].channel);
      g_assert_cmpstr (fake_ami_get_field (ami, "Originate", "Application"), ==, "ChanSpy");
      g_assert_cmpstr (fake_ami_get_field (ami, "Originate", "Data"), ==, cases[i].data);

      /* Of somebody else's call. */
      push_answer_of_phone (ami, "another", "Failure", 0);
      while (fake_ami_count (ami, "WaitEvent") < 2)
        g_main_context_iteration (NULL, TRUE);
      g_assert_false (outcome.done);

      push_answer_of_phone (ami, fake_ami_get_field (ami, "Originate", "ActionID"), "Success", 4);
      wait_for (&outcome);
      g_assert_no_error (outcome.error);
      g_assert_true (outcome.result);
      assert_signed_off (ami);
      g_assert_cmpuint (fake_ami_count (ami, "Originate"), ==, 1);
    }
}

static void
test_listen_without_a_phone (void)
{
  static const struct
  {
    int         reason;
    const char *words;
  } cases[] = {
    { 0, "cannot be reached" },
    { 1, "not answered" },
    { 3, "not answered" },
    { 5, "busy" },
    { 8, "cannot be reached" },
  };
  TdAction action = { .kind = TD_ACTION_LISTEN, .agent = "PJSIP/1017", .extension = "9001" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FakeAmi) ami = fake_ami_new (NULL, FALSE);
      Outcome outcome = { 0 };

      listen_until_it_rings (ami, &action, &outcome);
      push_answer_of_phone (ami, fake_ami_get_field (ami, "Originate", "ActionID"), "Failure", cases[i].reason);
      wait_for (&outcome);
      g_assert_error (outcome.error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_SERVER);
      g_assert_nonnull (strstr (outcome.error->message, cases[i].words));
      g_assert_null (strstr (outcome.error->message, "9001"));
      g_error_free (outcome.error);
      assert_signed_off (ami);
    }
}

static void
test_cancel_while_it_rings (void)
{
  g_autoptr (FakeAmi) ami = fake_ami_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *text = status_of (TWO_CALLS);
  g_autoptr (GBytes) body = ami_fixture_from_string (text);
  TdAction action = { .kind = TD_ACTION_LISTEN, .agent = "PJSIP/1017", .extension = "9001" };
  Outcome  outcome = { 0 };

  fake_ami_answer (ami, "Status", body);
  fake_ami_answer_fixture (ami, "Originate", "sup-originate-spy.http");
  begin (ami, &action, cancellable, &outcome);
  while (!fake_ami_is_holding (ami))
    g_main_context_iteration (NULL, TRUE);

  g_cancellable_cancel (cancellable);
  wait_for (&outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_error_free (outcome.error);
  assert_signed_off (ami);
}

static void
test_no_connection_is_not_repeated (void)
{
  g_autoptr (FakeAmi) ami = fake_ami_new (NULL, FALSE);
  TdAction action = { .kind = TD_ACTION_PAUSE, .agent = "PJSIP/1018" };

  fake_ami_spoil (ami, "QueuePause", FAKE_AMI_CUT, 0, "Response: Succ");
  assert_fails (ami, &action, TD_BACKEND_ERROR_UNREACHABLE, "127.0.0.1");
  g_assert_cmpuint (fake_ami_count (ami, "QueuePause"), ==, 1);
}

static void
assert_rights (const char *commands,
               guint       actions,
               gboolean    status,
               gboolean    queues)
{
  g_autofree char *text = g_strconcat ("Response: Success\r\n", commands, "\r\n", NULL);
  g_autoptr (GBytes) body = ami_fixture_from_string (text);
  g_autoptr (TdAmiAnswer) answer = td_ami_answer_parse (body, NULL);
  TdAmiRights rights = { 0 };

  td_ami_rights_read (&rights, answer);
  g_assert_true (rights.known);
  g_assert_cmpuint (rights.actions, ==, actions);
  g_assert_cmpint (rights.status, ==, status);
  g_assert_cmpint (rights.queues, ==, queues);
  td_ami_rights_clear (&rights);
}

static void
test_rights (void)
{
  const guint pause = TD_ACTION_BIT (TD_ACTION_PAUSE) | TD_ACTION_BIT (TD_ACTION_UNPAUSE);
  const guint spy = TD_ACTION_BIT (TD_ACTION_LISTEN) | TD_ACTION_BIT (TD_ACTION_WHISPER) |
                    TD_ACTION_BIT (TD_ACTION_BARGE);

  assert_rights ("QueueStatus: x\r\n", 0, FALSE, TRUE);
  assert_rights ("Ping: x\r\n", 0, FALSE, FALSE);
  assert_rights ("QueueStatus: x\r\nQueuePause: x\r\n", pause, FALSE, TRUE);
  assert_rights ("QueueStatus: x\r\nOriginate: x\r\nHangup: x\r\n", 0, FALSE, TRUE);
  assert_rights ("QueueStatus: x\r\nStatus: x\r\nOriginate: x\r\n", spy, TRUE, TRUE);
  assert_rights ("QueueStatus: x\r\nStatus: x\r\nOriginate: x\r\nHangup: x\r\nQueuePause: x\r\nQueueAdd: x\r\n"
                 "QueueRemove: x\r\n",
                 TD_ACTIONS_ALL, TRUE, TRUE);
}

static void
test_rights_of_a_reader (void)
{
  g_autoptr (GBytes) body = ami_fixture_load ("raw-listcommands.http");
  g_autoptr (TdAmiAnswer) answer = td_ami_answer_parse (body, NULL);
  g_autofree char *missing = NULL;
  g_autofree char *deaf = NULL;
  TdAmiRights      rights = { 0 };

  td_ami_rights_read (&rights, answer);
  g_assert_cmpuint (rights.actions, ==, 0);
  g_assert_true (rights.status && rights.core_status && rights.core_settings && rights.queues);
  g_assert_cmpstr (rights.text, ==, "QueueStatus, Status, CoreStatus, CoreSettings");

  missing = td_ami_rights_describe_missing (&rights, TRUE);
  g_assert_null (missing);
  deaf = td_ami_rights_describe_missing (&rights, FALSE);
  g_assert_nonnull (strstr (deaf, "read = agent"));
  td_ami_rights_clear (&rights);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/asterisk-actions/pause-and-unpause", test_pause);
  g_test_add_func ("/asterisk-actions/server-says-why-not", test_refusals);
  g_test_add_func ("/asterisk-actions/secret-is-not-repeated", test_secret_is_not_repeated);
  g_test_add_func ("/asterisk-actions/added-as-known-elsewhere", test_queue_add);
  g_test_add_func ("/asterisk-actions/added-while-paused-stays-paused", test_queue_add_keeps_pause);
  g_test_add_func ("/asterisk-actions/call-of-an-agent", test_find_call);
  g_test_add_func ("/asterisk-actions/call-of-an-agent-on-a-real-server", test_find_call_of_a_real_server);
  g_test_add_func ("/asterisk-actions/hang-up", test_hang_up);
  g_test_add_func ("/asterisk-actions/done-when-the-phone-is-answered", test_listen);
  g_test_add_func ("/asterisk-actions/phone-that-does-not-answer", test_listen_without_a_phone);
  g_test_add_func ("/asterisk-actions/cancelled-while-it-rings", test_cancel_while_it_rings);
  g_test_add_func ("/asterisk-actions/never-sent-twice", test_no_connection_is_not_repeated);
  g_test_add_func ("/asterisk-actions/rights", test_rights);
  g_test_add_func ("/asterisk-actions/rights-of-a-reader", test_rights_of_a_reader);

  return g_test_run ();
}
