/* td-alert-rules-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-rules-group.h"

#include <glib/gi18n.h>

#include "td-alert-rule-editor.h"
#include "td-alert-rules-file.h"
#include "td-alert-words.h"

#define RULE_KEY "td-rule"

struct _TdAlertRulesGroup
{
  AdwPreferencesGroup parent_instance;

  TdProfile *profile;  /* (owned) */
  TdWatch   *watch;    /* (owned) (nullable) */
  GPtrArray *rules;    /* (owned) (element-type TdAlertRule) */
  GPtrArray *rows;     /* (owned) (element-type GtkWidget): of the rules */
  gboolean   is_using; /* the change of the rules is made here */
};

enum {
  SAID,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdAlertRulesGroup, td_alert_rules_group, ADW_TYPE_PREFERENCES_GROUP)

static guint signals[N_SIGNALS];

static void show_rules (TdAlertRulesGroup *self);
static void say_refused (TdAlertRulesGroup *self,
                         const char        *why);

/* Returns: whether @rules are those of the centre now */
static gboolean
use_rules (TdAlertRulesGroup *self,
           GPtrArray         *rules)
{
  g_autofree char *path = td_alert_rules_file_get_path (self->profile->name);
  g_autoptr (GError) error = NULL;

  if (!td_alert_rules_check (rules, &error) || !td_alert_rules_file_save (rules, path, &error))
    {
      g_signal_emit (self, signals[SAID], 0, error->message);
      return FALSE;
    }

  g_ptr_array_unref (self->rules);
  self->rules = td_alert_rules_copy (rules);
  self->is_using = TRUE;
  if (self->watch != NULL)
    td_alert_desk_set_rules (td_watch_get_alerts (self->watch), self->rules);
  else
    say_refused (self, NULL);
  self->is_using = FALSE;

  return TRUE;
}

static const char *
get_rule (gpointer widget)
{
  return g_object_get_data (widget, RULE_KEY);
}

static gboolean
set_back_cb (gpointer own)
{
  gtk_switch_set_active (own, !gtk_switch_get_active (own));

  return G_SOURCE_REMOVE;
}

static void
enabled_cb (GtkSwitch         *own,
            GParamSpec        *pspec,
            TdAlertRulesGroup *self)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_copy (self->rules);
  TdAlertRule *rule = td_alert_rules_find (rules, get_rule (own));

  if (rule == NULL || rule->enabled == gtk_switch_get_active (own))
    return;

  rule->enabled = gtk_switch_get_active (own);
  /* A switch says what is so, and not what could not be kept; it is still being set now. */
  if (!use_rules (self, rules))
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, set_back_cb, g_object_ref (own), g_object_unref);
}

static void
saved_cb (TdAlertRulesGroup *self,
          const TdAlertRule *rule)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_copy (self->rules);
  TdAlertRule *other = td_alert_rules_find (rules, rule->id);
  guint        index;

  if (other == NULL)
    g_ptr_array_add (rules, td_alert_rule_copy (rule));
  else if (g_ptr_array_find (rules, other, &index))
    {
      g_ptr_array_insert (rules, (int)index, td_alert_rule_copy (rule));
      g_ptr_array_remove_index (rules, index + 1);
    }
  if (use_rules (self, rules))
    show_rules (self);
}

static void
deleted_cb (TdAlertRulesGroup *self,
            GObject           *editor)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_copy (self->rules);
  TdAlertRule *rule = td_alert_rules_find (rules, get_rule (editor));

  if (rule != NULL)
    g_ptr_array_remove (rules, rule);
  if (use_rules (self, rules))
    show_rules (self);
}

static void
open_editor (TdAlertRulesGroup *self,
             const TdAlertRule *rule,
             gboolean           is_new)
{
  GtkWindow         *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  TdAlertRuleEditor *editor = td_alert_rule_editor_new (window, rule, is_new, self->profile, self->watch);

  g_object_set_data_full (G_OBJECT (editor), RULE_KEY, g_strdup (rule->id), g_free);
  g_signal_connect_object (editor, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "deleted", G_CALLBACK (deleted_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (editor));
}

static void
edit_cb (TdAlertRulesGroup *self,
         GtkWidget         *button)
{
  const TdAlertRule *rule = td_alert_rules_find (self->rules, get_rule (button));

  if (rule != NULL)
    open_editor (self, rule, FALSE);
}

static void
add_cb (TdAlertRulesGroup *self)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (TdAlertRule) rule = td_alert_rule_new (id, TD_ALERT_WAITING);

  open_editor (self, rule, TRUE);
}

static void
usual_response_cb (TdAlertRulesGroup *self,
                   const char        *response)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_new_default ();

  if (g_str_equal (response, "usual") && use_rules (self, rules))
    show_rules (self);
}

static void
usual_cb (TdAlertRulesGroup *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                              _ ("Back to the Rules of the First Start?"),
                                              _ ("Rules that were added or changed are gone then."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "usual", _ ("_Go Back"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "usual", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (usual_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GtkWidget *
create_row (TdAlertRulesGroup *self,
            const TdAlertRule *rule)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *own = gtk_switch_new ();
  GtkWidget       *edit = gtk_button_new_from_icon_name ("go-next-symbolic");
  g_autofree char *title = td_alert_words_get_title (rule);
  g_autofree char *when = td_alert_words_describe_rule (rule);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s", td_alert_level_get_title (rule->level),
                                               rule->target != NULL ? rule->target : td_alert_scope_get_title (rule->scope),
                                               when);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  g_object_set_data_full (G_OBJECT (own), RULE_KEY, g_strdup (rule->id), g_free);
  gtk_widget_set_valign (edit, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (edit, "flat");
  g_object_set_data_full (G_OBJECT (edit), RULE_KEY, g_strdup (rule->id), g_free);
  g_signal_connect_object (edit, "clicked", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_valign (own, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (own), rule->enabled);
  gtk_accessible_update_property (GTK_ACCESSIBLE (own), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (own, "notify::active", G_CALLBACK (enabled_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), own);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), edit);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), edit);

  return row;
}

static void
show_rules (TdAlertRulesGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < self->rules->len; i++)
    {
      GtkWidget *row = create_row (self, g_ptr_array_index (self->rules, i));

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
    }
}

static void
td_alert_rules_group_dispose (GObject *object)
{
  g_clear_object (&TD_ALERT_RULES_GROUP (object)->watch);

  G_OBJECT_CLASS (td_alert_rules_group_parent_class)->dispose (object);
}

static void
td_alert_rules_group_finalize (GObject *object)
{
  TdAlertRulesGroup *self = TD_ALERT_RULES_GROUP (object);

  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->profile, td_profile_free);

  G_OBJECT_CLASS (td_alert_rules_group_parent_class)->finalize (object);
}

static void
td_alert_rules_group_class_init (TdAlertRulesGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_alert_rules_group_dispose;
  object_class->finalize = td_alert_rules_group_finalize;

  signals[SAID] = g_signal_new ("said",
                                G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
td_alert_rules_group_init (TdAlertRulesGroup *self)
{
  self->rows = g_ptr_array_new ();
}

static void
add_buttons (TdAlertRulesGroup *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *usual = gtk_button_new_with_label (_ ("As at First"));
  GtkWidget *add = gtk_button_new_with_label (_ ("Add a Rule…"));

  gtk_widget_set_tooltip_text (usual, _ ("Back to the rules of the first start"));
  gtk_widget_add_css_class (usual, "flat");
  gtk_widget_add_css_class (add, "flat");
  g_signal_connect_object (usual, "clicked", G_CALLBACK (usual_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), usual);
  gtk_box_append (GTK_BOX (box), add);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), box);
}

/* What is saved here takes the place of a file that cannot be used. */
static void
say_refused (TdAlertRulesGroup *self,
             const char        *why)
{
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  if (why != NULL)
    /* Translators: what is wrong in a file of rules, with its path. */
    text = g_strdup_printf (_ ("The file of rules cannot be used. These are the rules in force; a change here takes its place.\n%s"), why);
  markup = text != NULL ? g_markup_escape_text (text, -1) : NULL;
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), markup);
}

static void
rules_changed_cb (TdAlertRulesGroup *self)
{
  TdAlertDesk     *desk = td_watch_get_alerts (self->watch);
  g_autofree char *before = td_alert_rules_file_to_text (self->rules);
  g_autofree char *now = td_alert_rules_file_to_text (td_alert_desk_get_rules (desk));

  say_refused (self, td_alert_desk_get_refused (desk));
  /* What is under the hand is not made anew. */
  if (self->is_using || g_str_equal (before, now))
    return;

  g_ptr_array_unref (self->rules);
  self->rules = td_alert_rules_copy (td_alert_desk_get_rules (desk));
  show_rules (self);
}

/**
 * td_alert_rules_group_new:
 * @profile: whose rules they are; copied
 * @watch: (nullable): of the centre, which follows them
 *
 * Returns: (transfer floating): a group
 */
GtkWidget *
td_alert_rules_group_new (const TdProfile *profile,
                          TdWatch         *watch)
{
  TdAlertRulesGroup *self;
  g_autofree char   *path = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (watch == NULL || TD_IS_WATCH (watch), NULL);

  self = g_object_new (TD_TYPE_ALERT_RULES_GROUP, "title", _ ("Rules"), NULL);
  self->profile = td_profile_copy (profile);
  g_set_object (&self->watch, watch);
  path = td_alert_rules_file_get_path (profile->name);
  if (watch != NULL)
    self->rules = td_alert_rules_copy (td_alert_desk_get_rules (td_watch_get_alerts (watch)));
  else
    self->rules = td_alert_rules_file_load (path, &error);
  /* A file that cannot be read is not in force either. */
  if (self->rules == NULL)
    self->rules = td_alert_rules_new_default ();
  add_buttons (self);
  show_rules (self);
  if (watch != NULL)
    g_signal_connect_object (td_watch_get_alerts (watch), "rules-changed", G_CALLBACK (rules_changed_cb), self, G_CONNECT_SWAPPED);
  say_refused (self, watch != NULL ? td_alert_desk_get_refused (td_watch_get_alerts (watch)) : error != NULL ? error->message
                                                                                                             : NULL);

  return GTK_WIDGET (self);
}
