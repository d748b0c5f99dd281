/* td-rate-mark.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/**
 * TdRateMarkKind:
 * @TD_RATE_MARK_INCIDENT: hours that were not normal
 * @TD_RATE_MARK_OWN_FAULT: hours in which the centre itself failed
 * @TD_RATE_MARK_TEST: hours with test calls
 * @TD_RATE_MARK_REGIME: where a new normal begins
 */
typedef enum {
  TD_RATE_MARK_INCIDENT,
  TD_RATE_MARK_OWN_FAULT,
  TD_RATE_MARK_TEST,
  TD_RATE_MARK_REGIME,
} TdRateMarkKind;

/**
 * TdRateMark:
 * @id: tells it apart
 * @from: begin, µs since 1970
 * @to: end, or %TD_UNKNOWN
 * @text: (nullable): in a person's words
 * @kind: what it is
 *
 * What a person said of some hours, pinned on a chart.
 */
typedef struct
{
  gint64         id;
  gint64         from;
  gint64         to;
  const char    *text;
  TdRateMarkKind kind;
} TdRateMark;
