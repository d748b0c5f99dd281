/* td-profile.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-rules.h"
#include "td-alert-rule.h"
#include "td-backend.h"
#include "td-connection.h"
#include "td-metrics.h"

G_BEGIN_DECLS

/**
 * TdProfileKind:
 * @TD_PROFILE_DEMO: the simulated centre, which the application starts itself
 * @TD_PROFILE_SUPERVISION: supervision API v1
 * @TD_PROFILE_ASTERISK: Asterisk's app_queue through AMI over HTTP
 */
typedef enum {
  TD_PROFILE_DEMO,
  TD_PROFILE_SUPERVISION,
  TD_PROFILE_ASTERISK,
  TD_N_PROFILE_KINDS
} TdProfileKind;

/* What a profile says of a queue that the source does not know; strings are owned. */
typedef struct
{
  char *id;
  char *name;    /* (nullable) */
  char *hotline; /* (nullable) */
  char *reason;  /* (nullable) */
  char *area;    /* (nullable) */

  gint64 wrap_up_ms; /* where it differs from the other queues', or TD_UNKNOWN */
} TdProfileQueue;

#define TD_PROFILE_MAX_YEARS 10
#define TD_PROFILE_MAX_SPAN_DAYS 3660
#define TD_PROFILE_MAX_SAMPLE_DAYS 14

#define TD_PROFILE_ERROR (td_profile_error_quark ())

/* The message names the file, the group and the key. */
typedef enum {
  TD_PROFILE_ERROR_NOT_FOUND,
  TD_PROFILE_ERROR_INVALID,
  TD_PROFILE_ERROR_NAME, /* a name that cannot be a file's */
} TdProfileError;

GQuark td_profile_error_quark (void);

/**
 * TdProfile:
 * @name: the file's name without ".ini": letters, digits, "-", "_" and "."; at most 64 bytes
 * @title: (nullable): the centre's name for people
 * @kind: what kind of source it is
 * @connection: where it is; the secret is not in the file, and %NULL here until it was looked up
 * @digest: Asterisk: sign in by HTTP digest (/arawman) instead of a session
 * @min_gap_ms: least time between two polls, 200…60000
 * @service_level_ms: T of the service level, or %TD_UNKNOWN for the source's own (or 20 s)
 * @service_level_target: 0…1, or NAN for the source's own (or 80 %)
 * @formula: how the service level is reckoned
 * @short_abandon_ms: limit of a short abandon, or %TD_UNKNOWN for the source's own (or 5 s)
 * @opens: minute of the day at which the centre opens, 0…1439
 * @closes: minute at which it closes, 1…1440, after @opens; 0 and 1440 for round the clock
 * @timezone: (nullable): IANA name of the zone that the day follows
 * @agents_file: (nullable): Asterisk: CSV or JSON; relative to the profile's folder
 * @wrap_up_ms: Asterisk: wrap-up time of its queues, which it does not tell, 0…3600 s; 0 for none
 * @queues: (element-type TdProfileQueue): what the profile says of queues
 * @history_years: for how many years minutes are remembered, 1…%TD_PROFILE_MAX_YEARS
 * @history_span_days: for how many days it is remembered what agents did, 1…%TD_PROFILE_MAX_SPAN_DAYS
 * @history_sample_days: for how many days queues are remembered second by second, 1…%TD_PROFILE_MAX_SAMPLE_DAYS
 * @holidays: (element-type utf8 utf8): the centre's own days, as td_own_days_new() has them
 * @agent_rules: by what the agents are judged
 * @extension: (nullable): the supervisor's own phone, to listen with
 * @webhook: what is told of alerts: an address, or none; its secret is kept as that of @connection is
 * @command: (nullable): what is run for alerts: a program and its words, quoted as for a shell,
 *   though none runs it
 * @outward_level: from which level on these two are told
 *
 * A centre to watch: $XDG_CONFIG_HOME/tongdai/profiles/NAME.ini. A plain value
 * that its holder may change; it owns its strings.
 */
typedef struct
{
  char         *name;
  char         *title;
  TdProfileKind kind;
  TdConnection *connection;
  gboolean      digest;
  guint         min_gap_ms;

  gint64                service_level_ms;
  double                service_level_target;
  TdServiceLevelFormula formula;
  gint64                short_abandon_ms;
  guint                 opens;
  guint                 closes;
  char                 *timezone;

  char       *agents_file;
  gint64      wrap_up_ms;
  GPtrArray  *queues;
  guint       history_years;
  guint       history_span_days;
  guint       history_sample_days;
  GHashTable *holidays;

  TdAgentRules *agent_rules;
  char         *extension;

  TdConnection *webhook;
  char         *command;
  TdAlertLevel  outward_level;
} TdProfile;

const char *td_profile_kind_to_string (TdProfileKind kind);

TdProfile *td_profile_new (const char   *name,
                           TdProfileKind kind);
TdProfile *td_profile_copy (const TdProfile *self);
void       td_profile_free (TdProfile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdProfile, td_profile_free)

TdProfileQueue *td_profile_add_queue (TdProfile  *self,
                                      const char *id);

char     **td_profile_parse_command (const char *command,
                                     GError    **error);
char      *td_profile_get_folder (void);
char      *td_profile_get_path (const char *name);
gboolean   td_profile_is_name (const char *name);
char     **td_profile_list (void);
TdProfile *td_profile_load (const char *name,
                            GError    **error);
gboolean   td_profile_save (const TdProfile *self,
                            GError         **error);
gboolean   td_profile_delete (const char *name,
                              GError    **error);
gboolean   td_profile_check (const TdProfile *self,
                             GError         **error);
TdBackend *td_profile_create_backend (const TdProfile *self,
                                      GError         **error);

G_END_DECLS
