/* td-queue-board.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-queue-board.h"

#include <glib/gi18n.h>

#include "td-format.h"
#include "td-queue-row.h"
#include "td-outlook-view.h"
#include "td-queue-slot.h"
#include "td-stat-tile.h"

#define COURSE_MINUTES 180
#define WINDOW_MINUTES 15

/* Up to here every row is kept up to date; beyond, only those in sight and a
 * few around them, since a list view keeps some 200 rows alive, and each label
 * that changes is measured anew. */
#define MAX_LIVE_ROWS 50
#define ROWS_AROUND 4

struct _TdQueueBoard
{
  GtkWidget parent_instance;

  TdWatch    *watch; /* (owned) (nullable) */
  GListStore *slots; /* (owned) (element-type TdQueueSlot) */
  GArray     *order; /* (owned) (element-type TdQueueStanding): kept to spare allocations */
  GtkWidget  *list;
  GtkWidget  *footer;
};

G_DEFINE_FINAL_TYPE (TdQueueBoard, td_queue_board, GTK_TYPE_WIDGET)

static void
show_normal (TdQueueBoard *self,
             TdQueueRow   *row,
             TdQueue      *queue,
             guint         from,
             guint         to)
{
  TdOutlook                 *outlook = td_watch_get_outlook (self->watch);
  g_autofree TdOutlookRange *ranges = NULL;
  TdRateBand                 bands[COURSE_MINUTES];

  if (td_outlook_get_state (outlook) != TD_OUTLOOK_READY)
    {
      td_queue_row_set_normal (row, NULL, 0);
      return;
    }

  ranges = g_new (TdOutlookRange, MAX (to, 1));
  td_outlook_get_normal (outlook, TD_STREAM_QUEUE, td_queue_get_id (queue), WINDOW_MINUTES, ranges, to);
  td_outlook_view_copy_bands (ranges + from, bands, to - from);
  td_queue_row_set_normal (row, bands, to - from);
}

static void
show_course (TdQueueBoard *self,
             TdQueueSlot  *slot)
{
  TdQueueRow *row = td_queue_slot_get_row (slot);
  TdQueue    *queue = td_queue_slot_get_queue (slot);
  double      rates[TD_DAY_MINUTES];
  TdDay      *day;
  guint       n_minutes;
  guint       skipped;

  if (row == NULL || queue == NULL || self->watch == NULL)
    return;

  day = td_watch_get_day (self->watch);
  n_minutes = td_day_get_n_minutes (day);
  skipped = n_minutes > COURSE_MINUTES ? n_minutes - COURSE_MINUTES : 0;
  td_day_get_rate (day, td_queue_get_id (queue), WINDOW_MINUTES, rates, n_minutes);
  td_queue_row_set_course (row, rates + skipped, n_minutes - skipped);
  show_normal (self, row, queue, skipped, n_minutes);
}

static void
get_rows_in_sight (TdQueueBoard *self,
                   guint        *from,
                   guint        *to)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  guint          n_slots = g_list_model_get_n_items (G_LIST_MODEL (self->slots));
  double         upper = gtk_adjustment_get_upper (adjustment);
  double         row_height;

  *from = 0;
  *to = MIN (n_slots, MAX_LIVE_ROWS);
  if (n_slots <= MAX_LIVE_ROWS || upper <= 0)
    return;

  row_height = upper / n_slots;
  *from = MAX (gtk_adjustment_get_value (adjustment) / row_height - ROWS_AROUND, 0);
  *to = MIN ((gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment)) / row_height + ROWS_AROUND, n_slots);
}

static void
show_rows_in_sight (TdQueueBoard *self,
                    gboolean      with_courses)
{
  guint from, to;

  get_rows_in_sight (self, &from, &to);
  for (guint i = from; i < to; i++)
    {
      g_autoptr (TdQueueSlot) slot = g_list_model_get_item (G_LIST_MODEL (self->slots), i);

      td_queue_slot_show (slot);
      if (with_courses)
        show_course (self, slot);
    }
}

static void
scrolled_cb (TdQueueBoard *self)
{
  show_rows_in_sight (self, TRUE);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          TdQueueBoard             *self)
{
  gtk_list_item_set_child (item, td_queue_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         TdQueueBoard             *self)
{
  TdQueueSlot *slot = gtk_list_item_get_item (item);

  td_queue_slot_set_row (slot, TD_QUEUE_ROW (gtk_list_item_get_child (item)));
  show_course (self, slot);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           TdQueueBoard             *self)
{
  TdQueueSlot *slot = gtk_list_item_get_item (item);

  /* The slot may have been bound to another row already. */
  if ((GtkWidget *)td_queue_slot_get_row (slot) == gtk_list_item_get_child (item))
    td_queue_slot_set_row (slot, NULL);
}

static void
activate_cb (GtkListView  *list,
             guint         position,
             TdQueueBoard *self)
{
  g_autoptr (TdQueueSlot) slot = g_list_model_get_item (G_LIST_MODEL (self->slots), position);
  TdQueue *queue = slot != NULL ? td_queue_slot_get_queue (slot) : NULL;

  if (queue != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-queue", "s", td_queue_get_id (queue));
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return td_queue_standing_compare (a, b);
}

static void
fit_slots (TdQueueBoard *self,
           guint         n_queues)
{
  guint n_slots = g_list_model_get_n_items (G_LIST_MODEL (self->slots));
  g_autoptr (GPtrArray) added = NULL;

  if (n_slots == n_queues)
    return;

  added = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = n_slots; i < n_queues; i++)
    g_ptr_array_add (added, td_queue_slot_new ());

  g_list_store_splice (self->slots, MIN (n_slots, n_queues), n_slots - MIN (n_slots, n_queues),
                       added->pdata, added->len);
}

static void
show_footer (TdQueueBoard *self)
{
  g_autofree char *waiting = NULL;
  g_autofree char *queues = NULL;
  g_autofree char *text = NULL;
  gint64           sum = self->order->len > 0 ? 0 : TD_UNKNOWN;

  for (guint i = 0; i < self->order->len; i++)
    sum = td_metrics_sum (sum, g_array_index (self->order, TdQueueStanding, i).totals.waiting);

  waiting = td_format_count (sum);
  queues = td_format_count (self->order->len);
  /* Translators: how many callers wait in how many queues. */
  text = g_strdup_printf (ngettext ("%s waiting in %s queue", "%s waiting in %s queues", self->order->len),
                          waiting, queues);
  td_label_set (GTK_LABEL (self->footer), text);
}

static void
td_queue_board_dispose (GObject *object)
{
  TdQueueBoard *self = TD_QUEUE_BOARD (object);
  GtkWidget    *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->slots);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->order, g_array_unref);

  G_OBJECT_CLASS (td_queue_board_parent_class)->dispose (object);
}

static void
td_queue_board_class_init (TdQueueBoardClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_queue_board_dispose;

  gtk_widget_class_set_css_name (widget_class, "queueboard");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-queue-board.ui");
  gtk_widget_class_bind_template_child (widget_class, TdQueueBoard, list);
  gtk_widget_class_bind_template_child (widget_class, TdQueueBoard, footer);
}

static void
td_queue_board_init (TdQueueBoard *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) selection = NULL;

  self->order = g_array_new (FALSE, FALSE, sizeof (TdQueueStanding));
  self->slots = g_list_store_new (TD_TYPE_QUEUE_SLOT);

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_widget_insert_after (td_queue_row_new_header (), GTK_WIDGET (self), NULL);

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activate_cb), self, 0);

  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->slots))));
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), selection);
  g_signal_connect_object (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list)), "value-changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

void
td_queue_board_set_watch (TdQueueBoard *self,
                          TdWatch      *watch)
{
  g_return_if_fail (TD_IS_QUEUE_BOARD (self));
  g_return_if_fail (watch == NULL || TD_IS_WATCH (watch));

  g_set_object (&self->watch, watch);
}

/**
 * td_queue_board_refresh:
 * @self: a board
 * @now: the source's time, µs since 1970
 *
 * Orders the queues as they stand @now.
 */
void
td_queue_board_refresh (TdQueueBoard *self,
                        gint64        now)
{
  TdCentre *centre;
  TdRoster *queues;
  guint     n_queues;
  gboolean  any_moved = FALSE;

  g_return_if_fail (TD_IS_QUEUE_BOARD (self));
  g_return_if_fail (self->watch != NULL);

  centre = td_watch_get_centre (self->watch);
  queues = td_centre_get_queues (centre);
  n_queues = td_roster_get_size (queues);

  g_array_set_size (self->order, n_queues);
  for (guint i = 0; i < n_queues; i++)
    {
      TdQueueStanding *standing = &g_array_index (self->order, TdQueueStanding, i);
      TdOutlookFigures figures;

      td_queue_standing_read (standing, centre, td_roster_get (queues, i), now);
      td_outlook_get_figures (td_watch_get_outlook (self->watch), TD_STREAM_QUEUE, td_queue_get_id (standing->queue), &figures);
      if (figures.known)
        td_queue_standing_set_rate (standing, figures.deviation, td_outlook_view_get_severity (&figures));
    }
  /* GLib's merge sort is stable: equal queues keep the source's order. */
  g_array_sort (self->order, compare);

  fit_slots (self, n_queues);
  for (guint i = 0; i < n_queues; i++)
    {
      g_autoptr (TdQueueSlot) slot = g_list_model_get_item (G_LIST_MODEL (self->slots), i);

      any_moved |= td_queue_slot_set_standing (slot, &g_array_index (self->order, TdQueueStanding, i));
    }
  show_rows_in_sight (self, any_moved);

  show_footer (self);
}

/**
 * td_queue_board_refresh_courses:
 * @self: a board
 *
 * Draws the last hours anew.
 */
void
td_queue_board_refresh_courses (TdQueueBoard *self)
{
  g_return_if_fail (TD_IS_QUEUE_BOARD (self));

  show_rows_in_sight (self, TRUE);
}
