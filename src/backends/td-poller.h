/* td-poller.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-backend.h"
#include "td-centre.h"

G_BEGIN_DECLS

/**
 * TdHealth:
 * @TD_HEALTH_CONNECTING: no answer yet since the start
 * @TD_HEALTH_LIVE: the last good answer is younger than three polls
 * @TD_HEALTH_STALE: it is older, but the source was heard of within the last 30 s
 * @TD_HEALTH_LOST: no good answer for 30 s, or the connection fails
 * @TD_HEALTH_REFUSED: the source refuses the credentials (401, 403)
 */
typedef enum {
  TD_HEALTH_CONNECTING,
  TD_HEALTH_LIVE,
  TD_HEALTH_STALE,
  TD_HEALTH_LOST,
  TD_HEALTH_REFUSED,
} TdHealth;

#define TD_TYPE_HEALTH (td_health_get_type ())
GType td_health_get_type (void);

#define TD_TYPE_POLLER (td_poller_get_type ())

/**
 * TdPoller:
 *
 * Keeps a TdCentre up to date from a TdBackend, for ever: cadence, one request
 * in flight, a deadline per request, back-off with jitter, health. Belongs to
 * the main thread.
 *
 * Properties, each notified: health (TdHealth), error-message (why the last
 * poll failed, translated, or %NULL while it did not).
 *
 * TdPoller::heard is emitted after each good answer, also when it was that
 * nothing changed.
 */
G_DECLARE_FINAL_TYPE (TdPoller, td_poller, TD, POLLER, GObject)

TdPoller *td_poller_new (TdBackend *backend,
                         TdCentre  *centre);
void      td_poller_start (TdPoller *self);
void      td_poller_stop (TdPoller *self);
void      td_poller_poll_now (TdPoller *self);

guint td_poller_get_interval_ms (TdPoller *self);
void  td_poller_set_interval_ms (TdPoller *self,
                                 guint     interval_ms);
guint td_poller_get_deadline_ms (TdPoller *self);
void  td_poller_set_deadline_ms (TdPoller *self,
                                 guint     deadline_ms);
guint td_poller_get_wait_s (TdPoller *self);
void  td_poller_set_wait_s (TdPoller *self,
                            guint     wait_s);
void  td_poller_set_refresh_ms (TdPoller *self,
                                guint     refresh_ms);

TdHealth    td_poller_get_health (TdPoller *self);
const char *td_poller_get_error_message (TdPoller *self);
guint       td_poller_get_n_failures (TdPoller *self);

/* Age of the last good answer in ms, or TD_UNKNOWN before the first; and when
 * it came by this machine's clock, µs since 1970, or TD_UNKNOWN. */
gint64 td_poller_get_age_ms (TdPoller *self);
gint64 td_poller_get_last_good (TdPoller *self);

/* The source's clock minus this machine's, µs, as of the last snapshot. */
gint64 td_poller_get_clock_offset_us (TdPoller *self);

G_END_DECLS
