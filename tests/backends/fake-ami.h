/* fake-ami.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define FAKE_AMI_USER "wallboard"
#define FAKE_AMI_SECRET "w&ll =s3cret+%"

/* How an answer is spoilt. */
typedef enum {
  FAKE_AMI_WHOLE,
  FAKE_AMI_CUT,     /* the connection breaks in the middle of the body */
  FAKE_AMI_SILENT,  /* no answer ever comes */
  FAKE_AMI_ENDLESS, /* the body does not end */
} FakeAmiManner;

typedef struct _FakeAmi FakeAmi;

/* A server that answers as Asterisk's /rawman does, out of what a real one said. */
FakeAmi    *fake_ami_new (GTlsCertificate *certificate,
                          gboolean         digest);
void        fake_ami_free (FakeAmi *self);
const char *fake_ami_get_url (FakeAmi *self);

/* From now on, or once; body NULL for what is usual. */
void fake_ami_answer (FakeAmi    *self,
                      const char *action,
                      GBytes     *body);
void fake_ami_answer_fixture (FakeAmi    *self,
                              const char *action,
                              const char *name);
void fake_ami_spoil (FakeAmi      *self,
                     const char   *action,
                     FakeAmiManner manner,
                     guint         status,
                     const char   *body);

void fake_ami_push (FakeAmi    *self,
                    const char *mask,
                    const char *event);
void fake_ami_wake (FakeAmi *self);
void fake_ami_forget_sessions (FakeAmi *self);

gboolean    fake_ami_is_holding (FakeAmi *self);
guint       fake_ami_count (FakeAmi    *self,
                            const char *action);
const char *fake_ami_get_field (FakeAmi    *self,
                                const char *action,
                                const char *key);
guint       fake_ami_get_n_secrets_in_urls (FakeAmi *self);
guint       fake_ami_get_n_sessions (FakeAmi *self);
guint       fake_ami_get_n_requests (FakeAmi *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeAmi, fake_ami_free)

G_END_DECLS
