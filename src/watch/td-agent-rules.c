/* td-agent-rules.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-rules.h"

#include <math.h>
#include <string.h>

#define MINUTES(n) (60.0 * (n))
#define HOURS(n) (3600.0 * (n))

static const TdAgentRuleInfo rules[TD_N_AGENT_RULES] = {
  [TD_AGENT_RULE_RINGING] = { "ringing-seconds", 1, MINUTES (10), 15 },
  [TD_AGENT_RULE_ON_CALL] = { "on-call-seconds", 10, HOURS (12), MINUTES (10) },
  [TD_AGENT_RULE_WRAP_UP] = { "wrap-up-seconds", 5, HOURS (4), MINUTES (2) },
  [TD_AGENT_RULE_PAUSE] = { "pause-seconds", 10, HOURS (12), MINUTES (15) },
  [TD_AGENT_RULE_RING_OUTS] = { "phantom-ring-outs", 2, 20, 2 },
  [TD_AGENT_RULE_IDLE] = { "phantom-idle-seconds", 5, HOURS (1), MINUTES (1) },
  [TD_AGENT_RULE_LINE] = { "phantom-line-seconds", MINUTES (1), HOURS (12), MINUTES (30) },
  [TD_AGENT_RULE_WORKLOAD] = { "workload-factor", 1.05, 10, 1.3 },
  [TD_AGENT_RULE_NO_BREAK] = { "no-break-seconds", MINUTES (10), HOURS (12), HOURS (2) },
  [TD_AGENT_RULE_ALLOWANCE] = { "pause-allowance-seconds", MINUTES (1), HOURS (12), MINUTES (75) },
  [TD_AGENT_RULE_GRACE] = { "shift-grace-seconds", 0, HOURS (12), MINUTES (10) },
};

/* What the reasons of a pause are called where nobody named them otherwise. */
static const struct
{
  const char *reason;
  double      limit;
} usual[] = {
  { "Lunch", MINUTES (30) },
  { "Dinner", MINUTES (30) },
  { "Training", MINUTES (60) },
  { "Meeting", MINUTES (60) },
  { "Medical test", MINUTES (60) },
  { "Ăn trưa", MINUTES (30) },
  { "Ăn tối", MINUTES (30) },
  { "Đào tạo", MINUTES (60) },
  { "Họp", MINUTES (60) },
  { "Xét nghiệm", MINUTES (60) },
};

/**
 * td_agent_rule_get_info:
 * @rule: a rule
 *
 * Returns: its word and its bounds
 */
const TdAgentRuleInfo *
td_agent_rule_get_info (TdAgentRule rule)
{
  g_return_val_if_fail ((guint)rule < TD_N_AGENT_RULES, NULL);

  return &rules[rule];
}

static void
free_pause (gpointer data)
{
  TdPauseLimit *pause = data;

  g_free (pause->reason);
  g_free (pause);
}

static TdAgentRules *
create_empty (void)
{
  TdAgentRules *self = g_new0 (TdAgentRules, 1);

  self->pauses = g_ptr_array_new_with_free_func (free_pause);

  return self;
}

/**
 * td_agent_rules_new:
 *
 * Returns: (transfer full): the rules that hold unless somebody says otherwise:
 *   ringing 15 s, a call 10 minutes, wrap-up 2, a pause 15, a meal 30 …
 */
TdAgentRules *
td_agent_rules_new (void)
{
  TdAgentRules *self = create_empty ();

  for (guint i = 0; i < TD_N_AGENT_RULES; i++)
    self->values[i] = rules[i].normal;
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    td_agent_rules_set_pause (self, usual[i].reason, usual[i].limit);

  return self;
}

TdAgentRules *
td_agent_rules_copy (const TdAgentRules *self)
{
  TdAgentRules *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = create_empty ();
  memcpy (copy->values, self->values, sizeof copy->values);
  for (guint i = 0; i < self->pauses->len; i++)
    {
      const TdPauseLimit *pause = g_ptr_array_index (self->pauses, i);

      td_agent_rules_set_pause (copy, pause->reason, pause->limit);
    }

  return copy;
}

void
td_agent_rules_free (TdAgentRules *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->pauses);
  g_free (self);
}

/**
 * td_agent_rules_find_pause:
 * @self: the rules
 * @reason: (nullable): why one pauses
 *
 * Returns: (transfer none) (nullable): the limit that is this reason's own
 */
TdPauseLimit *
td_agent_rules_find_pause (const TdAgentRules *self,
                           const char         *reason)
{
  for (guint i = 0; reason != NULL && i < self->pauses->len; i++)
    {
      TdPauseLimit *pause = g_ptr_array_index (self->pauses, i);

      if (strcmp (pause->reason, reason) == 0)
        return pause;
    }

  return NULL;
}

gboolean
td_agent_rules_equal (const TdAgentRules *a,
                      const TdAgentRules *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->pauses->len != b->pauses->len)
    return FALSE;

  for (guint i = 0; i < TD_N_AGENT_RULES; i++)
    {
      if (a->values[i] != b->values[i])
        return FALSE;
    }
  for (guint i = 0; i < a->pauses->len; i++)
    {
      const TdPauseLimit *pause = g_ptr_array_index (a->pauses, i);
      const TdPauseLimit *other = td_agent_rules_find_pause (b, pause->reason);

      if (other == NULL || other->limit != pause->limit)
        return FALSE;
    }

  return TRUE;
}

/**
 * td_agent_rules_get_pause:
 * @self: the rules
 * @reason: (nullable): why one pauses
 *
 * Returns: how long such a pause may last, s
 */
double
td_agent_rules_get_pause (const TdAgentRules *self,
                          const char         *reason)
{
  const TdPauseLimit *pause;

  g_return_val_if_fail (self != NULL, 0);

  pause = td_agent_rules_find_pause (self, reason);

  return pause != NULL ? pause->limit : self->values[TD_AGENT_RULE_PAUSE];
}

/**
 * td_agent_rules_set_pause:
 * @self: the rules
 * @reason: why one pauses, as the source tells it
 * @limit: how long such a pause may last, s, or NAN for as long as any pause
 */
void
td_agent_rules_set_pause (TdAgentRules *self,
                          const char   *reason,
                          double        limit)
{
  TdPauseLimit *pause;

  g_return_if_fail (self != NULL);
  g_return_if_fail (reason != NULL);

  pause = td_agent_rules_find_pause (self, reason);
  if (isnan (limit))
    {
      if (pause != NULL)
        g_ptr_array_remove (self->pauses, pause);
      return;
    }

  if (pause == NULL)
    {
      pause = g_new0 (TdPauseLimit, 1);
      pause->reason = g_strdup (reason);
      g_ptr_array_add (self->pauses, pause);
    }
  pause->limit = limit;
}

/**
 * td_agent_rules_get_ms:
 * @self: the rules
 * @rule: one of those that are a time
 *
 * Returns: the time, ms
 */
gint64
td_agent_rules_get_ms (const TdAgentRules *self,
                       TdAgentRule         rule)
{
  g_return_val_if_fail (self != NULL, TD_UNKNOWN);
  g_return_val_if_fail ((guint)rule < TD_N_AGENT_RULES, TD_UNKNOWN);

  return (gint64)(self->values[rule] * 1000 + 0.5);
}

/**
 * td_agent_rules_get_limit_ms:
 * @self: the rules
 * @state: an agent's state
 * @reason: (nullable): why the agent pauses
 *
 * Returns: how long the state may last, ms, or %TD_UNKNOWN for no limit
 */
gint64
td_agent_rules_get_limit_ms (const TdAgentRules *self,
                             TdAgentState        state,
                             const char         *reason)
{
  g_return_val_if_fail (self != NULL, TD_UNKNOWN);

  switch (state)
    {
    case TD_AGENT_STATE_RINGING:
      return td_agent_rules_get_ms (self, TD_AGENT_RULE_RINGING);

    case TD_AGENT_STATE_ON_CALL:
      return td_agent_rules_get_ms (self, TD_AGENT_RULE_ON_CALL);

    case TD_AGENT_STATE_WRAP_UP:
      return td_agent_rules_get_ms (self, TD_AGENT_RULE_WRAP_UP);

    case TD_AGENT_STATE_PAUSED:
      return (gint64)(td_agent_rules_get_pause (self, reason) * 1000 + 0.5);

    case TD_AGENT_STATE_UNKNOWN:
    case TD_AGENT_STATE_AVAILABLE:
    case TD_AGENT_STATE_UNREACHABLE:
    case TD_AGENT_STATE_OFFLINE:
    case TD_N_AGENT_STATES:
    default:
      return TD_UNKNOWN;
    }
}

/**
 * td_agent_rules_is_reason:
 * @reason: why somebody pauses
 *
 * Returns: whether @reason can have a limit of its own: a profile's file could
 *   not hold what begins or ends with a space or has brackets in it
 */
gboolean
td_agent_rules_is_reason (const char *reason)
{
  gsize length;

  g_return_val_if_fail (reason != NULL, FALSE);

  length = strlen (reason);
  if (length == 0 || length > TD_MAX_TEXT || g_ascii_isspace (reason[0]) || g_ascii_isspace (reason[length - 1]) ||
      strpbrk (reason, "[]") != NULL || !g_utf8_validate (reason, -1, NULL))
    return FALSE;

  for (const char *c = reason; *c != '\0'; c++)
    {
      if (g_ascii_iscntrl (*c))
        return FALSE;
    }

  return TRUE;
}
