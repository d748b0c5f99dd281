/* td-floor-map-draw.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-map-private.h"

#include <glib/gi18n.h>

#include "td-floor-ground.h"

#define SMALL_TEXT 12.0

/* The ground is to be drawn anew. */
void
td_floor_map_drop_ground (TdFloorMap *self)
{
  g_clear_pointer (&self->ground, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Read again only where the one that is there would be too coarse or far too fine. */
static void
load_underlay (TdFloorMap *self)
{
  const char *underlay = td_floor_plan_get_info (self->plan)->underlay;
  int         width = self->layout->plan.width * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int         height = self->layout->plan.height * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_autoptr (GError) error = NULL;

  if (underlay == NULL || self->path == NULL || self->problem != NULL)
    return;
  if (self->underlay != NULL && width <= self->underlay_width * 1.2 && width >= self->underlay_width / 3)
    return;

  g_clear_object (&self->underlay);
  self->underlay = td_floor_underlay_load (self->path, underlay, width, height, &error);
  self->underlay_width = width;
  if (self->underlay == NULL)
    {
      self->problem = g_strdup (error->message);
      g_info ("%s", error->message);
    }
}

static void
append_beside (TdFloorMap  *self,
               GtkSnapshot *snapshot)
{
  const TdFloorBox *box = &self->layout->beside;
  guint             n_beside = self->seating->n_beside;
  guint             n_elsewhere = self->seating->n_elsewhere;
  double            y = box->y + 4;

  if (n_beside > 0)
    {
      /* Translators: agents who belong on a floor plan but have no seat there. */
      g_autofree char *text = g_strdup_printf (_ ("Not on the plan: %u"), n_beside);

      td_floor_ground_append_text (self->plain, snapshot, text, box->x, y, SMALL_TEXT + 1, TRUE, box->width, "td_amber_text");
      y += SMALL_TEXT * 1.6;
    }
  if (n_elsewhere > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u works elsewhere", "%u work elsewhere", n_elsewhere), n_elsewhere);

      td_floor_ground_append_text (self->plain, snapshot, text, box->x, y, SMALL_TEXT, FALSE, box->width, "td_secondary");
    }
}

/* Draws what lies under the people, and who is not on the plan. */
void
td_floor_map_append_ground (TdFloorMap  *self,
                            GtkSnapshot *snapshot)
{
  if (self->ground == NULL)
    {
      load_underlay (self);
      self->ground = td_floor_ground_create (self->plain, self->plan, self->underlay, self->layout->cell);
    }
  if (self->ground != NULL)
    {
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)self->layout->plan.x, (float)self->layout->plan.y));
      gtk_snapshot_append_node (snapshot, self->ground);
      gtk_snapshot_restore (snapshot);
    }
  append_beside (self, snapshot);
}
