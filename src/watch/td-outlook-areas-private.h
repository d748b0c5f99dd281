/* td-outlook-areas-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"

G_BEGIN_DECLS

/**
 * TdOutlookAreas:
 *
 * From where people called lately, as far as the source tells: of each caller
 * that waited and each call that an agent took, once.
 */
typedef struct _TdOutlookAreas TdOutlookAreas;

TdOutlookAreas *td_outlook_areas_new (void);
void            td_outlook_areas_free (TdOutlookAreas *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdOutlookAreas, td_outlook_areas_free)

void        td_outlook_areas_take (TdOutlookAreas  *self,
                                   const TdChanges *changes,
                                   gint64           now);
const char *td_outlook_areas_find_most (TdOutlookAreas    *self,
                                        const char *const *queues,
                                        gint64             since,
                                        double             excess_share,
                                        double             least,
                                        gboolean          *told);

G_END_DECLS
