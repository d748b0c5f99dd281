/* td-sound.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* For memfd_create(). */
#define _GNU_SOURCE

#include "config.h"

#include "td-sound.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

/* The longest tone takes less than two seconds; a player that hangs, as
 * without a sound server it may, is ended. */
#define PLAYER_DEADLINE_MS 8000

/* How much louder each time that nobody took an alert. */
#define ESCALATION_GAIN 0.25

/* Where the child finds the tone. */
#define TONE_FD 3
#define TONE_PATH "/dev/fd/3"

/* The first that is there and works. Each reads the file's head itself. */
static const char *const players[] = { "pw-play", "paplay", "aplay" };

static const char *const level_keys[TD_N_TONES] = { "sound-notice", "sound-warning", "sound-alarm" };

struct _TdSound
{
  GObject parent_instance;

  GSubprocess *process; /* (owned) (nullable): the player under way */
  GBytes      *wav;     /* (owned) (nullable): what it plays */
  TdTone       tone;    /* likewise */
  guint        player;  /* the next to try, of players */
  guint        n_tried; /* for this tone */
  guint        timer;   /* the deadline of the player */
};

G_DEFINE_FINAL_TYPE (TdSound, td_sound, G_TYPE_OBJECT)

static void start_player (TdSound *self);

static char *
find_player (const TdSound *self,
             guint          i)
{
  return g_find_program_in_path (players[(self->player + i) % G_N_ELEMENTS (players)]);
}

static void
end_player (TdSound *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
  g_clear_object (&self->process);
}

static void
exited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdSound) self = user_data;
  gboolean good = g_subprocess_wait_check_finish (G_SUBPROCESS (object), result, NULL);

  if (self->process != G_SUBPROCESS (object))
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->process);
  if (good)
    return;

  /* Not the one for this machine: the next one, now and from now on. */
  self->player = (self->player + 1) % G_N_ELEMENTS (players);
  if (++self->n_tried < G_N_ELEMENTS (players))
    start_player (self);
  else
    g_info ("No program here plays a sound");
}

static gboolean
deadline_cb (gpointer user_data)
{
  TdSound *self = user_data;

  self->timer = 0;
  g_subprocess_force_exit (self->process);

  return G_SOURCE_REMOVE;
}

/* In memory alone: nothing is left behind, whoever ends first. */
static int
create_file (GBytes *wav)
{
  gsize       length;
  const char *data = g_bytes_get_data (wav, &length);
  int         fd = memfd_create ("tone.wav", MFD_CLOEXEC);

  while (fd >= 0 && length > 0)
    {
      gssize written = write (fd, data, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        {
          close (fd);
          return -1;
        }
      data += written;
      length -= (gsize)written;
    }
  if (fd >= 0 && lseek (fd, 0, SEEK_SET) != 0)
    {
      close (fd);
      return -1;
    }

  return fd;
}

static void
start_player (TdSound *self)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int              fd;

  for (; self->n_tried < G_N_ELEMENTS (players); self->n_tried++)
    {
      path = find_player (self, 0);
      if (path != NULL)
        break;
      self->player = (self->player + 1) % G_N_ELEMENTS (players);
    }
  if (path == NULL)
    return;

  fd = create_file (self->wav);
  if (fd < 0)
    {
      g_info ("A sound cannot be played: %s", g_strerror (errno));
      return;
    }

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_take_fd (launcher, fd, TONE_FD);
  self->process = g_subprocess_launcher_spawn (launcher, &error, path, TONE_PATH, NULL);
  if (self->process == NULL)
    {
      g_info ("A sound cannot be played: %s", error->message);
      return;
    }

  self->timer = g_timeout_add (PLAYER_DEADLINE_MS, deadline_cb, self);
  g_subprocess_wait_check_async (self->process, NULL, exited_cb, g_object_ref (self));
}

static void
td_sound_dispose (GObject *object)
{
  TdSound *self = TD_SOUND (object);

  end_player (self);
  g_clear_pointer (&self->wav, g_bytes_unref);

  G_OBJECT_CLASS (td_sound_parent_class)->dispose (object);
}

static void
td_sound_class_init (TdSoundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = td_sound_dispose;
}

static void
td_sound_init (TdSound *self)
{
}

TdSound *
td_sound_new (void)
{
  return g_object_new (TD_TYPE_SOUND, NULL);
}

/**
 * td_sound_can_play:
 * @self: a player of sounds
 *
 * Returns: whether there is a program that plays sounds; whether the machine
 *   has a loudspeaker, nobody can tell
 */
gboolean
td_sound_can_play (TdSound *self)
{
  g_return_val_if_fail (TD_IS_SOUND (self), FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (players); i++)
    {
      g_autofree char *path = find_player (self, i);

      if (path != NULL)
        return TRUE;
    }

  return FALSE;
}

gboolean
td_sound_is_playing (TdSound *self)
{
  g_return_val_if_fail (TD_IS_SOUND (self), FALSE);

  return self->process != NULL;
}

/**
 * td_sound_play:
 * @self: a player of sounds
 * @tone: what is heard
 * @volume: 0…1; at 0 nothing is
 *
 * Plays it at once, unless one that is as urgent is being played: many alerts
 * of a moment are one sound.
 */
void
td_sound_play (TdSound *self,
               TdTone   tone,
               double   volume)
{
  g_return_if_fail (TD_IS_SOUND (self));
  g_return_if_fail (tone < TD_N_TONES);

  if (volume <= 0 || (self->process != NULL && self->tone >= tone))
    return;

  end_player (self);
  g_clear_pointer (&self->wav, g_bytes_unref);
  self->wav = td_tone_render (tone, volume);
  self->tone = tone;
  self->n_tried = 0;
  start_player (self);
}

/**
 * td_sound_alert:
 * @self: a player of sounds
 * @tone: of the alert's level
 * @settings: of the program
 * @minute: of the day it is here, 0…1439
 * @escalation: how often nobody took it in time; 0 for what is new
 *
 * Plays @tone as the person wants it: at their volume, unless its level is to
 * be silent, or all are in these hours. What nobody took is louder each time,
 * and sounds like what is more urgent.
 *
 * Returns: whether it was to be heard
 */
gboolean
td_sound_alert (TdSound   *self,
                TdTone     tone,
                GSettings *settings,
                guint      minute,
                guint      escalation)
{
  int volume;

  g_return_val_if_fail (TD_IS_SOUND (self), FALSE);
  g_return_val_if_fail (tone < TD_N_TONES, FALSE);
  g_return_val_if_fail (G_IS_SETTINGS (settings), FALSE);

  tone = (TdTone)MIN (tone + MIN (escalation, TD_N_TONES), TD_TONE_ALARM);
  volume = g_settings_get_int (settings, "sound-volume");
  if (volume == 0 || !g_settings_get_boolean (settings, level_keys[tone]) ||
      td_sound_is_quiet ((guint)g_settings_get_int (settings, "quiet-from"),
                         (guint)g_settings_get_int (settings, "quiet-to"), minute))
    return FALSE;

  td_sound_play (self, tone, MIN (volume / 100.0 * (1 + ESCALATION_GAIN * escalation), 1));

  return TRUE;
}

/**
 * td_sound_is_quiet:
 * @from: minute of the day at which the quiet hours begin
 * @to: minute at which they end, perhaps of the next day; @from for no quiet hours
 * @minute: of the day
 *
 * Returns: whether @minute is one of them
 */
gboolean
td_sound_is_quiet (guint from,
                   guint to,
                   guint minute)
{
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
