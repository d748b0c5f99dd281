/* td-application.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-application.h"

#include <glib/gi18n.h>

#include "td-command-line.h"
#include "td-demo-child.h"
#include "td-options.h"
#include "td-renderer.h"
#include "td-supervision-backend.h"
#include "td-watch.h"
#include "td-window.h"

struct _TdApplication
{
  AdwApplication parent_instance;

  TdOptions    *options;  /* (owned) (nullable) */
  TdBackend    *backend;  /* (owned) (nullable): made from the options */
  TdDemoChild  *child;    /* (owned) (nullable) */
  TdWatch      *watch;    /* (owned) (nullable) */
  TdRenderer   *renderer; /* (owned) (nullable) */
  GSettings    *settings; /* (owned) (nullable) */
  GCancellable *cancellable;
  int           status;
};

G_DEFINE_FINAL_TYPE (TdApplication, td_application, ADW_TYPE_APPLICATION)

static TdWindow *
get_window (TdApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (TD_IS_WINDOW (l->data))
        return l->data;
    }

  return NULL;
}

static void
start_watch (TdApplication *self,
             TdBackend     *backend)
{
  TdWindow *window = get_window (self);

  self->watch = td_watch_new (backend);
  if (window != NULL)
    td_window_set_watch (window, self->watch);
  td_watch_start (self->watch);
}

static void
child_failed_cb (TdApplication *self,
                 const char    *message)
{
  TdWindow *window = get_window (self);

  /* Once there was something to see, the watch itself says that it is lost. */
  if (window != NULL && self->watch == NULL)
    td_window_show_failure (window, message);
  else
    g_printerr ("tongdai: %s\n", message);
  if (self->renderer != NULL && self->watch == NULL)
    {
      self->status = 1;
      g_application_quit (G_APPLICATION (self));
    }
}

static void
child_started_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (TdApplication) self = user_data;
  TdDemoChild *child = TD_DEMO_CHILD (object);
  g_autoptr (TdBackend) backend = NULL;
  g_autoptr (GError) error = NULL;

  if (td_demo_child_start_finish (child, result, &error))
    backend = td_supervision_backend_new (td_demo_child_get_url (child), td_demo_child_get_token (child), &error);
  if (backend != NULL)
    {
      start_watch (self, backend);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_printerr ("tongdai: %s\n", error->message);
  child_failed_cb (self, error->message);
}

static void
start_demo (TdApplication     *self,
            const char *const *options)
{
  TdWindow *window = get_window (self);

  if (self->child != NULL || self->watch != NULL)
    return;

  if (window != NULL)
    td_window_show_starting (window);
  self->child = td_demo_child_new ();
  g_signal_connect_object (self->child, "failed", G_CALLBACK (child_failed_cb), self, G_CONNECT_SWAPPED);
  td_demo_child_start_async (self->child, options, self->cancellable, child_started_cb, g_object_ref (self));
}

static void
demo_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  start_demo (user_data, NULL);
}

static void
quit_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GtkWindow *window = GTK_WINDOW (get_window (user_data));

  if (window != NULL)
    gtk_window_close (window);
  else
    g_application_quit (user_data);
}

static void
about_action_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  adw_show_about_window (GTK_WINDOW (get_window (user_data)),
                         "application-name", "Tổng Đài",
                         "application-icon", TD_APP_ID,
                         "version", TD_VERSION,
                         "comments", _ ("Queues, callers and agents of a call centre, live."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your names, one a line. */
                         "translator-credits", _ ("translator-credits"),
                         NULL);
}

static const GActionEntry actions[] = {
  { .name = "demo", .activate = demo_action_cb },
  { .name = "about", .activate = about_action_cb },
  { .name = "quit", .activate = quit_action_cb },
};

static void
set_accels (GtkApplication *app)
{
  static const struct
  {
    const char *action;
    const char *accels[3];
  } table[] = {
    { "app.quit", { "<Control>q" } },
    { "window.close", { "<Control>w" } },
    { "win.show-page('overview')", { "<Control>1" } },
    { "win.show-page('queues')", { "<Control>2" } },
    { "win.show-page('agents')", { "<Control>3" } },
    { "win.filter", { "<Control>f" } },
    { "win.poll-now", { "F5" } },
    { "win.fullscreen", { "F11" } },
    { "win.show-help-overlay", { "F1", "<Control>question" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    gtk_application_set_accels_for_action (app, table[i].action, table[i].accels);
}

static void
td_application_startup (GApplication *app)
{
  TdApplication         *self = TD_APPLICATION (app);
  GSettingsSchemaSource *source;
  g_autoptr (GSettingsSchema) schema = NULL;

  G_APPLICATION_CLASS (td_application_parent_class)->startup (app);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  set_accels (GTK_APPLICATION (self));
  if (self->options != NULL && (self->options->dark || self->options->light))
    adw_style_manager_set_color_scheme (adw_application_get_style_manager (ADW_APPLICATION (self)),
                                        self->options->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                            : ADW_COLOR_SCHEME_FORCE_LIGHT);

  /* Not installed yet is no reason not to run. */
  source = g_settings_schema_source_get_default ();
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, TD_APP_ID, TRUE);
  if (schema != NULL)
    self->settings = g_settings_new (TD_APP_ID);
  else
    g_message ("The settings’ schema is not installed; the window’s size is not kept");
}

static gboolean
close_request_cb (TdApplication *self,
                  GtkWindow     *window)
{
  int width, height;

  if (self->settings == NULL)
    return FALSE;

  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
  if (!gtk_window_is_maximized (window) && !gtk_window_is_fullscreen (window))
    {
      gtk_window_get_default_size (window, &width, &height);
      g_settings_set_int (self->settings, "window-width", MAX (width, 0));
      g_settings_set_int (self->settings, "window-height", MAX (height, 0));
    }
  g_settings_set_string (self->settings, "page", td_window_get_page (TD_WINDOW (window)));

  return FALSE;
}

static void
place_window (TdApplication *self,
              TdWindow      *window)
{
  int              width = 1366;
  int              height = 768;
  gboolean         maximized = FALSE;
  g_autofree char *page = NULL;

  if (self->settings != NULL)
    {
      width = g_settings_get_int (self->settings, "window-width");
      height = g_settings_get_int (self->settings, "window-height");
      maximized = g_settings_get_boolean (self->settings, "window-maximized");
      page = g_settings_get_string (self->settings, "page");
    }
  if (self->options != NULL && self->options->width > 0)
    {
      width = self->options->width;
      height = self->options->height;
      maximized = FALSE;
    }
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (window));

  if (self->options != NULL && self->options->page != NULL)
    td_window_set_page (window, self->options->page);
  else if (page != NULL)
    td_window_set_page (window, page);
}

static void
rendered_cb (TdApplication *self,
             const char    *error)
{
  if (error != NULL)
    {
      g_printerr ("tongdai: %s\n", error);
      self->status = 1;
    }
  g_application_quit (G_APPLICATION (self));
}

static void
first_frame_cb (GdkFrameClock *clock,
                TdApplication *self)
{
  g_print ("first frame at %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  g_application_quit (G_APPLICATION (self));
}

static void
td_application_activate (GApplication *app)
{
  TdApplication *self = TD_APPLICATION (app);
  TdWindow      *window = get_window (self);

  if (window != NULL)
    {
      gtk_window_present (GTK_WINDOW (window));
      return;
    }

  window = td_window_new (GTK_APPLICATION (self));
  g_signal_connect_object (window, "close-request", G_CALLBACK (close_request_cb), self, G_CONNECT_SWAPPED);
  place_window (self, window);

  if (self->options != NULL && self->options->render != NULL)
    {
      self->renderer = td_renderer_new (window, self->options->render, (guint)self->options->render_after_s);
      g_signal_connect_object (self->renderer, "done", G_CALLBACK (rendered_cb), self, G_CONNECT_SWAPPED);
    }

  if (self->backend != NULL)
    start_watch (self, self->backend);
  else if (self->options != NULL && self->options->demo)
    start_demo (self, (const char *const *)self->options->demo_options);

  gtk_window_present (GTK_WINDOW (window));
  if (self->options != NULL && self->options->first_frame)
    g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                      G_CALLBACK (first_frame_cb), self);
  if (self->renderer != NULL)
    td_renderer_start (self->renderer);
}

static int
td_application_handle_local_options (GApplication *app,
                                     GVariantDict *dict)
{
  TdApplication *self = TD_APPLICATION (app);
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("tongdai %s\n", TD_VERSION);
      return 0;
    }

  self->options = td_options_parse (dict, &error);
  if (self->options != NULL && td_command_line_is_asked (self->options))
    return td_command_line_run (self->options);
  if (self->options != NULL && self->options->url != NULL)
    {
      g_autoptr (TdConnection) connection = td_options_create_connection (self->options, self->options->url);

      self->backend = td_supervision_backend_new_for_connection (connection, &error);
    }
  if (error != NULL)
    {
      g_printerr ("tongdai: %s\n", error->message);
      return 2;
    }

  return -1;
}

static void
td_application_shutdown (GApplication *app)
{
  TdApplication *self = TD_APPLICATION (app);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->renderer);
  if (self->watch != NULL)
    td_watch_stop (self->watch);
  g_clear_object (&self->watch);
  g_clear_object (&self->backend);
  if (self->child != NULL)
    td_demo_child_stop (self->child);
  g_clear_object (&self->child);

  G_APPLICATION_CLASS (td_application_parent_class)->shutdown (app);
}

static void
td_application_finalize (GObject *object)
{
  TdApplication *self = TD_APPLICATION (object);

  g_clear_pointer (&self->options, td_options_free);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (td_application_parent_class)->finalize (object);
}

static void
td_application_class_init (TdApplicationClass *klass)
{
  GObjectClass      *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = td_application_finalize;

  app_class->startup = td_application_startup;
  app_class->activate = td_application_activate;
  app_class->shutdown = td_application_shutdown;
  app_class->handle_local_options = td_application_handle_local_options;
}

static void
td_application_init (TdApplication *self)
{
  self->cancellable = g_cancellable_new ();
  td_options_add_to (G_APPLICATION (self));
}

/**
 * td_application_new:
 *
 * Each start is a program of its own: two windows may watch two centres.
 *
 * Returns: (transfer full): the application
 */
TdApplication *
td_application_new (void)
{
  return g_object_new (TD_TYPE_APPLICATION,
                       "application-id", TD_APP_ID,
                       "flags", G_APPLICATION_NON_UNIQUE,
                       "resource-base-path", "/io/github/tongdai/TongDai",
                       NULL);
}

/**
 * td_application_get_status:
 * @self: an application that has run
 *
 * Returns: the status to exit with
 */
int
td_application_get_status (TdApplication *self)
{
  g_return_val_if_fail (TD_IS_APPLICATION (self), 1);

  return self->status;
}
