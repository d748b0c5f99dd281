/* td-page-picture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-page-picture.h"

#include <glib/gi18n.h>

#include "td-format.h"
#include "td-picture.h"
#include "td-save-dialog.h"

/* Pixels of the picture for one of the screen: chats make pictures smaller. */
#define SCALE 2.0

/* What is to be written, as it was when it was asked for. */
typedef struct
{
  TdWindow        *window; /* (owned) */
  TdWatch         *watch;  /* (owned) */
  GtkWidget       *page;   /* (owned) */
  char            *title;  /* (owned) */
  TdPagePictureUse use;
  GskRenderNode   *masked; /* (owned) (nullable) */
  GskRenderNode   *open;   /* (owned) (nullable): with names and numbers */
} Picture;

static void
picture_free (gpointer data)
{
  Picture *self = data;

  g_object_unref (self->window);
  g_object_unref (self->watch);
  g_object_unref (self->page);
  g_free (self->title);
  g_clear_pointer (&self->masked, gsk_render_node_unref);
  g_clear_pointer (&self->open, gsk_render_node_unref);
  g_free (self);
}

/* What the picture is of, and from when: it will be looked at elsewhere, and later. */
static char *
make_caption (Picture *self,
              gboolean masked)
{
  TdCentre        *centre = td_watch_get_centre (self->watch);
  const char      *name = td_centre_get_info (centre)->name;
  gint64           at = td_centre_get_at (centre);
  g_autofree char *clock = td_format_clock (at, td_centre_get_timezone (centre));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, td_centre_get_timezone (centre));
  g_autofree char *date = g_date_time_format (local, C_ ("date format", "%A %d/%m/%Y"));
  const char      *what = masked ? _ ("names and numbers are hidden") : _ ("with names and numbers: not for others");

  return g_strdup_printf ("%s · %s · %s, %s · %s", name != NULL ? name : "Tổng Đài", self->title, date, clock, what);
}

static GskRenderNode *
take (Picture *self,
      gboolean masked)
{
  g_autofree char *caption = make_caption (self, masked);

  return td_picture_take (self->page, caption, masked);
}

/* --- writing -------------------------------------------------------------- */

typedef struct
{
  GFile      *file;    /* (owned) */
  GdkTexture *texture; /* (owned) */
} Writing;

static void
writing_free (Writing *self)
{
  g_object_unref (self->file);
  g_object_unref (self->texture);
  g_free (self);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Writing *self = task_data;
  g_autoptr (GBytes) png = gdk_texture_save_to_png_bytes (self->texture);
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents (self->file, g_bytes_get_data (png, NULL), g_bytes_get_size (png), NULL, FALSE,
                               G_FILE_CREATE_PRIVATE, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    td_window_say (TD_WINDOW (object), _ ("The picture was written."));
  else
    td_window_say (TD_WINDOW (object), error->message);
}

static void
chosen_cb (GFile   *file,
           gboolean is_open,
           gpointer user_data)
{
  Picture *self = g_object_get_data (user_data, "picture");
  Writing *writing;
  g_autoptr (GTask) task = NULL;

  if (!gtk_widget_get_realized (GTK_WIDGET (self->window)))
    return;

  writing = g_new (Writing, 1);
  writing->file = g_object_ref (file);
  writing->texture = td_picture_render (GTK_WIDGET (self->window), is_open ? self->open : self->masked, SCALE);
  task = g_task_new (self->window, NULL, written_cb, NULL);
  g_task_set_source_tag (task, td_page_picture_ask);
  g_task_set_task_data (task, writing, (GDestroyNotify)writing_free);
  g_task_run_in_thread (task, write_in_thread);
}

/* --- taking --------------------------------------------------------------- */

static void
save (Picture *self,
      GObject *owner)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d-%H%M");
  g_autofree char *name = g_strdup_printf ("%s-%s.png", td_window_get_page (self->window), time);

  self->open = take (self, FALSE);
  td_save_dialog_show_with_choice (GTK_WIDGET (self->window), _ ("Save a Picture of This Page"), _ ("_Save"), name,
                                   _ ("Show names and numbers"), chosen_cb, owner);
}

static void
copy (Picture *self)
{
  g_autoptr (GdkTexture) texture = td_picture_render (GTK_WIDGET (self->window), self->masked, SCALE);

  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), texture);
  td_window_say (self->window, _ ("The picture can be pasted now; names and numbers are hidden."));
}

/* Everything has its place then, and was drawn. */
static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       user_data)
{
  g_autoptr (GObject) owner = g_object_ref (user_data);
  Picture *self = g_object_get_data (owner, "picture");

  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, user_data);
  if (!gtk_widget_get_mapped (self->page))
    return;

  self->masked = take (self, TRUE);
  if (self->use == TD_PAGE_PICTURE_SAVE)
    save (self, owner);
  else
    copy (self);
}

static void
unref_owner (gpointer  data,
             GClosure *closure)
{
  g_object_unref (data);
}

/**
 * td_page_picture_ask:
 * @window: a window
 * @watch: what it watches
 * @page: its page, which is shown
 * @title: the name of the page
 * @use: where the picture goes
 *
 * Takes a picture of the page as it is with the next frame, twice as large as
 * on the screen. Names and numbers of people are left out unless a person who
 * saves it says otherwise.
 */
void
td_page_picture_ask (TdWindow        *window,
                     TdWatch         *watch,
                     GtkWidget       *page,
                     const char      *title,
                     TdPagePictureUse use)
{
  GObject *owner;
  Picture *self;

  g_return_if_fail (TD_IS_WINDOW (window));
  g_return_if_fail (TD_IS_WATCH (watch));
  g_return_if_fail (GTK_IS_WIDGET (page) && title != NULL);

  self = g_new0 (Picture, 1);
  self->window = g_object_ref (window);
  self->watch = g_object_ref (watch);
  self->page = g_object_ref (page);
  self->title = g_strdup (title);
  self->use = use;
  owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data_full (owner, "picture", self, picture_free);
  g_signal_connect_data (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (after_paint_cb), owner,
                         unref_owner, G_CONNECT_AFTER);
  gtk_widget_queue_draw (page);
}
