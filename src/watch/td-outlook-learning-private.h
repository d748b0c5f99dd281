/* td-outlook-learning-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-baseline.h"
#include "td-history.h"
#include "td-local-day.h"
#include "td-outlook.h"

G_BEGIN_DECLS

/**
 * TdOutlookLesson:
 * @kind: of which kind of stream
 * @id: its id
 * @baseline: what was learnt of the days before today
 * @days_learnt: how many of them
 * @normal: (nullable): what is normal for today; %NULL where it is a day of
 *   the week on which the line is closed
 *
 * What the history taught of one stream.
 */
typedef struct
{
  TdStreamKind kind;
  char        *id;
  TdBaseline  *baseline;
  guint        days_learnt;
  TdNormal    *normal;
} TdOutlookLesson;

/**
 * TdOutlookLearning:
 *
 * Learns what is normal for streams of calls from their history, day by day.
 * Used by one thread at a time, but td_outlook_learning_get_next().
 */
typedef struct _TdOutlookLearning TdOutlookLearning;

TdOutlookLearning *td_outlook_learning_new (GTimeZone  *zone,
                                            guint       today,
                                            guint       n_days,
                                            GPtrArray  *marks,
                                            GHashTable *own_days);
void               td_outlook_learning_free (TdOutlookLearning *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdOutlookLearning, td_outlook_learning_free)

void                   td_outlook_learning_add_stream (TdOutlookLearning *self,
                                                       TdStreamKind       kind,
                                                       const char        *id,
                                                       const char *const *queues);
gboolean               td_outlook_learning_get_next (TdOutlookLearning *self,
                                                     guint              n_queues,
                                                     gint64            *from,
                                                     gint64            *to);
void                   td_outlook_learning_take (TdOutlookLearning *self,
                                                 TdIntervals       *intervals);
guint                  td_outlook_learning_get_n_lessons (TdOutlookLearning *self);
const TdOutlookLesson *td_outlook_learning_get_lesson (TdOutlookLearning *self,
                                                       guint              index);
GArray                *td_outlook_learning_get_days (TdOutlookLearning *self);
void                   td_outlook_learning_end (TdOutlookLearning *self);

/* td-outlook-days.c */
GArray *td_outlook_days_new (void);
void    td_outlook_days_add (GArray          *days,
                             guint            julian,
                             TdOutlookTaught  taught,
                             TdOutlookDayKind kind,
                             double           calls,
                             const char      *text);

G_END_DECLS
