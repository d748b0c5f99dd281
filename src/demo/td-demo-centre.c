/* td-demo-centre.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-demo-centre.h"

#include <math.h>

#include "td-centre-faults.h"
#include "td-http.h"
#include "td-json-writer.h"
#include "td-simulation.h"

struct _TdDemoCentre
{
  TdSimulation   *simulation; /* (owned) */
  TdCentre       *centre;     /* (owned) */
  TdApiServer    *server;     /* (owned) */
  TdCentreFaults *faults;     /* (owned) */
  GInetAddress   *address;    /* (owned) */
  guint16         port;
  guint           update_ms;
  guint           timer_id;
  double          speed;
  gint64          base_real; /* monotonic time at which the speed was set last */
  gint64          base_time; /* simulated time at that moment */
};

static void
apply (TdDemoCentre *self,
       TdSnapshot   *snapshot)
{
  g_autoptr (GError) error = NULL;

  if (!td_centre_apply (self->centre, snapshot, &error))
    g_warning ("The simulation contradicts itself: %s", error->message);
}

/* A quiet centre still has a clock, which clients set theirs by. */
static void
apply_time (TdDemoCentre *self,
            gint64        now)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  gint64             revision = td_centre_get_revision (self->centre);
  g_autoptr (TdSnapshot) snapshot = NULL;

  td_snapshot_builder_set_revision (builder, revision, td_centre_get_instance (self->centre));
  td_snapshot_builder_set_base (builder, revision);
  td_snapshot_builder_set_at (builder, now);
  snapshot = td_snapshot_builder_end (builder);
  apply (self, snapshot);
}

static gint64
get_target (TdDemoCentre *self)
{
  return self->base_time + (gint64)((g_get_monotonic_time () - self->base_real) * self->speed);
}

static void
play (TdDemoCentre *self)
{
  g_autoptr (TdSnapshot) changes = NULL;

  td_simulation_advance (self->simulation, get_target (self));
  changes = td_simulation_take_changes (self->simulation);

  if (changes != NULL)
    apply (self, changes);
  else if (td_simulation_get_now (self->simulation) - td_centre_get_at (self->centre) >= G_USEC_PER_SEC)
    apply_time (self, td_simulation_get_now (self->simulation));
}

static gboolean
timer_cb (gpointer user_data)
{
  play (user_data);

  return G_SOURCE_CONTINUE;
}

static void
set_speed (TdDemoCentre *self,
           double        speed)
{
  self->base_time = get_target (self);
  self->base_real = g_get_monotonic_time ();
  self->speed = speed;
}

static TdIntervals *
get_intervals (gint64      from,
               gint64      to,
               guint       step_s,
               const char *queue_id,
               gpointer    user_data,
               GError    **error)
{
  TdDemoCentre *self = user_data;

  return td_simulation_get_intervals (self->simulation, from, to, step_s, queue_id, error);
}

static gboolean
act (const TdAction *action,
     gpointer        user_data,
     GError        **error)
{
  TdDemoCentre *self = user_data;

  /* What was shown may have passed since the last step of the clock. */
  play (self);
  if (!td_simulation_act (self->simulation, action, error))
    return FALSE;

  play (self);

  return TRUE;
}

static void
write_actions (TdDemoCentre *self,
               TdJsonWriter *writer)
{
  GPtrArray *actions = td_simulation_get_actions (self->simulation);

  td_json_writer_name (writer, "actions");
  td_json_writer_begin (writer, '[');

  for (guint i = 0; i < actions->len; i++)
    {
      const TdAction *action = g_ptr_array_index (actions, i);

      td_json_writer_begin (writer, '{');
      td_json_writer_string_member (writer, "action", td_action_kind_to_string (action->kind));
      td_json_writer_string_member (writer, "agent", action->agent);
      td_json_writer_string_member (writer, "queue", action->queue);
      td_json_writer_string_member (writer, "reason", action->reason);
      td_json_writer_string_member (writer, "extension", action->extension);
      td_json_writer_close (writer, '}');
    }

  td_json_writer_close (writer, ']');
}

static void
respond_state (TdDemoCentre      *self,
               SoupServerMessage *message)
{
  const char *const *scenarios = td_simulation_get_scenarios ();
  g_autoptr (GBytes) bytes = NULL;
  TdJsonWriter  writer;
  gsize         size;
  gconstpointer data;

  td_json_writer_init (&writer, 512);
  td_json_writer_begin (&writer, '{');
  td_json_writer_string_member (&writer, "scenario", td_simulation_get_scenario (self->simulation));
  td_json_writer_name (&writer, "scenarios");
  td_json_writer_begin (&writer, '[');

  for (guint i = 0; scenarios[i] != NULL; i++)
    td_json_writer_string (&writer, scenarios[i]);

  td_json_writer_close (&writer, ']');
  td_json_writer_double_member (&writer, "speed", self->speed);
  td_json_writer_time_member (&writer, "at", td_simulation_get_now (self->simulation), td_centre_get_timezone (self->centre));
  td_json_writer_name (&writer, "fault");
  td_json_writer_begin (&writer, '{');
  td_json_writer_string_member (&writer, "fault", td_centre_faults_get_active (self->faults));
  td_json_writer_double_member (&writer, "seconds", td_centre_faults_get_seconds (self->faults));
  td_json_writer_int_member (&writer, "count", td_centre_faults_get_count (self->faults));
  td_json_writer_close (&writer, '}');
  write_actions (self, &writer);
  td_json_writer_close (&writer, '}');
  bytes = td_json_writer_end (&writer);

  data = g_bytes_get_data (bytes, &size);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, data, size);
}

/* A number from @min to @max; @fallback where the member is absent. */
static gboolean
read_number (JsonObject *object,
             const char *name,
             double      min,
             double      max,
             double      fallback,
             double     *value)
{
  JsonNode *node = json_object_get_member (object, name);

  *value = fallback;

  if (node != NULL)
    {
      if (!JSON_NODE_HOLDS_VALUE (node) ||
          (json_node_get_value_type (node) != G_TYPE_INT64 && json_node_get_value_type (node) != G_TYPE_DOUBLE))
        return FALSE;

      *value = json_node_get_double (node);
    }

  return isfinite (*value) && *value >= min && *value <= max;
}

/* Does what @path asks for; returns what is wrong with @object, or NULL. */
static const char *
change (TdDemoCentre *self,
        const char   *path,
        JsonObject   *object)
{
  const char *text;
  double      number;
  double      count;

  if (g_str_equal (path, "/demo/scenario"))
    {
      if (!td_http_get_string_member (object, "scenario", &text) || text == NULL ||
          !td_simulation_set_scenario (self->simulation, text, NULL))
        return "The member \"scenario\" must be one of those that GET /demo lists.";

      play (self);
    }
  else if (g_str_equal (path, "/demo/speed"))
    {
      if (!read_number (object, "speed", 0, TD_DEMO_MAX_SPEED, NAN, &number))
        return "The member \"speed\" must be a number from 0 to 3600.";

      set_speed (self, number);
      play (self);
    }
  else
    {
      if (!read_number (object, "seconds", 0, 3600, 0, &number))
        return "The member \"seconds\" must be a number from 0 to 3600.";

      if (!read_number (object, "count", 0, 1000000, 0, &count))
        return "The member \"count\" must be a number from 0 to 1000000.";

      if (!td_http_get_string_member (object, "fault", &text) || text == NULL ||
          !td_centre_faults_set (self->faults, text, number, (guint)count))
        return "The member \"fault\" must be one of those that --help lists.";
    }

  return NULL;
}

static void
demo_cb (SoupServer        *soup,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  TdDemoCentre *self = user_data;
  gboolean      reads = g_str_equal (path, "/demo");
  const char   *allowed = reads ? "GET" : "POST";
  const char   *wrong;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  if (!reads && !g_str_equal (path, "/demo/scenario") && !g_str_equal (path, "/demo/speed") && !g_str_equal (path, "/demo/fault"))
    {
      td_api_server_respond_problem (self->server, message, SOUP_STATUS_NOT_FOUND, NULL, NULL, "There is nothing under this path.");
      return;
    }

  if (!g_str_equal (soup_server_message_get_method (message), allowed))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow", allowed);
      td_api_server_respond_problem (self->server, message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL, NULL, NULL);
      return;
    }

  if (!td_api_server_require_scope (self->server, message, reads ? TD_API_SCOPE_READ : TD_API_SCOPE_ACT))
    return;

  if (!reads)
    {
      node = td_http_read_object (message, &error);
      wrong = node != NULL ? change (self, path, json_node_get_object (node)) : error->message;

      if (wrong != NULL)
        {
          td_api_server_respond_problem (self->server, message, SOUP_STATUS_BAD_REQUEST, NULL, NULL, wrong);
          return;
        }
    }

  respond_state (self, message);
}

/**
 * td_demo_centre_new:
 * @options: what is played; read now only
 * @error: return location
 *
 * Plays the day up to its start, which takes a moment for a large centre.
 *
 * Returns: (transfer full) (nullable): a centre whose server does not listen yet
 */
TdDemoCentre *
td_demo_centre_new (const TdCentreOptions *options,
                    GError               **error)
{
  g_autofree char    *instance = g_uuid_string_random ();
  TdSimulationOptions simulation_options = { 0 };
  TdSimulation       *simulation;
  TdDemoCentre       *self;
  g_autoptr (TdSnapshot) full = NULL;

  g_return_val_if_fail (options != NULL, NULL);

  simulation_options.seed = options->seed;
  simulation_options.n_agents = options->n_agents;
  simulation_options.n_queues = options->n_queues;
  simulation_options.scenario = options->scenario;
  simulation_options.start = options->start;
  simulation_options.no_past = options->no_past;
  simulation_options.unmarked = options->unmarked;
  simulation_options.instance = instance;
  simulation = td_simulation_new (&simulation_options, error);

  if (simulation == NULL)
    return NULL;

  self = g_new0 (TdDemoCentre, 1);
  self->simulation = simulation;
  self->centre = td_centre_new ();
  self->address = g_object_ref (options->address);
  self->port = options->port;
  self->update_ms = options->update_ms;
  self->speed = options->speed;
  self->base_time = td_simulation_get_now (simulation);
  self->base_real = g_get_monotonic_time ();
  full = td_simulation_take_full (simulation);
  apply (self, full);

  self->server = td_api_server_new (self->centre);
  td_api_server_set_intervals_func (self->server, get_intervals, self, NULL);
  td_api_server_set_action_func (self->server, act, self, NULL);
  td_api_server_set_name (self->server, "tongdai-centre " TD_VERSION);
  self->faults = td_centre_faults_new (self->server, self->centre);
  soup_server_add_handler (td_api_server_get_soup_server (self->server), "/demo", demo_cb, self, NULL);

  return self;
}

void
td_demo_centre_free (TdDemoCentre *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  td_api_server_close (self->server);
  td_centre_faults_free (self->faults);
  g_clear_object (&self->server);
  g_clear_object (&self->centre);
  g_clear_object (&self->address);
  td_simulation_free (self->simulation);
  g_free (self);
}

/**
 * td_demo_centre_get_server:
 * @self: a centre
 *
 * Returns: (transfer none): its server, to add tokens to
 */
TdApiServer *
td_demo_centre_get_server (TdDemoCentre *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->server;
}

/**
 * td_demo_centre_start:
 * @self: a centre
 * @error: return location
 *
 * Returns: whether it listens and plays now
 */
gboolean
td_demo_centre_start (TdDemoCentre *self,
                      GError      **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!td_api_server_listen (self->server, self->address, self->port, error))
    return FALSE;

  if (self->timer_id == 0)
    self->timer_id = g_timeout_add (self->update_ms, timer_cb, self);

  return TRUE;
}
