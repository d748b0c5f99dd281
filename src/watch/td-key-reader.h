/* td-key-reader.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The largest number that a file may hold; as milliseconds it fits an int. */
#define TD_KEY_READER_MAX 1e6

/**
 * TdKeyReader:
 * @path: (unowned): of the file, for its errors
 * @file: (unowned): what it says
 * @domain: of the errors
 * @code: of the errors
 *
 * Reads values of a file that a person wrote; an error names the file, the
 * group and the key.
 */
typedef struct
{
  const char *path;
  GKeyFile   *file;
  GQuark      domain;
  int         code;
} TdKeyReader;

void td_key_reader_set_error (const TdKeyReader *self,
                              const char        *group,
                              const char        *key,
                              GError           **error,
                              const char        *format,
                              ...) G_GNUC_PRINTF (5, 6);
void td_key_reader_set_error_valist (const TdKeyReader *self,
                                     const char        *group,
                                     const char        *key,
                                     GError           **error,
                                     const char        *format,
                                     va_list            arguments) G_GNUC_PRINTF (5, 0);

gboolean td_key_reader_load (const TdKeyReader *self,
                             goffset            max_size,
                             GError           **error);
gboolean td_key_reader_text (const TdKeyReader *self,
                             const char        *group,
                             const char        *key,
                             char             **value,
                             GError           **error);
gboolean td_key_reader_boolean (const TdKeyReader *self,
                                const char        *group,
                                const char        *key,
                                gboolean          *value,
                                GError           **error);
gboolean td_key_reader_number (const TdKeyReader *self,
                               const char        *group,
                               const char        *key,
                               double            *value,
                               GError           **error);
gboolean td_key_reader_seconds (const TdKeyReader *self,
                                const char        *group,
                                const char        *key,
                                gint64            *value_ms,
                                GError           **error);
gboolean td_key_reader_time (const TdKeyReader *self,
                             const char        *group,
                             const char        *key,
                             guint             *minute,
                             GError           **error);
gboolean td_key_reader_word (const TdKeyReader *self,
                             const char        *group,
                             const char        *key,
                             const char *const *words,
                             guint              n_words,
                             guint             *value,
                             GError           **error);

G_END_DECLS
