/* td-floor-editor.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-centre.h"
#include "td-floor-edit.h"

G_BEGIN_DECLS

#define TD_TYPE_FLOOR_EDITOR (td_floor_editor_get_type ())

/**
 * TdFloorEditor:
 *
 * A window where floor plans are drawn and people are seated. Nothing that was
 * not saved is lost without a question.
 *
 * TdFloorEditor::saved is emitted with the path of a plan that was written.
 */
G_DECLARE_FINAL_TYPE (TdFloorEditor, td_floor_editor, TD, FLOOR_EDITOR, AdwWindow)

GtkWidget   *td_floor_editor_new (TdCentre   *centre,
                                  const char *path);
TdFloorEdit *td_floor_editor_get_edit (TdFloorEditor *self);
const char  *td_floor_editor_get_path (TdFloorEditor *self);
gboolean     td_floor_editor_save (TdFloorEditor *self,
                                   GError       **error);

G_END_DECLS
