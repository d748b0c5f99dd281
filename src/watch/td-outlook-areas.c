/* td-outlook-areas.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-outlook-areas-private.h"

#include <string.h>

/* So many calls are remembered, and for so long: longer than an incident is
 * reckoned back, with the hours before it. */
#define MAX_CALLS 60000
#define MAX_NAMES 20000
#define KEPT_US (12 * G_TIME_SPAN_HOUR)
#define PORTION_US G_TIME_SPAN_HOUR

/* Fewer say nothing of where a crowd comes from. */
#define LEAST_CALLS 10
#define LEAST_BEFORE 30

/* One call, seen for the first time. */
typedef struct
{
  gint64      at;
  gpointer    key;
  const char *queue; /* of @names */
  const char *area;  /* of @names */
} Call;

struct _TdOutlookAreas
{
  GArray     *calls; /* (owned) (element-type Call), the oldest first */
  GHashTable *seen;  /* (owned): set of their keys, which are no addresses */
  GHashTable *names; /* (owned): set of ids of queues and names of areas; few, and kept */
};

/* Stands for a call: the texts, of tens of thousands, would take megabytes. Of
 * so many no two are likely to share one (FNV-1a, of 64 bits where a pointer
 * has them). */
static gpointer
hash_call (const char *text)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (; *text != '\0'; text++)
    hash = (hash ^ (guchar)*text) * G_GUINT64_CONSTANT (0x100000001b3);

  return (gpointer)(guintptr)hash;
}

TdOutlookAreas *
td_outlook_areas_new (void)
{
  TdOutlookAreas *self = g_new0 (TdOutlookAreas, 1);

  self->calls = g_array_new (FALSE, FALSE, sizeof (Call));
  self->seen = g_hash_table_new (NULL, NULL);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
td_outlook_areas_free (TdOutlookAreas *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->seen);
  g_array_unref (self->calls);
  g_hash_table_unref (self->names);
  g_free (self);
}

static const char *
keep_name (TdOutlookAreas *self,
           const char     *name)
{
  gpointer kept;

  if (!g_hash_table_lookup_extended (self->names, name, &kept, NULL))
    {
      if (g_hash_table_size (self->names) >= MAX_NAMES)
        return NULL;
      kept = g_strdup (name);
      g_hash_table_add (self->names, kept);
    }

  return kept;
}

/* "Tân Châu, Tây Ninh" is of Tây Ninh. */
static const char *
get_province (const char *area)
{
  const char *comma = strrchr (area, ',');

  if (comma != NULL)
    area = comma + 1;
  while (g_ascii_isspace (*area))
    area++;

  return area;
}

static void
forget_oldest (TdOutlookAreas *self,
               gint64          now)
{
  guint n = 0;

  /* In portions, so that what is kept is seldom moved. */
  if (self->calls->len >= MAX_CALLS)
    n = MAX_CALLS / 4;
  else if (self->calls->len > 0 && g_array_index (self->calls, Call, 0).at < now - KEPT_US - PORTION_US)
    while (n < self->calls->len && g_array_index (self->calls, Call, n).at < now - KEPT_US)
      n++;
  if (n == 0)
    return;

  for (guint i = 0; i < n; i++)
    g_hash_table_remove (self->seen, g_array_index (self->calls, Call, i).key);
  g_array_remove_range (self->calls, 0, n);
}

/* Who waited and is talking now, or calls again, has the same number. */
static void
add_call (TdOutlookAreas *self,
          const char     *queue,
          const char     *number,
          const char     *area,
          const char     *id,
          gint64          since,
          gint64          now)
{
  g_autofree char *text = NULL;
  gpointer         key;
  Call             call;

  if (queue == NULL || area == NULL || *get_province (area) == '\0')
    return;

  text = number != NULL && *number != '\0' ? g_strdup_printf ("%s\x1f%s\x1f%s", queue, number, area)
                                           : g_strdup_printf ("%s\x1f\x1f%s\x1f%" G_GINT64_FORMAT, queue, id, since);
  key = hash_call (text);
  if (g_hash_table_contains (self->seen, key))
    return;

  forget_oldest (self, now);
  queue = keep_name (self, queue);
  area = keep_name (self, get_province (area));
  if (queue == NULL || area == NULL)
    return;

  call = (Call){ now, key, queue, area };
  g_array_append_val (self->calls, call);
  g_hash_table_add (self->seen, key);
}

static void
add_callers (TdOutlookAreas *self,
             GPtrArray      *callers,
             gint64          now)
{
  for (guint i = 0; i < callers->len; i++)
    {
      const TdCallerInfo *info = td_caller_get_info (g_ptr_array_index (callers, i));

      add_call (self, info->queue, info->number, info->area, info->id, 0, now);
    }
}

static void
add_agents (TdOutlookAreas *self,
            GPtrArray      *agents,
            gint64          now)
{
  for (guint i = 0; i < agents->len; i++)
    {
      const TdAgentInfo *info = td_agent_get_info (g_ptr_array_index (agents, i));

      add_call (self, info->call_queue, info->call_number, info->call_area, info->id, info->call_since, now);
    }
}

/**
 * td_outlook_areas_take:
 * @self: areas
 * @changes: what a snapshot changed
 * @now: its time, µs since 1970
 */
void
td_outlook_areas_take (TdOutlookAreas  *self,
                       const TdChanges *changes,
                       gint64           now)
{
  g_return_if_fail (self != NULL);

  add_callers (self, changes->callers_added, now);
  add_agents (self, changes->agents_added, now);
  add_agents (self, changes->agents_changed, now);
}

typedef struct
{
  guint before;
  guint since;
} Count;

/* Returns: (element-type utf8 Count): the calls of each area. */
static GHashTable *
count_calls (TdOutlookAreas    *self,
             const char *const *queues,
             gint64             since,
             Count             *total)
{
  GHashTable *counts = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  *total = (Count){ 0, 0 };
  for (guint i = 0; i < self->calls->len; i++)
    {
      const Call *call = &g_array_index (self->calls, Call, i);
      Count      *count;

      if (!g_strv_contains (queues, call->queue))
        continue;

      count = g_hash_table_lookup (counts, call->area);
      if (count == NULL)
        {
          count = g_new0 (Count, 1);
          g_hash_table_insert (counts, (char *)call->area, count);
        }
      if (call->at < since)
        {
          count->before++;
          total->before++;
        }
      else
        {
          count->since++;
          total->since++;
        }
    }

  return counts;
}

/**
 * td_outlook_areas_find_most:
 * @self: areas
 * @queues: whose calls are meant
 * @since: when an excess of calls began, µs since 1970
 * @excess_share: how much of the calls since then is excess, 0…1
 * @least: so much of the excess is most of it, 0.5…1
 * @told: (out): the source told where enough of the calls came from
 *
 * What an area has of the calls at other times, it has of those that would
 * have come anyway; where that is not known, all are taken for the excess.
 *
 * Returns: (transfer none) (nullable): the area that most of the excess came from
 */
const char *
td_outlook_areas_find_most (TdOutlookAreas    *self,
                            const char *const *queues,
                            gint64             since,
                            double             excess_share,
                            double             least,
                            gboolean          *told)
{
  g_autoptr (GHashTable) counts = NULL;
  GHashTableIter iter;
  gpointer       area, value;
  Count          total;
  gboolean       has_before;

  g_return_val_if_fail (self != NULL, NULL);

  counts = count_calls (self, queues, since, &total);
  *told = total.since >= LEAST_CALLS;
  if (!*told || g_hash_table_size (counts) < 2)
    return NULL;

  has_before = total.before >= LEAST_BEFORE;
  excess_share = has_before ? CLAMP (excess_share, 0.05, 1) : 1;
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &area, &value))
    {
      const Count *count = value;
      double       usual = has_before ? (double)count->before / total.before * (1 - excess_share) : 0;

      if ((double)count->since / total.since - usual >= least * excess_share)
        return area;
    }

  return NULL;
}
