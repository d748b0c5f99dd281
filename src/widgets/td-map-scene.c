/* td-map-scene.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-scene.h"

#include <math.h>

#include "td-map-canvas.h"
#include "td-map-header.h"

/* From these widths on everything is larger, as in the style sheet. */
#define LARGE_WIDTH 1800
#define LARGE_SCALE 1.15
#define HUGE_WIDTH 3000
#define HUGE_SCALE 2.1

/* As many are judged in one second; where times are shown there are fewer. */
#define MOST_JUDGED 2500

struct _TdMapScene
{
  GtkWidget         *widget; /* (unowned) */
  TdMapCanvas       *canvas; /* (owned) */
  TdCentre          *centre; /* (owned) (nullable) */
  TdAgentVerdictFunc judge;
  gpointer           judge_data;
  TdMapFilterFunc    filter;
  gpointer           filter_data;
  TdMapArrangement   arrangement;
  TdMapColouring     colouring;

  GHashTable  *people; /* (owned): TdAgent -> TdMapPerson (owned) */
  GPtrArray   *rota;   /* (owned) (element-type TdMapPerson): borrowed; who is judged when */
  guint        next_judged;
  GPtrArray   *zones;  /* (owned) (element-type TdMapZone) */
  TdMapLayout *layout; /* (owned) (nullable) */
  int          width;
  int          height;
  double       zoom;
  double       scale;
  guint64      last_serial;
  guint64      moment; /* changes whenever anything may look otherwise */
  guint64      n_layouts;
};

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
  self->canvas = td_map_canvas_new (widget);
  self->people = g_hash_table_new_full (NULL, NULL, NULL, free_person);
  self->rota = g_ptr_array_new ();
  self->zones = g_ptr_array_new ();
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
  g_ptr_array_unref (self->zones);
  g_ptr_array_unref (self->rota);
  g_hash_table_unref (self->people);
  td_map_canvas_free (self->canvas);
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
  gint64         revision;
  int            heat;

  if (self->judge != NULL)
    self->judge (person->agent, now, &verdict, self->judge_data);

  revision = td_agent_get_revision (person->agent);
  if (person->revision != revision)
    {
      if (person->face != NULL && person->state != td_agent_get_info (person->agent)->state)
        td_map_canvas_fade (self->canvas, person->agent, person->face);
      person->revision = revision;
      person->state = td_agent_get_info (person->agent)->state;
      person->since = td_agent_get_since (person->agent, &person->inexact);
      drop_face (self, person);
    }
  else if (verdict.need != person->verdict.need || verdict.signs != person->verdict.signs)
    drop_face (self, person);
  person->verdict = verdict;
  person->seconds = TD_IS_KNOWN (person->since) ? MAX (now - person->since, 0) / G_USEC_PER_SEC : TD_UNKNOWN;

  heat = td_map_person_get_heat (person, self->colouring);
  if (heat != person->heat)
    {
      person->heat = heat;
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
  TdMapDetail               detail = td_map_scene_get_detail (self);
  TdMapRect                 before = { 0 }, after = { 0 };
  GHashTableIter            iter;
  gpointer                  value;

  if (self->layout != NULL && td_map_layout_get_n_zones (self->layout) > 0)
    td_map_layout_get_tile (self->layout, 0, 0, &before);

  for (guint i = 0; i < self->zones->len; i++)
    {
      const TdMapZone *zone = g_ptr_array_index (self->zones, i);

      specs[i].n_tiles = zone->people->len;
      specs[i].min_width = td_map_header_get_min_width (td_map_canvas_get_painter (self->canvas), zone, self->scale);
    }
  g_clear_pointer (&self->layout, td_map_layout_free);
  self->layout = td_map_layout_new (specs, self->zones->len, self->width, self->height, self->scale, self->zoom);

  if (self->zones->len > 0)
    td_map_layout_get_tile (self->layout, 0, 0, &after);
  td_map_canvas_forget_places (self->canvas);
  self->n_layouts++;
  self->moment++;

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

  g_ptr_array_set_size (self->rota, 0);
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
      g_ptr_array_add (self->rota, person);
    }
  self->next_judged = 0;
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
  GHashTableIter iter;
  gpointer       value;

  self->colouring = colouring;
  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((TdMapPerson *)value)->heat = td_map_person_get_heat (value, colouring);
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
  self->moment++;
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

  td_map_canvas_reset (self->canvas, self->scale);
  self->moment++;
  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    drop_face (self, value);
}

/**
 * td_map_scene_set_masked:
 * @self: a scene
 * @masked: whether names and numbers of telephones are left out
 *
 * Draws everything anew, with them or without.
 */
void
td_map_scene_set_masked (TdMapScene *self,
                         gboolean    masked)
{
  td_map_painter_set_masked (td_map_canvas_get_painter (self->canvas), masked);
  td_map_scene_restyle (self);
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

  self->moment++;

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

/**
 * td_map_scene_tick:
 * @self: a scene
 * @now: the source's time, µs since 1970
 * @is_held: nobody is to change places
 * @held_zone: nor here, or %G_MAXUINT
 *
 * A second has passed: times and limits, and the order of need. Of very many
 * agents some are judged in each second, so that each is within a few; who
 * changed is judged at once, by td_map_scene_apply().
 */
void
td_map_scene_tick (TdMapScene *self,
                   gint64      now,
                   gboolean    is_held,
                   guint       held_zone)
{
  self->moment++;
  for (guint i = 0; i < MIN (self->rota->len, MOST_JUDGED); i++)
    {
      self->next_judged = (self->next_judged + 1) % self->rota->len;
      judge (self, g_ptr_array_index (self->rota, self->next_judged), now);
    }

  for (guint i = 0; i < self->zones->len; i++)
    {
      TdMapZone *zone = g_ptr_array_index (self->zones, i);

      td_map_zone_count (zone);
      if (!is_held && i != held_zone)
        td_map_zone_settle (zone, now);
    }
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
  if (self->layout != NULL && self->centre != NULL)
    td_map_canvas_draw (self->canvas, snapshot, self->centre, self->zones, self->layout, self->moment, top, height);
}

/**
 * td_map_scene_get_n_layouts:
 * @self: a scene
 *
 * Returns: how often it was laid out: another number when tiles may lie elsewhere
 */
guint64
td_map_scene_get_n_layouts (TdMapScene *self)
{
  return self->n_layouts;
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
 * td_map_scene_get_zone_rect:
 * @self: a scene that has a size
 * @zone: index of a zone
 * @rect: (out): where it lies, header included
 */
void
td_map_scene_get_zone_rect (TdMapScene *self,
                            guint       zone,
                            TdMapRect  *rect)
{
  td_map_layout_get_zone (self->layout, zone, rect);
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
