/* test-sound.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "td-sound.h"

#define PEAK_LIMIT 0.81
#define FULL_SCALE 32767.0

/* Of the highest tone and its octave, with a tenth more for the envelope: a
 * click is a step that no tone takes. */
#define MAX_STEP (1.1 * 2 * G_PI * 2 * 1046.5 / TD_TONE_RATE)

static guint32
read_u32 (const guint8 *at)
{
  return (guint32)at[0] | (guint32)at[1] << 8 | (guint32)at[2] << 16 | (guint32)at[3] << 24;
}

static double
get_sample (const guint8 *wav,
            guint         i)
{
  const guint8 *at = wav + TD_TONE_WAV_HEAD + 2 * i;

  return (gint16)(guint16)(at[0] | at[1] << 8) / FULL_SCALE;
}

static double
get_peak (TdTone tone,
          double volume)
{
  g_autoptr (GBytes) bytes = td_tone_render (tone, volume);
  gsize         length;
  const guint8 *wav = g_bytes_get_data (bytes, &length);
  double        peak = 0;

  for (guint i = 0; i < (length - TD_TONE_WAV_HEAD) / 2; i++)
    peak = MAX (peak, fabs (get_sample (wav, i)));

  return peak;
}

static void
test_head (void)
{
  for (guint tone = 0; tone < TD_N_TONES; tone++)
    {
      g_autoptr (GBytes) bytes = td_tone_render ((TdTone)tone, 1);
      gsize         length;
      const guint8 *wav = g_bytes_get_data (bytes, &length);

      g_assert_cmpmem (wav, 4, "RIFF", 4);
      g_assert_cmpmem (wav + 8, 8, "WAVEfmt ", 8);
      g_assert_cmpmem (wav + 36, 4, "data", 4);
      g_assert_cmpuint (read_u32 (wav + 4), ==, length - 8);
      g_assert_cmpuint (read_u32 (wav + 24), ==, TD_TONE_RATE);
      g_assert_cmpuint (read_u32 (wav + 40), ==, length - TD_TONE_WAV_HEAD);
    }
}

static void
test_length (void)
{
  static const double least[] = { 0.3, 0.6, 1.4 };

  for (guint tone = 0; tone < TD_N_TONES; tone++)
    {
      g_autoptr (GBytes) bytes = td_tone_render ((TdTone)tone, 1);
      double seconds = (double)(g_bytes_get_size (bytes) - TD_TONE_WAV_HEAD) / 2 / TD_TONE_RATE;

      g_assert_cmpfloat (seconds, >, least[tone]);
      g_assert_cmpfloat (seconds, <, 2);
    }
}

static void
test_peak (void)
{
  for (guint tone = 0; tone < TD_N_TONES; tone++)
    {
      double full = get_peak ((TdTone)tone, 1);

      g_assert_cmpfloat (full, >, 0.2);
      g_assert_cmpfloat (full, <, PEAK_LIMIT);
      g_assert_cmpfloat_with_epsilon (get_peak ((TdTone)tone, 0.5), full / 4, 0.001);
      g_assert_cmpfloat (get_peak ((TdTone)tone, 0), <=, 0);
      g_assert_cmpfloat_with_epsilon (get_peak ((TdTone)tone, 7), full, 0.0001);
    }

  /* The more it matters, the louder. */
  g_assert_cmpfloat (get_peak (TD_TONE_NOTICE, 1), <, get_peak (TD_TONE_WARNING, 1));
  g_assert_cmpfloat (get_peak (TD_TONE_WARNING, 1), <, get_peak (TD_TONE_ALARM, 1));
}

static void
test_no_click (void)
{
  for (guint tone = 0; tone < TD_N_TONES; tone++)
    {
      g_autoptr (GBytes) bytes = td_tone_render ((TdTone)tone, 1);
      const guint8 *wav = g_bytes_get_data (bytes, NULL);
      guint         n = (guint)(g_bytes_get_size (bytes) - TD_TONE_WAV_HEAD) / 2;

      g_assert_cmpfloat (fabs (get_sample (wav, 0)), <, 0.001);
      g_assert_cmpfloat (fabs (get_sample (wav, n - 1)), <, 0.001);
      for (guint i = 1; i < n; i++)
        g_assert_cmpfloat (fabs (get_sample (wav, i) - get_sample (wav, i - 1)), <, MAX_STEP);
    }
}

static void
test_quiet_hours (void)
{
  g_assert_false (td_sound_is_quiet (0, 0, 0));
  g_assert_false (td_sound_is_quiet (600, 600, 600));
  g_assert_true (td_sound_is_quiet (60, 120, 60));
  g_assert_false (td_sound_is_quiet (60, 120, 120));
  g_assert_true (td_sound_is_quiet (22 * 60, 6 * 60, 23 * 60));
  g_assert_true (td_sound_is_quiet (22 * 60, 6 * 60, 0));
  g_assert_false (td_sound_is_quiet (22 * 60, 6 * 60, 6 * 60));
  g_assert_false (td_sound_is_quiet (22 * 60, 6 * 60, 21 * 60));
}

typedef struct
{
  char    *folder; /* the only one on the PATH */
  char    *path;   /* the one before */
  TdSound *sound;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("tongdai-sound-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_strdup (g_getenv ("PATH"));
  g_setenv ("PATH", fixture->folder, TRUE);
  fixture->sound = td_sound_new ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_clear_object (&fixture->sound);
  g_setenv ("PATH", fixture->path, TRUE);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
add_player (Fixture    *fixture,
            const char *name,
            const char *script)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\nPATH=/usr/bin:/bin\ncd '%s'\n%s\n", fixture->folder, script);

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, &error);
  g_assert_no_error (error);
}

static gboolean
is_there (Fixture    *fixture,
          const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
wait_for_silence (Fixture *fixture)
{
  while (td_sound_is_playing (fixture->sound))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_no_player (Fixture      *fixture,
                gconstpointer data)
{
  g_assert_false (td_sound_can_play (fixture->sound));
  td_sound_play (fixture->sound, TD_TONE_ALARM, 1);
  g_assert_false (td_sound_is_playing (fixture->sound));
}

static void
test_plays (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GBytes) expected = td_tone_render (TD_TONE_WARNING, 0.7);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "heard", NULL);
  g_autofree char *heard = NULL;
  gsize            length;

  add_player (fixture, "aplay", "cat \"$1\" > heard");
  g_assert_true (td_sound_can_play (fixture->sound));
  td_sound_play (fixture->sound, TD_TONE_WARNING, 0.7);
  g_assert_true (td_sound_is_playing (fixture->sound));
  wait_for_silence (fixture);

  g_file_get_contents (path, &heard, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (heard, length, g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
}

static void
test_other_player (Fixture      *fixture,
                   gconstpointer data)
{
  add_player (fixture, "pw-play", "echo >> tried; exit 1");
  add_player (fixture, "aplay", "touch heard");
  td_sound_play (fixture->sound, TD_TONE_NOTICE, 1);
  wait_for_silence (fixture);
  g_assert_true (is_there (fixture, "tried"));
  g_assert_true (is_there (fixture, "heard"));
}

static void
test_none_works (Fixture      *fixture,
                 gconstpointer data)
{
  add_player (fixture, "pw-play", "exit 1");
  add_player (fixture, "paplay", "exit 1");
  td_sound_play (fixture->sound, TD_TONE_NOTICE, 1);
  wait_for_silence (fixture);
  td_sound_play (fixture->sound, TD_TONE_ALARM, 1);
  wait_for_silence (fixture);
}

/* An alarm ends a notice; a notice waits for nobody. */
static void
test_most_urgent (Fixture      *fixture,
                  gconstpointer data)
{
  add_player (fixture, "aplay", "touch begun; exec sleep 600");
  td_sound_play (fixture->sound, TD_TONE_WARNING, 1);
  while (!is_there (fixture, "begun"))
    g_main_context_iteration (NULL, FALSE);

  add_player (fixture, "aplay", "cat \"$1\" > heard");
  td_sound_play (fixture->sound, TD_TONE_NOTICE, 1);
  td_sound_play (fixture->sound, TD_TONE_WARNING, 1);
  td_sound_play (fixture->sound, TD_TONE_ALARM, 1);
  wait_for_silence (fixture);
  g_assert_true (is_there (fixture, "heard"));
}

static void
test_settings (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (TD_APP_ID);

  add_player (fixture, "aplay", "exit 0");
  /* What nobody takes is heard as what is more urgent. */
  g_assert_true (td_sound_alert (fixture->sound, TD_TONE_NOTICE, settings, 0, 1));
  wait_for_silence (fixture);
  g_assert_false (td_sound_alert (fixture->sound, TD_TONE_NOTICE, settings, 0, 0));
  g_assert_true (td_sound_alert (fixture->sound, TD_TONE_ALARM, settings, 0, 0));

  g_settings_set_int (settings, "quiet-from", 22 * 60);
  g_settings_set_int (settings, "quiet-to", 6 * 60);
  g_assert_false (td_sound_alert (fixture->sound, TD_TONE_ALARM, settings, 0, 0));
  g_assert_true (td_sound_alert (fixture->sound, TD_TONE_ALARM, settings, 12 * 60, 0));

  g_settings_set_boolean (settings, "sound-alarm", FALSE);
  g_assert_false (td_sound_alert (fixture->sound, TD_TONE_ALARM, settings, 12 * 60, 0));
  g_settings_set_boolean (settings, "sound-notice", TRUE);
  g_assert_true (td_sound_alert (fixture->sound, TD_TONE_NOTICE, settings, 12 * 60, 0));
  g_settings_set_int (settings, "sound-volume", 0);
  g_assert_false (td_sound_alert (fixture->sound, TD_TONE_NOTICE, settings, 12 * 60, 0));
  wait_for_silence (fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sound/is-a-wav-file", test_head);
  g_test_add_func ("/sound/is-short", test_length);
  g_test_add_func ("/sound/has-its-peak", test_peak);
  g_test_add_func ("/sound/does-not-click", test_no_click);
  g_test_add_func ("/sound/knows-quiet-hours", test_quiet_hours);
#define ADD(path, func) g_test_add ("/sound/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("is-silent-without-a-player", test_no_player);
  ADD ("reaches-the-player", test_plays);
  ADD ("tries-another-player", test_other_player);
  ADD ("fails-without-a-word", test_none_works);
  ADD ("lets-the-most-urgent-be-heard", test_most_urgent);
  ADD ("obeys-the-settings", test_settings);

  return g_test_run ();
}
