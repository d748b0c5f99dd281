/* td-profile-agents.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-profile-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define LIMIT_KEY "limit-seconds"

/* By what agents are judged, in a profile's file: what is as usual has no key. */

gboolean
td_profile_read_agents (TdProfile         *self,
                        const TdKeyReader *reader,
                        GError           **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (reader->file, NULL);
  TdAgentRules *rules = self->agent_rules;

  for (guint i = 0; i < TD_N_AGENT_RULES; i++)
    {
      if (!td_key_reader_number (reader, TD_PROFILE_AGENTS, td_agent_rule_get_info (i)->key,
                                 &rules->values[i], error))
        return FALSE;
    }

  for (guint i = 0; groups[i] != NULL; i++)
    {
      double limit = NAN;

      if (!g_str_has_prefix (groups[i], TD_PROFILE_PAUSE_PREFIX))
        continue;
      if (!td_key_reader_number (reader, groups[i], LIMIT_KEY, &limit, error))
        return FALSE;
      if (!isnan (limit))
        td_agent_rules_set_pause (rules, groups[i] + strlen (TD_PROFILE_PAUSE_PREFIX), limit);
    }

  return TRUE;
}

void
td_profile_write_agents (const TdProfile *self,
                         GKeyFile        *file)
{
  g_autoptr (TdAgentRules) usual = td_agent_rules_new ();
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  const TdAgentRules *rules = self->agent_rules;

  for (guint i = 0; i < TD_N_AGENT_RULES; i++)
    td_profile_write_number (file, TD_PROFILE_AGENTS, td_agent_rule_get_info (i)->key,
                             rules->values[i] != usual->values[i] ? rules->values[i] : NAN);

  for (guint i = 0; i < rules->pauses->len; i++)
    {
      const TdPauseLimit *pause = g_ptr_array_index (rules->pauses, i);
      const TdPauseLimit *other = td_agent_rules_find_pause (usual, pause->reason);
      char               *group;

      if (other != NULL && other->limit == pause->limit)
        continue;
      group = g_strconcat (TD_PROFILE_PAUSE_PREFIX, pause->reason, NULL);
      td_profile_write_number (file, group, LIMIT_KEY, pause->limit);
      g_hash_table_add (kept, group);
    }

  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (g_str_has_prefix (groups[i], TD_PROFILE_PAUSE_PREFIX) && !g_hash_table_contains (kept, groups[i]))
        g_key_file_remove_group (file, groups[i], NULL);
    }
}

static gboolean
check_value (const TdProfile *self,
             const char      *group,
             const char      *key,
             TdAgentRule      rule,
             double           value,
             GError         **error)
{
  const TdAgentRuleInfo *info = td_agent_rule_get_info (rule);

  if (value >= info->least && value <= info->most)
    return TRUE;

  /* Translators: "1 is not from 2 to 20". */
  td_profile_set_error (self->name, group, key, error, _ ("%g is not from %g to %g"), value, info->least, info->most);

  return FALSE;
}

gboolean
td_profile_check_agents (const TdProfile *self,
                         GError         **error)
{
  const TdAgentRules *rules = self->agent_rules;

  for (guint i = 0; i < TD_N_AGENT_RULES; i++)
    {
      if (!check_value (self, TD_PROFILE_AGENTS, td_agent_rule_get_info (i)->key, i, rules->values[i], error))
        return FALSE;
    }

  if (rules->pauses->len > TD_AGENT_RULES_MAX_REASONS)
    {
      td_profile_set_error (self->name, NULL, NULL, error, _ ("more than %d reasons of pauses"), TD_AGENT_RULES_MAX_REASONS);
      return FALSE;
    }
  for (guint i = 0; i < rules->pauses->len; i++)
    {
      const TdPauseLimit *pause = g_ptr_array_index (rules->pauses, i);
      g_autofree char    *group = g_strconcat (TD_PROFILE_PAUSE_PREFIX, pause->reason, NULL);

      if (!td_agent_rules_is_reason (pause->reason))
        {
          td_profile_set_error (self->name, group, NULL, error,
                                _ ("a reason is one line, begins and ends with no space, and holds no “[” or “]”"));
          return FALSE;
        }
      if (!check_value (self, group, LIMIT_KEY, TD_AGENT_RULE_PAUSE, pause->limit, error))
        return FALSE;
    }

  return TRUE;
}
