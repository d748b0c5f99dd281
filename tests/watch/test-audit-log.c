/* test-audit-log.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "td-audit-log.h"

typedef struct
{
  char       *folder;
  char       *path; /* in a folder that is not there yet */
  TdAuditLog *log;
  guint       n_changed;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("tongdai-audit.XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "tongdai", "audit.log", NULL);
  fixture->log = td_audit_log_new (fixture->path);
  g_signal_connect_swapped (fixture->log, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_clear_object (&fixture->log);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static TdAuditEntry *
create_entry (const char *agent)
{
  TdAction      action = { .kind = TD_ACTION_PAUSE, .agent = agent, .queue = "q1", .reason = "Họp \"giao\nca\"" };
  TdAuditEntry *entry = td_audit_entry_new (&action, "Nguyễn Thị Hạnh");

  entry->profile = g_strdup ("hcm");
  entry->source = g_strdup ("https://pbx.example");
  entry->user = g_strdup ("supervisor");

  return entry;
}

static void
append (Fixture            *fixture,
        const TdAuditEntry *entry)
{
  g_autoptr (GError) error = NULL;

  td_audit_log_append (fixture->log, entry, &error);
  g_assert_no_error (error);
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static GPtrArray *
read_all (Fixture *fixture,
          guint    max_entries)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries;

  td_audit_log_read_async (fixture->log, max_entries, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  entries = td_audit_log_read_finish (fixture->log, result, &error);
  g_assert_no_error (error);

  return entries;
}

static void
test_two_lines (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (TdAuditEntry) entry = create_entry ("a1");
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (GPtrArray) done = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  const TdAuditEntry *read;
  gint64              at = entry->at;

  append (fixture, entry);
  sent = read_all (fixture, 10);
  g_assert_cmpuint (sent->len, ==, 1);
  g_assert_cmpint (((TdAuditEntry *)g_ptr_array_index (sent, 0))->result, ==, TD_AUDIT_SENT);

  entry->at += 3 * G_USEC_PER_SEC;
  entry->result = TD_AUDIT_FAILED;
  entry->error = g_strdup ("Không có quyền");
  append (fixture, entry);
  g_assert_cmpuint (fixture->n_changed, ==, 2);

  done = read_all (fixture, 10);
  g_assert_cmpuint (done->len, ==, 1);
  read = g_ptr_array_index (done, 0);
  g_assert_cmpint (read->at / 1000, ==, at / 1000);
  g_assert_cmpint (read->result, ==, TD_AUDIT_FAILED);
  g_assert_cmpstr (read->error, ==, "Không có quyền");
  g_assert_cmpstr (read->agent, ==, "a1");
  g_assert_cmpstr (read->agent_name, ==, "Nguyễn Thị Hạnh");
  g_assert_cmpstr (read->queue, ==, "q1");
  g_assert_cmpstr (read->reason, ==, "Họp \"giao\nca\"");
  g_assert_cmpstr (read->profile, ==, "hcm");
  g_assert_cmpstr (read->source, ==, "https://pbx.example");
  g_assert_cmpstr (read->user, ==, "supervisor");
  g_assert_nonnull (strchr (read->who, '@'));

  /* For other programs: a JSON object a line. */
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (lines[0], "{\"at\":\"20"));
  g_assert_nonnull (strstr (lines[0], "\"result\":\"sent\""));
  g_assert_nonnull (strstr (lines[0], "\"action\":\"pause\""));
  g_assert_nonnull (strstr (lines[1], "\"result\":\"failed\""));
  g_assert_cmpstr (lines[2], ==, "");
}

static void
test_mode (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (TdAuditEntry) entry = create_entry ("a1");
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  struct stat      status;

  append (fixture, entry);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);

  g_assert_cmpint (g_chmod (fixture->path, 0666), ==, 0);
  append (fixture, entry);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_unwritable (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (TdAuditEntry) entry = create_entry ("a1");
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autoptr (GError) in_file = NULL;
  g_autoptr (GError) link = NULL;
  g_autoptr (GError) is_folder = NULL;

  /* A file where the folder should be. */
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  g_assert_false (td_audit_log_append (fixture->log, entry, &in_file));
  g_assert_nonnull (in_file);
  g_assert_cmpint (g_remove (folder), ==, 0);

  /* A link that leads elsewhere. */
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (other, "mine", -1, NULL));
  g_assert_cmpint (symlink (other, fixture->path), ==, 0);
  g_assert_false (td_audit_log_append (fixture->log, entry, &link));
  g_assert_nonnull (link);
  g_assert_cmpint (g_remove (fixture->path), ==, 0);

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  g_assert_false (td_audit_log_append (fixture->log, entry, &is_folder));
  g_assert_nonnull (is_folder);
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

static void
test_rotation (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *one = g_strconcat (fixture->path, ".1", NULL);
  g_autofree char *last = g_strdup_printf ("%s.%d", fixture->path, TD_AUDIT_LOG_FILES - 1);
  g_autofree char *beyond = g_strdup_printf ("%s.%d", fixture->path, TD_AUDIT_LOG_FILES);
  g_autoptr (TdAuditEntry) pending = create_entry ("pending");
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) few = NULL;
  guint n = 0;

  append (fixture, pending);
  while (!g_file_test (one, G_FILE_TEST_EXISTS))
    {
      g_autofree char *id = g_strdup_printf ("a%u", n++);
      g_autoptr (TdAuditEntry) entry = create_entry (id);
      struct stat status;

      append (fixture, entry);
      g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
      g_assert_cmpint (status.st_size, <=, TD_AUDIT_LOG_MAX_BYTES);
      g_assert_cmpuint (n, <, 100000);
    }

  /* The result of what was sent before stands in the next file. */
  pending->result = TD_AUDIT_DONE;
  append (fixture, pending);
  entries = read_all (fixture, G_MAXUINT);
  g_assert_cmpuint (entries->len, ==, n + 1);
  g_assert_cmpstr (((TdAuditEntry *)g_ptr_array_index (entries, n))->agent, ==, "pending");
  g_assert_cmpint (((TdAuditEntry *)g_ptr_array_index (entries, n))->result, ==, TD_AUDIT_DONE);
  few = read_all (fixture, 3);
  g_assert_cmpuint (few->len, ==, 3);
  for (guint i = 0; i < few->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("a%u", n - 1 - i);

      g_assert_cmpstr (((TdAuditEntry *)g_ptr_array_index (few, i))->agent, ==, id);
    }

  while (!g_file_test (last, G_FILE_TEST_EXISTS) || n % 5000 != 0)
    {
      g_autofree char *id = g_strdup_printf ("a%u", n++);
      g_autoptr (TdAuditEntry) entry = create_entry (id);

      append (fixture, entry);
      g_assert_cmpuint (n, <, 100000);
    }
  g_assert_false (g_file_test (beyond, G_FILE_TEST_EXISTS));
}

static void
test_rubbish (Fixture      *fixture,
              gconstpointer data)
{
  static const char *const rubbish[] = {
    "\n\n",
    "{}\n",
    "[1,2\n",
    "{\"at\":\"soon\"}\n",
    "\xff\xfe\n",
    "null\n",
    "{\"at\":\"2026-11-22T10:00:00Z\",\"id\":\"x\",\"result\":\"won\",\"who\":\"a@b\",\"action\":\"pause\",\"agent\":\"a\"}\n",
    "{\"at\":\"2026-11-22T10:00:00Z\",\"id\":7,\"result\":\"done\",\"who\":\"a@b\",\"action\":\"pause\",\"agent\":\"a\"}\n",
    "{\"at\":\"2026-11-22T10:00:00Z\",\"id\":\"x\",\"result\":\"done\",\"who\":\"a@b\",\"action\":\"juggle\",\"agent\":\"a\"}\n",
  };
  g_autoptr (TdAuditEntry) before = create_entry ("before");
  g_autoptr (TdAuditEntry) after = create_entry ("after");
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GString) text = NULL;
  g_autofree char *old = NULL;

  append (fixture, before);
  g_assert_true (g_file_get_contents (fixture->path, &old, NULL, NULL));
  text = g_string_new (old);
  for (guint i = 0; i < G_N_ELEMENTS (rubbish); i++)
    g_string_append (text, rubbish[i]);
  g_assert_true (g_file_set_contents (fixture->path, text->str, (gssize)text->len, NULL));
  append (fixture, after);

  entries = read_all (fixture, 10);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpstr (((TdAuditEntry *)g_ptr_array_index (entries, 0))->agent, ==, "after");
  g_assert_cmpstr (((TdAuditEntry *)g_ptr_array_index (entries, 1))->agent, ==, "before");
}

static void
test_empty (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GPtrArray) entries = read_all (fixture, 10);

  g_assert_cmpuint (entries->len, ==, 0);
}

#define N_LINES 200

static gpointer
write_many (gpointer data)
{
  g_autoptr (TdAuditLog) log = td_audit_log_new (data);

  for (guint i = 0; i < N_LINES; i++)
    {
      g_autoptr (TdAuditEntry) entry = create_entry ("a1");
      g_autoptr (GError) error = NULL;

      /* Long ones, so that the file is put aside more than once meanwhile. */
      g_free (entry->reason);
      entry->reason = g_strnfill (1000, 'x');
      g_free (entry->error);
      entry->error = g_strnfill (1000, 'y');
      td_audit_log_append (log, entry, &error);
      g_assert_no_error (error);
    }

  return NULL;
}

static void
test_many_writers (Fixture      *fixture,
                   gconstpointer data)
{
  GThread *threads[5];
  g_autoptr (GPtrArray) entries = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("writer", write_many, fixture->path);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  entries = read_all (fixture, G_MAXUINT);
  g_assert_cmpuint (entries->len, ==, N_LINES * G_N_ELEMENTS (threads));
}

#define ADD(path, func) g_test_add ("/audit-log/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("action-has-a-line-before-and-after", test_two_lines);
  ADD ("file-is-for-its-owner-alone", test_mode);
  ADD ("file-that-cannot-be-written-is-an-error", test_unwritable);
  ADD ("file-that-is-full-is-put-aside", test_rotation);
  ADD ("lines-that-are-none-are-left-out", test_rubbish);
  ADD ("no-file-is-no-entry", test_empty);
  ADD ("several-writers-lose-nothing", test_many_writers);

  return g_test_run ();
}
