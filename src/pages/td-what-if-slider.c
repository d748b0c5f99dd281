/* td-what-if-slider.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-what-if-slider.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"

/* The slider goes to so many times what is, and never below so many steps. */
#define REACH 2.0
#define LEAST_STEPS 20

struct _TdWhatIfSlider
{
  GtkWidget parent_instance;

  GtkAdjustment *adjustment; /* (owned) */
  double         base;       /* NAN before it is known */
  gboolean       moved;
  gboolean       setting;

  GtkWidget *title;
  GtkWidget *spin;
  GtkWidget *scale;
  GtkWidget *now;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdWhatIfSlider, td_what_if_slider, GTK_TYPE_WIDGET)

static void
value_changed_cb (TdWhatIfSlider *self)
{
  if (self->setting)
    return;

  self->moved = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_value (TdWhatIfSlider *self,
           double          value)
{
  self->setting = TRUE;
  gtk_adjustment_set_value (self->adjustment, value);
  self->setting = FALSE;
}

static void
td_what_if_slider_dispose (GObject *object)
{
  TdWhatIfSlider *self = TD_WHAT_IF_SLIDER (object);
  GtkWidget      *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->adjustment);

  G_OBJECT_CLASS (td_what_if_slider_parent_class)->dispose (object);
}

static void
td_what_if_slider_class_init (TdWhatIfSliderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_what_if_slider_dispose;

  signals[CHANGED] = g_signal_new ("changed", TD_TYPE_WHAT_IF_SLIDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "whatifslider");
}

static void
td_what_if_slider_init (TdWhatIfSlider *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget        *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->base = NAN;
  self->adjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, LEAST_STEPS, 1, 5, 0));
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_set_hexpand (self->title, TRUE);
  self->now = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->now, "td-caption");
  gtk_widget_add_css_class (self->now, "td-number");
  self->spin = gtk_spin_button_new (self->adjustment, 1, 0);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (self->spin), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), 5);
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_box_append (GTK_BOX (head), self->now);
  gtk_box_append (GTK_BOX (head), self->spin);
  gtk_widget_set_parent (head, GTK_WIDGET (self));

  self->scale = gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, self->adjustment);
  gtk_scale_set_draw_value (GTK_SCALE (self->scale), FALSE);
  gtk_widget_set_parent (self->scale, GTK_WIDGET (self));
}

/**
 * td_what_if_slider_new:
 * @title: what it is, with its unit
 * @lower: the least that it may be
 * @step: of a key
 *
 * Returns: (transfer floating): a slider that waits for what is
 */
GtkWidget *
td_what_if_slider_new (const char *title,
                       double      lower,
                       double      step)
{
  TdWhatIfSlider *self = g_object_new (TD_TYPE_WHAT_IF_SLIDER, "sensitive", FALSE, NULL);

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spin), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  self->setting = TRUE;
  gtk_adjustment_set_lower (self->adjustment, lower);
  gtk_adjustment_set_step_increment (self->adjustment, step);
  gtk_adjustment_set_page_increment (self->adjustment, step * 5);
  self->setting = FALSE;

  return GTK_WIDGET (self);
}

double
td_what_if_slider_get_value (TdWhatIfSlider *self)
{
  g_return_val_if_fail (TD_IS_WHAT_IF_SLIDER (self), NAN);

  return gtk_adjustment_get_value (self->adjustment);
}

gboolean
td_what_if_slider_is_moved (TdWhatIfSlider *self)
{
  g_return_val_if_fail (TD_IS_WHAT_IF_SLIDER (self), FALSE);

  return self->moved;
}

/**
 * td_what_if_slider_set_base:
 * @self: a slider
 * @base: what is, in the slider's unit; rounded to a whole number
 *
 * Marks it, and goes there unless somebody moved the slider.
 */
void
td_what_if_slider_set_base (TdWhatIfSlider *self,
                            double          base)
{
  double           upper;
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (TD_IS_WHAT_IF_SLIDER (self));
  g_return_if_fail (isfinite (base));

  base = round (base);
  if (base == self->base)
    return;

  /* The range grows and never shrinks: a handle does not move by itself. */
  self->base = base;
  upper = fmax (base * REACH, gtk_adjustment_get_lower (self->adjustment) + LEAST_STEPS * gtk_adjustment_get_step_increment (self->adjustment));
  self->setting = TRUE;
  if (upper > gtk_adjustment_get_upper (self->adjustment))
    gtk_adjustment_set_upper (self->adjustment, ceil (upper / 10) * 10);
  self->setting = FALSE;
  gtk_scale_clear_marks (GTK_SCALE (self->scale));
  gtk_scale_add_mark (GTK_SCALE (self->scale), base, GTK_POS_BOTTOM, NULL);

  count = td_format_count ((gint64)base);
  /* Translators: what a number is at this moment, beside what it may become. */
  text = g_strdup_printf (_ ("now %s"), count);
  gtk_label_set_text (GTK_LABEL (self->now), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (!self->moved)
    set_value (self, base);
}

/**
 * td_what_if_slider_reset:
 * @self: a slider
 *
 * Goes back to what is.
 */
void
td_what_if_slider_reset (TdWhatIfSlider *self)
{
  g_return_if_fail (TD_IS_WHAT_IF_SLIDER (self));

  if (!self->moved)
    return;

  self->moved = FALSE;
  set_value (self, self->base);
  g_signal_emit (self, signals[CHANGED], 0);
}
