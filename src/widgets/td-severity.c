/* td-severity.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-severity.h"

#include <glib/gi18n.h>
#include <math.h>

/* A service level this far below its target is red. */
#define RED_BELOW_TARGET 0.10

/**
 * td_severity_of_wait:
 * @ms: how long a caller has waited, or %TD_UNKNOWN
 *
 * Returns: red from the limit on, amber from half of it
 */
TdSeverity
td_severity_of_wait (gint64 ms)
{
  if (!TD_IS_KNOWN (ms) || ms < TD_WAIT_LIMIT_MS / 2)
    return TD_SEVERITY_NORMAL;

  return ms < TD_WAIT_LIMIT_MS ? TD_SEVERITY_AMBER : TD_SEVERITY_RED;
}

/**
 * td_severity_of_service_level:
 * @level: a fraction, or NAN
 * @target: a fraction
 *
 * Returns: amber below the target, red ten points below it
 */
TdSeverity
td_severity_of_service_level (double level,
                              double target)
{
  /* Half a tenth of a point is what the screen rounds away. */
  const double rounding = 0.0005;

  if (!isfinite (level) || !isfinite (target) || level >= target - rounding)
    return TD_SEVERITY_NORMAL;

  return level >= target - RED_BELOW_TARGET - rounding ? TD_SEVERITY_AMBER : TD_SEVERITY_RED;
}

/**
 * td_severity_of_waiting:
 * @waiting: callers waiting, or %TD_UNKNOWN
 * @beyond: of these, callers beyond the limit of the service level, or %TD_UNKNOWN
 * @available: agents who can take a call now
 * @serving: agents who serve
 *
 * Returns: amber while callers are beyond the limit and nobody can take them,
 *   red while more wait than serve
 */
TdSeverity
td_severity_of_waiting (gint64 waiting,
                        gint64 beyond,
                        guint  available,
                        guint  serving)
{
  if (waiting <= 0)
    return TD_SEVERITY_NORMAL;
  if (waiting > serving)
    return TD_SEVERITY_RED;

  return beyond > 0 && available == 0 ? TD_SEVERITY_AMBER : TD_SEVERITY_NORMAL;
}

/**
 * td_severity_of_serving:
 * @serving: agents who serve
 * @available: of these, who can take a call now
 * @waiting: callers waiting, or %TD_UNKNOWN
 *
 * Returns: amber while somebody waits and nobody is available, red while
 *   somebody waits and nobody serves at all
 */
TdSeverity
td_severity_of_serving (guint  serving,
                        guint  available,
                        gint64 waiting)
{
  if (waiting <= 0 || available > 0)
    return TD_SEVERITY_NORMAL;

  return serving > 0 ? TD_SEVERITY_AMBER : TD_SEVERITY_RED;
}

/**
 * td_severity_of_staffing:
 * @serving: agents who serve
 * @needed: how many have to, for the service level
 *
 * Returns: amber while some are missing, red from a tenth of those needed on
 */
TdSeverity
td_severity_of_staffing (guint serving,
                         guint needed)
{
  if (serving >= needed)
    return TD_SEVERITY_NORMAL;

  return ((guint64)needed - serving) * 10 < needed ? TD_SEVERITY_AMBER : TD_SEVERITY_RED;
}

/**
 * td_severity_of_need:
 * @need: how much an agent needs a person
 *
 * Returns: amber where somebody should look, red where a person is needed now
 */
TdSeverity
td_severity_of_need (TdAgentNeed need)
{
  switch (need)
    {
    case TD_AGENT_NEED_LOOK:
      return TD_SEVERITY_AMBER;

    case TD_AGENT_NEED_PERSON:
      return TD_SEVERITY_RED;

    case TD_AGENT_NEED_NONE:
    default:
      return TD_SEVERITY_NORMAL;
    }
}

/**
 * td_severity_format:
 * @severity: a severity
 *
 * Returns: (transfer none): the severity in a word, for a screen reader
 */
const char *
td_severity_format (TdSeverity severity)
{
  switch (severity)
    {
    case TD_SEVERITY_RED:
      return C_ ("severity", "needs a person");
    case TD_SEVERITY_AMBER:
      return C_ ("severity", "watch");
    case TD_SEVERITY_NORMAL:
    default:
      return C_ ("severity", "normal");
    }
}
