/* td-snapshot-diff.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-snapshot.h"

G_BEGIN_DECLS

TdSnapshot *td_snapshot_diff (TdSnapshot *from,
                              TdSnapshot *to);

G_END_DECLS
