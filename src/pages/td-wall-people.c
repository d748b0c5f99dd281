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
#define MOST_PITCH 0.12
#define LEAST_PITCH 0.004
#define WITH_MINUTES 0.05
#define SMALLER 0.95

#define ZONE_HEAD 0.07
#define CLOSE_ZONE_HEAD 0.052 /* where they lie under each other */
#define LEGEND 0.06
#define CLOSE_LEGEND 0.04
#define LEAST_ZONE 0.3
#define LEAST_BLOCK 0.22 /* the least width of a zone that has others above or below it */
#define LINE_TEXT 0.034
#define MOST_LINE_TEXT 0.05
#define REST 0.045

#define MOST_ZONES 24 /* more would be too small to tell one from another */

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
  char   *id;
  char   *title;
  guint   order;  /* where that is not by title */
  GArray *people; /* (owned) (element-type Person) */
  guint   n_serving;
  guint   n_needing;
  double  least; /* of its title beside its count in the smallest letters */
  double  width; /* that the layout gives it */
  double  height;
} Zone;

/* All that is drawn. */
typedef struct
{
  GPtrArray  *zones;                       /* (element-type Zone) */
  GHashTable *by_id;                       /* id -> Zone, both of @zones; while it is filled */
  guint       by_state[TD_N_AGENT_STATES]; /* of people, each once */
  guint       n_left_zones;                /* for which there is no room */
  guint       n_left_people;
} Scene;

/* How zones lie on the screen. */
typedef struct
{
  double pitch;
  guint  n_across; /* in blocks of equal width; 0 for one row, each as wide as it needs */
} Plan;

static void
free_zone (gpointer data)
{
  Zone *zone = data;

  g_free (zone->id);
  g_free (zone->title);
  g_array_unref (zone->people);
  g_free (zone);
}

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

  initials = td_wall_make_initials (name);
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

static Zone *
get_zone (Scene      *scene,
          const char *id,
          const char *title,
          guint       order)
{
  Zone *zone = g_hash_table_lookup (scene->by_id, id);

  if (zone != NULL)
    return zone;

  zone = g_new0 (Zone, 1);
  zone->id = g_strdup (id);
  zone->title = g_strdup (title);
  zone->order = order;
  zone->people = g_array_new (FALSE, FALSE, sizeof (Person));
  g_array_set_clear_func (zone->people, clear_person);
  g_ptr_array_add (scene->zones, zone);
  g_hash_table_insert (scene->by_id, zone->id, zone);

  return zone;
}

static void
add_to_zone (Zone         *zone,
             const Person *person)
{
  Person own = *person;

  own.text = g_strdup (person->text);
  zone->n_serving += td_agent_state_is_serving (person->state) ? 1 : 0;
  zone->n_needing += person->need != TD_AGENT_NEED_NONE ? 1 : 0;
  g_array_append_val (zone->people, own);
}

static void
add_person (Scene              *scene,
            const TdWallMoment *moment,
            const TdAgentInfo  *info,
            const Person       *person)
{
  TdRoster *queues = td_centre_get_queues (td_watch_get_centre (moment->watch));
  guint     n = 0;

  scene->by_state[person->state]++;
  switch (moment->wall->arrange)
    {
    case TD_WALL_ARRANGE_TEAM:
      add_to_zone (get_zone (scene, info->team != NULL ? info->team : "", info->team != NULL ? info->team : _ ("No team"), info->team != NULL ? 0 : 1), person);
      break;

    case TD_WALL_ARRANGE_QUEUE:
      for (guint i = 0; i < info->n_queues; i++)
        {
          TdQueue *queue = td_roster_find (queues, info->queues[i]);

          if (!td_wall_has_queue (moment->wall, info->queues[i]))
            continue;
          add_to_zone (get_zone (scene, info->queues[i], queue != NULL ? td_queue_get_title (queue) : info->queues[i], 0), person);
          n++;
        }
      if (n == 0)
        add_to_zone (get_zone (scene, "", _ ("No queue"), 1), person);
      break;

    case TD_WALL_ARRANGE_PLACE:
    case TD_N_WALL_ARRANGES:
    default:
      add_to_zone (get_zone (scene, td_place_to_string (info->place), td_format_place (info->place), (guint)info->place), person);
      break;
    }
}

/* They stay where they are, so that a room learns where to look. */
static int
compare_zones (gconstpointer a,
               gconstpointer b)
{
  const Zone *x = *(Zone *const *)a, *y = *(Zone *const *)b;
  int         by_title;

  if (x->order != y->order)
    return x->order < y->order ? -1 : 1;
  by_title = g_utf8_collate (x->title, y->title);

  return by_title != 0 ? by_title : strcmp (x->id, y->id);
}

static void
collect (const TdWallMoment *moment,
         Scene              *scene)
{
  TdRoster     *agents = td_centre_get_agents (td_watch_get_centre (moment->watch));
  TdAgentJudge *judge = td_watch_get_judge (moment->watch);

  *scene = (Scene){ .zones = g_ptr_array_new_with_free_func (free_zone), .by_id = g_hash_table_new (g_str_hash, g_str_equal) };
  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      TdAgent           *agent = td_roster_get (agents, i);
      const TdAgentInfo *info = td_agent_get_info (agent);
      gint64             age_ms = td_metrics_age_ms (info->since, moment->now);
      Person             person = { .agent = agent, .state = info->state, .minutes = TD_IS_KNOWN (age_ms) ? age_ms / 60000 : TD_UNKNOWN };
      TdAgentVerdict     verdict;

      if (!td_wall_has_zone (moment->wall, info->place) || !td_wall_has_team (moment->wall, info->team) || !is_shown (moment, info))
        continue;
      td_agent_judge_get_verdict (agent, moment->now, &verdict, judge);
      /* What is thought of an agent is as old as what is known. */
      person.need = moment->age == NULL ? verdict.need : TD_AGENT_NEED_NONE;
      if (person.need != TD_AGENT_NEED_NONE)
        person.text = make_text (moment, &person);
      add_person (scene, moment, info, &person);
      g_free (person.text);
    }
  g_clear_pointer (&scene->by_id, g_hash_table_unref);
  g_ptr_array_sort (scene->zones, compare_zones);
  for (guint i = 0; i < scene->zones->len; i++)
    g_array_sort (((Zone *)scene->zones->pdata[i])->people, compare_people);
}

/* The least needful of those that there is no room for: the first to go. */
static void
leave_one_out (Scene *scene)
{
  guint least = 0;

  for (guint i = 1; i < scene->zones->len; i++)
    {
      const Zone *best = scene->zones->pdata[least], *zone = scene->zones->pdata[i];

      if (zone->n_needing < best->n_needing || (zone->n_needing == best->n_needing && zone->people->len <= best->people->len))
        least = i;
    }
  scene->n_left_zones++;
  scene->n_left_people += ((Zone *)scene->zones->pdata[least])->people->len;
  g_ptr_array_remove_index (scene->zones, least);
}

static double
get_text_size (double unit,
               double pitch)
{
  return round (CLAMP (0.42 * pitch, LINE_TEXT * unit, MOST_LINE_TEXT * unit));
}

/* Cells of a person's chip; one for who has none. */
static guint
count_cells (TdWallPaint  *paint,
             const Person *person,
             double        pitch,
             guint         n_columns)
{
  double      unit = td_wall_paint_get_height (paint);
  TdWallStyle style = { get_text_size (unit, pitch), TRUE, FALSE, TD_WALL_ALIGN_START, "td_wall_text" };

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

static char *
format_serving (const Zone *zone)
{
  return g_strdup_printf ("%u / %u", zone->n_serving, zone->people->len);
}

static void
measure_titles (TdWallPaint *paint,
                const Scene *scene)
{
  double      unit = td_wall_paint_get_height (paint);
  TdWallStyle name = { ceil (TD_WALL_LEAST * unit), TRUE, FALSE, TD_WALL_ALIGN_START, "td_wall_text" };
  TdWallStyle count = { name.size, FALSE, FALSE, TD_WALL_ALIGN_END, "td_wall_secondary" };

  for (guint i = 0; i < scene->zones->len; i++)
    {
      Zone            *zone = scene->zones->pdata[i];
      g_autofree char *text = format_serving (zone);

      zone->least = td_wall_paint_measure (paint, zone->title, &name) + td_wall_paint_measure (paint, text, &count) + 3 * round (0.018 * unit);
    }
}

/* Narrow blocks have their counts below their names, all of them where one has to. */
static gboolean
is_stacked (const Scene *scene,
            double       width,
            double       unit,
            guint        n_across)
{
  if (n_across == 0)
    return FALSE;
  for (guint i = 0; i < scene->zones->len; i++)
    if (((Zone *)scene->zones->pdata[i])->least * 1.02 > width)
      return TRUE;

  return width < LEAST_ZONE * unit;
}

static double
get_head (const Scene *scene,
          double       width,
          double       unit,
          guint        n_across)
{
  if (n_across == 0)
    return round (ZONE_HEAD * unit);

  return round ((is_stacked (scene, width, unit, n_across) ? 1.6 : 1) * CLOSE_ZONE_HEAD * unit);
}

/* Zones side by side, as narrow as their people allow. */
static gboolean
fits_in_columns (TdWallPaint           *paint,
                 const TdWallMoment    *moment,
                 Scene                 *scene,
                 const graphene_rect_t *body,
                 double                 pitch)
{
  double unit = td_wall_paint_get_height (paint);
  double pad = round (0.018 * unit), gap = round (TD_WALL_GAP * unit);
  double head = get_head (scene, 0, unit, 0), used = -gap;
  guint  n_rows = (guint)MAX (floor ((body->size.height - head - 2 * pad) / pitch), 0);

  if (n_rows == 0)
    return FALSE;
  for (guint i = 0; i < scene->zones->len && used <= body->size.width; i++)
    {
      Zone *zone = scene->zones->pdata[i];
      guint n_columns = MAX ((zone->people->len + n_rows - 1) / n_rows, 1);

      n_columns = MAX (n_columns, (guint)ceil ((LEAST_ZONE * unit - 2 * pad) / pitch));
      while (flow (paint, moment, zone, pitch, n_columns, NULL, NULL) > n_rows && n_columns * pitch < body->size.width)
        n_columns++;
      zone->width = n_columns * pitch + 2 * pad;
      zone->height = body->size.height;
      used += zone->width + gap;
    }

  return used <= body->size.width;
}

/* Zones in blocks of equal width, row by row. */
static gboolean
fits_in_blocks (TdWallPaint           *paint,
                const TdWallMoment    *moment,
                Scene                 *scene,
                const graphene_rect_t *body,
                double                 pitch,
                guint                  n_across)
{
  double unit = td_wall_paint_get_height (paint);
  double pad = round (0.018 * unit), gap = round (TD_WALL_GAP * unit), used = -gap;
  double width = floor ((body->size.width - (n_across - 1) * gap) / n_across), head = get_head (scene, width, unit, n_across);
  guint  n_columns = (guint)MAX (floor ((width - 2 * pad) / pitch), 0);

  if (n_columns == 0 || (n_across > 1 && width < LEAST_BLOCK * unit))
    return FALSE;
  for (guint i = 0; i < scene->zones->len && used <= body->size.height; i += n_across)
    {
      double most = 0;

      for (guint k = i; k < MIN (i + n_across, scene->zones->len); k++)
        most = MAX (most, flow (paint, moment, scene->zones->pdata[k], pitch, n_columns, NULL, NULL) * pitch);
      for (guint k = i; k < MIN (i + n_across, scene->zones->len); k++)
        {
          Zone *zone = scene->zones->pdata[k];

          zone->width = width;
          zone->height = head + pad + most;
        }
      used += head + pad + most + gap;
    }

  return used <= body->size.height;
}

/* However they lie, so many people need so much room. */
static gboolean
may_fit (const Scene           *scene,
         const graphene_rect_t *body,
         double                 pitch)
{
  double n = 0;

  for (guint i = 0; i < scene->zones->len; i++)
    n += ((Zone *)scene->zones->pdata[i])->people->len;

  return n * pitch * pitch <= body->size.width * body->size.height;
}

/* Whatever leaves people largest. */
static gboolean
choose_plan (TdWallPaint           *paint,
             const TdWallMoment    *moment,
             Scene                 *scene,
             const graphene_rect_t *body,
             Plan                  *plan)
{
  double unit = td_wall_paint_get_height (paint);

  measure_titles (paint, scene);
  for (double pitch = MOST_PITCH * unit; pitch >= LEAST_PITCH * unit; pitch *= SMALLER)
    {
      double whole = MAX (floor (pitch), 1);

      if (!may_fit (scene, body, whole))
        continue;
      *plan = (Plan){ whole, 0 };
      if (fits_in_columns (paint, moment, scene, body, whole))
        return TRUE;
      for (plan->n_across = 1; plan->n_across <= scene->zones->len; plan->n_across++)
        if (fits_in_blocks (paint, moment, scene, body, whole, plan->n_across))
          return TRUE;
    }

  return FALSE;
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
      TdWallStyle     style = { get_text_size (unit, cell->size.height), TRUE, FALSE, TD_WALL_ALIGN_START, name };

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
           const Scene           *scene,
           const Zone            *zone,
           const TdWallMoment    *moment,
           const Plan            *plan)
{
  double           unit = td_wall_paint_get_height (paint);
  double           pad = round (0.018 * unit), head = get_head (scene, rect->size.width, unit, plan->n_across);
  gboolean         is_narrow = is_stacked (scene, rect->size.width, unit, plan->n_across);
  double           line = is_narrow ? head / 2 : head;
  TdWallStyle      name = { MIN (round (0.04 * unit), round (0.68 * line)), TRUE, FALSE, TD_WALL_ALIGN_START, "td_wall_text" };
  TdWallStyle      count = { name.size, FALSE, FALSE, is_narrow ? TD_WALL_ALIGN_START : TD_WALL_ALIGN_END, "td_wall_secondary" };
  g_autofree char *text = format_serving (zone);
  double           room = rect->size.width - (is_narrow ? 2 : 3) * pad;
  double           both = td_wall_paint_measure (paint, zone->title, &name) + (is_narrow ? 0 : td_wall_paint_measure (paint, text, &count));
  double           count_width;
  guint            n_columns = (guint)MAX (floor ((rect->size.width - 2 * pad) / plan->pitch), 1);

  /* A narrow zone has room for its name where its count gives way too. */
  if (both > room)
    name.size = count.size = MAX (floor (name.size * room / both * 0.98), ceil (TD_WALL_LEAST * unit));
  count_width = td_wall_paint_measure (paint, text, &count);
  td_wall_tile_draw_ground (paint, rect, TD_SEVERITY_NORMAL, moment->age != NULL);
  name.ends_matter = TRUE;
  td_wall_paint_text (paint, &TD_WALL_RECT (rect->origin.x + pad, rect->origin.y, is_narrow ? room : room - count_width, line), zone->title, &name);
  if (is_narrow)
    td_wall_paint_text (paint, &TD_WALL_RECT (rect->origin.x + pad, rect->origin.y + 0.9 * line, room, line), text, &count);
  else
    td_wall_paint_text (paint, &TD_WALL_RECT (rect->origin.x + rect->size.width - pad - count_width, rect->origin.y, count_width + 1, line), text, &count);
  flow (paint, moment, zone, plan->pitch, n_columns, &GRAPHENE_POINT_INIT (rect->origin.x + (float)pad, rect->origin.y + (float)head), draw_person);
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
             const TdWallMoment    *moment,
             const Scene           *scene)
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
          texts[i] = g_strdup_printf ("%s %u", td_format_state (states[first + i]), scene->by_state[states[first + i]]);
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
          const Scene        *scene)
{
  GString *key = g_string_new ("people ");

  g_string_append_printf (key, "%d ", moment->age != NULL);
  for (guint i = 0; i < scene->zones->len; i++)
    {
      const Zone *zone = scene->zones->pdata[i];

      g_string_append (key, zone->title);
      for (guint k = 0; k < zone->people->len; k++)
        {
          const Person *person = &g_array_index (zone->people, Person, k);

          g_string_append_printf (key, "%d%d%s ", person->state, person->need, person->text != NULL ? person->text : "");
        }
      g_string_append_c (key, '|');
    }

  return g_string_free (key, FALSE);
}

/* What is spare goes to all of them alike. */
static void
draw_blocks (TdWallPaint           *paint,
             const graphene_rect_t *body,
             const TdWallMoment    *moment,
             const Scene           *scene,
             const Plan            *plan)
{
  double gap = round (TD_WALL_GAP * td_wall_paint_get_height (paint)), used = -gap, y = body->origin.y;
  guint  n_rows = (scene->zones->len + plan->n_across - 1) / plan->n_across;

  for (guint i = 0; i < scene->zones->len; i += plan->n_across)
    used += ((Zone *)scene->zones->pdata[i])->height + gap;
  for (guint i = 0; i < scene->zones->len; i += plan->n_across)
    {
      const Zone *first = scene->zones->pdata[i];
      double      height = floor (first->height + MAX (body->size.height - used, 0) / n_rows);

      for (guint k = i; k < MIN (i + plan->n_across, scene->zones->len); k++)
        draw_zone (paint, &TD_WALL_RECT (body->origin.x + (k - i) * (first->width + gap), y, first->width, height), scene, scene->zones->pdata[k], moment, plan);
      y += height + gap;
    }
}

static void
draw_columns (TdWallPaint           *paint,
              const graphene_rect_t *body,
              const TdWallMoment    *moment,
              const Scene           *scene,
              const Plan            *plan)
{
  double gap = round (TD_WALL_GAP * td_wall_paint_get_height (paint)), used = -gap, x = body->origin.x;

  for (guint i = 0; i < scene->zones->len; i++)
    used += ((Zone *)scene->zones->pdata[i])->width + gap;
  for (guint i = 0; i < scene->zones->len; i++)
    {
      const Zone *zone = scene->zones->pdata[i];
      double      width = floor (zone->width + MAX (body->size.width - used, 0) / scene->zones->len);

      draw_zone (paint, &TD_WALL_RECT (x, body->origin.y, width, body->size.height), scene, zone, moment, plan);
      x += width + gap;
    }
}

/* Those for which there is no room are told at least. */
static void
draw_rest (TdWallPaint           *paint,
           const graphene_rect_t *rect,
           const Scene           *scene)
{
  TdWallStyle      style = { round (0.031 * td_wall_paint_get_height (paint)), FALSE, FALSE, TD_WALL_ALIGN_START, "td_wall_text" };
  g_autofree char *zones = g_strdup_printf (ngettext ("%u zone is not shown", "%u zones are not shown", scene->n_left_zones), scene->n_left_zones);
  g_autofree char *people = g_strdup_printf (ngettext ("%u agent in it", "%u agents in them", scene->n_left_people), scene->n_left_people);
  g_autofree char *text = g_strconcat (zones, " · ", people, NULL);

  td_wall_paint_text (paint, rect, text, &style);
}

/* An empty wall would look broken. */
static void
draw_nobody (TdWallPaint           *paint,
             const graphene_rect_t *body)
{
  TdWallStyle style = { round (0.038 * td_wall_paint_get_height (paint)), FALSE, FALSE, TD_WALL_ALIGN_CENTRE, "td_wall_secondary" };

  td_wall_paint_text (paint, body, _ ("No agent to show"), &style);
}

static void
draw_zones (TdWallPaint           *paint,
            const graphene_rect_t *body,
            const TdWallMoment    *moment,
            Scene                 *scene)
{
  double          rest = round (REST * td_wall_paint_get_height (paint));
  graphene_rect_t room = *body;
  Plan            plan;

  while (scene->zones->len > MOST_ZONES)
    leave_one_out (scene);
  if (scene->n_left_zones > 0)
    room.size.height -= (float)rest;
  while (scene->zones->len > 0 && !choose_plan (paint, moment, scene, &room, &plan))
    {
      if (scene->n_left_zones == 0)
        room.size.height -= (float)rest;
      leave_one_out (scene);
    }
  if (scene->n_left_zones > 0)
    draw_rest (paint, &TD_WALL_RECT (room.origin.x, room.origin.y + room.size.height, room.size.width, rest), scene);
  if (scene->zones->len == 0)
    {
      if (scene->n_left_zones == 0)
        draw_nobody (paint, body);
      return;
    }
  if (plan.n_across > 0)
    draw_blocks (paint, &room, moment, scene, &plan);
  else
    draw_columns (paint, &room, moment, scene, &plan);
}

/**
 * td_wall_page_draw_people:
 * @paint: a painter
 * @area: of the page
 * @moment: what is known
 *
 * Draws every agent as the shape of a state, in the zones of the wall. Of a person no more is
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
  Scene            scene;

  td_wall_page_draw_strip (paint, area, faces, n_faces);
  collect (moment, &scene);
  key = make_key (moment, &scene);
  body.size.height -= (float)legend;
  if (td_wall_paint_begin_part (paint, key))
    {
      draw_zones (paint, &body, moment, &scene);
      draw_legend (paint, &TD_WALL_RECT (body.origin.x, body.origin.y + body.size.height, body.size.width, legend), moment, &scene);
      td_wall_paint_end_part (paint);
    }
  g_ptr_array_unref (scene.zones);
}
