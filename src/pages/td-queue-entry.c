/* td-queue-entry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-queue-entry.h"

#include <math.h>

#include "td-fold.h"
#include "td-wait-words.h"

struct _TdQueueEntry
{
  GObject parent_instance;

  TdQueue       *queue; /* (owned) */
  TdQueueFigures figures;
  gint64         revision;  /* of the texts below */
  char          *folded;    /* (owned): name, hotline, reason and area */
  char          *collation; /* (owned) */
  char          *title;     /* (owned) */
};

G_DEFINE_FINAL_TYPE (TdQueueEntry, td_queue_entry, G_TYPE_OBJECT)

/* Returns: whether the name for people changed */
static gboolean
update_texts (TdQueueEntry *self)
{
  const TdQueueInfo *info = td_queue_get_info (self->queue);
  const char        *title = td_queue_get_title (self->queue);
  g_autofree char   *all = NULL;
  gboolean           changed;

  if (self->folded != NULL && self->revision == td_queue_get_revision (self->queue))
    return FALSE;

  self->revision = td_queue_get_revision (self->queue);
  changed = g_strcmp0 (self->title, title) != 0;

  all = g_strjoin ("\n", title,
                   info->hotline != NULL ? info->hotline : "",
                   info->reason != NULL ? info->reason : "",
                   info->area != NULL ? info->area : "",
                   NULL);
  g_free (self->folded);
  self->folded = td_fold (all);
  if (changed)
    {
      g_free (self->title);
      g_free (self->collation);
      self->title = g_strdup (title);
      self->collation = g_utf8_collate_key (title, -1);
    }

  return changed;
}

static void
td_queue_entry_finalize (GObject *object)
{
  TdQueueEntry *self = TD_QUEUE_ENTRY (object);

  g_clear_object (&self->queue);
  g_clear_pointer (&self->folded, g_free);
  g_clear_pointer (&self->collation, g_free);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (td_queue_entry_parent_class)->finalize (object);
}

static void
td_queue_entry_class_init (TdQueueEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_queue_entry_finalize;
}

static void
td_queue_entry_init (TdQueueEntry *self)
{
}

TdQueueEntry *
td_queue_entry_new (TdQueue *queue)
{
  TdQueueEntry *self;

  g_return_val_if_fail (TD_IS_QUEUE (queue), NULL);

  self = g_object_new (TD_TYPE_QUEUE_ENTRY, NULL);
  self->queue = g_object_ref (queue);
  update_texts (self);

  return self;
}

TdQueue *
td_queue_entry_get_queue (TdQueueEntry *self)
{
  g_return_val_if_fail (TD_IS_QUEUE_ENTRY (self), NULL);

  return self->queue;
}

const TdQueueFigures *
td_queue_entry_get_figures (TdQueueEntry *self)
{
  g_return_val_if_fail (TD_IS_QUEUE_ENTRY (self), NULL);

  return &self->figures;
}

/**
 * td_queue_entry_get_collation:
 * @self: an entry
 *
 * Returns: (transfer none): what orders the names by strcmp()
 */
const char *
td_queue_entry_get_collation (TdQueueEntry *self)
{
  g_return_val_if_fail (TD_IS_QUEUE_ENTRY (self), NULL);

  return self->collation;
}

/**
 * td_queue_entry_matches:
 * @self: an entry
 * @folded: what is looked for, from td_fold()
 *
 * Returns: whether the name, hotline, reason or area holds every word of it
 */
gboolean
td_queue_entry_matches (TdQueueEntry *self,
                        const char   *folded)
{
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (TD_IS_QUEUE_ENTRY (self), FALSE);
  g_return_val_if_fail (folded != NULL, FALSE);

  words = g_strsplit (folded, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strstr (self->folded, words[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * td_queue_entry_update:
 * @self: an entry
 * @centre: the centre of its queue
 * @outlook: (nullable): what is normal
 * @now: the source's time, µs since 1970
 *
 * Works the figures out anew.
 *
 * Returns: whether something that is shown changed
 */
gboolean
td_queue_entry_update (TdQueueEntry *self,
                       TdCentre     *centre,
                       TdOutlook    *outlook,
                       gint64        now)
{
  const TdQueueInfo *info;
  TdQueueFigures     figures;
  TdTotals           totals;
  gint64             serving;
  gboolean           changed;

  g_return_val_if_fail (TD_IS_QUEUE_ENTRY (self), FALSE);
  g_return_val_if_fail (TD_IS_CENTRE (centre), FALSE);

  info = td_queue_get_info (self->queue);
  td_totals_of_queue (centre, self->queue, now, &totals);
  serving = info->serving;
  if (!TD_IS_KNOWN (serving) && totals.agents.total > 0)
    serving = totals.agents.serving;

  td_queue_figures_init (&figures, &totals, serving, td_centre_get_service_level_formula (centre),
                         td_centre_get_service_level_target (centre, self->queue), now);
  figures.expected_s = round (td_wait_words_get_expected (self->queue));
  if (outlook != NULL)
    {
      TdOutlookFigures normal;

      td_outlook_get_figures (outlook, TD_STREAM_QUEUE, td_queue_get_id (self->queue), &normal);
      td_queue_figures_set_normal (&figures, &normal);
    }
  changed = update_texts (self);
  if (!td_queue_figures_equal (&self->figures, &figures))
    {
      self->figures = figures;
      changed = TRUE;
    }

  return changed;
}
