/* td-memory.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-memory.h"

#ifdef __GLIBC__
#  include <malloc.h>

/* What is at least so large goes back to the system as soon as it is freed:
 * bodies of answers, days of the history, frames. */
#  define LARGE_BYTES (1024 * 1024)

/* The main thread's, and one that all workers share: they are seldom busy at
 * the same time, and each would keep what its largest work took. */
#  define MAX_ARENAS 2

/* A few ms each time. */
#  define TRIM_S 120

static gboolean
trim_cb (gpointer user_data)
{
  malloc_trim (0);

  return G_SOURCE_CONTINUE;
}
#endif

/**
 * td_memory_limit:
 *
 * Lets the C library keep little of what was freed. A program that runs for a
 * year would otherwise hold what its busiest minute took, once for each thread
 * that was ever busy. What lies free between pieces in use, as after months of
 * history were read, is given back from time to time, in the default main
 * context: for threads the library never does that by itself.
 *
 * To be called before there is another thread. Does nothing with another C
 * library than glibc.
 */
void
td_memory_limit (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, MAX_ARENAS);
  /* Left alone, both grow with what is freed. */
  mallopt (M_MMAP_THRESHOLD, LARGE_BYTES);
  mallopt (M_TRIM_THRESHOLD, LARGE_BYTES);
  g_timeout_add_seconds (TRIM_S, trim_cb, NULL);
#endif
}
