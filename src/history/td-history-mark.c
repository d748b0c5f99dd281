/* td-history-mark.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-mark-private.h"

#include <string.h>

/* Cuts where a character ends. */
static char *
bound_text (const char *text,
            gsize       max)
{
  g_autofree char *valid = NULL;
  gsize            length;

  if (text == NULL || *text == '\0')
    return NULL;

  valid = g_utf8_make_valid (text, (gssize)strnlen (text, 2 * max));
  length = strlen (valid);
  if (length > max)
    length = (gsize)(g_utf8_find_prev_char (valid, valid + max + 1) - valid);

  return g_strndup (valid, length);
}

/**
 * td_history_mark_copy:
 * @mark: a mark
 *
 * Returns: (transfer full): one alike, its words cut to what is kept
 */
TdHistoryMark *
td_history_mark_copy (const TdHistoryMark *mark)
{
  TdHistoryMark *copy;

  g_return_val_if_fail (mark != NULL, NULL);

  copy = g_new (TdHistoryMark, 1);
  *copy = *mark;
  copy->queue = bound_text (mark->queue, TD_MAX_ID);
  copy->text = bound_text (mark->text, TD_HISTORY_MAX_MARK_TEXT);

  return copy;
}

void
td_history_mark_free (TdHistoryMark *mark)
{
  if (mark == NULL)
    return;

  g_free (mark->queue);
  g_free (mark->text);
  g_free (mark);
}

/* td_history_mark_is_sound:
 *
 * Returns: whether a mark, from a person or a file, makes sense */
gboolean
td_history_mark_is_sound (const TdHistoryMark *mark)
{
  return (int)mark->kind >= TD_HISTORY_MARK_INCIDENT && mark->kind <= TD_HISTORY_MARK_REGIME &&
         mark->from >= 0 && (mark->to == TD_UNKNOWN || mark->to > mark->from);
}

static int
compare_marks (gconstpointer a,
               gconstpointer b)
{
  const TdHistoryMark *x = *(TdHistoryMark *const *)a;
  const TdHistoryMark *y = *(TdHistoryMark *const *)b;

  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;

  return x->id < y->id ? -1 : x->id > y->id;
}

/* td_history_marks_new:
 *
 * Returns: (transfer full): an array of marks that frees them */
GPtrArray *
td_history_marks_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)td_history_mark_free);
}

/* td_history_marks_find:
 *
 * Returns: the index of the mark @id, or -1 */
int
td_history_marks_find (GPtrArray *marks,
                       gint64     id)
{
  for (guint i = 0; i < marks->len; i++)
    {
      if (((const TdHistoryMark *)g_ptr_array_index (marks, i))->id == id)
        return (int)i;
    }

  return -1;
}

/* td_history_marks_put:
 * @mark: (transfer full): a mark that has an id
 *
 * Puts it in the place of the one with its id, and keeps the order of time. */
void
td_history_marks_put (GPtrArray     *marks,
                      TdHistoryMark *mark)
{
  int index = td_history_marks_find (marks, mark->id);

  if (index >= 0)
    g_ptr_array_remove_index (marks, (guint)index);
  g_ptr_array_add (marks, mark);
  g_ptr_array_sort (marks, compare_marks);
}

/* td_history_marks_merge:
 * @marks: the marks as they are known here
 * @kept: those of the file
 * @touched: (element-type gint64): ids of those that a person changed here
 *   since, of which the file may not know yet
 *
 * Returns: (transfer full): what stands */
GPtrArray *
td_history_marks_merge (GPtrArray  *marks,
                        GPtrArray  *kept,
                        GHashTable *touched)
{
  g_autoptr (GPtrArray) merged = td_history_marks_new ();

  for (guint i = 0; i < marks->len; i++)
    {
      const TdHistoryMark *mark = g_ptr_array_index (marks, i);

      if (g_hash_table_contains (touched, &mark->id))
        g_ptr_array_add (merged, td_history_mark_copy (mark));
    }

  for (guint i = 0; i < kept->len && merged->len < TD_HISTORY_MAX_MARKS; i++)
    {
      const TdHistoryMark *mark = g_ptr_array_index (kept, i);

      if (!g_hash_table_contains (touched, &mark->id))
        g_ptr_array_add (merged, td_history_mark_copy (mark));
    }
  g_ptr_array_sort (merged, compare_marks);

  return g_steal_pointer (&merged);
}
