/* td-paper-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-paper-table.h"

#define SIZE 7.5
#define GAP 8.0
#define PADDING 2.6

/* What a column of words is never less than, nor numbers more, of the width. */
#define MIN_WORDS 0.12
#define MAX_NUMBER 0.3

typedef struct
{
  char      *text; /* (owned) (nullable) */
  TdPaperInk ink;
} Cell;

typedef struct
{
  char    *title;  /* (owned) */
  double   weight; /* of words; 0 for as wide as it needs */
  gboolean right;
  gboolean is_private;
  double   width; /* as it was laid out last */
} Column;

typedef struct
{
  gboolean bold;
  Cell    *cells; /* (owned) */
} Row;

struct _TdPaperTable
{
  guint   n_columns;
  Column *columns; /* (owned) */
  GArray *rows;    /* (owned) (element-type Row) */
};

/**
 * td_paper_table_new:
 * @n_columns: how many
 *
 * Returns: (transfer full): a table without rows
 */
TdPaperTable *
td_paper_table_new (guint n_columns)
{
  TdPaperTable *self = g_new0 (TdPaperTable, 1);

  self->n_columns = n_columns;
  self->columns = g_new0 (Column, n_columns);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));

  return self;
}

void
td_paper_table_free (TdPaperTable *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = &g_array_index (self->rows, Row, i);

      for (guint k = 0; k < self->n_columns; k++)
        g_free (row->cells[k].text);
      g_free (row->cells);
    }
  g_array_unref (self->rows);
  for (guint k = 0; k < self->n_columns; k++)
    g_free (self->columns[k].title);
  g_free (self->columns);
  g_free (self);
}

/**
 * td_paper_table_set_column:
 * @self: a table
 * @column: which
 * @title: its head
 * @weight: its share of what numbers leave, or 0 for a column of numbers
 * @right: whether it stands at its right edge
 */
void
td_paper_table_set_column (TdPaperTable *self,
                           guint         column,
                           const char   *title,
                           double        weight,
                           gboolean      right)
{
  g_return_if_fail (self != NULL && column < self->n_columns && title != NULL);

  g_free (self->columns[column].title);
  self->columns[column] = (Column){ .title = g_strdup (title), .weight = weight, .right = right };
}

/**
 * td_paper_table_set_private:
 * @self: a table
 * @column: one that was set, of names
 *
 * Lets td_paper_cover() hide what its rows say.
 */
void
td_paper_table_set_private (TdPaperTable *self,
                            guint         column)
{
  g_return_if_fail (self != NULL && column < self->n_columns);

  self->columns[column].is_private = TRUE;
}

void
td_paper_table_add_row (TdPaperTable *self,
                        gboolean      bold)
{
  Row row = { .bold = bold };

  g_return_if_fail (self != NULL);

  row.cells = g_new0 (Cell, self->n_columns);
  g_array_append_val (self->rows, row);
}

/**
 * td_paper_table_take_cell:
 * @self: a table with a row
 * @column: of the last row
 * @text: (transfer full) (nullable): what it says
 * @ink: its colour
 */
void
td_paper_table_take_cell (TdPaperTable *self,
                          guint         column,
                          char         *text,
                          TdPaperInk    ink)
{
  Cell *cell;

  g_return_if_fail (self != NULL && column < self->n_columns && self->rows->len > 0);

  cell = &g_array_index (self->rows, Row, self->rows->len - 1).cells[column];
  g_free (cell->text);
  *cell = (Cell){ text, ink };
}

static TdPaperStyle
get_style (const Column *column,
           gboolean      bold,
           TdPaperInk    ink)
{
  return (TdPaperStyle){ SIZE, bold, ink, column->right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT };
}

static void
lay_out (TdPaperTable *self,
         TdPaper      *paper,
         double        width)
{
  double left = width - GAP * (self->n_columns - 1);
  double weights = 0;

  for (guint k = 0; k < self->n_columns; k++)
    {
      Column      *column = &self->columns[k];
      TdPaperStyle style = get_style (column, TRUE, TD_PAPER_TEXT);

      weights += column->weight;
      if (column->weight > 0)
        continue;

      column->width = td_paper_measure (paper, &style, column->title);
      for (guint i = 0; i < self->rows->len; i++)
        {
          const Row *row = &g_array_index (self->rows, Row, i);

          if (row->cells[k].text == NULL)
            continue;
          column->width = MAX (column->width, td_paper_measure (paper, &style, row->cells[k].text));
        }
      /* Rounding must not wrap what fits. */
      column->width = MIN (column->width + 0.5, width * MAX_NUMBER);
      left -= column->width;
    }
  for (guint k = 0; k < self->n_columns; k++)
    {
      if (self->columns[k].weight > 0)
        self->columns[k].width = MAX (left * self->columns[k].weight / weights, width * MIN_WORDS);
    }
}

static double
get_text_height (TdPaperTable *self,
                 TdPaper      *paper,
                 guint         column,
                 gboolean      bold,
                 const char   *text)
{
  TdPaperStyle style = get_style (&self->columns[column], bold, TD_PAPER_TEXT);
  g_autoptr (PangoLayout) layout = td_paper_create_layout (paper, &style, self->columns[column].width, text);
  int height;

  pango_layout_get_size (layout, NULL, &height);

  return (double)height / PANGO_SCALE;
}

static double
get_head_height (TdPaperTable *self,
                 TdPaper      *paper)
{
  double height = 0;

  for (guint k = 0; k < self->n_columns; k++)
    height = MAX (height, get_text_height (self, paper, k, FALSE, self->columns[k].title));

  return height + 2 * PADDING;
}

static double
get_row_height (TdPaperTable *self,
                TdPaper      *paper,
                const Row    *row)
{
  double height = 0;

  for (guint k = 0; k < self->n_columns; k++)
    {
      if (row->cells[k].text != NULL)
        height = MAX (height, get_text_height (self, paper, k, row->bold, row->cells[k].text));
    }

  return height + 2 * PADDING;
}

static void
draw_head (TdPaperTable *self,
           TdPaper      *paper,
           double        x,
           double        width,
           double        height)
{
  double y = td_paper_get_y (paper);
  double left = x;

  for (guint k = 0; k < self->n_columns; k++)
    {
      TdPaperStyle style = get_style (&self->columns[k], FALSE, TD_PAPER_DIM);

      td_paper_write (paper, &style, left, y + PADDING, self->columns[k].width, self->columns[k].title);
      left += self->columns[k].width + GAP;
    }
  td_paper_rule (paper, TD_PAPER_RULE, 0.5, x, y + height, width);
  td_paper_set_y (paper, y + height);
}

static void
draw_row (TdPaperTable *self,
          TdPaper      *paper,
          const Row    *row,
          double        x,
          double        width,
          double        height)
{
  double y = td_paper_get_y (paper);

  td_paper_rule (paper, TD_PAPER_FAINT, 0.4, x, y + height, width);
  for (guint k = 0; k < self->n_columns; k++)
    {
      const Cell  *cell = &row->cells[k];
      gboolean     marked = cell->ink == TD_PAPER_AMBER || cell->ink == TD_PAPER_RED;
      TdPaperStyle style = get_style (&self->columns[k], row->bold || marked, cell->ink);

      style.is_private = self->columns[k].is_private;
      if (cell->text != NULL)
        td_paper_write (paper, &style, x, y + PADDING, self->columns[k].width, cell->text);
      x += self->columns[k].width + GAP;
    }
  td_paper_set_y (paper, y + height);
}

/**
 * td_paper_table_get_height:
 * @self: a table
 * @paper: what it is to stand on
 * @width: of it, points
 *
 * Returns: what it takes where one page holds it
 */
double
td_paper_table_get_height (TdPaperTable *self,
                           TdPaper      *paper,
                           double        width)
{
  double height;

  g_return_val_if_fail (self != NULL && paper != NULL, 0);

  lay_out (self, paper, width);
  height = get_head_height (self, paper);
  for (guint i = 0; i < self->rows->len; i++)
    height += get_row_height (self, paper, &g_array_index (self->rows, Row, i));

  return height;
}

/**
 * td_paper_table_draw:
 * @self: a table
 * @paper: what it stands on
 * @x: its left edge, points
 * @width: of it
 *
 * Writes it from where the page is written to, over as many pages as it takes.
 */
void
td_paper_table_draw (TdPaperTable *self,
                     TdPaper      *paper,
                     double        x,
                     double        width)
{
  double head;

  g_return_if_fail (self != NULL && paper != NULL);

  lay_out (self, paper, width);
  head = get_head_height (self, paper);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);
      double     height = get_row_height (self, paper, row);
      double     together = height;

      /* A head does not end a page, and the sum does not stand alone on one. */
      if (i == 0)
        together += head;
      if (i + 2 == self->rows->len)
        together += get_row_height (self, paper, row + 1);
      if (td_paper_need (paper, together) || i == 0)
        draw_head (self, paper, x, width, head);
      draw_row (self, paper, row, x, width, height);
    }
  if (self->rows->len == 0)
    draw_head (self, paper, x, width, head);
}
