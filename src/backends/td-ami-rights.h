/* td-ami-rights.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-ami-message.h"

G_BEGIN_DECLS

/**
 * TdAmiRights:
 * @known: the server said what the user may do
 * @queues: it has queues at all: app_queue is loaded
 * @status: the channels may be listed
 * @core_status: the start time may be asked for
 * @core_settings: the version may be asked for
 * @actions: bits of #TdActionKind
 * @text: (nullable) (owned): the commands that count, in the server's own words
 *
 * What a manager user may do, as ListCommands tells: it lists the commands
 * that this very user may run.
 */
typedef struct
{
  gboolean known;
  gboolean queues;
  gboolean status;
  gboolean core_status;
  gboolean core_settings;
  guint    actions;
  char    *text;
} TdAmiRights;

void  td_ami_rights_read (TdAmiRights       *self,
                          const TdAmiAnswer *answer);
void  td_ami_rights_clear (TdAmiRights *self);
char *td_ami_rights_describe_missing (const TdAmiRights *self,
                                      gboolean           events);

G_END_DECLS
