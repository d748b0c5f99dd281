/* test-random.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation-heap.h"
#include "td-simulation-random.h"

#include <math.h>

#define N_DRAWS 200000

typedef double (*Draw) (TdRandom *random);

static double
draw_gamma (TdRandom *random)
{
  return td_random_gamma (random, 60.0);
}

static double
draw_exponential (TdRandom *random)
{
  return td_random_exponential (random, 5.0);
}

static double
draw_lognormal (TdRandom *random)
{
  return td_random_lognormal (random, 160.0, 0.65);
}

static double
draw_few (TdRandom *random)
{
  return td_random_poisson (random, 3.0);
}

static double
draw_many (TdRandom *random)
{
  return td_random_poisson (random, 400.0);
}

static double
draw_part (TdRandom *random)
{
  return td_random_binomial (random, 20, 0.7);
}

static double
draw_part_of_many (TdRandom *random)
{
  return td_random_binomial (random, 9750, 0.02);
}

static void
test_moments (void)
{
  static const struct
  {
    Draw   draw;
    double mean;
    double deviation;
  } cases[] = {
    { td_random_uniform, 0.5, 0.28868 },
    { td_random_normal, 0.0, 1.0 },
    { draw_gamma, 1.0, 0.12910 },
    { draw_exponential, 5.0, 5.0 },
    { draw_lognormal, 160.0, 104.0 },
    { draw_few, 3.0, 1.73205 },
    { draw_many, 400.0, 20.0 },
    { draw_part, 14.0, 2.04939 },
    { draw_part_of_many, 195.0, 13.82389 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TdRandom random;
      double   sum = 0.0, squares = 0.0;

      td_random_init (&random, 42, i);
      for (guint k = 0; k < N_DRAWS; k++)
        {
          double value = cases[i].draw (&random) - cases[i].mean;

          sum += value;
          squares += value * value;
        }

      g_assert_cmpfloat (fabs (sum / N_DRAWS), <, 5.0 * cases[i].deviation / sqrt (N_DRAWS));
      g_assert_cmpfloat (fabs (sqrt (squares / N_DRAWS) / cases[i].deviation - 1.0), <, 0.03);
    }
}

static void
test_streams (void)
{
  TdRandom a, b, c, again;
  guint    same_stream = 0, same_seed = 0;

  td_random_init (&a, 1, 0);
  td_random_init (&b, 1, 1);
  td_random_init (&c, 2, 0);
  td_random_init (&again, 1, 0);
  for (guint i = 0; i < 10000; i++)
    {
      guint32 value = td_random_next (&a);

      g_assert_cmpuint (value, ==, td_random_next (&again));
      same_seed += value >> 24 == td_random_next (&b) >> 24;
      same_stream += value >> 24 == td_random_next (&c) >> 24;
    }

  /* One in 256 by chance. */
  g_assert_cmpuint (same_seed, <, 80);
  g_assert_cmpuint (same_stream, <, 80);
}

static void
test_bounds (void)
{
  TdRandom random;

  td_random_init (&random, 9, 9);
  g_assert_cmpuint (td_random_binomial (&random, 0, 0.5), ==, 0);
  g_assert_cmpuint (td_random_binomial (&random, 10, 0.0), ==, 0);
  g_assert_cmpuint (td_random_binomial (&random, 10, 1.0), ==, 10);
  g_assert_cmpuint (td_random_binomial (&random, 10, NAN), ==, 0);
  g_assert_cmpuint (td_random_poisson (&random, 0.0), ==, 0);
  g_assert_cmpuint (td_random_poisson (&random, -1.0), ==, 0);
  for (guint i = 0; i < 100000; i++)
    {
      g_assert_cmpuint (td_random_below (&random, 7), <, 7);
      g_assert_cmpuint (td_random_binomial (&random, 5000, 0.999), <=, 5000);
    }
}

static void
test_heap (void)
{
  TdSimHeap  heap = { 0 };
  TdSimEvent event = { 0 }, last = { 0 };
  TdRandom   random;
  guint      n_popped = 0;

  td_random_init (&random, 3, 3);
  for (guint i = 0; i < 5000; i++)
    {
      event.time = td_random_below (&random, 500);
      event.order = i;
      td_sim_heap_push (&heap, &event);
    }

  while (td_sim_heap_pop (&heap, 249, &event))
    {
      g_assert_true (n_popped == 0 || event.time > last.time ||
                     (event.time == last.time && event.order > last.order));
      last = event;
      n_popped++;
    }
  g_assert_cmpint (last.time, ==, 249);
  g_assert_cmpuint (heap.n_events, ==, 5000 - n_popped);
  while (td_sim_heap_pop (&heap, 500, &event))
    n_popped++;
  g_assert_cmpuint (n_popped, ==, 5000);
  td_sim_heap_clear (&heap);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/random/draws-have-their-mean-and-deviation", test_moments);
  g_test_add_func ("/random/streams-and-seeds-differ", test_streams);
  g_test_add_func ("/random/draws-keep-their-bounds", test_bounds);
  g_test_add_func ("/heap/earliest-event-comes-first", test_heap);

  return g_test_run ();
}
