/* td-ami-refusal.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-ami-message.h"

G_BEGIN_DECLS

/* Every failure of the manager interface comes as HTTP 200. Pure functions. */

TdAmiAnswer *td_ami_refusal_read (GBytes  *body,
                                  GError **error);
gboolean     td_ami_answer_is_denied (const TdAmiAnswer *answer);
GError      *td_ami_answer_to_error (const TdAmiAnswer *answer,
                                     const char        *secret);

G_END_DECLS
