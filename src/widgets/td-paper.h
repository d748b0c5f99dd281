/* td-paper.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* A4, in points of 1/72 inch. */
#define TD_PAPER_WIDTH 595.28
#define TD_PAPER_HEIGHT 841.89
#define TD_PAPER_MARGIN 34.0

/* What the foot of each page takes of it, above the margin. */
#define TD_PAPER_FOOT 14.0

/**
 * TdPaperInk:
 *
 * What a colour is for; which colours these are a file says. On paper all of
 * them are told apart without colour too.
 */
typedef enum {
  TD_PAPER_TEXT,
  TD_PAPER_DIM,
  TD_PAPER_RULE,
  TD_PAPER_FAINT,
  TD_PAPER_AMBER,
  TD_PAPER_RED,
  TD_PAPER_LINE,
  TD_PAPER_NORMAL,
  TD_PAPER_BAND80,
  TD_PAPER_BAND95,
  TD_PAPER_BLANK, /* the paper itself, where it is shown on a screen */
  TD_PAPER_N_INKS
} TdPaperInk;

/**
 * TdPaperStyle:
 * @size: points
 * @bold: heavier
 * @ink: its colour
 * @align: where lines shorter than their room stand
 * @is_private: a name or what a person wrote: td_paper_cover() hides it
 * @n_lines: after so many it is cut, which "…" tells; 0 for as many as it takes
 *
 * How a text looks.
 */
typedef struct
{
  double         size;
  gboolean       bold;
  TdPaperInk     ink;
  PangoAlignment align;
  gboolean       is_private;
  guint          n_lines;
} TdPaperStyle;

/**
 * TdPaper:
 *
 * Pages of paper that are written from top to bottom, and then drawn any
 * number of times: on a screen, a printer, in a PDF or a PNG, the same. Knows
 * neither GTK nor a display. Belongs to one thread.
 */
typedef struct _TdPaper TdPaper;

TdPaper *td_paper_new (const char *inks,
                       GError    **error);
void     td_paper_free (TdPaper *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdPaper, td_paper_free)

double   td_paper_get_y (TdPaper *self);
void     td_paper_set_y (TdPaper *self,
                         double   y);
double   td_paper_get_room (TdPaper *self);
void     td_paper_break (TdPaper *self);
gboolean td_paper_need (TdPaper *self,
                        double   height);

cairo_t     *td_paper_get_cairo (TdPaper *self);
void         td_paper_set_ink (TdPaper   *self,
                               TdPaperInk ink);
PangoLayout *td_paper_create_layout (TdPaper            *self,
                                     const TdPaperStyle *style,
                                     double              width,
                                     const char         *text);
double       td_paper_measure (TdPaper            *self,
                               const TdPaperStyle *style,
                               const char         *text);
double       td_paper_write (TdPaper            *self,
                             const TdPaperStyle *style,
                             double              x,
                             double              y,
                             double              width,
                             const char         *text);
void         td_paper_write_lines (TdPaper            *self,
                                   const TdPaperStyle *style,
                                   double              x,
                                   double              width,
                                   const char         *text);
void         td_paper_rule (TdPaper   *self,
                            TdPaperInk ink,
                            double     thickness,
                            double     x,
                            double     y,
                            double     width);
void         td_paper_head (TdPaper    *self,
                            double      x,
                            double      width,
                            const char *text);
void         td_paper_end (TdPaper    *self,
                           const char *foot);

guint td_paper_get_n_pages (TdPaper *self);
void  td_paper_draw (TdPaper *self,
                     guint    page,
                     gboolean blank,
                     cairo_t *cr);
void  td_paper_cover (TdPaper *self,
                      guint    page,
                      cairo_t *cr);

G_END_DECLS
