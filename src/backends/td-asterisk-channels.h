/* td-asterisk-channels.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-ami-message.h"

G_BEGIN_DECLS

/**
 * td_asterisk_find_call:
 * @status: the answer to Status with the variable MEMBERINTERFACE
 * @interface: an agent's interface, such as "PJSIP/1017" or "Local/1001@agents/n"
 *
 * Pure.
 *
 * Returns: (transfer none) (nullable): the agent's own channel of the call
 *   that the agent speaks on now, borrowed from @status
 */
const char *td_asterisk_find_call (const TdAmiAnswer *status,
                                   const char        *interface);

G_END_DECLS
