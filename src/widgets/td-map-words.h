/* td-map-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-map-zone.h"

G_BEGIN_DECLS

/* An agent on a map in words, for a screen reader. */

char *td_map_words_dup_name (const TdMapPerson *person);

G_END_DECLS
