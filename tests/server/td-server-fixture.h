/* td-server-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "td-api-server.h"

G_BEGIN_DECLS

#define READ_TOKEN "read-token"
#define ACT_TOKEN "act-token"

/* A small centre behind a real server on the loopback interface, and a client. */
typedef struct
{
  TdCentre    *centre;
  TdApiServer *server;
  SoupSession *session;
  gint64       revision;
} Fixture;

typedef struct
{
  SoupMessage *message;
  GBytes      *body;
  GError      *error;
  gboolean     done;
} Reply;

#define T0 (G_GINT64_CONSTANT (1795323600) * G_USEC_PER_SEC) /* 2026-11-22T12:00:00+07:00 */

void fixture_set_up (Fixture      *fixture,
                     gconstpointer data);
void fixture_tear_down (Fixture      *fixture,
                        gconstpointer data);

/* Applies a snapshot: in full for the first, then a delta of one agent's state
 * and of a caller who came or went (@caller: "+id", "-id" or NULL). */
void fixture_start (Fixture    *fixture,
                    const char *instance);
void fixture_change (Fixture     *fixture,
                     TdAgentState state,
                     const char  *caller);

/* @headers is "Name: value" lines, parted by newlines, or NULL. */
Reply *fixture_send (Fixture    *fixture,
                     const char *method,
                     const char *path,
                     const char *headers,
                     const char *body);
Reply *fixture_fetch (Fixture    *fixture,
                      const char *method,
                      const char *path,
                      const char *headers,
                      const char *body);
void   reply_wait (Reply *reply);
guint  reply_get_status (Reply *reply);

const char *reply_get_header (Reply      *reply,
                              const char *name);
JsonObject *reply_parse (Reply       *reply,
                         JsonParser **parser);
void        reply_free (Reply *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)

G_END_DECLS
