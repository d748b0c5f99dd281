/* td-reserve-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-reserve-list.h"

#include <glib/gi18n.h>

#include "td-format.h"
#include "td-reserves.h"
#include "td-stat-tile.h"

struct _TdReserveList
{
  GtkWidget parent_instance;

  GtkWidget *titles[TD_N_RESERVES];
  GtkWidget *names[TD_N_RESERVES];
  GtkWidget *nobody;
};

G_DEFINE_FINAL_TYPE (TdReserveList, td_reserve_list, GTK_TYPE_WIDGET)

static char *
format_title (const TdReserves *reserves,
              TdReserve         kind)
{
  guint            n = reserves->n[kind];
  const char      *queue = reserves->queue != NULL ? td_queue_get_title (reserves->queue) : "";
  g_autofree char *count = td_format_count (n);

  switch (kind)
    {
    case TD_RESERVE_PAUSED:
      return g_strdup_printf (ngettext ("%s paused longer than allowed", "%s paused longer than allowed", n), count);

    case TD_RESERVE_SKILLED:
      /* Translators: agents, and the queue whose callers wait; they are busy with another queue that others could serve. */
      return g_strdup_printf (ngettext ("%s serves “%s” and is on a call that others could take", "%s serve “%s” and are on calls that others could take", n), count, queue);

    case TD_RESERVE_FREE:
      /* Translators: agents, and the queue whose callers wait. */
      return g_strdup_printf (ngettext ("%s is free, but does not serve “%s”", "%s are free, but do not serve “%s”", n), count, queue);

    case TD_RESERVE_ABSENT:
      return g_strdup_printf (ngettext ("%s absent from the shift", "%s absent from the shift", n), count);

    case TD_RESERVE_HOME:
      return g_strdup_printf (ngettext ("%s at home, off duty for 12 hours or more", "%s at home, off duty for 12 hours or more", n), count);

    case TD_N_RESERVES:
    default:
      return NULL;
    }
}

/* "Lan 24′, Minh 18′ …" */
static char *
format_names (const TdReserves *reserves,
              TdReserve         kind,
              gint64            now)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (reserves->n[kind], TD_RESERVES_MAX_NAMED); i++)
    {
      TdAgent *agent = reserves->named[kind][i];
      gboolean inexact;
      gint64   since = td_agent_get_since (agent, &inexact);
      /* Who is not there has been so since the day began, which says nothing. */
      g_autofree char *age = TD_IS_KNOWN (since) && kind < TD_RESERVE_ABSENT ? td_format_short_span (MAX (now - since, 0) / 1000) : NULL;

      if (i > 0)
        g_string_append (text, ", ");
      g_string_append (text, td_agent_get_title (agent));
      if (age != NULL)
        g_string_append_printf (text, " %s%s", inexact ? "≥" : "", age);
    }
  if (reserves->n[kind] > TD_RESERVES_MAX_NAMED)
    g_string_append (text, " …");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
td_reserve_list_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (td_reserve_list_parent_class)->dispose (object);
}

static void
td_reserve_list_class_init (TdReserveListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_reserve_list_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "reservelist");
}

static GtkWidget *
make_label (GtkWidget *grid,
            int        column,
            int        row)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);

  return label;
}

static void
td_reserve_list_init (TdReserveList *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_widget_set_parent (grid, GTK_WIDGET (self));
  for (guint i = 0; i < TD_N_RESERVES; i++)
    {
      self->titles[i] = make_label (grid, 0, (int)i);
      self->names[i] = make_label (grid, 1, (int)i);
      gtk_widget_set_hexpand (self->names[i], TRUE);
      gtk_widget_add_css_class (self->names[i], "td-caption");
      gtk_widget_add_css_class (self->names[i], "td-number");
    }
  self->nobody = make_label (grid, 0, TD_N_RESERVES);
  gtk_label_set_text (GTK_LABEL (self->nobody), _ ("Nobody at this moment"));
}

/**
 * td_reserve_list_new:
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
td_reserve_list_new (void)
{
  return g_object_new (TD_TYPE_RESERVE_LIST, NULL);
}

/**
 * td_reserve_list_show:
 * @self: a list
 * @watch: of whose agents
 * @now: the source's time, µs since 1970
 */
void
td_reserve_list_show (TdReserveList *self,
                      TdWatch       *watch,
                      gint64         now)
{
  TdReserves reserves;
  gboolean   any = FALSE;

  g_return_if_fail (TD_IS_RESERVE_LIST (self));
  g_return_if_fail (TD_IS_WATCH (watch));

  td_reserves_find (td_watch_get_centre (watch), td_watch_get_judge (watch), now, &reserves);
  for (guint i = 0; i < TD_N_RESERVES; i++)
    {
      g_autofree char *title = format_title (&reserves, i);
      g_autofree char *names = format_names (&reserves, i, now);

      td_label_set (GTK_LABEL (self->titles[i]), title);
      td_label_set (GTK_LABEL (self->names[i]), names);
      gtk_widget_set_visible (self->titles[i], reserves.n[i] > 0);
      gtk_widget_set_visible (self->names[i], reserves.n[i] > 0);
      any |= reserves.n[i] > 0;
    }
  gtk_widget_set_visible (self->nobody, !any);
}
