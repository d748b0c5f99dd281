/* td-alert-message.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-message.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "td-types.h"

#define VERSION 1

/* NULL for what is not told: parts come and go, and that would be a storm. */
static const char *const events[TD_N_INCIDENT_EVENTS] = {
  [TD_INCIDENT_EVENT_RAISED] = "raised",
  [TD_INCIDENT_EVENT_WORSE] = "worse",
  [TD_INCIDENT_EVENT_ENDED] = "ended",
  [TD_INCIDENT_EVENT_TAKEN] = "taken",
  [TD_INCIDENT_EVENT_HANDED_OVER] = "handed-over",
  [TD_INCIDENT_EVENT_SNOOZED] = "snoozed",
  [TD_INCIDENT_EVENT_WOKEN] = "woken",
  [TD_INCIDENT_EVENT_ESCALATED] = "escalated",
  [TD_INCIDENT_EVENT_CLOSED] = "closed",
};

static const char *const states[] = {
  [TD_INCIDENT_OPEN] = "open",
  [TD_INCIDENT_TAKEN] = "taken",
  [TD_INCIDENT_SNOOZED] = "snoozed",
  [TD_INCIDENT_CLOSED] = "closed",
};

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_integer (JsonBuilder *builder,
             const char  *name,
             gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            double       value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_time (JsonBuilder *builder,
          const char  *name,
          gint64       time)
{
  g_autoptr (GDateTime) utc = TD_IS_KNOWN (time) ? g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC) : NULL;
  g_autofree char *text = utc != NULL ? g_date_time_format_iso8601 (utc) : NULL;

  add_text (builder, name, text);
}

static void
add_part (JsonBuilder   *builder,
          const TdAlert *alert)
{
  json_builder_begin_object (builder);
  add_text (builder, "rule", alert->rule);
  add_text (builder, "kind", td_alert_kind_to_string (alert->kind));
  add_text (builder, "scope", td_alert_scope_to_string (alert->scope));
  add_text (builder, "target", alert->target);
  add_text (builder, "level", td_alert_level_to_string (alert->level));
  add_text (builder, "title", alert->title);
  add_text (builder, "evidence", alert->evidence);
  add_time (builder, "since", alert->since);
  add_time (builder, "raised", alert->raised);
  add_time (builder, "cleared", alert->cleared);
  add_number (builder, "value", alert->value);
  add_number (builder, "worst", alert->worst);
  add_number (builder, "threshold", alert->threshold);
  json_builder_end_object (builder);
}

static void
add_incident (JsonBuilder *builder,
              TdIncident  *incident)
{
  guint n_parts = td_incident_get_n_parts (incident);

  json_builder_set_member_name (builder, "incident");
  json_builder_begin_object (builder);
  add_integer (builder, "id", td_incident_get_id (incident));
  add_text (builder, "level", td_alert_level_to_string (td_incident_get_level (incident)));
  add_text (builder, "state", states[td_incident_get_state (incident)]);
  add_text (builder, "title", td_incident_get_title (incident));
  add_time (builder, "started", td_incident_get_started (incident));
  add_time (builder, "ended", td_incident_get_ended (incident));
  add_text (builder, "owner", td_incident_get_owner (incident));
  add_integer (builder, "escalation", td_incident_get_escalation (incident));
  add_integer (builder, "n_parts", n_parts);

  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < MIN (n_parts, TD_ALERT_MESSAGE_MAX_PARTS); i++)
    add_part (builder, td_incident_get_part (incident, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static GBytes *
create (const char *centre,
        TdIncident *incident,
        const char *event,
        gint64      at)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;
  gsize length;

  json_builder_begin_object (builder);
  add_integer (builder, "version", VERSION);
  add_text (builder, "event", event);
  add_time (builder, "at", at);
  add_text (builder, "centre", centre);
  if (incident != NULL)
    add_incident (builder, incident);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);

  return g_bytes_new_take (text, length);
}

/**
 * td_alert_message_get_event:
 * @event: what happened to an incident
 *
 * Returns: (nullable): its word; %NULL for what the outside is not told of
 */
const char *
td_alert_message_get_event (TdIncidentEvent event)
{
  g_return_val_if_fail (event < TD_N_INCIDENT_EVENTS, NULL);

  return events[event];
}

/**
 * td_alert_message_create:
 * @centre: (nullable): the centre's name
 * @incident: what it is about, as it is now
 * @event: what happened to it, one that has a word
 * @at: when, µs since 1970
 *
 * Returns: (transfer full): JSON
 */
GBytes *
td_alert_message_create (const char     *centre,
                         TdIncident     *incident,
                         TdIncidentEvent event,
                         gint64          at)
{
  g_return_val_if_fail (TD_IS_INCIDENT (incident), NULL);
  g_return_val_if_fail (td_alert_message_get_event (event) != NULL, NULL);

  return create (centre, incident, events[event], at);
}

/**
 * td_alert_message_create_test:
 * @centre: (nullable): the centre's name
 * @at: when, µs since 1970
 *
 * Returns: (transfer full): JSON that tells of nothing
 */
GBytes *
td_alert_message_create_test (const char *centre,
                              gint64      at)
{
  return create (centre, NULL, "test", at);
}
