/* td-alert-rule.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-rule.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MAX_RULE_ID 64

#define CENTRE (1u << TD_ALERT_SCOPE_CENTRE)
#define HOTLINE (1u << TD_ALERT_SCOPE_HOTLINE)
#define QUEUE (1u << TD_ALERT_SCOPE_QUEUE)
#define ZONE (1u << TD_ALERT_SCOPE_ZONE)
#define AGENT (1u << TD_ALERT_SCOPE_AGENT)
#define CALLS (CENTRE | HOTLINE | QUEUE)

/* What a kind is, and what a new rule of it says. */
typedef struct
{
  TdAlertKindInfo info;
  const char     *title;
  TdAlertScope    scope;
  TdAlertLevel    level;
  double          raise;
  double          clear;
  guint           for_s;
  guint           clear_s;
} Kind;

static const Kind kinds[TD_N_ALERT_KINDS] = {
  [TD_ALERT_WAITING] = { { "waiting", TD_ALERT_UNIT_COUNT, FALSE, CALLS, 1, 10000 },
                         N_ ("Callers waiting"),
                         TD_ALERT_SCOPE_QUEUE,
                         TD_ALERT_WARNING,
                         10,
                         3,
                         60,
                         60 },
  [TD_ALERT_LONGEST_WAIT] = { { "longest-wait", TD_ALERT_UNIT_SECONDS, FALSE, CALLS, 1, 36000 },
                              N_ ("Longest wait"),
                              TD_ALERT_SCOPE_QUEUE,
                              TD_ALERT_ALARM,
                              180,
                              60,
                              30,
                              60 },
  [TD_ALERT_SERVICE_LEVEL] = { { "service-level", TD_ALERT_UNIT_FRACTION, TRUE, CALLS, 0, 1 },
                               N_ ("Service level of the last half hour"),
                               TD_ALERT_SCOPE_CENTRE,
                               TD_ALERT_WARNING,
                               0.6,
                               0.75,
                               300,
                               300 },
  [TD_ALERT_OUT_OF_REACH] = { { "out-of-reach", TD_ALERT_UNIT_FLAG, FALSE, CALLS, 1, 1 },
                              N_ ("The day’s service level cannot be met any more"),
                              TD_ALERT_SCOPE_CENTRE,
                              TD_ALERT_NOTICE,
                              1,
                              0,
                              300,
                              300 },
  [TD_ALERT_ABANDON_RATE] = { { "abandon-rate", TD_ALERT_UNIT_FRACTION, FALSE, CALLS, 0.001, 1 },
                              N_ ("Abandon rate of the last half hour"),
                              TD_ALERT_SCOPE_CENTRE,
                              TD_ALERT_WARNING,
                              0.1,
                              0.05,
                              300,
                              300 },
  [TD_ALERT_SURGE] = { { "surge", TD_ALERT_UNIT_FRACTION, FALSE, CALLS, 0.01, 100 },
                       N_ ("Surge of calls"),
                       TD_ALERT_SCOPE_HOTLINE,
                       TD_ALERT_ALARM,
                       0.3,
                       0.1,
                       0,
                       300 },
  [TD_ALERT_SILENCE] = { { "silence", TD_ALERT_UNIT_FRACTION, FALSE, CALLS, 0.01, 1 },
                         N_ ("Unusual silence"),
                         TD_ALERT_SCOPE_HOTLINE,
                         TD_ALERT_ALARM,
                         0.5,
                         0.2,
                         0,
                         120 },
  [TD_ALERT_BUSY_DAY] = { { "busy-day", TD_ALERT_UNIT_FRACTION, FALSE, CALLS, 0.01, 100 },
                          N_ ("Busy day"),
                          TD_ALERT_SCOPE_CENTRE,
                          TD_ALERT_NOTICE,
                          0.1,
                          0.05,
                          900,
                          1800 },
  [TD_ALERT_SERVING] = { { "serving", TD_ALERT_UNIT_COUNT, TRUE, CALLS | ZONE, 0, 100000 },
                         N_ ("Agents serving"),
                         TD_ALERT_SCOPE_QUEUE,
                         TD_ALERT_ALARM,
                         0,
                         1,
                         60,
                         60 },
  [TD_ALERT_MISSING] = { { "missing", TD_ALERT_UNIT_COUNT, FALSE, CENTRE, 1, 100000 },
                         N_ ("Agents missing now or within the hour"),
                         TD_ALERT_SCOPE_CENTRE,
                         TD_ALERT_WARNING,
                         10,
                         4,
                         300,
                         300 },
  [TD_ALERT_UNREACHABLE] = { { "unreachable", TD_ALERT_UNIT_COUNT, FALSE, CENTRE | ZONE, 1, 100000 },
                             N_ ("Agents unreachable"),
                             TD_ALERT_SCOPE_CENTRE,
                             TD_ALERT_WARNING,
                             4,
                             1,
                             60,
                             60 },
  [TD_ALERT_LONG_STATE] = { { "long-state", TD_ALERT_UNIT_SECONDS, FALSE, AGENT, 0, 86400 },
                            N_ ("Agent over the limit of a state or a pause"),
                            TD_ALERT_SCOPE_AGENT,
                            TD_ALERT_NOTICE,
                            300,
                            0,
                            0,
                            0 },
  [TD_ALERT_PHANTOM] = { { "phantom", TD_ALERT_UNIT_FLAG, FALSE, AGENT, 1, 1 },
                         N_ ("Agent who takes no calls though available"),
                         TD_ALERT_SCOPE_AGENT,
                         TD_ALERT_WARNING,
                         1,
                         0,
                         60,
                         60 },
  [TD_ALERT_WORKLOAD] = { { "workload", TD_ALERT_UNIT_FRACTION, FALSE, AGENT, 1, 100 },
                          N_ ("Agent’s workload"),
                          TD_ALERT_SCOPE_AGENT,
                          TD_ALERT_NOTICE,
                          2,
                          1.5,
                          900,
                          900 },
  [TD_ALERT_STALE] = { { "stale", TD_ALERT_UNIT_SECONDS, FALSE, CENTRE, 1, 86400 },
                       N_ ("Data are old"),
                       TD_ALERT_SCOPE_CENTRE,
                       TD_ALERT_WARNING,
                       15,
                       1,
                       0,
                       15 },
  [TD_ALERT_LOST] = { { "lost", TD_ALERT_UNIT_SECONDS, FALSE, CENTRE, 1, 86400 },
                      N_ ("Source lost"),
                      TD_ALERT_SCOPE_CENTRE,
                      TD_ALERT_ALARM,
                      30,
                      1,
                      0,
                      15 },
  [TD_ALERT_CLOCK] = { { "clock", TD_ALERT_UNIT_SECONDS, FALSE, CENTRE, 1, 86400 },
                       N_ ("Clocks differ"),
                       TD_ALERT_SCOPE_CENTRE,
                       TD_ALERT_NOTICE,
                       30,
                       10,
                       60,
                       60 },
};

static const char *const scope_keys[TD_N_ALERT_SCOPES] = { "centre", "hotline", "queue", "zone", "agent" };
static const char *const scope_titles[TD_N_ALERT_SCOPES] = {
  N_ ("The whole centre"), N_ ("Each hotline"), N_ ("Each queue"), N_ ("Each place of work"), N_ ("Each agent")
};
static const char *const level_keys[TD_N_ALERT_LEVELS] = { "notice", "warning", "alarm" };
static const char *const level_titles[TD_N_ALERT_LEVELS] = {
  NC_ ("alert level", "Notice"), NC_ ("alert level", "Warning"), NC_ ("alert level", "Alarm")
};

G_DEFINE_QUARK (td_alert_error_quark, td_alert_error)

static gboolean
find_word (const char        *string,
           const char *const *words,
           guint              n_words,
           guint             *index)
{
  for (guint i = 0; string != NULL && i < n_words; i++)
    {
      if (g_str_equal (words[i], string))
        {
          *index = i;
          return TRUE;
        }
    }

  return FALSE;
}

const TdAlertKindInfo *
td_alert_kind_get_info (TdAlertKind kind)
{
  g_return_val_if_fail (kind < TD_N_ALERT_KINDS, NULL);

  return &kinds[kind].info;
}

/**
 * td_alert_kind_get_title:
 *
 * Returns: what is compared, translated
 */
const char *
td_alert_kind_get_title (TdAlertKind kind)
{
  g_return_val_if_fail (kind < TD_N_ALERT_KINDS, NULL);

  return _ (kinds[kind].title);
}

const char *
td_alert_kind_to_string (TdAlertKind kind)
{
  g_return_val_if_fail (kind < TD_N_ALERT_KINDS, NULL);

  return kinds[kind].info.key;
}

gboolean
td_alert_kind_from_string (const char  *string,
                           TdAlertKind *kind)
{
  for (guint i = 0; string != NULL && i < TD_N_ALERT_KINDS; i++)
    {
      if (g_str_equal (kinds[i].info.key, string))
        {
          *kind = (TdAlertKind)i;
          return TRUE;
        }
    }

  return FALSE;
}

const char *
td_alert_scope_get_title (TdAlertScope scope)
{
  g_return_val_if_fail (scope < TD_N_ALERT_SCOPES, NULL);

  return _ (scope_titles[scope]);
}

const char *
td_alert_scope_to_string (TdAlertScope scope)
{
  g_return_val_if_fail (scope < TD_N_ALERT_SCOPES, NULL);

  return scope_keys[scope];
}

gboolean
td_alert_scope_from_string (const char   *string,
                            TdAlertScope *scope)
{
  guint index;

  if (!find_word (string, scope_keys, TD_N_ALERT_SCOPES, &index))
    return FALSE;
  *scope = (TdAlertScope)index;

  return TRUE;
}

const char *
td_alert_level_get_title (TdAlertLevel level)
{
  g_return_val_if_fail (level < TD_N_ALERT_LEVELS, NULL);

  return g_dpgettext2 (NULL, "alert level", level_titles[level]);
}

const char *
td_alert_level_to_string (TdAlertLevel level)
{
  g_return_val_if_fail (level < TD_N_ALERT_LEVELS, NULL);

  return level_keys[level];
}

gboolean
td_alert_level_from_string (const char   *string,
                            TdAlertLevel *level)
{
  guint index;

  if (!find_word (string, level_keys, TD_N_ALERT_LEVELS, &index))
    return FALSE;
  *level = (TdAlertLevel)index;

  return TRUE;
}

gboolean
td_alert_rule_is_id (const char *id)
{
  gsize length = id != NULL ? strlen (id) : 0;

  return length > 0 && length <= MAX_RULE_ID &&
         strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.") == length;
}

/**
 * td_alert_rule_new:
 * @id: its id, as td_alert_rule_is_id() has it
 * @kind: what it compares
 *
 * Returns: (transfer full): a rule with what is usual for its kind, enabled
 */
TdAlertRule *
td_alert_rule_new (const char *id,
                   TdAlertKind kind)
{
  static const guint escalate_s[TD_N_ALERT_LEVELS] = { 0, 900, 300 };
  TdAlertRule       *self;
  const Kind        *usual;

  g_return_val_if_fail (td_alert_rule_is_id (id), NULL);
  g_return_val_if_fail (kind < TD_N_ALERT_KINDS, NULL);

  usual = &kinds[kind];
  self = g_new0 (TdAlertRule, 1);
  self->id = g_strdup (id);
  self->kind = kind;
  self->scope = usual->scope;
  self->level = usual->level;
  self->raise = usual->raise;
  self->clear = usual->clear;
  self->for_s = usual->for_s;
  self->clear_s = usual->clear_s;
  self->escalate_s = escalate_s[usual->level];
  self->enabled = TRUE;

  return self;
}

TdAlertRule *
td_alert_rule_copy (const TdAlertRule *self)
{
  TdAlertRule *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (TdAlertRule, 1);
  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->target = g_strdup (self->target);

  return copy;
}

void
td_alert_rule_free (TdAlertRule *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self->target);
  g_free (self);
}

gboolean
td_alert_rule_equal (const TdAlertRule *a,
                     const TdAlertRule *b)
{
  return g_str_equal (a->id, b->id) && g_strcmp0 (a->name, b->name) == 0 && a->kind == b->kind && a->scope == b->scope &&
         g_strcmp0 (a->target, b->target) == 0 && a->level == b->level && a->raise == b->raise && a->clear == b->clear &&
         a->for_s == b->for_s && a->clear_s == b->clear_s && a->escalate_s == b->escalate_s && a->from == b->from &&
         a->to == b->to && a->enabled == b->enabled;
}

static gboolean
refuse (GError    **error,
        const char *field,
        const char *words)
{
  /* Translators: a field of a rule, such as “raise”, then what is wrong with it. */
  g_set_error (error, TD_ALERT_ERROR, TD_ALERT_ERROR_INVALID, _ ("%s: %s"), field, words);

  return FALSE;
}

static gboolean
check_threshold (const Kind *kind,
                 const char *field,
                 double      least,
                 double      value,
                 GError    **error)
{
  g_autofree char *words = NULL;

  if (isfinite (value) && value >= least && value <= kind->info.most)
    return TRUE;

  words = g_strdup_printf (_ ("%g is not between %g and %g"), value, least, kind->info.most);

  return refuse (error, field, words);
}

static gboolean
check_duration (const char *field,
                guint       value,
                GError    **error)
{
  g_autofree char *words = NULL;

  if (value <= TD_ALERT_MAX_DURATION_S)
    return TRUE;

  words = g_strdup_printf (_ ("%u s is longer than a day"), value);

  return refuse (error, field, words);
}

static gboolean
check_words (const TdAlertRule *self,
             GError           **error)
{
  if (!td_alert_rule_is_id (self->id))
    return refuse (error, "id", _ ("an id has letters, digits, “-”, “_” and “.” alone, at most 64"));
  if (self->name != NULL && (strlen (self->name) > TD_ALERT_MAX_NAME || !g_utf8_validate (self->name, -1, NULL)))
    return refuse (error, "name", _ ("the name is too long"));
  if (self->target != NULL && (*self->target == '\0' || strlen (self->target) > TD_MAX_ID || !g_utf8_validate (self->target, -1, NULL)))
    return refuse (error, "target", _ ("the target is empty or too long"));
  if (self->target != NULL && self->scope == TD_ALERT_SCOPE_CENTRE)
    return refuse (error, "target", _ ("there is but one centre"));

  return TRUE;
}

/**
 * td_alert_rule_check:
 * @self: a rule, from a person or a file
 * @error: return location; %TD_ALERT_ERROR_INVALID with the field's name
 *
 * Returns: whether it makes sense
 */
gboolean
td_alert_rule_check (const TdAlertRule *self,
                     GError           **error)
{
  const Kind *kind;
  double      least;

  g_return_val_if_fail (self != NULL, FALSE);

  if ((int)self->kind < 0 || self->kind >= TD_N_ALERT_KINDS)
    return refuse (error, "kind", _ ("there is no such kind of rule"));
  if ((int)self->scope < 0 || self->scope >= TD_N_ALERT_SCOPES || (kinds[self->kind].info.scopes & 1u << self->scope) == 0)
    return refuse (error, "scope", _ ("this kind of rule does not look at that"));
  if ((int)self->level < 0 || self->level >= TD_N_ALERT_LEVELS)
    return refuse (error, "level", _ ("there is no such level"));
  if (!check_words (self, error))
    return FALSE;

  kind = &kinds[self->kind];
  least = kind->info.least;
  /* Where a value has to rise, it is over at less than the least that counts. */
  if (!check_threshold (kind, "raise", least, self->raise, error) ||
      !check_threshold (kind, "clear", kind->info.below ? least : 0, self->clear, error))
    return FALSE;
  if (kind->info.below ? self->clear < self->raise : self->clear > self->raise)
    return refuse (error, "clear", _ ("it would be over before it begins"));

  if (self->from > TD_ALERT_DAY_MINUTES - 1)
    return refuse (error, "from", _ ("a day has 24 hours"));
  if (self->to > TD_ALERT_DAY_MINUTES || (self->from == self->to && self->from != 0))
    return refuse (error, "to", _ ("the hours are none"));

  return check_duration ("for_seconds", self->for_s, error) &&
         check_duration ("clear_seconds", self->clear_s, error) &&
         check_duration ("escalate_seconds", self->escalate_s, error);
}

/**
 * td_alert_rule_is_due:
 * @self: a rule
 * @minute: minute of the centre's day
 * @opens: minute at which the centre opens
 * @closes: minute at which it closes, at most 1440
 *
 * Returns: whether it is looked at then
 */
gboolean
td_alert_rule_is_due (const TdAlertRule *self,
                      guint              minute,
                      guint              opens,
                      guint              closes)
{
  guint from = self->from;
  guint to = self->to;

  if (from == 0 && to == 0)
    {
      from = opens;
      to = closes;
    }

  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
