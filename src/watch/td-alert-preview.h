/* td-alert-preview.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-alert-rule.h"
#include "td-watch.h"

G_BEGIN_DECLS

/**
 * TdAlertPreview:
 * @n_raised: how often a rule would have been raised today
 * @last: when it would have been so last, µs since 1970, or %TD_UNKNOWN
 */
typedef struct
{
  guint  n_raised;
  gint64 last;
} TdAlertPreview;

gboolean td_alert_preview_can_tell (const TdAlertRule *rule);
void     td_alert_preview_async (TdWatch            *watch,
                                 const TdAlertRule  *rule,
                                 guint               opens,
                                 guint               closes,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean td_alert_preview_finish (GAsyncResult   *result,
                                  TdAlertPreview *preview,
                                  GError        **error);

G_END_DECLS
