/* td-simulation-places.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TD_SIM_N_PROVINCES 21
#define TD_SIM_N_EASTERN 8
#define TD_SIM_MAX_DISTRICTS 9

/**
 * TdSimProvince:
 * @weight: customers of the utility there, in units of about 10,000
 * @districts: (array zero-terminated=1): where callers are
 *
 * A province of the service area: the eastern ones first, then the Mekong delta.
 */
typedef struct
{
  const char *name;
  guint       weight;
  const char *districts[TD_SIM_MAX_DISTRICTS + 1];
} TdSimProvince;

extern const TdSimProvince td_sim_provinces[TD_SIM_N_PROVINCES];

G_END_DECLS
