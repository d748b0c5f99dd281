/* td-agents-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agents-table.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "td-agent-need.h"
#include "td-agent-slot.h"
#include "td-format.h"
#include "td-metrics.h"
#include "td-severity-mark.h"
#include "td-severity.h"
#include "td-state-shape.h"

/* From these widths of the table on its text is larger, as the style sheet has
 * it, and its columns are so much wider. */
#define LARGE_WIDTH 1800
#define LARGE_SCALE 1.2
#define HUGE_WIDTH 3000
#define HUGE_SCALE 2.1

/* Rows change places at most so often: an order that moves faster than that
 * cannot be read, and costs a sort. */
#define ARRANGE_MS 1000
#define ARRANGE_TICKS 5

/* More distinct texts than this are not remembered for comparing. */
#define MAX_COLLATED 50000

typedef enum {
  COLUMN_STATE,
  COLUMN_NAME,
  COLUMN_TIME,
  COLUMN_REASON,
  COLUMN_CALL,
  COLUMN_PLACE,
  COLUMN_TEAM,
  COLUMN_EMPLOYER,
  COLUMN_ANSWERED,
  COLUMN_AHT,
  N_COLUMNS
} ColumnId;

/* One cell in sight. */
typedef struct
{
  ColumnId     column;
  TdAgentSlot *slot;  /* (unowned): while it is bound */
  TdAgent     *agent; /* (unowned): who was shown last, who the slot may have lost since */
  gint64       revision;
  GtkWidget   *box;
  GtkWidget   *label;
  GtkWidget   *mark; /* (nullable): a shape or a severity */
} Cell;

/* What a column's sorter needs to know. */
typedef struct
{
  TdAgentsTable *table; /* (unowned): the sorter's owner's owner */
  ColumnId       column;
} SortBy;

struct _TdAgentsTable
{
  GtkWidget parent_instance;

  TdWatch             *watch;      /* (owned) (nullable) */
  TdCentre            *centre;     /* (owned) (nullable): the watch's */
  GListStore          *slots;      /* (owned) (element-type TdAgentSlot) */
  GHashTable          *cells;      /* (owned) (element-type Cell): bound now */
  GHashTable          *collations; /* (owned): text (string) -> key that compares (string) */
  TdAgentFunc          func;
  gpointer             func_data;
  guint                arrange_source;
  guint                tick_source;
  guint                n_ticks;
  guint                fit_source;
  int                  width;
  GtkWidget           *body;
  GtkWidget           *view;
  GtkWidget           *empty;
  GtkColumnViewColumn *columns[N_COLUMNS]; /* (owned) */
  gboolean             present[N_COLUMNS];
};

enum {
  ARRANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdAgentsTable, td_agents_table, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static const struct
{
  const char *title;
  int         width; /* pixels, or -1 */
  gboolean    expand;
  gboolean    is_number;
  int         min_width; /* of the table, below which the column hides */
} specs[N_COLUMNS] = {
  [COLUMN_STATE] = { N_ ("State"), 150, FALSE, FALSE, 0 },
  [COLUMN_NAME] = { N_ ("Name"), 190, FALSE, FALSE, 0 },
  [COLUMN_TIME] = { N_ ("Time in state"), 124, FALSE, TRUE, 0 },
  [COLUMN_REASON] = { N_ ("Reason"), 130, FALSE, FALSE, 0 },
  [COLUMN_CALL] = { N_ ("Current call"), -1, TRUE, FALSE, 0 },
  [COLUMN_PLACE] = { N_ ("Place"), 124, FALSE, FALSE, 0 },
  [COLUMN_TEAM] = { N_ ("Team"), 100, FALSE, FALSE, 1000 },
  [COLUMN_EMPLOYER] = { N_ ("Employer"), 170, FALSE, FALSE, 1500 },
  [COLUMN_ANSWERED] = { N_ ("Answered"), 96, FALSE, TRUE, 1100 },
  [COLUMN_AHT] = { N_ ("AHT"), 84, FALSE, TRUE, 1200 },
};

static const char *
get_tooltip (ColumnId column)
{
  switch (column)
    {
    case COLUMN_TIME:
      return _ ("Since the state began; “≥” where the source does not say when that was");

    case COLUMN_ANSWERED:
      return _ ("Calls answered today");

    case COLUMN_AHT:
      return _ ("Average handling time today: talk + hold + wrap-up, per answered call");

    case COLUMN_STATE:
    case COLUMN_NAME:
    case COLUMN_REASON:
    case COLUMN_CALL:
    case COLUMN_PLACE:
    case COLUMN_TEAM:
    case COLUMN_EMPLOYER:
    case N_COLUMNS:
    default:
      return NULL;
    }
}

static char *
format_call (TdAgentsTable     *self,
             const TdAgentInfo *info,
             gint64             now)
{
  g_autoptr (GString) text = g_string_new (NULL);
  TdQueue *queue = info->call_queue != NULL ? td_centre_find_queue (self->centre, info->call_queue) : NULL;

  if (queue != NULL)
    g_string_append (text, td_queue_get_title (queue));
  else if (info->call_queue != NULL)
    g_string_append (text, info->call_queue);
  if (info->call_number != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", info->call_number);
  if (info->state == TD_AGENT_STATE_ON_CALL && TD_IS_KNOWN (info->call_since))
    {
      g_autofree char *talk = td_format_age (info->call_since, now, FALSE);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", talk);
    }
  if (info->on_hold)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _ ("on hold"));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
format_cell (TdAgentsTable *self,
             Cell          *cell,
             gint64         now)
{
  const TdAgentInfo *info = td_agent_get_info (cell->agent);
  gboolean           inexact;
  gint64             since;

  switch (cell->column)
    {
    case COLUMN_STATE:
      return g_strdup (td_format_state (info->state));

    case COLUMN_NAME:
      return g_strdup (td_agent_get_title (cell->agent));

    case COLUMN_TIME:
      since = td_agent_get_since (cell->agent, &inexact);
      return td_format_age (since, now, inexact);

    case COLUMN_REASON:
      return g_strdup (info->reason != NULL ? info->reason : "");

    case COLUMN_CALL:
      return format_call (self, info, now);

    case COLUMN_PLACE:
      return g_strdup (td_format_place (info->place));

    case COLUMN_TEAM:
      return g_strdup (info->team != NULL ? info->team : "—");

    case COLUMN_EMPLOYER:
      return g_strdup (info->employer != NULL ? info->employer : "—");

    case COLUMN_ANSWERED:
      return td_format_count (info->answered);

    case COLUMN_AHT:
      return td_format_duration_s (td_metrics_agent_aht (info));

    case N_COLUMNS:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
ticks (ColumnId column)
{
  return column == COLUMN_TIME || column == COLUMN_CALL;
}

static void
show_cell (TdAgentsTable *self,
           Cell          *cell,
           gint64         now)
{
  g_autofree char *text = NULL;

  cell->agent = td_agent_slot_get_agent (cell->slot);
  text = format_cell (self, cell, now);
  if (g_strcmp0 (text, gtk_inscription_get_text (GTK_INSCRIPTION (cell->label))) != 0)
    gtk_inscription_set_text (GTK_INSCRIPTION (cell->label), text);
  if (cell->column == COLUMN_STATE)
    td_state_shape_set_state (TD_STATE_SHAPE (cell->mark), td_agent_get_info (cell->agent)->state);
  if (cell->column == COLUMN_TIME)
    {
      TdSeverity severity = td_agent_need_severity (cell->agent, now);

      if (td_severity_mark_get_severity (TD_SEVERITY_MARK (cell->mark)) != severity)
        {
          td_severity_mark_set_severity (TD_SEVERITY_MARK (cell->mark), severity);
          td_palette_set_severity (cell->box, severity);
        }
    }
  cell->revision = td_agent_get_revision (cell->agent);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  ColumnId column = GPOINTER_TO_UINT (user_data);
  Cell    *cell = g_new0 (Cell, 1);

  cell->column = column;
  cell->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  /* A label would measure the whole view anew with every second. */
  cell->label = gtk_inscription_new (NULL);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell->label), specs[column].is_number ? 1 : 0);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell->label), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell->label), 4);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell->label), column == COLUMN_CALL ? 40 : 8);
  gtk_widget_set_hexpand (cell->label, TRUE);

  if (column == COLUMN_STATE)
    cell->mark = td_state_shape_new (TD_AGENT_STATE_UNKNOWN);
  else if (column == COLUMN_TIME)
    cell->mark = td_severity_mark_new ();
  if (cell->mark != NULL)
    {
      gtk_widget_set_valign (cell->mark, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (cell->box), cell->mark);
    }
  if (specs[column].is_number || column == COLUMN_CALL)
    gtk_widget_add_css_class (cell->label, "td-number");
  if (column == COLUMN_NAME)
    gtk_widget_add_css_class (cell->label, "name");
  gtk_box_append (GTK_BOX (cell->box), cell->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell->label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ (specs[column].title),
                                  -1);
  gtk_list_item_set_child (item, cell->box);
  g_object_set_data_full (G_OBJECT (item), "td-cell", cell, g_free);
}

static void
bind_cb (TdAgentsTable *self,
         GtkListItem   *item)
{
  Cell *cell = g_object_get_data (G_OBJECT (item), "td-cell");

  cell->slot = gtk_list_item_get_item (item);
  g_hash_table_add (self->cells, cell);
  show_cell (self, cell, td_watch_get_now (self->watch));
}

static void
unbind_cb (TdAgentsTable *self,
           GtkListItem   *item)
{
  Cell *cell = g_object_get_data (G_OBJECT (item), "td-cell");

  g_hash_table_remove (self->cells, cell);
  cell->slot = NULL;
  cell->agent = NULL;
}

static int
compare_numbers (double x,
                 double y)
{
  /* What is not known comes last. */
  if (isnan (x) || isnan (y))
    return isnan (x) - isnan (y);

  return (x < y) - (x > y);
}

/* How a text compares in the language of the interface: working it out costs
 * a hundred times what comparing it does. */
static const char *
get_collation (GHashTable *collations,
               const char *text)
{
  char *key = g_hash_table_lookup (collations, text);

  if (key != NULL)
    return key;

  key = g_utf8_collate_key (text, -1);
  g_hash_table_insert (collations, g_strdup (text), key);

  return key;
}

static int
compare_text (GHashTable *collations,
              const char *x,
              const char *y)
{
  if (x == NULL || y == NULL)
    return (x == NULL) - (y == NULL);

  return x == y ? 0 : strcmp (get_collation (collations, x), get_collation (collations, y));
}

static int
compare_column (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const TdAgentInfo *x = td_agent_get_info ((TdAgent *)a);
  const TdAgentInfo *y = td_agent_get_info ((TdAgent *)b);
  SortBy            *by = user_data;
  GHashTable        *collations = by->table->collations;
  int                order = 0;

  switch (by->column)
    {
    case COLUMN_STATE:
      order = (x->state > y->state) - (x->state < y->state);
      break;

    case COLUMN_NAME:
      order = compare_text (collations, td_agent_get_title ((TdAgent *)a), td_agent_get_title ((TdAgent *)b));
      break;

    case COLUMN_TIME:
      order = compare_numbers (-(double)td_agent_get_since ((TdAgent *)a, NULL),
                               -(double)td_agent_get_since ((TdAgent *)b, NULL));
      break;

    case COLUMN_REASON:
      order = compare_text (collations, x->reason, y->reason);
      break;

    case COLUMN_CALL:
      order = compare_text (collations, x->call_queue, y->call_queue);
      break;

    case COLUMN_PLACE:
      order = (x->place > y->place) - (x->place < y->place);
      break;

    case COLUMN_TEAM:
      order = compare_text (collations, x->team, y->team);
      break;

    case COLUMN_EMPLOYER:
      order = compare_text (collations, x->employer, y->employer);
      break;

    case COLUMN_ANSWERED:
      order = compare_numbers (TD_IS_KNOWN (x->answered) ? (double)x->answered : NAN,
                               TD_IS_KNOWN (y->answered) ? (double)y->answered : NAN);
      break;

    case COLUMN_AHT:
      order = compare_numbers (td_metrics_agent_aht (x), td_metrics_agent_aht (y));
      break;

    case N_COLUMNS:
    default:
      break;
    }

  return order;
}

static void
update_empty (TdAgentsTable *self)
{
  gtk_widget_set_visible (self->empty, td_agents_table_get_n_shown (self) == 0);
}

typedef struct
{
  TdAgent *agent;
  guint64  key;
} Place;

static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const Place *x = a;
  const Place *y = b;
  GtkSorter   *chosen = user_data;
  GtkOrdering  order = chosen != NULL ? gtk_sorter_compare (chosen, x->agent, y->agent) : GTK_ORDERING_EQUAL;

  if (order != GTK_ORDERING_EQUAL)
    return order;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;

  return strcmp (td_agent_get_id (x->agent), td_agent_get_id (y->agent));
}

/* Shows again the cells in sight whose slot has another agent now, or whose
 * agent changed. */
static void
show_changed_cells (TdAgentsTable *self,
                    gboolean       all,
                    gint64         now)
{
  GHashTableIter iter;
  gpointer       key;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Cell    *cell = key;
      TdAgent *agent = td_agent_slot_get_agent (cell->slot);

      if (all || cell->agent != agent || cell->revision != td_agent_get_revision (agent))
        show_cell (self, cell, now);
    }
}

/* Brings the rows into order again, and asks anew who is shown. */
static void
arrange (TdAgentsTable *self)
{
  TdRoster         *agents = td_centre_get_agents (self->centre);
  GtkSorter        *chosen = gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view));
  guint             n_agents = td_roster_get_size (agents);
  g_autofree Place *places = g_new (Place, n_agents + 1);
  g_autoptr (GPtrArray) order = g_ptr_array_sized_new (n_agents);
  gint64 now = td_watch_get_now (self->watch);
  guint  n_places = 0;

  for (guint i = 0; i < n_agents; i++)
    {
      TdAgent *agent = td_roster_get (agents, i);

      if (self->func != NULL && !self->func (agent, self->func_data))
        continue;
      places[n_places++] = (Place){ agent, td_agent_need_key (agent, now) };
    }

  if (gtk_sorter_get_order (chosen) == GTK_SORTER_ORDER_NONE)
    chosen = NULL;
  if (g_hash_table_size (self->collations) > MAX_COLLATED)
    g_hash_table_remove_all (self->collations);
  g_qsort_with_data (places, (int)n_places, sizeof *places, compare_places, chosen);
  for (guint i = 0; i < n_places; i++)
    g_ptr_array_add (order, places[i].agent);
  td_agent_slots_fill (self->slots, order);
  show_changed_cells (self, FALSE, now);
  update_empty (self);
  g_signal_emit (self, signals[ARRANGED], 0);
}

static gboolean
arrange_cb (gpointer user_data)
{
  TdAgentsTable *self = user_data;

  self->arrange_source = 0;
  arrange (self);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (TdAgentsTable *self,
            TdChanges     *changes)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  /* Who came or went is worth an order at once. */
  if (changes->agents_added->len + changes->agents_removed->len > 0)
    arrange (self);
  show_changed_cells (self, changes->new_instance, td_watch_get_now (self->watch));

  if (self->arrange_source == 0 && changes->agents_changed->len > 0)
    self->arrange_source = g_timeout_add (ARRANGE_MS, arrange_cb, self);
}

static gboolean
tick_cb (gpointer user_data)
{
  TdAgentsTable *self = user_data;
  gint64         now = td_watch_get_now (self->watch);
  GHashTableIter iter;
  gpointer       key;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Cell *cell = key;

      if (ticks (cell->column))
        show_cell (self, cell, now);
    }

  /* Time alone moves who passes a limit, changed or not. */
  if (++self->n_ticks % ARRANGE_TICKS == 0)
    arrange (self);

  return G_SOURCE_CONTINUE;
}

static void
td_agents_table_map (GtkWidget *widget)
{
  TdAgentsTable *self = TD_AGENTS_TABLE (widget);

  GTK_WIDGET_CLASS (td_agents_table_parent_class)->map (widget);

  if (self->watch != NULL && self->tick_source == 0)
    {
      self->tick_source = g_timeout_add_seconds (1, tick_cb, self);
      arrange (self);
      show_changed_cells (self, TRUE, td_watch_get_now (self->watch));
    }
}

static void
td_agents_table_unmap (GtkWidget *widget)
{
  TdAgentsTable *self = TD_AGENTS_TABLE (widget);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_handle_id (&self->arrange_source, g_source_remove);

  GTK_WIDGET_CLASS (td_agents_table_parent_class)->unmap (widget);
}

/* GTK 4.8 has no way to align a column's title or to explain it, so the
 * title's own widgets are asked; where they are others, nothing happens. */
static void
dress_headers (TdAgentsTable *self)
{
  GtkWidget *header = gtk_widget_get_first_child (self->view);
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; i < N_COLUMNS && title != NULL; i++)
    {
      if (!self->present[i])
        continue;

      GtkWidget *box = gtk_widget_get_first_child (title);

      gtk_widget_set_tooltip_text (title, get_tooltip (i));
      if (box != NULL && specs[i].is_number)
        gtk_widget_set_halign (box, GTK_ALIGN_END);
      title = gtk_widget_get_next_sibling (title);
    }
}

static gboolean
fit_cb (gpointer user_data)
{
  TdAgentsTable *self = user_data;
  guint          n_present = 0;
  double         scale;

  self->fit_source = 0;
  scale = self->width >= HUGE_WIDTH ? HUGE_SCALE : self->width >= LARGE_WIDTH ? LARGE_SCALE
                                                                              : 1.0;

  /* A hidden column keeps its room in GTK 4.8, so it is taken out. */
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      gboolean wanted = self->width >= specs[i].min_width * scale;

      if (wanted && !self->present[i])
        gtk_column_view_insert_column (GTK_COLUMN_VIEW (self->view), n_present, self->columns[i]);
      else if (!wanted && self->present[i])
        gtk_column_view_remove_column (GTK_COLUMN_VIEW (self->view), self->columns[i]);
      self->present[i] = wanted;
      if (specs[i].width > 0)
        gtk_column_view_column_set_fixed_width (self->columns[i], (int)(specs[i].width * scale));
      n_present += wanted ? 1 : 0;
    }
  dress_headers (self);

  return G_SOURCE_REMOVE;
}

static void
td_agents_table_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  TdAgentsTable *self = TD_AGENTS_TABLE (widget);

  gtk_widget_allocate (self->body, width, height, baseline, NULL);
  if (width != self->width)
    {
      /* Columns cannot come and go while the room for them is given out. */
      self->width = width;
      if (self->fit_source == 0)
        self->fit_source = g_idle_add (fit_cb, self);
    }
}

static void
td_agents_table_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  TdAgentsTable *self = TD_AGENTS_TABLE (widget);

  gtk_widget_measure (self->body, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
td_agents_table_dispose (GObject *object)
{
  TdAgentsTable *self = TD_AGENTS_TABLE (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_handle_id (&self->arrange_source, g_source_remove);
  g_clear_handle_id (&self->fit_source, g_source_remove);
  self->func = NULL;
  g_clear_pointer (&self->body, gtk_widget_unparent);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_object (&self->slots);
  g_clear_object (&self->centre);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_agents_table_parent_class)->dispose (object);
}

static void
td_agents_table_finalize (GObject *object)
{
  TdAgentsTable *self = TD_AGENTS_TABLE (object);

  g_clear_pointer (&self->cells, g_hash_table_unref);
  g_clear_pointer (&self->collations, g_hash_table_unref);

  G_OBJECT_CLASS (td_agents_table_parent_class)->finalize (object);
}

static void
td_agents_table_class_init (TdAgentsTableClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_agents_table_dispose;
  object_class->finalize = td_agents_table_finalize;
  widget_class->map = td_agents_table_map;
  widget_class->unmap = td_agents_table_unmap;
  widget_class->measure = td_agents_table_measure;
  widget_class->size_allocate = td_agents_table_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "agentstable");

  signals[ARRANGED] =
    g_signal_new ("arranged",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
add_columns (TdAgentsTable *self)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      SortBy             *by = g_new (SortBy, 1);
      g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_column, by, g_free));

      *by = (SortBy){ self, i };
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
      g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), self);

      self->columns[i] = gtk_column_view_column_new (_ (specs[i].title), factory);
      gtk_column_view_column_set_sorter (self->columns[i], sorter);
      gtk_column_view_column_set_expand (self->columns[i], specs[i].expand);
      gtk_column_view_column_set_resizable (self->columns[i], TRUE);
      if (specs[i].width > 0)
        gtk_column_view_column_set_fixed_width (self->columns[i], specs[i].width);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), self->columns[i]);
      self->present[i] = TRUE;
    }
}

static void
td_agents_table_init (TdAgentsTable *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->cells = g_hash_table_new (NULL, NULL);
  self->collations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->slots = g_list_store_new (TD_TYPE_AGENT_SLOT);
  self->view = gtk_column_view_new (NULL);
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (self->view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Agents"), -1);
  add_columns (self);
  dress_headers (self);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  self->empty = gtk_label_new (_ ("No agent matches"));
  gtk_widget_add_css_class (self->empty, "td-caption");
  gtk_widget_set_visible (self->empty, FALSE);
  gtk_widget_set_valign (self->empty, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (self->empty, GTK_ALIGN_CENTER);
  gtk_widget_set_can_target (self->empty, FALSE);

  self->body = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->body), scrolled);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->body), self->empty);
  gtk_widget_set_parent (self->body, GTK_WIDGET (self));
}

/**
 * td_agents_table_set_watch:
 * @self: a table without a watch yet
 * @watch: the centre whose agents to show
 */
void
td_agents_table_set_watch (TdAgentsTable *self,
                           TdWatch       *watch)
{
  g_return_if_fail (TD_IS_AGENTS_TABLE (self));
  g_return_if_fail (TD_IS_WATCH (watch));
  g_return_if_fail (self->watch == NULL);

  self->watch = g_object_ref (watch);
  self->centre = g_object_ref (td_watch_get_centre (watch));
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view),
                             GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->slots)))));
  g_signal_connect_object (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view)), "changed",
                           G_CALLBACK (arrange), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->centre, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * td_agents_table_set_filter:
 * @self: a table
 * @func: (nullable) (scope notified): which agents are shown; none shows all
 * @user_data: for @func, valid as long as the table
 */
void
td_agents_table_set_filter (TdAgentsTable *self,
                            TdAgentFunc    func,
                            gpointer       user_data)
{
  g_return_if_fail (TD_IS_AGENTS_TABLE (self));

  self->func = func;
  self->func_data = user_data;
  td_agents_table_refilter (self);
}

/**
 * td_agents_table_refilter:
 * @self: a table
 *
 * Tells that the filter's function answers otherwise now.
 */
void
td_agents_table_refilter (TdAgentsTable *self)
{
  g_return_if_fail (TD_IS_AGENTS_TABLE (self));

  if (self->watch != NULL)
    arrange (self);
}

guint
td_agents_table_get_n_shown (TdAgentsTable *self)
{
  g_return_val_if_fail (TD_IS_AGENTS_TABLE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->slots));
}
