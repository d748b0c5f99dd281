/* td-shift-paper.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "td-paper.h"
#include "td-shift-sheet.h"

G_BEGIN_DECLS

/* A hand-over sheet as it prints. None of this needs a display. */

TdPaper *td_shift_paper_new (const TdShiftSheet *sheet);
char    *td_shift_paper_get_title (const TdShiftSheet *sheet);
char    *td_shift_paper_describe (const TdShiftSheet *sheet);
gboolean td_shift_paper_save_pdf (TdPaper    *paper,
                                  const char *title,
                                  const char *path,
                                  GError    **error);
gboolean td_shift_paper_save_png (TdPaper    *paper,
                                  const char *path,
                                  GError    **error);

G_END_DECLS
