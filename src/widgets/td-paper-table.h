/* td-paper-table.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-paper.h"

G_BEGIN_DECLS

/**
 * TdPaperTable:
 *
 * A table on paper: columns of numbers as wide as they need, columns of words
 * in what is left, wrapped. No row is cut by the end of a page, and its head
 * stands on each.
 */
typedef struct _TdPaperTable TdPaperTable;

TdPaperTable *td_paper_table_new (guint n_columns);
void          td_paper_table_free (TdPaperTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdPaperTable, td_paper_table_free)

void td_paper_table_set_column (TdPaperTable *self,
                                guint         column,
                                const char   *title,
                                double        weight,
                                gboolean      right);
void td_paper_table_set_private (TdPaperTable *self,
                                 guint         column);
void td_paper_table_add_row (TdPaperTable *self,
                             gboolean      bold);
void td_paper_table_take_cell (TdPaperTable *self,
                               guint         column,
                               char         *text,
                               TdPaperInk    ink);

double td_paper_table_get_height (TdPaperTable *self,
                                  TdPaper      *paper,
                                  double        width);
void   td_paper_table_draw (TdPaperTable *self,
                            TdPaper      *paper,
                            double        x,
                            double        width);

G_END_DECLS
