/* td-map-scene.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-scene.h"

#include <math.h>

#include "td-map-header.h"
#include "td-map-painter.h"

/* From these widths on everything is larger, as in the style sheet. */
#define LARGE_WIDTH 1800
#define LARGE_SCALE 1.15
#define HUGE_WIDTH 3000
#define HUGE_SCALE 2.1

/* What was drawn of a zone. */
typedef struct
{
  guint64        look;  /* of the header: what it was made of */
  GskRenderNode *head;  /* (owned) (nullable) */
  GPtrArray     *rows;  /* (owned) (element-type GskRenderNode) (nullable elements) */
  GArray        *drawn; /* (owned) (element-type guint64): the serials of the tiles in the rows */
} Drawing;

struct _TdMapScene
{
  GtkWidget         *widget;  /* (unowned) */
  TdMapPainter      *painter; /* (owned) */
  TdCentre          *centre;  /* (owned) (nullable) */
  TdAgentVerdictFunc judge;
  gpointer           judge_data;
  TdMapFilterFunc    filter;
  gpointer           filter_data;
  TdMapArrangement   arrangement;
  TdMapColouring     colouring;

  GHashTable  *people;   /* (owned): TdAgent -> TdMapPerson (owned) */
  GPtrArray   *zones;    /* (owned) (element-type TdMapZone) */
  GPtrArray   *drawings; /* (owned) (element-type Drawing) */
  TdMapLayout *layout;   /* (owned) (nullable) */
  int          width;
  int          height;
  double       zoom;
  double       scale;
  guint64      last_serial;
};

static void
free_drawing (gpointer data)
{
  Drawing *drawing = data;

  g_clear_pointer (&drawing->head, gsk_render_node_unref);
  g_ptr_array_unref (drawing->rows);
  g_array_unref (drawing->drawn);
  g_free (drawing);
}

static void
clear_node (gpointer data)
{
  if (data != NULL)
    gsk_render_node_unref (data);
}

static void
free_person (gpointer data)
{
  td_map_person_free (data);
}

/**
 * td_map_scene_new:
 * @widget: the widget that shows it; it must outlive the scene
 *
 * Returns: (transfer full): a scene without people
 */
TdMapScene *
td_map_scene_new (GtkWidget *widget)
{
  TdMapScene *self = g_new0 (TdMapScene, 1);

  self->widget = widget;
  self->painter = td_map_painter_new (widget);
  self->people = g_hash_table_new_full (NULL, NULL, NULL, free_person);
  self->zones = g_ptr_array_new ();
  self->drawings = g_ptr_array_new_with_free_func (free_drawing);
  self->zoom = 1;
  self->scale = 1;

  return self;
}

/**
 * td_map_scene_free:
 * @self: (transfer full): a scene
 */
void
td_map_scene_free (TdMapScene *self)
{
  g_clear_pointer (&self->layout, td_map_layout_free);
  g_ptr_array_unref (self->drawings);
  g_ptr_array_unref (self->zones);
  g_hash_table_unref (self->people);
  td_map_painter_free (self->painter);
  g_clear_object (&self->centre);
  g_free (self);
}

static void
change (TdMapScene  *self,
        TdMapPerson *person)
{
  person->serial = ++self->last_serial;
}

static void
drop_face (TdMapScene  *self,
           TdMapPerson *person)
{
  g_clear_pointer (&person->face, gsk_render_node_unref);
  change (self, person);
}

/* Judges @person anew; returns whether the place in the order is another. */
static gboolean
judge (TdMapScene  *self,
       TdMapPerson *person,
       gint64       now)
{
  TdAgentVerdict verdict = { TD_AGENT_NEED_NONE, 0, TD_UNKNOWN, NAN };
  guint64        key;
  gboolean       inexact;
  gint64         since;

  if (self->judge != NULL)
    self->judge (person->agent, now, &verdict, self->judge_data);

  if (person->revision != td_agent_get_revision (person->agent) ||
      verdict.need != person->verdict.need || verdict.signs != person->verdict.signs)
    drop_face (self, person);
  person->revision = td_agent_get_revision (person->agent);
  person->verdict = verdict;

  since = td_agent_get_since (person->agent, &inexact);
  since = TD_IS_KNOWN (since) ? MAX (now - since, 0) / G_USEC_PER_SEC : TD_UNKNOWN;
  if (since != person->seconds)
    {
      person->seconds = since;
      if (self->layout != NULL && td_map_layout_get_detail (self->layout) != TD_MAP_DETAIL_SQUARE)
        change (self, person);
      /* The ground of a tile warms in steps that can be told apart. */
      if (self->colouring == TD_MAP_COLOUR_AGE && since % 15 == 0)
        drop_face (self, person);
    }

  key = td_agent_verdict_get_key (&person->verdict, person->agent);
  if (key == person->key)
    return FALSE;
  person->key = key;
  return TRUE;
}

static void
dim (TdMapScene  *self,
     TdMapPerson *person)
{
  gboolean is_dimmed = self->filter != NULL && !self->filter (person->agent, self->filter_data);

  if (person->is_dimmed == is_dimmed)
    return;

  person->is_dimmed = is_dimmed;
  change (self, person);
}

static void
lay_out (TdMapScene *self)
{
  g_autofree TdMapZoneSpec *specs = g_new0 (TdMapZoneSpec, self->zones->len + 1);
  TdMapDetail               detail = self->layout != NULL ? td_map_layout_get_detail (self->layout) : TD_MAP_DETAIL_SQUARE;
  TdMapRect                 before = { 0 }, after = { 0 };
  GHashTableIter            iter;
  gpointer                  value;

  if (self->layout != NULL && self->zones->len > 0 && self->drawings->len > 0)
    td_map_layout_get_tile (self->layout, 0, 0, &before);

  for (guint i = 0; i < self->zones->len; i++)
    {
      const TdMapZone *zone = g_ptr_array_index (self->zones, i);

      specs[i].n_tiles = zone->people->len;
      specs[i].min_width = td_map_header_get_min_width (self->painter, zone, self->scale);
    }
  g_clear_pointer (&self->layout, td_map_layout_free);
  self->layout = td_map_layout_new (specs, self->zones->len, self->width, self->height, self->scale, self->zoom);

  if (self->zones->len > 0)
    td_map_layout_get_tile (self->layout, 0, 0, &after);
  g_ptr_array_set_size (self->drawings, 0);
  for (guint i = 0; i < self->zones->len; i++)
    {
      Drawing *drawing = g_new0 (Drawing, 1);

      drawing->rows = g_ptr_array_new_with_free_func (clear_node);
      drawing->drawn = g_array_new (FALSE, TRUE, sizeof (guint64));
      g_ptr_array_add (self->drawings, drawing);
    }

  /* Faces are kept as long as tiles stay as large as they were. */
  if (before.width == after.width && before.height == after.height && detail == td_map_layout_get_detail (self->layout))
    return;
  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    drop_face (self, value);
}

static void
group (TdMapScene *self)
{
  g_ptr_array_unref (self->zones);
  self->zones = td_map_zones_new (self->centre, self->people, self->arrangement);
  lay_out (self);
}

/* Brings the people in line with the centre. */
static void
enlist (TdMapScene *self,
        gint64      now)
{
  TdRoster      *agents = td_centre_get_agents (self->centre);
  GHashTableIter iter;
  gpointer       key;

  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (td_roster_find (agents, td_agent_get_id (key)) != key)
        g_hash_table_iter_remove (&iter);
    }

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      TdAgent     *agent = td_roster_get (agents, i);
      TdMapPerson *person = g_hash_table_lookup (self->people, agent);

      if (person == NULL)
        {
          person = td_map_person_new (agent);
          person->free_face = clear_node;
          g_hash_table_insert (self->people, agent, person);
        }
      judge (self, person, now);
      dim (self, person);
    }
}

/**
 * td_map_scene_set_centre:
 * @self: a scene
 * @centre: (nullable): whose agents to show
 */
void
td_map_scene_set_centre (TdMapScene *self,
                         TdCentre   *centre)
{
  g_set_object (&self->centre, centre);
}

/**
 * td_map_scene_set_judge:
 * @self: a scene
 * @func: (nullable): who judges agents; without one nobody needs anything
 * @user_data: data for @func
 */
void
td_map_scene_set_judge (TdMapScene        *self,
                        TdAgentVerdictFunc func,
                        gpointer           user_data)
{
  self->judge = func;
  self->judge_data = user_data;
}

/**
 * td_map_scene_set_arrangement:
 * @self: a scene
 * @arrangement: what makes the zones
 */
void
td_map_scene_set_arrangement (TdMapScene      *self,
                              TdMapArrangement arrangement)
{
  self->arrangement = arrangement;
  if (self->centre != NULL)
    group (self);
}

/**
 * td_map_scene_set_colouring:
 * @self: a scene
 * @colouring: what the ground of the tiles tells
 */
void
td_map_scene_set_colouring (TdMapScene    *self,
                            TdMapColouring colouring)
{
  self->colouring = colouring;
  td_map_scene_restyle (self);
}

/**
 * td_map_scene_set_filter:
 * @self: a scene
 * @func: (nullable): tells who is looked for; the others are dimmed where they are
 * @user_data: data for @func
 */
void
td_map_scene_set_filter (TdMapScene     *self,
                         TdMapFilterFunc func,
                         gpointer        user_data)
{
  GHashTableIter iter;
  gpointer       value;

  self->filter = func;
  self->filter_data = user_data;
  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    dim (self, value);
}

/**
 * td_map_scene_set_size:
 * @self: a scene
 * @width: of what is seen, pixels
 * @height: of what is seen, pixels
 * @zoom: how much larger than what fits the tiles are, 1 or more
 */
void
td_map_scene_set_size (TdMapScene *self,
                       int         width,
                       int         height,
                       double      zoom)
{
  double scale = width >= HUGE_WIDTH ? HUGE_SCALE : width >= LARGE_WIDTH ? LARGE_SCALE
                                                                         : 1;

  if (self->layout != NULL && self->width == width && self->height == height && self->zoom == zoom)
    return;

  self->width = width;
  self->height = height;
  self->zoom = zoom;
  if (scale != self->scale)
    {
      self->scale = scale;
      td_map_scene_restyle (self);
    }
  lay_out (self);
}

/**
 * td_map_scene_restyle:
 * @self: a scene
 *
 * Draws everything anew: the style changed.
 */
void
td_map_scene_restyle (TdMapScene *self)
{
  GHashTableIter iter;
  gpointer       value;

  td_map_painter_reset (self->painter, self->scale);
  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    drop_face (self, value);
  for (guint i = 0; i < self->drawings->len; i++)
    g_clear_pointer (&((Drawing *)g_ptr_array_index (self->drawings, i))->head, gsk_render_node_unref);
}

/**
 * td_map_scene_apply:
 * @self: a scene
 * @changes: (nullable): what changed in the centre, or %NULL for everything
 * @now: the source's time, µs since 1970
 */
void
td_map_scene_apply (TdMapScene      *self,
                    const TdChanges *changes,
                    gint64           now)
{
  gboolean regroup = changes == NULL;

  if (self->centre == NULL)
    return;

  if (changes == NULL || changes->agents_added->len + changes->agents_removed->len > 0)
    {
      enlist (self, now);
      group (self);
      return;
    }

  for (guint i = 0; i < changes->agents_changed->len; i++)
    {
      TdMapPerson *person = g_hash_table_lookup (self->people, g_ptr_array_index (changes->agents_changed, i));

      if (person == NULL)
        continue;
      judge (self, person, now);
      dim (self, person);
      regroup |= person->group != td_map_person_get_group (person->agent, self->arrangement);
    }
  if (self->arrangement == TD_MAP_BY_QUEUE && changes->queues_added->len + changes->queues_removed->len > 0)
    regroup = TRUE;

  if (regroup)
    group (self);
  else
    {
      for (guint i = 0; i < self->zones->len; i++)
        td_map_zone_count (g_ptr_array_index (self->zones, i));
    }
}

static gboolean
is_sorted (const TdMapZone *zone)
{
  for (guint i = 1; i < zone->people->len; i++)
    {
      const TdMapPerson *before = g_ptr_array_index (zone->people, i - 1);
      const TdMapPerson *person = g_ptr_array_index (zone->people, i);

      if (before->key > person->key)
        return FALSE;
    }

  return TRUE;
}

/**
 * td_map_scene_tick:
 * @self: a scene
 * @now: the source's time, µs since 1970
 * @is_held: nobody is to change places
 * @held_zone: nor here, or %G_MAXUINT
 *
 * A second has passed: times and limits, and the order of need.
 */
void
td_map_scene_tick (TdMapScene *self,
                   gint64      now,
                   gboolean    is_held,
                   guint       held_zone)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    judge (self, value, now);

  for (guint i = 0; i < self->zones->len; i++)
    {
      TdMapZone *zone = g_ptr_array_index (self->zones, i);

      td_map_zone_count (zone);
      if (!is_held && i != held_zone && !is_sorted (zone))
        td_map_zone_sort (zone);
    }
}

/* The first letters of the words of @text: an abbreviation for small tiles. */
static char *
abbreviate (const char *text)
{
  GString *letters = g_string_new (NULL);
  gboolean begins = TRUE;

  for (const char *p = text; p != NULL && *p != '\0' && letters->len < 12; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (begins && g_unichar_isalnum (c))
        g_string_append_unichar (letters, g_unichar_toupper (c));
      begins = !g_unichar_isalnum (c) && !g_unichar_ismark (c);
    }

  return g_string_free (letters, FALSE);
}

static const char *
get_queue_title (TdMapScene *self,
                 const char *id)
{
  TdQueue *queue = id != NULL ? td_centre_find_queue (self->centre, id) : NULL;

  return queue != NULL ? td_queue_get_title (queue) : id;
}

static GskRenderNode *
get_face (TdMapScene      *self,
          TdMapPerson     *person,
          const TdMapRect *rect)
{
  const TdAgentInfo *info = td_agent_get_info (person->agent);
  TdMapDetail        detail = td_map_layout_get_detail (self->layout);
  const char        *queue = get_queue_title (self, info->call_queue);
  g_autofree char   *abbreviation = NULL;
  g_autofree char   *call = NULL;
  TdMapFace          face = {
             .title = td_agent_get_title (person->agent),
             .state = info->state,
             .on_hold = info->on_hold,
             .label = queue != NULL ? queue : info->reason,
             .need = person->verdict.need,
             .signs = person->verdict.signs,
  };

  if (person->face != NULL)
    return person->face;

  if (detail == TD_MAP_DETAIL_TILE && queue != NULL)
    face.label = abbreviation = abbreviate (queue);
  if (info->state == TD_AGENT_STATE_OFFLINE)
    face.note = info->shift_name;
  if (detail == TD_MAP_DETAIL_CARD && (info->call_number != NULL || info->call_area != NULL))
    face.detail = call = g_strjoin (info->call_number != NULL && info->call_area != NULL ? " · " : "",
                                    info->call_number != NULL ? info->call_number : "",
                                    info->call_area != NULL ? info->call_area : "", NULL);

  if (self->colouring == TD_MAP_COLOUR_AGE && TD_IS_KNOWN (person->verdict.limit_ms) && person->verdict.limit_ms > 0)
    {
      face.heat_kind = TD_MAP_HEAT_HIGH;
      face.heat = 1000.0 * (double)person->seconds / (double)person->verdict.limit_ms;
    }
  else if (self->colouring == TD_MAP_COLOUR_WORKLOAD && !isnan (person->verdict.workload))
    {
      face.heat_kind = person->verdict.workload >= 1 ? TD_MAP_HEAT_HIGH : TD_MAP_HEAT_LOW;
      face.heat = fabs (person->verdict.workload - 1) * 2;
    }

  person->face = td_map_painter_create_face (self->painter, detail, rect->width, rect->height, &face);
  return person->face;
}

static void
append_tile (TdMapScene      *self,
             GtkSnapshot     *snapshot,
             TdMapPerson     *person,
             const TdMapRect *rect)
{
  GskRenderNode *face = get_face (self, person, rect);
  TdAgentState   state = td_agent_get_info (person->agent)->state;
  gboolean       inexact;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)rect->x, (float)rect->y));
  if (person->is_dimmed)
    gtk_snapshot_push_opacity (snapshot, 0.18);
  if (face != NULL)
    gtk_snapshot_append_node (snapshot, face);
  /* How long somebody is away says nothing; the shift does. */
  if (state != TD_AGENT_STATE_OFFLINE)
    {
      td_agent_get_since (person->agent, &inexact);
      td_map_painter_append_time (self->painter, snapshot, td_map_layout_get_detail (self->layout),
                                  rect->width, rect->height, person->seconds, inexact, person->verdict.need, FALSE);
    }
  if (person->is_dimmed)
    gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
}

/* Draws a row of tiles unless it looks as before. */
static GskRenderNode *
get_row (TdMapScene *self,
         guint       zone_index,
         guint       row)
{
  TdMapZone *zone = g_ptr_array_index (self->zones, zone_index);
  Drawing   *drawing = g_ptr_array_index (self->drawings, zone_index);
  guint      n_columns = td_map_layout_get_n_columns (self->layout, zone_index);
  guint      first = row * n_columns;
  guint      end = MIN (first + n_columns, zone->people->len);
  guint64   *drawn;
  gboolean   same = TRUE;
  g_autoptr (GtkSnapshot) snapshot = NULL;

  if (drawing->drawn->len < zone->people->len)
    g_array_set_size (drawing->drawn, zone->people->len);
  if (drawing->rows->len <= row)
    g_ptr_array_set_size (drawing->rows, (gint)row + 1);

  drawn = (guint64 *)drawing->drawn->data;
  for (guint i = first; i < end; i++)
    {
      guint64 serial = ((TdMapPerson *)g_ptr_array_index (zone->people, i))->serial;

      same &= drawn[i] == serial;
      drawn[i] = serial;
    }
  if (same && g_ptr_array_index (drawing->rows, row) != NULL)
    return g_ptr_array_index (drawing->rows, row);

  snapshot = gtk_snapshot_new ();
  for (guint i = first; i < end; i++)
    {
      TdMapRect rect;

      td_map_layout_get_tile (self->layout, zone_index, i, &rect);
      append_tile (self, snapshot, g_ptr_array_index (zone->people, i), &rect);
    }
  clear_node (g_ptr_array_index (drawing->rows, row));
  g_ptr_array_index (drawing->rows, row) = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));

  return g_ptr_array_index (drawing->rows, row);
}

static guint64
get_look (const TdMapZone *zone)
{
  guint64 look = G_GUINT64_CONSTANT (14695981039346656037);

  for (guint i = 0; i < TD_N_AGENT_STATES; i++)
    look = (look ^ zone->tally.by_state[i]) * G_GUINT64_CONSTANT (1099511628211);
  look = (look ^ zone->n_look) * G_GUINT64_CONSTANT (1099511628211);

  return (look ^ zone->n_person) * G_GUINT64_CONSTANT (1099511628211);
}

static void
draw_head (TdMapScene      *self,
           GtkSnapshot     *snapshot,
           guint            zone_index,
           const TdMapRect *rect)
{
  const TdMapZone *zone = g_ptr_array_index (self->zones, zone_index);
  Drawing         *drawing = g_ptr_array_index (self->drawings, zone_index);
  guint64          look = get_look (zone);

  if (drawing->head == NULL || drawing->look != look)
    {
      g_clear_pointer (&drawing->head, gsk_render_node_unref);
      drawing->head = td_map_header_create (self->painter, zone, rect,
                                            td_map_layout_get_header_height (self->layout), self->scale);
      drawing->look = look;
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)rect->x, (float)rect->y));
  gtk_snapshot_append_node (snapshot, drawing->head);
  gtk_snapshot_restore (snapshot);
}

/**
 * td_map_scene_draw:
 * @self: a scene
 * @snapshot: where to draw, the top left corner of the whole map at the origin
 * @top: where what is seen begins, pixels
 * @height: and how high it is
 */
void
td_map_scene_draw (TdMapScene  *self,
                   GtkSnapshot *snapshot,
                   int          top,
                   int          height)
{
  for (guint i = 0; self->layout != NULL && i < self->zones->len; i++)
    {
      const TdMapZone *zone = g_ptr_array_index (self->zones, i);
      guint            n_columns = td_map_layout_get_n_columns (self->layout, i);
      TdMapRect        rect;

      td_map_layout_get_zone (self->layout, i, &rect);
      if (rect.y >= top + height || rect.y + rect.height <= top)
        continue;

      draw_head (self, snapshot, i, &rect);
      for (guint row = 0; row * n_columns < zone->people->len; row++)
        {
          GskRenderNode *node;
          TdMapRect      tile;

          td_map_layout_get_tile (self->layout, i, row * n_columns, &tile);
          if (tile.y >= top + height)
            break;
          if (tile.y + tile.height <= top)
            continue;
          node = get_row (self, i, row);
          if (node != NULL)
            gtk_snapshot_append_node (snapshot, node);
        }
    }
}

/**
 * td_map_scene_get_height:
 * @self: a scene
 *
 * Returns: the height of the whole map in pixels
 */
int
td_map_scene_get_height (TdMapScene *self)
{
  return self->layout != NULL ? td_map_layout_get_height (self->layout) : 0;
}

/**
 * td_map_scene_get_detail:
 * @self: a scene
 *
 * Returns: how much a tile tells
 */
TdMapDetail
td_map_scene_get_detail (TdMapScene *self)
{
  return self->layout != NULL ? td_map_layout_get_detail (self->layout) : TD_MAP_DETAIL_SQUARE;
}

/**
 * td_map_scene_get_scale:
 * @self: a scene
 *
 * Returns: how much larger than on a small desk everything is
 */
double
td_map_scene_get_scale (TdMapScene *self)
{
  return self->scale;
}

/**
 * td_map_scene_get_n_zones:
 * @self: a scene
 *
 * Returns: how many zones there are
 */
guint
td_map_scene_get_n_zones (TdMapScene *self)
{
  return self->zones->len;
}

/**
 * td_map_scene_get_zone:
 * @self: a scene
 * @zone: index of a zone
 *
 * Returns: (transfer none): the zone
 */
const TdMapZone *
td_map_scene_get_zone (TdMapScene *self,
                       guint       zone)
{
  return g_ptr_array_index (self->zones, zone);
}

/**
 * td_map_scene_get_n_columns:
 * @self: a scene
 * @zone: index of a zone
 *
 * Returns: how many tiles stand beside each other in it
 */
guint
td_map_scene_get_n_columns (TdMapScene *self,
                            guint       zone)
{
  return td_map_layout_get_n_columns (self->layout, zone);
}

/**
 * td_map_scene_get_person:
 * @self: a scene
 * @zone: index of a zone
 * @tile: index of a tile in it
 *
 * Returns: (transfer none) (nullable): who stands there
 */
TdMapPerson *
td_map_scene_get_person (TdMapScene *self,
                         guint       zone,
                         guint       tile)
{
  TdMapZone *at;

  if (zone >= self->zones->len)
    return NULL;
  at = g_ptr_array_index (self->zones, zone);

  return tile < at->people->len ? g_ptr_array_index (at->people, tile) : NULL;
}

/**
 * td_map_scene_find_person:
 * @self: a scene
 * @agent: an agent
 *
 * Returns: (transfer none) (nullable): the agent on the map
 */
TdMapPerson *
td_map_scene_find_person (TdMapScene *self,
                          TdAgent    *agent)
{
  return g_hash_table_lookup (self->people, agent);
}

/**
 * td_map_scene_get_rect:
 * @self: a scene that has a size
 * @zone: index of a zone
 * @tile: index of a tile in it
 * @rect: (out): where it lies
 */
void
td_map_scene_get_rect (TdMapScene *self,
                       guint       zone,
                       guint       tile,
                       TdMapRect  *rect)
{
  td_map_layout_get_tile (self->layout, zone, tile, rect);
}

/**
 * td_map_scene_find_at:
 * @self: a scene
 * @x: pixels from the left of the map
 * @y: pixels from its top
 * @zone: (out): the zone there
 * @tile: (out): the tile there, or %G_MAXUINT
 *
 * Returns: whether there is a zone
 */
gboolean
td_map_scene_find_at (TdMapScene *self,
                      int         x,
                      int         y,
                      guint      *zone,
                      guint      *tile)
{
  return self->layout != NULL && td_map_layout_find (self->layout, x, y, zone, tile);
}

/**
 * td_map_scene_locate:
 * @self: a scene
 * @agent: an agent
 * @zone: (out): the first zone with the agent
 * @tile: (out): the tile there
 *
 * Returns: whether the agent is on the map
 */
gboolean
td_map_scene_locate (TdMapScene *self,
                     TdAgent    *agent,
                     guint      *zone,
                     guint      *tile)
{
  TdMapPerson *person = g_hash_table_lookup (self->people, agent);

  for (guint i = 0; person != NULL && i < self->zones->len; i++)
    {
      TdMapZone *at = g_ptr_array_index (self->zones, i);

      if (g_ptr_array_find (at->people, person, tile))
        {
          *zone = i;
          return TRUE;
        }
    }

  return FALSE;
}
