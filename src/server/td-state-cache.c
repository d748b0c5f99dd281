/* td-state-cache.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-state-cache.h"

#include "td-http.h"
#include "td-supervision-encoder.h"

#include <string.h>

/* Deltas from this many different revisions are kept; clients that keep up all
 * ask from the same one. */
#define MAX_DELTAS 64

/* Below this gzip saves less than a packet. */
#define MIN_GZIP_SIZE 1024

typedef enum {
  KIND_QUEUE,
  KIND_AGENT,
  KIND_CALLER,
  N_KINDS
} Kind;

typedef struct
{
  gint64 revision; /* at which it went */
  Kind   kind;
  char  *id; /* (owned) */
} Tombstone;

typedef struct
{
  GBytes *plain;      /* (owned) */
  GBytes *compressed; /* (owned) (nullable): made when first asked for */
} Body;

struct _TdStateCache
{
  TdCentre   *centre; /* (owned) */
  gulong      changed_id;
  char       *own_instance; /* (owned): for a source that tells none */
  char       *tag;          /* (owned): the instance as it may stand in an ETag */
  gint64      revision;
  gint64      log_start;       /* a delta may start from here or later */
  gint64      centre_revision; /* at which the centre's own fields changed last */
  GQueue      tombstones;      /* (element-type Tombstone) (owned), oldest first */
  Body       *full;            /* (owned) (nullable) */
  GHashTable *deltas;          /* since (gint64) -> Body */
};

static void
tombstone_free (gpointer data)
{
  Tombstone *tombstone = data;

  g_free (tombstone->id);
  g_free (tombstone);
}

static void
body_free (gpointer data)
{
  Body *body = data;

  g_bytes_unref (body->plain);
  g_clear_pointer (&body->compressed, g_bytes_unref);
  g_free (body);
}

static void
forget_bodies (TdStateCache *self)
{
  g_clear_pointer (&self->full, body_free);
  g_hash_table_remove_all (self->deltas);
}

/* Opaque words of a source become part of a header only where they are plain. */
static char *
make_tag (const char *instance)
{
  if (strspn (instance, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-") == strlen (instance) && strlen (instance) <= 64)
    return g_strdup (instance);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, instance, -1);
}

static void
start_log (TdStateCache *self)
{
  const char *instance = td_centre_get_instance (self->centre);

  g_queue_clear_full (&self->tombstones, tombstone_free);
  self->log_start = td_centre_get_revision (self->centre);
  self->centre_revision = self->log_start;
  g_free (self->tag);
  self->tag = make_tag (instance != NULL && *instance != '\0' ? instance : self->own_instance);
}

static void
bury (TdStateCache *self,
      Kind          kind,
      const char   *id)
{
  Tombstone *tombstone = g_new (Tombstone, 1);

  tombstone->revision = self->revision;
  tombstone->kind = kind;
  tombstone->id = g_strdup (id);
  g_queue_push_tail (&self->tombstones, tombstone);

  while (self->tombstones.length > TD_MAX_TOMBSTONES)
    {
      Tombstone *oldest = g_queue_pop_head (&self->tombstones);

      self->log_start = MAX (self->log_start, oldest->revision);
      tombstone_free (oldest);
    }
}

static void
changed_cb (TdCentre        *centre,
            const TdChanges *changes,
            gpointer         user_data)
{
  TdStateCache *self = user_data;
  gint64        revision = td_centre_get_revision (centre);
  gboolean      anew = self->revision == TD_UNKNOWN || changes->new_instance || revision < self->revision;

  /* The time of the snapshot may have moved alone, and it is in the bodies. */
  forget_bodies (self);
  self->revision = revision;

  if (anew)
    {
      start_log (self);
      return;
    }

  if (changes->centre_changed)
    self->centre_revision = revision;

  for (guint i = 0; i < changes->queues_removed->len; i++)
    bury (self, KIND_QUEUE, td_queue_get_id (g_ptr_array_index (changes->queues_removed, i)));

  for (guint i = 0; i < changes->agents_removed->len; i++)
    bury (self, KIND_AGENT, td_agent_get_id (g_ptr_array_index (changes->agents_removed, i)));

  for (guint i = 0; i < changes->callers_removed->len; i++)
    bury (self, KIND_CALLER, td_caller_get_id (g_ptr_array_index (changes->callers_removed, i)));
}

/**
 * td_state_cache_new:
 * @centre: a centre
 *
 * Returns: (transfer full): a cache that holds @centre
 */
TdStateCache *
td_state_cache_new (TdCentre *centre)
{
  TdStateCache *self;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);

  self = g_new0 (TdStateCache, 1);
  self->centre = g_object_ref (centre);
  self->own_instance = g_uuid_string_random ();
  self->revision = td_centre_get_revision (centre);
  self->deltas = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, body_free);
  self->changed_id = g_signal_connect (centre, "changed", G_CALLBACK (changed_cb), self);
  start_log (self);

  return self;
}

void
td_state_cache_free (TdStateCache *self)
{
  g_return_if_fail (self != NULL);

  g_clear_signal_handler (&self->changed_id, self->centre);
  g_queue_clear_full (&self->tombstones, tombstone_free);
  g_clear_pointer (&self->full, body_free);
  g_clear_pointer (&self->deltas, g_hash_table_unref);
  g_free (self->own_instance);
  g_free (self->tag);
  g_object_unref (self->centre);
  g_free (self);
}

/**
 * td_state_cache_get_instance:
 * @self: a cache
 *
 * Returns: the centre's instance, or one of this cache's own where the source tells none
 */
const char *
td_state_cache_get_instance (TdStateCache *self)
{
  const char *instance;

  g_return_val_if_fail (self != NULL, NULL);

  instance = td_centre_get_instance (self->centre);

  return instance != NULL && *instance != '\0' ? instance : self->own_instance;
}

/**
 * td_state_cache_dup_etag:
 * @self: a cache
 * @gzip: of the compressed answer
 *
 * Returns: (transfer full): the strong ETag of the state now, quoted
 */
char *
td_state_cache_dup_etag (TdStateCache *self,
                         gboolean      gzip)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("\"%s-%" G_GINT64_FORMAT "%s\"", self->tag, self->revision, gzip ? "-gz" : "");
}

/**
 * td_state_cache_matches:
 * @self: a cache
 * @etags: the value of an If-None-Match header
 *
 * Returns: whether whoever sent @etags holds the state as it is now
 */
gboolean
td_state_cache_matches (TdStateCache *self,
                        const char   *etags)
{
  g_autofree char *plain = NULL;
  g_autofree char *compressed = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (etags != NULL, FALSE);

  plain = td_state_cache_dup_etag (self, FALSE);
  compressed = td_state_cache_dup_etag (self, TRUE);

  return td_http_etags_contain (etags, plain) || td_http_etags_contain (etags, compressed);
}

/**
 * td_state_cache_is_foreign:
 * @self: a cache
 * @etags: the value of an If-None-Match header
 *
 * Returns: whether @etags tell of another instance, whose revisions mean
 *   nothing here
 */
gboolean
td_state_cache_is_foreign (TdStateCache *self,
                           const char   *etags)
{
  g_autofree char *start = NULL;
  const char      *found;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (etags != NULL, FALSE);

  start = g_strdup_printf ("\"%s-", self->tag);
  found = strstr (etags, start);

  if (found == NULL)
    return TRUE;

  found += strlen (start);
  found += strspn (found, G_CSET_DIGITS);

  return *found != '"' && !g_str_has_prefix (found, "-gz\"");
}

/* An id that came back is a row again, and one is listed once however often it went. */
static void
gather_gone (TdStateCache *self,
             gint64        since,
             GPtrArray   **gone)
{
  TdRoster *rosters[N_KINDS] = {
    [KIND_QUEUE] = td_centre_get_queues (self->centre),
    [KIND_AGENT] = td_centre_get_agents (self->centre),
    [KIND_CALLER] = td_centre_get_callers (self->centre),
  };
  GHashTable *seen[N_KINDS];

  for (guint i = 0; i < N_KINDS; i++)
    {
      gone[i] = g_ptr_array_new ();
      seen[i] = g_hash_table_new (g_str_hash, g_str_equal);
    }

  for (GList *l = self->tombstones.tail; l != NULL; l = l->prev)
    {
      Tombstone *tombstone = l->data;

      if (tombstone->revision <= since)
        break;

      if (td_roster_find (rosters[tombstone->kind], tombstone->id) == NULL &&
          g_hash_table_add (seen[tombstone->kind], tombstone->id))
        g_ptr_array_add (gone[tombstone->kind], tombstone->id);
    }

  for (guint i = 0; i < N_KINDS; i++)
    g_hash_table_unref (seen[i]);
}

static GBytes *
encode_delta (TdStateCache *self,
              gint64        since)
{
  GPtrArray   *gone[N_KINDS];
  TdDeltaScope scope = { .since = since, .with_centre = self->centre_revision > since };
  GBytes      *bytes;

  gather_gone (self, since, gone);
  scope.gone_queues = gone[KIND_QUEUE];
  scope.gone_agents = gone[KIND_AGENT];
  scope.gone_callers = gone[KIND_CALLER];
  bytes = td_supervision_encode_delta (self->centre, td_state_cache_get_instance (self), &scope);

  for (guint i = 0; i < N_KINDS; i++)
    g_ptr_array_unref (gone[i]);

  return bytes;
}

static Body *
body_new (GBytes *plain)
{
  Body *body = g_new0 (Body, 1);

  body->plain = plain;

  return body;
}

static Body *
find_body (TdStateCache *self,
           gint64        since)
{
  Body *body;

  if (since < self->log_start || since > self->revision)
    {
      if (self->full == NULL)
        self->full = body_new (td_supervision_encode_full (self->centre, td_state_cache_get_instance (self)));

      return self->full;
    }

  body = g_hash_table_lookup (self->deltas, &since);

  if (body == NULL)
    {
      if (g_hash_table_size (self->deltas) >= MAX_DELTAS)
        g_hash_table_remove_all (self->deltas);

      body = body_new (encode_delta (self, since));
      g_hash_table_insert (self->deltas, g_memdup2 (&since, sizeof since), body);
    }

  return body;
}

/**
 * td_state_cache_get_body:
 * @self: a cache of a centre that is not empty
 * @since: the revision to start from, or %TD_UNKNOWN for the whole state
 * @gzip: (inout): whether gzip is welcome; whether it was used
 *
 * Returns: (transfer none): what changed since then, or the whole state where
 *   the difference is not known; valid until the next change
 */
GBytes *
td_state_cache_get_body (TdStateCache *self,
                         gint64        since,
                         gboolean     *gzip)
{
  Body *body;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (gzip != NULL, NULL);

  body = find_body (self, since);
  *gzip = *gzip && g_bytes_get_size (body->plain) >= MIN_GZIP_SIZE;

  if (!*gzip)
    return body->plain;

  if (body->compressed == NULL)
    body->compressed = td_http_gzip (body->plain);

  return body->compressed;
}
