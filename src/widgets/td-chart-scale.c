/* td-chart-scale.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-chart-scale.h"

#include <math.h>

/**
 * td_chart_scale_step:
 * @max: the greatest value to be shown; below 1 and NAN count as 1
 * @max_ticks: how many steps there is room for, at least 1
 *
 * Calls are whole, and so is the step.
 *
 * Returns: the distance of the ticks: 1, 2 or 5 times a power of ten, so that
 *   at most @max_ticks steps reach @max
 */
double
td_chart_scale_step (double max,
                     guint  max_ticks)
{
  static const double steps[] = { 1, 2, 5 };
  double              power = 1;

  if (!isfinite (max) || max < 1)
    max = 1;
  max_ticks = MAX (max_ticks, 1);

  for (;;)
    {
      for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
        if (ceil (max / (steps[i] * power)) <= max_ticks)
          return steps[i] * power;

      power *= 10;
    }
}

/**
 * td_chart_scale_minutes:
 * @span: length of the axis, minutes
 * @max_labels: how many labels there is room for
 *
 * Returns: minutes between two labels: 1 to 30, or 1, 2, 3, 4, 6, 12 or 24 hours
 */
guint
td_chart_scale_minutes (double span,
                        guint  max_labels)
{
  static const guint steps[] = { 1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (floor (span / steps[i]) + 1 <= max_labels)
      return steps[i];

  return 24 * 60;
}

/**
 * td_chart_decimate:
 * @values: (array length=n_values): values, NAN where there is none
 * @n_values: how many
 * @n_columns: pixels there are for them
 * @indices: (out caller-allocates): room for @n_values entries, as none is picked twice
 *
 * Picks the values that a line must pass so that at @n_columns pixels it looks
 * as if drawn through all: the lowest and highest of each column in their
 * order, and the first NAN of a column, where the line breaks.
 *
 * Returns: how many indices were picked
 */
guint
td_chart_decimate (const double *values,
                   guint         n_values,
                   guint         n_columns,
                   guint        *indices)
{
  guint n = 0;

  if (n_columns == 0)
    return 0;

  for (guint column = 0; column < n_columns; column++)
    {
      guint from = (guint64)column * n_values / n_columns;
      guint to = (guint64)(column + 1) * n_values / n_columns;
      guint low = G_MAXUINT, high = G_MAXUINT, gap = G_MAXUINT;
      guint picked[3];

      for (guint i = from; i < to; i++)
        {
          if (isnan (values[i]))
            gap = MIN (gap, i);
          else
            {
              if (low == G_MAXUINT || values[i] < values[low])
                low = i;
              if (high == G_MAXUINT || values[i] > values[high])
                high = i;
            }
        }

      picked[0] = MIN (low, high);
      picked[1] = low != high ? MAX (low, high) : G_MAXUINT;
      picked[2] = gap;
      if (gap < picked[0])
        {
          picked[2] = picked[1];
          picked[1] = picked[0];
          picked[0] = gap;
        }
      else if (gap < picked[1])
        {
          picked[2] = picked[1];
          picked[1] = gap;
        }

      for (guint i = 0; i < G_N_ELEMENTS (picked); i++)
        if (picked[i] != G_MAXUINT)
          indices[n++] = picked[i];
    }

  return n;
}
