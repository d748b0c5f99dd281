/* td-freshness-chip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-freshness-chip.h"

#include <glib/gi18n.h>

#include "td-format.h"

#define MARK_SIZE 10
#define MARK_GAP 7

struct _TdFreshnessChip
{
  GtkWidget parent_instance;

  GtkWidget  *label;
  GtkWidget  *lock; /* in sight where it is open */
  TdFreshness state;
};

G_DEFINE_FINAL_TYPE (TdFreshnessChip, td_freshness_chip, GTK_TYPE_WIDGET)

static const char *const css_classes[] = {
  [TD_FRESHNESS_CONNECTING] = "connecting",
  [TD_FRESHNESS_LIVE] = "live",
  [TD_FRESHNESS_STALE] = "stale",
  [TD_FRESHNESS_LOST] = "lost",
  [TD_FRESHNESS_REFUSED] = "refused",
};

/* Every state has a shape of its own: who cannot tell the colours apart still
 * sees a disc, a pie that runs out, a cross, a barred disc and a broken ring. */
static void
draw_mark (cairo_t    *cr,
           TdFreshness state)
{
  const double r = MARK_SIZE / 2.0;
  const double line = 1.6;

  cairo_set_line_width (cr, line);

  switch (state)
    {
    case TD_FRESHNESS_LIVE:
      cairo_arc (cr, r, r, r - 0.5, 0, 2 * G_PI);
      cairo_fill (cr);
      break;

    case TD_FRESHNESS_STALE:
      cairo_arc (cr, r, r, r - line / 2, 0, 2 * G_PI);
      cairo_stroke (cr);
      cairo_move_to (cr, r, r);
      cairo_arc (cr, r, r, r - line / 2, -G_PI / 2, G_PI / 2);
      cairo_close_path (cr);
      cairo_fill (cr);
      break;

    case TD_FRESHNESS_LOST:
      cairo_set_line_width (cr, 2.2);
      cairo_move_to (cr, 1, 1);
      cairo_line_to (cr, MARK_SIZE - 1, MARK_SIZE - 1);
      cairo_move_to (cr, MARK_SIZE - 1, 1);
      cairo_line_to (cr, 1, MARK_SIZE - 1);
      cairo_stroke (cr);
      break;

    case TD_FRESHNESS_REFUSED:
      cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
      cairo_arc (cr, r, r, r, 0, 2 * G_PI);
      cairo_rectangle (cr, 2, r - 1, MARK_SIZE - 4, 2);
      cairo_fill (cr);
      break;

    case TD_FRESHNESS_CONNECTING:
    default:
      for (int i = 0; i < 4; i++)
        {
          cairo_arc (cr, r, r, r - line / 2, i * G_PI / 2, i * G_PI / 2 + 0.9);
          cairo_stroke (cr);
        }
      break;
    }
}

static void
td_freshness_chip_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  TdFreshnessChip *self = TD_FRESHNESS_CHIP (widget);
  gboolean         rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int              x = rtl ? gtk_widget_get_width (widget) - MARK_SIZE : 0;
  int              y = (gtk_widget_get_height (widget) - MARK_SIZE) / 2;
  GdkRGBA          colour;
  cairo_t         *cr;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (x, y, MARK_SIZE, MARK_SIZE));
  cairo_translate (cr, x, y);
  gdk_cairo_set_source_rgba (cr, &colour);
  draw_mark (cr, self->state);
  cairo_destroy (cr);

  gtk_widget_snapshot_child (widget, self->label, snapshot);
  gtk_widget_snapshot_child (widget, self->lock, snapshot);
}

static void
td_freshness_chip_dispose (GObject *object)
{
  TdFreshnessChip *self = TD_FRESHNESS_CHIP (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->lock, gtk_widget_unparent);

  G_OBJECT_CLASS (td_freshness_chip_parent_class)->dispose (object);
}

static void
td_freshness_chip_class_init (TdFreshnessChipClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_freshness_chip_dispose;
  widget_class->snapshot = td_freshness_chip_snapshot;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "freshness");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
td_freshness_chip_init (TdFreshnessChip *self)
{
  self->label = gtk_label_new (NULL);
  gtk_widget_set_margin_start (self->label, MARK_SIZE + MARK_GAP);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  self->lock = gtk_image_new_from_icon_name ("channel-insecure-symbolic");
  gtk_widget_set_margin_start (self->lock, MARK_GAP);
  gtk_widget_set_visible (self->lock, FALSE);
  gtk_widget_set_parent (self->lock, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);

  gtk_widget_add_css_class (GTK_WIDGET (self), css_classes[self->state]);
}

/**
 * td_freshness_chip_new:
 *
 * Returns: (transfer floating): a chip in the state of connecting, without text
 */
GtkWidget *
td_freshness_chip_new (void)
{
  return g_object_new (TD_TYPE_FRESHNESS_CHIP, NULL);
}

TdFreshness
td_freshness_chip_get_state (TdFreshnessChip *self)
{
  g_return_val_if_fail (TD_IS_FRESHNESS_CHIP (self), TD_FRESHNESS_CONNECTING);

  return self->state;
}

const char *
td_freshness_chip_get_text (TdFreshnessChip *self)
{
  g_return_val_if_fail (TD_IS_FRESHNESS_CHIP (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->label));
}

/**
 * td_freshness_chip_set_state:
 * @self: a chip
 * @state: how fresh the numbers are
 * @text: the same in words, see td_freshness_format()
 */
void
td_freshness_chip_set_state (TdFreshnessChip *self,
                             TdFreshness      state,
                             const char      *text)
{
  g_return_if_fail (TD_IS_FRESHNESS_CHIP (self));
  g_return_if_fail ((guint)state < G_N_ELEMENTS (css_classes));
  g_return_if_fail (text != NULL);

  if (self->state != state)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), css_classes[self->state]);
      self->state = state;
      gtk_widget_add_css_class (GTK_WIDGET (self), css_classes[self->state]);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }

  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->label)), text) != 0)
    {
      gtk_label_set_text (GTK_LABEL (self->label), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                      -1);
    }
}

void
td_freshness_chip_set_open (TdFreshnessChip *self,
                            gboolean         open)
{
  g_return_if_fail (TD_IS_FRESHNESS_CHIP (self));

  gtk_widget_set_visible (self->lock, open);
}

char *
td_freshness_format (TdFreshness state,
                     gint64      age_ms,
                     gint64      last_good,
                     gint64      now,
                     GTimeZone  *zone)
{
  g_autofree char *clock = NULL;

  g_return_val_if_fail (zone != NULL, NULL);

  switch (state)
    {
    case TD_FRESHNESS_LIVE:
      return g_strdup (_ ("Live"));

    case TD_FRESHNESS_STALE:
      if (!TD_IS_KNOWN (age_ms))
        return g_strdup (_ ("Old"));
      /* Translators: how old the numbers on the screen are, in seconds. */
      return g_strdup_printf (_ ("%d s old"), (int)MIN (age_ms / 1000, G_MAXINT));

    case TD_FRESHNESS_LOST:
      if (!TD_IS_KNOWN (last_good))
        return g_strdup (_ ("Lost"));
      clock = td_format_moment (last_good, now, zone);
      /* Translators: the connection was lost at this time of day, or on this day and time. */
      return g_strdup_printf (_ ("Lost %s"), clock);

    case TD_FRESHNESS_REFUSED:
      return g_strdup (_ ("Refused"));

    case TD_FRESHNESS_CONNECTING:
    default:
      return g_strdup (_ ("Connecting"));
    }
}
