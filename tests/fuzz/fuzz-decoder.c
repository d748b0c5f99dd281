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

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static gsize once;
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GError) snapshot_error = NULL;
  g_autoptr (GError) intervals_error = NULL;
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (TdIntervals) intervals = NULL;
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdDay) day = td_day_new (centre);

  if (g_once_init_enter (&once))
    {
      g_log_set_writer_func (drop_log, NULL, NULL);
      g_once_init_leave (&once, 1);
    }

  snapshot = td_supervision_decode_snapshot (body, &snapshot_error);
  g_assert ((snapshot == NULL) == (snapshot_error != NULL));
  if (snapshot != NULL)
    {
      td_centre_apply (centre, snapshot, NULL);
      td_centre_apply (centre, snapshot, NULL);
    }

  intervals = td_supervision_decode_intervals (body, &intervals_error);
  g_assert ((intervals == NULL) == (intervals_error != NULL));
  if (intervals != NULL)
    td_day_back_fill (day, intervals);

  return 0;
}
