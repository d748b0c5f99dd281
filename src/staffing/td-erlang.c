/* td-erlang.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-erlang.h"

#include <math.h>

/* Below exp (-DEPTH) of its highest point a density is nothing. */
#define DEPTH 45.0

/* The panels of the quadrature grow so much with the distance from that point. */
#define GROWTH 1.5

/* Nodes and weights of Gauss and Legendre's rule of ten points on [-1, 1]
 * (Abramowitz & Stegun, table 25.4); it is symmetric. */
static const double nodes[] = { 0.1488743389816312, 0.4333953941292472, 0.6794095682990244,
                                0.8650633666889845, 0.9739065285171717 };
static const double weights[] = { 0.2955242247147529, 0.2692667193099963, 0.2190863625159821,
                                  0.1494513491505806, 0.0666713443086881 };

/**
 * Wait:
 *
 * The wait that a caller of endless patience would have, in M/M/n+M: its density
 * is λ exp (φ (v)) / (E + λJ), φ (v) = λH (v) - nμv, H (v) = (1 - exp (-θv)) / θ
 * (Mandelbaum & Zeltyn, "The M/M/n+G queue: summary of performance measures", 2004).
 * φ is concave: its peak cuts the density into two slopes. All is held relative to the peak, since φ itself goes into the thousands.
 */
typedef struct
{
  double rate;    /* λ */
  double service; /* nμ */
  double leaving; /* θ */
  double peak;    /* where φ is highest, s */
  double height;  /* φ there */
} Wait;

/* Integrals over a part of the waits, each of them of exp (φ (v) - height). */
typedef struct
{
  double whole;
  double patient;       /* times exp (-θv): those who are still there */
  double waited;        /* times H (v): what they wait, until they are answered or leave */
  double answered_wait; /* times v exp (-θv) */
} Part;

static double
wait_until_gone (const Wait *w,
                 double      v)
{
  return -expm1 (-w->leaving * v) / w->leaving;
}

static double
wait_exponent (const Wait *w,
               double      v)
{
  return w->rate * wait_until_gone (w, v) - w->service * v - w->height;
}

/* Where the density has become nothing, or 0: before the peak. */
static double
wait_find_begin (const Wait *w)
{
  double far = 0;
  double near = w->peak;

  if (wait_exponent (w, 0) >= -DEPTH)
    return 0;

  for (int i = 0; i < 60; i++)
    {
      double middle = (near + far) / 2;

      if (wait_exponent (w, middle) < -DEPTH)
        far = middle;
      else
        near = middle;
    }
  return far;
}

/* And after it. */
static double
wait_find_end (const Wait *w)
{
  double step = 1 / w->service;

  while (wait_exponent (w, w->peak + step) > -DEPTH)
    step *= 1.25;
  return w->peak + step;
}

/* Adds what lies between two waits, in no order. */
static void
wait_add_panel (const Wait *w,
                double      from,
                double      to,
                Part       *part)
{
  double middle = (from + to) / 2;
  double half = fabs (to - from) / 2;

  for (guint i = 0; i < 2 * G_N_ELEMENTS (nodes); i++)
    {
      double v = middle + half * (i % 2 ? nodes[i / 2] : -nodes[i / 2]);
      double density = weights[i / 2] * half * exp (wait_exponent (w, v));
      double gone = -expm1 (-w->leaving * v);

      part->whole += density;
      part->patient += density * (1 - gone);
      part->waited += density * gone / w->leaving;
      part->answered_wait += density * (1 - gone) * v;
    }
}

/* Adds a slope from the peak to @end, as far as it lies before @limit. */
static void
wait_add_slope (const Wait *w,
                double      end,
                double      limit,
                Part       *part)
{
  double finest = fmin (1 / w->service, 1 / w->leaving);
  double way = fabs (end - w->peak);
  double sign = end > w->peak ? 1 : -1;
  double near = 0;
  double width = finest / 4;

  while (near < way)
    {
      double far = fmin (near + width, way);

      if (w->peak + sign * near < limit || w->peak + sign * far < limit)
        wait_add_panel (w, fmin (w->peak + sign * near, limit), fmin (w->peak + sign * far, limit), part);
      near = far;
      width = fmax (width, near * (GROWTH - 1));
    }
}

/* The waits from 0 to @limit. */
static Part
wait_integrate (const Wait *w,
                double      limit)
{
  Part part = { 0 };

  wait_add_slope (w, wait_find_begin (w), limit, &part);
  wait_add_slope (w, wait_find_end (w), limit, &part);
  return part;
}

/* 1 / B (agents, erlangs), which grows where B sinks below every number. */
static double
inverse_loss (guint  agents,
              double erlangs)
{
  double inverse = 1;

  for (guint i = 1; i <= agents && isfinite (inverse); i++)
    inverse = 1 + i / erlangs * inverse;
  return inverse;
}

/**
 * td_erlang_b:
 * @agents: 0 to %TD_ERLANG_MAX_AGENTS
 * @erlangs: the traffic offered: rate times holding time
 *
 * The share of calls that find all agents busy where nobody waits (Erlang, 1917),
 * by the recursion 1 / B (n) = 1 + n / (a B (n - 1)), which is stable.
 *
 * Returns: 0 to 1
 */
double
td_erlang_b (guint  agents,
             double erlangs)
{
  if (!(erlangs > 0))
    return agents > 0 ? 0 : 1;
  return 1 / inverse_loss (MIN (agents, TD_ERLANG_MAX_AGENTS), erlangs);
}

/**
 * td_erlang_c:
 * @agents: 0 to %TD_ERLANG_MAX_AGENTS
 * @erlangs: the traffic offered: rate times handling time
 *
 * The share of callers who have to wait where nobody hangs up (Erlang, 1917).
 *
 * Returns: 0 to 1; 1 where the traffic is more than the agents can take
 */
double
td_erlang_c (guint  agents,
             double erlangs)
{
  double n = MIN (agents, TD_ERLANG_MAX_AGENTS);
  double b;

  if (!(erlangs > 0))
    return agents > 0 ? 0 : 1;
  if (erlangs >= n)
    return 1;

  b = td_erlang_b (agents, erlangs);
  return n * b / (n - erlangs * (1 - b));
}

/* Nobody hangs up: M/M/n. */
static void
expect_patient (TdExpectedService *service,
                double             rate,
                double             aht,
                guint              agents,
                double             threshold)
{
  double erlangs = rate * aht;
  double spare = agents / aht - rate; /* calls a second */

  service->delayed = td_erlang_c (agents, erlangs);
  if (erlangs >= agents)
    {
      service->occupancy = 1;
      service->mean_wait = service->asa = service->waiting = INFINITY;
      return;
    }
  service->occupancy = erlangs / agents;
  service->answered_in_time = 1 - service->delayed * exp (-spare * threshold);
  service->mean_wait = service->asa = service->delayed / spare;
  service->waiting = rate * service->mean_wait;
}

/* They do: M/M/n+M. */
static void
expect_impatient (TdExpectedService *service,
                  double             rate,
                  double             aht,
                  double             patience,
                  guint              agents,
                  double             threshold,
                  double             short_limit)
{
  Wait   w = { .rate = rate, .service = agents / aht, .leaving = 1 / patience };
  double at_once;
  double scale;
  Part   all;
  Part   in_time;
  Part   early;

  if (w.rate > w.service)
    w.peak = log (w.rate / w.service) / w.leaving;
  w.height = w.rate * wait_until_gone (&w, w.peak) - w.service * w.peak;

  all = wait_integrate (&w, INFINITY);
  in_time = wait_integrate (&w, threshold);
  early = wait_integrate (&w, short_limit);

  /* E is the inverse of the loss with one agent less. */
  at_once = inverse_loss (agents - 1, rate * aht) * exp (-w.height);
  scale = isfinite (at_once) ? 1 / (at_once + rate * all.whole) : 0;
  at_once = isfinite (at_once) ? at_once * scale : 1;
  scale *= rate;

  service->delayed = scale * all.whole;
  service->mean_wait = scale * all.waited;
  service->abandoned = service->mean_wait / patience; /* as many leave as Little's queue lets go */
  service->answered_in_time = at_once + scale * in_time.patient;
  service->abandoned_in_time = scale * (in_time.waited / patience - (all.whole - in_time.whole) * expm1 (-threshold / patience));
  service->abandoned_short = scale * (early.waited / patience - (all.whole - early.whole) * expm1 (-short_limit / patience));
  service->occupancy = MIN (rate * aht * (1 - service->abandoned) / agents, 1);
  service->asa = service->abandoned < 1 ? scale * all.answered_wait / (1 - service->abandoned) : INFINITY;
  service->waiting = rate * service->mean_wait;
}

/**
 * td_erlang_expect:
 * @traffic: what comes
 * @agents: who serve, 0 to %TD_ERLANG_MAX_AGENTS
 * @threshold: T, s
 * @short_limit: below which who hangs up does not count, s
 *
 * What a steady Poisson traffic meets that agents serve in its order, calls and
 * patience being exponential: Erlang A (Palm; Garnett, Mandelbaum & Reiman, 2002),
 * or Erlang C where nobody hangs up. For centre and traffic as they are for a
 * while; a queue that stands already is not in it.
 *
 * About 0.1 ms at 10,000 agents. Any thread.
 *
 * Returns: all of it
 */
TdExpectedService
td_erlang_expect (const TdTraffic *traffic,
                  guint            agents,
                  double           threshold,
                  double           short_limit)
{
  double            rate = CLAMP (traffic->rate, 0, TD_ERLANG_MAX_RATE);
  double            aht = CLAMP (traffic->aht, 0.1, TD_ERLANG_MAX_SECONDS);
  double            patience = MAX (traffic->patience, 0.001);
  TdExpectedService service = { 0 };

  agents = MIN (agents, TD_ERLANG_MAX_AGENTS);
  threshold = CLAMP (threshold, 0, TD_ERLANG_MAX_SECONDS);
  short_limit = CLAMP (short_limit, 0, TD_ERLANG_MAX_SECONDS);

  if (agents == 0)
    {
      gboolean leave = rate > 0 && patience <= TD_ERLANG_MAX_SECONDS;

      service.delayed = 1;
      service.abandoned = leave;
      service.abandoned_in_time = leave ? -expm1 (-threshold / patience) : 0;
      service.abandoned_short = leave ? -expm1 (-short_limit / patience) : 0;
      service.mean_wait = leave ? patience : INFINITY;
      service.asa = INFINITY;
      service.waiting = leave ? rate * patience : rate > 0 ? INFINITY
                                                           : 0;
    }
  else if (rate <= 0)
    service.answered_in_time = 1;
  else if (patience > TD_ERLANG_MAX_SECONDS)
    expect_patient (&service, rate, aht, agents, threshold);
  else
    expect_impatient (&service, rate, aht, patience, agents, threshold, short_limit);
  return service;
}

/**
 * td_erlang_service_level:
 * @service: what is expected
 * @formula: how the service level is counted
 *
 * The service level of a steady state, in which every caller has been answered
 * or has hung up by the end, so that some of the formulas fall together.
 *
 * Returns: 0 to 1
 */
double
td_erlang_service_level (const TdExpectedService *service,
                         TdServiceLevelFormula    formula)
{
  double good = service->answered_in_time;
  double of = 1;

  switch (formula)
    {
    case TD_SERVICE_LEVEL_OF_ANSWERED:
      of = 1 - service->abandoned;
      break;
    case TD_SERVICE_LEVEL_IN_TIME:
      good += service->abandoned_in_time;
      break;
    case TD_SERVICE_LEVEL_LESS_EARLY:
      of = 1 - service->abandoned_in_time;
      break;
    case TD_SERVICE_LEVEL_LIVE:
    case TD_SERVICE_LEVEL_OF_OFFERED:
      of = 1 - service->abandoned_short;
      break;
    case TD_SERVICE_LEVEL_OF_HANDLED:
    case TD_N_SERVICE_LEVEL_FORMULAS:
      break;
    }
  return of > 0 ? CLAMP (good / of, 0, 1) : 0;
}

static gboolean
reaches (const TdTraffic     *traffic,
         const TdServiceGoal *goal,
         guint                agents)
{
  TdExpectedService service = td_erlang_expect (traffic, agents, goal->threshold, goal->short_limit);

  return td_erlang_service_level (&service, goal->formula) >= goal->target && service.occupancy <= goal->max_occupancy;
}

/**
 * td_erlang_agents_needed:
 * @traffic: what comes
 * @goal: what is to be reached
 * @needed: (out): the fewest agents who reach it, 0 where nobody calls
 *
 * Searches by halving, since more agents never serve worse. Below 2 ms.
 *
 * Returns: whether %TD_ERLANG_MAX_AGENTS are enough
 */
gboolean
td_erlang_agents_needed (const TdTraffic     *traffic,
                         const TdServiceGoal *goal,
                         guint               *needed)
{
  guint few = 0; /* do not reach it */
  guint many = 1;

  *needed = 0;
  if (!(traffic->rate > 0))
    return TRUE;

  while (!reaches (traffic, goal, many))
    {
      if (many >= TD_ERLANG_MAX_AGENTS)
        return FALSE;
      few = many;
      many = MIN (many * 2, TD_ERLANG_MAX_AGENTS);
    }
  while (many - few > 1)
    {
      guint middle = few + (many - few) / 2;

      if (reaches (traffic, goal, middle))
        many = middle;
      else
        few = middle;
    }
  *needed = many;
  return TRUE;
}
