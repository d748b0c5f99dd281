/* td-shift-paper-events.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-shift-paper-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-paper-table.h"

static const TdPaperStyle small = { 7, FALSE, TD_PAPER_DIM, PANGO_ALIGN_LEFT };

static const char *
get_kind_name (TdShiftEventKind kind)
{
  switch (kind)
    {
    case TD_SHIFT_INCIDENT:
      return C_ ("mark", "Incident");
    case TD_SHIFT_OWN_FAULT:
      return C_ ("mark", "Our own fault");
    case TD_SHIFT_TEST:
      return C_ ("mark", "Test calls");
    case TD_SHIFT_REGIME:
      return C_ ("mark", "New normal from here on");
    case TD_SHIFT_ALERT:
      return C_ ("mark", "Alert");
    case TD_N_SHIFT_EVENT_KINDS:
    default:
      g_return_val_if_reached ("");
    }
}

static const char *
find_queue_name (const TdShiftSheet *sheet,
                 const char         *id)
{
  for (guint i = 0; i < sheet->queues->len; i++)
    {
      const TdShiftFigures *figures = g_ptr_array_index (sheet->queues, i);

      if (g_str_equal (figures->id, id))
        return figures->name;
    }

  return id;
}

static char *
describe_event (const TdShiftSheet *sheet,
                const TdShiftEvent *event)
{
  g_autofree char *text = event->text != NULL && *event->text != '\0'
                            ? g_strdup_printf ("%s: %s", get_kind_name (event->kind), event->text)
                            : g_strdup (get_kind_name (event->kind));

  if (event->kind == TD_SHIFT_ALERT && event->text != NULL)
    return g_strdup (event->text);
  if (event->queue == NULL)
    return g_steal_pointer (&text);

  return g_strdup_printf ("%s (%s)", text, find_queue_name (sheet, event->queue));
}

static char *
describe_evidence (const TdShiftEvent *event)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (event->evidence != NULL)
    return g_strdup (event->evidence);

  if (!isnan (event->excess) && fabs (event->excess) >= 0.5)
    {
      g_autofree char *calls = td_format_calls (fabs (event->excess));

      g_ptr_array_add (parts, event->excess > 0
                                /* Translators: calls above what is normal. */
                                ? g_strdup_printf (_ ("%s calls above normal"), calls)
                                /* Translators: calls below what is normal. */
                                : g_strdup_printf (_ ("%s calls below normal"), calls));
    }
  if (!isnan (event->peak) && event->peak > 0)
    {
      g_autofree char *peak = td_format_deviation (event->peak, TRUE);

      /* Translators: the greatest deviation of the rate from normal. */
      g_ptr_array_add (parts, g_strdup_printf (_ ("at most %s"), peak));
    }
  if (TD_IS_KNOWN (event->longest_ms))
    {
      g_autofree char *longest = td_format_duration (event->longest_ms);

      /* Translators: a duration. */
      g_ptr_array_add (parts, g_strdup_printf (_ ("longest wait %s"), longest));
    }
  g_ptr_array_add (parts, NULL);

  return parts->len > 1 ? g_strjoinv (", ", (char **)parts->pdata) : g_strdup ("—");
}

static char *
describe_owner (TdShiftWriter      *self,
                const TdShiftEvent *event)
{
  g_autofree char *at = NULL;

  if (event->owner == NULL && event->kind == TD_SHIFT_ALERT)
    return g_strdup (TD_IS_KNOWN (event->to) ? _ ("over by itself") : _ ("nobody has taken it"));
  if (event->owner == NULL)
    return g_strdup ("—");
  if (!TD_IS_KNOWN (event->owned_at))
    return g_strdup (event->owner);

  at = td_format_clock (event->owned_at, self->zone);

  return g_strdup_printf ("%s, %s", event->owner, at);
}

static void
add_event (TdShiftWriter *self,
           TdPaperTable  *table,
           gint64         from,
           gint64         to,
           char          *what,     /* (transfer full) */
           char          *evidence, /* (transfer full) */
           char          *owner)             /* (transfer full) */
{
  td_paper_table_add_row (table, FALSE);
  td_paper_table_take_cell (table, 0, td_format_clock (from, self->zone), TD_PAPER_TEXT);
  td_paper_table_take_cell (table, 1, what, TD_PAPER_TEXT);
  td_paper_table_take_cell (table, 2, evidence, TD_PAPER_TEXT);
  td_paper_table_take_cell (table, 3, owner, TD_PAPER_TEXT);
  td_paper_table_take_cell (table, 4, TD_IS_KNOWN (to) ? td_format_clock (to, self->zone) : g_strdup (_ ("lasts")), TD_PAPER_TEXT);
}

/* Where no queue was ever seen, nobody can say how many there were. */
static char *
describe_gap (const TdShiftSheet *sheet,
              const TdShiftGap   *gap)
{
  int n = (int)((gap->to - gap->from) / G_TIME_SPAN_MINUTE);

  if (sheet->queues->len == 0)
    return g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong)n), n);

  return g_strdup_printf (ngettext ("%d minute, of %u queues", "%d minutes, of %u queues", (gulong)n), n, gap->n_queues);
}

/**
 * td_shift_writer_write_events:
 * @self: a writer
 *
 * Writes what was marked, what the program raised, and what nobody saw, by time.
 */
void
td_shift_writer_write_events (TdShiftWriter *self)
{
  const TdShiftSheet *sheet = self->sheet;
  g_autoptr (TdPaperTable) table = td_paper_table_new (5);
  guint event = 0;
  guint gap = 0;

  td_paper_table_set_column (table, 0, C_ ("sheet column", "From"), 0, FALSE);
  td_paper_table_set_column (table, 1, C_ ("sheet column", "What"), 1, FALSE);
  td_paper_table_set_column (table, 2, C_ ("sheet column", "Evidence"), 1.4, FALSE);
  td_paper_table_set_column (table, 3, C_ ("sheet column", "Taken by"), 0.7, FALSE);
  td_paper_table_set_column (table, 4, C_ ("sheet column", "Until"), 0, TRUE);
  td_paper_table_set_private (table, 3);
  while (event < sheet->events->len || gap < sheet->gaps->len)
    {
      const TdShiftEvent *e = event < sheet->events->len ? g_ptr_array_index (sheet->events, event) : NULL;
      const TdShiftGap   *g = gap < sheet->gaps->len ? &g_array_index (sheet->gaps, TdShiftGap, gap) : NULL;

      if (e != NULL && (g == NULL || e->from <= g->from))
        {
          add_event (self, table, e->from, e->to, describe_event (sheet, e), describe_evidence (e), describe_owner (self, e));
          event++;
          continue;
        }

      add_event (self, table, g->from, g->to, g_strdup (_ ("Not observed")),
                 describe_gap (sheet, g),
                 g_strdup ("—"));
      gap++;
    }

  td_shift_writer_begin_section (self, _ ("Incidents and alerts"), TD_SHIFT_HEAD_ROOM);
  if (sheet->events->len + sheet->gaps->len > 0)
    td_paper_table_draw (table, self->paper, TD_SHIFT_LEFT, TD_SHIFT_WIDTH);
  else
    td_paper_write_lines (self->paper, &small, TD_SHIFT_LEFT, TD_SHIFT_WIDTH, _ ("Nothing was marked, and every minute was observed."));
}
