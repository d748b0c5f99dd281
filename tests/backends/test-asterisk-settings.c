/* test-asterisk-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

#include "td-asterisk-settings.h"
#include "td-backend.h"

static gboolean
load (TdAsteriskSettings *settings,
      const char         *text,
      gssize              length,
      GError            **error)
{
  g_autofree char *folder = g_dir_make_tmp ("td-agents-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "agents.txt", NULL);
  gboolean         loaded;

  g_assert_true (g_file_set_contents (path, text, length, NULL));
  loaded = td_asterisk_settings_load_agents (settings, path, error);
  g_unlink (path);
  g_rmdir (folder);

  return loaded;
}

static void
assert_refused (const char *text,
                gssize      length,
                const char *said)
{
  g_autoptr (TdAsteriskSettings) settings = td_asterisk_settings_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (load (settings, "interface\nPJSIP/1\n", -1, NULL));
  g_assert_false (load (settings, text, length, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == TD_BACKEND_ERROR);
  g_assert_true (g_str_has_prefix (error->message, "agents.txt: "));
  if (strstr (error->message, said) == NULL)
    g_error ("“%s” does not say “%s”", error->message, said);

  /* What was known is still known. */
  g_assert_cmpuint (g_hash_table_size (settings->agents), ==, 1);
  g_assert_nonnull (g_hash_table_lookup (settings->agents, "PJSIP/1"));
}

static const TdAgentInfo *
find (TdAsteriskSettings *settings,
      const char         *interface)
{
  const TdAgentInfo *info = g_hash_table_lookup (settings->agents, interface);

  g_assert_nonnull (info);
  g_assert_cmpstr (info->id, ==, interface);

  return info;
}

static void
test_csv (void)
{
  g_autoptr (TdAsteriskSettings) settings = td_asterisk_settings_new ();
  g_autoptr (GError) error = NULL;
  const TdAgentInfo *info;

  g_assert_true (load (settings,
                       "\xef\xbb\xbfTeam, Interface ,NAME,employer,place,seat,extension,note\r\n"
                       "Hoá đơn,PJSIP/1001,\"Nguyễn, An\",EVN,office,A-01,1001,x\r\n"
                       "\r\n"
                       "\"Hai\ndòng\",Local/1002@agents/n,\"Trần \"\"Bình\"\"\",,home,,,\r\n"
                       "Ngắn,PJSIP/3",
                       -1, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (settings->agents), ==, 3);

  info = find (settings, "PJSIP/1001");
  g_assert_cmpstr (info->name, ==, "Nguyễn, An");
  g_assert_cmpstr (info->team, ==, "Hoá đơn");
  g_assert_cmpstr (info->employer, ==, "EVN");
  g_assert_cmpint (info->place, ==, TD_PLACE_OFFICE);
  g_assert_cmpstr (info->seat, ==, "A-01");
  g_assert_cmpstr (info->extension, ==, "1001");

  info = find (settings, "Local/1002@agents/n");
  g_assert_cmpstr (info->name, ==, "Trần \"Bình\"");
  g_assert_cmpstr (info->team, ==, "Hai\ndòng");
  g_assert_null (info->employer);
  g_assert_cmpint (info->place, ==, TD_PLACE_HOME);

  info = find (settings, "PJSIP/3");
  g_assert_null (info->name);
  g_assert_cmpint (info->place, ==, TD_PLACE_UNKNOWN);
}

static void
test_semicolons (void)
{
  g_autoptr (TdAsteriskSettings) settings = td_asterisk_settings_new ();

  g_assert_true (load (settings, "interface;name;place\nPJSIP/1;Lê, Chi;partner\nPJSIP/2;;on-site\n", -1, NULL));
  g_assert_cmpstr (find (settings, "PJSIP/1")->name, ==, "Lê, Chi");
  g_assert_cmpint (find (settings, "PJSIP/1")->place, ==, TD_PLACE_PARTNER);
  g_assert_cmpint (find (settings, "PJSIP/2")->place, ==, TD_PLACE_ON_SITE);
}

static void
test_json (void)
{
  g_autoptr (TdAsteriskSettings) settings = td_asterisk_settings_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (load (settings,
                       "\xef\xbb\xbf [{\"interface\": \"PJSIP/1\", \"name\": \"Phạm Dũng\", \"place\": \"home\"},\n"
                       " {\"interface\": \"PJSIP/2\", \"team\": null}]\n",
                       -1, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (find (settings, "PJSIP/1")->name, ==, "Phạm Dũng");
  g_assert_cmpint (find (settings, "PJSIP/1")->place, ==, TD_PLACE_HOME);
  g_assert_null (find (settings, "PJSIP/2")->team);
}

static void
test_errors_name_the_place (void)
{
  g_autofree char *long_name = g_strnfill (TD_MAX_TEXT + 1, 'x');
  g_autofree char *long_row = g_strdup_printf ("interface,name\nPJSIP/1,%s\n", long_name);

  assert_refused ("", 0, "interface");
  assert_refused ("name,team\nAn,A\n", -1, "line 1");
  assert_refused ("interface,name,Interface\n", -1, "two columns");
  assert_refused ("interface,place\nPJSIP/1,office\nPJSIP/2,moon\n", -1, "line 3, column “place”: \"moon\"");
  assert_refused ("interface,name\n\nPJSIP/1,a\nPJSIP/1,b\n", -1, "line 4, column “interface”");
  assert_refused ("interface,name\n,a\n", -1, "line 2, column “interface”");
  assert_refused ("interface,name\nPJSIP/1,a,b\n", -1, "line 2: 3 fields");
  assert_refused ("interface,name\nPJSIP/1,\"a\n", -1, "field 2");
  assert_refused ("interface,name\nPJSIP/1,\"a\"\"", -1, "not closed");
  assert_refused ("interface,name\nPJSIP/1,\"", -1, "not closed");
  assert_refused ("interface,name\nPJSIP/1,\"a\"b\n", -1, "line 2, field 2");
  assert_refused ("interface,name\nPJSIP/1,a\"b\n", -1, "line 2, field 2");
  assert_refused ("interface,name\nPJSIP/1,a\nPJSIP/2,\xff\n", -1, "line 3");
  assert_refused ("interface\nPJSIP/1\0x\n", 20, "UTF-8");
  assert_refused (long_row, -1, "line 2, column “name”");
  assert_refused ("{\"interface\": \"PJSIP/1\"}", -1, "agents");
  assert_refused ("[{\"interface\": \"PJSIP/1\"}, {\"name\": \"b\"}]", -1, "agents[1].interface");
  assert_refused ("[{\"interface\": \"PJSIP/1\", \"place\": \"moon\"}]", -1, "agents[0].place");
  assert_refused ("[{\"interface\": 5}]", -1, "agents[0].interface");
  assert_refused ("[{]", -1, "");
}

static void
test_missing_file (void)
{
  g_autoptr (TdAsteriskSettings) settings = td_asterisk_settings_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (td_asterisk_settings_load_agents (settings, "/nowhere/agents.csv", &error));
  g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID);
}

static void
test_queues (void)
{
  g_autoptr (TdAsteriskSettings) settings = td_asterisk_settings_new ();
  const TdQueueInfo *info;

  td_asterisk_settings_add_queue (settings, "billing", "Hoá đơn", NULL, "", "Long An");
  td_asterisk_settings_add_queue (settings, "billing", "Hoá đơn", "19009000", NULL, NULL);
  g_assert_cmpuint (g_hash_table_size (settings->queues), ==, 1);
  info = g_hash_table_lookup (settings->queues, "billing");
  g_assert_cmpstr (info->name, ==, "Hoá đơn");
  g_assert_cmpstr (info->hotline, ==, "19009000");
  g_assert_null (info->reason);
  g_assert_null (info->area);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/asterisk-settings/csv-with-quotes-and-bom", test_csv);
  g_test_add_func ("/asterisk-settings/semicolons", test_semicolons);
  g_test_add_func ("/asterisk-settings/json", test_json);
  g_test_add_func ("/asterisk-settings/errors-name-the-place", test_errors_name_the_place);
  g_test_add_func ("/asterisk-settings/missing-file-is-told", test_missing_file);
  g_test_add_func ("/asterisk-settings/last-word-on-a-queue-counts", test_queues);

  return g_test_run ();
}
