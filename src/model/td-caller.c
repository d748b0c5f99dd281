/* td-caller.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-caller.h"

struct _TdCaller
{
  TdRow parent_instance;
};

G_DEFINE_FINAL_TYPE (TdCaller, td_caller, TD_TYPE_ROW)

static const gsize strings[] = {
  G_STRUCT_OFFSET (TdCallerInfo, id),
  G_STRUCT_OFFSET (TdCallerInfo, queue),
  G_STRUCT_OFFSET (TdCallerInfo, number),
  G_STRUCT_OFFSET (TdCallerInfo, reason),
  G_STRUCT_OFFSET (TdCallerInfo, area),
};

static gboolean
td_caller_equal (gconstpointer a,
                 gconstpointer b)
{
  return td_caller_info_equal (a, b);
}

static void
td_caller_class_init (TdCallerClass *klass)
{
  TdRowClass *row_class = TD_ROW_CLASS (klass);

  row_class->equal = td_caller_equal;
  row_class->info_size = sizeof (TdCallerInfo);
  row_class->strings = strings;
  row_class->n_strings = G_N_ELEMENTS (strings);
}

static void
td_caller_init (TdCaller *self)
{
}

const char *
td_caller_get_id (TdCaller *self)
{
  return td_row_get_id (TD_ROW (self));
}

/**
 * td_caller_get_info:
 * @self: a caller
 *
 * Returns: (transfer none): what the source told last, valid until the centre changes
 */
const TdCallerInfo *
td_caller_get_info (TdCaller *self)
{
  return td_row_get_info (TD_ROW (self));
}

/**
 * td_caller_get_revision:
 * @self: a caller
 *
 * Returns: the source's revision at which the values changed last
 */
gint64
td_caller_get_revision (TdCaller *self)
{
  return td_row_get_revision (TD_ROW (self));
}
