/* td-ami-form.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *td_ami_form_encode (const char *const *fields);

G_END_DECLS
