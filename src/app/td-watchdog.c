/* td-watchdog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-watchdog.h"

#include <glib/gi18n.h>
#include <unistd.h>

/* Until the main loop runs for the first time it has so many times longer: a
 * cold start on a slow machine is no standstill. */
#define START_FACTOR 2

struct _TdWatchdog
{
  GThread *thread; /* (owned) */
  guint    beat_source;
  guint    limit_s;
  int      n_beats; /* atomic */

  GMutex   mutex;
  GCond    cond;
  gboolean is_over; /* (mutex mutex) */
};

static gboolean
beat_cb (gpointer user_data)
{
  TdWatchdog *self = user_data;

  g_atomic_int_inc (&self->n_beats);

  return G_SOURCE_CONTINUE;
}

/* It counts the seconds that itself was awake: a machine that was suspended,
 * or a process that was stopped as a whole, has not stood still. */
static gpointer
watch_loop (gpointer data)
{
  TdWatchdog *self = data;
  int         last = g_atomic_int_get (&self->n_beats);
  guint       n_still = 0;

  g_mutex_lock (&self->mutex);
  while (!self->is_over)
    {
      gint64 until = g_get_monotonic_time () + G_TIME_SPAN_SECOND;
      int    n_beats;
      guint  limit_s;

      if (g_cond_wait_until (&self->cond, &self->mutex, until))
        continue;

      n_beats = g_atomic_int_get (&self->n_beats);
      n_still = n_beats == last ? n_still + 1 : 0;
      last = n_beats;
      limit_s = n_beats > 0 ? self->limit_s : START_FACTOR * self->limit_s;
      if (n_still < limit_s)
        continue;

      /* Nothing of the program can be relied on any more, its exit handlers least. */
      g_printerr (_ ("tongdai: the program has stood still for %u seconds; it ends here"), limit_s);
      g_printerr ("\n");
      _exit (TD_WATCHDOG_STATUS);
    }
  g_mutex_unlock (&self->mutex);

  return NULL;
}

/**
 * td_watchdog_start:
 * @limit_s: how long the main loop may stand still, seconds
 *
 * Watches the default main context, which has to run from soon on: until it
 * does for the first time, it has twice as long.
 *
 * Returns: (transfer full): the watchdog; stopping it frees it
 */
TdWatchdog *
td_watchdog_start (guint limit_s)
{
  TdWatchdog *self;

  g_return_val_if_fail (limit_s > 0, NULL);

  self = g_new0 (TdWatchdog, 1);
  self->limit_s = limit_s;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  /* Before whatever is drawn, lest a busy wall be taken for a dead one. */
  self->beat_source = g_timeout_add_full (G_PRIORITY_HIGH, 500, beat_cb, self, NULL);
  self->thread = g_thread_new ("watchdog", watch_loop, self);

  return self;
}

void
td_watchdog_stop (TdWatchdog *self)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->mutex);
  self->is_over = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_clear_handle_id (&self->beat_source, g_source_remove);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
