/* td-agents-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agents-table.h"

#include <glib/gi18n.h>
#include <string.h>

#include "td-agent-column.h"
#include "td-agent-slot.h"
#include "td-column-sort.h"
#include "td-picture.h"
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

/* One cell in sight. */
typedef struct
{
  TdAgentColumn column;
  TdAgentSlot  *slot;  /* (unowned): while it is bound */
  TdAgent      *agent; /* (unowned): who was shown last, who the slot may have lost since */
  gint64        revision;
  GtkWidget    *box;
  GtkWidget    *label;
  GtkWidget    *mark; /* (nullable): a shape or a severity */
} Cell;

/* What a column's sorter needs to know. */
typedef struct
{
  TdAgentsTable *table; /* (unowned): the sorter's owner's owner */
  TdAgentColumn  column;
} SortBy;

struct _TdAgentsTable
{
  GtkWidget parent_instance;

  TdWatch             *watch;     /* (owned) (nullable) */
  TdCentre            *centre;    /* (owned) (nullable): the watch's */
  GListStore          *slots;     /* (owned) (element-type TdAgentSlot) */
  GtkSingleSelection  *selection; /* (owned) (nullable): of @slots */
  TdAgent             *selected;  /* (owned) (nullable) */
  gboolean             selecting; /* by the table, not by a person */
  gboolean             held;
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
  GtkColumnViewColumn *columns[TD_N_AGENT_COLUMNS]; /* (owned) */
  gboolean             present[TD_N_AGENT_COLUMNS];
};

enum {
  PROP_0,
  PROP_SELECTED,
  PROP_SORT,
  N_PROPS
};

enum {
  ARRANGED,
  MENU_REQUESTED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdAgentsTable, td_agents_table, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static void
show_cell (TdAgentsTable *self,
           Cell          *cell,
           gint64         now)
{
  g_autofree char *text = NULL;

  cell->agent = td_agent_slot_get_agent (cell->slot);
  text = td_agent_column_format (cell->column, self->centre, cell->agent, now);
  if (g_strcmp0 (text, gtk_inscription_get_text (GTK_INSCRIPTION (cell->label))) != 0)
    gtk_inscription_set_text (GTK_INSCRIPTION (cell->label), text);
  if (cell->column == TD_AGENT_COLUMN_STATE)
    td_state_shape_set_state (TD_STATE_SHAPE (cell->mark), td_agent_get_info (cell->agent)->state);
  if (cell->column == TD_AGENT_COLUMN_TIME)
    {
      TdAgentVerdict verdict;
      TdSeverity     severity;

      td_agent_judge_get_verdict (cell->agent, now, &verdict, td_watch_get_judge (self->watch));
      severity = td_severity_of_need (verdict.need);
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
  TdAgentColumn column = GPOINTER_TO_UINT (user_data);
  Cell         *cell = g_new0 (Cell, 1);

  cell->column = column;
  cell->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  /* A label would measure the whole view anew with every second. */
  cell->label = gtk_inscription_new (NULL);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell->label), td_agent_column_get_spec (column)->is_number ? 1 : 0);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell->label), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell->label), 4);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell->label), column == TD_AGENT_COLUMN_CALL ? 40 : 8);
  gtk_widget_set_hexpand (cell->label, TRUE);

  if (column == TD_AGENT_COLUMN_STATE)
    cell->mark = td_state_shape_new (TD_AGENT_STATE_UNKNOWN);
  else if (column == TD_AGENT_COLUMN_TIME)
    cell->mark = td_severity_mark_new ();
  if (cell->mark != NULL)
    {
      gtk_widget_set_valign (cell->mark, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (cell->box), cell->mark);
    }
  if (td_agent_column_get_spec (column)->is_number || column == TD_AGENT_COLUMN_CALL)
    gtk_widget_add_css_class (cell->label, "td-number");
  if (column == TD_AGENT_COLUMN_NAME)
    gtk_widget_add_css_class (cell->label, "name");
  if (column == TD_AGENT_COLUMN_NAME || column == TD_AGENT_COLUMN_CALL)
    gtk_widget_add_css_class (cell->label, TD_PICTURE_PRIVATE);
  gtk_box_append (GTK_BOX (cell->box), cell->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell->label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ (td_agent_column_get_spec (column)->title),
                                  -1);
  gtk_list_item_set_child (item, cell->box);
  g_object_set_data (G_OBJECT (cell->box), "td-cell", cell);
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

/* Under which a sort is remembered. */
static const char *const column_names[TD_N_AGENT_COLUMNS] = {
  [TD_AGENT_COLUMN_STATE] = "state",
  [TD_AGENT_COLUMN_NAME] = "name",
  [TD_AGENT_COLUMN_TIME] = "time",
  [TD_AGENT_COLUMN_REASON] = "reason",
  [TD_AGENT_COLUMN_CALL] = "call",
  [TD_AGENT_COLUMN_PLACE] = "place",
  [TD_AGENT_COLUMN_TEAM] = "team",
  [TD_AGENT_COLUMN_EMPLOYER] = "employer",
  [TD_AGENT_COLUMN_ANSWERED] = "answered",
  [TD_AGENT_COLUMN_AHT] = "aht",
};

static int
compare_column (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  SortBy *by = user_data;

  if (td_column_sort_answer (column_names[by->column]))
    return -1;

  return td_agent_column_compare (by->column, (TdAgent *)a, (TdAgent *)b, by->table->collations);
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

static void
take_selected (TdAgentsTable *self,
               TdAgent       *agent)
{
  if (g_set_object (&self->selected, agent))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* Selects the row that the selected agent is in now. */
static void
follow_selected (TdAgentsTable *self,
                 GPtrArray     *order)
{
  guint place;

  if (self->selected == NULL)
    return;

  if (g_ptr_array_find (order, self->selected, &place))
    gtk_single_selection_set_selected (self->selection, place);
  else
    {
      gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
      take_selected (self, NULL);
    }
}

/* Brings the rows into order again, and asks anew who is shown. */
static void
arrange (TdAgentsTable *self)
{
  TdRoster         *agents = td_centre_get_agents (self->centre);
  TdAgentJudge     *judge = td_watch_get_judge (self->watch);
  GtkSorter        *chosen = gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view));
  guint             n_agents = td_roster_get_size (agents);
  g_autofree Place *places = g_new (Place, n_agents + 1);
  g_autoptr (GPtrArray) order = g_ptr_array_sized_new (n_agents);
  gint64 now = td_watch_get_now (self->watch);
  guint  n_places = 0;

  if (self->held)
    return;

  for (guint i = 0; i < n_agents; i++)
    {
      TdAgent *agent = td_roster_get (agents, i);

      if (self->func != NULL && !self->func (agent, self->func_data))
        continue;
      places[n_places++] = (Place){ agent, td_agent_judge_get_key (agent, now, judge) };
    }

  if (gtk_sorter_get_order (chosen) == GTK_SORTER_ORDER_NONE)
    chosen = NULL;
  if (g_hash_table_size (self->collations) > MAX_COLLATED)
    g_hash_table_remove_all (self->collations);
  g_qsort_with_data (places, (int)n_places, sizeof *places, compare_places, chosen);
  for (guint i = 0; i < n_places; i++)
    g_ptr_array_add (order, places[i].agent);
  self->selecting = TRUE;
  td_agent_slots_fill (self->slots, order);
  follow_selected (self, order);
  self->selecting = FALSE;
  show_changed_cells (self, FALSE, now);
  update_empty (self);
  g_signal_emit (self, signals[ARRANGED], 0);
}

static void
sorter_cb (TdAgentsTable *self)
{
  arrange (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
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

/* By other limits than before. */
static void
judged_cb (TdAgentsTable *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  arrange (self);
  show_changed_cells (self, TRUE, td_watch_get_now (self->watch));
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

      if (td_agent_column_ticks (cell->column))
        show_cell (self, cell, now);
    }

  /* Time alone moves who passes a limit, changed or not. */
  if (++self->n_ticks % ARRANGE_TICKS == 0)
    arrange (self);

  return G_SOURCE_CONTINUE;
}

static void
selected_cb (TdAgentsTable *self)
{
  TdAgentSlot *slot;

  if (self->selecting)
    return;

  slot = gtk_single_selection_get_selected_item (self->selection);
  take_selected (self, slot != NULL ? td_agent_slot_get_agent (slot) : NULL);
}

/* The cell that @widget is in, or the first one of the row that it is; or NULL. */
static Cell *
find_cell (TdAgentsTable *self,
           GtkWidget     *widget)
{
  for (; widget != NULL && widget != self->view; widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *inner = widget;

      for (guint depth = 0; inner != NULL && depth < 3; depth++, inner = gtk_widget_get_first_child (inner))
        {
          Cell *cell = g_object_get_data (G_OBJECT (inner), "td-cell");

          if (cell != NULL && g_hash_table_contains (self->cells, cell))
            return cell;
        }
    }

  return NULL;
}

static void
request_menu (TdAgentsTable *self,
              TdAgent       *agent,
              double         x,
              double         y)
{
  td_agents_table_set_selected (self, agent);
  g_signal_emit (self, signals[MENU_REQUESTED], 0, agent, x, y);
}

/* Points to the row of an agent, or to the top where it is out of sight. */
static void
request_menu_at_row (TdAgentsTable *self,
                     TdAgent       *agent)
{
  double         x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0, y = 0;
  GHashTableIter iter;
  gpointer       key;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Cell *cell = key;

      if (cell->agent != agent || cell->column != TD_AGENT_COLUMN_NAME || !gtk_widget_get_mapped (cell->box))
        continue;
      if (!gtk_widget_translate_coordinates (cell->box, GTK_WIDGET (self), 24, gtk_widget_get_height (cell->box), &x, &y))
        continue;
      y = CLAMP (y, 0, gtk_widget_get_height (GTK_WIDGET (self)));
      break;
    }

  request_menu (self, agent, x, y);
}

static void
secondary_click_cb (TdAgentsTable   *self,
                    int              n_press,
                    double           x,
                    double           y,
                    GtkGestureClick *gesture)
{
  Cell *cell = find_cell (self, gtk_widget_pick (self->view, x, y, GTK_PICK_DEFAULT));

  if (cell == NULL || cell->agent == NULL ||
      !gtk_widget_translate_coordinates (self->view, GTK_WIDGET (self), x, y, &x, &y))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  request_menu (self, cell->agent, x, y);
}

static void
activate_cb (TdAgentsTable *self,
             guint          position)
{
  g_autoptr (TdAgentSlot) slot = g_list_model_get_item (G_LIST_MODEL (self->slots), position);

  if (slot != NULL)
    request_menu_at_row (self, td_agent_slot_get_agent (slot));
}

/* The menu key asks for the selected agent, else for the row with the focus. */
static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  TdAgentsTable *self = TD_AGENTS_TABLE (widget);
  GtkRoot       *root = gtk_widget_get_root (widget);
  GtkWidget     *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  TdAgent       *agent = self->selected;
  Cell          *cell;

  if (agent == NULL && focus != NULL && gtk_widget_is_ancestor (focus, self->view))
    {
      cell = find_cell (self, focus);
      agent = cell != NULL ? cell->agent : NULL;
    }

  if (agent == NULL)
    return FALSE;

  request_menu_at_row (self, agent);

  return TRUE;
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

static gboolean
td_agents_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (TD_AGENTS_TABLE (widget)->view);
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

  for (guint i = 0; i < TD_N_AGENT_COLUMNS && title != NULL; i++)
    {
      if (!self->present[i])
        continue;

      GtkWidget *box = gtk_widget_get_first_child (title);

      gtk_widget_set_tooltip_text (title, td_agent_column_get_tooltip (i));
      if (box != NULL && td_agent_column_get_spec (i)->is_number)
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
  for (guint i = 0; i < TD_N_AGENT_COLUMNS; i++)
    {
      gboolean wanted = self->width >= td_agent_column_get_spec (i)->min_width * scale;

      if (wanted && !self->present[i])
        gtk_column_view_insert_column (GTK_COLUMN_VIEW (self->view), n_present, self->columns[i]);
      else if (!wanted && self->present[i])
        gtk_column_view_remove_column (GTK_COLUMN_VIEW (self->view), self->columns[i]);
      self->present[i] = wanted;
      if (td_agent_column_get_spec (i)->width > 0)
        gtk_column_view_column_set_fixed_width (self->columns[i], (int)(td_agent_column_get_spec (i)->width * scale));
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
  for (guint i = 0; i < TD_N_AGENT_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_object (&self->selection);
  g_clear_object (&self->selected);
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
td_agents_table_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TdAgentsTable *self = TD_AGENTS_TABLE (object);

  switch (prop_id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, self->selected);
      break;

    case PROP_SORT:
      g_value_take_string (value, td_column_sort_dup (GTK_COLUMN_VIEW (self->view)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_agents_table_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TdAgentsTable *self = TD_AGENTS_TABLE (object);

  switch (prop_id)
    {
    case PROP_SORT:
      td_column_sort_set (GTK_COLUMN_VIEW (self->view), self->columns, column_names, TD_N_AGENT_COLUMNS,
                          g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_agents_table_class_init (TdAgentsTableClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = td_agents_table_get_property;
  object_class->set_property = td_agents_table_set_property;
  object_class->dispose = td_agents_table_dispose;
  object_class->finalize = td_agents_table_finalize;
  widget_class->grab_focus = td_agents_table_grab_focus;
  widget_class->map = td_agents_table_map;
  widget_class->unmap = td_agents_table_unmap;
  widget_class->measure = td_agents_table_measure;
  widget_class->size_allocate = td_agents_table_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "agentstable");

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);

  properties[PROP_SELECTED] =
    g_param_spec_object ("selected", NULL, NULL,
                         TD_TYPE_AGENT,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SORT] =
    g_param_spec_string ("sort", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[MENU_REQUESTED] =
    g_signal_new ("menu-requested",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, TD_TYPE_AGENT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

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
  for (guint i = 0; i < TD_N_AGENT_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      SortBy             *by = g_new (SortBy, 1);
      g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_column, by, g_free));

      *by = (SortBy){ self, i };
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
      g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), self);

      self->columns[i] = gtk_column_view_column_new (_ (td_agent_column_get_spec (i)->title), factory);
      gtk_column_view_column_set_sorter (self->columns[i], sorter);
      gtk_column_view_column_set_expand (self->columns[i], td_agent_column_get_spec (i)->expand);
      gtk_column_view_column_set_resizable (self->columns[i], TRUE);
      if (td_agent_column_get_spec (i)->width > 0)
        gtk_column_view_column_set_fixed_width (self->columns[i], td_agent_column_get_spec (i)->width);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), self->columns[i]);
      self->present[i] = TRUE;
    }
}

static void
td_agents_table_init (TdAgentsTable *self)
{
  GtkWidget  *scrolled = gtk_scrolled_window_new ();
  GtkGesture *gesture = gtk_gesture_click_new ();

  self->cells = g_hash_table_new (NULL, NULL);
  self->collations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->slots = g_list_store_new (TD_TYPE_AGENT_SLOT);
  self->view = gtk_column_view_new (NULL);
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (self->view), TRUE);
  /* Columns that come back as the room grows find their place again. */
  gtk_column_view_set_reorderable (GTK_COLUMN_VIEW (self->view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Agents"), -1);
  add_columns (self);
  dress_headers (self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (gesture, "pressed", G_CALLBACK (secondary_click_cb), self);
  gtk_widget_add_controller (self->view, GTK_EVENT_CONTROLLER (gesture));
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);

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
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->slots));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view)), "changed",
                           G_CALLBACK (sorter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->centre, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_judge (watch), "changed", G_CALLBACK (judged_cb), self, G_CONNECT_SWAPPED);
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

/**
 * td_agents_table_get_selected:
 * @self: a table
 *
 * Returns: (transfer none) (nullable): the agent that a person selected
 */
TdAgent *
td_agents_table_get_selected (TdAgentsTable *self)
{
  g_return_val_if_fail (TD_IS_AGENTS_TABLE (self), NULL);

  return self->selected;
}

/**
 * td_agents_table_set_selected:
 * @self: a table with a watch
 * @agent: (nullable): who is to be selected, if shown
 */
void
td_agents_table_set_selected (TdAgentsTable *self,
                              TdAgent       *agent)
{
  guint n_slots;

  g_return_if_fail (TD_IS_AGENTS_TABLE (self));
  g_return_if_fail (self->selection != NULL);

  if (agent == NULL)
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);

  n_slots = g_list_model_get_n_items (G_LIST_MODEL (self->slots));
  for (guint i = 0; agent != NULL && agent != self->selected && i < n_slots; i++)
    {
      g_autoptr (TdAgentSlot) slot = g_list_model_get_item (G_LIST_MODEL (self->slots), i);

      if (td_agent_slot_get_agent (slot) == agent)
        gtk_single_selection_set_selected (self->selection, i);
    }
}

/**
 * td_agents_table_set_held:
 * @self: a table
 * @held: whether the rows keep their places
 *
 * Keeps the rows where they are while a menu points at one of them.
 */
void
td_agents_table_set_held (TdAgentsTable *self,
                          gboolean       held)
{
  g_return_if_fail (TD_IS_AGENTS_TABLE (self));

  if (self->held == held)
    return;

  self->held = held;
  if (!held && self->watch != NULL)
    arrange (self);
}
