/* td-agent-column.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-column.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "td-format.h"
#include "td-metrics.h"

static const TdAgentColumnSpec specs[TD_N_AGENT_COLUMNS] = {
  [TD_AGENT_COLUMN_STATE] = { N_ ("State"), 150, FALSE, FALSE, 0 },
  [TD_AGENT_COLUMN_NAME] = { N_ ("Name"), 190, FALSE, FALSE, 0 },
  [TD_AGENT_COLUMN_TIME] = { N_ ("Time in state"), 124, FALSE, TRUE, 0 },
  [TD_AGENT_COLUMN_REASON] = { N_ ("Reason"), 130, FALSE, FALSE, 0 },
  [TD_AGENT_COLUMN_CALL] = { N_ ("Current call"), -1, TRUE, FALSE, 0 },
  [TD_AGENT_COLUMN_PLACE] = { N_ ("Place"), 124, FALSE, FALSE, 0 },
  [TD_AGENT_COLUMN_TEAM] = { N_ ("Team"), 100, FALSE, FALSE, 1000 },
  [TD_AGENT_COLUMN_EMPLOYER] = { N_ ("Employer"), 170, FALSE, FALSE, 1500 },
  [TD_AGENT_COLUMN_ANSWERED] = { N_ ("Answered"), 96, FALSE, TRUE, 1100 },
  [TD_AGENT_COLUMN_AHT] = { N_ ("AHT"), 84, FALSE, TRUE, 1200 },
};

/**
 * td_agent_column_get_spec:
 * @column: a column
 *
 * Returns: (transfer none): how it is shown
 */
const TdAgentColumnSpec *
td_agent_column_get_spec (TdAgentColumn column)
{
  g_return_val_if_fail ((guint)column < TD_N_AGENT_COLUMNS, NULL);

  return &specs[column];
}

/**
 * td_agent_column_get_tooltip:
 * @column: a column
 *
 * Returns: (nullable): what it tells, in words
 */
const char *
td_agent_column_get_tooltip (TdAgentColumn column)
{
  switch (column)
    {
    case TD_AGENT_COLUMN_TIME:
      return _ ("Since the state began; “≥” where the source does not say when that was");

    case TD_AGENT_COLUMN_ANSWERED:
      return _ ("Calls answered today");

    case TD_AGENT_COLUMN_AHT:
      return _ ("Average handling time today: talk + hold + wrap-up, per answered call");

    case TD_AGENT_COLUMN_STATE:
    case TD_AGENT_COLUMN_NAME:
    case TD_AGENT_COLUMN_REASON:
    case TD_AGENT_COLUMN_CALL:
    case TD_AGENT_COLUMN_PLACE:
    case TD_AGENT_COLUMN_TEAM:
    case TD_AGENT_COLUMN_EMPLOYER:
    case TD_N_AGENT_COLUMNS:
    default:
      return NULL;
    }
}

static char *
format_call (TdCentre          *centre,
             const TdAgentInfo *info,
             gint64             now)
{
  g_autoptr (GString) text = g_string_new (NULL);
  TdQueue *queue = info->call_queue != NULL ? td_centre_find_queue (centre, info->call_queue) : NULL;

  if (queue != NULL)
    g_string_append (text, td_queue_get_title (queue));
  else if (info->call_queue != NULL)
    g_string_append (text, info->call_queue);
  if (info->call_number != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", info->call_number);
  if (info->state == TD_AGENT_STATE_ON_CALL && TD_IS_KNOWN (info->call_since))
    {
      g_autofree char *talk = td_format_age (info->call_since, now, FALSE);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", talk);
    }
  if (info->on_hold)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _ ("on hold"));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * td_agent_column_format:
 * @column: a column
 * @centre: the agent's centre
 * @agent: an agent
 * @now: µs since 1970, by the source's clock
 *
 * Returns: (transfer full): the text of the agent's cell
 */
char *
td_agent_column_format (TdAgentColumn column,
                        TdCentre     *centre,
                        TdAgent      *agent,
                        gint64        now)
{
  const TdAgentInfo *info = td_agent_get_info (agent);
  gboolean           inexact;
  gint64             since;

  switch (column)
    {
    case TD_AGENT_COLUMN_STATE:
      return g_strdup (td_format_state (info->state));

    case TD_AGENT_COLUMN_NAME:
      return g_strdup (td_agent_get_title (agent));

    case TD_AGENT_COLUMN_TIME:
      since = td_agent_get_since (agent, &inexact);
      return td_format_age (since, now, inexact);

    case TD_AGENT_COLUMN_REASON:
      return g_strdup (info->reason != NULL ? info->reason : "");

    case TD_AGENT_COLUMN_CALL:
      return format_call (centre, info, now);

    case TD_AGENT_COLUMN_PLACE:
      return g_strdup (td_format_place (info->place));

    case TD_AGENT_COLUMN_TEAM:
      return g_strdup (info->team != NULL ? info->team : "—");

    case TD_AGENT_COLUMN_EMPLOYER:
      return g_strdup (info->employer != NULL ? info->employer : "—");

    case TD_AGENT_COLUMN_ANSWERED:
      return td_format_count (info->answered);

    case TD_AGENT_COLUMN_AHT:
      return td_format_duration_s (td_metrics_agent_aht (info));

    case TD_N_AGENT_COLUMNS:
    default:
      g_assert_not_reached ();
    }
}

/**
 * td_agent_column_ticks:
 * @column: a column
 *
 * Returns: whether its texts change with time alone
 */
gboolean
td_agent_column_ticks (TdAgentColumn column)
{
  return column == TD_AGENT_COLUMN_TIME || column == TD_AGENT_COLUMN_CALL;
}

static int
compare_numbers (double x,
                 double y)
{
  /* What is not known comes last. */
  if (isnan (x) || isnan (y))
    return isnan (x) - isnan (y);

  return (x < y) - (x > y);
}

/* How a text compares in the language of the interface: working it out costs
 * a hundred times what comparing it does. */
static const char *
get_collation (GHashTable *collations,
               const char *text)
{
  char *key = g_hash_table_lookup (collations, text);

  if (key != NULL)
    return key;

  key = g_utf8_collate_key (text, -1);
  g_hash_table_insert (collations, g_strdup (text), key);

  return key;
}

static int
compare_text (GHashTable *collations,
              const char *x,
              const char *y)
{
  if (x == NULL || y == NULL)
    return (x == NULL) - (y == NULL);

  return x == y ? 0 : strcmp (get_collation (collations, x), get_collation (collations, y));
}

/**
 * td_agent_column_compare:
 * @column: a column
 * @a: an agent
 * @b: another one
 * @collations: (element-type utf8 utf8): texts and their keys, which is filled
 *
 * Returns: which of them comes first, as strcmp() does; what is not known, and
 *   of numbers the smaller, comes last
 */
int
td_agent_column_compare (TdAgentColumn column,
                         TdAgent      *a,
                         TdAgent      *b,
                         GHashTable   *collations)
{
  const TdAgentInfo *x = td_agent_get_info (a);
  const TdAgentInfo *y = td_agent_get_info (b);
  int                order = 0;

  switch (column)
    {
    case TD_AGENT_COLUMN_STATE:
      order = (x->state > y->state) - (x->state < y->state);
      break;

    case TD_AGENT_COLUMN_NAME:
      order = compare_text (collations, td_agent_get_title (a), td_agent_get_title (b));
      break;

    case TD_AGENT_COLUMN_TIME:
      order = compare_numbers (-(double)td_agent_get_since (a, NULL),
                               -(double)td_agent_get_since (b, NULL));
      break;

    case TD_AGENT_COLUMN_REASON:
      order = compare_text (collations, x->reason, y->reason);
      break;

    case TD_AGENT_COLUMN_CALL:
      order = compare_text (collations, x->call_queue, y->call_queue);
      break;

    case TD_AGENT_COLUMN_PLACE:
      order = (x->place > y->place) - (x->place < y->place);
      break;

    case TD_AGENT_COLUMN_TEAM:
      order = compare_text (collations, x->team, y->team);
      break;

    case TD_AGENT_COLUMN_EMPLOYER:
      order = compare_text (collations, x->employer, y->employer);
      break;

    case TD_AGENT_COLUMN_ANSWERED:
      order = compare_numbers (TD_IS_KNOWN (x->answered) ? (double)x->answered : NAN,
                               TD_IS_KNOWN (y->answered) ? (double)y->answered : NAN);
      break;

    case TD_AGENT_COLUMN_AHT:
      order = compare_numbers (td_metrics_agent_aht (x), td_metrics_agent_aht (y));
      break;

    case TD_N_AGENT_COLUMNS:
    default:
      break;
    }

  return order;
}
