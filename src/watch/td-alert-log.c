/* td-alert-log.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-log-private.h"

/* td_alert_log_write_alert:
 *
 * Writes an alert as it is now, in the place of what was told of it before. */
void
td_alert_log_write_alert (TdHistory     *history,
                          const TdAlert *alert)
{
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();
  TdHistoryAlert row = {
    .id = alert->id,
    .incident = alert->incident,
    .rule = alert->rule,
    .kind = td_alert_kind_to_string (alert->kind),
    .scope = td_alert_scope_to_string (alert->scope),
    .target = alert->target,
    .group = alert->group,
    .level = alert->level,
    .since = alert->since,
    .raised = alert->raised,
    .cleared = alert->cleared,
    .end = alert->end,
    .value = alert->value,
    .worst = alert->worst,
    .threshold = alert->threshold,
    .escalate_s = alert->escalate_s,
    .title = alert->title,
    .evidence = alert->evidence,
  };

  td_history_records_add_alert (records, &row);
  td_history_add_records (history, records);
}

/* td_alert_log_write_deed:
 * @id: greater than that of every deed before */
void
td_alert_log_write_deed (TdHistory              *history,
                         gint64                  id,
                         TdIncident             *incident,
                         const TdIncidentAction *action)
{
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();
  TdHistoryDeed row = {
    .id = id,
    .incident = td_incident_get_id (incident),
    .at = action->at,
    .what = action->event,
    .who = action->who,
    .whom = action->to,
    .text = action->text,
    .until = action->until,
  };

  td_history_records_add_deed (records, &row);
  td_history_add_records (history, records);
}

/* A file may hold what a newer version wrote; that is left out. */
static TdAlert *
build_alert (const TdHistoryAlert *row)
{
  g_autoptr (TdAlert) alert = td_alert_new ();

  if (!td_alert_kind_from_string (row->kind, &alert->kind) || !td_alert_scope_from_string (row->scope, &alert->scope) ||
      row->level >= TD_N_ALERT_LEVELS || row->end >= TD_N_ALERT_ENDS)
    return NULL;

  alert->id = row->id;
  alert->incident = row->incident;
  alert->rule = g_strdup (row->rule);
  alert->target = g_strdup (row->target);
  alert->group = g_strdup (row->group);
  alert->level = (TdAlertLevel)row->level;
  alert->since = row->since;
  alert->raised = row->raised;
  alert->cleared = row->cleared;
  alert->end = (TdAlertEnd)row->end;
  alert->value = row->value;
  alert->worst = row->worst;
  alert->threshold = row->threshold;
  alert->escalate_s = row->escalate_s;
  alert->title = g_strdup (row->title != NULL ? row->title : row->rule);
  td_alert_set_evidence (alert, row->evidence);

  return g_steal_pointer (&alert);
}

static TdIncident *
find_or_build (GPtrArray     *incidents,
               GHashTable    *by_id,
               const TdAlert *first)
{
  TdIncident *incident = g_hash_table_lookup (by_id, &first->incident);

  if (incident == NULL)
    {
      gint64 *id = g_memdup2 (&first->incident, sizeof first->incident);

      incident = td_incident_new (first->incident, first->raised);
      g_ptr_array_add (incidents, incident);
      g_hash_table_insert (by_id, id, incident);
    }

  return incident;
}

static GPtrArray *
build (TdHistoryRecords *alerts,
       TdHistoryRecords *deeds)
{
  g_autoptr (GPtrArray) incidents = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint                 n_alerts, n_deeds;
  const TdHistoryAlert *alert_rows = td_history_records_get_alerts (alerts, &n_alerts);
  const TdHistoryDeed  *deed_rows = td_history_records_get_deeds (deeds, &n_deeds);

  for (guint i = 0; i < n_alerts; i++)
    {
      g_autoptr (TdAlert) alert = build_alert (&alert_rows[i]);

      if (alert != NULL)
        td_incident_add_part (find_or_build (incidents, by_id, alert), alert);
    }

  for (guint i = 0; i < n_deeds; i++)
    {
      const TdHistoryDeed *row = &deed_rows[i];
      TdIncident          *incident = g_hash_table_lookup (by_id, &row->incident);
      TdIncidentAction     action = {
            .at = row->at,
            .event = (TdIncidentEvent)row->what,
            .who = (char *)row->who,
            .to = (char *)row->whom,
            .text = (char *)row->text,
            .until = row->until,
      };

      if (incident != NULL && row->what < TD_N_INCIDENT_EVENTS)
        td_incident_act (incident, &action, NULL);
    }

  return g_steal_pointer (&incidents);
}

/* --- reading ---------------------------------------------------------------- */

typedef struct
{
  gint64            from;
  gint64            to;
  TdHistoryRecords *alerts; /* (owned) (nullable) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_pointer (&reading->alerts, td_history_records_unref);
  g_free (reading);
}

static void
deeds_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (TdHistoryRecords) deeds = NULL;
  Reading *reading = g_task_get_task_data (task);
  GError  *error = NULL;

  deeds = td_history_read_records_finish (TD_HISTORY (object), result, &error);
  if (deeds != NULL)
    g_task_return_pointer (task, build (reading->alerts, deeds), (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
alerts_read_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError  *error = NULL;

  reading->alerts = td_history_read_records_finish (TD_HISTORY (object), result, &error);
  if (reading->alerts != NULL)
    td_history_read_records_async (TD_HISTORY (object), TD_HISTORY_DEEDS, NULL, reading->from, reading->to,
                                   g_task_get_cancellable (task), deeds_read_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/* td_alert_log_read_async:
 * @from: µs since 1970
 * @to: µs since 1970, exclusive
 *
 * Reads the incidents that were on in a time, and all that go on. */
void
td_alert_log_read_async (TdHistory          *history,
                         gint64              from,
                         gint64              to,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (history, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->from = from;
  reading->to = to;
  g_task_set_source_tag (task, td_alert_log_read_async);
  g_task_set_task_data (task, reading, (GDestroyNotify)reading_free);
  td_history_read_records_async (history, TD_HISTORY_ALERTS, NULL, from, to, cancellable, alerts_read_cb, g_object_ref (task));
}

/* td_alert_log_read_finish:
 *
 * Returns: (transfer full) (nullable) (element-type TdIncident): the incidents
 *   as they stood, the closed ones too, in the order in which they began */
GPtrArray *
td_alert_log_read_finish (TdHistory    *history,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, history), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
