/* fuzz-decoder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stddef.h>
#include <stdint.h>

#include "td-centre.h"
#include "td-day.h"
#include "td-supervision-decoder.h"
#include "td-totals.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static GLogWriterOutput
drop_log (GLogLevelFlags   level,
          const GLogField *fields,
          gsize            n_fields,
          gpointer         user_data)
{
  /* What a source says may be told, but never as a fault of the program. */
  g_assert ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR)) == 0);

  return G_LOG_WRITER_HANDLED;
}

static void
take_snapshot (TdCentre *centre,
               GBytes   *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSnapshot) snapshot = td_supervision_decode_snapshot (body, &error);
  TdTotals totals;

  g_assert ((snapshot == NULL) == (error != NULL));
  if (snapshot == NULL)
    return;

  td_centre_apply (centre, snapshot, NULL);
  td_centre_apply (centre, snapshot, NULL);
  td_totals_of_centre (centre, td_centre_get_now (centre), &totals);
}

static void
take_intervals (TdDay  *day,
                GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdIntervals) intervals = td_supervision_decode_intervals (body, &error);

  g_assert ((intervals == NULL) == (error != NULL));
  if (intervals != NULL)
    td_day_back_fill (day, intervals);
}

/* The input is what a source answered one after the other, each answer ended
 * by a record separator as in RFC 7464. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static gsize once;
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdDay) day = td_day_new (centre);
  gsize start = 0;

  if (g_once_init_enter (&once))
    {
      g_log_set_writer_func (drop_log, NULL, NULL);
      g_once_init_leave (&once, 1);
    }

  for (gsize i = 0; i <= size; i++)
    {
      g_autoptr (GBytes) body = NULL;

      if (i < size && data[i] != 0x1e)
        continue;

      /* Copied, so that reading past the end is noticed. */
      body = g_bytes_new (data + start, i - start);
      take_snapshot (centre, body);
      take_intervals (day, body);
      start = i + 1;
    }

  return 0;
}
