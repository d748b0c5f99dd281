/* test-wall.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "td-test-home.h"
#include "td-wall-file.h"
#include "td-wall-message.h"

static TdWall *
load (const char *text,
      GError    **error)
{
  g_autofree char *path = NULL;
  g_autoptr (TdWall) wall = NULL;
  int fd = g_file_open_tmp ("wall-XXXXXX.ini", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  wall = td_wall_file_load (path, error);
  g_unlink (path);

  return g_steal_pointer (&wall);
}

static void
test_without_a_word_nobody_is_named (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdWall) wall = load ("", &error);

  g_assert_no_error (error);
  g_assert_cmpint (wall->privacy, ==, TD_WALL_PRIVACY_NONE);
  g_assert_false (wall->is_light);
  g_assert_cmpuint (wall->n_pages, ==, 4);
  g_assert_cmpuint (wall->pages[0].seconds, ==, 20);
  g_assert_cmpuint (wall->n_numbers, ==, TD_N_WALL_NUMBERS);
  g_assert_true (td_wall_has_queue (wall, "any"));
  g_assert_cmpfloat (td_wall_get_brightness (wall, 0), ==, 1);
}

static void
test_everything_is_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdWall) wall = load ("[wall]\nprofile=south\nlanguage=vi\nstyle=light\nprivacy=initials\nmonitor=HDMI-A-1\n"
                                  "queues= a ;b;;\nnumbers=serving;waiting\nmessage=Chào\n"
                                  "desk=http://10.0.0.12:8710; https://[fd00::7]:8710/\ndesk-key-file=desk.key\n"
                                  "[pages]\nmessage=7\nqueues=3600\n"
                                  "[targets]\nwaiting=10\nlongest-wait-seconds=90\nserving=71\n"
                                  "[night]\nfrom=22:00\nto=06:00\nbrightness=40\n",
                                  &error);
  g_autoptr (TdWall) copy = NULL;

  g_assert_no_error (error);
  copy = td_wall_copy (wall);
  g_assert_cmpstr (copy->profile, ==, "south");
  g_assert_cmpstr (copy->language, ==, "vi");
  g_assert_true (copy->is_light);
  g_assert_cmpint (copy->privacy, ==, TD_WALL_PRIVACY_INITIALS);
  g_assert_cmpstr (copy->monitor, ==, "HDMI-A-1");
  g_assert_cmpuint (g_strv_length (copy->queues), ==, 2);
  g_assert_true (td_wall_has_queue (copy, "a"));
  g_assert_false (td_wall_has_queue (copy, "c"));
  g_assert_cmpuint (g_strv_length (copy->desks), ==, 2);
  g_assert_cmpstr (copy->desks[0], ==, "http://10.0.0.12:8710");
  g_assert_cmpstr (copy->desk_key_file, ==, "desk.key");
  g_assert_cmpuint (copy->n_numbers, ==, 2);
  g_assert_cmpint (copy->numbers[0], ==, TD_WALL_NUMBER_SERVING);
  g_assert_cmpstr (copy->message, ==, "Chào");
  g_assert_cmpuint (copy->n_pages, ==, 2);
  g_assert_cmpint (copy->pages[0].kind, ==, TD_WALL_PAGE_MESSAGE);
  g_assert_cmpuint (copy->pages[0].seconds, ==, 7);
  g_assert_cmpint (copy->pages[1].kind, ==, TD_WALL_PAGE_QUEUES);
  g_assert_cmpint (copy->waiting_target, ==, 10);
  g_assert_cmpint (copy->longest_target_ms, ==, 90000);
  g_assert_cmpint (copy->serving_target, ==, 71);
  g_assert_cmpfloat (td_wall_get_brightness (copy, 23 * 60), ==, 0.4);
  g_assert_cmpfloat (td_wall_get_brightness (copy, 6 * 60 - 1), ==, 0.4);
  g_assert_cmpfloat (td_wall_get_brightness (copy, 6 * 60), ==, 1);
}

static void
test_people_may_be_arranged (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdWall) plain = load ("", &error);
  g_autoptr (TdWall) wall = load ("[wall]\narrange=team\nteams= Đội 1 ; Đội 2\n[wall:TV]\n[wall:DP-1]\narrange=queue\nteams=\n", &error);

  g_assert_no_error (error);
  g_assert_cmpint (plain->arrange, ==, TD_WALL_ARRANGE_PLACE);
  g_assert_true (td_wall_has_team (plain, NULL));
  g_assert_true (td_wall_has_team (plain, "Đội 1"));
  g_assert_cmpint (wall->arrange, ==, TD_WALL_ARRANGE_TEAM);
  g_assert_true (td_wall_has_team (wall, "Đội 2"));
  g_assert_false (td_wall_has_team (wall, "Đội 3"));
  g_assert_false (td_wall_has_team (wall, NULL));
  g_assert_cmpint (td_wall_get_screen (wall, 1)->arrange, ==, TD_WALL_ARRANGE_TEAM);
  g_assert_false (td_wall_has_team (td_wall_get_screen (wall, 1), "Đội 3"));
  g_assert_cmpint (td_wall_get_screen (wall, 2)->arrange, ==, TD_WALL_ARRANGE_QUEUE);
  g_assert_true (td_wall_has_team (td_wall_get_screen (wall, 2), "Đội 3"));
}

static void
test_a_screen_hangs_as_it_says (void)
{
  static const struct
  {
    const char *word;
    guint       of_wide;
    guint       of_tall;
  } cases[] = { { "auto", 0, 0 }, { "landscape", 0, 1 }, { "portrait-right", 3, 0 }, { "portrait-left", 1, 0 }, { "landscape-flipped", 2, 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[wall]\nsound=%u\norientation=%s\n", i, cases[i].word);
      g_autoptr (GError) error = NULL;
      g_autoptr (TdWall) wall = load (text, &error);

      g_assert_no_error (error);
      g_assert_cmpint (wall->sound, ==, i);
      g_assert_cmpuint (td_wall_get_turn (wall, 1920, 1080), ==, cases[i].of_wide);
      g_assert_cmpuint (td_wall_get_turn (wall, 1080, 1920), ==, cases[i].of_tall);
    }
}

static void
test_a_zone_may_be_left_out (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdWall) all = load ("", &error);
  g_autoptr (TdWall) some = load ("[wall]\nzones= office; home;\n", &error);

  g_assert_no_error (error);
  g_assert_true (td_wall_has_zone (all, TD_PLACE_PARTNER));
  g_assert_true (td_wall_has_zone (some, TD_PLACE_OFFICE));
  g_assert_true (td_wall_has_zone (some, TD_PLACE_HOME));
  g_assert_false (td_wall_has_zone (some, TD_PLACE_PARTNER));
  g_assert_false (td_wall_has_zone (some, TD_PLACE_UNKNOWN));
}

static void
test_a_screen_has_what_the_first_has (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdWall) wall = load ("[pages:DP-2]\nqueues=40\n"
                                  "[wall]\nqueues=a;b\nzones=home\nmessage=Chào\nprivacy=names\n"
                                  "[pages]\nnow=7\n"
                                  "[targets]\nwaiting=10\n"
                                  "[wall:HDMI-1]\nqueues=c\nzones=office\nprivacy=none\n"
                                  "[targets:DP-2]\nwaiting=3\n",
                                  &error);
  g_autoptr (TdWall) copy = NULL;
  const TdWall *one, *two;

  g_assert_no_error (error);
  copy = td_wall_copy (wall);
  g_assert_cmpuint (td_wall_get_n_screens (copy), ==, 3);
  g_assert_cmpint (copy->waiting_target, ==, 10);
  one = copy->screens->pdata[0];
  g_assert_cmpstr (one->monitor, ==, "DP-2");
  g_assert_cmpuint (one->n_pages, ==, 1);
  g_assert_cmpint (one->pages[0].kind, ==, TD_WALL_PAGE_QUEUES);
  g_assert_cmpuint (one->pages[0].seconds, ==, 40);
  g_assert_true (td_wall_has_queue (one, "a"));
  g_assert_cmpint (one->waiting_target, ==, 3);
  g_assert_cmpint (one->privacy, ==, TD_WALL_PRIVACY_NAMES);
  two = copy->screens->pdata[1];
  g_assert_cmpstr (two->monitor, ==, "HDMI-1");
  g_assert_cmpint (two->pages[0].kind, ==, TD_WALL_PAGE_NOW);
  g_assert_false (td_wall_has_queue (two, "a"));
  g_assert_true (td_wall_has_queue (two, "c"));
  g_assert_false (td_wall_has_zone (two, TD_PLACE_HOME));
  g_assert_cmpint (two->privacy, ==, TD_WALL_PRIVACY_NONE);
  g_assert_cmpint (two->waiting_target, ==, 10);
}

static void
test_there_are_only_so_many_screens (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (TdWall) wall = NULL;

  for (guint i = 0; i <= TD_WALL_MAX_SCREENS; i++)
    g_string_append_printf (text, "[wall:M%u]\nqueues=a\n", i);
  wall = load (text->str, &error);
  g_assert_null (wall);
  g_assert_error (error, TD_WALL_FILE_ERROR, TD_WALL_FILE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "[wall:M8]:"));
}

static void
test_each_screen_finds_its_monitor (void)
{
  static const TdWallMonitor both[] = { { "HDMI-1", "TV" }, { "DP-2", "TV" } };
  static const TdWallMonitor strange[] = { { NULL, NULL }, { "VGA-1", NULL } };
  static const struct
  {
    const char          *text;
    const TdWallMonitor *monitors;
    guint                n_monitors;
    int                  chosen[3];
  } cases[] = {
    { "", both, 2, { 0 } },
    { "", both, 0, { -1 } },
    { "[wall]\nmonitor=DP-2\n", both, 2, { 1 } },
    /* A monitor that is not there is no reason to show nothing. */
    { "[wall]\nmonitor=DP-9\n", both, 2, { 0 } },
    { "[wall:DP-2]\n", both, 2, { 0, 1 } },
    { "[wall:HDMI-1]\n", both, 2, { 1, 0 } },
    { "[wall:DP-9]\n", both, 2, { 0, -1 } },
    /* The only one left is that which the other screen names. */
    { "[wall:HDMI-1]\n", both, 1, { -1, 0 } },
    { "[wall:DP-2]\n", both, 1, { 0, -1 } },
    { "[wall:DP-2]\n[wall:HDMI-1]\n", both, 2, { -1, 1, 0 } },
    /* Two of one model: the one that is named by its connector is taken by that. */
    { "[wall]\nmonitor=DP-2\n[wall:TV]\n", both, 2, { 1, 0 } },
    { "[wall:VGA-1]\n", strange, 2, { 0, 1 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TdWall) wall = load (cases[i].text, &error);
      int chosen[3] = { -7, -7, -7 };

      g_assert_no_error (error);
      td_wall_assign (wall, cases[i].monitors, cases[i].n_monitors, chosen);
      for (guint k = 0; k < td_wall_get_n_screens (wall); k++)
        g_assert_cmpint (chosen[k], ==, cases[i].chosen[k]);
    }
}

static void
test_a_message_gets_a_page (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdWall) wall = load ("[wall]\nmessage=Chào\n", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (wall->n_pages, ==, TD_N_WALL_PAGES);
  g_assert_cmpint (wall->pages[4].kind, ==, TD_WALL_PAGE_MESSAGE);
}

static void
test_the_key_is_beside_the_file (void)
{
  static const struct
  {
    const char *text;
    const char *path;
  } cases[] = {
    { "desk.key", "/etc/walls/desk.key" },
    { "../keys/desk", "/etc/keys/desk" },
    { "/run/key", "/run/key" },
  };
  g_autoptr (TdWall) wall = td_wall_new ();
  g_autofree char *at_home = g_build_filename (g_get_home_dir (), "x", "desk.key", NULL);
  g_autofree char *found = NULL;

  g_assert_null (td_wall_file_get_key_path ("/etc/walls/east.ini", wall));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = NULL;

      g_free (wall->desk_key_file);
      wall->desk_key_file = g_strdup (cases[i].text);
      path = td_wall_file_get_key_path ("/etc/walls/east.ini", wall);
      g_assert_cmpstr (path, ==, cases[i].path);
    }
  g_free (wall->desk_key_file);
  wall->desk_key_file = g_strdup ("~/x/desk.key");
  found = td_wall_file_get_key_path ("/etc/walls/east.ini", wall);
  g_assert_cmpstr (found, ==, at_home);
}

/* Each error says where it is. */
static void
test_a_fault_is_named (void)
{
  static const struct
  {
    const char *text;
    const char *place;
  } faults[] = {
    { "[wall]\nprofile=../x\n", "[wall] profile:" },
    { "[wall]\nlanguage=vi;rm\n", "[wall] language:" },
    { "[wall]\nstyle=grey\n", "[wall] style:" },
    { "[wall]\nprivacy=none\n# dark\n style = grey\n[pages]\nnow=20\n", "(line 4)" },
    { "[pages]\nnow=20\n[wall:A]\n[pages:A]\nnow=1\n", "(line 5)" },
    { "[wall]\nprivacy=all\n", "[wall] privacy:" },
    { "[wall]\nnumbers=waiting;waiting\n", "[wall] numbers:" },
    { "[wall]\nnumbers=waiting;speed\n", "[wall] numbers:" },
    { "[wall]\nqueue=a\n", "[wall] queue:" },
    { "[walls]\nqueues=a\n", "[walls]:" },
    { "[wall]\nzones=office;moon\n", "[wall] zones:" },
    { "[wall]\narrange=moon\n", "[wall] arrange:" },
    { "[wall]\norientation=moon\n", "[wall] orientation:" },
    { "[wall]\nsound=101\n", "[wall] sound:" },
    { "[wall]\nsound=-1\n", "[wall] sound:" },
    { "[wall]\nsound=loud\n", "[wall] sound:" },
    { "[wall:]\nqueues=a\n", "[wall:]:" },
    { "[wall:A]\nstyle=light\n", "[wall:A] style:" },
    { "[wall:A]\nzones=moon\n", "[wall:A] zones:" },
    { "[wall]\ndesk=10.0.0.12:8710\n", "[wall] desk:" },
    { "[wall]\ndesk=ftp://10.0.0.12\n", "[wall] desk:" },
    { "[wall]\ndesk=http://\n", "[wall] desk:" },
    { "[wall]\ndesk=http://mai:key@10.0.0.12:8710\n", "[wall] desk:" },
    { "[wall]\ndesk=http://10.0.0.12:8710/v1/room/x\n", "[wall] desk:" },
    { "[wall]\ndesk=http://10.0.0.12:8710?key=1\n", "[wall] desk:" },
    { "[wall]\ndesk=http://a;http://a\n", "[wall] desk:" },
    { "[wall]\ndesk=http://a;http://b;http://c;http://d;http://e\n", "[wall] desk:" },
    { "[wall:A]\ndesk=http://10.0.0.12:8710\n", "[wall:A] desk:" },
    { "[pages:A]\nnow=1\n", "[pages:A] now:" },
    { "[pages:A]\nmessage=20\n", "[pages:A] message:" },
    { "[wall]\nmessage=x\n[pages]\nmessage=20\n[wall:A]\nmessage=\n", "[pages:A]:" },
    { "[night:A]\nfrom=22:00\n", "[night:A]:" },
    { "[pages]\nnow=4\n", "[pages] now:" },
    { "[pages]\nnow=3601\n", "[pages] now:" },
    { "[pages]\nnow=5.5\n", "[pages] now:" },
    { "[pages]\nnow=nan\n", "[pages] now:" },
    { "[pages]\nalert=20\n", "[pages] alert:" },
    { "[pages]\nmessage=20\n", "[pages] message:" },
    { "[pages]\n", "[pages]:" },
    { "[targets]\nwaiting=-1\n", "[targets] waiting:" },
    { "[targets]\nlongest-wait-seconds=soon\n", "[targets] longest-wait-seconds:" },
    { "[night]\nfrom=22\n", "[night] from:" },
    { "[night]\nbrightness=9\n", "[night] brightness:" },
    { "[night]\nbrightness=101\n", "[night] brightness:" },
    { "now=20\n", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TdWall) wall = load (faults[i].text, &error);

      g_test_message ("%s: %s", faults[i].text, error != NULL ? error->message : "no error");
      g_assert_null (wall);
      g_assert_error (error, TD_WALL_FILE_ERROR, TD_WALL_FILE_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, faults[i].place));
      g_assert_nonnull (strstr (error->message, ".ini"));
    }
}

static void
test_what_is_too_much_is_refused (void)
{
  g_autoptr (GString) text = g_string_new ("[wall]\nmessage=");
  g_autoptr (GError) error = NULL;
  g_autoptr (TdWall) wall = NULL;

  for (guint i = 0; i <= TD_WALL_MAX_MESSAGE; i++)
    g_string_append (text, "ơ");
  wall = load (text->str, &error);
  g_assert_null (wall);
  g_assert_error (error, TD_WALL_FILE_ERROR, TD_WALL_FILE_ERROR_INVALID);
  g_clear_error (&error);

  g_string_assign (text, "[wall]\nqueues=");
  for (guint i = 0; i <= TD_WALL_MAX_QUEUES; i++)
    g_string_append_printf (text, "q%u;", i);
  wall = load (text->str, &error);
  g_assert_null (wall);
  g_assert_error (error, TD_WALL_FILE_ERROR, TD_WALL_FILE_ERROR_INVALID);
  g_clear_error (&error);

  g_string_set_size (text, 70000);
  memset (text->str, '#', text->len);
  wall = load (text->str, &error);
  g_assert_null (wall);
  g_assert_error (error, TD_WALL_FILE_ERROR, TD_WALL_FILE_ERROR_INVALID);
  g_clear_error (&error);

  wall = td_wall_file_load ("/nowhere/wall.ini", &error);
  g_assert_null (wall);
  g_assert_error (error, TD_WALL_FILE_ERROR, TD_WALL_FILE_ERROR_INVALID);
}

static void
test_the_examples_can_be_read (void)
{
  g_autoptr (GDir) dir = g_dir_open (TD_WALLS, 0, NULL);
  const char *name;
  guint       n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (TD_WALLS, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (TdWall) wall = NULL;

      if (!g_str_has_suffix (name, ".ini"))
        continue;
      wall = td_wall_file_load (path, &error);
      g_assert_no_error (error);
      g_assert_cmpint (wall->privacy, ==, TD_WALL_PRIVACY_NONE);
      n++;
    }
  g_assert_cmpuint (n, >=, 3);
}

static void
assert_same (const TdWall *a,
             const TdWall *b)
{
  g_assert_cmpstr (a->profile, ==, b->profile);
  g_assert_cmpstr (a->language, ==, b->language);
  g_assert_cmpint (a->is_light, ==, b->is_light);
  g_assert_cmpint (a->privacy, ==, b->privacy);
  g_assert_cmpstr (a->monitor, ==, b->monitor);
  g_assert_cmpstr (a->message, ==, b->message);
  g_assert_cmpint (a->queues != NULL, ==, b->queues != NULL);
  if (a->queues != NULL)
    g_assert_cmpstrv (a->queues, b->queues);
  g_assert_cmpint (a->desks != NULL, ==, b->desks != NULL);
  if (a->desks != NULL)
    g_assert_cmpstrv (a->desks, b->desks);
  g_assert_cmpstr (a->desk_key_file, ==, b->desk_key_file);
  g_assert_cmpuint (a->n_pages, ==, b->n_pages);
  for (guint i = 0; i < a->n_pages; i++)
    {
      g_assert_cmpint (a->pages[i].kind, ==, b->pages[i].kind);
      g_assert_cmpuint (a->pages[i].seconds, ==, b->pages[i].seconds);
    }
  g_assert_cmpuint (a->n_numbers, ==, b->n_numbers);
  g_assert_cmpmem (a->numbers, a->n_numbers * sizeof *a->numbers, b->numbers, b->n_numbers * sizeof *b->numbers);
  g_assert_cmpint (a->waiting_target, ==, b->waiting_target);
  g_assert_cmpint (a->longest_target_ms, ==, b->longest_target_ms);
  g_assert_cmpint (a->serving_target, ==, b->serving_target);
  g_assert_cmpuint (a->night_from, ==, b->night_from);
  g_assert_cmpuint (a->night_to, ==, b->night_to);
  g_assert_cmpuint (a->zones, ==, b->zones);
  g_assert_cmpint (a->arrange, ==, b->arrange);
  g_assert_cmpint (a->sound, ==, b->sound);
  g_assert_cmpint (a->orientation, ==, b->orientation);
  g_assert_cmpuint (a->teams != NULL, ==, b->teams != NULL);
  g_assert_true (a->teams == NULL || g_strv_equal ((const char *const *)a->teams, (const char *const *)b->teams));
  g_assert_cmpfloat_with_epsilon (a->night_brightness, b->night_brightness, 1e-9);
  g_assert_cmpuint (a->own, ==, b->own);
  g_assert_cmpuint (td_wall_get_n_screens (a), ==, td_wall_get_n_screens (b));
  for (guint i = 1; i < td_wall_get_n_screens (a); i++)
    assert_same (td_wall_get_screen (a, i), td_wall_get_screen (b, i));
}

static void
assert_comes_back (const char   *path,
                   const TdWall *wall)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdWall) read = NULL;

  td_wall_file_save (path, wall, &error);
  g_assert_no_error (error);
  read = td_wall_file_load (path, &error);
  g_assert_no_error (error);
  assert_same (wall, read);
}

/* Each wall is written over the one before, which leaves nothing behind but what a person wrote. */
static void
test_what_is_written_is_read (void)
{
  g_autofree char *path = td_wall_file_get_default_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  g_autoptr (TdWall) plain = td_wall_new ();
  g_autoptr (TdWall) full = td_wall_new ();

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "# of the east room\n[wall]\n# who looks\nprofile=east\n[wall:DP-2]\nqueues=c\n", -1, NULL));
  full->profile = g_strdup ("south");
  full->language = g_strdup ("vi");
  full->is_light = TRUE;
  full->privacy = TD_WALL_PRIVACY_NAMES;
  full->monitor = g_strdup ("HDMI-A-1");
  full->message = g_strdup ("Trạm 110 kV; dự kiến 15:30");
  full->queues = g_strsplit ("a;b", ";", -1);
  full->desks = g_strsplit ("http://10.0.0.12:8710;http://10.0.0.13:8710", ";", -1);
  full->desk_key_file = g_strdup ("~/desk.key");
  full->zones = 1u << TD_PLACE_OFFICE | 1u << TD_PLACE_PARTNER;
  full->arrange = TD_WALL_ARRANGE_TEAM;
  full->sound = 40;
  full->orientation = TD_WALL_ORIENTATION_PORTRAIT_LEFT;
  full->teams = g_strsplit ("Đội 1;Đội 2", ";", -1);
  full->pages[0] = (TdWallPage){ TD_WALL_PAGE_MESSAGE, 7 };
  full->pages[1] = (TdWallPage){ TD_WALL_PAGE_NOW, 3600 };
  full->n_pages = 2;
  full->numbers[0] = TD_WALL_NUMBER_SERVING;
  full->numbers[1] = TD_WALL_NUMBER_WAITING;
  full->n_numbers = 2;
  full->waiting_target = 10;
  full->longest_target_ms = 90000;
  full->serving_target = 71;
  full->night_from = 22 * 60;
  full->night_to = 6 * 60 + 30;
  full->night_brightness = 0.4;

  td_wall_add_screen (full, "DP-2")->own = 1u << TD_WALL_PART_QUEUES;
  assert_comes_back (path, full);
  assert_comes_back (path, plain);
  assert_comes_back (path, full);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "# of the east room"));
  g_assert_nonnull (strstr (text, "# who looks"));
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_comes_back (path, full);
}

/* Of another screen: what it has of its own, though that be nothing, and no more. */
static void
test_another_screen_is_written (void)
{
  g_autofree char *path = td_wall_file_get_default_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  g_autoptr (TdWall) wall = td_wall_new ();
  g_autoptr (TdWall) read = NULL;
  g_autoptr (GError) error = NULL;
  TdWall *own, *none;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "[wall:gone]\nqueues=a\n[pages:gone]\nnow=20\n[targets:gone]\nwaiting=2\n", -1, NULL));
  wall->queues = g_strsplit ("a;b", ";", -1);
  wall->zones = 1u << TD_PLACE_HOME;
  wall->message = g_strdup ("Chào");
  wall->pages[wall->n_pages++] = (TdWallPage){ TD_WALL_PAGE_MESSAGE, 9 };
  wall->waiting_target = 10;
  wall->longest_target_ms = 90000;
  td_wall_add_screen (wall, "DP-1");
  own = td_wall_add_screen (wall, "HDMI-A-2");
  own->own = (1u << TD_N_WALL_PARTS) - 1;
  own->privacy = TD_WALL_PRIVACY_NAMES;
  own->pages[0] = (TdWallPage){ TD_WALL_PAGE_PEOPLE, 7 };
  own->n_pages = 1;
  own->n_numbers = 2;
  g_strfreev (own->queues);
  own->queues = g_strsplit ("c", ";", -1);
  own->zones = 1u << TD_PLACE_OFFICE;
  own->arrange = TD_WALL_ARRANGE_QUEUE;
  own->orientation = TD_WALL_ORIENTATION_FLIPPED;
  own->teams = g_strsplit ("Đội 3", ";", -1);
  own->waiting_target = 3;
  own->serving_target = 4;
  g_clear_pointer (&own->message, g_free);
  /* It takes away what the first has. */
  none = td_wall_add_screen (wall, "TV of the hall");
  none->own = 1u << TD_WALL_PART_QUEUES | 1u << TD_WALL_PART_ZONES | 1u << TD_WALL_PART_MESSAGE | 1u << TD_WALL_PART_WAITING;
  g_clear_pointer (&none->queues, g_strfreev);
  none->zones = 0;
  g_clear_pointer (&none->message, g_free);
  none->waiting_target = TD_UNKNOWN;
  td_wall_settle (wall);

  assert_comes_back (path, wall);
  assert_comes_back (path, wall);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, ":gone]"));
  g_assert_null (strstr (text, "[pages:DP-1]"));
  g_assert_null (strstr (text, "[targets:DP-1]"));
  read = td_wall_file_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (td_wall_get_n_screens (read), ==, 4);
  g_assert_cmpint (td_wall_get_screen (read, 1)->waiting_target, ==, 10);
  g_assert_cmpint (td_wall_get_screen (read, 2)->longest_target_ms, ==, 90000);
  g_assert_cmpint (td_wall_get_screen (read, 3)->waiting_target, ==, TD_UNKNOWN);
  g_assert_null (td_wall_get_screen (read, 3)->queues);
  g_assert_cmpuint (td_wall_get_screen (read, 3)->n_pages, ==, 4);

  /* What it has from the first changes with that. */
  wall->waiting_target = 11;
  td_wall_settle (wall);
  g_assert_cmpint (td_wall_get_screen (wall, 1)->waiting_target, ==, 11);
  g_assert_cmpint (td_wall_get_screen (wall, 2)->waiting_target, ==, 3);
}

/* Comments go with what they stand above, however often it is written. */
static void
test_comments_stay (void)
{
  static const char before[] = "# a room\n\n[wall]\n# who looks\nprofile=east\n# a style\nstyle=dark\nprivacy=none\n"
                               "numbers=waiting;longest-wait;service-level;rate;calls-today;serving\n\n"
                               "# the pages\n[pages]\n# first\nnow=30\n# then\nqueues=20\n\n"
                               "# another\n[wall:DP-2]\n# of the hall\nqueues=c\n# the end\n";
  g_autofree char  *path = td_wall_file_get_default_path ();
  g_autofree char  *folder = g_path_get_dirname (path);
  g_autofree char  *same = NULL;
  g_autofree char  *after = NULL;
  g_autoptr (TdWall) wall = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, before, -1, NULL));
  wall = td_wall_file_load (path, &error);
  g_assert_no_error (error);
  assert_comes_back (path, wall);
  g_assert_true (g_file_get_contents (path, &same, NULL, NULL));
  g_assert_cmpstr (same, ==, before);

  for (guint i = 0; i < 2; i++)
    {
      TdWallPage first = wall->pages[0];

      wall->pages[0] = wall->pages[1];
      wall->pages[1] = first;
      td_wall_settle (wall);
      assert_comes_back (path, wall);
    }
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, before);
  g_clear_pointer (&after, g_free);

  /* What is new does not come between the next group and what is told of it. */
  wall->message = g_strdup ("Chào");
  wall->waiting_target = 3;
  g_assert_true (td_wall_file_save (path, wall, &error));
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_nonnull (strstr (after, "serving\nmessage=Chào\n\n# the pages\n[pages]\n# first\nnow=30\n# then\nqueues=20\n"));
  g_assert_nonnull (strstr (after, "\n\n[targets]\nwaiting=3\n"));
}

/* What cannot be read is not written over: somebody may want to mend it. */
static void
test_what_is_no_wall_is_left_alone (void)
{
  g_autofree char *path = td_wall_file_get_default_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  g_autoptr (TdWall) wall = td_wall_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "[wall]\nprofile=east\nwhat a mess\n", -1, NULL));
  g_assert_false (td_wall_file_save (path, wall, &error));
  g_assert_error (error, TD_WALL_FILE_ERROR, TD_WALL_FILE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "what a mess"));
}

static void
test_a_screen_has_a_name (void)
{
  static const char *const good[] = { "HDMI-A-2", "DELL U2720Q", "Màn hình 1", "a:b" };
  static const char *const bad[] = { "", " DP-1", "DP-1 ", "a[b", "a]b", "a\nb", "\xff", "12345678901234567890123456789012345678901234567890123456789012345" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *text = g_strdup_printf ("[wall:%s]\nqueues=a\n", good[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (TdWall) wall = load (text, &error);

      g_assert_no_error (error);
      g_assert_true (td_wall_file_is_screen_name (good[i]));
      g_assert_cmpstr (td_wall_get_screen (wall, 1)->monitor, ==, good[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (td_wall_file_is_screen_name (bad[i]));
}

/* What the desk says comes back as it was said, and is gone when its time is over. */
static void
test_a_message_is_kept (void)
{
  g_autofree char *path = td_wall_message_get_path ("south");
  g_autofree char *other = td_wall_message_get_path (NULL);
  g_auto (TdWallMessage) none = TD_WALL_MESSAGE_NONE;
  g_auto (TdWallMessage) read = TD_WALL_MESSAGE_NONE;
  TdWallMessage message = { (char *)"Trạm 110 kV Hóc Môn; \\ mất điện =]", G_GINT64_CONSTANT (1795305600) * G_USEC_PER_SEC,
                            G_GINT64_CONSTANT (1795302000) * G_USEC_PER_SEC };
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (path, !=, other);
  g_assert_true (td_wall_message_load (path, &none, &error));
  g_assert_no_error (error);
  g_assert_null (none.text);
  g_assert_false (td_wall_message_is_up (&none, 0));

  td_wall_message_save (path, &message, &error);
  g_assert_no_error (error);
  g_assert_true (td_wall_message_load (path, &read, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (read.text, ==, message.text);
  g_assert_true (td_wall_message_equal (&read, &message));
  g_assert_true (td_wall_message_is_up (&read, message.until - 1));
  g_assert_false (td_wall_message_is_up (&read, message.until));

  td_wall_message_save (path, &none, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  td_wall_message_save (path, &none, &error);
  g_assert_no_error (error);
}

static void
test_a_bad_message_is_named (void)
{
  static const struct
  {
    const char *text;
    const char *fault;
  } cases[] = {
    { "[message]\ntext=a\nuntil=soon\n", "[message] until: " },
    { "[message]\ntext=a\nsince=now\n", "[message] since: " },
    { "text=a\n", "" },
    { "[message]\ntext=\xff\n", "" },
  };
  g_autofree char *path = td_wall_message_get_path ("south");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *long_text = g_strnfill (TD_WALL_MAX_MESSAGE + 1, 'a');
  g_autofree char *too_long = g_strdup_printf ("[message]\ntext=%s\n", long_text);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (guint i = 0; i <= G_N_ELEMENTS (cases); i++)
    {
      g_auto (TdWallMessage) read = TD_WALL_MESSAGE_NONE;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, i < G_N_ELEMENTS (cases) ? cases[i].text : too_long, -1, NULL));
      g_assert_false (td_wall_message_load (path, &read, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, path));
      g_assert_nonnull (strstr (error->message, i < G_N_ELEMENTS (cases) ? cases[i].fault : "[message] text: "));
      g_assert_null (read.text);
    }
  g_assert_cmpint (g_unlink (path), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_home_init ();

  test_home_add_func ("/wall-file/without-a-word-nobody-is-named", test_without_a_word_nobody_is_named);
  test_home_add_func ("/wall-file/everything-is-read", test_everything_is_read);
  test_home_add_func ("/wall-file/a-message-gets-a-page", test_a_message_gets_a_page);
  test_home_add_func ("/wall-file/a-screen-hangs-as-it-says", test_a_screen_hangs_as_it_says);
  test_home_add_func ("/wall-file/people-may-be-arranged", test_people_may_be_arranged);
  test_home_add_func ("/wall-file/a-zone-may-be-left-out", test_a_zone_may_be_left_out);
  test_home_add_func ("/wall-file/a-screen-has-what-the-first-has", test_a_screen_has_what_the_first_has);
  test_home_add_func ("/wall-file/there-are-only-so-many-screens", test_there_are_only_so_many_screens);
  test_home_add_func ("/wall-file/each-screen-finds-its-monitor", test_each_screen_finds_its_monitor);
  test_home_add_func ("/wall-file/a-fault-is-named", test_a_fault_is_named);
  test_home_add_func ("/wall-file/the-key-is-beside-the-file", test_the_key_is_beside_the_file);
  test_home_add_func ("/wall-file/what-is-too-much-is-refused", test_what_is_too_much_is_refused);
  test_home_add_func ("/wall-file/the-examples-can-be-read", test_the_examples_can_be_read);
  test_home_add_func ("/wall-file/what-is-written-is-read", test_what_is_written_is_read);
  test_home_add_func ("/wall-file/another-screen-is-written", test_another_screen_is_written);
  test_home_add_func ("/wall-file/comments-stay", test_comments_stay);
  test_home_add_func ("/wall-file/what-is-no-wall-is-left-alone", test_what_is_no_wall_is_left_alone);
  test_home_add_func ("/wall-file/a-screen-has-a-name", test_a_screen_has_a_name);
  test_home_add_func ("/wall-file/a-message-is-kept", test_a_message_is_kept);
  test_home_add_func ("/wall-file/a-bad-message-is-named", test_a_bad_message_is_named);

  return test_home_run ();
}
