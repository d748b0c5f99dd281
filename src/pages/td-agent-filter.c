/* td-agent-filter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-filter.h"

#include <string.h>

#include "td-fold.h"

/* What is searched in, folded once and kept with the agent it belongs to. */
typedef struct
{
  gint64 revision;
  char  *folded; /* (owned) */
} SearchKey;

struct _TdAgentFilter
{
  GObject parent_instance;

  char       *folded; /* (owned) (nullable): what is looked for */
  TdPlace     place;  /* unknown is any */
  char       *team;   /* (owned) (nullable) */
  guint       states; /* a bit for each; 0 is any */
  GHashTable *keys;   /* (owned): TdAgent (owned) -> SearchKey */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdAgentFilter, td_agent_filter, G_TYPE_OBJECT)

static void
free_key (gpointer data)
{
  SearchKey *key = data;

  g_free (key->folded);
  g_free (key);
}

static const char *
get_search_key (TdAgentFilter *self,
                TdAgent       *agent)
{
  SearchKey         *key = g_hash_table_lookup (self->keys, agent);
  const TdAgentInfo *info = td_agent_get_info (agent);
  const char        *parts[] = { info->name, info->id, info->extension, info->team, info->seat };
  g_autoptr (GString) text = NULL;

  if (key != NULL && key->revision == td_agent_get_revision (agent))
    return key->folded;

  text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] != NULL)
        g_string_append_printf (text, "%s\n", parts[i]);
    }
  key = g_new0 (SearchKey, 1);
  key->revision = td_agent_get_revision (agent);
  key->folded = td_fold (text->str);
  g_hash_table_insert (self->keys, g_object_ref (agent), key);

  return key->folded;
}

static void
td_agent_filter_finalize (GObject *object)
{
  TdAgentFilter *self = TD_AGENT_FILTER (object);

  g_clear_pointer (&self->folded, g_free);
  g_clear_pointer (&self->team, g_free);
  g_clear_pointer (&self->keys, g_hash_table_unref);

  G_OBJECT_CLASS (td_agent_filter_parent_class)->finalize (object);
}

static void
td_agent_filter_class_init (TdAgentFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_agent_filter_finalize;

  signals[CHANGED] = g_signal_new ("changed", TD_TYPE_AGENT_FILTER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_agent_filter_init (TdAgentFilter *self)
{
  self->keys = g_hash_table_new_full (NULL, NULL, g_object_unref, free_key);
}

/**
 * td_agent_filter_new:
 *
 * Returns: (transfer full): a filter that holds nobody back
 */
TdAgentFilter *
td_agent_filter_new (void)
{
  return g_object_new (TD_TYPE_AGENT_FILTER, NULL);
}

/**
 * td_agent_filter_set_text:
 * @self: a filter
 * @text: (nullable): a part of a name, an id, an extension, a team or a seat;
 *   case and accents do not matter; empty is any
 */
void
td_agent_filter_set_text (TdAgentFilter *self,
                          const char    *text)
{
  g_autofree char *folded = NULL;

  g_return_if_fail (TD_IS_AGENT_FILTER (self));

  if (text != NULL && text[0] != '\0')
    folded = td_fold (text);
  if (g_strcmp0 (folded, self->folded) == 0)
    return;

  g_free (self->folded);
  self->folded = g_steal_pointer (&folded);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * td_agent_filter_set_place:
 * @self: a filter
 * @place: where they work, or %TD_PLACE_UNKNOWN for anywhere
 */
void
td_agent_filter_set_place (TdAgentFilter *self,
                           TdPlace        place)
{
  g_return_if_fail (TD_IS_AGENT_FILTER (self));
  g_return_if_fail (place < TD_N_PLACES);

  if (self->place == place)
    return;

  self->place = place;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * td_agent_filter_set_team:
 * @self: a filter
 * @team: (nullable): their team, or %NULL for any
 */
void
td_agent_filter_set_team (TdAgentFilter *self,
                          const char    *team)
{
  g_return_if_fail (TD_IS_AGENT_FILTER (self));

  if (g_strcmp0 (self->team, team) == 0)
    return;

  g_free (self->team);
  self->team = g_strdup (team);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * td_agent_filter_set_states:
 * @self: a filter
 * @states: a bit for each #TdAgentState (1 << state), or 0 for any
 */
void
td_agent_filter_set_states (TdAgentFilter *self,
                            guint          states)
{
  g_return_if_fail (TD_IS_AGENT_FILTER (self));

  if (self->states == states)
    return;

  self->states = states;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * td_agent_filter_clear:
 * @self: a filter
 *
 * Lets everybody through.
 */
void
td_agent_filter_clear (TdAgentFilter *self)
{
  g_return_if_fail (TD_IS_AGENT_FILTER (self));

  if (td_agent_filter_is_empty (self))
    return;

  g_clear_pointer (&self->folded, g_free);
  g_clear_pointer (&self->team, g_free);
  self->place = TD_PLACE_UNKNOWN;
  self->states = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * td_agent_filter_is_empty:
 * @self: a filter
 *
 * Returns: whether it lets everybody through
 */
gboolean
td_agent_filter_is_empty (TdAgentFilter *self)
{
  g_return_val_if_fail (TD_IS_AGENT_FILTER (self), TRUE);

  return self->folded == NULL && self->team == NULL && self->place == TD_PLACE_UNKNOWN && self->states == 0;
}

/**
 * td_agent_filter_match:
 * @agent: an agent
 * @self: a #TdAgentFilter
 *
 * A function for what shows agents.
 *
 * Returns: whether @agent is looked for
 */
gboolean
td_agent_filter_match (TdAgent *agent,
                       gpointer self)
{
  TdAgentFilter     *filter = TD_AGENT_FILTER (self);
  const TdAgentInfo *info = td_agent_get_info (agent);

  if (filter->states != 0 && (filter->states & 1u << info->state) == 0)
    return FALSE;
  if (filter->place != TD_PLACE_UNKNOWN && info->place != filter->place)
    return FALSE;
  if (filter->team != NULL && g_strcmp0 (info->team, filter->team) != 0)
    return FALSE;

  return filter->folded == NULL || strstr (get_search_key (filter, agent), filter->folded) != NULL;
}

/**
 * td_agent_filter_forget:
 * @self: a filter
 * @agent: who is gone
 *
 * Gives up what is kept of @agent.
 */
void
td_agent_filter_forget (TdAgentFilter *self,
                        TdAgent       *agent)
{
  g_return_if_fail (TD_IS_AGENT_FILTER (self));

  g_hash_table_remove (self->keys, agent);
}
