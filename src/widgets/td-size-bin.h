/* td-size-bin.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TdSizeClass:
 * @TD_SIZE_COMPACT: as little as 1024×600
 * @TD_SIZE_NORMAL: from 1366×768
 * @TD_SIZE_LARGE: from 1920×1080
 * @TD_SIZE_HUGE: from 3840×2160 at scale 1
 */
typedef enum {
  TD_SIZE_COMPACT,
  TD_SIZE_NORMAL,
  TD_SIZE_LARGE,
  TD_SIZE_HUGE,
} TdSizeClass;

#define TD_TYPE_SIZE_BIN (td_size_bin_get_type ())

/**
 * TdSizeBin:
 *
 * Holds a page and gives itself a CSS class after the room there is
 * ("size-compact", "size-normal", "size-large", "size-huge"), so that the
 * style sheet scales type and padding. Property, notified: size-class (int).
 */
G_DECLARE_FINAL_TYPE (TdSizeBin, td_size_bin, TD, SIZE_BIN, GtkWidget)

GtkWidget  *td_size_bin_new (void);
GtkWidget  *td_size_bin_get_child (TdSizeBin *self);
void        td_size_bin_set_child (TdSizeBin *self,
                                   GtkWidget *child);
TdSizeClass td_size_bin_get_size_class (TdSizeBin *self);

TdSizeClass td_size_class_for (int width,
                               int height);

G_END_DECLS
