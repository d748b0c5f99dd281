/* td-audit-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-audit-window.h"

#include <glib/gi18n.h>

#include "td-audit-item.h"
#include "td-fold.h"

#define MAX_ENTRIES 5000

struct _TdAuditWindow
{
  AdwWindow parent_instance;

  TdAuditLog   *log;         /* (owned) (nullable) */
  GListStore   *items;       /* (owned) (element-type TdAuditItem) */
  GtkFilter    *filter;      /* (owned) */
  GListModel   *shown;       /* (owned) */
  char         *folded;      /* (owned) (nullable): what is looked for */
  GCancellable *cancellable; /* (owned) (nullable): of the reading in flight */
  gboolean      again;       /* the log grew meanwhile */
  char         *error;       /* (owned) (nullable): why there is no list */

  GtkWidget     *search;
  GtkStack      *stack;
  GtkColumnView *view;
  AdwStatusPage *empty;
  GtkLabel      *path;
};

G_DEFINE_FINAL_TYPE (TdAuditWindow, td_audit_window, ADW_TYPE_WINDOW)

static const struct
{
  const char *title;
  int         width; /* pixels, or -1 for the room that is left */
} columns[TD_N_AUDIT_COLUMNS] = {
  [TD_AUDIT_COLUMN_WHEN] = { N_ ("When"), 184 },
  [TD_AUDIT_COLUMN_WHO] = { N_ ("Who"), 170 },
  [TD_AUDIT_COLUMN_ACTION] = { N_ ("What"), 140 },
  [TD_AUDIT_COLUMN_AGENT] = { N_ ("Whom"), 200 },
  [TD_AUDIT_COLUMN_DETAILS] = { N_ ("Details"), 220 },
  [TD_AUDIT_COLUMN_RESULT] = { N_ ("Result"), -1 },
};

static gboolean
match (gpointer item,
       gpointer user_data)
{
  TdAuditWindow *self = user_data;

  return self->folded == NULL || td_audit_item_matches (item, self->folded);
}

static void
update_stack (TdAuditWindow *self)
{
  gboolean any = g_list_model_get_n_items (self->shown) > 0;

  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
  if (any)
    return;

  if (self->error != NULL)
    adw_status_page_set_title (self->empty, _ ("The Log Cannot Be Read"));
  else if (self->folded != NULL)
    adw_status_page_set_title (self->empty, _ ("Nothing Matches"));
  else
    adw_status_page_set_title (self->empty, _ ("Nothing Was Done Yet"));
  adw_status_page_set_description (self->empty, self->error);
}

static void
search_cb (TdAuditWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_clear_pointer (&self->folded, g_free);
  if (text[0] != '\0')
    self->folded = td_fold (text);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_stack (self);
}

/* Escape takes away what is looked for, and then the window. */
static void
stop_search_cb (TdAuditWindow *self)
{
  if (self->folded != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void read_log (TdAuditWindow *self);

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TdAuditWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = td_audit_log_read_finish (TD_AUDIT_LOG (object), result, &error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_clear_object (&self->cancellable);
  if (self->log == NULL)
    return;

  g_clear_pointer (&self->error, g_free);
  if (entries == NULL)
    self->error = g_markup_escape_text (error->message, -1);

  while (entries != NULL && entries->len > 0)
    g_ptr_array_insert (items, -1, td_audit_item_new (g_ptr_array_steal_index (entries, 0)));
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items->pdata, items->len);
  update_stack (self);

  if (self->again)
    read_log (self);
}

/* One reading at a time; what was written meanwhile is read after it. */
static void
read_log (TdAuditWindow *self)
{
  self->again = self->cancellable != NULL;
  if (self->again)
    return;

  self->cancellable = g_cancellable_new ();
  td_audit_log_read_async (self->log, MAX_ENTRIES, self->cancellable, read_cb, g_object_ref (self));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  guint      column = GPOINTER_TO_UINT (user_data);
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), 6);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ (columns[column].title),
                                  -1);
  if (column == TD_AUDIT_COLUMN_WHEN)
    gtk_widget_add_css_class (text, "td-number");
  gtk_list_item_set_child (item, text);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  TdAuditItem *row = gtk_list_item_get_item (item);
  GtkWidget   *text = gtk_list_item_get_child (item);
  const char  *words = td_audit_item_get_text (row, GPOINTER_TO_UINT (user_data));

  gtk_inscription_set_text (GTK_INSCRIPTION (text), words);
  gtk_widget_set_tooltip_text (text, words);
  if (GPOINTER_TO_UINT (user_data) != TD_AUDIT_COLUMN_RESULT)
    return;

  if (td_audit_item_get_entry (row)->result == TD_AUDIT_DONE)
    gtk_widget_remove_css_class (text, "warning");
  else
    gtk_widget_add_css_class (text, "warning");
}

static void
td_audit_window_dispose (GObject *object)
{
  TdAuditWindow *self = TD_AUDIT_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->log);

  G_OBJECT_CLASS (td_audit_window_parent_class)->dispose (object);
}

static void
td_audit_window_finalize (GObject *object)
{
  TdAuditWindow *self = TD_AUDIT_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->items);
  g_clear_pointer (&self->folded, g_free);
  g_clear_pointer (&self->error, g_free);

  G_OBJECT_CLASS (td_audit_window_parent_class)->finalize (object);
}

static void
td_audit_window_class_init (TdAuditWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_audit_window_dispose;
  object_class->finalize = td_audit_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-audit-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TdAuditWindow, search);
  gtk_widget_class_bind_template_child (widget_class, TdAuditWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TdAuditWindow, view);
  gtk_widget_class_bind_template_child (widget_class, TdAuditWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, TdAuditWindow, path);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
td_audit_window_init (TdAuditWindow *self)
{
  g_autoptr (GtkSelectionModel) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->items = g_list_store_new (TD_TYPE_AUDIT_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (match, self, NULL));
  self->shown = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->items)),
                                                         g_object_ref (self->filter)));
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (self->shown)));
  gtk_column_view_set_model (self->view, selection);

  for (guint i = 0; i < TD_N_AUDIT_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_ (columns[i].title), factory);

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, columns[i].width < 0);
      if (columns[i].width > 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].width);
      gtk_column_view_append_column (self->view, column);
    }
}

/**
 * td_audit_window_new:
 * @parent: (nullable): the window to stand before
 * @log: what is shown
 *
 * Returns: (transfer none): a window, not shown yet
 */
GtkWindow *
td_audit_window_new (GtkWindow  *parent,
                     TdAuditLog *log)
{
  TdAuditWindow *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (TD_IS_AUDIT_LOG (log), NULL);

  self = g_object_new (TD_TYPE_AUDIT_WINDOW,
                       "transient-for", parent,
                       "destroy-with-parent", TRUE,
                       NULL);
  self->log = g_object_ref (log);
  gtk_label_set_label (self->path, td_audit_log_get_path (log));
  g_signal_connect_object (log, "changed", G_CALLBACK (read_log), self, G_CONNECT_SWAPPED);
  update_stack (self);
  read_log (self);

  return GTK_WINDOW (self);
}
