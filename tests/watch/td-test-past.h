/* td-test-past.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-intervals.h"

G_BEGIN_DECLS

#define TD_TEST_MINUTE_US (60 * G_TIME_SPAN_SECOND)

/**
 * TdTestPast:
 *
 * Made-up calls of a centre: a profile within the day, weekends that are
 * quieter, days that differ by chance and a swing within them. The same seed
 * gives the same days.
 */
typedef struct
{
  GRand *random;
  double level;
  double swing;
} TdTestPast;

void   td_test_past_init (TdTestPast *self,
                          guint32     seed);
void   td_test_past_clear (TdTestPast *self);
double td_test_past_rate (guint weekday,
                          guint minute);
void   td_test_past_begin_day (TdTestPast *self);
guint  td_test_past_poisson (TdTestPast *self,
                             double      mean);
guint  td_test_past_next (TdTestPast *self,
                          guint       weekday,
                          guint       minute,
                          double      calls_a_day);

G_END_DECLS
