/* test-memory.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "td-memory.h"

/* A sanitizer has an allocator of its own, and so has another C library. */
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#  define IS_OUR_ALLOCATOR TRUE
#else
#  define IS_OUR_ALLOCATOR FALSE
#endif

#define N_PIECES 24
#define PIECE_BYTES (2 * 1024 * 1024)
#define N_ROUNDS 5
#define SPARE_MIB 8.0

/* What the process has in memory now, MiB. */
static double
get_resident (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  fields = g_strsplit (text, " ", 3);
  g_assert_cmpuint (g_strv_length (fields), >=, 2);

  return (double)g_ascii_strtoull (fields[1], NULL, 10) * (double)sysconf (_SC_PAGESIZE) / (1024 * 1024);
}

/* Much at once, as when a history is read, and something small that stays
 * behind each piece. */
static gpointer
work (gpointer data)
{
  GPtrArray *kept = data;
  gpointer   pieces[N_PIECES];

  for (guint i = 0; i < N_PIECES; i++)
    {
      pieces[i] = g_malloc (PIECE_BYTES);
      memset (pieces[i], (int)i + 1, PIECE_BYTES);
      g_ptr_array_add (kept, g_malloc (100));
    }
  for (guint i = 0; i < N_PIECES; i++)
    g_free (pieces[i]);

  return NULL;
}

static void
test_large_pieces_go_back_at_once (void)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  double before = get_resident ();

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      work (kept);
      g_assert_cmpfloat (get_resident (), <, before + SPARE_MIB);
    }
}

static void
test_large_pieces_of_threads_go_back_at_once (void)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  double before = get_resident ();

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_thread_join (g_thread_new ("worker", work, kept));
      g_assert_cmpfloat (get_resident (), <, before + SPARE_MIB);
    }
}

int
main (int   argc,
      char *argv[])
{
  td_memory_limit ();
  g_test_init (&argc, &argv, NULL);

  if (IS_OUR_ALLOCATOR)
    {
      g_test_add_func ("/memory/large-pieces-go-back-at-once", test_large_pieces_go_back_at_once);
      g_test_add_func ("/memory/large-pieces-of-threads-go-back-at-once", test_large_pieces_of_threads_go_back_at_once);
    }

  return g_test_run ();
}
