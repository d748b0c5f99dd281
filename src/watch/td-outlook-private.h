/* td-outlook-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-outlook-areas-private.h"
#include "td-outlook-learning-private.h"
#include "td-outlook-minutes-private.h"
#include "td-outlook-stream-private.h"

G_BEGIN_DECLS

struct _TdOutlook
{
  GObject parent_instance;

  TdCentre      *centre;   /* (owned) */
  TdDay         *day;      /* (owned) */
  TdHistory     *history;  /* (owned) (nullable) */
  GHashTable    *own_days; /* (owned) (element-type utf8 utf8): as td_own_days_new() has them */
  TdOutlookState state;

  GPtrArray       *streams;   /* (owned) (element-type TdOutlookStream), by kind */
  TdOutlookAreas  *areas;     /* (owned): from where people called */
  char            *signature; /* (owned) (nullable): of the queues that they were made of */
  TdOutlookMinutes minutes;
  GArray          *days; /* (owned) (element-type TdOutlookDay): what they taught, the oldest first */

  gboolean           learnt_today;
  gboolean           is_filling; /* more of the past is on its way */
  GCancellable      *learning;   /* (owned) (nullable): of the learning under way */
  TdOutlookLearning *lessons;    /* (owned) (nullable): what was learnt, and is taken over by the pass under way */

  guint    tick_source;
  guint    pass_source;
  gint64   passed_at; /* monotonic time of the last pass */
  guint    next;      /* stream that the pass under way takes next */
  guint    n_pass;    /* minutes of the pass under way */
  gboolean pass_changed;
  gboolean pass_again; /* something changed since it began */
  gboolean judged[TD_DAY_MINUTES];
};

/* td-outlook.c */
TdOutlookLearning *td_outlook_make_learning (TdOutlook *self,
                                             guint      julian);

/* td-outlook-streams.c */
GPtrArray       *td_outlook_streams_new (TdCentre *centre);
char            *td_outlook_streams_sign (TdCentre *centre);
TdOutlookStream *td_outlook_streams_find (GPtrArray   *streams,
                                          TdStreamKind kind,
                                          const char  *id);

G_END_DECLS
