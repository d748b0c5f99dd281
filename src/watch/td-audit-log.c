/* td-audit-log.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-audit-log.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Somebody else may put the file aside between the opening and the locking. */
#define OPEN_TRIES 10

/* A file that another program let grow is not read for ever. */
#define MAX_READ_BYTES (4 * TD_AUDIT_LOG_MAX_BYTES)

struct _TdAuditLog
{
  GObject parent_instance;

  char *path; /* (owned) */
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdAuditLog, td_audit_log, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static gboolean
fail_errno (GError **error)
{
  int saved = errno;

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (saved), g_strerror (saved));

  return FALSE;
}

static char *
get_rotated_path (const char *path,
                  guint       number)
{
  return number == 0 ? g_strdup (path) : g_strdup_printf ("%s.%u", path, number);
}

/* Opens the file that is in its place, locked: -1 with @error set. */
static int
open_locked (const char *path,
             GError    **error)
{
  for (guint i = 0; i < OPEN_TRIES; i++)
    {
      int         fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
      struct stat opened, placed;

      if (fd < 0 || fstat (fd, &opened) != 0)
        {
          fail_errno (error);
          if (fd >= 0)
            close (fd);
          return -1;
        }

      if (!S_ISREG (opened.st_mode))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, g_strerror (EINVAL));
          close (fd);
          return -1;
        }

      while (flock (fd, LOCK_EX) != 0)
        {
          if (errno == EINTR)
            continue;
          fail_errno (error);
          close (fd);
          return -1;
        }

      if (lstat (path, &placed) == 0 && placed.st_ino == opened.st_ino && placed.st_dev == opened.st_dev)
        return fd;

      close (fd);
    }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, g_strerror (EBUSY));

  return -1;
}

static gboolean
rotate (const char *path,
        GError    **error)
{
  for (guint i = TD_AUDIT_LOG_FILES - 1; i > 0; i--)
    {
      g_autofree char *from = get_rotated_path (path, i - 1);
      g_autofree char *to = get_rotated_path (path, i);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        return fail_errno (error);
    }

  return TRUE;
}

/* All of the line, or none of it. */
static gboolean
write_line (int         fd,
            const char *line,
            gsize       length,
            GError    **error)
{
  struct stat status;
  gssize      written;

  if (fstat (fd, &status) != 0 || fchmod (fd, 0600) != 0)
    return fail_errno (error);

  do
    written = write (fd, line, length);
  while (written < 0 && errno == EINTR);

  if (written == (gssize)length)
    return TRUE;

  if (written >= 0)
    errno = ENOSPC;
  fail_errno (error);
  if (written > 0 && ftruncate (fd, status.st_size) != 0)
    g_info ("Half a line stays in the log of actions");

  return FALSE;
}

static gboolean
append_line (const char *path,
             const char *line,
             GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  gsize            length = strlen (line);
  struct stat      status;
  gboolean         done;
  int              fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_errno (error);

  fd = open_locked (path, error);
  if (fd < 0)
    return FALSE;

  if (fstat (fd, &status) == 0 && status.st_size > 0 && (gsize)status.st_size + length > TD_AUDIT_LOG_MAX_BYTES)
    {
      if (!rotate (path, error))
        {
          close (fd);
          return FALSE;
        }

      close (fd);
      fd = open_locked (path, error);
      if (fd < 0)
        return FALSE;
    }

  done = write_line (fd, line, length, error);
  if (close (fd) != 0 && done)
    done = fail_errno (error);

  return done;
}

static void
take_line (const char *line,
           gsize       length,
           GPtrArray  *entries,
           GHashTable *by_id)
{
  g_autoptr (TdAuditEntry) entry = td_audit_entry_from_line (line, length);
  TdAuditEntry *known;

  if (entry == NULL)
    return;

  known = g_hash_table_lookup (by_id, entry->id);
  if (known != NULL)
    {
      known->result = entry->result;
      g_free (known->error);
      known->error = g_steal_pointer (&entry->error);
      return;
    }

  g_hash_table_insert (by_id, entry->id, entry);
  g_ptr_array_add (entries, g_steal_pointer (&entry));
}

static gboolean
read_file (const char *path,
           GPtrArray  *entries,
           GHashTable *by_id,
           GError    **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) own_error = NULL;
  g_autofree char *text = NULL;
  gsize            length;
  const char      *line, *end;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                            G_FILE_QUERY_INFO_NONE, NULL, &own_error);
  if (info != NULL && (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR ||
                       g_file_info_get_size (info) > MAX_READ_BYTES))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, g_strerror (EFBIG));
      return FALSE;
    }

  if (info == NULL || !g_file_load_contents (file, NULL, &text, &length, NULL, &own_error))
    {
      if (g_error_matches (own_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  for (line = text; line < text + length; line = end + 1)
    {
      end = memchr (line, '\n', (gsize)(text + length - line));
      if (end == NULL)
        end = text + length;
      take_line (line, (gsize)(end - line), entries, by_id);
    }

  return TRUE;
}

typedef struct
{
  char *path; /* (owned) */
  guint max_entries;
} Reading;

static void
reading_free (Reading *reading)
{
  g_free (reading->path);
  g_free (reading);
}

static void
read_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const Reading *reading = task_data;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)td_audit_entry_free);
  g_autoptr (GPtrArray) newest = g_ptr_array_new_with_free_func ((GDestroyNotify)td_audit_entry_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  GError *error = NULL;

  for (guint i = TD_AUDIT_LOG_FILES; i > 0; i--)
    {
      g_autofree char *path = get_rotated_path (reading->path, i - 1);

      if (!read_file (path, entries, by_id, &error))
        {
          g_task_return_error (task, error);
          return;
        }
    }

  while (entries->len > 0 && newest->len < reading->max_entries)
    g_ptr_array_add (newest, g_ptr_array_steal_index (entries, entries->len - 1));

  g_task_return_pointer (task, g_steal_pointer (&newest), (GDestroyNotify)g_ptr_array_unref);
}

static void
td_audit_log_finalize (GObject *object)
{
  TdAuditLog *self = TD_AUDIT_LOG (object);

  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (td_audit_log_parent_class)->finalize (object);
}

static void
td_audit_log_class_init (TdAuditLogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_audit_log_finalize;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
td_audit_log_init (TdAuditLog *self)
{
}

/**
 * td_audit_log_new:
 * @path: the file; it and its folder are made when they are needed
 *
 * Returns: (transfer full): a log
 */
TdAuditLog *
td_audit_log_new (const char *path)
{
  TdAuditLog *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (TD_TYPE_AUDIT_LOG, NULL);
  self->path = g_strdup (path);

  return self;
}

/**
 * td_audit_log_get_default:
 *
 * Returns: (transfer none): the person's log, $XDG_STATE_HOME/tongdai/audit.log
 */
TdAuditLog *
td_audit_log_get_default (void)
{
  static TdAuditLog *log;

  if (log == NULL)
    {
      g_autofree char *path = g_build_filename (g_get_user_state_dir (), "tongdai", "audit.log", NULL);

      log = td_audit_log_new (path);
    }

  return log;
}

const char *
td_audit_log_get_path (TdAuditLog *self)
{
  g_return_val_if_fail (TD_IS_AUDIT_LOG (self), NULL);

  return self->path;
}

/**
 * td_audit_log_append:
 * @self: a log
 * @entry: what to write
 * @error: return location; %G_IO_ERROR
 *
 * Writes one line, at once: it is with the system when this returns, so that a
 * crash of the program does not lose it.
 *
 * Returns: whether the whole line was written; if not, none of it
 */
gboolean
td_audit_log_append (TdAuditLog         *self,
                     const TdAuditEntry *entry,
                     GError            **error)
{
  g_autofree char *line = NULL;

  g_return_val_if_fail (TD_IS_AUDIT_LOG (self), FALSE);
  g_return_val_if_fail (entry != NULL, FALSE);

  line = td_audit_entry_to_line (entry);
  if (!append_line (self->path, line, error))
    return FALSE;

  g_signal_emit (self, signals[CHANGED], 0);

  return TRUE;
}

/**
 * td_audit_log_read_async:
 * @self: a log
 * @max_entries: how many actions to read at most
 * @cancellable: (nullable): a cancellable
 * @callback: called in the main context of the caller
 * @user_data: data for @callback
 *
 * Reads the log, and what was put aside of it, in a thread.
 */
void
td_audit_log_read_async (TdAuditLog         *self,
                         guint               max_entries,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  g_return_if_fail (TD_IS_AUDIT_LOG (self));

  reading = g_new0 (Reading, 1);
  reading->path = g_strdup (self->path);
  reading->max_entries = max_entries;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_audit_log_read_async);
  g_task_set_task_data (task, reading, (GDestroyNotify)reading_free);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * td_audit_log_read_finish:
 * @self: a log
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full) (element-type TdAuditEntry) (nullable): an entry for
 *   each action, the newest first, with when it was sent and what is known of
 *   its result; lines that are none are left out
 */
GPtrArray *
td_audit_log_read_finish (TdAuditLog   *self,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (TD_IS_AUDIT_LOG (self), NULL);
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
