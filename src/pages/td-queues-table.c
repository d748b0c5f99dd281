/* td-queues-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-queues-table.h"

#include <glib/gi18n.h>

#include "td-column-sort.h"
#include "td-fold.h"
#include "td-format.h"
#include "td-queue-cell.h"
#include "td-queue-entry.h"
#include "td-queue-headers.h"
#include "td-stat-tile.h"
#include "td-wait-words.h"

typedef struct
{
  TdQueuesTable       *table; /* (unowned) */
  TdQueueColumn        id;
  GtkColumnViewColumn *column; /* (unowned): the view's */
  GHashTable          *bound;  /* (owned) (element-type GtkListItem): in sight now */
  GtkWidget           *total;  /* (unowned): a cell of the row below */
} Column;

struct _TdQueuesTable
{
  GtkWidget parent_instance;

  TdCentre           *centre;    /* (owned) (nullable) */
  TdOutlook          *outlook;   /* (owned) (nullable) */
  TdWaitCheck        *waits;     /* (owned) (nullable): how good the expected waits were */
  GListStore         *store;     /* (owned): TdQueueEntry, in the order of the roster */
  GtkSingleSelection *selection; /* (owned) */
  GtkFilter          *filter;    /* (owned) */
  GtkSorter          *need;      /* (owned) */
  char               *folded;    /* (owned) (nullable): what is looked for */
  TdQueue            *selected;  /* (owned) (nullable): also while a filter hides it */
  gint64              now;

  GtkWidget *body;
  GtkWidget *scrolled;
  GtkWidget *view;
  GtkWidget *empty;
  GtkWidget *total_row;
  Column     columns[TD_N_QUEUE_COLUMNS];

  guint    fit_id;
  int      fitted_width;
  gboolean hides_expected;
  gboolean is_bounded; /* the height of the rows */
};

enum {
  PROP_0,
  PROP_HIDES_EXPECTED_WAIT,
  PROP_SORT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  SELECTED,
  ARRANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdQueuesTable, td_queues_table, GTK_TYPE_WIDGET)

/* What goes first where there is no room for all. */
static const TdQueueColumn dispensable[] = {
  TD_QUEUE_COLUMN_FLOWED_OUT,
  TD_QUEUE_COLUMN_ANSWERED,
  TD_QUEUE_COLUMN_AHT,
  TD_QUEUE_COLUMN_EXPECTED,
  TD_QUEUE_COLUMN_ASA,
  TD_QUEUE_COLUMN_ABANDONED,
};

static void
show_cell (Column      *column,
           GtkListItem *item)
{
  TdQueueEntry *entry = gtk_list_item_get_item (item);

  if (entry != NULL)
    td_queue_cell_show (gtk_list_item_get_child (item), column->id, entry);
}

/* Asked for only where somebody points at the number: not for each row and second. */
static gboolean
query_expected_cb (GtkWidget   *cell,
                   int          x,
                   int          y,
                   gboolean     by_keyboard,
                   GtkTooltip  *tooltip,
                   GtkListItem *item)
{
  TdQueuesTable   *self = TD_QUEUES_TABLE (gtk_widget_get_ancestor (cell, TD_TYPE_QUEUES_TABLE));
  TdQueueEntry    *entry = gtk_list_item_get_item (item);
  g_autofree char *text = NULL;

  if (self == NULL || self->waits == NULL || entry == NULL)
    return FALSE;

  text = td_wait_words_describe_error (self->waits, td_queue_entry_get_queue (entry), self->now);
  gtk_tooltip_set_text (tooltip, text != NULL ? text : _ ("not tested in the last hour"));

  return TRUE;
}

static void
setup_cb (Column      *column,
          GtkListItem *item)
{
  GtkWidget *cell = td_queue_cell_new (column->id);

  if (column->id == TD_QUEUE_COLUMN_EXPECTED)
    {
      gtk_widget_set_has_tooltip (cell, TRUE);
      g_signal_connect_object (cell, "query-tooltip", G_CALLBACK (query_expected_cb), item, 0);
    }
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (Column      *column,
         GtkListItem *item)
{
  g_hash_table_add (column->bound, item);
  show_cell (column, item);
}

static void
unbind_cb (Column      *column,
           GtkListItem *item)
{
  g_hash_table_remove (column->bound, item);
}

/* Under which a sort is remembered. */
static const char *const column_names[TD_N_QUEUE_COLUMNS] = {
  [TD_QUEUE_COLUMN_NAME] = "name",
  [TD_QUEUE_COLUMN_WAITING] = "waiting",
  [TD_QUEUE_COLUMN_LONGEST] = "longest",
  [TD_QUEUE_COLUMN_EXPECTED] = "expected",
  [TD_QUEUE_COLUMN_OFFERED] = "offered",
  [TD_QUEUE_COLUMN_ANSWERED] = "answered",
  [TD_QUEUE_COLUMN_ABANDONED] = "abandoned",
  [TD_QUEUE_COLUMN_FLOWED_OUT] = "flowed-out",
  [TD_QUEUE_COLUMN_LEVEL] = "level",
  [TD_QUEUE_COLUMN_ASA] = "asa",
  [TD_QUEUE_COLUMN_AHT] = "aht",
  [TD_QUEUE_COLUMN_RATE] = "rate",
  [TD_QUEUE_COLUMN_NORMAL] = "normal",
  [TD_QUEUE_COLUMN_SERVING] = "serving",
};

static int
compare_column (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  TdQueueColumn column = GPOINTER_TO_UINT (user_data);
  TdQueueEntry *x = (TdQueueEntry *)a;
  TdQueueEntry *y = (TdQueueEntry *)b;
  int           order;

  if (td_column_sort_answer (column_names[column]))
    return -1;
  if (column == TD_QUEUE_COLUMN_NAME)
    return strcmp (td_queue_entry_get_collation (x), td_queue_entry_get_collation (y));

  order = td_queue_figures_compare (td_queue_entry_get_figures (x), td_queue_entry_get_figures (y), column);

  /* The first click on a number brings what needs somebody to the top: the
   * most of everything, but the lowest service level. */
  return column == TD_QUEUE_COLUMN_LEVEL ? order : -order;
}

static int
compare_need (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  TdQueueEntry *x = (TdQueueEntry *)a;
  TdQueueEntry *y = (TdQueueEntry *)b;
  int           order = td_queue_figures_compare_need (td_queue_entry_get_figures (x), td_queue_entry_get_figures (y));

  return order != 0 ? order : strcmp (td_queue_entry_get_collation (x), td_queue_entry_get_collation (y));
}

static gboolean
match (gpointer item,
       gpointer user_data)
{
  TdQueuesTable *self = user_data;

  return self->folded == NULL || td_queue_entry_matches (item, self->folded);
}

static guint
find_position (TdQueuesTable *self,
               const char    *queue_id)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  guint       n_items = g_list_model_get_n_items (model);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (TdQueueEntry) entry = g_list_model_get_item (model, i);

      if (g_str_equal (td_queue_get_id (td_queue_entry_get_queue (entry)), queue_id))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
scroll_to (TdQueuesTable *self,
           guint          position)
{
  if (position < g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    gtk_widget_activate_action (gtk_widget_get_last_child (self->view), "list.scroll-to-item", "u", position);
}

/* A filter takes the selection away and does not give it back. */
static void
restore_selection (TdQueuesTable *self)
{
  guint position;

  if (self->selected == NULL ||
      gtk_single_selection_get_selected (self->selection) != GTK_INVALID_LIST_POSITION)
    return;

  position = find_position (self, td_queue_get_id (self->selected));
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, position);
}

static void
selection_cb (TdQueuesTable *self)
{
  TdQueueEntry *entry = gtk_single_selection_get_selected_item (self->selection);

  if (entry != NULL && g_set_object (&self->selected, td_queue_entry_get_queue (entry)))
    g_signal_emit (self, signals[SELECTED], 0);
}

static void
update_empty (TdQueuesTable *self)
{
  const char *text = self->folded != NULL ? _ ("No queue matches the filter") : _ ("The source has no queues");

  td_label_set (GTK_LABEL (self->empty), td_queues_table_get_n_shown (self) == 0 ? text : NULL);
}

static void
roster_cb (TdQueuesTable *self,
           guint          position,
           guint          n_removed,
           guint          n_added,
           GListModel    *roster)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (TdQueue) queue = g_list_model_get_item (roster, position + i);

      g_ptr_array_add (entries, td_queue_entry_new (queue));
    }
  g_list_store_splice (self->store, position, n_removed, entries->pdata, n_added);
}

static void
sorter_cb (TdQueuesTable *self)
{
  g_signal_emit (self, signals[ARRANGED], 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
}

static void
set_sort (TdQueuesTable *self,
          const char    *sort)
{
  GtkColumnViewColumn *columns[TD_N_QUEUE_COLUMNS];

  for (guint i = 0; i < TD_N_QUEUE_COLUMNS; i++)
    columns[i] = self->columns[i].column;
  td_column_sort_set (GTK_COLUMN_VIEW (self->view), columns, column_names, TD_N_QUEUE_COLUMNS, sort);
}

/* The columns have fixed widths, so that the total below stands under them
 * and no number moves another when it grows a digit. */
static void
fit_columns (TdQueuesTable *self)
{
  int      widths[TD_N_QUEUE_COLUMNS];
  gboolean shown[TD_N_QUEUE_COLUMNS];
  int      room = gtk_widget_get_width (GTK_WIDGET (self));

  if (room <= 0)
    return;

  for (guint i = 0; i < TD_N_QUEUE_COLUMNS; i++)
    {
      widths[i] = td_queue_cell_measure (self->columns[i].total, i);
      shown[i] = i != TD_QUEUE_COLUMN_EXPECTED || !self->hides_expected;
      room -= shown[i] ? widths[i] : 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (dispensable) && room < 0; i++)
    {
      room += shown[dispensable[i]] ? widths[dispensable[i]] : 0;
      shown[dispensable[i]] = FALSE;
    }

  for (guint i = 0; i < TD_N_QUEUE_COLUMNS; i++)
    {
      Column *column = &self->columns[i];

      gtk_column_view_column_set_visible (column->column, shown[i]);
      gtk_widget_set_visible (column->total, shown[i]);
      if (i == TD_QUEUE_COLUMN_NAME)
        continue;
      /* GTK 4.8 keeps room for the fixed width of a column that is hidden. */
      gtk_column_view_column_set_fixed_width (column->column, shown[i] ? widths[i] : 0);
      gtk_widget_set_size_request (column->total, widths[i], -1);
    }
}

static gboolean
fit_cb (gpointer user_data)
{
  TdQueuesTable *self = user_data;

  self->fit_id = 0;
  fit_columns (self);

  return G_SOURCE_REMOVE;
}

static void
queue_fit (TdQueuesTable *self)
{
  if (self->fit_id == 0)
    self->fit_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

static void
show_total (TdQueuesTable *self)
{
  TdQueueFigures figures;
  TdTotals       totals;
  gboolean       widened = FALSE;

  td_totals_of_centre (self->centre, self->now, &totals);
  td_queue_figures_init (&figures, &totals,
                         totals.agents.total > 0 ? (gint64)totals.agents.serving : TD_UNKNOWN,
                         td_centre_get_service_level_formula (self->centre),
                         td_centre_get_service_level_target (self->centre, NULL), self->now);
  if (self->outlook != NULL)
    {
      TdOutlookFigures normal;

      td_outlook_get_figures (self->outlook, TD_STREAM_ALL, "", &normal);
      td_queue_figures_set_normal (&figures, &normal);
    }

  for (guint i = TD_QUEUE_COLUMN_WAITING; i < TD_N_QUEUE_COLUMNS; i++)
    {
      GtkWidget *cell = self->columns[i].total;
      GtkLabel  *label = GTK_LABEL (gtk_widget_get_last_child (cell));
      glong      length = g_utf8_strlen (gtk_label_get_text (label), -1);

      td_queue_cell_show_figure (cell, i, &figures);
      widened |= g_utf8_strlen (gtk_label_get_text (label), -1) > length;
    }
  td_queue_cell_explain (self->total_row, NULL, figures.estimated);
  if (widened)
    queue_fit (self);
}

static void
td_queues_table_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  gtk_widget_measure (TD_QUEUES_TABLE (widget)->body, orientation, for_size,
                      minimum, natural, minimum_baseline, natural_baseline);

  /* The rows come before what is told of one of them. */
  if (orientation == GTK_ORIENTATION_VERTICAL && TD_QUEUES_TABLE (widget)->is_bounded)
    *minimum = *natural;
}

static void
td_queues_table_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  TdQueuesTable *self = TD_QUEUES_TABLE (widget);

  /* A column cannot come or go in the middle of an allocation. */
  if (self->fitted_width != width)
    {
      self->fitted_width = width;
      queue_fit (self);
    }

  gtk_widget_allocate (self->body, width, height, baseline, NULL);
}

static void
td_queues_table_css_changed (GtkWidget         *widget,
                             GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (td_queues_table_parent_class)->css_changed (widget, change);
  queue_fit (TD_QUEUES_TABLE (widget));
}

static void
td_queues_table_dispose (GObject *object)
{
  TdQueuesTable *self = TD_QUEUES_TABLE (object);

  g_clear_handle_id (&self->fit_id, g_source_remove);
  g_clear_pointer (&self->body, gtk_widget_unparent);
  g_clear_object (&self->selected);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  g_clear_object (&self->filter);
  g_clear_object (&self->need);
  g_clear_object (&self->centre);
  g_clear_object (&self->outlook);
  g_clear_object (&self->waits);

  G_OBJECT_CLASS (td_queues_table_parent_class)->dispose (object);
}

static void
td_queues_table_finalize (GObject *object)
{
  TdQueuesTable *self = TD_QUEUES_TABLE (object);

  for (guint i = 0; i < TD_N_QUEUE_COLUMNS; i++)
    g_hash_table_unref (self->columns[i].bound);
  g_free (self->folded);

  G_OBJECT_CLASS (td_queues_table_parent_class)->finalize (object);
}

static void
td_queues_table_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_HIDES_EXPECTED_WAIT:
      g_value_set_boolean (value, TD_QUEUES_TABLE (object)->hides_expected);
      break;

    case PROP_SORT:
      g_value_take_string (value, td_column_sort_dup (GTK_COLUMN_VIEW (TD_QUEUES_TABLE (object)->view)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_queues_table_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TdQueuesTable *self = TD_QUEUES_TABLE (object);

  switch (prop_id)
    {
    case PROP_HIDES_EXPECTED_WAIT:
      if (self->hides_expected == g_value_get_boolean (value))
        return;
      self->hides_expected = g_value_get_boolean (value);
      queue_fit (self);
      g_object_notify_by_pspec (object, pspec);
      break;

    case PROP_SORT:
      set_sort (self, g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_queues_table_class_init (TdQueuesTableClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_queues_table_dispose;
  object_class->finalize = td_queues_table_finalize;
  object_class->get_property = td_queues_table_get_property;
  object_class->set_property = td_queues_table_set_property;
  widget_class->measure = td_queues_table_measure;
  widget_class->size_allocate = td_queues_table_size_allocate;
  widget_class->css_changed = td_queues_table_css_changed;

  properties[PROP_HIDES_EXPECTED_WAIT] =
    g_param_spec_boolean ("hides-expected-wait", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SORT] =
    g_param_spec_string ("sort", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_install_property_action (widget_class, "queues-table.hides-expected-wait", "hides-expected-wait");

  signals[SELECTED] = g_signal_new ("selected",
                                    G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ARRANGED] = g_signal_new ("arranged",
                                    G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "queuestable");
}

static void
formula_cb (TdQueuesTable *self)
{
  td_queue_headers_explain_level (self->view, td_centre_get_service_level_formula (self->centre));
}

static void
add_column (TdQueuesTable *self,
            TdQueueColumn  id)
{
  Column             *column = &self->columns[id];
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter = NULL;
  g_autoptr (GMenu) menu = g_menu_new ();

  column->table = self;
  column->id = id;
  column->bound = g_hash_table_new (NULL, NULL);

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), column);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), column);

  column->column = gtk_column_view_column_new (td_queue_column_get_title (id), factory);
  g_menu_append (menu, _ ("Hide the Expected Wait"), "queues-table.hides-expected-wait");
  gtk_column_view_column_set_header_menu (column->column, G_MENU_MODEL (menu));
  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_column, GUINT_TO_POINTER (id), NULL));
  gtk_column_view_column_set_sorter (column->column, sorter);
  gtk_column_view_column_set_expand (column->column, id == TD_QUEUE_COLUMN_NAME);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column->column);
  g_object_unref (column->column);

  column->total = td_queue_cell_new (id);
  gtk_widget_set_hexpand (column->total, id == TD_QUEUE_COLUMN_NAME);
  gtk_box_append (GTK_BOX (self->total_row), column->total);
}

static void
create_widgets (TdQueuesTable *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->view = gtk_column_view_new (NULL);
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (self->view), TRUE);
  /* The sums stand under their columns. */
  gtk_column_view_set_reorderable (GTK_COLUMN_VIEW (self->view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Queues"),
                                  -1);

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->view);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->scrolled);
  gtk_widget_set_vexpand (overlay, TRUE);

  self->empty = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->empty, "td-caption");
  gtk_widget_set_can_target (self->empty, FALSE);
  gtk_widget_set_valign (self->empty, GTK_ALIGN_END);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->empty);

  self->total_row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->total_row, "total");

  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->body), overlay);
  gtk_box_append (GTK_BOX (self->body), self->total_row);
  gtk_widget_set_parent (self->body, GTK_WIDGET (self));
}

static void
td_queues_table_init (TdQueuesTable *self)
{
  GtkMultiSorter     *sorter;
  GtkFilterListModel *filtered;
  GtkSortListModel   *sorted;
  GtkSorter          *chosen;

  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  create_widgets (self);
  for (guint i = 0; i < TD_N_QUEUE_COLUMNS; i++)
    add_column (self, i);
  /* Translators: the name of the row with the sums of all queues. */
  td_label_set (GTK_LABEL (gtk_widget_get_last_child (self->columns[TD_QUEUE_COLUMN_NAME].total)), _ ("Total"));
  td_queue_headers_dress (self->view);

  self->store = g_list_store_new (TD_TYPE_QUEUE_ENTRY);
  self->filter = GTK_FILTER (gtk_custom_filter_new (match, self, NULL));
  self->need = GTK_SORTER (gtk_custom_sorter_new (compare_need, NULL, NULL));

  /* What the user chose comes first; need decides the rest, or all. */
  chosen = gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view));
  sorter = gtk_multi_sorter_new ();
  gtk_multi_sorter_append (sorter, g_object_ref (chosen));
  gtk_multi_sorter_append (sorter, g_object_ref (self->need));
  g_signal_connect_object (chosen, "changed", G_CALLBACK (sorter_cb), self, G_CONNECT_SWAPPED);

  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->store)), g_object_ref (self->filter));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), GTK_SORTER (sorter));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
}

/**
 * td_queues_table_set_centre:
 * @self: a table
 * @centre: whose queues to show; set once
 */
void
td_queues_table_set_centre (TdQueuesTable *self,
                            TdCentre      *centre)
{
  GListModel *roster;

  g_return_if_fail (TD_IS_QUEUES_TABLE (self));
  g_return_if_fail (TD_IS_CENTRE (centre));
  g_return_if_fail (self->centre == NULL);

  self->centre = g_object_ref (centre);
  roster = G_LIST_MODEL (td_centre_get_queues (centre));
  g_signal_connect_object (roster, "items-changed", G_CALLBACK (roster_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (centre, "notify::service-level-formula", G_CALLBACK (formula_cb), self, G_CONNECT_SWAPPED);
  formula_cb (self);
  roster_cb (self, 0, 0, g_list_model_get_n_items (roster), roster);
}

/**
 * td_queues_table_set_outlook:
 * @self: a table
 * @outlook: (nullable): what is normal for the queues
 */
void
td_queues_table_set_outlook (TdQueuesTable *self,
                             TdOutlook     *outlook)
{
  g_return_if_fail (TD_IS_QUEUES_TABLE (self));

  g_set_object (&self->outlook, outlook);
}

/**
 * td_queues_table_set_waits:
 * @self: a table
 * @waits: (nullable): how good the expected waits were
 */
void
td_queues_table_set_waits (TdQueuesTable *self,
                           TdWaitCheck   *waits)
{
  g_return_if_fail (TD_IS_QUEUES_TABLE (self));

  g_set_object (&self->waits, waits);
}

/**
 * td_queues_table_refresh:
 * @self: a table
 * @now: the source's time, µs since 1970
 * @sort: the values moved, not only the time; puts the rows in order once
 */
void
td_queues_table_refresh (TdQueuesTable *self,
                         gint64         now,
                         gboolean       sort)
{
  g_autoptr (GHashTable) changed = NULL;
  GListModel *entries;
  guint       n_entries;

  g_return_if_fail (TD_IS_QUEUES_TABLE (self));
  g_return_if_fail (self->centre != NULL);

  entries = G_LIST_MODEL (self->store);
  n_entries = g_list_model_get_n_items (entries);
  changed = g_hash_table_new (NULL, NULL);
  self->now = now;

  for (guint i = 0; i < n_entries; i++)
    {
      g_autoptr (TdQueueEntry) entry = g_list_model_get_item (entries, i);
      const TdQueueInfo *info = td_queue_get_info (td_queue_entry_get_queue (entry));

      /* Time alone moves only the queues where somebody waits. */
      if ((sort || info->waiting != 0) && td_queue_entry_update (entry, self->centre, self->outlook, now))
        g_hash_table_add (changed, entry);
    }

  if (sort && g_hash_table_size (changed) > 0)
    {
      GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
      gboolean       at_top = gtk_adjustment_get_value (adjustment) <= 0;

      gtk_sorter_changed (self->need, GTK_SORTER_CHANGE_DIFFERENT);

      /* A list follows the row it is at: who looks at the worst queues wants
       * to see the worst now, not the row that was. */
      if (at_top)
        scroll_to (self, 0);
    }

  for (guint i = 0; i < TD_N_QUEUE_COLUMNS; i++)
    {
      GHashTableIter iter;
      gpointer       item;

      g_hash_table_iter_init (&iter, self->columns[i].bound);
      while (g_hash_table_iter_next (&iter, &item, NULL))
        {
          if (g_hash_table_contains (changed, gtk_list_item_get_item (item)))
            show_cell (&self->columns[i], item);
        }
    }

  show_total (self);
  update_empty (self);
  restore_selection (self);

  /* Nothing was chosen yet: what needs somebody most comes first. */
  if (self->selected == NULL && n_entries > 0)
    gtk_single_selection_set_selected (self->selection, 0);
}

/**
 * td_queues_table_set_filter:
 * @self: a table
 * @text: what names, hotlines, reasons or areas must hold; "" for all
 */
void
td_queues_table_set_filter (TdQueuesTable *self,
                            const char    *text)
{
  g_autofree char *folded = NULL;

  g_return_if_fail (TD_IS_QUEUES_TABLE (self));
  g_return_if_fail (text != NULL);

  folded = td_fold (text);
  g_strstrip (folded);
  if (g_strcmp0 (self->folded != NULL ? self->folded : "", folded) == 0)
    return;

  g_free (self->folded);
  self->folded = folded[0] != '\0' ? g_steal_pointer (&folded) : NULL;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_empty (self);
  restore_selection (self);
  g_signal_emit (self, signals[ARRANGED], 0);
}

/**
 * td_queues_table_fit:
 * @self: a table
 * @max_height: pixels that the rows may take before they scroll
 */
void
td_queues_table_fit (TdQueuesTable *self,
                     int            max_height)
{
  GtkScrolledWindow *scrolled;

  g_return_if_fail (TD_IS_QUEUES_TABLE (self));

  scrolled = GTK_SCROLLED_WINDOW (self->scrolled);
  self->is_bounded = TRUE;
  if (gtk_scrolled_window_get_max_content_height (scrolled) != max_height)
    gtk_scrolled_window_set_max_content_height (scrolled, max_height);
}

guint
td_queues_table_get_n_shown (TdQueuesTable *self)
{
  g_return_val_if_fail (TD_IS_QUEUES_TABLE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

/**
 * td_queues_table_get_selected:
 * @self: a table
 *
 * Returns: (nullable) (transfer none): the queue that was selected last, even
 *   while the filter hides it
 */
TdQueue *
td_queues_table_get_selected (TdQueuesTable *self)
{
  g_return_val_if_fail (TD_IS_QUEUES_TABLE (self), NULL);

  return self->selected;
}

/**
 * td_queues_table_select:
 * @self: a table
 * @queue_id: a queue's id
 *
 * Returns: whether there is such a queue; a filter that hides it is dropped by
 *   the caller first
 */
gboolean
td_queues_table_select (TdQueuesTable *self,
                        const char    *queue_id)
{
  guint position;

  g_return_val_if_fail (TD_IS_QUEUES_TABLE (self), FALSE);
  g_return_val_if_fail (queue_id != NULL, FALSE);

  position = find_position (self, queue_id);
  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;

  gtk_single_selection_set_selected (self->selection, position);
  scroll_to (self, position);

  return TRUE;
}

gboolean
td_queues_table_is_worst_first (TdQueuesTable *self)
{
  GtkSorter *chosen;

  g_return_val_if_fail (TD_IS_QUEUES_TABLE (self), TRUE);

  chosen = gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view));
  return gtk_sorter_get_order (chosen) == GTK_SORTER_ORDER_NONE;
}

void
td_queues_table_sort_worst_first (TdQueuesTable *self)
{
  g_return_if_fail (TD_IS_QUEUES_TABLE (self));

  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (self->view), NULL, GTK_SORT_ASCENDING);
}
