/* td-day-calendar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-day-calendar.h"

#include <glib/gi18n.h>

#include "td-palette.h"

#define MIN_CELL 9
#define NATURAL_CELL 28
#define LEAST_WEEKS 17 /* that the squares leave room for */
#define GAP_SHARE 0.18

struct _TdDayCalendar
{
  GtkWidget parent_instance;

  guint     first; /* julian day of the first of @uses */
  TdDayUse *uses;  /* (owned) */
  char    **texts; /* (owned) (nullable): why, of each day */
  guint     n_days;
  int       chosen; /* by the keys: which of the days, or −1 */
};

/* Where the squares are. */
typedef struct
{
  double x;
  double y;
  double pitch;
  double label_height;
  guint  first_week; /* that is shown, counted from the week of the first day */
  guint  n_weeks;    /* that are shown */
} Grid;

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdDayCalendar, td_day_calendar, GTK_TYPE_WIDGET)

/* Days from Monday. */
static guint
get_weekday (guint julian)
{
  return (julian + 6) % 7;
}

/* A day of the week and a bit. */
static void
measure_label (TdDayCalendar *self,
               int           *width,
               int           *height)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "Wed");

  pango_layout_get_pixel_size (layout, width, height);
}

static Grid
get_grid (TdDayCalendar *self)
{
  int   width = gtk_widget_get_width (GTK_WIDGET (self));
  int   height = gtk_widget_get_height (GTK_WIDGET (self));
  guint n_weeks = (get_weekday (self->first) + self->n_days + 6) / 7;
  int   label_width, label_height;
  Grid  grid = { 0 };

  measure_label (self, &label_width, &label_height);
  grid.label_height = label_height;
  grid.x = label_width + label_height / 2.0;
  grid.y = label_height * 1.4;
  grid.pitch = MAX (MIN ((height - grid.y) / 7, (width - grid.x) / LEAST_WEEKS), MIN_CELL);
  grid.n_weeks = CLAMP ((guint)(MAX (width - grid.x, 0) / grid.pitch), 1, MAX (n_weeks, 1));
  grid.first_week = n_weeks > grid.n_weeks ? n_weeks - grid.n_weeks : 0;

  return grid;
}

static void
draw_text (TdDayCalendar *self,
           cairo_t       *cr,
           const char    *text,
           double         x,
           double         y,
           gboolean       align_end)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_move_to (cr, align_end ? x - width : x, y - height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

static void
hatch (cairo_t *cr,
       double   x,
       double   y,
       double   size)
{
  cairo_save (cr);
  cairo_rectangle (cr, x, y, size, size);
  cairo_clip (cr);
  for (double d = 0; d < 2 * size; d += MAX (size / 4, 3))
    {
      cairo_move_to (cr, x + d, y);
      cairo_line_to (cr, x + d - size, y + size);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_day (TdDayCalendar *self,
          cairo_t       *cr,
          TdDayUse       use,
          double         x,
          double         y,
          double         size)
{
  static const char *const colours[TD_N_DAY_USES] = {
    [TD_DAY_USE_TAUGHT] = "td_normal",
    [TD_DAY_USE_PARTLY] = "td_band_80",
    [TD_DAY_USE_INCIDENT] = "td_amber",
    [TD_DAY_USE_HOLIDAY] = "td_normal",
    [TD_DAY_USE_GAP] = "td_secondary",
    [TD_DAY_USE_EMPTY] = "td_hairline",
  };
  double  half = size / 2;
  GdkRGBA colour;

  td_palette_lookup (GTK_WIDGET (self), colours[use], &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, 1);

  switch (use)
    {
    case TD_DAY_USE_TAUGHT:
    case TD_DAY_USE_PARTLY:
      cairo_rectangle (cr, x, y, size, size);
      cairo_fill (cr);
      return;

    case TD_DAY_USE_INCIDENT:
      cairo_move_to (cr, x + half, y + size * 0.2);
      cairo_line_to (cr, x + size * 0.8, y + half);
      cairo_line_to (cr, x + half, y + size * 0.8);
      cairo_line_to (cr, x + size * 0.2, y + half);
      cairo_close_path (cr);
      cairo_fill (cr);
      break;

    case TD_DAY_USE_HOLIDAY:
      cairo_arc (cr, x + half, y + half, size * 0.16, 0, 2 * G_PI);
      cairo_fill (cr);
      break;

    case TD_DAY_USE_GAP:
      hatch (cr, x, y, size);
      break;

    case TD_DAY_USE_EMPTY:
    case TD_N_DAY_USES:
    default:
      break;
    }

  cairo_rectangle (cr, x + 0.5, y + 0.5, size - 1, size - 1);
  cairo_stroke (cr);
}

/* Around the day that the keys chose. */
static void
draw_ring (TdDayCalendar *self,
           cairo_t       *cr,
           double         x,
           double         y,
           double         size)
{
  GdkRGBA colour;

  td_palette_lookup (GTK_WIDGET (self), "td_text", &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, 2);
  cairo_rectangle (cr, x - 1, y - 1, size + 2, size + 2);
  cairo_stroke (cr);
}

static void
format_date (guint       julian,
             const char *format,
             char       *text,
             gsize       size)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);
  if (g_date_strftime (text, size, format, &date) == 0)
    *text = '\0';
}

static void
draw_labels (TdDayCalendar *self,
             cairo_t       *cr,
             const Grid    *grid)
{
  guint   monday = self->first - get_weekday (self->first);
  guint   step = MAX ((guint)(grid->label_height * 3 / grid->pitch + 1), 1);
  GdkRGBA colour;
  char    text[64];

  td_palette_lookup (GTK_WIDGET (self), "td_secondary", &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  for (guint day = 0; day < 7; day += grid->pitch < grid->label_height ? 2 : 1)
    {
      format_date (monday + day, "%a", text, sizeof text);
      draw_text (self, cr, text, grid->x - 6, grid->y + (day + 0.45) * grid->pitch, TRUE);
    }
  for (guint week = 0; week < grid->n_weeks; week += step)
    {
      /* Translators: a day and a month as strftime() writes them: "26/07". */
      format_date (monday + 7 * (grid->first_week + week), C_ ("date format", "%d/%m"), text, sizeof text);
      draw_text (self, cr, text, grid->x + week * grid->pitch, grid->label_height / 2, FALSE);
    }
}

static void
td_day_calendar_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  TdDayCalendar *self = TD_DAY_CALENDAR (widget);
  int            width = gtk_widget_get_width (widget);
  int            height = gtk_widget_get_height (widget);
  Grid           grid = get_grid (self);
  cairo_t       *cr;

  if (self->n_days == 0 || width < 40 || height < 40)
    return;

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  draw_labels (self, cr, &grid);
  for (guint i = 0; i < self->n_days; i++)
    {
      guint  place = i + get_weekday (self->first);
      double size = grid.pitch * (1 - GAP_SHARE);

      if (place / 7 >= grid.first_week)
        draw_day (self, cr, self->uses[i], grid.x + (place / 7 - grid.first_week) * grid.pitch,
                  grid.y + (place % 7) * grid.pitch, size);
      if (place / 7 >= grid.first_week && (int)i == self->chosen)
        draw_ring (self, cr, grid.x + (place / 7 - grid.first_week) * grid.pitch, grid.y + (place % 7) * grid.pitch, size);
    }
  cairo_destroy (cr);
}

static gboolean
find_day (TdDayCalendar *self,
          double         x,
          double         y,
          guint         *day)
{
  Grid  grid = get_grid (self);
  guint place;

  if (x < grid.x || y < grid.y || y >= grid.y + 7 * grid.pitch)
    return FALSE;

  place = ((guint)((x - grid.x) / grid.pitch) + grid.first_week) * 7 + (guint)((y - grid.y) / grid.pitch);
  *day = place - get_weekday (self->first);

  return place >= get_weekday (self->first) && *day < self->n_days;
}

static char *
describe (TdDayCalendar *self,
          guint          day)
{
  char date[64];

  if (self->texts == NULL || day >= self->n_days)
    return NULL;

  format_date (self->first + day, "%x", date, sizeof date);
  return g_strdup_printf ("%s: %s", date, self->texts[day]);
}

static void
choose (TdDayCalendar *self,
        int            day)
{
  g_autofree char *text = NULL;

  self->chosen = self->n_days > 0 ? CLAMP (day, -1, (int)self->n_days - 1) : -1;
  if (self->chosen >= 0)
    text = describe (self, (guint)self->chosen);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHOSEN], 0, text);
}

/* A column is a week. */
static gboolean
key_cb (TdDayCalendar  *self,
        guint           keyval,
        guint           keycode,
        GdkModifierType modifiers)
{
  int last = (int)self->n_days - 1;
  int at = self->chosen >= 0 ? self->chosen : last;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      choose (self, MAX (self->chosen >= 0 ? at - 7 : at, 0));
      return TRUE;

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      choose (self, MIN (self->chosen >= 0 ? at + 7 : at, last));
      return TRUE;

    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      choose (self, MAX (self->chosen >= 0 ? at - 1 : at, 0));
      return TRUE;

    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      choose (self, MIN (self->chosen >= 0 ? at + 1 : at, last));
      return TRUE;

    case GDK_KEY_Escape:
      if (self->chosen < 0)
        return FALSE;
      choose (self, -1);
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
td_day_calendar_query_tooltip (GtkWidget  *widget,
                               int         x,
                               int         y,
                               gboolean    keyboard,
                               GtkTooltip *tooltip)
{
  TdDayCalendar   *self = TD_DAY_CALENDAR (widget);
  g_autofree char *text = NULL;
  guint            day;

  if (keyboard && self->chosen >= 0)
    day = (guint)self->chosen;
  else if (keyboard || !find_day (self, x, y, &day))
    return FALSE;
  text = describe (self, day);
  if (text == NULL)
    return FALSE;

  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
td_day_calendar_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  int label_width, label_height;

  measure_label (TD_DAY_CALENDAR (widget), &label_width, &label_height);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 120;
      *natural = label_width + LEAST_WEEKS * NATURAL_CELL;
    }
  else
    {
      *minimum = 2 * label_height + 7 * MIN_CELL;
      *natural = 2 * label_height + 7 * NATURAL_CELL;
    }
}

static void
td_day_calendar_finalize (GObject *object)
{
  TdDayCalendar *self = TD_DAY_CALENDAR (object);

  g_free (self->uses);
  g_strfreev (self->texts);

  G_OBJECT_CLASS (td_day_calendar_parent_class)->finalize (object);
}

static void
td_day_calendar_class_init (TdDayCalendarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = td_day_calendar_finalize;
  widget_class->snapshot = td_day_calendar_snapshot;
  widget_class->measure = td_day_calendar_measure;
  widget_class->query_tooltip = td_day_calendar_query_tooltip;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "daycalendar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
td_day_calendar_init (TdDayCalendar *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();

  self->chosen = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}

GtkWidget *
td_day_calendar_new (void)
{
  return g_object_new (TD_TYPE_DAY_CALENDAR, NULL);
}

/**
 * td_day_calendar_set_days:
 * @self: a calendar
 * @first_julian: the first day, as GDate counts them
 * @uses: (array length=n_days): what each day teaches
 * @texts: (array length=n_days): why, in words
 * @n_days: how many
 */
void
td_day_calendar_set_days (TdDayCalendar     *self,
                          guint              first_julian,
                          const TdDayUse    *uses,
                          const char *const *texts,
                          guint              n_days)
{
  guint            n_taught = 0;
  g_autofree char *label = NULL;

  g_return_if_fail (TD_IS_DAY_CALENDAR (self));
  g_return_if_fail (n_days == 0 || g_date_valid_julian (first_julian));

  g_free (self->uses);
  g_strfreev (self->texts);
  self->first = first_julian;
  self->uses = g_memdup2 (uses, n_days * sizeof *uses);
  self->texts = g_new0 (char *, n_days + 1);
  self->n_days = n_days;
  if (self->chosen >= (int)n_days)
    choose (self, -1);
  for (guint i = 0; i < n_days; i++)
    {
      self->texts[i] = g_strdup (texts[i]);
      n_taught += uses[i] == TD_DAY_USE_TAUGHT || uses[i] == TD_DAY_USE_PARTLY;
    }

  label = g_strdup_printf (ngettext ("%u day teaches what is normal", "%u days teach what is normal", n_taught), n_taught);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
