/* td-floor-edit.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-floor-plan.h"

G_BEGIN_DECLS

#define TD_FLOOR_EDIT_MAX_STEPS 1000

#define TD_TYPE_FLOOR_EDIT (td_floor_edit_get_type ())

/**
 * TdFloorEdit:
 *
 * A floor plan that is worked on: what can be done to it, and undone. What
 * would make it a plan that cannot be read again is refused in words, and
 * changes nothing. Items are named by themselves: those that an edit leaves
 * alone stay the same objects, also through undo and redo. Belongs to one thread.
 *
 * TdFloorEdit::changed is emitted after the plan, or whether it is saved, has changed.
 */
G_DECLARE_FINAL_TYPE (TdFloorEdit, td_floor_edit, TD, FLOOR_EDIT, GObject)

TdFloorEdit *td_floor_edit_new (TdFloorPlan *plan);

TdFloorPlan *td_floor_edit_get_plan (TdFloorEdit *self);
gboolean     td_floor_edit_holds (TdFloorEdit *self,
                                  TdFloorItem *item);

gboolean td_floor_edit_is_modified (TdFloorEdit *self);
void     td_floor_edit_mark_saved (TdFloorEdit *self);
gboolean td_floor_edit_can_undo (TdFloorEdit *self);
gboolean td_floor_edit_can_redo (TdFloorEdit *self);
void     td_floor_edit_undo (TdFloorEdit *self);
void     td_floor_edit_redo (TdFloorEdit *self);

/* Edits. Each is one step, or none where it changes nothing. Errors are
 * %G_IO_ERROR_INVALID_ARGUMENT. The arrays hold TdFloorItem of the plan; after
 * the edit they hold what became of them. */

gboolean td_floor_edit_set_info (TdFloorEdit           *self,
                                 const TdFloorPlanInfo *info,
                                 GError               **error);
gboolean td_floor_edit_add (TdFloorEdit           *self,
                            const TdFloorItemInfo *infos,
                            guint                  n_infos,
                            GPtrArray             *added,
                            GError               **error);
gboolean td_floor_edit_add_row (TdFloorEdit *self,
                                int          x,
                                int          y,
                                guint        n_desks,
                                const char  *first,
                                gboolean     is_turned,
                                GPtrArray   *added,
                                GError     **error);
gboolean td_floor_edit_replace (TdFloorEdit           *self,
                                GPtrArray             *item,
                                const TdFloorItemInfo *info,
                                GError               **error);
gboolean td_floor_edit_move (TdFloorEdit *self,
                             GPtrArray   *items,
                             int          dx,
                             int          dy,
                             GError     **error);
gboolean td_floor_edit_turn (TdFloorEdit *self,
                             GPtrArray   *items,
                             GError     **error);
gboolean td_floor_edit_remove (TdFloorEdit *self,
                               GPtrArray   *items,
                               GError     **error);
gboolean td_floor_edit_assign (TdFloorEdit *self,
                               TdFloorItem *seat,
                               const char  *agent,
                               GError     **error);

char *td_floor_edit_dup_next_name (TdFloorEdit *self,
                                   const char  *after);

G_END_DECLS
