/* test-asterisk-backend.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "ami-fixture.h"
#include "fake-ami.h"
#include "td-asterisk-backend.h"
#include "td-centre.h"
#include "td-poller.h"

#define MS G_TIME_SPAN_MILLISECOND

#define JOIN(queue, id, position)                                                                                \
  "Event: QueueCallerJoin\r\nPrivilege: agent,all\r\nTimestamp: 1795344108.500000\r\nChannel: PJSIP/carrier-" id \
  "\r\nUniqueid: " id "\r\nCallerIDNum: 0900000000\r\nQueue: " queue "\r\nPosition: " position                   \
  "\r\nCount: " position "\r\n\r\n"

typedef struct
{
  FakeAmi   *ami;
  TdBackend *backend;
} Fixture;

static TdBackend *
create_backend (FakeAmi    *ami,
                const char *secret,
                gboolean    digest)
{
  g_autoptr (TdConnection) connection = td_connection_new (fake_ami_get_url (ami));
  g_autoptr (TdAsteriskSettings) settings = td_asterisk_settings_new ();
  g_autoptr (GError) error = NULL;
  TdBackend *backend;

  connection->user = g_strdup (FAKE_AMI_USER);
  connection->secret = g_strdup (secret);
  settings->digest = digest;
  settings->min_gap_ms = 0;
  settings->timezone = g_strdup ("Asia/Ho_Chi_Minh");
  backend = td_asterisk_backend_new (connection, settings, &error);
  g_assert_no_error (error);

  return backend;
}

static void
set_up (Fixture      *fixture,
        gconstpointer digest)
{
  fixture->ami = fake_ami_new (NULL, digest != NULL);
  fixture->backend = create_backend (fixture->ami, FAKE_AMI_SECRET, digest != NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer digest)
{
  g_assert_cmpuint (fake_ami_get_n_secrets_in_urls (fixture->ami), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&fixture->backend));
  g_clear_pointer (&fixture->ami, fake_ami_free);
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static void
begin_poll (TdBackend     *backend,
            gint64         since,
            const char    *instance,
            guint          wait_s,
            GCancellable  *cancellable,
            GAsyncResult **result)
{
  TdPollRequest request = { .since = since, .instance = instance, .wait_s = wait_s };

  td_backend_poll_async (backend, &request, cancellable, keep_result_cb, result);
}

static TdPollResult *
end_poll (TdBackend     *backend,
          GAsyncResult **result,
          GError       **error)
{
  g_autoptr (GAsyncResult) own = NULL;

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  own = g_steal_pointer (result);

  return td_backend_poll_finish (backend, own, error);
}

static TdPollResult *
poll_once (TdBackend *backend,
           GError   **error)
{
  GAsyncResult *result = NULL;

  begin_poll (backend, TD_UNKNOWN, NULL, 0, NULL, &result);

  return end_poll (backend, &result, error);
}

static TdSnapshot *
poll_well (TdBackend *backend)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPollResult) result = poll_once (backend, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  g_assert_nonnull (result->snapshot);

  return td_snapshot_ref (result->snapshot);
}

static void
assert_fails (TdBackend  *backend,
              int         code,
              const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPollResult) result = poll_once (backend, &error);

  g_assert_null (result);
  g_assert_error (error, TD_BACKEND_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_null (strstr (error->message, FAKE_AMI_SECRET));
}

static void
wait_until_held (FakeAmi *ami)
{
  while (!fake_ami_is_holding (ami))
    g_main_context_iteration (NULL, TRUE);
}

static guint
count_queues (TdSnapshot *snapshot)
{
  guint n_queues;

  td_snapshot_get_queues (snapshot, &n_queues);

  return n_queues;
}

static gint64
get_offered (TdSnapshot *snapshot,
             const char *queue)
{
  guint              n_queues;
  const TdQueueInfo *queues = td_snapshot_get_queues (snapshot, &n_queues);

  for (guint i = 0; i < n_queues; i++)
    {
      if (g_strcmp0 (queues[i].id, queue) == 0)
        return queues[i].today.offered;
    }

  return TD_UNKNOWN;
}

static void
test_signs_in (Fixture      *fixture,
               gconstpointer digest)
{
  g_autoptr (TdSnapshot) snapshot = poll_well (fixture->backend);
  TdSourceInfo     info = td_backend_get_info (fixture->backend);
  g_autofree char *title = td_backend_get_title (fixture->backend);

  g_assert_cmpuint (count_queues (snapshot), ==, 7);
  g_assert_cmpstr (title, ==, fake_ami_get_url (fixture->ami));
  g_assert_true (info.reached && info.signed_in);
  g_assert_cmpint (info.security, ==, TD_SECURITY_LOOPBACK);
  g_assert_cmpstr (info.server, ==, "Asterisk 16.28.0");
  g_assert_cmpstr (info.rights, ==, "QueueStatus, Status, CoreStatus, CoreSettings");
  g_assert_null (info.missing);
  g_assert_cmpuint (info.actions, ==, 0);

  /* The server tells its start, 10:40:07, in its own zone, not the centre's. */
  g_assert_cmpint (td_snapshot_get_centre (snapshot)->counted_since, ==,
                   G_GINT64_CONSTANT (1795344007) * G_USEC_PER_SEC);

  if (digest == NULL)
    g_assert_cmpstr (fake_ami_get_field (fixture->ami, "Login", "Events"), ==, "agent");
  else
    g_assert_cmpstr (fake_ami_get_field (fixture->ami, "Events", "EventMask"), ==, "agent");
  g_assert_cmpuint (fake_ami_get_n_sessions (fixture->ami), ==, 1);
}

static void
test_one_session (Fixture      *fixture,
                  gconstpointer digest)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (TdSnapshot) snapshot G_GNUC_UNUSED = poll_well (fixture->backend);
    }

  g_assert_cmpuint (fake_ami_get_n_sessions (fixture->ami), ==, 1);
  g_assert_cmpuint (fake_ami_count (fixture->ami, "ListCommands"), ==, 1);
  g_assert_cmpuint (fake_ami_count (fixture->ami, "CoreStatus"), ==, 1);
  g_assert_cmpuint (fake_ami_count (fixture->ami, "QueueStatus"), ==, 5);
}

static void
test_signs_off (Fixture      *fixture,
                gconstpointer digest)
{
  g_autoptr (TdBackend) backend = create_backend (fixture->ami, FAKE_AMI_SECRET, FALSE);
  g_autoptr (TdSnapshot) snapshot G_GNUC_UNUSED = poll_well (backend);

  g_clear_object (&backend);
  while (fake_ami_get_n_sessions (fixture->ami) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fake_ami_count (fixture->ami, "Logoff"), ==, 1);
}

static void
test_session_lost (Fixture      *fixture,
                   gconstpointer digest)
{
  g_autoptr (TdSnapshot) first G_GNUC_UNUSED = poll_well (fixture->backend);
  g_autoptr (TdSnapshot) second = NULL;

  fake_ami_forget_sessions (fixture->ami);
  second = poll_well (fixture->backend);
  g_assert_cmpuint (count_queues (second), ==, 7);
  g_assert_cmpuint (fake_ami_count (fixture->ami, "ListCommands"), ==, 2);
  g_assert_cmpuint (fake_ami_get_n_sessions (fixture->ami), ==, 1);
}

/* Whoever restarts Asterisk ends the WaitEvent that is held. */
static void
test_session_lost_while_held (Fixture      *fixture,
                              gconstpointer digest)
{
  g_autoptr (TdSnapshot) snapshot = poll_well (fixture->backend);
  g_autoptr (TdPollResult) answer = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  begin_poll (fixture->backend, td_snapshot_get_revision (snapshot), td_snapshot_get_instance (snapshot), 20, NULL,
              &result);
  wait_until_held (fixture->ami);
  fake_ami_forget_sessions (fixture->ami);
  answer = end_poll (fixture->backend, &result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (answer);
  g_assert_cmpuint (fake_ami_count (fixture->ami, "ListCommands"), ==, 2);
}

static void
test_session_lost_twice (Fixture      *fixture,
                         gconstpointer digest)
{
  g_autoptr (TdSnapshot) snapshot = poll_well (fixture->backend);

  fake_ami_answer_fixture (fixture->ami, "QueueStatus", "raw-nosession.http");
  assert_fails (fixture->backend, TD_BACKEND_ERROR_SERVER, "forgets the session");
  g_assert_cmpuint (fake_ami_count (fixture->ami, "ListCommands"), ==, 2);

  fake_ami_answer (fixture->ami, "QueueStatus", NULL);
  g_clear_pointer (&snapshot, td_snapshot_unref);
  snapshot = poll_well (fixture->backend);
}

static void
test_wrong_secret (Fixture      *fixture,
                   gconstpointer digest)
{
  g_autoptr (TdBackend) backend = create_backend (fixture->ami, "wrong", digest != NULL);

  assert_fails (backend, TD_BACKEND_ERROR_REFUSED, digest != NULL ? "401" : "Authentication failed");
  g_assert_false (td_backend_get_info (backend).signed_in);
  g_assert_true (td_backend_get_info (backend).reached);
  g_assert_cmpuint (fake_ami_get_n_requests (fixture->ami), <=, 2);
}

static void
test_denied_lists (Fixture      *fixture,
                   gconstpointer digest)
{
  g_autoptr (TdSnapshot) snapshot = NULL;
  TdSourceInfo info;

  /* The server said in vain that it may be asked. */
  fake_ami_answer_fixture (fixture->ami, "Status", "raw-noperm-channels.http");
  fake_ami_answer_fixture (fixture->ami, "CoreStatus", "raw-nosession.http");
  snapshot = poll_well (fixture->backend);
  info = td_backend_get_info (fixture->backend);
  g_assert_nonnull (strstr (info.missing, "write = reporting"));

  g_clear_pointer (&snapshot, td_snapshot_unref);
  snapshot = poll_well (fixture->backend);
  g_assert_cmpuint (fake_ami_count (fixture->ami, "Status"), ==, 1);
  g_assert_cmpuint (fake_ami_count (fixture->ami, "CoreStatus"), ==, 1);
  g_assert_cmpuint (fake_ami_count (fixture->ami, "ListCommands"), ==, 1);
}

static void
test_no_queues (Fixture      *fixture,
                gconstpointer digest)
{
  g_autoptr (GBytes) body = ami_fixture_from_string ("Response: Success\r\nPing: Keepalive command.\r\n\r\n");

  fake_ami_answer (fixture->ami, "ListCommands", body);
  assert_fails (fixture->backend, TD_BACKEND_ERROR_UNSUPPORTED, "app_queue");
}

static void
test_bad_answers (Fixture      *fixture,
                  gconstpointer digest)
{
  static const struct
  {
    const char   *action;
    FakeAmiManner manner;
    guint         status;
    const char   *body;
    int           code;
    const char   *words;
  } cases[] = {
    { "Login", FAKE_AMI_WHOLE, 200, "<html><body>Welcome</body></html>\n", TD_BACKEND_ERROR_INVALID, "web page" },
    { "Login", FAKE_AMI_WHOLE, 200, "", TD_BACKEND_ERROR_INVALID, "empty" },
    { "Login", FAKE_AMI_WHOLE, 200, "{\"hello\": 1}\n", TD_BACKEND_ERROR_INVALID, "not of Asterisk" },
    { "Login", FAKE_AMI_WHOLE, 401, NULL, TD_BACKEND_ERROR_REFUSED, "401" },
    { "Login", FAKE_AMI_WHOLE, 403, NULL, TD_BACKEND_ERROR_REFUSED, "403" },
    { "Login", FAKE_AMI_WHOLE, 404, NULL, TD_BACKEND_ERROR_SERVER, "webenabled" },
    { "Login", FAKE_AMI_WHOLE, 302, NULL, TD_BACKEND_ERROR_SERVER, "elsewhere.example" },
    { "Login", FAKE_AMI_WHOLE, 503, NULL, TD_BACKEND_ERROR_BUSY, "503" },
    { "Login", FAKE_AMI_CUT, 0, "Response: Succ", TD_BACKEND_ERROR_UNREACHABLE, "127.0.0.1" },
    { "Login", FAKE_AMI_ENDLESS, 0, NULL, TD_BACKEND_ERROR_TOO_LARGE, "256 KiB" },
    { "ListCommands", FAKE_AMI_WHOLE, 200, "<html>", TD_BACKEND_ERROR_INVALID, "web page" },
    { "QueueStatus", FAKE_AMI_WHOLE, 200, "<html><body>Busy</body></html>\n", TD_BACKEND_ERROR_INVALID, "web page" },
    { "QueueStatus", FAKE_AMI_WHOLE, 200, "Response: Success\r\nEventList: start\r\n\r\nEvent: QueueParams\r\nQue",
      TD_BACKEND_ERROR_INVALID, "breaks off" },
    { "QueueStatus", FAKE_AMI_WHOLE, 200, "Response: Error\r\nMessage: Out of luck\r\n\r\n", TD_BACKEND_ERROR_SERVER,
      "Out of luck" },
    { "QueueStatus", FAKE_AMI_CUT, 0, "Response: Success\r\nEventList: start\r\n", TD_BACKEND_ERROR_UNREACHABLE,
      "127.0.0.1" },
    { "Status", FAKE_AMI_WHOLE, 200, "<html>", TD_BACKEND_ERROR_INVALID, "web page" },
    { "WaitEvent", FAKE_AMI_WHOLE, 200, "<html>", TD_BACKEND_ERROR_INVALID, "web page" },
    { "WaitEvent", FAKE_AMI_WHOLE, 500, NULL, TD_BACKEND_ERROR_SERVER, "500" },
    { "WaitEvent", FAKE_AMI_CUT, 0, "Response: Success\r\n", TD_BACKEND_ERROR_UNREACHABLE, "127.0.0.1" },
    { "WaitEvent", FAKE_AMI_ENDLESS, 0, NULL, TD_BACKEND_ERROR_TOO_LARGE, "64 MiB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TdBackend) backend = create_backend (fixture->ami, FAKE_AMI_SECRET, FALSE);
      g_autoptr (TdSnapshot) snapshot = NULL;

      g_test_message ("%s, %d, %u", cases[i].action, cases[i].manner, cases[i].status);
      fake_ami_spoil (fixture->ami, cases[i].action, cases[i].manner, cases[i].status, cases[i].body);
      assert_fails (backend, cases[i].code, cases[i].words);

      /* Once is no reason to give up. */
      snapshot = poll_well (backend);
      g_assert_cmpuint (count_queues (snapshot), ==, 7);
    }
}

static void
test_waits_for_an_event (Fixture      *fixture,
                         gconstpointer digest)
{
  g_autoptr (TdSnapshot) first = poll_well (fixture->backend);
  gint64 offered = get_offered (first, "reason-empty");
  g_autoptr (TdPollResult) answer = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  begin_poll (fixture->backend, td_snapshot_get_revision (first), td_snapshot_get_instance (first), 20, NULL, &result);
  wait_until_held (fixture->ami);
  g_assert_null (result);
  g_assert_cmpuint (fake_ami_count (fixture->ami, "QueueStatus"), ==, 1);

  fake_ami_push (fixture->ami, "agent", JOIN ("reason-empty", "x.1", "1"));
  answer = end_poll (fixture->backend, &result, &error);
  g_assert_no_error (error);
  g_assert_true (answer->wait_honoured);
  g_assert_nonnull (answer->snapshot);
  g_assert_cmpint (get_offered (answer->snapshot, "reason-empty"), ==, offered + 1);
}

/* The lists are fetched without an event too, and so often. */
static void
test_waits_no_longer_than_five_seconds (Fixture      *fixture,
                                        gconstpointer digest)
{
  g_autoptr (TdSnapshot) first = poll_well (fixture->backend);
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (TdPollResult) answer = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  begin_poll (fixture->backend, td_snapshot_get_revision (first), td_snapshot_get_instance (first), 60, NULL, &result);
  wait_until_held (fixture->ami);

  /* No event came yet, so it might be that none ever does. */
  g_assert_cmpstr (fake_ami_get_field (fixture->ami, "WaitEvent", "Timeout"), ==, "1");
  answer = end_poll (fixture->backend, &result, &error);
  g_assert_no_error (error);
  g_assert_true (answer->wait_honoured);
  g_assert_cmpuint (fake_ami_count (fixture->ami, "QueueStatus"), ==, 2);
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, 900 * MS);
  g_clear_pointer (&answer, td_poll_result_free);

  fake_ami_push (fixture->ami, "agent", JOIN ("reason-empty", "x.1", "1"));
  g_clear_pointer (&first, td_snapshot_unref);
  first = poll_well (fixture->backend);
  begin_poll (fixture->backend, td_snapshot_get_revision (first), td_snapshot_get_instance (first), 60, NULL, &result);
  wait_until_held (fixture->ami);
  g_assert_cmpint (g_ascii_strtoll (fake_ami_get_field (fixture->ami, "WaitEvent", "Timeout"), NULL, 10), <=, 5);
  fake_ami_push (fixture->ami, "agent", JOIN ("reason-empty", "x.2", "2"));
  answer = end_poll (fixture->backend, &result, &error);
  g_assert_no_error (error);
}

/* Every event of the server ends a WaitEvent, also one that is not for us. */
static void
test_empty_answers_are_throttled (Fixture      *fixture,
                                  gconstpointer digest)
{
  g_autoptr (TdSnapshot) first = poll_well (fixture->backend);
  gint64 begun = g_get_monotonic_time ();
  guint  n_before = fake_ami_count (fixture->ami, "WaitEvent");
  g_autoptr (TdPollResult) answer = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  guint         n;

  begin_poll (fixture->backend, td_snapshot_get_revision (first), td_snapshot_get_instance (first), 20, NULL, &result);
  while (result == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      fake_ami_wake (fixture->ami);
    }
  answer = end_poll (fixture->backend, &result, &error);
  g_assert_no_error (error);

  n = fake_ami_count (fixture->ami, "WaitEvent") - n_before;
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpint (n, <=, 2 + (g_get_monotonic_time () - begun) / (250 * MS));
  g_assert_cmpuint (fake_ami_count (fixture->ami, "QueueStatus"), ==, 2);
}

static void
test_least_gap (void)
{
  g_autoptr (FakeAmi) ami = fake_ami_new (NULL, FALSE);
  g_autoptr (TdConnection) connection = td_connection_new (fake_ami_get_url (ami));
  g_autoptr (TdAsteriskSettings) settings = td_asterisk_settings_new ();
  g_autoptr (TdBackend) backend = NULL;
  gint64 begun;

  connection->user = g_strdup (FAKE_AMI_USER);
  connection->secret = g_strdup (FAKE_AMI_SECRET);
  settings->min_gap_ms = 400;
  backend = td_asterisk_backend_new (connection, settings, NULL);

  begun = g_get_monotonic_time ();
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TdSnapshot) snapshot G_GNUC_UNUSED = poll_well (backend);
    }
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, 800 * MS);
}

/* The poll was given up, what it had asked for was not. */
static void
test_cancelled_wait_keeps_events (Fixture      *fixture,
                                  gconstpointer digest)
{
  g_autoptr (TdSnapshot) first = poll_well (fixture->backend);
  gint64 offered = get_offered (first, "reason-empty");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (TdPollResult) answer = NULL;
  g_autoptr (TdSnapshot) second = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  begin_poll (fixture->backend, td_snapshot_get_revision (first), td_snapshot_get_instance (first), 20, cancellable,
              &result);
  wait_until_held (fixture->ami);
  g_cancellable_cancel (cancellable);
  answer = end_poll (fixture->backend, &result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (fake_ami_is_holding (fixture->ami));

  fake_ami_push (fixture->ami, "agent", JOIN ("reason-empty", "x.1", "1"));
  second = poll_well (fixture->backend);
  g_assert_cmpint (get_offered (second, "reason-empty"), ==, offered + 1);
  g_assert_cmpuint (fake_ami_get_n_sessions (fixture->ami), ==, 1);
}

static void
test_cancelled_fetch_keeps_events (Fixture      *fixture,
                                   gconstpointer digest)
{
  g_autoptr (TdSnapshot) first = poll_well (fixture->backend);
  gint64 offered = get_offered (first, "reason-empty");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (TdPollResult) answer = NULL;
  g_autoptr (TdSnapshot) second = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  fake_ami_push (fixture->ami, "agent", JOIN ("reason-empty", "x.1", "1"));
  fake_ami_spoil (fixture->ami, "QueueStatus", FAKE_AMI_SILENT, 0, NULL);
  begin_poll (fixture->backend, TD_UNKNOWN, NULL, 0, cancellable, &result);
  while (fake_ami_count (fixture->ami, "QueueStatus") < 2)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);

  /* Begun before the other has come to its end. */
  second = poll_well (fixture->backend);
  g_assert_cmpint (get_offered (second, "reason-empty"), ==, offered + 1);

  answer = end_poll (fixture->backend, &result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A list that cannot be read costs no event either. */
static void
test_bad_list_keeps_events (Fixture      *fixture,
                            gconstpointer digest)
{
  g_autoptr (TdSnapshot) first = poll_well (fixture->backend);
  gint64 offered = get_offered (first, "reason-empty");
  g_autoptr (TdSnapshot) second = NULL;

  fake_ami_push (fixture->ami, "agent", JOIN ("reason-empty", "x.1", "1"));
  fake_ami_spoil (fixture->ami, "Status", FAKE_AMI_WHOLE, 200, "<html>");
  assert_fails (fixture->backend, TD_BACKEND_ERROR_INVALID, "web page");
  second = poll_well (fixture->backend);
  g_assert_cmpint (get_offered (second, "reason-empty"), ==, offered + 1);
}

static void
test_events_are_missed (Fixture      *fixture,
                        gconstpointer digest)
{
  static const char *const lists[] = { "queuestatus-01.txt", "queuestatus-05.txt", "queuestatus-10.txt",
                                       "queuestatus-15.txt", "queuestatus-20.txt" };
  g_autoptr (TdSnapshot) after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *name = g_build_filename ("series", lists[i], NULL);
      g_autoptr (TdSnapshot) snapshot = NULL;

      fake_ami_answer_fixture (fixture->ami, "QueueStatus", name);
      snapshot = poll_well (fixture->backend);
    }

  g_assert_nonnull (strstr (td_backend_get_info (fixture->backend).missing, "read = agent"));

  fake_ami_push (fixture->ami, "agent", JOIN ("reason-empty", "x.1", "1"));
  after = poll_well (fixture->backend);
  g_assert_null (td_backend_get_info (fixture->backend).missing);
}

static void
test_stale_nonce (Fixture      *fixture,
                  gconstpointer digest)
{
  g_autoptr (TdSnapshot) first G_GNUC_UNUSED = poll_well (fixture->backend);
  g_autoptr (TdSnapshot) second = NULL;

  fake_ami_forget_sessions (fixture->ami);
  second = poll_well (fixture->backend);

  /* The new session is told again what is to be heard. */
  g_assert_cmpuint (fake_ami_count (fixture->ami, "Events"), ==, 2);
  g_assert_cmpuint (fake_ami_get_n_sessions (fixture->ami), ==, 1);
}

typedef struct
{
  guint n_heard;
  guint n_worse;
} Health;

static void
heard_cb (TdPoller *poller,
          Health   *health)
{
  health->n_heard++;
}

static void
health_cb (TdPoller   *poller,
           GParamSpec *pspec,
           Health     *health)
{
  TdHealth now = td_poller_get_health (poller);

  if (now != TD_HEALTH_LIVE && now != TD_HEALTH_CONNECTING)
    health->n_worse++;
}

static gboolean
push_cb (gpointer user_data)
{
  fake_ami_push (user_data, "agent", JOIN ("reason-empty", "busy.1", "1"));

  return G_SOURCE_CONTINUE;
}

/* With a cadence so short that three polls are no time: what is held is live. */
static void
watch (Fixture *fixture,
       guint    n_polls)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdPoller) poller = td_poller_new (fixture->backend, centre);
  Health health = { 0 };

  td_poller_set_interval_ms (poller, 300);
  g_signal_connect (poller, "heard", G_CALLBACK (heard_cb), &health);
  g_signal_connect (poller, "notify::health", G_CALLBACK (health_cb), &health);
  td_poller_start (poller);
  while (health.n_heard < n_polls)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (td_poller_get_health (poller), ==, TD_HEALTH_LIVE);
  g_assert_cmpuint (health.n_worse, ==, 0);
  g_assert_null (td_poller_get_error_message (poller));
  td_poller_stop (poller);
  g_clear_object (&poller);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_quiet_centre_is_live (Fixture      *fixture,
                           gconstpointer digest)
{
  watch (fixture, 4);
}

static void
test_busy_centre_is_live (Fixture      *fixture,
                          gconstpointer digest)
{
  guint source = g_timeout_add (20, push_cb, fixture->ami);

  watch (fixture, 10);
  g_source_remove (source);
}

/* A stranger is told neither the user nor the secret. */
static void
test_tls (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "fixtures", "tls", "server.pem", NULL);
  g_autofree char *ca_path = g_test_build_filename (G_TEST_DIST, "..", "fixtures", "tls", "ca.pem", NULL);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, NULL);
  g_autoptr (FakeAmi) ami = fake_ami_new (certificate, FALSE);
  g_autoptr (TdConnection) connection = td_connection_new (fake_ami_get_url (ami));
  g_autoptr (TdAsteriskSettings) settings = td_asterisk_settings_new ();
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (TdBackend) trusting = NULL;
  g_autoptr (TdBackend) stranger = NULL;

  connection->user = g_strdup (FAKE_AMI_USER);
  connection->secret = g_strdup (FAKE_AMI_SECRET);
  connection->pin_sha256 = g_strnfill (64, 'a');
  stranger = td_asterisk_backend_new (connection, settings, NULL);
  assert_fails (stranger, TD_BACKEND_ERROR_UNREACHABLE, "not the pinned one");
  g_assert_cmpuint (fake_ami_get_n_requests (ami), ==, 0);
  g_assert_false (td_backend_get_info (stranger).reached);

  g_clear_pointer (&connection->pin_sha256, g_free);
  connection->ca_file = g_steal_pointer (&ca_path);
  trusting = td_asterisk_backend_new (connection, settings, NULL);
  snapshot = poll_well (trusting);
  g_assert_cmpint (td_backend_get_info (trusting).security, ==, TD_SECURITY_TLS);
  g_assert_true (g_str_has_prefix (td_backend_get_info (trusting).tls, "TLS 1."));
}

static void
test_action_without_a_right (Fixture      *fixture,
                             gconstpointer digest)
{
  g_autoptr (TdSnapshot) snapshot G_GNUC_UNUSED = poll_well (fixture->backend);
  TdAction                        action = { .kind = TD_ACTION_PAUSE, .agent = "PJSIP/1018" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  td_backend_act_async (fixture->backend, &action, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (td_backend_act_finish (fixture->backend, result, &error));
  g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_REFUSED);
  g_assert_cmpuint (fake_ami_count (fixture->ami, "QueuePause"), ==, 0);
}

/* Nobody waits five seconds for a pause. */
static void
test_action_beside_a_held_poll (Fixture      *fixture,
                                gconstpointer digest)
{
  g_autoptr (GBytes) all = ami_fixture_from_string ("Response: Success\r\nQueueStatus: x\r\nQueuePause: x\r\n\r\n");
  g_autoptr (TdSnapshot) snapshot = NULL;
  TdAction action = { .kind = TD_ACTION_PAUSE, .agent = "PJSIP/1018" };
  g_autoptr (GAsyncResult) acted = NULL;
  g_autoptr (TdPollResult) answer = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *polled = NULL;

  fake_ami_answer (fixture->ami, "ListCommands", all);
  fake_ami_answer_fixture (fixture->ami, "QueuePause", "sup-pause.http");
  snapshot = poll_well (fixture->backend);
  g_assert_cmpuint (td_backend_get_info (fixture->backend).actions, ==,
                    TD_ACTION_BIT (TD_ACTION_PAUSE) | TD_ACTION_BIT (TD_ACTION_UNPAUSE));

  begin_poll (fixture->backend, td_snapshot_get_revision (snapshot), td_snapshot_get_instance (snapshot), 20, NULL,
              &polled);
  wait_until_held (fixture->ami);
  td_backend_act_async (fixture->backend, &action, NULL, keep_result_cb, &acted);
  while (acted == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (td_backend_act_finish (fixture->backend, acted, &error));
  g_assert_no_error (error);
  g_assert_null (polled);

  answer = end_poll (fixture->backend, &polled, &error);
  g_assert_no_error (error);
}

#define ADD(name, digest, test) g_test_add ("/asterisk-backend/" name, Fixture, digest, set_up, test, tear_down)
#define DIGEST GINT_TO_POINTER (TRUE)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("signs-in-and-learns", NULL, test_signs_in);
  ADD ("one-session", NULL, test_one_session);
  ADD ("signs-off", NULL, test_signs_off);
  ADD ("lost-session-is-mended", NULL, test_session_lost);
  ADD ("lost-session-is-mended-while-held", NULL, test_session_lost_while_held);
  ADD ("session-lost-at-once-is-an-error", NULL, test_session_lost_twice);
  ADD ("wrong-secret", NULL, test_wrong_secret);
  ADD ("denied-lists-are-done-without", NULL, test_denied_lists);
  ADD ("no-queues", NULL, test_no_queues);
  ADD ("bad-answers", NULL, test_bad_answers);
  ADD ("waits-for-an-event", NULL, test_waits_for_an_event);
  ADD ("waits-five-seconds-at-most", NULL, test_waits_no_longer_than_five_seconds);
  ADD ("empty-answers-are-throttled", NULL, test_empty_answers_are_throttled);
  g_test_add_func ("/asterisk-backend/least-gap", test_least_gap);
  ADD ("cancelled-wait-keeps-events", NULL, test_cancelled_wait_keeps_events);
  ADD ("cancelled-fetch-keeps-events", NULL, test_cancelled_fetch_keeps_events);
  ADD ("bad-list-keeps-events", NULL, test_bad_list_keeps_events);
  ADD ("no-events-is-noticed", NULL, test_events_are_missed);
  ADD ("quiet-centre-is-live", NULL, test_quiet_centre_is_live);
  ADD ("busy-centre-is-live", NULL, test_busy_centre_is_live);
  g_test_add_func ("/asterisk-backend/over-tls", test_tls);
  ADD ("action-without-a-right", NULL, test_action_without_a_right);
  ADD ("action-beside-a-held-poll", NULL, test_action_beside_a_held_poll);
  ADD ("digest/signs-in-and-learns", DIGEST, test_signs_in);
  ADD ("digest/one-session", DIGEST, test_one_session);
  ADD ("digest/wrong-secret", DIGEST, test_wrong_secret);
  ADD ("digest/waits-for-an-event", DIGEST, test_waits_for_an_event);
  ADD ("digest/stale-nonce-is-a-new-session", DIGEST, test_stale_nonce);

  return g_test_run ();
}
