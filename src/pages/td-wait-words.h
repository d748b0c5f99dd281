/* td-wait-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-wait-check.h"

G_BEGIN_DECLS

/* What is said of the wait to expect, translated. */

double td_wait_words_get_expected (TdQueue *queue);
char  *td_wait_words_describe_error (TdWaitCheck *waits,
                                     TdQueue     *queue,
                                     gint64       now);

G_END_DECLS
