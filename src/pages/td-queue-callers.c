/* td-queue-callers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-queue-callers.h"

#include <glib/gi18n.h>

#include "td-format.h"
#include "td-list-sync.h"
#include "td-metrics.h"
#include "td-picture.h"
#include "td-severity.h"
#include "td-severity-mark.h"
#include "td-stat-tile.h"

#define MARK_SPACING 5

typedef enum {
  COLUMN_POSITION,
  COLUMN_WAIT,
  COLUMN_NUMBER,
  COLUMN_REASON,
  COLUMN_AREA,
  N_COLUMNS
} ColumnId;

typedef struct
{
  TdQueueCallers *card; /* (unowned) */
  ColumnId        id;
  GHashTable     *bound; /* (owned) (element-type GtkListItem): in sight now */
} Column;

struct _TdQueueCallers
{
  GtkWidget parent_instance;

  GListStore *store;   /* (owned): TdCaller */
  gint64      waiting; /* as the queue counts them, or TD_UNKNOWN */
  gint64      now;

  GtkWidget *body;
  GtkWidget *title;
  GtkWidget *beyond;
  GtkWidget *beyond_mark;
  GtkWidget *view;
  GtkWidget *scrolled;
  GtkWidget *empty;
  Column     columns[N_COLUMNS];
};

G_DEFINE_FINAL_TYPE (TdQueueCallers, td_queue_callers, GTK_TYPE_WIDGET)

static const char *const titles[N_COLUMNS] = {
  /* Translators: the place of a caller in line. */
  [COLUMN_POSITION] = NC_ ("column of callers", "#"),
  [COLUMN_WAIT] = NC_ ("column of callers", "wait"),
  [COLUMN_NUMBER] = NC_ ("column of callers", "number"),
  [COLUMN_REASON] = NC_ ("column of callers", "reason"),
  [COLUMN_AREA] = NC_ ("column of callers", "area"),
};

static const char *
get_title (ColumnId id)
{
  return g_dpgettext2 (NULL, "column of callers", titles[id]);
}

static char *
format_cell (TdQueueCallers *self,
             ColumnId        id,
             TdCaller       *caller)
{
  const TdCallerInfo *info = td_caller_get_info (caller);
  const char         *text = NULL;

  switch (id)
    {
    case COLUMN_POSITION:
      return td_format_count (info->position);

    case COLUMN_WAIT:
      return td_format_age (info->since, self->now, FALSE);

    case COLUMN_NUMBER:
      text = info->number;
      break;

    case COLUMN_REASON:
      text = info->reason;
      break;

    case COLUMN_AREA:
      text = info->area;
      break;

    case N_COLUMNS:
    default:
      break;
    }

  return g_strdup (text != NULL ? text : "—");
}

static void
describe_row (TdQueueCallers *self,
              GtkWidget      *cell,
              TdCaller       *caller)
{
  GtkWidget *row = gtk_widget_get_parent (cell);
  g_autoptr (GString) text = g_string_new (NULL);

  row = row != NULL ? gtk_widget_get_parent (row) : NULL;
  if (row == NULL)
    return;

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_autofree char *value = format_cell (self, i, caller);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", get_title (i), value);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
}

static void
show_cell (Column      *column,
           GtkListItem *item)
{
  TdCaller        *caller = gtk_list_item_get_item (item);
  GtkWidget       *cell = gtk_list_item_get_child (item);
  g_autofree char *text = NULL;
  TdSeverity       severity;
  gboolean         changed;

  if (caller == NULL)
    return;

  text = format_cell (column->card, column->id, caller);
  changed = td_label_set (GTK_LABEL (gtk_widget_get_last_child (cell)), text);
  if (changed && column->id >= COLUMN_REASON)
    gtk_widget_set_tooltip_text (cell, text);
  if (column->id != COLUMN_WAIT)
    return;

  severity = td_severity_of_wait (td_metrics_age_ms (td_caller_get_info (caller)->since, column->card->now));
  td_severity_mark_set_severity (TD_SEVERITY_MARK (gtk_widget_get_first_child (cell)), severity);
  td_palette_set_severity (cell, severity);
  if (changed)
    describe_row (column->card, cell, caller);
}

static void
setup_cb (Column      *column,
          GtkListItem *item)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, MARK_SPACING);
  GtkWidget *label = gtk_label_new (NULL);

  if (column->id == COLUMN_WAIT)
    {
      gtk_box_append (GTK_BOX (cell), td_severity_mark_new ());
      gtk_label_set_width_chars (GTK_LABEL (label), 5);
    }
  if (column->id == COLUMN_REASON || column->id == COLUMN_AREA)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), column->id == COLUMN_WAIT ? 1 : 0);
  if (column->id <= COLUMN_NUMBER)
    gtk_widget_add_css_class (label, "td-number");
  if (column->id == COLUMN_NUMBER)
    gtk_widget_add_css_class (label, TD_PICTURE_PRIVATE);
  if (column->id == COLUMN_POSITION)
    gtk_widget_add_css_class (label, "td-secondary");
  gtk_box_append (GTK_BOX (cell), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, get_title (column->id),
                                  -1);

  gtk_list_item_set_child (item, cell);
  gtk_list_item_set_activatable (item, FALSE);
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

static void
show_cells (TdQueueCallers *self,
            ColumnId        id)
{
  GHashTableIter iter;
  gpointer       item;

  g_hash_table_iter_init (&iter, self->columns[id].bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    show_cell (&self->columns[id], item);
}

static int
compare_place (gconstpointer a,
               gconstpointer b)
{
  const TdCallerInfo *x = td_caller_get_info (*(TdCaller *const *)a);
  const TdCallerInfo *y = td_caller_get_info (*(TdCaller *const *)b);

  if (x->position != y->position && TD_IS_KNOWN (x->position) && TD_IS_KNOWN (y->position))
    return x->position < y->position ? -1 : 1;
  if (x->since != y->since)
    return x->since < y->since ? -1 : 1;

  return strcmp (x->id, y->id);
}

/* How many wait beyond the limit: exact where the source lists every caller. */
static void
show_beyond (TdQueueCallers *self)
{
  guint            n_callers = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  gint64           n_beyond = 0;
  g_autofree char *count = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n_callers; i++)
    {
      g_autoptr (TdCaller) caller = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (td_metrics_age_ms (td_caller_get_info (caller)->since, self->now) >= TD_WAIT_LIMIT_MS)
        n_beyond++;
    }

  if (n_beyond > 0)
    {
      count = td_format_count (n_beyond);
      limit = td_format_duration (TD_WAIT_LIMIT_MS);
      if (TD_IS_KNOWN (self->waiting) && n_callers < self->waiting)
        /* Translators: at least so many callers have waited longer than a time: "≥ 16 beyond 2:00". */
        text = g_strdup_printf (_ ("≥ %s beyond %s"), count, limit);
      else
        /* Translators: so many callers have waited longer than a time: "16 beyond 2:00". */
        text = g_strdup_printf (_ ("%s beyond %s"), count, limit);
    }
  td_label_set (GTK_LABEL (self->beyond), text);
  gtk_widget_set_visible (self->beyond_mark, n_beyond > 0);
}

static void
show_title (TdQueueCallers *self)
{
  guint            n_callers = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  g_autofree char *count = td_format_count (self->waiting);
  g_autofree char *title = NULL;

  if (TD_IS_KNOWN (self->waiting))
    title = g_strdup_printf (ngettext ("%s caller waiting", "%s callers waiting", MIN (self->waiting, G_MAXINT)), count);
  else
    title = g_strdup (_ ("Callers waiting: not known"));
  td_label_set (GTK_LABEL (self->title), title);

  gtk_widget_set_visible (self->scrolled, n_callers > 0);
  td_label_set (GTK_LABEL (self->empty),
                n_callers > 0        ? NULL
                : self->waiting == 0 ? _ ("Nobody waits")
                                     : _ ("The source does not list the callers"));
}

static void
td_queue_callers_dispose (GObject *object)
{
  TdQueueCallers *self = TD_QUEUE_CALLERS (object);

  g_clear_pointer (&self->body, gtk_widget_unparent);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (td_queue_callers_parent_class)->dispose (object);
}

static void
td_queue_callers_finalize (GObject *object)
{
  TdQueueCallers *self = TD_QUEUE_CALLERS (object);

  for (guint i = 0; i < N_COLUMNS; i++)
    g_hash_table_unref (self->columns[i].bound);

  G_OBJECT_CLASS (td_queue_callers_parent_class)->finalize (object);
}

static void
td_queue_callers_class_init (TdQueueCallersClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_queue_callers_dispose;
  object_class->finalize = td_queue_callers_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "queuecallers");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-queue-callers.ui");
  gtk_widget_class_bind_template_child (widget_class, TdQueueCallers, body);
  gtk_widget_class_bind_template_child (widget_class, TdQueueCallers, title);
  gtk_widget_class_bind_template_child (widget_class, TdQueueCallers, beyond);
  gtk_widget_class_bind_template_child (widget_class, TdQueueCallers, beyond_mark);
  gtk_widget_class_bind_template_child (widget_class, TdQueueCallers, view);
  gtk_widget_class_bind_template_child (widget_class, TdQueueCallers, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TdQueueCallers, empty);
}

static void
add_column (TdQueueCallers *self,
            ColumnId        id)
{
  Column             *column = &self->columns[id];
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view_column = NULL;

  column->card = self;
  column->id = id;
  column->bound = g_hash_table_new (NULL, NULL);
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), column);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), column);

  view_column = gtk_column_view_column_new (get_title (id), factory);
  gtk_column_view_column_set_expand (view_column, id >= COLUMN_REASON);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), view_column);
}

static void
td_queue_callers_init (TdQueueCallers *self)
{
  GtkNoSelection *selection;
  GtkWidget      *header, *title;

  g_type_ensure (TD_TYPE_SEVERITY_MARK);
  gtk_widget_init_template (GTK_WIDGET (self));

  self->now = TD_UNKNOWN;
  self->waiting = TD_UNKNOWN;
  self->store = g_list_store_new (TD_TYPE_CALLER);
  for (guint i = 0; i < N_COLUMNS; i++)
    add_column (self, i);

  /* GTK 4.8 cannot align the title of a column: over right-aligned numbers it must be. */
  header = gtk_widget_get_first_child (self->view);
  title = header != NULL ? gtk_widget_get_first_child (header) : NULL;
  title = title != NULL ? gtk_widget_get_next_sibling (title) : NULL;
  title = title != NULL ? gtk_widget_get_first_child (title) : NULL;
  if (title != NULL)
    gtk_widget_set_halign (title, GTK_ALIGN_END);

  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->store)));
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);

  td_severity_mark_set_severity (TD_SEVERITY_MARK (self->beyond_mark), TD_SEVERITY_RED);
  td_palette_set_severity (self->beyond, TD_SEVERITY_RED);
  show_title (self);
  show_beyond (self);
}

/**
 * td_queue_callers_show:
 * @self: a card
 * @centre: a centre
 * @queue: one of its queues
 * @now: the source's time, µs since 1970
 *
 * Brings the card up to date with what the centre says.
 */
void
td_queue_callers_show (TdQueueCallers *self,
                       TdCentre       *centre,
                       TdQueue        *queue,
                       gint64          now)
{
  g_autoptr (GPtrArray) sorted = NULL;
  GPtrArray *callers;

  g_return_if_fail (TD_IS_QUEUE_CALLERS (self));
  g_return_if_fail (TD_IS_CENTRE (centre));
  g_return_if_fail (TD_IS_QUEUE (queue));

  callers = td_centre_get_queue_callers (centre, td_queue_get_id (queue));
  sorted = g_ptr_array_sized_new (callers->len);
  for (guint i = 0; i < callers->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (callers, i));
  g_ptr_array_sort (sorted, compare_place);

  self->now = now;
  self->waiting = td_queue_get_info (queue)->waiting;
  if (!TD_IS_KNOWN (self->waiting) && sorted->len > 0)
    self->waiting = sorted->len;

  td_list_sync (self->store, sorted);
  for (guint i = 0; i < N_COLUMNS; i++)
    show_cells (self, i);
  show_title (self);
  show_beyond (self);
}

/**
 * td_queue_callers_tick:
 * @self: a card
 * @now: the source's time, µs since 1970
 *
 * Moves the timers; cheap enough for every second.
 */
void
td_queue_callers_tick (TdQueueCallers *self,
                       gint64          now)
{
  g_return_if_fail (TD_IS_QUEUE_CALLERS (self));

  self->now = now;
  show_cells (self, COLUMN_WAIT);
  show_beyond (self);
}
