/* td-api-server.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "td-action.h"
#include "td-centre.h"
#include "td-intervals.h"

G_BEGIN_DECLS

typedef enum {
  TD_API_SCOPE_NONE = 0,
  TD_API_SCOPE_READ = 1 << 0,
  TD_API_SCOPE_ACT = 1 << 1, /* includes reading */
} TdApiScope;

/**
 * TdIntervalsFunc:
 * @from: µs since 1970, a whole minute
 * @to: µs since 1970, exclusive
 * @step_s: seconds an interval, a multiple of 60
 * @queue_id: (nullable): one queue, or %NULL for all
 *
 * Returns: (transfer full) (nullable): the counted history, or %NULL with
 *   @error set (G_IO_ERROR_NOT_FOUND: no such queue; G_IO_ERROR_NOT_SUPPORTED)
 */
typedef TdIntervals *(*TdIntervalsFunc) (gint64      from,
                                         gint64      to,
                                         guint       step_s,
                                         const char *queue_id,
                                         gpointer    user_data,
                                         GError    **error);

/**
 * TdActionFunc:
 * @action: what to do, checked by td_action_check()
 *
 * Returns: whether it was done, or %FALSE with @error set
 *   (G_IO_ERROR_NOT_FOUND: no such agent or queue; G_IO_ERROR_NOT_SUPPORTED;
 *   G_IO_ERROR_INVALID_ARGUMENT; any other: 409), in words for people
 */
typedef gboolean (*TdActionFunc) (const TdAction *action,
                                  gpointer        user_data,
                                  GError        **error);

#define TD_API_MAX_HELD 1000 /* requests held at once; more are answered right away */
#define TD_API_MAX_WAIT_S 60 /* for how long a request is held at most */
#define TD_API_MAX_URL 8192  /* bytes of path and query */

#define TD_TYPE_API_SERVER (td_api_server_get_type ())

/**
 * TdApiServer:
 *
 * Serves a TdCentre as supervision API v1. Serialises and compresses once per
 * revision and shares the bytes. Belongs to the main thread.
 */
G_DECLARE_FINAL_TYPE (TdApiServer, td_api_server, TD, API_SERVER, GObject)

/**
 * TdInterceptFunc:
 * @message: a request below "/v1/", before anything was looked at
 *
 * Stands before the API, so that a test centre can answer badly on purpose.
 *
 * Returns: %TRUE when it saw to the answer itself, now or, having paused
 *   @message, later; it may call td_api_server_serve() for it
 */
typedef gboolean (*TdInterceptFunc) (TdApiServer       *server,
                                     SoupServerMessage *message,
                                     gpointer           user_data);

TdApiServer *td_api_server_new (TdCentre *centre);
void         td_api_server_add_token (TdApiServer *self,
                                      const char  *token,
                                      TdApiScope   scope);
void         td_api_server_set_intervals_func (TdApiServer    *self,
                                               TdIntervalsFunc func,
                                               gpointer        user_data,
                                               GDestroyNotify  destroy);
void         td_api_server_set_action_func (TdApiServer   *self,
                                            TdActionFunc   func,
                                            gpointer       user_data,
                                            GDestroyNotify destroy);
void         td_api_server_set_actions (TdApiServer *self,
                                        guint        actions);
void         td_api_server_set_name (TdApiServer *self,
                                     const char  *name);
void         td_api_server_set_intercept_func (TdApiServer    *self,
                                               TdInterceptFunc func,
                                               gpointer        user_data,
                                               GDestroyNotify  destroy);
void         td_api_server_serve (TdApiServer       *self,
                                  SoupServerMessage *message);
gboolean     td_api_server_listen (TdApiServer  *self,
                                   GInetAddress *address,
                                   guint16       port,
                                   GError      **error);
guint16      td_api_server_get_port (TdApiServer *self);
SoupServer  *td_api_server_get_soup_server (TdApiServer *self);
TdApiScope   td_api_server_get_scope (TdApiServer       *self,
                                      SoupServerMessage *message);
gboolean     td_api_server_require_scope (TdApiServer       *self,
                                          SoupServerMessage *message,
                                          TdApiScope         scope);
void         td_api_server_respond_problem (TdApiServer       *self,
                                            SoupServerMessage *message,
                                            guint              status,
                                            const char        *type,
                                            const char        *title,
                                            const char        *detail);
void         td_api_server_close (TdApiServer *self);

G_END_DECLS
