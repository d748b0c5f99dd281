/* td-clock.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-clock.h"

#include <time.h>

/* Of the main thread, as is everything that asks for the time. */
static gint64 simulated_sleep;

/**
 * td_clock_get:
 *
 * A clock that no step of the time of day moves, and that goes on while the
 * machine sleeps: what ages are reckoned by. Timers do not follow it: they
 * stand still in that time.
 *
 * Returns: µs since some moment
 */
gint64
td_clock_get (void)
{
#ifdef CLOCK_BOOTTIME
  struct timespec now;

  if (clock_gettime (CLOCK_BOOTTIME, &now) == 0)
    return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 + simulated_sleep;
#endif

  return g_get_monotonic_time () + simulated_sleep;
}

/**
 * td_clock_get_slept:
 *
 * Returns: for how long the machine has slept until now since it was started,
 *   µs, to within the time that a thread may be kept waiting
 */
gint64
td_clock_get_slept (void)
{
  return td_clock_get () - g_get_monotonic_time ();
}

/**
 * td_clock_sleep:
 * @span_us: µs
 *
 * From now on it is as if the machine had slept for so long, for tests.
 */
void
td_clock_sleep (gint64 span_us)
{
  simulated_sleep += span_us;
}
