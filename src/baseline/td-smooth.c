/* td-smooth.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-smooth-private.h"

#include <math.h>
#include <string.h>

/* Where the kernel ends, in widths. */
#define REACH 3.0

/* Beyond the ends the values go on as if turned about them, so that a slope
 * is not bent. */
static double
get_value (const double *values,
           int           n_values,
           int           i)
{
  if (i < 0)
    return 2 * values[0] - values[-i];
  if (i >= n_values)
    return 2 * values[n_values - 1] - values[2 * (n_values - 1) - i];

  return values[i];
}

/**
 * td_smooth:
 * @values: (array length=n_values): some values
 * @smooth: (array length=n_values) (out caller-allocates): where to put the smooth ones; not @values
 * @n_values: how many there are
 * @width: standard deviation of the Gaussian kernel, in values; 0 for none
 */
void
td_smooth (const double *values,
           double       *smooth,
           guint         n_values,
           double        width)
{
  int                reach = MIN ((int)ceil (REACH * width), (int)n_values - 1);
  g_autofree double *kernel = NULL;
  double             sum = 0;

  if (reach <= 0)
    {
      memcpy (smooth, values, n_values * sizeof (double));
      return;
    }

  kernel = g_new (double, 2 * reach + 1);
  for (int k = -reach; k <= reach; k++)
    {
      kernel[k + reach] = exp (-0.5 * (k / width) * (k / width));
      sum += kernel[k + reach];
    }

  for (int i = 0; i < (int)n_values; i++)
    {
      smooth[i] = 0;
      for (int k = -reach; k <= reach; k++)
        smooth[i] += kernel[k + reach] / sum * get_value (values, (int)n_values, i + k);
    }
}
