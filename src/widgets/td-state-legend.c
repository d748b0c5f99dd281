/* td-state-legend.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-state-legend.h"

#include "td-format.h"
#include "td-stat-tile.h"
#include "td-state-bar.h"
#include "td-state-shape.h"

struct _TdStateLegend
{
  GtkWidget parent_instance;

  GtkWidget *entries[TD_N_AGENT_STATES]; /* by place in td_state_bar_order */
  GtkWidget *counts[TD_N_AGENT_STATES];
};

G_DEFINE_FINAL_TYPE (TdStateLegend, td_state_legend, GTK_TYPE_WIDGET)

/* The entries stand in equal columns, so that a number that grows moves no
 * other; the last line may be short. */
static guint
count_columns (TdStateLegend *self,
               int            width,
               guint         *n_entries,
               int           *row_height)
{
  int   widest = 1;
  guint n = 0;
  guint columns;

  *row_height = 0;
  for (guint i = 0; i < TD_N_AGENT_STATES; i++)
    {
      int natural, height;

      if (!gtk_widget_get_visible (self->entries[i]))
        continue;
      gtk_widget_measure (self->entries[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      gtk_widget_measure (self->entries[i], GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
      widest = MAX (widest, natural);
      *row_height = MAX (*row_height, height);
      n++;
    }

  *n_entries = n;
  if (n == 0)
    return 1;

  columns = CLAMP (width / (widest + 6), 1, (int)n);
  /* Four and three look better than six and one. */
  return (n + (n + columns - 1) / columns - 1) / ((n + columns - 1) / columns);
}

/* In one line the entries need no equal columns: they are spread. */
static gboolean
fits_one_line (TdStateLegend *self,
               int            width,
               int           *used)
{
  guint n = 0;

  *used = 0;
  for (guint i = 0; i < TD_N_AGENT_STATES; i++)
    {
      int natural;

      if (!gtk_widget_get_visible (self->entries[i]))
        continue;
      gtk_widget_measure (self->entries[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      *used += natural;
      n++;
    }

  return n == 0 || *used + (int)(n - 1) * 9 <= width;
}

static void
td_state_legend_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  TdStateLegend *self = TD_STATE_LEGEND (widget);
  guint          n_entries, columns;
  int            row_height, used;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      fits_one_line (self, 0, &used);
      *minimum = 200;
      *natural = MAX (used, 200);
      return;
    }

  columns = count_columns (self, for_size >= 0 ? for_size : G_MAXINT / 2, &n_entries, &row_height);
  if (for_size < 0 || fits_one_line (self, for_size, &used))
    columns = MAX (n_entries, 1);

  *minimum = *natural = row_height * MAX ((n_entries + columns - 1) / columns, 1);
}

static void
td_state_legend_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  TdStateLegend *self = TD_STATE_LEGEND (widget);
  guint          n_entries, columns;
  int            row_height, used;
  gboolean       one_line = fits_one_line (self, width, &used);
  double         x = 0;
  guint          n = 0;

  columns = count_columns (self, width, &n_entries, &row_height);

  for (guint i = 0; i < TD_N_AGENT_STATES; i++)
    {
      GtkAllocation allocation = { 0, 0, 0, row_height };

      if (!gtk_widget_get_visible (self->entries[i]))
        continue;

      if (one_line)
        {
          gtk_widget_measure (self->entries[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, &allocation.width, NULL, NULL);
          allocation.x = x;
          x += allocation.width + (n_entries > 1 ? (double)(width - used) / (n_entries - 1) : 0);
        }
      else
        {
          allocation.width = width / columns;
          allocation.x = (n % columns) * allocation.width;
          allocation.y = (n / columns) * row_height;
        }

      gtk_widget_size_allocate (self->entries[i], &allocation, -1);
      n++;
    }
}

static GtkSizeRequestMode
td_state_legend_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
td_state_legend_dispose (GObject *object)
{
  TdStateLegend *self = TD_STATE_LEGEND (object);

  for (guint i = 0; i < TD_N_AGENT_STATES; i++)
    g_clear_pointer (&self->entries[i], gtk_widget_unparent);

  G_OBJECT_CLASS (td_state_legend_parent_class)->dispose (object);
}

static void
td_state_legend_class_init (TdStateLegendClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_state_legend_dispose;
  widget_class->measure = td_state_legend_measure;
  widget_class->size_allocate = td_state_legend_size_allocate;
  widget_class->get_request_mode = td_state_legend_get_request_mode;

  gtk_widget_class_set_css_name (widget_class, "statelegend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
td_state_legend_init (TdStateLegend *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "td-legend");

  for (guint i = 0; i < TD_N_AGENT_STATES; i++)
    {
      TdAgentState state = td_state_bar_order[i];
      GtkWidget   *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget   *name = gtk_label_new (td_format_state (state));

      self->counts[i] = gtk_label_new ("—");
      gtk_widget_add_css_class (self->counts[i], "td-number");
      gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (box), td_state_shape_new (state));
      gtk_box_append (GTK_BOX (box), self->counts[i]);
      gtk_box_append (GTK_BOX (box), name);
      /* A state that this version does not know is shown only where it occurs. */
      gtk_widget_set_visible (box, state != TD_AGENT_STATE_UNKNOWN);
      gtk_widget_set_parent (box, GTK_WIDGET (self));
      self->entries[i] = box;
    }
}

GtkWidget *
td_state_legend_new (void)
{
  return g_object_new (TD_TYPE_STATE_LEGEND, NULL);
}

void
td_state_legend_set_tally (TdStateLegend      *self,
                           const TdAgentTally *tally)
{
  g_return_if_fail (TD_IS_STATE_LEGEND (self));
  g_return_if_fail (tally != NULL);

  for (guint i = 0; i < TD_N_AGENT_STATES; i++)
    {
      TdAgentState     state = td_state_bar_order[i];
      g_autofree char *count = td_format_count (tally->by_state[state]);

      td_label_set (GTK_LABEL (self->counts[i]), count);
      if (state == TD_AGENT_STATE_UNKNOWN)
        gtk_widget_set_visible (self->entries[i], tally->by_state[state] > 0);
    }
}
