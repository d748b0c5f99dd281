/* test-alert-rules-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "td-alert-rules-file.h"

static void
test_defaults_read_alike (void)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_new_default ();
  g_autofree char *text = td_alert_rules_file_to_text (rules);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read = td_alert_rules_file_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, rules->len);
  for (guint i = 0; i < rules->len; i++)
    g_assert_true (td_alert_rule_equal (g_ptr_array_index (rules, i), g_ptr_array_index (read, i)));
}

static void
test_every_field_reads_alike (void)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_new ();
  g_autoptr (GPtrArray) read = NULL;
  TdAlertRule     *rule = td_alert_rule_new ("night.1", TD_ALERT_SERVICE_LEVEL);
  g_autofree char *text = NULL;

  rule->name = g_strdup ("Ca đêm “yếu”");
  rule->scope = TD_ALERT_SCOPE_QUEUE;
  rule->target = g_strdup ("điện");
  rule->level = TD_ALERT_ALARM;
  rule->raise = 0.125;
  rule->clear = 0.5;
  rule->for_s = 7;
  rule->clear_s = 9;
  rule->escalate_s = 11;
  rule->from = 1230;
  rule->to = 1440;
  rule->enabled = FALSE;
  g_ptr_array_add (rules, rule);
  text = td_alert_rules_file_to_text (rules);
  read = td_alert_rules_file_parse (text, strlen (text), NULL);
  g_assert_nonnull (read);
  g_assert_true (td_alert_rule_equal (rule, g_ptr_array_index (read, 0)));
}

static void
test_what_is_missing_is_usual (void)
{
  static const char text[] = "{\"format\": 1, \"rules\": [{\"id\": \"a\", \"kind\": \"waiting\"}]}";
  g_autoptr (GPtrArray) read = td_alert_rules_file_parse (text, strlen (text), NULL);
  g_autoptr (TdAlertRule) usual = td_alert_rule_new ("a", TD_ALERT_WAITING);

  g_assert_nonnull (read);
  g_assert_true (td_alert_rule_equal (usual, g_ptr_array_index (read, 0)));
}

static void
test_errors_name_line_and_field (void)
{
  static const struct
  {
    const char *rules;
    const char *error;
  } cases[] = {
    { "{\"id\": \"a\",\n\"kind\": \"moon\"}", "rule \"a\", line 3: rules[0].kind: \"moon\" is not known to this version" },
    { "{\"kind\": \"waiting\"}", "rules[0]" },
    { "{\"id\": \"a b\", \"kind\": \"waiting\"}", "rules[0].id" },
    { "{\"id\": \"a\", \"kind\": \"waiting\",\n \"rais\": 4}", "\"rais\" is no field of a rule that this version knows" },
    { "{\"id\": \"a\", \"kind\": \"waiting\", \"raise\": -4}", "rules[0].raise: -4 is not between 1 and 10000" },
    { "{\"id\": \"a\", \"kind\": \"waiting\", \"raise\": \"4\"}", "rules[0].raise" },
    { "{\"id\": \"a\", \"kind\": \"waiting\", \"scope\": \"agent\"}", "rules[0].scope" },
    { "{\"id\": \"a\", \"kind\": \"waiting\", \"from\": \"7:00\"}", "rules[0].from: a time is written as 07:30" },
    { "{\"id\": \"a\", \"kind\": \"waiting\", \"to\": \"24:01\"}", "rules[0].to: a time is written as 07:30" },
    { "{\"id\": \"a\", \"kind\": \"waiting\", \"for_seconds\": 86401}", "rules[0].for_seconds" },
    { "{\"id\": \"a\", \"kind\": \"waiting\", \"level\": \"panic\"}", "rules[0].level" },
    { "{\"id\": \"a\", \"kind\": \"waiting\"}, {\"id\": \"a\", \"kind\": \"lost\"}", "rules[1].id" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"format\": 1,\n\"rules\": [%s]}", cases[i].rules);
      g_autoptr (GError) error = NULL;

      g_assert_null (td_alert_rules_file_parse (text, strlen (text), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      if (strstr (error->message, cases[i].error) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].error);
    }
}

static void
test_file_is_made_kept_and_refused (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tongdai-rules-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "deeper", "centre.alerts.json", NULL);
  g_autofree char *deeper = g_path_get_dirname (path);
  g_autoptr (GPtrArray) rules = td_alert_rules_file_load (path, NULL);
  g_autoptr (GPtrArray) defaults = td_alert_rules_new_default ();
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  /* The first start. */
  g_assert_cmpuint (rules->len, ==, defaults->len);
  g_ptr_array_remove_range (rules, 1, rules->len - 1);
  td_alert_rules_file_save (rules, path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  read = td_alert_rules_file_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 1);

  /* What cannot be is not written. */
  ((TdAlertRule *)g_ptr_array_index (rules, 0))->raise = -1;
  g_assert_false (td_alert_rules_file_save (rules, path, NULL));
  g_clear_pointer (&read, g_ptr_array_unref);
  read = td_alert_rules_file_load (path, NULL);
  g_assert_cmpuint (read->len, ==, 1);

  g_assert_true (g_file_set_contents (path, "{", -1, NULL));
  g_assert_null (td_alert_rules_file_load (path, &error));
  g_assert_nonnull (strstr (error->message, path));

  g_unlink (path);
  g_rmdir (deeper);
  g_rmdir (folder);
}

/* Whoever reads has the old file or the new one, never a part of either. */
static void
test_a_file_is_replaced_whole (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tongdai-rules-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "centre.alerts.json", NULL);
  g_autofree char *other = g_build_filename (folder, "other-name", NULL);
  g_autoptr (GPtrArray) all = td_alert_rules_new_default ();
  g_autoptr (GPtrArray) one = td_alert_rules_new_default ();
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_remove_range (one, 1, one->len - 1);
  g_assert_true (td_alert_rules_file_save (all, path, NULL));
  g_assert_cmpint (link (path, other), ==, 0);
  g_assert_true (td_alert_rules_file_save (one, path, NULL));

  /* The file of before was not written into. */
  read = td_alert_rules_file_load (other, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, all->len);

  g_unlink (other);
  g_unlink (path);
  g_rmdir (folder);
}

static ino_t
wait_for_another (const char *path,
                  ino_t       before)
{
  GStatBuf info;

  do
    {
      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_usleep (100);
    }
  while (info.st_ino == before);

  return info.st_ino;
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_rules_survive_a_kill (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tongdai-rules-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "centre.alerts.json", NULL);
  g_autoptr (GPtrArray) all = td_alert_rules_new_default ();
  g_autoptr (GPtrArray) one = td_alert_rules_new_default ();
  ino_t last;

  g_ptr_array_remove_range (one, 1, one->len - 1);
  g_assert_true (td_alert_rules_file_save (all, path, NULL));
  last = wait_for_another (path, 0);
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (GPtrArray) read = NULL;
      g_autoptr (GError) error = NULL;
      pid_t child = fork ();

      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        {
          for (guint n = 0;; n++)
            td_alert_rules_file_save (n % 2 == 0 ? one : all, path, NULL);
        }
      /* It writes now, and is ended wherever it is. */
      last = wait_for_another (path, last);
      g_assert_cmpint (kill (child, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (child, NULL, 0), ==, child);

      read = td_alert_rules_file_load (path, &error);
      g_assert_no_error (error);
      g_assert_true (read->len == 1 || read->len == all->len);
    }
  remove_all (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alert-rules-file/defaults-read-alike", test_defaults_read_alike);
  g_test_add_func ("/alert-rules-file/every-field-reads-alike", test_every_field_reads_alike);
  g_test_add_func ("/alert-rules-file/what-is-missing-is-usual", test_what_is_missing_is_usual);
  g_test_add_func ("/alert-rules-file/errors-name-line-and-field", test_errors_name_line_and_field);
  g_test_add_func ("/alert-rules-file/file-is-made-kept-and-refused", test_file_is_made_kept_and_refused);

  g_test_add_func ("/alert-rules-file/a-file-is-replaced-whole", test_a_file_is_replaced_whole);
  g_test_add_func ("/alert-rules-file/rules-survive-a-kill", test_rules_survive_a_kill);

  return g_test_run ();
}
