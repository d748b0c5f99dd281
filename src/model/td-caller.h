/* td-caller.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-row.h"

G_BEGIN_DECLS

#define TD_TYPE_CALLER (td_caller_get_type ())

G_DECLARE_FINAL_TYPE (TdCaller, td_caller, TD, CALLER, TdRow)

const char         *td_caller_get_id (TdCaller *self);
const TdCallerInfo *td_caller_get_info (TdCaller *self);
gint64              td_caller_get_revision (TdCaller *self);

G_END_DECLS
