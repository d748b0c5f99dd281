/* td-test-home.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A folder of settings for each test alone. GLib's own isolation leaks, which
 * the sanitizer takes for ours. */

void test_home_init (void);
void test_home_clear (void);
void test_home_add_func (const char *path,
                         GTestFunc   func);
int  test_home_run (void);

G_END_DECLS
