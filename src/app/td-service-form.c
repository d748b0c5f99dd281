/* td-service-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-service-form.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-row-note.h"
#include "td-time-row.h"

#define DAY_MINUTES (24 * 60)
#define DEFAULT_TARGET 0.8
#define DEFAULT_SECONDS 20
#define DEFAULT_SHORT_SECONDS 5

struct _TdServiceForm
{
  AdwPreferencesPage parent_instance;

  gboolean filling; /* by the program, not by a person */

  AdwComboRow   *formula_row;
  AdwActionRow  *formula_text;
  GtkAdjustment *target;
  GtkSwitch     *target_switch;
  GtkWidget     *seconds_row;
  GtkAdjustment *seconds;
  GtkSwitch     *seconds_switch;
  GtkWidget     *short_row;
  GtkAdjustment *short_adjustment;
  GtkSwitch     *short_switch;
  GtkWidget     *opens_row;
  GtkWidget     *closes_row;
  GtkWidget     *zone_row;
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdServiceForm, td_service_form, ADW_TYPE_PREFERENCES_PAGE)

static guint signals[N_SIGNALS];

static const char *const formula_names[TD_N_SERVICE_LEVEL_FORMULAS] = {
  [TD_SERVICE_LEVEL_LIVE] = NC_ ("formula", "With who still waits"),
  [TD_SERVICE_LEVEL_OF_ANSWERED] = NC_ ("formula", "Of the answered"),
  [TD_SERVICE_LEVEL_OF_HANDLED] = NC_ ("formula", "Of answered and abandoned"),
  [TD_SERVICE_LEVEL_IN_TIME] = NC_ ("formula", "Abandoned in time is good"),
  [TD_SERVICE_LEVEL_LESS_EARLY] = NC_ ("formula", "Without early abandons"),
  [TD_SERVICE_LEVEL_OF_OFFERED] = NC_ ("formula", "Of the offered"),
};

static void
changed_cb (TdServiceForm *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
formula_cb (TdServiceForm *self)
{
  guint selected = adw_combo_row_get_selected (self->formula_row);

  if (selected >= TD_N_SERVICE_LEVEL_FORMULAS)
    return;

  adw_action_row_set_subtitle (self->formula_text, td_format_service_level_formula (selected));
  changed_cb (self);
}

static void
td_service_form_class_init (TdServiceFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/td-service-form.ui");
  gtk_widget_class_bind_template_child (widget_class, TdServiceForm, formula_row);
  gtk_widget_class_bind_template_child (widget_class, TdServiceForm, formula_text);
  gtk_widget_class_bind_template_child (widget_class, TdServiceForm, target);
  gtk_widget_class_bind_template_child (widget_class, TdServiceForm, target_switch);
  gtk_widget_class_bind_template_child (widget_class, TdServiceForm, seconds_row);
  gtk_widget_class_bind_template_child (widget_class, TdServiceForm, seconds);
  gtk_widget_class_bind_template_child (widget_class, TdServiceForm, seconds_switch);
  gtk_widget_class_bind_template_child (widget_class, TdServiceForm, short_row);
  gtk_widget_class_bind_template_child_full (widget_class, "short", FALSE, G_STRUCT_OFFSET (TdServiceForm, short_adjustment));
  gtk_widget_class_bind_template_child (widget_class, TdServiceForm, short_switch);
  gtk_widget_class_bind_template_child (widget_class, TdServiceForm, opens_row);
  gtk_widget_class_bind_template_child (widget_class, TdServiceForm, closes_row);
  gtk_widget_class_bind_template_child (widget_class, TdServiceForm, zone_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, formula_cb);
}

static void
td_service_form_init (TdServiceForm *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < TD_N_SERVICE_LEVEL_FORMULAS; i++)
    gtk_string_list_append (names, g_dpgettext2 (NULL, "formula", formula_names[i]));
  adw_combo_row_set_model (self->formula_row, G_LIST_MODEL (names));
  self->filling = FALSE;
}

/**
 * td_service_form_new:
 * @instant: what is entered takes effect at once, row by row
 *
 * Returns: (transfer floating): a form that td_service_form_set_profile() fills
 */
GtkWidget *
td_service_form_new (gboolean instant)
{
  TdServiceForm *self = g_object_new (TD_TYPE_SERVICE_FORM, NULL);

  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->opens_row), instant);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->closes_row), instant);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->zone_row), instant);

  return GTK_WIDGET (self);
}

static void
set_own (GtkSwitch     *own,
         GtkAdjustment *adjustment,
         gboolean       known,
         double         value,
         double         otherwise)
{
  gtk_switch_set_active (own, known);
  gtk_adjustment_set_value (adjustment, known ? value : otherwise);
}

/**
 * td_service_form_set_profile:
 * @self: a form
 * @profile: what it begins with; what its source counts by itself is not asked for
 */
void
td_service_form_set_profile (TdServiceForm   *self,
                             const TdProfile *profile)
{
  gboolean is_asterisk;

  g_return_if_fail (TD_IS_SERVICE_FORM (self));
  g_return_if_fail (profile != NULL);

  is_asterisk = profile->kind == TD_PROFILE_ASTERISK;
  self->filling = TRUE;
  gtk_widget_set_visible (self->seconds_row, is_asterisk);
  gtk_widget_set_visible (self->short_row, is_asterisk);
  set_own (self->target_switch, self->target, !isnan (profile->service_level_target),
           round (profile->service_level_target * 100), DEFAULT_TARGET * 100);
  set_own (self->seconds_switch, self->seconds, TD_IS_KNOWN (profile->service_level_ms),
           profile->service_level_ms / 1000, DEFAULT_SECONDS);
  set_own (self->short_switch, self->short_adjustment, TD_IS_KNOWN (profile->short_abandon_ms),
           profile->short_abandon_ms / 1000, DEFAULT_SHORT_SECONDS);
  adw_combo_row_set_selected (self->formula_row, profile->formula);
  adw_action_row_set_subtitle (self->formula_text, td_format_service_level_formula (profile->formula));
  td_time_row_set (self->opens_row, profile->opens);
  td_time_row_set (self->closes_row, profile->closes);
  gtk_editable_set_text (GTK_EDITABLE (self->zone_row), profile->timezone != NULL ? profile->timezone : "");
  self->filling = FALSE;
}

/**
 * td_service_form_read:
 * @self: a form
 * @profile: what gets the values that can be used
 *
 * Says at its row what cannot be used.
 *
 * Returns: whether all of it can be used
 */
gboolean
td_service_form_read (TdServiceForm *self,
                      TdProfile     *profile)
{
  g_autofree char *zone = NULL;
  const char      *trouble = _ ("Not a time of day such as 08:00, or not after the opening.");
  gboolean         valid = TRUE;

  g_return_val_if_fail (TD_IS_SERVICE_FORM (self), FALSE);
  g_return_val_if_fail (profile != NULL, FALSE);

  profile->service_level_target = gtk_switch_get_active (self->target_switch)
                                    ? gtk_adjustment_get_value (self->target) / 100
                                    : NAN;
  profile->service_level_ms = gtk_switch_get_active (self->seconds_switch)
                                ? (gint64)gtk_adjustment_get_value (self->seconds) * 1000
                                : TD_UNKNOWN;
  profile->short_abandon_ms = gtk_switch_get_active (self->short_switch)
                                ? (gint64)gtk_adjustment_get_value (self->short_adjustment) * 1000
                                : TD_UNKNOWN;
  profile->formula = adw_combo_row_get_selected (self->formula_row);

  valid &= td_time_row_read (self->opens_row, 0, DAY_MINUTES - 1, trouble, &profile->opens);
  valid &= td_time_row_read (self->closes_row, profile->opens + 1, DAY_MINUTES, trouble, &profile->closes);

  zone = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->zone_row))));
  if (*zone == '\0')
    g_clear_pointer (&zone, g_free);
  if (zone != NULL)
    {
      g_autoptr (GTimeZone) known = g_time_zone_new_identifier (zone);

      if (known == NULL)
        {
          td_row_note_set (self->zone_row, _ ("No time zone of that name; one is called Asia/Ho_Chi_Minh."));
          return FALSE;
        }
    }
  td_row_note_set (self->zone_row, NULL);
  g_free (profile->timezone);
  profile->timezone = g_steal_pointer (&zone);

  return valid;
}
