/* td-ami-silence.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdAmiSilence:
 * @n_changes: of the lists, without any event
 * @hash: of the lists, as they were
 *
 * Finds out that no events come. A manager user without the right to read
 * those of agents is signed in like any other, and nothing says so. But every
 * change of QueueStatus has its event. All zero to begin with.
 */
typedef struct
{
  guint n_changes;
  guint hash;
} TdAmiSilence;

void     td_ami_silence_notice (TdAmiSilence *self,
                                gboolean      heard,
                                GBytes       *queue_status);
gboolean td_ami_silence_is_sure (const TdAmiSilence *self);

G_END_DECLS
