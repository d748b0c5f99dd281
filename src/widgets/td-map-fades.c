/* td-map-fades.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-fades.h"

#include <adwaita.h>

#define FADE_US (G_USEC_PER_SEC / 5)

/* Of more of them at once nobody would follow the change. */
#define MOST_FADES 24

typedef struct
{
  gpointer       owner;
  GskRenderNode *face;     /* (owned): what it was */
  gint64         began_at; /* of the frame clock, µs; 0 before the first frame */
} Fade;

struct _TdMapFades
{
  GtkWidget *widget;  /* (unowned) */
  GArray    *fades;   /* (owned) (element-type Fade) */
  guint      ticking; /* id of the tick callback, or 0 */
};

static void
clear_fade (gpointer data)
{
  gsk_render_node_unref (((Fade *)data)->face);
}

/**
 * td_map_fades_new:
 * @widget: the widget that is drawn; it must outlive the fades
 *
 * Returns: (transfer full): nothing that fades
 */
TdMapFades *
td_map_fades_new (GtkWidget *widget)
{
  TdMapFades *self = g_new0 (TdMapFades, 1);

  self->widget = widget;
  self->fades = g_array_new (FALSE, TRUE, sizeof (Fade));
  g_array_set_clear_func (self->fades, clear_fade);

  return self;
}

/**
 * td_map_fades_free:
 * @self: (transfer full): fades
 */
void
td_map_fades_free (TdMapFades *self)
{
  if (self->ticking != 0)
    gtk_widget_remove_tick_callback (self->widget, self->ticking);
  g_array_unref (self->fades);
  g_free (self);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  TdMapFades *self = user_data;

  gtk_widget_queue_draw (widget);
  if (self->fades->len > 0)
    return G_SOURCE_CONTINUE;

  self->ticking = 0;
  return G_SOURCE_REMOVE;
}

/**
 * td_map_fades_add:
 * @self: fades
 * @owner: whose tile looks otherwise from now on; only compared
 * @face: what was drawn of it
 *
 * Lets the tile fade from @face, frame by frame, unless the desktop asks for
 * less motion.
 */
void
td_map_fades_add (TdMapFades    *self,
                  gpointer       owner,
                  GskRenderNode *face)
{
  Fade fade = { .owner = owner, .face = face };

  if (self->fades->len >= MOST_FADES || !gtk_widget_get_mapped (self->widget) || !adw_get_enable_animations (self->widget))
    return;

  gsk_render_node_ref (fade.face);
  g_array_append_val (self->fades, fade);
  if (self->ticking == 0)
    self->ticking = gtk_widget_add_tick_callback (self->widget, tick_cb, self, NULL);
}

/**
 * td_map_fades_clear:
 * @self: fades
 *
 * Forgets them all: tiles are elsewhere.
 */
void
td_map_fades_clear (TdMapFades *self)
{
  g_array_set_size (self->fades, 0);
}

/**
 * td_map_fades_is_empty:
 * @self: fades
 *
 * Returns: whether nothing fades
 */
gboolean
td_map_fades_is_empty (TdMapFades *self)
{
  return self->fades->len == 0;
}

/**
 * td_map_fades_draw:
 * @self: fades
 * @snapshot: where to draw
 * @func: tells where the tiles of an owner are now
 * @user_data: data for @func
 *
 * Draws what is left of the old faces, over the new ones.
 */
void
td_map_fades_draw (TdMapFades        *self,
                   GtkSnapshot       *snapshot,
                   TdMapFadePlaceFunc func,
                   gpointer           user_data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->widget);
  gint64         now = clock != NULL ? gdk_frame_clock_get_frame_time (clock) : 0;

  for (guint i = self->fades->len; i > 0; i--)
    {
      Fade            *fade = &g_array_index (self->fades, Fade, i - 1);
      graphene_point_t at;

      if (fade->began_at == 0)
        fade->began_at = now;
      if (clock == NULL || now - fade->began_at >= FADE_US)
        {
          g_array_remove_index_fast (self->fades, i - 1);
          continue;
        }
      for (guint k = 0; func (fade->owner, k, &at, user_data); k++)
        {
          gtk_snapshot_save (snapshot);
          gtk_snapshot_translate (snapshot, &at);
          gtk_snapshot_push_opacity (snapshot, 1 - (double)(now - fade->began_at) / FADE_US);
          gtk_snapshot_append_node (snapshot, fade->face);
          gtk_snapshot_pop (snapshot);
          gtk_snapshot_restore (snapshot);
        }
    }
}
