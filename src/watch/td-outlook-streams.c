/* td-outlook-streams.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "td-outlook-private.h"

/**
 * td_outlook_streams_find:
 * @streams: (element-type TdOutlookStream): streams
 * @kind: a kind
 * @id: an id
 *
 * Returns: (transfer none) (nullable): the one
 */
TdOutlookStream *
td_outlook_streams_find (GPtrArray   *streams,
                         TdStreamKind kind,
                         const char  *id)
{
  for (guint i = 0; i < streams->len; i++)
    {
      TdOutlookStream *stream = g_ptr_array_index (streams, i);

      if (stream->kind == kind && (kind == TD_STREAM_ALL || strcmp (stream->id, id) == 0))
        return stream;
    }

  return NULL;
}

static void
add_to_stream (GPtrArray   *streams,
               TdStreamKind kind,
               const char  *id,
               const char  *queue)
{
  TdOutlookStream *stream = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (id == NULL || (id[0] == '\0' && kind != TD_STREAM_ALL))
    return;

  stream = td_outlook_streams_find (streams, kind, id);
  if (stream == NULL)
    {
      stream = td_outlook_stream_new (kind, id);
      g_ptr_array_add (streams, stream);
    }

  g_strv_builder_addv (builder, (const char **)stream->queues);
  g_strv_builder_add (builder, queue);
  g_strfreev (stream->queues);
  stream->queues = g_strv_builder_end (builder);
}

/**
 * td_outlook_streams_sign:
 * @centre: a centre
 *
 * Returns: (transfer full): a text that differs where the streams would
 */
char *
td_outlook_streams_sign (TdCentre *centre)
{
  TdRoster *queues = td_centre_get_queues (centre);
  GString  *signature = g_string_new (NULL);

  for (guint i = 0; i < td_roster_get_size (queues); i++)
    {
      const TdQueueInfo *info = td_queue_get_info (td_roster_get (queues, i));

      g_string_append_printf (signature, "%s\x1f%s\x1f%s\x1e", info->id, info->hotline != NULL ? info->hotline : "",
                              info->reason != NULL ? info->reason : "");
    }

  return g_string_free (signature, FALSE);
}

/**
 * td_outlook_streams_new:
 * @centre: a centre
 *
 * Returns: (transfer full) (element-type TdOutlookStream): what calls of it are
 *   judged together, by kind
 */
GPtrArray *
td_outlook_streams_new (TdCentre *centre)
{
  TdRoster  *queues = td_centre_get_queues (centre);
  GPtrArray *streams = g_ptr_array_new_with_free_func ((GDestroyNotify)td_outlook_stream_free);

  for (TdStreamKind kind = TD_STREAM_ALL; kind <= TD_STREAM_QUEUE; kind++)
    {
      for (guint i = 0; i < td_roster_get_size (queues); i++)
        {
          const TdQueueInfo *info = td_queue_get_info (td_roster_get (queues, i));
          const char *const  ids[] = {
             [TD_STREAM_ALL] = "",
             [TD_STREAM_HOTLINE] = info->hotline,
             [TD_STREAM_REASON] = info->reason,
             [TD_STREAM_QUEUE] = info->id,
          };

          add_to_stream (streams, kind, ids[kind], info->id);
        }
    }

  return streams;
}
