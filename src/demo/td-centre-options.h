/* td-centre-options.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TD_DEMO_MAX_SPEED 3600.0

/* The zone of the centre that is played, whatever the machine's own is. */
#define TD_DEMO_TIMEZONE "Asia/Ho_Chi_Minh"

/**
 * TdCentreOptions:
 * @scenario: (owned): what is played
 * @speed: simulated seconds a second, 0 for standing still
 * @n_agents: agents, 0 for the simulation's own number; @n_queues likewise
 * @start: simulated time to start at, µs since 1970
 * @address: (owned): where to listen; @port: 0 for any that is free
 * @token_file: (owned) (nullable): a line "TOKEN read" or "TOKEN act" each
 * @update_ms: how often changes are told
 * @no_past: nothing is known of the days before today
 * @unmarked: clients are not told that it is simulated, so that what is told of real
 *   centres alone, such as a clock that is off, can be tried
 * @exit_with_parent: end when whoever started this ends
 * @list_scenarios: say what there is, and end; @show_version likewise
 *
 * The command line of tongdai-centre.
 */
typedef struct
{
  char         *scenario;
  double        speed;
  guint32       seed;
  guint         n_agents;
  guint         n_queues;
  gint64        start;
  GInetAddress *address;
  guint16       port;
  char         *token_file;
  guint         update_ms;
  gboolean      no_past;
  gboolean      unmarked;
  gboolean      exit_with_parent;
  gboolean      list_scenarios;
  gboolean      show_version;
} TdCentreOptions;

TdCentreOptions *td_centre_options_parse (char  ***argv,
                                          GError **error);
void             td_centre_options_free (TdCentreOptions *self);

/* "2026-11-22" is that day at 10:00, and a time of day may follow after a "T";
 * without an offset it is the centre's own. */
gboolean td_centre_options_parse_date (const char *text,
                                       gint64     *time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdCentreOptions, td_centre_options_free)

G_END_DECLS
