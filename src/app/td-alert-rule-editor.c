/* td-alert-rule-editor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-rule-editor.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-alert-preview.h"
#include "td-format.h"
#include "td-time-row.h"

#define DAY_MINUTES (24 * 60)

/* While somebody types, nothing is read for each digit. */
#define PREVIEW_DELAY_MS 300

typedef enum {
  HOURS_OPEN,
  HOURS_ALWAYS,
  HOURS_OWN,
} Hours;

struct _TdAlertRuleEditor
{
  AdwWindow parent_instance;

  TdAlertRule  *rule; /* (owned): as it is entered */
  guint         opens;
  guint         closes;
  TdWatch      *watch;   /* (owned) (nullable) */
  GPtrArray    *targets; /* (owned) (element-type utf8) (nullable elements): by the rows of @target_row */
  GArray       *scopes;  /* (owned) (element-type TdAlertScope): likewise of @scope_row */
  GCancellable *cancellable;
  guint         timer; /* until the preview is made */
  gboolean      filling;

  GtkWidget *save_button;
  GtkWidget *name_row;
  GtkWidget *kind_row;
  GtkWidget *scope_row;
  GtkWidget *target_row;
  GtkWidget *level_row;
  GtkWidget *raise_row;
  GtkWidget *raise;
  GtkWidget *clear_row;
  GtkWidget *clear;
  GtkWidget *for_s;
  GtkWidget *clear_s;
  GtkWidget *escalate;
  GtkWidget *hours_row;
  GtkWidget *from_row;
  GtkWidget *to_row;
  GtkWidget *preview_row;
};

enum {
  SAVED,
  DELETED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdAlertRuleEditor, td_alert_rule_editor, ADW_TYPE_WINDOW)

static guint signals[N_SIGNALS];

/* --- the preview ------------------------------------------------------------ */

static void
show_preview (TdAlertRuleEditor *self,
              const char        *text)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->preview_row), text);
}

static char *
describe (TdAlertRuleEditor    *self,
          const TdAlertPreview *preview)
{
  GTimeZone       *zone = td_centre_get_timezone (td_watch_get_centre (self->watch));
  g_autofree char *last = NULL;

  if (preview->n_raised == 0)
    return g_strdup (_ ("It would not have fired today."));

  last = td_format_clock (preview->last, zone);
  /* Translators: the second is a time of day. */
  return g_strdup_printf (ngettext ("It would have fired %u time today, at %s.", "It would have fired %u times today, last at %s.",
                                    preview->n_raised),
                          preview->n_raised, last);
}

static void
previewed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TdAlertRuleEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  TdAlertPreview   preview;

  if (!td_alert_preview_finish (result, &preview, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_preview (self, error->message);
      return;
    }

  text = describe (self, &preview);
  show_preview (self, text);
}

static void
stop_preview (TdAlertRuleEditor *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
preview_cb (gpointer user_data)
{
  TdAlertRuleEditor *self = user_data;

  self->timer = 0;
  self->cancellable = g_cancellable_new ();
  td_alert_preview_async (self->watch, self->rule, self->opens, self->closes, self->cancellable, previewed_cb,
                          g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
update_preview (TdAlertRuleEditor *self)
{
  stop_preview (self);
  if (self->watch == NULL || td_watch_get_history (self->watch) == NULL || !td_alert_preview_can_tell (self->rule))
    {
      show_preview (self, _ ("What is recorded does not tell how often it would have fired today."));
      return;
    }

  show_preview (self, _ ("Looking at today…"));
  self->timer = g_timeout_add (PREVIEW_DELAY_MS, preview_cb, self);
}

/* --- what is entered -------------------------------------------------------- */

/* Values of a fraction are entered in percent. */
static double
get_factor (TdAlertKind kind)
{
  return td_alert_kind_get_info (kind)->unit == TD_ALERT_UNIT_FRACTION ? 100 : 1;
}

static guint
get_selected (GtkWidget *row)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (row));
}

static guint
get_number (GtkWidget *spin)
{
  return (guint)gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (spin));
}

static gboolean
read_hours (TdAlertRuleEditor *self)
{
  guint       hours = get_selected (self->hours_row);
  const char *trouble = _ ("Not a time of day such as 22:00.");
  gboolean    valid = TRUE;

  if (hours == HOURS_OWN)
    {
      valid = td_time_row_read (self->from_row, 0, DAY_MINUTES - 1, trouble, &self->rule->from);
      valid &= td_time_row_read (self->to_row, 0, DAY_MINUTES, trouble, &self->rule->to);
      return valid;
    }

  self->rule->from = 0;
  self->rule->to = hours == HOURS_ALWAYS ? DAY_MINUTES : 0;

  return TRUE;
}

static void
entered_cb (TdAlertRuleEditor *self)
{
  TdAlertRule     *rule = self->rule;
  g_autofree char *name = NULL;
  const char      *target;
  double           factor;
  gboolean         valid;
  g_autoptr (GError) error = NULL;

  if (self->filling)
    return;

  name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  g_free (rule->name);
  rule->name = *name != '\0' ? g_steal_pointer (&name) : NULL;
  target = g_ptr_array_index (self->targets, MIN (get_selected (self->target_row), self->targets->len - 1));
  g_free (rule->target);
  rule->target = g_strdup (target);
  rule->level = (TdAlertLevel)MIN (get_selected (self->level_row), TD_ALERT_ALARM);
  if (td_alert_kind_get_info (rule->kind)->unit != TD_ALERT_UNIT_FLAG)
    {
      factor = get_factor (rule->kind);
      rule->raise = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->raise)) / factor;
      rule->clear = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->clear)) / factor;
    }
  rule->for_s = get_number (self->for_s);
  rule->clear_s = get_number (self->clear_s);
  rule->escalate_s = get_number (self->escalate) * 60;
  gtk_widget_set_visible (self->from_row, get_selected (self->hours_row) == HOURS_OWN);
  gtk_widget_set_visible (self->to_row, get_selected (self->hours_row) == HOURS_OWN);

  valid = read_hours (self) && td_alert_rule_check (rule, &error);
  gtk_widget_set_sensitive (self->save_button, valid);
  if (valid)
    update_preview (self);
  else
    {
      stop_preview (self);
      show_preview (self, error != NULL ? error->message : _ ("The hours cannot be used."));
    }
}

/* --- what can be chosen ----------------------------------------------------- */

static void
add_target (TdAlertRuleEditor *self,
            GtkStringList     *titles,
            const char        *id,
            const char        *title)
{
  if (g_ptr_array_find_with_equal_func (self->targets, id, (GEqualFunc)g_str_equal, NULL))
    return;

  g_ptr_array_add (self->targets, g_strdup (id));
  gtk_string_list_append (titles, title);
}

static void
add_targets (TdAlertRuleEditor *self,
             GtkStringList     *titles)
{
  TdRoster *queues = self->watch != NULL ? td_centre_get_queues (td_watch_get_centre (self->watch)) : NULL;

  for (guint i = 0; queues != NULL && i < td_roster_get_size (queues); i++)
    {
      const TdQueueInfo *info = td_queue_get_info (td_roster_get (queues, i));

      if (self->rule->scope == TD_ALERT_SCOPE_QUEUE)
        add_target (self, titles, info->id, info->name != NULL ? info->name : info->id);
      else if (self->rule->scope == TD_ALERT_SCOPE_HOTLINE && info->hotline != NULL)
        add_target (self, titles, info->hotline, info->hotline);
    }
  for (guint i = 1; self->rule->scope == TD_ALERT_SCOPE_ZONE && i < TD_N_PLACES; i++)
    add_target (self, titles, td_place_to_string ((TdPlace)i), td_format_place ((TdPlace)i));
}

/* Of the scope; the first stands for each of them. */
static void
fill_targets (TdAlertRuleEditor *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint selected = 0;

  /* The first is no string that could be compared. */
  g_ptr_array_set_size (self->targets, 0);
  add_targets (self, titles);
  if (self->rule->target != NULL)
    {
      add_target (self, titles, self->rule->target, self->rule->target);
      g_ptr_array_find_with_equal_func (self->targets, self->rule->target, (GEqualFunc)g_str_equal, &selected);
      selected++;
    }
  g_ptr_array_insert (self->targets, 0, NULL);
  gtk_string_list_splice (titles, 0, 0, (const char *const[]){ _ ("Each of them"), NULL });
  adw_combo_row_set_model (ADW_COMBO_ROW (self->target_row), G_LIST_MODEL (titles));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->target_row), selected);
  gtk_widget_set_visible (self->target_row, self->targets->len > 1);
}

static void
fill_scopes (TdAlertRuleEditor *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint selected = 0;

  g_array_set_size (self->scopes, 0);
  for (guint i = 0; i < TD_N_ALERT_SCOPES; i++)
    {
      if ((td_alert_kind_get_info (self->rule->kind)->scopes & 1u << i) == 0)
        continue;
      if (self->rule->scope == i)
        selected = self->scopes->len;
      g_array_append_val (self->scopes, i);
      gtk_string_list_append (titles, td_alert_scope_get_title ((TdAlertScope)i));
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->scope_row), G_LIST_MODEL (titles));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->scope_row), selected);
}

static const char *
get_unit (const TdAlertKindInfo *info)
{
  switch (info->unit)
    {
    case TD_ALERT_UNIT_SECONDS:
      return _ ("Seconds");

    case TD_ALERT_UNIT_FRACTION:
      return _ ("Percent");

    case TD_ALERT_UNIT_COUNT:
    case TD_ALERT_UNIT_FLAG:
    default:
      return _ ("Number");
    }
}

static void
fill_thresholds (TdAlertRuleEditor *self)
{
  const TdAlertKindInfo *info = td_alert_kind_get_info (self->rule->kind);
  double                 factor = get_factor (self->rule->kind);
  gboolean               is_flag = info->unit == TD_ALERT_UNIT_FLAG;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->raise_row), info->below ? _ ("Fires at this or less") : _ ("Fires at this or more"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->clear_row), info->below ? _ ("Over at this or more") : _ ("Over at this or less"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->raise_row), get_unit (info));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->clear_row), get_unit (info));
  gtk_spin_button_set_range (GTK_SPIN_BUTTON (self->raise), info->least * factor, info->most * factor);
  gtk_spin_button_set_range (GTK_SPIN_BUTTON (self->clear), (info->below ? info->least : 0) * factor, info->most * factor);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->raise), self->rule->raise * factor);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->clear), self->rule->clear * factor);
  gtk_widget_set_visible (self->raise_row, !is_flag);
  gtk_widget_set_visible (self->clear_row, !is_flag);
}

static void
fill (TdAlertRuleEditor *self)
{
  const TdAlertRule *rule = self->rule;
  Hours              hours = rule->from == 0 && rule->to == 0             ? HOURS_OPEN
                             : rule->from == 0 && rule->to == DAY_MINUTES ? HOURS_ALWAYS
                                                                          : HOURS_OWN;

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), rule->name != NULL ? rule->name : "");
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->kind_row), rule->kind);
  fill_scopes (self);
  fill_targets (self);
  fill_thresholds (self);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->level_row), rule->level);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->for_s), rule->for_s);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->clear_s), rule->clear_s);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->escalate), ceil (rule->escalate_s / 60.0));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->hours_row), hours);
  if (hours == HOURS_OWN)
    {
      td_time_row_set (self->from_row, rule->from);
      td_time_row_set (self->to_row, rule->to);
    }
  self->filling = FALSE;
  entered_cb (self);
}

/* Another kind begins with what is usual for it. */
static void
kind_cb (TdAlertRuleEditor *self)
{
  guint        kind = get_selected (self->kind_row);
  TdAlertRule *rule;

  if (self->filling || kind >= TD_N_ALERT_KINDS || kind == self->rule->kind)
    return;

  rule = td_alert_rule_new (self->rule->id, (TdAlertKind)kind);
  rule->name = g_strdup (self->rule->name);
  td_alert_rule_free (self->rule);
  self->rule = rule;
  fill (self);
}

static void
scope_cb (TdAlertRuleEditor *self)
{
  guint selected = get_selected (self->scope_row);

  if (self->filling || selected >= self->scopes->len)
    return;

  self->rule->scope = g_array_index (self->scopes, TdAlertScope, selected);
  g_clear_pointer (&self->rule->target, g_free);
  self->filling = TRUE;
  fill_targets (self);
  self->filling = FALSE;
  entered_cb (self);
}

static void
save_cb (TdAlertRuleEditor *self)
{
  g_signal_emit (self, signals[SAVED], 0, self->rule);
  gtk_window_close (GTK_WINDOW (self));
}

static void
delete_cb (TdAlertRuleEditor *self)
{
  g_signal_emit (self, signals[DELETED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

/* --- the window ------------------------------------------------------------- */

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_page_add (page, group);

  return group;
}

static GtkWidget *
add_combo (TdAlertRuleEditor   *self,
           AdwPreferencesGroup *group,
           const char          *title,
           GListModel          *model,
           GCallback            callback)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GListModel) titles = model;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), titles);
  g_signal_connect_object (row, "notify::selected", callback, self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);

  return row;
}

static GtkWidget *
add_spin (TdAlertRuleEditor   *self,
          AdwPreferencesGroup *group,
          const char          *title,
          const char          *subtitle,
          double               most,
          GtkWidget          **row)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, most, 1);

  *row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (*row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (*row), subtitle);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (entered_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (*row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (*row), spin);
  adw_preferences_group_add (group, *row);

  return spin;
}

static GtkWidget *
add_entry (TdAlertRuleEditor   *self,
           AdwPreferencesGroup *group,
           const char          *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_object (row, "changed", G_CALLBACK (entered_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);

  return row;
}

static void
add_what (TdAlertRuleEditor  *self,
          AdwPreferencesPage *page)
{
  AdwPreferencesGroup *group = add_group (page);
  GtkStringList       *kinds = gtk_string_list_new (NULL);
  GtkStringList       *levels = gtk_string_list_new (NULL);

  for (guint i = 0; i < TD_N_ALERT_KINDS; i++)
    gtk_string_list_append (kinds, td_alert_kind_get_title ((TdAlertKind)i));
  for (guint i = 0; i < TD_N_ALERT_LEVELS; i++)
    gtk_string_list_append (levels, td_alert_level_get_title ((TdAlertLevel)i));

  self->name_row = add_entry (self, group, _ ("Name; empty for that of what is compared"));
  self->kind_row = add_combo (self, group, _ ("What is compared"), G_LIST_MODEL (kinds), G_CALLBACK (kind_cb));
  self->scope_row = add_combo (self, group, _ ("Of what"), NULL, G_CALLBACK (scope_cb));
  self->target_row = add_combo (self, group, _ ("Of which"), NULL, G_CALLBACK (entered_cb));
  self->level_row = add_combo (self, group, _ ("Level"), G_LIST_MODEL (levels), G_CALLBACK (entered_cb));
}

static void
add_when (TdAlertRuleEditor  *self,
          AdwPreferencesPage *page)
{
  AdwPreferencesGroup *group = add_group (page);
  const char *const    hours[] = { _ ("While the centre is open"), _ ("Round the clock"), _ ("From and to a time"), NULL };
  GtkWidget           *row;

  self->raise = add_spin (self, group, "", NULL, 0, &self->raise_row);
  self->for_s = add_spin (self, group, _ ("For so long"), _ ("Seconds; 0 for at once"), TD_ALERT_MAX_DURATION_S, &row);
  self->clear = add_spin (self, group, "", NULL, 0, &self->clear_row);
  self->clear_s = add_spin (self, group, _ ("Over for so long"), _ ("Seconds; 0 for at once"), TD_ALERT_MAX_DURATION_S, &row);
  self->escalate = add_spin (self, group, _ ("Louder when nobody takes it"), _ ("After minutes; 0 for never"),
                             TD_ALERT_MAX_DURATION_S / 60, &row);
  self->hours_row = add_combo (self, group, _ ("Hours"), G_LIST_MODEL (gtk_string_list_new (hours)), G_CALLBACK (entered_cb));
  self->from_row = add_entry (self, group, _ ("From"));
  self->to_row = add_entry (self, group, _ ("To; earlier for a night"));
}

static void
add_preview (TdAlertRuleEditor  *self,
             AdwPreferencesPage *page,
             gboolean            is_new)
{
  AdwPreferencesGroup *group = add_group (page);
  GtkWidget           *button;

  self->preview_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->preview_row), _ ("On today’s data"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->preview_row), 0);
  adw_preferences_group_add (group, self->preview_row);
  if (is_new)
    return;

  button = gtk_button_new_with_mnemonic (_ ("_Delete the Rule"));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (button, 24);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "destructive-action");
  g_signal_connect_object (button, "clicked", G_CALLBACK (delete_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, button);
}

static GtkWidget *
create_bar (TdAlertRuleEditor *self)
{
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  self->save_button = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  g_signal_connect_object (self->save_button, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->save_button);

  return bar;
}

static void
td_alert_rule_editor_dispose (GObject *object)
{
  TdAlertRuleEditor *self = TD_ALERT_RULE_EDITOR (object);

  stop_preview (self);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_alert_rule_editor_parent_class)->dispose (object);
}

static void
td_alert_rule_editor_finalize (GObject *object)
{
  TdAlertRuleEditor *self = TD_ALERT_RULE_EDITOR (object);

  g_clear_pointer (&self->rule, td_alert_rule_free);
  g_ptr_array_unref (self->targets);
  g_array_unref (self->scopes);

  G_OBJECT_CLASS (td_alert_rule_editor_parent_class)->finalize (object);
}

static void
td_alert_rule_editor_class_init (TdAlertRuleEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_alert_rule_editor_dispose;
  object_class->finalize = td_alert_rule_editor_finalize;

  signals[SAVED] = g_signal_new ("saved",
                                 G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[DELETED] = g_signal_new ("deleted",
                                   G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
td_alert_rule_editor_init (TdAlertRuleEditor *self)
{
  self->targets = g_ptr_array_new_with_free_func (g_free);
  self->scopes = g_array_new (FALSE, FALSE, sizeof (TdAlertScope));
}

/**
 * td_alert_rule_editor_new:
 * @parent: the window it belongs to
 * @rule: what it begins with; copied
 * @is_new: @rule is not among the rules yet
 * @profile: of the centre
 * @watch: (nullable): of the centre
 *
 * Returns: (transfer none): a window, not shown yet
 */
TdAlertRuleEditor *
td_alert_rule_editor_new (GtkWindow         *parent,
                          const TdAlertRule *rule,
                          gboolean           is_new,
                          const TdProfile   *profile,
                          TdWatch           *watch)
{
  TdAlertRuleEditor *self;
  GtkWidget         *box;
  GtkWidget         *page;

  g_return_val_if_fail (rule != NULL && profile != NULL, NULL);

  self = g_object_new (TD_TYPE_ALERT_RULE_EDITOR,
                       "transient-for", parent,
                       "modal", TRUE,
                       "destroy-with-parent", TRUE,
                       "default-width", 560,
                       "default-height", 640,
                       "title", is_new ? _ ("New Rule") : _ ("Rule"),
                       NULL);
  self->rule = td_alert_rule_copy (rule);
  self->opens = profile->opens;
  self->closes = profile->closes;
  g_set_object (&self->watch, watch);

  page = adw_preferences_page_new ();
  gtk_widget_set_vexpand (page, TRUE);
  self->filling = TRUE;
  add_what (self, ADW_PREFERENCES_PAGE (page));
  add_when (self, ADW_PREFERENCES_PAGE (page));
  add_preview (self, ADW_PREFERENCES_PAGE (page), is_new);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), create_bar (self));
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (self), box);
  fill (self);

  return self;
}
