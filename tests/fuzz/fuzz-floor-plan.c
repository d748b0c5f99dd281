/* fuzz-floor-plan.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "td-floor-plan-file.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

/* What is taken for a plan is written so that it is the same plan again. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (TdFloorPlan) plan = NULL;
  g_autoptr (TdFloorPlan) again = NULL;
  g_autofree char *once = NULL;
  g_autofree char *twice = NULL;

  plan = td_floor_plan_parse (text, strlen (text), &error);
  g_assert ((plan == NULL) == (error != NULL));
  if (plan == NULL)
    return 0;

  once = td_floor_plan_to_json (plan);
  again = td_floor_plan_parse (once, strlen (once), &error);
  g_assert_no_error (error);
  twice = td_floor_plan_to_json (again);
  g_assert_cmpstr (once, ==, twice);

  return 0;
}
