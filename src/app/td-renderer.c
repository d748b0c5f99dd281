/* td-renderer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-renderer.h"

#include <errno.h>
#include <glib/gi18n.h>

/* A page that has just been switched to needs a few frames to settle. */
#define SETTLE_MS 1200

/* A window that is just being laid out has nothing to draw yet; it has, soon. */
#define MAX_TRIES 25

/* A centre that sends nothing for this long has nothing to draw. */
#define PATIENCE_S 90

static const char *const pages[] = { "overview", "queues", "agents", "rates", "alerts", "report" };

struct _TdRenderer
{
  GObject parent_instance;

  TdWindow *window; /* (owned) */
  char     *folder; /* (owned) */
  guint     after_s;
  guint     waited_s;
  guint     live_s;
  guint     page;
  guint     n_tries;
  guint     source;
};

enum {
  DONE,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdRenderer, td_renderer, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
finish (TdRenderer *self,
        const char *error)
{
  g_signal_emit (self, signals[DONE], 0, error);
}

/* Without a window manager GTK draws a frame around the window. The picture
 * leaves it out, and the window grows by it to keep the size that was asked for. */
static void
make_room_for_frame (TdRenderer *self)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (self->window));
  int        width, height;

  gtk_window_get_default_size (GTK_WINDOW (self->window), &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self->window),
                               width + MAX (width - gtk_widget_get_width (content), 0),
                               height + MAX (height - gtk_widget_get_height (content), 0));
}

static gboolean
draw (TdRenderer *self,
      const char *path)
{
  GtkWidget *widget = GTK_WIDGET (self->window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkWidget      *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (self->window));
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (content, widget, &bounds))
    return FALSE;
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot),
                          gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  if (node == NULL)
    return FALSE;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node, &bounds);

  return gdk_texture_save_to_png (texture, path);
}

static gboolean
draw_cb (gpointer user_data)
{
  TdRenderer      *self = user_data;
  g_autofree char *name = g_strconcat (pages[self->page], ".png", NULL);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  if (!draw (self, path))
    {
      if (++self->n_tries < MAX_TRIES)
        return G_SOURCE_CONTINUE;

      g_autofree char *message = g_strdup_printf (_ ("“%s” could not be written."), path);

      self->source = 0;
      finish (self, message);
      return G_SOURCE_REMOVE;
    }

  self->n_tries = 0;
  self->page++;
  if (self->page == G_N_ELEMENTS (pages))
    {
      self->source = 0;
      finish (self, NULL);
      return G_SOURCE_REMOVE;
    }
  td_window_set_page (self->window, pages[self->page]);

  return G_SOURCE_CONTINUE;
}

static gboolean
wait_cb (gpointer user_data)
{
  TdRenderer *self = user_data;
  TdWatch    *watch = td_window_get_watch (self->window);
  gboolean    live = watch != NULL && !td_centre_is_empty (td_watch_get_centre (watch));

  self->waited_s++;
  self->live_s = live ? self->live_s + 1 : 0;

  if (!live && self->waited_s > PATIENCE_S)
    {
      self->source = 0;
      finish (self, _ ("There is no data to draw."));
      return G_SOURCE_REMOVE;
    }
  if (!live || self->live_s < MAX (self->after_s, 1))
    return G_SOURCE_CONTINUE;

  td_window_set_page (self->window, pages[self->page]);
  make_room_for_frame (self);
  self->source = g_timeout_add (SETTLE_MS, draw_cb, self);

  return G_SOURCE_REMOVE;
}

static void
td_renderer_dispose (GObject *object)
{
  TdRenderer *self = TD_RENDERER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->window);

  G_OBJECT_CLASS (td_renderer_parent_class)->dispose (object);
}

static void
td_renderer_finalize (GObject *object)
{
  TdRenderer *self = TD_RENDERER (object);

  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (td_renderer_parent_class)->finalize (object);
}

static void
td_renderer_class_init (TdRendererClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_renderer_dispose;
  object_class->finalize = td_renderer_finalize;

  signals[DONE] =
    g_signal_new ("done",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
td_renderer_init (TdRenderer *self)
{
}

/**
 * td_renderer_new:
 * @window: the window whose pages are drawn, at its size
 * @folder: where the files go; made where it is missing
 * @after_s: seconds of live data to wait for
 *
 * Returns: (transfer full): a renderer that was not started yet
 */
TdRenderer *
td_renderer_new (TdWindow   *window,
                 const char *folder,
                 guint       after_s)
{
  g_return_val_if_fail (TD_IS_WINDOW (window), NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  TdRenderer *self = g_object_new (TD_TYPE_RENDERER, NULL);

  self->window = g_object_ref (window);
  self->folder = g_strdup (folder);
  self->after_s = after_s;

  return self;
}

void
td_renderer_start (TdRenderer *self)
{
  g_return_if_fail (TD_IS_RENDERER (self));
  g_return_if_fail (self->source == 0);

  if (g_mkdir_with_parents (self->folder, 0777) != 0)
    {
      g_autofree char *message = g_strdup_printf ("%s: %s", self->folder, g_strerror (errno));

      finish (self, message);
      return;
    }
  self->source = g_timeout_add_seconds (1, wait_cb, self);
}
