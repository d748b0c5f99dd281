/* ami-series.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-ami-message.h"

G_BEGIN_DECLS

#define AMI_SERIES_POLLS 30
#define AMI_SERIES_CORE_START "2026-11-22 11:15:19"

/**
 * AmiSeries:
 *
 * A minute of a real centre: its QueueStatus every two seconds, and the
 * events between them.
 */
typedef struct
{
  GBytes    *queue_status[AMI_SERIES_POLLS];
  gint64     at[AMI_SERIES_POLLS];     /* µs since 1970 */
  GPtrArray *events[AMI_SERIES_POLLS]; /* (element-type utf8): texts of those up to @at */
} AmiSeries;

AmiSeries *ami_series_load (void);
void       ami_series_free (AmiSeries *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AmiSeries, ami_series_free)

GBytes *ami_series_join_events (GPtrArray *events);
GBytes *ami_core_status (const char *date_and_time);

G_END_DECLS
