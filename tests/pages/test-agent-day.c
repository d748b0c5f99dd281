/* test-agent-day.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "td-agent-day.h"
#include "td-day-strip.h"
#include "td-hour-columns.h"
#include "td-palette.h"

#include "fake-backend.h"
#include "history-fixture.h"
#include "td-fixture.h"

#define SECOND G_TIME_SPAN_SECOND
/* Eight in the morning, when the shift begins, and two in the afternoon. */
#define SHIFT (DAY0 + 8 * G_TIME_SPAN_HOUR)
#define NOW (DAY0 + 14 * G_TIME_SPAN_HOUR)

typedef struct
{
  char      *path;
  TdBackend *backend;
  TdWatch   *watch;
  TdAgent   *agent;
  GtkWidget *window;
  GtkWidget *day;
} Fixture;

/* A centre of one agent, "4143", on a call from "q" for two minutes. */
static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  g_autoptr (TdSnapshot) snapshot = NULL;
  TdCentreInfo centre;
  TdQueueInfo  queue;
  TdAgentInfo  agent;

  td_centre_info_init (&centre);
  centre.timezone = "UTC";
  centre.day_start = DAY0;
  td_snapshot_builder_set_revision (builder, 1, "i");
  td_snapshot_builder_set_at (builder, NOW);
  td_snapshot_builder_set_centre (builder, &centre);
  td_queue_info_init (&queue);
  queue.id = "q";
  queue.name = "Mất điện";
  td_snapshot_builder_add_queue (builder, &queue);
  td_agent_info_init (&agent);
  agent.id = "4143";
  agent.state = TD_AGENT_STATE_ON_CALL;
  agent.call_queue = "q";
  agent.since = NOW - 2 * MINUTE;
  agent.answered = 12;
  agent.talk_ms = 3600 * 1000;
  agent.shift_start = SHIFT;
  agent.shift_end = SHIFT + 12 * G_TIME_SPAN_HOUR;
  td_snapshot_builder_add_agent (builder, &agent);
  snapshot = td_snapshot_builder_end (builder);

  fixture->path = history_make_path ();
  fixture->backend = TD_BACKEND (fake_backend_new_steady (snapshot, NULL));
  fixture->watch = td_watch_new (fixture->backend, fixture->path);
  td_watch_start (fixture->watch);
  while ((fixture->agent = td_centre_find_agent (td_watch_get_centre (fixture->watch), "4143")) == NULL)
    g_main_context_iteration (NULL, TRUE);

  fixture->day = td_agent_day_new (fixture->watch);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 340, 600);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->day);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  td_watch_stop (fixture->watch);
  td_history_close (td_watch_get_history (fixture->watch));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->watch);
  g_clear_object (&fixture->backend);
  history_remove_all (fixture->path);
  g_free (fixture->path);
}

static void
remember (Fixture     *fixture,
          gint64       start,
          gint64       end,
          TdAgentState state,
          gboolean     on_hold)
{
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();
  TdHistorySpan span = {
    .agent = "4143",
    .start = start,
    .end = end,
    .state = state,
    .on_hold = on_hold,
    .queue = state == TD_AGENT_STATE_ON_CALL ? "q" : NULL,
    .reason = state == TD_AGENT_STATE_PAUSED ? "Ăn trưa" : NULL,
  };

  td_history_records_add_span (records, &span);
  td_history_add_records (td_watch_get_history (fixture->watch), records);
}

/* Looks for a label that is to be seen and holds @text. */
static gboolean
shows (GtkWidget  *widget,
       const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (shows (child, text))
        return TRUE;
    }

  return FALSE;
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  GtkWidget *found;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if ((found = find (child, type)) != NULL)
        return found;
    }

  return NULL;
}

static void
wait_until_shows (Fixture    *fixture,
                  const char *text)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!shows (fixture->day, text))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (5000);
    }
}

static void
test_what_goes_on_is_shown_without_a_past (Fixture      *fixture,
                                           gconstpointer data)
{
  /* The past was not seen, but the source says since when the call lasts. */
  td_agent_day_set_agent (TD_AGENT_DAY (fixture->day), fixture->agent);
  wait_until_shows (fixture, "No pause seen in 2:");
  wait_until_shows (fixture, "now");
  g_assert_true (shows (fixture->day, "Mất điện"));
}

static void
test_a_call_on_hold_is_one_call (Fixture      *fixture,
                                 gconstpointer data)
{
  gint64 ten = SHIFT + 2 * G_TIME_SPAN_HOUR;

  remember (fixture, SHIFT, ten, TD_AGENT_STATE_AVAILABLE, FALSE);
  remember (fixture, ten, ten + 60 * SECOND, TD_AGENT_STATE_ON_CALL, FALSE);
  remember (fixture, ten + 60 * SECOND, ten + 75 * SECOND, TD_AGENT_STATE_ON_CALL, TRUE);
  remember (fixture, ten + 75 * SECOND, ten + 192 * SECOND, TD_AGENT_STATE_ON_CALL, FALSE);
  remember (fixture, ten + 192 * SECOND, ten + 40 * MINUTE, TD_AGENT_STATE_WRAP_UP, FALSE);
  /* Too little is known of the hour after it. */
  remember (fixture, ten + 70 * MINUTE, ten + 80 * MINUTE, TD_AGENT_STATE_ON_CALL, FALSE);
  td_agent_day_set_agent (TD_AGENT_DAY (fixture->day), fixture->agent);

  wait_until_shows (fixture, "3:12");
  g_assert_true (shows (fixture->day, "10:00"));
  g_assert_false (shows (fixture->day, "10:01"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find (fixture->day, TD_TYPE_HOUR_COLUMNS)),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "08:00 0, 09:00 0, 10:00 1, 14:00 0");
}

static void
test_the_last_break_is_told (Fixture      *fixture,
                             gconstpointer data)
{
  remember (fixture, SHIFT, SHIFT + 3 * G_TIME_SPAN_HOUR, TD_AGENT_STATE_AVAILABLE, FALSE);
  remember (fixture, SHIFT + 3 * G_TIME_SPAN_HOUR, SHIFT + 4 * G_TIME_SPAN_HOUR, TD_AGENT_STATE_PAUSED, FALSE);
  td_agent_day_set_agent (TD_AGENT_DAY (fixture->day), fixture->agent);

  wait_until_shows (fixture, "1 pause, 1:00:00; the last one ended 2:0");
}

static void
test_own_days_are_what_is_usual (Fixture      *fixture,
                                 gconstpointer data)
{
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();

  /* Ten calls in two hours at work; the pause does not count. */
  for (guint i = 1; i <= 4; i++)
    {
      TdHistoryAgentDay day = { "4143", DAY0 - i * DAY, 10, 0, 3600000, 0, 1800000, 0, 1800000, 9999999 };

      td_history_records_add_agent_day (records, &day);

      /* And somebody who handles three times as much. */
      day.agent = "4144";
      day.answered = 30;
      td_history_records_add_agent_day (records, &day);
    }
  td_history_add_records (td_watch_get_history (fixture->watch), records);
  history_flush_well (td_watch_get_history (fixture->watch));
  td_agent_day_set_agent (TD_AGENT_DAY (fixture->day), fixture->agent);

  wait_until_shows (fixture, "own 5.0 (4 days)");
  wait_until_shows (fixture, "centre 10.0 (4 days)");
}

/* Without a past it is what the centre does today: twelve calls in an hour. */
static void
test_without_a_past_today_is_what_is_usual (Fixture      *fixture,
                                            gconstpointer data)
{
  td_agent_day_set_agent (TD_AGENT_DAY (fixture->day), fixture->agent);
  wait_until_shows (fixture, "centre 12.0 today");
}

static void
test_another_agent_has_another_day (Fixture      *fixture,
                                    gconstpointer data)
{
  remember (fixture, SHIFT, SHIFT + 3 * G_TIME_SPAN_HOUR, TD_AGENT_STATE_PAUSED, FALSE);
  td_agent_day_set_agent (TD_AGENT_DAY (fixture->day), fixture->agent);
  td_agent_day_set_agent (TD_AGENT_DAY (fixture->day), NULL);
  td_agent_day_set_agent (TD_AGENT_DAY (fixture->day), fixture->agent);
  wait_until_shows (fixture, "1 pause");
}

static void
test_the_strip_tells_in_words (Fixture      *fixture,
                               gconstpointer data)
{
  TdStripSpan spans[] = {
    { SHIFT, SHIFT + 60 * MINUTE, TD_AGENT_STATE_AVAILABLE, FALSE, NULL },
    { SHIFT + 70 * MINUTE, SHIFT + 100 * MINUTE, TD_AGENT_STATE_PAUSED, FALSE, "Ăn trưa" },
  };
  GtkWidget *strip = g_object_ref_sink (td_day_strip_new ());

  td_day_strip_set_range (TD_DAY_STRIP (strip), SHIFT, NOW, SHIFT + 100 * MINUTE, NULL);
  td_day_strip_set_spans (TD_DAY_STRIP (strip), spans, G_N_ELEMENTS (spans));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (strip), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "available 1 hour, paused 30 minutes");

  /* Another end of what was over long ago is told as well. */
  spans[0].end -= 10 * MINUTE;
  td_day_strip_set_spans (TD_DAY_STRIP (strip), spans, G_N_ELEMENTS (spans));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (strip), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "available 50 minutes, paused 30 minutes");
  g_object_unref (strip);
}

#define add(path, func) g_test_add ("/agent-day/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    return g_test_run ();
  adw_init ();

  add ("what-goes-on-is-shown-without-a-past", test_what_goes_on_is_shown_without_a_past);
  add ("a-call-on-hold-is-one-call", test_a_call_on_hold_is_one_call);
  add ("the-last-break-is-told", test_the_last_break_is_told);
  add ("own-days-are-what-is-usual", test_own_days_are_what_is_usual);
  add ("without-a-past-today-is-what-is-usual", test_without_a_past_today_is_what_is_usual);
  add ("another-agent-has-another-day", test_another_agent_has_another_day);
  add ("the-strip-tells-in-words", test_the_strip_tells_in_words);

  return g_test_run ();
}
