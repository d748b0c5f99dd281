/* td-alert-csv.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-csv.h"

#include "td-csv.h"

#define DECIMALS 3

const char td_alert_csv_header[] =
  "incident,level,kind,scope,target,title,since,raised,cleared,worst,threshold,owner,owned_at,evidence";

/**
 * td_alert_csv_append:
 * @csv: to what it is added
 * @incident: an incident
 * @from: µs since 1970
 * @to: exclusive
 * @zone: that its times are written in
 *
 * Adds a row for each of its alerts that were told in the time.
 */
void
td_alert_csv_append (GString    *csv,
                     TdIncident *incident,
                     gint64      from,
                     gint64      to,
                     GTimeZone  *zone)
{
  for (guint i = 0; i < td_incident_get_n_parts (incident); i++)
    {
      const TdAlert *part = td_incident_get_part (incident, i);

      if (part->raised < from || part->raised >= to)
        continue;

      td_csv_add_integer (csv, td_incident_get_id (incident));
      td_csv_add_text (csv, td_alert_level_to_string (part->level));
      td_csv_add_text (csv, td_alert_kind_to_string (part->kind));
      td_csv_add_text (csv, td_alert_scope_to_string (part->scope));
      td_csv_add_text (csv, part->target);
      td_csv_add_text (csv, part->title);
      td_csv_add_time (csv, part->since, zone);
      td_csv_add_time (csv, part->raised, zone);
      td_csv_add_time (csv, part->cleared, zone);
      td_csv_add_number (csv, part->worst, DECIMALS);
      td_csv_add_number (csv, part->threshold, DECIMALS);
      td_csv_add_text (csv, td_incident_get_owner (incident));
      td_csv_add_time (csv, td_incident_get_owned_since (incident), zone);
      td_csv_add_text (csv, part->evidence);
      td_csv_end_row (csv);
    }
}
