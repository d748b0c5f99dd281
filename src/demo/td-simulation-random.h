/* td-simulation-random.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdRandom:
 *
 * A stream of random numbers (PCG-XSH-RR 64/32, O'Neill 2014). Each purpose has
 * a stream of its own, so that a change of one leaves the others as they were.
 */
typedef struct
{
  guint64 state;
  guint64 increment;
} TdRandom;

void    td_random_init (TdRandom *self,
                        guint64   seed,
                        guint64   stream);
guint32 td_random_next (TdRandom *self);
guint   td_random_below (TdRandom *self,
                         guint     bound);
double  td_random_uniform (TdRandom *self);
gint64  td_random_between (TdRandom *self,
                           gint64    from,
                           gint64    to);
double  td_random_exponential (TdRandom *self,
                               double    mean);
double  td_random_normal (TdRandom *self);
double  td_random_gamma (TdRandom *self,
                         double    shape);
double  td_random_lognormal (TdRandom *self,
                             double    mean,
                             double    variation);
guint   td_random_poisson (TdRandom *self,
                           double    mean);
guint   td_random_binomial (TdRandom *self,
                            guint     n,
                            double    p);

G_END_DECLS
