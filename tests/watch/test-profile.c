/* test-profile.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "td-own-days.h"
#include "td-profile.h"
#include "td-test-home.h"

#define LEAST "[profile]\nbackend=supervision\n[connection]\nurl=https://calls.example.org\n"
#define PIN "3A:5B:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD"

static const char full[] =
  "# The centre in the south\n"
  "[profile]\n"
  "title=Điện lực miền Nam\n"
  "backend=asterisk\n"
  "\n"
  "[connection]\n"
  "url=https://pbx.example.org:8089/asterisk\n"
  "user=wallboard\n"
  "digest=true\n"
  "ca-file=own-ca.pem\n"
  "pin-sha256=" PIN "\n"
  "min-gap-seconds=0.5\n"
  "\n"
  "[service]\n"
  "service-level-seconds=30\n"
  "service-level-target=82.5\n"
  "formula=in-time\n"
  "short-abandon-seconds=7\n"
  "opens=07:30\n"
  "closes=24:00\n"
  "timezone=Asia/Ho_Chi_Minh\n"
  "\n"
  "[asterisk]\n"
  "agents-file=agents.csv\n"
  "wrap-up-seconds=10\n"
  "\n"
  "[supervisor]\n"
  "extension=PJSIP/9001\n"
  "\n"
  "[holidays]\n"
  "12-21=Ngày thành lập ngành điện\n"
  "2026-06-15=Nghỉ mát\n"
  "\n"
  "[agents]\n"
  "ringing-seconds=20\n"
  "phantom-ring-outs=3\n"
  "workload-factor=1.5\n"
  "shift-grace-seconds=0\n"
  "\n"
  "[pause Ăn trưa]\n"
  "limit-seconds=2700\n"
  "\n"
  "[pause Cầu nguyện]\n"
  "limit-seconds=600\n"
  "\n"
  "[queue outage east]\n"
  "name=Mất điện – Miền Đông\n"
  "hotline=1900.9000\n"
  "reason=Mất điện\n"
  "area=Tây Ninh\n"
  "wrap-up-seconds=0\n"
  "\n"
  "[queue billing]\n"
  "name=Hoá đơn\n";

static void
write_file (const char *name,
            const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = td_profile_get_folder ();
  g_autofree char *path = td_profile_get_path (name);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static char *
read_file (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = td_profile_get_path (name);
  char            *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static TdProfile *
load (const char *name)
{
  g_autoptr (GError) error = NULL;
  TdProfile *profile = td_profile_load (name, &error);

  g_assert_no_error (error);

  return profile;
}

static void
assert_full (const TdProfile *profile)
{
  const TdProfileQueue *queue;

  g_assert_cmpstr (profile->title, ==, "Điện lực miền Nam");
  g_assert_cmpint (profile->kind, ==, TD_PROFILE_ASTERISK);
  g_assert_cmpstr (profile->connection->url, ==, "https://pbx.example.org:8089/asterisk");
  g_assert_cmpstr (profile->connection->user, ==, "wallboard");
  g_assert_null (profile->connection->secret);
  g_assert_cmpstr (profile->connection->ca_file, ==, "own-ca.pem");
  g_assert_cmpstr (profile->connection->pin_sha256, ==, PIN);
  g_assert_false (profile->connection->allow_plain);
  g_assert_true (profile->digest);
  g_assert_cmpuint (profile->min_gap_ms, ==, 500);
  g_assert_cmpint (profile->service_level_ms, ==, 30000);
  g_assert_cmpfloat_with_epsilon (profile->service_level_target, 0.825, 1e-9);
  g_assert_cmpint (profile->formula, ==, TD_SERVICE_LEVEL_IN_TIME);
  g_assert_cmpint (profile->short_abandon_ms, ==, 7000);
  g_assert_cmpuint (profile->opens, ==, 7 * 60 + 30);
  g_assert_cmpuint (profile->closes, ==, 24 * 60);
  g_assert_cmpstr (profile->timezone, ==, "Asia/Ho_Chi_Minh");
  g_assert_cmpstr (profile->agents_file, ==, "agents.csv");
  g_assert_cmpint (profile->wrap_up_ms, ==, 10000);
  g_assert_cmpstr (profile->extension, ==, "PJSIP/9001");

  g_assert_cmpuint (g_hash_table_size (profile->holidays), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (profile->holidays, "12-21"), ==, "Ngày thành lập ngành điện");
  g_assert_cmpstr (g_hash_table_lookup (profile->holidays, "2026-06-15"), ==, "Nghỉ mát");

  g_assert_cmpint (td_agent_rules_get_ms (profile->agent_rules, TD_AGENT_RULE_RINGING), ==, 20000);
  g_assert_cmpint (td_agent_rules_get_ms (profile->agent_rules, TD_AGENT_RULE_WRAP_UP), ==, 120000);
  g_assert_cmpfloat (profile->agent_rules->values[TD_AGENT_RULE_RING_OUTS], ==, 3);
  g_assert_cmpfloat (profile->agent_rules->values[TD_AGENT_RULE_WORKLOAD], ==, 1.5);
  g_assert_cmpfloat (profile->agent_rules->values[TD_AGENT_RULE_GRACE], ==, 0);
  g_assert_cmpfloat (td_agent_rules_get_pause (profile->agent_rules, "Ăn trưa"), ==, 2700);
  g_assert_cmpfloat (td_agent_rules_get_pause (profile->agent_rules, "Cầu nguyện"), ==, 600);
  g_assert_cmpfloat (td_agent_rules_get_pause (profile->agent_rules, "Ăn tối"), ==, 1800);

  g_assert_cmpuint (profile->queues->len, ==, 2);
  queue = g_ptr_array_index (profile->queues, 0);
  g_assert_cmpstr (queue->id, ==, "outage east");
  g_assert_cmpstr (queue->name, ==, "Mất điện – Miền Đông");
  g_assert_cmpstr (queue->hotline, ==, "1900.9000");
  g_assert_cmpstr (queue->reason, ==, "Mất điện");
  g_assert_cmpstr (queue->area, ==, "Tây Ninh");
  g_assert_cmpint (queue->wrap_up_ms, ==, 0);
  queue = g_ptr_array_index (profile->queues, 1);
  g_assert_cmpstr (queue->id, ==, "billing");
  g_assert_null (queue->hotline);
  g_assert_cmpint (queue->wrap_up_ms, ==, TD_UNKNOWN);
}

static void
test_reads_everything (void)
{
  g_autoptr (TdProfile) profile = NULL;
  g_autoptr (TdProfile) copy = NULL;

  write_file ("evn", full);
  profile = load ("evn");
  g_assert_cmpstr (profile->name, ==, "evn");
  assert_full (profile);

  copy = td_profile_copy (profile);
  g_clear_pointer (&profile, td_profile_free);
  assert_full (copy);
}

static void
test_survives_saving (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdProfile) profile = NULL;
  g_autoptr (TdProfile) again = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  write_file ("evn", full);
  profile = load ("evn");

  /* Elsewhere, from nothing. */
  g_free (profile->name);
  profile->name = g_strdup ("other");
  td_profile_save (profile, &error);
  g_assert_no_error (error);
  again = load ("other");
  assert_full (again);

  /* And saving what was saved changes nothing. */
  before = read_file ("other");
  td_profile_save (again, &error);
  g_assert_no_error (error);
  after = read_file ("other");
  g_assert_cmpstr (before, ==, after);
}

static void
test_forgets_holidays_and_bounds_them (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdProfile) profile = NULL;
  g_autoptr (TdProfile) again = NULL;

  write_file ("evn", full);
  profile = load ("evn");
  g_hash_table_remove (profile->holidays, "12-21");
  td_profile_save (profile, &error);
  g_assert_no_error (error);
  again = load ("evn");
  g_assert_cmpuint (g_hash_table_size (again->holidays), ==, 1);

  for (guint i = 0; i <= TD_OWN_DAYS_MAX; i++)
    g_hash_table_insert (profile->holidays, td_own_days_format (2001 + i, 1, 2), g_strdup ("x"));
  g_assert_false (td_profile_save (profile, &error));
  g_assert_error (error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, ": [holidays]: more than "));
}

/* What was set back to what is usual has no line any more. */
static void
test_usual_limits_are_not_written (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdProfile) profile = NULL;
  g_autoptr (TdAgentRules) usual = td_agent_rules_new ();
  g_autofree char *text = NULL;

  write_file ("evn", full);
  profile = load ("evn");
  td_agent_rules_free (profile->agent_rules);
  profile->agent_rules = td_agent_rules_copy (usual);
  td_profile_save (profile, &error);
  g_assert_no_error (error);
  text = read_file ("evn");
  g_assert_null (strstr (text, "ringing-seconds"));
  g_assert_null (strstr (text, "[pause"));

  for (guint i = 0; i < TD_AGENT_RULES_MAX_REASONS; i++)
    {
      g_autofree char *reason = g_strdup_printf ("r%u", i);

      td_agent_rules_set_pause (profile->agent_rules, reason, 100);
    }
  g_assert_false (td_profile_save (profile, &error));
  g_assert_error (error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "more than 64 reasons"));
}

static void
test_says_nothing_more (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdProfile) profile = NULL;
  g_autoptr (TdProfile) again = NULL;

  write_file ("least", LEAST);
  profile = load ("least");
  td_profile_save (profile, &error);
  g_assert_no_error (error);
  again = load ("least");

  g_assert_cmpint (again->kind, ==, TD_PROFILE_SUPERVISION);
  g_assert_null (again->title);
  g_assert_cmpint (again->service_level_ms, ==, TD_UNKNOWN);
  g_assert_true (isnan (again->service_level_target));
  g_assert_cmpint (again->short_abandon_ms, ==, TD_UNKNOWN);
  g_assert_cmpint (again->formula, ==, TD_SERVICE_LEVEL_LIVE);
  g_assert_cmpuint (again->min_gap_ms, ==, 1000);
  g_assert_cmpuint (again->opens, ==, 0);
  g_assert_cmpuint (again->closes, ==, 24 * 60);
  g_assert_cmpuint (again->queues->len, ==, 0);
}

typedef struct
{
  const char *name;
  const char *text;
  const char *reason; /* after the file's path */
} Bad;

static const Bad bad[] = {
  { "no-backend", "[profile]\ntitle=x\n", ": [profile] backend: it is missing" },
  { "unknown-backend", "[profile]\nbackend=avaya\n", ": [profile] backend: “avaya” is none of: demo, supervision, asterisk" },
  { "no-url", "[profile]\nbackend=supervision\n", ": [connection] url: The address must begin with" },
  { "url-with-password", "[profile]\nbackend=supervision\n[connection]\nurl=https://a:geheim@h/\n", ": [connection] url: The address must not hold" },
  { "plain-http", "[profile]\nbackend=supervision\n[connection]\nurl=http://192.0.2.1/\n", ": [connection] allow-plain-http: Plain HTTP to another machine" },
  { "bad-pin", LEAST "pin-sha256=12ab\n", ": [connection] pin-sha256: The pinned certificate" },
  { "bad-boolean", LEAST "digest=perhaps\n", ": [connection] digest: neither true nor false" },
  { "gap-too-short", LEAST "min-gap-seconds=0.1\n", ": [connection] min-gap-seconds: 0.1 is not from 0.2 to 60 seconds" },
  { "gap-too-long", LEAST "min-gap-seconds=999999\n", ": [connection] min-gap-seconds: 999999 is not from 0.2 to 60 seconds" },
  { "no-user", "[profile]\nbackend=asterisk\n[connection]\nurl=http://127.0.0.1:8088/asterisk\n", ": [connection] user: Asterisk needs" },
  { "target", LEAST "[service]\nservice-level-target=140\n", ": [service] service-level-target: 140 is not from 1 to 100 percent" },
  { "target-as-fraction", LEAST "[service]\nservice-level-target=0.8\n", ": [service] service-level-target: 0.8 is not from 1 to 100 percent" },
  { "t-too-long", LEAST "[service]\nservice-level-seconds=3601\n", ": [service] service-level-seconds: 3601 is not from 1 to 3600 seconds" },
  { "t-negative", LEAST "[service]\nservice-level-seconds=-0.001\n", ": [service] service-level-seconds: “-0.001” is no number" },
  { "t-not-a-number", LEAST "[service]\nservice-level-seconds=nan\n", ": [service] service-level-seconds: “nan” is no number" },
  { "t-with-unit", LEAST "[service]\nservice-level-seconds=20s\n", ": [service] service-level-seconds: “20s” is no number" },
  { "formula", LEAST "[service]\nformula=best\n", ": [service] formula: “best” is none of: live, answered, handled, in-time, less-early, offered" },
  { "short", LEAST "[service]\nshort-abandon-seconds=601\n", ": [service] short-abandon-seconds: 601 is not from 0 to 600 seconds" },
  { "wrap-up", LEAST "[asterisk]\nwrap-up-seconds=3601\n", ": [asterisk] wrap-up-seconds: 3601 is not from 0 to 3600 seconds" },
  { "opens", LEAST "[service]\nopens=8:00\n", ": [service] opens: “8:00” is no time of day" },
  { "opens-late", LEAST "[service]\nopens=24:00\n", ": [service] opens: not from 00:00 to 23:59" },
  { "closes", LEAST "[service]\ncloses=24:01\n", ": [service] closes: “24:01” is no time of day" },
  { "closes-minutes", LEAST "[service]\ncloses=08:60\n", ": [service] closes: “08:60” is no time of day" },
  { "closes-before", LEAST "[service]\nopens=08:00\ncloses=07:00\n", ": [service] closes: the centre must close after it opens" },
  { "timezone", LEAST "[service]\ntimezone=Asia/Saigon_City\n", ": [service] timezone: no time zone of that name" },
  { "extension", LEAST "[supervisor]\nextension=9001 & 1\n", ": [supervisor] extension: not a phone" },
  { "history", LEAST "[history]\nminutes-years=11\n", ": [history] minutes-years: not from 1" },
  { "no-history", LEAST "[history]\nminutes-years=0\n", ": [history] minutes-years: not from 1" },
  { "spans", LEAST "[history]\nspans-days=0\n", ": [history] spans-days: not from 1" },
  { "samples", LEAST "[history]\nsamples-days=15\n", ": [history] samples-days: not from 1" },
  { "holiday-no-date", LEAST "[holidays]\n2026-02-30=Tết\n", ": [holidays] 2026-02-30: not a date such as" },
  { "holiday-no-name", LEAST "[holidays]\n02-28=\n", ": [holidays] 02-28: the day has no name" },
  { "holiday-two-lines", LEAST "[holidays]\n02-28=a\\nb\n", ": [holidays] 02-28: more than one line" },
  { "limit-too-short", LEAST "[agents]\nringing-seconds=0\n", ": [agents] ringing-seconds: 0 is not from 1 to 600" },
  { "one-ring-out", LEAST "[agents]\nphantom-ring-outs=1\n", ": [agents] phantom-ring-outs: 1 is not from 2 to 20" },
  { "limit-no-number", LEAST "[agents]\nno-break-seconds=2h\n", ": [agents] no-break-seconds: “2h” is no number" },
  { "pause-too-long", LEAST "[pause Nghỉ]\nlimit-seconds=50000\n", ": [pause Nghỉ] limit-seconds: 50000 is not from 10 to 43200" },
  { "pause-without-reason", LEAST "[pause ]\nlimit-seconds=60\n", ": [pause ]: a reason is one line" },
  { "two-lines", "[profile]\nbackend=demo\ntitle=a\\nb\n", ": [profile] title: more than one line" },
  { "queue-without-id", LEAST "[queue ]\nname=x\n", ": [queue ]: a queue’s id is not empty" },
  { "queue-with-space", LEAST "[queue  a]\nname=x\n", ": [queue  a]: a queue’s id is not empty" },
  { "secret", LEAST "secret=geheim\n", ": [connection] secret: a secret has no place in this file" },
  { "password", LEAST "[asterisk]\nAMI-Password=geheim\n", ": [asterisk] AMI-Password: a secret has no place" },
  { "token", LEAST "[anything]\ntoken=geheim\n", ": [anything] token: a secret has no place" },
  { "no-key-file", "tongdai\n", ": Key file contains line" },
};

static void
test_names_what_is_wrong (gconstpointer data)
{
  const Bad *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdProfile) profile = NULL;
  g_autofree char *path = td_profile_get_path ("evn");
  g_autofree char *expected = g_strconcat (path, row->reason, NULL);

  write_file ("evn", row->text);
  profile = td_profile_load ("evn", &error);

  g_assert_null (profile);
  g_assert_error (error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_INVALID);
  if (!g_str_has_prefix (error->message, expected))
    g_assert_cmpstr (error->message, ==, expected);
  g_assert_null (strstr (error->message, "geheim"));
  test_home_clear ();
}

static void
test_not_there (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (td_profile_load ("nobody", &error));
  g_assert_error (error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nobody.ini: "));
}

static void
test_names_stay_in_the_folder (void)
{
  static const char *const names[] = { "", ".", "..", ".hidden", "../evn", "a/b", "a b", "điện", "a\n",
                                       "12345678901234567890123456789012345678901234567890123456789012345" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (TdProfile) profile = td_profile_new (names[i], TD_PROFILE_DEMO);
      g_autoptr (GError) load_error = NULL;
      g_autoptr (GError) save_error = NULL;
      g_autoptr (GError) delete_error = NULL;

      g_assert_false (td_profile_is_name (names[i]));
      g_assert_null (td_profile_load (names[i], &load_error));
      g_assert_error (load_error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_NAME);
      g_assert_false (td_profile_save (profile, &save_error));
      g_assert_error (save_error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_NAME);
      g_assert_false (td_profile_delete (names[i], &delete_error));
      g_assert_error (delete_error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_NAME);
    }

  g_assert_true (td_profile_is_name ("Evn.south_2-b"));
}

static void
test_lists_sorted (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = td_profile_get_folder ();
  g_autofree char *inner = g_build_filename (folder, "folder.ini", NULL);
  g_auto (GStrv) none = td_profile_list ();
  g_auto (GStrv) names = NULL;
  g_auto (GStrv) left = NULL;
  const char *const expected[] = { "a", "b-2", "c", NULL };
  const char *const expected_left[] = { "a", "c", NULL };

  g_assert_cmpuint (g_strv_length (none), ==, 0);

  write_file ("c", LEAST);
  write_file ("a", "broken");
  write_file ("b-2", LEAST);
  write_file (".hidden", LEAST);
  write_file ("white space", LEAST);
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  names = td_profile_list ();
  g_assert_cmpstrv (names, expected);

  td_profile_delete ("b-2", &error);
  g_assert_no_error (error);
  left = td_profile_list ();
  g_assert_cmpstrv (left, expected_left);
  g_assert_false (td_profile_delete ("b-2", &error));
  g_assert_error (error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_NOT_FOUND);
}

static void
test_keeps_what_it_does_not_know (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdProfile) profile = NULL;
  g_autofree char *text = NULL;

  write_file ("evn", "# by hand\n" LEAST "colour=red\n[later]\nx=1\n[queue a]\nname=A\nfloor=2\n[queue b]\nname=B\n");
  g_test_expect_message ("td-watch", G_LOG_LEVEL_WARNING, "evn.ini: [connection] colour: not known here*");
  g_test_expect_message ("td-watch", G_LOG_LEVEL_WARNING, "evn.ini: [later] x: not known here*");
  g_test_expect_message ("td-watch", G_LOG_LEVEL_WARNING, "evn.ini: [queue a] floor: not known here*");
  profile = load ("evn");
  g_test_assert_expected_messages ();

  g_ptr_array_remove_index (profile->queues, 1);
  profile->title = g_strdup ("New");
  td_profile_save (profile, &error);
  g_assert_no_error (error);

  text = read_file ("evn");
  g_assert_nonnull (strstr (text, "# by hand\n"));
  g_assert_nonnull (strstr (text, "colour=red\n"));
  g_assert_nonnull (strstr (text, "[later]\nx=1\n"));
  g_assert_nonnull (strstr (text, "[queue a]\nname=A\nfloor=2\n"));
  g_assert_nonnull (strstr (text, "title=New\n"));
  g_assert_null (strstr (text, "[queue b]"));
}

static void
test_saves_for_this_user_alone (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdProfile) profile = td_profile_new ("evn", TD_PROFILE_SUPERVISION);
  g_autofree char *folder = td_profile_get_folder ();
  g_autofree char *path = td_profile_get_path ("evn");
  g_autofree char *text = NULL;
  GStatBuf         info;

  profile->connection->url = g_strdup ("https://calls.example.org");
  profile->connection->secret = g_strdup ("geheim");
  write_file ("evn", LEAST);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);

  td_profile_save (profile, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);

  text = read_file ("evn");
  g_assert_null (strstr (text, "geheim"));
}

static void
test_bad_values_are_not_saved (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdProfile) profile = NULL;
  g_autofree char *text = NULL;

  write_file ("evn", LEAST);
  profile = load ("evn");
  profile->service_level_target = 1.4;
  g_assert_false (td_profile_save (profile, &error));
  g_assert_error (error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "evn.ini: [service] service-level-target: 140 is not from"));

  text = read_file ("evn");
  g_assert_cmpstr (text, ==, LEAST);
}

static void
test_a_broken_file_is_not_overwritten (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdProfile) profile = td_profile_new ("evn", TD_PROFILE_DEMO);
  g_autofree char *text = NULL;

  write_file ("evn", "by hand, but no key file\n");
  g_assert_false (td_profile_save (profile, &error));
  g_assert_error (error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_INVALID);
  text = read_file ("evn");
  g_assert_cmpstr (text, ==, "by hand, but no key file\n");
}

static void
test_bounds_hold_without_a_file (void)
{
  g_autoptr (TdProfile) profile = td_profile_new ("evn", TD_PROFILE_DEMO);
  g_autofree char *longer = g_strnfill (TD_MAX_TEXT + 1, 'x');
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) twice = NULL;
  g_autoptr (GError) bracket = NULL;

  g_assert_true (td_profile_check (profile, NULL));
  profile->title = g_steal_pointer (&longer);
  g_assert_false (td_profile_check (profile, &error));
  g_assert_nonnull (strstr (error->message, "[profile] title: longer than 512 bytes"));
  g_clear_pointer (&profile->title, g_free);

  td_profile_add_queue (profile, "a");
  g_assert_true (td_profile_check (profile, NULL));
  td_profile_add_queue (profile, "a");
  g_assert_false (td_profile_check (profile, &twice));
  g_assert_nonnull (strstr (twice->message, "[queue a]: the queue is there twice"));

  g_ptr_array_set_size (profile->queues, 0);
  td_profile_add_queue (profile, "a]b");
  g_assert_false (td_profile_check (profile, &bracket));
}

static void
test_refuses_what_is_no_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = td_profile_get_folder ();
  g_autofree char *path = td_profile_get_path ("evn");

  /* Nobody would ever write into it: reading would last for ever. */
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_null (td_profile_load ("evn", &error));
  g_assert_error (error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_INVALID);
}

static void
test_makes_the_backend (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) demo_error = NULL;
  g_autoptr (TdProfile) profile = NULL;
  g_autoptr (TdProfile) demo = td_profile_new ("demo", TD_PROFILE_DEMO);
  g_autoptr (TdBackend) backend = NULL;
  g_autofree char *title = NULL;

  write_file ("least", LEAST);
  profile = load ("least");
  profile->connection->secret = g_strdup ("geheim");
  backend = td_profile_create_backend (profile, &error);
  g_assert_no_error (error);
  title = td_backend_get_title (backend);
  g_assert_cmpstr (title, ==, "https://calls.example.org");

  g_assert_null (td_profile_create_backend (demo, &demo_error));
  g_assert_error (demo_error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_INVALID);
}

static void
test_makes_an_asterisk_backend (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) agents_error = NULL;
  g_autoptr (TdProfile) profile = NULL;
  g_autoptr (TdBackend) backend = NULL;
  g_autofree char *folder = td_profile_get_folder ();
  g_autofree char *agents = g_build_filename (folder, "agents.csv", NULL);
  g_autofree char *title = NULL;

  write_file ("pbx", "[profile]\nbackend=asterisk\n[connection]\nurl=http://127.0.0.1:8088/asterisk\nuser=wallboard\n"
                     "[asterisk]\nagents-file=agents.csv\n[queue a]\nname=A\n");
  g_assert_true (g_file_set_contents (agents, "interface,name\nPJSIP/1001,Hương\n", -1, NULL));
  profile = load ("pbx");
  profile->connection->secret = g_strdup ("geheim");
  backend = td_profile_create_backend (profile, &error);
  g_assert_no_error (error);
  title = td_backend_get_title (backend);
  g_assert_nonnull (strstr (title, "http://127.0.0.1:8088/asterisk"));
  g_assert_null (strstr (title, "geheim"));

  /* A file that cannot be used is told by what names it. */
  g_assert_true (g_file_set_contents (agents, "interface,place\nPJSIP/1001,moon\n", -1, NULL));
  g_assert_null (td_profile_create_backend (profile, &agents_error));
  g_assert_error (agents_error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_INVALID);
  g_assert_nonnull (strstr (agents_error->message, "pbx.ini: [asterisk] agents-file: "));
  g_assert_nonnull (strstr (agents_error->message, "agents.csv"));
}

static void
test_authorities_lie_beside_the_profile (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdProfile) profile = NULL;
  g_autofree char *folder = td_profile_get_folder ();
  g_autofree char *expected = g_build_filename (folder, "own-ca.pem", NULL);

  write_file ("least", LEAST "ca-file=own-ca.pem\n");
  profile = load ("least");
  g_assert_null (td_profile_create_backend (profile, &error));
  g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, expected));
}

int
main (int   argc,
      char *argv[])
{
  test_home_init ();
  g_test_init (&argc, &argv, NULL);

  test_home_add_func ("/profile/reads-everything", test_reads_everything);
  test_home_add_func ("/profile/survives-saving", test_survives_saving);
  test_home_add_func ("/profile/forgets-holidays-and-bounds-them", test_forgets_holidays_and_bounds_them);
  test_home_add_func ("/profile/usual-limits-are-not-written", test_usual_limits_are_not_written);
  test_home_add_func ("/profile/says-nothing-more-than-it-was-told", test_says_nothing_more);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/profile/names-what-is-wrong/", bad[i].name, NULL);

      g_test_add_data_func (path, &bad[i], test_names_what_is_wrong);
    }
  test_home_add_func ("/profile/not-there", test_not_there);
  test_home_add_func ("/profile/names-stay-in-the-folder", test_names_stay_in_the_folder);
  test_home_add_func ("/profile/lists-sorted", test_lists_sorted);
  test_home_add_func ("/profile/keeps-what-it-does-not-know", test_keeps_what_it_does_not_know);
  test_home_add_func ("/profile/saves-for-this-user-alone", test_saves_for_this_user_alone);
  test_home_add_func ("/profile/bad-values-are-not-saved", test_bad_values_are_not_saved);
  test_home_add_func ("/profile/a-broken-file-is-not-overwritten", test_a_broken_file_is_not_overwritten);
  test_home_add_func ("/profile/bounds-hold-without-a-file", test_bounds_hold_without_a_file);
  test_home_add_func ("/profile/refuses-what-is-no-file", test_refuses_what_is_no_file);
  test_home_add_func ("/profile/makes-the-backend", test_makes_the_backend);
  test_home_add_func ("/profile/makes-an-asterisk-backend", test_makes_an_asterisk_backend);
  test_home_add_func ("/profile/authorities-lie-beside-the-profile", test_authorities_lie_beside_the_profile);

  return test_home_run ();
}
