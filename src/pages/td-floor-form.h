/* td-floor-form.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-floor-canvas.h"

G_BEGIN_DECLS

#define TD_TYPE_FLOOR_FORM (td_floor_form_get_type ())

/**
 * TdFloorForm:
 *
 * What there is to say of the item that is selected on a canvas, or of the
 * plan where none is; to be changed there. A text is taken by Enter or when
 * the focus leaves it.
 *
 * TdFloorForm::refused is emitted with the words why something was not done.
 */
G_DECLARE_FINAL_TYPE (TdFloorForm, td_floor_form, TD, FLOOR_FORM, AdwBin)

void td_floor_form_set_canvas (TdFloorForm   *self,
                               TdFloorCanvas *canvas);
void td_floor_form_set_edit (TdFloorForm *self,
                             TdFloorEdit *edit);
void td_floor_form_set_centre (TdFloorForm *self,
                               TdCentre    *centre);
void td_floor_form_commit (TdFloorForm *self);

G_END_DECLS
