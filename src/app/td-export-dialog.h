/* td-export-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_EXPORT_DIALOG (td_export_dialog_get_type ())

/**
 * TdExportDialog:
 *
 * Writes days of the history to a CSV file, with progress, until it is given
 * up.
 */
G_DECLARE_FINAL_TYPE (TdExportDialog, td_export_dialog, TD, EXPORT_DIALOG, AdwWindow)

GtkWindow *td_export_dialog_new (GtkWindow *parent,
                                 TdWatch   *watch);

G_END_DECLS
