/* td-stat-tile.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-stat-tile.h"

#include <glib/gi18n.h>

#include "td-severity-mark.h"
#include "td-severity.h"

struct _TdStatTile
{
  GtkWidget parent_instance;

  GtkWidget *caption;
  GtkWidget *mark;
  GtkWidget *number;
  GtkWidget *unit;
  GtkWidget *detail_start;
  GtkWidget *detail_end;
};

enum {
  PROP_0,
  PROP_CAPTION,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (TdStatTile, td_stat_tile, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

gboolean
td_label_set (GtkLabel   *label,
              const char *text)
{
  g_return_val_if_fail (GTK_IS_LABEL (label), FALSE);

  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
  if (text == NULL || g_strcmp0 (gtk_label_get_text (label), text) == 0)
    return FALSE;

  gtk_label_set_text (label, text);
  return TRUE;
}

static const char *
text_of (GtkWidget *label)
{
  return gtk_widget_get_visible (label) ? gtk_label_get_text (GTK_LABEL (label)) : "";
}

static void
update_spoken (TdStatTile *self)
{
  TdSeverity       severity = td_stat_tile_get_severity (self);
  g_autofree char *spoken = NULL;

  spoken = g_strdup_printf ("%s: %s %s. %s %s%s%s",
                            text_of (self->caption),
                            text_of (self->number),
                            text_of (self->unit),
                            text_of (self->detail_start),
                            text_of (self->detail_end),
                            severity != TD_SEVERITY_NORMAL ? ". " : "",
                            severity != TD_SEVERITY_NORMAL ? td_severity_format (severity) : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
}

static void
td_stat_tile_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (td_stat_tile_parent_class)->dispose (object);
}

static void
td_stat_tile_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TdStatTile *self = TD_STAT_TILE (object);

  switch (prop_id)
    {
    case PROP_CAPTION:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->caption)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_stat_tile_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TdStatTile *self = TD_STAT_TILE (object);

  switch (prop_id)
    {
    case PROP_CAPTION:
      td_stat_tile_set_caption (self, g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_stat_tile_class_init (TdStatTileClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_stat_tile_dispose;
  object_class->get_property = td_stat_tile_get_property;
  object_class->set_property = td_stat_tile_set_property;

  properties[PROP_CAPTION] =
    g_param_spec_string ("caption", NULL, NULL,
                         NULL,
                         (G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stattile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_label (GtkWidget  *box,
           const char *css_class,
           float       xalign,
           gboolean    gives_way)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (gives_way)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static GtkWidget *
add_line (TdStatTile *self,
          int         spacing)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, spacing);

  gtk_widget_set_parent (box, GTK_WIDGET (self));
  return box;
}

static void
td_stat_tile_init (TdStatTile *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget        *line;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);

  line = add_line (self, 6);
  self->caption = add_label (line, "caption-label", 0, TRUE);
  gtk_widget_set_hexpand (self->caption, TRUE);
  self->mark = td_severity_mark_new ();
  gtk_widget_set_visible (self->mark, FALSE);
  gtk_box_append (GTK_BOX (line), self->mark);

  line = add_line (self, 7);
  gtk_widget_set_vexpand (line, TRUE);
  self->number = add_label (line, "headline", 0, FALSE);
  self->unit = add_label (line, "unit", 0, TRUE);
  gtk_widget_set_valign (self->number, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (self->unit, GTK_ALIGN_BASELINE);

  line = add_line (self, 6);
  self->detail_start = add_label (line, "detail", 0, TRUE);
  gtk_widget_set_hexpand (self->detail_start, TRUE);
  self->detail_end = add_label (line, "detail", 1, TRUE);

  td_stat_tile_set_value (self, "—", NULL);
  td_stat_tile_set_detail (self, "", NULL);
}

/**
 * td_stat_tile_new:
 * @caption: what the number is
 *
 * Returns: (transfer floating): a tile whose number is not known yet
 */
GtkWidget *
td_stat_tile_new (const char *caption)
{
  return g_object_new (TD_TYPE_STAT_TILE, "caption", caption, NULL);
}

void
td_stat_tile_set_caption (TdStatTile *self,
                          const char *caption)
{
  g_return_if_fail (TD_IS_STAT_TILE (self));

  if (!td_label_set (GTK_LABEL (self->caption), caption != NULL ? caption : ""))
    return;

  update_spoken (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAPTION]);
}

/**
 * td_stat_tile_set_value:
 * @self: a tile
 * @number: the number as it is shown, "—" where it is not known
 * @unit: (nullable): its unit or what goes with it
 */
void
td_stat_tile_set_value (TdStatTile *self,
                        const char *number,
                        const char *unit)
{
  gboolean changed;

  g_return_if_fail (TD_IS_STAT_TILE (self));
  g_return_if_fail (number != NULL);

  changed = td_label_set (GTK_LABEL (self->number), number);
  changed |= td_label_set (GTK_LABEL (self->unit), unit);
  if (changed)
    update_spoken (self);
}

/**
 * td_stat_tile_set_detail:
 * @self: a tile
 * @start: the target, or what the number is made of
 * @end: (nullable): a second part, at the end of the line
 */
void
td_stat_tile_set_detail (TdStatTile *self,
                         const char *start,
                         const char *end)
{
  gboolean changed;

  g_return_if_fail (TD_IS_STAT_TILE (self));
  g_return_if_fail (start != NULL);

  changed = td_label_set (GTK_LABEL (self->detail_start), start);
  changed |= td_label_set (GTK_LABEL (self->detail_end), end);
  if (changed)
    update_spoken (self);
}

TdSeverity
td_stat_tile_get_severity (TdStatTile *self)
{
  g_return_val_if_fail (TD_IS_STAT_TILE (self), TD_SEVERITY_NORMAL);

  return td_severity_mark_get_severity (TD_SEVERITY_MARK (self->mark));
}

void
td_stat_tile_set_severity (TdStatTile *self,
                           TdSeverity  severity)
{
  g_return_if_fail (TD_IS_STAT_TILE (self));

  if (td_stat_tile_get_severity (self) == severity)
    return;

  td_severity_mark_set_severity (TD_SEVERITY_MARK (self->mark), severity);
  /* The caption is taller than the mark: only width is given back. */
  gtk_widget_set_visible (self->mark, severity != TD_SEVERITY_NORMAL);
  td_palette_set_severity (GTK_WIDGET (self), severity);
  update_spoken (self);
}
