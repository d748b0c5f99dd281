/* td-agents-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agents-form.h"

#include <glib/gi18n.h>
#include <math.h>

#define REASON_KEY "td-reason"
#define RULE_KEY "td-rule"

typedef enum {
  UNIT_SECONDS,
  UNIT_MINUTES,
  UNIT_CALLS,
  UNIT_TIMES,
} Unit;

typedef struct
{
  TdAgentRule rule;
  Unit        unit;
  const char *title;
} RuleRow;

static const RuleRow limit_rows[] = {
  { TD_AGENT_RULE_RINGING, UNIT_SECONDS, N_ ("A phone that rings") },
  { TD_AGENT_RULE_ON_CALL, UNIT_MINUTES, N_ ("A call") },
  { TD_AGENT_RULE_WRAP_UP, UNIT_SECONDS, N_ ("Work after a call") },
  { TD_AGENT_RULE_PAUSE, UNIT_MINUTES, N_ ("A pause for any other reason") },
};

static const RuleRow phantom_rows[] = {
  { TD_AGENT_RULE_RING_OUTS, UNIT_CALLS, N_ ("Calls in a row that rang out") },
  { TD_AGENT_RULE_IDLE, UNIT_SECONDS, N_ ("No call taken while a caller waits so long") },
  { TD_AGENT_RULE_LINE, UNIT_MINUTES, N_ ("A lost line counts for so long") },
};

static const RuleRow load_rows[] = {
  { TD_AGENT_RULE_WORKLOAD, UNIT_TIMES, N_ ("Calls an hour, against the centre’s") },
  { TD_AGENT_RULE_NO_BREAK, UNIT_MINUTES, N_ ("At work without a pause") },
  { TD_AGENT_RULE_ALLOWANCE, UNIT_MINUTES, N_ ("Pauses of a shift together") },
  { TD_AGENT_RULE_GRACE, UNIT_MINUTES, N_ ("On duty after the end of the shift") },
};

struct _TdAgentsForm
{
  AdwPreferencesPage parent_instance;

  TdAgentRules *rules; /* (owned): as they were entered */
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdAgentsForm, td_agents_form, ADW_TYPE_PREFERENCES_PAGE)

static guint signals[N_SIGNALS];

static double
get_factor (Unit unit)
{
  return unit == UNIT_MINUTES ? 60 : 1;
}

static char *
format_bounds (Unit   unit,
               double least,
               double most)
{
  switch (unit)
    {
    case UNIT_SECONDS:
      return g_strdup_printf (_ ("Seconds, %g to %g"), least, most);

    case UNIT_MINUTES:
      return g_strdup_printf (_ ("Minutes, %g to %g"), least, most);

    case UNIT_CALLS:
      return g_strdup_printf (_ ("Calls, %g to %g"), least, most);

    case UNIT_TIMES:
    default:
      return g_strdup_printf (_ ("Times as many, %g to %g"), least, most);
    }
}

/* What a file has in seconds and the row shows in minutes stays as it is until
 * somebody enters another number. */
static void
value_cb (GtkSpinButton *spin,
          TdAgentsForm  *self)
{
  const RuleRow *row = g_object_get_data (G_OBJECT (spin), RULE_KEY);
  const char    *reason = g_object_get_data (G_OBJECT (spin), REASON_KEY);
  double         value = gtk_spin_button_get_value (spin) * get_factor (row->unit);

  if (reason != NULL)
    td_agent_rules_set_pause (self->rules, reason, value);
  else
    self->rules->values[row->rule] = value;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_row (TdAgentsForm        *self,
         AdwPreferencesGroup *group,
         const RuleRow       *rule_row,
         const char          *reason)
{
  const TdAgentRuleInfo *info = td_agent_rule_get_info (rule_row->rule);
  double                 factor = get_factor (rule_row->unit);
  double                 value = reason != NULL ? td_agent_rules_get_pause (self->rules, reason)
                                                : self->rules->values[rule_row->rule];
  gboolean               is_ratio = rule_row->unit == UNIT_TIMES;
  double                 least = is_ratio ? info->least : ceil (info->least / factor);
  double                 most = info->most / factor;
  g_autofree char       *bounds = format_bounds (rule_row->unit, least, most);
  const char            *title = reason != NULL ? reason : _ (rule_row->title);
  GtkWidget             *row = adw_action_row_new ();
  GtkWidget             *spin = gtk_spin_button_new_with_range (least, most, is_ratio ? 0.05 : 1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), bounds);
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), is_ratio ? 2 : 0);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value / factor);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (spin), RULE_KEY, (gpointer)rule_row);
  g_object_set_data_full (G_OBJECT (spin), REASON_KEY, g_strdup (reason), g_free);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (value_cb), self, 0);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  adw_preferences_group_add (group, row);
}

static AdwPreferencesGroup *
add_group (TdAgentsForm  *self,
           const char    *title,
           const char    *description,
           const RuleRow *rows,
           gsize          n_rows)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), group);
  for (gsize i = 0; i < n_rows; i++)
    add_row (self, group, &rows[i], NULL);

  return group;
}

/* What the centre has shown, and what somebody set before. */
static GPtrArray *
collect_reasons (TdAgentsForm *self,
                 TdAgentJudge *judge)
{
  g_autoptr (TdAgentRules) usual = td_agent_rules_new ();
  g_auto (GStrv) seen = judge != NULL ? td_agent_judge_get_reasons (judge) : NULL;
  GPtrArray *reasons = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; seen != NULL && seen[i] != NULL; i++)
    {
      if (td_agent_rules_is_reason (seen[i]))
        g_ptr_array_add (reasons, g_strdup (seen[i]));
    }
  for (guint i = 0; i < self->rules->pauses->len; i++)
    {
      const TdPauseLimit *pause = g_ptr_array_index (self->rules->pauses, i);
      const TdPauseLimit *other = td_agent_rules_find_pause (usual, pause->reason);

      if ((other == NULL || other->limit != pause->limit) &&
          !g_ptr_array_find_with_equal_func (reasons, pause->reason, g_str_equal, NULL))
        g_ptr_array_add (reasons, g_strdup (pause->reason));
    }

  return reasons;
}

static void
add_reasons (TdAgentsForm *self,
             TdAgentJudge *judge)
{
  static const RuleRow pause_row = { TD_AGENT_RULE_PAUSE, UNIT_MINUTES, NULL };
  g_autoptr (GPtrArray) reasons = collect_reasons (self, judge);
  AdwPreferencesGroup *group;

  if (reasons->len == 0)
    return;

  group = add_group (self, _ ("Pauses by their reason"),
                     _ ("The reasons that this centre has shown since it is watched, and those that have a limit already."),
                     NULL, 0);
  for (guint i = 0; i < reasons->len; i++)
    add_row (self, group, &pause_row, g_ptr_array_index (reasons, i));
}

static void
td_agents_form_finalize (GObject *object)
{
  TdAgentsForm *self = TD_AGENTS_FORM (object);

  g_clear_pointer (&self->rules, td_agent_rules_free);

  G_OBJECT_CLASS (td_agents_form_parent_class)->finalize (object);
}

static void
td_agents_form_class_init (TdAgentsFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_agents_form_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_agents_form_init (TdAgentsForm *self)
{
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self), "system-users-symbolic");
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _ ("Agents"));
}

/**
 * td_agents_form_new:
 *
 * Returns: (transfer floating): a form that td_agents_form_set_profile() fills
 */
GtkWidget *
td_agents_form_new (void)
{
  return g_object_new (TD_TYPE_AGENTS_FORM, NULL);
}

/**
 * td_agents_form_set_profile:
 * @self: a form that is not filled yet
 * @profile: what it begins with
 * @judge: (nullable): who knows why agents of the centre pause
 */
void
td_agents_form_set_profile (TdAgentsForm    *self,
                            const TdProfile *profile,
                            TdAgentJudge    *judge)
{
  g_return_if_fail (TD_IS_AGENTS_FORM (self));
  g_return_if_fail (profile != NULL);
  g_return_if_fail (self->rules == NULL);

  self->rules = td_agent_rules_copy (profile->agent_rules);
  add_group (self, _ ("Time limits"),
             _ ("What lasts longer is amber, and twice as long red; a call is never red by its length alone."),
             limit_rows, G_N_ELEMENTS (limit_rows));
  add_reasons (self, judge);
  add_group (self, _ ("Available in name only"),
             _ ("Who says that calls can come is marked when two of these speak against it, never on one alone."),
             phantom_rows, G_N_ELEMENTS (phantom_rows));
  add_group (self, _ ("Load"), _ ("What is more is marked, so that somebody looks."), load_rows, G_N_ELEMENTS (load_rows));
}

/**
 * td_agents_form_read:
 * @self: a form that was filled
 * @profile: what gets the values
 */
void
td_agents_form_read (TdAgentsForm *self,
                     TdProfile    *profile)
{
  g_return_if_fail (TD_IS_AGENTS_FORM (self));
  g_return_if_fail (profile != NULL);

  td_agent_rules_free (profile->agent_rules);
  profile->agent_rules = td_agent_rules_copy (self->rules);
}
