/* td-queue-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-queue-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-severity-mark.h"
#include "td-sparkline.h"
#include "td-stat-tile.h"

struct _TdQueueRow
{
  GtkWidget parent_instance;

  GtkWidget *name;
  GtkWidget *detail;
  GtkWidget *level;
  GtkWidget *spark; /* (nullable): not in a header */
  GtkWidget *mark;  /* (nullable): not in a header */
  GtkWidget *waiting;
  GtkWidget *longest;
  GtkWidget *rate;
};

G_DEFINE_FINAL_TYPE (TdQueueRow, td_queue_row, GTK_TYPE_WIDGET)

static void
td_queue_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (td_queue_row_parent_class)->dispose (object);
}

static void
td_queue_row_class_init (TdQueueRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_queue_row_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "queuerow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
td_queue_row_init (TdQueueRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 7);
}

static GtkWidget *
create_label (const char *text,
              float       xalign,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
add_column (TdQueueRow *self,
            const char *text,
            const char *css_class)
{
  GtkWidget *label = create_label (text, 1, css_class);

  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

/* Only a name that is cut has something to add. */
static gboolean
query_name_cb (GtkLabel   *label,
               int         x,
               int         y,
               gboolean    keyboard,
               GtkTooltip *tooltip,
               gpointer    user_data)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    return FALSE;

  gtk_tooltip_set_text (tooltip, gtk_label_get_text (label));
  return TRUE;
}

/**
 * td_queue_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
td_queue_row_new (void)
{
  TdQueueRow *self = g_object_new (TD_TYPE_QUEUE_ROW, NULL);
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget  *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->name = create_label (NULL, 0, "name");
  /* Queues of one kind differ at the end of their names: "Bills – An Giang". */
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_has_tooltip (self->name, TRUE);
  g_signal_connect (self->name, "query-tooltip", G_CALLBACK (query_name_cb), NULL);
  self->detail = create_label (NULL, 0, "detail");
  gtk_label_set_ellipsize (GTK_LABEL (self->detail), PANGO_ELLIPSIZE_END);
  self->level = create_label (NULL, 0, "detail");
  gtk_box_append (GTK_BOX (line), self->detail);
  gtk_box_append (GTK_BOX (line), self->level);
  gtk_box_append (GTK_BOX (box), self->name);
  gtk_box_append (GTK_BOX (box), line);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (box, GTK_WIDGET (self));

  self->spark = td_sparkline_new ();
  gtk_widget_add_css_class (self->spark, "spark");
  gtk_widget_set_parent (self->spark, GTK_WIDGET (self));

  self->mark = td_severity_mark_new ();
  gtk_widget_set_parent (self->mark, GTK_WIDGET (self));

  self->waiting = add_column (self, NULL, "waiting");
  self->longest = add_column (self, NULL, "longest");
  self->rate = add_column (self, NULL, "rate");

  return GTK_WIDGET (self);
}

/**
 * td_queue_row_new_header:
 *
 * Returns: (transfer floating): the names of the columns
 */
GtkWidget *
td_queue_row_new_header (void)
{
  TdQueueRow *self = g_object_new (TD_TYPE_QUEUE_ROW, NULL);
  GtkWidget  *label;

  gtk_widget_add_css_class (GTK_WIDGET (self), "header");

  self->name = create_label (_ ("Queues"), 0, "title");
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->name, TRUE);
  gtk_widget_set_parent (self->name, GTK_WIDGET (self));

  label = create_label (_ ("3 hours"), 0, "spark-head");
  gtk_widget_set_tooltip_text (label, _ ("Call rate of the last 3 hours: calls offered in 15 minutes, sliding"));
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  /* Translators: head of a narrow column: callers who wait. */
  self->waiting = add_column (self, C_ ("column", "wait"), "waiting");
  gtk_widget_set_tooltip_text (self->waiting, _ ("Waiting: callers in the queue now, not yet answered, abandoned or taken out"));
  /* Translators: head of a narrow column: the longest wait. */
  self->longest = add_column (self, C_ ("column", "longest"), "longest");
  gtk_widget_set_tooltip_text (self->longest, _ ("Longest wait: age of the oldest caller waiting now"));
  /* Translators: head of a narrow column: the rate of calls. */
  self->rate = add_column (self, C_ ("column", "rate"), "rate");
  gtk_widget_set_tooltip_text (self->rate, _ ("Calls offered in the last 15 minutes against normal; where normal is not known, how many they are"));

  return GTK_WIDGET (self);
}

static void
set_label_severity (GtkWidget *label,
                    TdSeverity severity)
{
  if (!gtk_widget_has_css_class (label, td_palette_severity_class (severity)))
    td_palette_set_severity (label, severity);
}

static void
update_spoken (TdQueueRow *self)
{
  g_autofree char *spoken = NULL;

  /* Translators: a queue for a screen reader: name, who serves it, service
   * level, callers waiting, the longest wait, calls in 15 minutes or their deviation
   * from normal. */
  spoken = g_strdup_printf (_ ("%s: %s%s. Waiting %s, longest %s, rate of calls %s"),
                            gtk_label_get_text (GTK_LABEL (self->name)),
                            gtk_label_get_text (GTK_LABEL (self->detail)),
                            gtk_label_get_text (GTK_LABEL (self->level)),
                            gtk_label_get_text (GTK_LABEL (self->waiting)),
                            gtk_label_get_text (GTK_LABEL (self->longest)),
                            gtk_label_get_text (GTK_LABEL (self->rate)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
}

/**
 * td_queue_row_update:
 * @self: a row, not a header
 * @standing: how its queue stands
 *
 * Touches only what reads differently than before.
 */
void
td_queue_row_update (TdQueueRow            *self,
                     const TdQueueStanding *standing)
{
  g_autofree char *waiting = NULL;
  g_autofree char *longest = NULL;
  g_autofree char *rate = NULL;
  g_autofree char *serving = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *exact = NULL;
  g_autofree char *percent = NULL;
  g_autofree char *level = NULL;
  const char      *why;
  gboolean         changed;

  g_return_if_fail (TD_IS_QUEUE_ROW (self));
  g_return_if_fail (self->spark != NULL);
  g_return_if_fail (standing != NULL);

  waiting = td_format_count (standing->totals.waiting);
  longest = td_format_duration (standing->wait_ms);
  rate = isnan (standing->deviation) ? td_format_count (standing->totals.offered_15min)
                                     : td_format_deviation (standing->deviation, standing->rate_severity != TD_SEVERITY_NORMAL);
  serving = td_format_count (standing->serving);
  /* Translators: how many agents serve a queue; comes before its service level. */
  detail = g_strdup_printf (_ ("%s serving"), serving);
  why = standing->totals.estimated ? td_format_why_estimated () : NULL;
  exact = td_format_percent (standing->level, 1);
  percent = td_format_estimate (exact, standing->totals.estimated);
  /* Translators: the service level of a queue, after a dot. */
  level = g_strdup_printf (_ (" · level %s"), percent);

  changed = td_label_set (GTK_LABEL (self->name), td_queue_get_title (standing->queue));
  changed |= td_label_set (GTK_LABEL (self->detail), detail);
  changed |= td_label_set (GTK_LABEL (self->level), level);
  changed |= td_label_set (GTK_LABEL (self->waiting), waiting);
  changed |= td_label_set (GTK_LABEL (self->longest), longest);
  changed |= td_label_set (GTK_LABEL (self->rate), rate);

  td_severity_mark_set_severity (TD_SEVERITY_MARK (self->mark), standing->wait_severity);
  set_label_severity (self->level, standing->level_severity);
  set_label_severity (self->longest, standing->wait_severity);
  set_label_severity (self->waiting, standing->wait_severity);
  set_label_severity (self->rate, standing->rate_severity);
  set_label_severity (GTK_WIDGET (self), standing->wait_severity);

  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), why) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), why);
  if (changed)
    update_spoken (self);
}

/**
 * td_queue_row_set_course:
 * @self: a row, not a header
 * @rates: (array length=n_rates): rates from old to new, NAN where unknown
 * @n_rates: how many
 */
void
td_queue_row_set_course (TdQueueRow   *self,
                         const double *rates,
                         guint         n_rates)
{
  g_return_if_fail (TD_IS_QUEUE_ROW (self));
  g_return_if_fail (self->spark != NULL);

  td_sparkline_set_values (TD_SPARKLINE (self->spark), rates, n_rates);
}

/**
 * td_queue_row_set_normal:
 * @self: a row
 * @bands: (nullable) (array length=n_bands): what is normal for each of the rates
 * @n_bands: how many; 0 for none
 */
void
td_queue_row_set_normal (TdQueueRow       *self,
                         const TdRateBand *bands,
                         guint             n_bands)
{
  g_return_if_fail (TD_IS_QUEUE_ROW (self));
  g_return_if_fail (self->spark != NULL);

  td_sparkline_set_bands (TD_SPARKLINE (self->spark), bands, n_bands);
}
