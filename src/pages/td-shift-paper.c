/* td-shift-paper.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-shift-paper-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-paper-table.h"
#include "td-shift-chart.h"

#define INKS "/io/github/tongdai/TongDai/pages/paper.ini"

#define SECTION_GAP 12.0
#define CHART_HEIGHT 148.0
#define N_TILES 4
#define SIGNATURES_HEIGHT 46.0

/* Queues that are named as short of minutes; more are counted. */
#define MAX_SHORT_NAMES 5
#define MAX_GAPS 6

#define MS_PER_HOUR 3600000.0

static const TdPaperStyle small = { 7, FALSE, TD_PAPER_DIM, PANGO_ALIGN_LEFT };
static const TdPaperStyle of_tile = { 7, FALSE, TD_PAPER_DIM, PANGO_ALIGN_LEFT, FALSE, 2 };
static const TdPaperStyle of_centre = { 8, FALSE, TD_PAPER_TEXT, PANGO_ALIGN_LEFT, FALSE, 2 };
static const TdPaperStyle body = { 8, FALSE, TD_PAPER_TEXT, PANGO_ALIGN_LEFT };
static const TdPaperStyle personal = { 8, FALSE, TD_PAPER_TEXT, PANGO_ALIGN_LEFT, TRUE };

static char *
format_time (gint64      time,
             GTimeZone  *zone,
             const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, format);
}

static char *
format_date (gint64     time,
             GTimeZone *zone)
{
  /* Translators: a day, as g_date_time_format() writes it: "01/01/2027". */
  return format_time (time, zone, C_ ("date format", "%d/%m/%Y"));
}

static char *
format_hours (const TdShiftWriter *self)
{
  g_autofree char *from = td_format_clock (self->sheet->from, self->zone);
  g_autofree char *to = td_format_clock (self->sheet->to, self->zone);

  return g_strdup_printf ("%s–%s", from, to);
}

/* A night is of two days. */
static char *
format_days (const TdShiftWriter *self)
{
  g_autofree char *last = format_date (self->sheet->to - 1, self->zone);
  /* Translators: a day, as g_date_time_format() writes it: "Thursday 14/10/2021". */
  g_autofree char *first = format_time (self->sheet->from, self->zone, C_ ("date format", "%A %d/%m/%Y"));

  return g_str_has_suffix (first, last) ? g_steal_pointer (&first) : g_strdup_printf ("%s – %s", first, last);
}

/* --- head ----------------------------------------------------------------- */

static char *
describe_people (const TdShiftSheet *sheet)
{
  const char *giver = sheet->giver != NULL && *sheet->giver != '\0' ? sheet->giver : "…";
  const char *taker = sheet->taker != NULL && *sheet->taker != '\0' ? sheet->taker : "…";

  /* Translators: who hands the shift over to whom. */
  return g_strdup_printf (_ ("Shift lead %s → %s"), giver, taker);
}

static void
write_head (TdShiftWriter *self)
{
  const TdShiftSheet *sheet = self->sheet;
  TdPaperStyle        title_style = { 17, TRUE, TD_PAPER_TEXT, PANGO_ALIGN_LEFT };
  TdPaperStyle        date_style = { 9, TRUE, TD_PAPER_TEXT, PANGO_ALIGN_RIGHT };
  TdPaperStyle        people_style = { 8, FALSE, TD_PAPER_DIM, PANGO_ALIGN_RIGHT, TRUE, 10 };
  g_autofree char    *centre = sheet->hotlines != NULL
                                 ? g_strdup_printf ("%s · %s", sheet->centre != NULL ? sheet->centre : "Tổng Đài", sheet->hotlines)
                                 : g_strdup (sheet->centre != NULL ? sheet->centre : "Tổng Đài");
  g_autofree char    *hours = format_hours (self);
  /* Translators: the head of the sheet; hours follow. */
  g_autofree char *title = g_strdup_printf (_ ("Hand-over sheet %s"), hours);
  g_autofree char *date = format_days (self);
  g_autofree char *people = describe_people (sheet);
  double           y = td_paper_get_y (self->paper);
  double           left = y;
  double           right = y + 8;

  left += td_paper_write (self->paper, &of_centre, TD_SHIFT_LEFT, left, TD_SHIFT_WIDTH * 0.62, centre);
  left += td_paper_write (self->paper, &title_style, TD_SHIFT_LEFT, left, TD_SHIFT_WIDTH * 0.62, title);
  right += td_paper_write (self->paper, &date_style, TD_SHIFT_LEFT + TD_SHIFT_WIDTH * 0.62, right, TD_SHIFT_WIDTH * 0.38, date);
  right += td_paper_write (self->paper, &people_style, TD_SHIFT_LEFT + TD_SHIFT_WIDTH * 0.62, right, TD_SHIFT_WIDTH * 0.38, people);
  y = MAX (left, right) + 6;
  td_paper_rule (self->paper, TD_PAPER_TEXT, 0.9, TD_SHIFT_LEFT, y, TD_SHIFT_WIDTH);
  td_paper_set_y (self->paper, y);
}

/* --- tiles ---------------------------------------------------------------- */

typedef struct
{
  const char *title;
  char       *number; /* (owned) */
  char       *note;   /* (owned) */
  TdPaperInk  ink;
} Tile;

static Tile
make_offered (TdShiftWriter *self)
{
  const TdShiftFigures *total = &self->sheet->total;
  gboolean              is_out;
  double                deviation = td_shift_figures_get_deviation (total, &is_out);
  g_autofree char      *normal = td_format_calls (total->normal.mean);
  g_autofree char      *text = td_format_deviation (deviation, is_out);

  return (Tile){
    _ ("Calls offered"),
    td_format_count (total->counts.offered),
    isnan (deviation) ? g_strdup (_ ("normal is not known"))
                      /* Translators: calls that are normal, and by how much there were more or fewer. */
                      : g_strdup_printf (_ ("normal %s, %s"), normal, text),
    is_out ? TD_PAPER_AMBER : TD_PAPER_TEXT,
  };
}

static char *
format_level (const TdShiftSheet   *sheet,
              const TdShiftFigures *figures,
              TdPaperInk           *ink)
{
  double           level = td_shift_sheet_get_service_level (sheet, figures);
  g_autofree char *text = td_format_percent (level, 1);
  gboolean         is_low = level < sheet->target;

  *ink = is_low ? TD_PAPER_AMBER : TD_PAPER_TEXT;

  return is_low ? g_strdup_printf ("▼ %s", text) : g_steal_pointer (&text);
}

static Tile
make_level (TdShiftWriter *self)
{
  Tile             tile = { .title = _ ("Service level") };
  g_autofree char *target = td_format_percent (self->sheet->target, 0);

  tile.number = format_level (self->sheet, &self->sheet->total, &tile.ink);
  /* Translators: the target of the service level: "target 80 % in 20 s". */
  tile.note = g_strdup_printf (_ ("target %s in %d s"), target, (int)(self->sheet->service_level_ms / 1000));

  return tile;
}

static Tile
make_abandoned (TdShiftWriter *self)
{
  const TdShiftFigures *total = &self->sheet->total;
  g_autofree char      *rate = td_format_percent (td_shift_figures_get_abandon_rate (total), 1);
  g_autofree char      *early = td_format_count (total->counts.short_abandoned);

  return (Tile){
    _ ("Abandoned"),
    td_format_count (total->counts.abandoned),
    /* Translators: the abandon rate, and how many of the calls were abandoned early. */
    g_strdup_printf (_ ("rate %s, %s of them early"), rate, early),
    TD_PAPER_TEXT,
  };
}

static const TdShiftFigures *
find_longest (const TdShiftSheet *sheet)
{
  for (guint i = 0; i < sheet->queues->len; i++)
    {
      const TdShiftFigures *figures = g_ptr_array_index (sheet->queues, i);

      if (TD_IS_KNOWN (figures->longest_at) && figures->counts.max_wait_ms == sheet->total.counts.max_wait_ms &&
          figures->longest_at == sheet->total.longest_at)
        return figures;
    }

  return NULL;
}

static char *
describe_longest (TdShiftWriter *self)
{
  const TdShiftFigures *queue = find_longest (self->sheet);
  g_autofree char      *at = td_format_clock (self->sheet->total.longest_at, self->zone);

  if (!TD_IS_KNOWN (self->sheet->total.counts.max_wait_ms))
    return g_strdup (_ ("not observed"));
  if (queue == NULL)
    return g_strdup (self->sheet->total.counts.max_wait_ms == 0 ? _ ("nobody waited") : "");

  /* Translators: a time of day, and the name of a queue. */
  return g_strdup_printf (_ ("at %s, %s"), at, queue->name);
}

static Tile
make_longest (TdShiftWriter *self)
{
  g_autofree char *note = describe_longest (self);

  return (Tile){
    _ ("Longest wait of the shift"),
    td_format_duration (self->sheet->total.counts.max_wait_ms),
    g_steal_pointer (&note),
    TD_PAPER_TEXT,
  };
}

static void
write_tiles (TdShiftWriter *self)
{
  Tile   tiles[N_TILES] = { make_offered (self), make_level (self), make_abandoned (self), make_longest (self) };
  double top = td_paper_get_y (self->paper) + 6;
  double width = TD_SHIFT_WIDTH / N_TILES;
  double bottom = top;

  for (guint i = 0; i < N_TILES; i++)
    {
      TdPaperStyle number = { 16, TRUE, tiles[i].ink, PANGO_ALIGN_LEFT };
      double       x = TD_SHIFT_LEFT + i * width + (i > 0 ? 8 : 0);
      double       y = top;

      y += td_paper_write (self->paper, &small, x, y, width - 12, tiles[i].title);
      y += td_paper_write (self->paper, &number, x, y, width - 12, tiles[i].number);
      y += td_paper_write (self->paper, &of_tile, x, y, width - 12, tiles[i].note);
      bottom = MAX (bottom, y);
    }
  bottom += 5;
  for (guint i = 1; i < N_TILES; i++)
    {
      cairo_t *cr = td_paper_get_cairo (self->paper);

      td_paper_set_ink (self->paper, TD_PAPER_FAINT);
      cairo_set_line_width (cr, 0.6);
      cairo_move_to (cr, TD_SHIFT_LEFT + i * width, top - 6);
      cairo_line_to (cr, TD_SHIFT_LEFT + i * width, bottom);
      cairo_stroke (cr);
    }
  for (guint i = 0; i < N_TILES; i++)
    {
      g_free (tiles[i].number);
      g_free (tiles[i].note);
    }
  td_paper_rule (self->paper, TD_PAPER_FAINT, 0.6, TD_SHIFT_LEFT, bottom, TD_SHIFT_WIDTH);
  td_paper_set_y (self->paper, bottom + 4);
}

/* --- what is missing ------------------------------------------------------ */

static guint
get_missing_minutes (const TdShiftFigures *figures)
{
  return (guint)((figures->missing_s + 59) / 60);
}

static char *
list_gaps (TdShiftWriter *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->sheet->gaps->len && i < MAX_GAPS; i++)
    {
      const TdShiftGap *gap = &g_array_index (self->sheet->gaps, TdShiftGap, i);
      g_autofree char  *from = td_format_clock (gap->from, self->zone);
      g_autofree char  *to = td_format_clock (gap->to, self->zone);

      g_string_append_printf (text, "%s%s–%s", i > 0 ? ", " : "", from, to);
    }
  if (self->sheet->gaps->len > MAX_GAPS)
    g_string_append (text, ", …");

  return g_string_free (text, FALSE);
}

/* Which totals are short: all of them, or those of some queues. */
static char *
list_short (const TdShiftSheet *sheet)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < sheet->queues->len; i++)
    {
      const TdShiftFigures *figures = g_ptr_array_index (sheet->queues, i);

      if (get_missing_minutes (figures) == 0)
        continue;
      if (n++ < MAX_SHORT_NAMES)
        g_string_append_printf (names, "%s%s", n > 1 ? ", " : "", figures->name);
    }
  if (n == sheet->queues->len)
    return g_strdup (_ ("the totals of every queue"));
  if (n > MAX_SHORT_NAMES)
    g_string_append (names, ", …");

  /* Translators: names of queues follow. */
  return g_strdup_printf (ngettext ("the sum and the totals of %u queue: %s", "the sum and the totals of %u queues: %s", n), n, names->str);
}

static char *
describe_missing (TdShiftWriter *self)
{
  guint            minutes = get_missing_minutes (&self->sheet->total);
  g_autofree char *gaps = NULL;
  g_autofree char *which = NULL;
  g_autofree char *head = NULL;

  if (minutes == 0)
    return NULL;

  gaps = list_gaps (self);
  which = list_short (self->sheet);
  /* Translators: times of day follow. */
  head = g_strdup_printf (ngettext ("%u minute was not observed (%s).", "%u minutes were not observed (%s).", minutes), minutes, gaps);

  /* Translators: "15 minutes were not observed (09:10–09:25). Short of them (*): the totals of every queue. …" */
  return g_strdup_printf (_ ("%s Short of them (*): %s. Nothing was put in their place."), head, which);
}

static void
write_missing (TdShiftWriter *self)
{
  g_autofree char *text = describe_missing (self);
  TdPaperStyle     style = { 7.5, TRUE, TD_PAPER_AMBER, PANGO_ALIGN_LEFT };

  if (text == NULL)
    return;

  td_paper_write_lines (self->paper, &style, TD_SHIFT_LEFT, TD_SHIFT_WIDTH, text);
}

/* --- sections ------------------------------------------------------------- */

/**
 * td_shift_writer_begin_section:
 * @self: a writer
 * @title: of the section
 * @height: what of it stays with its title, points
 */
void
td_shift_writer_begin_section (TdShiftWriter *self,
                               const char    *title,
                               double         height)
{
  td_paper_set_y (self->paper, td_paper_get_y (self->paper) + SECTION_GAP);
  td_paper_need (self->paper, height + 20);
  td_paper_head (self->paper, TD_SHIFT_LEFT, TD_SHIFT_WIDTH, title);
}

static void
write_chart (TdShiftWriter *self)
{
  /* Translators: %d is 15. */
  g_autofree char *title = g_strdup_printf (_ ("Calls in %d minutes, sliding, over what is normal"), TD_SHIFT_WINDOW);

  td_shift_writer_begin_section (self, title, CHART_HEIGHT);
  td_shift_chart_draw (self->sheet, self->paper, TD_SHIFT_LEFT, td_paper_get_y (self->paper), TD_SHIFT_WIDTH, CHART_HEIGHT);
  td_paper_set_y (self->paper, td_paper_get_y (self->paper) + CHART_HEIGHT);
}

enum {
  QUEUE_NAME,
  QUEUE_OFFERED,
  QUEUE_NORMAL,
  QUEUE_DEVIATION,
  QUEUE_ANSWERED,
  QUEUE_ABANDONED,
  QUEUE_FLOWED_OUT,
  QUEUE_WAITING,
  QUEUE_LEVEL,
  QUEUE_ASA,
  QUEUE_AHT,
  N_QUEUE_COLUMNS
};

static void
add_queue (TdShiftWriter        *self,
           TdPaperTable         *table,
           const TdShiftFigures *figures,
           const char           *name,
           gboolean              is_sum)
{
  const TdCounts *counts = &figures->counts;
  gboolean        is_out;
  double          deviation = td_shift_figures_get_deviation (figures, &is_out);
  TdPaperInk      ink;
  char           *level = format_level (self->sheet, figures, &ink);

  td_paper_table_add_row (table, is_sum);
  /* Short of minutes, as is said above. */
  td_paper_table_take_cell (table, QUEUE_NAME, g_strdup_printf ("%s%s", name, get_missing_minutes (figures) > 0 ? " *" : ""),
                            TD_PAPER_TEXT);
  td_paper_table_take_cell (table, QUEUE_OFFERED, td_format_count (counts->offered), TD_PAPER_TEXT);
  td_paper_table_take_cell (table, QUEUE_NORMAL, td_format_calls (figures->normal.mean), TD_PAPER_TEXT);
  td_paper_table_take_cell (table, QUEUE_DEVIATION, td_format_deviation (deviation, is_out),
                            is_out ? TD_PAPER_AMBER : TD_PAPER_TEXT);
  td_paper_table_take_cell (table, QUEUE_ANSWERED, td_format_count (counts->answered), TD_PAPER_TEXT);
  td_paper_table_take_cell (table, QUEUE_ABANDONED, td_format_count (counts->abandoned), TD_PAPER_TEXT);
  td_paper_table_take_cell (table, QUEUE_FLOWED_OUT, td_format_count (counts->flowed_out), TD_PAPER_TEXT);
  td_paper_table_take_cell (table, QUEUE_WAITING, td_format_count (figures->waiting), TD_PAPER_TEXT);
  td_paper_table_take_cell (table, QUEUE_LEVEL, level, ink);
  td_paper_table_take_cell (table, QUEUE_ASA, td_format_duration_s (td_metrics_asa (counts)), TD_PAPER_TEXT);
  td_paper_table_take_cell (table, QUEUE_AHT, td_format_duration_s (td_metrics_aht (counts)), TD_PAPER_TEXT);
}

static void
write_queues (TdShiftWriter *self)
{
  const char *const titles[N_QUEUE_COLUMNS] = {
    [QUEUE_NAME] = C_ ("sheet column", "Queue"),
    [QUEUE_OFFERED] = C_ ("sheet column", "offered"),
    [QUEUE_NORMAL] = C_ ("sheet column", "normal"),
    [QUEUE_DEVIATION] = C_ ("sheet column", "deviation"),
    [QUEUE_ANSWERED] = C_ ("sheet column", "answered"),
    [QUEUE_ABANDONED] = C_ ("sheet column", "abandoned"),
    [QUEUE_FLOWED_OUT] = C_ ("sheet column", "flowed out"),
    [QUEUE_WAITING] = C_ ("sheet column", "waiting"),
    [QUEUE_LEVEL] = C_ ("sheet column", "service level"),
    [QUEUE_ASA] = C_ ("sheet column", "ASA"),
    [QUEUE_AHT] = C_ ("sheet column", "AHT"),
  };
  g_autoptr (TdPaperTable) table = td_paper_table_new (N_QUEUE_COLUMNS);

  for (guint i = 0; i < N_QUEUE_COLUMNS; i++)
    td_paper_table_set_column (table, i, titles[i], i == QUEUE_NAME ? 1 : 0, i != QUEUE_NAME);
  for (guint i = 0; i < self->sheet->queues->len; i++)
    {
      const TdShiftFigures *figures = g_ptr_array_index (self->sheet->queues, i);

      add_queue (self, table, figures, figures->name, FALSE);
    }
  add_queue (self, table, &self->sheet->total, _ ("Total"), TRUE);

  td_shift_writer_begin_section (self, _ ("Queues"), TD_SHIFT_HEAD_ROOM);
  td_paper_table_draw (table, self->paper, TD_SHIFT_LEFT, TD_SHIFT_WIDTH);
}

/* --- staff and note ------------------------------------------------------- */

static void
add_place (TdPaperTable       *table,
           const TdShiftPlace *place,
           const char         *name,
           gboolean            is_sum)
{
  td_paper_table_add_row (table, is_sum);
  td_paper_table_take_cell (table, 0, g_strdup (name), TD_PAPER_TEXT);
  td_paper_table_take_cell (table, 1, td_format_count (place->planned), TD_PAPER_TEXT);
  td_paper_table_take_cell (table, 2, td_format_count (place->present), TD_PAPER_TEXT);
  td_paper_table_take_cell (table, 3, td_format_count (place->called_in), TD_PAPER_TEXT);
  td_paper_table_take_cell (table, 4, td_format_decimal (TD_IS_KNOWN (place->staffed_ms) ? (double)place->staffed_ms / MS_PER_HOUR : NAN, 1), TD_PAPER_TEXT);
}

static TdPaperTable *
create_staff (const TdShiftSheet *sheet)
{
  TdPaperTable *table = td_paper_table_new (5);

  td_paper_table_set_column (table, 0, C_ ("sheet column", "Place of work"), 1, FALSE);
  td_paper_table_set_column (table, 1, C_ ("sheet column", "planned"), 0, TRUE);
  td_paper_table_set_column (table, 2, C_ ("sheet column", "present"), 0, TRUE);
  td_paper_table_set_column (table, 3, C_ ("sheet column", "called in"), 0, TRUE);
  td_paper_table_set_column (table, 4, C_ ("sheet column", "agent-hours"), 0, TRUE);
  for (guint i = 0; i < sheet->places->len; i++)
    {
      const TdShiftPlace *place = g_ptr_array_index (sheet->places, i);

      add_place (table, place, place->employer != NULL ? place->employer : td_format_place (place->place), FALSE);
    }
  add_place (table, &sheet->staff, _ ("Total"), TRUE);

  return table;
}

static double
measure_note (TdShiftWriter *self,
              const char    *note,
              double         width)
{
  g_autoptr (PangoLayout) layout = td_paper_create_layout (self->paper, &body, width, note);
  int height;

  pango_layout_get_size (layout, NULL, &height);

  return (double)height / PANGO_SCALE;
}

/* Side by side where both fit; a long note goes below, over as many pages as
 * it takes. */
static void
write_staff_and_note (TdShiftWriter *self)
{
  const char *note = self->sheet->note != NULL && *self->sheet->note != '\0' ? self->sheet->note : "—";
  g_autoptr (TdPaperTable) staff = create_staff (self->sheet);
  double column = (TD_SHIFT_WIDTH - 18) / 2;
  double height = MAX (td_paper_table_get_height (staff, self->paper, column), measure_note (self, note, column)) + 20;

  if (height > TD_PAPER_HEIGHT - 2 * TD_PAPER_MARGIN - TD_PAPER_FOOT)
    {
      td_shift_writer_begin_section (self, _ ("Staff of the shift"), TD_SHIFT_HEAD_ROOM);
      td_paper_table_draw (staff, self->paper, TD_SHIFT_LEFT, TD_SHIFT_WIDTH);
      td_shift_writer_begin_section (self, _ ("Note of the shift lead"), TD_SHIFT_HEAD_ROOM);
      td_paper_write_lines (self->paper, &personal, TD_SHIFT_LEFT, TD_SHIFT_WIDTH, note);
      return;
    }

  td_paper_set_y (self->paper, td_paper_get_y (self->paper) + SECTION_GAP);
  td_paper_need (self->paper, height);

  double top = td_paper_get_y (self->paper);
  double bottom;

  td_paper_head (self->paper, TD_SHIFT_LEFT, column, _ ("Staff of the shift"));
  td_paper_table_draw (staff, self->paper, TD_SHIFT_LEFT, column);
  bottom = td_paper_get_y (self->paper);
  td_paper_set_y (self->paper, top);
  td_paper_head (self->paper, TD_SHIFT_LEFT + column + 18, column, _ ("Note of the shift lead"));
  td_paper_write_lines (self->paper, &personal, TD_SHIFT_LEFT + column + 18, column, note);
  td_paper_set_y (self->paper, MAX (bottom, td_paper_get_y (self->paper)));
}

/* --- foot ----------------------------------------------------------------- */

static char *
describe_formula (const TdShiftSheet *sheet)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Service level: %s, T = %d s."), td_format_service_level_formula (sheet->formula),
                          (int)(sheet->service_level_ms / 1000));
  g_string_append_c (text, ' ');
  g_string_append_printf (text, _ ("A short abandon is one within %d s."), (int)(sheet->short_abandon_ms / 1000));
  if (sheet->formula == TD_SERVICE_LEVEL_LIVE && !TD_IS_KNOWN (sheet->total.waiting_beyond))
    {
      g_string_append_c (text, ' ');
      g_string_append (text, _ ("Who still waited at the end is counted where the call ends."));
    }
  g_string_append_c (text, '\n');
  if (sheet->days_learnt > 0)
    g_string_append_printf (text, ngettext ("Normal: bands of 80 %% and 95 %%, learnt from %u day.", "Normal: bands of 80 %% and 95 %%, learnt from %u days.", sheet->days_learnt),
                            sheet->days_learnt);
  else
    g_string_append (text, _ ("Normal is not known: there is no day to learn from."));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
write_signatures (TdShiftWriter *self)
{
  static const char *const roles[] = { N_ ("Handed over by"), N_ ("Taken over by") };
  const char              *names[] = { self->sheet->giver, self->sheet->taker };
  g_autofree char         *formula = describe_formula (self->sheet);
  double                   width = TD_SHIFT_WIDTH * 0.22;
  double                   bottom = TD_PAPER_HEIGHT - TD_PAPER_MARGIN - TD_PAPER_FOOT - 2;

  td_paper_set_y (self->paper, td_paper_get_y (self->paper) + SECTION_GAP);
  td_paper_need (self->paper, SIGNATURES_HEIGHT);
  td_paper_write (self->paper, &small, TD_SHIFT_LEFT, bottom - SIGNATURES_HEIGHT + 10, TD_SHIFT_WIDTH * 0.52, formula);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      TdPaperStyle role = small;
      TdPaperStyle name = personal;
      double       x = TD_SHIFT_LEFT + TD_SHIFT_WIDTH - (G_N_ELEMENTS (roles) - i) * width - (i == 0 ? 12 : 0);

      role.align = name.align = PANGO_ALIGN_CENTER;
      /* Whole, it stands in the head. */
      name.n_lines = 1;
      td_paper_rule (self->paper, TD_PAPER_TEXT, 0.6, x, bottom - 22, width);
      td_paper_write (self->paper, &role, x, bottom - 20, width, _ (roles[i]));
      if (names[i] != NULL)
        td_paper_write (self->paper, &name, x, bottom - 11, width, names[i]);
    }
}

static char *
describe_moment (TdShiftWriter *self)
{
  const TdShiftSheet *sheet = self->sheet;
  gint64              time = td_shift_sheet_is_frozen (sheet) ? sheet->handed_at : sheet->until;
  g_autofree char    *date = format_date (time, self->zone);
  g_autofree char    *clock = td_format_clock (time, self->zone);

  if (td_shift_sheet_is_frozen (sheet))
    /* Translators: a date and a time of day. */
    return g_strdup_printf (_ ("Handed over %s, %s. Tổng Đài."), date, clock);

  /* Translators: a date and a time of day. */
  return g_strdup_printf (_ ("Not handed over yet: the figures go to %s, %s. Tổng Đài."), date, clock);
}

/* Pages that were mixed up say which shift they are of. */
static char *
describe_foot (TdShiftWriter *self)
{
  g_autofree char *hours = format_hours (self);
  g_autofree char *date = format_date (self->sheet->from, self->zone);
  g_autofree char *title = g_strdup_printf (_ ("Hand-over sheet %s"), hours);
  g_autofree char *moment = describe_moment (self);

  return g_strdup_printf ("%s, %s · %s", title, date, moment);
}

/**
 * td_shift_paper_new:
 * @sheet: a shift
 *
 * Returns: (transfer full): its sheet, ready to be drawn
 */
TdPaper *
td_shift_paper_new (const TdShiftSheet *sheet)
{
  g_autoptr (GBytes) inks = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *foot = NULL;
  g_autofree char *text = NULL;
  TdShiftWriter    self;

  g_return_val_if_fail (sheet != NULL, NULL);

  inks = g_resources_lookup_data (INKS, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (inks == NULL)
    g_error ("%s: %s", INKS, error->message);
  text = g_strndup (g_bytes_get_data (inks, NULL), g_bytes_get_size (inks));
  zone = td_shift_sheet_get_zone (sheet);
  self = (TdShiftWriter){ .sheet = sheet, .paper = td_paper_new (text, &error), .zone = zone };
  if (self.paper == NULL)
    g_error ("%s: %s", INKS, error->message);

  write_head (&self);
  write_tiles (&self);
  write_missing (&self);
  write_chart (&self);
  write_queues (&self);
  td_shift_writer_write_events (&self);
  write_staff_and_note (&self);
  write_signatures (&self);
  foot = describe_foot (&self);
  td_paper_end (self.paper, foot);

  return self.paper;
}
