/* td-outbox.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-outbox.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "td-clock.h"
#include "td-file.h"

#define LOCK "lock"
#define SUFFIX ".json"
#define MAX_ID 64

/* Both numbers of a name, so that the order of names is that of adding. */
#define NUMBER_DIGITS 20
#define NUMBER_FORMAT "%020" G_GUINT64_FORMAT

struct _TdOutbox
{
  GObject parent_instance;

  char   *folder; /* (owned) */
  int     lock;   /* as long as it is open, nobody else keeps the folder */
  GQueue  items;  /* (element-type TdOutboxItem), the oldest first */
  guint64 last;   /* number of the last item */
};

G_DEFINE_FINAL_TYPE (TdOutbox, td_outbox, G_TYPE_OBJECT)

static void
free_item (gpointer data)
{
  TdOutboxItem *item = data;

  g_free (item->id);
  g_free (item->name);
  g_free (item);
}

static gboolean
parse_number (const char *text,
              guint64    *number)
{
  char digits[NUMBER_DIGITS + 1];

  if (strspn (text, "0123456789") != NUMBER_DIGITS)
    return FALSE;

  memcpy (digits, text, NUMBER_DIGITS);
  digits[NUMBER_DIGITS] = '\0';

  return g_ascii_string_to_unsigned (digits, 10, 0, G_MAXINT64, number, NULL);
}

/* NUMBER-TIME-ID.json; anything else is not ours. */
static TdOutboxItem *
parse_name (const char *name,
            guint64    *number)
{
  TdOutboxItem    *item;
  g_autofree char *id = NULL;
  guint64          at;

  if (!g_str_has_suffix (name, SUFFIX) || strlen (name) <= 2 * (NUMBER_DIGITS + 1) + strlen (SUFFIX) ||
      !parse_number (name, number) || name[NUMBER_DIGITS] != '-' ||
      !parse_number (name + NUMBER_DIGITS + 1, &at) || name[2 * NUMBER_DIGITS + 1] != '-')
    return NULL;

  id = g_strdup (name + 2 * (NUMBER_DIGITS + 1));
  id[strlen (id) - strlen (SUFFIX)] = '\0';
  if (!td_outbox_is_id (id))
    return NULL;

  item = g_new0 (TdOutboxItem, 1);
  item->id = g_steal_pointer (&id);
  item->name = g_strdup (name);
  item->at = (gint64)at;

  return item;
}

static char *
get_path (TdOutbox           *self,
          const TdOutboxItem *item)
{
  return g_build_filename (self->folder, item->name, NULL);
}

static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return strcmp (((const TdOutboxItem *)a)->name, ((const TdOutboxItem *)b)->name);
}

static gboolean
fail_errno (TdOutbox *self,
            GError  **error)
{
  int saved = errno;

  g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (saved), "%s: %s", self->folder, g_strerror (saved));

  return FALSE;
}

static void
forget (TdOutbox           *self,
        const TdOutboxItem *item)
{
  g_autofree char *path = get_path (self, item);

  if (g_unlink (path) != 0 && errno != ENOENT)
    g_message ("A message that was sent stays in the outbox: %s: %s", path, g_strerror (errno));
}

static GList *
find (TdOutbox   *self,
      const char *id)
{
  for (GList *link = self->items.head; link != NULL; link = link->next)
    {
      if (strcmp (((const TdOutboxItem *)link->data)->id, id) == 0)
        return link;
    }

  return NULL;
}

/* The newest say what is wrong now. */
static void
drop_oldest (TdOutbox *self)
{
  while (self->items.length > TD_OUTBOX_MAX_ITEMS)
    {
      TdOutboxItem *item = g_queue_pop_head (&self->items);

      g_message ("More than %d messages wait for a webhook: the oldest, %s, is not sent", TD_OUTBOX_MAX_ITEMS, item->id);
      forget (self, item);
      free_item (item);
    }
}

static gboolean
load (TdOutbox *self,
      GError  **error)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  dir = g_dir_open (self->folder, 0, error);
  if (dir == NULL)
    return FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      guint64       number;
      TdOutboxItem *item = parse_name (name, &number);

      if (item != NULL)
        {
          /* What was left has no other age than by the clock of the day; one
           * that was put back since makes nothing younger than new. */
          item->born = td_clock_get () - MAX (g_get_real_time () - item->at, 0);
          self->last = MAX (self->last, number);
          g_queue_push_tail (&self->items, item);
        }
      else if (parse_number (name, &number))
        {
          /* What was being written when the program ended was never taken. */
          g_autofree char *path = g_build_filename (self->folder, name, NULL);

          g_unlink (path);
        }
    }
  g_queue_sort (&self->items, compare_items, NULL);
  drop_oldest (self);

  return TRUE;
}

static gboolean
take_lock (TdOutbox *self,
           GError  **error)
{
  g_autofree char *path = g_build_filename (self->folder, LOCK, NULL);

  self->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->lock < 0)
    return fail_errno (self, error);
  if (flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  if (errno != EWOULDBLOCK)
    return fail_errno (self, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, _ ("Another program sends this centre’s alerts to its webhook"));

  return FALSE;
}

static void
td_outbox_finalize (GObject *object)
{
  TdOutbox *self = TD_OUTBOX (object);

  g_queue_clear_full (&self->items, free_item);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self->folder);

  G_OBJECT_CLASS (td_outbox_parent_class)->finalize (object);
}

static void
td_outbox_class_init (TdOutboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_outbox_finalize;
}

static void
td_outbox_init (TdOutbox *self)
{
  g_queue_init (&self->items);
  self->lock = -1;
}

/**
 * td_outbox_is_id:
 * @id: (nullable): what could be the id of an item
 *
 * Returns: whether it is 1 to 64 letters A to Z, digits, "-" and "_"
 */
gboolean
td_outbox_is_id (const char *id)
{
  if (id == NULL || *id == '\0' || strlen (id) > MAX_ID)
    return FALSE;

  for (const char *c = id; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c) && *c != '-' && *c != '_')
        return FALSE;
    }

  return TRUE;
}

/**
 * td_outbox_open:
 * @folder: its folder; made where it is not there
 * @error: return location; %G_IO_ERROR_BUSY where another program keeps it
 *
 * Returns: (transfer full) (nullable): the outbox with what was left in it
 */
TdOutbox *
td_outbox_open (const char *folder,
                GError    **error)
{
  g_autoptr (TdOutbox) self = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (TD_TYPE_OUTBOX, NULL);
  self->folder = g_strdup (folder);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      fail_errno (self, error);
      return NULL;
    }
  if (!take_lock (self, error) || !load (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

guint
td_outbox_get_n_items (TdOutbox *self)
{
  g_return_val_if_fail (TD_IS_OUTBOX (self), 0);

  return self->items.length;
}

/**
 * td_outbox_add:
 * @self: an outbox
 * @id: names what is told, once for all times; see td_outbox_is_id()
 * @body: what is told, at most %TD_OUTBOX_MAX_BYTES
 * @error: return location
 *
 * Puts an item at the end, on the disk. One with the id of an item that waits
 * already is that item. Where there are too many, the oldest goes, with a word
 * in the log.
 *
 * Returns: whether it will be told, whatever becomes of the program
 */
gboolean
td_outbox_add (TdOutbox   *self,
               const char *id,
               GBytes     *body,
               GError    **error)
{
  g_autofree char *path = NULL;
  TdOutboxItem    *item;

  g_return_val_if_fail (TD_IS_OUTBOX (self), FALSE);
  g_return_val_if_fail (td_outbox_is_id (id), FALSE);
  g_return_val_if_fail (body != NULL, FALSE);

  if (g_bytes_get_size (body) > TD_OUTBOX_MAX_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _ ("A message to a webhook is larger than %d KiB"),
                   TD_OUTBOX_MAX_BYTES / 1024);
      return FALSE;
    }
  if (find (self, id) != NULL)
    return TRUE;

  item = g_new0 (TdOutboxItem, 1);
  item->id = g_strdup (id);
  item->at = g_get_real_time ();
  item->born = td_clock_get ();
  item->name = g_strdup_printf (NUMBER_FORMAT "-" NUMBER_FORMAT "-%s" SUFFIX, self->last + 1, (guint64)MAX (item->at, 0), id);
  path = get_path (self, item);
  if (!g_file_set_contents_full (path, g_bytes_get_data (body, NULL), (gssize)g_bytes_get_size (body),
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    {
      free_item (item);
      return FALSE;
    }

  self->last++;
  g_queue_push_tail (&self->items, item);
  drop_oldest (self);

  return TRUE;
}

/**
 * td_outbox_delete:
 * @self: an outbox, which is of no use any more
 *
 * Removes what is in it, and its folder.
 */
void
td_outbox_delete (TdOutbox *self)
{
  g_autofree char *lock = NULL;

  g_return_if_fail (TD_IS_OUTBOX (self));

  while (self->items.head != NULL)
    {
      TdOutboxItem *item = g_queue_pop_head (&self->items);

      forget (self, item);
      free_item (item);
    }
  lock = g_build_filename (self->folder, LOCK, NULL);
  g_unlink (lock);
  g_rmdir (self->folder);
}

/**
 * td_outbox_peek:
 * @self: an outbox
 *
 * Returns: (transfer none) (nullable): the item that is told next
 */
const TdOutboxItem *
td_outbox_peek (TdOutbox *self)
{
  g_return_val_if_fail (TD_IS_OUTBOX (self), NULL);

  return self->items.head != NULL ? self->items.head->data : NULL;
}

/**
 * td_outbox_read_first:
 * @self: an outbox that is not empty
 * @error: return location; the file is gone, or is not what was written
 *
 * Returns: (transfer full) (nullable): what the first item tells
 */
GBytes *
td_outbox_read_first (TdOutbox *self,
                      GError  **error)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  GStatBuf         info;
  gsize            length;

  g_return_val_if_fail (TD_IS_OUTBOX (self), NULL);
  g_return_val_if_fail (self->items.head != NULL, NULL);

  path = get_path (self, self->items.head->data);
  if (g_lstat (path, &info) != 0)
    {
      fail_errno (self, error);
      return NULL;
    }
  if (!S_ISREG (info.st_mode) || info.st_size > TD_OUTBOX_MAX_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s: not a message that was written here"), path);
      return NULL;
    }
  if (!td_file_read (path, TD_OUTBOX_MAX_BYTES, &text, &length, error))
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&text), length);
}

/**
 * td_outbox_remove:
 * @self: an outbox
 * @id: (transfer none): of an item; where there is none of it nothing happens
 *
 * Forgets an item: it was told, or will not be. After a power cut it may be
 * told again.
 */
void
td_outbox_remove (TdOutbox   *self,
                  const char *id)
{
  GList *link;

  g_return_if_fail (TD_IS_OUTBOX (self));
  g_return_if_fail (id != NULL);

  link = find (self, id);
  if (link == NULL)
    return;

  forget (self, link->data);
  free_item (link->data);
  g_queue_delete_link (&self->items, link);
}
