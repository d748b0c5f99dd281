/* td-save-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TdSaveChosen:
 * @file: what was chosen
 * @user_data: what td_save_dialog_show() was given
 *
 * Called once, where a file was chosen.
 */
typedef void (*TdSaveChosen) (GFile   *file,
                              gpointer user_data);

/**
 * TdSaveChosenWith:
 * @file: what was chosen
 * @is_set: whether the choice was made
 * @user_data: what td_save_dialog_show_with_choice() was given
 *
 * Called once, where a file was chosen.
 */
typedef void (*TdSaveChosenWith) (GFile   *file,
                                  gboolean is_set,
                                  gpointer user_data);

void td_save_dialog_show (GtkWidget   *parent,
                          const char  *title,
                          const char  *accept,
                          const char  *name,
                          TdSaveChosen chosen,
                          gpointer     owner);
void td_save_dialog_show_with_choice (GtkWidget       *parent,
                                      const char      *title,
                                      const char      *accept,
                                      const char      *name,
                                      const char      *choice,
                                      TdSaveChosenWith chosen,
                                      gpointer         owner);

G_END_DECLS
