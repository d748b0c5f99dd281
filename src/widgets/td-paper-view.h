/* td-paper-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-paper.h"

G_BEGIN_DECLS

#define TD_TYPE_PAPER_VIEW (td_paper_view_get_type ())

/**
 * TdPaperView:
 *
 * Shows paper, one page below the other, as wide as there is room.
 */
G_DECLARE_FINAL_TYPE (TdPaperView, td_paper_view, TD, PAPER_VIEW, GtkWidget)

GtkWidget *td_paper_view_new (void);
void       td_paper_view_take (TdPaperView *self,
                               TdPaper     *paper,
                               const char  *name,
                               const char  *description);
TdPaper   *td_paper_view_get_paper (TdPaperView *self);

G_END_DECLS
