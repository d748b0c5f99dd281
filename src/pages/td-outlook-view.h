/* td-outlook-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-outlook.h"
#include "td-palette.h"
#include "td-rate-chart.h"

G_BEGIN_DECLS

/* What the pages show of normal, alike everywhere. Main thread. */

TdSeverity  td_outlook_view_get_severity (const TdOutlookFigures *figures);
char       *td_outlook_view_format_normal (const TdOutlookFigures *figures,
                                           TdOutlookState          state);
char       *td_outlook_view_format_deviation (const TdOutlookFigures *figures);
char       *td_outlook_view_format_forecast (const TdOutlookFigures *figures);
const char *td_outlook_view_format_state (TdOutlookState state);
void        td_outlook_view_copy_bands (const TdOutlookRange *ranges,
                                        TdRateBand           *bands,
                                        guint                 n);
void        td_outlook_view_show_bands (TdRateChart *chart,
                                        TdOutlook   *outlook,
                                        TdStreamKind kind,
                                        const char  *id,
                                        guint        window,
                                        guint        n_minutes);
void        td_outlook_view_copy_bands (const TdOutlookRange *ranges,
                                        TdRateBand           *bands,
                                        guint                 n);
void        td_outlook_view_show_marks (TdRateChart *chart,
                                        TdHistory   *history,
                                        const char  *queue,
                                        gint64       from,
                                        gint64       to);

const char *td_outlook_view_get_title (TdCentre    *centre,
                                       TdStreamKind kind,
                                       const char  *id);
guint       td_outlook_view_get_day_length (TdCentre *centre,
                                            gint64    start);

G_END_DECLS
