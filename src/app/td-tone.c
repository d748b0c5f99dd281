/* td-tone.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-tone.h"

#include <math.h>
#include <string.h>

#define FULL_SCALE 32767.0
#define SAMPLE_BYTES 2

/* Louder at a volume of 1 than this, and cheap loudspeakers rattle. */
#define PEAK 0.8

/* The octave that lets a small loudspeaker carry the tone, against the tone. */
#define OCTAVE 0.25

/* Long enough that neither end of a stroke is heard as a click. */
#define ATTACK_S 0.008
#define RELEASE_S 0.040

typedef struct
{
  double start;     /* seconds */
  double length;    /* seconds */
  double frequency; /* Hz; 0 for the end of the list */
} Stroke;

static const Stroke tones[TD_N_TONES][7] = {
  [TD_TONE_NOTICE] = { { 0, 0.45, 587.33 } },
  [TD_TONE_WARNING] = { { 0, 0.28, 587.33 }, { 0.24, 0.50, 783.99 } },
  [TD_TONE_ALARM] = {
    { 0, 0.16, 783.99 },
    { 0.16, 0.24, 1046.50 },
    { 0.50, 0.16, 783.99 },
    { 0.66, 0.24, 1046.50 },
    { 1.00, 0.16, 783.99 },
    { 1.16, 0.44, 1046.50 },
  },
};

/* How hard each is struck. */
static const double strengths[TD_N_TONES] = { 0.5, 0.75, 1 };

/* Half a cosine up and down, and dying away in between, as what is struck does. */
static double
get_envelope (const Stroke *stroke,
              double        at)
{
  double up = at < ATTACK_S ? 0.5 - 0.5 * cos (G_PI * at / ATTACK_S) : 1;
  double left = stroke->length - at;
  double down = left < RELEASE_S ? 0.5 - 0.5 * cos (G_PI * left / RELEASE_S) : 1;

  return up * down * exp (-2 * at / stroke->length);
}

static double
get_value (const Stroke *strokes,
           double        at)
{
  double value = 0;

  for (const Stroke *stroke = strokes; stroke->frequency > 0; stroke++)
    {
      double phase = 2 * G_PI * stroke->frequency * (at - stroke->start);

      if (at < stroke->start || at >= stroke->start + stroke->length)
        continue;
      value += get_envelope (stroke, at - stroke->start) * (sin (phase) + OCTAVE * sin (2 * phase)) / (1 + OCTAVE);
    }

  return CLAMP (value, -1, 1);
}

static void
append_u32 (GByteArray *wav,
            guint32     value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (wav, (const guint8 *)&little, sizeof little);
}

static void
append_u16 (GByteArray *wav,
            guint16     value)
{
  guint16 little = GUINT16_TO_LE (value);

  g_byte_array_append (wav, (const guint8 *)&little, sizeof little);
}

static void
append_head (GByteArray *wav,
             guint       n_samples)
{
  g_byte_array_append (wav, (const guint8 *)"RIFF", 4);
  append_u32 (wav, TD_TONE_WAV_HEAD - 8 + n_samples * SAMPLE_BYTES);
  g_byte_array_append (wav, (const guint8 *)"WAVEfmt ", 8);
  append_u32 (wav, 16);
  append_u16 (wav, 1); /* PCM */
  append_u16 (wav, 1); /* channel */
  append_u32 (wav, TD_TONE_RATE);
  append_u32 (wav, TD_TONE_RATE * SAMPLE_BYTES);
  append_u16 (wav, SAMPLE_BYTES);
  append_u16 (wav, SAMPLE_BYTES * 8);
  g_byte_array_append (wav, (const guint8 *)"data", 4);
  append_u32 (wav, n_samples * SAMPLE_BYTES);
}

/**
 * td_tone_render:
 * @tone: what it sounds like
 * @volume: 0…1, as loudness is felt: half of it is a quarter of the amplitude
 *
 * Any thread.
 *
 * Returns: (transfer full): a WAV file, under two seconds
 */
GBytes *
td_tone_render (TdTone tone,
                double volume)
{
  GByteArray *wav = g_byte_array_new ();
  double      amplitude;
  double      length = 0;
  guint       n_samples;

  g_return_val_if_fail (tone < TD_N_TONES, NULL);

  amplitude = PEAK * strengths[tone] * pow (CLAMP (volume, 0, 1), 2) * FULL_SCALE;
  for (const Stroke *stroke = tones[tone]; stroke->frequency > 0; stroke++)
    length = MAX (length, stroke->start + stroke->length);

  n_samples = (guint)ceil (length * TD_TONE_RATE) + 1;
  append_head (wav, n_samples);
  for (guint i = 0; i < n_samples; i++)
    append_u16 (wav, (guint16)(gint16)lrint (amplitude * get_value (tones[tone], (double)i / TD_TONE_RATE)));

  return g_byte_array_free_to_bytes (wav);
}
