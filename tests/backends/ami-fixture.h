/* ami-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *ami_fixture_load (const char *name);
GBytes *ami_fixture_from_string (const char *text);

G_END_DECLS
