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
#define MAX_NAMES 20000   /* fit in 16 bits */
#define N_SLOTS (1 << 17) /* at most half of them are taken */
#define SLOT_MASK (N_SLOTS - 1)
#define KEPT_US (12 * G_TIME_SPAN_HOUR)
#define PORTION_US G_TIME_SPAN_HOUR

/* Fewer say nothing of where a crowd comes from. */
#define LEAST_CALLS 10
#define LEAST_BEFORE 30

/* One call, seen for the first time. There may be tens of thousands. */
typedef struct
{
  guint64 key;
  guint32 at_s;  /* seconds since 1970 */
  guint16 queue; /* index in @names */
  guint16 area;  /* index in @names */
} Call;

/* Whatever a day brings is bounded, and its room taken at the start: a program
 * that runs for a year does not grow by its first busy day. */
struct _TdOutlookAreas
{
  GArray     *calls;  /* (owned) (element-type Call), the oldest first */
  guint32    *slots;  /* (owned) (array length=N_SLOTS): place in @calls + 1 by key, or 0; linear probing */
  GHashTable *places; /* (owned): id of a queue or name of an area (string) -> place in @names */
  GPtrArray  *names;  /* (owned) (element-type utf8): the keys of @places; few, and kept */
};

/* Stands for a call: the texts, of tens of thousands, would take megabytes. Of
 * so many no two are likely to share one (FNV-1a). */
static guint64
hash_call (const char *text)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (; *text != '\0'; text++)
    hash = (hash ^ (guchar)*text) * G_GUINT64_CONSTANT (0x100000001b3);

  return hash;
}

TdOutlookAreas *
td_outlook_areas_new (void)
{
  TdOutlookAreas *self = g_new0 (TdOutlookAreas, 1);

  self->calls = g_array_sized_new (FALSE, FALSE, sizeof (Call), MAX_CALLS);
  self->slots = g_new0 (guint32, N_SLOTS);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->names = g_ptr_array_new ();

  return self;
}

void
td_outlook_areas_free (TdOutlookAreas *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->names);
  g_hash_table_unref (self->places);
  g_free (self->slots);
  g_array_unref (self->calls);
  g_free (self);
}

/* Returns: whether there is room for another name, where it is one. */
static gboolean
keep_name (TdOutlookAreas *self,
           const char     *name,
           guint16        *place)
{
  gpointer kept;

  if (!g_hash_table_lookup_extended (self->places, name, NULL, &kept))
    {
      char *copy;

      if (self->names->len >= MAX_NAMES)
        return FALSE;
      copy = g_strdup (name);
      kept = GUINT_TO_POINTER (self->names->len);
      g_ptr_array_add (self->names, copy);
      g_hash_table_insert (self->places, copy, kept);
    }
  *place = (guint16)GPOINTER_TO_UINT (kept);

  return TRUE;
}

/* The slot of a call, or the one where it would be. */
static guint32 *
find_slot (TdOutlookAreas *self,
           guint64         key)
{
  guint i = (guint)(key ^ key >> 32) & SLOT_MASK;

  while (self->slots[i] != 0 && g_array_index (self->calls, Call, self->slots[i] - 1).key != key)
    i = (i + 1) & SLOT_MASK;

  return &self->slots[i];
}

static guint32
get_seconds (gint64 time)
{
  return (guint32)CLAMP (time / G_USEC_PER_SEC, 0, G_MAXUINT32);
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
  guint32 oldest = get_seconds (now - KEPT_US);
  guint   n = 0;

  /* In portions, so that what is kept is seldom moved. */
  if (self->calls->len >= MAX_CALLS)
    n = MAX_CALLS / 4;
  else if (self->calls->len > 0 && g_array_index (self->calls, Call, 0).at_s < get_seconds (now - KEPT_US - PORTION_US))
    while (n < self->calls->len && g_array_index (self->calls, Call, n).at_s < oldest)
      n++;
  if (n == 0)
    return;

  g_array_remove_range (self->calls, 0, n);
  memset (self->slots, 0, N_SLOTS * sizeof *self->slots);
  for (guint i = 0; i < self->calls->len; i++)
    *find_slot (self, g_array_index (self->calls, Call, i).key) = i + 1;
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
  Call             call;

  if (queue == NULL || area == NULL || *get_province (area) == '\0')
    return;

  text = number != NULL && *number != '\0' ? g_strdup_printf ("%s\x1f%s\x1f%s", queue, number, area)
                                           : g_strdup_printf ("%s\x1f\x1f%s\x1f%" G_GINT64_FORMAT, queue, id, since);
  call.key = hash_call (text);
  if (*find_slot (self, call.key) != 0)
    return;

  forget_oldest (self, now);
  call.at_s = get_seconds (now);
  if (!keep_name (self, queue, &call.queue) || !keep_name (self, get_province (area), &call.area))
    return;

  g_array_append_val (self->calls, call);
  *find_slot (self, call.key) = self->calls->len;
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
  guint32     since_s = get_seconds (since);

  *total = (Count){ 0, 0 };
  for (guint i = 0; i < self->calls->len; i++)
    {
      const Call *call = &g_array_index (self->calls, Call, i);
      char       *area = self->names->pdata[call->area];
      Count      *count;

      if (!g_strv_contains (queues, self->names->pdata[call->queue]))
        continue;

      count = g_hash_table_lookup (counts, area);
      if (count == NULL)
        {
          count = g_new0 (Count, 1);
          g_hash_table_insert (counts, area, count);
        }
      if (call->at_s < since_s)
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
