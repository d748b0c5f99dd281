/* td-source-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-watch.h"

G_BEGIN_DECLS

char       *td_source_words_describe (TdWatch *watch);
char       *td_source_words_describe_trouble (TdWatch *watch);
const char *td_source_words_get_scenario (const char *scenario);
gboolean    td_source_words_is_open (TdWatch *watch);

G_END_DECLS
