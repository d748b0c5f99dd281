/* td-transient.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-transient.h"

#include <math.h>

/* The share of a handling time, and the seconds, that a step may take. */
#define STEP_SHARE 0.02
#define MAX_STEP_S 5.0
#define MAX_STEPS 20000

/* States that are less likely are left out. */
#define NOTHING 1e-12

/* Who leave finish their calls: they are taken away in so many portions. */
#define N_PORTIONS 16

/* Callers who never hang up, as far as a day goes. */
#define MAX_PATIENCE_S TD_ERLANG_MAX_SECONDS

typedef struct
{
  double rate;    /* λ */
  double service; /* μ */
  double leaving; /* θ */

  double *now;   /* (owned): how likely each number of calls is, at the begin of a step */
  double *next;  /* (owned): at its end */
  double *seen;  /* (owned): s for which there were so many, since the agents were as many */
  double *ratio; /* (owned): room for the elimination */
  guint   n_states;
  guint   first; /* of those that are likely enough */
  guint   last;
  guint   highest; /* that was seen */

  TdExpectedService sum; /* of calls */
  double            calls;
  double            handled_s;
  double            agent_s;
} Course;

static void
course_init (Course            *self,
             const TdTransient *question)
{
  double patience = CLAMP (question->traffic.patience, 0.001, MAX_PATIENCE_S);
  double most;

  *self = (Course){
    .rate = CLAMP (question->traffic.rate, 0, TD_ERLANG_MAX_RATE),
    .service = 1 / CLAMP (question->traffic.aht, 0.1, TD_ERLANG_MAX_SECONDS),
    .leaving = 1 / patience,
  };
  /* No more than who are there and all who come, or than stay by far: θ lets
   * a queue grow to λ / θ and no further. */
  most = self->rate * question->until;
  most = fmin (most + 10 * sqrt (most), self->rate * patience + 10 * sqrt (self->rate * patience));
  self->n_states = (guint)fmin (MAX (question->calls, question->agents + question->joining) + most + 64, TD_TRANSIENT_MAX_CALLS);
  self->now = g_new0 (double, self->n_states);
  self->next = g_new0 (double, self->n_states);
  self->seen = g_new0 (double, self->n_states);
  self->ratio = g_new0 (double, self->n_states);
  self->first = self->last = MIN (question->calls, self->n_states - 1);
  self->now[self->first] = 1;
}

static void
course_clear (Course *self)
{
  g_free (self->now);
  g_free (self->next);
  g_free (self->seen);
  g_free (self->ratio);
}

/* Calls that end or are given up a second, where there are so many. */
static double
course_get_ends (const Course *self,
                 guint         calls,
                 guint         agents)
{
  return MIN (calls, agents) * self->service + (calls > agents ? calls - agents : 0) * self->leaving;
}

/* Room for what a step can reach from where it is likely to be. */
static void
course_widen (Course *self,
              guint   agents,
              double  step)
{
  double up = self->rate * step;
  double down = course_get_ends (self, self->last, agents) * step;
  guint  above = (guint)(up + 8 * sqrt (up) + 8);
  guint  below = (guint)(down + 8 * sqrt (down) + 8);

  self->first = self->first > below ? self->first - below : 0;
  self->last = MIN (self->last + above, self->n_states - 1);
}

static void
course_narrow (Course *self)
{
  while (self->first < self->last && self->next[self->first] < NOTHING)
    self->next[self->first++] = 0;
  while (self->last > self->first && self->next[self->last] < NOTHING)
    self->next[self->last--] = 0;
}

/* One step of Kolmogorov's forward equations, backward (implicit Euler): it
 * keeps what is likely between 0 and 1 however long the step is, and is a
 * tridiagonal system (Thomas' elimination). */
static void
course_step (Course  *self,
             guint    agents,
             double   step,
             gboolean looking)
{
  guint   first, last;
  double  sum = 0;
  double *swap;

  course_widen (self, agents, step);
  first = self->first;
  last = self->last;
  for (guint i = first; i <= last; i++)
    {
      double up = i < last ? step * self->rate : 0;
      double ends = i > first ? step * course_get_ends (self, i, agents) : 0;
      double above = i < last ? step * course_get_ends (self, i + 1, agents) : 0;
      double come = i > first ? step * self->rate : 0;
      double pivot = 1 + up + ends - (i > first ? come * self->ratio[i - 1] : 0);

      self->ratio[i] = above / pivot;
      self->next[i] = (self->now[i] + (i > first ? come * self->next[i - 1] : 0)) / pivot;
    }
  for (guint i = last; i > first; i--)
    self->next[i - 1] += self->ratio[i - 1] * self->next[i];
  for (guint i = first; i <= last; i++)
    sum += self->next[i];

  for (guint i = first; i <= last; i++)
    {
      self->next[i] /= sum;
      if (looking)
        self->seen[i] += step * (self->now[i] + self->next[i]) / 2;
      self->now[i] = 0;
    }
  if (looking)
    self->highest = MAX (self->highest, last);
  course_narrow (self);
  swap = self->now;
  self->now = self->next;
  self->next = swap;
}

/* x^a (1 - x)^b / (b B (a, b)): by how much I_x (a, b) grows when b does by one. */
static double
get_growth (double x,
            double a,
            double b)
{
  return exp (a * log (x) + b * log1p (-x) - log (b) - lgamma (a) - lgamma (b) + lgamma (a + b));
}

/**
 * Within:
 *
 * What becomes within a limit of a caller before whom others wait. With n agents
 * busy and i callers before this one, it takes the sum of exponential times of the
 * rates nμ, nμ + θ … nμ + iθ until an agent is free for who stays. That
 * sum is -ln (B) / θ, B being of the beta distribution with a = nμ/θ, b = i + 1
 * (Rényi, 1953), and a caller stays so long with the chance exp (-θV) = B. So
 * what is asked for are incomplete beta functions I_x with x = exp (-θ limit),
 * from one i to the next by their recurrence.
 */
typedef struct
{
  double x;
  double a;
  double low;  /* I_x (a, b) */
  double high; /* I_x (a + 1, b) */
} Within;

static void
within_init (Within *self,
             double  limit,
             double  leaving,
             double  a)
{
  self->x = exp (-leaving * limit);
  self->a = a;
  self->low = exp (-a * leaving * limit); /* I_x (a, 1) = x^a */
  self->high = self->low * self->x;
}

static double
within_get_answered (const Within *self,
                     double        b)
{
  return self->a / (self->a + b) * (1 - MIN (self->high, 1));
}

static double
within_get_abandoned (const Within *self,
                      double        b)
{
  return MAX (1 - within_get_answered (self, b) - self->x * MIN (self->low, 1), 0);
}

static void
within_advance (Within *self,
                double  b)
{
  if (self->x <= 0 || self->x >= 1 || self->high >= 1)
    return;
  self->low += get_growth (self->x, self->a, b);
  self->high += get_growth (self->x, self->a + 1, b);
}

/* Those who found @agents busy or not, since these were as many. Nobody is
 * answered where nobody serves. */
static void
course_count (Course *self,
              guint   agents,
              double  threshold,
              double  short_limit)
{
  double a = agents * self->service / self->leaving;
  double sum = 0; /* of 1 / (a + 1) … 1 / (a + b) */
  Within in_time, early;

  within_init (&in_time, threshold, self->leaving, a);
  within_init (&early, short_limit, self->leaving, a);
  for (guint i = 0; i <= self->highest; i++)
    {
      double calls = self->rate * self->seen[i];
      double b = i >= agents ? (double)(i - agents) + 1 : 0; /* times until one of the agents is for this caller */
      double answered = b > 0 ? a / (a + b) : 1;

      self->handled_s += self->seen[i] * MIN (i, agents);
      self->agent_s += self->seen[i] * agents;
      self->sum.waiting += self->seen[i] * (i > agents ? i - agents : 0);
      self->calls += calls;
      self->seen[i] = 0;
      if (b < 1)
        {
          self->sum.answered_in_time += calls;
          continue;
        }
      self->sum.delayed += calls;
      self->sum.answered_in_time += calls * within_get_answered (&in_time, b);
      self->sum.abandoned_in_time += calls * within_get_abandoned (&in_time, b);
      self->sum.abandoned_short += calls * within_get_abandoned (&early, b);
      self->sum.abandoned += calls * (1 - answered);
      self->sum.mean_wait += calls * (1 - answered) / self->leaving;
      /* E (-B ln (B)) of the beta distribution, over θ. */
      sum += 1 / (a + b);
      self->sum.asa += calls * answered * sum / self->leaving;
      within_advance (&in_time, b);
      within_advance (&early, b);
    }
}

static void
course_take (const Course      *self,
             double             seconds,
             TdExpectedService *service)
{
  double answered = self->calls - self->sum.abandoned;

  *service = (TdExpectedService){ .answered_in_time = 1 };
  service->occupancy = self->agent_s > 0 ? self->handled_s / self->agent_s : 0;
  service->waiting = seconds > 0 ? self->sum.waiting / seconds : 0;
  if (!(self->calls > 0))
    return;

  service->delayed = self->sum.delayed / self->calls;
  service->answered_in_time = self->sum.answered_in_time / self->calls;
  service->abandoned = self->sum.abandoned / self->calls;
  service->abandoned_in_time = self->sum.abandoned_in_time / self->calls;
  service->abandoned_short = self->sum.abandoned_short / self->calls;
  service->mean_wait = self->sum.mean_wait / self->calls;
  service->asa = answered > 0 ? self->sum.asa / answered : INFINITY;
}

/* Who serve at a time; in portions, those who leave finishing their calls. */
static guint
get_agents (const TdTransient *question,
            double             time)
{
  guint  leaving = MIN (question->leaving, question->agents);
  double stay;

  if (time < question->leave_at || leaving + question->joining == 0)
    return question->agents;

  stay = exp (-(time - question->leave_at) / CLAMP (question->traffic.aht, 0.1, TD_ERLANG_MAX_SECONDS));

  return question->agents - leaving + question->joining + (guint)(leaving * round (stay * N_PORTIONS) / N_PORTIONS);
}

/**
 * td_transient_expect:
 * @question: what is asked
 * @threshold: T, s
 * @short_limit: below which who hangs up does not count, s
 * @service: (out): what the calls that come while it is looked meet
 *
 * What traffic meets that begins with the calls and callers of this moment, not
 * with a steady state: the number of calls of M/M/n+M by Kolmogorov's forward
 * equations, and for each number what a caller meets who comes to it, exactly
 * while as many agents stay. Where it goes on for long it becomes
 * td_erlang_expect(). A few ms for hundreds of agents; any thread.
 *
 * Returns: whether it can be reckoned: 0 ≤ from < until, neither too far nor too many
 */
gboolean
td_transient_expect (const TdTransient *question,
                     double             threshold,
                     double             short_limit,
                     TdExpectedService *service)
{
  Course course;
  double step, time = 0;
  guint  agents;

  g_return_val_if_fail (question != NULL, FALSE);
  g_return_val_if_fail (service != NULL, FALSE);

  if (!(question->from >= 0 && question->from < question->until && question->until <= TD_TRANSIENT_MAX_SECONDS) ||
      question->calls >= TD_TRANSIENT_MAX_CALLS || question->agents >= TD_TRANSIENT_MAX_CALLS ||
      question->joining >= TD_TRANSIENT_MAX_CALLS)
    return FALSE;

  threshold = CLAMP (threshold, 0, TD_ERLANG_MAX_SECONDS);
  short_limit = CLAMP (short_limit, 0, TD_ERLANG_MAX_SECONDS);
  course_init (&course, question);
  agents = get_agents (question, 0);
  step = fmin (MAX_STEP_S, STEP_SHARE / course.service);
  step = fmax (step, question->until / MAX_STEPS);
  while (time < question->until)
    {
      gboolean looking = time >= question->from;
      double   end = looking ? question->until : question->from;
      double   length = fmin (step, end - time);
      guint    serving = get_agents (question, time);

      if (serving != agents)
        course_count (&course, agents, threshold, short_limit);
      agents = serving;
      course_step (&course, agents, length, looking);
      time = time + length >= end ? end : time + length;
    }
  course_count (&course, agents, threshold, short_limit);
  course_take (&course, question->until - question->from, service);
  course_clear (&course);

  return TRUE;
}
