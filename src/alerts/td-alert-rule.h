/* td-alert-rule.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-types.h"

G_BEGIN_DECLS

#define TD_ALERT_ERROR (td_alert_error_quark ())

/**
 * TdAlertError:
 * @TD_ALERT_ERROR_INVALID: a rule says what cannot be; the message names the field
 * @TD_ALERT_ERROR_STATE: an incident that is so cannot become what was asked
 */
typedef enum {
  TD_ALERT_ERROR_INVALID,
  TD_ALERT_ERROR_STATE,
} TdAlertError;

GQuark td_alert_error_quark (void);

#define TD_ALERT_MAX_NAME 120               /* bytes of a rule's name */
#define TD_ALERT_MAX_DURATION_S (24 * 3600) /* of every duration of a rule */
#define TD_ALERT_DAY_MINUTES 1440

/**
 * TdAlertLevel:
 * @TD_ALERT_NOTICE: worth knowing
 * @TD_ALERT_WARNING: somebody should look
 * @TD_ALERT_ALARM: needs a person now
 */
typedef enum {
  TD_ALERT_NOTICE,
  TD_ALERT_WARNING,
  TD_ALERT_ALARM,
  TD_N_ALERT_LEVELS
} TdAlertLevel;

/**
 * TdAlertScope:
 * @TD_ALERT_SCOPE_CENTRE: the whole centre; its id is ""
 * @TD_ALERT_SCOPE_HOTLINE: a hotline, by the number that customers dial
 * @TD_ALERT_SCOPE_QUEUE: a queue
 * @TD_ALERT_SCOPE_ZONE: a place of work, by the word of td_place_to_string()
 * @TD_ALERT_SCOPE_AGENT: an agent
 *
 * What a rule looks at.
 */
typedef enum {
  TD_ALERT_SCOPE_CENTRE,
  TD_ALERT_SCOPE_HOTLINE,
  TD_ALERT_SCOPE_QUEUE,
  TD_ALERT_SCOPE_ZONE,
  TD_ALERT_SCOPE_AGENT,
  TD_N_ALERT_SCOPES
} TdAlertScope;

/**
 * TdAlertUnit:
 * @TD_ALERT_UNIT_COUNT: calls or people
 * @TD_ALERT_UNIT_SECONDS: s
 * @TD_ALERT_UNIT_FRACTION: 0.8 is 80 %
 * @TD_ALERT_UNIT_FLAG: 0 or 1
 */
typedef enum {
  TD_ALERT_UNIT_COUNT,
  TD_ALERT_UNIT_SECONDS,
  TD_ALERT_UNIT_FRACTION,
  TD_ALERT_UNIT_FLAG,
} TdAlertUnit;

/**
 * TdAlertKind:
 * @TD_ALERT_WAITING: callers waiting now
 * @TD_ALERT_LONGEST_WAIT: age of the oldest caller waiting now, s
 * @TD_ALERT_SERVICE_LEVEL: service level of the last half hour
 * @TD_ALERT_OUT_OF_REACH: the day's service level cannot be met any more, whatever is done
 * @TD_ALERT_ABANDON_RATE: abandon rate of the last half hour
 * @TD_ALERT_SURGE: calls above what was expected, since a surge began: 0.5 is half as many again
 * @TD_ALERT_SILENCE: calls missing of those expected, since a silence began: 1 is none at all
 * @TD_ALERT_BUSY_DAY: calls of the day above its normal, where that is beyond chance
 * @TD_ALERT_SERVING: agents serving
 * @TD_ALERT_MISSING: agents missing for the service level, now or within the hour, by the
 *   forecast, the shifts and what was announced
 * @TD_ALERT_UNREACHABLE: agents unreachable
 * @TD_ALERT_LONG_STATE: how long an agent is over the limit of a state or of a pause's reason, s
 * @TD_ALERT_PHANTOM: an agent says that calls can come, and the signs speak against it
 * @TD_ALERT_WORKLOAD: an agent's calls an hour ÷ the centre's
 * @TD_ALERT_STALE: age of the last good answer of the source while that is stale or lost, s
 * @TD_ALERT_LOST: how long the source has been lost, s
 * @TD_ALERT_CLOCK: the source's clock against this machine's, either way, s
 *
 * What a rule compares with its threshold.
 */
typedef enum {
  TD_ALERT_WAITING,
  TD_ALERT_LONGEST_WAIT,
  TD_ALERT_SERVICE_LEVEL,
  TD_ALERT_OUT_OF_REACH,
  TD_ALERT_ABANDON_RATE,
  TD_ALERT_SURGE,
  TD_ALERT_SILENCE,
  TD_ALERT_BUSY_DAY,
  TD_ALERT_SERVING,
  TD_ALERT_MISSING,
  TD_ALERT_UNREACHABLE,
  TD_ALERT_LONG_STATE,
  TD_ALERT_PHANTOM,
  TD_ALERT_WORKLOAD,
  TD_ALERT_STALE,
  TD_ALERT_LOST,
  TD_ALERT_CLOCK,
  TD_N_ALERT_KINDS
} TdAlertKind;

/**
 * TdAlertKindInfo:
 * @key: its word in a file
 * @unit: of its values
 * @below: it is raised by a value that falls to the threshold, not by one that rises to it
 * @scopes: what it can look at, of 1 << #TdAlertScope
 * @least: the least threshold
 * @most: the most
 */
typedef struct
{
  const char *key;
  TdAlertUnit unit;
  gboolean    below;
  guint       scopes;
  double      least;
  double      most;
} TdAlertKindInfo;

/**
 * TdAlertRule:
 * @id: unique among the rules: letters, digits, "-", "_" and "."; at most 64 bytes
 * @name: (nullable): in a person's words
 * @kind: what is compared
 * @scope: of what
 * @target: (nullable): of which one, or %NULL for each of them on its own
 * @level: how much it matters
 * @raise: from here on it counts
 * @clear: from here on it is over; not beyond @raise
 * @for_s: how long it has to last before it is told, s
 * @clear_s: how long it has to be over before that is told, s
 * @escalate_s: when nobody took it for so long it is told again, louder, s; 0 for never
 * @from: minute of the centre's day from which it is looked at
 * @to: minute until which it is, at most 1440; less than @from for a night; 0 and 0 for the
 *   hours in which the centre is open
 * @enabled: it is looked at at all
 *
 * When a person is needed. A plain value that its holder may change.
 */
typedef struct
{
  char        *id;
  char        *name;
  TdAlertKind  kind;
  TdAlertScope scope;
  char        *target;
  TdAlertLevel level;
  double       raise;
  double       clear;
  guint        for_s;
  guint        clear_s;
  guint        escalate_s;
  guint        from;
  guint        to;
  gboolean     enabled;
} TdAlertRule;

const TdAlertKindInfo *td_alert_kind_get_info (TdAlertKind kind);
const char            *td_alert_kind_get_title (TdAlertKind kind);
const char            *td_alert_kind_to_string (TdAlertKind kind);
gboolean               td_alert_kind_from_string (const char  *string,
                                                  TdAlertKind *kind);

const char *td_alert_scope_get_title (TdAlertScope scope);
const char *td_alert_scope_to_string (TdAlertScope scope);
gboolean    td_alert_scope_from_string (const char   *string,
                                        TdAlertScope *scope);
const char *td_alert_level_get_title (TdAlertLevel level);
const char *td_alert_level_to_string (TdAlertLevel level);
gboolean    td_alert_level_from_string (const char   *string,
                                        TdAlertLevel *level);

gboolean     td_alert_rule_is_id (const char *id);
TdAlertRule *td_alert_rule_new (const char *id,
                                TdAlertKind kind);
TdAlertRule *td_alert_rule_copy (const TdAlertRule *self);
void         td_alert_rule_free (TdAlertRule *self);
gboolean     td_alert_rule_equal (const TdAlertRule *a,
                                  const TdAlertRule *b);
gboolean     td_alert_rule_check (const TdAlertRule *self,
                                  GError           **error);
gboolean     td_alert_rule_is_due (const TdAlertRule *self,
                                   guint              minute,
                                   guint              opens,
                                   guint              closes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdAlertRule, td_alert_rule_free)

G_END_DECLS
