/* td-ami-message.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-backend.h"

G_BEGIN_DECLS

/* Bounds on what is taken from a manager interface; what exceeds them is refused. */
#define TD_AMI_MAX_MESSAGES 1000000
#define TD_AMI_MAX_LINE (64 * 1024)
#define TD_AMI_MAX_HEADERS 1000 /* of one message */

/**
 * TdAmiMessage:
 *
 * One block of lines "Key: value" of the Asterisk Manager Interface: a
 * response or an event. Borrows from its #TdAmiAnswer.
 */
typedef struct _TdAmiMessage TdAmiMessage;

/**
 * TdAmiAnswer:
 *
 * The parsed body of an HTTP answer of /rawman: messages in their order.
 * Immutable; owns its text. Values are valid UTF-8: broken bytes became
 * U+FFFD.
 */
typedef struct _TdAmiAnswer TdAmiAnswer;

TdAmiAnswer *td_ami_answer_parse (GBytes  *body,
                                  GError **error);
void         td_ami_answer_free (TdAmiAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdAmiAnswer, td_ami_answer_free)

guint               td_ami_answer_get_n_messages (const TdAmiAnswer *self);
const TdAmiMessage *td_ami_answer_get_message (const TdAmiAnswer *self,
                                               guint              index);
/* The first message that is a response; NULL where there is none. */
const TdAmiMessage *td_ami_answer_get_response (const TdAmiAnswer *self);
gboolean            td_ami_answer_is_success (const TdAmiAnswer *self);
/* Ends with the event that @event_list announces, such as QueueStatusComplete. */
gboolean td_ami_answer_is_complete (const TdAmiAnswer *self,
                                    const char        *last_event);

/* Keys without regard to case; NULL where there is none, "" where it is empty. */
const char *td_ami_message_get (const TdAmiMessage *self,
                                const char         *key);
/* "Variable: NAME=value"; NULL for absent and for "(null)". */
const char *td_ami_message_get_variable (const TdAmiMessage *self,
                                         const char         *name);
const char *td_ami_message_get_event (const TdAmiMessage *self);
gboolean    td_ami_message_get_integer (const TdAmiMessage *self,
                                        const char         *key,
                                        gint64              min,
                                        gint64              max,
                                        gint64             *value);
/* The lines of a response that are no event fields, for ListCommands. */
guint       td_ami_message_get_n_headers (const TdAmiMessage *self);
const char *td_ami_message_get_key (const TdAmiMessage *self,
                                    guint               index);
const char *td_ami_message_get_value (const TdAmiMessage *self,
                                      guint               index);

G_END_DECLS
