/* td-file-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-file-watch.h"

#define LOOK_S 2
#define ATTRIBUTES \
  G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC "," G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_UNIX_INODE "," G_FILE_ATTRIBUTE_UNIX_MODE

struct _TdFileWatch
{
  GObject parent_instance;

  GFile        *file;  /* (owned) */
  char         *path;  /* (owned) */
  char         *print; /* (owned) (nullable): what it looked like */
  GCancellable *cancellable;
  gboolean      is_looking;
  guint         source;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdFileWatch, td_file_watch, G_TYPE_OBJECT)

/* What is not there looks like nothing. */
static char *
take_print (GFileInfo *info)
{
  if (info == NULL)
    return g_strdup ("");

  /* With its mode: a secret that others could read is refused until they cannot. */
  return g_strdup_printf ("%" G_GUINT64_FORMAT ".%06u %" G_GOFFSET_FORMAT " %" G_GUINT64_FORMAT " %o",
                          g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED),
                          g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC),
                          (goffset)g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_STANDARD_SIZE),
                          g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_UNIX_INODE),
                          g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_UNIX_MODE));
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdFileWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);
  g_autofree char *print = NULL;

  self->is_looking = FALSE;
  /* A file that cannot be looked at for a moment has not changed. */
  if (info == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return;

  print = take_print (info);
  if (g_strcmp0 (self->print, print) == 0)
    return;
  g_free (self->print);
  self->print = g_steal_pointer (&print);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
look_cb (gpointer user_data)
{
  TdFileWatch *self = user_data;

  if (!self->is_looking)
    {
      self->is_looking = TRUE;
      g_file_query_info_async (self->file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, G_PRIORITY_LOW, self->cancellable, looked_cb, g_object_ref (self));
    }

  return G_SOURCE_CONTINUE;
}

static void
td_file_watch_dispose (GObject *object)
{
  TdFileWatch *self = TD_FILE_WATCH (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (td_file_watch_parent_class)->dispose (object);
}

static void
td_file_watch_finalize (GObject *object)
{
  TdFileWatch *self = TD_FILE_WATCH (object);

  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self->print);

  G_OBJECT_CLASS (td_file_watch_parent_class)->finalize (object);
}

static void
td_file_watch_class_init (TdFileWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_file_watch_dispose;
  object_class->finalize = td_file_watch_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_file_watch_init (TdFileWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

static TdFileWatch *
create (const char *path)
{
  TdFileWatch *self = g_object_new (TD_TYPE_FILE_WATCH, NULL);

  self->path = g_strdup (path);
  self->file = g_file_new_for_path (path);
  self->source = g_timeout_add_seconds (LOOK_S, look_cb, self);

  return self;
}

/**
 * td_file_watch_new:
 * @path: of a file, whether or not it is there
 *
 * What it is like now is what changes are told against.
 *
 * Returns: (transfer full): a watch; it ends with its last owner
 */
TdFileWatch *
td_file_watch_new (const char *path)
{
  TdFileWatch *self;
  g_autoptr (GFileInfo) info = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = create (path);
  info = g_file_query_info (self->file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  self->print = take_print (info);

  return self;
}

/**
 * td_file_watch_new_unread:
 * @path: of a file, whether or not it is there
 *
 * For who has not read it: the first look, which is soon and waits for
 * nothing, tells a change.
 *
 * Returns: (transfer full): a watch; it ends with its last owner
 */
TdFileWatch *
td_file_watch_new_unread (const char *path)
{
  TdFileWatch *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = create (path);
  look_cb (self);

  return self;
}

const char *
td_file_watch_get_path (TdFileWatch *self)
{
  g_return_val_if_fail (TD_IS_FILE_WATCH (self), NULL);

  return self->path;
}
