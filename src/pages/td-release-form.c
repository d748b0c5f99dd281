/* td-release-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-release-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "td-format.h"
#include "td-staff-choice.h"

#define MAX_AGENTS 10000

struct _TdReleaseForm
{
  GtkWidget parent_instance;

  TdWatch *watch;   /* (owned) (nullable) */
  GArray  *choices; /* (element-type TdStaffChoice) */
  gint64   first;   /* of the times to choose from */

  GtkWidget *list;
  GtkWidget *who;
  GtkWidget *agents;
  GtkWidget *when;
  GtkWidget *announce;
  GtkWidget *problem;
};

G_DEFINE_FINAL_TYPE (TdReleaseForm, td_release_form, GTK_TYPE_WIDGET)

/**
 * td_release_form_describe:
 * @release: what was announced
 * @zone: of the centre
 *
 * Returns: (transfer full): "17:00 · Đối tác B · 14 agents"
 */
char *
td_release_form_describe (const TdRelease *release,
                          GTimeZone       *zone)
{
  g_autofree char *clock = NULL;
  g_autofree char *who = NULL;
  g_autofree char *count = NULL;

  g_return_val_if_fail (release != NULL, NULL);

  clock = td_format_clock (release->at, zone);
  who = td_staff_choice_name (release->place, release->employer);
  if (!TD_IS_KNOWN (release->agents))
    /* Translators: a time, and who leaves then, all of them. */
    return g_strdup_printf (_ ("%s · %s · all leave"), clock, who);

  count = td_format_count (release->agents);
  /* Translators: a time, whose agents leave then, and how many. */
  return g_strdup_printf (ngettext ("%s · %s · %s agent leaves", "%s · %s · %s agents leave",
                                    (gulong)CLAMP (release->agents, 0, MAX_AGENTS)),
                          clock, who, count);
}

static void
show_problem (TdReleaseForm *self,
              const char    *text)
{
  gtk_label_set_text (GTK_LABEL (self->problem), text != NULL ? text : "");
  gtk_widget_set_visible (self->problem, text != NULL);
}

static void
remove_cb (TdReleaseForm *self,
           GtkWidget     *button)
{
  g_autoptr (GError) error = NULL;
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));

  if (index >= td_releases_get_n (td_watch_get_releases (self->watch)))
    return;
  td_releases_remove (td_watch_get_releases (self->watch), index, &error);
  show_problem (self, error != NULL ? error->message : NULL);
}

static void
add_line (TdReleaseForm *self,
          guint          index)
{
  TdReleases      *releases = td_watch_get_releases (self->watch);
  g_autofree char *text = td_release_form_describe (td_releases_get (releases, index),
                                                    td_centre_get_timezone (td_watch_get_centre (self->watch)));
  g_autofree char *tip = g_strdup_printf (_ ("Take back “%s”"), text);
  GtkWidget       *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget       *label = gtk_label_new (text);
  GtkWidget       *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (self->list), line);
}

static void
show_releases (TdReleaseForm *self)
{
  GtkWidget  *child;
  TdReleases *releases = td_watch_get_releases (self->watch);

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), child);
  for (guint i = 0; i < td_releases_get_n (releases); i++)
    add_line (self, i);
  gtk_widget_set_visible (self->list, td_releases_get_n (releases) > 0);
  show_problem (self, td_releases_get_error (releases));
}

static void
announce_cb (TdReleaseForm *self)
{
  g_autoptr (GError) error = NULL;
  guint                who = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->who));
  gint64               at = td_staff_choice_get_time (GTK_DROP_DOWN (self->when), self->first);
  const char          *text = gtk_editable_get_text (GTK_EDITABLE (self->agents));
  guint64              agents = 0;
  const TdStaffChoice *choice;

  if (*text != '\0' && !g_ascii_string_to_unsigned (text, 10, 1, MAX_AGENTS, &agents, NULL))
    {
      show_problem (self, _ ("How many leave is a number of people, or nothing for all of them."));
      return;
    }
  if (who >= self->choices->len || !TD_IS_KNOWN (at))
    return;

  choice = &g_array_index (self->choices, TdStaffChoice, who);
  td_releases_add (td_watch_get_releases (self->watch),
                   &(TdRelease){
                     .at = at,
                     .employer = choice->employer,
                     .place = choice->place,
                     .agents = agents > 0 ? (gint64)agents : TD_UNKNOWN,
                   },
                   &error);
  show_problem (self, error != NULL ? error->message : NULL);
  if (error == NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->agents), "");
}

static void
show_choices (TdReleaseForm     *self,
              const TdStaffPlan *plan)
{
  GArray *choices = td_staff_choices_new (plan);
  g_autoptr (GtkStringList) names = NULL;

  if (td_staff_choices_equal (self->choices, choices))
    {
      g_array_unref (choices);
      return;
    }

  g_array_unref (self->choices);
  self->choices = choices;
  names = gtk_string_list_new (NULL);
  for (guint i = 0; i < choices->len; i++)
    {
      const TdStaffChoice *choice = &g_array_index (choices, TdStaffChoice, i);

      gtk_string_list_take (names, td_staff_choice_name (choice->place, choice->employer));
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->who), G_LIST_MODEL (names));
}

static void
td_release_form_dispose (GObject *object)
{
  TdReleaseForm *self = TD_RELEASE_FORM (object);
  GtkWidget     *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_release_form_parent_class)->dispose (object);
}

static void
td_release_form_finalize (GObject *object)
{
  TdReleaseForm *self = TD_RELEASE_FORM (object);

  g_array_unref (self->choices);

  G_OBJECT_CLASS (td_release_form_parent_class)->finalize (object);
}

static void
td_release_form_class_init (TdReleaseFormClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_release_form_dispose;
  object_class->finalize = td_release_form_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "releaseform");
}

static GtkWidget *
make_drop_down (const char *name)
{
  GtkWidget *drop_down = gtk_drop_down_new (NULL, NULL);

  gtk_widget_set_tooltip_text (drop_down, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return drop_down;
}

static void
td_release_form_init (TdReleaseForm *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget        *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget        *label = gtk_label_new (_ ("Leave early:"));

  self->choices = td_staff_choices_new (NULL);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);

  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_visible (self->list, FALSE);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));

  self->who = make_drop_down (_ ("Whose agents leave"));
  self->agents = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->agents), C_ ("agents who leave", "all"));
  gtk_entry_set_input_purpose (GTK_ENTRY (self->agents), GTK_INPUT_PURPOSE_DIGITS);
  gtk_entry_set_max_length (GTK_ENTRY (self->agents), 5);
  gtk_widget_set_tooltip_text (self->agents, _ ("How many agents leave"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->agents), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How many agents leave"), -1);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->agents), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->agents), 6);
  g_signal_connect_swapped (self->agents, "activate", G_CALLBACK (announce_cb), self);
  self->when = make_drop_down (_ ("When they leave"));
  self->announce = gtk_button_new_with_label (_ ("Announce"));
  g_signal_connect_swapped (self->announce, "clicked", G_CALLBACK (announce_cb), self);

  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), self->who);
  gtk_box_append (GTK_BOX (line), self->agents);
  gtk_box_append (GTK_BOX (line), self->when);
  gtk_box_append (GTK_BOX (line), self->announce);
  gtk_widget_set_parent (line, GTK_WIDGET (self));

  self->problem = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_widget_set_parent (self->problem, GTK_WIDGET (self));
}

/**
 * td_release_form_new:
 *
 * Returns: (transfer floating): a form without a watch
 */
GtkWidget *
td_release_form_new (void)
{
  return g_object_new (TD_TYPE_RELEASE_FORM, NULL);
}

/**
 * td_release_form_set_watch:
 * @self: a form without a watch yet
 * @watch: of the centre whose agents leave
 */
void
td_release_form_set_watch (TdReleaseForm *self,
                           TdWatch       *watch)
{
  g_return_if_fail (TD_IS_RELEASE_FORM (self));
  g_return_if_fail (TD_IS_WATCH (watch));
  g_return_if_fail (self->watch == NULL);

  self->watch = g_object_ref (watch);
  g_signal_connect_object (td_watch_get_releases (watch), "changed", G_CALLBACK (show_releases), self, G_CONNECT_SWAPPED);
  show_releases (self);
}

/**
 * td_release_form_show_plan:
 * @self: a form with a watch
 * @plan: who is there, and from when on it looks
 *
 * Offers who is there and the times to come, without touching a choice that
 * is still to be had.
 */
void
td_release_form_show_plan (TdReleaseForm     *self,
                           const TdStaffPlan *plan)
{
  g_return_if_fail (TD_IS_RELEASE_FORM (self));
  g_return_if_fail (self->watch != NULL && plan != NULL);

  show_choices (self, plan);
  td_staff_choice_show_times (GTK_DROP_DOWN (self->when), &self->first, plan->now,
                              td_centre_get_timezone (td_watch_get_centre (self->watch)));
}
