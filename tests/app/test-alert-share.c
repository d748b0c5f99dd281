/* test-alert-share.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "td-alert-deeds.h"
#include "td-alert-rules.h"
#include "td-alert-share.h"
#include "td-file-lock.h"
#include "td-test-home.h"

#define S G_TIME_SPAN_SECOND
#define START (1000 * G_TIME_SPAN_DAY)
#define PROFILE "centre"

static const char *program;

/* A program that watches the centre. */
typedef struct
{
  TdAlertEngine *engine;
  TdAlertBoard  *board;
  TdAlertShare  *share;
  gint64         now;
} Desk;

static void
begin (Desk  *desk,
       gint64 now)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_new ();
  TdAlertRule *rule = td_alert_rule_new ("waiting", TD_ALERT_WAITING);

  rule->scope = TD_ALERT_SCOPE_QUEUE;
  rule->level = TD_ALERT_ALARM;
  rule->raise = 10;
  rule->clear = 5;
  rule->for_s = rule->clear_s = 0;
  rule->to = 1440;
  g_ptr_array_add (rules, rule);
  desk->engine = td_alert_engine_new ();
  td_alert_engine_set_rules (desk->engine, rules);
  desk->board = td_alert_board_new (desk->engine);
  desk->share = td_alert_share_new (desk->board, PROFILE);
  desk->now = now;
}

static void
end (Desk *desk)
{
  g_clear_object (&desk->share);
  g_clear_object (&desk->board);
  g_clear_object (&desk->engine);
}

static void
feed (Desk       *desk,
      const char *queue,
      double      waiting)
{
  TdAlertFact fact = { TD_ALERT_WAITING, TD_ALERT_SCOPE_QUEUE, queue, NULL, waiting };

  td_alert_engine_begin (desk->engine, desk->now, 0);
  td_alert_engine_feed (desk->engine, &fact);
  td_alert_engine_end (desk->engine);
  td_alert_board_update (desk->board, desk->now);
  desk->now += S;
}

static TdIncident *
get_incident (Desk *desk)
{
  g_autoptr (TdIncident) incident = g_list_model_get_item (td_alert_board_get_incidents (desk->board), 0);

  return incident; /* the board has it */
}

static void
act (Desk           *desk,
     TdIncidentEvent event,
     const char     *who,
     const char     *to)
{
  TdIncidentAction action = { desk->now, event, (char *)who, (char *)to, NULL, TD_UNKNOWN };
  g_autoptr (GError) error = NULL;

  if (event == TD_INCIDENT_EVENT_SNOOZED)
    {
      action.text = (char *)"Đang sửa";
      action.until = desk->now + 600 * S;
    }
  td_alert_board_act (desk->board, get_incident (desk), &action, &error);
  g_assert_no_error (error);
}

static gboolean
timed_out_cb (gpointer user_data)
{
  g_error ("The other program heard nothing");
  return G_SOURCE_REMOVE;
}

static void
wait_for_owner (Desk       *desk,
                const char *owner)
{
  guint timeout = g_timeout_add_seconds (30, timed_out_cb, NULL);

  while (g_strcmp0 (td_incident_get_owner (get_incident (desk)), owner) != 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

static void
wait_for_state (Desk           *desk,
                TdIncidentState state)
{
  guint timeout = g_timeout_add_seconds (30, timed_out_cb, NULL);

  while (get_incident (desk) != NULL ? td_incident_get_state (get_incident (desk)) != state : state != TD_INCIDENT_CLOSED)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

static void
clear (void)
{
  g_autofree char *path = td_alert_deeds_get_path (PROFILE);

  g_unlink (path);
}

/* Until the file says so many deeds. */
static GPtrArray *
wait_for_deeds (guint n)
{
  g_autofree char *path = td_alert_deeds_get_path (PROFILE);
  guint            timeout = g_timeout_add_seconds (30, timed_out_cb, NULL);

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      GPtrArray *deeds = td_alert_deeds_load (path, &error);

      g_assert_no_error (error);
      if (deeds->len == n)
        {
          g_source_remove (timeout);
          return deeds;
        }
      g_ptr_array_unref (deeds);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static const TdAlertDeed *
find_deed (GPtrArray      *deeds,
           TdIncidentEvent event)
{
  for (guint i = 0; i < deeds->len; i++)
    {
      if (((TdAlertDeed *)deeds->pdata[i])->action->event == event)
        return deeds->pdata[i];
    }
  g_assert_not_reached ();
}

static void
test_a_wall_hears_who_takes_it (void)
{
  g_autofree char *path = td_alert_deeds_get_path (PROFILE);
  g_autofree char *lock = td_alert_deeds_get_lock_path (path);
  Desk             desk, wall, late;
  GStatBuf         status;

  clear ();
  begin (&desk, START);
  begin (&wall, START + 2 * S);
  feed (&desk, "q1", 20);
  feed (&wall, "q1", 20);
  g_assert_cmpint (td_incident_get_id (get_incident (&desk)), !=, td_incident_get_id (get_incident (&wall)));

  act (&desk, TD_INCIDENT_EVENT_TAKEN, "Lê Thị Mai", NULL);
  wait_for_owner (&wall, "Lê Thị Mai");
  g_assert_cmpint (td_incident_get_state (get_incident (&wall)), ==, TD_INCIDENT_TAKEN);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (lock, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  /* One that is started later, and sees the same for younger, knows it too. */
  begin (&late, START + 1800 * S);
  feed (&late, "q1", 20);
  wait_for_owner (&late, "Lê Thị Mai");

  act (&desk, TD_INCIDENT_EVENT_HANDED_OVER, "Lê Thị Mai", "Trần Văn Đức");
  wait_for_owner (&wall, "Trần Văn Đức");
  act (&desk, TD_INCIDENT_EVENT_SNOOZED, "Trần Văn Đức", NULL);
  wait_for_state (&wall, TD_INCIDENT_SNOOZED);
  g_assert_cmpstr (td_incident_get_reason (get_incident (&wall)), ==, "Đang sửa");

  /* It goes both ways, and what was heard is not told again as one's own. */
  act (&wall, TD_INCIDENT_EVENT_CLOSED, "Võ Thanh Trung", NULL);
  wait_for_state (&desk, TD_INCIDENT_CLOSED);
  end (&late);
  end (&wall);
  end (&desk);
}

static void
test_what_begins_after_it_is_another (void)
{
  g_autoptr (GPtrArray) deeds = NULL;
  Desk desk, other, wall;

  clear ();
  begin (&desk, START);
  begin (&other, START);
  feed (&desk, "q1", 20);
  feed (&other, "q2", 20);
  act (&desk, TD_INCIDENT_EVENT_TAKEN, "Mai", NULL);
  act (&other, TD_INCIDENT_EVENT_CLOSED, "Đức", NULL);
  deeds = wait_for_deeds (2);

  /* Of another queue; of the one that was closed, an hour later; of the one that was taken, a day later. */
  begin (&wall, START + 60 * S);
  feed (&wall, "q3", 20);
  g_assert_false (td_alert_deed_is_of (find_deed (deeds, TD_INCIDENT_EVENT_TAKEN), get_incident (&wall)));
  end (&wall);
  begin (&wall, START + 3600 * S);
  feed (&wall, "q2", 20);
  g_assert_false (td_alert_deed_is_of (find_deed (deeds, TD_INCIDENT_EVENT_CLOSED), get_incident (&wall)));
  end (&wall);
  begin (&wall, START + 60 * S);
  feed (&wall, "q2", 20);
  g_assert_true (td_alert_deed_is_of (find_deed (deeds, TD_INCIDENT_EVENT_CLOSED), get_incident (&wall)));
  end (&wall);
  begin (&wall, START + 86400 * S);
  feed (&wall, "q1", 20);
  g_assert_false (td_alert_deed_is_of (find_deed (deeds, TD_INCIDENT_EVENT_TAKEN), get_incident (&wall)));
  end (&wall);

  /* What is over at the desk by itself is forgotten. */
  feed (&desk, "q1", 0);
  desk.now += TD_ALERT_BOARD_LINGER_TAKEN_US;
  td_alert_board_update (desk.board, desk.now);
  g_assert_null (get_incident (&desk));
  g_clear_pointer (&deeds, g_ptr_array_unref);
  deeds = wait_for_deeds (1);
  g_assert_cmpint (((TdAlertDeed *)deeds->pdata[0])->action->event, ==, TD_INCIDENT_EVENT_CLOSED);
  end (&other);
  end (&desk);
}

static void
test_a_file_of_others_is_not_trusted (void)
{
  static const struct
  {
    const char *text;
    gboolean    is_read;
  } cases[] = {
    { "", TRUE },
    { "[1]\n", TRUE },
    { "[1]\nwhat=taken\ndesk=a\nincident=1\nstarted=1\nat=1\nparts=waiting queue q1;\n", TRUE },              /* by nobody */
    { "[1]\nwhat=escalated\ndesk=a\nincident=1\nstarted=1\nat=1\nwho=Mai\nparts=waiting queue q1;\n", TRUE }, /* no deed of a person */
    { "[1]\nwhat=taken\ndesk=a\nincident=1\nstarted=9223372036854775807\nat=1\nwho=Mai\nparts=x;\n", TRUE },  /* not a time */
    { "[1]\nwhat=taken\ndesk=a\nincident=1\nstarted=1\nat=99999999999999999999\nwho=Mai\nparts=x;\n", TRUE }, /* nor this */
    { "[1]\nwhat=taken\ndesk=a\nincident=1\nstarted=1\nat=1\nwho=\xff\xfe\nparts=x;\n", TRUE },               /* not UTF-8 */
    { "[1]\nwhat=taken\ndesk=a\nincident=1\nstarted=1\nat=1\nwho=Mai\n", TRUE },                              /* of nothing */
    { "what=taken\n", FALSE },
    { "{}", FALSE },
  };
  g_autofree char *path = td_alert_deeds_get_path (PROFILE);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *large = g_strnfill (1024 * 1024, '\n');
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) deeds = NULL;

      g_autofree char *shown = g_strescape (cases[i].text, NULL);

      g_test_message ("%s", shown);
      g_file_set_contents (path, cases[i].text, -1, &error);
      g_assert_no_error (error);
      deeds = td_alert_deeds_load (path, &error);
      g_assert_true ((deeds != NULL) == cases[i].is_read);
      if (deeds != NULL)
        g_assert_cmpuint (deeds->len, ==, 0);
      else
        g_assert_nonnull (strstr (error->message, path));
      g_clear_error (&error);
    }

  g_file_set_contents (path, large, -1, &error);
  g_assert_no_error (error);
  g_assert_null (td_alert_deeds_load (path, &error));
  g_assert_nonnull (strstr (error->message, path));
  clear ();
}

static void
test_no_more_are_kept_than_there_is_room (void)
{
  g_autoptr (GPtrArray) deeds = g_ptr_array_new_with_free_func ((GDestroyNotify)td_alert_deed_free);
  Desk desk;

  clear ();
  begin (&desk, START);
  feed (&desk, "q1", 20);
  for (guint i = 0; i < 3 * TD_ALERT_DEEDS_MAX; i++)
    {
      g_autofree char *name = g_strdup_printf ("desk %u", i / 2);
      TdIncidentAction action = { desk.now + i * S, TD_INCIDENT_EVENT_TAKEN, (char *)"Mai", NULL, NULL, TD_UNKNOWN };

      td_alert_deeds_put (deeds, td_alert_deed_new (name, get_incident (&desk), &action));
      g_assert_cmpuint (deeds->len, ==, MIN (i / 2 + 1, TD_ALERT_DEEDS_MAX));
    }
  g_assert_cmpstr (((TdAlertDeed *)deeds->pdata[deeds->len - 1])->desk, ==, "desk 149");

  /* A day later nothing of it is left. */
  {
    TdIncidentAction action = { desk.now + G_TIME_SPAN_DAY, TD_INCIDENT_EVENT_TAKEN, (char *)"Mai", NULL, NULL, TD_UNKNOWN };

    td_alert_deeds_put (deeds, td_alert_deed_new ("late", get_incident (&desk), &action));
    g_assert_cmpuint (deeds->len, ==, 1);
  }
  end (&desk);
}

/* What two of them do in one moment, and one of them does before it ends, is all there. */
static void
test_what_is_done_last_is_not_lost (void)
{
  g_autoptr (GPtrArray) deeds = NULL;
  Desk desk, other;

  clear ();
  begin (&desk, START);
  begin (&other, START);
  feed (&desk, "q1", 20);
  feed (&other, "q2", 20);
  act (&desk, TD_INCIDENT_EVENT_TAKEN, "Mai", NULL);
  act (&other, TD_INCIDENT_EVENT_TAKEN, "Đức", NULL);
  act (&desk, TD_INCIDENT_EVENT_HANDED_OVER, "Mai", "Trần Văn Đức");
  end (&desk);
  end (&other);
  deeds = wait_for_deeds (2);
  g_assert_cmpstr (find_deed (deeds, TD_INCIDENT_EVENT_TAKEN)->action->who, ==, "Đức");
  g_assert_cmpstr (find_deed (deeds, TD_INCIDENT_EVENT_HANDED_OVER)->action->to, ==, "Trần Văn Đức");
}

/* What is heard over the network: the newest of what is known of it, and names where there are some. */
static void
test_what_is_heard_elsewhere_is_done_here (void)
{
  g_autoptr (GPtrArray) deeds = td_alert_deeds_new ();
  g_autoptr (GPtrArray) told = NULL;
  Desk         desk, wall;
  TdAlertDeed *deed;

  clear ();
  begin (&desk, START);
  begin (&wall, START);
  feed (&desk, "q1", 20);
  feed (&wall, "q1", 20);
  act (&desk, TD_INCIDENT_EVENT_TAKEN, "Mai", NULL);
  told = td_alert_share_list (desk.share);
  g_assert_cmpuint (told->len, ==, 1);
  deed = td_alert_deed_copy (told->pdata[0]);
  g_free (deed->action->who);
  deed->action->who = g_strdup (TD_ALERT_DEED_UNNAMED);
  g_ptr_array_add (deeds, deed);

  td_alert_share_hear (wall.share, "http://desk", deeds);
  g_assert_cmpstr (td_incident_get_owner (get_incident (&wall)), ==, TD_ALERT_DEED_UNNAMED);
  wait_for_owner (&wall, "Mai");
  /* The same again changes nothing, and is not told on. */
  td_alert_share_hear (wall.share, "http://desk", deeds);
  g_assert_cmpstr (td_incident_get_owner (get_incident (&wall)), ==, "Mai");

  deed->action->at += S;
  deed->action->event = TD_INCIDENT_EVENT_CLOSED;
  td_alert_share_hear (wall.share, "http://desk", deeds);
  g_assert_null (get_incident (&wall));
  g_ptr_array_unref (told);
  told = td_alert_share_list (wall.share);
  g_assert_cmpuint (told->len, ==, 1);
  end (&wall);
  end (&desk);
}

/* Nobody can write there; nothing stands still, and it is written when it can be. */
static void
test_a_file_that_is_kept_locked_holds_nobody_up (void)
{
  g_autofree char *path = td_alert_deeds_get_path (PROFILE);
  g_autofree char *lock_path = td_alert_deeds_get_lock_path (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GPtrArray) deeds = NULL;
  g_autoptr (GError) error = NULL;
  Desk   desk;
  int    lock;
  gint64 before;

  clear ();
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  lock = td_file_lock (lock_path, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (td_file_lock (lock_path, 20, &error), <, 0);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN);
  g_assert_nonnull (strstr (error->message, lock_path));

  begin (&desk, START);
  feed (&desk, "q1", 20);
  before = g_get_monotonic_time ();
  act (&desk, TD_INCIDENT_EVENT_TAKEN, "Mai", NULL);
  g_assert_cmpint (g_get_monotonic_time () - before, <, S);
  /* Others hear of it in other ways all the same. */
  deeds = td_alert_share_list (desk.share);
  g_assert_cmpuint (deeds->len, ==, 1);
  g_ptr_array_unref (g_steal_pointer (&deeds));
  td_file_unlock (lock);
  deeds = wait_for_deeds (1);
  end (&desk);
}

/* --- many programs that write at once --------------------------------------- */

#define WRITERS 6
#define DEEDS 15

/* One of them: its deeds one by one, each with all before it. */
static int
write_deeds (const char *path,
             const char *desk)
{
  g_autoptr (GPtrArray) own = td_alert_deeds_new ();

  for (guint i = 0; i < DEEDS; i++)
    {
      const char *const parts[] = { "waiting queue q1", NULL };
      TdIncidentAction  action = { START + i, TD_INCIDENT_EVENT_TAKEN, (char *)"Lê Thị Mai", NULL, NULL, TD_UNKNOWN };
      TdAlertDeed       deed = { (char *)desk, i, START, (char **)parts, &action };
      g_autoptr (GPtrArray) all = NULL;
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (own, td_alert_deed_copy (&deed));
      all = td_alert_deeds_tell (path, desk, own, &error);
      if (all == NULL)
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
    }

  return 0;
}

static void
test_none_is_lost_when_many_write_at_once (void)
{
  g_autofree char *path = td_alert_deeds_get_path (PROFILE);
  g_autoptr (GPtrArray) deeds = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *writers[WRITERS];
  guint        counts[WRITERS] = { 0 };

  clear ();
  for (guint i = 0; i < WRITERS; i++)
    {
      g_autofree char *desk = g_strdup_printf ("%u", i);

      writers[i] = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--write", path, desk, NULL);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < WRITERS; i++)
    {
      g_assert_true (g_subprocess_wait_check (writers[i], NULL, &error));
      g_object_unref (writers[i]);
    }

  deeds = td_alert_deeds_load (path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < deeds->len; i++)
    {
      const TdAlertDeed *deed = deeds->pdata[i];

      g_assert_cmpstr (deed->action->who, ==, "Lê Thị Mai");
      counts[atoi (deed->desk)]++;
    }
  for (guint i = 0; i < WRITERS; i++)
    g_assert_cmpuint (counts[i], ==, DEEDS);
}

static void
said_cb (TdAlertShare *share,
         const char   *text,
         GPtrArray    *said)
{
  g_ptr_array_add (said, g_strdup (text));
}

/* As on a full disk. */
static void
limit_files (rlim_t size)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (size, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_what_cannot_be_written_is_said_once_and_told_later (void)
{
  g_autofree char *path = td_alert_deeds_get_path (PROFILE);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  guint timeout;
  Desk  desk, wall;

  clear ();
  begin (&desk, START);
  begin (&wall, START + 2 * S);
  g_signal_connect (desk.share, "said", G_CALLBACK (said_cb), said);
  feed (&desk, "q1", 20);
  feed (&wall, "q1", 20);
  act (&desk, TD_INCIDENT_EVENT_TAKEN, "Mai", NULL);
  wait_for_owner (&wall, "Mai");
  g_file_get_contents (path, &before, NULL, &error);
  g_assert_no_error (error);

  signal (SIGXFSZ, SIG_IGN);
  limit_files (0);
  act (&desk, TD_INCIDENT_EVENT_HANDED_OVER, "Mai", "Trung");
  act (&desk, TD_INCIDENT_EVENT_HANDED_OVER, "Trung", "Đức");
  timeout = g_timeout_add_seconds (30, timed_out_cb, NULL);
  while (said->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  g_file_get_contents (path, &after, NULL, &error);
  limit_files (RLIM_INFINITY);
  g_assert_no_error (error);
  g_assert_cmpstr (after, ==, before);
  g_assert_nonnull (strstr (said->pdata[0], path));
  g_assert_nonnull (strstr (said->pdata[0], g_strerror (EFBIG)));

  wait_for_owner (&wall, "Đức");
  g_assert_cmpuint (said->len, ==, 1);
  end (&wall);
  end (&desk);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--write"))
    return write_deeds (argv[2], argv[3]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  test_home_init ();

  test_home_add_func ("/alert-share/a-wall-hears-who-takes-it", test_a_wall_hears_who_takes_it);
  test_home_add_func ("/alert-share/what-begins-after-it-is-another", test_what_begins_after_it_is_another);
  test_home_add_func ("/alert-share/a-file-of-others-is-not-trusted", test_a_file_of_others_is_not_trusted);
  test_home_add_func ("/alert-share/no-more-are-kept-than-there-is-room", test_no_more_are_kept_than_there_is_room);

  test_home_add_func ("/alert-share/what-is-done-last-is-not-lost", test_what_is_done_last_is_not_lost);
  test_home_add_func ("/alert-share/what-is-heard-elsewhere-is-done-here", test_what_is_heard_elsewhere_is_done_here);
  test_home_add_func ("/alert-share/a-file-that-is-kept-locked-holds-nobody-up", test_a_file_that_is_kept_locked_holds_nobody_up);
  test_home_add_func ("/alert-share/none-is-lost-when-many-write-at-once", test_none_is_lost_when_many_write_at_once);
  test_home_add_func ("/alert-share/what-cannot-be-written-is-said-once-and-told-later", test_what_cannot_be_written_is_said_once_and_told_later);

  return test_home_run ();
}
