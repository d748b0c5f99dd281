/* td-outlook-words-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-outlook-areas-private.h"
#include "td-outlook-stream-private.h"

G_BEGIN_DECLS

char *td_outlook_words_describe (GPtrArray             *streams,
                                 TdOutlookAreas        *areas,
                                 const TdOutlookStream *stream,
                                 TdCentre              *centre,
                                 gint64                 start,
                                 gboolean               live);

G_END_DECLS
