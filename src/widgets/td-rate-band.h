/* td-rate-band.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/**
 * TdRateBand:
 * @mean: calls expected
 * @low80: 10 % quantile
 * @high80: 90 % quantile
 * @low95: 2.5 % quantile
 * @high95: 97.5 % quantile
 *
 * What a chart draws of an expected number of calls; each is NAN where it is
 * not known.
 */
typedef struct
{
  double mean;
  double low80;
  double high80;
  double low95;
  double high95;
} TdRateBand;
