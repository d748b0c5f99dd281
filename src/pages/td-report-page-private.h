/* td-report-page-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-report-page.h"

#include <gtk/gtk.h>

#include "td-paper-view.h"
#include "td-shift-gatherer.h"
#include "td-shift-store.h"

G_BEGIN_DECLS

struct _TdReportPage
{
  GtkWidget parent_instance;

  TdWatch         *watch;     /* (owned) (nullable) */
  TdShiftGatherer *gatherer;  /* (owned) (nullable) */
  TdShiftStore    *store;     /* (owned) */
  char            *folder;    /* (owned) (nullable): where shifts are kept; NULL where nothing is */
  TdShiftSheet    *sheet;     /* (owned) (nullable): what is shown */
  char            *path;      /* (owned) (nullable): its file */
  GCancellable    *gathering; /* (owned) (nullable) */
  guint            save_source;
  gboolean         is_setting; /* what changes is not typed */
  gboolean         is_handing; /* over, as soon as the figures are there */
  gboolean         is_unsaved; /* what is typed is not in its file yet */
  gboolean         has_figures;

  GtkWidget     *toasts;
  GtkWidget     *next;
  GtkMenuButton *shift_button;
  GtkWidget     *chooser;
  GtkLabel      *state;
  TdPaperView   *view;
  GtkEditable   *giver;
  GtkEditable   *taker;
  GtkTextView   *note;
  GtkLabel      *saved;
};

void td_report_page_say (TdReportPage *self,
                         const char   *text);
void td_report_page_save_as (GtkWidget  *widget,
                             const char *action_name,
                             GVariant   *parameter);

G_END_DECLS
