/* td-negative-binomial.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

double td_negative_binomial_cdf (double mean,
                                 double variance,
                                 double calls);
double td_negative_binomial_quantile (double mean,
                                      double variance,
                                      double p);

G_END_DECLS
