/* td-wall-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-palette.h"
#include "td-rate-chart.h"
#include "td-wall-alert.h"
#include "td-wall-chart.h"
#include "td-wall-foot.h"
#include "td-wall-lost.h"

/* Against burn-in the picture wanders so many pixels to each side, or one of so
 * many of the screen. */
#define SHIFT 4
#define SHIFT_OF 270

#define CHART_TEXT 0.034

struct _TdWallView
{
  GtkWidget parent_instance;

  TdWall         *file;    /* (owned): what its file says */
  TdWallMessage   message; /* from the desk */
  TdWall         *wall;    /* (owned): both together */
  char           *notice;  /* (owned) (nullable): what is wrong with the file */
  char           *missing; /* (owned) (nullable): which queue of the file there is not */
  TdWatch        *watch;   /* (owned) (nullable) */
  char           *trouble; /* (owned) (nullable): why there is none */
  TdWallPaint    *paint;   /* (owned) */
  TdWallRotation  rotation;
  GtkWidget      *chart;
  GtkCssProvider *font;  /* (owned): of the chart */
  GtkCssProvider *style; /* (owned) (nullable): other than that of the program */
  char           *said;  /* (owned) (nullable): what a screen reader was told */
  gint64          begun; /* monotonic, µs */
  gint64          calm_since;
  double          brightness;
  int             font_size; /* of the chart, pixels */
  gboolean        has_chart;
  gboolean        knows_owners;
  int             shift_x;
  int             shift_y;
  guint           tick_source;
};

G_DEFINE_FINAL_TYPE (TdWallView, td_wall_view, GTK_TYPE_WIDGET)

/* What its file says, and what was typed at the desk above that; the page stays. */
static void
compose (TdWallView *self)
{
  TdWallPageKind kind = td_wall_rotation_get_page (&self->rotation)->kind;
  gint64         begun = self->rotation.begun;
  gboolean       is_held = self->rotation.is_held;
  gboolean       has_page = FALSE;
  TdWall        *wall = td_wall_copy (self->file);

  if (td_wall_message_is_up (&self->message, g_get_real_time ()))
    {
      g_free (wall->message);
      wall->message = g_strdup (self->message.text);
      for (guint i = 0; i < wall->n_pages; i++)
        has_page = has_page || wall->pages[i].kind == TD_WALL_PAGE_MESSAGE;
      if (!has_page)
        wall->pages[wall->n_pages++] = (TdWallPage){ TD_WALL_PAGE_MESSAGE, wall->pages[0].seconds };
    }

  td_wall_free (self->wall);
  self->wall = wall;
  td_wall_rotation_init (&self->rotation, wall, begun);
  self->rotation.is_held = is_held;
  for (guint i = 0; i < wall->n_pages; i++)
    {
      if (wall->pages[i].kind == kind)
        self->rotation.index = i;
    }
  self->has_chart = FALSE;
}

/* A message whose time is over is taken down. */
static void
look_at_message (TdWallView *self)
{
  if (self->message.text == NULL || td_wall_message_is_up (&self->message, g_get_real_time ()))
    return;

  td_wall_message_clear (&self->message);
  compose (self);
}

static GTimeZone *
ref_zone (TdWallView *self)
{
  return self->watch != NULL ? g_time_zone_ref (td_centre_get_timezone (td_watch_get_centre (self->watch)))
                             : g_time_zone_new_local ();
}

static TdHealth
get_health (TdWallView *self)
{
  return self->watch != NULL ? td_poller_get_health (td_watch_get_poller (self->watch)) : TD_HEALTH_CONNECTING;
}

static gboolean
has_numbers (TdWallView *self)
{
  TdHealth health = get_health (self);

  return self->watch != NULL && (health == TD_HEALTH_LIVE || health == TD_HEALTH_STALE) &&
         !td_centre_is_empty (td_watch_get_centre (self->watch));
}

/* Pixels are smaller where there are more of them, and what is burnt in is not. */
static int
get_shift (TdWallView *self)
{
  int least = MIN (gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));

  return MAX (least / SHIFT_OF, SHIFT);
}

/* Both parts of the screen without what the wandering needs. */
static void
get_areas (TdWallView      *self,
           graphene_rect_t *page,
           graphene_rect_t *foot)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * get_shift (self);
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - 2 * get_shift (self);
  double foot_height = td_wall_page_get_foot (width, height);

  *page = TD_WALL_RECT (0, 0, width, height - foot_height);
  *foot = TD_WALL_RECT (0, height - foot_height, width, foot_height);
}

static void
draw_page (TdWallView            *self,
           const graphene_rect_t *area,
           const TdWallMoment    *moment)
{
  if (td_wall_alert_stays_in_sight (moment))
    {
      td_wall_page_draw_alert (self->paint, area, moment);
      return;
    }

  td_wall_page_draw (self->paint, area, moment, td_wall_rotation_get_page (&self->rotation)->kind);
}

static TdFreshness
get_freshness (TdHealth health)
{
  static const TdFreshness by_health[] = {
    [TD_HEALTH_CONNECTING] = TD_FRESHNESS_CONNECTING,
    [TD_HEALTH_LIVE] = TD_FRESHNESS_LIVE,
    [TD_HEALTH_STALE] = TD_FRESHNESS_STALE,
    [TD_HEALTH_LOST] = TD_FRESHNESS_LOST,
    [TD_HEALTH_REFUSED] = TD_FRESHNESS_REFUSED,
  };

  return by_health[health];
}

/* What nobody at the wall can mend, but somebody has to be told. */
static const char *
get_notice (TdWallView *self,
            gboolean    is_held)
{
  TdHistory *history = self->watch != NULL ? td_watch_get_history (self->watch) : NULL;

  if (self->notice != NULL)
    return self->notice;
  if (self->missing != NULL && !is_held)
    return self->missing;

  return history != NULL ? td_history_get_error_message (history) : NULL;
}

/* What calls out to the room is as bright by night as by day. */
static void
draw_foot (TdWallView            *self,
           const graphene_rect_t *rect,
           const char            *hold,
           gboolean               calls_out)
{
  TdPoller *poller = self->watch != NULL ? td_watch_get_poller (self->watch) : NULL;
  g_autoptr (GTimeZone) zone = ref_zone (self);
  g_autoptr (GDateTime) now = g_date_time_new_now (zone);
  g_autoptr (GDateTime) shown = td_wall_foot_get_time (self->watch, now);
  g_autofree char *clock = g_date_time_format (shown, "%H:%M:%S");
  g_autofree char *name = td_wall_foot_format_name (self->watch);
  TdFreshness      freshness = get_freshness (get_health (self));
  gint64           time = g_get_real_time (), heard = self->watch != NULL ? td_watch_get_last_heard (self->watch, &time) : TD_UNKNOWN;
  g_autofree char *text = td_freshness_format (freshness, poller != NULL ? td_poller_get_age_ms (poller) : TD_UNKNOWN, heard, time, zone);
  TdWallFoot       foot = {
          .name = name,
          .rotation = &self->rotation,
          .part = td_wall_rotation_get_part (&self->rotation, g_get_monotonic_time ()),
          .hold = hold,
          .notice = get_notice (self, hold != NULL),
          .freshness = freshness,
          .freshness_text = text,
          .clock = clock,
  };

  td_wall_foot_draw (self->paint, rect, &foot);
  self->brightness = calls_out ? 1 : td_wall_get_brightness (self->wall, (guint)(g_date_time_get_hour (shown) * 60 + g_date_time_get_minute (shown)));
}

/* Everything but the time, which would be told every second. */
static void
tell_screen_reader (TdWallView *self)
{
  g_autoptr (GPtrArray) drawn = td_wall_paint_get_drawn (self->paint);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *notice = get_notice (self, FALSE);

  for (guint i = 0; i < drawn->len; i++)
    {
      const TdWallDrawn *item = drawn->pdata[i];

      if (item->text != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", item->text);
    }
  if (notice != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", notice);
  if (g_strcmp0 (self->said, text->str) == 0)
    return;
  g_free (self->said);
  self->said = g_strdup (text->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->said, -1);
}

static void
wander (TdWallView *self)
{
  gint64 minute = (g_get_monotonic_time () - self->begun) / (60 * G_USEC_PER_SEC);
  int    x, y;

  td_wall_page_get_wander ((guint)(minute % 16), get_shift (self), &x, &y);
  if (x == self->shift_x && y == self->shift_y)
    return;
  self->shift_x = x;
  self->shift_y = y;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * td_wall_view_refresh:
 * @self: a wall
 *
 * Draws what is known now, by the clock of now. It does so by itself, every
 * second and when the centre changes.
 */
void
td_wall_view_refresh (TdWallView *self)
{
  graphene_rect_t  area, foot;
  const char      *hold = NULL;
  g_autofree char *which = NULL;
  gboolean         had_chart, calls_out;
  gint64           now = g_get_monotonic_time ();

  g_return_if_fail (TD_IS_WALL_VIEW (self));

  get_areas (self, &area, &foot);
  if (area.size.width < 1 || area.size.height < 1)
    return;

  wander (self);
  look_at_message (self);
  had_chart = self->has_chart;
  self->has_chart = FALSE;
  g_free (self->missing);
  self->missing = td_wall_foot_format_missing (self->watch, self->wall);
  td_wall_paint_begin (self->paint, (int)area.size.width, (int)(area.size.height + foot.size.height));
  if (has_numbers (self))
    {
      TdWallMoment moment;

      td_wall_moment_read (&moment, self->watch, self->wall);
      moment.knows_owners = self->knows_owners;
      moment.message = self->message.text != NULL ? &self->message : NULL;
      td_wall_alert_find (&moment, now);
      calls_out = td_wall_alert_stays_in_sight (&moment);
      td_wall_rotation_step (&self->rotation, now, calls_out);
      if (moment.n_incidents > 1)
        /* Translators: the wall does not change its page; which alert of how many is shown. */
        hold = which = g_strdup_printf (_ ("Rotation stopped · alert %u/%u"), moment.incident_number, moment.n_incidents);
      else if (calls_out)
        /* Translators: the wall does not change its page. */
        hold = _ ("Rotation stopped · alert");
      if (!td_wall_moment_is_calm (&moment))
        self->calm_since = TD_UNKNOWN;
      else if (!TD_IS_KNOWN (self->calm_since))
        self->calm_since = moment.now;
      moment.calm_since = self->calm_since;
      draw_page (self, &area, &moment);
      self->has_chart = hold == NULL && td_wall_rotation_get_page (&self->rotation)->kind == TD_WALL_PAGE_NORMAL;
      if (self->has_chart)
        td_wall_chart_show (TD_RATE_CHART (self->chart), &moment, !had_chart);
      td_wall_moment_clear (&moment);
    }
  else
    {
      td_wall_rotation_step (&self->rotation, now, TRUE);
      self->calm_since = TD_UNKNOWN;
      /* Why there is nothing is for whoever comes to mend it. */
      hold = td_wall_lost_get_reason (self->watch);
      if (hold == NULL)
        hold = _ ("Rotation stopped");
      calls_out = get_health (self) != TD_HEALTH_CONNECTING;
      td_wall_lost_draw (self->paint, &area, self->watch, self->trouble);
    }
  tell_screen_reader (self);
  draw_foot (self, &foot, hold, calls_out);
  td_wall_paint_end (self->paint, NULL);
  gtk_widget_set_child_visible (self->chart, self->has_chart);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean tick_cb (gpointer user_data);

/* Just after the second of the clock on the wall; from the time of day anew
 * each time, so that a step of the clock is caught up with. */
static void
schedule_tick (TdWallView *self)
{
  g_clear_handle_id (&self->tick_source, g_source_remove);
  self->tick_source = g_timeout_add ((guint)(1000 - g_get_real_time () / 1000 % 1000) + 2, tick_cb, self);
}

static gboolean
tick_cb (gpointer user_data)
{
  TdWallView *self = user_data;

  self->tick_source = 0;
  td_wall_view_refresh (self);
  schedule_tick (self);

  return G_SOURCE_REMOVE;
}

static void
refresh_cb (TdWallView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    td_wall_view_refresh (self);
}

/* The line of the day has another minute. */
static void
day_changed_cb (TdWallView *self)
{
  self->has_chart = FALSE;
  refresh_cb (self);
}

static void
set_font_size (TdWallView *self,
               int         size)
{
  g_autofree char *css = NULL;

  if (self->font_size == size)
    return;
  self->font_size = size;
  css = g_strdup_printf ("ratechart { font-size: %dpx; }", size);
  gtk_css_provider_load_from_data (self->font, css, -1);
}

static void
td_wall_view_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  TdWallView     *self = TD_WALL_VIEW (widget);
  int             shift = get_shift (self);
  double          unit = height - 2 * shift;
  graphene_rect_t area, foot, body;
  double          pad = round (0.012 * unit);

  get_areas (self, &area, &foot);
  body = td_wall_page_get_body (&area, unit, 3);
  set_font_size (self, (int)MAX (round (CHART_TEXT * unit), 1));
  gtk_widget_measure (self->chart, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->chart,
                            &(GtkAllocation){ (int)(body.origin.x + pad) + shift + self->shift_x, (int)(body.origin.y + pad) + shift + self->shift_y,
                                              (int)MAX (body.size.width - 2 * pad, 1), (int)MAX (body.size.height - 2 * pad, 1) },
                            -1);
  td_wall_view_refresh (self);
}

static void
td_wall_view_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  TdWallView *self = TD_WALL_VIEW (widget);
  double      dark = 1 - self->brightness;
  int         shift = get_shift (self);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)(shift + self->shift_x), (float)(shift + self->shift_y)));
  td_wall_paint_end (self->paint, snapshot);
  gtk_snapshot_restore (snapshot);
  if (self->has_chart)
    gtk_widget_snapshot_child (widget, self->chart, snapshot);
  if (dark > 0)
    gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0, 0, 0, (float)dark },
                               &TD_WALL_RECT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget)));
}

static void
td_wall_view_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  TdWallView *self = TD_WALL_VIEW (widget);

  GTK_WIDGET_CLASS (td_wall_view_parent_class)->css_changed (widget, change);
  td_wall_paint_reset (self->paint);
  refresh_cb (self);
}

static void
td_wall_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (td_wall_view_parent_class)->map (widget);
  td_wall_view_refresh (TD_WALL_VIEW (widget));
  schedule_tick (TD_WALL_VIEW (widget));
}

static void
td_wall_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&TD_WALL_VIEW (widget)->tick_source, g_source_remove);
  GTK_WIDGET_CLASS (td_wall_view_parent_class)->unmap (widget);
}

static void
drop_watch (TdWallView *self)
{
  if (self->watch == NULL)
    return;

  g_signal_handlers_disconnect_by_data (td_watch_get_centre (self->watch), self);
  g_signal_handlers_disconnect_by_data (td_watch_get_poller (self->watch), self);
  g_signal_handlers_disconnect_by_data (td_watch_get_day (self->watch), self);
  g_signal_handlers_disconnect_by_data (td_watch_get_outlook (self->watch), self);
  if (td_watch_get_history (self->watch) != NULL)
    g_signal_handlers_disconnect_by_data (td_watch_get_history (self->watch), self);
  g_clear_object (&self->watch);
}

static void
td_wall_view_dispose (GObject *object)
{
  TdWallView *self = TD_WALL_VIEW (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  drop_watch (self);
  g_clear_pointer (&self->chart, gtk_widget_unparent);

  G_OBJECT_CLASS (td_wall_view_parent_class)->dispose (object);
}

static void
td_wall_view_finalize (GObject *object)
{
  TdWallView *self = TD_WALL_VIEW (object);

  g_clear_pointer (&self->paint, td_wall_paint_free);
  g_clear_pointer (&self->wall, td_wall_free);
  g_clear_pointer (&self->file, td_wall_free);
  td_wall_message_clear (&self->message);
  g_clear_pointer (&self->notice, g_free);
  g_clear_pointer (&self->missing, g_free);
  g_clear_pointer (&self->trouble, g_free);
  g_clear_pointer (&self->said, g_free);
  g_clear_object (&self->font);
  g_clear_object (&self->style);

  G_OBJECT_CLASS (td_wall_view_parent_class)->finalize (object);
}

static void
td_wall_view_class_init (TdWallViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_wall_view_dispose;
  object_class->finalize = td_wall_view_finalize;

  widget_class->size_allocate = td_wall_view_size_allocate;
  widget_class->snapshot = td_wall_view_snapshot;
  widget_class->css_changed = td_wall_view_css_changed;
  widget_class->map = td_wall_view_map;
  widget_class->unmap = td_wall_view_unmap;

  gtk_widget_class_set_css_name (widget_class, "wallview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
td_wall_view_init (TdWallView *self)
{
  self->paint = td_wall_paint_new (GTK_WIDGET (self));
  self->begun = g_get_monotonic_time ();
  self->calm_since = TD_UNKNOWN;
  self->message = (TdWallMessage)TD_WALL_MESSAGE_NONE;
  self->brightness = 1;
  self->font = gtk_css_provider_new ();
  self->chart = td_rate_chart_new ();
  gtk_style_context_add_provider (gtk_widget_get_style_context (self->chart), GTK_STYLE_PROVIDER (self->font), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  gtk_widget_set_can_focus (self->chart, FALSE);
  gtk_widget_set_can_target (self->chart, FALSE);
  gtk_widget_set_parent (self->chart, GTK_WIDGET (self));
  td_rate_chart_set_title (TD_RATE_CHART (self->chart), _ ("calls offered in 15 minutes, sliding"));
}

/**
 * td_wall_view_new:
 * @wall: what is shown; copied
 *
 * Returns: (transfer floating): a wall without a centre
 */
GtkWidget *
td_wall_view_new (const TdWall *wall)
{
  TdWallView *self;

  g_return_val_if_fail (wall != NULL, NULL);

  self = g_object_new (TD_TYPE_WALL_VIEW, NULL);
  self->file = td_wall_copy (wall);
  self->wall = td_wall_copy (wall);
  td_wall_rotation_init (&self->rotation, self->wall, g_get_monotonic_time ());

  return GTK_WIDGET (self);
}

/**
 * td_wall_view_set_wall:
 * @self: a wall
 * @wall: what is shown from now on; copied
 *
 * The page that is shown stays, where the new wall has it.
 */
void
td_wall_view_set_wall (TdWallView   *self,
                       const TdWall *wall)
{
  g_return_if_fail (TD_IS_WALL_VIEW (self));
  g_return_if_fail (wall != NULL);

  td_wall_free (self->file);
  self->file = td_wall_copy (wall);
  compose (self);
  td_wall_paint_reset (self->paint);
  refresh_cb (self);
}

/**
 * td_wall_view_set_message:
 * @self: a wall
 * @message: what was typed at the desk, above that of the wall's file; copied
 *
 * Another message than before is shown at once.
 */
void
td_wall_view_set_message (TdWallView          *self,
                          const TdWallMessage *message)
{
  gboolean is_new;

  g_return_if_fail (TD_IS_WALL_VIEW (self));
  g_return_if_fail (message != NULL);

  is_new = g_strcmp0 (self->message.text, message->text) != 0 || self->message.since != message->since;
  td_wall_message_set (&self->message, message);
  compose (self);
  if (is_new && td_wall_message_is_up (message, g_get_real_time ()))
    td_wall_view_show_page (self, TD_WALL_PAGE_MESSAGE);
  else
    refresh_cb (self);
}

/**
 * td_wall_view_set_knows_owners:
 * @self: a wall
 * @knows_owners: whether alerts are taken in this program
 *
 * A wall of its own does not hear who takes an alert at a desk, and does not
 * say that nobody has.
 */
void
td_wall_view_set_knows_owners (TdWallView *self,
                               gboolean    knows_owners)
{
  g_return_if_fail (TD_IS_WALL_VIEW (self));

  self->knows_owners = knows_owners;
  refresh_cb (self);
}

/**
 * td_wall_view_set_notice:
 * @self: a wall
 * @notice: (nullable): what the foot says while nothing else is to be said there
 */
void
td_wall_view_set_notice (TdWallView *self,
                         const char *notice)
{
  g_return_if_fail (TD_IS_WALL_VIEW (self));

  g_free (self->notice);
  self->notice = g_strdup (notice);
  refresh_cb (self);
}

/**
 * td_wall_view_set_watch:
 * @self: a wall
 * @watch: (nullable): the centre to show
 */
void
td_wall_view_set_watch (TdWallView *self,
                        TdWatch    *watch)
{
  g_return_if_fail (TD_IS_WALL_VIEW (self));
  g_return_if_fail (watch == NULL || TD_IS_WATCH (watch));

  drop_watch (self);
  self->has_chart = FALSE;
  if (watch != NULL)
    {
      self->watch = g_object_ref (watch);
      g_clear_pointer (&self->trouble, g_free);
      g_signal_connect_swapped (td_watch_get_centre (watch), "changed", G_CALLBACK (refresh_cb), self);
      g_signal_connect_swapped (td_watch_get_poller (watch), "notify::health", G_CALLBACK (refresh_cb), self);
      g_signal_connect_swapped (td_watch_get_day (watch), "changed", G_CALLBACK (day_changed_cb), self);
      g_signal_connect_swapped (td_watch_get_outlook (watch), "changed", G_CALLBACK (day_changed_cb), self);
      if (td_watch_get_history (watch) != NULL)
        g_signal_connect_swapped (td_watch_get_history (watch), "notify::error-message", G_CALLBACK (refresh_cb), self);
    }
  refresh_cb (self);
}

/**
 * td_wall_view_set_trouble:
 * @self: a wall
 * @trouble: (nullable): why there is nothing to show, translated
 */
void
td_wall_view_set_trouble (TdWallView *self,
                          const char *trouble)
{
  g_return_if_fail (TD_IS_WALL_VIEW (self));

  g_free (self->trouble);
  self->trouble = g_strdup (trouble);
  refresh_cb (self);
}

/**
 * td_wall_view_set_own_style:
 * @self: a wall
 * @is_light: light, or dark
 *
 * Draws it in a style of its own, whatever that of the program is.
 */
void
td_wall_view_set_own_style (TdWallView *self,
                            gboolean    is_light)
{
  GtkStyleContext *contexts[2];

  g_return_if_fail (TD_IS_WALL_VIEW (self));

  contexts[0] = gtk_widget_get_style_context (GTK_WIDGET (self));
  contexts[1] = gtk_widget_get_style_context (self->chart);
  if (self->style == NULL)
    {
      self->style = gtk_css_provider_new ();
      for (guint i = 0; i < G_N_ELEMENTS (contexts); i++)
        gtk_style_context_add_provider (contexts[i], GTK_STYLE_PROVIDER (self->style), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 2);
    }
  gtk_css_provider_load_from_resource (self->style, is_light ? "/io/github/tongdai/TongDai/style.css" : "/io/github/tongdai/TongDai/style-dark.css");
}

/**
 * td_wall_view_show_page:
 * @self: a wall
 * @kind: a page; one that the wall does not have changes nothing
 *
 * Goes to that page, from where the rotation goes on.
 */
void
td_wall_view_show_page (TdWallView    *self,
                        TdWallPageKind kind)
{
  g_return_if_fail (TD_IS_WALL_VIEW (self));

  for (guint i = 0; i < self->wall->n_pages; i++)
    {
      if (self->wall->pages[i].kind == kind)
        {
          self->rotation.index = i;
          self->rotation.begun = g_get_monotonic_time ();
        }
    }
  refresh_cb (self);
}

/**
 * td_wall_view_step:
 * @self: a wall
 * @step: pages to go on by, or back
 *
 * Goes to another page, from where the rotation goes on.
 */
void
td_wall_view_step (TdWallView *self,
                   int         step)
{
  int n;

  g_return_if_fail (TD_IS_WALL_VIEW (self));

  n = (int)self->wall->n_pages;
  td_wall_view_show_page (self, self->wall->pages[(((int)self->rotation.index + step) % n + n) % n].kind);
}

/**
 * td_wall_view_get_drawn:
 * @self: a wall
 *
 * Returns: (transfer container) (element-type TdWallDrawn): all that is on it,
 *   but the chart, until it is drawn again
 */
GPtrArray *
td_wall_view_get_drawn (TdWallView *self)
{
  g_return_val_if_fail (TD_IS_WALL_VIEW (self), NULL);

  return td_wall_paint_get_drawn (self->paint);
}
