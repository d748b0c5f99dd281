/* td-replay-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-replay-table.h"

#include <glib/gi18n.h>

#include "td-format.h"
#include "td-stat-tile.h"

typedef enum {
  COLUMN_NAME,
  COLUMN_WAITING,
  COLUMN_MOST,
  COLUMN_LONGEST,
  COLUMN_OFFERED,
  COLUMN_ANSWERED,
  COLUMN_ABANDONED,
  COLUMN_LEVEL,
  COLUMN_SERVING,
  N_COLUMNS
} Column;

struct _TdReplayTable
{
  GtkWidget parent_instance;

  TdReplay   *replay; /* (owned) (nullable) */
  GArray     *order;  /* (owned) (element-type guint): queues by row */
  guint       index;
  GHashTable *bound; /* (owned) (element-type GtkListItem): in sight now */

  GtkWidget *scrolled;
  GtkWidget *view;
};

G_DEFINE_FINAL_TYPE (TdReplayTable, td_replay_table, GTK_TYPE_WIDGET)

static const char *const titles[N_COLUMNS] = {
  [COLUMN_NAME] = N_ ("Queue"),
  [COLUMN_WAITING] = N_ ("Waiting"),
  [COLUMN_MOST] = N_ ("Most in the minute"),
  [COLUMN_LONGEST] = N_ ("Longest wait"),
  [COLUMN_OFFERED] = N_ ("Offered, 15 min"),
  [COLUMN_ANSWERED] = N_ ("Answered, 15 min"),
  [COLUMN_ABANDONED] = N_ ("Abandoned, 15 min"),
  [COLUMN_LEVEL] = N_ ("Service level so far"),
  [COLUMN_SERVING] = N_ ("Serving"),
};

/* Eight queues are in sight before the chart above takes what it likes. */
#define LEAST_HEIGHT 240

static const char column_key[] = "td-column";

/**
 * td_replay_table_format_service:
 * @figures: of a queue, or of the centre
 *
 * Returns: (transfer full): the service level of the day so far; both ends where
 *   who still waited makes a difference that can be seen
 */
char *
td_replay_table_format_service (const TdReplayFigures *figures)
{
  g_autofree char *low = td_format_percent (figures->service_low, 0);
  g_autofree char *high = td_format_percent (figures->service_high, 0);

  if (g_str_equal (low, high))
    return g_steal_pointer (&low);

  return g_strdup_printf ("%s–%s", low, high);
}

static char *
format_cell (const TdReplayFigures *figures,
             Column                 column)
{
  switch (column)
    {
    case COLUMN_WAITING:
      return td_format_count (figures->waiting);

    case COLUMN_MOST:
      return td_format_count (figures->max_waiting);

    case COLUMN_LONGEST:
      return td_format_duration (figures->longest_ms);

    case COLUMN_OFFERED:
      return td_format_count (figures->quarter.offered);

    case COLUMN_ANSWERED:
      return td_format_count (figures->quarter.answered);

    case COLUMN_ABANDONED:
      return td_format_count (figures->quarter.abandoned);

    case COLUMN_LEVEL:
      return td_replay_table_format_service (figures);

    case COLUMN_SERVING:
      return td_format_count (figures->serving);

    case COLUMN_NAME:
    case N_COLUMNS:
    default:
      return NULL;
    }
}

static void
show_cell (TdReplayTable *self,
           GtkListItem   *item)
{
  GtkWidget       *label = gtk_list_item_get_child (item);
  Column           column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (item), column_key));
  guint            position = gtk_list_item_get_position (item);
  TdReplayFigures  figures;
  g_autofree char *text = NULL;

  if (column == COLUMN_NAME)
    {
      const char *name = gtk_string_object_get_string (gtk_list_item_get_item (item));

      td_label_set (GTK_LABEL (label), name);
      gtk_widget_set_tooltip_text (label, name);
      return;
    }
  if (self->replay == NULL || position >= self->order->len)
    return;

  td_replay_get_queue (self->replay, self->index, g_array_index (self->order, guint, position), &figures);
  text = format_cell (&figures, column);
  td_label_set (GTK_LABEL (label), text);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  Column     column = GPOINTER_TO_UINT (user_data);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column == COLUMN_NAME ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, column == COLUMN_NAME ? "name" : "td-number");
  /* The number alone says nothing to who cannot see the header above it. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ (titles[column]), -1);
  g_object_set_data (G_OBJECT (item), column_key, user_data);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (TdReplayTable *self,
         GtkListItem   *item)
{
  g_hash_table_add (self->bound, item);
  show_cell (self, item);
}

static void
unbind_cb (TdReplayTable *self,
           GtkListItem   *item)
{
  g_hash_table_remove (self->bound, item);
}

static void
td_replay_table_dispose (GObject *object)
{
  TdReplayTable *self = TD_REPLAY_TABLE (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->replay);

  G_OBJECT_CLASS (td_replay_table_parent_class)->dispose (object);
}

static void
td_replay_table_finalize (GObject *object)
{
  TdReplayTable *self = TD_REPLAY_TABLE (object);

  g_array_unref (self->order);
  g_hash_table_unref (self->bound);

  G_OBJECT_CLASS (td_replay_table_parent_class)->finalize (object);
}

static void
td_replay_table_class_init (TdReplayTableClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_replay_table_dispose;
  object_class->finalize = td_replay_table_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
td_replay_table_init (TdReplayTable *self)
{
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
  self->bound = g_hash_table_new (NULL, NULL);
  self->view = gtk_column_view_new (NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Queues as they were"), -1);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_ (titles[i]), factory);

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, i == COLUMN_NAME);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
    }

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scrolled), LEAST_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

/* Most callers first, then most who hung up. */
static int
compare_need (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  TdReplay       *replay = user_data;
  TdReplayFigures x, y;
  gint64          order;

  td_replay_get_queue (replay, td_replay_get_moment_index (replay), *(const guint *)a, &x);
  td_replay_get_queue (replay, td_replay_get_moment_index (replay), *(const guint *)b, &y);
  order = y.waiting - x.waiting;
  if (order == 0)
    order = y.quarter.abandoned - x.quarter.abandoned;
  if (order == 0)
    order = y.quarter.offered - x.quarter.offered;

  return order > 0 ? 1 : order < 0 ? -1
                                   : 0;
}

/**
 * td_replay_table_set_replay:
 * @self: a table
 * @replay: what is looked at
 * @centre: names its queues
 */
void
td_replay_table_set_replay (TdReplayTable *self,
                            TdReplay      *replay,
                            TdCentre      *centre)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkSelectionModel) selection = NULL;

  g_return_if_fail (TD_IS_REPLAY_TABLE (self));
  g_return_if_fail (TD_IS_REPLAY (replay));
  g_return_if_fail (TD_IS_CENTRE (centre));

  g_set_object (&self->replay, replay);
  self->index = td_replay_get_moment_index (replay);
  g_array_set_size (self->order, 0);
  for (guint i = 0; i < td_replay_get_n_queues (replay); i++)
    g_array_append_val (self->order, i);
  g_array_sort_with_data (self->order, compare_need, replay);
  for (guint i = 0; i < self->order->len; i++)
    {
      const char *id = td_replay_get_queue_id (replay, g_array_index (self->order, guint, i));
      TdQueue    *queue = td_centre_find_queue (centre, id);

      gtk_string_list_append (names, queue != NULL ? td_queue_get_title (queue) : id);
    }
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&names))));
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), selection);
}

/**
 * td_replay_table_show:
 * @self: a table
 * @index: of a minute of its replay
 */
void
td_replay_table_show (TdReplayTable *self,
                      guint          index)
{
  GHashTableIter iter;
  gpointer       item;

  g_return_if_fail (TD_IS_REPLAY_TABLE (self));

  self->index = index;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    show_cell (self, item);
}
