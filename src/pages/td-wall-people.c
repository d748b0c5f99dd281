/* td-wall-people.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-palette.h"
#include "td-state-shape.h"
#include "td-wall-page.h"

/* Distance of two agents, and the least at which one who needs somebody has
 * room for the minutes. */
#define MOST_PITCH 0.075
#define LEAST_PITCH 0.004
#define WITH_MINUTES 0.05
#define SMALLER 0.95

#define ZONE_HEAD 0.07
#define CLOSE_ZONE_HEAD 0.052 /* where they lie under each other */
#define LEGEND 0.06
#define CLOSE_LEGEND 0.04
#define LEAST_ZONE 0.3
#define LINE_TEXT 0.034

typedef struct
{
  TdAgent     *agent; /* (unowned) */
  TdAgentState state;
  TdAgentNeed  need;
  gint64       minutes; /* in the state, or TD_UNKNOWN */
  char        *text;    /* (owned) (nullable): of who needs somebody */
} Person;

typedef struct
{
  TdPlace place;
  GArray *people; /* (owned) (element-type Person) */
  guint   n_serving;
  double  width; /* that the layout gives it */
  double  height;
} Zone;

/* Who needs somebody first, then by what they do. */
static int
compare_people (gconstpointer a,
                gconstpointer b)
{
  static const int order[TD_N_AGENT_STATES] = {
    [TD_AGENT_STATE_UNREACHABLE] = 0,
    [TD_AGENT_STATE_PAUSED] = 1,
    [TD_AGENT_STATE_WRAP_UP] = 2,
    [TD_AGENT_STATE_ON_CALL] = 3,
    [TD_AGENT_STATE_RINGING] = 4,
    [TD_AGENT_STATE_AVAILABLE] = 5,
    [TD_AGENT_STATE_UNKNOWN] = 6,
    [TD_AGENT_STATE_OFFLINE] = 7,
  };
  const Person *x = a, *y = b;

  if (x->need != y->need)
    return x->need > y->need ? -1 : 1;
  if (x->state != y->state)
    return order[x->state] < order[y->state] ? -1 : 1;
  if (x->minutes != y->minutes)
    return x->minutes > y->minutes ? -1 : 1;

  return g_strcmp0 (td_agent_get_id (x->agent), td_agent_get_id (y->agent));
}

/**
 * td_wall_page_make_initials:
 * @name: of a person
 *
 * Returns: (transfer full): "N.T.H." for "Nguyễn Thị Hoa"
 */
char *
td_wall_page_make_initials (const char *name)
{
  g_auto (GStrv) words = g_strsplit (name, " ", 8);
  GString *text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      g_string_append_unichar (text, g_unichar_toupper (g_utf8_get_char (words[i])));
      g_string_append_c (text, '.');
    }

  return g_string_free (text, FALSE);
}

static char *
make_text (const TdWallMoment *moment,
           const Person       *person)
{
  g_autofree char *minutes = g_strdup_printf ("%d′", (int)CLAMP (person->minutes, 0, 9999));
  g_autofree char *initials = NULL;
  const char      *name = td_agent_get_info (person->agent)->name;

  /* Without a name there is only the extension, which is a person's too. */
  if (moment->wall->privacy == TD_WALL_PRIVACY_NONE || name == NULL)
    return g_steal_pointer (&minutes);
  if (moment->wall->privacy == TD_WALL_PRIVACY_NAMES)
    return g_strdup_printf ("%s %s", name, minutes);

  initials = td_wall_page_make_initials (name);
  return g_strdup_printf ("%s %s", initials, minutes);
}

static gboolean
is_shown (const TdWallMoment *moment,
          const TdAgentInfo  *info)
{
  if (moment->wall->queues == NULL)
    return TRUE;
  for (guint i = 0; i < info->n_queues; i++)
    {
      if (td_wall_has_queue (moment->wall, info->queues[i]))
        return TRUE;
    }

  return FALSE;
}

static void
clear_person (gpointer data)
{
  g_free (((Person *)data)->text);
}

static void
collect (const TdWallMoment *moment,
         Zone               *zones)
{
  TdRoster     *agents = td_centre_get_agents (td_watch_get_centre (moment->watch));
  TdAgentJudge *judge = td_watch_get_judge (moment->watch);

  for (guint i = 0; i < TD_N_PLACES; i++)
    {
      zones[i] = (Zone){ .place = (TdPlace)i, .people = g_array_new (FALSE, FALSE, sizeof (Person)) };
      g_array_set_clear_func (zones[i].people, clear_person);
    }
  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      TdAgent           *agent = td_roster_get (agents, i);
      const TdAgentInfo *info = td_agent_get_info (agent);
      gint64             age_ms = td_metrics_age_ms (info->since, moment->now);
      Person             person = { .agent = agent, .state = info->state, .minutes = TD_IS_KNOWN (age_ms) ? age_ms / 60000 : TD_UNKNOWN };
      TdAgentVerdict     verdict;

      if (!td_wall_has_zone (moment->wall, info->place) || !is_shown (moment, info))
        continue;
      td_agent_judge_get_verdict (agent, moment->now, &verdict, judge);
      /* What is thought of an agent is as old as what is known. */
      person.need = moment->age == NULL ? verdict.need : TD_AGENT_NEED_NONE;
      if (person.need != TD_AGENT_NEED_NONE)
        person.text = make_text (moment, &person);
      zones[info->place].n_serving += td_agent_state_is_serving (info->state) ? 1 : 0;
      g_array_append_val (zones[info->place].people, person);
    }
  for (guint i = 0; i < TD_N_PLACES; i++)
    g_array_sort (zones[i].people, compare_people);
}

/* Cells of a person's chip; one for who has none. */
static guint
count_cells (TdWallPaint  *paint,
             const Person *person,
             double        pitch,
             guint         n_columns)
{
  double      unit = td_wall_paint_get_height (paint);
  TdWallStyle style = { round (LINE_TEXT * unit), TRUE, FALSE, TD_WALL_ALIGN_START, "td_wall_text" };

  if (person->text == NULL || pitch < WITH_MINUTES * unit)
    return 1;

  return CLAMP ((guint)ceil ((td_wall_paint_measure (paint, person->text, &style) + pitch) / pitch), 1, MAX (n_columns, 1));
}

/* Lays a zone's people out in rows; calls @draw for each, where there is one. */
typedef void (*DrawPerson) (TdWallPaint           *paint,
                            const graphene_rect_t *cell,
                            const Person          *person,
                            const TdWallMoment    *moment);

static guint
flow (TdWallPaint            *paint,
      const TdWallMoment     *moment,
      const Zone             *zone,
      double                  pitch,
      guint                   n_columns,
      const graphene_point_t *origin,
      DrawPerson              draw)
{
  guint row = 0, column = 0;

  for (guint i = 0; i < zone->people->len; i++)
    {
      const Person *person = &g_array_index (zone->people, Person, i);
      guint         n_cells = count_cells (paint, person, pitch, n_columns);

      if (column + n_cells > n_columns && column > 0)
        {
          row++;
          column = 0;
        }
      if (draw != NULL)
        draw (paint, &TD_WALL_RECT (origin->x + column * pitch, origin->y + row * pitch, n_cells * pitch, pitch), person, moment);
      column += n_cells;
    }

  return row + 1;
}

/* Zones side by side, as narrow as their people allow. */
static gboolean
fits_in_columns (TdWallPaint           *paint,
                 const TdWallMoment    *moment,
                 Zone                  *zones,
                 const graphene_rect_t *body,
                 double                 pitch)
{
  double unit = td_wall_paint_get_height (paint);
  double pad = round (0.018 * unit), gap = round (TD_WALL_GAP * unit);
  double head = round (ZONE_HEAD * unit), used = -gap;
  guint  n_rows = (guint)MAX (floor ((body->size.height - head - 2 * pad) / pitch), 0);

  if (n_rows == 0)
    return FALSE;
  for (guint i = 0; i < TD_N_PLACES; i++)
    {
      guint n_columns = MAX ((zones[i].people->len + n_rows - 1) / n_rows, 1);

      if (zones[i].people->len == 0)
        continue;
      n_columns = MAX (n_columns, (guint)ceil ((LEAST_ZONE * unit - 2 * pad) / pitch));
      while (flow (paint, moment, &zones[i], pitch, n_columns, NULL, NULL) > n_rows && n_columns * pitch < body->size.width)
        n_columns++;
      zones[i].width = n_columns * pitch + 2 * pad;
      zones[i].height = body->size.height;
      used += zones[i].width + gap;
    }

  return used <= body->size.width;
}

/* Zones under each other, over the whole width. */
static gboolean
fits_in_rows (TdWallPaint           *paint,
              const TdWallMoment    *moment,
              Zone                  *zones,
              const graphene_rect_t *body,
              double                 pitch)
{
  double unit = td_wall_paint_get_height (paint);
  double pad = round (0.018 * unit), gap = round (TD_WALL_GAP * unit), used = -gap;
  guint  n_columns = (guint)MAX (floor ((body->size.width - 2 * pad) / pitch), 1);

  for (guint i = 0; i < TD_N_PLACES; i++)
    {
      if (zones[i].people->len == 0)
        continue;
      zones[i].width = body->size.width;
      zones[i].height = round (CLOSE_ZONE_HEAD * unit) + pad + flow (paint, moment, &zones[i], pitch, n_columns, NULL, NULL) * pitch;
      used += zones[i].height + gap;
    }

  return used <= body->size.height;
}

static void
draw_person (TdWallPaint           *paint,
             const graphene_rect_t *cell,
             const Person          *person,
             const TdWallMoment    *moment)
{
  double      unit = td_wall_paint_get_height (paint);
  double      inset = cell->size.height * 0.09, size = cell->size.height * 0.56;
  gboolean    is_red = person->need == TD_AGENT_NEED_PERSON;
  gboolean    has_text = person->text != NULL && cell->size.width > 1.5 * cell->size.height;
  const char *name = is_red ? "td_wall_on_red" : "td_wall_amber";
  double      x = cell->origin.x + (cell->size.height - size) / 2;
  GdkRGBA     colour;

  if (person->need != TD_AGENT_NEED_NONE)
    {
      graphene_rect_t chip = TD_WALL_RECT (cell->origin.x + inset / 2, cell->origin.y + inset, cell->size.width - inset, cell->size.height - 2 * inset);
      TdWallStyle     style = { round (LINE_TEXT * unit), TRUE, FALSE, TD_WALL_ALIGN_START, name };

      if (is_red)
        td_wall_paint_fill (paint, &chip, inset * 1.5, "td_wall_red");
      td_wall_paint_outline (paint, &chip, inset * 1.5, MAX (0.0025 * unit, 1), FALSE, is_red ? "td_wall_red_edge" : "td_wall_amber");
      if (has_text)
        td_wall_paint_text (paint, &TD_WALL_RECT (cell->origin.x + cell->size.height * 0.9, cell->origin.y, cell->size.width - cell->size.height * 1.05, cell->size.height), person->text, &style);
      td_wall_paint_get_colour (paint, name, &colour);
    }
  else
    td_wall_paint_get_colour (paint, moment->age != NULL ? "td_wall_stale" : td_palette_state_colour (person->state), &colour);

  td_state_shape_draw (td_wall_paint_get_snapshot (paint), person->state, round (x), round (cell->origin.y + (cell->size.height - size) / 2), MAX (round (size), 2), &colour);
}

static void
draw_zone (TdWallPaint           *paint,
           const graphene_rect_t *rect,
           const Zone            *zone,
           const TdWallMoment    *moment,
           double                 pitch,
           double                 head)
{
  double           unit = td_wall_paint_get_height (paint);
  double           pad = round (0.018 * unit);
  TdWallStyle      name = { MIN (round (0.04 * unit), round (0.68 * head)), TRUE, FALSE, TD_WALL_ALIGN_START, "td_wall_text" };
  TdWallStyle      count = { name.size, FALSE, FALSE, TD_WALL_ALIGN_END, "td_wall_secondary" };
  g_autofree char *text = g_strdup_printf ("%u / %u", zone->n_serving, zone->people->len);
  double           room = rect->size.width - 3 * pad;
  double           both = td_wall_paint_measure (paint, td_format_place (zone->place), &name) + td_wall_paint_measure (paint, text, &count);
  double           count_width;
  guint            n_columns = (guint)MAX (floor ((rect->size.width - 2 * pad) / pitch), 1);

  /* A narrow zone has room for its name where its count gives way too. */
  if (both > room)
    name.size = count.size = MAX (floor (name.size * room / both * 0.98), ceil (TD_WALL_LEAST * unit));
  count_width = td_wall_paint_measure (paint, text, &count);
  td_wall_tile_draw_ground (paint, rect, TD_SEVERITY_NORMAL, moment->age != NULL);
  td_wall_paint_text (paint, &TD_WALL_RECT (rect->origin.x + pad, rect->origin.y, room - count_width, head), td_format_place (zone->place), &name);
  td_wall_paint_text (paint, &TD_WALL_RECT (rect->origin.x + rect->size.width - pad - count_width, rect->origin.y, count_width + 1, head), text, &count);
  flow (paint, moment, zone, pitch, n_columns, &GRAPHENE_POINT_INIT (rect->origin.x + (float)pad, rect->origin.y + (float)head), draw_person);
}

static guint
count_legend_lines (double width,
                    double unit)
{
  if (width < 0.8 * unit)
    return 4;

  return width < 1.4 * unit ? 2 : 1;
}

static void
draw_legend (TdWallPaint           *paint,
             const graphene_rect_t *rect,
             const TdWallMoment    *moment)
{
  static const TdAgentState states[] = { TD_AGENT_STATE_ON_CALL, TD_AGENT_STATE_WRAP_UP, TD_AGENT_STATE_RINGING, TD_AGENT_STATE_AVAILABLE,
                                         TD_AGENT_STATE_PAUSED, TD_AGENT_STATE_UNREACHABLE, TD_AGENT_STATE_OFFLINE };
  double                    unit = td_wall_paint_get_height (paint);
  guint                     n_lines = count_legend_lines (rect->size.width, unit);
  guint                     n_each = (G_N_ELEMENTS (states) + n_lines - 1) / n_lines;
  double                    line = rect->size.height / n_lines;
  double                    mark = round (0.026 * unit);
  TdWallStyle               style = { round (0.031 * unit), FALSE, FALSE, TD_WALL_ALIGN_START, "td_wall_secondary" };

  for (guint l = 0; l < n_lines; l++)
    {
      guint  first = l * n_each, n = MIN (n_each, G_N_ELEMENTS (states) - first);
      double widths[G_N_ELEMENTS (states)], all = 0, x = rect->origin.x, part;
      char  *texts[G_N_ELEMENTS (states)];

      for (guint i = 0; i < n; i++)
        {
          texts[i] = g_strdup_printf ("%s %u", td_format_state (states[first + i]), moment->totals.agents.by_state[states[first + i]]);
          widths[i] = td_wall_paint_measure (paint, texts[i], &style) + 2.4 * mark;
          all += widths[i];
        }
      part = rect->size.width / all;
      for (guint i = 0; i < n; i++)
        {
          double  y = rect->origin.y + l * line;
          GdkRGBA colour;

          td_wall_paint_get_colour (paint, moment->age != NULL ? "td_wall_stale" : td_palette_state_colour (states[first + i]), &colour);
          td_state_shape_draw (td_wall_paint_get_snapshot (paint), states[first + i], round (x), round (y + (line - mark) / 2), mark, &colour);
          td_wall_paint_text (paint, &TD_WALL_RECT (x + mark * 1.4, y, widths[i] * part - mark * 1.6, line), texts[i], &style);
          x += widths[i] * part;
          g_free (texts[i]);
        }
    }
}

static char *
make_key (const TdWallMoment *moment,
          const Zone         *zones)
{
  GString *key = g_string_new ("people ");

  g_string_append_printf (key, "%d ", moment->age != NULL);
  for (guint i = 0; i < TD_N_PLACES; i++)
    {
      for (guint k = 0; k < zones[i].people->len; k++)
        {
          const Person *person = &g_array_index (zones[i].people, Person, k);

          g_string_append_printf (key, "%d%d%s ", person->state, person->need, person->text != NULL ? person->text : "");
        }
      g_string_append_c (key, '|');
    }

  return g_string_free (key, FALSE);
}

static void
draw_zones (TdWallPaint           *paint,
            const graphene_rect_t *body,
            const TdWallMoment    *moment,
            Zone                  *zones)
{
  double   unit = td_wall_paint_get_height (paint);
  double   gap = round (TD_WALL_GAP * unit), used = -gap, x = body->origin.x, y = body->origin.y;
  double   pitch = round (MOST_PITCH * unit);
  gboolean is_tall = FALSE;
  guint    n_zones = 0;

  /* Side by side or under each other, whichever leaves people larger. */
  while (!fits_in_columns (paint, moment, zones, body, pitch))
    {
      /* What fits nowhere lies under each other as well as it can. */
      is_tall = fits_in_rows (paint, moment, zones, body, pitch) || pitch <= LEAST_PITCH * unit;
      if (is_tall)
        break;
      pitch *= SMALLER;
    }
  for (guint i = 0; i < TD_N_PLACES; i++)
    {
      if (zones[i].people->len == 0)
        continue;
      used += (is_tall ? zones[i].height : zones[i].width) + gap;
      n_zones++;
    }
  for (guint i = 0; i < TD_N_PLACES; i++)
    {
      double spare = MAX ((is_tall ? body->size.height : body->size.width) - used, 0) / MAX (n_zones, 1);

      if (zones[i].people->len == 0)
        continue;
      if (is_tall)
        {
          draw_zone (paint, &TD_WALL_RECT (x, y, zones[i].width, floor (zones[i].height + spare)), &zones[i], moment, pitch, round (CLOSE_ZONE_HEAD * unit));
          y += floor (zones[i].height + spare) + gap;
        }
      else
        {
          draw_zone (paint, &TD_WALL_RECT (x, y, floor (zones[i].width + spare), body->size.height), &zones[i], moment, pitch, round (ZONE_HEAD * unit));
          x += floor (zones[i].width + spare) + gap;
        }
    }
}

/**
 * td_wall_page_draw_people:
 * @paint: a painter
 * @area: of the page
 * @moment: what is known
 *
 * Draws every agent as the shape of a state, by place. Of a person no more is
 * told than the wall allows.
 */
void
td_wall_page_draw_people (TdWallPaint           *paint,
                          const graphene_rect_t *area,
                          const TdWallMoment    *moment)
{
  g_autoptr (TdWallFace) paused = td_wall_moment_create_state (moment, TD_AGENT_STATE_PAUSED);
  g_autoptr (TdWallFace) unreachable = td_wall_moment_create_state (moment, TD_AGENT_STATE_UNREACHABLE);
  const TdWallFace *const faces[] = { moment->faces[TD_WALL_NUMBER_SERVING], paused, unreachable };
  double                  unit = td_wall_paint_get_height (paint);
  /* Little width leaves room for one number; the legend has the others. */
  guint            n_faces = area->size.width < area->size.height ? 1 : G_N_ELEMENTS (faces);
  graphene_rect_t  body = td_wall_page_get_body (area, unit, n_faces);
  guint            n_lines = count_legend_lines (body.size.width, unit);
  double           legend = round ((n_lines > 2 ? CLOSE_LEGEND : LEGEND) * unit) * n_lines;
  g_autofree char *key = NULL;
  Zone             zones[TD_N_PLACES];

  td_wall_page_draw_strip (paint, area, faces, n_faces);
  collect (moment, zones);
  key = make_key (moment, zones);
  body.size.height -= (float)legend;
  if (td_wall_paint_begin_part (paint, key))
    {
      draw_zones (paint, &body, moment, zones);
      draw_legend (paint, &TD_WALL_RECT (body.origin.x, body.origin.y + body.size.height, body.size.width, legend), moment);
      td_wall_paint_end_part (paint);
    }
  for (guint i = 0; i < TD_N_PLACES; i++)
    g_array_unref (zones[i].people);
}
