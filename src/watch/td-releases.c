/* td-releases.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-releases.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "td-file.h"
#include "td-key-reader.h"

#define MAX_FILE (64 * 1024)
#define GROUP "release"

struct _TdReleases
{
  GObject parent_instance;

  char   *path;    /* (owned) (nullable): nowhere */
  char   *error;   /* (owned) (nullable): why the file could not be read */
  GArray *entries; /* (element-type TdRelease): by time; the employers are owned */
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdReleases, td_releases, G_TYPE_OBJECT)
G_DEFINE_QUARK (td - releases - error, td_releases_error)

static guint signals[N_SIGNALS];

static void
clear_entry (gpointer data)
{
  TdRelease *entry = data;

  g_free ((char *)entry->employer);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const TdRelease *x = a;
  const TdRelease *y = b;

  return (x->at > y->at) - (x->at < y->at);
}

static void
insert (TdReleases      *self,
        const TdRelease *release)
{
  TdRelease copy = *release;

  copy.employer = g_strdup (release->employer);
  g_array_append_val (self->entries, copy);
  g_array_sort (self->entries, compare_entries);
}

static gboolean
read_time (const TdKeyReader *reader,
           const char        *group,
           gint64            *at,
           GError           **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (!td_key_reader_text (reader, group, "at", &text, error))
    return FALSE;

  /* Without an offset it would be the time of any zone. */
  time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  if (time == NULL)
    {
      td_key_reader_set_error (reader, group, "at", error, _ ("not a time such as 2026-12-25T17:00:00+07:00"));
      return FALSE;
    }
  *at = g_date_time_to_unix (time) * G_USEC_PER_SEC;

  return TRUE;
}

static gboolean
read_entry (TdReleases        *self,
            const TdKeyReader *reader,
            const char        *group,
            GError           **error)
{
  TdRelease        entry = { .agents = TD_UNKNOWN };
  g_autofree char *employer = NULL;
  g_autofree char *place = NULL;
  double           agents = 0;

  if (!read_time (reader, group, &entry.at, error) ||
      !td_key_reader_text (reader, group, "employer", &employer, error) ||
      !td_key_reader_text (reader, group, "place", &place, error) ||
      !td_key_reader_number (reader, group, "agents", &agents, error))
    return FALSE;

  if (employer != NULL && strlen (employer) > TD_MAX_TEXT)
    {
      td_key_reader_set_error (reader, group, "employer", error, _ ("too long"));
      return FALSE;
    }
  if (place != NULL && !td_place_from_string (place, &entry.place))
    {
      td_key_reader_set_error (reader, group, "place", error, _ ("“%.40s” is no place of work"), place);
      return FALSE;
    }
  if (agents < 0 || agents != (double)(gint64)agents)
    {
      td_key_reader_set_error (reader, group, "agents", error, _ ("not a number of people"));
      return FALSE;
    }
  entry.employer = employer != NULL && *employer != '\0' ? employer : NULL;
  if (agents > 0)
    entry.agents = (gint64)agents;
  insert (self, &entry);

  return TRUE;
}

static gboolean
load (TdReleases *self,
      GError    **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  const TdKeyReader reader = { self->path, file, TD_RELEASES_ERROR, TD_RELEASES_ERROR_INVALID };
  g_auto (GStrv) groups = NULL;

  if (!td_key_reader_load (&reader, MAX_FILE, error))
    return FALSE;

  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (i >= TD_RELEASES_MAX)
        {
          td_key_reader_set_error (&reader, groups[i], NULL, error, _ ("there can be no more than %d"), TD_RELEASES_MAX);
          return FALSE;
        }
      if (!read_entry (self, &reader, groups[i], error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
save (TdReleases *self,
      GError    **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;

  if (self->path == NULL)
    return TRUE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const TdRelease *entry = &g_array_index (self->entries, TdRelease, i);
      g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (entry->at / G_USEC_PER_SEC);
      g_autofree char *group = g_strdup_printf (GROUP " %u", i + 1);
      g_autofree char *iso = g_date_time_format_iso8601 (at);

      g_key_file_set_string (file, group, "at", iso);
      if (entry->employer != NULL)
        g_key_file_set_string (file, group, "employer", entry->employer);
      if (entry->place != TD_PLACE_UNKNOWN)
        g_key_file_set_string (file, group, "place", td_place_to_string (entry->place));
      if (TD_IS_KNOWN (entry->agents))
        g_key_file_set_int64 (file, group, "agents", entry->agents);
    }
  text = g_key_file_to_data (file, NULL, NULL);

  /* What could not be read was somebody's: it is kept beside. */
  if (self->error != NULL)
    {
      g_autofree char *aside = g_strconcat (self->path, ".broken", NULL);

      if (g_rename (self->path, aside) != 0 && errno != ENOENT)
        {
          g_set_error (error, TD_RELEASES_ERROR, TD_RELEASES_ERROR_FAILED, "%s: %s", self->path, g_strerror (errno));
          return FALSE;
        }
      g_clear_pointer (&self->error, g_free);
    }

  return td_file_save (self->path, text, -1, error);
}

static void
td_releases_finalize (GObject *object)
{
  TdReleases *self = TD_RELEASES (object);

  g_array_unref (self->entries);
  g_free (self->path);
  g_free (self->error);

  G_OBJECT_CLASS (td_releases_parent_class)->finalize (object);
}

static void
td_releases_class_init (TdReleasesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_releases_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_releases_init (TdReleases *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (TdRelease));
  g_array_set_clear_func (self->entries, clear_entry);
}

/**
 * td_releases_new:
 * @path: (nullable): the file in which they are kept; %NULL keeps them nowhere
 *
 * Returns: (transfer full): what the file says; where it cannot be read, none,
 *   and td_releases_get_error() says why
 */
TdReleases *
td_releases_new (const char *path)
{
  TdReleases *self = g_object_new (TD_TYPE_RELEASES, NULL);
  g_autoptr (GError) error = NULL;

  self->path = g_strdup (path);
  if (path != NULL && g_file_test (path, G_FILE_TEST_EXISTS) && !load (self, &error))
    {
      self->error = g_strdup (error->message);
      g_array_set_size (self->entries, 0);
    }

  return self;
}

/**
 * td_releases_get_error:
 * @self: releases
 *
 * Returns: (nullable): why the file cannot be read, naming group and key
 */
const char *
td_releases_get_error (TdReleases *self)
{
  g_return_val_if_fail (TD_IS_RELEASES (self), NULL);

  return self->error;
}

guint
td_releases_get_n (TdReleases *self)
{
  g_return_val_if_fail (TD_IS_RELEASES (self), 0);

  return self->entries->len;
}

/**
 * td_releases_get:
 * @self: releases
 * @index: of one of them, in the order of time
 *
 * Returns: (transfer none): it, until the next change
 */
const TdRelease *
td_releases_get (TdReleases *self,
                 guint       index)
{
  g_return_val_if_fail (TD_IS_RELEASES (self), NULL);
  g_return_val_if_fail (index < self->entries->len, NULL);

  return &g_array_index (self->entries, TdRelease, index);
}

/* What cannot be kept is not held either: it would be gone tomorrow without a word. */
static gboolean
keep (TdReleases *self,
      GArray     *former,
      GError    **error)
{
  if (!save (self, error))
    {
      g_array_unref (self->entries);
      self->entries = former;
      return FALSE;
    }
  g_array_unref (former);
  g_signal_emit (self, signals[CHANGED], 0);

  return TRUE;
}

static GArray *
copy_entries (TdReleases *self)
{
  GArray *former = self->entries;

  self->entries = g_array_new (FALSE, FALSE, sizeof (TdRelease));
  g_array_set_clear_func (self->entries, clear_entry);
  for (guint i = 0; i < former->len; i++)
    insert (self, &g_array_index (former, TdRelease, i));

  return former;
}

/**
 * td_releases_add:
 * @self: releases
 * @release: another one
 * @error: return location
 *
 * Returns: whether it was taken and kept; else nothing has changed
 */
gboolean
td_releases_add (TdReleases      *self,
                 const TdRelease *release,
                 GError         **error)
{
  GArray *former;

  g_return_val_if_fail (TD_IS_RELEASES (self), FALSE);
  g_return_val_if_fail (release != NULL && TD_IS_KNOWN (release->at), FALSE);

  if (self->entries->len >= TD_RELEASES_MAX)
    {
      g_set_error (error, TD_RELEASES_ERROR, TD_RELEASES_ERROR_FULL, _ ("There can be no more than %d."), TD_RELEASES_MAX);
      return FALSE;
    }

  former = copy_entries (self);
  insert (self, release);

  return keep (self, former, error);
}

gboolean
td_releases_remove (TdReleases *self,
                    guint       index,
                    GError    **error)
{
  GArray *former;

  g_return_val_if_fail (TD_IS_RELEASES (self), FALSE);
  g_return_val_if_fail (index < self->entries->len, FALSE);

  former = copy_entries (self);
  g_array_remove_index (self->entries, index);

  return keep (self, former, error);
}

/**
 * td_releases_forget:
 * @self: releases
 * @before: µs since 1970
 *
 * Drops what was announced for earlier; the file follows at the next change.
 */
void
td_releases_forget (TdReleases *self,
                    gint64      before)
{
  guint n = 0;

  g_return_if_fail (TD_IS_RELEASES (self));

  while (n < self->entries->len && g_array_index (self->entries, TdRelease, n).at < before)
    n++;
  if (n == 0)
    return;
  g_array_remove_range (self->entries, 0, n);
  g_signal_emit (self, signals[CHANGED], 0);
}
