/* td-profile-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-key-reader.h"
#include "td-profile.h"

G_BEGIN_DECLS

/* The words of the file, shared by what checks a profile and what reads it. */
#define TD_PROFILE_GROUP "profile"
#define TD_PROFILE_CONNECTION "connection"
#define TD_PROFILE_SERVICE "service"
#define TD_PROFILE_ASTERISK_GROUP "asterisk"
#define TD_PROFILE_SUPERVISOR "supervisor"
#define TD_PROFILE_HISTORY "history"
#define TD_PROFILE_HOLIDAYS "holidays"
#define TD_PROFILE_AGENTS "agents"
#define TD_PROFILE_ALERTS "alerts"
#define TD_PROFILE_PAUSE_PREFIX "pause "
#define TD_PROFILE_QUEUE_PREFIX "queue "

extern const char *const td_profile_formula_words[TD_N_SERVICE_LEVEL_FORMULAS];

gboolean   td_profile_check_name (const char *name,
                                  GError    **error);
void       td_profile_set_error (const char *name,
                                 const char *group,
                                 const char *key,
                                 GError    **error,
                                 const char *format,
                                 ...) G_GNUC_PRINTF (5, 6);
TdProfile *td_profile_read (const char *name,
                            GKeyFile   *file,
                            GError    **error);
void       td_profile_write (const TdProfile *self,
                             GKeyFile        *file);

void td_profile_write_number (GKeyFile   *file,
                              const char *group,
                              const char *key,
                              double      value);

gboolean td_profile_read_agents (TdProfile         *self,
                                 const TdKeyReader *reader,
                                 GError           **error);
void     td_profile_write_agents (const TdProfile *self,
                                  GKeyFile        *file);
gboolean td_profile_check_agents (const TdProfile *self,
                                  GError         **error);

gboolean td_profile_read_outward (TdProfile         *self,
                                  const TdKeyReader *reader,
                                  GError           **error);
void     td_profile_write_outward (const TdProfile *self,
                                   GKeyFile        *file);
gboolean td_profile_check_outward (const TdProfile *self,
                                   GError         **error);
void     td_profile_write_text (GKeyFile   *file,
                                const char *group,
                                const char *key,
                                const char *value);

G_END_DECLS
