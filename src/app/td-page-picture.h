/* td-page-picture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-window.h"

G_BEGIN_DECLS

/**
 * TdPagePictureUse:
 * @TD_PAGE_PICTURE_SAVE: ask for a file
 * @TD_PAGE_PICTURE_COPY: to be pasted elsewhere
 *
 * Where a picture goes.
 */
typedef enum {
  TD_PAGE_PICTURE_SAVE,
  TD_PAGE_PICTURE_COPY,
} TdPagePictureUse;

void td_page_picture_ask (TdWindow        *window,
                          TdWatch         *watch,
                          GtkWidget       *page,
                          const char      *title,
                          TdPagePictureUse use);

G_END_DECLS
