/* td-backend.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "td-action.h"
#include "td-intervals.h"
#include "td-snapshot.h"

G_BEGIN_DECLS

#define TD_BACKEND_ERROR (td_backend_error_quark ())

/**
 * TdBackendError:
 * @TD_BACKEND_ERROR_UNREACHABLE: no connection, or it broke off
 * @TD_BACKEND_ERROR_TIMEOUT: no whole answer within the deadline
 * @TD_BACKEND_ERROR_REFUSED: the credentials were refused (401, 403)
 * @TD_BACKEND_ERROR_BUSY: the source asks to come back later (429, 503)
 * @TD_BACKEND_ERROR_SERVER: the source failed (another HTTP error)
 * @TD_BACKEND_ERROR_INVALID: the answer cannot be understood; the message names the field
 * @TD_BACKEND_ERROR_TOO_LARGE: the answer exceeds a bound
 * @TD_BACKEND_ERROR_UNSUPPORTED: the source does not offer this
 */
typedef enum {
  TD_BACKEND_ERROR_UNREACHABLE,
  TD_BACKEND_ERROR_TIMEOUT,
  TD_BACKEND_ERROR_REFUSED,
  TD_BACKEND_ERROR_BUSY,
  TD_BACKEND_ERROR_SERVER,
  TD_BACKEND_ERROR_INVALID,
  TD_BACKEND_ERROR_TOO_LARGE,
  TD_BACKEND_ERROR_UNSUPPORTED,
} TdBackendError;

GQuark td_backend_error_quark (void);

/**
 * TdPollRequest:
 * @since: the revision that is held, or %TD_UNKNOWN to ask in full
 * @instance: (nullable): the instance that @since belongs to
 * @wait_s: seconds that the source may hold its answer until something changes; 0 for at once
 */
typedef struct
{
  gint64      since;
  const char *instance;
  guint       wait_s;
} TdPollRequest;

/**
 * TdPollResult:
 * @snapshot: (nullable) (owned): what the source said, or %NULL when nothing changed
 * @wait_honoured: the source holds its answers when asked to
 */
typedef struct
{
  TdSnapshot *snapshot;
  gboolean    wait_honoured;
} TdPollResult;

TdPollResult *td_poll_result_new (TdSnapshot *snapshot,
                                  gboolean    wait_honoured);
void          td_poll_result_free (TdPollResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdPollResult, td_poll_result_free)

/**
 * TdSecurity:
 * @TD_SECURITY_LOOPBACK: plain HTTP that does not leave this machine
 * @TD_SECURITY_PLAIN: plain HTTP: who listens on the way reads everything
 * @TD_SECURITY_TLS: TLS with a certificate that was verified
 */
typedef enum {
  TD_SECURITY_LOOPBACK,
  TD_SECURITY_PLAIN,
  TD_SECURITY_TLS,
} TdSecurity;

/**
 * TdSourceInfo:
 * @security: how the way to the source is protected
 * @tls: (nullable): protocol and certificate in words, once a TLS connection was made
 * @reached: something answered
 * @signed_in: the source accepted the credentials, or asks for none
 * @server: (nullable): what the server calls itself, with its version ("Asterisk 16.28.0")
 * @rights: (nullable): what the credentials may do, in the source's own words
 * @missing: (nullable): what cannot be shown for lack of rights, in words for people
 * @actions: bits of #TdActionKind that the credentials may do; 0 until that is known
 *
 * What a backend learnt of its source so far.
 */
typedef struct
{
  TdSecurity  security;
  const char *tls;
  gboolean    reached;
  gboolean    signed_in;
  const char *server;
  const char *rights;
  const char *missing;
  guint       actions;
} TdSourceInfo;

#define TD_TYPE_BACKEND (td_backend_get_type ())

G_DECLARE_INTERFACE (TdBackend, td_backend, TD, BACKEND, GObject)

/**
 * TdBackendInterface:
 * @get_title: what is watched, for people ("http://127.0.0.1:8080"), never with a secret
 * @poll_async: asks for the state once; the caller keeps one in flight
 * @get_retry_after: seconds the source asked to be left alone by its last answer, or 0
 * @get_info: what was learnt of the source, by value; its strings live until the next call into the backend
 * @act_async: does what a supervisor asks, once; a source without actions leaves it %NULL
 * @intervals_async: counted history of [from, to), µs since 1970; a backend without history leaves it %NULL
 */
struct _TdBackendInterface
{
  GTypeInterface parent_iface;

  char *(*get_title) (TdBackend *self);
  void (*poll_async) (TdBackend           *self,
                      const TdPollRequest *request,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data);
  TdPollResult *(*poll_finish) (TdBackend    *self,
                                GAsyncResult *result,
                                GError      **error);
  guint (*get_retry_after) (TdBackend *self);
  void (*intervals_async) (TdBackend          *self,
                           gint64              from,
                           gint64              to,
                           guint               step_s,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data);
  TdIntervals *(*intervals_finish) (TdBackend    *self,
                                    GAsyncResult *result,
                                    GError      **error);
  TdSourceInfo (*get_info) (TdBackend *self);
  void (*act_async) (TdBackend          *self,
                     const TdAction     *action,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data);
  gboolean (*act_finish) (TdBackend    *self,
                          GAsyncResult *result,
                          GError      **error);
};

char         *td_backend_get_title (TdBackend *self);
void          td_backend_poll_async (TdBackend           *self,
                                     const TdPollRequest *request,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
TdPollResult *td_backend_poll_finish (TdBackend    *self,
                                      GAsyncResult *result,
                                      GError      **error);
guint         td_backend_get_retry_after (TdBackend *self);
void          td_backend_intervals_async (TdBackend          *self,
                                          gint64              from,
                                          gint64              to,
                                          guint               step_s,
                                          GCancellable       *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
TdIntervals  *td_backend_intervals_finish (TdBackend    *self,
                                           GAsyncResult *result,
                                           GError      **error);

TdSourceInfo td_backend_get_info (TdBackend *self);
void         td_backend_act_async (TdBackend          *self,
                                   const TdAction     *action,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gboolean     td_backend_act_finish (TdBackend    *self,
                                    GAsyncResult *result,
                                    GError      **error);

G_END_DECLS
