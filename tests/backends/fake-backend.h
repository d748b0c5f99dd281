/* fake-backend.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-backend.h"

/* A source that answers each poll as the test says, and remembers what it was
 * asked. */

typedef struct
{
  gint64 since;
  char  *instance; /* (owned) (nullable) */
  guint  wait_s;
  gint64 time; /* monotonic, µs */
} FakeRequest;

#define FAKE_TYPE_BACKEND (fake_backend_get_type ())
G_DECLARE_FINAL_TYPE (FakeBackend, fake_backend, FAKE, BACKEND, GObject)

/* Answers @task, at once or later: a TdPollResult, or an error. */
typedef void (*FakeAnswer) (FakeBackend *self,
                            guint        n,
                            GTask       *task);

typedef void (*FakeHistory) (FakeBackend *self,
                             gint64       from,
                             gint64       to,
                             guint        step_s,
                             GTask       *task);

/* Ends @task, at once or later: a boolean, or an error. */
typedef void (*FakeAct) (FakeBackend  *self,
                         GCancellable *cancellable,
                         GTask        *task);

struct _FakeBackend
{
  GObject      parent_instance;
  FakeAnswer   answer;
  FakeHistory  history;     /* (nullable) */
  FakeAct      act;         /* (nullable) */
  GArray      *requests;    /* (owned) (element-type FakeRequest) */
  GPtrArray   *kept;        /* (owned) (element-type GTask): not answered yet */
  guint        retry_after; /* given with errors */
  TdSourceInfo info;
  TdSnapshot  *snapshot;   /* (owned) (nullable): of a steady source */
  TdIntervals *intervals;  /* (owned) (nullable): of a steady source */
  gboolean     is_failing; /* a steady source */
  gpointer     data;
};

FakeBackend *fake_backend_new (FakeAnswer answer);
FakeBackend *fake_backend_new_steady (TdSnapshot  *snapshot,
                                      TdIntervals *intervals);
FakeRequest *fake_backend_get (FakeBackend *self,
                               guint        n);
void         fake_answer_unchanged (GTask   *task,
                                    gboolean honoured);
void         fake_answer_error (GTask *task,
                                int    code);
void         fake_answer_snapshot (GTask      *task,
                                   gint64      revision,
                                   gint64      base,
                                   const char *instance,
                                   gint64      at,
                                   gboolean    honoured);
void         fake_add_queues (TdSnapshotBuilder *builder,
                              guint              n_queues,
                              gint64             offered);
void         fake_answer_intervals (GTask *task,
                                    gint64 from,
                                    gint64 to,
                                    guint  step_s,
                                    guint  n_queues,
                                    gint64 known_from,
                                    guint  offered_a_minute);
void         fake_keep (FakeBackend *self,
                        guint        n,
                        GTask       *task);
void         fake_run_ms (guint ms);

#define FAKE_AT (G_GINT64_CONSTANT (1795332000) * G_USEC_PER_SEC)

/* Turns the main loop until @condition holds, for ten seconds at most. */
#define fake_run_until(condition)                                          \
  G_STMT_START                                                             \
  {                                                                        \
    gint64 give_up_at = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND; \
    guint  tick = g_timeout_add (1, fake_tick_cb, NULL);                   \
    while (!(condition) && g_get_monotonic_time () < give_up_at)           \
      g_main_context_iteration (NULL, TRUE);                               \
    g_source_remove (tick);                                                \
    g_assert_true (condition);                                             \
  }                                                                        \
  G_STMT_END

gboolean fake_tick_cb (gpointer user_data);
